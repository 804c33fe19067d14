"""Rows of copies of a region beside each other: each keeps all rows of its own, and some states are the same in several."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from rmscenario.emissions.structure import IntArray
from rmscenario.planning.rows import Rows
from rmscenario.recourse.tree import Tree


def beside(rows: Rows, states: int, copies: int) -> Rows:
    """Rows of every copy: over the states of all copies, one copy after the other, and behind them their pairs."""
    entries = rows.matrix.tocoo()
    row, column = entries.coords
    pairs = rows.matrix.shape[1] - states
    k = np.repeat(np.arange(copies), len(row))
    row, column = np.tile(row, copies), np.tile(column, copies)
    placed = np.where(column < states, column + k * states, column + (copies - 1) * states + k * pairs)
    return Rows(
        equation=0,
        labels=rows.labels * copies,
        matrix=sparse.csr_array(
            (np.tile(entries.data, copies), (row + k * len(rows.labels), placed)),
            (len(rows.labels) * copies, rows.matrix.shape[1] * copies),
        ),
        lower=np.tile(rows.lower, copies),
        upper=np.tile(rows.upper, copies),
    )


def agreed(tree: Tree, cluster: IntArray, columns: int) -> Rows:
    """Rows that make states the same in copies: what is signed now in all of them, what starts later in those of a cluster.

    Parameters
    ----------
    cluster : array (copy)
    columns : int
        Of all copies together.
    """
    states = len(tree.first)
    leader = np.unique(cluster, return_index=True)[1][cluster]
    same = np.where(tree.first[None, :], 0, leader[:, None])  # the copy that a state of a copy is the same as
    copy, state = np.nonzero(same != np.arange(len(cluster))[:, None])
    ties = np.arange(len(copy))
    matrix = sparse.csr_array(
        (
            np.repeat([1.0, -1.0], len(copy)),
            (np.tile(ties, 2), np.concatenate([copy * states + state, same[copy, state] * states + state])),
        ),
        (len(copy), columns),
    )
    none = np.zeros(len(copy))
    return Rows(equation=0, labels=("agreed",) * len(copy), matrix=matrix, lower=none, upper=none)
