"""The fused loop behind averaged cuts: Eqs. (22) and (23) in many realisations at once, never stored one by one.

A *realisation* is a column of remaining shares: a draw, or a year. For each pool the loop makes the cut of every
realisation and adds its coefficients up with the realisation's weight; what comes out is one row of the master.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from rmscenario.emissions.structure import FloatArray, IntArray

#: [1] Smallest remaining share whose logarithm enters a tangent.
TANGENT_SHARE = 1e-6

Flags = npt.NDArray[np.bool_]


class Slope(IntEnum):
    """Which linear function: below the product by Eq. (22) or (23), or its first-order change, which bounds nothing."""

    L1 = 0
    L2 = 1
    FIRST_ORDER = 2


_L1, _L2, _FIRST_ORDER = int(Slope.L1), int(Slope.L2), int(Slope.FIRST_ORDER)


class Shape(NamedTuple):
    """Which terms make a pool, which entries a term, which enablers lift an entry.

    Attributes
    ----------
    pool_first : array (pool + 1); term_first : array (term + 1); group_first : array (entry + 1);
    lift_first : array (group + 1)
        Where the terms of a pool, the entries of a term, the enabler groups of an entry and the lifts of a group begin.
    alone : array (entry)
        Whether at most one enabler lifts the entry.
    always : array (term)
        Whether "none" is no state.
    """

    pool_first: IntArray
    term_first: IntArray
    group_first: IntArray
    lift_first: IntArray
    alone: Flags
    always: Flags


class Shares(NamedTuple):
    """Remaining shares in many realisations.

    Attributes
    ----------
    share, low, high : array (entry, realisation) [1]
        Without lifts by options that are a choice, and at the least and the most over the enablers' states.
    change : array (lift, realisation) [1]
    least, largest : array (term, realisation) [1]
    """

    share: FloatArray
    change: FloatArray
    low: FloatArray
    high: FloatArray
    least: FloatArray
    largest: FloatArray


class Coefficients(NamedTuple):
    """What cuts are added up in: arrays (pool), (entry), (lift)."""

    constant: FloatArray
    value: FloatArray
    pair: FloatArray


@njit(cache=True, nogil=True, fastmath={"reassoc", "nsz"})
def _weighed(weight: FloatArray, down: FloatArray, up: FloatArray, to: FloatArray, at: FloatArray) -> float:
    """Σ weight · (down · min(0, to − at) + up · max(0, to − at))."""
    total = 0.0
    for column in range(len(weight)):
        change = to[column] - at[column]
        total += weight[column] * (down[column] if change < 0 else up[column]) * change
    return total


@njit(cache=True, nogil=True)
def exclusive(values: FloatArray, out: FloatArray, running: FloatArray) -> None:
    """Product of the other rows, for each row: `values` and `out` (row, column). No division, so zeros are safe."""
    rows, columns = values.shape
    running[:] = 1.0
    for row in range(rows):
        for column in range(columns):
            out[row, column] = running[column]
            running[column] *= values[row, column]
    running[:] = 1.0
    for row in range(rows - 1, -1, -1):
        for column in range(columns):
            out[row, column] *= running[column]
            running[column] *= values[row, column]


@njit(cache=True, nogil=True)
def average_cut(
    of: Shape,
    entry_chosen: Flags,
    lift_on: Flags,
    slope: int,
    shares: Shares,
    weight: FloatArray,
    out: Coefficients,
) -> None:
    """Add the cuts of all realisations, weighed, to `out`.

    Parameters
    ----------
    entry_chosen : array (entry)
        Whether the state is the choice's.
    lift_on : array (lift)
        Whether the pair is chosen.
    slope : int
        A member of `Slope`.
    weight : array (pool, realisation)
    """
    share, change, low, high, least, largest = shares
    constant, value, pair_value = out
    columns = share.shape[1]
    widest = 0
    for pool in range(len(of.pool_first) - 1):
        widest = max(widest, of.pool_first[pool + 1] - of.pool_first[pool])
    at, others, bounds = np.empty((widest, columns)), np.empty((widest, columns)), np.empty((widest, columns))
    one, nothing, to, now = np.ones(columns), np.zeros(columns), np.empty(columns), np.empty(columns)
    running, total = np.empty(columns), np.empty(columns)
    for pool in range(len(of.pool_first) - 1):
        first, terms = of.pool_first[pool], of.pool_first[pool + 1] - of.pool_first[pool]
        weights = weight[pool]
        if not weights.any():
            continue
        for row in range(terms):
            at[row] = 1.0
            for entry in range(of.term_first[first + row], of.term_first[first + row + 1]):
                if entry_chosen[entry]:
                    at[row] = share[entry]
                    for lift in range(of.lift_first[of.group_first[entry]], of.lift_first[of.group_first[entry + 1]]):
                        if lift_on[lift]:
                            at[row] += change[lift]
                    for column in range(columns):
                        at[row, column] = max(0.0, at[row, column])
        exclusive(at[:terms], others, running)
        if slope != _FIRST_ORDER:
            exclusive((least if slope == _L1 else largest)[first : first + terms], bounds, running)
        for column in range(columns):
            constant[pool] += weights[column] * others[0, column] * at[0, column]
        for row in range(terms):
            term = first + row
            here, bound = at[row], bounds[row] if slope != _FIRST_ORDER else others[row]
            down, up = (bound, others[row]) if slope == _L2 else (others[row], bound)
            chosen = False
            for entry in range(of.term_first[term], of.term_first[term + 1]):
                chosen |= entry_chosen[entry]
            none = _weighed(weights, down, up, one, here) if chosen and not of.always[term] else 0.0
            constant[pool] += none
            for entry in range(of.term_first[term], of.term_first[term + 1]):
                value[entry] -= none
                groups = range(of.group_first[entry], of.group_first[entry + 1])
                if of.alone[entry]:
                    plain = _weighed(weights, down, up, share[entry], here)
                    value[entry] += plain
                    for group in groups:
                        for lift in range(of.lift_first[group], of.lift_first[group + 1]):
                            for column in range(columns):
                                to[column] = share[entry, column] + change[lift, column]
                            pair_value[lift] += _weighed(weights, down, up, to, here) - plain
                elif entry_chosen[entry]:
                    # Where the lifts together push the share below 0, it is cut off: no single one changes it.
                    total[:] = share[entry]
                    for lift in range(of.lift_first[of.group_first[entry]], of.lift_first[of.group_first[entry + 1]]):
                        if lift_on[lift]:
                            total += change[lift]
                    for group in groups:
                        now[:] = 0.0
                        for lift in range(of.lift_first[group], of.lift_first[group + 1]):
                            if lift_on[lift]:
                                now += np.where(total < 0.0, 0.0, change[lift])
                        off = _weighed(weights, down, up, nothing, now)
                        value[entry] += off
                        for lift in range(of.lift_first[group], of.lift_first[group + 1]):
                            to[:] = np.where(total < 0.0, 0.0, change[lift])
                            pair_value[lift] += _weighed(weights, down, up, to, now) - off
                else:
                    reached = (low if slope == _L1 else (high if slope == _L2 else share))[entry]
                    value[entry] += _weighed(weights, down, up, reached, here)
                    value[entry] += _weighed(weights, bound, bound, share[entry], reached)
                    for group in groups:
                        for lift in range(of.lift_first[group], of.lift_first[group + 1]):
                            pair_value[lift] += _weighed(weights, bound, bound, change[lift], nothing)


@njit(cache=True, nogil=True)
def average_tangent(
    of: Shape,
    entry_point: FloatArray,
    lift_point: FloatArray,
    shares: Shares,
    weight: FloatArray,
    out: Coefficients,
    valid: Flags,
) -> None:
    """Add the tangents of all realisations at an LP point, Eq. (24), as `average_cut` does; `valid` (pool) is cleared where
    a pool has none.

    Parameters
    ----------
    entry_point : array (entry); lift_point : array (lift)
        Values of the states and of the pairs at the point.
    """
    share, change, low = shares.share, shares.change, shares.low
    constant, value, pair_value = out
    columns, widest, most = share.shape[1], 0, 0
    for pool in range(len(of.pool_first) - 1):
        first, last = of.term_first[of.pool_first[pool]], of.term_first[of.pool_first[pool + 1]]
        widest = max(widest, last - first)
        most = max(most, of.lift_first[of.group_first[last]] - of.lift_first[of.group_first[first]])
    own, by_lift = np.empty((widest, columns)), np.empty((most, columns))
    height, exponent = np.empty(columns), np.empty(columns)
    for pool in range(len(of.pool_first) - 1):
        first, last = of.term_first[of.pool_first[pool]], of.term_first[of.pool_first[pool + 1]]
        first_lift = of.lift_first[of.group_first[first]]
        for entry in range(first, last):
            if not of.alone[entry] or low[entry].min() < TANGENT_SHARE:
                valid[pool] = False
        if not valid[pool]:
            continue
        exponent[:] = 0.0
        for entry in range(first, last):
            for column in range(columns):
                own[entry - first, column] = np.log(share[entry, column])
                exponent[column] += entry_point[entry] * own[entry - first, column]
            for lift in range(of.lift_first[of.group_first[entry]], of.lift_first[of.group_first[entry + 1]]):
                for column in range(columns):
                    lifted = np.log(max(TANGENT_SHARE, share[entry, column] + change[lift, column]))
                    by_lift[lift - first_lift, column] = lifted - own[entry - first, column]
                    exponent[column] += lift_point[lift] * by_lift[lift - first_lift, column]
        for column in range(columns):
            height[column] = weight[pool, column] * np.exp(exponent[column])
            constant[pool] += height[column] * (1.0 - exponent[column])
        for entry in range(first, last):
            for column in range(columns):
                value[entry] += height[column] * own[entry - first, column]
        for lift in range(first_lift, of.lift_first[of.group_first[last]]):
            for column in range(columns):
                pair_value[lift] += height[column] * by_lift[lift - first_lift, column]
