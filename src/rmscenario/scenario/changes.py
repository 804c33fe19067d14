"""What a scenario does with the rows of the tables: change, add and remove them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rmscenario.errors import InputError
from rmscenario.quantity import MeasureError
from rmscenario.region.vocabulary import Row
from rmscenario.scenario.document import Addition, Change, Removal, Way
from rmscenario.scenario.draft import Cause, Draft
from rmscenario.scenario.filters import Columns, known_columns, parsed, selected_rows, unknown_column
from rmscenario.scenario.touched import cell_of, key_of, key_text
from rmscenario.tables import LoadedRow, validate_row
from rmscenario.tables.columns import CellError, Column, Kind, row_types
from rmscenario.tables.loaded import Origin
from rmscenario.tables.rows import convert_row, quantity_measures

Edit = Callable[[Row], object]

_ARITHMETIC: dict[Way, Callable[[float, float], float]] = {
    Way.MULTIPLY: lambda old, factor: old * factor,
    Way.ADD: lambda old, amount: old + amount,
    Way.AT_LEAST: max,
    Way.AT_MOST: min,
}


def change_rows(draft: Draft, change: Change, cause: Cause) -> None:
    """Carry out a `[[change]]`: new values, in the units used inside, in all rows it means.

    Every value that is copied or calculated starts from the row as it was, so that the columns of one change do not
    depend on their order.
    """
    selected = selected_rows(draft, change, cause)
    known = known_columns(draft, change.table, cause) if selected is not None else None
    if selected is None or known is None:
        return
    edits: dict[str, Edit] = {}
    for name, given in change.cells.items():
        edit = _edit(draft, change, (name, given), known, cause)
        if edit is not None:
            edits[name] = edit
    if len(edits) < len(change.cells):
        return
    moved = dict.fromkeys(edits, False)
    for number in selected:
        row = draft.rows[change.table][number].row
        values: dict[str, object] = {}
        for name, edit in edits.items():
            try:
                values[name] = edit(row)
                known[name].check(values[name])
            except CellError as error:
                draft.faults.append(
                    cause.fault(
                        f"{change.way}.{name}",
                        found=f"{error.found} in the row {key_text(row)}",
                        expected=error.expected,
                        remedy=error.remedy,
                    )
                )
                return
            moved[name] |= values[name] != getattr(row, name)
        draft.put(change.table, number, values, cause)
    for name in (name for name, differs in moved.items() if not differs):
        held = dict.fromkeys(cell_of(getattr(draft.rows[change.table][number].row, name)) for number in selected)
        draft.faults.append(cause.changes_nothing(f"{change.way}.{name}", next(iter(held))))


def add_row(draft: Draft, addition: Addition, cause: Cause) -> None:
    """Carry out an `[[add]]`: a new row, whose `measure` says the unit of its figures as in a table."""
    known = known_columns(draft, addition.table, cause)
    if known is None:
        return
    before = len(draft.faults)
    values: dict[str, object] = {}
    for name, given in addition.row.items():
        if name not in known:
            draft.faults.append(unknown_column(name, known, cause, "row"))
        elif (cell := parsed(draft, known[name], given, cause, f"row.{name}")) is not None:
            values[name] = cell[0]
    if len(draft.faults) > before:
        return
    origin = Origin(file=cause.place.file, line=cause.place.line)
    try:
        row = validate_row(row_types()[addition.table], values, origin)
        row = convert_row(row, quantity_measures(draft.rows["quantities"]))
    except InputError as error:
        draft.faults.extend(replace(fault, column=f"row.{fault.column}") for fault in error.faults)
        return
    except MeasureError as error:
        draft.faults.append(cause.fault("row.measure", found=error.found, expected=error.expected, remedy=error.remedy))
        return
    if key_of(row) in {key_of(entry.row) for entry in draft.rows[addition.table]}:
        draft.faults.append(
            cause.fault(
                "row",
                found=f"the row {key_text(row)}, which {addition.table} has already",
                expected=f"a new {'+'.join(row.key)}",
                remedy="change the row with [[change]]",
            )
        )
        return
    draft.append(addition.table, LoadedRow(row=row, file=origin.file, line=origin.line), cause)


def remove_rows(draft: Draft, removal: Removal, cause: Cause) -> None:
    """Carry out a `[[remove]]`."""
    selected = selected_rows(draft, removal, cause)
    if selected is not None:
        draft.drop(removal.table, cause, frozenset(selected))


def _edit(draft: Draft, change: Change, cell: tuple[str, object], known: Columns, cause: Cause) -> Edit | None:
    """The function that gives a row its new value in a column; None, and a fault, if there can be none."""
    name, given = cell
    way = change.way
    part = f"{way}.{name}"
    if name not in known:
        draft.faults.append(unknown_column(name, known, cause, str(way)))
        return None
    if name in row_types()[change.table].key:
        draft.faults.append(
            cause.fault(
                part,
                found=f"'{name}', which identifies a row of {change.table}",
                expected="a column that is no key",
                remedy="take the row out with [[remove]] and put another in with [[add]]",
            )
        )
        return None
    if name == "measure":
        draft.faults.append(
            cause.fault(
                part,
                found="'measure', the unit of the row",
                expected="a column with a figure, in the unit used inside",
                remedy="convert the figure instead",
            )
        )
        return None
    if way is Way.SET:
        value = parsed(draft, known[name], given, cause, part)
        if value is None:
            return None
        (new,) = value
        return lambda _: new
    if way is Way.COPY:
        other = str(given)
        if other not in known:
            draft.faults.append(unknown_column(other, known, cause, part))
            return None
        return lambda row: getattr(row, other)
    if known[name].kind not in (Kind.NUMBER, Kind.WHOLE, Kind.YEAR):
        draft.faults.append(
            cause.fault(
                part, found=f"a column that holds {known[name].kind}", expected="a column of numbers", remedy="use set"
            )
        )
        return None
    assert isinstance(given, float)
    return _arithmetic(way, known[name], given)


def _arithmetic(way: Way, column: Column, amount: float) -> Edit:
    def edit(row: Row) -> object:
        old = getattr(row, column.name)
        if old is None:
            raise CellError(found="a blank cell", expected="a number", remedy="use set, or leave the row out")
        new = _ARITHMETIC[way](old, amount)
        whole = column.kind is not Kind.NUMBER and float(new).is_integer()
        return int(new) if whole else new

    return edit
