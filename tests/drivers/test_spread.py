"""Shares of the spread of a plan's residuals, by group of inputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rmscenario.drivers.groups import independent_groups, spoken_groups
from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.spread import shapley, sobol
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import DrawSource
from tests.regions import plan, region
from tests.stress.models import everything, its_plan


def effect(initiative: str, category: str, low: float, mode: float, high: float) -> dict[str, Any]:
    return {"initiative": initiative, "category": category, "low": low, "mode": mode, "high": high}


def fixed_plan(correlation: float) -> FixedPlan:
    """Symmetric PERT effects on three sources: E1 and T1 hang together, N1 stands alone; all on time."""
    rows = [
        {"kind": "effect", "subject": name, "distribution": "pert", "correlation_group": "G"}
        | {"correlation": correlation}
        for name in ("E1", "T1")
    ]
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0), ("A", "bus", 200.0), ("A", "food", 300.0)],
        initiatives=[
            {"initiative": "E1", "track": "energi"},
            {"initiative": "T1", "track": "transport"},
            {"initiative": "N1", "track": "food"},
        ],
        effects=[
            effect("E1", "el", 0.1, 0.3, 0.5),
            effect("T1", "bus", 0.1, 0.3, 0.5),
            effect("N1", "food", 0.1, 0.2, 0.3),
        ],
        uncertainty=rows,
        targets=[{"target": "total", "reduction": 0.5, "year": 2030}],
    )
    return FixedPlan(model, plan(("E1", "A", 2027), ("T1", "A", 2027), ("N1", "A", 2027)))


def variance(width: float) -> float:
    """Of a symmetric PERT distribution."""
    return width**2 / 28


def test_the_sobol_indices_of_a_sum_are_the_shares_of_its_terms_and_lie_in_their_intervals() -> None:
    fixed = fixed_plan(0.0)
    groups = independent_groups(fixed.region, fixed.inputs)
    variances = {"effect:energi": variance(40.0), "effect:transport": variance(80.0), "effect:food": variance(60.0)}
    expected = np.asarray([variances[group.label] for group in groups]) / sum(variances.values())
    covered, values = [], []
    for seed in range(30):
        found = sobol(fixed.residual, fixed.inputs, DrawSource(fixed.inputs, seed, Sampler.SOBOL), groups, pairs=12)
        for shares in (found.first, found.total):
            values.append(shares.value[:, 0])
            covered.append((shares.low[:, 0] <= expected) & (expected <= shares.high[:, 0]))
    assert np.mean(values, axis=0) == pytest.approx(expected, abs=3e-3)
    assert np.mean(covered) >= 0.91


def test_two_inputs_that_are_one_share_what_they_explain_equally() -> None:
    fixed = fixed_plan(1.0)
    groups = spoken_groups(fixed.region, fixed.inputs)
    found = shapley(fixed.residual, DrawSource(fixed.inputs, 0, Sampler.SOBOL), groups, pairs=48)
    together, alone = variance(40.0 + 80.0), variance(60.0)
    share = {"effect:energi": together / 2, "effect:transport": together / 2, "effect:food": alone}
    expected = np.asarray([share[group.label] for group in groups]) / (together + alone)
    assert found.value[:, 0] == pytest.approx(expected, abs=0.01)
    assert found.value.sum() == pytest.approx(1.0, abs=1e-12)


def test_without_dependence_and_interaction_shapley_effects_are_sobol_indices() -> None:
    fixed = fixed_plan(0.0)
    groups = spoken_groups(fixed.region, fixed.inputs)
    source = DrawSource(fixed.inputs, 0, Sampler.SOBOL)
    effects = shapley(fixed.residual, source, groups, pairs=48)
    indices = sobol(fixed.residual, fixed.inputs, source, groups, pairs=48)
    assert effects.value == pytest.approx(indices.first.value, abs=0.01)


def test_with_interactions_total_indices_are_no_less_than_first_ones_and_effects_lie_between() -> None:
    fixed = FixedPlan(everything(), its_plan())
    groups = independent_groups(fixed.region, fixed.inputs)
    source = DrawSource(fixed.inputs, 0, Sampler.SOBOL)
    indices = sobol(fixed.residual, fixed.inputs, source, groups, pairs=32)
    effects = shapley(fixed.residual, source, groups, pairs=32)
    assert (indices.total.value >= indices.first.value - 0.005).all()
    assert (effects.value >= indices.first.value - 0.02).all()
    assert (effects.value <= indices.total.value + 0.02).all()
    assert effects.value.sum(axis=0) == pytest.approx(np.ones(len(fixed.lines)))
    cost = [number for number, group in enumerate(groups) if group.label == "cost"]
    assert (indices.total.value[cost] == 0).all()


def test_stopping_gives_what_is_done() -> None:
    fixed = fixed_plan(0.0)
    groups = independent_groups(fixed.region, fixed.inputs)
    source = DrawSource(fixed.inputs, 0, Sampler.SOBOL)
    once = sobol(fixed.residual, fixed.inputs, source, groups, pairs=1)
    stopped = sobol(fixed.residual, fixed.inputs, source, groups, pairs=50, stop=lambda: True)
    assert np.array_equal(once.total.value, stopped.total.value)
