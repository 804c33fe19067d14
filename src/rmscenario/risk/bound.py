"""A proven lower bound of what a confidence costs.

A plan that keeps a confidence meets its targets in all draws but a few. In each draw that it meets, it costs no less than
the plan that is best for that draw alone: so that it costs no less than all but the few largest of these least costs. They
are bounded by linear relaxations, one draw at a time, from below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.constants import MET_TOLERANCE
from rmscenario.emissions import TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.aims import Judged
from rmscenario.planning.bounding import Bounding
from rmscenario.planning.functional import Cap, Hinge
from rmscenario.planning.objective import Objective
from rmscenario.planning.planner import AtModes, absolute_cost, priced_objective, shortfall_prices
from rmscenario.planning.rows import Rows, stacked
from rmscenario.planning.solver import Stopped
from rmscenario.risk.aims import TailCap, TailHinge, Tails
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.drawn import DrawnYear, PlanningDraws, planning_draws
from rmscenario.risk.measures import fewest_allowed
from rmscenario.risk.wishes import Wish
from rmscenario.scenario.run_options import Sampler

#: Replicate with which independent draws begin, used for nothing else.
BOUNDING = 30_000_000
#: [1] Certainty of the bound: how often draws made anew would give one that holds.
CERTAIN = 0.95
#: Most rounds of cuts on the relaxation of one draw.
ROUNDS = 8
#: [1] Cuts end when the bound moves by less than this share of the sum of absolute cost terms.
PROGRESS = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastCosts:
    """What meeting the targets costs at least in each of some independent draws.

    Attributes
    ----------
    values : array (draw) [million DKK]
        Eq. (11) with the targets of the wishes in one draw; infinite where no plan meets hard ones in it.
    """

    values: FloatArray

    def bound(self, wishes: Sequence[Wish]) -> float:
        """What no plan that keeps the wishes is below, with a certainty of `CERTAIN`, Eq. (29); −inf where draws are too few."""
        kept = 1.0 - sum(1.0 - wish.confidence for wish in wishes)
        return largest_but(self.values, fewest_allowed(len(self.values), max(0.0, kept), CERTAIN))


def largest_but(values: FloatArray, missed: int) -> float:
    """The largest value but so many: −inf where that leaves none."""
    return float(np.sort(values)[len(values) - 1 - missed]) if missed < len(values) else -np.inf


@dataclass(slots=True)
class InOneDraw:
    """Aims at the targets of wishes in one draw, at the modes of the others; what holds in the mean of a tail is left out."""

    lines: dict[str, DrawnYear]
    draw: int
    nothing: IntArray

    def _tails(self, line: TargetLine) -> Tails:
        year = self.lines[line.target.target]
        kept = np.zeros(year.draws.count, dtype=np.bool_)
        kept[self.draw] = True
        return Tails(line=line, years={line.position: year}, alpha=0.0, kept=kept)

    def hinge(self, line: TargetLine, price: FloatArray) -> Hinge | TailHinge:
        """A soft target's shortfall in its year, at the price of all years that it holds."""
        if line.target.target not in self.lines:
            return AtModes().hinge(line, np.zeros_like(price) if left_out(line) else price)
        in_year = np.zeros_like(price)
        in_year[line.position] = price.sum()
        return TailHinge(tails=self._tails(line), price=in_year, first=[self.nothing])

    def cap(self, line: TargetLine, margin: float) -> Cap | TailCap:
        """A hard target."""
        if line.target.target not in self.lines:
            return AtModes().cap(line, margin)
        return TailCap(tails=self._tails(line), margin=margin, first=[self.nothing])


def left_out(line: TargetLine) -> bool:
    """Whether a target holds in the mean of a tail, or of all draws: of one draw alone it says nothing."""
    return line.target.cvar is not None or line.target.expected


class Bounds:
    """Least costs of single draws."""

    def __init__(self, arranged: Arranged, wishes: Sequence[Wish], draws: PlanningDraws | None = None) -> None:
        self._arranged, self._wishes = arranged, tuple(wishes)
        problem = arranged.problem
        if draws is None:
            draws = planning_draws(arranged.source_of(Sampler.RANDOM), arranged.risk.bounding, first=BOUNDING)
        self._count = draws.count
        self._years = {
            line.target.target: DrawnYear(frame=problem.frame, line=line, draws=draws, position=line.position)
            for wish in wishes
            for line in wish.lines
        }
        self._rows: Rows = stacked(problem.rows, problem.frame.columns)

    def least_costs(self, choice: IntArray) -> LeastCosts | None:
        """Least cost of each draw; cuts at a choice make the bounds strong near it. None when stopped before the last."""
        values = np.empty(self._count)
        width = PROGRESS * absolute_cost(self._arranged.problem, choice)
        for draw in range(self._count):
            if self._arranged.stop():
                return None
            values[draw] = self._least(draw, choice, width)
        return LeastCosts(values=values - self._tolerated())

    def _tolerated(self) -> float:
        """Price of what may be above caps and still counts as met [million DKK]."""
        lines = [line for wish in self._wishes for line in wish.lines if not line.target.hard]
        prices = [shortfall_prices(line, self._arranged.problem.money).sum() for line in lines]
        return float(sum(price * MET_TOLERANCE * abs(line.base) for price, line in zip(prices, lines, strict=True)))

    def _least(self, draw: int, choice: IntArray, width: float) -> float:
        problem = self._arranged.problem
        aims = InOneDraw(lines=self._years, draw=draw, nothing=problem.frame.structure.table.nothing_new())
        bounding = Bounding(
            frame=problem.frame, rows=self._rows, options=self._arranged.options.search, stop=self._arranged.stop
        )
        bounding.epigraphs.visit(choice)
        at = Judged(problem.frame, choice)
        for line in problem.lines:
            if line.target.hard and (line.target.target in self._years or not left_out(line)):
                cap = aims.cap(line, -MET_TOLERANCE * abs(line.base))
                bounding.groups.open_cap(cap, cap.first_key())
                bounding.groups.open_cap(cap, cap.key(at))
        return _relaxed(bounding, priced_objective(problem, aims), at, width)


def _relaxed(bounding: Bounding, objective: Objective, at: Judged, width: float) -> float:
    """Value of the relaxation after some rounds of cuts; infinite where it has no point."""
    columns, values, constant = bounding.expression_of(objective)
    for hinge, _ in objective.hinges:
        bounding.groups.open(hinge, hinge.key(at))
    lower = -np.inf
    for _ in range(ROUNDS):
        bounding.set_costs(columns, values)
        solved = bounding.master.relax()
        if solved.stopped is Stopped.INFEASIBLE:
            return np.inf
        if solved.stopped is not Stopped.OPTIMAL or solved.values is None:
            break  # a relaxation that is not solved bounds nothing
        before, lower = lower, max(lower, solved.objective + constant)
        if lower - before < width or not bounding.epigraphs.separate(solved.values):
            break
    return lower
