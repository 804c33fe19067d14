"""The probability that a fixed plan meets a target, with one direction of the uncertainty integrated in closed form.

Inputs are functions of independent normal scores. Along the direction in which the residual rises fastest it is met up to
one root, Eq. (31); the other directions are scrambled Sobol points. Where the residual does not rise along the direction the
probability is the share of plain draws instead, and that is said.

References
----------
A. Griewank, F. Y. Kuo, H. Leövey, I. H. Sloan (2018), High dimensional integration of kinks and jumps: smoothing by
preintegration, Journal of Computational and Applied Mathematics 344, 259–274, doi 10.1016/j.cam.2018.04.009.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from rmscenario.constants import MET_TOLERANCE, is_met
from rmscenario.drivers.response import FixedPlan
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, DrawSource, Latent
from rmscenario.uncertainty.inputs import FIXED
from rmscenario.uncertainty.intervals import FEWEST_REPLICATES, share_interval

#: [1] Change of a normal score from which slopes are taken.
STEP = 0.5
#: [1] Largest normal score: beyond it a double cannot tell the probability from 0.
LARGEST = 8.3
#: [1] Width within which a root is found; it changes a probability by less than 1e-6.
ROOT = 1e-6
#: Most evaluations of a root.
EVALUATIONS = 40
#: [1] Share of the residual's size within which a fall of it is rounding.
FALL = 1e-9
#: [1] Scores at which the first set of points is seen to rise.
SEEN = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)


class Way(StrEnum):
    """How a probability was found."""

    INTEGRATED = "integrated"
    DRAWS = "draws"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Probability that a target is met.

    Attributes
    ----------
    probability, low, high : float [1]
        With its 95 % interval between replicates.
    points : int
        Points, or draws, over all replicates.
    evaluations : float
        Evaluations of the plan for each point.
    """

    target: str
    way: Way
    probability: float
    low: float
    high: float
    points: int
    evaluations: float


def chance(plan: FixedPlan, target: int, seed: int, *, replicates: int = FEWEST_REPLICATES) -> Chance:
    """The probability that a plan meets a target, delivery included.

    Parameters
    ----------
    target : int
        Number of its line.
    replicates : int
        Independently scrambled sets of `REPLICATE` points.

    Raises
    ------
    ValueError
        With fewer than `FEWEST_REPLICATES` of them.
    """
    part = plan.part([plan.lines[target]])
    line = plan.lines[target]
    scored = Scored(plan, seed, lambda draws: part.residual(draws)[0])
    cap = line.cap + MET_TOLERANCE * abs(line.base)
    direction = scored.direction()
    shares, way, evaluated = np.empty(replicates), Way.DRAWS, 1.0
    if direction is not None:
        try:
            found = [_integrated(scored, direction, cap, seed, number) for number in range(replicates)]
            shares = np.asarray([share for share, _ in found])
            way, evaluated = Way.INTEGRATED, float(np.mean([count for _, count in found]))
        except FallingError:
            direction = None
    if direction is None:
        source = DrawSource(plan.inputs, seed, Sampler.SOBOL)
        for number in range(replicates):
            shares[number] = np.mean(is_met(part.residual(source.replicate(number))[0], line.cap, line.base))
    points = replicates * REPLICATE
    low, high = share_interval(shares, points)
    return Chance(
        target=line.target.target,
        way=way,
        probability=float(shares.mean()),
        low=low,
        high=high,
        points=points,
        evaluations=evaluated,
    )


class FallingError(Exception):
    """The residual falls along a direction in which it should rise."""


class Scored:
    """A residual as a function of independent standard normal scores: own ones of inputs, then common factors."""

    def __init__(self, plan: FixedPlan, seed: int, residual: Callable[..., FloatArray]) -> None:
        self._source = DrawSource(plan.inputs, seed, Sampler.SOBOL)
        self._residual = residual
        self.inputs, names = len(plan.inputs.inputs), self._source.scores
        self.dimensions = len(names)
        # A start that comes late or never is a jump: its scores are drawn, and no direction leads along them.
        risky = [plan.inputs.inputs[risk.input] for risk in plan.inputs.risks if risk.input != FIXED]
        jumping = {item.name for item in risky} | {item.factor for item in risky}
        self.jumps = np.flatnonzero([name in jumping for name in names])

    def __call__(self, scores: FloatArray) -> FloatArray:
        """Residuals at scores: array (dimension, REPLICATE) → array (REPLICATE) [the target's unit]."""
        own = np.clip(ndtr(scores[: self.inputs]), np.finfo(np.float64).tiny, 1.0 - 2.0**-53)
        return self._residual(self._source.draws(Latent(own=own, factors=scores[self.inputs :])))

    def direction(self) -> FloatArray | None:
        """Unit vector along which the residual rises fastest about the middle; None if it does not change.

        Returns
        -------
        array (dimension) [1]
        """
        asked: IntArray = np.setdiff1d(np.arange(self.dimensions), self.jumps)
        slope, half = np.zeros(self.dimensions), REPLICATE // 2
        for first in range(0, len(asked), half):
            some = asked[first : first + half]
            scores = np.zeros((self.dimensions, REPLICATE))
            scores[some, np.arange(len(some))] = STEP
            scores[some, half + np.arange(len(some))] = -STEP
            residual = self(scores)
            slope[some] = (residual[: len(some)] - residual[half : half + len(some)]) / (2 * STEP)
        size = float(np.linalg.norm(slope))
        return slope / size if size > 0 else None


