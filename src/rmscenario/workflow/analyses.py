"""Analyses of a finished run: what drives its outcome and what warns of a miss, written beside the run.

A run is never changed by them: its manifest holds every file that is in it. An analysis is a folder of its own with a
manifest of its own, `.analyses/RUN/NAME` beside the run; an earlier one moves to the history there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rmscenario import run_folder as rf
from rmscenario.drivers import Drivers, FixedPlan, drivers
from rmscenario.errors import Fault, InputError, RunFolderError, shown
from rmscenario.reporting.driven import Driven, in_order
from rmscenario.reporting.language import Lang, number, say
from rmscenario.reporting.pages import Part, markdown, terminal
from rmscenario.reporting.posted import Posted
from rmscenario.reporting.targets import target_name, target_scale
from rmscenario.reporting.text import wrap
from rmscenario.run_folder import Run
from rmscenario.signposts import Signposts, signposts
from rmscenario.uncertainty import DrawSource
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.manifest import versions
from rmscenario.workflow.summary import finite
from rmscenario.workflow.watch import Control, Phase

#: Folder of the analyses, beside the runs they are of.
ANALYSES = ".analyses"
#: Of a target in a run's summary, what an analysis repeats.
_TARGET = ("id", "name_da", "name_en", "quantity", "account", "unit", "year", "base", "cap", "residual", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What an analysis found: figures for other programs, a page, its pictures, and what the terminal shows of it.

    `tables` are CSV files by name, each its columns and rows; `missed` says what was asked for and is not reached, which is
    a finding and no fault.
    """

    name: str
    content: Mapping[str, Any]
    page: str
    shown: str
    pictures: Mapping[str, bytes]
    tables: Mapping[str, tuple[Sequence[str], Sequence[Mapping[str, object]]]] = field(default_factory=dict)
    missed: str | None = None


def analyse_drivers(run: Run, lang: Lang, control: Control, *, draw: bool) -> Analysis:
    """Say what drives the outcome of a run's plan; interrupted, from the draws made so far."""
    with control.phase(Phase.EXPLAIN):
        found = drivers(
            run.region,
            run.plan,
            run.scenario.stress,
            progress=control.watch.answers,
            stop=control.interrupts.asked,
        )
    interrupted = control.interrupts.asked()
    pictures, captions = _pictures(run, found, lang, control) if draw and not interrupted else ({}, {})
    interrupted = interrupted or control.interrupts.asked()
    targets = targets_of(run)
    draws = (run.summary.get("stress") or {}).get("draws")
    words = Driven(found, run.region, targets, lang, draws)
    splits = {split.target: split for split in found.splits}
    order = in_order(run.region, splits)
    parts = {
        target: words.parts(splits[target], (f"drivers-{target}.svg", captions[target]) if target in captions else None)
        for target in order
    }
    lead = [say("drivers.fixed", lang), say("drivers.note.linear", lang)]
    if not order:
        lead.append(say("drivers.none", lang))
    if interrupted:
        lead.insert(0, say("drivers.interrupted", lang))
    title = say("drivers.title", lang, title=title_of(run, lang))
    text = terminal(run.region, title, lead, parts[order[0]] if order else (), lang)
    if len(order) > 1:
        names = ", ".join(f"“{target_name(targets[target], lang)}”" for target in order[1:])
        others = say("drivers.others", lang, count=number(len(order) - 1, lang), names=names)
        text += "\n".join(["", *wrap(others, ""), ""])
    return Analysis(
        name="drivers",
        content=content_of(run, interrupted=interrupted)
        | {"fixed_plan": found.fixed_plan, "seed": found.seed, "draws": found.draws}
        | {"targets": [_drivers_of(found, target, targets[target]) for target in order]}
        | key_sentences(
            lambda spoken: [
                sentence
                for target in order[:1]
                for sentence in Driven(found, run.region, targets, spoken, draws).key_sentences(splits[target])
            ],
            interrupted=interrupted,
        ),
        page=markdown(run.region, title, lead, [part for target in order for part in parts[target]], lang),
        shown=text,
        pictures=pictures,
    )


