"""Money, staff, duties and sources of the reference region."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from rmscenario.money import build_money
from rmscenario.options import build_options
from rmscenario.region import ROW_TYPES, Region
from rmscenario.region.vocabulary import Grade, MoneyKind, RunningStatus, Sourced

from .conftest import MODELS

PLAN_YEARS = range(2027, 2031)


def at_once(region: Region, what: str) -> np.ndarray:
    """What every option would take, started as early as it can, in the first plan years: array (…, plan year)."""
    table = build_options(region)
    first = [
        int(table.first_state[number])
        for number, option in enumerate(table.options)
        if option.running is None and len(table.state_range(number))
    ]
    assert all(table.states[state].level == 1 for state in first)
    amounts: np.ndarray = getattr(build_money(region, table), what)
    return amounts[..., first, : len(PLAN_YEARS)].sum(axis=-2)


@pytest.mark.parametrize(("kind", "what"), [(MoneyKind.CAPEX, "capex_outlay"), (MoneyKind.OPEX, "opex")])
def test_the_frame_for_money_is_between_a_third_and_all_of_what_everything_at_once_takes(
    midtjylland: Region, kind: MoneyKind, what: str
) -> None:
    frame = {row.year: row.amount for row in midtjylland.budgets if row.kind is kind and row.unit is None}
    assert set(frame) == set(PLAN_YEARS)
    wanted = at_once(midtjylland, what)
    ratio = np.array([frame[year] for year in PLAN_YEARS]) / wanted
    assert ratio.min() > 1 / 3
    assert ratio.max() < 1


def test_some_skills_bind_and_others_do_not(midtjylland: Region) -> None:
    there = {(row.skill, row.year): row.fte for row in midtjylland.staff_capacity}
    needed = at_once(midtjylland, "staff")
    short = {
        skill.skill
        for number, skill in enumerate(midtjylland.skills)
        if any(needed[number, k] > there[skill.skill, year] for k, year in enumerate(PLAN_YEARS))
    }
    assert {"projekt", "energi"} <= short
    assert short != {skill.skill for skill in midtjylland.skills}


def test_every_unit_has_a_frame_of_its_own_that_the_region_exceeds(midtjylland: Region) -> None:
    for year in PLAN_YEARS:
        frames = {
            row.unit: row.amount for row in midtjylland.budgets if (row.kind, row.year) == (MoneyKind.CAPEX, year)
        }
        assert set(frames) == {None, *(row.unit for row in midtjylland.units)}
        assert sum(amount for unit, amount in frames.items() if unit) > frames[None]
        assert all(amount < frames[None] for unit, amount in frames.items() if unit)


def test_every_unit_can_start_something_new_on_every_track(midtjylland: Region) -> None:
    table = build_options(midtjylland)
    open_tracks = defaultdict(set)
    for number, option in enumerate(table.options):
        if option.running is None and not option.group_wide and len(table.state_range(number)):
            open_tracks[option.unit].add(option.initiative.track)
    tracks = {row.track for row in midtjylland.tracks}
    assert {row.track for row in midtjylland.minimum_starts} == tracks
    assert {unit.unit: open_tracks[unit.unit] for unit in midtjylland.units} == {
        unit.unit: tracks for unit in midtjylland.units
    }


def test_waste_water_treatment_is_a_duty_before_2030(midtjylland: Region) -> None:
    assert {(row.initiative, row.unit) for row in midtjylland.duties} == {("C36", u) for u in ("AUH", "HEM", "GOD")}
    assert all(row.latest < 2030 for row in midtjylland.duties)


def test_what_runs_is_delivered_and_never_called_signed(midtjylland: Region) -> None:
    delivered = {(row.initiative, row.unit) for row in midtjylland.delivery}
    starts = {row.round: (row.first_year, row.last_year) for row in midtjylland.rounds}
    for row in midtjylland.running:
        assert (row.initiative, row.unit) in delivered
        assert row.status is RunningStatus.ASSUMED
        assert starts[row.round][0] <= row.start <= starts[row.round][1] < midtjylland.settings.first_year


def test_the_region_has_confirmed_nothing(midtjylland: Region) -> None:
    assert midtjylland.settings.confirmed is False
    grades = {row.grade for kind in ROW_TYPES if issubclass(kind, Sourced) for row in midtjylland.table(kind.table)}
    assert Grade.MEASURED not in grades


def test_every_reference_is_used_and_says_where_it_is_from_or_why_it_is_assumed(midtjylland: Region) -> None:
    sourced = [row for kind in ROW_TYPES if issubclass(kind, Sourced) for row in midtjylland.table(kind.table)]
    used = {row.reference for row in sourced} | {step.reference for step in midtjylland.settings.discount}
    assert used == {row.reference for row in midtjylland.references}
    for row in midtjylland.references:
        published = row.reference.startswith("S")
        assert (row.url.startswith("http") and row.accessed) if published else row.note


def test_nothing_that_rests_on_an_assumption_or_a_derivation_is_called_published(midtjylland: Region) -> None:
    for kind in ROW_TYPES:
        if issubclass(kind, Sourced):
            for row in midtjylland.table(kind.table):
                if row.reference.startswith("A-") and kind.table != "targets":
                    assert row.grade is Grade.ASSUMPTION, row
                if row.reference.startswith("D-"):
                    assert row.grade in (Grade.DERIVED, Grade.ASSUMPTION), row


@pytest.mark.parametrize("path", sorted((MODELS / "midtjylland").glob("*.csv")), ids=lambda path: path.stem)
def test_the_tables_are_written_as_danish_excel_writes_them(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert {len(line) for line in lines} == {len(lines[0])}
    columns = {"value", "low", "mode", "high", "amount", "fte", "weight", "factor", "weak", "strong", "price"}
    numbers = [line[k] for k, name in enumerate(lines[0]) if name in columns for line in lines[1:]]
    assert not any("." in number for number in numbers)
