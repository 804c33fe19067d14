"""Draws in which some inputs are drawn anew, given the others."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from rmscenario.options import build_options
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import DrawSource, UncertainInputs, uncertain_inputs
from tests.regions import region

RHO = 0.6


def source(correlation: float = RHO, sampler: Sampler = Sampler.SOBOL) -> tuple[UncertainInputs, DrawSource]:
    """Three effects in a group, one alone, and delivery in two units."""
    names = ("E1", "E2", "E3", "E4")
    model = region(
        effects=[{"initiative": name, "category": "el", "low": 0.1, "mode": 0.2, "high": 0.4} for name in names],
        uncertainty=[
            {"kind": "effect", "subject": name, "distribution": "pert"}
            | ({"correlation_group": "G", "correlation": correlation} if name != "E4" else {})
            for name in names
        ],
        delivery_risk=[
            {"initiative": None, "slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.1, "unit_correlation": 0.5}
        ],
    )
    inputs = uncertain_inputs(model, build_options(model))
    return inputs, DrawSource(inputs, 3, sampler)


def mask(inputs: UncertainInputs, *names: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray([any(name.startswith(start) for start in names) for name in inputs.names], dtype=np.bool_)


def scores(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    rank = np.argsort(np.argsort(values, axis=-1), axis=-1)
    found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = ndtri((rank + 0.5) / values.shape[-1])
    return found


def test_a_replicate_is_what_its_uniforms_and_factors_give() -> None:
    _, draws = source()
    made = draws.draws(draws.latent(5))
    assert np.array_equal(made.effect, draws.replicate(5).effect)
    assert np.array_equal(made.delivered, draws.replicate(5).delivered)


def test_keeping_all_changes_nothing_and_keeping_none_gives_the_other_replicate() -> None:
    inputs, draws = source()
    one, other = draws.latent(0), draws.latent(1)
    every = np.ones(len(inputs.inputs), dtype=np.bool_)
    for kept, number in ((every, 0), (~every, 1)):
        made = draws.draws(draws.redrawn(one, other, kept))
        assert np.array_equal(made.effect, draws.replicate(number).effect)
        assert np.array_equal(made.delivered, draws.replicate(number).delivered)


@pytest.mark.parametrize("correlation", [RHO, 1.0])
def test_what_is_kept_keeps_its_value_though_its_common_factor_is_drawn_anew(correlation: float) -> None:
    inputs, draws = source(correlation)
    kept = mask(inputs, "effect:E1", "delivery:E2")
    made = draws.draws(draws.redrawn(draws.latent(0), draws.latent(1), kept))
    before = draws.replicate(0)
    assert made.effect[0] == pytest.approx(before.effect[0], abs=1e-12)
    assert (made.effect[1] == pytest.approx(before.effect[1], abs=1e-12)) == (correlation == 1.0)
    options = [risk.option for risk in inputs.risks if kept[risk.input]]
    assert np.array_equal(made.delivered[options], before.delivered[options])
    assert not np.array_equal(made.delivered, before.delivered)


def test_what_is_drawn_anew_depends_on_what_is_kept_as_the_copula_says_and_on_nothing_else() -> None:
    inputs, draws = source(sampler=Sampler.RANDOM)
    kept = mask(inputs, "effect:E1", "effect:E2")
    before, after = [], []
    for number in range(40):
        one, other = draws.latent(2 * number), draws.latent(2 * number + 1)
        before.append(draws.draws(one).effect)
        after.append(draws.draws(draws.redrawn(one, other, kept)).effect)
    old, new = scores(np.hstack(before)), scores(np.hstack(after))
    correlation = np.corrcoef(np.vstack([new, old[2:]]))
    expected = np.eye(6)
    expected[np.ix_([0, 1, 2], [0, 1, 2])] = RHO + (1 - RHO) * np.eye(3)
    expected[np.ix_([0, 1], [4])] = RHO
    # Old and new value of E3 are independent given E1 and E2: their correlation is that of the best forecast.
    forecast = np.asarray([RHO, RHO]) @ np.linalg.solve([[1, RHO], [RHO, 1]], [RHO, RHO])
    expected[2, 4] = forecast
    upper = np.triu_indices(5, 1)
    assert correlation[upper] == pytest.approx(expected[upper], abs=0.02)


def test_uniforms_that_are_drawn_anew_stay_uniform() -> None:
    inputs, draws = source(sampler=Sampler.RANDOM)
    made = [
        draws.redrawn(draws.latent(2 * number), draws.latent(2 * number + 1), mask(inputs, "effect:E1")).own
        for number in range(40)
    ]
    own = np.hstack(made)
    assert own.min() > 0
    assert own.max() < 1
    assert own.mean(axis=1) == pytest.approx(np.full(len(own), 0.5), abs=0.01)
    assert ndtr(ndtri(own)).std(axis=1) == pytest.approx(np.full(len(own), np.sqrt(1 / 12)), abs=0.01)
