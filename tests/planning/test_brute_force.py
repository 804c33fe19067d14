"""The planner against every choice of 200 random regions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np
import pytest

from rmscenario.assessment import assess
from rmscenario.constants import STAGE_TOLERANCE, STAGE_TOLERANCE_RELATIVE
from rmscenario.errors import NoPlanError
from rmscenario.plan import Plan
from rmscenario.planning.epigraph import Epigraphs
from rmscenario.planning.functional import Functional
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import Mode, PlannerOptions, absolute_cost, plan_region
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.region import Region
from rmscenario.verify import broken, compare, recompute, require
from tests.planning.enumeration import Enumeration, enumerate_choices, priced_values, shortfalls, small_region

REGIONS = 200
EXACT = SearchOptions(gap=0.0, max_rounds=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A random region and its problem, with every choice of it."""

    seed: int
    model: Region
    problem: Problem
    found: Enumeration


@pytest.fixture(scope="module", params=range(REGIONS))
def case(request: pytest.FixtureRequest) -> Case:
    """One region after the other, each for all tests."""
    model = small_region(request.param)
    problem = build_problem(model)
    return Case(seed=request.param, model=model, problem=problem, found=enumerate_choices(problem))


def every(number: int) -> pytest.MarkDecorator:
    """One in so many regions."""
    return pytest.mark.parametrize("case", range(0, REGIONS, number), indirect=True)


class _CutsSeen:
    """Every cut a search adds, as (functional, pool, constant, choice columns, values)."""

    def __init__(self) -> None:
        self.cuts: list[tuple[Functional, int, float, np.ndarray, np.ndarray]] = []
        self.on_faces = 0

    def __enter__(self) -> _CutsSeen:
        add, add_faces = Epigraphs.add_cuts, Epigraphs.add_face_cuts

        def record(search, item, constant, value, wanted, *, keep):  # type: ignore[no-untyped-def]
            for pool in item.pools[wanted]:
                inside = search.frame.entry_pool == pool
                columns = search.frame.entry_column[inside]
                self.cuts.append((item.functional, int(pool), float(constant[pool]), columns, value[inside].copy()))
            return add(search, item, constant, value, wanted, keep=keep)

        def record_faces(search, item, cuts):  # type: ignore[no-untyped-def]
            self.cuts += [(item.functional, cut.pool, cut.constant, cut.columns, cut.values) for cut in cuts]
            self.on_faces += len(cuts)
            return add_faces(search, item, cuts)

        self.patches = [
            patch.object(Epigraphs, "add_cuts", record),
            patch.object(Epigraphs, "add_face_cuts", record_faces),
        ]
        for each in self.patches:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in self.patches:
            each.stop()

    def worst(self, problem, found: Enumeration) -> float:  # type: ignore[no-untyped-def]
        """Largest violation of any cut over all choices, relative to the pool's weight."""
        frame, worst = problem.frame, -np.inf
        first_year = np.unique(frame.year_column, return_index=True)[1]
        for functional, pool, constant, columns, values in self.cuts:
            true = (found.products[:, pool][:, first_year] * functional.weights[pool]).sum(axis=1)
            bound = constant + found.chosen[:, columns] @ values
            worst = max(worst, float((bound - true).max()) / max(1.0, float(functional.weights[pool].sum())))
        return worst


def test_the_priced_plan_is_the_enumerated_optimum_and_every_cut_is_valid(case: Case) -> None:
    model, problem, found = case.model, case.problem, case.found
    values = np.where(found.feasible, priced_values(problem, found), np.inf)
    with _CutsSeen() as cuts:
        if not found.feasible.any():
            with pytest.raises(NoPlanError):
                plan_region(model, PlannerOptions(search=EXACT))
            return
        planned = plan_region(model, PlannerOptions(search=EXACT))
    best = float(values.min())
    scale = absolute_cost(problem, planned.choice)
    assert planned.plan.solve is not None
    assert planned.plan.solve.incumbent == pytest.approx(best, abs=1e-6 * scale)
    assert planned.plan.solve.stages[0].relaxation <= best + 1e-6 * scale
    assert planned.plan.solve.bound <= best + 1e-6 * scale
    assert cuts.worst(problem, found) <= 1e-9
    recomputed = recompute(model, planned.plan)
    require(compare(recomputed, assess(model, planned.plan)))
    assert not broken(recomputed)
    assert recomputed.priced_objective / 1e6 == pytest.approx(best, abs=1e-6 * scale)


def test_the_nearest_plan_is_the_enumerated_lexicographic_optimum(case: Case) -> None:
    model, problem, found = case.model, case.problem, case.found
    if not found.feasible.any():
        return
    planned = plan_region(model, PlannerOptions(mode=Mode.NEAREST, search=EXACT))
    assert planned.plan.solve is not None
    stages = planned.plan.solve.stages
    left = found.feasible.copy()
    order = sorted(range(len(problem.lines)), key=lambda number: problem.lines[number].target.priority)
    for stage, number in zip(stages, order, strict=False):
        line = problem.lines[number]
        short = shortfalls(problem, found, number)[:, line.position]
        best = float(short[left].min())
        assert stage.incumbent == pytest.approx(best, abs=1e-6 * max(1.0, line.base))
        left &= short <= best + max(STAGE_TOLERANCE, STAGE_TOLERANCE_RELATIVE * line.base) + 1e-9 * line.base
    cost = stages[len(order)]
    scale = absolute_cost(problem, planned.choice)
    assert cost.incumbent == pytest.approx(float(found.cost[left].min()), abs=1e-6 * scale)
    assert not broken(recompute(model, planned.plan))


@every(2)
def test_a_hard_target_gives_the_cheapest_choice_that_keeps_it_or_none(case: Case) -> None:
    model, problem, found = case.model, case.problem, case.found
    line = problem.lines[0]
    if line.cumulative or not found.feasible.any():
        return
    kept = np.quantile(found.residual[0][found.feasible][:, line.held].max(axis=1), 0.3) * 1.001 + 0.1
    hard = line.target.model_copy(update={"hard": True, "reduction": None, "level": float(kept)})
    model = replace(model, targets=tuple(hard if row.target == hard.target else row for row in model.targets))
    problem = build_problem(model)
    found = enumerate_choices(problem)
    keeps = found.feasible & (found.residual[0][:, line.held] <= kept).all(axis=1)
    best = float(priced_values(problem, found)[keeps].min())
    planned = plan_region(model, PlannerOptions(search=EXACT))
    scale = absolute_cost(problem, planned.choice)
    assert planned.plan.solve is not None
    assert planned.plan.solve.incumbent == pytest.approx(best, abs=1e-6 * scale)
    assert not broken(recompute(model, planned.plan))


@every(4)
def test_the_rows_of_the_master_are_the_rules_that_verification_keeps(case: Case) -> None:
    model, problem, found = case.model, case.problem, case.found
    dice = np.random.default_rng(case.seed)
    table = problem.frame.structure.table
    for number in dice.choice(len(found.choices), size=min(8, len(found.choices)), replace=False):
        plan = Plan(starts=table.starts(found.choices[number]))
        assert bool(found.feasible[number]) == (not broken(recompute(model, plan)))
