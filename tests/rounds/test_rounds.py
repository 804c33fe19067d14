"""A round from proposal to closing: what it holds, what the next plan sees, and what may not change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from rmscenario import tables
from rmscenario.errors import InputError
from rmscenario.options import share_in_service
from rmscenario.planning.planner import plan_region
from rmscenario.region.commitments import Commitment
from rmscenario.region.vocabulary import CommitmentStatus, RoundStatus, RunningStatus
from rmscenario.rounds.closing import Progress, observed
from rmscenario.rounds.follow_up import follow_up, import_follow_up
from rmscenario.rounds.rows import (
    IN_SERVICE,
    START,
    CommitmentIndicator,
    CommitmentMoney,
    CommitmentStaff,
    CommitmentTonnes,
    FollowUp,
    Milestone,
)
from rmscenario.rounds.signing import amend_round, propose_round, sign_round
from rmscenario.rounds.store import changing, read_round
from rmscenario.scenario import load as load_scenario
from rmscenario.tables.parts import RoundState
from rmscenario.verify import recompute
from rmscenario.verify.money import OPEX, OUTLAY
from tests.rounds.rounds import (
    DAY,
    FROM,
    NAME,
    SIGNED,
    amend,
    close,
    files,
    follow,
    observation,
    planned,
    propose,
    sign,
    tiny,
    write,
)

STEPS = (propose, sign, amend, follow, close)


def taken(model: Path, *steps: object) -> Path:
    for step in steps:
        assert step(model)  # type: ignore[operator]
    return model


def faults(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [str(fault) for fault in caught.value.faults]


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


def test_a_signed_file_that_was_changed_by_hand_is_an_error_that_names_it(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    path = next((model / "rounds" / NAME).glob("commitments-*.csv"))
    signed = [
        path for path in (model / "rounds" / NAME).glob("commitments-*.csv") if "signed" in path.read_text("utf-8")
    ]
    (path,) = signed
    path.write_text(path.read_text("utf-8").replace(",2027,", ",2028,"), encoding="utf-8")
    for reading in (lambda: tables.load(model), lambda: sign(model)):
        with pytest.raises(InputError) as caught:
            reading()
        said = faults(caught)[0]
        assert said.startswith(
            f"rounds/{NAME}/{path.name}: found other content than was written, expected that of round.json"
        )
        assert said.endswith(
            "put the file back as it was, from a copy or from version control; what has changed since is a new row, see "
            "`rmscenario round amend`"
        )


def test_a_faulty_cell_of_a_round_is_a_fault_with_the_name_of_its_file(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    taken(model, propose, sign)
    (model / "prerequisites.csv").write_text(
        "initiative,requires,lag,scope,note\nP1,C1,0,same_unit,\n", encoding="utf-8"
    )
    (model / "levels.csv").write_text("initiative,level\nP1,0.5\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        tables.load(model)
    (fault,) = [fault for fault in caught.value.faults if fault.column == "level"]
    assert fault.file.startswith(f"rounds/{NAME}/commitments-")
    assert (fault.row, fault.found) == (2, "'1'")


def test_a_status_that_contradicts_the_manifest_is_a_fault(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    path = model / "rounds.csv"
    path.write_text(path.read_text("utf-8").replace("2028,open", "2028,running"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        tables.load(model)
    assert faults(caught)[0] == (
        "rounds.csv:4: status: found running, where rounds/2027-2028/round.json says signed, expected open: a round is "
        "closed by `rmscenario round close`, which says what goes on; write open"
    )


def test_a_round_that_would_leave_a_region_that_does_not_hold_stays_as_it_was(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(value=0)))  # P1 in HUS, a duty by 2028
    before = files(model)
    with pytest.raises(InputError) as caught:
        close(model)
    assert faults(caught) == [
        "duties.csv:2: latest: found '2028', expected a year by which it can start; its possible starts are 2029–2030; "
        "move the year, open a round, or correct earliest and latest of the initiative",
        "rounds/2027-2028/round.json: found these faults in the region if the round were closed, expected a region that "
        "holds with it; correct them and give the command again; the round is signed, as before",
    ]
    assert read_round(model, NAME).state is RoundState.SIGNED
    assert files(model) == before


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


def test_a_plan_of_another_region_is_one_fault_and_leaves_no_folder(tmp_path: Path) -> None:
    model, region = tiny(tmp_path), tables.load(tiny(tmp_path / "other"))
    other = replace(region, settings=region.settings.model_copy(update={"region": "elsewhere"}))
    with pytest.raises(InputError) as caught:
        propose_round(model, NAME, other, planned(), dated=DAY, proposed_from=FROM)
    assert faults(caught) == [
        "--from: found a run of the region 'elsewhere', expected one of 'tiny', the region of the round; give a run of "
        "that region, or name the folder of the run's region with --model"
    ]
    assert not (model / "rounds").exists()


def test_a_proposal_that_the_region_does_not_hold_with_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    region = tables.load(model)
    strange = replace(
        region,
        initiatives=tuple(row.model_copy(update={"reference": "A-elsewhere"}) for row in region.initiatives),
    )
    with pytest.raises(InputError) as caught:
        propose_round(model, NAME, strange, planned(), dated=DAY, proposed_from=FROM)
    assert "found 'A-elsewhere', expected an id of references" in faults(caught)[0]
    assert not (model / "rounds").exists()
    assert propose(model)
    before = files(model)
    with pytest.raises(InputError):
        propose_round(model, NAME, strange, planned(), dated=DAY, proposed_from=FROM | {"run": "another"})
    assert files(model) == before


@pytest.mark.parametrize(
    ("steps", "step", "text"),
    [
        ((), sign, "found a round that is open, expected one that is proposed"),
        ((propose,), follow, "found a round that is proposed, expected one that is signed"),
        ((propose,), amend, "found a round that is proposed, expected one that is signed"),
        ((propose,), close, "found a round that is proposed, expected one that is signed"),
    ],
)
def test_a_command_before_its_time_is_refused(
    steps: tuple[object, ...], step: object, text: str, tmp_path: Path
) -> None:
    model = taken(tiny(tmp_path), *steps)
    before = files(model)
    with pytest.raises(InputError) as caught:
        step(model)  # type: ignore[operator]
    assert text in faults(caught)[0]
    assert files(model) == before
    assert steps or not (model / "rounds").exists()


def test_a_signed_round_takes_no_proposal_of_another_plan(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    with pytest.raises(InputError) as caught:
        propose_round(model, NAME, tables.load(model), planned(), dated=SIGNED, proposed_from={"run": "other"})
    assert "found a round that is signed, expected one that is open or proposed" in faults(caught)[0]


def test_the_second_of_two_processes_is_told_to_wait(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    with changing(model, NAME), pytest.raises(InputError) as caught:
        sign(model)
    assert faults(caught) == [
        "rounds/2027-2028: found another process that is changing the round, expected one at a time; wait until it has "
        "ended, and give the command again"
    ]
    assert sign(model)


OBSERVED: dict[str, tuple[dict[str, object], str]] = {
    "an unknown commitment": (
        {"commitment": f"{NAME}.P1.HUZ"},
        "2: commitment: found '2027-2028.P1.HUZ', expected one of 2027-2028.P1.HUS, 2027-2028.P2.HUS, 2027-2028.P2.HJEM, "
        "2027-2028.C1.HUS, 2027-2028.C1.HJEM; did you mean '2027-2028.P1.HUS'?",
    ),
    "an unknown indicator": (
        {"indicator": "I-P2"},
        "2: indicator: found 'I-P2', expected one of I-P1, start, share_in_service; did you mean 'I-P1'?",
    ),
    "another unit": (
        {"measure": "%"},
        "2: measure: found '%', expected '1', the unit of the indicator; convert the value",
    ),
    "reported before it was observed": (
        {"reported": "2028-01-01"},
        "2: reported: found '2028-01-01', expected 2028-12-31, the day it is of, or later; correct one of the dates",
    ),
    "outside its interval": (
        {"low": "0,2", "high": "0,4"},
        "2: value: found 1 outside 0.2–0.4, expected low ≤ value ≤ high; put them in order",
    ),
    "of nothing": (
        {"commitment": "", "indicator": ""},
        "2: commitment: found neither commitment nor account, expected one of the two; fill one in",
    ),
    "no number": (
        {"value": "ja"},
        "2: value: found 'ja', expected a number; write digits alone, the unit in its own column",
    ),
    "a share in percent": (
        {"value": "80"},
        "2: value: found 80, expected a share from 0 to 1; write 0.8 where percent are meant",
    ),
    "a share below nothing": (
        {"value": "-1"},
        "2: value: found -1, expected a share from 0 to 1; write the part that is in service; all of it is 1",
    ),
    "an end of a share above all": (
        {"value": "0,9", "low": "0,8", "high": "1,2"},
        "2: high: found 1.2, expected a share from 0 to 1; write 0.012 where percent are meant",
    ),
    "a start before the round": (
        {"indicator": "start", "value": "1999", "measure": "år"},
        "2: value: found 1999, expected a whole year from 2027, the first of the round, to 2036, the last of the region's "
        "period; write the year in which it started, or will start",
    ),
    "a start within a year": (
        {"indicator": "start", "value": "2027,5", "measure": "år"},
        "2: value: found 2027.5, expected a whole year from 2027, the first of the round, to 2036, the last of the "
        "region's period; write the year in which it started, or will start",
    ),
    "observed before the round": (
        {"observed": "2020-12-31"},
        "2: observed: found '2020-12-31', expected a day from 2027-01-01, the first day of the round, to 2036-12-31, the "
        "last of the region's period; correct the date",
    ),
    "observed after the region's period": (
        {"observed": "2199-12-31", "reported": "2200-01-15"},
        "2: observed: found '2199-12-31', expected a day from 2027-01-01, the first day of the round, to 2036-12-31, the "
        "last of the region's period; correct the date",
    ),
    "an account of after the region's period": (
        {"commitment": "", "indicator": "", "account": "main", "boundary": "all", "measure": "t"}
        | {"observed": "2199-12-31", "reported": "2200-01-15"},
        "2: observed: found '2199-12-31', expected a day to 2036-12-31, the last of the region's period; correct the date",
    ),
    "out of all reason": (
        {"indicator": "I-P1", "measure": "kWh/m2", "value": "1e300"},
        "2: value: found 1e+300, expected at most 100 times the base of 60 or the target of 48; give the value in kWh/m2",
    ),
    "a standard error out of all reason": (
        {"indicator": "I-P1", "measure": "kWh/m2", "value": "54", "standard_error": "1e300"},
        "2: standard_error: found 1e+300, expected at most 100 times the base of 60 or the target of 48; give the value in "
        "kWh/m2",
    ),
    "an unknown account": (
        {"commitment": "", "indicator": "", "account": "mein", "boundary": "all", "measure": "t"},
        "2: account: found 'mein', expected one of main, market, old; did you mean 'main'?",
    ),
}


@pytest.mark.parametrize("case", OBSERVED)
def test_a_faulty_observation_is_a_fault_at_its_row_and_nothing_is_read(case: str, tmp_path: Path) -> None:
    values, text = OBSERVED[case]
    model = taken(tiny(tmp_path), propose, sign)
    before = files(model)
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(**values)))
    assert f"f.csv:{text}" in faults(caught)
    assert files(model) == before


def test_a_faulty_observation_says_all_that_is_wrong_with_it(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    rows = observation(value=80, observed="2020-12-31"), observation(indicator="start", value=1999, measure="år")
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "f.csv", *rows))
    assert [":".join(fault.split(":")[1:3]) for fault in faults(caught)] == ["2: observed", "2: value", "3: value"]


@pytest.mark.parametrize("measure", ["a", "år", "year"])
def test_a_start_may_be_late_and_its_year_be_written_as_anywhere_and_is_one_value(measure: str, tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    for word, new in ((measure, 1), ("år", 0)):
        row = observation(indicator="start", value=2030, measure=word)
        assert import_follow_up(model, NAME, write(tmp_path / "f.csv", row)) == new
    assert [(row.value, row.measure) for row in follow_up(model)] == [(2030.0, "år")]


def test_a_figure_of_an_account_may_be_of_before_the_round(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign)
    figure = {"commitment": "", "indicator": "", "account": "main", "boundary": "all", "measure": "t"}
    row = observation(**figure, observed="2025-12-31")
    assert import_follow_up(model, NAME, write(tmp_path / "f.csv", row)) == 1


def test_a_round_is_signed_before_it_is_over(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose)
    with pytest.raises(InputError) as caught:
        sign_round(model, NAME, dated=date(2029, 1, 1))
    assert faults(caught) == [
        "rounds/2027-2028: dated: found '2029-01-01', expected a day of 2028, the last year of the round, or before; give "
        "the day of the signature"
    ]
    assert sign_round(model, NAME, dated=date(2028, 12, 31))


def test_a_corrected_value_needs_a_later_report(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, follow)
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(value="0,5")))
    assert faults(caught)[0].endswith("expected each key once; give the corrected value a later date in reported")
    rows = (observation(value="0,5"), observation(commitment=f"{NAME}.P2.HUS", value=80), observation(value="0,7"))
    with pytest.raises(InputError) as caught:
        import_follow_up(model, NAME, write(tmp_path / "several.csv", *rows))
    assert [fault.split(", ")[0].partition(": found")[0] for fault in faults(caught)] == [
        "several.csv:4: commitment+indicator+account+boundary+observed+reported",
        "several.csv:3: value",
        "several.csv:2: commitment+indicator+account+boundary+observed+reported",
    ]
    assert (
        import_follow_up(model, NAME, write(tmp_path / "f.csv", observation(value="0,5", reported="2029-02-01"))) == 1
    )
    seen = {each.commitment.commitment: each.progress for each in observed(read_round(model, NAME))}
    assert seen[f"{NAME}.P1.HUS"] is Progress.PARTIAL


def test_a_workbook_says_the_same_as_a_csv_file(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, follow)
    book = Workbook()
    sheet = book.active
    sheet.title = "follow_up"
    sheet.append(list(FollowUp.model_fields))
    for row in follow_up(model):
        sheet.append(list(row.model_dump().values()))
    book.save(tmp_path / "f.xlsx")
    before = files(model)
    assert import_follow_up(model, NAME, tmp_path / "f.xlsx") == 0
    assert files(model) == before
    assert [row.value for row in follow_up(model) if row.account] == [7500.0]


def test_dates_as_danish_excel_writes_them_say_the_same(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, follow)
    before = files(model)
    danish = write(tmp_path / "f.csv", observation(observed="31-12-2028", reported="15-01-2029"))
    assert import_follow_up(model, NAME, danish) == 0
    assert files(model) == before


def test_an_amendment_of_another_round_is_a_fault(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    path = tmp_path / "models" / "amendment.csv"
    path.write_text(path.read_text("utf-8-sig").replace(f";{NAME};", ";2029-2030;"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        amend_round(model, NAME, path)
    assert faults(caught)[0] == (
        "amendment.csv:2: round: found '2029-2030', expected '2027-2028'; amend that round instead"
    )


def test_an_amendment_that_the_region_does_not_hold_with_is_a_fault_at_the_row_that_was_written(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    path, before = model.parent / "amendment.csv", files(model)
    known = path.read_text("utf-8-sig")
    strange = (
        known.splitlines()[1].replace("A1;", "A2;").replace(";HJEM;", ";HUS;").replace("A-invented", "A-elsewhere")
    )
    path.write_text(known + strange.replace("P2.HJEM", "P2.HUS") + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        amend_round(model, NAME, path)
    said = faults(caught)
    assert said[0].startswith("amendment.csv:3: reference: found 'A-elsewhere', expected an id of references")
    assert said[-1].startswith(
        "rounds/2027-2028/round.json: found these faults in the region with the change, expected"
    )
    assert files(model) == before


def test_faults_of_an_amendments_rows_and_of_the_region_with_the_others_are_told_together(tmp_path: Path) -> None:
    model = taken(tiny(tmp_path), propose, sign, amend)
    header, row = (model.parent / "amendment.csv").read_text("utf-8-sig").splitlines()
    path, before = tmp_path / "several.csv", files(model)
    bad_level = row.replace("A1;", "A2;").replace(";1;2028;", ";en;2028;")
    elsewhere = row.replace("A1;2027-2028;", "A3;2029-2030;")
    unknown = row.replace("A1;", "A4;").replace(f"{NAME}.P2.HJEM", f"{NAME}.P2.HJEN")
    path.write_text("\n".join([header, bad_level, elsewhere, unknown]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        amend_round(model, NAME, path)
    told = [str(fault) for fault in caught.value.faults]
    assert [fault.split(", expected")[0] for fault in told[:3]] == [
        "several.csv:2: level: found 'en'",
        "several.csv:3: round: found '2029-2030'",
        f"several.csv:4: replaces: found '{NAME}.P2.HJEN'",
    ]
    assert told[-1].endswith("the round is signed, as before")
    assert files(model) == before
