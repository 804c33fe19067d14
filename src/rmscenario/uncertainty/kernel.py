"""Loops over draws that NumPy would need several passes for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmscenario.compiled import njit
from rmscenario.options.deployment import FloatArray, IntArray

Words = npt.NDArray[np.uint64]

# Philox4x32-10 of Salmon et al. (2011): multipliers, increments of the key (32 bits each, held in 64), rounds.
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_INCREMENTS = (np.uint64(0x9E3779B9), np.uint64(0xBB67AE85))
_ROUNDS = 10
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@njit(cache=True, nogil=True)
def philox(
    first: np.uint64, second: np.uint64, third: np.uint64, fourth: np.uint64, key: np.uint64
) -> tuple[np.uint64, np.uint64]:
    """128 random bits of a counter (four words of 32 bits) under a key of 64 bits, as two words of 64."""
    low, high = key & _LOW, key >> _HALF
    for _ in range(_ROUNDS):
        one, other = _MULTIPLIERS[0] * first, _MULTIPLIERS[1] * third
        first, second, third, fourth = (
            (other >> _HALF) ^ second ^ low,
            other & _LOW,
            (one >> _HALF) ^ fourth ^ high,
            one & _LOW,
        )
        low, high = (low + _INCREMENTS[0]) & _LOW, (high + _INCREMENTS[1]) & _LOW
    return (first << _HALF) | second, (third << _HALF) | fourth


@njit(cache=True, nogil=True)
def random_words(keys: Words, replicate: np.uint64, kept: np.uint64, added: Words, out: Words) -> None:
    """Words of names in a replicate, the bits `kept` of each, with the bits of `added` (draw) put in: `out` (name, draw)."""
    low, high, nothing = replicate & _LOW, replicate >> _HALF, np.uint64(0)
    for name in range(len(keys)):
        for pair in range(out.shape[1] // 2):
            left, right = philox(np.uint64(pair), low, high, nothing, keys[name])
            out[name, 2 * pair] = (left & kept) | added[2 * pair]
            out[name, 2 * pair + 1] = (right & kept) | added[2 * pair + 1]


@njit(cache=True, nogil=True)
def interpolated(
    table: FloatArray, interval: IntArray, within: FloatArray, low: float, span: float, out: FloatArray
) -> None:
    """`low` plus `span` times a table, linear between its points: `out` (draw)."""
    for draw in range(len(out)):
        left = table[interval[draw]]
        out[draw] = low + span * (left + within[draw] * (table[interval[draw] + 1] - left))


@njit(cache=True, nogil=True)
def bounds_above(uniform: FloatArray, bounds: FloatArray, out: npt.NDArray[np.int8]) -> None:
    """Number of a draw's bounds (bound, draw) that lie above it: `out` (draw)."""
    for draw in range(len(out)):
        above = 0
        for bound in range(len(bounds)):
            above += uniform[draw] < bounds[bound, draw]
        out[draw] = above