def _drivers_of(found: Drivers, target: str, row: Mapping[str, Any]) -> dict[str, Any]:
    split = next(split for split in found.splits if split.target == target)
    parts = {
        name: [asdict(item) for item in getattr(found, name) if item.target == target]
        for name in ("margins", "independent", "spoken", "bars", "failures", "chances")
    }
    said: dict[str, Any] = finite(
        {key: row[key] for key in _TARGET} | {"probability_met": row["probability_met"], "split": asdict(split)} | parts
    )
    return said


def _pictures(run: Run, found: Drivers, lang: Lang, control: Control) -> tuple[dict[str, bytes], dict[str, str]]:
    """Pictures by file, and captions by target; interrupted, those of no target."""
    from rmscenario.reporting.figures.drivers import drawn_drivers  # noqa: PLC0415  matplotlib takes a second to import

    targets = targets_of(run)
    pictures: dict[str, bytes] = {}
    captions: dict[str, str] = {}
    try:
        with control.phase(Phase.FIGURES), control.interrupts.raised():
            for split in found.splits:
                row = targets[split.target]
                drawn = drawn_drivers(
                    found,
                    split,
                    run.region,
                    lang,
                    target=target_name(row, lang),
                    scenario=title_of(run, lang),
                    scale=target_scale(row, lang),
                )
                if drawn is not None:
                    files, captions[split.target] = drawn
                    pictures |= {f"drivers-{split.target}{ending}": content for ending, content in files.items()}
    except Interrupted:
        return {}, {}
    return pictures, captions


def analyse_signposts(run: Run, wanted: Sequence[str], lang: Lang, control: Control) -> Analysis:
    """Find signposts of some targets, by default of the first in priority; interrupted, from the draws made so far.

    Each target is asked twice: with everything uncertain, and with the background as expected, which leaves what the
    organisation itself can be late or wrong with.

    Raises
    ------
    InputError
        When a target is none of the plan's.
    """
    targets = targets_of(run)
    with control.phase(Phase.EXPLAIN):
        plan = FixedPlan(run.region, run.plan)
        lines = {line.target.target: line for line in plan.lines}
        order = in_order(run.region, lines)
        _known(run, wanted, order)
        source = DrawSource(plan.inputs, run.scenario.stress.seed, run.scenario.stress.sampler)
        found: list[Signposts] = []
        for target in wanted or order[:1]:
            for expected in (False, True):
                if found and control.interrupts.asked():
                    break
                found.append(
                    signposts(
                        plan,
                        lines[target],
                        source,
                        expected_background=expected,
                        seed=run.scenario.stress.seed,
                        progress=control.watch.draws,
                        stop=control.interrupts.asked,
                    )
                )
    interrupted = control.interrupts.asked()
    parts: list[Part] = []
    for posts in found:
        parts += Posted(posts, run.region, targets[posts.target], lang).parts()
    lead = [say("signposts.fixed", lang), say("signposts.note", lang)]
    if not found:
        lead.append(say("drivers.none", lang))
    elif interrupted:
        draws = number(min(posts.draws for posts in found), lang)
        lead.insert(0, say("signposts.interrupted", lang, draws=draws))
    title = say("signposts.title", lang, title=title_of(run, lang))
    return Analysis(
        name="signposts",
        content=content_of(run, interrupted=interrupted)
        | {"fixed_plan": True, "seed": run.scenario.stress.seed}
        | {"targets": [_signposts_of(posts, targets[posts.target]) for posts in found]}
        | key_sentences(
            lambda spoken: [
                sentence
                for posts in found
                for sentence in Posted(posts, run.region, targets[posts.target], spoken).key_sentences()
            ],
            interrupted=interrupted,
        ),
        page=markdown(run.region, title, lead, parts, lang),
        shown=terminal(run.region, title, lead, parts, lang),
        pictures={},
    )


