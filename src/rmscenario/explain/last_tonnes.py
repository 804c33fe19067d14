"""What the last tonnes of a plan cost: the least cost of as many tonnes, and of some fewer, each by a search of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rmscenario.emissions import TargetLine, evaluate
from rmscenario.emissions.structure import IntArray
from rmscenario.explain.aim import aimed_at
from rmscenario.explain.solving import Effort, Solved, hard_caps, line_of, minimise, yearly_cost
from rmscenario.plan import Plan, Termination
from rmscenario.planning.functional import Hinge, cost_functional
from rmscenario.planning.limits import MILLION
from rmscenario.planning.objective import Objective
from rmscenario.planning.planner import absolute_cost
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind

#: [1] What a unit above a level costs, as multiples of the plan's absolute cost per unit that it removes, tried in turn.
DEARER = (2.0, 20.0, 2000.0)
#: [1] Share of the last tonnes by which a plan may exceed its level: the price of it shows in the plan's own cost.
WITHIN = 1e-3
#: [1] Share of the base below which a plan's reduction gives no such cost.
SMALLEST = 1e-3
#: Most nodes of a search for least cost.
COST_NODES = 300
#: [1] Width of a bracket, as a share of the difference it holds, up to which the difference says something.
TELLING = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastCost:
    """The cheapest plan found whose residual is within a level.

    Attributes
    ----------
    level, residual : float [the quantity's unit]
        What is asked for and what is left in the target's year: a hair above the level at most.
    npv, bound : float [DKK]
        Its net present value, and what no plan within the level falls below.
    termination : Termination
        Why the search stopped.
    """

    level: float
    residual: float
    npv: float
    bound: float
    termination: Termination


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTonnes:
    """The price of the last tonnes of a plan, as differences of two least-cost plans.

    Carbon value and prices of shortfalls are off in both, so that cost is money alone; limits, rules and hard targets
    hold. `tight` reaches what the plan reaches in the target's year, `loose` is allowed `amount` more. Plans of nearly the
    same net present value differ in their yearly cost and in other years' tonnes, so that the bracket is on the present
    value alone.

    Attributes
    ----------
    amount : float [the quantity's unit]
        What `loose` may leave more than `tight`.
    more_in_year, more_over_period : float [the quantity's unit a year; its sum over the years of the period]
        What `loose` leaves more than `tight`.
    yearly_cost : float [DKK/a]
        What `tight` costs more than `loose` in the target's year.
    npv, npv_low, npv_high : float [DKK]
        What `tight` costs more in net present value, and between which values the true difference lies.
    plan_npv : float [DKK]
        Net present value of the plan itself: at least that of `tight`, since it has other aims as well.
    """

    target: str
    year: int
    amount: float
    tight: LeastCost
    loose: LeastCost
    more_in_year: float
    more_over_period: float
    yearly_cost: float
    npv: float
    npv_low: float
    npv_high: float
    plan_npv: float

    @property
    def per_tonne_in_year(self) -> float | None:
        """Δ yearly cost in the target's year / Δ tonnes in it [DKK per unit]; None where no tonnes differ."""
        return self.yearly_cost / self.more_in_year if self.more_in_year > 0 else None

    @property
    def per_tonne_over_period(self) -> float | None:
        """Δ NPV / Δ tonnes summed over the period, not discounted [DKK per unit]; None where no tonnes differ."""
        return self.npv / self.more_over_period if self.more_over_period > 0 else None

    @property
    def certain(self) -> bool:
        """Whether the bracket is narrow against the difference: if not, the prices are orders of magnitude at best."""
        return self.npv_high - self.npv_low <= TELLING * abs(self.npv)


def last_tonnes(
    region: Region,
    plan: Plan,
    *,
    amount: float = 1000.0,
    target: str | None = None,
    gap: float = 1e-4,
    effort: Effort | None = None,
) -> LastTonnes | None:
    """What the last tonnes of a plan cost, by solving again for least cost at two levels of one target's residual.

    Parameters
    ----------
    amount : float [the quantity's unit]
        How many of the last tonnes.
    target : str, optional
        Id of the target; the one that is first in priority, soft or hard, unless given.
    gap : float [1]
        Gap of each search, relative to the sum of absolute cost terms.

    Returns
    -------
    LastTonnes or None
        None if no target is active.
    """
    row = aimed_at(region, target, hard=True)
    if row is None:
        return None
    effort = effort or Effort()
    problem = build_problem(_money_alone(region))
    line = line_of(problem, row.target)
    structure = problem.frame.structure
    given = structure.table.choice(plan)
    reached = _residual(problem, line, given)
    tight = _least_cost(problem, line, reached, given, within=WITHIN * amount, gap=gap, effort=effort)
    effort.progress(1, 2)
    loose = _least_cost(problem, line, reached + amount, tight.choice, within=WITHIN * amount, gap=gap, effort=effort)
    effort.progress(2, 2)
    first, second = _described(problem, line, reached, tight), _described(problem, line, reached + amount, loose)
    costs = [yearly_cost(problem, solved.choice) for solved in (tight, loose)]
    tonnes = [evaluate(structure, solved.choice).total(line.leaves) for solved in (tight, loose)]
    return LastTonnes(
        target=row.target,
        year=int(structure.table.years[line.position]),
        amount=amount,
        tight=first,
        loose=second,
        more_in_year=second.residual - first.residual,
        more_over_period=float((tonnes[1] - tonnes[0]).sum()),
        yearly_cost=float((costs[0] - costs[1])[line.position]),
        npv=first.npv - second.npv,
        npv_low=first.bound - second.npv,
        npv_high=first.npv - second.bound,
        plan_npv=float(yearly_cost(problem, given) @ problem.money.discount),
    )


def _money_alone(region: Region) -> Region:
    """The region with neither carbon value nor prices of shortfalls."""
    return replace(
        region,
        prices=tuple(row for row in region.prices if row.kind is not PriceKind.CARBON_VALUE),
        targets=tuple(row.model_copy(update={"shortfall_price": None}) for row in region.targets),
    )


def _residual(problem: Problem, line: TargetLine, choice: IntArray) -> float:
    return float(line.residual(evaluate(problem.frame.structure, choice).leaf)[line.position])


def _least_cost(
    problem: Problem, line: TargetLine, level: float, start: IntArray, *, within: float, gap: float, effort: Effort
) -> Solved:
    """Least net present value with the target's residual in its year, and in it alone, within a level.

    What exceeds the level is not forbidden but dear: a plan within it is found and bettered much faster so, and the bound
    holds for the level all the same. Where the price was too low to keep plans within, it is raised.
    """
    table = problem.frame.structure.table
    removed = _residual(problem, line, table.nothing_new()) - _residual(problem, line, start)
    scale = absolute_cost(problem, start)
    dear = scale / max(removed, SMALLEST * abs(line.base), 1.0)
    cost = cost_functional(problem.frame, problem.money)
    caps = hard_caps(problem, but=line.target.target)
    for times in DEARER:
        price = np.where(np.arange(len(line.held)) == line.position, times * dear, 0.0)
        hinge = Hinge(line=replace(line, cap=level), price=price)
        solved = minimise(
            problem,
            Objective(name="cost", measure="million DKK", functionals=(cost,), hinges=((hinge, 1.0),)),
            caps,
            tolerance=gap * scale,
            scale=scale,
            start=start,
            nodes=COST_NODES,
            effort=effort,
        )
        if _residual(problem, line, solved.choice) <= level + within or effort.stop():
            break
    return solved


def _described(problem: Problem, line: TargetLine, level: float, solved: Solved) -> LeastCost:
    return LeastCost(
        level=level,
        residual=_residual(problem, line, solved.choice),
        npv=float(yearly_cost(problem, solved.choice) @ problem.money.discount),
        bound=solved.report.bound * MILLION,
        termination=solved.report.termination,
    )
