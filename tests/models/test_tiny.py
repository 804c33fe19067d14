"""The tiny region: invented, and using every table that people fill in."""

from __future__ import annotations

import math
from enum import StrEnum

import pytest

from rmscenario.region import ROW_TYPES, Region, boundary_sources
from rmscenario.region.vocabulary import (
    Basis,
    Delivery,
    Distribution,
    MoneyKind,
    PriceKind,
    RoundStatus,
    Sourced,
    StaffPhase,
    TargetForm,
    UncertainKind,
)

from .by_hand import tonnes


def test_every_table_has_rows_but_those_that_agreements_write(tiny: Region) -> None:
    assert [kind.table for kind in ROW_TYPES if not tiny.table(kind.table)] == ["commitments", "outlook"]


def test_it_is_small_and_says_that_it_is_invented(tiny: Region) -> None:
    assert (len(tiny.units), len(tiny.tracks), len(tiny.categories), len(tiny.initiatives)) == (3, 4, 6, 8)
    assert "invented" in tiny.settings.name_en
    assert "opdigtet" in tiny.settings.name_da
    assert not tiny.settings.confirmed
    assert {row.reference for kind in ROW_TYPES if issubclass(kind, Sourced) for row in tiny.table(kind.table)} == {
        "A-invented"
    }


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("initiatives", "delivery", Delivery),
        ("effects", "basis", Basis),
        ("targets", "form", TargetForm),
        ("money", "kind", MoneyKind),
        ("prices", "kind", PriceKind),
        ("staff", "phase", StaffPhase),
        ("uncertainty", "kind", UncertainKind),
        ("uncertainty", "distribution", Distribution),
        ("rounds", "status", RoundStatus),
    ],
)
def test_every_word_of_a_closed_vocabulary_is_used(tiny: Region, table: str, column: str, words: type[StrEnum]) -> None:
    assert {getattr(row, column) for row in tiny.table(table)} == set(words)


def test_the_special_cases_are_there(tiny: Region) -> None:
    assert [row.initiative for row in tiny.initiatives if not row.renew] == ["S1"]
    assert [row.initiative for row in tiny.initiatives if row.half_life] == ["C1"]
    assert {row.hard for row in tiny.targets} == {row.active for row in tiny.targets} == {True, False}
    assert {row.year_since_start is None for row in tiny.money} == {True, False}
    assert {row.acts_on for row in tiny.delivery if row.initiative == "T2"} == {"DEP"}
    assert not {row.enabler for row in tiny.enablers} & {row.initiative for row in tiny.running}
    assert [(row.initiative, row.partial_uptake) for row in tiny.delivery_risk if row.partial] == [("T2", 0.5)]


def test_the_footprint_is_10_000_t_and_the_background_takes_it_to_8_700(tiny: Region) -> None:
    assert math.fsum(row.value for row in tiny.sources if row.quantity == "co2e") == 10_000
    # 1000·0.5 + 1500·0.9 + 1000·0.9 + 5000·0.9 + 1000·0.95 + 500·1
    assert math.fsum(tonnes(tiny, 2030, initiatives=()).values()) == pytest.approx(8_700)


def test_the_hard_target_can_be_kept(tiny: Region) -> None:
    (target,) = [row for row in tiny.targets if row.hard]
    inside = boundary_sources(tiny, target.boundary)
    base = math.fsum(row.value for row in tiny.sources if row.quantity == "co2e" and (row.unit, row.category) in inside)
    # background of power, heat and driving, less half of the hospital's heat by district heating
    left = 1000 * 0.5 + 1500 * 0.9 + 1000 * 0.9 - 0.5 * 900 * 0.9
    assert left <= base * (1 - (target.reduction or 0.0))
