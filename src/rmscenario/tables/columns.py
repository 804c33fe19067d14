"""Columns of the tables, read off the row models: the one description that reading, templates and documents share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Any

from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from rmscenario.errors import did_you_mean, shown
from rmscenario.region import ROW_TYPES
from rmscenario.region.vocabulary import Row, Sourced, Year
from rmscenario.tables.bounds import Bounds, unwrapped

# Names that Windows keeps for devices; ids become file names in a run.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
# Control characters and separators but tab and line ends, and marks that turn the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

#: How a date is written.
DATE = "a date as YYYY-MM-DD or DD-MM-YYYY"
#: A whole number within these bounds is a year.
_YEARS = Bounds.of(unwrapped(Year)[1])
#: Kinds of fault with which pydantic says that a number lies outside.
_OUT_OF_BOUNDS = frozenset({"greater_than", "greater_than_equal", "less_than", "less_than_equal"})


class Kind(StrEnum):
    """What a cell of a column holds."""

    IDENTIFIER = "id"
    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    YEAR = "year"
    FLAG = "yes or no"
    WORD = "word"
    DATE = "date"


class CellError(ValueError):
    """A cell does not hold what its column holds."""

    def __init__(self, *, found: str, expected: str, remedy: str) -> None:
        self.found, self.expected, self.remedy = found, expected, remedy
        super().__init__(f"found {found}, expected {expected}; {remedy}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: what it holds, between which bounds, and what a blank cell means."""

    name: str
    kind: Kind
    required: bool
    blank: object
    description: str
    words: type[Enum] | None = None
    bounds: Bounds
    pattern: str | None = None
    longest: int | None = None
    one_line: bool = False

    @property
    def numeric(self) -> bool:
        """Whether cells may carry a decimal sign."""
        return self.kind is Kind.NUMBER

    @property
    def is_share(self) -> bool:
        """Whether the column holds shares of 1."""
        return self.kind is Kind.NUMBER and self.bounds.of_shares

    @property
    def expected(self) -> str:
        """What a cell holds, in words for people."""
        if self.kind is Kind.YEAR:
            return "a year with four digits"
        if self.kind is Kind.FLAG:
            return "yes or no"
        if self.kind is Kind.DATE:
            return DATE
        if self.words:
            return f"one of {', '.join(str(word.value) for word in self.words)}"
        if self.kind is Kind.IDENTIFIER:
            return "an id of letters, digits and _ . + -, at most 40, beginning with a letter or digit"
        if self.kind is Kind.TEXT:
            return f"a {'line' if self.one_line else 'text'} of at most {self.longest} characters"
        noun = "a whole number" if self.kind is Kind.WHOLE else "a number"
        return f"{noun}{self.bounds}"

    def check(self, value: object, decimal: str = ".") -> None:
        """Refuse a value that the column cannot hold; `decimal` is the sign that advice is written with.

        Raises
        ------
        CellError
            If the type is wrong or the value is outside the bounds.
        """
        if value is None:
            if self.required or self.blank is not None:
                raise CellError(found="a blank cell", expected=self.expected, remedy="fill it in")
        elif self.words is not None:
            if not isinstance(value, self.words):
                words = [str(word.value) for word in self.words]
                raise CellError(
                    found=shown(value), expected=self.expected, remedy=advice(str(value), words) or "write one of these"
                )
        elif self.kind is Kind.FLAG:
            if not isinstance(value, bool):
                raise CellError(found=shown(value), expected=self.expected, remedy="write yes or no")
        elif self.kind is Kind.DATE:
            if not isinstance(value, date):
                raise CellError(found=shown(value), expected=self.expected, remedy="write year, month and day")
        elif self.kind in (Kind.TEXT, Kind.IDENTIFIER):
            self._check_text(value)
        else:
            self._check_number(value, decimal)

    def _check_number(self, value: object, decimal: str) -> None:
        whole = self.kind in (Kind.WHOLE, Kind.YEAR)
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise CellError(found=shown(value), expected=self.expected, remedy="write digits alone")
        assert isinstance(value, (int, float))
        if not abs(value) <= 1e300:  # also refuses NaN
            raise CellError(found=shown(value), expected="a finite number", remedy="write the number itself")
        if value not in self.bounds:
            raise CellError(found=shown(f"{value:g}"), expected=self.expected, remedy=self.remedy(value, decimal))

    def remedy(self, value: float, decimal: str = ".") -> str:
        """What to do about a number outside the bounds."""
        if self.kind is Kind.YEAR:
            if 0 <= value < 100:
                return f"write all four digits, such as 20{int(value):02d}"
            if 20_000 <= value <= 80_000:
                return "this looks like a date as spreadsheets store it; write the year alone"
            return "correct the year"
        return self.bounds.remedy(value, decimal)

    def _check_text(self, value: object) -> None:
        if not isinstance(value, str):
            raise CellError(found=shown(value), expected=self.expected, remedy="write it as text")
        if _CONTROLS.search(value):
            raise CellError(
                found=shown(value),
                expected="text without control characters or marks that turn the direction of writing",
                remedy="type the text anew",
            )
        if self.one_line and ("\n" in value or "\r" in value):
            raise CellError(found=shown(value), expected="one line", remedy="remove the line breaks")
        if self.longest is not None and len(value) > self.longest:
            raise CellError(
                found=f"{shown(value, 20)} of {len(value)} characters", expected=self.expected, remedy="shorten it"
            )
        if self.pattern is not None and not _compiled(self.pattern).fullmatch(value):
            long = f" of {len(value)} characters" if len(value) > 40 else ""
            raise CellError(
                found=f"{shown(value, 40)}{long}",
                expected=self.expected,
                remedy="choose another id, and use it wherever it is named",
            )
        if self.kind is Kind.IDENTIFIER and (_DEVICES.fullmatch(value) or value.endswith(".")):
            raise CellError(
                found=shown(value),
                expected="an id that can be a file name on every system",
                remedy="choose another id, and use it wherever it is named",
            )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # A $ would let a line end pass after the last letter.
    return re.compile(pattern.removesuffix("$"))


