"""What a round's commitments do for the targets, physically and in the account, beside the plan's own evaluation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.assessment import assess
from rmscenario.plan import Plan, Start
from rmscenario.region import Region
from rmscenario.region.initiatives import Level
from rmscenario.reporting.language import Lang
from rmscenario.reporting.rounds import round_text, standing_row
from rmscenario.rounds.against import Against, Amount, against_targets
from rmscenario.rounds.closing import close_round
from rmscenario.rounds.rows import CommitmentTonnes
from rmscenario.rounds.status import standing
from rmscenario.rounds.store import read_round
from rmscenario.tables.parts import ROUND_FILE, sha256
from tests.rounds.rounds import NAME, follow, half_seen, propose, sign, taken, tiny

TARGET = "total-30"


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return taken(half_seen(tiny(tmp_path)), propose, sign)


def left(region: Region, starts: list[Start], target: str = TARGET) -> Amount:
    """What a plan with some starts leaves of a target's tonnes, as plans are evaluated."""
    alone = replace(region, commitments=(), outlook=())
    found = assess(alone, Plan(starts=tuple(starts))).sel(target=target, year=2030)
    return Amount(physical=float(found["residual"]), in_account=float(found["residual_on_paper"]))


def near(amount: Amount) -> Amount:
    return Amount(
        physical=pytest.approx(amount.physical, rel=1e-12), in_account=pytest.approx(amount.in_account, rel=1e-12)
    )


def agreed_starts(model: Path) -> list[Start]:
    rows = read_round(model, NAME).commitments
    assert all(row.level is not None and row.start is not None for row in rows)
    return [Start(initiative=row.initiative, unit=row.unit, level=row.level or 0, start=row.start or 0) for row in rows]


def of_target(found: Against) -> tuple[Amount, Amount, Amount]:
    row = next(each for each in found.targets if each.target == TARGET)
    return row.without, row.agreed, row.observed


def test_as_agreed_is_the_plan_of_the_round_alone_and_without_follow_up_so_is_as_observed(signed: Path) -> None:
    region = tables.load(signed)
    without, agreed, observed = of_target(against_targets(read_round(signed, NAME)))
    assert without == near(left(region, []))
    assert agreed == observed == near(left(region, agreed_starts(signed)))
    assert agreed.physical < agreed.in_account < without.in_account


def test_as_observed_late_partial_and_dropped_count_as_they_are_and_no_data_as_agreed(signed: Path) -> None:
    taken(signed, follow)  # P2 in HUS a year late, P2 in HJEM at 60 %, C1 in HUS not at all, C1 in HJEM without data
    region = tables.load(signed)
    seen = {
        ("P1", "HUS"): (1.0, 2027),
        ("P2", "HUS"): (1.0, 2028),
        ("P2", "HJEM"): (0.6, 2027),
        ("C1", "HJEM"): (1.0, 2027),
    }
    assert not [row for row in region.levels if row.initiative == "P2"]  # 60 % is no level that a plan may choose
    levels = (Level(initiative="P2", level=0.6), Level(initiative="P2", level=1.0))
    with_60 = replace(region, levels=(*region.levels, *levels))
    starts = [Start(initiative=i, unit=u, level=level, start=start) for (i, u), (level, start) in seen.items()]
    found = against_targets(read_round(signed, NAME))
    assert of_target(found)[2] == near(left(with_60, starts))
    dropped = found.parts[f"{NAME}.C1.HUS"]
    assert dropped.observed == Amount(physical=0.0, in_account=0.0)
    assert dropped.agreed.in_account == pytest.approx(dropped.agreed.physical / 2)
    assert dropped.agreed.physical > 0
    pumps, led = found.parts[f"{NAME}.P2.HJEM"], found.parts[f"{NAME}.P1.HUS"]
    assert pumps.observed.physical == pytest.approx(0.6 * pumps.agreed.physical)
    assert led.observed == led.agreed
    assert led.agreed.physical > 0


def test_a_closed_round_is_seen_as_it_was_signed(signed: Path) -> None:
    taken(signed, follow)
    before = against_targets(read_round(signed, NAME))
    close_round(signed, NAME)
    assert of_target(against_targets(read_round(signed, NAME))) == tuple(near(each) for each in of_target(before))


def test_a_commitment_says_what_the_account_shows_of_its_tonnes(signed: Path) -> None:
    goods = {row.commitment for row in read_round(signed, NAME).commitments if row.initiative == "C1"}
    rows = read_round(signed, NAME).of(CommitmentTonnes)
    assert {row.commitment for row in rows} >= goods
    for row in rows:
        assert row.in_account == pytest.approx(row.mode / 2 if row.commitment in goods else row.mode)


def test_the_status_shows_both_beside_each_other_and_for_other_programs(signed: Path) -> None:
    taken(signed, follow)
    (at,) = standing(signed, NAME)
    assert at.realised.in_account is not None
    assert at.realised.in_account < at.realised.mode
    text = " ".join(round_text(tables.load(signed), at, Lang.EN).split())
    assert "The account will show" in text
    assert "“30% less CO₂e than in 2020” asks for 1,692 t less in 2030" in text
    assert "Target Year Counted Allowed t Without the round As agreed As observed Missing" in text
    row = standing_row(at)
    assert [each["target"] for each in row["targets"]] == [TARGET, "sum-2027-2030", "scopes-1-2-25"]
    assert row["judged_target"] == TARGET  # the hard one and the sum are met already
    by_id = {each["commitment"]: each for each in row["observed"]}
    assert by_id[f"{NAME}.C1.HUS"]["towards_target"]["observed"] == {"physical": 0.0, "in_account": 0.0}


def test_a_round_proposed_before_the_account_was_told_is_read_and_leaves_it_blank(signed: Path) -> None:
    taken(signed, follow)
    found = read_round(signed, NAME)
    (file,) = found.manifest.of(CommitmentTonnes.table)
    lines = (found.folder / file.name).read_text("utf-8").splitlines()
    assert lines[0].endswith("in_account")
    data = ("\n".join(line.rpartition(",")[0] for line in lines) + "\n").encode()
    (found.folder / file.name).write_bytes(data)
    files = tuple(replace(each, sha256=sha256(data)) if each == file else each for each in found.manifest.files)
    (found.folder / ROUND_FILE).write_text(replace(found.manifest, files=files).text(), encoding="utf-8")
    (at,) = standing(signed, NAME)
    assert at.realised.in_account is None
    assert at.realised.mode > 0
    assert "The account will show" not in round_text(tables.load(signed), at, Lang.EN).split("Against")[0]
