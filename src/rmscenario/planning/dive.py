"""A dive: the relaxation led to a choice, the decisions that weigh most first.

First only options between which the relaxation is divided are decided, one at a time, those that take most of what is
scarce first; the others stay free, so that they make room. Then everything is, in a few steps. What is lost by that is
little, and is found again by exchanges.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.rows import Rows
from rmscenario.planning.solver import Master, Solved, Stopped

#: [1] Part of the divided options that is decided between two solves after that.
PART = 0.5
#: Points that a dive shows before its last decision that is taken singly, and decisions between two of them.
SHOWN, APART = 2, 10
#: Most solves after that.
SOLVES = 30
#: [1] A state is divided if its value is further than this from 0 and 1.
DIVIDED = 1e-6
#: [the row's unit] How much a row may be exceeded by rounding.
ROOM = 1e-6
#: [1] Sum of an option's states from which it is decided to start.
STARTS = 0.5


def dive(
    frame: CutFrame, rows: Rows, narrow: Rows, master: Master, singly: int
) -> Generator[tuple[FloatArray, FloatArray], None, None]:
    """Values of the columns on the way of a dive and at its end, each with what each state takes of what is scarce.

    Once the iterator is closed the master's bounds are as they were.

    Parameters
    ----------
    rows : over all choice columns
    narrow : those of them that are over the states alone
    master : with its objective set, and these rows first
    singly : int
        Decisions that are taken one at a time, before the others are taken in a few steps.
    """
    given = master.bounds()
    try:
        diving = _Dive(frame, rows, narrow, given)
        for values in diving.values(master, singly):
            yield values, diving.weight
    finally:
        master.set_bounds(*given)


class _Dive:
    """The bounds of the states while a dive goes on."""

    def __init__(self, frame: CutFrame, rows: Rows, narrow: Rows, given: tuple[FloatArray, FloatArray]) -> None:
        self.table, self.rows, self.narrow = frame.structure.table, rows, narrow
        self.lower, self.upper = given[0].copy(), given[1].copy()
        self.states = len(self.table.states)
        self.weight = np.zeros(self.states)
        self.rising, self.falling = narrow.matrix.maximum(0.0), narrow.matrix.minimum(0.0)

    def values(self, master: Master, singly: int) -> Generator[FloatArray, None, None]:
        """Decide until nothing is divided, or the solves are used up."""
        solved = master.relax()
        self.weight = self._weight(solved)
        values = solved.values
        shown = range(singly, max(-1, singly - SHOWN * APART - 1), -APART)
        for number in range(singly + SOLVES):
            if solved.stopped is not Stopped.OPTIMAL or solved.values is None:
                break
            values = solved.values
            divided = self._divided(values)
            if not len(divided):
                break
            if number in shown:
                yield values
            states, before = values[: self.states], (self.lower.copy(), self.upper.copy())
            taken = divided[:1]
            if number >= singly:
                self._settle(states)
                taken = divided[: max(1, int(PART * len(divided)))]
            for option in taken.tolist():
                self._decide(option, states)
            room = self._room()
            if room:
                master.set_bounds(self.lower, self.upper)
                solved = master.relax()
            if not room or solved.stopped is Stopped.INFEASIBLE:
                self.lower, self.upper = before
                self._forbid(int(divided[0]), states)
                master.set_bounds(self.lower, self.upper)
                solved = master.relax()
        if values is not None:
            yield values

    def _room(self) -> bool:
        """Whether what is decided leaves room in each row by itself, which the solver need not be asked then."""
        least = self.rising @ self.lower + self.falling @ self.upper
        most = self.rising @ self.upper + self.falling @ self.lower
        return bool((least <= self.narrow.upper + ROOM).all() and (most >= self.narrow.lower - ROOM).all())

    def _weight(self, solved: Solved) -> FloatArray:
        """What each state takes of the rows, at the relaxation's prices: array (state)."""
        count = self.rows.matrix.shape[0]
        prices = np.zeros(count) if solved.duals is None else np.abs(solved.duals[:count])
        weight: FloatArray = abs(self.rows.matrix[:, : self.states]).T @ prices
        return weight

    def _divided(self, values: FloatArray) -> IntArray:
        """Options between whose states the relaxation is divided, the weightiest first."""
        states = np.flatnonzero((values[: self.states] > DIVIDED) & (values[: self.states] < 1.0 - DIVIDED))
        heaviest = np.zeros(len(self.table.options))
        np.maximum.at(heaviest, self.table.state_option[states], self.weight[states])
        divided = np.unique(self.table.state_option[states])
        order: IntArray = divided[np.argsort(-heaviest[divided], kind="stable")]
        return order

    def _settle(self, states: FloatArray) -> None:
        """Let all options that are not divided stay as they are."""
        self.lower = np.maximum(self.lower, (states > 1.0 - DIVIDED).astype(np.float64))
        total = np.bincount(self.table.state_option, weights=states, minlength=len(self.table.options))
        self.upper[total[self.table.state_option] < DIVIDED] = 0.0

    def _decide(self, option: int, states: FloatArray) -> None:
        """Let an option take its largest state, or none."""
        own = self._own(option)
        self.lower[own] = self.upper[own] = 0.0
        if float(states[own].sum()) >= STARTS:
            largest = own.start + int(np.argmax(states[own]))
            self.lower[largest] = self.upper[largest] = 1.0

    def _forbid(self, option: int, states: FloatArray) -> None:
        """Let an option not take what it was to take: its largest state, or none."""
        own = self._own(option)
        largest = own.start + int(np.argmax(states[own]))
        starts = float(states[own].sum()) >= STARTS
        self.upper[largest] = 0.0 if starts else 1.0
        self.lower[largest] = 0.0 if starts else 1.0

    def _own(self, option: int) -> slice:
        return slice(int(self.table.first_state[option]), int(self.table.first_state[option + 1]))