def advice(word: str, known: list[str]) -> str:
    """The nearest known word, without the list (where the expectation has listed them already)."""
    near = did_you_mean(word, known)
    return near if near.startswith("did") else ""


@cache
def columns(row_type: type[Row]) -> tuple[Column, ...]:
    """Columns of a table in the order they are written: its own, then reference, grade and note."""
    shared = set(Sourced.model_fields) if issubclass(row_type, Sourced) else set()
    names = [name for name in row_type.model_fields if name not in shared]
    names += [name for name in row_type.model_fields if name in shared]
    return tuple(described_by(name, row_type.model_fields[name]) for name in names)


@cache
def column(row_type: type[Row], name: str) -> Column:
    """Return the column of that name.

    Raises
    ------
    KeyError
        If the table has no such column.
    """
    return {column.name: column for column in columns(row_type)}[name]


@cache
def row_types() -> dict[str, type[Row]]:
    """Row model of each table, by the table's name."""
    return {row_type.table: row_type for row_type in ROW_TYPES}


def out_of_bounds(name: str, field: FieldInfo, detail: Mapping[str, Any]) -> CellError | None:
    """What pydantic says of a number outside the bounds of a field, as of a cell; None where it speaks of something else."""
    if detail["type"] not in _OUT_OF_BOUNDS:
        return None
    described = described_by(name, field)
    value = float(detail["input"])
    return CellError(found=shown(detail["input"]), expected=described.expected, remedy=described.remedy(value))


def described_by(name: str, field: FieldInfo) -> Column:
    """What a field of a row model or option table holds."""
    base, marks = unwrapped(field.annotation)
    marks = [*field.metadata, *marks]
    bounds = Bounds.of(marks)
    text = next((mark for mark in marks if isinstance(mark, StringConstraints)), None)
    words = base if isinstance(base, type) and issubclass(base, Enum) else None
    if words is not None:
        kind = Kind.WORD
    elif base is bool:
        kind = Kind.FLAG
    elif base is int:
        kind = Kind.YEAR if bounds == _YEARS else Kind.WHOLE
    elif base is float:
        kind = Kind.NUMBER
    elif base is date:
        kind = Kind.DATE
    else:
        assert base is str, f"{name}: no column of type {base}"
        kind = Kind.IDENTIFIER if text and text.pattern else Kind.TEXT
    return Column(
        name=name,
        kind=kind,
        required=field.is_required(),
        blank=None if field.is_required() else field.default,
        description=field.description or "",
        words=words,
        bounds=bounds,
        pattern=str(text.pattern) if text and text.pattern else None,
        longest=text.max_length if text else None,
        one_line=bool(text and text.min_length),
    )
