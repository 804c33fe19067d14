"""The plan beside the plan is judged as the plan is: under risk by draws, and not at the modes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario.assessment import assess
from rmscenario.scenario import StressOptions, load
from rmscenario.stress import run_stress
from rmscenario.workflow.plans import make_companion
from rmscenario.workflow.summary import companion_row
from tests.cli.running import TUTORIAL


@pytest.mark.parametrize(
    ("wish", "met"), [("confidence=0.3", False), ("confidence=0.1", True), ("shortfall_price=1501", True)]
)
def test_it_is_met_by_the_scenarios_own_rule(wish: str, met: bool) -> None:
    """It is within the cap at the modes; draws of the stress test alone say how often it is."""
    scenario = load([Path(TUTORIAL)], [f"targets[total-30].{wish}"])
    plan = make_companion(scenario.region, scenario.planning)
    row = companion_row("nearest", scenario.region, plan, assess(scenario.region, plan))
    (target,) = [each for each in row["targets"] if each["id"] == "total-30"]
    assert target["met"] == met
    found = plan.certified("total-30")
    if found is None:
        assert target["judged"] == target["residual"]
        assert plan.risk is None
        return
    stressed = run_stress(scenario.region, plan, StressOptions(draws=8192)).sel(target="total-30", year=2030)
    share = float(stressed["probability_due"])
    assert found.probability == pytest.approx(share, abs=0.015)
    assert (share >= float(wish.partition("=")[2])) == met
    assert target["judged"] == found.judged
    assert target["residual"] < 7_000.0
