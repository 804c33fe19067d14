"""Dossiers of a small region, and units that fill them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from rmscenario import run_folder as rf
from rmscenario import tables
from rmscenario.plan import Plan
from rmscenario.planning.planner import plan_region
from rmscenario.reporting.language import Lang
from rmscenario.rounds.asked import ANSWER_CELLS, PLACE, SENT
from rmscenario.rounds.read_back import ReadBack
from rmscenario.rounds.recording import record_answers
from rmscenario.rounds.signing import propose_round
from rmscenario.rounds.store import read_round
from rmscenario.run_folder import MANIFEST, Run
from rmscenario.run_folder.manifest import digest
from rmscenario.scenario import load
from rmscenario.workflow.dossiers import write_dossiers
from tests.rounds.rounds import DAY, NAME, tiny

ANSWERED = date(2026, 11, 1)


def run_of(model: Path, runs: Path, plan: Plan | None = None, *scenarios: Path) -> Run:
    """A run of a region, or of scenarios on it, as far as rounds and dossiers read it."""
    scenario = load(list(scenarios) or [model])
    plan = plan or plan_region(scenario.region).plan
    with rf.new_run(runs, model.name) as draft:
        tables.write_region(draft.folder / rf.REGION_FOLDER, scenario.region)
        rf.write_described(draft.folder / rf.SCENARIO_FILE, rf.describe(scenario))
        rows = [{"initiative": s.initiative, "unit": s.unit, "level": s.level, "start": s.start} for s in plan.starts]
        rf.write_table(draft.folder / rf.PLAN_FILE, ("initiative", "unit", "level", "start"), rows)
        rf.write_json(draft.folder / rf.SUMMARY_FILE, {})
        rf.write_manifest(
            draft.folder,
            made=f"{DAY.isoformat()}T08:00:00+00:00",
            command=("rmscenario", "run"),
            versions={},
            inputs=dict(scenario.hashes),
            options={},
            seconds={},
        )
        draft.whole = True
    return rf.read_run(runs / model.name)


def propose_run(model: Path, run: Run, name: str = NAME) -> bool:
    """Propose what a run's plan starts."""
    proposed_from = {"run": run.name, "manifest": digest(run.folder / MANIFEST)}
    return propose_round(model, name, run.region, run.plan, dated=DAY, proposed_from=proposed_from)


def sent(model: Path, run: Run, out: Path, lang: Lang = Lang.DA, name: str = NAME) -> Path:
    """The folder of the dossiers of a round."""
    return write_dossiers(read_round(model, name), run, out, lang=lang, command=("rmscenario",)).folder


def proposed(place: Path, plan: Plan | None = None) -> tuple[Path, Run, Path]:
    """The tiny region with a proposal, the run it is of, and its dossiers."""
    model = tiny(place)
    run = run_of(model, place / "runs", plan)
    propose_run(model, run)
    return model, run, sent(model, run, place / "dossiers")


def fill(path: Path, answers: Mapping[str, Mapping[str, Any]], force: Callable[[Any], None] | None = None) -> Path:
    """Answer in a workbook, by commitment and cell of the answer; `force` does what a unit is not meant to do."""
    book = openpyxl.load_workbook(path)
    for kind, sheet, row, column, commitment, *_ in book[SENT].iter_rows(values_only=True):
        if kind == PLACE and commitment in answers:
            for cell, value in answers[commitment].items():
                free = book[sheet].cell(row, column + ANSWER_CELLS.index(cell))
                free.value = value
                if isinstance(value, str):
                    free.data_type = "s"  # as a cell of the format text takes it, whatever it begins with
    if force is not None:
        force(book)
    book.save(path)
    return path


def read(model: Path, *paths: Path, name: str = NAME) -> tuple[ReadBack, bool]:
    """Read workbooks back into the round."""
    return record_answers(model, name, paths, dated=ANSWERED)
