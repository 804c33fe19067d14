"""Intervals of estimates from draws: exact ones of independent draws, and those of Student between replicates.

References
----------
C. J. Clopper, E. S. Pearson (1934), The use of confidence or fiducial limits, Biometrika 26(4), 404–413,
doi 10.1093/biomet/26.4.404.
"""

from __future__ import annotations

from math import ceil, log
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, stdtrit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Errors = TypeVar("Errors", float, FloatArray)

#: [1] Confidence of all intervals.
CONFIDENCE = 0.95
#: [1] Fewest replicates from which an error is estimated between replicates.
FEWEST_REPLICATES = 8


def binomial_interval(hits: int, draws: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Exact interval of Clopper and Pearson for a probability, from independent draws."""
    miss = (1 - confidence) / 2
    low = float(betaincinv(hits, draws - hits + 1, miss)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, draws - hits, 1 - miss)) if hits < draws else 1.0
    return low, high


def fewest_to_tell(share: float, confidence: float = CONFIDENCE) -> int:
    """Fewest draws of which the exact interval reaches from `share` or above where all are hits; from none up to 1 − `share` else.

    Where all are hits it begins at miss^(1/n), miss being half of what is not confided in.

    Raises
    ------
    ValueError
        When the share is not between 0 and 1: no number of draws tells that nothing else comes.
    """
    if not 0 < share < 1:
        raise ValueError(f"found a share of {share}, expected one between 0 and 1")
    return ceil(log((1 - confidence) / 2) / log(share))


def half_width(error: Errors, replicates: int) -> Errors:
    """How far a t interval reaches on either side, from the standard error between so many replicates."""
    return float(stdtrit(replicates - 1, (1 + CONFIDENCE) / 2)) * error


def replicate_interval(means: FloatArray) -> tuple[float, float]:
    """t interval from means of independent replicates.

    Raises
    ------
    ValueError
        With fewer than `FEWEST_REPLICATES`.
    """
    if len(means) < FEWEST_REPLICATES:
        raise ValueError(f"found {len(means)} replicates, expected at least {FEWEST_REPLICATES}")
    middle = float(means.mean())
    width = half_width(float(means.std(ddof=1)) / len(means) ** 0.5, len(means))
    return middle - width, middle + width


def share_interval(shares: FloatArray, draws: int) -> tuple[float, float]:
    """Interval of a probability from its shares in replicates of equal size, `draws` together.

    Replicates that agree to the last draw say nothing of their spread: where all are 0, or all 1, it is the exact one
    of independent draws.

    Raises
    ------
    ValueError
        With fewer than `FEWEST_REPLICATES`.
    """
    low, high = replicate_interval(shares)
    share = float(shares.mean())
    if share in (0.0, 1.0):
        return binomial_interval(int(share) * draws, draws)
    return max(0.0, low), min(1.0, high)


def change_interval(gained: IntArray, lost: IntArray, size: int) -> tuple[float, float]:
    """Interval of the change of a probability, from the same draws before and after.

    Replicates that agree to the last draw say nothing of their spread: it is then that of the exact ones of the draws gained
    and of those lost, each so sure that both hold together.

    Parameters
    ----------
    gained, lost : array (replicate)
        Numbers of draws that are met after alone, and before alone.
    size : int
        Draws of each replicate.

    Raises
    ------
    ValueError
        With fewer than `FEWEST_REPLICATES`.
    """
    low, high = replicate_interval((gained - lost) / size)
    if np.ptp(gained - lost) > 0:
        return low, high
    draws, both = size * len(gained), (1 + CONFIDENCE) / 2
    (gained_low, gained_high), (lost_low, lost_high) = (
        binomial_interval(int(hits.sum()), draws, both) for hits in (gained, lost)
    )
    return gained_low - lost_high, gained_high - lost_low
