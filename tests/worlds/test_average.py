"""A plan for all worlds against every choice of small regions."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.blocks import Pool
from rmscenario.plan import Plan
from rmscenario.planning.planner import Mode
from rmscenario.planning.problem import build_problem
from rmscenario.scenario.run_options import Sampler
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.average import best_on_average
from rmscenario.worlds.worlds import Worlds
from tests.worlds.uncertain import enumerated, uncertain_region

HERE = Pool(workers=1)
WORLDS = 8
SEEDS = (0, 1, 3, 4, 5, 6, 8, 9, 10, 12, 13, 15)


def worlds_of(seed: int, choice: int | None = None) -> WorldsOf:
    """Worlds of a region and its plan, or one of the choices that keep its rules."""
    model = uncertain_region(seed, 200)
    problem = build_problem(model)
    kept = np.flatnonzero(np.isfinite(enumerated(problem)[1]))
    table, choices = problem.frame.structure.table, enumerated(problem)[0].choices
    starts = table.starts(choices[kept[(choice or 0) % len(kept)]])
    return WorldsOf(region=model, plan=Plan(starts=starts), mode=Mode.PRICED, seed=seed, sampler=Sampler.RANDOM)


def test_from_any_plan_it_finds_one_that_is_better_on_average_and_is_judged_as_by_enumeration() -> None:
    regions = worse = better = best = closer = 0
    for seed in SEEDS:
        of = worlds_of(seed, choice=7 * seed + 3)
        worlds = Worlds(build_problem(of.region), seed=of.seed, sampler=of.sampler)
        tables = [enumerated(worlds.problem_of(worlds.world(number))) for number in range(WORLDS)]
        choices = tables[0][0].choices
        values = np.stack([one for _, one in tables])
        mean = values.mean(axis=0)
        found = best_on_average(of, WORLDS, pool=HERE)
        assert found is not None
        fixed, chosen = (
            int(np.flatnonzero((choices == choice).all(axis=1))[0])
            for choice in (worlds.problem.frame.structure.table.choice(of.plan), found.choice)
        )
        assert found.values == pytest.approx(values[:, chosen], rel=1e-9, abs=1e-9)
        assert mean[chosen] <= mean[fixed] + 1e-9
        width = 1e-6 * max(1.0, abs(mean.min()))
        assert found.bound <= mean.min() + width
        regions += 1
        least = values.min(axis=1).mean()  # of each world's own choice
        closer += found.bound > least + width or mean.min() <= least + width
        worse += mean[fixed] > mean.min() + 1e-6
        better += mean[chosen] < mean[fixed] - 1e-9
        best += mean[chosen] <= mean.min() + 1e-6
    assert worse >= regions // 2
    assert better == worse
    assert best >= 0.8 * regions
    assert closer >= 0.5 * regions  # prices bound more than letting every world go its own way


def test_a_stopped_search_says_nothing() -> None:
    assert best_on_average(worlds_of(3), WORLDS, pool=HERE, stop=lambda: True) is None
