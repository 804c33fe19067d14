"""What stands in the way: against every choice of small regions, and by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rmscenario.explain.shortfalls import ORDER, Line, lift, shortfalls
from rmscenario.explain.solving import Effort
from rmscenario.planning.problem import build_problem
from rmscenario.region import Region
from rmscenario.scenario.run_options import Family
from tests.planning.enumeration import enumerate_choices, small_region
from tests.regions import plan, region


def _model() -> Region:
    """LED and PUMP in A and B of 100 t each; money for one start, and one start a unit and round, stand in the way."""
    return region(
        initiatives=["LED", {"initiative": "PUMP", "earliest": 2029}],
        effects=[("LED", "el", 0.2), ("PUMP", "el", 0.5)],
        money=[("LED", "capex", 2e6), ("PUMP", "capex", 2e6)],
        budgets=[("capex", year, 1e6) for year in (2027, 2028, 2029, 2030)],
        rounds=[("R1", 2029, 2030, "open")],
        start_limits=[("R1", None, 1)],
        targets=[{"target": "T", "level": 60.0, "year": 2030, "shortfall_price": 10.0}],
    )


def test_what_each_family_and_all_together_keep_open() -> None:
    found = shortfalls(_model(), plan(("LED", "A", 2029)), gap=0.0)
    assert found is not None
    assert found.plan == {"T": pytest.approx(120.0)}
    # one start a year: PUMP in A and B, each unit's one start of the round
    assert found.nearest.shortfalls["T"] == pytest.approx(40.0)
    alone = {line.lifted: line for line in found.alone}
    assert alone[Family.MONEY,].shortfalls["T"] == pytest.approx(40.0)
    assert alone[Family.STARTS,].shortfalls["T"] == pytest.approx(40.0)
    assert alone[Family.STAFF,].empty
    assert not alone[Family.MONEY,].empty
    # neither alone helps, both together do: 200 · 0.8 · 0.5 = 80
    together = {line.lifted[-1]: line for line in found.together}
    assert together[Family.STAFF].shortfalls["T"] == pytest.approx(40.0)
    assert together[Family.STARTS].shortfalls["T"] == pytest.approx(20.0)
    assert together[Family.MINIMUM].lifted == ORDER
    assert found.price_and_other_aims == pytest.approx(80.0)
    assert found.limits == pytest.approx(20.0)
    assert found.no_known_initiative == pytest.approx(20.0)


def test_every_search_is_told() -> None:
    told: list[tuple[int, int]] = []
    shortfalls(_model(), plan(), effort=Effort(progress=lambda done, total: told.append((done, total))))
    assert told == [(number, 12) for number in range(1, 13)]


def test_lifting_the_earliest_starts_moves_them_to_the_first_year() -> None:
    lifted = lift(_model(), Family.EARLIEST)
    assert {row.earliest for row in lifted.initiatives} == {2027}
    assert lifted.budgets


def test_a_region_without_soft_targets_has_no_shortfall() -> None:
    assert shortfalls(region(effects=[("LED", "el", 0.3)]), plan()) is None


@pytest.mark.parametrize("seed", range(0, 24, 3))
def test_each_line_is_the_least_shortfall_of_all_choices_under_the_limits_left(seed: int) -> None:
    model = small_region(seed)
    model = replace(model, minimum_starts=(), duties=())
    aim = min(model.targets, key=lambda row: row.priority)
    found = shortfalls(model, plan(), gap=0.0)
    assert found is not None
    assert found.target == aim.target

    def least(line: Line) -> float:
        lifted = model
        for family in line.lifted:
            lifted = lift(lifted, family)
        problem = build_problem(lifted)
        choices = enumerate_choices(problem)
        number = next(n for n, row in enumerate(problem.lines) if row.target.target == aim.target)
        row = problem.lines[number]
        residual = choices.residual[number][choices.feasible][:, row.position]
        return float(np.maximum(0.0, residual - row.cap).min())

    base = next(line.base for line in build_problem(model).lines if line.target.target == aim.target)
    for line in (
        found.nearest,
        *(line for line in found.alone if line.lifted != (Family.EARLIEST,)),
        *found.together[:3],
    ):
        assert line.shortfalls[aim.target] == pytest.approx(least(line), abs=2e-6 * max(1.0, base))
        assert line.bound <= line.shortfalls[aim.target] + 2e-6 * max(1.0, base)
    steps = [found.nearest, *found.together]
    assert all(later.shortfalls[aim.target] <= one.shortfalls[aim.target] + 1e-9 for one, later in pairwise(steps))
