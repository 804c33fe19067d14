"""Policies against every choice of small regions, world by world."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.options.options import NONE
from rmscenario.planning.planner import Mode
from rmscenario.planning.problem import Problem
from rmscenario.regret.policies import Policies
from tests.planning.enumeration import enumerate_choices, shortfalls
from tests.worlds.uncertain import enumerated, planned_worlds

REGIONS = 16
WORLDS = 3


def policies_of(seed: int, mode: Mode = Mode.PRICED, hard: bool = False) -> Policies | None:
    """Policies of a region's plan; None if there is no plan."""
    of = planned_worlds(seed, mode=mode, hard=hard)
    return None if of is None else Policies(of)


def tolerance(problem: Problem, scale: float) -> float:
    return 1e-6 * max(1.0, scale)


@pytest.mark.parametrize("seed", range(REGIONS))
def test_every_world_is_planned_as_well_as_by_enumeration(seed: int) -> None:
    policies = policies_of(seed)
    if policies is None:
        return
    for number in range(WORLDS):
        world = policies.worlds.problem_of(policies.worlds.world(number))
        found, values = enumerated(world)
        result = policies.in_world(number)
        width = tolerance(world, float(result["scale"][-1]))
        best = float(values.min())
        assert result["clairvoyant_value"][-1] == pytest.approx(best, abs=width)
        assert result["bound"][-1] <= best + width
        for name in ("fixed", "adaptive", "clairvoyant"):
            choice = policies.plan if name == "fixed" else result[f"{name}_choice"]
            at = int(np.flatnonzero((found.choices == choice).all(axis=1))[0])
            assert result[f"{name}_value"][-1] == pytest.approx(values[at], abs=width)
            assert result[f"{name}_value"][-1] >= best - width
            for target, line in enumerate(world.lines):
                if line.position < found.residual.shape[2]:
                    residual = found.residual[target, at, line.position]
                    assert result[f"{name}_residual"][target] == pytest.approx(residual, rel=1e-9, abs=1e-9)
        cost = np.where(found.feasible, found.cost, np.inf)
        assert result["untargeted_value"] == pytest.approx(float(cost.min()), abs=width)


@pytest.mark.parametrize("seed", range(REGIONS))
def test_the_adaptive_policy_is_the_best_that_is_left_after_the_first_round_by_what_is_then_believed(seed: int) -> None:
    policies = policies_of(seed)
    if policies is None or policies.learning is None:
        return
    table = policies.worlds.problem.frame.structure.table
    start = np.asarray([state.start for state in table.states] + [9999])
    for number in range(WORLDS):
        believed = policies.worlds.problem_of(policies.learning.believed(number))
        found, values = enumerated(believed)
        signed = policies.learning.first_round
        same = (found.choices[:, signed] == policies.plan[signed]).all(axis=1)
        later = ~policies.learning.running & ~signed
        same &= (start[found.choices[:, later]] > policies.learning.end).all(axis=1)
        chosen = policies.in_world(number)["adaptive_choice"]
        at = int(np.flatnonzero((found.choices == chosen).all(axis=1))[0])
        assert same[at]
        scale = max(1.0, float(np.abs(values[np.isfinite(values)]).max()))
        assert values[at] == pytest.approx(float(values[same].min()), abs=1e-6 * scale)


@pytest.mark.parametrize("seed", range(REGIONS))
def test_with_a_hard_target_the_tonnes_missed_come_before_money(seed: int) -> None:
    policies = policies_of(seed, hard=True)
    if policies is None:
        return
    for number in range(WORLDS):
        world = policies.worlds.problem_of(policies.worlds.world(number))
        found, values = enumerated(world)
        line = world.lines[0]
        counted = np.arange(len(line.held)) == line.position if line.cumulative else line.held
        missed = shortfalls(world, found, 0)[:, counted].sum(axis=1) / max(1, counted.sum())
        missed = np.where(found.feasible, missed, np.inf)
        result = policies.in_world(number)
        least = float(missed.min())
        width = max(1.0, 1e-6 * line.base)
        assert result["clairvoyant_value"][0] <= least + width + 1e-6
        assert result["bound"][0] <= least + 1e-6 * max(1.0, line.base)
        nearest = missed <= least + 1e-9
        scale = float(result["scale"][-1])
        assert result["clairvoyant_value"][-1] <= float(values[nearest].min()) + 1e-6 * scale
        assert result["bound"][-1] <= float(values[missed <= least + width].min()) + 1e-6 * scale


@pytest.mark.parametrize("seed", range(10))
def test_of_the_nearest_plan_the_shortfall_of_first_priority_comes_first(seed: int) -> None:
    policies = policies_of(seed, mode=Mode.NEAREST)
    if policies is None:
        return
    for number in range(WORLDS):
        world = policies.worlds.problem_of(policies.worlds.world(number))
        found = enumerate_choices(world)
        first = min(range(len(world.lines)), key=lambda target: world.lines[target].target.priority)
        line = world.lines[first]
        short = np.where(
            found.feasible, shortfalls(world, found, first)[:, min(line.position, len(line.held) - 1)], np.inf
        )
        result = policies.in_world(number)
        assert result["clairvoyant_value"][0] == pytest.approx(float(short.min()), abs=1.0 + 1e-6 * line.base)
        assert result["bound"][0] <= float(short.min()) + 1e-6 * max(1.0, line.base)


def test_a_world_has_the_same_results_whatever_was_done_before() -> None:
    policies = policies_of(3)
    again = policies_of(3)
    assert policies is not None
    assert again is not None
    forward = [policies.in_world(number) for number in range(6)]
    backward = [again.in_world(number) for number in reversed(range(6))][::-1]
    for one, other in zip(forward, backward, strict=True):
        assert {name: np.asarray(value).tobytes() for name, value in one.items()} == {
            name: np.asarray(value).tobytes() for name, value in other.items()
        }
    assert any((one["clairvoyant_choice"] != NONE).any() for one in forward)
