"""A scenario run from beginning to end."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import pytest
from click.testing import Result

from rmscenario import verify
from rmscenario.run_folder import HISTORY, MANIFEST, read_manifest, read_run
from rmscenario.scenario import load
from tests.cli.running import FEW, TUTORIAL, call, files

SUMMARY_KEYS = {
    "scenario", "targets", "joint_probability", "cost", "starts", "solver", "verify", "evidence", "mode", "limits",
    "nearest", "plan_2028", "interrupted", "in_the_way", "timing",
}  # fmt: skip
TARGET_KEYS = {
    "id", "account", "quantity", "unit", "base", "cap", "residual", "shortfall", "met", "probability_met", "p05", "p50",
    "p95",
}  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def summary_of(run: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    return content


def test_stdout_is_the_summary_as_json_and_nothing_else(tutorial_result: Result, tutorial: Path) -> None:
    said = json.loads(tutorial_result.stdout)
    assert said.pop("run") == tutorial.as_posix()
    assert said == summary_of(tutorial)


def test_stderr_says_what_was_touched_where_the_run_is_and_that_a_missed_target_is_no_fault(
    tutorial_result: Result, tutorial: Path
) -> None:
    lines = tutorial_result.stderr.splitlines()
    assert "touched: targets[total-30].shortfall_price: 1500 → 2000 (tutorial)" in lines
    assert "touched: stress.draws: 100000 → 2000 (--set)" in lines
    assert lines[-2:] == [
        f"written: {tutorial.as_posix()}",
        "exit code 5: the plan is whole and verified, and misses “30% less CO₂e than in 2020”; this is a finding, no fault",
    ]


def test_the_summary_says_what_it_must(tutorial: Path) -> None:
    summary = summary_of(tutorial)
    assert set(summary) >= SUMMARY_KEYS
    for target in summary["targets"]:  # type: ignore[attr-defined]
        assert set(target) >= TARGET_KEYS
        assert target["shortfall"] == pytest.approx(max(0.0, target["residual"] - target["cap"]))
        assert target["p05"] <= target["p50"] <= target["p95"]
    assert {"npv", "gross", "savings_cashable", "savings_avoided", "annual", "capex_total", "years"} <= set(
        summary["cost"]  # type: ignore[call-overload]
    )
    drawn = summary["cost"]["drawn"]  # type: ignore[index]
    assert drawn["npv_p05"] <= drawn["npv_p50"] <= drawn["npv_p95"]
    assert 0.0 <= drawn["overrun_probability"] <= 1.0
    assert [row["verdict"] for row in summary["reach"]]  # type: ignore[attr-defined]


def test_the_money_of_the_summary_is_what_the_independent_recomputation_gives(tutorial: Path) -> None:
    run = read_run(tutorial)
    own = verify.recompute(run.region, run.plan)
    cost = run.summary["cost"]
    assert cost["npv"] == pytest.approx(own.npv, rel=1e-9)
    assert cost["gross"] - cost["savings_cashable"] - cost["savings_avoided"] == pytest.approx(own.npv, rel=1e-9)
    assert cost["annual"] == pytest.approx(own.cost[own.years.index(2030)], rel=1e-9)
    assert cost["capex_total"] == pytest.approx(
        math.fsum(own.amount("capex_outlay", year) for year in own.years), rel=1e-9
    )
    for target in run.summary["targets"]:
        check = own.targets[target["id"]]
        assert target["residual"] == pytest.approx(check.residual[own.years.index(target["year"])], rel=1e-9)
        assert target["met"] == check.met(own.years)


def test_the_plan_table_adds_up_to_the_summary(tutorial: Path) -> None:
    plan, summary = rows(tutorial / "plan.csv"), summary_of(tutorial)
    assert len(plan) == summary["starts"] == len(read_run(tutorial).plan.starts)
    tonnes = math.fsum(float(row["tonnes_in_plan"]) for row in plan)
    assert tonnes == pytest.approx(summary["avoided"]["in_report_year"], rel=1e-9)  # type: ignore[index]
    capex = math.fsum(float(row["capex_total"]) for row in plan)
    assert capex == pytest.approx(summary["cost"]["capex_total"], rel=1e-9)  # type: ignore[index]


def test_limits_are_counted_as_they_are_listed(tutorial: Path) -> None:
    listed = rows(tutorial / "limits.csv")
    counted = {row["equation"]: row for row in summary_of(tutorial)["limits"]}  # type: ignore[attr-defined]
    for equation, row in counted.items():
        own = [one for one in listed if f"({one['equation']})" == equation]
        assert (row["rows"], row["binding"]) == (len(own), sum(one["binding"] == "yes" for one in own))
    assert all(one["kept"] == "yes" for one in listed)


def test_touched_values_are_saved_old_and_new(tutorial: Path) -> None:
    touched = {
        (row["table"], row["key"], row["column"]): (row["old"], row["new"]) for row in rows(tutorial / "touched.csv")
    }
    assert touched["targets", "total-30", "shortfall_price"] == ("1500", "2000")
    assert len(touched) == len(load([Path(TUTORIAL)], ["stress.draws=2000"]).touched)


def test_the_manifest_names_no_place_of_the_machine_and_no_user(tutorial: Path) -> None:
    text = (tutorial / MANIFEST).read_text(encoding="utf-8")
    manifest = read_manifest(tutorial)
    assert str(Path.home()) not in text
    assert str(tutorial.parent) not in text
    assert set(manifest.inputs) >= {"scenarios/tutorial.toml", "models/tiny/region.toml"}
    assert {"read", "plan", "verify", "stress", "figures", "agreements", "write"} <= set(manifest.seconds)
    assert manifest.options["stress"]["draws"] == 2000


def test_the_same_scenario_gives_the_same_bytes_but_for_the_manifest(tutorial: Path, tmp_path: Path) -> None:
    call("run", TUTORIAL, "--out", tmp_path, "--lang", "en", *FEW)
    first, second = files(tutorial), files(tmp_path / "tutorial")
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name]] == [MANIFEST]
    assert any(name.endswith(".svg") for name in first)
    assert any(name.endswith(".xlsx") for name in first)


def test_a_second_plan_moves_the_first_to_the_history(tmp_path: Path) -> None:
    for gap in ("0.01", "0.02"):
        call("plan", TUTORIAL, "--out", tmp_path, "--no-figures", "--set", f"planning.gap={gap}")
    assert read_run(tmp_path / "tutorial").scenario.planning.gap == 0.02
    (earlier,) = (tmp_path / HISTORY).iterdir()
    assert read_run(earlier).scenario.planning.gap == 0.01


@pytest.mark.parametrize(
    ("setting", "mode"),
    [
        ("planning.starts=none", "nothing_more"),
        ("planning.everything=yes", "everything"),
        ("planning.mode=nearest", "nearest"),
    ],
)
def test_every_kind_of_plan_is_written_and_verified(tmp_path: Path, setting: str, mode: str) -> None:
    soft = "targets[scopes-1-2-25].hard=no"  # without new starts it cannot be kept
    result = call("plan", TUTORIAL, "--out", tmp_path, "--no-figures", "--json", "--set", setting, "--set", soft)
    assert result.exit_code in (0, 5), result.stderr
    summary = json.loads(result.stdout)
    assert (summary["mode"], summary["verify"]["ok"]) == (mode, True)
    assert (summary["starts"] == 0) == (mode == "nothing_more")


def test_the_plan_beside_the_plan_comes_at_least_as_near_to_the_first_target(tutorial: Path) -> None:
    summary = summary_of(tutorial)
    nearest = {row["id"]: row["shortfall"] for row in summary["nearest"]["targets"]}  # type: ignore[index]
    priced = {row["id"]: row["shortfall"] for row in summary["targets"]}  # type: ignore[attr-defined]
    assert nearest["total-30"] <= priced["total-30"] + 1.0


def test_what_stands_in_the_way_is_found_by_lifting_limits(tmp_path: Path) -> None:
    result = call(
        "plan", TUTORIAL, "--out", tmp_path, "--no-figures", "--json", "--limits", "--last-tonnes",
        "--set", "targets[total-30].reduction=0.5",
    )  # fmt: skip
    summary = json.loads(result.stdout)
    split = summary["shortfalls"]
    parts = split["price_and_other_aims"] + split["limits"] + split["no_known_initiative"]
    (target,) = (row for row in summary["targets"] if row["id"] == "total-30")
    assert parts == pytest.approx(target["shortfall"], rel=1e-6)
    assert split["no_known_initiative"] > 0
    assert summary["last_tonnes"]["target"] == "total-30"


def test_the_text_is_danish_unless_english_is_asked_for(tmp_path: Path) -> None:
    danish = call("plan", TUTORIAL, "--out", tmp_path, "--no-figures")
    assert danish.stdout.startswith("Scenarie: Øvelse i Lillested\nIllustrativt eksempel")
    assert "Hvad der haster" in danish.stdout
    assert "Det er ikke regnet ud: kør med --last-tonnes" in danish.stdout
    said = danish.stderr.splitlines()
    assert said[0].startswith("ændret: budgets.amount, 4 værdier, bl.a. budgets[")
    assert said[-2] == f"skrevet: {(tmp_path / 'tutorial').as_posix()}"
    assert said[-1].startswith("kode 5: planen er hel og efterregnet, og den når ikke “30 % mindre CO₂e end i 2020”")
    labels = {row["name"]: (row["label"], row["unit"]) for row in rows(tmp_path / "tutorial" / "limits.csv")}
    assert labels["capex region 2027"] == ("Anlæg, hele regionen, 2027", "kr.")


def test_prices_of_the_relaxation_stand_beside_the_plan_and_never_above_the_price_of_a_shortfall(
    tutorial: Path,
) -> None:
    prices = summary_of(tutorial)["solver"]["relaxation_prices"]  # type: ignore[index]
    asked = {row.target: row.shortfall_price for row in read_run(tutorial).region.active_targets if row.shortfall_price}
    assert set(prices) == set(asked)
    assert all(0.0 <= price <= asked[target] * (1 + 1e-6) for target, price in prices.items())
    assert prices["total-30"] > 0


def test_a_plan_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert call("plan", TUTORIAL, "--out", tmp_path, "--no-figures").exit_code == 5
