"""Dives: on every small region the relaxation is led to a choice, and the master is left as it was."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from rmscenario.planning.bounding import Bounding
from rmscenario.planning.dive import DIVIDED, dive
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import priced_objective
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.progress import never
from rmscenario.planning.rows import Rows, over_states, stacked
from rmscenario.planning.solver import Stopped
from tests.planning.enumeration import enumerate_choices, small_region
from tests.regions import region

SEEDS = range(40)


def _bounding(problem: Problem) -> Bounding:
    """A master that minimises the priced objective."""
    rows = stacked(problem.rows, problem.frame.columns)
    bounding = Bounding(frame=problem.frame, rows=rows, options=SearchOptions(), stop=never)
    columns, values, _ = bounding.expression_of(priced_objective(problem))
    bounding.set_costs(columns, values)
    return bounding


def _narrow(bounding: Bounding) -> Rows:
    return over_states(bounding.rows, len(bounding.frame.structure.table.states))


def _dive(problem: Problem, singly: int) -> tuple[Bounding, list[np.ndarray], np.ndarray]:
    bounding = _bounding(problem)
    shown = list(dive(problem.frame, bounding.rows, _narrow(bounding), bounding.master, singly))
    return bounding, [point for point, _ in shown], shown[-1][1] if shown else np.zeros(0)


@pytest.mark.parametrize("singly", [0, 3, 40])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_dive_ends_at_a_choice_that_keeps_all_rows_where_there_is_one(seed: int, singly: int) -> None:
    problem = build_problem(small_region(seed))
    found = enumerate_choices(problem)
    bounding, points, _ = _dive(problem, singly)
    if not found.feasible.any():
        assert not points
        return
    states = points[-1][: len(problem.frame.structure.table.states)]
    assert (np.minimum(states, 1.0 - states) <= DIVIDED).all()
    choice = bounding.rounded(points[-1])
    (number,) = np.flatnonzero((found.choices == choice).all(axis=1))
    assert found.feasible[number]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_dive_leaves_the_master_as_it_was_also_when_it_is_left_early(seed: int, whole: bool) -> None:
    problem = build_problem(small_region(seed))
    bounding = _bounding(problem)
    before, bounds = bounding.master.relax(), bounding.master.bounds()
    with closing(dive(problem.frame, bounding.rows, _narrow(bounding), bounding.master, 3)) as points:
        next(points, None)
        if whole:
            list(points)
    after = bounding.master.relax()
    assert after.stopped is before.stopped
    for one, other in zip(bounds, bounding.master.bounds(), strict=True):
        np.testing.assert_array_equal(one, other)
    if before.stopped is Stopped.OPTIMAL:
        assert after.objective == pytest.approx(before.objective, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_point_of_a_dive_lies_in_the_relaxation_and_is_worth_no_less_than_its_optimum(seed: int) -> None:
    problem = build_problem(small_region(seed))
    bounding, points, _ = _dive(problem, 3)
    best = bounding.master.relax()
    costs = np.asarray(bounding.master.highs.getLp().col_cost_)
    rows = bounding.rows
    for point in points:
        activity = rows.matrix @ point[: problem.frame.columns]
        assert (activity <= rows.upper + 1e-6).all()
        assert (activity >= rows.lower - 1e-6).all()
        assert costs @ point >= best.objective - 1e-6 * max(1.0, abs(best.objective))


def test_a_state_weighs_what_it_takes_of_what_is_scarce() -> None:
    model = region(
        units=["A"],
        sources=[("A", name, 100.0) for name in ("one", "two", "three")],
        initiatives=[{"initiative": name.upper(), "latest": 2027} for name in ("one", "two", "three")],
        effects=[(name.upper(), name, 1.0) for name in ("one", "two", "three")],
        staff=[("ONE", "eng", "build", 4.0), ("TWO", "eng", "build", 6.0), ("THREE", "eng", "build", 2.0)],
        staff_capacity=[("eng", 2027, 7.0)],
        targets=[("all", 0.0, 2027)],
    )
    priced = tuple(row.model_copy(update={"shortfall_price": 1e6}) for row in model.targets)
    problem = build_problem(replace(model, targets=priced))
    _, points, weight = _dive(problem, 0)
    # One engineer more would let a sixth of TWO start; ONE and THREE start, and their own rows are scarce too.
    names = [
        problem.frame.structure.table.options[state.option].key[0] for state in problem.frame.structure.table.states
    ]
    worth = dict(zip(names, weight, strict=True))
    gain = -(_bounding(problem).master.relax().objective - _bounding(_more(problem)).master.relax().objective)
    assert worth["TWO"] == pytest.approx(6.0 * abs(gain), rel=1e-6)
    assert sorted(name for name, value in zip(names, points[-1], strict=False) if value > 0.5) == ["ONE", "THREE"]


def _more(problem: Problem) -> Problem:
    """The same with one engineer more."""
    rows = tuple(row.model_copy(update={"fte": row.fte + 1.0}) for row in problem.region.staff_capacity)
    return build_problem(replace(problem.region, staff_capacity=rows))
