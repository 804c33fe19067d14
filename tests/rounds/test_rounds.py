"""A round from proposal to closing: what it holds, what the next plan sees, and what may not change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.options import share_in_service
from rmscenario.planning.planner import plan_region
from rmscenario.region.commitments import Commitment
from rmscenario.region.vocabulary import CommitmentStatus, RoundStatus, RunningStatus
from rmscenario.rounds.closing import Progress, observed
from rmscenario.rounds.rows import (
    IN_SERVICE,
    START,
    CommitmentIndicator,
    CommitmentMoney,
    CommitmentStaff,
    CommitmentTonnes,
    Milestone,
)
from rmscenario.rounds.signing import amend_round, propose_round
from rmscenario.rounds.store import read_round
from rmscenario.scenario import load as load_scenario
from rmscenario.verify import recompute
from rmscenario.verify.money import OPEX, OUTLAY
from tests.rounds.rounds import (
    DAY,
    FROM,
    NAME,
    amend,
    close,
    files,
    follow,
    planned,
    propose,
    sign,
    taken,
    tiny,
)

STEPS = (propose, sign, amend, follow, close)


def test_signed_starts_are_locks_and_the_plan_made_anew_is_the_same(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    region = tables.load(model)
    agreed = {start for start in planned().starts if start.start <= 2028}
    locks = region.locks
    assert {(*option, row.level, row.start) for option, row in locks.items()} == {
        (start.initiative, start.unit, start.level, start.start) for start in agreed
    }
    assert {row.status for row in locks.values()} == {CommitmentStatus.SIGNED}
    assert plan_region(region).plan.starts == planned().starts


def test_a_proposal_binds_no_plan(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    region = tables.load(model)
    assert region.locks == {}
    assert {row.status for row in region.commitments} == {CommitmentStatus.PROPOSED}
    assert {row.dated for row in region.commitments} == {DAY}


def test_a_command_that_is_given_again_changes_no_byte(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    for step in STEPS:
        assert step(model)
        before = files(model)
        assert not step(model)
        assert files(model) == before


def test_a_commitment_has_the_money_and_staff_that_verification_finds(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    found, books = read_round(model, NAME), recompute(tables.load(model), planned())
    ids = {row.commitment: ":".join(row.option) for row in found.commitments}
    kinds = {"capex": OUTLAY, "opex": OPEX}
    years = list(books.years)
    rows = [row for row in found.of(CommitmentMoney) if row.kind.value in kinds]
    assert len(rows) > 10
    for row in rows:
        values = books.money[kinds[row.kind.value], ids[row.commitment]]
        assert row.amount == pytest.approx(values[years.index(row.year)], rel=1e-9)
    staff = found.of(CommitmentStaff)
    assert {row.commitment for row in staff} <= set(ids)
    assert min(row.fte for row in staff) > 0


def test_tonnes_lie_between_low_and_high_and_the_indicators_follow_from_the_start(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    found, region = read_round(model, NAME), tables.load(model)
    assert {row.year for row in found.of(CommitmentTonnes)} == {2028, 2030}
    assert all(row.low <= row.mode <= row.high for row in found.of(CommitmentTonnes))
    initiatives = {row.initiative: row for row in region.initiatives}
    indicators = {row.indicator: row for row in region.indicators}
    targets = {(row.commitment, row.indicator): row.target for row in found.of(CommitmentIndicator)}
    for row in found.commitments:
        assert row.level is not None
        assert row.start is not None
        share = share_in_service(initiatives[row.initiative], row.level, row.start, [2028])[0]
        assert targets[row.commitment, IN_SERVICE] == share
        assert targets[row.commitment, START] == row.start
        own = indicators[f"I-{row.initiative}"]
        known = own.base is not None and own.target is not None
        expected = own.base + (own.target - own.base) * share if known else None  # type: ignore[operator]
        assert targets[row.commitment, own.indicator] == expected
    assert {row.dated for row in found.of(Milestone) if row.milestone == START} == {date(2027, 1, 1)}


def test_an_indicator_with_values_moves_with_the_share_in_service(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    taken(model, propose)
    rows = {(row.commitment, row.indicator): row for row in read_round(model, NAME).of(CommitmentIndicator)}
    row = rows[f"{NAME}.P1.HUS", "I-P1"]
    service = rows[f"{NAME}.P1.HUS", IN_SERVICE]
    assert service.target is not None
    assert (row.base, row.target, row.target_year) == (60.0, 60.0 - 12.0 * service.target, 2028)


def test_an_accepted_start_keeps_its_id_and_a_refused_one_is_refused_when_it_is_signed(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    region = tables.load(model)
    row = {"round": NAME, "unit": "HUS", "dated": DAY, "reference": "A-invented", "grade": "assumption"}
    answers = (
        Commitment.model_validate(
            row | {"commitment": "K1", "initiative": "P1", "status": "accepted", "start": 2027, "level": 1.0}
        ),
        Commitment.model_validate(row | {"commitment": "K2", "initiative": "P2", "status": "refused"}),
    )
    answered = type(region)(
        **{name: getattr(region, name) for name in ("settings", *tables.columns.row_types())} | {"commitments": answers}
    )
    plan = plan_region(answered).plan
    propose_round(model, NAME, answered, plan, dated=DAY, proposed_from=FROM)
    assert {(row.commitment, row.status.value) for row in read_round(model, NAME).commitments} >= {
        ("K1", "accepted"),
        ("K2", "refused"),
    }
    sign(model)
    status = {row.commitment: row.status.value for row in read_round(model, NAME).commitments}
    assert (status["K1"], status["K2"]) == ("signed", "refused")
    assert plan_region(tables.load(model)).plan.starts == plan.starts


def test_what_units_answer_is_laid_over_the_proposal_by_a_scenario(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    scenario = tmp_path / "scenarios" / "answers.toml"
    scenario.parent.mkdir()
    scenario.write_text(
        f"""
