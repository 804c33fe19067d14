"""What the planner relies on in the solver, and what it promises around it."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from scipy import sparse

from rmscenario.errors import NoPlanError, SolverError
from rmscenario.plan import Held, Termination
from rmscenario.planning import PlannerOptions, plan_region
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import Mode
from rmscenario.planning.progress import Tick, never
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


def test_contradicting_hard_rules_are_said_to_be_so() -> None:
    model = region(
        sources=[("A", "el", 100.0)],
        effects=[("LED", "el", 0.3)],
        targets=[{"target": "t", "level": 50.0, "year": 2030, "hard": True}],
    )
    with pytest.raises(NoPlanError, match="contradict"):
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
