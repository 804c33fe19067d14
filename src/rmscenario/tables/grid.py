"""A table as cells, before anybody knows what they mean: from a CSV file as Danish Excel or anybody else writes it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from rmscenario.errors import Fault, shown
from rmscenario.tables.cells import CellValue, Decimal
from rmscenario.tables.loaded import no_file, unopened

#: [1] Most rows of a table.
MOST_ROWS = 200_000
#: [byte] Largest table file.
LARGEST_FILE = 50_000_000

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS = "save it as 'CSV UTF-8'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Header and rows of a table; every row with the number that a spreadsheet shows beside it."""

    table: str
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[CellValue, ...]], ...]
    #: NATIVE for a workbook; a CSV file decides its sign by the columns that hold numbers, or by its delimiter.
    decimal: Decimal | None = None


def read_csv(path: Path, table: str, faults: list[Fault]) -> Grid | None:
    """Read the cells of a CSV file.

    Parameters
    ----------
    path : Path
        The file.
    table : str
        Name of the table it holds.
    faults : list of Fault
        Receives what is wrong with the file.

    Returns
    -------
    Grid or None
        None if the file cannot be read as a table.
    """

    def refuse(found: str, expected: str, remedy: str, row: int | None = None) -> None:
        faults.append(Fault(file=path.name, row=row, found=found, expected=expected, remedy=remedy))

    if fault := no_file(path):
        faults.append(fault)
        return None
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        faults.append(unopened(path.name, error))
        return None
    if size > LARGEST_FILE:
        refuse(f"{size / 1e6:.1f} MB", f"at most {LARGEST_FILE / 1e6:.0f} MB", "drop what the region does not need")
        return None
    if not data.strip():
        refuse("an empty file", "a header and rows", "write the header, or remove the file if the table is optional")
        return None
    if data.startswith(_UTF16):
        refuse("UTF-16 text", "UTF-8 or Windows-1252 text", _SAVE_AS)
        return None
    if b"\0" in data:
        refuse("a NUL byte", "text", _SAVE_AS, row=data[: data.index(b"\0")].count(b"\n") + 1)
        return None
    text = _decoded(data)
    if text is None:
        refuse("bytes that are neither UTF-8 nor Windows-1252", "UTF-8 text", _SAVE_AS)
        return None
    delimiter = _delimiter(text)
    if delimiter is None:
        refuse(
            shown(text.splitlines()[0]),
            "column names separated by ; or by ,",
            "use one of the two throughout the file",
            row=1,
        )
        return None
    return _records(text, delimiter, path.name, table, faults)


def _decoded(data: bytes) -> str | None:
    """UTF-8 with or without a byte order mark, else Windows-1252 as Danish Excel saves plain CSV."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data.startswith(b"\xef\xbb\xbf"):
            return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str | None:
    """Delimiter of the header, in which no column name holds either sign."""
    header = text.lstrip("\r\n").splitlines()[0]
    semicolon, comma = ";" in header, "," in header
    if semicolon == comma:
        return None
    return ";" if semicolon else ","


def _records(text: str, delimiter: str, file: str, table: str, faults: list[Fault]) -> Grid | None:
    # One record is one row of a spreadsheet, however many lines its quoted cells span; so records are counted.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, tuple[CellValue, ...]]] = []
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if any(cell.strip() for cell in record):
                records.append((number, tuple(record)))
            if len(records) > MOST_ROWS + 1:
                faults.append(
                    Fault(
                        file=file,
                        row=number,
                        found=f"more than {MOST_ROWS} rows",
                        expected=f"at most {MOST_ROWS} rows",
                        remedy="remove rows that the region does not need",
                    )
                )
                return None
    except csv.Error as error:
        faults.append(
            Fault(
                file=file,
                row=number + 1,
                found=f"a row that cannot be read ({error})",
                expected='cells in which quotes come in pairs, "" for a quote within quotes',
                remedy="correct the quotes",
            )
        )
        return None
    return grid_of_records(
        table=table, file=file, records=records, decimal=Decimal.POINT if delimiter == "," else None, faults=faults
    )


def grid_of_records(
    *,
    table: str,
    file: str,
    records: list[tuple[int, tuple[CellValue, ...]]],
    decimal: Decimal | None,
    faults: list[Fault],
) -> Grid | None:
    """Grid of records of which the first is the header; rows of another width become faults."""
    (line, first), *rest = records
    header = [str(cell).strip() if cell is not None else "" for cell in first]
    while header and not header[-1]:
        header.pop()
    if line != 1:
        faults.append(
            Fault(file=file, row=1, found="a blank row", expected="the column names", remedy="remove the blank row")
        )
        return None
    width = len(header)
    rows = []
    for number, cells in rest:
        surplus = next((cell for cell in cells[width:] if cell is not None and str(cell).strip()), None)
        if surplus is not None or len(cells) < width:
            found = f"{shown(surplus)} beyond the last column" if surplus is not None else f"{len(cells)} cells"
            faults.append(
                Fault(
                    file=file,
                    row=number,
                    found=found,
                    expected=f"{width} cells as in the header",
                    remedy="put texts that hold the delimiter in quotes, and leave no cell out",
                )
            )
        else:
            rows.append((number, cells[:width]))
    return Grid(table=table, file=file, header=tuple(header), rows=tuple(rows), decimal=decimal)
