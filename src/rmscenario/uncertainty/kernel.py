"""Loops over draws that NumPy would need several passes for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmscenario.compiled import njit
from rmscenario.options.deployment import FloatArray, IntArray

Words = npt.NDArray[np.uint64]
Deliveries = npt.NDArray[np.int8]

#: [bit] Draws of a replicate, as a power of two: small enough that 100,000 draws are about a hundred replicates.
REPLICATE_BITS = 10
REPLICATE = 1 << REPLICATE_BITS

# Philox4x32-10 of Salmon et al. (2011): multipliers, increments of the key (32 bits each, held in 64), rounds.
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_INCREMENTS = (np.uint64(0x9E3779B9), np.uint64(0xBB67AE85))
_ROUNDS = 10
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
# Of an independent draw: the leading bits of a word that a float's mantissa holds.
_MANTISSA_SHIFT = np.uint64(64 - 53)
_MANTISSA_UNIT = 2.0**-53
# Of a stratified draw: a word is 32 bits that order it, then the number of its cell, then its place within the cell.
_WITHIN_BITS = np.uint64(32 - REPLICATE_BITS)
_NOT_CELL = np.uint64(0xFFFF_FFFF_FFFF_FFFF ^ (REPLICATE - 1) << (32 - REPLICATE_BITS))
_POINT_UNIT = 2.0**-32
#: [bit] Leading bits by which words are put into buckets before they are sorted: half a word a bucket.
_BUCKET_BITS = REPLICATE_BITS + 1
_BUCKET_SHIFT = np.uint64(64 - _BUCKET_BITS)
_ONE = np.uint64(1)


@njit(cache=True, nogil=True)
def philox(words: Words, key: np.uint64) -> None:
    """Replace counters by random bits under a key of 64 bits: `words` (word of 32 bits, counter).

    Rounds are the outer loop, so that counters go through each side by side in vector instructions.
    """
    low, high = key & _LOW, key >> _HALF
    first, second, third, fourth = words[0], words[1], words[2], words[3]
    for _ in range(_ROUNDS):
        for counter in range(words.shape[1]):
            one, other = _MULTIPLIERS[0] * first[counter], _MULTIPLIERS[1] * third[counter]
            first[counter] = (other >> _HALF) ^ second[counter] ^ low
            third[counter] = (one >> _HALF) ^ fourth[counter] ^ high
            second[counter], fourth[counter] = other & _LOW, one & _LOW
        low, high = (low + _INCREMENTS[0]) & _LOW, (high + _INCREMENTS[1]) & _LOW


@njit(cache=True, nogil=True)
def _random_words(key: np.uint64, replicate: np.uint64, counters: Words, out: Words) -> None:
    """Words of 64 random bits of a name in a replicate: `out` (draw); `counters` is room to work in."""
    counters[1], counters[2], counters[3] = replicate & _LOW, replicate >> _HALF, 0
    for pair in range(counters.shape[1]):
        counters[0, pair] = pair
    philox(counters, key)
    for pair in range(counters.shape[1]):
        out[2 * pair] = counters[0, pair] << _HALF | counters[1, pair]
        out[2 * pair + 1] = counters[2, pair] << _HALF | counters[3, pair]


@njit(cache=True, nogil=True)
def independent_uniforms(keys: Words, replicate: np.uint64, out: FloatArray) -> None:
    """Independent draws between 0 and 1: `out` (name, draw)."""
    counters, words = np.empty((4, REPLICATE // 2), np.uint64), np.empty(REPLICATE, np.uint64)
    for name in range(len(keys)):
        _random_words(keys[name], replicate, counters, words)
        for draw in range(REPLICATE):
            out[name, draw] = (np.float64(words[draw] >> _MANTISSA_SHIFT) + 0.5) * _MANTISSA_UNIT


@njit(cache=True, nogil=True)
def stratified_uniforms(keys: Words, replicate: np.uint64, out: FloatArray) -> None:
    """One draw in each of `REPLICATE` equal cells between 0 and 1, in random order: `out` (name, draw)."""
    counters, words = np.empty((4, REPLICATE // 2), np.uint64), np.empty(REPLICATE, np.uint64)
    ordered, places = np.empty(REPLICATE, np.uint64), np.empty(1 << _BUCKET_BITS, np.uint32)
    for name in range(len(keys)):
        _random_words(keys[name], replicate, counters, words)
        for cell in range(REPLICATE):
            words[cell] = words[cell] & _NOT_CELL | np.uint64(cell) << _WITHIN_BITS
        _sort(words, places, ordered)
        for draw in range(REPLICATE):
            out[name, draw] = (np.float64(ordered[draw] & _LOW) + 0.5) * _POINT_UNIT


@njit(cache=True, nogil=True)
def _sort(words: Words, places: npt.NDArray[np.uint32], out: Words) -> None:
    """Sort random words: into buckets by their leading bits, then neighbours change places until none is left to.

    Few words share a bucket, so that a few passes over neighbours suffice, and these run in vector instructions.
    """
    places[:] = 0
    for word in words:
        places[word >> _BUCKET_SHIFT] += np.uint32(1)
    filled = np.uint32(0)
    for bucket in range(len(places)):
        count = places[bucket]
        places[bucket] = filled
        filled += count
    for word in words:
        bucket = word >> _BUCKET_SHIFT
        out[np.uint64(places[bucket])] = word
        places[bucket] += np.uint32(1)
    changed = True
    while changed:
        for first in range(2):
            changed = False
            for pair in range((REPLICATE - first) // 2):
                left = np.uint64(first + 2 * pair)  # unsigned: the compiler need not ask whether it counts from the end
                right = left + _ONE
                lower, higher = out[left], out[right]
                changed |= lower > higher
                out[left], out[right] = min(lower, higher), max(lower, higher)


@njit(cache=True, nogil=True)
def interpolated(
    table: FloatArray, interval: IntArray, within: FloatArray, low: float, span: float, out: FloatArray
) -> None:
    """`low` plus `span` times a table, linear between its points: `out` (draw)."""
    for draw in range(len(out)):
        left = table[interval[draw]]
        out[draw] = low + span * (left + within[draw] * (table[interval[draw] + 1] - left))


@njit(cache=True, nogil=True)
def deliver(own: FloatArray, inputs: IntArray, options: IntArray, bounds: FloatArray, out: Deliveries) -> None:
    """How starts come that have the same bounds: the number of bounds (bound, draw) that lie above an input's uniform.

    Of each start its row of `own` (input, draw) and its row of `out` (option, draw).
    """
    for start in range(len(inputs)):
        uniform, way = own[inputs[start]], out[options[start]]
        way[:] = 0
        for bound in range(len(bounds)):
            for draw in range(len(way)):
                way[draw] += uniform[draw] < bounds[bound, draw]


#: A value for each way in which a start can come, in the order of `Delivered`.
Ways = tuple[float, float, float, float, float]
NOTHING: Ways = (0.0, 0.0, 0.0, 0.0, 0.0)


@njit(cache=True, nogil=True)
def by_way(values: FloatArray) -> Ways:
    """Values by `Delivered` as numbers that loops over draws can hold in registers."""
    return values[0], values[1], values[2], values[3], values[4]


@njit(cache=True, nogil=True)
def as_delivered(ways: Ways, delivered: np.int8) -> float:
    """The value of the way in which a start comes.

    Written as choices between numbers, which become vector instructions; a look-up in a table does not.
    """
    worst = ways[3] if delivered == 3 else ways[4]
    worse = ways[2] if delivered == 2 else worst
    return ways[0] if delivered == 0 else (ways[1] if delivered == 1 else worse)
