"""A master kept alive from one problem to the next of the same shape: same states and rows, other data.

What belongs to a problem's data, θ columns and cuts, is deleted and made again: cuts at the choices and points that a
beginning names, so that the first relaxation starts from the basis that the beginning ended with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

from rmscenario.emissions import CutFrame, CutKind
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError, SolverError
from rmscenario.planning.aims import Bounded, CutPoints, heights
from rmscenario.planning.bounding import Bounding, Entered
from rmscenario.planning.cutting import readings
from rmscenario.planning.exchange import Exchange
from rmscenario.planning.improving import Improving
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import never, silent
from rmscenario.planning.rows import Rows
from rmscenario.planning.search import DIVES, Search
from rmscenario.planning.solver import Stopped

#: Decisions taken one at a time in a first stage's dive: half of all at once are as good here, for a third of the solves.
SINGLY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What every problem begins with.

    Attributes
    ----------
    choices : tuple of array (option)
        Choices that every product is cut at.
    points : tuple of array (choice column)
        Points of a relaxation at which every product gets its highest cut.
    shape : tuple of int
        Columns and rows of the master that `basis` belongs to.
    """

    choices: tuple[IntArray, ...]
    points: tuple[FloatArray, ...] = ()
    shape: tuple[int, int] = (0, 0)
    basis: Any = None


@dataclass(slots=True)
class Live(Bounding):
    """A bounding whose problem can be changed in place."""

    own_columns: int = field(init=False)
    own_rows: int = field(init=False)
    _first_cuts: CutPoints = field(init=False)

    def __post_init__(self) -> None:
        """Build the master, and remember where the plan's rows end."""
        Bounding.__post_init__(self)
        self.own_columns, self.own_rows = self.master.columns, self.master.rows
        self._first_cuts = self._at_nothing()

    def _at_nothing(self) -> CutPoints:
        return CutPoints(self.frame, [(self.frame.structure.table.nothing_new(), CutKind.L1)])

    def bound(self, functional: Bounded) -> Entered:
        """Bring a functional into the master, as `Bounding` does; the cuts it enters with are made once for all of them."""
        if functional.name not in self.bounded:
            pools = functional.pools
            first = self.master.add_columns(functional.least(self.frame), np.full(len(pools), np.inf))
            known = Entered(functional=functional, pools=pools, first=first)
            self.bounded[functional.name] = known
            self._cut(self._first_cuts, (known,), keep=False)
            for choice in self.visited:
                self.cut_at(choice, (known,))
        return self.bounded[functional.name]

    def separate_faces(self, values: FloatArray, violation: float) -> int:  # noqa: ARG002
        """None: to arrange the faces of every problem anew takes longer than what they add is worth here."""
        return 0

    def again(self, frame: CutFrame, objectives: Sequence[Objective], beginning: Beginning) -> None:
        """Take another problem: its frame, the θ columns of its objectives, the cuts and the basis of a beginning.

        Nothing of the problem before is left, also not in the solver: what comes of a problem depends on it alone.
        """
        self._forget()
        self.frame = frame
        self._first_cuts = self._at_nothing()
        for objective in objectives:
            self.expression_of(objective)
        for choice in beginning.choices:
            self.visited.append(choice)
            self.cut_at(choice, tuple(self.bounded.values()))
        for point in beginning.points:
            self._cut_highest(point)
        if beginning.basis is not None and beginning.shape == (self.master.columns, self.master.rows):
            self.master.highs.setBasis(beginning.basis)

    def relaxed(self, objective: Objective) -> tuple[tuple[int, int], Any]:
        """Solve the relaxation as it stands; shape and basis that it ends with."""
        columns, values, _ = self.expression_of(objective)
        self.set_costs(columns, values)
        self.master.relax()
        return (self.master.columns, self.master.rows), self.master.highs.getBasis()

    def _forget(self) -> None:
        """Leave the states, the pairs and the plan's rows in the master, and nothing else."""
        master = self.master
        master.delete_rows(np.arange(self.own_rows, master.rows))
        gone = np.arange(self.own_columns, master.columns, dtype=np.int32)
        if len(gone):
            if master.highs.deleteCols(len(gone), gone) == highspy.HighsStatus.kError:
                raise SolverError("HiGHS could not delete columns")
            master.columns = self.own_columns
        master.highs.clearSolver()
        for known in (self.visited, self.bounded, self.hinges, self.groups, self.caps, self.loose):
            known.clear()
        self.members = None

    def _cut_highest(self, point: FloatArray) -> None:
        """Add, of each product, the cut that is highest at a point: always as many rows, in the same order."""
        frame = self.frame
        choices = [(choice, kind) for choice in readings(frame, point) for kind in (CutKind.L1, CutKind.L2)]
        points, entries = CutPoints(frame, choices, point), np.arange(len(frame.entry_pool))
        for item in self.bounded.values():
            weighed = item.functional.cuts(points)
            best = heights(frame, weighed, point).argmax(axis=0)
            constant = np.stack([one for one, _, _ in weighed])[best, np.arange(len(best))]
            value = np.stack([one for _, one, _ in weighed])[best[frame.entry_pool], entries]
            self.add_cuts(item, constant, value, np.ones(len(item.pools), dtype=bool), keep=False)


