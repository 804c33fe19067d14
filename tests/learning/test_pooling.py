"""Partial pooling beside published and closed-form answers."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.stats import norm

from rmscenario.learning.pooling import Effects, Normals, Rows, pooled
from tests.project.files import ROOT

SCHOOLS = json.loads((ROOT / "tests" / "cases" / "eight_schools.json").read_text(encoding="utf-8"))


def test_eight_schools_have_their_published_means() -> None:
    observed, error = (np.asarray(SCHOOLS[name], dtype=float) for name in ("y", "sigma"))
    rows = Rows(design=np.ones((8, 1)), loadings=(np.eye(8),))
    found = pooled(
        observed,
        error,
        rows,
        [Effects(name="school", scale=5.0)],
        prior_mean=np.zeros(1),
        prior_deviation=np.full(1, 5.0),
        asked=rows,
    )
    assert found.coefficients.expected[0] == pytest.approx(SCHOOLS["E_mu"], abs=5e-4)
    assert float(found.weight @ found.deviations[0]) == pytest.approx(SCHOOLS["E_tau"], abs=5e-4)
    # Each school lies between its own value and the common mean.
    assert np.all((found.predicted.expected - found.coefficients.expected[0]) * (observed - 4.4) >= 0)


def test_with_known_deviations_the_posterior_is_that_of_normal_and_normal() -> None:
    """Precision 1/s0² + n/s², mean weighted by precision."""
    observed, s, s0, m0 = np.asarray([0.7, 0.9, 0.8]), 0.2, 0.5, 1.0
    rows = Rows(design=np.ones((3, 1)), loadings=())
    found = pooled(
        observed,
        np.full(3, s),
        rows,
        [],
        prior_mean=np.asarray([m0]),
        prior_deviation=np.asarray([s0]),
        asked=Rows(design=np.ones((1, 1)), loadings=()),
    )
    precision = 1 / s0**2 + 3 / s**2
    mean = (m0 / s0**2 + observed.sum() / s**2) / precision
    assert found.predicted.expected[0] == pytest.approx(mean, rel=1e-12)
    assert found.predicted.spread[0] == pytest.approx(precision**-0.5, rel=1e-9)
    assert found.predicted.quantiles(0.9)[0] == pytest.approx(norm.ppf(0.9, mean, precision**-0.5), rel=1e-9)


def test_a_group_that_was_not_observed_keeps_its_prior() -> None:
    known = np.asarray([0.3, 0.4])
    found = pooled(
        np.asarray([0.5]),
        np.asarray([0.1]),
        Rows(design=np.zeros((1, 1)), loadings=(np.asarray([[1.0, 0.0]]),)),
        [Effects(name="initiative", known=known)],
        prior_mean=np.zeros(1),
        prior_deviation=np.zeros(1),
        asked=Rows(design=np.zeros((2, 1)), loadings=(np.eye(2),)),
    )
    assert found.predicted.expected == pytest.approx([0.5 * 0.09 / 0.10, 0.0])
    assert found.predicted.spread == pytest.approx([(0.09 * 0.01 / 0.10) ** 0.5, 0.4])


def test_quantiles_of_a_mixture_are_where_its_distribution_says() -> None:
    mixture = Normals(
        weight=np.asarray([0.25, 0.75]), mean=np.asarray([[0.0], [3.0]]), deviation=np.asarray([[1.0], [0.5]])
    )
    for probability in (0.05, 0.25, 0.5, 0.95):
        at = mixture.quantiles(probability)[0]
        below = 0.25 * norm.cdf(at) + 0.75 * norm.cdf(at, 3.0, 0.5)
        assert below == pytest.approx(probability, abs=1e-10)
