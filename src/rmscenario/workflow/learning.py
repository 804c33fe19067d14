"""What a round's follow-up teaches, as a page, tables and a scenario to lay over; and the plan made anew with it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rmscenario import run_folder as rf
from rmscenario import tables
from rmscenario.assessment import assess
from rmscenario.errors import Fault, InputError, shown
from rmscenario.learning.overlay import Words, overlay, reference_of
from rmscenario.learning.replanned import Moved, minimised, replanned
from rmscenario.learning.round import LearntRound, learn_round
from rmscenario.planning.planner import Mode
from rmscenario.reporting.analyses.learnt import (
    COLUMNS,
    EFFECTS,
    LearntWords,
    common,
    effect_rows,
    learnt_rows,
    observation_rows,
    silent_rows,
)
from rmscenario.reporting.analyses.replanned import MOVES, figures, moved_rows, replanned_parts
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.rounds.rows import CommitmentIndicator, FollowUp
from rmscenario.rounds.store import Round, read_round
from rmscenario.run_folder import Run
from rmscenario.scenario import Scenario
from rmscenario.tables.parts import ROUNDS_FOLDER
from rmscenario.workflow.analyses import Analysis, content_of, title_of
from rmscenario.workflow.costs import cost_row
from rmscenario.workflow.manifest import versions
from rmscenario.workflow.plans import Kind, kind_of
from rmscenario.workflow.summary import target_rows, tonnes_rows
from rmscenario.workflow.watch import Control, Phase

#: Folder of what was learnt, a folder for each round, beside the runs.
LEARNING = ".learning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What was learnt and where it stands.

    `overlay` is the scenario to lay over; None where nothing was learnt.
    """

    found: LearntRound
    content: dict[str, Any]
    shown: str
    folder: Path
    overlay: Path | None


def overlay_file(runs: Path, name: str) -> Path:
    """Where what was learnt from a round stands as a scenario to lay over others."""
    return runs / LEARNING / name / f"learnt-{name}.toml"


def followed(model: Path, name: str | None) -> Round:
    """The round of a name, or the last one of a region that has follow-up.

    Raises
    ------
    InputError
        When there is none, or it is faulty.
    """
    if name is not None:
        return read_round(model, name)
    for row in reversed(tables.load(model).rounds):
        found = read_round(model, row.round)
        if found.of(FollowUp):
            return found
    raise InputError(
        [
            Fault(
                file=f"{model.name}/{ROUNDS_FOLDER}",
                found="no round with follow-up",
                expected="observed values to learn from",
                remedy="read them in with `rmscenario round follow-up`",
            )
        ]
    )


def learn_from(
    scenario: Scenario, at: Round, runs: Path, *, lang: Lang, control: Control, command: Sequence[str]
) -> Taught:
    """Learn from a round's follow-up and write it to `runs/.learning/ROUND`, whole or not at all.

    Raises
    ------
    InputError
        When the scenario holds already what was learnt from the round.
    """
    region, name = scenario.region, at.name
    if reference_of(name) in {row.reference for row in region.references}:
        raise InputError([_learnt_already(scenario, name)])
    with control.phase(Phase.EXPLAIN):
        found = learn_round(region, at.commitments, at.of(CommitmentIndicator), at.of(FollowUp))
    title = say("learn.title", lang, round=name, title=scenario.title_da if lang is Lang.DA else scenario.title_en)
    words = LearntWords(found, region, lang)
    lead, parts = words.lead(), words.parts()
    learnt = bool(found.heard.observations)
    content: dict[str, Any] = {
        "scenario": scenario.name,
        "region": region.settings.region,
        "round": name,
        "observations": observation_rows(found),
        "silent": silent_rows(found.heard.silent),
        "common": common(found) if learnt else None,
        "learnt": learnt_rows(found) if learnt else [],
        "effects": effect_rows(found.effects),
    }
    laid = overlay_file(runs, name)
    out = laid.parent.parent
    with rf.new_run(out, name) as draft, control.phase(Phase.WRITE):
        rf.write_json(draft.folder / "learnt.json", content)
        page = markdown(region, title, lead, parts, lang)
        (draft.folder / "learnt.md").write_text(page, encoding="utf-8", newline="\n")
        rf.write_table(draft.folder / "learnt.csv", COLUMNS, content["learnt"])
        rf.write_table(draft.folder / "effects.csv", EFFECTS, content["effects"])
        if learnt:
            there = os.path.relpath(at.model.resolve(), (out / name).resolve())
            text = overlay(Path(there).as_posix(), name, found.effects, _observed(found), _words(name, lang))
            (draft.folder / laid.name).write_text(text, encoding="utf-8", newline="\n")
        rf.write_manifest(
            draft.folder,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            command=tuple(command),
            versions=versions(),
            inputs={**scenario.hashes, **{f"{at.name}/{file.name}": file.sha256 for file in at.manifest.files}},
            options={"lang": lang.value, "round": name},
            seconds=control.seconds,
        )
        draft.whole = True
    return Taught(
        found=found,
        content=content,
        shown=terminal(region, title, lead, parts, lang),
        folder=out / name,
        overlay=laid if learnt else None,
    )


def _learnt_already(scenario: Scenario, name: str) -> Fault:
    return Fault(
        file=scenario.name,
        found=f"effects that were learnt from {shown(name)}",
        expected="effects as they were before, since nothing is to be learnt twice",
        remedy="leave out the scenario of what was learnt",
    )


def _observed(found: LearntRound) -> set[str]:
    return {seen.commitment.initiative for seen in found.heard.observations}


def _words(name: str, lang: Lang) -> Words:
    before = "{low} / {mode} / {high}"
    return Words(
        title_da=say("learn.overlay.title", Lang.DA, round=name),
        title_en=say("learn.overlay.title", Lang.EN, round=name),
        reference=say("learn.overlay.title", lang, round=name),
        note=say("learn.overlay.note", lang),
        measured=say("learn.overlay.measured", lang, round=name, before=before),
        derived=say("learn.overlay.derived", lang, round=name, before=before),
    )


def analyse_replanned(before: Run, after: Run, name: str, lang: Lang, control: Control) -> Analysis:
    """Say what the plan made with what was learnt starts otherwise, and because of what."""
    mode = Mode(after.scenario.planning.mode.value)
    with control.phase(Phase.EXPLAIN):
        moves: tuple[Moved, ...] = replanned(before.region, after.region, before.plan, after.plan, mode)
        middle = assess(after.region, before.plan)
        former = {
            "targets": target_rows(after.region, before.plan, middle),
            "cost": cost_row(after.region, before.plan, middle),
            **tonnes_rows(after.region, middle),
        }
        chosen_by = None
        if kind_of(after.scenario.planning) is Kind.PRICED and after.plan.risk is None:
            of = ((before.region, before.plan), (after.region, before.plan), (after.region, after.plan))
            chosen_by = [minimised(*each) for each in of]
    told = figures(before.summary, former, after.summary, minimised=chosen_by)
    lead, parts = replanned_parts(moves, told, after.region, len(after.plan.starts), lang)
    title = say("replan.title", lang, round=name, title=title_of(before, lang))
    return Analysis(
        name="replanned",
        content=content_of(after, interrupted=False)
        | {"round": name, "before": before.name, "figures": told, "changes": [asdict(move) for move in moves]},
        page=markdown(after.region, title, lead, parts, lang),
        shown=terminal(after.region, title, lead, parts, lang),
        pictures={},
        tables={"replanned.csv": (MOVES, moved_rows(moves))},
    )
