"""The documented follow-up of the reference region: from proposal to what is learnt and laid over the region."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.learning.observations import Silence
from rmscenario.learning.round import learn_round
from rmscenario.region.vocabulary import Shows
from rmscenario.rounds.follow_up import import_follow_up
from rmscenario.rounds.rows import CommitmentIndicator, FollowUp
from rmscenario.rounds.signing import propose_round, sign_round
from rmscenario.rounds.store import read_round
from rmscenario.scenario.run_options import PlanningOptions
from rmscenario.workflow.plans import make_plan
from tests.project.files import ROOT
from tests.rounds.rounds import DAY, NAME, SIGNED

EXAMPLE = ROOT / "docs" / "examples" / "follow-up-midtjylland.csv"


def test_the_example_is_read_whole_and_every_value_of_an_effect_teaches(tmp_path: Path) -> None:
    model = tmp_path / "models" / "midtjylland"
    shutil.copytree(ROOT / "models" / "midtjylland", model)
    region = tables.load(model)
    propose_round(
        model, NAME, region, make_plan(region, PlanningOptions()), dated=DAY, proposed_from={"run": "reference"}
    )
    sign_round(model, NAME, dated=SIGNED)
    assert all(row.target is not None for row in read_round(model, NAME).of(CommitmentIndicator))
    rows = len(EXAMPLE.read_text("utf-8").splitlines()) - 1
    assert import_follow_up(model, NAME, EXAMPLE) == rows
    at = read_round(model, NAME)
    assert all("Illustrative" in row.note and "assumption" in row.note for row in at.of(FollowUp))

    found = learn_round(at.region, at.commitments, at.of(CommitmentIndicator), at.of(FollowUp))
    effects = {row.indicator for row in region.indicators if row.shows is Shows.EFFECT}
    seen = Counter(each.row.indicator for each in found.heard.observations)
    assert seen == Counter(row.indicator for row in at.of(FollowUp) if row.indicator in effects)
    assert {each.why for each in found.heard.silent} == {Silence.DELIVERY}

    solar, gloves = (
        next(each for each in found.heard.observations if each.commitment.option == option)
        for option in (("E07", "AUH"), ("C07", "AUH"))
    )
    # 5.6 of 19 % at full roll-out, a third of it in service, a fourth of a year's lag of a sixth a year
    assert solar.value == pytest.approx(5.6 / 19 / (0.3333 - 0.25 * 0.3333 / 2 / 2), rel=1e-3)
    assert solar.lift == 1.0
    # 18 of 30 % with all in service, two years' ramp, and green agents that lift it by 7.5 %
    assert gloves.value == pytest.approx(18 / 30 / (1 - 0.25 * 0.5 / 2) / 1.075)
    new = {each.row.initiative: each for each in found.effects}
    assert {"E07", "C07", "T01"} <= new.keys()  # nobody measured a bus: it borrows
    assert all(each.low <= each.mode <= each.high for each in found.effects)
    assert new["C07"].mode < 0.7 * new["C07"].row.mode
    assert new["E07"].mode > 0.9 * new["E07"].row.mode
