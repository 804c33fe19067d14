"""Reading a region from one workbook, a sheet per table, within bounds that a hostile file would break."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from rmscenario.errors import Fault, did_you_mean, shown
from rmscenario.tables.cells import CellValue, Decimal
from rmscenario.tables.columns import row_types
from rmscenario.tables.grid import LARGEST_FILE, MOST_ROWS, Grid, grid_of_records
from rmscenario.tables.loaded import no_file, unopened

#: [byte] Most that the parts of a workbook may unpack to.
LARGEST_UNPACKED = 200_000_000
#: [1] Most that a part may grow by unpacking; the default of Apache POI.
LARGEST_RATIO = 100
#: [1] Most parts of a workbook.
MOST_PARTS = 2_000
#: [byte] Below this size a part that packs better than the ratio is no danger.
SMALL_PART = 1_000_000

_OLE = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]{1,3})([0-9]{1,7})')


#: Rows of a sheet that are not blank, each with its number, all of the same width.
Records: TypeAlias = list[tuple[int, tuple[CellValue, ...]]]


def read_workbook(path: Path, faults: list[Fault], known: Collection[str] | None = None) -> dict[str, Grid | None]:
    """Cells of every table of a workbook; what is wrong goes to `faults`.

    `known` are the names of the tables that its sheets may hold, a region's unless given.
    """
    sheets = read_records(path, faults, row_types() if known is None else known)
    return {
        name: None
        if records is None
        else grid_of_records(
            table=name, file=file_of(path, name), records=records, decimal=Decimal.NATIVE, faults=faults
        )
        for name, records in sheets.items()
    }


def file_of(path: Path, sheet: str) -> str:
    """What faults call a sheet of a workbook."""
    return f"{path.name}:{shown(sheet)[1:-1]}"


def read_records(
    path: Path, faults: list[Fault], known: Collection[str] | None = None, *, keep: bool = False
) -> dict[str, Records | None]:
    """Rows of every sheet of a workbook, hidden ones too; what is wrong goes to `faults`, None stands for a faulty sheet.

    Parameters
    ----------
    known : collection of str, optional
        Names that sheets may have; any unless given.
    keep : bool
        Whether to give the rows of a sheet with cells that cannot be read too, for what else is wrong in it.
    """
    if fault := no_file(path):
        faults.append(fault)
        return {}
    try:
        refusal = _refusal(path)
        if refusal is None:
            return _sheets(path, faults, known, keep=keep)
        found, expected, remedy = refusal
        faults.append(Fault(file=path.name, found=found, expected=expected, remedy=remedy))
    except OSError as error:
        faults.append(unopened(path.name, error))
    except (InvalidFileException, KeyError, ValueError, ParseError, zipfile.BadZipFile) as error:
        faults.append(
            Fault(
                file=path.name,
                found=f"a workbook that cannot be read ({shown(error)})",
                expected="an xlsx workbook",
                remedy="copy the values into a new workbook",
            )
        )
    return {}


def _refusal(path: Path) -> tuple[str, str, str] | None:
    """Why a workbook is not even opened: macros, encryption, or more content than memory should take."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return f"{size / 1e6:.1f} MB", f"at most {LARGEST_FILE / 1e6:.0f} MB", "write CSV files instead"
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            return "an encrypted or old workbook", "an xlsx workbook", "save it as xlsx without a password"
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return "a file that is no workbook", "an xlsx workbook", "save it as xlsx"
    if len(parts) > MOST_PARTS:
        return f"{len(parts)} parts", f"at most {MOST_PARTS} parts", "write CSV files instead"
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or any(
        part.file_size > SMALL_PART and part.file_size > LARGEST_RATIO * max(1, part.compress_size) for part in parts
    ):
        return (
            f"{unpacked / 1e6:.0f} MB when unpacked",
            f"at most {LARGEST_UNPACKED / 1e6:.0f} MB, and no part above {LARGEST_RATIO} times its packed size",
            "copy the values into a new workbook",
        )
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        return "a workbook with macros", "one without", "save it as xlsx"
    return None


def _sheets(path: Path, faults: list[Fault], known: Collection[str] | None, *, keep: bool) -> dict[str, Records | None]:
    values = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        records: dict[str, Records | None] = {}
        with zipfile.ZipFile(path) as archive:
            for sheet in values.worksheets:
                file = file_of(path, sheet.title)
                if known is None or sheet.title in known:
                    # Streaming hides merged cells, so they are read off the part; blanks behind them would mislead.
                    merged = _MERGED.findall(archive.read(sheet._worksheet_path))
                    records[sheet.title] = _records(sheet, formulas[sheet.title], merged, file, faults, keep=keep)
                else:
                    faults.append(
                        Fault(
                            file=file,
                            found="an unknown sheet",
                            expected="the tables of a region alone"
                            if known is row_types()
                            else f"sheets named {', '.join(known)} alone",
                            remedy=did_you_mean(sheet.title, known) or "remove the sheet",
                        )
                    )
        return records
    finally:
        values.close()
        formulas.close()


def _records(
    sheet: Any, formulas: Any, merged: list[tuple[bytes, bytes]], file: str, faults: list[Fault], *, keep: bool
) -> Records | None:
    before = len(faults)

    def refuse(row: int | None, column: str | None, found: str, expected: str, remedy: str) -> None:
        place = column and f"column {column}"
        faults.append(Fault(file=file, row=row, column=place, found=found, expected=expected, remedy=remedy))

    for letters, number in merged:
        refuse(int(number), letters.decode(), "merged cells", "one value in each cell", "split the cells, fill each in")
    records: Records = []
    for row, (cells, texts) in enumerate(
        zip(sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True), start=1
    ):
        if all(_blank(cell) for cell in texts):
            continue
        _refuse_formulas(row, cells, texts, refuse)
        records.append((row, cells))
        if len(records) > MOST_ROWS + 1:
            refuse(row, None, f"more than {MOST_ROWS} rows", f"at most {MOST_ROWS} rows", "remove what is not needed")
            return None
    if not records:
        refuse(None, None, "an empty sheet", "a header and rows", "write the header, or remove an optional table")
    if not records or (len(faults) > before and not keep):
        return None
    width = max(len(cells) for _, cells in records)
    return [(row, (*cells, *[None] * (width - len(cells)))) for row, cells in records]


def _refuse_formulas(
    row: int,
    cells: tuple[CellValue, ...],
    texts: tuple[CellValue, ...],
    refuse: Callable[[int | None, str | None, str, str, str], None],
) -> None:
    """Refuse formulas whose value was never computed, and error values such as #N/A."""
    for position, (value, text) in enumerate(zip(cells, texts, strict=True), start=1):
        letter = get_column_letter(position)
        if value is None and not _blank(text):
            refuse(row, letter, "a formula without a computed value", "a value", "open and save the workbook once")
        elif isinstance(value, str) and re.fullmatch(
            r"#(N/A|REF!|VALUE!|DIV/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!)", value
        ):
            refuse(row, letter, f"the error {value}", "a value", "correct the formula, or write the value")


def _blank(cell: CellValue) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
