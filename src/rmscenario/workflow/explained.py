"""What a run says about its plan beyond its figures: what stands in the way, what cannot wait, what the last tonnes cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rmscenario.explain.last_tonnes import LastTonnes
from rmscenario.explain.shortfalls import Line, Shortfalls
from rmscenario.explain.timing import Timing
from rmscenario.scenario.run_options import Family
from rmscenario.verify import LimitRow
from rmscenario.workflow.contents import Row, binds

#: Families whose limits can stand between a plan and a target, by the number of their equation.
_FAMILIES = {15: Family.MONEY, 16: Family.STAFF, 17: Family.STARTS, 21: Family.OUTLAY_SHARE}
#: [1] Share of the shortfall by which lifting a family must lower it to be named; less is what searches leave open.
HELPS = 0.005
LAST_START_COLUMNS = ("initiative", "unit", "start", "last", "reduction", "lost_by_a_year", "held_by")


def in_the_way(limits: Iterable[LimitRow], found: Shortfalls | None = None) -> list[dict[str, Any]]:
    """Families of limits that are used to the full, or that lower the shortfall when lifted, where that is known.

    After the families stands, under `all`, what is left when none of them holds.
    """
    rows = Counter(_FAMILIES[row.equation] for row in limits if row.equation in _FAMILIES and binds(row))
    if found is None:
        return [{"family": family.value, "rows_binding": rows[family]} for family in Family if rows[family]]
    aim = found.target
    nearest = found.nearest.shortfalls[aim]

    def helps(line: Line) -> bool:
        return nearest - line.shortfalls[aim] > HELPS * max(nearest, 1.0)

    listed: list[dict[str, Any]] = [
        {
            "family": line.lifted[0].value,
            "rows_binding": rows[line.lifted[0]],
            "shortfall_lifted": {aim: line.shortfalls[aim]},
        }
        for line in found.alone
        if helps(line) or rows[line.lifted[0]]
    ]
    last = found.together[-1]
    if helps(last):
        listed.append({"family": "all", "rows_binding": None, "shortfall_lifted": {aim: last.shortfalls[aim]}})
    return listed


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
        "starts_that_cannot_wait": sum(start.last == start.start for start in found.starts),
    }


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
