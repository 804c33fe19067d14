"""Worlds: the planned figures give the plan's problem, a draw gives what the stress test gives."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from rmscenario.emissions import evaluate
from rmscenario.money import metered_prices
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.planning.problem import build_problem
from rmscenario.region.vocabulary import PriceKind
from rmscenario.scenario.run_options import Sampler, StressOptions
from rmscenario.stress import run_stress
from rmscenario.worlds.worlds import Worlds
from tests.planning.enumeration import enumerate_choices
from tests.worlds.uncertain import uncertain_region


@pytest.mark.parametrize("seed", range(10))
def test_the_planned_figures_give_the_problem_that_the_plan_is_made_for(seed: int) -> None:
    problem = build_problem(uncertain_region(seed))
    worlds = Worlds(problem, seed=1, sampler=Sampler.RANDOM)
    again = worlds.problem_of(worlds.planned())
    for one, other in (
        (problem.frame, again.frame),
        (problem.frame.structure, again.frame.structure),
        (problem.money, again.money),
    ):
        for item in fields(one):
            before, after = getattr(one, item.name), getattr(other, item.name)
            if isinstance(before, np.ndarray):
                assert after == pytest.approx(before, rel=1e-12, abs=1e-12), item.name


@pytest.mark.parametrize("seed", range(12))
def test_a_world_is_the_stress_tests_draw_of_the_same_number(seed: int) -> None:
    model = uncertain_region(seed)
    problem = build_problem(model)
    table = problem.frame.structure.table
    choice = enumerate_choices(problem).choices[-1 - seed]
    plan = Plan(starts=table.starts(choice))
    tested = run_stress(model, plan, StressOptions(draws=20, seed=seed, years=(2030,)))
    worlds = Worlds(problem, seed=seed, sampler=Sampler.SOBOL)
    for number in range(20):
        world = worlds.problem_of(worlds.world(number))
        structure = world.frame.structure
        leaf, before = evaluate(structure, choice).leaf, evaluate(structure, table.nothing_new()).leaf
        money = world.money
        net = float((money.net[choice[choice != NONE]] @ money.discount).sum())
        for kind in (PriceKind.SAVING_CASHABLE, PriceKind.SAVING_AVOIDED):
            net -= float(((metered_prices(structure, kind) * (before - leaf)) @ money.discount).sum())
        assert net == pytest.approx(float(tested["npv_sample"][number]), rel=1e-9, abs=1e-3)
        for target, line in enumerate(world.lines):
            if tested["judged"][target]:
                drawn = float(tested["sample"][target, number])
                assert line.residual(leaf)[line.position] == pytest.approx(drawn, rel=1e-9, abs=1e-9)


def test_common_factors_stand_beside_the_inputs_that_hang_on_them() -> None:
    hanging = 0
    for seed in range(6):
        worlds = Worlds(build_problem(uncertain_region(seed)), seed=seed, sampler=Sampler.RANDOM)
        names, scores = worlds.scores(1_500)
        assert len(set(names)) == len(names)
        assert not any(name.startswith(("delivery:", "unit:")) for name in names)
        for item in worlds.inputs.inputs:
            if item.factor is None or item.name not in names:
                continue
            hanging += 1
            both = np.corrcoef(scores[names.index(item.factor)], scores[names.index(item.name)])[0, 1]
            assert both == pytest.approx(np.sqrt(item.correlation), abs=0.1)
    assert hanging >= 4