title_da = "Svar"
title_en = "Answers"
model = "../models/tiny"
[[change]]
table = "commitments"
where = {{commitment = "{NAME}.P1.HUS"}}
set = {{status = "accepted"}}
[[add]]
table = "commitments"
row = {{commitment = "R1", round = "{NAME}", initiative = "T1", unit = "HJEM", status = "refused", dated = "2026-11-20", reference = "A-invented", grade = "assumption"}}
[[remove]]
table = "commitments"
where = {{commitment = "{NAME}.C1.HJEM"}}
""",
        encoding="utf-8",
    )
    region = load_scenario([scenario]).region
    assert set(region.locks) == {("P1", "HUS")}
    assert region.refusals == {("T1", "HJEM"): {2027, 2028}}
    assert ("C1", "HJEM") not in {row.option for row in region.commitments}
    assert tables.load(model).locks == {}


def test_an_amendment_takes_the_place_of_what_it_replaces(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    assert tables.load(model).locks["P2", "HJEM"].start == 2028
    assert len(read_round(model, NAME).of(Commitment)) == len(read_round(model, NAME).commitments) + 1


def test_a_plan_made_with_an_amendment_gives_its_figures(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    path, region = model.parent / "amendment.csv", tables.load(model)
    planned_again = (region, plan_region(region).plan)
    assert "A1" not in {row.commitment for row in read_round(model, NAME).of(CommitmentMoney)}
    assert amend_round(model, NAME, path, planned_again)
    before = files(model)
    assert not amend_round(model, NAME, path, planned_again)
    assert files(model) == before
    found = read_round(model, NAME)
    for kind in (CommitmentMoney, CommitmentStaff, CommitmentTonnes, Milestone, CommitmentIndicator):
        assert "A1" in {row.commitment for row in found.of(kind)}
    target = {(row.commitment, row.indicator): row.target for row in found.of(CommitmentIndicator)}
    assert target["A1", START] == 2028


def test_what_goes_on_is_what_was_observed_and_the_next_plan_needs_nothing_typed_anew(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, follow)
    seen = {
        each.commitment.option: (each.progress, each.start, each.level) for each in observed(read_round(model, NAME))
    }
    assert seen == {
        ("P1", "HUS"): (Progress.DELIVERED, 2027, 1.0),
        ("P2", "HUS"): (Progress.LATE, 2028, 1.0),
        ("P2", "HJEM"): (Progress.PARTIAL, 2027, 0.6),
        ("C1", "HUS"): (Progress.DROPPED, None, None),
        ("C1", "HJEM"): (Progress.NO_DATA, 2027, 1.0),
    }
    taken(model, close)
    region = tables.load(model)
    new = {(row.initiative, row.unit): row for row in region.running if row.round == NAME}
    assert {option: (row.start, row.level) for option, row in new.items()} == {
        option: (start, level) for option, (_, start, level) in seen.items() if start is not None
    }
    assert new["C1", "HJEM"].status is RunningStatus.ASSUMED
    assert {row.round: row.status for row in region.rounds} == {
        "2024": RoundStatus.CLOSED,
        "2025-2026": RoundStatus.CLOSED,
        "2027-2028": RoundStatus.CLOSED,
        "2029-2030": RoundStatus.OPEN,
    }
    again = plan_region(region).plan
    assert {start.start for start in again.starts} <= {2029, 2030}
    assert ("C1", "HUS") in {(start.initiative, start.unit) for start in again.starts}


def test_the_period_begins_with_the_next_round_unless_a_target_begins_before(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path / "a"), propose, sign, close)
    assert tables.load(model).settings.first_year == 2027
    model = tiny(tmp_path / "b")
    path = model / "targets.csv"
    path.write_text(path.read_text("utf-8").replace("cumulative,2027", "cumulative,2029"), encoding="utf-8")
    taken(model, propose, sign, close)
    assert tables.load(model).settings.first_year == 2029


def test_a_region_with_rounds_is_read_back_from_ordinary_tables(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), *STEPS)
    region = tables.load(model)
    tables.write_region(tmp_path / "elsewhere", region)
    assert tables.load(tmp_path / "elsewhere") == region


def test_what_a_closed_round_started_and_goes_on_counts_towards_the_minimum(tmp_path: Path) -> None:
    """One circular start is asked for in HJEM, one social one in HUS; the round starts C1 in HJEM."""
    model = tiny(tmp_path)
    asked = {(row.track, row.unit): row.at_least for row in tables.load(model).minimum_starts}
    assert asked == {("social", "HUS"): 1, ("cirkulaer", "HJEM"): 1}
    taken(model, propose, sign)
    assert close(model)
    left = {(row.track, row.unit): row.at_least for row in tables.load(model).minimum_starts}
    assert left == {("social", "HUS"): 1, ("cirkulaer", "HJEM"): 0}
    assert plan_region(tables.load(model)).plan.starts
