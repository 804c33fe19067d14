"""What the command line tells beside its results: what a scenario touched, where a search stands, how a command ended."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rmscenario.errors import ExitCode
from rmscenario.region import Region
from rmscenario.reporting.language import (
    MILLION,
    Lang,
    brief,
    measured,
    money,
    name,
    number,
    percent,
    percent_asked,
    say,
    scale_of,
    shorten,
)
from rmscenario.reporting.results import FOOTPRINT, measure_of
from rmscenario.reporting.text import wrap
from rmscenario.scenario.touched import WHOLE_ROW, Touched, written

if TYPE_CHECKING:
    from rmscenario.planning import Tick

#: Most values of one column of a table that are told one by one, and most lines of all; `touched.csv` holds all of them.
MOST_TOUCHED, MOST_LINES = 3, 12
#: [characters] Longest row that is told.
_ROW = 72
#: Most missed targets that are named; more are counted, since the summary names them all.
MOST_NAMED = 2
#: Name of a stage that lessens shortfalls: its priority and its targets.
_SHORTFALL = re.compile(r"shortfall \d+: (?P<targets>.+)")
#: Terminations that a larger work limit would take further.
_STOPPED = ("node_limit", "round_limit")


def touched_text(touched: Touched, lang: Lang) -> str:
    """A value that a scenario changed, old and new."""
    if touched.column == WHOLE_ROW:
        key, row = ("gone", touched.old) if touched.new is None else ("new", touched.new)
        row = shorten(written(row), _ROW)
        what = " " + say(f"terminal.touched.{key}", lang, row=row, scenario=touched.scenario)
    else:
        blank = say("terminal.blank", lang)
        old, new = written(touched.old, blank), written(touched.new, blank)
        what = ": " + say("terminal.touched.value", lang, old=old, new=new, scenario=touched.scenario)
    return say("terminal.touched", lang, text=touched.where + what)


def touched_texts(touched: Iterable[Touched], lang: Lang) -> list[str]:
    """Everything a scenario changed; what is much is said in one line: of a column, or if need be of a table."""
    rows = list(touched)
    lines = _touched_by(rows, lambda row: (row.table, row.column, row.scenario), MOST_TOUCHED, lang)
    if len(lines) <= MOST_LINES:
        return lines
    return _touched_by(rows, lambda row: (row.table, row.scenario), 1, lang)


def _touched_by(
    rows: Sequence[Touched], alike: Callable[[Touched], tuple[str, ...]], most: int, lang: Lang
) -> list[str]:
    """A line for each value, or one for those that are alike where they are more than `most`."""
    groups: dict[tuple[str, ...], list[Touched]] = {}
    for row in rows:
        groups.setdefault(alike(row), []).append(row)
    lines = []
    for group in groups.values():
        if len(group) <= most:
            lines += [touched_text(row, lang) for row in group]
            continue
        one_column = len({row.column for row in group}) == 1 and group[0].column != WHOLE_ROW
        where = f"{group[0].table}.{group[0].column}" if one_column else group[0].table
        example = touched_text(group[0], lang).partition(": ")[2]
        count = number(len(group), lang)
        what = say("terminal.touched.many", lang, where=where, count=count, example=example)
        lines.append(say("terminal.touched", lang, text=what))
    return lines


def tick_text(tick: Tick, region: Region, lang: Lang) -> str:
    """Where a search stands: incumbent, bound and gap with their units, then the stage, which a narrow terminal cuts."""
    stage, shown = _stage(tick.stage, region, lang)
    parts = [
        say(f"progress.{key}", lang, value=shown(value))
        for key, value in (("incumbent", tick.incumbent), ("bound", tick.bound))
        if value is not None and math.isfinite(value)
    ]
    if tick.gap is not None and math.isfinite(tick.gap):
        parts.append(say("progress.gap", lang, gap=percent(tick.gap, lang, 3)))
    return " · ".join([*parts, say("progress.round", lang, round=abs(tick.round)), stage])


def _stage(stage: str, region: Region, lang: Lang) -> tuple[str, Callable[[float], str]]:
    """A stage of the planner in words, and how its values are written."""
    if stage in ("cost", "cost with shortfalls"):
        text = say("progress.cost" if stage != "cost" else "progress.cost.alone", lang)
        return text, lambda value: money(value * MILLION, lang)
    if stage == "summed emissions":
        measure = next(row.measure for row in region.quantities if row.quantity == FOOTPRINT)
        return say("progress.summed", lang), lambda value: _amount(value, measure.removesuffix("/a"), lang)
    if (found := _SHORTFALL.fullmatch(stage)) is None:
        return stage, lambda value: brief(value, lang)
    targets = {row.target: row for row in region.targets}
    aims = [targets[identifier] for identifier in found["targets"].split(", ")]
    text = say("progress.shortfall", lang, targets=", ".join(name(row, lang) for row in aims))
    if len(aims) > 1:
        return text, lambda value: say("progress.of_base", lang, share=percent(value, lang, 2))
    return text, lambda value: _amount(value, measure_of(region, aims[0]), lang)


def _amount(value: float, measure: str, lang: Lang) -> str:
    scale = scale_of(measure, value, lang)
    return measured(value * scale.factor, scale.unit, lang)


def draws_text(done: int, total: int, lang: Lang) -> str:
    """How many draws are done."""
    return say("progress.draws", lang, done=number(done, lang), total=number(total, lang))


def worlds_text(done: int, total: int, minutes: float | None, lang: Lang) -> str:
    """How many worlds are planned, and how many minutes the others take, if that is known."""
    left = "" if minutes is None else say("progress.left", lang, minutes=number(math.ceil(minutes), lang))
    return say("progress.worlds", lang, done=number(done, lang), total=number(total, lang), left=left)


def end_text(summary: Mapping[str, Any], lang: Lang) -> str | None:
    """Why a plan that is whole and verified ends with a code other than 0; None if it does not."""
    reasons: list[str] = []
    targets: Sequence[Mapping[str, Any]] = summary["targets"]
    missed = [str(target.get(f"name_{lang.value}") or target["id"]) for target in targets if not target["met"]]
    if len(missed) > MOST_NAMED:
        reasons.append(
            say("terminal.missed.many", lang, missed=number(len(missed), lang), all=number(len(targets), lang))
        )
    elif missed:
        reasons.append(
            say("terminal.missed", lang, targets=say("terminal.and", lang).join(f"“{one}”" for one in missed))
        )
    joint = (summary.get("risk") or {}).get("joint")
    if joint and not joint["met"]:
        reasons.append(say("terminal.missed.joint", lang, wanted=percent_asked(joint["confidence"], lang)))
    solver = summary["solver"]
    if solver["termination"] in _STOPPED:
        known = solver["gap"] is not None
        gap = percent(solver["gap"], lang, 3) if known else ""
        reasons.append(say("terminal.not_proven" if known else "terminal.not_bounded", lang, gap=gap))
    if not reasons:
        return None
    joined = say("terminal.and", lang).join(reasons)
    return say("terminal.finding", lang, code=int(ExitCode.TARGET_MISSED), reasons=joined)


def verify_text(difference: float, limits: int, lang: Lang) -> str:
    """That a run was recomputed and agrees."""
    return (
        "\n".join(wrap(say("verify.sound", lang, difference=f"{difference:.1e}", limits=number(limits, lang)), ""))
        + "\n"
    )
