"""A scenario file as it is written: its closed schema, and reading it from TOML with the line of every fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from rmscenario.errors import Fault, InputError
from rmscenario.region import DiscountStep
from rmscenario.region.vocabulary import Identifier, Name, Text, Year
from rmscenario.scenario.faults import KeyPath, Place, WrongPartError, faults_of, no_truth_value, quoted
from rmscenario.scenario.run_options import BackcastOptions, PlanningOptions, StressOptions
from rmscenario.tables.loaded import too_deep


def _scalar(value: object) -> str | int | float | bool:
    if not isinstance(value, str | int | float | bool):
        raise WrongPartError(
            found=quoted(value), expected="a text, a number, true or false", remedy="write a single value"
        )
    return value


def _scalars(value: object) -> tuple[str | int | float | bool, ...]:
    values = value if isinstance(value, list | tuple) else [value]
    if not values:
        raise WrongPartError(
            found="an empty list",
            expected="a value or a list of values",
            remedy="leave the column out to match all rows",
        )
    return tuple(_scalar(item) for item in values)


Scalar = Annotated[str | int | float | bool, PlainValidator(_scalar)]
Scalars = Annotated[tuple[str | int | float | bool, ...], PlainValidator(_scalars)]
Where = dict[str, Scalars]
Cells = dict[str, Scalar]


class Part(BaseModel):
    """Base of all parts of a scenario file: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_value(cls, value: object, info: ValidationInfo) -> object:
        return no_truth_value(value, cls.model_fields[info.field_name or ""].annotation)


class Way(StrEnum):
    """The ways to change a value."""

    SET = "set"
    MULTIPLY = "multiply"
    ADD = "add"
    COPY = "copy"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Change(Part):
    """One `[[change]]`: which rows of a table, and how their values change (in the units used inside)."""

    table: Annotated[str, Field(description="Table of the model")]
    where: Annotated[Where, Field(description='Rows: `{column = value or [values]}`; `""` is a blank cell')] = {}
    from_year: Annotated[Year | None, Field(description="Only rows whose `year` is this or later")] = None
    to_year: Annotated[Year | None, Field(description="Only rows whose `year` is this or earlier")] = None
    set: Annotated[Cells | None, Field(description='New values; `""` blanks a cell')] = None
    multiply: Annotated[dict[str, float] | None, Field(description="Factors [1]")] = None
    add: Annotated[dict[str, float] | None, Field(description="Amounts to add, in the unit of the column")] = None
    copy_of: Annotated[
        dict[str, str] | None,
        Field(alias="copy", description="`{column = 'other column'}`: the value another column of the row had before"),
    ] = None
    at_least: Annotated[dict[str, float] | None, Field(description="Values below are raised to this")] = None
    at_most: Annotated[dict[str, float] | None, Field(description="Values above are lowered to this")] = None
    reason: Annotated[Text, Field(description="Why")] = ""

    @model_validator(mode="after")
    def _one_way(self) -> Change:
        given = [way for way in Way if self._cells(way) is not None]
        if len(given) != 1:
            raise WrongPartError(
                found=" and ".join(given) if given else "no new value",
                expected=f"exactly one of {', '.join(Way)}",
                remedy="write one [[change]] for each way of changing",
            )
        if not self._cells(given[0]):
            raise WrongPartError(
                found=f"{given[0]} without a column",
                expected="at least one",
                remedy=f"write {given[0]} = {{column = …}}",
            )
        return self

    def _cells(self, way: Way) -> Mapping[str, str | int | float | bool] | None:
        cells: Mapping[str, str | int | float | bool] | None = getattr(self, "copy_of" if way is Way.COPY else way)
        return cells

    @property
    def way(self) -> Way:
        """How the values change."""
        return next(way for way in Way if self._cells(way) is not None)

    @property
    def cells(self) -> Mapping[str, str | int | float | bool]:
        """Column → new value, factor, amount, other column or bound, as `way` says."""
        return self._cells(self.way) or {}


class Addition(Part):
    """One `[[add]]`: a new row of a table."""

    table: Annotated[str, Field(description="Table of the model")]
    row: Annotated[Cells, Field(min_length=1, description="The cells of the row; columns left out are blank")]
    reason: Annotated[Text, Field(description="Why")] = ""


class Removal(Part):
    """One `[[remove]]`: rows of a table that are taken out."""

    table: Annotated[str, Field(description="Table of the model")]
    where: Annotated[Where, Field(description="Rows: `{column = value or [values]}`; none: all rows")] = {}
    from_year: Annotated[Year | None, Field(description="Only rows whose `year` is this or later")] = None
    to_year: Annotated[Year | None, Field(description="Only rows whose `year` is this or earlier")] = None
    reason: Annotated[Text, Field(description="Why")] = ""


class SettingsChange(Part):
    """`[settings]`: the settings of region.toml that a scenario may change."""

    first_year: Annotated[Year | None, Field(description="First year of the evaluation period")] = None
    last_start: Annotated[Year | None, Field(description="Latest new start")] = None
    end_year: Annotated[Year | None, Field(description="Last year of the evaluation period")] = None
    account: Annotated[Identifier | None, Field(description="The account that tonnes are reported in")] = None
    discount: Annotated[tuple[DiscountStep, ...] | None, Field(min_length=1, description="Discount schedule")] = None


