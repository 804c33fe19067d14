"""What is legal but odd is said, once and at its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rmscenario.tables import read, warnings
from tests.tables.folder import Folder, folder


def spoiled(path: Path, spoil: Callable[[Folder], object]) -> list[str]:
    region = folder(path)
    spoil(region)
    assert region.faults() == ()
    found = warnings(read(region.path))
    assert all(one.da and one.da != one.en for one in found)
    return [str(one) for one in found]


def test_nothing_is_odd_about_the_small_region(tmp_path: Path) -> None:
    assert spoiled(tmp_path / "region", lambda region: None) == []


def initiative_without_effect(region: Folder) -> None:
    region.add("initiatives", initiative="NEW")
    region.add("delivery", initiative="NEW")
    region.add("money", initiative="NEW")


def effect_on_nothing(region: Folder) -> None:
    region.set("delivery", 2, "acts_on", "B")
    region.drop("delivery", 3)
    region.set("sources", 3, "value", "0")
    region.drop("minimum_starts", 2)


def required_one_never_starts(region: Folder) -> None:
    region.set("initiatives", 2, "earliest", "2031")
    region.drop("duties", 2)


def target_off_under_risk(region: Folder) -> None:
    region.set("targets", 2, "active", "no")
    region.set("targets", 2, "confidence", "0,8")


def large_share_of_few_units(region: Folder) -> None:
    region.add("delivery", initiative="SMALL", unit="B", acts_on="B")
    region.add("initiatives", initiative="SMALL")
    region.add("effects", initiative="SMALL", category="el", basis="region", low="0,4", mode="0,4", high="0,4")


def no_round_open(region: Folder) -> None:
    for table in ("duties", "minimum_starts"):
        region.drop(table, 2)
    for row in (3, 4):
        region.set("rounds", row, "status", "closed")


def no_effects(region: Folder) -> None:
    (region.path / "effects.csv").unlink()


@pytest.mark.parametrize(
    ("spoil", "text"),
    [
        (
            no_effects,
            "effects.csv: it has no row, or is not there: no initiative moves anything, whatever a plan starts",
        ),
        (
            initiative_without_effect,
            "initiatives.csv:7: NEW has money and moves nothing: no effect, no indicator, no duty; "
            "it lifts no other initiative and none requires it",
        ),
        (
            effect_on_nothing,
            "effects.csv:2: the effect of LED reaches nothing: no unit it acts on has el",
        ),
        (
            required_one_never_starts,
            "prerequisites.csv:2: PV can never start, since LED, which it requires, never can",
        ),
        (
            required_one_never_starts,
            "initiatives.csv:2: LED can never start: it may from 2031, plans start in 2027–2030",
        ),
        (
            large_share_of_few_units,
            "effects.csv:6: SMALL would remove 1.2 of el in the units it acts on, since they have less of it than its "
            "share of the region; it counts as 1",
        ),
        (no_round_open, "region.toml: no round is open or later between 2027 and 2030: a plan starts nothing"),
        (
            lambda region: region.set("running", 2, "start", "2024"),
            "running.csv:2: AGENT in A starts in 2024, outside round R0 (2025–2026) in which it was agreed",
        ),
        (
            lambda region: region.add("budgets", year="2060"),
            "budgets.csv:4: rows for 2060 bind nothing: the period is 2027–2036",
        ),
        (
            lambda region: region.drop("staff", 2),
            "skills.csv:2: the capacity of engineer binds nothing: no initiative needs it",
        ),
        (
            lambda region: region.drop("staff_capacity", 2),
            "skills.csv:2: engineer is needed and has no capacity row: it counts as unlimited",
        ),
        (
            lambda region: region.add("start_limits", round="R0"),
            "start_limits.csv:3: the limit binds nothing: nothing can start in round R0",
        ),
        (
            lambda region: region.add("outlay_shares", unit="B", max_share="0,1"),
            "outlay_shares.csv:2: the largest shares of all units sum to 0.85: no plan with any outlay keeps them",
        ),
        (
            lambda region: region.set("delivery_risk", 2, "partial", "0"),
            "delivery_risk.csv:2: partial_uptake changes nothing: the probability partial is 0, so that no start is taken "
            "up in part",
        ),
        (lambda region: region.add("units", unit="C"), "units.csv:4: unit C has no row in sources"),
        (
            lambda region: region.add("categories", category="gas"),
            "categories.csv:4: category gas has no co2e in sources",
        ),
        (
            target_off_under_risk,
            "targets.csv:2: T67 asks for confidence and is switched off: no plan heeds it; switch it on (active = yes)",
        ),
        (
            lambda region: region.set("units", 2, "name_da", "LÃ¦gehus"),
            "units.csv:2: 'LÃ¦gehus' looks garbled: save the file as UTF-8 once, from the original",
        ),
    ],
)
def test_what_is_legal_but_odd_is_said(spoil: Callable[[Folder], object], text: str, tmp_path: Path) -> None:
    assert text in spoiled(tmp_path / "region", spoil)
