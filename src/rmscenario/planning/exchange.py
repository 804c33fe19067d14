"""Exchanges: a change that pays but breaks a limit, together with one that makes room for it.

A first-order value is exact for every single change of a choice, but for enablers and for targets that begin or cease to
be short; two changes interact only where they share a product. So exchanges are found by sums of values, in the order of
what the first change promises, and each is judged by exact evaluation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE, OptionTable
from rmscenario.planning.aims import Moves
from rmscenario.planning.descent import KEPT
from rmscenario.planning.rows import Rows

#: Passes over all promising changes.
PASSES = 6
#: Changes tried as the first of a pair, in a pass.
FIRST = 2000
#: Changes tried as the second of a pair, for each first.
SECOND = 8
#: [1] Rows with entries for more than this share of the states are checked for all second changes at once.
WIDE = 0.25


def changes(table: OptionTable) -> tuple[IntArray, IntArray]:
    """Every change of one option that is a choice: array (change) of options, and of the states they take.

    The state behind the last stands for "none".
    """
    states = len(table.states)
    new = np.asarray([option.running is None for option in table.options], dtype=bool)
    option = np.concatenate([table.state_option, np.flatnonzero(new)])
    target = np.concatenate([np.arange(states), np.full(int(new.sum()), states)])
    return option[new[option]], target[new[option]]


@dataclass(slots=True)
class Exchange:
    """The rows of a search, arranged to find pairs of changes that keep them.

    The rows are over the states alone. A *change* gives an option another state; the state behind the last stands for "none".
    """

    frame: CutFrame
    rows: Rows
    option: IntArray = field(init=False)
    target: IntArray = field(init=False)
    lower: FloatArray = field(init=False)
    upper: FloatArray = field(init=False)
    by_state: sparse.csc_array = field(init=False)
    by_row: sparse.csr_array = field(init=False)
    wide: IntArray = field(init=False)
    dense: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        """Arrange the rows; running options do not change."""
        table = self.frame.structure.table
        states = len(table.states)
        none = sparse.csr_array((len(self.rows.labels), 1))
        self.by_row = sparse.csr_array(sparse.hstack([self.rows.matrix, none]))
        self.by_state = sparse.csc_array(self.by_row)
        self.lower, self.upper = self.rows.lower - KEPT, self.rows.upper + KEPT
        self.wide = np.flatnonzero(np.diff(self.by_row.indptr) > WIDE * states)
        self.dense = self.by_row[self.wide].toarray()
        self.option, self.target = changes(table)

    def improved(
        self,
        choice: IntArray,
        value: float,
        moves: Callable[[IntArray], Moves],
        exact: Callable[[IntArray], float | None],
        *,
        tolerance: float,
        stop: Callable[[], bool],
    ) -> tuple[IntArray, float]:
        """Make single changes and exchanges that pay until none is found.

        Parameters
        ----------
        exact : function of a choice
            Its value, None where it breaks a rule.
        tolerance : float [the objective's measure]
            What a change must gain.
        """
        for _ in range(PASSES):
            before = value
            at = _At(self, choice, moves(choice))
            for first in at.promising(tolerance):
                if stop():
                    return choice, value
                if at.worth[first] >= -tolerance:
                    continue  # the choice has changed since
                changes = at.exchange(int(first), tolerance)
                if changes is None:
                    continue
                other = at.changed(changes)
                found = exact(other)
                if found is None or found >= value - tolerance:
                    continue
                choice, value = other, found
                at = _At(self, choice, moves(choice))
            if value >= before - tolerance:
                break
        return choice, value


class _At:
    """All changes of one choice: what each is worth, and what it does to the rows."""

    def __init__(self, rows: Exchange, choice: IntArray, moves: Moves) -> None:
        self.rows, self.choice = rows, choice
        self.states = len(moves.take)
        self.source = np.where(choice == NONE, self.states, choice)[rows.option]
        taken = moves.take[np.minimum(rows.target, self.states - 1)]
        self.worth = np.where(rows.target < self.states, taken, moves.drop[rows.option])
        self.worth[rows.target == self.source] = np.inf
        chosen = np.zeros(self.states + 1)
        chosen[choice[choice != NONE]] = 1.0
        self.activity: FloatArray = rows.by_state @ chosen
        self.wide_change = rows.dense[:, rows.target] - rows.dense[:, self.source]

    def promising(self, tolerance: float) -> list[int]:
        """Changes that would pay by themselves, the best first."""
        order = np.argsort(self.worth, kind="stable")
        found: list[int] = order[self.worth[order] < -tolerance][:FIRST].tolist()
        return found

    def changed(self, changes: tuple[int, ...]) -> IntArray:
        """The choice after some changes."""
        choice = self.choice.copy()
        for change in changes:
            target = int(self.rows.target[change])
            choice[self.rows.option[change]] = target if target < self.states else NONE
        return choice

    def exchange(self, first: int, tolerance: float) -> tuple[int, ...] | None:
        """A change alone where it keeps all rows, else with the best one that makes room for it."""
        rows, after = self.rows, self._after(self.activity, first)
        broken = np.flatnonzero((after > rows.upper) | (after < rows.lower))
        if not len(broken):
            return (first,)
        row = int(broken[np.argmin(np.diff(rows.by_row.indptr)[broken])])
        then = after[row] + self._effect(row)
        possible = (then <= rows.upper[row]) & (then >= rows.lower[row])
        possible &= (self.worth < -self.worth[first] - tolerance) & (rows.option != rows.option[first])
        second = np.flatnonzero(possible)
        wide = after[rows.wide][:, None] + self.wide_change[:, second]
        second = second[((wide <= rows.upper[rows.wide, None]) & (wide >= rows.lower[rows.wide, None])).all(axis=0)]
        for change in second[np.argsort(self.worth[second], kind="stable")][:SECOND].tolist():
            both = self._after(after, change)
            if (both <= rows.upper).all() and (both >= rows.lower).all():
                return first, int(change)
        return None

    def _effect(self, row: int) -> FloatArray:
        """What each change does to a row: array (change)."""
        rows, coefficient = self.rows, np.zeros(self.states + 1)
        part = slice(rows.by_row.indptr[row], rows.by_row.indptr[row + 1])
        coefficient[rows.by_row.indices[part]] = rows.by_row.data[part]
        effect: FloatArray = coefficient[rows.target] - coefficient[self.source]
        return effect

    def _after(self, activity: FloatArray, change: int) -> FloatArray:
        """Activity of the rows after a change."""
        columns, after = self.rows.by_state, activity.copy()
        for state, sign in ((self.rows.target[change], 1.0), (self.source[change], -1.0)):
            part = slice(columns.indptr[state], columns.indptr[state + 1])
            after[columns.indices[part]] += sign * columns.data[part]
        return after
