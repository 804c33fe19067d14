"""Plans under risk against every choice of small random regions."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rmscenario.constants import is_met
from rmscenario.errors import NoPlanError
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import PlannerOptions, shortfall_prices
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.region import Region
from rmscenario.risk import RiskOptions
from rmscenario.risk.measures import cvar, planning_level, quantile
from rmscenario.risk.planner import RiskPlanner
from rmscenario.scenario.run_options import Sampler
from tests.planning.enumeration import Enumeration, enumerate_choices, shortfalls, small_region
from tests.risk.enumeration import drawn_residuals

REGIONS = 60
CONFIDENT = 40
EXACT = PlannerOptions(search=SearchOptions(gap=0.0, max_rounds=200))


def risky_region(seed: int, *, confidence: bool = False) -> Region:
    """A small region with delivery risk, whose first target is held under risk: hard, or priced."""
    dice = Random(seed)
    model = small_region(seed, 256)
    first = model.targets[0]
    given: dict[str, object] = {"hard": dice.random() < 0.5, "form": "from", "until": None}
    if confidence:
        given |= {"confidence": dice.choice([0.6, 0.8, 0.9])}
    else:
        given |= dice.choice([{"cvar": 0.8}, {"cvar": 0.9}, {"cvar": 1 / 3}, {"expected": True}])
    target = first.model_copy(update=given)
    return replace(model, targets=(target, *model.targets[1:]))


def planner(model: Region, draws: int, seed: int) -> RiskPlanner:
    risk = RiskOptions(planning=draws, choosing=draws, certifying=8 * 1024, seed=seed, sampler=Sampler.RANDOM)
    return RiskPlanner(model, EXACT, risk)


def measured(problem: Problem, found: Enumeration, planned: RiskPlanner) -> np.ndarray:
    """Residual of the first target in its year at every choice and planning draw."""
    line = problem.lines[0]
    return drawn_residuals(problem, line, found.choices, planned.arranged.draws, line.position)


def values(problem: Problem, found: Enumeration, measure: np.ndarray) -> np.ndarray:
    """Objective at every choice, infinite where it breaks a rule; `measure` is the first target's own residual."""
    total = np.where(found.feasible, found.cost, np.inf)
    for number, line in enumerate(problem.lines):
        over = np.maximum(0.0, measure - line.cap) if number == 0 else shortfalls(problem, found, number)
        if line.target.hard:
            kept = [
                is_met(float(one), line.cap, line.base)
                for one in (measure if number == 0 else found.residual[number][:, line.held].max(axis=1))
            ]
            total = np.where(kept, total, np.inf)
        elif number == 0:
            total = total + over * shortfall_prices(line, problem.money).sum()
        else:
            total = total + over @ shortfall_prices(line, problem.money)
    return total


@pytest.mark.parametrize("seed", range(REGIONS))
def test_plans_by_the_mean_of_a_tail_are_the_best_of_all_choices(seed: int) -> None:
    model = risky_region(seed)
    problem = build_problem(model)
    line = problem.lines[0]
    if line.position >= len(problem.frame.structure.table.years):
        pytest.skip("the target lies after the period")
    found = enumerate_choices(problem)
    plan = planner(model, 150 + 13 * (seed % 5), seed)
    residual = measured(problem, found, plan)
    measure = np.asarray([cvar(one, line.target.cvar or 0.0) for one in residual])
    if line.target.hard:  # later years are held too
        for position in np.flatnonzero(line.held).tolist():
            later = drawn_residuals(problem, line, found.choices, plan.arranged.draws, position)
            measure = np.maximum(measure, [cvar(one, line.target.cvar or 0.0) for one in later])
    best = values(problem, found, measure)
    try:
        result = plan.plan()
    except NoPlanError:
        assert not np.isfinite(best).any()
        return
    reached = best[(found.choices == result.planned.choice).all(axis=1)][0]
    scale = 1e-6 * max(1.0, float(np.abs(best[np.isfinite(best)]).max()))
    assert reached <= best.min() + scale
    assert result.planned.plan.solve is not None
    assert result.planned.plan.solve.bound <= best.min() + scale


@pytest.mark.parametrize("seed", range(CONFIDENT))
def test_plans_with_a_confidence_keep_it_and_come_near_the_best_of_all_choices(seed: int) -> None:
    extra = _extra_cost(seed)
    assert extra is None or extra >= -1e-6


def test_on_average_a_confidence_costs_at_most_one_percent_more_than_the_best() -> None:
    found = [extra for seed in range(CONFIDENT) if (extra := _extra_cost(seed)) is not None]
    assert len(found) > CONFIDENT / 2
    assert float(np.mean(found)) <= 0.01


def _extra_cost(seed: int) -> float | None:
    """How much dearer the plan is than the best of all choices, as a share of the largest value; None: no plan."""
    model = risky_region(seed, confidence=True)
    problem = build_problem(model)
    line = problem.lines[0]
    if line.position >= len(problem.frame.structure.table.years):
        return None
    found = enumerate_choices(problem)
    plan = planner(model, 200, seed)
    level = planning_level(float(line.target.confidence or 0.0), 200, 200)
    chosen = drawn_residuals(problem, line, found.choices, plan.arranged.choosing, line.position)
    measure = np.asarray(
        [
            max(quantile(one, level), quantile(other, float(line.target.confidence or 0.0)))
            for one, other in zip(measured(problem, found, plan), chosen, strict=True)
        ]
    )
    best = values(problem, found, measure)
    try:
        result = plan.plan()
    except NoPlanError:
        return None
    reached = best[(found.choices == result.planned.choice).all(axis=1)][0]
    assert np.isfinite(reached)
    return float((reached - best.min()) / max(1.0, float(np.abs(best[np.isfinite(best)]).max())))
