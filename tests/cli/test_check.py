"""Checking models and scenarios without planning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rmscenario.explain.reach import reach
from rmscenario.scenario import StressOptions, load
from rmscenario.stress import run_stress
from tests.cli.running import TUTORIAL, call
from tests.project.files import ROOT


def test_check_says_what_can_be_reached_what_can_bind_and_what_it_rests_on() -> None:
    result = call("check", ROOT / "models" / "tiny", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    for heading in (
        "What can be reached",
        "Limits",
        "Initiatives that move no active target",
        "What the figures rest on",
    ):
        assert heading in result.stdout.splitlines()
    assert "Illustrative example – assumptions not confirmed by the region" in result.stdout


def test_the_hand_check_gives_the_tonnes_of_the_hand_and_check_says_the_target_is_beyond_them(tmp_path: Path) -> None:
    scenario = ROOT / "scenarios" / "hand-check.toml"
    planned = json.loads(call("plan", scenario, "--out", tmp_path, "--no-figures", "--json").stdout)
    (target,) = (row for row in planned["targets"] if row["id"] == "total-67")
    assert target["residual"] == pytest.approx(463_926, abs=60)  # by hand: all 72 initiatives from 2027
    assert target["residual_background"] == pytest.approx(576_755, abs=1)
    said = json.loads(call("check", scenario, "--json").stdout)
    (found,) = (row for row in said["reach"] if row["target"] == "total-67")
    assert found["verdict"] == "out_of_reach"
    assert found["earliest"] <= target["residual"] + 1e-6  # without those that raise the quantity


def test_a_hard_target_out_of_reach_is_exit_code_4_for_check_and_plan(tmp_path: Path) -> None:
    beyond = ("--set", "targets[total-30].hard=yes", "--set", "targets[total-30].reduction=0.9")
    checked = call("check", TUTORIAL, "--lang", "en", *beyond)
    assert checked.exit_code == 4
    assert "The target is hard: there is no plan." in " ".join(checked.stdout.split())
    planned = call("plan", TUTORIAL, "--no-figures", "--out", tmp_path, *beyond)
    assert planned.exit_code == 4
    assert planned.stderr.splitlines()[-1] == (
        "rmscenario: targets: found the hard target total-30 out of reach of all initiatives, expected one that some plan "
        "keeps; make it soft (hard = no), or lower it"
    )


def test_check_says_that_late_starts_can_come_below_everything_at_its_earliest_where_effects_decay() -> None:
    goal = ("--set", "targets[total-30].reduction=0.38")
    decays = "An effect that decays does more in 2030 when it starts later, so that a plan may come lower."
    said = " ".join(call("check", TUTORIAL, "--lang", "en", *goal).stdout.split())
    assert f"It is not proven that it cannot be met. {decays}" in said
    steady = " ".join(call("check", TUTORIAL, "--lang", "en", *goal, "--set", "planning.decay=false").stdout.split())
    assert decays not in steady


def test_check_says_what_is_odd_in_the_language_asked_for() -> None:
    model = ROOT / "models" / "midtjylland"
    danish, english = (call("check", model, "--lang", lang).stderr for lang in ("da", "en"))
    assert danish.startswith(
        "bemærk: initiatives.csv:22: T06 kan aldrig starte: den må fra 2031, planer starter i 2027–2030"
    )
    assert english.startswith(
        "note: initiatives.csv:22: T06 can never start: it may from 2031, plans start in 2027–2030"
    )


def test_check_names_the_values_that_a_scenario_touches() -> None:
    result = call("check", TUTORIAL, "--json")
    assert "targets[total-30].shortfall_price: 1500 → 2000 (tutorial)" in json.loads(result.stdout)["touched"]


@pytest.mark.parametrize(("wanted", "enough"), [(0.99, False), (0.9, True)])
def test_a_target_under_risk_is_judged_in_the_draws_and_not_as_planned(wanted: float, enough: bool) -> None:
    """Everything at its earliest holds 27% in some 93 of 100 draws."""
    sets = ("targets[total-30].reduction=0.27", f"targets[total-30].confidence={wanted}")
    wished = [part for change in sets for part in ("--set", change)]
    said = " ".join(call("check", TUTORIAL, "--lang", "en", *wished).stdout.replace("\u00a0", " ").split())
    assert ("or better in 99% of the draws (as planned −37.2%); the target is −27.0%" in said) == (not enough)
    verdict = "It can be met if" if enough else "That is less than is wished for; it is not proven"
    assert verdict in said.split("it is met in ")[1].split("20% less energy")[0]
    assert "judged on 51,200 draws of what may come; the others with everything as planned" in said
    found = json.loads(call("check", TUTORIAL, "--json", *wished).stdout)
    (row,) = [row for row in found["reach"] if row["target"] == "total-30"]
    assert row["verdict"] == ("within_reach" if enough else "doubtful")
    assert row["certified"]["probability_met"] == pytest.approx(0.93, abs=0.02)
    assert found["together"] is None
    danish = call("check", TUTORIAL, "--lang", "da", *wished).stdout
    assert "Mål under risiko er dømt på 51.200 trækninger" in " ".join(danish.replace("\u00a0", " ").split())


def test_a_target_under_risk_that_needs_nothing_is_said_to_be_met_without_any_start() -> None:
    sets = ("--set", "targets[total-30].reduction=0.02", "--set", "targets[total-30].confidence=0.6")
    said = " ".join(call("check", TUTORIAL, "--lang", "en", *sets).stdout.replace("\u00a0", " ").split())
    sentence = said.split("30% less CO₂e than in 2020: ")[1].split(" 20% less energy:")[0]
    assert sentence.startswith("met without any new start, which gives −12.")
    assert sentence.endswith("or better in 60% of the draws (as planned −13.1%); the target is −2.0%.")
    (row,) = [row for row in json.loads(call("check", TUTORIAL, "--json", *sets).stdout)["reach"] if "certified" in row]
    assert row["verdict"] == "met_already"
    assert row["change"] < -0.3


def test_targets_asked_for_together_are_judged_together_in_the_draws() -> None:
    """Never surer than the least sure of them by itself, as a stress test of its own draws says it."""
    region = load([Path(TUTORIAL)], ("targets[sum-2027-2030].active=no",)).region
    best = 0.0
    for row in reach(region):
        best = max(best, float(run_stress(region, row.plan, StressOptions(draws=8192))["probability_all_met"]))
    for wanted, short in ((best - 0.05, False), (best + 0.05, True)):
        sets = ("targets[sum-2027-2030].active=no", f"planning.joint_confidence={wanted:.3f}")
        wished = [part for change in sets for part in ("--set", change)]
        found = json.loads(call("check", TUTORIAL, "--json", *wished).stdout)
        assert found["together"]["probability"] == pytest.approx(best, abs=0.02)
        assert found["together"]["met"] == (not short)
        said = " ".join(call("check", TUTORIAL, "--lang", "en", *wished).stdout.split())
        assert "Together, “30% less CO₂e than in 2020”" in said
        assert ("are wished for. That is less than is wished for" in said) == short
        assert "All of them together are judged on 51,200 draws of what may come; each by itself" in said
        assert found["fresh_draws"] == 51_200
