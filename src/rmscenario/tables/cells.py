"""From the text of a cell to a value: numbers in one notation per file, years, words, yes and no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from rmscenario.errors import shown
from rmscenario.tables.columns import DATE, CellError, Column, Kind, advice

#: What a cell can hold: text in a CSV file, also typed values in a workbook.
CellValue: TypeAlias = str | int | float | bool | datetime | date | None

_WHOLE = re.compile(r"[+-]?[0-9]{1,300}(?:[eE][+-]?[0-9]{1,4})?")
_DECIMAL = re.compile(r"[+-]?(?P<before>[0-9]*)(?P<sign>[.,])(?P<after>[0-9]*)(?P<exponent>[eE][+-]?[0-9]{1,4})?")
_GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}(?P<group>[ .,'’\u00a0\u202f])[0-9]{3}(?:(?P=group)[0-9]{3})*(?:[.,](?P<tail>[0-9]*))?"
)
_PERCENT = re.compile(r"(?P<number>[+-]?[0-9]+(?:[.,][0-9]+)?)\s*%")
_DATE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}.*")
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DANISH_DATE = re.compile(r"(?P<day>[0-9]{2})-(?P<month>[0-9]{2})-(?P<year>[0-9]{4})")
_GUARDED = re.compile(r"'[=+\-@\t\r]")


class Decimal(StrEnum):
    """Decimal sign of a file; a workbook holds numbers as such."""

    COMMA = ","
    POINT = "."
    NATIVE = "native"


def decimal_sign(cells: Iterable[str]) -> Decimal | None:
    """Decimal sign that the numbers of a file decide together.

    `1.234` decides nothing, for it may be 1234 or 1.234; `1.5`, `0.234` and `1.2340` decide. Where both signs are
    decided, the more frequent one holds and the others become faults.

    Parameters
    ----------
    cells : iterable of str
        All cells of the columns that hold numbers.

    Returns
    -------
    Decimal or None
        None if there are only undecided numbers.
    """
    decided = {Decimal.COMMA: 0, Decimal.POINT: 0}
    undecided = False
    for cell in cells:
        match = _DECIMAL.fullmatch(cell.strip())
        if match and is_undecided(cell):
            undecided = True
        elif match:
            decided[Decimal(match["sign"])] += 1
    if not any(decided.values()):
        return None if undecided else Decimal.POINT
    return max(decided, key=lambda sign: decided[sign])


def is_undecided(cell: str) -> bool:
    """Whether a number could be read with a thousands separator as well as with a decimal sign."""
    match = _DECIMAL.fullmatch(cell.strip())
    return bool(
        match
        and 1 <= len(match["before"]) <= 3
        and not match["before"].startswith("0")
        and len(match["after"]) == 3
        and not match["exponent"]
    )


def parse_cell(column: Column, cell: CellValue, decimal: Decimal | None) -> object:
    """Value of a cell.

    Parameters
    ----------
    column : Column
        What the cell should hold.
    cell : str, int, float, bool, date or None
        What it holds.
    decimal : Decimal or None
        The file's decimal sign; None: undecided.

    Raises
    ------
    CellError
        If the cell does not hold what its column holds.
    """
    value = _value(column, cell, decimal)
    try:
        column.check(value, Decimal.COMMA if decimal is Decimal.COMMA else Decimal.POINT)
    except CellError as error:
        if isinstance(cell, str) and column.kind in (Kind.NUMBER, Kind.WHOLE, Kind.YEAR):
            raise CellError(found=shown(cell.strip()), expected=error.expected, remedy=error.remedy) from None
        raise
    return value


def _value(column: Column, cell: CellValue, decimal: Decimal | None) -> object:
    if isinstance(cell, (datetime, date)):
        if column.kind is Kind.DATE:
            return cell.date() if isinstance(cell, datetime) else cell
        raise CellError(found=f"the date {cell:%Y-%m-%d}", expected=column.expected, remedy=_no_date(column, cell))
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        if column.required:
            raise CellError(found="a blank cell", expected=column.expected, remedy="fill it in")
        return column.blank
    if not isinstance(cell, str):
        return _native(column, cell)
    text = unicodedata.normalize("NFC", cell.strip())
    if column.kind in (Kind.TEXT, Kind.IDENTIFIER):
        return unguarded(text) if column.kind is Kind.TEXT else text
    if column.kind is Kind.DATE:
        return parse_date(text)
    if column.kind is Kind.FLAG:
        return _word(column, text, {"yes": True, "no": False})
    if column.words is not None:
        return _word(column, text, {str(word.value): word for word in column.words})
    if decimal is Decimal.NATIVE:
        raise CellError(
            found=f"the text {shown(text)}", expected=column.expected, remedy="enter it as a number, not as text"
        )
    return parse_number(text, column, decimal) if column.numeric else _whole(text, column)


def unguarded(text: str) -> str:
    """A text without the sign that writing put before it, so that no spreadsheet takes it for a formula."""
    return text[1:] if _GUARDED.match(text) else text


def parse_date(text: str) -> date:
    """A date as ISO 8601 or as Danish Excel writes it; `/` is refused, for it stands between month and day elsewhere.

    Raises
    ------
    CellError
        When it is written in another way, or there is no such day.
    """
    match = _ISO_DATE.fullmatch(text) or _DANISH_DATE.fullmatch(text)
    if match is None:
        raise CellError(found=shown(text), expected=DATE, remedy="write it as 2027-01-31 or 31-01-2027")
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise CellError(found=shown(text), expected=DATE, remedy="correct the day or month") from None


def _native(column: Column, cell: int | float | bool) -> object:
    """A typed value of a workbook, where whole numbers and decimals are one kind of cell."""
    if isinstance(cell, bool) or column.kind in (Kind.FLAG, Kind.WORD, Kind.DATE):
        if isinstance(cell, bool) and column.kind is Kind.FLAG:
            return cell
        raise CellError(found=shown(cell), expected=column.expected, remedy="correct the cell")
    whole = isinstance(cell, int) or cell.is_integer()
    if column.kind in (Kind.TEXT, Kind.IDENTIFIER):
        return str(int(cell)) if whole else str(cell)
    if column.kind in (Kind.WHOLE, Kind.YEAR) and whole:
        return int(cell)
    return float(cell) if column.numeric else cell


def _no_date(column: Column, cell: date) -> str:
    if column.kind is Kind.YEAR:
        return f"write the year alone: {cell.year}"
    return "format the cell as text and write it as text" if column.kind is Kind.TEXT else "correct the cell"


def _word(column: Column, text: str, words: dict[str, object]) -> object:
    if text not in words:
        raise CellError(
            found=shown(text), expected=column.expected, remedy=advice(text, list(words)) or "write one of these"
        )
    return words[text]


def _whole(text: str, column: Column) -> int:
    if re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return int(text)
    remedy = "write digits alone"
    match = _DECIMAL.fullmatch(text)
    if match and match["before"] and not match["after"].strip("0") and not match["exponent"]:
        remedy = f"write {match['before']}"
    elif column.kind is Kind.YEAR and _DATE.fullmatch(text):
        remedy = "write the year alone, with four digits"
    raise CellError(found=shown(text), expected=column.expected, remedy=remedy)


def parse_number(text: str, column: Column, decimal: Decimal | None) -> float:
    """Number written with the file's decimal sign, without thousands separators.

    Raises
    ------
    CellError
        If the text is no finite number, or only in another notation.
    """
    match = _DECIMAL.fullmatch(text)
    if match and (match["before"] or match["after"]):
        if decimal is None:
            raise CellError(
                found=shown(text),
                expected="a number that can be read in one way",
                remedy=f"write {_plain(text)} if it is in the thousands, else {text}0",
            )
        if match["sign"] != decimal:
            raise CellError(
                found=shown(text),
                expected=f"a decimal {'comma' if decimal is Decimal.COMMA else 'point'} as in the rest of the file",
                remedy=_other_sign(text, decimal),
            )
        text = text.replace(",", ".")
    elif not _WHOLE.fullmatch(text):
        raise _no_number(text, column, decimal or Decimal.POINT)
    value = float(text)
    if abs(value) > 1e300:
        raise CellError(found=shown(text), expected="a finite number", remedy="write the number itself")
    return value + 0.0  # no negative zero


def _plain(text: str) -> str:
    return re.sub(r"[^0-9+-]", "", text)


def _other_sign(text: str, decimal: Decimal) -> str:
    turned = text.replace(".", ",") if decimal is Decimal.COMMA else text.replace(",", ".")
    return f"write {_plain(text)} or {turned}, whichever is meant" if is_undecided(text) else f"write {turned}"


def _no_number(text: str, column: Column, decimal: Decimal) -> CellError:
    percent = _PERCENT.fullmatch(text)
    if percent:
        share = f"{float(percent['number'].replace(',', '.')) / 100:.10g}".replace(".", decimal)
        return CellError(found=shown(text), expected=f"{column.expected}, without %", remedy=f"write {share}")
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        tail = grouped["tail"]
        plain = f"{_plain(text.removesuffix(tail))}{decimal}{tail}" if tail else _plain(text)
        return CellError(found=shown(text), expected="a number without thousands separators", remedy=f"write {plain}")
    if text.casefold().lstrip("+-") in {"nan", "inf", "infinity", "na", "n/a", "null", "#n/a", "#i/t", "-", ""}:
        remedy = "write the number itself" if column.required else "write the number itself, or leave the cell blank"
        return CellError(found=shown(text), expected="a finite number", remedy=remedy)
    return CellError(
        found=shown(text), expected=column.expected, remedy="write digits alone, the unit in its own column"
    )
