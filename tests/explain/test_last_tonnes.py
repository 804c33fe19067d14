"""What the last tonnes cost: against every choice of small regions, and by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rmscenario.explain.last_tonnes import LastTonnes, last_tonnes
from rmscenario.plan import Plan
from rmscenario.planning.problem import build_problem
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind
from tests.planning.enumeration import enumerate_choices, small_region
from tests.regions import plan, region


def _asked(model: Region, given: Plan, amount: float) -> LastTonnes:
    found = last_tonnes(model, given, amount=amount, gap=0.0)
    assert found is not None
    return found


def _model() -> Region:
    """Opex alone, paid from 2030 to 2036, without discounting: 1,000 kr. for 20 t, 9,000 kr. for 30 t."""
    return region(
        settings={"discount": ((1, 0.0),), "first_year": 2030},
        sources=[("A", "el", 100.0), ("A", "gas", 100.0)],
        units=["A"],
        effects=[("CHEAP", "el", 0.2), ("DEAR", "gas", 0.3)],
        money=[("CHEAP", "opex", 1_000.0), ("DEAR", "opex", 9_000.0)],
        prices=[("co2e", "carbon_value", 1e6)],
        targets=[{"target": "T", "level": 100.0, "year": 2030, "shortfall_price": 1e6}],
    )


def test_the_last_tonnes_are_the_dearest_ones_that_the_plan_needs() -> None:
    found = _asked(_model(), plan(("CHEAP", "A", 2030), ("DEAR", "A", 2030)), 30.0)
    assert (found.tight.residual, found.loose.residual) == (pytest.approx(150.0), pytest.approx(180.0))
    assert (found.more_in_year, found.more_over_period) == (pytest.approx(30.0), pytest.approx(210.0))
    assert (found.yearly_cost, found.npv) == (pytest.approx(9_000.0), pytest.approx(63_000.0))
    assert found.per_tonne_in_year == pytest.approx(300.0)
    assert found.per_tonne_over_period == pytest.approx(300.0)
    assert found.npv_low == pytest.approx(found.npv)
    assert found.npv_high == pytest.approx(found.npv)
    assert found.certain
    assert found.plan_npv == pytest.approx(70_000.0)


def test_a_plan_that_pays_for_nothing_has_tight_and_loose_plans_alike() -> None:
    found = _asked(_model(), plan(), 30.0)
    assert found.tight.npv == found.loose.npv == 0.0
    assert found.more_in_year == 0.0
    assert found.per_tonne_in_year is None
    assert found.per_tonne_over_period is None


def test_tonnes_that_pay_for_themselves_are_in_both() -> None:
    model = replace(_model(), money=(), prices=())
    found = _asked(model, plan(("DEAR", "A", 2030)), 10.0)
    assert found.npv == found.plan_npv == 0.0


def test_a_hard_target_has_a_price_too() -> None:
    model = _model()
    hard = model.targets[0].model_copy(update={"level": 150.0, "hard": True})
    found = _asked(replace(model, targets=(hard,)), plan(("CHEAP", "A", 2030), ("DEAR", "A", 2030)), 30.0)
    assert found.npv == pytest.approx(63_000.0)


def test_without_a_target_there_is_no_price() -> None:
    assert last_tonnes(region(effects=[("LED", "el", 0.3)]), plan()) is None


@pytest.mark.parametrize("seed", range(1, 40, 4))
def test_both_levels_are_reached_at_the_least_cost_of_all_choices(seed: int) -> None:
    model = small_region(seed)
    money = replace(model, prices=tuple(row for row in model.prices if row.kind is not PriceKind.CARBON_VALUE))
    problem = build_problem(money)
    choices = enumerate_choices(problem)
    if not choices.feasible.any():
        return
    aim = min(model.targets, key=lambda row: row.priority)
    number, line = next((n, row) for n, row in enumerate(problem.lines) if row.target.target == aim.target)
    residual = np.where(choices.feasible, choices.residual[number][:, line.position], np.inf)
    given = int(residual.argmin())
    amount = 0.5 * float(residual[np.isfinite(residual)].max() - residual[given])
    if amount <= 0:
        return
    table = problem.frame.structure.table
    found = _asked(model, Plan(starts=table.starts(choices.choices[given])), amount)
    for side, level in ((found.tight, residual[given]), (found.loose, residual[given] + amount)):
        best = 1e6 * float(choices.cost[residual <= level + 1e-3 * amount].min())
        scale = 1e6 * max(1.0, float(np.abs(choices.cost).max()))
        assert side.level == pytest.approx(level)
        assert side.residual <= level + 1e-3 * amount
        assert side.npv == pytest.approx(best, abs=1e-5 * scale)
        assert side.bound <= 1e6 * float(choices.cost[residual <= level + 1e-9].min()) + 1e-5 * scale
    assert found.npv_low <= found.npv + 1e-5 * scale
    assert found.npv_high >= found.npv - 1e-5 * scale
