"""How strong the background must be, by hand arithmetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rmscenario.explain.backcast import strength_needed
from rmscenario.region import Region
from rmscenario.scenario import load
from rmscenario.scenario.run_options import BackcastOptions
from tests.regions import region

SCENARIOS = Path(__file__).parents[2] / "scenarios"
EL = {"category": "el", "quantity": "co2e", "year": 2030, "weak": 0.9, "mode": 0.8, "strong": 0.6}


def _model(**tables: Any) -> Region:
    """One source of 100 t; β = 0.8 − 0.2 h in 2030; LED removes 30 %; at most 49 t are allowed."""
    return region(
        **{
            "units": ["A"],
            "background": [EL],
            "effects": [("LED", "el", 0.3)],
            "targets": [("T", 49.0, 2030)],
        }
        | tables
    )


def _asked(**values: Any) -> BackcastOptions:
    return BackcastOptions(target="T", **values)


def test_with_everything_started_the_background_must_give_what_the_initiatives_leave() -> None:
    found = strength_needed(_model(), _asked())
    assert found.everything.least == pytest.approx(0.5, abs=0.001)
    assert found.everything.below == pytest.approx(0.5, abs=0.001)
    assert found.everything.at_mode == pytest.approx(56.0)
    assert found.everything.at_strong == pytest.approx(42.0)
    assert found.everything.at_strongest == pytest.approx(14.0)
    (decline,) = found.everything_declines
    assert (decline.left_at_mode, decline.left_at_strong) == (pytest.approx(0.8), pytest.approx(0.6))
    assert decline.left == pytest.approx(0.7, abs=0.001)
    assert (1 - decline.yearly) ** 4 == pytest.approx(decline.left)  # from 2026 to 2030


def test_limits_ask_more_of_the_background() -> None:
    model = _model(money=[("LED", "capex", 1e6)], budgets=[("capex", year, 1e5) for year in range(2027, 2031)])
    found = strength_needed(model, _asked())
    assert found.everything.least == pytest.approx(0.5, abs=0.001)
    assert found.planned is not None
    assert found.planned.least == pytest.approx((0.8 - 0.49) / 0.2, abs=0.001)
    assert found.planned.below <= 1.55
    assert found.planned.below > found.planned.least - 0.01
    assert strength_needed(model, _asked(), plan=False).planned is None


def test_plans_made_for_a_background_differ_from_those_made_for_another() -> None:
    """A budget for one of two: which one depends on what the background leaves of each source."""
    gas = {"category": "gas", "quantity": "co2e", "year": 2030, "weak": 1.0, "mode": 1.0, "strong": 1.0}
    model = _model(
        sources=[("A", "el", 100.0), ("A", "gas", 60.0)],
        background=[EL, gas],
        effects=[("LED", "el", 0.3), ("PUMP", "gas", 0.3)],
        money=[("LED", "capex", 1e5), ("PUMP", "capex", 1e5)],
        budgets=[("capex", year, 1e5 if year == 2027 else 0.0) for year in range(2027, 2031)],
        targets=[("T", 92.0, 2030)],
    )
    found = strength_needed(model, _asked())
    # LED: 70 β + 60 = 92 gives β = 0.457; PUMP: 100 β + 42 = 92 gives β = 0.5, the weaker background
    assert found.planned is not None
    assert found.planned.least == pytest.approx(1.5, abs=0.002)
    # both: 70 β + 42 = 92
    assert found.everything.least == pytest.approx((0.8 - 50 / 70) / 0.2, abs=0.002)


def test_a_background_that_is_never_strong_enough_is_said_to_be_so() -> None:
    found = strength_needed(_model(targets=[("T", 20.0, 2030)]), _asked(strongest=2.0))
    assert found.everything.least is None
    assert found.everything.below == 2.0
    assert found.everything.at_strongest == pytest.approx(40 * 0.7)
    assert found.planned is not None
    assert found.planned.least is None
    assert found.everything_declines[0].left == pytest.approx(0.4)


def test_a_target_met_already_needs_no_strength() -> None:
    found = strength_needed(_model(targets=[("T", 60.0, 2030)]), _asked())
    assert found.everything.least == 0.0
    assert found.planned is not None
    assert found.planned.least == 0.0


def test_only_the_groups_asked_for_are_made_stronger() -> None:
    food = {"category": "food", "quantity": "co2e", "year": 2030, "weak": 1.0, "mode": 1.0, "strong": 0.5}
    model = _model(
        categories=[{"category": "el", "group": "energy"}, {"category": "food", "group": "goods"}],
        sources=[("A", "el", 100.0), ("A", "food", 10.0)],
        background=[EL, food],
        targets=[("T", 59.0, 2030)],
    )
    found = strength_needed(model, _asked(groups=("energy",)), plan=False)
    assert found.everything.least == pytest.approx(0.5, abs=0.001)
    assert [row.group for row in found.everything_declines] == ["energy"]


def test_a_factor_never_falls_below_nothing() -> None:
    found = strength_needed(_model(targets=[("T", 0.0, 2030)]), _asked(strongest=10.0), plan=False)
    assert found.everything.least == pytest.approx(4.0, abs=0.001)
    assert found.everything.at_strongest == 0.0
    assert found.everything_declines[0].yearly == pytest.approx(1.0)


def test_the_shipped_backcast_is_answered_without_a_plan() -> None:
    scenario = load([SCENARIOS / "backcast-67.toml"])
    assert scenario.backcast is not None
    found = strength_needed(scenario.region, scenario.backcast, plan=not scenario.planning.everything)
    assert found.planned is None
    assert found.everything.at_mode > found.everything.at_strong > found.cap > found.everything.at_strongest
    assert found.everything.least is not None
    assert 2.0 < found.everything.least < 3.0
