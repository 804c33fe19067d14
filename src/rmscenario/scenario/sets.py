"""Single values from the command line: `table[key].column=value`, `settings.year=value`, `planning.option=value`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rmscenario.errors import Fault, InputError, shown
from rmscenario.scenario.document import PARTS
from rmscenario.scenario.draft import Cause, Draft
from rmscenario.scenario.faults import Place, advice, keys_of, listed
from rmscenario.scenario.filters import known_columns, parsed, unknown_column
from rmscenario.scenario.touched import key_of
from rmscenario.tables.columns import row_types

#: Name of the command line in `Touched.scenario` and in faults.
COMMAND_LINE = "--set"
#: Parts of a scenario that are no tables of the model.
SECTIONS = ("settings", "planning", "stress", "backcast")

_FORM = re.compile(r"(?P<table>[A-Za-z_]+)(?:\[(?P<key>[^\]]*)\])?\.(?P<column>[A-Za-z_]+)\s*=(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """One `--set`: a section or table, the key cells of the row (None for a section), the column, the value as text."""

    text: str
    section: str
    key: tuple[str, ...] | None
    column: str
    value: str

    @property
    def cause(self) -> Cause:
        """The command line as what changes a value."""
        return Cause(scenario=COMMAND_LINE, place=Place(file=f"{COMMAND_LINE} {shown(self.text)}"))

    @property
    def option(self) -> object:
        """The value for an option: a list where commas or brackets separate several."""
        text = self.value.strip()
        if self.column in ("lift", "years", "groups"):
            return [part.strip().strip("\"'") for part in text.strip("[]").split(",") if part.strip()]
        return text


def parse_sets(texts: Sequence[str]) -> tuple[SetValue, ...]:
    """Read `--set` values.

    Raises
    ------
    InputError
        With every value that is not written as it should be.
    """
    values: list[SetValue] = []
    faults: list[Fault] = []
    for text in texts:
        place = Place(file=f"{COMMAND_LINE} {shown(text)}")
        form = _FORM.fullmatch(text.strip())
        if form is None:
            faults.append(
                place.fault(
                    None,
                    found="another form",
                    expected="table[key].column=value, or planning.option=value (settings, stress, backcast alike)",
                    remedy="write e.g. 'targets[total-67].shortfall_price=750'",
                )
            )
            continue
        section, key, column = form["table"], form["key"], form["column"]
        known = keys_of(PARTS[section,].model_fields) if section in SECTIONS else ()
        if section in SECTIONS and key is not None:
            faults.append(
                place.fault(None, found="a key", expected="none after a section", remedy=f"write {section}.{column}=…")
            )
        elif section in SECTIONS and column not in known:
            faults.append(
                place.fault(
                    section,
                    found=f"key {shown(column)}",
                    expected=f"one of {listed(known)}",
                    remedy=advice(column, known, "correct it"),
                )
            )
        elif section not in SECTIONS and key is None:
            names = (*SECTIONS, *row_types())
            remedy = (
                f"write {section}[key].{column}=…" if section in names else advice(section, names, "correct the name")
            )
            faults.append(place.fault(None, found="no key", expected="the row's key in square brackets", remedy=remedy))
        else:
            cells = None if key is None else tuple(part.strip() for part in key.split(","))
            values.append(SetValue(text=text, section=section, key=cells, column=column, value=form["value"].strip()))
    if faults:
        raise InputError(faults)
    return tuple(values)


def set_cell(draft: Draft, value: SetValue) -> None:
    """Carry out a `--set` of a cell."""
    cause, table = value.cause, value.section
    known = known_columns(draft, table, cause)
    if known is None:
        return
    key = row_types()[table].key
    if value.column not in known:
        draft.faults.append(unknown_column(value.column, known, cause, table))
        return
    if value.column in key or value.column == "measure":
        draft.faults.append(
            cause.fault(
                value.column,
                found=f"'{value.column}', which identifies the row or is its unit",
                expected="a column with a figure or a word",
                remedy="use [[remove]] and [[add]] in a scenario file",
            )
        )
        return
    rows = {key_of(entry.row): number for number, entry in enumerate(draft.rows[table])}
    if value.key not in rows:
        written = [",".join(cells) for cells in rows]
        draft.faults.append(
            cause.fault(
                None,
                found=f"no row {shown(','.join(value.key or ()))} in {table}",
                expected=f"the key {','.join(key)} of a row, such as {listed(written[:3])}"
                if rows
                else "a table with rows",
                remedy=advice(",".join(value.key or ()), written, "correct the key; a blank cell is left empty"),
            )
        )
        return
    cell = parsed(draft, known[value.column], value.value, cause, value.column)
    if cell is None:
        return
    number = rows[value.key]
    if getattr(draft.rows[table][number].row, value.column) == cell[0]:
        draft.faults.append(cause.changes_nothing(value.column, cell[0]))
        return
    draft.put(table, number, {value.column: cell[0]}, cause)
