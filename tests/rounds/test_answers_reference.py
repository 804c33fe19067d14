"""The reference region from proposal to signature by way of its eleven units' workbooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rmscenario import tables
from rmscenario.planning.planner import plan_region
from rmscenario.region.vocabulary import CommitmentStatus
from rmscenario.rounds.signing import sign_round
from rmscenario.rounds.store import read_round
from rmscenario.run_folder import Run
from tests.project.files import ROOT
from tests.rounds.dossiers import fill, propose_run, read, run_of, sent
from tests.rounds.rounds import NAME, SIGNED
from tests.rounds.test_read_back import locks


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A place with the region, proposed, and the dossiers of its units; and the run that was proposed."""
    place = tmp_path_factory.mktemp("asked")
    model = Path(shutil.copytree(ROOT / "models" / "midtjylland", place / "models" / "region"))
    run = run_of(model, place / "runs")
    propose_run(model, run)
    sent(model, run, place / "dossiers")
    return place, run


@pytest.fixture
def place(asked: tuple[Path, Run], tmp_path: Path) -> Path:
    """A copy of that place."""
    return Path(shutil.copytree(asked[0], tmp_path / "asked"))


def test_eleven_workbooks_read_back_unchanged_and_signed_give_the_same_locks_and_the_same_plan(
    asked: tuple[Path, Run], place: Path
) -> None:
    (_, run), model = asked, place / "models" / "region"
    books = sorted((place / "dossiers" / NAME).glob("*.xlsx"))
    assert len(books) == 11
    said, new = read(model, *books)
    assert (len(said.units), said.changes, new) == (11, (), False)
    sign_round(model, NAME, dated=SIGNED)
    agreed = {(s.initiative, s.unit): (s.level, s.start) for s in run.plan.starts if s.start in (2027, 2028)}
    assert locks(model) == agreed
    assert plan_region(tables.load(model)).plan.starts == run.plan.starts


def test_what_three_units_change_or_refuse_is_listed_in_full_and_the_next_plan_honours_it(
    place: Path, tmp_path: Path
) -> None:
    model, folder = place / "models" / "region", place / "dossiers" / NAME
    region = tables.load(model)
    decided = {row.initiative for row in region.duties} | {row.requires for row in region.prerequisites}
    mine = {
        unit: [row for row in read_round(model, NAME).commitments if row.unit == unit and row.initiative not in decided]
        for unit in ("AUH", "HOR", "RAN")
    }
    later = next(row for row in mine["AUH"] if row.start == 2027)
    refused = [mine[unit][-1] for unit in ("HOR", "RAN")]
    fill(
        folder / "AUH.xlsx",
        {later.commitment: {"answer": "ændret", "start": 2028, "comment": "Først efter flytningen"}},
    )
    for row in refused:
        fill(folder / f"{row.unit}.xlsx", {row.commitment: {"answer": "afvist"}})
    said, new = read(model, *sorted(folder.glob("*.xlsx")))
    assert new
    assert sorted((change.commitment, change.field, change.old, change.new) for change in said.changes) == sorted(
        [
            (later.commitment, "status", "proposed", "accepted"),
            (later.commitment, "start", "2027", "2028"),
            (later.commitment, "comment", "", "Først efter flytningen"),
            *((row.commitment, "status", "proposed", "refused") for row in refused),
        ]
    )
    again = run_of(model, tmp_path / "again")
    starts = {(start.initiative, start.unit): start.start for start in again.plan.starts}
    assert starts[later.option] == 2028
    assert not any(starts.get(row.option) in (2027, 2028) for row in refused)
    propose_run(model, again)
    statuses = {row.commitment: row.status for row in read_round(model, NAME).commitments}
    assert statuses[later.commitment] is CommitmentStatus.ACCEPTED
    assert {statuses[row.commitment] for row in refused} == {CommitmentStatus.REFUSED}
    sign_round(model, NAME, dated=SIGNED)
    assert plan_region(tables.load(model)).plan.starts == again.plan.starts
