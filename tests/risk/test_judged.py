"""Plans that risk had no part in choosing are judged as those that it had: by counts over plain draws, one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rmscenario.constants import is_met
from rmscenario.explain.earliest import everything
from rmscenario.plan import Certified, Plan
from rmscenario.planning import PlannerOptions
from rmscenario.region import Region
from rmscenario.risk import RiskOptions, certified
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.certifying import CERTIFYING
from rmscenario.risk.drawn import planning_draws
from rmscenario.uncertainty import REPLICATE
from tests.risk.enumeration import drawn_residuals
from tests.risk.regions import uncertain_region

FRESH = 8 * REPLICATE
RISK = RiskOptions(certifying=FRESH)


def under_risk(seed: int, given: dict[str, object]) -> Region:
    model = uncertain_region(seed)
    first, *others = model.targets
    ruled = first.model_copy(update={"confidence": None, "cvar": None, "expected": False} | given)
    return replace(model, targets=(ruled, *others))


def counted(region: Region) -> tuple[np.ndarray, np.ndarray, float, float, Certified]:
    """Residuals of everything started and of nothing, draw by draw, sorted; cap and base; and what is certified."""
    arranged = Arranged(region, PlannerOptions(), RISK)
    table = arranged.problem.frame.structure.table
    choice = everything(region, table)
    (line,) = arranged.lines
    draws = planning_draws(arranged.source, FRESH, first=CERTIFYING)
    both = np.stack([choice, table.nothing_new()])
    started, nothing = drawn_residuals(arranged.problem, line, both, draws, line.position)
    (plan,) = certified(region, [Plan(starts=table.starts(choice))], RISK)
    assert plan.risk is not None
    (found,) = plan.risk.targets
    return np.sort(started), np.sort(nothing), line.cap, line.base, found


@pytest.mark.parametrize("seed", [1, 4, 6])
@pytest.mark.parametrize("wanted", [0.6, 0.99])
def test_a_plan_of_everything_meets_a_confidence_where_so_many_draws_do(seed: int, wanted: float) -> None:
    started, nothing, cap, base, found = counted(under_risk(seed, {"confidence": wanted}))
    hits = int(np.count_nonzero(is_met(started, cap, base)))
    assert found.probability == hits / FRESH
    last = int(np.ceil(wanted * FRESH - 1e-6)) - 1
    assert found.judged == pytest.approx(started[last], rel=1e-9)
    assert found.judged_background == pytest.approx(nothing[last], rel=1e-9)
    assert is_met(found.judged, cap, base) == (hits >= wanted * FRESH - 1e-6)


@pytest.mark.parametrize("seed", [1, 4])
def test_it_meets_a_mean_by_that_mean(seed: int) -> None:
    started, nothing, _, _, found = counted(under_risk(seed, {"expected": True}))
    assert found.judged == pytest.approx(started.mean(), rel=1e-9)
    assert found.judged_background == pytest.approx(nothing.mean(), rel=1e-9)
    worst = FRESH // 4
    started, nothing, _, _, found = counted(under_risk(seed, {"cvar": 0.75}))
    assert found.judged == pytest.approx(started[-worst:].mean(), rel=1e-9)
    assert found.judged_background == pytest.approx(nothing[-worst:].mean(), rel=1e-9)


def test_where_nothing_is_held_under_risk_a_plan_stays_as_it_is() -> None:
    region = under_risk(1, {})
    plan = Plan(starts=())
    assert certified(region, [plan], RISK) == (plan,)
    assert certified(under_risk(1, {"confidence": 0.5}), [], RISK) == ()
