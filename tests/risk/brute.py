"""Plans under risk beside the best of all choices of a small region."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import numpy as np
import numpy.typing as npt

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine
from rmscenario.errors import NoPlanError
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import PlannerOptions, shortfall_prices
from rmscenario.planning.problem import Problem
from rmscenario.region import Region
from rmscenario.risk import RiskOptions
from rmscenario.risk.bound import Bounds, largest_but
from rmscenario.risk.drawn import PlanningDraws
from rmscenario.risk.measures import cvar, most_missed, planning_level, quantile
from rmscenario.risk.planner import RiskPlanner
from rmscenario.risk.wishes import Wish, aimed_at, excesses, reached
from rmscenario.scenario.run_options import Sampler
from tests.planning.enumeration import Enumeration, enumerate_choices, shortfalls
from tests.risk.enumeration import drawn_residuals
from tests.risk.regions import CONFIDENCES, LEVELS, SELDOM, seldom_kept, together, uncertain_region, with_rule

FloatArray = npt.NDArray[np.float64]
#: [1] Share of the largest value within which two values are equal.
EQUAL = 1e-6
EXACT = PlannerOptions(search=SearchOptions(gap=0.0, max_rounds=200))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A plan beside the best of all choices, by the same draws.

    Attributes
    ----------
    reached, best : float [million DKK]
        Value of the plan (None: there is none) and of the best choice; infinite where none keeps the hard targets.
    proven : float [million DKK]
        Lower bound less the value of the best choice that it bounds; −inf where none was computed.
    wide : float [million DKK]
        Largest value of a choice that keeps the hard targets, at least 1.
    """

    reached: float | None
    best: float
    proven: float
    wide: float

    @property
    def is_best(self) -> bool:
        """Whether the plan is as good as the best choice."""
        return self.reached is not None and self.reached <= self.best + EQUAL * self.wide

    @property
    def extra(self) -> float:
        """How much dearer the plan is, as a share of the best's value."""
        assert self.reached is not None
        return (self.reached - self.best) / max(1.0, abs(self.best))


def planner(model: Region, draws: int, seed: int, joint: float | None = None) -> RiskPlanner:
    risk = RiskOptions(
        planning=draws, choosing=draws, certifying=8 * 1024, bounding=0, seed=seed, sampler=Sampler.RANDOM, joint=joint
    )
    return RiskPlanner(model, EXACT, risk)


def number_of_draws(seed: int) -> int:
    """200 to 400, most of which the levels leave no whole number of."""
    return 200 + (seed * 37) % 201


def by_tail(seed: int, most: int = 256) -> Compared | None:
    """The plan whose first target holds in the mean of the worst, or of all; None where its year is too late."""
    dice = Random(seed)
    rules: list[dict[str, object]] = [{"cvar": level} for level in LEVELS] + [{"expected": True}]
    plan = planner(with_rule(uncertain_region(seed, most), dice, dice.choice(rules)), number_of_draws(seed), seed)
    problem = plan.arranged.problem
    line = problem.lines[0]
    if line.position >= len(problem.frame.structure.table.years):
        return None
    found = enumerate_choices(problem)
    positions = np.flatnonzero(line.held).tolist() if line.target.hard else [line.position]
    measure = np.full(len(found.choices), -np.inf)
    for position in positions:  # a hard target is held in later years too
        drawn = drawn_residuals(problem, line, found.choices, plan.arranged.draws, position)
        measure = np.maximum(measure, [cvar(one, line.target.cvar or 0.0) for one in drawn])
    return _compared(plan, found, _at_modes(problem, found, {0}) + _priced(problem, line, measure))


