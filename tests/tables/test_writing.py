"""Writing tables, templates and the page on tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from rmscenario.errors import InputError
from rmscenario.region.vocabulary import Grade
from rmscenario.tables import Notation, load, write_empty_region, write_rows, write_template
from rmscenario.tables.columns import columns, row_types
from rmscenario.tables.document import tables_page
from rmscenario.tables.settings import read_settings
from rmscenario.tables.template import empty_settings
from rmscenario.tables.writing import settings_text, written
from tests.tables.folder import folder, small

ROW = {"id": "A", "t": 1234.5, "starts": 3, "met": True, "grade": Grade.MEASURED, "none": None}


def test_danish_files_open_in_danish_excel(tmp_path: Path) -> None:
    write_rows(tmp_path / "plan.csv", [ROW], notation=Notation.DANISH)
    assert (tmp_path / "plan.csv").read_bytes() == (
        b"\xef\xbb\xbfid;t;starts;met;grade;none\r\nA;1234,5;3;yes;measured;\r\n"
    )


def test_plain_files_open_everywhere(tmp_path: Path) -> None:
    write_rows(tmp_path / "plan.csv", [ROW])
    assert (tmp_path / "plan.csv").read_bytes() == b"id,t,starts,met,grade,none\nA,1234.5,3,yes,measured,\n"


@given(st.text(max_size=30))
def test_no_text_begins_as_a_formula_and_every_number_stays_one(text: str) -> None:
    assert not written(text, Notation.PLAIN).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written(-3.5, Notation.DANISH) == "-3,5"


def test_a_guarded_text_reads_back_as_it_was(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    region.set("units", 2, "name_en", written('-A; "B"', Notation.DANISH))
    assert load(region.path).units[0].name_en == '-A; "B"'


def test_nothing_is_written_when_a_row_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    write_rows(path, [ROW])
    before = path.read_bytes()
    with pytest.raises(ValueError, match="nan cannot be written"):
        write_rows(path, [ROW | {"t": float("nan")}])
    with pytest.raises(ValueError, match="a row has the columns id"):
        write_rows(path, [ROW, {"id": "B"}])
    with pytest.raises(ValueError, match="neither rows nor columns"):
        write_rows(path, [])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_without_rows_has_its_header(tmp_path: Path) -> None:
    write_rows(tmp_path / "plan.csv", [], columns=["a", "b"])
    assert (tmp_path / "plan.csv").read_text("utf-8") == "a,b\n"


def test_an_empty_region_has_every_column_and_says_what_to_fill_in(tmp_path: Path) -> None:
    write_empty_region(tmp_path / "new")
    for name, row_type in row_types().items():
        text = (tmp_path / "new" / f"{name}.csv").read_text("utf-8-sig")
        assert next(csv.reader([text], delimiter=";")) == [column.name for column in columns(row_type)]
    with pytest.raises(InputError) as caught:
        load(tmp_path / "new")
    texts = [str(fault) for fault in caught.value.faults]
    assert "region.toml: base_year: found no such key, expected Year of the amounts in sources.csv; add it" in texts
    assert not any(fault.column and fault.file != "region.toml" for fault in caught.value.faults)


def test_an_empty_region_never_replaces_one(tmp_path: Path) -> None:
    region = folder(tmp_path / "region")
    before = {path.name: path.read_bytes() for path in region.path.iterdir()}
    with pytest.raises(InputError, match=r"found region\.toml and .* more files of a region already") as caught:
        write_empty_region(region.path)
    assert len(caught.value.faults) == 1
    assert {path.name: path.read_bytes() for path in region.path.iterdir()} == before


def test_an_empty_region_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    (tmp_path / ".git").mkdir()
    for name in ("notes.txt", "old"):
        (tmp_path / name).mkdir()
    with pytest.raises(InputError) as caught:
        write_empty_region(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path.name}: found 'notes.txt' and 1 more already, expected a folder that is empty, or "
        "none yet; name a new folder, such as one inside this one: a region stands alone"
    )
    assert len(list(tmp_path.iterdir())) == 4
    for name in ("notes.txt", "old"):
        (tmp_path / name).rmdir()
    write_empty_region(tmp_path)
    assert (tmp_path / "region.toml").is_file()


def test_the_explained_settings_are_settings_once_they_are_filled_in(tmp_path: Path) -> None:
    text = "\n".join(
        line.removeprefix("# ") if "=" in line or "[[" in line else line for line in empty_settings().splitlines()
    )
    (tmp_path / "region.toml").write_text(text, encoding="utf-8")
    faults: list[object] = []
    settings = read_settings(tmp_path / "region.toml", faults)  # type: ignore[arg-type]
    assert faults == []
    assert settings is not None and settings.confirmed is False and settings.discount[0].rate == 0.035


def test_settings_are_read_back_as_written(tmp_path: Path) -> None:
    settings = small().settings.model_copy(update={"name_da": 'Prøve "A" \\ B\n'})
    (tmp_path / "region.toml").write_text(settings_text(settings), encoding="utf-8")
    assert read_settings(tmp_path / "region.toml", []) == settings


def test_the_template_has_a_sheet_per_table_with_comments_and_lists(tmp_path: Path) -> None:
    write_template(tmp_path / "region.xlsx")
    first = (tmp_path / "region.xlsx").read_bytes()
    book = load_workbook(tmp_path / "region.xlsx")
    assert book.sheetnames == list(row_types())
    sheet = book["initiatives"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in columns(row_types()["initiatives"])]
    assert "never blank" in sheet["A1"].comment.text
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        '"unit,group"',
        '"yes,no"',
        '"measured,published,derived,recalled,assumption"',
    }
    write_template(tmp_path / "region.xlsx")
    assert (tmp_path / "region.xlsx").read_bytes() == first


def test_the_page_on_tables_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "tables.md"
    assert page.read_text("utf-8") == tables_page(), "run: python -m rmscenario.tables docs/tables.md"


def test_the_page_names_every_table_and_column() -> None:
    page = tables_page()
    for name, row_type in row_types().items():
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert all(f"| `{column.name}` |" in section for column in columns(row_type))
