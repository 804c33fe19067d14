"""Uncertain inputs of a region, their dependence, and their draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import beta, kstest, multivariate_normal, spearmanr, triang

from rmscenario.errors import InputError
from rmscenario.options import build_options
from rmscenario.region import Region
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import Delivered, Draws, DrawSource, UncertainInputs, at_modes, uncertain_inputs
from tests.regions import plan, region


def effect(initiative: str, low: float, mode: float, high: float, **columns: Any) -> dict[str, Any]:
    return {"initiative": initiative, "category": "el", "low": low, "mode": mode, "high": high} | columns


def inputs_of(model: Region) -> UncertainInputs:
    return uncertain_inputs(model, build_options(model))


def drawn(model: Region, replicates: int = 8, sampler: Sampler = Sampler.SOBOL, seed: int = 1) -> Draws:
    source = DrawSource(inputs_of(model), seed, sampler)
    all_draws = [source.replicate(number) for number in range(replicates)]
    names = Draws.__dataclass_fields__
    return Draws(**{name: np.concatenate([getattr(one, name) for one in all_draws], axis=-1) for name in names})


@pytest.mark.parametrize("sampler", list(Sampler))
def test_effects_have_the_distribution_of_their_row(sampler: Sampler) -> None:
    model = region(
        effects=[effect("E1", 0.1, 0.3, 0.4), effect("E2", 0.0, 0.2, 0.3)],
        uncertainty=[{"kind": "effect", "subject": "E2", "distribution": "triangular"}],
    )
    values = drawn(model, sampler=sampler).effect
    pert = beta(1 + 4 * 2 / 3, 1 + 4 / 3, loc=0.1, scale=0.3)
    assert kstest(values[0], pert.cdf).pvalue > 0.001
    assert kstest(values[1], triang(2 / 3, loc=0.0, scale=0.3).cdf).pvalue > 0.001


def test_the_mean_of_pert_is_low_plus_four_modes_plus_high_over_six() -> None:
    values = drawn(region(effects=[effect("E1", 0.1, 0.3, 0.8)]), replicates=32).effect[0]
    assert values.mean() == pytest.approx((0.1 + 4 * 0.3 + 0.8) / 6, abs=1.1e-5)  # four standard errors


def test_all_effects_of_an_initiative_move_together_and_those_of_two_do_not() -> None:
    model = region(
        sources=[("A", "el", 10.0), ("A", "heat", 10.0)],
        effects=[
            effect("E1", 0.1, 0.3, 0.4),
            effect("E1", -0.1, -0.05, 0.0, category="heat"),
            effect("E2", 0.1, 0.3, 0.4),
        ],
    )
    values = drawn(model).effect
    assert spearmanr(values[0], values[1]).statistic == pytest.approx(1.0)
    assert abs(spearmanr(values[0], values[2]).statistic) < 0.05


def test_members_of_a_group_have_the_correlation_of_the_copula() -> None:
    rows = [
        {"kind": "effect", "subject": name, "distribution": "pert", "correlation_group": "G", "correlation": 0.6}
        for name in ("E1", "E2")
    ]
    rows.append({"kind": "effect", "distribution": "pert"})
    model = region(
        effects=[effect("E1", 0.1, 0.2, 0.4), effect("E2", 0.0, 0.3, 0.4), effect("E3", 0.0, 0.3, 0.4)],
        uncertainty=rows,
    )
    values = drawn(model, replicates=32, sampler=Sampler.RANDOM).effect
    rank = np.argsort(np.argsort(values, axis=1), axis=1)
    scores = ndtri((rank + 0.5) / values.shape[1])
    correlation = np.corrcoef(scores)
    assert correlation[0, 1] == pytest.approx(0.6, abs=4 * (1 - 0.6**2) / np.sqrt(values.shape[1]))
    assert abs(correlation[0, 2]) < 4 / np.sqrt(values.shape[1])
    assert kstest(values[0], beta(1 + 4 / 3, 1 + 8 / 3, loc=0.1, scale=0.3).cdf).pvalue > 0.001


def test_full_correlation_makes_inputs_one() -> None:
    row = {"kind": "effect", "distribution": "pert", "correlation_group": "G", "correlation": 1.0}
    model = region(effects=[effect("E1", 0.0, 0.2, 0.4), effect("E2", 0.0, 0.1, 0.2)], uncertainty=[row])
    values = drawn(model, replicates=1).effect
    assert values[0] == pytest.approx(2 * values[1], abs=1e-12)


def test_a_background_draw_moves_all_paths_of_its_category_between_strong_and_weak() -> None:
    model = region(
        quantities=["co2e", "energy"],
        sources=[("A", "el", 10.0), ("A", "el", 99.0, "energy")],
        background=[
            {"category": "el", "quantity": "co2e", "year": 2030, "strong": 0.2, "mode": 0.5, "weak": 0.8},
            {"category": "el", "quantity": "co2e", "year": 2036, "strong": 0.0, "mode": 0.1, "weak": 0.7},
            {"category": "el", "quantity": "energy", "year": 2036, "strong": 0.9, "mode": 1.0, "weak": 1.3},
        ],
    )
    values = drawn(model, replicates=2).background
    assert spearmanr(values[0], values[1]).statistic == pytest.approx(1.0)
    assert spearmanr(values[0], values[2]).statistic == pytest.approx(1.0)
    assert values[0].min() >= 0.2
    assert values[0].max() <= 0.8
    assert values[0].mean() == pytest.approx(0.5, abs=1e-4)


def test_delivery_comes_with_the_probabilities_of_its_row() -> None:
    model = region(effects=[("E1", "el", 0.1)], delivery_risk=[(None, 0.2, 0.1, 0.05, 0.15, 0.5)])
    delivered = drawn(model, replicates=4).delivered
    share = [(delivered == way).mean() for way in Delivered]
    assert share == pytest.approx([0.5, 0.2, 0.1, 0.15, 0.05], abs=0.001)


def test_a_common_factor_leaves_each_way_its_probability_and_moves_all_from_better_to_worse() -> None:
    one = {"initiative": "E1", "slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.05, "partial": 0.15}
    other = {"initiative": "E2", "slip_one": 0.0, "slip_two": 0.0, "cancelled": 0.1, "partial": 0.3}
    for correlation in (0.6, 1.0):
        given = {"partial_uptake": 0.5, "unit_correlation": correlation}
        model = region(
            units=["A"], effects=[("E1", "el", 0.1), ("E2", "el", 0.1)], delivery_risk=[one | given, other | given]
        )
        delivered = drawn(model, replicates=60, sampler=Sampler.RANDOM).delivered
        spread = 4 * 0.5 / np.sqrt(delivered.shape[1])
        for ways, expected in zip(delivered, ([0.5, 0.2, 0.1, 0.15, 0.05], [0.6, 0.0, 0.0, 0.3, 0.1]), strict=True):
            assert [(ways == way).mean() for way in Delivered] == pytest.approx(expected, abs=spread)
    order = np.lexsort((delivered[1], delivered[0]))
    assert (np.diff(delivered[1][order]) >= 0).all()


def test_without_a_probability_of_partial_uptake_the_draws_are_as_if_it_were_unknown() -> None:
    risk = {"initiative": None, "slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.05, "unit_correlation": 0.3}
    unknown, never = (
        drawn(region(effects=[("E1", "el", 0.1)], delivery_risk=[risk | more]), replicates=2).delivered
        for more in ({}, {"partial": 0.0, "partial_uptake": 0.4})
    )
    assert np.array_equal(unknown, never)
    assert set(np.unique(unknown)) == set(Delivered) - {Delivered.PARTIAL}


def test_starts_of_one_unit_fail_together_as_the_copula_says() -> None:
    risk = {"initiative": None, "slip_one": 0.0, "slip_two": 0.0, "cancelled": 0.2, "unit_correlation": 0.5}
    model = region(effects=[("E1", "el", 0.1), ("E2", "el", 0.1)], delivery_risk=[risk])
    table = build_options(model)
    never = drawn(model, replicates=40, sampler=Sampler.RANDOM).delivered == Delivered.NEVER
    in_a, in_b, other = (table.index(*key) for key in (("E1", "A"), ("E1", "B"), ("E2", "A")))
    both = multivariate_normal.cdf([ndtri(0.2)] * 2, cov=[[1.0, 0.5], [0.5, 1.0]])
    spread = 4 / np.sqrt(never.shape[1])
    assert never.mean(axis=1) == pytest.approx(0.2, abs=0.4 * spread)
    assert (never[in_a] & never[other]).mean() == pytest.approx(both, abs=0.5 * spread)
    assert (never[in_a] & never[in_b]).mean() == pytest.approx(0.04, abs=0.2 * spread)


def test_starts_of_one_supplier_fail_together_in_whatever_unit() -> None:
    alone = {"initiative": None, "slip_one": 0.0, "slip_two": 0.0, "cancelled": 0.2, "unit_correlation": 1.0}
    shared = [alone | {"initiative": name, "supplier_group": "buses"} for name in ("E1", "E2")]
    model = region(effects=[(name, "el", 0.1) for name in ("E1", "E2", "E3")], delivery_risk=[alone, *shared])
    table = build_options(model)
    never = drawn(model, replicates=2).delivered == Delivered.NEVER
    of = {key: never[table.index(*key)] for key in ((name, unit) for name in ("E1", "E2", "E3") for unit in "AB")}
    assert all((of["E1", "A"] == of[name, unit]).all() for name in ("E1", "E2") for unit in "AB")
    assert (of["E3", "A"] & of["E1", "A"]).mean() == pytest.approx(0.04, abs=0.02)
    assert (of["E3", "A"] & of["E3", "B"]).mean() == pytest.approx(0.04, abs=0.02)


def test_running_initiatives_are_delivered_and_their_effect_stays_uncertain() -> None:
    model = region(
        effects=[effect("E1", 0.1, 0.2, 0.3)],
        running=[("E1", "A", 2025)],
        delivery_risk=[(None, 0.0, 0.0, 1.0)],
    )
    draws, table = drawn(model, replicates=1), build_options(model)
    assert (draws.delivered[table.index("E1", "A")] == Delivered.ON_TIME).all()
    assert (draws.delivered[table.index("E1", "B")] == Delivered.NEVER).all()
    assert draws.effect.std() > 0


def test_money_varies_only_with_a_row_and_the_nearest_row_holds() -> None:
    factor = {"kind": "capex", "distribution": "pert", "low": 0.9, "mode": 1.0, "high": 1.6}
    model = region(
        effects=[("E1", "el", 0.1), ("E2", "el", 0.1)],
        money=[("E1", "capex", 5.0), ("E2", "capex", 5.0), ("E1", "opex", 1.0)],
        uncertainty=[factor, factor | {"subject": "E2", "low": 0.5, "mode": 0.6, "high": 0.7}],
    )
    draws = drawn(model, replicates=1)
    assert draws.capex[0].mean() == pytest.approx((0.9 + 4.0 + 1.6) / 6, abs=1e-4)
    assert draws.capex[1].mean() == pytest.approx(0.6, abs=1e-4)
    assert (draws.opex == 1.0).all()


def test_an_initiative_more_leaves_all_other_draws_bit_equal() -> None:
    risk = [{"initiative": None, "slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.1, "unit_correlation": 0.3}]
    group = {"kind": "effect", "distribution": "pert", "correlation_group": "G", "correlation": 0.4}
    rows = [effect("E1", 0.1, 0.2, 0.3), effect("E2", 0.1, 0.15, 0.3)]
    small = region(effects=rows, delivery_risk=risk, uncertainty=[group])
    large = region(effects=[effect("E0", 0.0, 0.2, 0.3), *rows], delivery_risk=risk, uncertainty=[group])
    before, after = drawn(small, replicates=2), drawn(large, replicates=2)
    assert np.array_equal(before.effect, after.effect[1:])
    assert np.array_equal(before.background, after.background)
    old, new = build_options(small), build_options(large)
    for number, option in enumerate(old.options):
        place = new.index(*option.key)
        assert np.array_equal(before.delivered[number], after.delivered[place])


def test_replicates_can_be_made_in_any_order() -> None:
    inputs = inputs_of(region(effects=[effect("E1", 0.1, 0.2, 0.3)], delivery_risk=[(None, 0.2, 0.1, 0.1)]))
    forward, backward = DrawSource(inputs, 4, Sampler.SOBOL), DrawSource(inputs, 4, Sampler.SOBOL)
    for first, second in zip(
        [forward.replicate(number) for number in range(3)],
        [backward.replicate(number) for number in (2, 1, 0)][::-1],
        strict=True,
    ):
        assert np.array_equal(first.effect, second.effect)
        assert np.array_equal(first.delivered, second.delivered)


def test_the_order_of_rows_changes_no_draw() -> None:
    model = region(effects=[effect("E1", 0.1, 0.2, 0.3), effect("E2", 0.1, 0.15, 0.3)])
    turned = replace(model, effects=model.effects[::-1], initiatives=model.initiatives[::-1])
    assert np.array_equal(drawn(model).effect, drawn(turned).effect[::-1])


def test_what_a_plan_does_not_use_is_not_drawn_and_moves_nothing() -> None:
    model = region(effects=[effect("E1", 0.1, 0.2, 0.3), effect("E2", 0.1, 0.15, 0.3)])
    table = build_options(model)
    chosen = uncertain_inputs(model, table, table.choice(plan(("E2", "A", 2027))))
    assert [name for name in chosen.names if name.startswith("effect:")] == ["effect:E2"]
    some = DrawSource(chosen, 1, Sampler.SOBOL).replicate(0)
    assert (some.effect[0] == 0.2).all()
    assert np.array_equal(some.effect[1], drawn(model, replicates=1).effect[1])


def test_a_choice_of_accounting_is_no_uncertainty() -> None:
    model = region(effects=[effect("E8", 1.0, 1.0, 1.0, account="main")])
    assert not [name for name in inputs_of(model).names if name.startswith("effect:")]


def test_at_modes_everything_is_at_its_mode_and_on_time() -> None:
    model = region(
        effects=[effect("E1", 0.1, 0.2, 0.3)],
        enablers=[{"enabler": "S1", "initiative": "E1", "low": 0.0, "mode": 0.1, "high": 0.4}],
        initiatives=["S1"],
        delivery_risk=[(None, 0.3, 0.3, 0.3)],
    )
    modes = at_modes(inputs_of(model))
    assert (modes.effect == 0.2).all()
    assert (modes.lift == 0.1).all()
    assert (modes.delivered == Delivered.ON_TIME).all()


def test_rows_that_make_no_distribution_are_named_together() -> None:
    model = region(
        effects=[effect("E1", 0.3, 0.2, 0.1), effect("E2", 0.1, 0.2, 0.15)],
        delivery_risk=[(None, 0.5, 0.4, 0.3)],
    )
    with pytest.raises(InputError) as caught:
        inputs_of(model)
    assert str(caught.value).splitlines() == [
        "effects.csv:3: mode: found 0.1, 0.2, 0.15, expected a mode between low and high; "
        "correct the row, or choose another distribution in uncertainty.csv",
        "delivery_risk.csv:2: cancelled: found 0.5 + 0.4 + 0 + 0.3, expected probabilities that sum to at most 1; "
        "what is left of 1 is the probability of a start on time",
    ]


def test_amounts_that_are_not_drawn_move_no_other_draw() -> None:
    model = region(
        effects=[effect("E1", 0.1, 0.3, 0.4), effect("E2", 0.0, 0.2, 0.3)],
        money=[("E1", "capex", 5.0), ("E2", "opex", 3.0)],
        uncertainty=[
            {"kind": "capex", "subject": "E1", "distribution": "triangular", "low": 0.5, "mode": 1.0, "high": 2.0}
            | {"correlation_group": "prices", "correlation": 0.5},
            {
                "kind": "effect",
                "subject": "E2",
                "distribution": "pert",
                "correlation_group": "prices",
                "correlation": 0.5,
            },
        ],
    )
    table = build_options(model)
    whole, part = uncertain_inputs(model, table), uncertain_inputs(model, table, money=False)
    assert any(name.startswith("capex:") for name in whole.names)
    assert not any(name.startswith("capex:") for name in part.names)
    one, other = (DrawSource(inputs, 3, Sampler.SOBOL).replicate(5) for inputs in (whole, part))
    for name in ("effect", "lift", "background", "delivered"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert (other.capex == 1.0).all()
    assert len(np.unique(one.capex)) > 2
