"""Columns of the tables, read off the row models: the one description that reading, templates and documents share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from rmscenario.errors import did_you_mean, shown
from rmscenario.region import ROW_TYPES
from rmscenario.region.vocabulary import Row, Sourced

# Names that Windows keeps for devices; ids become file names in a run.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
# Control characters and separators but tab and line ends, and marks that turn the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


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
    low: float | None = None
    above: float | None = None
    high: float | None = None
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
        return self.kind is Kind.NUMBER and (self.low, self.high) == (0.0, 1.0)

    @property
    def expected(self) -> str:
        """What a cell holds, in words for people."""
        if self.kind is Kind.YEAR:
            return "a year with four digits"
        if self.kind is Kind.FLAG:
            return "yes or no"
        if self.kind is Kind.DATE:
            return "a date as YYYY-MM-DD"
        if self.words:
            return f"one of {', '.join(str(word.value) for word in self.words)}"
        if self.kind is Kind.IDENTIFIER:
            return "an id of letters, digits and _ . + -, at most 40, beginning with a letter or digit"
        if self.kind is Kind.TEXT:
            return f"a {'line' if self.one_line else 'text'} of at most {self.longest} characters"
        noun = "a whole number" if self.kind is Kind.WHOLE else "a number"
        return f"{noun}{self._bounds()}"

    def _bounds(self) -> str:
        if self.low is not None and self.high is not None:
            return f" from {self.low:g} to {self.high:g}"
        if self.above is not None and self.high is not None:
            return f" above {self.above:g} and at most {self.high:g}"
        if self.low is not None:
            return f" of at least {self.low:g}"
        return ""

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
        below = (self.low is not None and value < self.low) or (self.above is not None and value <= self.above)
        if below or (self.high is not None and value > self.high):
            raise CellError(found=shown(f"{value:g}"), expected=self.expected, remedy=self._outside(value, decimal))

    def _outside(self, value: float, decimal: str) -> str:
        if self.kind is Kind.YEAR:
            if 0 <= value < 100:
                return f"write all four digits, such as 20{int(value):02d}"
            if 20_000 <= value <= 80_000:
                return "this looks like a date as spreadsheets store it; write the year alone"
            return "correct the year"
        if self.high == 1 and 2 <= value <= 100:
            return f"{value:g} % is written {value / 100:g}".replace(".", decimal)
        if value < 0 and self.low == 0:
            return "write the amount without a sign"
        return "correct the number"

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
    return tuple(_column(name, row_type.model_fields[name]) for name in names)


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


def _column(name: str, field: FieldInfo) -> Column:
    base, marks = _unwrap(field.annotation)
    marks = [*field.metadata, *marks]
    low = next((mark.ge for mark in marks if isinstance(mark, Ge)), None)
    high = next((mark.le for mark in marks if isinstance(mark, Le)), None)
    text = next((mark for mark in marks if isinstance(mark, StringConstraints)), None)
    words = base if isinstance(base, type) and issubclass(base, Enum) else None
    if words is not None:
        kind = Kind.WORD
    elif base is bool:
        kind = Kind.FLAG
    elif base is int:
        kind = Kind.YEAR if (low, high) == (1900, 2200) else Kind.WHOLE
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
        low=_number(low),
        above=_number(next((mark.gt for mark in marks if isinstance(mark, Gt)), None)),
        high=_number(high),
        pattern=str(text.pattern) if text and text.pattern else None,
        longest=text.max_length if text else None,
        one_line=bool(text and text.min_length),
    )


def _number(bound: object) -> float | None:
    return float(bound) if isinstance(bound, (int, float)) else None


def _unwrap(annotation: Any) -> tuple[Any, list[Any]]:
    """Type and marks of an annotation that may be optional and annotated more than once."""
    if get_origin(annotation) in (Union, UnionType):
        (inner,) = (argument for argument in get_args(annotation) if argument is not type(None))
        return _unwrap(inner)
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        base, more = _unwrap(inner)
        return base, [*_flat(marks), *more]
    return annotation, []


def _flat(marks: list[Any]) -> Iterator[Any]:
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from mark.metadata
        else:
            yield mark
