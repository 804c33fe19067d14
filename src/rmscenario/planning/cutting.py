"""From cuts per year column to rows of the master: weighed over a functional's years, sparse, safe to round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.faces import FaceCut

#: [1] Coefficients below this share of a row's largest are dropped, lowering the row's constant where that is needed.
DROPPED = 1e-9
#: Choices whose mean stands for an LP point.
ROUNDINGS = 8
#: [1] How far one option's thresholds lie from the next one's: no two options are rounded alike.
APART = (5.0**0.5 - 1.0) / 2.0
#: [1] Sum of an option's starts above which an LP point is read as "starts".
THRESHOLDS = (0.5, 0.05, 0.95)


def cut_matrix(
    frame: CutFrame, pools: IntArray, constant: FloatArray, value: FloatArray, columns: int
) -> tuple[sparse.csr_array, FloatArray]:
    """Rows of the cuts of some pools over the choice columns, and their constants.

    Parameters
    ----------
    constant : array (pool of the structure)
    value : array (entry of the frame)
    columns : int
        Number of columns of the master.
    """
    row_of = np.full(frame.structure.pool_count, -1, dtype=np.int64)
    row_of[pools] = np.arange(len(pools))
    inside = row_of[frame.entry_pool] >= 0
    rows = row_of[frame.entry_pool[inside]]
    cuts = sparse.csr_array((value[inside], (rows, frame.entry_column[inside])), shape=(len(pools), columns))
    cuts.sum_duplicates()
    return without_small(cuts, constant[pools])


def face_matrix(cuts: Sequence[FaceCut], columns: int) -> tuple[sparse.csr_array, FloatArray]:
    """Rows of cuts on faces over the choice columns, and their constants; as `cut_matrix`."""
    lengths = [len(cut.columns) for cut in cuts]
    place = (np.repeat(np.arange(len(cuts)), lengths), np.concatenate([cut.columns for cut in cuts]))
    rows = sparse.csr_array((np.concatenate([cut.values for cut in cuts]), place), shape=(len(cuts), columns))
    return without_small(rows, np.asarray([cut.constant for cut in cuts]))


def without_small(cuts: sparse.csr_array, constant: FloatArray) -> tuple[sparse.csr_array, FloatArray]:
    """Cuts without their small coefficients, and constants lowered by what these may add."""
    row = np.repeat(np.arange(cuts.shape[0]), np.diff(cuts.indptr))
    largest = np.ones(cuts.shape[0])
    np.maximum.at(largest, row, np.abs(cuts.data))
    small = np.abs(cuts.data) < DROPPED * largest[row]
    lowered = constant.copy()
    np.add.at(lowered, row[small], np.minimum(0.0, cuts.data[small]))
    cuts.data[small] = 0.0
    cuts.eliminate_zeros()
    return cuts, lowered


def readings(frame: CutFrame, point: FloatArray) -> list[IntArray]:
    """Choices an LP point is read as: options whose starts sum above each threshold, in their largest state."""
    table = frame.structure.table
    states = len(table.states)
    total = np.bincount(table.state_option, point[:states], minlength=len(table.options))
    order = np.lexsort((np.arange(states), -point[:states], table.state_option))
    has_states = np.diff(table.first_state) > 0
    largest = np.full(len(table.options), NONE, dtype=np.int64)
    largest[has_states] = order[table.first_state[:-1][has_states]]
    return [np.where((total > threshold) & has_states, largest, NONE) for threshold in THRESHOLDS]


def roundings(frame: CutFrame, point: FloatArray) -> list[IntArray]:
    """Choices, each option taking each of its states in about that share of them that an LP point gives it.

    Options are rounded independently of each other, so that the mean of the choices is near the point in what products give.
    """
    table = frame.structure.table
    value = np.clip(point[: len(table.states)], 0.0, 1.0)
    reached = np.cumsum(value)
    reached -= np.concatenate([[0.0], reached])[table.first_state[table.state_option]]
    found = []
    for number in range(ROUNDINGS):
        threshold = ((number + 0.5) / ROUNDINGS + APART * np.arange(len(table.options))) % 1.0
        threshold = threshold[table.state_option]
        states = np.flatnonzero((reached > threshold) & (reached - value <= threshold))
        choice = np.full(len(table.options), NONE, dtype=np.int64)
        choice[table.state_option[states]] = states
        found.append(choice)
    return found
