"""What every analysis is, and what it says of the run that it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rmscenario.reporting.language import Lang, say
from rmscenario.run_folder import Run
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.watch import Control, Phase

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


def target_content(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an analysis repeats of a target's row of the summary."""
    return {key: row[key] for key in _TARGET}


def key_sentences(of: Callable[[Lang], Iterable[str]], *, interrupted: bool) -> dict[str, Any]:
    """What a director is told of an analysis, in every language: the report of the run shows it."""

    def said(lang: Lang) -> list[str]:
        return [*([say("page.analyses.interrupted", lang)] if interrupted else []), *of(lang)]

    return {"key_sentences": {lang.value: said(lang) for lang in Lang}}


def pictures_of(
    name: str, draw: Callable[[], tuple[dict[str, bytes], str]], control: Control
) -> tuple[tuple[str, str] | None, dict[str, bytes]]:
    """Picture and title on the page, and the files; interrupted, none.

    Parameters
    ----------
    draw : callable
        Gives the figure by the ending of its file, and its title.
    """
    try:
        with control.phase(Phase.FIGURES), control.interrupts.raised():
            files, caption = draw()
    except Interrupted:
        return None, {}
    return (f"{name}.svg", caption), {f"{name}{ending}": content for ending, content in files.items()}
