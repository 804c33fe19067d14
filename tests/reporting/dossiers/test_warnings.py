"""Dossiers: what warns of a miss, from the signposts beside the run."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import openpyxl

from rmscenario import run_folder as rf
from rmscenario.reporting.dossiers import page
from rmscenario.reporting.dossiers.sheets import sheets
from rmscenario.reporting.dossiers.warnings import warned
from rmscenario.reporting.language import Lang
from rmscenario.rounds.store import read_round
from rmscenario.signposts import Alert, Miss, Observable, Reserve, Reserves, Restriction, Sign, Signpost, Signposts
from rmscenario.workflow.analyses import signposts_of
from rmscenario.workflow.dossiers import proposing_run
from tests.reporting.dossiers.made import all_of
from tests.rounds.dossiers import proposed, run_of, sent
from tests.rounds.rounds import NAME, planned


def posts(unit: str) -> Signposts:
    seen = Observable(sign=Sign.EFFECT, years=(2028,), initiative="P1")
    alert = Alert(
        observable=seen, year=2028, known=2028, above=False, trigger=0.8, planned=1.0,
        hits=0.9, false_alarms=0.1, miss_if=0.75, miss_if_not=0.1,
    )  # fmt: skip
    best = Reserve(
        initiative="T1", units=(unit,), start=2029, full=2030, removed=10.0, in_service=1.0, capex=1e6, breaks=()
    )
    reserves = Reserves(call=2029, best=best, removed=(("T1", 10.0),), removed_together=10.0)
    box = Restriction(observable=seen, above=False, value=0.8, planned=1.0, quasi_p=0.01, reproduced=1.0, alert=alert)
    post = Signpost(coverage=0.8, density=0.7, mass=0.2, restrictions=(box,), mean=1.0, alert=alert, reserves=reserves)
    return Signposts(
        target="total-67", year=2030, draws=1000, miss=Miss.CAP, expected_background=False, level=1.0, missed=0.3,
        planned=1.0, mean=1.0, posts=(post,),
    )  # fmt: skip


def test_warnings_and_reserves_are_shown_where_they_were_computed_and_said_not_to_be_where_they_were_not(
    place: tuple[Path, Any, Path],
) -> None:
    region = place[1].region
    target = region.targets[0].target
    _, without = all_of(place)
    assert "warnings" not in dict(sheets(without[0], region, Lang.EN))
    texts = [text for _, part in page(without[0], region, Lang.EN, scenario="", run="tiny").parts for text in part]
    assert any("have not been computed for the run tiny" in text for text in texts)
    _, made = all_of(place, (replace(posts("HUS"), target=target),))
    for dossier in made:
        table = dict(sheets(dossier, region, Lang.EN))["warnings"]
        ((trigger, known, reserve, here),) = table.rows
        assert str(trigger).startswith("the effect of P1 LED lighting is below 80.0% of the planned one: then ")
        assert known == "at the end of 2028"
        assert str(reserve).startswith("T1 ")
        assert here == ("yes" if dossier.unit == "HUS" else "no")


def test_a_warning_of_a_plan_that_always_misses_names_the_level_it_warns_of(place: tuple[Path, Any, Path]) -> None:
    region = place[1].region
    found = replace(posts("HUS"), target=region.targets[0].target, miss=Miss.WORST, level=90_000.0, planned=80_000.0)
    first, second = warned((replace(found, posts=found.posts * 2),), region, Lang.EN)
    assert first.trigger.endswith(
        "then 2030 ends above 90.0\u00a0kt\u00a0CO₂e in 75% of the draws (the plan expects 80.0\u00a0kt\u00a0CO₂e)"
    )
    assert ", and no earlier warning has come true: then 2030 ends" in second.trigger


def test_signposts_are_read_from_the_analysis_beside_the_run_if_it_is_of_that_run(tmp_path: Path) -> None:
    _, run, _ = proposed(tmp_path, planned())
    assert signposts_of(run) is None
    for inputs, found in ((run.manifest.outputs, (posts("HUS"),)), ({}, None)):
        with rf.new_run(tmp_path / "runs" / ".analyses" / "tiny", "signposts") as draft:
            rf.write_json(draft.folder / "signposts.json", {"targets": [{"signposts": asdict(posts("HUS"))}]})
            rf.write_manifest(draft.folder, made="", command=(), versions={}, inputs=inputs, options={}, seconds={})
            draft.whole = True
        assert signposts_of(run) == found


def test_a_run_that_moved_to_the_history_is_shown_with_the_signposts_of_its_former_place(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    with rf.new_run(tmp_path / "runs" / ".analyses" / "tiny", "signposts") as draft:
        found = replace(posts("HUS"), target=run.region.targets[0].target)
        rf.write_json(draft.folder / "signposts.json", {"targets": [{"signposts": asdict(found)}]})
        rf.write_manifest(
            draft.folder, made="", command=(), versions={}, inputs=run.manifest.outputs, options={}, seconds={}
        )
        draft.whole = True
    before = sent(model, run, tmp_path / "before")
    assert "Advarsler" in openpyxl.load_workbook(before / "HUS.xlsx").sheetnames
    run_of(model, run.folder.parent, type(run.plan)(starts=run.plan.starts[:-1]))
    moved = rf.read_run(proposing_run(read_round(model, NAME), run.folder.parent))
    assert moved.plan == run.plan
    after = sent(model, moved, tmp_path / "after")
    assert [path.read_bytes() for path in sorted(after.glob("*.[dx]*"))] == [
        path.read_bytes() for path in sorted(before.glob("*.[dx]*"))
    ]
