"""Tails of draws: weights, quantiles and means of the worst, and what estimates of them are worth.

The tail is the upper one throughout: draws are of something that shall be small. `alpha` is the confidence level, the
tail holds the worst `1 − alpha` of the probability.

References
----------
R. T. Rockafellar, S. Uryasev (2000), Optimization of conditional value-at-risk, Journal of Risk 2(3), 21–41,
doi 10.21314/JOR.2000.038.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr

FloatArray = npt.NDArray[np.float64]

#: [1] Width within which N·(1 − alpha) counts as a whole number.
WHOLE = 1e-9


def tail_weights(values: FloatArray, alpha: float) -> FloatArray:
    """Weights of equally probable draws in their tail, Eq. (27): array (draw), summing to 1.

    The worst ⌊N(1 − alpha)⌋ draws have full weight and the next has the rest, ties by number. `alpha = 0` gives the mean.

    Raises
    ------
    ValueError
        When alpha is not in [0, 1).
    """
    full, rest = _tail(len(values), alpha)
    order = np.argsort(-values, kind="stable")
    weights = np.zeros(len(values))
    weights[order[:full]] = 1.0
    if rest > 0:
        weights[order[full]] = rest
    weights /= weights.sum()
    return weights


def _tail(count: int, alpha: float) -> tuple[int, float]:
    """How many of so many draws are in the tail as a whole, and the part of the next."""
    if not 0 <= alpha < 1:
        raise ValueError(f"found a level of {alpha}, expected at least 0 and less than 1")
    inside = count * (1 - alpha)
    full = int(np.floor(inside + WHOLE))
    return full, inside - full if full < count and inside - full > WHOLE else 0.0


def averaged(weights: FloatArray, values: FloatArray) -> float:
    """Σ weight · value, the same on any number of threads: arrays (draw)."""
    return float(np.einsum("n,n->", weights, values))


def cvar(values: FloatArray, alpha: float) -> float:
    """Mean of the worst `1 − alpha` of equally probable draws, as Rockafellar and Uryasev define it for atoms."""
    full, rest = _tail(len(values), alpha)
    if full == len(values):
        return float(values.mean())
    next_worst = len(values) - full - 1
    ordered = np.partition(values, next_worst)
    return float((ordered[next_worst + 1 :].sum() + rest * ordered[next_worst]) / (full + rest))


def most_missed(count: int, confidence: float) -> int:
    """How many of so many draws may be missed: ⌊N(1 − p)⌋."""
    return int(np.floor(count * (1 - confidence) + WHOLE))


def reaches(share: float, confidence: float) -> bool:
    """Whether a share of draws is the one asked for or more: whether no more of them are missed than `most_missed`."""
    return share >= confidence - WHOLE


def quantile(values: FloatArray, alpha: float) -> float:
    """Smallest value that at least a share `alpha` of the draws does not exceed (the value at risk)."""
    return float(np.sort(values)[max(0, len(values) - most_missed(len(values), alpha) - 1)])


def fewest_allowed(count: int, confidence: float, certain: float) -> int:
    """Fewest draws of which it is certain that what meets a share of all outcomes misses no more of them."""
    allowed = np.arange(count + 1)
    return int(allowed[np.searchsorted(bdtr(allowed, count, 1 - confidence), certain)])


def planning_level(confidence: float, planning: int, choosing: int) -> float:
    """Share of the planning draws to aim at, so that fresh draws confirm the confidence asked for.

    One-sided 95 % of the error of a share estimated from both sets: p + 1.645 √(p(1 − p)(1/N + 1/M)).
    """
    error = np.sqrt(confidence * (1 - confidence) * (1 / planning + 1 / choosing))
    return min(confidence + _ONE_SIDED * float(error), 1.0 - 1.0 / planning)


#: [1] Standard normal quantile of 95 %.
_ONE_SIDED = 1.6448536269514722
