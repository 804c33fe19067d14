"""Tails of draws."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from rmscenario.risk.measures import (
    cvar,
    most_missed,
    planning_level,
    quantile,
    reaches,
    tail_weights,
)

PUBLISHED = json.loads((Path(__file__).parents[1] / "cases" / "rockafellar_uryasev.json").read_text("utf-8"))
VALUES = st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=40).map(np.asarray)
LEVELS = st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 0.8, 0.9, 0.975])


@pytest.mark.parametrize("level", ["0.90", "0.95", "0.99"])
def test_the_published_portfolio_has_its_published_tail(level: str) -> None:
    """Losses of three instruments, drawn; the error allowed is four standard errors of the estimate."""
    alpha, draws, replicates = float(level), 20_000, 40
    root = np.linalg.cholesky(np.asarray(PUBLISHED["cov"]))
    dice = np.random.default_rng(0)
    scores = dice.standard_normal((replicates, draws, 3))
    losses = -(np.asarray(PUBLISHED["mean"]) + scores @ root.T) @ np.asarray(PUBLISHED["weights"])
    for measure, published in ((quantile, PUBLISHED["var"]), (cvar, PUBLISHED["cvar"])):
        estimates = np.asarray([measure(one, alpha) for one in losses])
        error = estimates.std(ddof=1) / np.sqrt(replicates)
        assert error < 0.005 * published[level]
        # The published figures have six decimals, and weights of six decimals.
        assert abs(estimates.mean() - published[level]) < 4 * error + 2e-6


def test_the_closed_form_of_the_portfolio_is_the_published_one() -> None:
    weights = np.asarray(PUBLISHED["weights"])
    mean = float(weights @ np.asarray(PUBLISHED["mean"]))
    spread = float(np.sqrt(weights @ np.asarray(PUBLISHED["cov"]) @ weights))
    for level, published in PUBLISHED["cvar"].items():
        score = norm.ppf(float(level))
        assert -mean + spread * norm.pdf(score) / (1 - float(level)) == pytest.approx(published, abs=2e-6)


@given(values=VALUES, alpha=LEVELS)
def test_cvar_is_the_minimum_of_rockafellar_and_uryasev(values: np.ndarray, alpha: float) -> None:
    """The convex function is least at one of the values."""
    least = min(eta + np.maximum(0.0, values - eta).mean() / (1 - alpha) for eta in values.tolist())
    assert cvar(values, alpha) == pytest.approx(least, abs=1e-9)


@given(values=VALUES, alpha=LEVELS)
def test_weights_are_the_dearest_that_the_dual_allows(values: np.ndarray, alpha: float) -> None:
    weights = tail_weights(values, alpha)
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert weights.min() >= 0
    assert weights.max() <= 1 / min(len(values), max(1.0, len(values) * (1 - alpha))) + 1e-9
    assert cvar(values, alpha) >= values.mean() - 1e-12
    assert cvar(values, alpha) >= quantile(values, alpha) - 1e-12


@given(values=VALUES, alpha=LEVELS.filter(bool))
def test_a_quantile_is_the_smallest_value_that_enough_draws_keep(values: np.ndarray, alpha: float) -> None:
    found = quantile(values, alpha)
    enough = len(values) - most_missed(len(values), alpha)
    assert np.count_nonzero(values <= found) >= enough
    assert np.count_nonzero(values < found) < enough


def test_ties_go_to_the_first_draws_and_the_next_has_the_rest() -> None:
    assert tail_weights(np.asarray([1.0, 2.0, 2.0, 2.0]), 0.6).tolist() == pytest.approx([0, 1 / 1.6, 0.6 / 1.6, 0])
    assert tail_weights(np.asarray([3.0, 1.0, 2.0]), 0.0).tolist() == pytest.approx([1 / 3] * 3)
    with pytest.raises(ValueError, match="expected at least 0 and less than 1"):
        tail_weights(np.asarray([1.0]), 1.0)


def test_a_plan_that_reaches_the_planning_level_is_confirmed_by_fresh_draws_95_times_of_100() -> None:
    """A plan whose true probability is p passes the planning level and then shows less than p in few of the cases."""
    confidence, planning, choosing = 0.8, 2_000, 5_000
    level = planning_level(confidence, planning, choosing)
    assert level == pytest.approx(0.8 + 1.644854 * np.sqrt(0.16 * (1 / 2_000 + 1 / 5_000)), abs=1e-6)
    dice = np.random.default_rng(3)
    seen = dice.binomial(planning, confidence, 20_000) / planning
    fresh = dice.binomial(choosing, confidence, 20_000) / choosing
    assert np.mean(seen - fresh > level - confidence) == pytest.approx(0.05, abs=0.006)


@given(st.integers(1, 400), st.integers(1, 999), st.data())
def test_a_share_is_reached_where_no_more_are_missed_than_may_be_and_the_quantile_is_within(
    count: int, thousandths: int, data: st.DataObject
) -> None:
    """By whole numbers, also where count · (1 − confidence) is none, at ties, and with the rounding of what is reckoned."""
    missed = data.draw(st.integers(0, count))
    values = np.where(np.arange(count) < missed, 2.0, 1.0)  # all equal but for being within the cap of 1
    share = float(np.mean(values <= 1.0))
    truth = 1000 * (count - missed) >= thousandths * count
    for confidence in (thousandths / 1000, 1.0 - (1000 - thousandths) / 1000, sum([0.001] * thousandths)):
        assert reaches(share, confidence) == truth
        assert (missed <= most_missed(count, confidence)) == truth
        assert (quantile(values, confidence) <= 1.0) == truth
