"""`rmscenario confidence`: plans at several confidences, and what a plan under risk says of itself."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from rmscenario.reporting.agreements.markdown import escape
from rmscenario.risk.curve import CONFIDENCES
from tests.cli.running import FEW, TUTORIAL, beside, call, content, files

pytestmark = pytest.mark.usefixtures("coarse")
ASKED = 0.65
WISH = (*FEW, "--set", f"targets[total-30].confidence={ASKED}", "--set", "planning.draws=1000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The curve of the tutorial with a confidence."""

    runs: Path
    result: Result

    @property
    def folder(self) -> Path:
        return beside(self.runs, "confidence")

    @property
    def content(self) -> dict[str, Any]:
        return content(self.folder)

    @property
    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.runs / "tutorial" / "summary.json").read_text("utf-8"))
        return found


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, coarse: None) -> Asked:
    runs = tmp_path_factory.mktemp("confident")
    result = call("confidence", TUTORIAL, *WISH, "--out", runs, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    return Asked(runs=runs, result=result)


def test_a_director_is_told_in_both_languages_what_it_costs_to_be_surer(asked: Asked) -> None:
    page = (asked.folder / "confidence.md").read_text("utf-8")
    said = asked.content["key_sentences"]
    assert set(said) == {"da", "en"}
    assert len(said["da"]) == len(said["en"]) >= 3
    assert all(escape(sentence) in page for sentence in said["en"])


def test_every_confidence_has_a_plan_with_its_value_bound_and_what_it_reaches(asked: Asked) -> None:
    found = asked.content["confidences"]
    assert [point["confidence"] for point in found] == sorted({*CONFIDENCES, ASKED})
    values = [point["value_dkk"] for point in found]
    assert values == sorted(values)
    for point in found:
        assert point["bound_dkk"] is None or point["bound_dkk"] <= point["value_dkk"] + 1.0
        (wish,) = point["wishes"]
        assert wish["targets"] == ["total-30"]
        assert 0 <= wish["low"] <= wish["probability"] <= wish["high"] <= 1
        assert len(point["plan"]) == point["starts"]
    assert asked.content["fresh_draws"] >= 50_000


def test_table_page_and_figure_say_the_same(asked: Asked) -> None:
    assert set(files(asked.folder)) == {
        "confidence.json", "confidence.csv", "confidence.md", "confidence.svg", "confidence.png", "manifest.json",
    }  # fmt: skip
    with (asked.folder / "confidence.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["value_dkk"]) for row in rows] == [point["value_dkk"] for point in asked.content["confidences"]]
    page = (asked.folder / "confidence.md").read_text("utf-8")
    assert "](confidence.svg)" in page
    for share in ("50%", "65%", "95%"):
        assert share in page
        assert share in asked.result.stdout


def test_the_run_says_what_its_plan_reaches_what_that_costs_and_what_is_proven(asked: Asked) -> None:
    risk = asked.summary["risk"]
    assert set(risk) >= {"planning_draws", "fresh_draws", "tail_groups", "premium_npv", "bound", "bound_draws"}
    assert (risk["planning_draws"], risk["bound_draws"]) == (1_000, 100)
    row = next(target for target in asked.summary["targets"] if target["id"] == "total-30")
    low, high = row["probability_met_interval"]
    assert row["confidence"] == ASKED
    assert low <= row["probability_met"] <= high
    assert row["cvar"] >= row["residual"]
    point = next(point for point in asked.content["confidences"] if point["confidence"] == ASKED)
    assert point["value_dkk"] <= risk["value"] + 1.0


def test_a_confidence_that_no_plan_reaches_is_a_finding_and_ends_with_code_5_as_its_plan_does(tmp_path: Path) -> None:
    wish = (*FEW, "--set", "planning.draws=1000", "--set", "targets[total-30].confidence=0.99", "--out", tmp_path)
    planned = call("plan", TUTORIAL, *wish, "--no-figures", "--lang", "en")
    assert planned.exit_code == 5, planned.stderr
    result = call("confidence", tmp_path / "tutorial", "--no-figures", "--lang", "en")
    assert result.exit_code == 5, result.stderr
    assert result.stderr.endswith(
        "exit code 5: on the draws that plans are chosen on, no plan that was found meets “30% less CO₂e than in 2020” in 99% of the draws; this is a finding, no "
        "fault\n"
    )


def test_a_wish_that_a_dearer_plan_meets_is_not_said_to_be_out_of_reach(tmp_path: Path) -> None:
    wish = (*FEW, "--set", "planning.draws=1000", "--set", "targets[total-30].reduction=0.25", "--out", tmp_path)
    result = call(
        "confidence", TUTORIAL, *wish, "--set", "targets[total-30].confidence=0.9", "--no-figures", "--lang", "en"
    )
    assert result.exit_code == 5, result.stderr
    assert result.stderr.endswith(
        "exit code 5: on the draws that plans are chosen on, plans that meet “30% less CO₂e than in 2020” in 90% of the draws were "
        "found, but cost more than they spare in shortfall at its price; this is a finding, no fault\n"
    )
    told = content(beside(tmp_path, "confidence"))
    reached = [point["wishes"][0]["probability"] for point in told["confidences"]]
    assert told["asked"]["wishes"][0]["probability"] < 0.9 < max(reached)
    summary = json.loads((tmp_path / "tutorial" / "summary.json").read_text("utf-8"))
    assert told["run"]["premium_npv_dkk"] == pytest.approx(summary["risk"]["premium_npv"], abs=1.0)
    assert told["run"]["value_dkk"] == pytest.approx(summary["risk"]["value"], abs=1.0)


def test_a_run_is_asked_as_well_in_danish_and_stays_as_it_is(asked: Asked) -> None:
    run = asked.runs / "tutorial"
    before = files(run)
    result = call("confidence", run, "--no-figures", "--json", "--lang", "da")
    assert result.exit_code == 0, result.stderr
    assert files(run) == before
    told = json.loads(result.stdout)
    assert told["confidences"] == asked.content["confidences"]
    page = (asked.folder / "confidence.md").read_text("utf-8")
    assert page.startswith("# Hvad sikkerhed koster: Øvelse i Lillested")


def test_without_a_confidence_it_says_how_to_wish_for_one(tutorial: Path) -> None:
    result = call("confidence", tutorial)
    assert result.exit_code == 3
    assert result.stderr.endswith(
        "targets: confidence: found no target with a confidence, expected one that shall be met in a share of the draws; set "
        "one, such as --set targets[ID].confidence=0.8, or planning.joint_confidence=0.8\n"
    )
    assert call("confidence", tutorial, "--set", "stress.draws=5").exit_code == 2


def test_a_scenario_without_a_confidence_is_refused_before_it_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rmscenario.workflow.carry_out.make_plan", lambda *_, **__: pytest.fail("it was planned"))
    result = call("confidence", TUTORIAL, "--out", tmp_path / "runs")
    assert result.exit_code == 3, result.output
    assert "targets: confidence: found no target with a confidence" in result.stderr
    nearest = ("--set", "planning.mode=nearest", "--set", "targets[total-30].confidence=0.8")
    result = call("confidence", TUTORIAL, *nearest, "--out", tmp_path / "runs")
    assert result.exit_code == 3, result.output
    assert "[planning]: mode: found 'nearest'" in result.stderr
    assert not list(tmp_path.rglob("*"))


def test_all_targets_together_are_wished_for_in_the_scenario(tmp_path: Path) -> None:
    wish = (*FEW, "--set", "planning.draws=500", "--set", "planning.joint_confidence=0.5")
    refused = call("plan", TUTORIAL, *wish, "--out", tmp_path, "--no-figures")
    assert refused.exit_code == 3
    assert "found the sum over years sum-2027-2030 among the targets" in refused.stderr
    off = ("--set", "targets[sum-2027-2030].active=no")
    result = call("plan", TUTORIAL, *wish, *off, "--out", tmp_path, "--no-figures", "--json", "--lang", "en")
    assert result.exit_code in (0, 5), result.stderr
    joint = json.loads((tmp_path / "tutorial" / "summary.json").read_text("utf-8"))["risk"]["joint"]
    assert joint["targets"] == ["total-30", "energy-20", "scopes-1-2-25"]
    assert joint["low"] <= joint["probability"] <= joint["high"]
