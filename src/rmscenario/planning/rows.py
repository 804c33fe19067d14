"""Rows over the choice columns, each family under the number of its equation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rmscenario.emissions.structure import FloatArray, IntArray

INFINITY = np.inf
#: States from which a region is large.
LARGE = 20_000
#: [1] Rows with entries for more than this share of the states span the region.
WIDE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Linear rows lower ≤ matrix · z ≤ upper over the choice columns.

    Attributes
    ----------
    equation : int
        Number of the equation in `docs/formulation.md`.
    labels : tuple of str
        One readable name per row.
    """

    equation: int
    labels: tuple[str, ...]
    matrix: sparse.csr_array
    lower: FloatArray
    upper: FloatArray


def upper_rows(equation: int, columns: int, entries: list[tuple[str, FloatArray, float]]) -> Rows:
    """Rows `coefficients · z ≤ limit` from (label, dense coefficients of the first columns, limit)."""
    matrix = sparse.csr_array((len(entries), columns))
    if entries:
        dense = sparse.vstack([sparse.csr_array(coefficients[None, :]) for _, coefficients, _ in entries]).tocsr()
        dense.resize((len(entries), columns))
        matrix = sparse.csr_array(dense)
    return Rows(
        equation=equation,
        labels=tuple(label for label, _, _ in entries),
        matrix=matrix,
        lower=np.full(len(entries), -INFINITY),
        upper=np.asarray([limit for _, _, limit in entries], dtype=np.float64),
    )


def stacked(families: tuple[Rows, ...], columns: int) -> Rows:
    """All families as one block of rows."""
    empty = sparse.csr_array((0, columns))
    return Rows(
        equation=0,
        labels=tuple(label for rows in families for label in rows.labels),
        matrix=sparse.csr_array(sparse.vstack([empty, *(rows.matrix for rows in families)])),
        lower=np.concatenate([rows.lower for rows in families]),
        upper=np.concatenate([rows.upper for rows in families]),
    )


def over_states(rows: Rows, states: int) -> Rows:
    """Rows over the states alone: those with pairs, Eq. (14), follow from them at every choice."""
    matrix = sparse.csr_array(rows.matrix)
    paired = np.unique(matrix[:, states:].tocoo().coords[0])
    kept = np.setdiff1d(np.arange(matrix.shape[0]), paired)
    return Rows(
        equation=rows.equation,
        labels=tuple(rows.labels[row] for row in kept.tolist()),
        matrix=sparse.csr_array(matrix[kept][:, :states]),
        lower=rows.lower[kept],
        upper=rows.upper[kept],
    )


def wide_rows(rows: Rows, states: int) -> IntArray:
    """Numbers of the rows that span a large region; none where it is not large."""
    if states < LARGE:
        return np.zeros(0, dtype=np.int64)
    found: IntArray = np.flatnonzero(np.diff(rows.matrix.indptr) > WIDE * states)
    return found
