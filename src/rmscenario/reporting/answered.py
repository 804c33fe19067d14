"""What units answered, as lines of the terminal and as figures for other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rmscenario.errors import shown
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, name, number, percent, say
from rmscenario.reporting.pages import Part, terminal
from rmscenario.rounds.asked import ANSWER_WORDS
from rmscenario.rounds.read_back import LONGEST, Change, ReadBack


def answers_text(region: Region, agreed: str, said: ReadBack, scenario: str, lang: Lang) -> str:
    """Every change that the units made, and how to plan with them."""
    initiatives = {row.initiative: f"{row.initiative} {name(row, lang)}" for row in region.initiatives}
    items = tuple(
        say(
            "answers.change",
            lang,
            unit=change.unit,
            initiative=initiatives[change.initiative],
            field=say(f"answers.field.{change.field}", lang),
            old=_value(change, change.old, lang),
            new=_value(change, change.new, lang),
            answer=say("answers.open", lang) if change.answer is None else ANSWER_WORDS[change.answer][lang is Lang.EN],
            comment="" if change.field == "comment" or not change.comment else f": {_safe(change.comment)}",
        )
        for change in said.changes
    )
    counts = {
        key: number(len(value), lang)
        for key, value in (("units", said.units), ("changes", said.changes), ("unanswered", said.unanswered))
    }
    lead = [say("answers.lead", lang, **counts)]
    parts = [Part(heading=say("answers.changes", lang), items=items)] if items else []
    if not items:
        lead.append(say("answers.none", lang))
    if said.answered:
        lead.append(say("answers.replan", lang, path=scenario))
    return terminal(region, say("answers.title", lang, round=agreed), lead, parts, lang)


def _safe(text: str) -> str:
    """Text of a unit's on one line, without characters that steer a terminal."""
    return shown(" ".join(text.split()), LONGEST)[1:-1]


def _value(change: Change, value: str, lang: Lang) -> str:
    if change.field == "comment":
        return f"“{_safe(value)}”"
    if not value:
        return say("answers.blank", lang)
    if change.field == "status":
        return say(f"round.status.{value}", lang)
    return percent(float(value), lang) if change.field == "level" else value


def answers_row(said: ReadBack) -> dict[str, Any]:
    """The answers for other programs."""
    return {
        "units": list(said.units),
        "changes": [asdict(change) for change in said.changes],
        "unanswered": [row.commitment for row in said.unanswered],
    }
