"""Published capital-budgeting optima, each written as a region and reproduced by the nearest plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmscenario.assessment import assess
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import Mode, PlannerOptions, plan_region
from rmscenario.region import Region
from rmscenario.verify import broken, recompute
from tests.regions import region

CASES = json.loads((Path(__file__).parent.parent / "cases" / "capital_budgeting.json").read_text(encoding="utf-8"))


def knapsack_region(case: dict[str, Any]) -> Region:
    """An item is a source that its initiative removes entirely; a resource is a staff skill, the last one money."""
    items = range(len(case["profit"]))
    *skills, money = range(len(case["capacity"]))
    return region(
        units=["A"],
        sources=[("A", f"c{item}", case["profit"][item]) for item in items],
        initiatives=[{"initiative": f"i{item}", "latest": 2027} for item in items],
        effects=[(f"i{item}", f"c{item}", 1.0) for item in items],
        staff=[
            (f"i{item}", f"s{skill}", "build", case["weights"][skill][item])
            for item in items
            for skill in skills
            if case["weights"][skill][item] > 0
        ],
        staff_capacity=[(f"s{skill}", 2027, case["capacity"][skill]) for skill in skills],
        money=[(f"i{item}", "capex", case["weights"][money][item]) for item in items],
        budgets=[("capex", 2027, case["capacity"][money])],
        targets=[("all", 0.0, 2027)],
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_nearest_plan_finds_the_published_optimum(case: dict[str, Any]) -> None:
    model = knapsack_region(case)
    planned = plan_region(model, PlannerOptions(mode=Mode.NEAREST, search=SearchOptions(gap=0.0)))
    assert planned.plan.solve is not None
    removed = sum(case["profit"]) - planned.plan.solve.stages[0].incumbent
    assert removed == pytest.approx(case["optimum"], abs=1e-6 * case["optimum"])
    assert not broken(recompute(model, planned.plan))
    residual = float(assess(model, planned.plan)["residual"].sel(target="all", year=2027))
    assert residual <= sum(case["profit"]) - case["optimum"] + 1.0 + 1e-6
