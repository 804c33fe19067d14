"""What a signal is worth, beside closed forms and nested Monte Carlo."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from rmscenario.learning.information import information, of_amount, of_kind


def expected_gain(mean: float, deviation: float) -> float:
    """E[max(0, X)] − max(0, E[X]) of a normal X: what it is worth to see X before choosing between X and 0."""
    ratio = mean / deviation
    return float(deviation * norm.pdf(ratio) + mean * norm.cdf(ratio) - max(0.0, mean))


def two_plans(
    rng: np.random.Generator, worlds: int, *, mean: float, spread: float, noise: float
) -> tuple[np.ndarray, ...]:
    """Values of two plans whose difference is normal, of which the signal shows a part."""
    shown, rest = rng.normal(size=(2, worlds))
    difference = mean + spread * shown + noise * rest
    common = rng.normal(0.0, 5.0, worlds)
    return np.stack([common, common - difference], axis=1), shown


@pytest.mark.parametrize("mean", [0.0, -0.5, 1.0])
@pytest.mark.parametrize("noise", [0.0, 2.0])
def test_the_worth_of_a_normal_signal_is_that_of_the_closed_form(mean: float, noise: float) -> None:
    rng = np.random.default_rng(1)
    found = []
    for _ in range(40):
        values, signal = two_plans(rng, 400, mean=mean, spread=1.0, noise=noise)
        found.append(information(values, of_amount(signal)))
    worth = np.asarray([each.worth for each in found])
    assert worth.mean() == pytest.approx(expected_gain(mean, 1.0), abs=0.03 + 3 * worth.std() / 40**0.5)
    if noise == 0.0:  # else the rules found differ from sample to sample, which the error of each does not hold
        assert worth.std() == pytest.approx(np.mean([each.error for each in found]), rel=0.5)


def test_a_signal_that_shows_nothing_is_worth_nothing_however_many_plans_there_are() -> None:
    """The least of many noisy means would pass for information; judged in other worlds it does not."""
    rng = np.random.default_rng(2)
    worth = []
    for _ in range(60):
        values, signal = rng.normal(size=(200, 9)), rng.normal(size=200)
        worth.append(information(values, of_amount(signal)).worth)
    assert abs(np.mean(worth)) < 3 * np.std(worth) / 60**0.5


def test_errors_of_measurement_lower_the_worth() -> None:
    rng = np.random.default_rng(3)
    values, signal = two_plans(rng, 4000, mean=0.0, spread=1.0, noise=0.5)
    worth = [information(values, of_amount(signal + error * rng.normal(size=4000))).worth for error in (0.0, 1.0, 5.0)]
    assert worth == sorted(worth, reverse=True)
    # A share r² = 1/(1 + error²) of the variance is seen.
    assert worth[1] == pytest.approx(expected_gain(0.0, 0.5**0.5), abs=0.03)


def test_a_signal_that_is_not_always_there_counts_where_it_is() -> None:
    rng = np.random.default_rng(4)
    values, signal = two_plans(rng, 4000, mean=0.0, spread=1.0, noise=0.5)
    half = np.where(rng.random(4000) < 0.5, signal, np.nan)
    assert information(values, of_amount(half)).worth == pytest.approx(expected_gain(0.0, 1.0) / 2, abs=0.03)


def test_a_kind_that_decides_is_worth_what_its_choice_gains() -> None:
    """In a quarter of the worlds the first plan costs 4 more than the second, else 2 less: known, 4/4 is gained."""
    kinds = np.arange(400) % 4
    values = np.stack([np.where(kinds == 0, 4.0, -2.0), np.zeros(400)], axis=1)
    found = information(values, of_kind(kinds))
    assert (found.worth, found.flips) == (1.0, 0.25)


def test_a_single_plan_leaves_nothing_to_choose() -> None:
    found = information(np.zeros((50, 1)), of_amount(np.arange(50.0)))
    assert (found.worth, found.error, found.flips) == (0.0, 0.0, 0.0)
