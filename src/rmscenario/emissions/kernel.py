"""Small compiled loops over remaining shares: those of the cuts, and the factor of Eq. (2) on draws.

A *realisation* is a column of remaining shares: a draw, or a year.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from rmscenario.compiled import njit
from rmscenario.emissions.structure import FloatArray, IntArray

Flags = npt.NDArray[np.bool_]
Share = TypeVar("Share", float, FloatArray)


def remaining(removed: Share) -> Share:
    """What is left of a source, Eq. (2): nothing, where more than all of it is removed.

    Parameters
    ----------
    removed : number or array [1]
        Effect, deployment and lifts, multiplied.
    """
    left: Share = np.maximum(0.0, 1.0 - removed)
    return left


#: The same of one number, for compiled loops.
remaining_share: Callable[[float], float] = njit(cache=True, nogil=True)(remaining)  # type: ignore[assignment]  # Numba's types know no TypeVar


@njit(cache=True, nogil=True)
def take_share(product: FloatArray, effect: FloatArray, strength: FloatArray) -> None:
    """Multiply a product by a remaining share, Eq. (2): array (draw) each.

    Parameters
    ----------
    effect, strength : array (draw) [1]
        Their product is the share removed: effect, deployment and lifts, however they are grouped.
    """
    for draw in range(len(product)):
        product[draw] *= remaining_share(effect[draw] * strength[draw])


@njit(cache=True, nogil=True)
def products_of_others(pool_first: IntArray, values: FloatArray, out: FloatArray) -> None:
    """Product of the pool's other terms, for each term: `values` and `out` (term, realisation). No division: zeros are safe."""
    columns = values.shape[1]
    running = np.empty(columns)
    for pool in range(len(pool_first) - 1):
        first, last = pool_first[pool], pool_first[pool + 1]
        for column in range(columns):
            running[column] = 1.0
        for term in range(first, last):
            for column in range(columns):
                out[term, column] = running[column]
                running[column] *= values[term, column]
        for column in range(columns):
            running[column] = 1.0
        for back in range(last - first):
            term = last - 1 - back
            for column in range(columns):
                out[term, column] *= running[column]
                running[column] *= values[term, column]


@njit(cache=True, nogil=True, fastmath={"reassoc", "nsz"})
def weighed_steps(
    weight: FloatArray,
    pool: IntArray,
    down: FloatArray,
    up: FloatArray,
    term: IntArray,
    to: FloatArray,
    to_row: IntArray,
    at: FloatArray,
    at_row: IntArray,
    out: FloatArray,
) -> None:
    """Σ weight · (down · min(0, to − at) + up · max(0, to − at)) over the realisations: adds to `out` (step).

    `weight` (pool, realisation), `down` and `up` (term, realisation); of a step `pool`, `term`, `to_row` and `at_row` say
    which rows it takes.
    """
    columns = weight.shape[1]
    for step in range(len(out)):
        weighing, falling, rising = weight[pool[step]], down[term[step]], up[term[step]]
        ending, beginning = to[to_row[step]], at[at_row[step]]
        total = 0.0
        for column in range(columns):
            change = ending[column] - beginning[column]
            total += weighing[column] * (falling[column] if change < 0 else rising[column]) * change
        out[step] += total


@njit(cache=True, nogil=True, fastmath={"reassoc", "nsz"})
def weighed_rows(weight: FloatArray, pool: IntArray, rows: FloatArray, out: FloatArray) -> None:
    """Σ weight · row over the realisations: adds to `out` (row); `pool` says which row of `weight` a row takes."""
    columns = weight.shape[1]
    for row in range(len(out)):
        weighing, values = weight[pool[row]], rows[row]
        total = 0.0
        for column in range(columns):
            total += weighing[column] * values[column]
        out[row] += total
