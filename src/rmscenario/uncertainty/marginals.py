"""Distributions of single inputs between their low, most likely and high value.

`pert` and `triangular` end at low and high. `lognormal` has low and high as its 5 % and 95 % quantiles; two figures
fix it, the most likely value of the table takes no part. All are evaluated from normal scores, where dependence is
made: a table of the quantile function over the scores, linear in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import betaincinv, betaln, ndtr, xlog1py, xlogy

from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.region.vocabulary import Distribution
from rmscenario.uncertainty.kernel import interpolated

#: [1] Weight of the mode in the PERT distribution: its mean is (low + 4 mode + high) / 6 (Malcolm et al. 1959).
PERT_WEIGHT = 4.0
#: [1] Standard normal quantile of 95 %.
SCORE_95 = 1.6448536269514722
#: [1] Largest normal score of the tables: beyond it a double cannot tell the probability from 0.
LARGEST_SCORE = 8.3
#: [1] Intervals of a table: linear interpolation is then within 1e-6 of the range.
INTERVALS = 4096
#: [1] Intervals of the coarse table that cubic interpolation with exact slopes refines; the inverse beta is slow.
COARSE_INTERVALS = 512

_STEP = 2 * LARGEST_SCORE / INTERVALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Normal scores with their place in the tables, found once for all tables.

    Attributes
    ----------
    value : array (…, draw) [1]
    interval : array (…, draw)
    within : array (…, draw) [1]
    """

    value: FloatArray
    interval: IntArray
    within: FloatArray

    @classmethod
    def of(cls, value: FloatArray) -> Scores:
        """Scores and their places."""
        place = (np.clip(value, -LARGEST_SCORE, LARGEST_SCORE) + LARGEST_SCORE) * (1.0 / _STEP)
        interval = np.minimum(place.astype(np.int64), INTERVALS - 1)
        return cls(value=value, interval=interval, within=place - interval)

    def __getitem__(self, number: int) -> Scores:
        return Scores(value=self.value[number], interval=self.interval[number], within=self.within[number])


@dataclass(frozen=True, slots=True, kw_only=True)
class Marginal:
    """Distribution of one input. `low` belongs to low scores, also where it is the larger number (backgrounds)."""

    distribution: Distribution
    low: float
    mode: float
    high: float

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to draw."""
        return self.distribution is Distribution.FIXED or self.low == self.mode == self.high

    @property
    def valid(self) -> bool:
        """Whether the three values make a distribution of this kind."""
        if self.fixed:
            return True
        if self.distribution is Distribution.LOGNORMAL:
            return self.low * self.high > 0
        return min(self.low, self.high) <= self.mode <= max(self.low, self.high)

    @property
    def ends(self) -> tuple[float, float]:
        """Smallest and largest possible value."""
        if self.fixed:
            return self.mode, self.mode
        if self.distribution is Distribution.LOGNORMAL:
            return (0.0, np.inf) if self.low > 0 else (-np.inf, 0.0)
        return min(self.low, self.high), max(self.low, self.high)

    def quantiles(self, scores: Scores) -> FloatArray:
        """Values at normal scores (draw), increasing in them from `low` to `high`."""
        if self.fixed:
            return np.full(scores.value.shape, self.mode)
        if self.distribution is Distribution.LOGNORMAL:
            middle, spread = np.log(self.low * self.high) / 2, np.log(self.high / self.low) / (2 * SCORE_95)
            size: FloatArray = np.exp(middle + spread * scores.value)
            return size if self.low > 0 else -size
        table = _table(self.distribution, (self.mode - self.low) / (self.high - self.low))
        values = np.empty(scores.value.shape)
        interpolated(table, scores.interval, scores.within, self.low, self.high - self.low, values)
        return values


@lru_cache(maxsize=1024)
def _table(distribution: Distribution, mode: float) -> FloatArray:
    """Quantile function between 0 and 1, at evenly spaced normal scores: array (INTERVALS + 1) [1]."""
    scores = np.linspace(-LARGEST_SCORE, LARGEST_SCORE, INTERVALS + 1)
    table = _triangular(ndtr(scores), ndtr(-scores), mode) if distribution is Distribution.TRIANGULAR else _pert(mode)
    table.flags.writeable = False
    return table


def _triangular(below: FloatArray, above: FloatArray, mode: float) -> FloatArray:
    """Quantiles of the triangular distribution on 0 … 1, from the probabilities below and above."""
    return np.where(below < mode, np.sqrt(below * mode), 1.0 - np.sqrt(above * (1.0 - mode)))


def _pert(mode: float) -> FloatArray:
    """Quantiles of the PERT distribution on 0 … 1: cubic Hermite interpolation of a coarse table with exact slopes."""
    alpha, beta = 1.0 + PERT_WEIGHT * mode, 1.0 + PERT_WEIGHT * (1.0 - mode)
    coarse = np.linspace(-LARGEST_SCORE, LARGEST_SCORE, COARSE_INTERVALS + 1)
    # Each half from its own end, so that neither loses digits to 1 − x.
    low = coarse < 0
    near = np.where(low, betaincinv(alpha, beta, ndtr(coarse)), betaincinv(beta, alpha, ndtr(-coarse)))
    first, second = np.where(low, alpha, beta), np.where(low, beta, alpha)
    log_density = xlogy(first - 1.0, near) + xlog1py(second - 1.0, -near) - betaln(alpha, beta)
    log_normal = -(coarse**2) / 2 - np.log(2 * np.pi) / 2
    slope = np.exp(log_normal - log_density)
    value = np.where(low, near, 1.0 - near)

    scores = np.linspace(-LARGEST_SCORE, LARGEST_SCORE, INTERVALS + 1)
    step = coarse[1] - coarse[0]
    interval = np.minimum(((scores + LARGEST_SCORE) / step).astype(np.int64), COARSE_INTERVALS - 1)
    t = (scores - coarse[interval]) / step
    left, right = value[interval], value[interval + 1]
    refined: FloatArray = (
        left
        + t * step * slope[interval] * (1 - t) ** 2
        + (right - left) * t**2 * (3 - 2 * t)
        + step * slope[interval + 1] * t**2 * (t - 1)
    )
    return np.maximum.accumulate(refined)  # rounding may turn neighbours round at the ends
