"""A dossier as a workbook: tables to read, and a sheet whose free cells are the unit's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from textwrap import wrap
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from rmscenario.region import Region
from rmscenario.reporting.agreements.tables import Words
from rmscenario.reporting.dossiers.contents import Dossier, Entry
from rmscenario.reporting.dossiers.page import Page
from rmscenario.reporting.dossiers.sheets import status
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.sheets import Cell, Column, Form
from rmscenario.reporting.workbook import new_workbook, number_format, set_height
from rmscenario.rounds.asked import (
    ANSWER_WORDS,
    CELL,
    FACT,
    FACTS,
    LAYOUT,
    PLACE,
    SENT,
    possible_levels,
    possible_starts,
)
from rmscenario.rounds.read_back import LONGEST
from rmscenario.rounds.rows import Answer
from rmscenario.tables.parts import RoundState

#: Columns of the hidden sheet that lists stand in, after those of `read_back`.
_LISTS = 7
_A4 = 9
#: [characters] The length from which on lines above a table are broken.
_SHORTEST_LINE = 90
_ALLOWED = {"select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True, "format_rows": True}


class _Book:
    """A workbook being written, and a copy of every cell in it that is not an answer."""

    def __init__(self, page: Page) -> None:
        self.buffer = BytesIO()
        self.page = page
        self.book = new_workbook(self.buffer, page.title)
        self.sent: list[tuple[str, int, int, Cell]] = []
        self.places: list[tuple[str, int, int, str]] = []
        self._formats: dict[str, Any] = {}

    def format(self, **layout: object) -> Any:
        """A format, made once."""
        return self._formats.setdefault(repr(sorted(layout.items())), self.book.add_format(layout))

    def write(self, sheet: Any, row: int, column: int, value: Cell, layout: Any = None) -> None:
        """Write a locked cell: a number as a number, text as text whatever it begins with."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, layout)
            return
        self.sent.append((sheet.get_name(), row + 1, column + 1, value))
        if isinstance(value, str):
            sheet.write_string(row, column, value, layout)
        else:
            sheet.write_number(row, column, value, layout)

    def sheet(self, name: str, title: str, texts: Sequence[str], columns: Sequence[Column]) -> tuple[Any, int]:
        """A protected sheet with title, notes and header row; returns it and the first row below."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.protect("", _ALLOWED)
        self.write(sheet, 0, 0, f"{self.page.title} – {title}", self.format(bold=True, font_size=14))
        row = 1
        if self.page.mark:
            mark = self.format(bold=True, font_color="#5A3A00", bg_color="#FFF3D6")
            self.write(sheet, row, 0, self.page.mark, mark)
            row += 1
        wide = round(sum(column.width for column in columns))
        for line in (line for text in texts for line in wrap(text, max(wide, _SHORTEST_LINE))):
            self.write(sheet, row, 0, line)
            row += 1
        row += 1
        header = self.format(bold=True, text_wrap=True, valign="top", bottom=1, bg_color="#E8EEF4")
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width)
            self.write(sheet, row, position, column.heading, header)
        set_height(sheet, row, [column.heading for column in columns], columns, bold=True)
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)
        return sheet, row + 1

    def row(
        self, sheet: Any, at: int, cells: Sequence[Cell], columns: Sequence[Column], *, total: bool = False
    ) -> None:
        """Write a row of locked cells."""
        for position, (value, column) in enumerate(zip(cells, columns, strict=False)):
            layout: dict[str, object] = {"valign": "top"}
            if column.decimals is None:
                layout["text_wrap"] = True
            else:
                layout["num_format"] = number_format(column.form, column.decimals)
            if total:
                layout |= {"bold": True, "top": 1}
            self.write(sheet, at, position, value, self.format(**layout))
        set_height(sheet, at, cells, columns, bold=total)


def workbook(dossier: Dossier, page: Page, region: Region, lang: Lang, version: str) -> bytes:
    """The workbook of a dossier.

    Parameters
    ----------
    version : str
        What tells the proposal from every other, see `rounds.asked`.
    """
    made = _Book(page)
    asks = dossier.state is RoundState.PROPOSED and bool(dossier.answers)
    lists = _Lists(region, dossier)
    if asks:
        _answers(made, dossier, region, lists, lang)
    for _, table in page.tables:
        texts = [text for _, part in page.parts for text in part] if table is page.tables[0][1] and not asks else []
        sheet, first = made.sheet(table.short, table.title, [*texts, table.note], table.columns)
        if not table.rows:
            made.write(sheet, first, 0, say("agreement.empty", lang))
        for offset, cells in enumerate(table.rows):
            made.row(sheet, first + offset, cells, table.columns, total=offset >= len(table.rows) - table.totals)
    _sent(made, dossier, lists, version)
    made.book.close()
    return made.buffer.getvalue()


class _Lists:
    """What can be chosen from: the lists stand in cells of the hidden sheet, so that numbers stay numbers everywhere."""

    def __init__(self, region: Region, dossier: Dossier) -> None:
        self.columns: list[tuple[float, ...]] = []
        initiatives = dict.fromkeys(entry.initiative.initiative for entry in dossier.answers)
        self._starts = {each: self._place(possible_starts(region, dossier.round, each)) for each in initiatives}
        self._levels = {each: self._place(possible_levels(region, each)) for each in initiatives}

    def _place(self, values: tuple[float, ...]) -> int:
        if values not in self.columns:
            self.columns.append(values)
        return self.columns.index(values)

    def of(self, initiative: str) -> tuple[str, str]:
        """References to the starts and to the levels of an initiative."""
        return self._reference(self._starts[initiative]), self._reference(self._levels[initiative])

    def _reference(self, number: int) -> str:
        letter = xl_col_to_name(_LISTS + number)
        return f"={SENT}!${letter}$1:${letter}${max(1, len(self.columns[number]))}"


def _answers(made: _Book, dossier: Dossier, region: Region, lists: _Lists, lang: Lang) -> None:
    """The sheet that is sent back: what is asked, locked, and beside it the cells for answers."""
    words = Words(region, lang)
    heads = (
        ("initiative", None, Form.AMOUNT, 46),
        ("track", None, Form.AMOUNT, 26),
        ("start", 0, Form.YEAR, 8),
        ("level", 0, Form.SHARE, 8),
        ("tonnes_all", 0, Form.AMOUNT, 11),
        ("status", None, Form.AMOUNT, 14),
        ("answer", None, Form.AMOUNT, 14),
        ("new_start", 0, Form.YEAR, 9),
        ("new_level", 0, Form.SHARE, 9),
        ("comment", None, Form.AMOUNT, 50),
    )
    columns = [
        Column(
            heading=say(f"dossier.column.{key}", lang, year=dossier.report_year),
            decimals=decimals,
            form=form,
            width=width,
        )
        for key, decimals, form, width in heads
    ]
    texts = [text for _, part in made.page.parts for text in part]
    texts.append(say("dossier.note.answers", lang))
    name = say("dossier.short.answers", lang)
    sheet, first = made.sheet(name, say("dossier.sheet.answers", lang), texts, columns)
    free = len(heads) - 4
    for offset, entry in enumerate(dossier.answers):
        row, proposed = first + offset, entry.question.proposed
        tonnes = entry.tonnes.get(dossier.report_year)
        asked: tuple[Cell, ...] = (
            words.initiative(entry.initiative.initiative),
            words.tracks[entry.initiative.track],
            None if proposed.start is None else float(proposed.start),
            proposed.level,
            None if tonnes is None else tonnes.in_plan,
            status(entry, lang),
        )
        made.row(sheet, row, asked, columns)
        made.places.append((name, row + 1, free + 1, proposed.commitment))
        _free(made, sheet, entry, at=(row, free), lists=lists, lang=lang)
    sheet.activate()


def _free(made: _Book, sheet: Any, entry: Entry, *, at: tuple[int, int], lists: _Lists, lang: Lang) -> None:
    """The cells for an answer, holding what the round knows already."""
    open_cell: dict[str, object] = {
        "locked": False, "bg_color": "#FFFBE0", "border": 1, "border_color": "#B9A63A", "valign": "top",
    }  # fmt: skip
    answer = entry.question.answer
    now = entry.question.now
    side = 0 if lang is Lang.DA else 1
    changed = answer is Answer.CHANGED
    starts, levels = lists.of(entry.initiative.initiative)
    wrong = {"error_title": say("dossier.list.title", lang), "error_type": "stop"}
    cells: tuple[tuple[Cell, dict[str, object], dict[str, object]], ...] = (
        (
            "" if answer is None else ANSWER_WORDS[answer][side],
            {},
            {
                "validate": "list",
                "source": [words[side] for words in ANSWER_WORDS.values()],
                "error_message": say("dossier.list.answer", lang),
            },
        ),
        (
            float(now.start) if changed and now.start is not None else None,
            {"num_format": "0"},
            {"validate": "list", "source": starts, "error_message": say("dossier.list.number", lang)},
        ),
        (
            now.level if changed else None,
            {"num_format": "0%"},
            {"validate": "list", "source": levels, "error_message": say("dossier.list.number", lang)},
        ),
        (
            entry.question.last.comment if entry.question.last is not None else "",
            {"text_wrap": True, "num_format": "@"},
            {
                "validate": "length",
                "criteria": "<=",
                "value": LONGEST,
                "error_message": say("dossier.list.comment", lang, longest=LONGEST),
            },
        ),
    )
    row, first = at
    for offset, (value, layout, validation) in enumerate(cells):
        column, written = first + offset, made.format(**open_cell, **layout)
        if value is None or value == "":
            sheet.write_blank(row, column, None, written)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, written)
        else:
            sheet.write_number(row, column, value, written)
        sheet.data_validation(row, column, row, column, {**validation, **wrong})


def _sent(made: _Book, dossier: Dossier, lists: _Lists, version: str) -> None:
    """The hidden sheet that `rounds.read_back` reads."""
    sheet = made.book.add_worksheet(SENT)
    sheet.very_hidden()
    sheet.protect("", {"select_locked_cells": False, "select_unlocked_cells": False})
    facts: Mapping[str, str | int] = dict(zip(FACTS, (LAYOUT, dossier.round.round, dossier.unit, version), strict=True))
    rows: list[tuple[str, str, int | None, int | None, Cell]] = [
        (FACT, name, None, None, value) for name, value in facts.items()
    ]
    rows += [(PLACE, *place) for place in made.places]
    rows += [(CELL, *cell) for cell in made.sent]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    for column, values in enumerate(lists.columns):
        for number, value in enumerate(values):
            sheet.write_number(number, _LISTS + column, value)
