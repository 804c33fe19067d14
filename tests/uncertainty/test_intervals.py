"""Intervals of estimates from draws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from rmscenario.uncertainty.intervals import (
    binomial_interval,
    change_interval,
    fewest_to_tell,
    replicate_interval,
    share_interval,
)


@pytest.mark.parametrize(("hits", "draws"), [(0, 20), (20, 20), (8, 20), (37, 50), (8_000, 10_000)])
def test_intervals_are_those_of_clopper_and_pearson(hits: int, draws: int) -> None:
    interval = binomtest(hits, draws).proportion_ci(method="exact")
    assert binomial_interval(hits, draws) == pytest.approx((interval.low, interval.high), abs=1e-9)


@pytest.mark.parametrize(("share", "fewest"), [(0.9, 36), (0.99, 368), (0.5, 6)])
def test_the_fewest_draws_that_can_tell_a_share_are_those_from_which_the_exact_interval_does(
    share: float, fewest: int
) -> None:
    draws = next(n for n in range(1, 1_000) if binomtest(n, n).proportion_ci(method="exact").low >= share)
    assert fewest_to_tell(share) == draws == fewest
    assert binomial_interval(0, draws)[1] <= 1.0 - share < binomial_interval(0, draws - 1)[1]
    with pytest.raises(ValueError, match=r"found a share of 1\.0, expected one between 0 and 1"):
        fewest_to_tell(1.0)


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


def exact(hits: int, draws: int) -> tuple[float, float]:
    found = binomtest(hits, draws).proportion_ci(0.975, method="exact")
    return found.low, found.high


def test_a_change_that_no_draw_shows_may_still_be_as_large_as_so_many_draws_can_miss() -> None:
    """The rule of three, for a share on either side: (1 − u)^N = 0.0125."""
    none = np.zeros(8, dtype=int)
    low, high = change_interval(none, none, 1_024)
    assert low == -high
    assert high == pytest.approx(1 - 0.0125 ** (1 / 8_192), rel=1e-9)
    assert high == pytest.approx(-np.log(0.0125) / 8_192, rel=1e-3)


def test_a_change_on_which_all_replicates_agree_has_the_exact_interval_of_its_draws() -> None:
    gained, lost = np.full(8, 3), np.full(8, 200)
    low, high = change_interval(gained, lost, 1_024)
    (gained_low, gained_high), (lost_low, lost_high) = exact(24, 8_192), exact(1_600, 8_192)
    assert (low, high) == pytest.approx((gained_low - lost_high, gained_high - lost_low), abs=1e-9)
    assert change_interval(np.zeros(8, dtype=int), np.full(8, 1_024), 1_024)[0] == -1.0


def test_a_change_on_which_they_differ_has_the_interval_of_student() -> None:
    gained, lost = np.asarray([1, 0, 2, 0, 0, 1, 0, 0]), np.asarray([9, 12, 10, 8, 11, 13, 9, 10])
    assert change_interval(gained, lost, 1_024) == replicate_interval((gained - lost) / 1_024)
    with pytest.raises(ValueError, match="found 7 replicates"):
        change_interval(gained[:7], lost[:7], 1_024)


@pytest.mark.parametrize("chance", [1e-4, 5e-4, 1.0])
def test_the_interval_of_a_rare_change_and_of_a_sure_one_holds_it_as_often_as_it_says(chance: float) -> None:
    """Where replicates mostly agree: 2,000 times 8 replicates of independent draws."""
    dice = np.random.default_rng(5)
    lost = dice.binomial(256, chance, (2_000, 8))
    held = [low <= -chance <= high for low, high in (change_interval(np.zeros(8, dtype=int), row, 256) for row in lost)]
    assert np.mean(held) >= 0.95
