"""Intervals of estimates from draws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from rmscenario.uncertainty.intervals import binomial_interval, replicate_interval, share_interval


@pytest.mark.parametrize(("hits", "draws"), [(0, 20), (20, 20), (8, 20), (37, 50), (8_000, 10_000)])
def test_intervals_are_those_of_clopper_and_pearson(hits: int, draws: int) -> None:
    interval = binomtest(hits, draws).proportion_ci(method="exact")
    assert binomial_interval(hits, draws) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_an_interval_between_replicates_is_that_of_student() -> None:
    means = np.asarray([0.1, 0.2, 0.15, 0.12, 0.18, 0.2, 0.11, 0.14])
    low, high = replicate_interval(means)
    assert (low + high) / 2 == pytest.approx(means.mean())
    assert (high - low) / 2 == pytest.approx(2.364624 * means.std(ddof=1) / np.sqrt(8), rel=1e-6)
    with pytest.raises(ValueError, match="found 7 replicates"):
        replicate_interval(means[:7])


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_replicates_that_all_agree_have_the_exact_interval_of_their_draws(share: float) -> None:
    interval = binomtest(int(share) * 8_192, 8_192).proportion_ci(method="exact")
    assert share_interval(np.full(8, share), 8_192) == pytest.approx((interval.low, interval.high), abs=1e-12)


def test_the_interval_of_a_share_is_that_of_student_and_stays_a_probability() -> None:
    shares = np.asarray([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.04])
    _, high = share_interval(shares, 800)
    assert _ == 0.0
    assert high == pytest.approx(0.005 * (1 + 2.364624), rel=1e-6)
