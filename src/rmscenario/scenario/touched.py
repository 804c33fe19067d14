"""What a scenario touched: every value it changed, old and new."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rmscenario.region.vocabulary import Row
from rmscenario.tables.columns import columns

#: `Touched.column` of rows that were added or taken out as a whole.
WHOLE_ROW = "(row)"

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A value that a scenario changed.

    `table` is a table of the model, `settings`, `planning`, `stress` or `backcast`; `key` the key cells of the row (empty
    outside tables). A row added or removed has the column `(row)` and its cells as text. `scenario` is the name of the
    file that changed it, `--set` for the command line.
    """

    table: str
    key: tuple[str, ...]
    column: str
    old: Cell
    new: Cell
    scenario: str
    reason: str = ""

    @property
    def where(self) -> str:
        """Where the value stands, as `--set` takes it; of a whole row without the column."""
        row = f"[{','.join(self.key)}]" if self.key else ""
        return f"{self.table}{row}" + ("" if self.column == WHOLE_ROW else f".{self.column}")

    def __str__(self) -> str:
        if self.column == WHOLE_ROW:
            what = f"taken out: {self.old}" if self.new is None else f"new: {self.new}"
            return f"{self.where} {what} ({self.scenario})"
        return f"{self.where}: {written(self.old)} → {written(self.new)} ({self.scenario})"


def written(cell: Cell, blank: str = "(blank)") -> str:
    """A cell as text."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return blank if cell is None or cell == "" else str(cell)


def cell_of(value: object) -> Cell:
    """A value of a row or option as a cell: words by their text, lists separated by commas."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return ", ".join(written(cell_of(item)) for item in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def key_of(row: Row) -> tuple[str, ...]:
    """Key cells of a row, blank ones empty."""
    return tuple(key_cell(getattr(row, column)) for column in row.key)


def key_text(row: Row) -> str:
    """Key cells of a row as `--set` takes them."""
    return ",".join(key_of(row))


def key_cell(value: object) -> str:
    """A key cell as text."""
    cell = cell_of(value)
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


def row_text(row: Row) -> str:
    """The cells of a row that are not blank, as text, in the order of the table; the key stands apart."""
    names = (column.name for column in columns(type(row)) if column.name not in row.key)
    cells = {name: cell_of(getattr(row, name)) for name in names}
    return ", ".join(f"{name} = {written(cell)}" for name, cell in cells.items() if cell not in (None, ""))
