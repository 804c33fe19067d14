"""What the machine can do at most, one thread: the measure for how near the stress test comes to it.

Each rate is the best of some repetitions, so that other work on the machine counts little.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np
from scipy.special import ndtri

from rmscenario.compiled import njit
from rmscenario.options.deployment import FloatArray
from rmscenario.region.vocabulary import Distribution
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, Marginal, Scores, name_keys, uniforms

#: Repetitions of which the best counts.
REPEATS = 7
#: Numbers in each array of the triad: far beyond any cache.
FAR = 1 << 24
#: Numbers that stay in the first cache, and times that each is worked on.
NEAR, ROUNDS = 1024, 2000
#: Names whose uniforms are made at once.
NAMES = 64
#: Coefficients of a polynomial by Horner's rule: a multiplication and an addition each, between one load and one store.
COEFFICIENTS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def measure_limits() -> dict[str, float]:
    """Rates a second: bytes from memory, operations, uniforms, normal scores and quantiles by interpolation."""
    one, other, out = (np.full(FAR, value) for value in (1.0, 2.0, 0.0))
    near = np.linspace(0.0, 1.0, NEAR)
    words = np.random.Generator(np.random.Philox(0))
    keys, drawn = name_keys([f"name {number}" for number in range(NAMES)], 0), np.empty((NAMES, REPLICATE))
    between = uniforms(keys, 0, Sampler.SOBOL)
    scores = Scores.of(ndtri(between))
    pert = Marginal(distribution=Distribution.PERT, low=0.1, mode=0.2, high=0.4)

    def quantiles() -> None:
        for number in range(NAMES):
            pert.quantiles(scores[number])

    each = float(between.size)
    return {
        "bytes": _rate(lambda: _triad(one, other, 3.0, out), 3.0 * out.nbytes),
        "multiply_adds": _rate(lambda: _fused(near, ROUNDS), 2.0 * len(COEFFICIENTS) * near.size * ROUNDS),
        "operations": _rate(lambda: _apart(near, ROUNDS), 2.0 * len(COEFFICIENTS) * near.size * ROUNDS),
        "uniforms": _rate(lambda: uniforms(keys, 0, Sampler.RANDOM), each),
        "stratified": _rate(lambda: uniforms(keys, 0, Sampler.SOBOL), each),
        "numpy_uniforms": _rate(lambda: words.random(out=drawn), each),
        "scores": _rate(lambda: ndtri(between), each),
        "quantiles": _rate(quantiles, each),
    }


def _rate(work: Callable[[], Any], amount: float) -> float:
    """An amount a second of the processor, the best of `REPEATS`; each lasts long enough to be timed."""
    work()
    times, seconds = 1, 0.0
    while seconds < 0.02:
        times *= 2
        seconds = _seconds(work, times)
    return times * amount / min(_seconds(work, times) for _ in range(REPEATS))


def _seconds(work: Callable[[], Any], times: int) -> float:
    before = process_time()
    for _ in range(times):
        work()
    return process_time() - before


@njit(nogil=True)
def _triad(one: FloatArray, other: FloatArray, by: float, out: FloatArray) -> None:
    """McCalpin's STREAM triad: two numbers read and one written, 24 bytes, for each of `out`."""
    for number in range(len(out)):
        out[number] = one[number] + by * other[number]


def _horner(values: FloatArray, rounds: int) -> None:
    """Polynomials of many numbers."""
    for _ in range(rounds):
        for number in range(len(values)):
            total = 0.0
            for coefficient in COEFFICIENTS:
                total = total * values[number] + coefficient
            values[number] = total * 0.1


#: With multiplication and addition as one instruction, and apart as in the loops of the stress test (the same result on
#: every machine).
_fused = njit(nogil=True, fastmath={"contract"})(_horner)
_apart = njit(nogil=True)(_horner)
