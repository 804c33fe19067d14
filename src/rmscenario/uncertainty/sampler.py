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
J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC11,
doi 10.1145/2063384.2063405 (Philox, the generator of the random bits).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from rmscenario.options.deployment import FloatArray
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty.kernel import Words, random_words

#: [bit] Draws of a replicate, as a power of two: small enough that 100,000 draws are about a hundred replicates.
REPLICATE_BITS = 10
REPLICATE = 1 << REPLICATE_BITS

# A word of a set: 32 bits that order it, the number of the cell, and the place within the cell.
_ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_POINT_BITS = 32
_WITHIN_BITS = _POINT_BITS - REPLICATE_BITS
_POINT = np.uint64((1 << _POINT_BITS) - 1)
_CELLS = np.arange(REPLICATE, dtype=np.uint64) << np.uint64(_WITHIN_BITS)
_NOT_CELL = _ALL ^ np.uint64((REPLICATE - 1) << _WITHIN_BITS)
_NOTHING = np.zeros(REPLICATE, dtype=np.uint64)
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
    draws, words = np.empty((len(keys), REPLICATE)), np.empty((len(keys), REPLICATE), dtype=np.uint64)
    if sampler is Sampler.RANDOM:
        # Independent draws: the leading 53 bits of each word.
        random_words(keys, np.uint64(replicate), _ALL, _NOTHING, words)
        words >>= _MANTISSA_SHIFT
        bits = 53
    else:
        # One draw in each cell, in random order: the leading 32 bits of each word are its place in the order.
        random_words(keys, np.uint64(replicate), _NOT_CELL, _CELLS, words)
        words.sort(axis=1)
        words &= _POINT
        bits = _POINT_BITS
    np.add(words, 0.5, out=draws)
    draws *= 2.0**-bits
    return draws
