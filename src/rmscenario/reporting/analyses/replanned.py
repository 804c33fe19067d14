"""A plan made anew with what was learnt, beside the former one: figures, changes and their causes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from rmscenario.learning.replanned import Because, Moved
from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang, money, number, percent, say, scale_of
from rmscenario.reporting.pages import Listed, Part
from rmscenario.reporting.targets import target_name

#: Columns of `replanned.csv`.
MOVES = tuple(each.name for each in fields(Moved))
_FOOTPRINT = "tCO2e/a"

Row = dict[str, Any]


def figures(*summaries: Mapping[str, Any], minimised: Sequence[float] | None = None) -> list[Row]:
    """Reduction, targets and cost of the former plan as promised, of it as learnt, and of the new one.

    Parameters
    ----------
    summaries : mappings
        Of each, as in a run's summary, `avoided`, `targets` and `cost`.
    minimised : sequence of float [DKK], optional
        Of each, what priced plans are chosen by; None where they are not.
    """
    first = summaries[0]
    rows: list[Row] = [
        {
            "figure": "avoided",
            "target": None,
            "year": first["avoided"]["report_year"],
            "unit": _FOOTPRINT,
            "values": [each["avoided"]["in_report_year"] for each in summaries],
        }
    ]
    of = [{row["id"]: row for row in each["targets"]} for each in summaries]
    rows += [
        {
            "figure": "residual",
            "target": {key: row[key] for key in ("id", "name_da", "name_en")},
            "year": row["year"],
            "unit": row["unit"],
            "values": [each[row["id"]]["residual"] for each in of],
        }
        for row in first["targets"]
    ]
    costs = [each["cost"]["npv"] for each in summaries]
    rows.append({"figure": "npv", "target": None, "year": None, "unit": "DKK", "values": costs})
    if minimised is not None:
        rows.append({"figure": "minimised", "target": None, "year": None, "unit": "DKK", "values": list(minimised)})
    return rows


def moved_rows(moves: Sequence[Moved]) -> list[Row]:
    """Changes as rows of a table."""
    return [{**asdict(move), "because": move.because.value} for move in moves]


def replanned_parts(
    moves: Sequence[Moved], told: Sequence[Row], region: Region, starts: int, lang: Lang
) -> tuple[list[str], tuple[Part, ...]]:
    """What is said first, and the tables.

    Parameters
    ----------
    starts : int
        Starts of the new plan.
    """
    added = sum(move.start is None for move in moves)
    dropped = sum(move.new_start is None for move in moves)
    moved = len(moves) - added - dropped
    counts = {"added": added, "dropped": dropped, "moved": moved, "kept": starts - added - moved}
    text = {name: number(count, lang) for name, count in counts.items()}
    lead = [say("replan.lead" if moves else "replan.same", lang, **text)]
    if moves:
        causes = Counter(move.because for move in moves)
        said = (
            f"{number(causes[each], lang)} {say(f'replan.because.{each.value}', lang)}"
            for each in Because
            if causes[each]
        )
        lead.append(say("replan.causes", lang, causes=", ".join(said)))
    parts = [_figures(told, lang)]
    if moves:
        parts.append(_changes(moves, region, lang))
    return lead, tuple(parts)


def _figures(told: Sequence[Row], lang: Lang) -> Part:
    headings = tuple(say(f"replan.column.{column}", lang) for column in ("figure", "former", "learnt", "new"))
    rows = tuple((_name(row, lang), *_amounts(row, lang)) for row in told)
    return Part(
        heading=say("replan.figures", lang),
        sentences=(
            say("replan.figures.note", lang),
            *(say("replan.minimised.note", lang) for row in told if row["figure"] == "minimised"),
        ),
        table=Listed(headings=headings, rows=rows),
    )


def _name(row: Row, lang: Lang) -> str:
    if row["target"] is None:
        return say(f"replan.{row['figure']}", lang, year=row["year"])
    key = "replan.residual" if str(row["unit"]).endswith("/a") else "replan.residual.until"
    return say(key, lang, target=target_name(row["target"], lang), year=row["year"])


def _amounts(row: Row, lang: Lang) -> list[str]:
    if row["unit"] == "DKK":
        return [money(value, lang) for value in row["values"]]
    scale = scale_of(row["unit"], max(map(abs, row["values"])), lang)
    return [f"{number(value * scale.factor, lang, 1)} {scale.per_year}" for value in row["values"]]


def _changes(moves: Sequence[Moved], region: Region, lang: Lang) -> Part:
    subjects = Subjects(region, lang)
    columns = ("initiative", "unit"), ("was", "is", "because", "worth", "worth_all")
    headings = (
        *(say(f"learn.column.{column}", lang) for column in columns[0]),
        *(say(f"replan.column.{column}", lang) for column in columns[1]),
    )
    rows = tuple(
        (
            subjects.initiative(move.initiative),
            move.unit,
            _start(move.start, move.level, lang),
            _start(move.new_start, move.new_level, lang),
            say(f"replan.because.{move.because.value}", lang),
            money(move.worth, lang),
            money(move.worth_all, lang),
        )
        for move in moves
    )
    return Part(
        heading=say("replan.changes", lang),
        sentences=(say("replan.changes.note", lang),),
        table=Listed(headings=headings, rows=rows),
    )


def _start(year: int | None, level: float | None, lang: Lang) -> str:
    if year is None or level is None:
        return say("replan.none", lang)
    return str(year) if level == 1.0 else f"{year} ({percent(level, lang)})"
