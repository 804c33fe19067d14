"""`rmscenario wait`: whole files, the same however the work is divided, and from where it was."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from rmscenario.run_folder import read_manifest, read_run
from tests.cli.running import FEW, TUTORIAL, beside, call, content, undated

SOFT = ("--set", "targets[scopes-1-2-25].hard=no", "--set", "targets[scopes-1-2-25].shortfall_price=2000")
SMALL = ("--worlds", 8, "--clusters", 2, "--played", 4, "--lang", "en")


@pytest.fixture(scope="module")
def waited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of runs with an analysis by one process."""
    runs = tmp_path_factory.mktemp("waited")
    result = call("wait", TUTORIAL, *FEW, *SOFT, *SMALL, "--workers", 1, "--out", runs)
    assert result.exit_code == 0, result.stderr
    assert "Sign now, or wait" in result.stdout
    return runs


def test_the_analysis_is_a_whole_folder_and_the_table_says_what_the_json_says(waited: Path) -> None:
    folder = beside(waited, "wait")
    manifest = read_manifest(folder)
    assert manifest.inputs == read_run(waited / "tutorial").manifest.outputs
    assert set(manifest.outputs) == {"wait.json", "wait.csv", "wait.md", "wait.svg", "wait.png"}
    said = content(folder)
    assert {option["class"] for option in said["options"]} <= {"sign", "wait", "depends", "never"}
    with (folder / "wait.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["initiative"], row["unit"], row["class"]) for row in rows] == [
        (option["initiative"], option["unit"], option["class"]) for option in said["options"]
    ]
    for option in said["options"]:
        for side in ("price_of_waiting", "price_of_signing"):
            assert option[side] is None or option[side]["dkk"] >= 0.0


def test_the_same_command_again_takes_what_is_there_and_gives_the_same_bytes(waited: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(waited / "tutorial", tmp_path / "tutorial"))
    shutil.copytree(beside(waited, ".worlds"), beside(tmp_path, ".worlds"))
    result = call("wait", run, *SMALL, "--workers", 1)
    assert result.exit_code == 0, result.stderr
    assert undated(beside(tmp_path, "wait")) == undated(beside(waited, "wait"))


def test_what_cannot_be_asked_is_said(tutorial: Path) -> None:
    hard = call("wait", tutorial, *SMALL)
    assert hard.exit_code == 3
    assert "hard targets (scopes-1-2-25), expected mode priced and no hard target" in hard.stderr
    both = call("wait", tutorial, "--workers", 2, "--scheduler", "tcp://127.0.0.1:9")
    assert both.exit_code == 2
    assert "Give --workers or --scheduler" in both.stderr


def test_a_scenario_that_cannot_be_asked_is_refused_before_it_is_planned_with_the_settings_that_help(
    tmp_path: Path,
) -> None:
    result = call("wait", TUTORIAL, *SMALL, "--set", "planning.mode=nearest", "--out", tmp_path / "runs")
    assert result.exit_code == 3
    assert not list(tmp_path.rglob("manifest.json"))
    for setting in (*SOFT[1::2], "planning.mode=priced"):
        assert setting.replace("price=2000", "price=PRICE") in result.stderr
