"""Writing tables: whole or not at all, in one notation, and never with text that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path

from rmscenario.region import Region, Settings
from rmscenario.region.vocabulary import Row
from rmscenario.tables.columns import columns as columns_of
from rmscenario.tables.columns import row_types
from rmscenario.tables.settings import SETTINGS_FILE

#: First characters that make a spreadsheet take a text for a formula (OWASP, CSV injection).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Notation(Enum):
    """How a CSV file is written: as Danish Excel reads it, or plain."""

    DANISH = "danish"  # ; between cells, decimal comma, UTF-8 with byte order mark
    PLAIN = "plain"  # , between cells, decimal point, UTF-8

    @property
    def delimiter(self) -> str:
        """What stands between two cells."""
        return ";" if self is Notation.DANISH else ","

    @property
    def decimal(self) -> str:
        """Decimal sign."""
        return "," if self is Notation.DANISH else "."

    @property
    def encoding(self) -> str:
        """Encoding of the file."""
        return "utf-8-sig" if self is Notation.DANISH else "utf-8"


def write_rows(
    path: Path,
    rows: Iterable[Row | Mapping[str, object]],
    *,
    notation: Notation = Notation.PLAIN,
    columns: Sequence[str] | None = None,
) -> None:
    """Write rows as CSV, whole or not at all.

    Parameters
    ----------
    path : Path
        The file; replaced if it is there.
    rows : iterable of Row or of mapping of str to object
        Numbers are written with all their digits, None as a blank cell, True and False as yes and no.
    notation : Notation
        Danish Excel's or plain.
    columns : sequence of str, optional
        Header; left out, it is that of the first row.

    Raises
    ------
    ValueError
        If a number is not finite, a row has other columns than the header, or there are neither rows nor columns.
    """
    write_atomic(path, table_bytes(path.name, rows, notation=notation, columns=columns))


def table_bytes(
    name: str,
    rows: Iterable[Row | Mapping[str, object]],
    *,
    notation: Notation = Notation.PLAIN,
    columns: Sequence[str] | None = None,
) -> bytes:
    """Content of a CSV file with these rows, as `write_rows` writes it; `name` is the file's, for its errors."""
    named = [(_header(row), row.model_dump() if isinstance(row, Row) else row) for row in rows]
    if columns is None:
        if not named:
            raise ValueError(f"{name}: neither rows nor columns to write")
        columns = named[0][0]
    buffer = io.StringIO(newline="")
    writer = csv.writer(
        buffer, delimiter=notation.delimiter, lineterminator="\r\n" if notation is Notation.DANISH else "\n"
    )
    writer.writerow(columns)
    for names, values in named:
        if set(names) != set(columns):
            raise ValueError(f"{name}: a row has the columns {', '.join(names)}, not {', '.join(columns)}")
        writer.writerow([written(values[name], notation) for name in columns])
    return buffer.getvalue().encode(notation.encoding)


def written(value: object, notation: Notation) -> str:
    """Text of a value in a cell.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    if value is None:
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be written into a table")
        return decisive(value, notation)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def decisive(value: float, notation: Notation) -> str:
    """Shortest text that reads back as the same number, never one that could hold a thousands separator."""
    text = repr(float(value)).removesuffix(".0")
    before, point, after = text.lstrip("-").partition(".")
    if point and len(after) == 3 and len(before) <= 3 and before != "0":
        text += "0"
    return text.replace(".", notation.decimal)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    temporary = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_region(folder: Path, region: Region, *, notation: Notation = Notation.DANISH) -> None:
    """Write a region as a folder of tables; optional tables without rows are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(folder / SETTINGS_FILE, settings_text(region.settings).encode())
    for name, row_type in row_types().items():
        rows = region.table(name)
        if rows or row_type.required:
            header = [column.name for column in columns_of(row_type)]
            write_rows(folder / f"{name}.csv", rows, notation=notation, columns=header)


def settings_text(settings: Settings) -> str:
    """Text of region.toml."""
    values = settings.model_dump(mode="json")
    steps = values.pop("discount")
    lines = [f"{key} = {toml_value(value)}" for key, value in values.items()]
    for step in steps:
        lines += ["", "[[discount]]", *(f"{key} = {toml_value(value)}" for key, value in step.items())]
    return "\n".join(lines) + "\n"


def toml_value(value: object) -> str:
    """A flag, number or text as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c for c in text) + '"'


def _header(row: Row | Mapping[str, object]) -> tuple[str, ...]:
    return tuple(column.name for column in columns_of(type(row))) if isinstance(row, Row) else tuple(row)
