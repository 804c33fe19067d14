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
from rmscenario.uncertainty.kernel import REPLICATE, Words, independent_uniforms, stratified_uniforms


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
    draws = np.empty((len(keys), REPLICATE))
    make = independent_uniforms if sampler is Sampler.RANDOM else stratified_uniforms
    make(keys, np.uint64(replicate), draws)
    return draws
