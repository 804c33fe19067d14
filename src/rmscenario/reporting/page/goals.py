"""The targets in one table: where the plan ends, what is missing, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.sheets import Cell, Column, Sheet
from rmscenario.reporting.summary import probability_text, share_texts
from rmscenario.reporting.targets import TargetWords
from rmscenario.reporting.under_risk import on_draws

_HEADINGS = ("name", "year", "background", "plan", "goal", "missing", "probability", "range")


def goals(summary: Mapping[str, Any], lang: Lang) -> Sheet:
    """The targets of a run, first in priority first."""
    draws = (summary.get("stress") or {}).get("draws")
    return Sheet(
        title=say("page.goals.table", lang),
        short="",
        note="",
        columns=tuple(Column(heading=say(f"page.goals.{key}", lang)) for key in _HEADINGS),
        rows=tuple(_row(row, draws, lang) for row in summary["targets"]),
    )


def _row(row: Mapping[str, Any], draws: int | None, lang: Lang) -> tuple[Cell, ...]:
    words = TargetWords(row, lang)
    chance = row.get("probability_met")
    risky = bool(row.get("certified"))
    without = words.outcome(row["judged_background" if risky else "residual_background"])
    told = on_draws(row, without, lang), on_draws(row, words.reached(), lang), words.outcome(row["cap"])
    background, plan, goal = told if risky else share_texts(row, lang) or told
    drawn = row.get("p05") is not None and row.get("p95") is not None
    return (
        words.name,
        str(row["year"]),
        background,
        plan,
        goal,
        say("page.goals.met", lang) if row["met"] else words.missing(),
        "" if chance is None else probability_text(row, "probability_met", lang, draws),
        say("page.goals.between", lang, low=words.bare(row["p05"]), high=words.amount(row["p95"])) if drawn else "",
    )
