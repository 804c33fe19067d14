"""Which changes of a choice keep all rows: alone, and beside another change that may break some of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.judging import ROW_TOLERANCE
from rmscenario.planning.rows import Rows

Flags = npt.NDArray[np.bool_]


class Room:
    """Rows over the states, and what each change does to them.

    Parameters
    ----------
    option, target : arrays (change) as of `planning.exchange.changes`
    """

    def __init__(self, rows: Rows, option: IntArray, target: IntArray) -> None:
        none = sparse.csr_array((1, len(rows.labels)))
        self._of_state = sparse.csr_array(sparse.vstack([sparse.csr_array(rows.matrix.T), none]))
        self._option, self._taken = option, self._of_state[target]
        slack = ROW_TOLERANCE * np.maximum(1.0, np.where(np.isfinite(rows.upper), np.abs(rows.upper), 0.0))
        self._lower, self._upper = rows.lower - slack, rows.upper + slack

    def at(self, choice: IntArray) -> RoomAt:
        """What changes of a choice that keeps all rows do to them."""
        now = np.where(choice == NONE, self._of_state.shape[0] - 1, choice)
        activity: FloatArray = self._of_state[now].sum(axis=0)
        effect = sparse.csc_array(self._taken - self._of_state[now[self._option]])
        return RoomAt(effect, self._lower - activity, self._upper - activity)


class RoomAt:
    """The room that a choice leaves in all rows."""

    def __init__(self, effect: sparse.csc_array, lower: FloatArray, upper: FloatArray) -> None:
        self._effect, self._lower, self._upper = effect, lower, upper
        self._by_change = sparse.csr_array(effect)
        row = np.repeat(np.arange(len(upper)), np.diff(effect.indptr))
        over = (effect.data > upper[row]) | (effect.data < lower[row])
        broken = sparse.csc_array((over.astype(np.int64), effect.indices, effect.indptr), shape=effect.shape)
        self._broken, self._count = broken, broken.sum(axis=1)

    @property
    def alone(self) -> Flags:
        """Changes that keep all rows: array (change)."""
        kept: Flags = self._count == 0
        return kept

    def beside(self, first: int) -> Flags:
        """Changes that keep all rows together with one: array (change).

        In the rows that the one touches the sum of both counts; in all others the second must keep them alone.
        """
        part = slice(self._by_change.indptr[first], self._by_change.indptr[first + 1])
        rows, moved = self._by_change.indices[part], self._by_change.data[part]
        both = self._effect[:, rows].toarray() + moved
        touched: Flags = ((both <= self._upper[rows]) & (both >= self._lower[rows])).all(axis=1)
        others: Flags = self._count == self._broken[:, rows].sum(axis=1)
        return touched & others
