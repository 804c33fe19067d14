"""PRIM, the patient rule induction method: boxes in which draws of interest are dense.

A box is peeled from all draws: in each step the end of one feature is cut off where that raises the density most for
each draw lost. The steps are a trajectory from all coverage to high density; a box of it is chosen, and may be pasted:
its ends move out again as long as the density does not fall.

References
----------
J. H. Friedman, N. I. Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9, 123–143,
doi 10.1023/A:1008894516817.
B. P. Bryant, R. J. Lempert (2010), Thinking inside the box: a participatory, computer-assisted approach to scenario
discovery, Technological Forecasting and Social Change 77, 34–49, doi 10.1016/j.techfore.2009.08.002.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

from rmscenario.options.deployment import FloatArray

BoolArray = npt.NDArray[np.bool_]

#: [1] Share of a box's draws that a step cuts off.
ALPHA = 0.05
#: [1] Share of a box's draws by which pasting moves an end out.
PASTE_ALPHA = 0.01
#: [1] Share of all draws below which no box is peeled.
LEAST_MASS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Ends of each feature: arrays (feature), −inf and inf where it is not restricted. A draw on an end is inside."""

    low: FloatArray
    high: FloatArray

    @classmethod
    def whole(cls, features: int) -> Box:
        """The box without restrictions."""
        return cls(low=np.full(features, -np.inf), high=np.full(features, np.inf))

    @property
    def restricted(self) -> tuple[int, ...]:
        """Numbers of the restricted features."""
        return tuple(np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist())

    def inside(self, values: FloatArray) -> BoolArray:
        """Which draws lie inside.

        Parameters
        ----------
        values : array (draw, feature)

        Returns
        -------
        array (draw) bool
        """
        inside: BoolArray = np.ones(len(values), dtype=np.bool_)
        for feature in self.restricted:
            column = values[:, feature]
            inside &= (column >= self.low[feature]) & (column <= self.high[feature])
        return inside

    def without(self, feature: int) -> Box:
        """The box without its restriction of a feature."""
        return self.with_end(feature, low=-np.inf, high=np.inf)

    def with_end(self, feature: int, *, low: float | None = None, high: float | None = None) -> Box:
        """The box with another low or high end of a feature."""
        ends = Box(low=self.low.copy(), high=self.high.copy())
        if low is not None:
            ends.low[feature] = low
        if high is not None:
            ends.high[feature] = high
        return ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A box and how well it tells draws of interest from others.

    Attributes
    ----------
    coverage : float [1]
        Share of all draws of interest that are inside.
    density : float [1]
        Share of the draws inside that are of interest.
    mass : float [1]
        Share of all draws that are inside.
    """

    box: Box
    coverage: float
    density: float
    mass: float

    @property
    def worth(self) -> float:
        """Harmonic mean of coverage and density: high only where both are."""
        total = self.coverage + self.density
        return 2 * self.coverage * self.density / total if total > 0 else 0.0


def measured(box: Box, values: FloatArray, interest: BoolArray) -> Found:
    """A box with its coverage, density and mass.

    Parameters
    ----------
    values : array (draw, feature)
    interest : array (draw) bool
    """
    inside = box.inside(values)
    hits, count, wanted = int((inside & interest).sum()), int(inside.sum()), int(interest.sum())
    return Found(
        box=box,
        coverage=hits / wanted if wanted else 0.0,
        density=hits / count if count else 0.0,
        mass=count / len(values) if len(values) else 0.0,
    )


def peel(
    values: FloatArray, interest: BoolArray, *, alpha: float = ALPHA, least_mass: float = LEAST_MASS
) -> tuple[Found, ...]:
    """The peeling trajectory, from the whole to the smallest box.

    Of steps that gain the same the one that restricts no further feature is taken, then that of the first feature.

    Parameters
    ----------
    values : array (draw, feature)
    interest : array (draw) bool
    alpha : float [1]
        Share of a box's draws that a step cuts off, and with them all that are equal to the last.
    least_mass : float [1]
        Share of all draws that the smallest box holds at least.
    """
    box = Box.whole(values.shape[1])
    steps = [measured(box, values, interest)]
    inside, hits = values, interest
    while 0.0 < steps[-1].density < 1.0:
        known = set(box.restricted)
        best = max(
            (step for step in _peels(inside, hits, alpha) if step.count >= least_mass * len(values)),
            key=lambda step: (step.gain, step.feature in known, -step.feature),
            default=None,
        )
        if best is None:
            break
        box = box.with_end(best.feature, low=best.low, high=best.high)
        inside, hits = inside[best.kept], hits[best.kept]
        steps.append(measured(box, values, interest))
    return tuple(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Peel:
    """A step that could be taken: a new end, the draws that are kept, and the rise of density for each draw lost."""

    feature: int
    low: float | None
    high: float | None
    kept: BoolArray
    count: int
    gain: float


def _peels(values: FloatArray, interest: BoolArray, alpha: float) -> Iterator[_Peel]:
    """Both ends of each feature, where cutting leaves something. The new end lies halfway between lost and kept draws."""
    cut = int((len(values) - 1) * alpha)
    before = interest.mean()
    for sign in (1.0, -1.0):
        signed = sign * values
        last = np.partition(signed, cut, axis=0)[cut]
        kept = signed > last
        first = np.where(kept, signed, np.inf).min(axis=0)
        count = kept.sum(axis=0)
        rise = (kept & interest[:, None]).sum(axis=0) / np.maximum(count, 1) - before
        for feature in np.flatnonzero(count).tolist():
            end = float(sign * (last[feature] + first[feature]) / 2.0)
            yield _Peel(
                feature=feature,
                low=end if sign > 0 else None,
                high=None if sign > 0 else end,
                kept=kept[:, feature],
                count=int(count[feature]),
                gain=float(rise[feature] / (len(values) - count[feature])),
            )


def paste(found: Found, values: FloatArray, interest: BoolArray, *, alpha: float = PASTE_ALPHA) -> Found:
    """A box whose ends are moved out again, each time by the share `alpha` of its draws, while its density does not fall."""
    while True:
        wider = [
            measured(box, values, interest)
            for box in _wider(found.box, values, max(1, int(alpha * found.mass * len(values))))
        ]
        best = max(wider, key=lambda other: (other.density, other.mass), default=None)
        if best is None or best.density < found.density or best.mass <= found.mass:
            return found
        found = best


def _wider(box: Box, values: FloatArray, more: int) -> Iterator[Box]:
    """The box with one end moved out by some draws; an end with no draws beyond it is taken away."""
    for feature in box.restricted:
        beyond = values[box.without(feature).inside(values), feature]
        low, high = box.low[feature], box.high[feature]
        if np.isfinite(low):
            lower = np.sort(beyond[beyond < low])
            end = -np.inf if len(lower) <= more else (lower[-more] + lower[-more - 1]) / 2
            yield box.with_end(feature, low=float(end))
        if np.isfinite(high):
            upper = np.sort(beyond[beyond > high])
            end = np.inf if len(upper) <= more else (upper[more - 1] + upper[more]) / 2
            yield box.with_end(feature, high=float(end))


def quasi_p(found: Found, values: FloatArray, interest: BoolArray) -> dict[int, float]:
    """Quasi-p value of each restriction: how probable so many draws of interest would be if it did nothing.

    The chance that a binomial number of the box's draws, with the density of the box without the restriction, is at
    least what the box holds. The data that found the box also test it, hence "quasi" (Bryant and Lempert 2010).
    """
    inside = found.box.inside(values)
    count, hits = int(inside.sum()), int((inside & interest).sum())
    probabilities = {}
    for feature in found.box.restricted:
        wider = found.box.without(feature).inside(values)
        density = (wider & interest).sum() / wider.sum()
        probabilities[feature] = float(binom.sf(hits - 1, count, density))
    return probabilities


def simplified(
    found: Found, values: FloatArray, interest: BoolArray, *, most: int, level: float = 0.05, worth: float = 0.98
) -> Found:
    """A box without restrictions that say little, and with at most so many.

    They go one at a time, that whose loss costs least: as long as there are too many, or one has a quasi-p value above
    the level, or the box without it keeps this share of its worth (many draws make any small difference significant).
    """
    while found.box.restricted:
        probabilities = quasi_p(found, values, interest)
        fewer = {feature: measured(found.box.without(feature), values, interest) for feature in probabilities}
        least = max(fewer, key=lambda feature: fewer[feature].worth)
        doubtful = max(probabilities, key=lambda feature: probabilities[feature])
        if len(fewer) > most or fewer[least].worth >= worth * found.worth:
            found = fewer[least]
        elif probabilities[doubtful] > level:
            found = fewer[doubtful]
        else:
            break
    return found


def reproduced(
    found: Found,
    values: FloatArray,
    interest: BoolArray,
    *,
    generator: np.random.Generator,
    times: int = 10,
    alpha: float = ALPHA,
    least_mass: float = LEAST_MASS,
) -> FloatArray:
    """Share of random halves of the draws in which the box of nearest coverage and density restricts each feature: array (feature) [1]."""
    times_restricted = np.zeros(values.shape[1])
    for _ in range(times):
        half = generator.permutation(len(values))[: len(values) // 2]
        steps = peel(values[half], interest[half], alpha=alpha, least_mass=least_mass)
        near = min(steps, key=lambda step: hypot(step.coverage - found.coverage, step.density - found.density))
        times_restricted[list(near.box.restricted)] += 1
    return times_restricted / times


def best_of(steps: Sequence[Found]) -> Found:
    """The box of a trajectory whose coverage and density are best together; of equal ones the simpler."""
    return max(steps, key=lambda step: (step.worth, -len(step.box.restricted)))
