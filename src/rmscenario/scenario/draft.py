"""The model while scenarios are laid over it: rows change, each change is recorded, faults are collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rmscenario.errors import Fault
from rmscenario.region import Settings
from rmscenario.scenario.faults import Place, quoted
from rmscenario.scenario.touched import WHOLE_ROW, Cell, Touched, cell_of, key_of, row_text
from rmscenario.tables import Loaded, LoadedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What changes a value: the scenario, where it says so, and why."""

    scenario: str
    place: Place
    reason: str = ""

    def fault(self, column: str | None, *, found: str, expected: str, remedy: str) -> Fault:
        """A fault at the place that asks for the change."""
        return self.place.fault(column, found=found, expected=expected, remedy=remedy)

    def changes_nothing(self, column: str, value: object) -> Fault:
        """The fault of a change that leaves every value as it was."""
        return self.fault(
            column,
            found=f"no change: the value is {quoted(cell_of(value))} already",
            expected="another value",
            remedy="take it out, or correct it",
        )


@dataclass(slots=True, kw_only=True)
class Draft:
    """A model's rows on their way to a scenario's region; lives only while a scenario is loaded.

    `changed` says which scenarios changed the row of a table that now has this key.
    """

    settings: Settings
    rows: dict[str, list[LoadedRow]]
    touched: list[Touched] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    changed: dict[tuple[str, tuple[str, ...]], list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, loaded: Loaded) -> Draft:
        """The model as its tables say."""
        return cls(settings=loaded.settings, rows={table: list(rows) for table, rows in loaded.rows.items()})

    def laid_over(self, loaded: Loaded) -> Loaded:
        """The model as the scenarios say, each row with the place it came from."""
        return replace(loaded, settings=self.settings, rows={table: tuple(rows) for table, rows in self.rows.items()})

    def put(self, table: str, number: int, values: Mapping[str, object], cause: Cause) -> None:
        """Give columns of a row new values; those that differ are recorded."""
        entry = self.rows[table][number]
        differing = {name: value for name, value in values.items() if value != getattr(entry.row, name)}
        if not differing:
            return
        key = key_of(entry.row)
        for name, value in differing.items():
            self.touch(table, key, name, old=cell_of(getattr(entry.row, name)), new=cell_of(value), cause=cause)
        self.rows[table][number] = replace(entry, row=entry.row.model_copy(update=differing))
        self._note(table, key, cause)

    def rewrite(self, table: str, column: str, new: Callable[[Any], object], cause: Cause) -> None:
        """Give a column of every row a new value; those that differ are recorded."""
        for number, entry in enumerate(self.rows[table]):
            self.put(table, number, {column: new(entry.row)}, cause)

    def append(self, table: str, entry: LoadedRow, cause: Cause) -> None:
        """Put a new row at the end of a table."""
        self.rows[table].append(entry)
        self.touch(table, key_of(entry.row), WHOLE_ROW, old=None, new=row_text(entry.row), cause=cause)
        self._note(table, key_of(entry.row), cause)

    def drop(self, table: str, cause: Cause, numbers: frozenset[int] | None = None) -> None:
        """Take rows out of a table (all without `numbers`), recorded one by one."""
        kept = []
        for number, entry in enumerate(self.rows[table]):
            if numbers is None or number in numbers:
                self.touch(table, key_of(entry.row), WHOLE_ROW, old=row_text(entry.row), new=None, cause=cause)
            else:
                kept.append(entry)
        self.rows[table] = kept

    def touch(self, table: str, key: tuple[str, ...], column: str, *, old: Cell, new: Cell, cause: Cause) -> None:
        """Record a changed value."""
        self.touched.append(
            Touched(table=table, key=key, column=column, old=old, new=new, scenario=cause.scenario, reason=cause.reason)
        )

    def _note(self, table: str, key: tuple[str, ...], cause: Cause) -> None:
        names = self.changed.setdefault((table, key), [])
        if cause.scenario not in names:
            names.append(cause.scenario)