def _integrated(scored: Scored, direction: FloatArray, cap: float, seed: int, replicate: int) -> tuple[float, float]:
    """Mean probability below the root along a direction, Eq. (31), and evaluations for each point."""
    moving = np.union1d(np.flatnonzero(direction), scored.jumps)
    own = direction[moving]
    sobol = qmc.Sobol(len(moving), rng=np.random.default_rng([seed, replicate]))
    others = ndtri(np.clip(sobol.random(REPLICATE).T, 2.0**-53, 1.0 - 2.0**-53))
    # Householder: the first axis is turned into the direction, so that the other axes are all that is left of the space.
    turn = own.copy()
    turn[0] -= 1.0
    size = float(turn @ turn)

    def residual(along: FloatArray) -> FloatArray:
        scores = others.copy()
        scores[0] = along
        if size > 0:
            scores -= np.outer(turn, 2.0 / size * (turn @ scores))
        whole = np.zeros((scored.dimensions, REPLICATE))
        whole[moving] = scores
        return scored(whole)

    if replicate == 0:
        see_rising(residual)
    roots, evaluated = rising_roots(residual, cap)
    return float(ndtr(roots).mean()), evaluated


def see_rising(function: Callable[[FloatArray], FloatArray]) -> None:
    """Look at functions of one score at some scores.

    Raises
    ------
    FallingError
        When one of them falls from one score to the next.
    """
    seen = np.stack([function(np.full(REPLICATE, score)) for score in SEEN])
    if (np.diff(seen, axis=0) < -FALL * np.abs(seen).max()).any():
        raise FallingError


def rising_roots(function: Callable[[FloatArray], FloatArray], level: float) -> tuple[FloatArray, int]:
    """Where rising functions of one score reach a level: array (REPLICATE) [1], ±∞ where they never do within ±`LARGEST`.

    Regula falsi with halved ends (Illinois), all functions at once.

    Raises
    ------
    FallingError
        When one of them falls between two of its points.
    """
    low, high = np.full(REPLICATE, -LARGEST), np.full(REPLICATE, LARGEST)
    below, above = function(low) - level, function(high) - level
    rounding = FALL * (np.abs(below) + np.abs(above))
    root = np.where(below > 0, -np.inf, np.where(above <= 0, np.inf, np.nan))
    open_ = np.isnan(root)
    lowest, highest = below.copy(), above.copy()
    side: npt.NDArray[np.int64] = np.zeros(REPLICATE, dtype=np.int64)
    if (below > above + rounding).any():
        raise FallingError
    for evaluated in range(2, EVALUATIONS):
        if not open_.any():
            return root, evaluated
        guess = np.where(open_, high - above * (high - low) / np.where(open_, above - below, 1.0), 0.0)
        value = function(guess) - level
        if (open_ & ((value < lowest - rounding) | (value > highest + rounding))).any():
            raise FallingError
        met = value <= 0
        now = np.where(met, -1, 1)
        above = np.where(open_ & met & (side == now), above / 2, above)
        below = np.where(open_ & ~met & (side == now), below / 2, below)
        step = np.where(met, guess - low, high - guess)
        low, below, lowest = (np.where(open_ & met, *pair) for pair in ((guess, low), (value, below), (value, lowest)))
        high, above, highest = (
            np.where(open_ & ~met, *pair) for pair in ((guess, high), (value, above), (value, highest))
        )
        side = now
        done = open_ & ((np.minimum(step, high - low) < ROOT) | (value == 0))
        root = np.where(done, guess, root)
        open_ &= ~done
    return np.where(open_, (low + high) / 2, root), EVALUATIONS
