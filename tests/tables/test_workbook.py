"""A region in one workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from rmscenario.errors import ExitCode, InputError
from rmscenario.tables import load, workbook, write_region
from rmscenario.tables.columns import columns, row_types
from rmscenario.tables.writing import settings_text, write_atomic
from tests.tables.folder import small


def book() -> Workbook:
    """The small region as a workbook; numbers are numbers, words are texts."""
    model, result = small(), Workbook()
    result.remove(result.active)
    for name, row_type in row_types().items():
        names = [column.name for column in columns(row_type)]
        sheet = result.create_sheet(name)
        sheet.append(names)
        for row in model.table(name):
            values = row.model_dump(mode="json")
            sheet.append(["yes" if values[n] is True else "no" if values[n] is False else values[n] for n in names])
    return result


def saved(path: Path, result: Workbook | None = None) -> Path:
    """The folder of a region that holds this workbook."""
    path.mkdir()
    write_atomic(path / "region.toml", settings_text(small().settings).encode())
    (result or book()).save(path / "region.xlsx")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(path)
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    return [str(fault) for fault in caught.value.faults]


def test_a_workbook_is_the_same_region_as_the_tables(tmp_path: Path) -> None:
    write_region(tmp_path / "tables", small())
    assert load(saved(tmp_path / "workbook")) == load(tmp_path / "tables")


def formula(sheet: Any) -> None:
    sheet["D2"] = "=1+1"


def error_value(sheet: Any) -> None:
    sheet["D2"] = "#N/A"


def number_as_text(sheet: Any) -> None:
    sheet["D2"] = "100,5"


def a_date(sheet: Any) -> None:
    sheet["D2"] = date(2026, 1, 1)


def merged(sheet: Any) -> None:
    sheet.merge_cells("A3:B3")


@pytest.mark.parametrize(
    ("spoil", "text"),
    [
        (
            formula,
            "region.xlsx:sources:2: column D: found a formula without a computed value, expected a value; "
            "open and save the workbook once",
        ),
        (
            error_value,
            "region.xlsx:sources:2: column D: found the error #N/A, expected a value; correct the formula, or write the value",
        ),
        (
            number_as_text,
            "region.xlsx:sources:2: value: found the text '100,5', expected a number of at least 0; "
            "enter it as a number, not as text",
        ),
        (
            a_date,
            "region.xlsx:sources:2: value: found the date 2026-01-01, expected a number of at least 0; correct the cell",
        ),
        (
            merged,
            "region.xlsx:sources:3: column A: found merged cells, expected one value in each cell; "
            "split the cells, fill each in",
        ),
    ],
)
def test_what_a_workbook_can_hide_is_a_fault_at_its_cell(
    spoil: Callable[[Any], None], text: str, tmp_path: Path
) -> None:
    result = book()
    spoil(result["sources"])
    assert text in faults(saved(tmp_path / "region", result))


def test_an_unknown_sheet_and_a_missing_one_are_faults(tmp_path: Path) -> None:
    result = book()
    result["units"].title = "unit"
    found = faults(saved(tmp_path / "region", result))
    assert (
        "region.xlsx:unit: found an unknown sheet, expected the tables of a region alone; did you mean 'units'?"
        in found
    )
    assert any(text.startswith("region.xlsx:units: found no sheet") for text in found)


def test_an_empty_sheet_is_a_fault(tmp_path: Path) -> None:
    result = book()
    result["skills"].delete_rows(1, 9)
    assert any(
        text.startswith("region.xlsx:skills: found an empty sheet") for text in faults(saved(tmp_path / "r", result))
    )


def test_a_workbook_and_tables_in_one_folder_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "region")
    (path / "units.csv").write_text("unit\n", encoding="utf-8")
    assert any(text.startswith("units.csv: found an unknown file") for text in faults(path))


def add_part(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


def test_a_workbook_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "region")
    add_part(path / "region.xlsx", "xl/bomb.xml", b"0" * 3_000_000)
    assert any("when unpacked" in text for text in faults(path))


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "region")
    add_part(path / "region.xlsx", "xl/vbaProject.bin", b"x")
    assert "region.xlsx: found a workbook with macros, expected one without; save it as xlsx" in faults(path)


def test_a_workbook_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "region")
    with zipfile.ZipFile(path / "region.xlsx", "a") as archive:
        for number in range(workbook.MOST_PARTS + 1):
            archive.writestr(f"x{number}", b"")
    assert any("parts, expected at most 2000 parts" in text for text in faults(path))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xd0\xcf\x11\xe0rest", "found an encrypted or old workbook"),
        (b"unit;name\n", "found a file that is no workbook"),
        (b"", "found a file that is no workbook"),
    ],
)
def test_what_is_no_open_workbook_is_refused(data: bytes, text: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "region")
    (path / "region.xlsx").write_bytes(data)
    assert any(text in fault for fault in faults(path))


def test_a_zip_without_sheets_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "region")
    with zipfile.ZipFile(path / "region.xlsx", "w") as archive:
        archive.writestr("hello.txt", b"x")
    assert any("a workbook that cannot be read" in fault for fault in faults(path))
