"""Tables as a workbook: one sheet each, numbers as numbers, text as text, the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Any

import xlsxwriter

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet

#: A workbook holds the time it was made; a fixed one keeps the bytes equal.
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_A4 = 9
_SHEET_NAME_LENGTH = 31
#: [point] Height of a line.
_LINE = 15
#: [characters] What a column holds more than its width says, most letters being narrower than figures; bold ones are not.
_SPARE = 4


def number_format(form: Form, decimals: int) -> str:
    """A format of numbers as workbooks write it."""
    if form is Form.PLAIN:
        return "General"
    whole, sign = {Form.AMOUNT: ("#,##0", ""), Form.YEAR: ("0", ""), Form.SHARE: ("0", "%")}[form]
    return whole + ("." + "0" * decimals if decimals else "") + sign


def new_workbook(buffer: BytesIO, title: str) -> xlsxwriter.Workbook:
    """A workbook in memory in which no text ever becomes a formula, a link or a number."""
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": MADE})
    return book


def set_height(sheet: Any, row: int, cells: Sequence[Cell], columns: Sequence[Column], *, bold: bool = False) -> None:
    """Give a row as many lines as its longest text takes: not every program finds the height of a row by itself."""
    spare = 0 if bold else _SPARE
    lines = max(
        len(wrap(value, column.width + spare)) if isinstance(value, str) else 1
        for value, column in zip(cells, columns, strict=False)
    )
    if lines > 1:
        sheet.set_row(row, _LINE * lines)


def write_workbook(
    path: Path, region: Region, *, title: str, paragraphs: Sequence[str], tables: Sequence[Sheet], lang: Lang
) -> None:
    """Write tables to a workbook, each sheet with title and the mark of unconfirmed figures above its header row.

    Header rows stay in sight, and rows that are no sums can be filtered.
    """
    buffer = BytesIO()
    book = new_workbook(buffer, title)
    heading = book.add_format({"bold": True, "font_size": 14})
    mark = book.add_format({"bold": True, "font_color": "#5A3A00", "bg_color": "#FFF3D6"})
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"})
    wrapped = {"text_wrap": True, "valign": "top"}
    formats: dict[tuple[int | None, Form, bool], Any] = {}

    def layout(column: Column, *, total: bool) -> Any:
        """The format of a column's cells, made once."""
        key = (column.decimals, column.form, total)
        if key not in formats:
            plain = column.decimals is None
            shown = {"valign": "top", "num_format": number_format(column.form, column.decimals or 0)}
            formats[key] = book.add_format((wrapped if plain else shown) | ({"bold": True, "top": 1} if total else {}))
        return formats[key]

    for number, table in enumerate(tables):
        sheet = book.add_worksheet(table.short[:_SHEET_NAME_LENGTH])
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, f"{title} – {table.title}", heading)
        row = 1
        if not region.settings.confirmed:
            sheet.write_string(row, 0, NOT_CONFIRMED[lang.value], mark)
            row += 1
        for text in (*(paragraphs if number == 0 else ()), table.note):
            if text:
                sheet.write_string(row, 0, text)
                row += 1
        row += 1
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, column.width)
            sheet.write_string(row, position, column.heading, header)
        set_height(sheet, row, [column.heading for column in table.columns], table.columns, bold=True)
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)
        singles = len(table.rows) - table.totals
        if singles:
            sheet.autofilter(row, 0, row + singles, len(table.columns) - 1)
        if not table.rows:
            sheet.write_string(row + 1, 0, say("agreement.empty", lang))
        for offset, cells in enumerate(table.rows, start=1):
            for position, (value, column) in enumerate(zip(cells, table.columns, strict=True)):
                of_column = layout(column, total=offset > singles)
                if value is None:
                    sheet.write_blank(row + offset, position, None, of_column)
                elif isinstance(value, str):
                    sheet.write_string(row + offset, position, value, of_column)
                else:
                    sheet.write_number(row + offset, position, value, of_column)
            set_height(sheet, row + offset, cells, table.columns, bold=offset > singles)
    book.close()
    path.write_bytes(buffer.getvalue())
