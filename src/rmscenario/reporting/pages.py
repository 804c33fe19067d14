"""A page of sentences and tables, as Markdown or as lines of the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region import Region
from rmscenario.reporting.agreements.markdown import escape
from rmscenario.reporting.language import Lang, shorten
from rmscenario.reporting.sheets import Sheet, cell_text
from rmscenario.reporting.text import WIDTH, wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A table: its first column holds names, the others figures, all as text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def listed(sheet: Sheet, lang: Lang) -> Listed:
    """A table as readers see its cells."""
    rows = [
        [cell_text(cell, column, lang) for cell, column in zip(row, sheet.columns, strict=True)] for row in sheet.rows
    ]
    return Listed(headings=tuple(column.heading for column in sheet.columns), rows=tuple(map(tuple, rows)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a page: heading, sentences, items, table; `figure` is a picture's file and title.

    `depth` is 1 for a part of its own, 2 for a part of the one before.
    """

    heading: str
    depth: int = 2
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Listed | None = None
    figure: tuple[str, str] | None = None


def markdown(region: Region, title: str, sentences: Sequence[str], parts: Sequence[Part], lang: Lang) -> str:
    """The page as Markdown."""
    lines = [f"# {escape(title)}", ""]
    if not region.settings.confirmed:
        lines += [f"> **{NOT_CONFIRMED[lang.value]}**", ""]
    for sentence in sentences:
        lines += [escape(sentence), ""]
    for part in parts:
        lines += [f"{'#' * (part.depth + 1)} {escape(part.heading)}", ""]
        if part.figure is not None:
            file, caption = part.figure
            lines += [f"![{escape(caption)}]({file})", ""]
        for sentence in part.sentences:
            lines += [escape(sentence), ""]
        if part.items:
            lines += [*(f"- {escape(item)}" for item in part.items), ""]
        if part.table is not None:
            lines += [*_table(part.table), ""]
    return "\n".join(lines)


def _table(listed: Listed) -> list[str]:
    rows = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in (listed.headings, *listed.rows)]
    return [rows[0], "|---|" + "---:|" * (len(listed.headings) - 1), *rows[1:]]


def terminal(region: Region, title: str, sentences: Sequence[str], parts: Sequence[Part], lang: Lang) -> str:
    """The page as lines of text."""
    lines = [title]
    if not region.settings.confirmed:
        lines.append(NOT_CONFIRMED[lang.value])
    for sentence in sentences:
        lines += wrap(sentence, "")
    for part in parts:
        lines += ["", part.heading]
        if part.depth == 1:
            lines.append("=" * len(part.heading))
        for sentence in (*part.sentences, *part.items):
            lines += wrap(sentence)
        if part.table is not None:
            lines += _columns(part.table)
    return "\n".join(lines) + "\n"


def _columns(listed: Listed) -> list[str]:
    """A table's lines; names are cut where they leave no room for the figures."""
    rows = (listed.headings, *listed.rows)
    widths = [max(len(row[column]) for row in rows) for column in range(1, len(listed.headings))]
    first = min(max(len(row[0]) for row in rows), max(20, WIDTH - 2 - sum(width + 2 for width in widths)))
    return [
        "  "
        + "  ".join([shorten(row[0], first).ljust(first), *(c.rjust(w) for c, w in zip(row[1:], widths, strict=True))])
        for row in rows
    ]
