"""Sobol indices and Shapley effects against functions whose answers are known."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy.special import ndtri
from scipy.stats import sobol_indices, uniform

from rmscenario.drivers.indices import Indices, ShapleySums, SobolSums, shares
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, name_keys, uniforms

Array = npt.NDArray[np.float64]
CASE = json.loads((Path(__file__).parents[1] / "cases" / "ishigami.json").read_text(encoding="utf-8"))
PUBLISHED_FIRST, PUBLISHED_TOTAL = np.asarray(CASE["first"]), np.asarray(CASE["total"])


def ishigami(x: Array) -> Array:
    angle = np.pi * (2 * x - 1)
    return np.sin(angle[0]) * (1 + CASE["b"] * angle[2] ** 4) + CASE["a"] * np.sin(angle[1]) ** 2


def indices(
    function: Callable[[Array], Array], inputs: int, pairs: int, seed: int = 0, first_pair: int = 0, **given: Sampler
) -> Indices:
    """Indices of a function of uniforms, from the draws and the estimators of the package."""
    keys = name_keys([f"x{number}" for number in range(inputs)], seed)
    sums = SobolSums()
    for pair in range(first_pair, first_pair + pairs):
        one, other = (uniforms(keys, 2 * pair + n, given.get("sampler", Sampler.SOBOL)) for n in (0, 1))
        here, there = [], []
        for number in range(inputs):
            ours, theirs = one.copy(), other.copy()
            ours[number], theirs[number] = other[number], one[number]
            here.append([function(ours)])
            there.append([function(theirs)])
        sums.add(function(one)[None], function(other)[None], np.asarray(here), np.asarray(there))
    return sums.indices()


def test_the_indices_of_ishigami_are_the_published_ones_to_three_digits() -> None:
    found = indices(ishigami, 3, pairs=3000)
    for shares_found, published in ((found.first, PUBLISHED_FIRST), (found.total, PUBLISHED_TOTAL)):
        assert shares_found.value[:, 0] == pytest.approx(published, abs=5e-4)
        assert (shares_found.high - shares_found.low)[:, 0] == pytest.approx(0.0, abs=2e-3)
        assert (shares_found.low[:, 0] <= published).all()
        assert (published <= shares_found.high[:, 0]).all()


def test_plain_random_draws_give_the_same_indices() -> None:
    found = indices(ishigami, 3, pairs=300, sampler=Sampler.RANDOM)
    assert found.first.value[:, 0] == pytest.approx(PUBLISHED_FIRST, abs=4e-3)
    assert found.total.value[:, 0] == pytest.approx(PUBLISHED_TOTAL, abs=4e-3)


def test_the_intervals_cover_the_published_indices_as_often_as_they_say() -> None:
    pairs, tries = 16, 200
    covered = np.zeros((2, 3))
    for number in range(tries):
        found = indices(ishigami, 3, pairs, seed=number)
        for line, (interval, published) in enumerate(((found.first, PUBLISHED_FIRST), (found.total, PUBLISHED_TOTAL))):
            covered[line] += (interval.low[:, 0] <= published) & (published <= interval.high[:, 0])
    assert (covered / tries >= 0.91).all()


def test_scipy_finds_the_same_indices_of_another_function() -> None:
    weights = np.asarray([0.0, 0.5, 3.0, 9.0])

    def g(x: Array) -> Array:
        product: Array = np.prod((np.abs(4 * x - 2) + weights[:, None]) / (1 + weights[:, None]), axis=0)
        return product

    ours = indices(g, 4, pairs=400)
    theirs = sobol_indices(func=g, n=2**15, dists=[uniform()] * 4, rng=np.random.default_rng(0))
    assert ours.first.value[:, 0] == pytest.approx(theirs.first_order, abs=4e-3)
    assert ours.total.value[:, 0] == pytest.approx(theirs.total_order, abs=4e-3)


def test_a_constant_has_no_shares_and_what_does_nothing_has_none() -> None:
    constant = indices(lambda x: np.full(x.shape[1], 1e6), 2, pairs=4)
    assert (constant.first.value == 0).all()
    assert (constant.total.high == 0).all()
    alone = indices(lambda x: 1e9 + x[0], 2, pairs=4)
    assert alone.first.value[:, 0] == pytest.approx([1.0, 0.0], abs=1e-6)
    assert alone.total.value[1, 0] == 0


def normal_replicates(pair: int, count: int) -> tuple[Array, Array]:
    keys = name_keys([f"z{number}" for number in range(count)], 0)
    one, other = (ndtri(uniforms(keys, 2 * pair + n, Sampler.SOBOL)) for n in (0, 1))
    return one, other


def test_shapley_effects_of_dependent_normals_are_the_closed_form() -> None:
    """x0 and x1 correlated, y = x0 + 2 x1 + 3 x2 (Song, Nelson and Staum 2016; Owen and Prieur 2017)."""
    rho, beta = 0.6, np.asarray([1.0, 2.0, 3.0])
    covariance = np.asarray([[1.0, rho, 0.0], [rho, 1.0, 0.0], [0.0, 0.0, 1.0]])

    def explained(known: list[int]) -> float:
        if not known:
            return 0.0
        cross = (covariance @ beta)[known]
        return float(cross @ np.linalg.solve(covariance[np.ix_(known, known)], cross))

    expected = np.zeros(3)
    for order in permutations(range(3)):
        for step in range(3):
            expected[order[step]] += (explained(list(order[: step + 1])) - explained(list(order[:step]))) / 6
    expected /= beta @ covariance @ beta

    sums = ShapleySums(3)
    orders = list(permutations(range(3)))
    for pair in range(240):
        one, other = normal_replicates(pair, 3)
        correlated = np.linalg.cholesky(covariance) @ one
        ways = []
        for order in (orders[pair % 6], orders[pair % 6][::-1]):
            nested = []
            for known in range(4):
                kept = list(order[:known])
                rest = [n for n in range(3) if n not in kept]
                x = correlated.copy()
                if rest:
                    gain = (
                        covariance[np.ix_(rest, kept)] @ np.linalg.inv(covariance[np.ix_(kept, kept)])
                        if kept
                        else np.zeros((len(rest), 0))
                    )
                    left = covariance[np.ix_(rest, rest)] - gain @ covariance[np.ix_(kept, rest)]
                    x[rest] = gain @ correlated[kept] + np.linalg.cholesky(left) @ other[rest]
                nested.append([beta @ x])
            ways.append((order, np.asarray(nested)))
        sums.add(ways)
    found = sums.effects()
    assert found.value[:, 0] == pytest.approx(expected, abs=5e-3)
    assert (found.low[:, 0] <= expected).all()
    assert (expected <= found.high[:, 0]).all()
    assert found.value.sum() == pytest.approx(1.0, abs=1e-12)


def test_a_share_of_one_replicate_has_no_end_and_more_replicates_narrow_it() -> None:
    generator = np.random.default_rng(0)
    parts, whole = 1.0 + generator.random((64, 2)), 4.0 + generator.random((64, 1))
    widths = []
    for count in (1, 4, 16, 64):
        found = shares([row[:, None] for row in parts[:count]], list(whole[:count]))
        widths.append(float((found.high - found.low).max()))
    assert widths[0] == np.inf
    assert all(after < before for before, after in pairwise(widths))
    assert uniforms(name_keys(["x"], 0), 0, Sampler.SOBOL).shape[1] == REPLICATE
