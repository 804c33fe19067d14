"""The rounds of the reference region: what was agreed in them is assumed, and nobody is said to have signed it."""

from __future__ import annotations

from rmscenario import tables
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


def test_the_decided_changes_of_the_social_track_have_indicators_and_no_tonnes() -> None:
    region = tables.load(MODEL)
    assert {row.initiative for row in region.initiatives if row.track == "social"} >= set(DECIDED)
    assert {row.initiative for row in region.indicators} >= set(DECIDED)
    assert not {row.initiative for row in region.effects} & set(DECIDED)
    assert {row.grade.value for row in region.initiatives if row.initiative in DECIDED} == {"assumption"}
