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
from rmscenario.errors import SolverError
from rmscenario.planning.aims import CutPoints, heights
from rmscenario.planning.bounding import Bounding
from rmscenario.planning.cutting import readings
from rmscenario.planning.epigraph import Epigraphs
from rmscenario.planning.exchange import Exchange
from rmscenario.planning.groups import Groups
from rmscenario.planning.improving import Improving
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import never, silent
from rmscenario.planning.relaxation import Relaxation
from rmscenario.planning.rows import Rows
from rmscenario.planning.search import DIVES, Search

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


class _WithoutFaces(Epigraphs):
    """Functionals that get no cuts on faces: to arrange the faces of every problem anew takes longer than these are worth."""

    __slots__ = ()

    def separate_faces(self, values: FloatArray, violation: float) -> int:  # noqa: ARG002
        """None."""
        return 0


@dataclass(slots=True)
class Live(Bounding):
    """A bounding whose problem can be changed in place."""

    own_columns: int = field(init=False)
    own_rows: int = field(init=False)

    def __post_init__(self) -> None:
        """Build the master, and remember where the plan's rows end."""
        Bounding.__post_init__(self)
        self.own_columns, self.own_rows = self.master.columns, self.master.rows

    def _begin(self) -> None:
        """Begin without functionals and groups."""
        self.epigraphs = _WithoutFaces(self.frame, self.master)
        self.groups = Groups(self.epigraphs)

    def again(self, frame: CutFrame, objectives: Sequence[Objective], beginning: Beginning) -> None:
        """Take another problem: its frame, the θ columns of its objectives, the cuts and the basis of a beginning.

        Nothing of the problem before is left, also not in the solver: what comes of a problem depends on it alone.
        """
        self._forget()
        self.frame = frame
        self._begin()
        for objective in objectives:
            self.expression_of(objective)
        for choice in beginning.choices:
            self.epigraphs.visit(choice)
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

    def _cut_highest(self, point: FloatArray) -> None:
        """Add, of each product, the cut that is highest at a point: always as many rows, in the same order."""
        frame = self.frame
        choices = [(choice, kind) for choice in readings(frame, point) for kind in (CutKind.L1, CutKind.L2)]
        points, entries = CutPoints(frame, choices, point), np.arange(len(frame.entry_pool))
        for item in self.epigraphs.entered.values():
            weighed = item.functional.cuts(points)
            best = heights(frame, weighed, point).argmax(axis=0)
            constant = np.stack([one for one, _, _ in weighed])[best, np.arange(len(best))]
            value = np.stack([one for _, one, _ in weighed])[best[frame.entry_pool], entries]
            self.epigraphs.add_cuts(item, constant, value, np.ones(len(item.pools), dtype=bool), keep=False)


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
        search.relaxation = Relaxation(live, search.improving, search.progress, search.stop)
        return search

    def relaxed(self, objective: Objective, *, tolerance: float) -> FloatArray | None:
        """The last point of the relaxation, after its rounds of cuts: array (choice column)."""
        self.relaxation.refined(objective, tolerance)
        point = self.relaxation.point
        return None if point is None else point[: self.frame.columns].copy()

    def bounded(self, objective: Objective, *, tolerance: float) -> float:
        """What no choice falls below: the relaxation's value after its rounds of cuts."""
        return self.relaxation.refined(objective, tolerance)

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
        bound = self.bounded(objective, tolerance=tolerance) if refined else self._solved_once(objective)
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
        solved = self.relaxation.solved(objective)
        return -np.inf if solved is None else solved[1]


def _nothing_below(objective: Objective) -> bool:
    """Whether an objective cannot be negative: it has shortfalls alone."""
    return not objective.functionals and objective.linear is None
