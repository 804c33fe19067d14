"""`rmscenario round` as people call it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from rmscenario.rounds.store import read_round
from rmscenario.scenario import load
from tests.cli.running import call
from tests.rounds.dossiers import fill, run_of
from tests.rounds.rounds import NAME, files, observation, propose, tiny, write


def test_a_round_goes_from_proposal_to_closing_and_every_command_can_be_given_again(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    run = run_of(model, tmp_path / "runs").folder
    follow_up = write(tmp_path / "f.csv", observation())
    steps = (
        (("propose", NAME, "--from", run), "2027-2028: proposed, 5 commitments"),
        (("sign", NAME, "--dated", "2026-12-01"), "2027-2028: signed, 5 commitments"),
        (("follow-up", NAME, follow_up), "2027-2028: 1 new observation"),
        (("close", NAME), "2027-2028: closed, 5 initiatives go on"),
    )
    for arguments, said in steps:
        first = call("round", *arguments, "--model", model, "--lang", "en")
        assert (first.exit_code, first.stdout.strip()) == (0, said), first.stderr
        before = files(model)
        again = call("round", *arguments, "--model", model, "--lang", "en")
        assert (again.exit_code, again.stdout.strip()) == (0, "2027-2028: nothing new; all stands as it stood")
        assert files(model) == before
    assert f"rmscenario run {model.as_posix()} runs/.learning/{NAME}/learnt-{NAME}.toml" in first.stderr
    rounds = json.loads(call("round", "status", "--model", model, "--json").stdout)["rounds"]
    assert [(row["round"], row["status"], row["state"]) for row in rounds] == [
        ("2024", "closed", None),
        ("2025-2026", "closed", None),
        ("2027-2028", "closed", "closed"),
        ("2029-2030", "open", None),
    ]
    assert rounds[2]["progress"] == {"delivered": 1, "no data": 4}
    said = call("round", "status", NAME, "--model", model, "--lang", "en").stdout
    assert "P1 LED lighting" in said
    assert "Proposed from the run tiny." in said


def test_a_signature_names_what_no_unit_answered(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    propose(model)
    done = call("round", "sign", NAME, "--dated", "2026-12-01", "--model", model, "--lang", "en")
    assert (done.exit_code, done.stdout, done.stderr) == (
        0,
        "2027-2028: signed, 5 commitments\n",
        "Signed without an answer: 2027-2028.P1.HUS, 2027-2028.P2.HUS, 2027-2028.P2.HJEM, 2027-2028.C1.HUS, "
        "2027-2028.C1.HJEM\n",
    )
    again = call("round", "sign", NAME, "--dated", "2026-12-01", "--model", model, "--lang", "en")
    assert again.stderr == ""


def test_a_round_is_signed_on_one_day(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    propose(model)
    assert call("round", "sign", NAME, "--dated", "2026-12-01", "--model", model).exit_code == 0
    before = files(model)
    other = call("round", "sign", NAME, "--dated", "2026-12-02", "--model", model)
    assert (other.exit_code, other.stderr) == (
        3,
        "rmscenario: rounds/2027-2028: dated: found '2026-12-02', expected 2026-12-01, the day that the round is signed on; "
        "leave the day out; a signature stays as it is\n",
    )
    again = call("round", "sign", NAME, "--model", model, "--lang", "en")
    assert (again.exit_code, again.stdout.strip()) == (0, "2027-2028: nothing new; all stands as it stood")
    assert files(model) == before


def test_a_day_is_written_as_in_tables(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    propose(model)
    assert call("round", "sign", NAME, "--dated", "01-12-2026", "--model", model).exit_code == 0
    assert {row.dated for row in read_round(model, NAME).commitments} == {date(2026, 12, 1)}
    for given, remedy in (
        ("2026/12/01", "write it as 2027-01-31 or 31-01-2027"),
        ("31-02-2026", "correct the day or month"),
    ):
        refused = call("round", "sign", NAME, "--dated", given, "--model", model)
        said = f"found '{given}', expected a date as YYYY-MM-DD or DD-MM-YYYY; {remedy}"
        assert (refused.exit_code, said in " ".join(refused.stderr.split())) == (2, True), refused.stderr


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "P1 LED lighting, HUS: Contradiction: start 2031 of 2028-12-31 (Teknisk chef) and share_in_service 1.00 of "
            "2028-12-31 (Teknisk chef) cannot both hold; correct one of them.\n",
        ),
        (
            "da",
            "P1 LED-belysning, HUS: Modstrid: start 2031 fra 2028-12-31 (Teknisk chef) og share_in_service 1,00 fra "
            "2028-12-31 (Teknisk chef) kan ikke begge være rigtige; ret den ene.\n",
        ),
    ],
)
def test_a_round_is_closed_with_a_word_on_what_contradicts_itself(tmp_path: Path, lang: str, said: str) -> None:
    model = tiny(tmp_path)
    propose(model)
    assert call("round", "sign", NAME, "--dated", "2026-12-01", "--model", model).exit_code == 0
    rows = observation(indicator="start", value="2031", measure="year"), observation(value="1")
    assert call("round", "follow-up", NAME, write(tmp_path / "f.csv", *rows), "--model", model).exit_code == 0
    done = call("round", "close", NAME, "--model", model, "--lang", lang)
    assert done.exit_code == 0
    assert done.stderr.startswith(said), done.stderr


def test_a_round_that_is_none_is_bad_input_and_leaves_no_folder(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    done = call("round", "sign", "2027-2029", "--model", model)
    assert done.exit_code == 3
    assert done.stderr == (
        "rmscenario: rounds.csv: found no round '2027-2029', expected an id of rounds; did you mean '2027-2028'?\n"
    )
    assert not (model / "rounds").exists()


def test_the_region_of_a_round_is_the_one_that_has_it_or_must_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tiny(tmp_path), tmp_path / "models" / "tiny-2"
    shutil.copytree(first, second)
    for table in second.glob("*.csv"):
        table.write_text(table.read_text("utf-8").replace("2029-2030", "autumn"), encoding="utf-8")
    (first / "rounds" / NAME).mkdir(parents=True)  # no round.json: not begun
    monkeypatch.chdir(tmp_path)
    done = call("round", "status", NAME)
    assert (done.exit_code, done.stderr) == (
        3,
        "rmscenario: --model: found 'models/tiny', 'models/tiny-2', expected one region; name its folder with --model\n",
    )
    done = call("round", "status", "2027-2029")
    assert (done.exit_code, done.stderr) == (
        3,
        "rmscenario: rounds.csv: found no round '2027-2029', expected an id of rounds; did you mean '2027-2028'?\n",
    )
    assert call("round", "status", "autumn").exit_code == 0


def test_dossiers_go_out_come_back_and_are_planned_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tiny(tmp_path)
    run_of(model, tmp_path / "runs")
    monkeypatch.chdir(tmp_path)
    assert call("round", "propose", NAME, "--from", "runs/tiny").exit_code == 0
    done = call("round", "dossier", NAME, "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "2027-2028: dossiers of 3 units in dossiers/2027-2028\n"), done.stderr
    books = sorted(Path("dossiers", NAME).glob("*.xlsx"))
    again = call("round", "read-back", NAME, *books, "--lang", "en")
    assert again.exit_code == 0, again.stderr
    assert "Units: 3; changes: 0; lines without an answer: 5." in again.stdout
    fill(books[2], {f"{NAME}.P2.HUS": {"answer": "changed", "start": 2028, "comment": "After [red]\nthe {roof}"}})
    said = call("round", "read-back", NAME, *books, "--lang", "en", "--dated", "2026-11-01")
    assert said.exit_code == 0, said.stderr
    assert "HUS · P2 Heat pumps · start: 2027 → 2028 (changed): After [red] the {roof}" in " ".join(said.stdout.split())
    done = call("round", "read-back", NAME, *books, "--json")
    assert done.exit_code == 0, done.stderr
    listed = json.loads(done.stdout)
    assert (listed["changes"], listed["changed"], len(listed["unanswered"])) == ([], False, 4)
    scenario = load([tmp_path / "scenarios" / f"{NAME}-answers.toml"])
    assert scenario.region.locks["P2", "HUS"].start == 2028
    written = call("round", "template", "--lang", "en")
    assert written.exit_code == 0, written.stderr
    assert (model / "templates" / "dossier.docx").is_file()


def test_dossiers_are_of_the_run_that_was_proposed_also_where_another_has_taken_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tiny(tmp_path)
    run = run_of(model, tmp_path / "runs")
    monkeypatch.chdir(tmp_path)
    assert call("round", "propose", NAME, "--from", "runs/tiny").exit_code == 0
    other = run_of(model, tmp_path / "runs", type(run.plan)(starts=run.plan.starts[:-1]))
    done = call("round", "dossier", NAME)
    assert done.exit_code == 0, done.stderr
    signed = read_round(model, NAME).commitments
    shown = [cell.text for table in Document("dossiers/2027-2028/HUS.docx").tables for cell in table.columns[0].cells]
    assert {row.initiative for row in signed if row.unit == "HUS"} <= {text.split()[0] for text in shown if text}
    done = call("round", "dossier", NAME, "--from", other.folder)
    assert done.exit_code == 3
    assert "expected 'tiny' as it was then; name its folder with --from" in " ".join(done.stderr.split())


def test_dossiers_of_an_open_round_or_without_its_run_are_bad_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tiny(tmp_path)
    run = run_of(model, tmp_path / "runs").folder
    monkeypatch.chdir(tmp_path)
    done = call("round", "dossier", NAME, "--from", run)
    assert (done.exit_code, "found a round that is open, expected one that is proposed" in done.stderr) == (3, True)
    call("round", "propose", NAME, "--from", run)
    run.rename(tmp_path / "elsewhere")
    done = call("round", "dossier", NAME)
    assert done.exit_code == 3
    assert "found no such folder, expected a run" in done.stderr
