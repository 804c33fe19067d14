"""Means with errors, and quantiles in constant memory."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest
from scipy.stats import t as student

from rmscenario.stress import statistics
from rmscenario.stress.statistics import Means, Quantiles
from rmscenario.uncertainty import REPLICATE

GENERATOR = np.random.default_rng(5)


def test_the_error_of_a_mean_comes_from_the_spread_between_replicates() -> None:
    values = GENERATOR.normal(1e6, 3.0, (2, 12, REPLICATE))
    means = Means(2)
    for number in range(12):
        means.add(values[:, number])
    means.add(GENERATOR.normal(1e6, 3.0, (2, 100)))
    each = values.mean(axis=2)
    assert (means.replicates, means.draws) == (12, 12 * REPLICATE + 100)
    assert means.error == pytest.approx(each.std(axis=1, ddof=1) / np.sqrt(12), rel=1e-6)


def test_with_few_replicates_the_error_is_that_of_independent_draws() -> None:
    values = GENERATOR.normal(1e6, 3.0, (1, 2 * REPLICATE + 7))
    means = Means(1)
    for first in range(0, values.shape[1], REPLICATE):
        means.add(values[:, first : first + REPLICATE])
    assert means.error == pytest.approx(values.std(axis=1, ddof=1) / np.sqrt(values.shape[1]), rel=1e-6)


def test_intervals_are_exact_binomial_at_zero_and_one_and_with_few_draws() -> None:
    means = Means(3)
    values = np.stack([np.zeros(400), np.ones(400), np.arange(400) < 30]).astype(float)
    means.add(values)
    low, high = means.interval()
    for number, hits in enumerate((0, 400, 30)):
        exact = binomtest(hits, 400).proportion_ci(0.95, "exact")
        assert (low[number], high[number]) == pytest.approx((exact.low, exact.high), rel=1e-9)


def test_intervals_are_t_intervals_over_replicates() -> None:
    hits = GENERATOR.random((1, 10, REPLICATE)) < 0.3
    means = Means(1)
    for number in range(10):
        means.add(hits[:, number].astype(float))
    each = hits.mean(axis=2)[0]
    width = student.ppf(0.975, 9) * each.std(ddof=1) / np.sqrt(10)
    low, high = means.interval()
    assert (low[0], high[0]) == pytest.approx((each.mean() - width, each.mean() + width), rel=1e-9)


def test_quantiles_are_exact_while_all_draws_are_kept() -> None:
    values = GENERATOR.normal(size=(3, 5000))
    quantiles = Quantiles(3, 5000)
    for first in range(0, 5000, 700):
        quantiles.add(values[:, first : first + 700])
    at = np.asarray([0.0, 0.05, 0.5, 1.0])
    assert np.array_equal(quantiles.at(at), np.quantile(values, at, axis=1))
    assert (quantiles.error == 0).all()


def test_beyond_that_they_are_within_the_stated_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "KEPT", 2048)
    values = np.stack([GENERATOR.normal(5e5, 3e4, 20_000), GENERATOR.random(20_000), np.full(20_000, 7.0)])
    quantiles = Quantiles(3, 20_000)
    for first in range(0, 20_000, REPLICATE):
        quantiles.add(values[:, first : first + REPLICATE])
    at = np.asarray([0.05, 0.5, 0.8, 0.95])
    difference = np.abs(quantiles.at(at) - np.quantile(values, at, axis=1))
    gap = np.abs(np.quantile(values, at + 1 / 20_000, axis=1) - np.quantile(values, at - 1 / 20_000, axis=1))
    assert (difference <= quantiles.error + gap).all()
    assert quantiles.error[2] == 0.0
    assert (quantiles.error[:2] < values[:2].std(axis=1) / 500).all()
