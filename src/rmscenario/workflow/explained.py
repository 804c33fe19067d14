"""What a run says about its plan beyond its figures: what stands in the way, what cannot wait, what the last tonnes cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rmscenario.explain.backcast import Backcast
from rmscenario.explain.last_tonnes import LastTonnes
from rmscenario.explain.reach import Reach
from rmscenario.explain.shortfalls import Line, Shortfalls
from rmscenario.explain.timing import Timing
from rmscenario.region import Region
from rmscenario.reporting.language import Lang
from rmscenario.reporting.limits import LimitWords, binds
from rmscenario.reporting.results import in_words
from rmscenario.scenario.run_options import Family
from rmscenario.verify import LimitRow
from rmscenario.workflow.certified import judged_row
from rmscenario.workflow.contents import Row

#: Families whose limits can stand between a plan and a target, by the kind of their limits.
_FAMILIES = {
    "capex": Family.MONEY,
    "opex": Family.MONEY,
    "staff": Family.STAFF,
    "starts": Family.STARTS,
    "outlay_share": Family.OUTLAY_SHARE,
}
#: [1] Share of the shortfall by which lifting a family must lower it to be named; less is what searches leave open.
HELPS = 0.005
#: [the target's quantity] What a year of delay must lose for a start to be said unable to wait: tables show whole tonnes.
LOSS_SAID = 1.0
LAST_START_COLUMNS = ("initiative", "unit", "start", "last", "reduction", "lost_by_a_year", "held_by")


def in_the_way(region: Region, limits: Iterable[LimitRow], found: Shortfalls | None = None) -> list[dict[str, Any]]:
    """Families of limits that are used to the full, or that lower the shortfall when lifted, where that is known.

    After the families stands, under `all`, what is left when none of them holds.
    """
    binding: dict[Family, list[LimitRow]] = {family: [] for family in Family}
    for row in limits:
        if row.kind in _FAMILIES and binds(row):
            binding[_FAMILIES[row.kind]].append(row)

    def of(family: Family) -> dict[str, Any]:
        rows = binding[family]
        return {"family": family.value, "rows_binding": len(rows), "binding": _binding(region, rows)}

    if found is None:
        return [of(family) for family in Family if binding[family]]
    aim = found.target
    nearest = found.nearest.shortfalls[aim]

    def helps(line: Line) -> bool:
        return nearest - line.shortfalls[aim] > HELPS * max(nearest, 1.0)

    listed: list[dict[str, Any]] = [
        of(line.lifted[0]) | {"shortfall_lifted": {aim: line.shortfalls[aim]}}
        for line in found.alone
        if helps(line) or binding[line.lifted[0]]
    ]
    last = found.together[-1]
    if helps(last):
        listed.append(
            {"family": "all", "rows_binding": None, "binding": [], "shortfall_lifted": {aim: last.shortfalls[aim]}}
        )
    return listed


def _binding(region: Region, rows: list[LimitRow]) -> list[dict[str, Any]]:
    """Limits that are used up, those that differ in their year alone as one: names, and the shares used [1]."""
    danish, english = (LimitWords(region, lang).together(rows) for lang in (Lang.DA, Lang.EN))
    return [
        {
            "label_da": label_da,
            "label_en": label_en,
            "names": [row.name for row in alike],
            "used": [row.left / row.right if row.right else 1.0 for row in alike],
        }
        for (label_da, alike), (label_en, _) in zip(danish, english, strict=True)
    ]


def reach_rows(region: Region, found: Iterable[Reach]) -> list[dict[str, Any]]:
    """What known initiatives can bring each target to, limits left aside; the first in priority first."""
    priority = {row.target: row.priority for row in region.targets}
    return [_reach_row(row) for row in sorted(found, key=lambda row: priority[row.target])]


def _reach_row(row: Reach) -> dict[str, Any]:
    shown = ("target", "year", "base", "cap", "background", "earliest", "bound", "starts")
    return {key: getattr(row, key) for key in shown} | judged_row(row) | {"verdict": row.verdict.value}


def shortfalls_row(found: Shortfalls) -> dict[str, Any]:
    """The question of what stands in the way, answered in full."""
    row = asdict(found)
    row |= {
        "price_and_other_aims": found.price_and_other_aims,
        "limits": found.limits,
        "no_known_initiative": found.no_known_initiative,
    }
    return row


def last_tonnes_row(found: LastTonnes) -> dict[str, Any]:
    """What the last tonnes cost."""
    return asdict(found) | {
        "per_tonne_in_year": found.per_tonne_in_year,
        "per_tonne_over_period": found.per_tonne_over_period,
        "certain": found.certain,
    }


def timing_row(found: Timing) -> dict[str, Any]:
    """What waiting costs the plan as a whole, and how many starts cannot wait."""
    return {
        "target": found.target,
        "year": found.year,
        "reduction": found.reduction,
        "reduction_a_year_late": found.reduction_a_year_late,
        "round_end": found.round_end,
        "reduction_at_round_end": found.reduction_at_round_end,
        "reduction_of_next_round": found.reduction_of_next_round,
        "starts_that_cannot_wait": sum(
            bool(start.held_by) or dict(start.lost).get(start.start + 1, 0.0) > LOSS_SAID
            for start in found.starts
            if start.last == start.start
        ),
        "loss_said": LOSS_SAID,
    }


def backcast_row(region: Region, found: Backcast) -> dict[str, Any]:
    """How strong the background must be; groups of categories also by their names."""
    row = asdict(found)
    for part in ("everything_declines", "planned_declines"):
        row[part] = [
            decline | {f"group_{lang.value}": in_words(region, decline["group"], lang) for lang in Lang}
            for decline in row[part]
        ]
    return row


def last_start_rows(found: Timing) -> list[Row]:
    """A row for each start: the last year that keeps its reduction, and what a year of delay loses."""
    return [
        {
            "initiative": row.initiative,
            "unit": row.unit,
            "start": row.start,
            "last": row.last,
            "reduction": row.reduction,
            "lost_by_a_year": dict(row.lost).get(row.start + 1),
            "held_by": " ".join(row.held_by),
        }
        for row in found.starts
    ]
