"""Quantities of a fixed choice on draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rmscenario.emissions import build_structure, evaluate, target_lines
from rmscenario.money import metered_prices
from rmscenario.options import build_options, deployed_effect
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.vocabulary import Basis, PriceKind
from rmscenario.scenario.run_options import Sampler
from rmscenario.stress.deployment import delivery_of
from rmscenario.stress.quantities import FixedChoice, Outcome
from rmscenario.uncertainty import Delivered, Draws, DrawSource, at_modes, uncertain_inputs
from tests.regions import plan, region
from tests.stress.models import everything, its_plan


def outcome(model: Region, starts: Plan, draws: Draws | None = None, seed: int = 0) -> tuple[Outcome, Draws]:
    """Quantities of a plan in all years of the period, at the modes or on a replicate of draws."""
    table = build_options(model)
    structure = build_structure(model, table)
    choice = table.choice(starts)
    inputs = uncertain_inputs(model, table, choice)
    used = DrawSource(inputs, seed, Sampler.SOBOL).replicate(0) if draws is None else draws
    compiled = FixedChoice(
        structure=structure,
        inputs=inputs,
        delivery=delivery_of(model, table, choice),
        lines=target_lines(structure),
        prices=metered_prices(structure, PriceKind.SAVING_CASHABLE),
        years=np.arange(len(table.years)),
    )
    return compiled.evaluate(used), used


def modes(model: Region, starts: Plan) -> Draws:
    table = build_options(model)
    return at_modes(uncertain_inputs(model, table, table.choice(starts)))


def plain_leaf(model: Region, starts: Plan, draws: Draws, draw: int) -> list[dict[str, Any]]:
    """Eqs. (1) and (2) of one draw in plain loops: leaves with stream, unit, category and amounts by year."""
    table = build_options(model)
    choice = table.choice(starts)
    years, base_year = table.years.tolist(), model.settings.base_year
    deployed: dict[tuple[str, str], list[float]] = {}

    def taken_up(initiative: str) -> float:
        rows = {row.initiative: row.partial_uptake for row in model.delivery_risk}
        return float(rows.get(initiative, rows.get(None)) or 0.0)

    for number, option in enumerate(table.options):
        if choice[number] == NONE:
            continue
        state = table.states[choice[number]]
        way = Delivered(int(draws.delivered[number, draw]))
        late = {Delivered.ONE_LATE: 1, Delivered.TWO_LATE: 2}.get(way, 0)
        share = {Delivered.PARTIAL: taken_up(option.key[0]), Delivered.NEVER: 0.0}.get(way, 1.0)
        effect = deployed_effect(option.initiative, state.level, state.start + late, years)
        deployed[option.key] = [share * value for value in effect.tolist()]
    fte = {unit.unit: unit.fte for unit in model.units}
    total_fte = sum(fte.values())
    started = {option.key: option for option in table.options if option.key in deployed}

    def path(category: str, quantity: str, year: int) -> float:
        knots = {base_year: 1.0} | {
            row.year: float(draws.background[number, draw])
            for number, row in enumerate(model.background)
            if (row.category, row.quantity) == (category, quantity)
        }
        return float(np.interp(year, sorted(knots), [knots[at] for at in sorted(knots)]))

    def lift(key: tuple[str, str], t: int) -> float:
        lifted = started[key]
        factor = 1.0
        for number, row in enumerate(model.enablers):
            for other, option in started.items():
                if row.initiative == key[0] and row.enabler == other[0]:
                    weight = 1.0 if option.group_wide or other[1] == lifted.unit else 0.0
                    if lifted.group_wide and not option.group_wide:
                        weight = fte[other[1]] / total_fte
                    factor += weight * float(draws.lift[number, draw]) * deployed[other][t]
        return factor

    found = []
    factors = {row.account: row.factor for row in model.accounts}
    for source in model.sources:
        for account in ["main", "other"] if source.quantity == "co2e" else [None]:
            segments = [(row.segment, row.weight) for row in model.segments if row.category == source.category]
            for segment, weight in [*segments, (None, 1.0 - sum(share for _, share in segments))]:
                amounts = []
                for t, year in enumerate(years):
                    amount = source.value * factors.get(account or "", 1.0) * weight
                    amount *= path(source.category, source.quantity, year)
                    added = 0.0
                    for number, row in enumerate(model.effects):
                        value = float(draws.effect[number, draw])
                        if row.category != source.category or row.on not in ("activity", source.quantity):
                            continue
                        if row.segment not in (None, segment) or row.account not in (None, account):
                            continue
                        for key, option in started.items():
                            if key[0] != row.initiative or source.unit not in option.acts_on:
                                continue
                            if row.basis is Basis.ABSOLUTE:
                                added -= value * option.share * deployed[key][t] * (segment is None)
                                continue
                            share = value if row.segment is None else value / weight
                            if row.basis is Basis.REGION:
                                same = [s for s in model.sources if s.category == row.category and s.quantity == "co2e"]
                                share *= sum(s.value for s in same)
                                share /= sum(s.value for s in same if s.unit in option.acts_on)
                            amount *= max(0.0, 1.0 - min(1.0, share) * deployed[key][t] * lift(key, t))
                    amounts.append(amount + added)
                found.append(
                    {"stream": (source.quantity, account), "unit": source.unit, "amounts": amounts}
                    | {"category": source.category}
                )
    return found


def test_a_plain_python_loop_agrees_draw_for_draw() -> None:
    model, starts = everything(), its_plan()
    result, draws = outcome(model, starts)
    chosen = [*range(25), *np.flatnonzero((draws.delivered > 0).any(axis=0))[:25].tolist()]
    streams = [("co2e", "main"), ("co2e", "other"), ("energy", None), ("co2e", "main")]
    for draw in chosen:
        leaves = plain_leaf(model, starts, draws, draw)
        for target, stream in enumerate(streams):
            expected = np.sum([leaf["amounts"] for leaf in leaves if leaf["stream"] == stream], axis=0)
            assert result.residual[target, :, draw] == pytest.approx(expected, rel=1e-12)
        energy = np.sum([leaf["amounts"] for leaf in leaves if leaf["stream"] == ("energy", None)], axis=0)
        assert result.value[draw] == pytest.approx(800.0 * energy.sum(), rel=1e-12)


def test_pools_that_change_in_other_years_are_each_multiplied_out_where_they_change() -> None:
    effects = [
        {"initiative": "E1", "category": "el", "low": 0.1, "mode": 0.3, "high": 0.4},
        {"initiative": "E2", "category": "el", "low": 0.0, "mode": 0.1, "high": 0.6},
    ]
    model = region(units=["A", "B"], effects=effects, targets=[("total", 60.0)])
    starts = plan(("E1", "A", 2027), ("E2", "B", 2029))
    table = build_options(model)
    structure, choice = build_structure(model, table), table.choice(starts)
    inputs = uncertain_inputs(model, table, choice)
    compiled = FixedChoice(
        structure=structure,
        inputs=inputs,
        delivery=delivery_of(model, table, choice),
        lines=target_lines(structure),
        prices=np.zeros_like(structure.leaf_amount),
        years=np.arange(len(table.years)),
    )
    shared = compiled.tables.alike < np.arange(compiled.tables.alike.shape[1])
    assert shared.any(axis=1).all()
    assert (shared[0] != shared[1]).any()
    draws = DrawSource(inputs, 0, Sampler.SOBOL).replicate(0)
    result = compiled.evaluate(draws)
    for draw in range(10):
        leaves = plain_leaf(model, starts, draws, draw)
        expected = np.sum([leaf["amounts"] for leaf in leaves if leaf["stream"] == ("co2e", "main")], axis=0)
        assert result.residual[0, :, draw] == pytest.approx(expected, rel=1e-12)


def test_with_every_input_at_its_mode_it_is_the_emissions_of_the_plan() -> None:
    model, starts = everything(), its_plan()
    result, _ = outcome(model, starts, modes(model, starts))
    table = build_options(model)
    structure = build_structure(model, table)
    leaf = evaluate(structure, table.choice(starts)).leaf
    for number, line in enumerate(target_lines(structure)):
        exact = leaf[line.leaves].sum(axis=0)
        assert result.residual[number, :, 0] == pytest.approx(exact, rel=1e-12)
        assert (result.residual[number] == result.residual[number, :, :1]).all()


def test_an_effect_lifted_above_one_is_cut_off_and_counted() -> None:
    model = region(
        sources=[("A", "el", 100.0)],
        units=["A"],
        initiatives=["S1"],
        effects=[{"initiative": "E1", "category": "el", "low": 0.5, "mode": 0.9, "high": 1.0}],
        enablers=[("S1", "E1", 0.3)],
        targets=[("total", 10.0)],
    )
    result, draws = outcome(model, plan(("E1", "A", 2027), ("S1", "A", 2027)))
    effect = draws.effect[0] * 1.3
    assert result.residual[0, 0] == pytest.approx(100.0 * np.maximum(0.0, 1.0 - effect), abs=1e-9)
    assert np.array_equal(result.clipped, effect > 1.0)
    assert 0.1 < result.clipped.mean() < 0.9


def test_a_lognormal_effect_above_one_is_cut_off_and_counted() -> None:
    model = region(
        sources=[("A", "el", 100.0)],
        units=["A"],
        effects=[{"initiative": "E1", "category": "el", "low": 0.5, "mode": 0.8, "high": 1.5}],
        uncertainty=[{"kind": "effect", "distribution": "lognormal"}],
        targets=[("total", 10.0)],
    )
    result, draws = outcome(model, plan(("E1", "A", 2027)))
    assert result.residual[0, 0] == pytest.approx(100.0 * np.maximum(0.0, 1.0 - draws.effect[0]), abs=1e-9)
    assert np.array_equal(result.clipped, draws.effect[0] > 1.0)
    assert 0.1 < result.clipped.mean() < 0.5
