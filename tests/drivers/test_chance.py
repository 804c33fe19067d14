"""Probabilities with one direction integrated, against quadrature."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import ndtr

from rmscenario.drivers import chance as module
from rmscenario.drivers.chance import Chance, FallingError, Way, chance, rising_roots, see_rising
from rmscenario.drivers.response import FixedPlan
from rmscenario.uncertainty import REPLICATE
from tests.regions import plan, region

#: 100 t of electricity and 50 t of food, whose backgrounds in 2030 are triangular.
ELECTRICITY, FOOD = (0.3, 0.5, 0.9), (0.8, 0.9, 1.3)


def found(cap: float, replicates: int = 8, **tables: Any) -> Chance:
    """The chance of a cap for a plan that cuts electricity by 20 %, for sure."""
    paths = [
        {"category": name, "year": 2030, "weak": high, "mode": mode, "strong": low}
        for name, (low, mode, high) in (("el", ELECTRICITY), ("food", FOOD))
    ]
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0), ("A", "food", 50.0)],
        background=paths,
        effects=[{"initiative": "N", "category": "el", "low": 0.2, "mode": 0.2, "high": 0.2}],
        targets=[("total", cap, 2030)],
        uncertainty=[{"kind": "background", "distribution": "triangular"}],
        **tables,
    )
    return chance(FixedPlan(model, plan(("N", "A", 2027))), 0, 5, replicates=replicates)


def by_quadrature(cap: float, removed: float) -> float:
    """P(100 · (1 − removed) · X + 50 · Y ≤ cap) with X and Y triangular."""
    one, other = (stats.triang((mode - low) / (high - low), low, high - low) for low, mode, high in (ELECTRICITY, FOOD))
    left = 100.0 * (1.0 - removed)
    share, _ = integrate.quad(lambda y: one.cdf((cap - 50.0 * y) / left) * other.pdf(y), *other.support(), limit=200)
    return float(share)


@pytest.mark.parametrize("cap", [72.0, 80.0, 88.0, 96.0, 110.0])
def test_a_probability_is_what_quadrature_says(cap: float) -> None:
    told = found(cap)
    assert told.way is Way.INTEGRATED
    assert told.probability == pytest.approx(by_quadrature(cap, 0.2), abs=1e-4)
    assert told.low <= told.probability <= told.high


def test_a_start_that_may_be_cancelled_weighs_both_ends() -> None:
    risk = {"initiative": "N", "slip_one": 0.0, "slip_two": 0.0, "cancelled": 0.25}
    told = found(88.0, replicates=16, delivery_risk=[risk])
    expected = 0.75 * by_quadrature(88.0, 0.2) + 0.25 * by_quadrature(88.0, 0.0)
    assert told.way is Way.INTEGRATED
    assert told.probability == pytest.approx(expected, abs=2e-3)
    assert told.low <= expected <= told.high


@pytest.mark.parametrize(("cap", "probability"), [(40.0, 0.0), (140.0, 1.0)])
def test_what_every_point_says_has_the_exact_interval_of_as_many_draws(cap: float, probability: float) -> None:
    told = found(cap)
    exact = stats.binomtest(int(probability) * told.points, told.points).proportion_ci(method="exact")
    assert told.probability == probability
    assert (told.low, told.high) == pytest.approx((exact.low, exact.high), abs=1e-12)


def test_fewer_sets_of_points_than_say_something_of_their_spread_are_refused() -> None:
    with pytest.raises(ValueError, match="found 7 replicates, expected at least 8"):
        found(88.0, replicates=7)


def test_its_interval_holds_the_truth_in_most_sets_of_points() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0), ("A", "food", 50.0)],
        background=[
            {"category": name, "year": 2030, "weak": high, "mode": mode, "strong": low}
            for name, (low, mode, high) in (("el", ELECTRICITY), ("food", FOOD))
        ],
        targets=[("total", 100.0, 2030)],
        uncertainty=[{"kind": "background", "distribution": "triangular"}],
    )
    fixed, truth = FixedPlan(model, plan()), by_quadrature(100.0, 0.0)
    told = [chance(fixed, 0, seed) for seed in range(40)]
    assert sum(one.low <= truth <= one.high for one in told) >= 34


def test_where_nothing_rises_steadily_draws_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def falling(*_: object) -> None:
        raise FallingError

    monkeypatch.setattr(module, "rising_roots", falling)
    told = found(88.0, replicates=16)
    assert told.way is Way.DRAWS
    assert told.probability == pytest.approx(by_quadrature(88.0, 0.2), abs=0.02)


def test_roots_are_those_of_functions_with_a_known_inverse() -> None:
    level = np.linspace(-2.0, 2.0, REPLICATE)
    roots, _ = rising_roots(lambda x: np.sinh(x) - np.sinh(level), 0.0)
    np.testing.assert_allclose(roots, level, atol=1e-6)
    beyond, _ = rising_roots(lambda x: ndtr(x) + np.where(level < 0, 2.0, -2.0), 0.5)
    assert set(beyond.tolist()) == {-np.inf, np.inf}


def test_a_function_that_falls_has_no_one_root() -> None:
    with pytest.raises(FallingError):
        rising_roots(lambda x: -x, 0.0)
    with pytest.raises(FallingError):
        see_rising(lambda x: x + 40.0 * np.sin(x))
    see_rising(lambda x: 40.0 * x + np.sin(x))
