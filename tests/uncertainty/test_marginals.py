"""Distributions of single inputs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import beta, lognorm, triang

from rmscenario.region.vocabulary import Distribution
from rmscenario.uncertainty import Marginal, Scores

PROBABILITIES = np.concatenate(
    [np.logspace(-12, -2, 500), np.linspace(0.01, 0.99, 5001), 1 - np.logspace(-2, -12, 500)]
)
SCORES = Scores.of(ndtri(PROBABILITIES))


def marginal(distribution: Distribution, low: float, mode: float, high: float) -> Marginal:
    return Marginal(distribution=distribution, low=low, mode=mode, high=high)


@pytest.mark.parametrize("mode", [0.0, 0.001, 0.2, 0.37, 0.5, 0.81, 1.0])
def test_pert_quantiles_are_those_of_the_beta_distribution(mode: float) -> None:
    values = marginal(Distribution.PERT, 2.0, 2.0 + 3 * mode, 5.0).quantiles(SCORES)
    exact = beta.ppf(PROBABILITIES, 1 + 4 * mode, 5 - 4 * mode, loc=2.0, scale=3.0)
    assert np.abs(values - exact).max() <= 1e-6 * 3.0


@pytest.mark.parametrize("mode", [0.0, 0.3, 1.0])
def test_triangular_quantiles_are_exact_to_a_millionth_of_the_range(mode: float) -> None:
    values = marginal(Distribution.TRIANGULAR, -1.0, 2 * mode - 1.0, 1.0).quantiles(SCORES)
    assert np.abs(values - triang.ppf(PROBABILITIES, mode, loc=-1.0, scale=2.0)).max() <= 1e-6 * 2.0


def test_lognormal_has_low_and_high_as_5_and_95_percent_quantiles() -> None:
    drawn = marginal(Distribution.LOGNORMAL, 0.03, 0.1, 0.2)
    low, median, high = drawn.quantiles(Scores.of(ndtri(np.asarray([0.05, 0.5, 0.95]))))
    assert (low, median, high) == pytest.approx((0.03, np.sqrt(0.03 * 0.2), 0.2), rel=1e-12)
    spread = np.log(0.2 / 0.03) / 2 / ndtri(0.95)
    exact = lognorm.ppf(PROBABILITIES, spread, scale=np.sqrt(0.006))
    assert drawn.quantiles(SCORES) == pytest.approx(exact, rel=1e-9)


def test_a_negative_lognormal_is_the_mirrored_positive_one() -> None:
    positive = marginal(Distribution.LOGNORMAL, 0.1, 0.2, 0.4).quantiles(SCORES)
    negative = marginal(Distribution.LOGNORMAL, -0.4, -0.2, -0.1).quantiles(Scores.of(-SCORES.value))
    assert negative == pytest.approx(-positive, rel=1e-12)


@pytest.mark.parametrize("distribution", [Distribution.PERT, Distribution.TRIANGULAR])
def test_a_low_value_that_is_the_larger_number_turns_the_distribution_round(distribution: Distribution) -> None:
    turned = marginal(distribution, 1.2, 1.0, 0.7).quantiles(SCORES)
    plain = marginal(distribution, 0.7, 1.0, 1.2).quantiles(Scores.of(-SCORES.value))
    assert turned == pytest.approx(plain, abs=1e-12)
    assert (np.diff(turned) <= 0).all()


@given(
    st.sampled_from([Distribution.PERT, Distribution.TRIANGULAR]),
    st.floats(-10, 10),
    st.floats(0.001, 10),
    st.floats(0, 1),
)
def test_quantiles_rise_and_stay_between_the_ends(
    distribution: Distribution, low: float, width: float, at: float
) -> None:
    drawn = marginal(distribution, low, low + at * width, low + width)
    values = drawn.quantiles(Scores.of(np.linspace(-9.0, 9.0, 2001)))
    assert (np.diff(values) >= 0).all()
    least, most = drawn.ends
    assert values.min() >= least - 1e-12 * (abs(low) + width)
    assert values.max() <= most + 1e-12 * (abs(low) + width)


def test_fixed_and_equal_values_leave_nothing_to_draw() -> None:
    for drawn in (marginal(Distribution.FIXED, 0.0, 0.3, 1.0), marginal(Distribution.PERT, 0.3, 0.3, 0.3)):
        assert drawn.fixed
        assert (drawn.quantiles(SCORES) == 0.3).all()


def test_a_mode_outside_its_ends_and_a_lognormal_through_zero_are_no_distributions() -> None:
    assert not marginal(Distribution.PERT, 0.2, 0.1, 0.3).valid
    assert not marginal(Distribution.LOGNORMAL, -0.1, 0.1, 0.3).valid
    assert not marginal(Distribution.LOGNORMAL, 0.0, 0.1, 0.3).valid
    assert marginal(Distribution.FIXED, 0.2, 0.1, 0.3).valid
