"""What drives the outcome of a run's plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rmscenario.drivers import Drivers, drivers
from rmscenario.reporting.analyses.drivers import Driven, in_order
from rmscenario.reporting.language import Lang, number, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.reporting.targets import target_name, target_scale
from rmscenario.reporting.text import wrap
from rmscenario.run_folder import Run
from rmscenario.workflow.analyses.analysis import (
    Analysis,
    content_of,
    key_sentences,
    target_content,
    targets_of,
    title_of,
)
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.summary import finite
from rmscenario.workflow.watch import Control, Phase


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
        target_content(row) | {"probability_met": row["probability_met"], "split": asdict(split)} | parts
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
