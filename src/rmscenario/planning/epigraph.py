"""Functionals in the master by their epigraphs: θ columns, one for each pool, and the cuts that bound them from below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.emissions import CutFrame, CutKind
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.aims import Bounded, CutPoints, heights
from rmscenario.planning.cutting import cut_matrix, face_matrix, readings
from rmscenario.planning.faces import FaceCut
from rmscenario.planning.members import Members, build_members
from rmscenario.planning.solver import Master

#: [1] A cut is added when it is violated by more than this share of the functional's value.
VIOLATION = 1e-7
#: [the functional's measure] Cuts slacker than this at an LP point are no longer needed there.
PURGED = 1e-6


@dataclass(slots=True)
class Entered:
    """A functional in the master: its θ columns, one per pool with weight."""

    functional: Bounded
    pools: IntArray
    first: int


@dataclass(slots=True)
class Epigraphs:
    """The functionals that entered a master.

    Attributes
    ----------
    entered : dict of Entered by the functional's name
    visited : list of array (option)
        Choices at which every functional is cut, also one that enters later.
    loose : list of int
        Rows of the cuts that may be deleted.
    count : int
        Number of cuts added so far.
    """

    frame: CutFrame
    master: Master
    entered: dict[str, Entered] = field(default_factory=dict, init=False)
    visited: list[IntArray] = field(default_factory=list, init=False)
    loose: list[int] = field(default_factory=list, init=False)
    count: int = field(default=0, init=False)
    _beginning: CutPoints = field(init=False)
    _members: Members | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Name the choice without new starts, at which each functional is cut first."""
        self._beginning = CutPoints(self.frame, [(self.frame.structure.table.nothing_new(), CutKind.L1)])

    def enter(self, functional: Bounded) -> Entered:
        """Bring a functional into the master, with θ columns and the cuts of all choices visited so far.

        The relaxation begins with L1 at the choice without new starts, where L2 is the same but for additions.
        """
        if functional.name not in self.entered:
            pools = functional.pools
            first = self.master.add_columns(functional.least(self.frame), np.full(len(pools), np.inf))
            known = Entered(functional=functional, pools=pools, first=first)
            self.entered[functional.name] = known
            self._cut(self._beginning, (known,), keep=False)
            for choice in self.visited:
                self._cut_at(choice, (known,))
        return self.entered[functional.name]

    def expression(self, functional: Bounded) -> tuple[IntArray, FloatArray]:
        """Columns and coefficients of a functional in the master, without its constant."""
        known = self.enter(functional)
        linear = np.flatnonzero(functional.linear)
        columns = np.concatenate([linear, known.first + np.arange(len(known.pools))])
        return columns, np.concatenate([functional.linear[linear], np.ones(len(known.pools))])

    def visit(self, choice: IntArray) -> bool:
        """Add L1 and L2 at an integer choice for every pool, to be kept; False if they are there already."""
        if self.has_visited(choice):
            return False
        self.visited.append(choice)
        self._cut_at(choice, tuple(self.entered.values()))
        return True

    def has_visited(self, choice: IntArray) -> bool:
        """Whether every functional is cut at a choice."""
        return any(np.array_equal(choice, other) for other in self.visited)

    def _cut_at(self, choice: IntArray, known: tuple[Entered, ...]) -> None:
        self._cut(CutPoints(self.frame, [(choice, CutKind.L1), (choice, CutKind.L2)]), known, keep=True)

    def _cut(self, points: CutPoints, known: tuple[Entered, ...], *, keep: bool) -> None:
        for item in known:
            for constant, value, valid in item.functional.cuts(points):
                self.add_cuts(item, constant, value, valid[item.pools], keep=keep)

    def add_cuts(
        self, item: Entered, constant: FloatArray, value: FloatArray, wanted: npt.NDArray[np.bool_], *, keep: bool
    ) -> None:
        """Add the cuts of the wanted pools of a functional; those that are not to be kept may be deleted later."""
        pools = item.pools[wanted]
        if len(pools):
            cuts, lowered = cut_matrix(self.frame, pools, constant, value, self.master.columns)
            self.add_rows(item, np.flatnonzero(wanted), cuts, lowered, keep=keep)

    def add_face_cuts(self, item: Entered, cuts: Sequence[FaceCut]) -> None:
        """Add cuts on faces of a functional; they may be deleted later."""
        if not cuts:
            return
        rows, lowered = face_matrix(cuts, self.master.columns)
        self.add_rows(item, np.searchsorted(item.pools, [cut.pool for cut in cuts]), rows, lowered, keep=False)

    def add_rows(
        self, item: Entered, places: IntArray, cuts: sparse.csr_array, constant: FloatArray, *, keep: bool
    ) -> None:
        """Add cuts, rows over columns from the first on, of the pools at some places of a functional."""
        count = len(places)
        theta = sparse.csr_array(
            (np.ones(count), (np.arange(count), item.first + places)), (count, self.master.columns)
        )
        cuts.resize((count, self.master.columns))
        first = self.master.add_rows(sparse.csr_array(theta - cuts), constant, np.full(count, np.inf))
        if not keep:
            self.loose.extend(range(first, first + count))
        self.count += count

    def separate(self, values: FloatArray) -> int:
        """Add the most violated cut of each pool and functional at an LP point; returns how many.

        Parameters
        ----------
        values : array (column)
        """
        point = values[: self.frame.columns]
        choices = [(choice, kind) for choice in readings(self.frame, point) for kind in (CutKind.L1, CutKind.L2)]
        points = CutPoints(self.frame, choices, point)
        added = 0
        for item in self.entered.values():
            if not len(item.pools):
                continue
            theta = values[item.first : item.first + len(item.pools)]
            least = theta + max(1.0, float(np.abs(theta).sum())) * VIOLATION / np.sqrt(len(item.pools))
            weighed = item.functional.highest(points, least)
            height = heights(self.frame, weighed, point)[:, item.pools]
            best = height.argmax(axis=0)
            violated = height.max(axis=0) > least
            for number, (constant, value, _) in enumerate(weighed):
                wanted = violated & (best == number)
                self.add_cuts(item, constant, value, wanted, keep=False)
                added += int(wanted.sum())
        return added

    def separate_anew(self, point: FloatArray) -> int:
        """As `separate`, at a point that knows fewer columns than there are now; the others stand at 0 in it."""
        return self.separate(np.concatenate([point, np.zeros(self.master.columns - len(point))]))

    def separate_faces(self, values: FloatArray, violation: float) -> int:
        """Add the cuts on faces that an LP point violates by more than a width; returns how many.

        Parameters
        ----------
        values : array (column)
        violation : float [the functional's measure]
        """
        if self._members is None:
            self._members = build_members(self.frame)
        point, added = values[: self.frame.columns], 0
        for item in self.entered.values():
            theta = values[item.first : item.first + len(item.pools)]
            cuts = item.functional.on_faces(self._members, point, theta, violation)
            self.add_face_cuts(item, cuts)
            added += len(cuts)
        return added

    def slack_cuts(self, slack: FloatArray) -> IntArray:
        """Rows of the cuts that an LP point does without; those of integer choices stay.

        Parameters
        ----------
        slack : array (row)
        """
        rows = np.asarray(self.loose, dtype=np.int64)
        return rows[slack[rows] > PURGED]

    def renumber(self, gone: IntArray) -> None:
        """Follow the master, from which some rows, in order, were deleted."""
        kept = np.setdiff1d(np.asarray(self.loose, dtype=np.int64), gone)
        self.loose = (kept - np.searchsorted(gone, kept)).tolist()
