"""Dossiers in Word and as a workbook: what they hold, and that text stays text."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from rmscenario import tables
from rmscenario.reporting.dossiers import page
from rmscenario.reporting.dossiers.document import _fit, document
from rmscenario.reporting.dossiers.template import default_template
from rmscenario.reporting.language import Lang
from rmscenario.reporting.sheets import Column, Sheet
from rmscenario.rounds.asked import SENT
from tests.reporting.dossiers.made import all_of
from tests.rounds.dossiers import fill, propose_run, read, run_of, sent
from tests.rounds.rounds import NAME, planned, tiny

FORMULA = "=1+1"


def test_the_document_has_headings_tables_with_repeated_headers_alternative_texts_language_and_size(
    place: tuple[Path, Any, Path], tmp_path: Path
) -> None:
    model, run, folder = place
    found, made = all_of(place)
    for lang, at in ((Lang.DA, folder), (Lang.EN, sent(model, run, tmp_path, Lang.EN))):
        dossier = next(each for each in made if each.unit == "HUS")
        expected = page(dossier, run.region, lang, scenario="", run="")
        opened = docx.Document(str(at / "HUS.docx"))
        section = opened.sections[0]
        assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
        headings = [p.text for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"]
        shown = [sheet for _, sheet in expected.tables]
        assert headings == [*(heading for heading, _ in expected.parts), *(sheet.title for sheet in shown)]
        assert opened.paragraphs[0].text == expected.title == opened.core_properties.title
        filled = [sheet for sheet in shown if sheet.rows]
        assert len(opened.tables) == len(filled)
        for table, sheet in zip(opened.tables, filled, strict=True):
            assert [cell.text for cell in table.rows[0].cells] == [column.heading for column in sheet.columns]
            assert len(table.rows) == 1 + len(sheet.rows)
            properties = table.rows[0]._tr.trPr
            assert properties is not None
            assert properties.find(qn("w:tblHeader")) is not None
            caption = table._tbl.tblPr.find(qn("w:tblCaption"))
            assert caption is not None
            assert caption.get(qn("w:val")) == sheet.title
        spoken = opened.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
        assert spoken is not None
        assert spoken.get(qn("w:val")) == ("da-DK" if lang is Lang.DA else "en-GB")
        assert found.name == NAME


def test_equal_input_gives_equal_bytes(place: tuple[Path, Any, Path], tmp_path: Path) -> None:
    model, run, folder = place
    again = sent(model, run, tmp_path)
    for path in (*folder.glob("*.docx"), *folder.glob("*.xlsx")):
        assert (again / path.name).read_bytes() == path.read_bytes()


def test_a_text_that_begins_with_an_equals_sign_stays_text_in_both(tmp_path: Path) -> None:
    model = tiny(tmp_path)
    for name in ("tracks", "units", "initiatives"):
        path = model / f"{name}.csv"
        text = path.read_text("utf-8")
        for word in ("El, vand & varme", "Sygehuset", "LED-belysning"):
            text = text.replace(f'"{word}"', f"'{FORMULA}").replace(word, f"'{FORMULA}")
        path.write_text(text, encoding="utf-8")
    assert FORMULA in {row.name_da for row in tables.load(model).tracks}
    run = run_of(model, tmp_path / "runs", planned())
    propose_run(model, run)
    read(model, fill(sent(model, run, tmp_path / "first") / "HUS.xlsx", {f"{NAME}.P2.HUS": {"comment": FORMULA}}))
    folder = sent(model, run, tmp_path / "second")
    for path in folder.glob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            sheets_ = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets_)
    cells = [cell for sheet in openpyxl.load_workbook(folder / "HUS.xlsx") for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value == FORMULA]
    assert len(found) > 3
    assert {cell.data_type for cell in found} == {"s"}
    opened = docx.Document(str(folder / "HUS.docx"))
    assert any(cell.text == FORMULA for table in opened.tables for row in table.rows for cell in row.cells)


def test_the_workbook_is_locked_but_for_the_answers_which_have_lists(place: tuple[Path, Any, Path]) -> None:
    book = openpyxl.load_workbook(place[2] / "HUS.xlsx")
    assert book[SENT].sheet_state == "veryHidden"
    assert all(sheet.protection.sheet for sheet in book)
    open_cells = [
        (sheet.title, cell.column_letter)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    ]
    assert sorted(set(open_cells)) == [("Svar", letter) for letter in "GHIJ"]
    rules = book["Svar"].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list", "textLength"}
    sources = {str(rule.formula1) for rule in rules if rule.type == "list"}
    assert '"accepteret,ændret,afvist"' in sources
    for source in sources - {'"accepteret,ændret,afvist"'}:
        sheet, _, cells = source.partition("!")
        values = [row[0].value for row in book[sheet][cells.replace("$", "")]]
        assert values in ([2027, 2028], [2028], [0.5, 1], [1])


def test_the_row_of_headings_is_as_high_as_its_longest_heading(place: tuple[Path, Any, Path]) -> None:
    sheet = openpyxl.load_workbook(place[2] / "HUS.xlsx")["Ton"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "indsats")
    assert head[1].value == "2028 i planen"
    assert len("2028 i planen") > sheet.column_dimensions["B"].width > len("2028 i")
    assert sheet.row_dimensions[head[0].row].height == pytest.approx(2 * 15)


def test_texts_with_markup_braces_and_signs_that_no_document_holds_are_shown_as_they_are(
    place: tuple[Path, Any, Path],
) -> None:
    _, made = all_of(place)
    shown = page(made[0], place[1].region, Lang.DA, scenario="<w:p/> {{ title }} & \x1b]", run="")
    filled = document(default_template(), shown, Lang.DA, file="t")
    opened = docx.Document(BytesIO(filled))
    assert any("<w:p/> {{ title }} & ]" in paragraph.text for paragraph in opened.paragraphs)


def test_numbers_stand_on_one_line_where_long_words_ask_for_more_than_the_page() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=6)
    texts = ("Speciallægekonsultationsydelser " * 3).split(" ")[:3]
    for cells, row in zip(
        (row.cells for row in table.rows),
        ((*texts, "2027", "2028", "2030"), (*texts, "110.088", "0", "1")),
        strict=True,
    ):
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    section = made.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(150), Mm(18), Mm(18)
    _fit(table, section)
    widths = [column.width or 0 for column in table.columns]
    assert sum(widths) <= Mm(150 - 36) + len(widths) * Twips(1)  # a document holds widths in whole twips
    for width, digits in zip(widths[3:], (7, 4, 4), strict=True):
        assert width >= digits * Mm(1.9)
    assert min(widths[:3]) > max(widths[3:])


def test_no_word_is_broken_where_the_page_holds_the_longest_of_every_column() -> None:
    made = docx.Document()
    rows = (("indsats", "dataejer", "I alt"), ("C12", "Overlæge/\u200banæstesisygeplejerske", "EP-katetre"))
    table = made.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    section = made.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(110), Mm(18), Mm(18)
    _fit(table, section)
    widths = [column.width or 0 for column in table.columns]
    assert widths[1] >= len("anæstesisygeplejerske") * Mm(1.6)
    assert widths[2] < len("EP-katetre") * Mm(1.6) + widths[1]


def test_where_a_page_is_too_narrow_the_longest_words_are_broken_and_not_the_short_ones() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=4)
    for row in table.rows:
        for cell, text in zip(row.cells, ("Speciallægekonsultationsydelser", "måles", "start", "årligt"), strict=True):
            cell.text = text
    section = made.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(110), Mm(18), Mm(18)
    _fit(table, section)
    longest, *others = (column.width or 0 for column in table.columns)
    assert longest < len("Speciallægekonsultationsydelser") * Mm(1.6)
    assert all(width >= len(text) * Mm(1.6) for width, text in zip(others, ("måles", "start", "årligt"), strict=True))


def test_pages_end_neither_below_a_tables_heading_nor_before_its_sums(place: tuple[Path, Any, Path]) -> None:
    _, _, folder = place
    seen = 0
    for table in docx.Document(str(folder / "HUS.docx")).tables:
        kept = [
            all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs) for row in table.rows
        ]
        assert kept[0]
        assert not kept[-1]  # the table itself may end a page
        sums = [at for at, row in enumerate(table.rows) if row.cells[0].text == "I alt"]
        assert all(kept[at - 1] for at in sums)
        if len(kept) > 2:
            assert kept[1]
            assert kept[-2]
        seen += len(sums)
    assert seen


def test_lines_may_end_after_a_slash_and_words_between_syllables(place: tuple[Path, Any, Path]) -> None:
    run = place[1]
    shown = page(all_of(place)[1][0], run.region, Lang.DA, scenario="", run="")
    column = Column(heading="Overlæge/sygeplejerske")
    sheet = Sheet(title="T", short="T", note="", columns=(column,), rows=(("Anæstesislanger/-filtre 2/3",),))
    words = document(default_template(), replace(shown, tables=(("x", sheet),)), Lang.DA, file="x")
    opened = docx.Document(BytesIO(words))
    (table,) = opened.tables
    assert [row.cells[0].text for row in table.rows] == [
        "Overlæge/\u200bsygeplejerske",
        "Anæstesislanger/\u200b-filtre 2/3",
    ]
    assert opened.settings.element.find(qn("w:autoHyphenation")) is not None