class SearchAgain(Search):
    """A search on a live master: it builds none of its own."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Build nothing: master and exchanges are given."""

    @classmethod
    def on(cls, live: Live, exchange: Exchange, rows: Rows, options: SearchOptions) -> SearchAgain:
        """A search in the problem that a live master holds."""
        search = cls(frame=live.frame, rows=rows, options=options, progress=silent, stop=never)
        search.bounding, search.judge = live, Judge(frame=live.frame, rows=rows)
        search.improving = Improving(
            frame=live.frame, rows=rows, judge=search.judge, exchange=exchange, stop=search.stop
        )
        return search

    def relaxed(self, objective: Objective, *, tolerance: float) -> FloatArray | None:
        """The last point of the relaxation, after its rounds of cuts: array (choice column)."""
        self._relax(objective, tolerance)
        return None if self.point is None else self.point[: self.frame.columns].copy()

    def bounded(self, objective: Objective, *, tolerance: float) -> float:
        """What no choice falls below: the relaxation's value after its rounds of cuts."""
        return self._relax(objective, tolerance)

    def resolved(
        self,
        objective: Objective,
        *,
        tolerance: float,
        scale: float,
        known: Sequence[IntArray],
        nodes: int,
        refined: bool = True,
    ) -> tuple[IntArray, float, float]:
        """A choice, its value and a bound: relaxation, rounding by a dive, descent and exchanges.

        Where the gap is then wider than the tolerance, finer dives and the integer solver go on within a limit of nodes.

        Parameters
        ----------
        tolerance, scale : float [the objective's measure]
        known : sequence of array (option)
            Choices that may keep the rules and may be better.
        nodes : int
            Work limit; 0 leaves the gap as it is.
        refined : bool
            Whether the relaxation is cut until that moves its bound no more; else it is solved as it begins.

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        kept = [
            (self.value(objective, choice), number) for number, choice in enumerate(known) if self.judge.keeps(choice)
        ]
        best = min(kept, default=None)
        if best is not None and _nothing_below(objective) and best[0] <= 0.0:
            return known[best[1]], best[0], 0.0
        bound = self._relax(objective, tolerance) if refined else self._solved_once(objective)
        found = self._near_relaxation(objective, DIVES[0] if self.judge.held else SINGLY)
        if best is not None and (found is None or best[0] < found.value):
            found = self.improving.descended(objective, known[best[1]], best[0])
        if found is None or (nodes and found.value - bound > tolerance):
            start = None if found is None else found.choice
            choice, report = self.minimise(objective, tolerance=tolerance, scale=scale, start=start, max_nodes=nodes)
            return choice, report.incumbent, max(bound, report.bound)
        return found.choice, found.value, min(bound, found.value)

    def _solved_once(self, objective: Objective) -> float:
        """Solve the relaxation as it stands; its value."""
        columns, values, constant = self.bounding.expression_of(objective)
        self.bounding.set_costs(columns, values)
        solved = self.bounding.master.relax()
        if solved.stopped is Stopped.INFEASIBLE:
            raise NoPlanError("the hard rules contradict each other")
        if solved.stopped is not Stopped.OPTIMAL or solved.values is None:
            return -np.inf
        self.point = solved.values
        return solved.objective + constant


def _nothing_below(objective: Objective) -> bool:
    """Whether an objective cannot be negative: it has shortfalls alone."""
    return not objective.functionals and objective.linear is None
