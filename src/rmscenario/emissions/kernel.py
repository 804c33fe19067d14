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


@njit(cache=True, nogil=True, inline="always")
def weighed_sum(weight: FloatArray, values: FloatArray) -> float:
    """Σ weight · value over the realisations, in an order that is the same on every processor: eight sums side by side.

    Left to the compiler, the order depends on how many numbers a processor adds at once, and with it which of two plans that
    cost nearly the same is found.
    """
    count = len(values)
    whole = count - count % 8
    a = b = c = d = e = f = g = h = 0.0
    for n in range(0, whole, 8):
        a += weight[n] * values[n]
        b += weight[n + 1] * values[n + 1]
        c += weight[n + 2] * values[n + 2]
        d += weight[n + 3] * values[n + 3]
        e += weight[n + 4] * values[n + 4]
        f += weight[n + 5] * values[n + 5]
        g += weight[n + 6] * values[n + 6]
        h += weight[n + 7] * values[n + 7]
    for n in range(whole, count):
        a += weight[n] * values[n]
    return ((a + e) + (c + g)) + ((b + f) + (d + h))


@njit(cache=True, nogil=True)
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
    stepped = np.empty(columns)
    for step in range(len(out)):
        falling, rising = down[term[step]], up[term[step]]
        ending, beginning = to[to_row[step]], at[at_row[step]]
        for column in range(columns):
            change, fall, rise = ending[column] - beginning[column], falling[column], rising[column]
            stepped[column] = (fall if change < 0 else rise) * change
        out[step] += weighed_sum(weight[pool[step]], stepped)


@njit(cache=True, nogil=True)
def weighed_rows(weight: FloatArray, pool: IntArray, rows: FloatArray, out: FloatArray) -> None:
    """Σ weight · row over the realisations: adds to `out` (row); `pool` says which row of `weight` a row takes."""
    for row in range(len(out)):
        out[row] += weighed_sum(weight[pool[row]], rows[row])
