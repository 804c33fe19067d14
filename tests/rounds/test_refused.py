"""What a round refuses: files changed by hand, commands before their time, proposals and amendments that do not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.errors import InputError
from rmscenario.rounds.follow_up import import_follow_up
from rmscenario.rounds.signing import amend_round, propose_round, sign_round
from rmscenario.rounds.store import changing, read_round
from rmscenario.tables.parts import RoundState
from tests.rounds.rounds import (
    DAY,
    FROM,
    NAME,
    SIGNED,
    amend,
    close,
    faults,
    files,
    follow,
    observation,
    planned,
    propose,
    sign,
    taken,
    tiny,
    write,
)


def test_a_signed_file_that_was_changed_by_hand_is_an_error_that_names_it(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    path = next((model / "rounds" / NAME).glob("commitments-*.csv"))
    signed = [
        path for path in (model / "rounds" / NAME).glob("commitments-*.csv") if "signed" in path.read_text("utf-8")
    ]
    (path,) = signed
    path.write_text(path.read_text("utf-8").replace(",2027,", ",2028,"), encoding="utf-8")
    for reading in (lambda: tables.load(model), lambda: sign(model)):
        with pytest.raises(InputError) as caught:
            reading()
        said = faults(caught)[0]
        assert said.startswith(
            f"rounds/{NAME}/{path.name}: found other content than was written, expected that of round.json"
        )
        assert said.endswith(
            "put the file back as it was, from a copy or from version control; what has changed since is a new row, see "
            "`rmscenario round amend`"
        )


def test_a_faulty_cell_of_a_round_is_a_fault_with_the_name_of_its_file(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    taken(model, propose, sign)
    (model / "prerequisites.csv").write_text(
        "initiative,requires,lag,scope,note\nP1,C1,0,same_unit,\n", encoding="utf-8"
    )
    (model / "levels.csv").write_text("initiative,level\nP1,0.5\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        tables.load(model)
    (fault,) = [fault for fault in caught.value.faults if fault.column == "level"]
    assert fault.file.startswith(f"rounds/{NAME}/commitments-")
    assert (fault.row, fault.found) == (2, "'1'")


def test_a_status_that_contradicts_the_manifest_is_a_fault(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    path = model / "rounds.csv"
    path.write_text(path.read_text("utf-8").replace("2028,open", "2028,running"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        tables.load(model)
    assert faults(caught)[0] == (
        "rounds.csv:4: status: found running, where rounds/2027-2028/round.json says signed, expected open: a round is "
        "closed by `rmscenario round close`, which says what goes on; write open"
    )


def test_a_round_that_would_leave_a_region_that_does_not_hold_stays_as_it_was(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(value=0)))  # P1 in HUS, a duty by 2028
    before = files(model)
    with pytest.raises(InputError) as caught:
        close(model)
    assert faults(caught) == [
        "duties.csv:2: latest: found '2028', expected a year by which it can start; its possible starts are 2029–2030; "
        "move the year, open a round, or correct earliest and latest of the initiative",
        "rounds/2027-2028/round.json: found these faults in the region if the round were closed, expected a region that "
        "holds with it; correct them and give the command again; the round is signed, as before",
    ]
    assert read_round(model, NAME).state is RoundState.SIGNED
    assert files(model) == before


def test_a_plan_of_another_region_is_one_fault_and_leaves_no_folder(tmp_path: Path) -> None:
    model, region = tiny(tmp_path), tables.load(tiny(tmp_path / "other"))
    other = replace(region, settings=region.settings.model_copy(update={"region": "elsewhere"}))
    with pytest.raises(InputError) as caught:
        propose_round(model, NAME, other, planned(), dated=DAY, proposed_from=FROM)
    assert faults(caught) == [
        "--from: found a run of the region 'elsewhere', expected one of 'tiny', the region of the round; give a run of "
        "that region, or name the folder of the run's region with --model"
    ]
    assert not (model / "rounds").exists()


def test_a_proposal_that_the_region_does_not_hold_with_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    region = tables.load(model)
    strange = replace(
        region,
        initiatives=tuple(row.model_copy(update={"reference": "A-elsewhere"}) for row in region.initiatives),
    )
    with pytest.raises(InputError) as caught:
        propose_round(model, NAME, strange, planned(), dated=DAY, proposed_from=FROM)
    assert "found 'A-elsewhere', expected an id of references" in faults(caught)[0]
    assert not (model / "rounds").exists()
    assert propose(model)
    before = files(model)
    with pytest.raises(InputError):
        propose_round(model, NAME, strange, planned(), dated=DAY, proposed_from=FROM | {"run": "another"})
    assert files(model) == before


@pytest.mark.parametrize(
    ("steps", "step", "text"),
    [
        ((), sign, "found a round that is open, expected one that is proposed"),
        ((propose,), follow, "found a round that is proposed, expected one that is signed"),
        ((propose,), amend, "found a round that is proposed, expected one that is signed"),
        ((propose,), close, "found a round that is proposed, expected one that is signed"),
    ],
)
def test_a_command_before_its_time_is_refused(
    steps: tuple[object, ...], step: object, text: str, tmp_path: Path
) -> None:
    model = taken(tiny(tmp_path), *steps)
    before = files(model)
    with pytest.raises(InputError) as caught:
        step(model)  # type: ignore[operator]
    assert text in faults(caught)[0]
    assert files(model) == before
    assert steps or not (model / "rounds").exists()


def test_a_signed_round_takes_no_proposal_of_another_plan(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    with pytest.raises(InputError) as caught:
        propose_round(model, NAME, tables.load(model), planned(), dated=SIGNED, proposed_from={"run": "other"})
    assert "found a round that is signed, expected one that is open or proposed" in faults(caught)[0]


def test_the_second_of_two_processes_is_told_to_wait(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    with changing(model, NAME), pytest.raises(InputError) as caught:
        sign(model)
    assert faults(caught) == [
        "rounds/2027-2028: found another process that is changing the round, expected one at a time; wait until it has "
        "ended, and give the command again"
    ]
    assert sign(model)


def test_a_round_is_signed_before_it_is_over(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    with pytest.raises(InputError) as caught:
        sign_round(model, NAME, dated=date(2029, 1, 1))
    assert faults(caught) == [
        "rounds/2027-2028: dated: found '2029-01-01', expected a day of 2028, the last year of the round, or before; give "
        "the day of the signature"
    ]
    assert sign_round(model, NAME, dated=date(2028, 12, 31))


def test_an_amendment_of_another_round_is_a_fault(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    path = tmp_path / "models" / "amendment.csv"
    path.write_text(path.read_text("utf-8-sig").replace(f";{NAME};", ";2029-2030;"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        amend_round(model, NAME, path)
    assert faults(caught)[0] == (
        "amendment.csv:2: round: found '2029-2030', expected '2027-2028'; amend that round instead"
    )


def test_an_amendment_that_the_region_does_not_hold_with_is_a_fault_at_the_row_that_was_written(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    path, before = model.parent / "amendment.csv", files(model)
    known = path.read_text("utf-8-sig")
    strange = (
        known.splitlines()[1].replace("A1;", "A2;").replace(";HJEM;", ";HUS;").replace("A-invented", "A-elsewhere")
    )
    path.write_text(known + strange.replace("P2.HJEM", "P2.HUS") + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        amend_round(model, NAME, path)
    said = faults(caught)
    assert said[0].startswith("amendment.csv:3: reference: found 'A-elsewhere', expected an id of references")
    assert said[-1].startswith(
        "rounds/2027-2028/round.json: found these faults in the region with the change, expected"
    )
    assert files(model) == before


def test_faults_of_an_amendments_rows_and_of_the_region_with_the_others_are_told_together(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    header, row = (model.parent / "amendment.csv").read_text("utf-8-sig").splitlines()
    path, before = tmp_path / "several.csv", files(model)
    bad_level = row.replace("A1;", "A2;").replace(";1;2028;", ";en;2028;")
    elsewhere = row.replace("A1;2027-2028;", "A3;2029-2030;")
    unknown = row.replace("A1;", "A4;").replace(f"{NAME}.P2.HJEM", f"{NAME}.P2.HJEN")
    path.write_text("\n".join([header, bad_level, elsewhere, unknown]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        amend_round(model, NAME, path)
    told = [str(fault) for fault in caught.value.faults]
    assert [fault.split(", expected")[0] for fault in told[:3]] == [
        "several.csv:2: level: found 'en'",
        "several.csv:3: round: found '2029-2030'",
        f"several.csv:4: replaces: found '{NAME}.P2.HJEN'",
    ]
    assert told[-1].endswith("the round is signed, as before")
    assert files(model) == before
