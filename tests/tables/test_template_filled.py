"""A fresh template that a person fills in with the figures of a region is that region."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from rmscenario.cli.group import cli
from rmscenario.tables import Notation, load, write_region
from rmscenario.tables.columns import Column, Kind, columns, row_types
from tests.project.files import ROOT
from tests.tables.folder import small

TINY = ROOT / "models" / "tiny"


def template(folder: Path) -> Path:
    """What `rmscenario init --xlsx` writes: an empty region and, beside it, an empty workbook."""
    done = CliRunner().invoke(cli, ["init", str(folder), "--xlsx"])
    assert done.exit_code == 0, done.output
    return folder.with_name(f"{folder.name}.xlsx")


def typed(column: Column, text: str, decimal: str) -> str | float | date | None:
    """What Excel makes of a text that is typed or pasted into a cell: numbers and dates, but in columns of text not."""
    if not text:
        return None
    if column.kind is Kind.DATE:
        return date.fromisoformat(text)
    if column.kind in (Kind.NUMBER, Kind.WHOLE, Kind.YEAR):
        return float(text.replace(decimal, "."))
    return text


def filled(folder: Path, tables: Path, delimiter: str) -> Path:
    """The template of a folder with the cells of the CSV files of a region pasted under its headers, as a region."""
    place = template(folder)
    book = load_workbook(place)
    decimal = "," if delimiter == ";" else "."
    for name, row_type in row_types().items():
        sheet, path = book[name], tables / f"{name}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=delimiter))
        heads: dict[str, int] = {str(cell.value): cell.column for cell in sheet[1]}
        of: dict[str, Column] = {column.name: column for column in columns(row_type)}
        for number, row in enumerate(rows, start=2):
            for head, text in row.items():
                cell: Any = sheet.cell(number, heads[head])
                cell.value = typed(of[head], text, decimal)
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # columns of text are formatted as text: nothing in them is a formula
    region = folder.with_name("filled")
    region.mkdir()
    shutil.copyfile(tables / "region.toml", region / "region.toml")
    book.save(region / "region.xlsx")
    return region


@pytest.mark.parametrize("notation", Notation)
def test_the_template_with_the_tiny_regions_figures_is_the_tiny_region(notation: Notation, tmp_path: Path) -> None:
    tiny = load(TINY)
    write_region(tmp_path / "tables", tiny, notation=notation)
    assert load(filled(tmp_path / "mine", tmp_path / "tables", notation.delimiter)) == tiny


def test_the_template_takes_the_files_as_they_are_shipped(tmp_path: Path) -> None:
    assert load(filled(tmp_path / "mine", TINY, ",")) == load(TINY)


@pytest.mark.parametrize("notation", Notation)
def test_the_template_takes_every_table_there_is(notation: Notation, tmp_path: Path) -> None:
    region = small()
    assert all(region.table(name) for name in row_types())
    write_region(tmp_path / "tables", region, notation=notation)
    assert load(filled(tmp_path / "mine", tmp_path / "tables", notation.delimiter)) == load(tmp_path / "tables")


def test_sheets_of_tables_that_a_region_does_not_need_can_stay_empty(tmp_path: Path) -> None:
    region = load(filled(tmp_path / "mine", TINY, ","))
    assert [name for name in row_types() if not region.table(name)] == ["commitments", "outlook"]