def by_confidence(seed: int, most: int = 256, *, bounded: bool = True) -> Compared | None:
    """The plan whose first target is met in a share of the draws; the bound is that of the planning draws."""
    dice = Random(seed)
    model = with_rule(uncertain_region(seed, most), dice, {"confidence": dice.choice(CONFIDENCES)})
    draws = number_of_draws(seed)
    plan = planner(model, draws, seed)
    problem = plan.arranged.problem
    line = problem.lines[0]
    if line.position >= len(problem.frame.structure.table.years):
        return None
    found, confidence = enumerate_choices(problem), float(line.target.confidence or 0.0)
    others = _at_modes(problem, found, {0})
    planning, choosing = _quantiles(plan, found, line, draws, confidence)
    values = others + _later(plan, found, line, planning_level(confidence, draws, draws))
    values += _priced(problem, line, np.maximum(planning, choosing))
    proven = -np.inf
    if bounded:
        residual = drawn_residuals(problem, line, found.choices, plan.arranged.draws, line.position)
        asked = others + _priced(problem, line, np.asarray([quantile(one, confidence) for one in residual]))
        proven = _proven(plan, found, asked, most_missed(draws, confidence))
    return replace(_compared(plan, found, values), proven=proven)


def by_all_together(seed: int, most: int = 256, *, bounded: bool = True) -> Compared | None:
    """The plan that meets both targets in a share of the draws."""
    dice = Random(seed)
    joint = dice.choice(CONFIDENCES)
    return _all_together(seed, together(uncertain_region(seed, most), dice), joint, bounded=bounded)


def _all_together(seed: int, model: Region, joint: float, *, bounded: bool) -> Compared | None:
    draws = number_of_draws(seed)
    plan = planner(model, draws, seed, joint)
    problem = plan.arranged.problem
    if any(line.position >= len(problem.frame.structure.table.years) for line in problem.lines):
        return None
    found, (wish,) = enumerate_choices(problem), plan.wishes
    assert wish.lines == aimed_at(problem.lines) == problem.lines
    others = _at_modes(problem, found, set(range(len(problem.lines))))
    planning = _together(problem, found, wish, plan.arranged.draws, planning_level(joint, draws, draws))
    choosing = _together(problem, found, wish, plan.arranged.choosing, joint)
    proven = -np.inf
    if bounded:
        asked = others + _together(problem, found, wish, plan.arranged.draws, joint)
        proven = _proven(plan, found, asked, most_missed(draws, joint))
    values = others + np.maximum(planning, choosing)
    for line in wish.lines:
        values += _later(plan, found, line, planning_level(joint, draws, draws))
    return replace(_compared(plan, found, values), proven=proven)


def by_hard_wishes(seed: int, most: int = 256) -> Compared | None:
    """The plan that keeps hard targets, each in a share of the draws, which may be small."""
    dice = Random(seed)
    asked, draws = dice.choice(SELDOM), number_of_draws(seed)
    plan = planner(seldom_kept(uncertain_region(seed, most), dice, asked, {"confidence": asked}), draws, seed)
    problem = plan.arranged.problem
    if any(line.position >= len(problem.frame.structure.table.years) for line in problem.lines):
        return None
    found = enumerate_choices(problem)
    values = _at_modes(problem, found, set(range(len(problem.lines))))
    for line in problem.lines:
        confidence = float(line.target.confidence or 0.0)
        planning, choosing = _quantiles(plan, found, line, draws, confidence)
        values = values + _later(plan, found, line, planning_level(confidence, draws, draws))
        values += _priced(problem, line, np.maximum(planning, choosing))
    return _compared(plan, found, values)


def by_hard_together(seed: int, most: int = 256) -> Compared | None:
    """The plan that keeps all hard targets together in a share of the draws, which may be small."""
    dice = Random(seed)
    joint = dice.choice(SELDOM)
    return _all_together(seed, seldom_kept(uncertain_region(seed, most), dice, joint, {}), joint, bounded=False)


def best_of_wishes(plan: RiskPlanner) -> float:
    """Value of the best of all choices, where targets are soft that ask for a confidence, each for its own [million DKK]."""
    problem, draws = plan.arranged.problem, plan.arranged.draws.count
    found = enumerate_choices(problem)
    asked = {line.target.target: wish.confidence for wish in plan.wishes for line in wish.lines}
    wished = {number for number, line in enumerate(problem.lines) if line.target.target in asked}
    values = _at_modes(problem, found, wished)
    for line in (problem.lines[number] for number in sorted(wished)):
        planning, choosing = _quantiles(plan, found, line, draws, asked[line.target.target])
        values = values + _priced(problem, line, np.maximum(planning, choosing))
    return float(values.min())


