"""`rmscenario worth`: which follow-up is worth most, as page, table and JSON."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from rmscenario.run_folder import read_manifest, read_run
from tests.cli.running import beside, call, files


@pytest.fixture(scope="module")
def run(tutorial: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(tutorial, tmp_path_factory.mktemp("worth") / "tutorial"))


def test_the_page_the_table_and_the_json_say_the_same(run: Path, tutorial: Path) -> None:
    result = call("worth", run, "--worlds", 200, "--plans", 3, "--workers", 1, "--json")
    assert result.exit_code == 0, result.stderr
    folder = beside(run.parent, "worth")
    manifest = read_manifest(folder)
    assert set(manifest.outputs) == {"worth.json", "worth.md", "worth.csv"}
    assert manifest.inputs == read_run(tutorial).manifest.outputs
    assert files(run) == files(tutorial)
    said = json.loads(result.stdout)
    with (folder / "worth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["indicator"], row["initiative"], row["unit"]) for row in rows] == [
        (each["indicator"], each["initiative"] or "", each["unit"] or "") for each in said["indicators"]
    ]
    assert [float(row["worth"]) for row in rows] == pytest.approx([each["worth"] for each in said["indicators"]])
    assert rows
    assert said["worlds"] == 200


def test_a_plan_without_prices_is_refused_before_it_is_made(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    tiny = Path(__file__).parents[2] / "models" / "tiny"
    result = call("worth", tiny, "--set", "planning.mode=nearest", "--out", runs, "--worlds", 40, "--plans", 1)
    assert result.exit_code == 3
    assert result.stderr.endswith(
        "found a plan that is nearest, expected a priced one, in which all is measured in money; name the scenario with "
        '--set "planning.mode=priced"\n'
    )
    assert not list(tmp_path.rglob("manifest.json"))


def test_set_changes_a_scenario_and_not_a_run(run: Path) -> None:
    assert call("worth", run, "--set", "planning.gap=0.1").exit_code == 2