def _signposts_of(posts: Signposts, row: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = finite({key: row[key] for key in _TARGET} | {"signposts": asdict(posts)})
    return said


def _known(run: Run, wanted: Sequence[str], known: Sequence[str]) -> None:
    faults = [
        Fault(
            file="--target",
            found=shown(target),
            expected=f"a target of {run.name} with its year in the period: {', '.join(known) or 'it has none'}",
            remedy="choose one of them",
        )
        for target in wanted
        if target not in known
    ]
    if faults:
        raise InputError(faults)


def title_of(run: Run, lang: Lang) -> str:
    """The scenario's title."""
    return run.scenario.title_da if lang is Lang.DA else run.scenario.title_en


def targets_of(run: Run) -> dict[str, Mapping[str, Any]]:
    """The targets' rows of the summary, by id."""
    return {row["id"]: row for row in run.summary["targets"]}


def content_of(run: Run, *, interrupted: bool) -> dict[str, Any]:
    """What every analysis says first."""
    return {
        "scenario": run.scenario.name,
        "titles": {"da": run.scenario.title_da, "en": run.scenario.title_en},
        "region": run.region.settings.region,
        "confirmed": run.region.settings.confirmed,
        "interrupted": interrupted,
    }


def folder_of(run: Run, out: Path | None) -> Path:
    """Folder of a run's analyses: beside the run, unless another is asked for."""
    return analyses_of(run, None) if out is None else out


def analyses_of(run: Run, runs: Path | None) -> Path:
    """Folder of a run's analyses in a folder of runs; None: the one that the run stands in."""
    place = run.folder.resolve()
    return (place.parent if runs is None else runs) / ANALYSES / place.name


@contextmanager
def beside(
    run: Run, name: str, out: Path | None, *, lang: Lang, command: Sequence[str], control: Control
) -> Iterator[Path]:
    """Give a folder to write what is made of a run into; at the end it stands beside the run, with a manifest.

    It is written whole or not at all; an earlier one of the same name moves to the history.
    """
    with rf.new_run(folder_of(run, out), name) as draft:
        with control.phase(Phase.WRITE):
            yield draft.folder
        rf.write_manifest(
            draft.folder,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            command=tuple(command),
            versions=versions(),
            inputs=run.manifest.outputs,
            options={"lang": lang.value, "stress": run.scenario.stress.model_dump(mode="json")},
            seconds=control.seconds,
        )
        draft.whole = True


def write_analysis(
    run: Run, analysis: Analysis, out: Path | None, *, lang: Lang, command: Sequence[str], control: Control
) -> Path:
    """Write an analysis whole or not at all; an earlier one moves to the history. Returns its folder."""
    with beside(run, analysis.name, out, lang=lang, command=command, control=control) as folder:
        rf.write_json(folder / f"{analysis.name}.json", analysis.content)
        (folder / f"{analysis.name}.md").write_text(analysis.page, encoding="utf-8", newline="\n")
        for name, content in analysis.pictures.items():
            (folder / name).write_bytes(content)
        for name, (columns, rows) in analysis.tables.items():
            rf.write_table(folder / name, columns, rows)
    return folder_of(run, out) / analysis.name


def key_sentences(of: Callable[[Lang], Iterable[str]], *, interrupted: bool) -> dict[str, Any]:
    """What a director is told of an analysis, in every language: the report of the run shows it."""

    def said(lang: Lang) -> list[str]:
        return [*([say("page.analyses.interrupted", lang)] if interrupted else []), *of(lang)]

    return {"key_sentences": {lang.value: said(lang) for lang in Lang}}


def read_analysis(run: Run, name: str) -> dict[str, Any] | None:
    """The content of an analysis that stands beside a run; None where there is none, or it is of another run.

    Each file of it is as it was written: its manifest says so, and names the files of the run that it was made of.
    """
    folder = folder_of(run, None) / name
    try:
        if rf.read_manifest(folder).inputs != run.manifest.outputs:
            return None
    except RunFolderError:
        return None
    content: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return content


def key_sentences_of(run: Run, names: Iterable[str]) -> dict[str, Mapping[str, Sequence[str]]]:
    """Key sentences, by language, of those analyses that stand beside a run, by name."""
    read = {name: read_analysis(run, name) for name in names}
    return {name: content["key_sentences"] for name, content in read.items() if content and "key_sentences" in content}


def signposts_of(run: Run) -> tuple[Signposts, ...] | None:
    """The signposts of a run that stand beside it; None where there are none, or they are of another run or version."""
    content = read_analysis(run, "signposts")
    if content is None:
        return None
    try:
        return tuple(TypeAdapter(Signposts).validate_python(target["signposts"]) for target in content["targets"])
    except ValidationError:
        return None
