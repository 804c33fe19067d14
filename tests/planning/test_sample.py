"""Large regions: a sample's prices in the place of the rows that tie all units to each other."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.emissions import build_frame, evaluate
from rmscenario.emissions.part import structure_part
from rmscenario.errors import NoPlanError
from rmscenario.options.options import NONE
from rmscenario.planning import rows, sample
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import Mode, PlannerOptions, absolute_cost, plan_region
from rmscenario.planning.problem import build_problem
from rmscenario.planning.rows import stacked, wide_rows
from tests.planning.enumeration import enumerate_choices, priced_values, small_region

EXACT = SearchOptions(gap=0.0, max_rounds=200)


@pytest.fixture
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LARGE", 1)
    monkeypatch.setattr(sample, "SAMPLE", 8)


@pytest.mark.usefixtures("all_are_large")
@pytest.mark.parametrize("seed", range(60))
def test_a_plan_found_by_way_of_a_sample_is_the_enumerated_optimum(seed: int) -> None:
    model = small_region(seed)
    problem = build_problem(model)
    found = enumerate_choices(problem)
    values = np.where(found.feasible, priced_values(problem, found), np.inf)
    if not found.feasible.any():
        with pytest.raises(NoPlanError):
            plan_region(model, PlannerOptions(search=EXACT))
        return
    planned = plan_region(model, PlannerOptions(search=EXACT))
    assert planned.plan.solve is not None
    (stage,) = planned.plan.solve.stages
    scale = absolute_cost(problem, planned.choice)
    assert stage.incumbent == pytest.approx(values.min(), abs=1e-6 * scale)
    assert stage.relaxation <= values.min() + 1e-6 * scale


@pytest.mark.usefixtures("all_are_large")
def test_a_nearest_plan_by_way_of_a_sample_is_the_one_without(monkeypatch: pytest.MonkeyPatch) -> None:
    options = PlannerOptions(mode=Mode.NEAREST, search=EXACT)
    by_sample = plan_region(small_region(3), options)
    monkeypatch.setattr(rows, "LARGE", 10**9)
    assert by_sample.plan.starts == plan_region(small_region(3), options).plan.starts


@pytest.mark.usefixtures("all_are_large")
def test_some_of_the_random_regions_have_rows_that_span_them() -> None:
    wide = 0
    for seed in range(60):
        problem = build_problem(small_region(seed))
        wide += len(wide_rows(stacked(problem.rows, problem.frame.columns), len(problem.frame.structure.table.states)))
    assert wide > 60


@pytest.mark.parametrize("seed", range(30))
def test_a_part_does_what_its_options_do_in_the_whole(seed: int) -> None:
    structure = build_problem(small_region(seed)).frame.structure
    table, dice = structure.table, np.random.default_rng(seed)
    options = np.flatnonzero(dice.random(len(table.options)) < 0.5)
    if not len(options):
        options = np.asarray([0])
    own, states = table.part(options)
    part = structure_part(structure, own, options)
    # What else runs acts in the whole alone: the part is compared with the whole without it.
    chosen = np.asarray(
        [dice.integers(*own.first_state[o : o + 2]) if dice.random() < 0.7 else NONE for o in range(len(options))]
    )
    whole = np.full(len(table.options), NONE)
    whole[options] = np.where(chosen == NONE, NONE, states[chosen])
    np.testing.assert_allclose(evaluate(part, chosen).leaf, evaluate(structure, whole).leaf, rtol=1e-12)
    frame = build_frame(part)
    assert frame.columns == len(states) + len(frame.pair_state)