def _later(plan: RiskPlanner, found: Enumeration, line: TargetLine, level: float) -> FloatArray:
    """Infinite where a hard target is not kept in a share of the planning draws in each year after its own."""
    problem, values = plan.arranged.problem, np.zeros(len(found.choices))
    for position in np.flatnonzero(line.held).tolist() if line.target.hard else ():
        if position != line.position:
            drawn = drawn_residuals(problem, line, found.choices, plan.arranged.draws, position)
            values += _priced(problem, line, np.asarray([quantile(one, level) for one in drawn]))
    return values


def _quantiles(
    plan: RiskPlanner, found: Enumeration, line: TargetLine, draws: int, confidence: float
) -> tuple[FloatArray, FloatArray]:
    problem, level = plan.arranged.problem, planning_level(confidence, draws, draws)
    planning = drawn_residuals(problem, line, found.choices, plan.arranged.draws, line.position)
    choosing = drawn_residuals(problem, line, found.choices, plan.arranged.choosing, line.position)
    return (
        np.asarray([quantile(one, level) for one in planning]),
        np.asarray([quantile(one, confidence) for one in choosing]),
    )


def _together(problem: Problem, found: Enumeration, wish: Wish, draws: PlanningDraws, confidence: float) -> FloatArray:
    """Price of what is short in a share of the draws, for every choice; infinite where hard targets are exceeded."""
    residuals = [drawn_residuals(problem, line, found.choices, draws, line.position) for line in wish.lines]
    prices = [float(shortfall_prices(line, problem.money).sum()) for line in wish.lines]
    values = np.empty(len(found.choices))
    for number in range(len(found.choices)):
        hard, soft = reached(*excesses(wish, [one[number] for one in residuals], prices), confidence)
        values[number] = np.inf if hard > 0 else soft
    return values


def _at_modes(problem: Problem, found: Enumeration, risky: set[int]) -> FloatArray:
    """Objective of every choice without the targets under risk, infinite where a rule is broken."""
    total = np.where(found.feasible, found.cost, np.inf)
    for number, line in enumerate(problem.lines):
        if number in risky:
            continue
        if line.target.hard:
            exceeded = found.residual[number][:, line.held].max(axis=1)
            total = np.where([is_met(float(one), line.cap, line.base) for one in exceeded], total, np.inf)
        else:
            total = total + shortfalls(problem, found, number) @ shortfall_prices(line, problem.money)
    return total


def _priced(problem: Problem, line: TargetLine, measure: FloatArray) -> FloatArray:
    """What a target's own measure costs every choice: infinite or nothing where it is hard."""
    met = np.asarray([is_met(float(one), line.cap, line.base) for one in measure])
    if line.target.hard:
        return np.where(met, 0.0, np.inf)
    return np.where(met, 0.0, measure - line.cap) * float(shortfall_prices(line, problem.money).sum())


def _compared(plan: RiskPlanner, found: Enumeration, values: FloatArray) -> Compared:
    finite = values[np.isfinite(values)]
    wide = max(1.0, float(np.abs(finite).max(initial=0.0)))
    try:
        result = plan.plan()
    except NoPlanError:
        return Compared(reached=None, best=float(values.min()), proven=-np.inf, wide=wide)
    reached_ = float(values[(found.choices == result.planned.choice).all(axis=1)][0])
    assert result.planned.plan.solve is not None
    proven = result.planned.plan.solve.bound - float(values.min())
    return Compared(reached=reached_, best=float(values.min()), proven=proven, wide=wide)


def _proven(plan: RiskPlanner, found: Enumeration, asked: FloatArray, missed: int) -> float:
    """The bound of all planning draws less the best choice's value: never above 0."""
    best = float(asked.min())
    choice = found.choices[int(asked.argmin())]
    least = Bounds(plan.arranged, plan.wishes, plan.arranged.draws).least_costs(choice)
    assert least is not None
    bound = largest_but(least.values, missed)
    return -np.inf if not np.isfinite(best) else bound - best
