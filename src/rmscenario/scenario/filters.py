"""Which rows of a table a scenario means, which columns, and which values cells can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rmscenario.errors import Fault, shown
from rmscenario.region.vocabulary import Row
from rmscenario.scenario.document import Change, Removal
from rmscenario.scenario.draft import Cause, Draft
from rmscenario.scenario.faults import advice, listed, quoted
from rmscenario.scenario.touched import cell_of
from rmscenario.tables.cells import Decimal, parse_cell
from rmscenario.tables.columns import CellError, Column, Kind, columns, row_types

Columns = Mapping[str, Column]
Years = tuple[int | None, int | None]


def known_columns(draft: Draft, table: str, cause: Cause) -> Columns | None:
    """The columns of a table by name; None, and a fault, if there is no such table."""
    if table in draft.rows:
        return {column.name: column for column in columns(row_types()[table])}
    draft.faults.append(
        cause.fault(
            "table",
            found=shown(table),
            expected="a table of the model",
            remedy=advice(table, draft.rows, f"known: {', '.join(draft.rows)}"),
        )
    )
    return None


def unknown_column(name: str, known: Iterable[str], cause: Cause, part: str) -> Fault:
    """The fault of a column that the table does not have."""
    return cause.fault(
        part,
        found=f"column {shown(name)}",
        expected=f"one of {listed(known)}",
        remedy=advice(name, known, "correct the name"),
    )


def parsed(draft: Draft, column: Column, given: object, cause: Cause, part: str) -> tuple[object] | None:
    """A given value as the column holds it, wrapped; None, and a fault, if the column cannot hold it.

    Text is read as in a table with a decimal point, so that `--set` and `set` share this one way.
    """
    if column.kind is Kind.FLAG and given in ("true", "false"):
        given = "yes" if given == "true" else "no"
    try:
        assert given is None or isinstance(given, str | int | float | bool)
        return (parse_cell(column, given, Decimal.POINT),)
    except CellError as error:
        draft.faults.append(cause.fault(part, found=error.found, expected=error.expected, remedy=error.remedy))
        return None


def selected_rows(draft: Draft, part: Change | Removal, cause: Cause) -> list[int] | None:
    """Numbers of the rows a filter means; None, and faults, if it is wrong or one of its values means no row."""
    known = known_columns(draft, part.table, cause)
    if known is None:
        return None
    before = len(draft.faults)
    wanted = _wanted(draft, part, known, cause)
    years = (part.from_year, part.to_year)
    if years != (None, None) and "year" not in known:
        draft.faults.append(
            cause.fault(
                "from_year" if part.from_year is not None else "to_year",
                found=f"a table without a column 'year' ({part.table})",
                expected="a table whose rows are of a year",
                remedy="leave it out, or filter with `where`",
            )
        )
    if len(draft.faults) > before:
        return None
    rows = [entry.row for entry in draft.rows[part.table]]
    in_years = [number for number, row in enumerate(rows) if _within(getattr(row, "year", None), years)]
    for name, values in wanted.items():
        for value in values:
            if not any(_fits(rows[number], wanted | {name: [value]}) for number in in_years):
                draft.faults.append(_no_match(part, name, value, rows, cause))
    selected = [number for number in in_years if _fits(rows[number], wanted)]
    if not selected and len(draft.faults) == before:
        draft.faults.append(
            cause.fault(
                "from_year" if part.from_year is not None else "to_year" if part.to_year is not None else "table",
                found="no row",
                expected=f"at least one row of {part.table}{_span(years)}",
                remedy="correct the years" if rows else "the table is empty",
            )
        )
    return selected if len(draft.faults) == before else None


def _wanted(draft: Draft, part: Change | Removal, known: Columns, cause: Cause) -> dict[str, list[object]]:
    wanted: dict[str, list[object]] = {}
    for name, values in part.where.items():
        if name not in known:
            draft.faults.append(unknown_column(name, known, cause, "where"))
            continue
        column = known[name]
        wanted[name] = []
        for value in values:
            cell = (column.blank,) if value == "" else parsed(draft, column, value, cause, f"where.{name}")
            if cell is not None:
                wanted[name].append(cell[0])
    return wanted


def _no_match(part: Change | Removal, name: str, value: object, rows: list[Row], cause: Cause) -> Fault:
    there = list(dict.fromkeys(cell_of(getattr(row, name)) for row in rows))
    cell = cell_of(value)
    if cell in there:
        rest = " and ".join(other for other in part.where if other != name)
        return cause.fault(
            f"where.{name}",
            found=f"{quoted(cell)}, which no row has{f' with {rest} as given' if rest else ''}"
            f"{_span((part.from_year, part.to_year))}",
            expected=f"values that each mean a row of {part.table}",
            remedy="take it out, or correct the filter",
        )
    return cause.fault(
        f"where.{name}",
        found=f"{quoted(cell)}, which no row of {part.table} has",
        expected=f"one of {listed(quoted(item) for item in there)}" if there else "a table with rows",
        remedy=advice(cell, there, "correct the filter") if isinstance(cell, str) else "correct the filter",
    )


def _within(year: int | None, years: Years) -> bool:
    first, last = years
    if year is None:
        return first is None and last is None
    return (first is None or year >= first) and (last is None or year <= last)


def _fits(row: Row, wanted: Mapping[str, list[object]]) -> bool:
    return all(getattr(row, name) in values for name, values in wanted.items())


def _span(years: Years) -> str:
    first, last = years
    if first is None and last is None:
        return ""
    if last is None:
        return f" from {first}"
    return f" until {last}" if first is None else f" in {first}–{last}"
