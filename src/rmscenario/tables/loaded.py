"""What reading a region gives: its settings, and each row with the place it came from."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rmscenario.errors import Fault
from rmscenario.region import Settings
from rmscenario.region.vocabulary import Row

AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a row stands: the file, and the row as a spreadsheet numbers it (the header is row 1)."""

    file: str
    line: int | None = None

    def fault(self, *, found: str, expected: str, remedy: str, column: str | None = None) -> Fault:
        """Fault at this place."""
        return Fault(file=self.file, row=self.line, column=column, found=found, expected=expected, remedy=remedy)


def unopened(file: str, error: OSError) -> Fault:
    """Fault of a file that cannot be opened, as when another program holds it."""
    return Fault(
        file=file,
        found=f"a file that cannot be opened ({error.strerror})",
        expected="a file that can be read",
        remedy="close it in other programs, and see that you may read it",
    )


def too_deep(file: str) -> Fault:
    """Fault of a TOML file whose values hold values without end."""
    return Fault(
        file=file,
        found="values nested in each other too deep to be read",
        expected="`key = value`, with a list or an inline table at most",
        remedy="take the brackets apart, or look for one that is not closed",
    )


def no_file(path: Path) -> Fault | None:
    """Fault of what has the name of a file and is none: a pipe would never end, and a broken link be left out."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        what = "a link that leads to nothing"
    except OSError as error:
        return unopened(path.name, error)
    else:
        if stat.S_ISREG(mode):
            return None
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe or device"
    return Fault(
        file=path.name,
        found=what,
        expected="a file",
        remedy="put the file itself in its place, or remove what is there",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRow:
    """A row and where it came from."""

    row: Any  # a Row; which model follows from the table
    file: str
    line: int | None = None

    @property
    def origin(self) -> Origin:
        """Where the row stands."""
        return Origin(file=self.file, line=self.line)

    def fault(self, *, found: str, expected: str, remedy: str, column: str | None = None) -> Fault:
        """Fault of this row."""
        return self.origin.fault(found=found, expected=expected, remedy=remedy, column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A region as read: settings and rows in the units used inside, each row checked alone, not yet against others."""

    settings: Settings
    settings_file: str = "region.toml"
    #: Line of each key of the settings, `account` or `discount.2.rate`; empty where they come from no file.
    settings_lines: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, tuple[LoadedRow, ...]]

    def settings_fault(self, column: str, *, found: str, expected: str, remedy: str) -> Fault:
        """Fault of a key of the settings."""
        line = self.settings_lines.get(column)
        return Fault(file=self.settings_file, row=line, column=column, found=found, expected=expected, remedy=remedy)

    def of(self, row_type: type[AnyRow]) -> tuple[AnyRow, ...]:
        """Rows of a table without their places."""
        return tuple(entry.row for entry in self.rows.get(row_type.table, ()))
