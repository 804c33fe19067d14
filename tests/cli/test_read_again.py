"""Commands that read runs: stress, verify, compare."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rmscenario.run_folder import HISTORY, read_run
from tests.cli.running import TUTORIAL, call, files
from tests.project.files import ROOT


@pytest.fixture
def copied(tutorial: Path, tmp_path: Path) -> Path:
    """A run of one's own."""
    return Path(shutil.copytree(tutorial, tmp_path / "tutorial"))


def test_verify_recomputes_a_run(tutorial: Path) -> None:
    result = call("verify", tutorial, "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert said["ok"]
    assert said["max_relative_difference"] <= 1e-9


def test_a_run_whose_tables_were_changed_is_refused(copied: Path) -> None:
    table = copied / "region" / "prices.csv"
    table.write_bytes(table.read_bytes().replace(b"1", b"2"))
    result = call("verify", copied)
    assert result.exit_code == 3
    assert "tutorial/region/prices.csv: found other content than was written" in result.stderr


def test_a_figure_that_disagrees_is_exit_code_6(tutorial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rmscenario.workflow import again  # noqa: PLC0415

    read = again.read_netcdf

    def wrong(path: Path) -> object:
        dataset = read(path)
        dataset["quantity"][0, 0, -1] += 1.0
        return dataset

    monkeypatch.setattr(again, "read_netcdf", wrong)
    assert call("verify", tutorial, "--json").exit_code == 6
    result = call("verify", tutorial)
    assert result.exit_code == 6
    assert result.stderr.startswith("rmscenario: quantity ")


def test_stress_tests_the_same_plan_with_other_draws_and_keeps_the_rest(copied: Path) -> None:
    before, content = read_run(copied), files(copied)
    result = call("stress", copied, "--draws", 4000, "--seed", 7, "--json")
    assert result.exit_code == 5, result.stderr
    after, now = read_run(copied), files(copied)
    assert after.plan == before.plan
    assert (after.summary["stress"]["draws"], after.summary["stress"]["seed"]) == (4000, 7)
    for kept in ("plan.csv", "limits.csv", "touched.csv", "companion.csv", "quantities.nc", "last_starts.csv"):
        assert now[kept] == content[kept]
    assert now["stress.nc"] != content["stress.nc"]
    drawn = [summary["cost"].pop("drawn") for summary in (before.summary, after.summary)]
    assert drawn[0] != drawn[1]
    same = ("solver", "limits", "nearest", "cost", "verify", "evidence", "in_the_way", "timing")
    assert {key: after.summary[key] for key in same} == {key: before.summary[key] for key in same}
    assert set(now) == set(content)
    (earlier,) = (copied.parent / HISTORY).iterdir()
    assert files(earlier) == content


def test_stress_with_the_draws_of_before_gives_the_bytes_of_before(copied: Path) -> None:
    content = files(copied)
    call("stress", copied)
    now = files(copied)
    assert [name for name in content if now[name] != content[name]] == ["manifest.json"]


def test_compare_sets_runs_beside_each_other_and_draws_their_curves(tutorial: Path, tmp_path: Path) -> None:
    call(
        "plan",
        TUTORIAL,
        "--out",
        tmp_path,
        "--name",
        "cheap",
        "--no-figures",
        "--set",
        "targets[total-30].shortfall_price=0",
    )
    result = call("compare", tutorial, tmp_path / "cheap", "--out", tmp_path / "drawn", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    header = next(line for line in result.stdout.splitlines() if line.startswith("Target"))
    assert header.split() == ["Target", "tutorial", "cheap"]
    assert (tmp_path / "drawn" / "tutorial--cheap" / "compare-total-30.svg").is_file()
    said = json.loads(call("compare", tutorial, tmp_path / "cheap", "--no-figures", "--json").stdout)
    assert said["cheap"]["cost"]["npv"] <= said["tutorial"]["cost"]["npv"]


def test_runs_of_different_regions_are_not_compared(tutorial: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(ROOT / "models" / "tiny", tmp_path / "other"))
    settings = other / "region.toml"
    settings.write_text(settings.read_text("utf-8").replace('region = "tiny"', 'region = "other"'), encoding="utf-8")
    call("plan", other, "--out", tmp_path / "runs", "--name", "theirs", "--no-figures")
    result = call("compare", tutorial, tmp_path / "runs" / "theirs")
    assert result.exit_code == 3
    assert result.stderr == (
        "rmscenario: theirs: found a run of region 'other', expected one of 'tiny', as the first run is; "
        "compare runs of one region\n"
    )


def test_compare_needs_two_runs(tutorial: Path) -> None:
    assert call("compare", tutorial).exit_code == 2


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    for command in ("verify", "stress"):
        result = call(command, tmp_path)
        assert result.exit_code == 3
        assert "found no manifest, expected one as the last file of a whole run" in result.stderr
