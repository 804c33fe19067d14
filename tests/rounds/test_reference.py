"""The rounds of the reference region: what was agreed in them is assumed, and nobody is said to have signed it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from rmscenario import tables
from rmscenario.planning.planner import plan_region
from rmscenario.rounds.closing import close_round
from rmscenario.rounds.signing import propose_round, sign_round
from rmscenario.rounds.status import standing
from tests.project.files import ROOT

MODEL = ROOT / "models" / "midtjylland"
#: What the region has decided for the social track, as initiatives.
DECIDED = ("S06", "S07", "S08", "S09", "S10")


def test_the_rounds_that_are_over_or_under_way_show_what_is_assumed_to_run_and_nothing_signed() -> None:
    rounds = {each.agreed.round: each for each in standing(MODEL)}
    assert [each.agreed.status.value for each in rounds.values()] == ["closed", "running", "open", "later"]
    assert {name: set(each.running_as) for name, each in rounds.items() if each.running} == {
        "2024": {"assumed"},
        "2025-2026": {"assumed"},
    }
    assert sum(len(each.running) for each in rounds.values()) == len(tables.load(MODEL).running)
    assert not any(each.commitments for each in rounds.values())


def test_planned_anew_after_signing_the_region_has_the_same_locks_and_the_same_plan(tmp_path: Path) -> None:
    model = tmp_path / "midtjylland"
    shutil.copytree(MODEL, model)
    region = tables.load(model)
    plan = plan_region(region).plan
    agreed = {(start.initiative, start.unit): start for start in plan.starts if start.start in (2027, 2028)}
    assert len(agreed) > 50
    propose_round(model, "2027-2028", region, plan, dated=date(2026, 10, 1), proposed_from={"run": "reference"})
    sign_round(model, "2027-2028", dated=date(2026, 12, 1))
    signed = tables.load(model)
    assert {option: (row.level, row.start) for option, row in signed.locks.items()} == {
        option: (start.level, start.start) for option, start in agreed.items()
    }
    assert plan_region(signed).plan.starts == plan.starts

    assert close_round(model, "2027-2028")
    closed = tables.load(model)
    tracks = {row.initiative: row.track for row in region.initiatives}
    started = {(tracks[initiative], unit) for initiative, unit in agreed}
    assert {(row.track, row.unit): row.at_least for row in closed.minimum_starts} == {
        (row.track, unit.unit): int((row.track, unit.unit) not in started)
        for row in region.minimum_starts
        for unit in region.units
    }
    assert plan_region(closed).plan.starts  # the next round can be planned


def test_the_decided_changes_of_the_social_track_have_indicators_and_no_tonnes() -> None:
    region = tables.load(MODEL)
    assert {row.initiative for row in region.initiatives if row.track == "social"} >= set(DECIDED)
    assert {row.initiative for row in region.indicators} >= set(DECIDED)
    assert not {row.initiative for row in region.effects} & set(DECIDED)
    assert {row.grade.value for row in region.initiatives if row.initiative in DECIDED} == {"assumption"}
