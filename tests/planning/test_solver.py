"""What the planner relies on in the solver, and what it promises around it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest
from scipy import sparse

from rmscenario.errors import NoPlanError, SolverError
from rmscenario.plan import Held, StageReport, Termination
from rmscenario.planning import PlannerOptions, plan_region
from rmscenario.planning.improving import Improving, Incumbent
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.planner import AtModes, Mode, absolute_cost, plan_problem, priced_objective
from rmscenario.planning.problem import build_problem
from rmscenario.planning.progress import Tick, never
from rmscenario.planning.rows import stacked
from rmscenario.planning.search import DIVES, Search
from rmscenario.planning.solver import STATUS_MAP, Master, Stopped
from tests.planning.enumeration import small_region
from tests.regions import region


def test_every_status_of_the_solver_has_a_meaning() -> None:
    members = {name for name in dir(highspy.HighsModelStatus) if name.startswith("k")}
    members -= {"kMin", "kMax"}  # aliases of the first and last member
    assert {status.name for status in STATUS_MAP} >= members - {
        name for name in members if getattr(highspy.HighsModelStatus, name) in STATUS_MAP
    }
    assert all(getattr(highspy.HighsModelStatus, name) in STATUS_MAP for name in members)


def test_a_wrong_solver_option_is_an_error() -> None:
    master = Master(threads=1, seed=0, stop=never)
    with pytest.raises(SolverError, match="refused the value"):
        master.option("mip_max_nodes", "many")


def test_an_infeasible_master_is_infeasible_and_raises_nothing() -> None:
    master = Master(threads=1, seed=0, stop=never)
    master.add_columns(np.zeros(2), np.ones(2), integer=True)
    master.add_rows(sparse.csr_array(np.ones((1, 2))), np.asarray([3.0]), np.asarray([np.inf]))
    assert master.relax().stopped is Stopped.INFEASIBLE
    assert master.solve(absolute_gap=0.0, max_nodes=10, start=None).stopped is Stopped.INFEASIBLE


def test_a_solve_that_ends_without_a_status_is_made_once_more_from_nothing() -> None:
    class Lost:
        """HiGHS, whose first answer is lost."""

        def __init__(self, highs: highspy.Highs) -> None:
            self.highs, self.runs = highs, 0

        def __getattr__(self, name: str) -> object:
            return getattr(self.highs, name)

        def run(self) -> object:
            self.runs += 1
            return self.highs.run()

        def getModelStatus(self) -> object:  # noqa: N802  its name there
            return highspy.HighsModelStatus.kUnknown if self.runs == 1 else self.highs.getModelStatus()

    master = Master(threads=1, seed=0, stop=never)
    master.add_columns(np.zeros(2), np.ones(2), integer=True)
    master.add_rows(sparse.csr_array(np.ones((1, 2))), np.asarray([1.5]), np.asarray([np.inf]))
    master.set_costs(np.asarray([1.0, 3.0]))
    master.highs = Lost(master.highs)
    solved = master.relax()
    assert solved.stopped is Stopped.OPTIMAL
    assert solved.objective == pytest.approx(2.5)
    assert master.highs.runs == 2


def test_contradicting_hard_rules_are_said_to_be_so() -> None:
    model = region(
        sources=[("A", "el", 100.0)],
        effects=[("LED", "el", 0.3)],
        targets=[{"target": "t", "level": 50.0, "year": 2030, "hard": True}],
    )
    with pytest.raises(NoPlanError, match="no plan keeps all hard rules"):
        plan_region(model)


def test_the_same_region_gives_the_same_plan_on_one_and_two_threads() -> None:
    model = small_region(3)
    for mode in Mode:
        plans = [
            plan_region(model, PlannerOptions(mode=mode, search=SearchOptions(threads=threads))).plan
            for threads in (1, 2, 1)
        ]
        assert plans[0] == plans[1] == plans[2]


def test_a_wish_to_stop_keeps_the_incumbent_and_says_so() -> None:
    model = small_region(5)
    ticks: list[Tick] = []
    planned = plan_region(model, progress=ticks.append, stop=lambda: any(t.incumbent is not None for t in ticks))
    assert ticks
    assert planned.plan.solve is not None
    assert planned.plan.solve.termination in (Termination.GAP_REACHED, Termination.INTERRUPTED)
    assert planned.plan.solve.held in (Held.PROVEN, Held.INCUMBENT)


def test_a_hard_target_that_a_plan_meets_exactly_is_met() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 1e6)],
        effects=[("LED", "el", 0.3)],
        targets=[{"target": "t", "level": 7e5, "year": 2030, "hard": True}],
    )
    planned = plan_region(model)
    assert [start.initiative for start in planned.plan.starts] == ["LED"]


def test_of_equal_plans_the_one_with_fewer_and_earlier_starts_is_taken() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[("LED", "el", 0.3)],
        initiatives=["LED", "TALK"],
        targets=[{"target": "t", "level": 70.0, "year": 2030, "shortfall_price": 1000.0}],
    )
    (start,) = plan_region(model).plan.starts
    assert (start.initiative, start.start) == ("LED", 2027)


def test_a_hard_target_out_of_reach_is_named_with_the_nearest_that_a_plan_comes() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[("LED", "el", 0.3)],
        targets=[{"target": "half", "level": 50.0, "year": 2030, "hard": True}],
    )
    with pytest.raises(NoPlanError) as error:
        plan_region(model)
    assert str(error.value) == (
        "no plan keeps all hard rules:\n"
        "targets.csv: half: found a hard target of 50, expected at least 70, the nearest a plan comes in 2030 "
        "(20 too much); make it soft (hard = no), raise it, or loosen the limits"
    )


def test_limits_that_contradict_each_other_are_named() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[("LED", "el", 0.3)],
        money=[("LED", "capex", 5e6)],
        budgets=[("capex", 2027, 1e6), ("capex", 2028, 1e6), ("capex", 2029, 1e6), ("capex", 2030, 1e6)],
        duties=[("LED", "A", 2030)],
    )
    with pytest.raises(NoPlanError, match=r"(?s)no plan keeps all hard rules:.*(budgets|duties)\.csv"):
        plan_region(model)


def test_a_region_without_anything_to_choose_has_the_empty_plan() -> None:
    planned = plan_region(region(units=["A"], sources=[("A", "el", 100.0)]))
    assert planned.plan.starts == ()
    assert planned.plan.solve is not None
    assert planned.plan.solve.held is Held.PROVEN


def test_the_gap_is_relative_to_the_absolute_terms_at_the_plan() -> None:
    model = small_region(3)
    planned = plan_region(model, PlannerOptions(search=SearchOptions(gap=0.01)))
    solve = planned.plan.solve
    assert solve is not None
    scale = absolute_cost(planned.problem, planned.choice)
    assert solve.gap == pytest.approx((solve.incumbent - solve.bound) / scale)
    assert solve.gap <= 0.01


def test_the_relaxations_price_of_a_binding_shortfall_is_its_price() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[("LED", "el", 0.3)],
        targets=[{"target": "t", "level": 10.0, "year": 2027, "shortfall_price": 1000.0}],
    )
    solve = plan_region(model).plan.solve
    assert solve is not None
    assert dict(solve.relaxation_prices)["t"] == pytest.approx(-1000.0) or dict(solve.relaxation_prices)[
        "t"
    ] == pytest.approx(1000.0)


def test_the_order_of_hashes_changes_no_plan() -> None:
    script = (
        "from tests.random_regions import random_region; from rmscenario.planning import plan_region;"
        "print([plan_region(random_region(seed)).plan for seed in (1, 2, 3)])"
    )
    root = Path(__file__).parents[2]
    plans = [
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2")
    ]
    assert plans[0] == plans[1] == plans[2]
    assert "Start(" in plans[0]


def test_rows_of_columns_are_those_in_which_one_has_a_coefficient() -> None:
    master = Master(threads=1, seed=0, stop=lambda: False)
    master.add_columns(np.zeros(4), np.ones(4))
    matrix = sparse.csr_array(np.asarray([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]]))
    master.add_rows(matrix, np.zeros(3), np.ones(3))
    assert [master.rows_of(np.asarray(some, dtype=np.int64)).tolist() for some in ([], [1], [2], [0, 3])] == [
        [],
        [],
        [1, 2],
        [0, 2],
    ]


def test_what_was_proven_holds_when_a_narrower_search_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = build_problem(small_region(3))
    once, bounds = Search.minimise, []

    def minimise(search: Search, *given: Any, **named: Any) -> tuple[Any, StageReport]:
        choice, report = once(search, *given, **named)
        if bounds:
            report = replace(report, bound=-np.inf, termination=Termination.INTERRUPTED)
        else:  # a plan within the tolerance of a scale that turns out to be too wide
            report = replace(report, bound=report.incumbent - 1.0, termination=Termination.GAP_REACHED)
        bounds.append(report.bound)
        return choice, report

    monkeypatch.setattr(Search, "minimise", minimise)
    planned = plan_problem(problem, PlannerOptions(search=SearchOptions(gap=1e-9)), AtModes())
    solve = planned.plan.solve
    assert solve is not None
    assert len(bounds) == 2
    assert solve.termination is Termination.INTERRUPTED
    assert solve.bound == bounds[0]
    assert solve.gap == pytest.approx(1.0 / absolute_cost(problem, planned.choice))


@pytest.mark.parametrize(("far", "dives"), [(8.0, DIVES), (20.0, DIVES[:1])])
def test_dives_are_made_before_the_integer_solver_is_asked_while_the_bound_is_in_reach(
    far: float, dives: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first dive may be unlucky: a plan a few gaps off is no reason to leave the rest to the integer solver."""
    problem = build_problem(small_region(3))
    objective, made = priced_objective(problem), []
    plan = problem.frame.structure.table.nothing_new()

    def search() -> Search:
        rows = stacked(problem.rows, problem.frame.columns)
        return Search(frame=problem.frame, rows=rows, options=SearchOptions(), progress=lambda _: None, stop=never)

    def unlucky(self: Search, objective: Objective, singly: int, *_: float) -> Incumbent:
        made.append(singly)
        return Incumbent(choice=plan, value=self.judge.value(objective, plan))

    monkeypatch.setattr(Improving, "filled", lambda *_: None)
    monkeypatch.setattr(Search, "_near_relaxation", unlucky)
    asked = search()
    assert asked.judge.keeps(plan)
    missing = asked.value(objective, plan) - asked.relaxation.refined(objective, 0.0)
    choice, report = search().minimise(objective, tolerance=missing / far, scale=1.0)
    assert tuple(made) == dives
    assert report.termination is Termination.GAP_REACHED
    assert report.incumbent == asked.value(objective, choice)
