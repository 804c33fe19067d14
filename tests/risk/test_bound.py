"""The lower bound of what a confidence costs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from rmscenario.emissions import TargetLine
from rmscenario.planning.problem import build_problem
from rmscenario.risk.bound import CERTAIN, LeastCosts, largest_but
from rmscenario.risk.measures import fewest_allowed
from rmscenario.risk.wishes import Wish
from tests.regions import region


def wish(confidence: float) -> Wish:
    (line,) = build_problem(region(targets=[("T", 50.0, 2030)])).lines
    assert isinstance(line, TargetLine)
    return Wish(lines=(line,), confidence=confidence)


def test_the_bound_is_the_largest_value_but_those_that_may_be_missed() -> None:
    values = np.asarray([3.0, np.inf, 1.0, 2.0])
    assert [largest_but(values, missed) for missed in range(5)] == [np.inf, 3.0, 2.0, 1.0, -np.inf]


@pytest.mark.parametrize(("draws", "confidence"), [(100, 0.8), (40, 0.8), (100, 0.5), (25, 0.95), (3, 0.9), (7, 0.0)])
def test_so_many_draws_are_allowed_that_it_is_certain_enough_and_no_more(draws: int, confidence: float) -> None:
    allowed = fewest_allowed(draws, confidence, CERTAIN)
    assert binom.cdf(allowed, draws, 1 - confidence) >= CERTAIN
    assert allowed == 0 or binom.cdf(allowed - 1, draws, 1 - confidence) < CERTAIN


def test_the_bound_holds_in_95_of_100_sets_of_draws() -> None:
    """The best plan's value is that of the draw at the confidence, when every draw is known beforehand and costs as it does."""
    dice, confidence = np.random.default_rng(5), 0.8
    truth = -np.log(1 - confidence)  # quantile of the exponential distribution
    bounds = [LeastCosts(values=dice.exponential(size=100)).bound([wish(confidence)]) for _ in range(4_000)]
    held = float(np.mean(np.asarray(bounds) <= truth))
    assert CERTAIN - 0.01 <= held <= CERTAIN + 0.03


def test_bounds_grow_with_the_confidence_and_two_wishes_allow_more_misses_than_one() -> None:
    least = LeastCosts(values=np.random.default_rng(2).normal(size=200))
    bounds = [least.bound([wish(confidence)]) for confidence in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)]
    assert bounds == sorted(bounds)
    assert least.bound([wish(0.9), wish(0.9)]) == least.bound([wish(0.8)])
    assert least.bound([wish(0.4), wish(0.4)]) == -np.inf
