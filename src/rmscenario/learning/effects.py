"""What was learnt as rows of the tables: new low, mode and high of each effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from rmscenario.learning.pooling import Normals
from rmscenario.learning.promised import Promised
from rmscenario.learning.realisation import Learnt
from rmscenario.region import Region
from rmscenario.region.initiatives import Effect
from rmscenario.region.vocabulary import Basis, Distribution
from rmscenario.uncertainty import Marginal, Scores
from rmscenario.uncertainty.marginals import SCORE_95

#: [1] Probabilities whose quantiles the tables' distribution takes over.
LOW, MIDDLE, HIGH = 0.05, 0.50, 0.95
_AT = Scores.of(np.asarray([-SCORE_95, 0.0, SCORE_95]))
#: [1] Least middle of a lognormal distribution, which is above 0 whatever was learnt, of half the distance of its outer two.
_LEAST = 1e-3
#: Digits of a figure in a table.
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEffect:
    """New figures of a row of `effects`.

    Attributes
    ----------
    row : Effect
        As it was.
    low, mode, high : float
    cut : bool
        Whether the distribution was cut off at what the tables can say: nothing below 0, nothing above all there is.
    """

    row: Effect
    low: float
    mode: float
    high: float
    cut: bool

    @property
    def differs(self) -> dict[str, float]:
        """The columns that change."""
        new = {"low": self.low, "mode": self.mode, "high": self.high}
        return {name: value for name, value in new.items() if value != getattr(self.row, name)}


def new_effects(region: Region, promised: Mapping[str, Promised], learnt: Learnt) -> tuple[NewEffect, ...]:
    """New figures of all effects that realisations were learnt of, Eq. (38), in the order of the initiatives."""
    quantiles = realised_quantiles(learnt.initiative)
    largest = _largest(region)
    found = []
    for number, promise in enumerate(learnt.promises):
        own = promised[promise.initiative]
        for row, marginal, mean in zip(own.rows, own.marginals, own.means, strict=True):
            whole = fitted(marginal.distribution, *(mean * quantiles[:, number]).tolist())
            low, mode, high = within(whole, largest[row])
            found.append(
                NewEffect(
                    row=region.effects[row],
                    low=low,
                    mode=mode,
                    high=high,
                    cut=(low, mode, high) != tuple(_rounded(value) for value in whole),
                )
            )
    return tuple(found)


def realised_quantiles(found: Normals) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Quantiles of realisations: array (LOW, MIDDLE, HIGH; row) [1]."""
    return np.stack([found.quantiles(probability) for probability in (LOW, MIDDLE, HIGH)])


def within(figures: tuple[float, float, float], largest: float) -> tuple[float, float, float]:
    """Low, mode and high as the tables can say them: rounded, nothing below 0, nothing above all there is; in their order."""
    low, mode, high = (min(_rounded(max(0.0, value)), largest) for value in figures)
    return low, mode, high


def fitted(distribution: Distribution, low: float, middle: float, high: float) -> tuple[float, float, float]:
    """Low, mode and high of a distribution with given quantiles at 5, 50 and 95 %.

    Where its kind cannot be as lopsided as the three are, the outer two are kept; of the lognormal, which two figures fix,
    the middle one and the distance of the outer two; a middle that is not above 0 becomes one just above.
    """
    if distribution is Distribution.LOGNORMAL:
        # low · high = middle² and high − low as asked for
        half = (high - low) / 2
        middle = max(middle, _LEAST * half)
        upper = half + float(np.hypot(half, middle))
        return upper - 2 * half, middle, upper
    kind = Distribution.PERT if distribution is Distribution.FIXED else distribution

    def unit(mode: float) -> tuple[float, float, float]:
        first, second, third = Marginal(distribution=kind, low=0.0, mode=mode, high=1.0).quantiles(_AT).tolist()
        return first, second, third

    def off(mode: float) -> float:
        first, second, third = unit(mode)
        return (second - first) / (third - first) - (middle - low) / (high - low)

    if off(0.0) >= 0:
        mode = 0.0
    elif off(1.0) <= 0:
        mode = 1.0
    else:
        mode = float(brentq(off, 0.0, 1.0, xtol=1e-6))
    first, _, third = unit(mode)
    scale = (high - low) / (third - first)
    start = low - scale * first
    return start, start + scale * mode, start + scale


def _largest(region: Region) -> tuple[float, ...]:
    """What each effect may be at most: all there is, also where enablers lift it; never below what it was."""
    weights: dict[tuple[str, str | None], float] = {(row.category, row.segment): row.weight for row in region.segments}
    lifts: dict[str, float] = defaultdict(float)
    for enabler in region.enablers:
        lifts[enabler.initiative] += enabler.high
    found = []
    for row in region.effects:
        most = weights.get((row.category, row.segment), 1.0) / (1.0 + lifts[row.initiative])
        if row.basis is Basis.ABSOLUTE:
            most = np.inf
        elif row.basis is Basis.REGION:
            most = 0.0  # what share of the region's total is all there is, only the sources say: no more than before
        found.append(max(row.high, _down(most)))
    return tuple(found)


def _down(value: float) -> float:
    """Rounded down to the digits of a table."""
    return value if not np.isfinite(value) else float(np.floor(value * 10**_DIGITS)) / 10**_DIGITS


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
