"""`rmscenario learn`: from follow-up to what is expected, to the plan made anew, and why it differs."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest

from rmscenario.rounds.follow_up import import_follow_up
from rmscenario.run_folder import read_manifest
from tests.cli.running import call, files
from tests.rounds.rounds import NAME, observation, propose, sign, tiny, write


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose region has a signed round with follow-up."""
    place = tmp_path_factory.mktemp("project")
    model = tiny(place)
    propose(model)
    sign(model)
    rows = (
        observation(commitment=f"{NAME}.P1.HUS", indicator="I-P1", value=54, measure="kWh/m2"),
        observation(commitment=f"{NAME}.P2.HUS", indicator="I-P2", value=30, measure="%"),
        observation(commitment=f"{NAME}.P2.HUS"),
    )
    import_follow_up(model, NAME, write(place / "follow_up.csv", *rows))
    return place


def learn(project: Path, *more: object) -> tuple[str, str]:
    result = call("learn", project / "models" / "tiny", "--round", NAME, "--out", project / "runs", *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout, result.stderr


def test_what_was_learnt_stands_as_page_tables_and_scenario_and_is_the_same_again(project: Path) -> None:
    stdout, stderr = learn(project, "--lang", "en")
    folder = project / "runs" / ".learning" / NAME
    assert set(read_manifest(folder).outputs) == {
        "learnt.json", "learnt.md", "learnt.csv", "effects.csv", f"learnt-{NAME}.toml",
    }  # fmt: skip
    assert "Measured" in stdout
    laid = folder / f"learnt-{NAME}.toml"
    assert f"rmscenario run {(project / 'models' / 'tiny').as_posix()} {laid.as_posix()}" in stderr
    before = {name: content for name, content in files(folder).items() if name != "manifest.json"}
    learn(project, "--lang", "en")
    assert {name: content for name, content in files(folder).items() if name != "manifest.json"} == before
    with (folder / "learnt.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["initiative"], row["unit"]) for row in rows if row["unit"]] == [("P1", "HUS"), ("P2", "HUS")]
    for row in rows:
        parts = sum(float(row[name]) for name in ("moved_own", "moved_initiative", "moved_others"))
        assert parts == pytest.approx(float(row["moved"]))
    scenario = tomllib.loads((folder / f"learnt-{NAME}.toml").read_text("utf-8"))
    assert scenario["model"] == "../../../models/tiny"


def test_danish_and_english_say_the_same_figures(project: Path) -> None:
    danish, _ = learn(project, "--lang", "da")
    english, _ = learn(project, "--lang", "en")
    assert "Lånt" in danish
    assert "Borrowed" in english
    assert len(danish.splitlines()) == pytest.approx(len(english.splitlines()), abs=4)


def test_with_plan_the_changes_of_the_plan_stand_beside_the_new_run(project: Path) -> None:
    stdout, _ = learn(project, "--plan", "--json")
    said = json.loads(stdout)
    folder = project / "runs" / ".analyses" / f"learnt-{NAME}" / "replanned"
    assert set(read_manifest(folder).outputs) == {"replanned.json", "replanned.md", "replanned.csv"}
    assert said["changes"]
    assert {change["because"] for change in said["changes"]} <= {"own", "others", "together"}
    avoided, *_, npv, minimised = said["figures"]
    assert avoided["values"][0] > avoided["values"][1]  # what was promised, and what of it is expected now
    assert npv["figure"] == "npv"
    assert minimised["figure"] == "minimised"
    former, learnt, new = minimised["values"]
    assert new < learnt  # the plan was made anew for it
    for run, value in ((said["before"], former), (f"learnt-{NAME}", new)):
        summary = json.loads((project / "runs" / run / "summary.json").read_text("utf-8"))
        assert value == pytest.approx(1e6 * summary["solver"]["incumbent"])  # million DKK
    page = (folder / "replanned.md").read_text("utf-8")
    for figure in said["figures"]:
        if figure["figure"] == "residual" and not figure["unit"].endswith("/a"):
            assert f"sum til og med {figure['year']}" in page
    assert "sum til og med 2030" in page


def test_nothing_is_learnt_twice(project: Path) -> None:
    learn(project)
    overlay = project / "runs" / ".learning" / NAME / f"learnt-{NAME}.toml"
    model = project / "models" / "tiny"
    result = call("learn", overlay, "--model", model, "--round", NAME, "--out", project / "runs")
    assert result.exit_code == 3
    assert "expected effects as they were before" in result.stderr


def test_a_round_without_follow_up_changes_nothing_and_says_so(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    result = call("learn", model, "--round", NAME, "--out", tmp_path / "runs", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert "No value says anything of an effect" in result.stdout
    assert not list((tmp_path / "runs" / ".learning" / NAME).glob("*.toml"))


def test_the_last_round_with_follow_up_is_the_one_that_is_meant(project: Path, tmp_path: Path) -> None:
    result = call("learn", project / "models" / "tiny", "--out", project / "runs", "--json")
    assert json.loads(result.stdout)["round"] == NAME
    result = call("learn", tiny(tmp_path), "--out", tmp_path / "runs")
    assert result.exit_code == 3
    assert "found no round with follow-up" in result.stderr


def test_a_round_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    result = call("learn", tiny(tmp_path), "--round", "2027", "--out", tmp_path / "runs")
    assert result.exit_code == 3
    assert "found no round '2027'" in result.stderr
