"""Uniform draws that belong to names.

A draw is known by seed, name, replicate and its number within the replicate, and by nothing else: adding an input
leaves all others as they were, replicates can be made in any order by any process, and memory does not grow with
their number.

The sampler `sobol` is a Latin supercube of one-dimensional blocks: each name has, in each replicate, its own
Owen-scrambled Sobol set, and the sets are joined by independent random orders. In one dimension such a set is exactly
one uniform point in each of `REPLICATE` equal cells, so sums of functions of single names are integrated almost
without error, and everything else as well as by independent draws. A set over all names together would integrate
interactions better, but needs a dimension number for each name, which changes when a name is added.

References
----------
A. B. Owen (1998), Latin supercube sampling for very high-dimensional simulations, ACM TOMACS 8(1), 71–102,
doi 10.1145/272991.273010.
G. L. Steele, D. Lea, C. H. Flood (2014), Fast splittable pseudorandom number generators, OOPSLA,
doi 10.1145/2660193.2660195 (the generator of the random bits).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from rmscenario.options.deployment import FloatArray
from rmscenario.scenario.run_options import Sampler

Words = npt.NDArray[np.uint64]

#: [bit] Draws of a replicate, as a power of two: small enough that 100,000 draws are about a hundred replicates.
REPLICATE_BITS = 10
REPLICATE = 1 << REPLICATE_BITS

# SplitMix64 of Steele et al. (2014): increment (odd, 2^64 over the golden ratio), multipliers and shifts of its mixer.
_INCREMENT = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))

# A word of a set: 32 bits that order it, the number of the cell, and the place within the cell.
_POINT_BITS = 32
_WITHIN_BITS = _POINT_BITS - REPLICATE_BITS
_POINT = np.uint64((1 << _POINT_BITS) - 1)
_CELLS = np.arange(REPLICATE, dtype=np.uint64) << np.uint64(_WITHIN_BITS)
_NOT_CELL = np.uint64(0xFFFF_FFFF_FFFF_FFFF) ^ np.uint64((REPLICATE - 1) << _WITHIN_BITS)
_COUNTERS = np.arange(1, REPLICATE + 1, dtype=np.uint64) * _INCREMENT
#: Names handled together: their words stay in the processor's cache.
_AT_ONCE = 16
_MANTISSA_SHIFT = np.uint64(11)  # 64 − 53 bits of a float's mantissa


def name_keys(names: Sequence[str], seed: int) -> Words:
    """Key of each name under a seed: array (name)."""
    key = seed.to_bytes(8, "little")
    digests = [blake2b(name.encode(), digest_size=8, key=key).digest() for name in names]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def uniforms(keys: Words, replicate: int, sampler: Sampler) -> FloatArray:
    """Draws of one replicate, strictly between 0 and 1.

    Parameters
    ----------
    keys : array (name)
        From `name_keys`.
    replicate : int
        0, 1, 2, …

    Returns
    -------
    array (name, REPLICATE) [1]
    """
    streams = _mixed(keys ^ _mixed(np.asarray([replicate + 1], dtype=np.uint64) * _INCREMENT))
    make = _random if sampler is Sampler.RANDOM else _stratified
    draws = np.empty((len(keys), REPLICATE))
    for first in range(0, len(keys), _AT_ONCE):
        make(_mixed(streams[first : first + _AT_ONCE, None] + _COUNTERS), draws[first : first + _AT_ONCE])
    return draws


def _random(words: Words, out: FloatArray) -> None:
    """Independent draws: the leading 53 bits of each word."""
    words >>= _MANTISSA_SHIFT
    np.add(words, 0.5, out=out)
    out *= 2.0**-53


def _stratified(words: Words, out: FloatArray) -> None:
    """One draw in each cell, in random order: the leading 32 bits of each word are its place in the order."""
    words &= _NOT_CELL
    words |= _CELLS
    words.sort(axis=1)
    words &= _POINT
    np.add(words, 0.5, out=out)
    out *= 2.0**-_POINT_BITS


def _mixed(words: Words) -> Words:
    """The output function of SplitMix64, a bijection of 64 bits; overflow is meant."""
    mixed = (words ^ (words >> _SHIFTS[0])) * _FIRST
    mixed ^= mixed >> _SHIFTS[1]
    mixed *= _SECOND
    mixed ^= mixed >> _SHIFTS[2]
    return mixed
