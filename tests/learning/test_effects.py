"""Distributions of the tables fitted to what was learnt."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.learning.effects import fitted, within
from rmscenario.region.vocabulary import Distribution
from rmscenario.uncertainty import Marginal, Scores
from rmscenario.uncertainty.marginals import SCORE_95

AT = Scores.of(np.asarray([-SCORE_95, 0.0, SCORE_95]))


@pytest.mark.parametrize("distribution", [Distribution.PERT, Distribution.TRIANGULAR])
@pytest.mark.parametrize("mode", [0.2, 0.5, 0.75])
def test_a_distribution_is_found_again_from_its_quantiles(distribution: Distribution, mode: float) -> None:
    whole = Marginal(distribution=distribution, low=0.1, mode=0.1 + 0.4 * mode, high=0.5)
    found = fitted(distribution, *whole.quantiles(AT).tolist())
    assert found == pytest.approx((whole.low, whole.mode, whole.high), abs=1e-5)


def test_a_lognormal_distribution_is_found_again() -> None:
    whole = Marginal(distribution=Distribution.LOGNORMAL, low=0.1, mode=0.2, high=0.4)
    low, middle, high = fitted(Distribution.LOGNORMAL, *whole.quantiles(AT).tolist())
    assert (low, middle, high) == pytest.approx((0.1, 0.2, 0.4))


def test_a_lognormal_distribution_stays_above_0_and_keeps_the_middle_and_the_distance() -> None:
    low, middle, high = fitted(Distribution.LOGNORMAL, -0.1, 0.2, 0.5)
    assert low > 0
    assert (middle, high - low, low * high) == pytest.approx((0.2, 0.6, 0.04))


def test_what_is_more_lopsided_than_the_distribution_can_be_keeps_its_ends() -> None:
    low, mode, high = fitted(Distribution.TRIANGULAR, 0.1, 0.11, 0.9)
    found = Marginal(distribution=Distribution.TRIANGULAR, low=low, mode=mode, high=high).quantiles(AT)
    assert (mode, found[0], found[2]) == pytest.approx((low, 0.1, 0.9))


@pytest.mark.parametrize("distribution", list(Distribution))
@pytest.mark.parametrize(
    "quantiles", [(-0.5, -0.2, 0.1), (-0.5, -0.3, -0.1), (-0.1, 0.0, 0.1), (0.9, 1.1, 1.4), (-9.0, 0.1, 0.2)]
)
def test_whatever_was_learnt_the_tables_can_say_it(
    distribution: Distribution, quantiles: tuple[float, float, float]
) -> None:
    low, mode, high = within(fitted(distribution, *quantiles), 1.0)
    assert 0.0 <= low <= mode <= high <= 1.0
    assert Marginal(distribution=distribution, low=low, mode=mode, high=high).valid
