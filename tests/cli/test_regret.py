"""`rmscenario regret`: the same files however the worlds were planned, and nothing lost to Ctrl-C or a kill."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from rmscenario.cli.terminal import Terminal
from rmscenario.run_folder import read_manifest, read_run
from tests.cli.running import FEW, TUTORIAL, beside, call, content, files, killed, undated

WORLDS = 12


@pytest.fixture(scope="module")
def regretted(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of runs with an analysis by one process."""
    runs = tmp_path_factory.mktemp("regretted")
    run = Path(shutil.copytree(tutorial, runs / "tutorial"))
    result = call("regret", run, "--worlds", WORLDS, "--workers", 1, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.endswith(f"written: {beside(runs, 'regret').as_posix()}\n")
    return runs


def test_the_run_stays_as_it_is_and_the_analysis_is_a_whole_folder(regretted: Path, tutorial: Path) -> None:
    assert files(regretted / "tutorial") == files(tutorial)
    manifest = read_manifest(beside(regretted, "regret"))
    assert manifest.inputs == read_run(tutorial).manifest.outputs
    assert set(manifest.outputs) == {"regret.json", "regret.csv", "regret.md", "regret.svg", "regret.png"}


def test_the_json_has_what_others_read_and_the_table_says_the_same(regretted: Path) -> None:
    said = content(beside(regretted, "regret"))
    assert {"initiative", "unit", "share", "class"} <= set(said["options"][0])
    assert [policy["name"] for policy in said["policies"]] == ["fixed", "adaptive", "clairvoyant"]
    assert {"expected_regret_dkk", "max_regret_dkk", "expected_regret_t"} <= set(said["policies"][0])
    assert (said["worlds"], said["worlds_asked"], said["interrupted"]) == (WORLDS, WORLDS, False)
    with (beside(regretted, "regret") / "regret.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["initiative"], row["unit"], row["class"]) for row in rows] == [
        (option["initiative"], option["unit"], option["class"]) for option in said["options"]
    ]
    for row, option in zip(rows, said["options"], strict=True):
        assert float(row["share"]) == option["share"]
        starts = sum(float(value) for name, value in row.items() if name.startswith("start_"))
        assert starts == pytest.approx(option["share"])


def test_two_workers_give_the_bytes_of_one(regretted: Path, tutorial: Path, tmp_path: Path) -> None:
    result = call("regret", tutorial, "--worlds", WORLDS, "--workers", 2, "--lang", "en", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert undated(beside(tmp_path, "regret")) == undated(beside(regretted, "regret"))


def test_ctrl_c_keeps_the_worlds_and_the_same_command_goes_on(
    regretted: Path, tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    worlds = Terminal.worlds

    def pressed(self: Terminal, done: int, total: int) -> None:
        worlds(self, done, total)
        told.append(done)
        if done == 5:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Terminal, "worlds", pressed)
    arguments = ("regret", tutorial, "--worlds", WORLDS, "--workers", 1, "--lang", "en", "--out", tmp_path)
    result = call(*arguments)
    folder = beside(tmp_path, "regret")
    assert result.exit_code == 130, result.stderr
    assert content(folder)["worlds"] == 5
    assert content(folder)["interrupted"]
    assert "Interrupted: 5 of 12 worlds are planned" in result.stdout
    assert "regret.svg" not in files(folder)
    monkeypatch.setattr(Terminal, "worlds", lambda self, done, total: told.append(done))
    assert call(*arguments).exit_code == 0
    assert told == [0, 5, 5, 10, 12]
    assert undated(folder) == undated(beside(regretted, "regret"))


@pytest.mark.parametrize("moment", [2, 3])
def test_a_killed_command_goes_on_where_it_was_and_ends_with_the_same_bytes(
    regretted: Path, tutorial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """Killed while it writes the second block of worlds, or the last one."""
    arguments = ("regret", tutorial, "--worlds", WORLDS, "--workers", 1, "--lang", "en", "--out", tmp_path)
    killed("os.rename", ".npz", moment, *arguments)
    folder, told = beside(tmp_path, "regret"), list[int]()
    assert len(list(beside(tmp_path).glob(".worlds/*/*.npz"))) == moment - 1
    assert not folder.exists()
    monkeypatch.setattr(Terminal, "worlds", lambda self, done, total: told.append(done))
    result = call(*arguments)
    assert result.exit_code == 0, result.stderr
    assert told == [0, 5, 10, 12][moment - 1 :]
    assert undated(folder) == undated(beside(regretted, "regret"))


def test_a_damaged_block_is_told_of_once_and_its_worlds_are_planned_again(
    regretted: Path, tutorial: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(beside(regretted), beside(tmp_path)))
    block = min(folder.glob(".worlds/*/*.npz"))
    block.write_bytes(block.read_bytes()[:-40])
    arguments = ("regret", tutorial, "--worlds", WORLDS, "--workers", 1, "--lang", "en", "--out", tmp_path)
    result = call(*arguments, "--no-figures")
    assert result.exit_code == 0, result.stderr
    assert "note: 1 block of worlds was damaged and is done again\n" in result.stderr
    assert (folder / "regret" / "regret.csv").read_bytes() == (beside(regretted, "regret") / "regret.csv").read_bytes()
    assert "is done again" not in call(*arguments, "--no-figures").stderr


def test_a_scenario_is_planned_first_and_not_again_while_its_run_stands(tmp_path: Path) -> None:
    arguments = ("regret", TUTORIAL, *FEW, "--worlds", 3, "--workers", 1, "--out", tmp_path, "--lang", "en", "--json")
    first = call(*arguments, "--no-figures")
    assert first.exit_code == 0, first.stderr
    assert f"written: {(tmp_path / 'tutorial').as_posix()}\n" in first.stderr
    made = read_manifest(tmp_path / "tutorial")
    again = call(*arguments, "--no-figures", "--afresh")
    assert again.exit_code == 0, again.stderr
    assert "the plan is the one that stands in" in again.stderr
    assert read_manifest(tmp_path / "tutorial") == made
    assert again.stdout == first.stdout
    other = call(*arguments, "--no-figures", "--set", "stress.seed=7")
    assert other.exit_code == 0, other.stderr
    assert "the plan is the one that stands in" not in other.stderr
    assert json.loads(other.stdout)["seed"] == 7


def test_what_cannot_be_asked_is_said(tutorial: Path, tmp_path: Path) -> None:
    both = call("regret", tutorial, "--workers", 2, "--scheduler", "tcp://127.0.0.1:9")
    assert both.exit_code == 2
    assert "Give --workers or --scheduler" in both.stderr
    changed = call("regret", tutorial, "--set", "stress.seed=1")
    assert changed.exit_code == 2
    assert "the plan of a run stands" in changed.stderr
    given = call("regret", TUTORIAL, *FEW, "--set", "planning.everything=true", "--out", tmp_path)
    assert given.exit_code == 3
    assert given.stderr.endswith(
        "rmscenario: tutorial: found a plan that is given (everything), expected one that is searched for, to be searched "
        'for in other worlds too; name the scenario with --set "planning.everything=false"\n'
    )
    assert not list(tmp_path.rglob("manifest.json"))
