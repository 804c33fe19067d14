"""What commitments may say, what may replace them, and which of them contradict each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rmscenario.errors import InputError
from rmscenario.region import ROW_TYPES, Region
from rmscenario.region.commitments import effective, locks, refusals
from rmscenario.tables import Notation, freeze, load, write_region
from rmscenario.tables.loaded import Loaded, LoadedRow
from tests.regions import region
from tests.tables.folder import folder


def small(*commitments: Any, **tables: Any) -> Region:
    """Two units and four initiatives: PV needs LED a year before, HEAT and GAS exclude each other, AD is group-wide."""
    given: dict[str, Any] = {
        "initiatives": [("LED",), ("PV",), ("HEAT",), ("GAS",), ("AD", "group")],
        "levels": [("PV", 0.5), ("PV", 1.0)],
        "prerequisites": [("PV", "LED", 1)],
        "exclusions": [("HEAT", "GAS")],
        "targets": [("T", 100.0)],
        "commitments": commitments,
    }
    return region(**(given | tables))


def faults(model: Region) -> list[str]:
    rows = {
        row_type.table: tuple(
            LoadedRow(row=row, file=f"{row_type.table}.csv", line=line)
            for line, row in enumerate(model.table(row_type.table), start=2)
        )
        for row_type in ROW_TYPES
    }
    try:
        freeze(Loaded(settings=model.settings, rows=rows))
    except InputError as error:
        return [str(fault) for fault in error.faults]
    return []


def amended(of: tuple[Any, ...], **values: Any) -> dict[str, Any]:
    """A row in the place of another."""
    initiative, unit, start, level, status = of
    row = {"initiative": initiative, "unit": unit, "start": start, "level": level, "status": status}
    return row | {"commitment": "NEW", "replaces": f"{initiative}-{unit}", "dated": "2027-06-01"} | values


def test_commitments_that_fit_together_are_no_fault() -> None:
    model = small(
        ("LED", "A", 2027, 1.0, "signed"),
        ("PV", "A", 2028, 0.5, "accepted"),
        ("HEAT", "A", 2029, 1.0, "proposed"),
        ("GAS", "A", 2029, 1.0, "signed"),
        {"initiative": "PV", "unit": "B", "status": "refused"},
    )
    assert faults(model) == []
    assert {option: (row.start, row.level) for option, row in locks(model.commitments, model.rounds).items()} == {
        ("LED", "A"): (2027, 1.0),
        ("PV", "A"): (2028, 0.5),
        ("GAS", "A"): (2029, 1.0),
    }
    assert refusals(model.commitments, model.rounds) == {("PV", "B"): {2027, 2028}}


def test_a_replaced_commitment_no_longer_counts() -> None:
    first = ("LED", "A", 2027, 1.0, "signed")
    model = small(first, amended(first, start=2028))
    assert faults(model) == []
    assert [row.commitment for row in effective(model.commitments)] == ["NEW"]
    assert locks(model.commitments, model.rounds)["LED", "A"].start == 2028
    dropped = small(first, amended(first, start=None, level=None, status="refused"))
    assert faults(dropped) == []
    assert (dropped.locks, dropped.refusals) == ({}, {("LED", "A"): {2027, 2028}})


def test_what_was_agreed_in_a_round_that_is_over_binds_nothing() -> None:
    rounds = [("R1", 2027, 2028, "closed"), ("R2", 2029, 2030, "open")]
    model = small(("LED", "A", 2027, 1.0, "signed"), rounds=rounds, running=[("LED", "A", 2028, 1.0)])
    assert (model.locks, model.refusals) == ({}, {})


LED = ("LED", "A", 2027, 1.0, "signed")
CASES: dict[str, tuple[list[Any], str]] = {
    "a start outside its round": (
        [{"initiative": "LED", "unit": "A", "start": 2029, "round": "R1"}],
        "commitments.csv:2: start: found '2029', expected a year of round 'R1' in which 'LED' may start: 2027–2028; "
        "correct the year or the round, or the initiative's earliest and latest",
    ),
    "a level that the initiative has not": (
        [("PV", "A", 2029, 0.7, "proposed")],
        "commitments.csv:2: level: found '0.7', expected a level of 'PV': 0.5, 1; correct the level, or add it to levels",
    ),
    "a unit that cannot": (
        [("AD", "B", 2027, 1.0, "signed")],
        "commitments.csv:2: unit: found 'B', expected a unit that carries 'AD' out: A; correct the unit, or add a row to "
        "delivery",
    ),
    "two rows that count": (
        [LED, {"commitment": "C2", "initiative": "LED", "unit": "A", "start": 2028}],
        "commitments.csv:3: commitment: found 'C2' (LED in A, from 2028) beside 'LED-A' (LED in A, from 2027), expected one "
        "commitment that counts for an option; remove one, or say in replaces which of them it replaces",
    ),
    "two starts in two rounds": (
        [LED, {"commitment": "C2", "initiative": "LED", "unit": "A", "start": 2029}],
        "commitments.csv:3: commitment: found 'C2' (LED in A, from 2029) beside 'LED-A' (LED in A, from 2027), expected one "
        "commitment that counts for an option; remove one, or say in replaces which of them it replaces",
    ),
    "another option in its place": (
        [LED, amended(LED, unit="B")],
        "commitments.csv:3: replaces: found 'LED-A' (LED in A, from 2027), another option, expected a commitment of LED in "
        "B; refuse the one by a row of its own, and commit to the other in another row",
    ),
    "an amendment of an earlier date": (
        [LED, amended(LED, dated="2026-11-01")],
        "commitments.csv:3: dated: found '2026-11-01', expected 2026-12-01 or later, the date of what it replaces; correct "
        "one of the dates",
    ),
    "two rows in the place of one": (
        [LED, amended(LED), amended(LED, commitment="NEWER")],
        "commitments.csv:4: replaces: found 'LED-A', which 'NEW' replaces already, expected each commitment replaced once; "
        "replace 'NEW' instead",
    ),
    "rows in a circle": (
        [LED[:3] and amended(LED, commitment="LED-A", replaces="NEW"), amended(LED)],
        "commitments.csv:2: replaces: found commitments that replace each other in a circle, expected a row that replaces "
        "an earlier one; clear replaces in the original",
    ),
    "two that exclude each other": (
        [("HEAT", "A", 2027, 1.0, "signed"), ("GAS", "A", 2028, 1.0, "accepted")],
        "commitments.csv:3: initiative: found 'GAS-A' (GAS in A, from 2028) beside 'HEAT-A' (HEAT in A, from 2027), expected "
        "one of the two, which row 2 of exclusions.csv lets exclude each other; amend one of the commitments",
    ),
    "what it needs comes too late": (
        [("PV", "A", 2028, 1.0, "signed"), ("LED", "A", 2028, 1.0, "signed")],
        "commitments.csv:2: start: found 'PV-A' (PV in A, from 2028) beside 'LED-A' (LED in A, from 2028), expected 'LED' "
        "started by 2027, as row 2 of prerequisites.csv asks; amend one of the commitments",
    ),
    "what it needs is refused": (
        [("PV", "A", 2028, 1.0, "signed"), {"initiative": "LED", "unit": "A", "status": "refused"}],
        "commitments.csv:2: start: found 'PV-A' (PV in A, from 2028) beside 'LED-A' (LED in A, refused), expected 'LED' "
        "started by 2027, as row 2 of prerequisites.csv asks; amend one of the commitments",
    ),
    "no year in which what it needs could start": (
        [("PV", "A", 2027, 1.0, "signed")],
        "commitments.csv:2: start: found 'PV-A' (PV in A, from 2027), expected 'LED' started by 2026, as row 2 of "
        "prerequisites.csv asks; start it later, or commit to what it needs",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_commitment_that_cannot_hold_is_a_fault_that_names_what_it_contradicts(case: str) -> None:
    commitments, text = CASES[case]
    assert text in faults(small(*commitments))


def test_a_commitment_to_what_runs_already_is_a_fault() -> None:
    text = (
        "commitments.csv:2: initiative: found 'LED-A' (LED in A, from 2027), which runs already, expected an initiative "
        "that does not run in the unit; remove the commitment, or the row of running"
    )
    rounds = [("R0", 2025, 2026, "running"), ("R1", 2027, 2028, "open"), ("R2", 2029, 2030, "later")]
    assert text in faults(small(LED, running=[("LED", "A", 2026, 1.0)], rounds=rounds))


def test_a_duty_that_its_unit_refused_in_all_its_years_names_the_refusal() -> None:
    found = faults(
        small({"initiative": "LED", "unit": "A", "status": "refused"}, duties=[("LED", "A", 2028)]),
    )
    assert found == [
        "duties.csv:2: latest: found '2028', expected a year by which it can start; its possible starts are 2029–2030 after "
        "LED-A in commitments; move the year, open a round, or correct earliest and latest of the initiative"
    ]


@pytest.mark.parametrize("notation", Notation)
def test_commitments_are_read_back_as_they_were_written(notation: Notation, tmp_path: Any) -> None:
    model = small(LED, amended(LED, start=2028), {"initiative": "PV", "unit": "B", "status": "refused"})
    write_region(tmp_path / "region", model, notation=notation)
    assert load(tmp_path / "region") == model


def test_a_date_is_read_as_danish_excel_writes_it_the_day_first(tmp_path: Any) -> None:
    written = folder(tmp_path / "region")
    written.set("commitments", 2, "dated", "02-11-2026")
    assert load(tmp_path / "region").commitments[0].dated == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("1.12.2026", "write it as 2027-01-31 or 31-01-2027"),
        ("12/31/2026", "write it as 2027-01-31 or 31-01-2027"),
        ("31-12-26", "write it as 2027-01-31 or 31-01-2027"),
        ("2026-13-01", "correct the day or month"),
        ("12-31-2026", "correct the day or month"),
        ("29-02-2027", "correct the day or month"),
        ("01-01-0000", "correct the day or month"),
    ],
)
def test_a_date_in_another_order_is_a_fault(text: str, remedy: str, tmp_path: Any) -> None:
    spoiled = folder(tmp_path / "region")
    spoiled.set("commitments", 2, "dated", text)
    expected = f"commitments.csv:2: dated: found '{text}', expected a date as YYYY-MM-DD or DD-MM-YYYY; {remedy}"
    assert [str(fault) for fault in spoiled.faults()] == [expected]


def test_an_agreed_start_without_a_year_is_a_fault(tmp_path: Any) -> None:
    spoiled = folder(tmp_path / "region")
    spoiled.set("commitments", 2, "start", "")
    assert [str(fault) for fault in spoiled.faults()] == [
        "commitments.csv:2: start: found a blank cell, expected a value, since the commitment is proposed; fill it in"
    ]
