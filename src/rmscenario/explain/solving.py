"""Searches with one aim, starting from a plan: what the questions that need the solver share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from rmscenario.constants import AIM_MARGIN
from rmscenario.emissions import TargetLine, evaluate
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.money import metered_prices
from rmscenario.options.options import NONE
from rmscenario.plan import StageReport
from rmscenario.planning.functional import Cap, Hinge
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.problem import Problem
from rmscenario.planning.progress import Stop, never, silent
from rmscenario.planning.rows import stacked
from rmscenario.planning.search import Search
from rmscenario.region.vocabulary import PriceKind

#: [1] Width to which shortfalls are found, as a share of the target's base: what limits change is some times as much.
SHORTFALL_GAP = 5e-4
#: Most nodes of a search for a shortfall: more of them move bounds, hardly ever plans.
SHORTFALL_NODES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to search, whom to tell about each search, and when to stop.

    Attributes
    ----------
    progress : callable
        Called with the number of searches done and of all there are.
    """

    search: SearchOptions = field(default_factory=SearchOptions)
    progress: Callable[[int, int], None] = lambda _, __: None
    stop: Stop = never


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A choice and how near to the bound it is."""

    choice: IntArray
    report: StageReport


def line_of(problem: Problem, target: str) -> TargetLine:
    """The line of an active target."""
    return next(line for line in problem.lines if line.target.target == target)


def hard_caps(problem: Problem, *, but: str) -> tuple[Cap, ...]:
    """The hard targets of a problem but one, as the planner holds them."""
    return tuple(
        Cap(line=line, margin=AIM_MARGIN * abs(line.base))
        for line in problem.lines
        if line.target.hard and line.target.target != but
    )


def shortfall_objective(line: TargetLine) -> Objective:
    """The shortfall of one target in its year (cumulative: of the sum), as a stage of Eq. (12)."""
    price = np.zeros(len(line.held))
    price[line.position] = 1.0
    return Objective(
        name=f"shortfall: {line.target.target}",
        measure="of the target's quantity",
        hinges=((Hinge(line=line, price=price), 1.0),),
    )


def minimise(
    problem: Problem,
    objective: Objective,
    caps: tuple[Cap, ...],
    *,
    tolerance: float,
    scale: float,
    start: IntArray | None,
    nodes: int,
    effort: Effort,
) -> Solved:
    """Minimise one objective under the rules of a problem and some caps.

    Parameters
    ----------
    tolerance, scale : float [the objective's measure]
        Largest difference of incumbent and bound, and what it is divided by in the reported gap.
    start : array (option), optional
        A choice to start from; ignored where it breaks a rule.
    nodes : int
        Most nodes of each integer search, if the effort does not say less.
    """
    search = Search(
        frame=problem.frame,
        rows=stacked(problem.rows, problem.frame.columns),
        options=effort.search,
        progress=silent,
        stop=effort.stop,
    )
    for cap in caps:
        search.require(cap)
    most = min(nodes, effort.search.max_nodes)
    choice, report = search.minimise(objective, tolerance=tolerance, scale=scale, start=start, max_nodes=most)
    return Solved(choice=choice, report=report)


def yearly_cost(problem: Problem, choice: IntArray) -> FloatArray:
    """Cost of a choice after all savings, Eq. (7), carbon value left out: array (year) [DKK/a]."""
    structure = problem.frame.structure
    own = problem.money.net[choice[choice != NONE]].sum(axis=0)
    avoided = evaluate(structure, structure.table.nothing_new()).leaf - evaluate(structure, choice).leaf
    prices = sum(metered_prices(structure, kind) for kind in (PriceKind.SAVING_CASHABLE, PriceKind.SAVING_AVOIDED))
    cost: FloatArray = own - np.asarray(prices * avoided).sum(axis=0)
    return cost