class ScenarioFile(Part):
    """A scenario file. Settings change first, then rounds, then rows are removed, added, changed, then targets."""

    title_da: Annotated[Name, Field(description="Danish title")]
    title_en: Annotated[Name, Field(description="English title")]
    description_da: Annotated[Text, Field(description="Danish: what it asks, and what in it is assumed")] = ""
    description_en: Annotated[Text, Field(description="English: what it asks, and what in it is assumed")] = ""
    model: Annotated[str | None, Field(description="Folder of the region's tables, relative to this file")] = None
    extends: Annotated[str | None, Field(description="Scenario file this one builds on, relative to this file")] = None
    settings: Annotated[SettingsChange, Field(description="Settings of the region")] = SettingsChange()
    rounds_open: Annotated[
        tuple[Identifier, ...] | None,
        Field(min_length=1, description="The agreement rounds in which initiatives may start; no others"),
    ] = None
    change: Annotated[tuple[Change, ...], Field(description="Changed rows")] = ()
    add: Annotated[tuple[Addition, ...], Field(description="New rows")] = ()
    remove: Annotated[tuple[Removal, ...], Field(description="Rows taken out")] = ()
    targets: Annotated[
        dict[str, Cells],
        Field(description="`[targets.<id>]`: new values in the row of a target; `active = false`: off"),
    ] = {}
    planning: Annotated[PlanningOptions, Field(description="How the plan is made")] = PlanningOptions()
    stress: Annotated[StressOptions, Field(description="How the plan is stress tested")] = StressOptions()
    backcast: Annotated[
        BackcastOptions | None, Field(description="How strong the background would have to be for a target to be met")
    ] = None


Lines = Mapping[KeyPath, int]

#: The model of the keys below a key of a scenario file.
PARTS: Mapping[KeyPath, type[BaseModel]] = {
    (): ScenarioFile,
    ("change",): Change,
    ("add",): Addition,
    ("remove",): Removal,
    ("settings",): SettingsChange,
    ("settings", "discount"): DiscountStep,
    ("planning",): PlanningOptions,
    ("stress",): StressOptions,
    ("backcast",): BackcastOptions,
}


def parse(content: bytes, file: str) -> tuple[ScenarioFile, Lines]:
    """A scenario file from its bytes, and the line of each of its keys.

    Raises
    ------
    InputError
        When it is not UTF-8, not TOML, or does not fit the schema; all schema faults together.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(
            [
                Place(file=file, line=line).fault(
                    None, found="bytes that are not UTF-8", expected="a TOML file in UTF-8", remedy="save it as UTF-8"
                )
            ]
        ) from None
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([_syntax_fault(str(error), text, file)]) from None
    except RecursionError:
        raise InputError([too_deep(file)]) from None
    try:
        lines = locate(text)
        return ScenarioFile.model_validate(tree), lines
    except ValidationError as error:
        raise InputError(_schema_faults(error, file, lines)) from None
    except RecursionError:
        raise InputError([too_deep(file)]) from None


def _schema_faults(error: ValidationError, file: str, lines: Lines) -> list[Fault]:
    try:
        return faults_of(error, Place(file=file), parts=PARTS, lines=lines)
    except RecursionError:  # a dotted key of many parts is read, and cannot be shown
        return [too_deep(file)]


def _syntax_fault(message: str, text: str, file: str) -> Fault:
    at = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line = int(at[1]) if at else len(text.splitlines())
    cause = message[: at.start()] if at else message.removesuffix(" (at end of document)")
    place = Place(file=file, line=line)
    twice = re.fullmatch(r"Cannot (?:overwrite a value|declare \((?P<keys>.*?),?\) twice)", cause)
    if twice:
        table = (twice["keys"] or "").replace("', '", ".").strip("'")
        return place.fault(
            None,
            found=f"the table [{table}] a second time" if table else "a key that is there already",
            expected="each key and table once",
            remedy="merge them, or take one out",
        )
    return place.fault(
        f"column {at[2]}" if at else None,
        found=f"no TOML ({cause})",
        expected="`key = value`, [table] or [[change]]",
        remedy="correct the line",
    )


def locate(text: str) -> Lines:
    """The line of each key of a TOML text: `("change", 0, "where")` → 14. Keys inside inline tables have none."""
    lines: dict[KeyPath, int] = {}
    prefix: KeyPath = ()
    last: dict[tuple[str, ...], int] = {}
    quoted = False
    for number, raw in enumerate(text.splitlines(), start=1):
        inside, quoted = quoted, quoted ^ bool((raw.count('"""') + raw.count("'''")) % 2)
        if inside:
            continue
        if header := re.match(r"\s*(\[\[?)(.+?)\]\]?\s*(?:#.*)?$", raw):
            path = _keys(header[2])
            if path is None:
                continue
            if header[1] == "[[":
                last[path] = last.get(path, -1) + 1
            prefix = _indexed(path, last)
            lines.setdefault(prefix, number)
        elif (entry := re.match(r"\s*([^=#\[\]{}]+?)\s*=", raw)) and (path := _keys(entry[1])) is not None:
            lines.setdefault((*prefix, *path), number)
    return lines


def _keys(text: str) -> tuple[str, ...] | None:
    """The parts of a dotted TOML key; None if it is none."""
    try:
        tree: Any = tomllib.loads(f"{text} = 0")
    except tomllib.TOMLDecodeError:
        return None
    parts: list[str] = []
    while isinstance(tree, dict):
        [(part, tree)] = tree.items()
        parts.append(part)
    return tuple(parts)


def _indexed(path: tuple[str, ...], last: Mapping[tuple[str, ...], int]) -> KeyPath:
    indexed: list[str | int] = []
    for length, part in enumerate(path, start=1):
        indexed.append(part)
        if path[:length] in last:
            indexed.append(last[path[:length]])
    return tuple(indexed)
