"""Initiatives that move no active target, and their roles."""

from __future__ import annotations

from rmscenario.explain.moves import MovesNothing, moves_nothing
from rmscenario.region import Region
from tests.regions import region


def _by_name(model: Region) -> dict[str, MovesNothing]:
    return {row.initiative: row for row in moves_nothing(model)}


def test_an_initiative_whose_boundary_no_target_covers_moves_nothing_and_costs() -> None:
    model = region(
        sources=[("A", "el", 100.0), ("A", "food", 50.0)],
        boundaries=["all", ("el", None, "el")],
        effects=[("LED", "el", 0.3), ("MENU", "food", 0.2)],
        money=[
            ("MENU", "capex", 2e6),
            ("MENU", "opex", 1e5),
            ("MENU", "opex", 3e5, 1),
            ("MENU", "saving_cashable", 5e4),
        ],
        targets=[{"target": "T", "level": 50.0, "boundary": "el"}],
    )
    found = _by_name(model)
    assert set(found) == {"MENU"}
    assert (found["MENU"].capex, found["MENU"].opex, found["MENU"].savings) == (2e6, 4e5, 5e4)
    assert found["MENU"].costs
    assert found["MENU"].quantities == ("activity",)


def test_roles_are_named_and_an_enabler_of_something_that_moves_counts_as_moving() -> None:
    model = region(
        initiatives=["LED", "AGENTS", "COACHES", "PLAN", "TALK", "IDLE"],
        effects=[("LED", "el", 0.3)],
        enablers=[("AGENTS", "LED", 0.1), ("COACHES", "TALK", 0.1)],
        prerequisites=[("LED", "PLAN")],
        duties=[("TALK", "A")],
        indicators=[{"indicator": "I-TALK", "initiative": "TALK"}],
        running=[("TALK", "B", 2025)],
        targets=[("T", 50.0)],
    )
    found = _by_name(model)
    assert set(found) == {"COACHES", "PLAN", "TALK", "IDLE"}
    assert found["COACHES"].lifts == ("TALK",)
    assert found["PLAN"].required_by == ("LED",)
    assert (found["TALK"].duty_in, found["TALK"].indicators, found["TALK"].runs_in) == (("A",), ("I-TALK",), 1)
    assert [name for name, row in found.items() if not row.has_role] == ["IDLE"]
    assert not found["IDLE"].costs


def test_an_effect_bound_to_another_account_moves_nothing_and_names_it() -> None:
    model = region(
        accounts=["main", ("market", 1.0)],
        effects=[{"initiative": "PPA", "category": "el", "mode": 0.9, "on": "co2e", "account": "market"}],
        targets=[("T", 50.0)],
    )
    assert _by_name(model)["PPA"].accounts == ("market",)


def test_an_initiative_that_starts_after_the_cap_holds_moves_nothing() -> None:
    model = region(
        effects=[("LED", "el", 0.3)],
        initiatives=[{"initiative": "LED", "earliest": 2029}],
        targets=[{"target": "T", "level": 50.0, "year": 2027, "until": 2028}],
    )
    assert set(_by_name(model)) == {"LED"}


def test_without_targets_everything_moves_nothing() -> None:
    assert set(_by_name(region(effects=[("LED", "el", 0.3)]))) == {"LED"}
