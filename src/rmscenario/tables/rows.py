"""From cells to typed rows: header, values, the rules a row keeps alone, keys, and conversion into the units inside."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from rmscenario.errors import Fault, InputError, did_you_mean, shown
from rmscenario.quantity import MeasureError, conversion_factor
from rmscenario.region.footprint import AccountEvent, AccountFigure, Quantity, Source, Target
from rmscenario.region.initiatives import Money, Price
from rmscenario.region.limits import Budget
from rmscenario.region.vocabulary import MoneyKind, Row
from rmscenario.tables.cells import decimal_sign, parse_cell
from rmscenario.tables.columns import CellError, columns, row_types
from rmscenario.tables.grid import Grid
from rmscenario.tables.loaded import AnyRow, LoadedRow, Origin
from rmscenario.tables.rules import row_faults

#: The quantity that the footprint and account_history are counted in.
FOOTPRINT = "co2e"


def typed_rows(grid: Grid, faults: list[Fault], row_type: type[Row] | None = None) -> tuple[LoadedRow, ...]:
    """Rows of a table as its row model; what cannot be read goes to `faults`.

    `row_type` is the row model of a table that is none of the region's own.
    """
    row_type = row_type or row_types()[grid.table]
    if not _header_holds(grid, row_type, faults):
        return ()
    by_name = {column.name: column for column in columns(row_type)}
    here = [by_name[name] for name in grid.header]
    decimal = grid.decimal or decimal_sign(
        cell
        for _, cells in grid.rows
        for column, cell in zip(here, cells, strict=True)
        if column.numeric and isinstance(cell, str)
    )
    loaded: list[LoadedRow] = []
    # Most cells repeat (ids, units, words), so each text of a column is parsed once.
    parsed: list[dict[str, object]] = [{} for _ in here]
    for line, cells in grid.rows:
        origin = Origin(file=grid.file, line=line)
        values: dict[str, object] = {}
        wrong: list[Fault] = []
        for column, cell, known in zip(here, cells, parsed, strict=True):
            try:
                if not isinstance(cell, str):
                    values[column.name] = parse_cell(column, cell, decimal)
                elif cell in known:
                    values[column.name] = known[cell]
                else:
                    values[column.name] = known[cell] = parse_cell(column, cell, decimal)
            except CellError as error:
                wrong.append(_cell_fault(origin, column.name, error))
        if not wrong:
            row, wrong = _built(row_type, values, origin)
            if row is not None:
                loaded.append(LoadedRow(row=row, file=grid.file, line=line))
        faults.extend(wrong)
    faults.extend(duplicate_keys(loaded))
    return tuple(loaded)


def validate_row(row_type: type[AnyRow], values: Mapping[str, object], origin: Origin) -> AnyRow:
    """Row with these values (in the units used inside), checked by itself.

    Parameters
    ----------
    row_type : type of Row
        The table's row model.
    values : mapping of str to object
        Typed values by column; a column left out takes its default; words of closed sets may be plain text.
    origin : Origin
        Where the values stand, for the faults.

    Raises
    ------
    InputError
        With every fault of the row.
    """
    by_name = {column.name: column for column in columns(row_type)}
    faults: list[Fault] = []
    typed: dict[str, object] = {}
    for name, given in values.items():
        column = by_name.get(name)
        if column is None:
            faults.append(
                origin.fault(
                    column=shown(name).strip("'"),
                    found=f"an unknown column {shown(name)}",
                    expected=f"a column of {row_type.table}",
                    remedy=did_you_mean(name, by_name) or f"known: {', '.join(by_name)}",
                )
            )
            continue
        value = given
        if column.words is not None and isinstance(value, str):
            value = next((word for word in column.words if word.value == value), value)
        elif column.numeric and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        try:
            column.check(value)
        except CellError as error:
            faults.append(_cell_fault(origin, name, error))
        typed[name] = value
    faults.extend(
        origin.fault(column=name, found="no value", expected=column.expected, remedy="give one")
        for name, column in by_name.items()
        if column.required and name not in values
    )
    if not faults:
        row, faults = _built(row_type, typed, origin)
        if row is not None and not faults:
            return row
    raise InputError(faults)


def _built(row_type: type[AnyRow], values: Mapping[str, object], origin: Origin) -> tuple[AnyRow | None, list[Fault]]:
    try:
        row = row_type.model_validate(values)
    except ValidationError as error:
        # The columns are checked before; this speaks for rules that a row model states itself.
        return None, [
            origin.fault(
                column=".".join(str(part) for part in detail["loc"]) or None,
                found=shown(detail.get("input", "")),
                expected=detail["msg"],
                remedy="correct the cell",
            )
            for detail in error.errors()
        ]
    return row, row_faults(row, origin)


def _cell_fault(origin: Origin, column: str, error: CellError) -> Fault:
    return origin.fault(column=column, found=error.found, expected=error.expected, remedy=error.remedy)


def _header_holds(grid: Grid, row_type: type[Row], faults: list[Fault]) -> bool:
    """Whether every column is known, named once, and no required one is missing."""
    known = {column.name: column for column in columns(row_type)}
    origin = Origin(file=grid.file, line=1)
    before = len(faults)
    seen: set[str] = set()
    for position, name in enumerate(grid.header, start=1):
        if not name:
            faults.append(
                origin.fault(
                    found=f"no name over cell {position}", expected="a column name", remedy="name or remove the column"
                )
            )
        elif name in seen:
            faults.append(
                origin.fault(
                    column=name,
                    found="the column twice",
                    expected="each column once",
                    remedy="remove one of the two",
                )
            )
        elif name not in known:
            missing = [other for other in known if other not in grid.header]
            faults.append(
                origin.fault(
                    column=shown(name).strip("'"),
                    found=f"an unknown column {shown(name)}",
                    expected=f"the columns of {grid.table}",
                    remedy=did_you_mean(name, missing) or "remove the column",
                )
            )
        seen.add(name)
    faults.extend(
        origin.fault(
            column=name,
            found="no such column",
            expected=column.expected,
            remedy=f"add the column: {column.description}",
        )
        for name, column in known.items()
        if column.required and name not in seen
    )
    return len(faults) == before


def duplicate_keys(entries: Iterable[LoadedRow]) -> list[Fault]:
    """Faults of rows whose key another row has already, be it in capitals or composed otherwise."""
    faults = []
    first: dict[tuple[object, ...], LoadedRow] = {}
    for entry in entries:
        values = [getattr(entry.row, name) for name in entry.row.key]
        key = tuple(_folded(value) for value in values)
        earlier = first.setdefault(key, entry)
        if earlier is not entry:
            written = ", ".join("blank" if value is None else str(value) for value in values)
            same = values == [getattr(earlier.row, name) for name in entry.row.key]
            faults.append(
                entry.fault(
                    column=entry.row.key[0] if len(values) == 1 else "+".join(entry.row.key),
                    found=f"{shown(written)}, which stands in row {earlier.line}{_elsewhere(earlier, entry)} already",
                    expected="each key once" if same else "keys that differ by more than capitals",
                    remedy="merge or remove one of the two rows",
                )
            )
    return faults


def _elsewhere(earlier: LoadedRow, entry: LoadedRow) -> str:
    return "" if earlier.file == entry.file else f" of {earlier.file}"


def _folded(value: object) -> object:
    return unicodedata.normalize("NFKC", value).casefold() if isinstance(value, str) else value


def convert_rows(
    entries: Iterable[LoadedRow], quantities: Mapping[str, str], faults: list[Fault]
) -> tuple[LoadedRow, ...]:
    """Rows in the units used inside; `quantities` names the unit of each quantity.

    A row of an unknown quantity stays as it is: that fault is one of the tables together.
    """
    converted = []
    for entry in entries:
        try:
            converted.append(replace(entry, row=convert_row(entry.row, quantities)))
        except MeasureError as error:
            faults.append(
                entry.fault(column="measure", found=error.found, expected=error.expected, remedy=error.remedy)
            )
    return tuple(converted)


def convert_row(row: AnyRow, quantities: Mapping[str, str]) -> AnyRow:
    """Row in the units used inside; its `measure` then names that unit.

    Raises
    ------
    MeasureError
        If `measure` is unknown or of the wrong kind.
    """
    plan = _conversion(row, quantities)
    if plan is None:
        return row
    inside, names = plan
    factor = conversion_factor(row.model_dump()["measure"], inside)
    figures = {name: getattr(row, name) for name in names}
    update = {name: value * factor for name, value in figures.items() if value is not None}
    return row.model_copy(update={**update, "measure": inside})


def _conversion(row: Row, quantities: Mapping[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """Unit inside and the columns that carry it, of a row with figures in a unit of its own."""
    inside: str | None = None
    names: tuple[str, ...] = ("value",)
    if isinstance(row, Source):
        inside = quantities.get(row.quantity)
    elif isinstance(row, AccountFigure):
        inside = quantities.get(FOOTPRINT)
    elif isinstance(row, AccountEvent):
        inside, names = quantities.get(FOOTPRINT), ("low", "mode", "high")
    elif isinstance(row, Target):
        inside, names = quantities.get(row.quantity), ("base", "level")
    elif isinstance(row, Price):
        quantity = quantities.get(row.quantity)
        inside, names = (f"DKK/{quantity.removesuffix('/a')}" if quantity else None), ("price",)
    elif isinstance(row, Money):
        inside, names = ("DKK" if row.kind is MoneyKind.CAPEX else "DKK/a"), ("amount",)
    elif isinstance(row, Budget):
        inside, names = "DKK/a", ("amount",)
    return (inside, names) if inside is not None else None


def quantity_measures(entries: Iterable[LoadedRow]) -> dict[str, str]:
    """Unit inside of each quantity."""
    return {entry.row.quantity: entry.row.measure for entry in entries if isinstance(entry.row, Quantity)}
