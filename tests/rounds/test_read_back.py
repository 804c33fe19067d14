"""Dossiers that come back: what units answered is listed, recorded, and planned with; nothing else is taken."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from rmscenario import tables
from rmscenario.errors import InputError
from rmscenario.planning.planner import plan_region
from rmscenario.region.vocabulary import CommitmentStatus
from rmscenario.reporting.language import Lang
from rmscenario.rounds.asked import SENT
from rmscenario.rounds.filled_in import read_filled_in
from rmscenario.rounds.recording import write_overlay
from rmscenario.rounds.rows import UnitAnswer
from rmscenario.rounds.signing import sign_round
from rmscenario.rounds.store import read_round
from rmscenario.scenario import load
from rmscenario.tables.loaded import Origin
from tests.rounds.dossiers import fill, propose_run, proposed, read, run_of, sent
from tests.rounds.rounds import NAME, SIGNED, files, planned

LED, PUMP, HOME = f"{NAME}.P1.HUS", f"{NAME}.P2.HUS", f"{NAME}.P2.HJEM"


def locks(model: Path) -> dict[tuple[str, str], tuple[float | None, int | None]]:
    return {option: (row.level, row.start) for option, row in tables.load(model).locks.items()}


def placed(*paths: Path) -> dict[str, Origin]:
    """Where the line of each commitment stands in some workbooks."""
    books = [book for path in paths if (book := read_filled_in(path, [])) is not None]
    return {commitment: book.origin(commitment) for book in books for commitment in book.places}


@pytest.fixture
def round_(tmp_path: Path) -> tuple[Path, Any, Path]:
    return proposed(tmp_path, planned())


def faults(model: Path, *paths: Path) -> list[str]:
    before = read_round(model, NAME)
    with pytest.raises(InputError) as caught:
        read(model, *paths)
    assert read_round(model, NAME) == before
    return [str(fault) for fault in caught.value.faults]


def test_read_back_unchanged_nothing_changes_and_signed_the_plan_is_the_same(round_: tuple[Path, Any, Path]) -> None:
    model, run, folder = round_
    before = files(model)
    said, new = read(model, *sorted(folder.glob("*.xlsx")))
    assert not new
    assert said.changes == ()
    assert len(said.unanswered) == len(read_round(model, NAME).commitments)
    assert files(model) == before
    sign_round(model, NAME, dated=SIGNED)
    starts = {(s.initiative, s.unit): (s.level, s.start) for s in run.plan.starts if s.start in (2027, 2028)}
    assert locks(model) == starts
    assert plan_region(tables.load(model)).plan.starts == run.plan.starts


def test_all_accepted_gives_the_same_locks_and_sent_again_it_comes_back_unchanged(
    round_: tuple[Path, Any, Path], tmp_path: Path
) -> None:
    model, run, folder = round_
    rows = read_round(model, NAME).commitments
    for path in folder.glob("*.xlsx"):
        fill(path, {row.commitment: {"answer": "Accepteret"} for row in rows if row.unit == path.stem})
    said, new = read(model, *sorted(folder.glob("*.xlsx")))
    assert new
    assert {(change.commitment, change.field, change.new) for change in said.changes} == {
        (row.commitment, "status", "accepted") for row in rows
    }
    starts = {(s.initiative, s.unit): (s.level, s.start) for s in run.plan.starts if s.start in (2027, 2028)}
    assert locks(model) == starts
    for lang in Lang:
        again = sent(model, run, tmp_path / lang.value, lang)
        said, new = read(model, *sorted(again.glob("*.xlsx")))
        assert (said.changes, said.unanswered, new) == ((), (), False)
    sign_round(model, NAME, dated=SIGNED)
    assert locks(model) == starts


def test_what_units_change_and_refuse_is_listed_and_planned_with_and_needs_a_new_proposal(
    round_: tuple[Path, Any, Path], tmp_path: Path
) -> None:
    model, run, folder = round_
    led = next(row for row in read_round(model, NAME).commitments if row.commitment == LED)
    assert (led.start, led.level) == (2027, 1.0)
    hus = fill(
        folder / "HUS.xlsx",
        {
            LED: {"answer": "ændret", "start": " 2028", "level": 0.5, "comment": "=1+1"},  # the year as text
            PUMP: {"answer": "refused", "comment": "Taget skal skiftes først"},
            f"{NAME}.C1.HUS": {"comment": "Hvem betaler?"},
        },
    )
    hjem = fill(folder / "HJEM.xlsx", {HOME: {"answer": "accepted"}})
    said, new = read(model, hus, hjem)
    assert new
    assert [(c.unit, c.commitment, c.field, c.old, c.new) for c in said.changes] == [
        ("HUS", LED, "status", "proposed", "accepted"),
        ("HUS", LED, "start", "2027", "2028"),
        ("HUS", LED, "level", "1", "0.5"),
        ("HUS", LED, "comment", "", "=1+1"),
        ("HUS", PUMP, "status", "proposed", "refused"),
        ("HUS", PUMP, "comment", "", "Taget skal skiftes først"),
        ("HJEM", HOME, "status", "proposed", "accepted"),
        ("HUS", f"{NAME}.C1.HUS", "comment", "", "Hvem betaler?"),
    ]
    assert read(model, hus, hjem)[1] is False
    with pytest.raises(InputError, match="figures of another start or level than its unit accepted"):
        sign_round(model, NAME, dated=SIGNED)
    with pytest.raises(InputError, match="a plan made without the answer of 'HUS' to"):
        propose_run(model, run)
    overlay = tmp_path / "scenarios" / "answers.toml"
    write_overlay(model, NAME, overlay)
    recorded, laid_over = tables.load(model), load([overlay]).region
    assert laid_over.locks == recorded.locks
    assert laid_over.refusals == recorded.refusals
    again = run_of(model, tmp_path / "runs", None, overlay)
    plan = {(start.initiative, start.unit): (start.level, start.start) for start in again.plan.starts}
    assert plan["P1", "HUS"] == (0.5, 2028)
    assert plan["P2", "HJEM"] == locks(model)["P2", "HJEM"]
    assert plan.get(("P2", "HUS"), (None, None))[1] not in (2027, 2028)
    assert propose_run(model, again)
    found = read_round(model, NAME)
    statuses = {row.commitment: row.status for row in found.commitments}
    assert statuses[LED] is CommitmentStatus.ACCEPTED
    assert statuses[PUMP] is CommitmentStatus.REFUSED
    assert {row.comment for row in found.of(UnitAnswer)} >= {"=1+1", "Hvem betaler?"}
    assert sign_round(model, NAME, dated=SIGNED)
    assert plan_region(tables.load(model)).plan.starts == again.plan.starts


def test_the_scenario_of_answers_holds_all_that_the_round_holds_whatever_was_read_last(
    round_: tuple[Path, Any, Path], tmp_path: Path
) -> None:
    model, _, folder = round_
    blank = folder / "blank.xlsx"
    shutil.copy(folder / "HUS.xlsx", blank)
    overlay = tmp_path / "scenarios" / "answers.toml"
    read(model, fill(folder / "HUS.xlsx", {PUMP: {"answer": "afvist", "comment": "Taget skal skiftes først"}}))
    write_overlay(model, NAME, overlay)
    first = overlay.read_text("utf-8")
    assert "Taget skal skiftes først" in first
    for again in (blank, folder / "HJEM.xlsx"):
        read(model, again)
        write_overlay(model, NAME, overlay)
        assert overlay.read_text("utf-8") == first
    read(model, fill(folder / "HJEM.xlsx", {HOME: {"answer": "accepteret"}}))
    write_overlay(model, NAME, overlay)
    region = load([overlay]).region
    assert (PUMP in overlay.read_text("utf-8"), ("P2", "HJEM") in region.locks) == (True, True)


def test_a_unit_can_change_its_mind_as_long_as_nothing_is_signed(round_: tuple[Path, Any, Path]) -> None:
    model, _, folder = round_
    before = locks(model)
    read(model, fill(folder / "HUS.xlsx", {PUMP: {"answer": "afvist"}}))
    said, _ = read(model, fill(folder / "HUS.xlsx", {PUMP: {"answer": "ændret", "start": 2028}}))
    assert [(c.field, c.old, c.new) for c in said.changes] == [
        ("status", "refused", "accepted"),
        ("start", "2027", "2028"),
    ]
    said, _ = read(model, fill(folder / "HUS.xlsx", {PUMP: {"answer": "accepteret", "start": None}}))
    assert [(c.field, c.old, c.new) for c in said.changes] == [("start", "2028", "2027")]
    assert locks(model) == {**before, ("P2", "HUS"): (1.0, 2027)}
    sign_round(model, NAME, dated=SIGNED)


def test_answers_that_contradict_themselves_are_told_all_at_once(round_: tuple[Path, Any, Path]) -> None:
    model, _, folder = round_
    path = fill(
        folder / "HUS.xlsx",
        {
            LED: {"answer": "accepteret", "start": 2028},
            PUMP: {"answer": "måske"},
            f"{NAME}.C1.HUS": {"answer": "ændret"},
        },
    )
    told = [fault.split(": ")[-1] for fault in faults(model, path)]
    assert sorted(told) == [
        "found 'måske', expected accepteret (accepted), ændret (changed), afvist (refused); choose from the list",
        "found 2028, where the answer is accepteret, expected a blank cell, or the answer ændret (changed); say which "
        "of the two holds",
        "found ændret (changed), and nothing that is changed, expected another start or level than was proposed; fill "
        "in the new value, or accept",
    ]


def test_values_that_cannot_be_are_told_with_those_that_can(round_: tuple[Path, Any, Path]) -> None:
    model, _, folder = round_
    path = fill(
        folder / "HUS.xlsx",
        {
            LED: {"answer": "ændret", "start": 2031, "level": "50 %", "comment": "x" * 1001},
            PUMP: {"comment": "vendt \u202e om"},
        },
    )
    told = " ".join(faults(model, path))
    assert "found '2031', expected one of 2027, 2028" in told
    assert "found '50 %', expected one of 0.5, 1" in told
    assert "found 1001 characters, expected at most 1000" in told
    assert "column J (comment): found 'vendt \\u202e om', expected text without control characters" in told


def test_a_locked_cell_that_was_changed_by_force_is_told_and_nothing_is_taken(round_: tuple[Path, Any, Path]) -> None:
    model, _, folder = round_

    def force(book: Any) -> None:
        sheet = book["Svar"]
        row = next(cell.row for cell in sheet["C"] if cell.value == 2027)
        sheet.cell(row, 3).value = 2028
        sheet.cell(row, 20).value = "her?"
        book["Penge"]["B20"] = 17
        book.create_sheet("Noter")["A1"] = "se her"

    told = faults(model, fill(folder / "HUS.xlsx", {PUMP: {"answer": "afvist"}}, force))
    assert len(told) == 4
    assert any("column C: found '2028', expected '2027', as it was sent: the cell is locked" in fault for fault in told)
    assert any("column T: found 'her?', expected a blank cell" in fault for fault in told)
    assert any("Penge:20: column B: found '17'" in fault for fault in told)
    assert any("HUS.xlsx:Noter: found a sheet that was not in the dossier" in fault for fault in told)


def test_workbooks_of_another_proposal_round_or_kind_are_refused(
    round_: tuple[Path, Any, Path], tmp_path: Path
) -> None:
    model, run, folder = round_
    hus, hjem = folder / "HUS.xlsx", folder / "HJEM.xlsx"

    def other(book: Any) -> None:
        next(row for row in book[SENT].iter_rows() if row[1].value == "round")[4].value = "2029-2030"

    fill(hjem, {}, other)
    (tmp_path / "plain").mkdir()
    plain = fill(sent(model, run, tmp_path / "plain") / "DEP.xlsx", {}, lambda book: book.remove(book[SENT]))
    assert [fault.split(", expected")[0] for fault in faults(model, hus, hus, hjem, plain)] == [
        "HUS.xlsx: found a second workbook of 'HUS', beside HUS.xlsx",
        "HJEM.xlsx: found round '2029-2030'",
        "DEP.xlsx: found a workbook that does not say of which round and unit it is, or not of all it asks",
    ]
    fewer = run_of(model, tmp_path / "other", type(run.plan)(starts=run.plan.starts[:-1]))
    propose_run(model, fewer)
    assert faults(model, hus)[0].startswith(
        "HUS.xlsx: found another proposal of the round, expected the one that stands"
    )


def test_a_signed_round_takes_no_answers(round_: tuple[Path, Any, Path]) -> None:
    model, _, folder = round_
    sign_round(model, NAME, dated=SIGNED)
    assert "found a round that is signed, expected one that is proposed" in faults(model, folder / "HUS.xlsx")[0]


def test_merged_cells_and_formulas_without_a_value_are_told_by_cell(round_: tuple[Path, Any, Path]) -> None:
    model, _, folder = round_

    def force(book: Any) -> None:
        book["Svar"]["J15"] = "=A1"
        book["Penge"].merge_cells("B8:C8")

    told = faults(model, fill(folder / "HUS.xlsx", {}, force))
    assert [fault.split(", expected")[0] for fault in told] == [
        "HUS.xlsx:Svar:15: column J: found a formula without a computed value",
        "HUS.xlsx:Penge:8: column B: found merged cells",
    ]


def test_all_faults_of_all_workbooks_and_of_the_region_are_told_at_once_at_their_cells(
    round_: tuple[Path, Any, Path],
) -> None:
    model, _, folder = round_  # P1 in HUS is a duty by 2028

    def force(book: Any) -> None:
        book["Penge"].merge_cells("B8:C8")
        book["Penge"]["B20"] = 17

    before = files(model)
    hus = fill(
        folder / "HUS.xlsx",
        {
            LED: {"answer": "afvist"},
            PUMP: {"answer": "accepteret", "start": 2028},
            f"{NAME}.C1.HUS": {"answer": "ændret", "start": "2029"},
        },
        force,
    )
    hjem = fill(folder / "HJEM.xlsx", {HOME: {"answer": "måske"}, f"{NAME}.C1.HJEM": {"answer": "refused"}})
    told = [fault.split(", expected")[0] for fault in faults(model, hus, hjem)]
    row = {commitment: place.line for commitment, place in placed(hus, hjem).items()}
    assert told == [
        "HUS.xlsx:Penge:8: column B: found merged cells",
        "HUS.xlsx:Penge:20: column B: found '17'",
        f"HUS.xlsx:Svar:{row[LED]}: column G (answer): found afvist (refused) of what is decided: duties has P1 started by "
        "2028",
        f"HUS.xlsx:Svar:{row[PUMP]}: column H (start): found 2028, where the answer is accepteret",
        f"HUS.xlsx:Svar:{row[f'{NAME}.C1.HUS']}: column H (start): found '2029'",
        f"HJEM.xlsx:Svar:{row[HOME]}: column G (answer): found 'måske'",
    ]
    assert files(model) == before


def test_answers_that_the_region_cannot_hold_are_told_at_their_lines_beside_faults_of_other_workbooks(
    round_: tuple[Path, Any, Path],
) -> None:
    model, _, folder = round_
    with (model / "prerequisites.csv").open("a", encoding="utf-8") as file:
        file.write("C1,P1,0,same_unit,Invented\n")
    reusables = f"{NAME}.C1.HUS"
    hus = fill(folder / "HUS.xlsx", {LED: {"answer": "ændret", "start": 2028}, reusables: {"answer": "accepteret"}})
    hjem = fill(folder / "HJEM.xlsx", {HOME: {"answer": "måske"}})
    row = {commitment: place.line for commitment, place in placed(hus, hjem).items()}
    at_fault = (
        f"HUS.xlsx:Svar:{row[reusables]}: start: found '{reusables}' (C1 in HUS, from 2027) beside '{LED}' (P1 in HUS, "
        "from 2028), expected 'P1' started by 2027, as row 3 of prerequisites.csv asks; amend one of the commitments"
    )
    assert faults(model, hus)[0] == at_fault
    told = faults(model, hjem, hus)
    assert told[0].startswith(f"HJEM.xlsx:Svar:{row[HOME]}: column G (answer): found 'måske'")
    assert told[1] == at_fault
    assert told[2].endswith("correct them and give the command again; the round is proposed, as before")


@pytest.mark.parametrize("moves", ["delete_rows", "insert_rows"])
def test_rows_that_were_moved_are_told_once_and_no_answer_is_read_of_their_sheet(
    round_: tuple[Path, Any, Path], moves: str
) -> None:
    model, _, folder = round_
    path = folder / "HUS.xlsx"
    row = min(place.line or 0 for place in placed(path).values())

    def force(book: Any) -> None:
        getattr(book["Svar"], moves)(row)
        book["Penge"]["B20"] = 17

    told = faults(model, fill(path, {PUMP: {"answer": "måske"}}, force))
    at = row if moves == "delete_rows" else row + 1
    assert told == [
        f"HUS.xlsx:Svar:{at}: found another row than was sent here, expected the rows in the order in which they were sent, "
        "none more and none less; undo what inserted, removed or sorted them, or answer in a fresh workbook of the unit",
        "HUS.xlsx:Penge:20: column B: found '17', expected a blank cell; clear it; a remark goes into the column for comments",
    ]


def test_a_sheet_that_was_renamed_is_told_by_both_its_names_and_not_cell_by_cell(
    round_: tuple[Path, Any, Path],
) -> None:
    model, _, folder = round_

    def force(book: Any) -> None:
        book["Penge"].title = "Kroner"

    told = faults(model, fill(folder / "HUS.xlsx", {PUMP: {"answer": "accepteret"}}, force))
    assert [fault.split(", expected")[0] for fault in told] == [
        "HUS.xlsx:Kroner: found a sheet that was not in the dossier",
        "HUS.xlsx: found no sheet 'Penge'",
    ]
