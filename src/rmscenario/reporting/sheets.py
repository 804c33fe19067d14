"""Tables of cells, so that documents, pages and workbooks say the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import Lang, number, percent, say

Cell = str | float | None


class Form(Enum):
    """How the numbers of a column are written."""

    AMOUNT = auto()
    YEAR = auto()  # without thousands separator
    SHARE = auto()  # per cent
    PLAIN = auto()  # of any unit: as many decimals as there are, at most those of the column


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, and for numbers how many decimals are shown and in what form."""

    heading: str
    decimals: int | None = None
    form: Form = Form.AMOUNT
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with its heading.

    `note` says how to read it; the last `totals` rows are sums, and where `brief` is set a document shows only those.
    """

    title: str
    short: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    brief: bool = False


def grade_word(grade: Grade | None, lang: Lang) -> str:
    """A grade in words."""
    return say("grade.none" if grade is None else f"grade.{grade.value}", lang)


def cell_text(value: Cell, column: Column, lang: Lang) -> str:
    """A cell as the language writes it; empty for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if column.form is Form.YEAR:
        return str(int(value))
    if column.form is Form.SHARE:
        return percent(value, lang, column.decimals or 0)
    if column.form is Form.PLAIN:
        text = f"{value:.{column.decimals or 0}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", ",") if lang is Lang.DA else text
    return number(value, lang, column.decimals or 0)
