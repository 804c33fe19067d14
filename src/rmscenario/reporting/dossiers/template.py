"""The template of a dossier in Word, made by code: what a region starts from when it makes its own.

The places in braces are filled by docxtpl; `docs/dossiers.md` lists them. Everything a reader sees comes from the fields,
so that the one template serves both languages.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from rmscenario.reporting.dossiers.package import fixed

#: Style of the tables whose columns get their widths from their contents.
TABLE_STYLE = "Dossier"
#: Room on either side of the text of a cell.
CELL_MARGIN = Mm(1.0)
_FONT = "Calibri"
_A4, _MARGIN = (Mm(210), Mm(297)), Mm(18)
_TEXT_SIZE, _TABLE_SIZE = Pt(10.5), Pt(8)
_INK, _MARK_INK, _MARK_FILL, _HEAD_FILL, _RULE = "1F2A36", "5A3A00", "FFF3D6", "E8EEF4", "9AA7B5"


def default_template() -> bytes:
    """The template as a file."""
    document = Document()
    _page(document)
    _styles(document)
    document.add_heading("{{ title }}", level=0)
    _block(document, "{%p if mark %}", "Mark", "{{ mark }}", "{%p endif %}")
    document.add_paragraph("{%p for part in parts %}")
    document.add_heading("{{ part.heading }}", level=1)
    _block(document, "{%p for text in part.texts %}", "Normal", "{{ text }}", "{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for table in tables %}")
    document.add_heading("{{ table.title }}", level=1)
    _block(document, "{%p if table.rows %}", "Note", "{{ table.note }}", None)
    _table(document)
    _block(document, "{%p else %}", "Normal", "{{ table.empty }}", "{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    _footer(document)
    buffer = BytesIO()
    document.save(buffer)
    return fixed(buffer.getvalue())


def _block(document: Any, begin: str, style: str, text: str, end: str | None) -> None:
    document.add_paragraph(begin)
    document.add_paragraph(text, style=style)
    if end is not None:
        document.add_paragraph(end)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, _TEXT_SIZE)
    normal.paragraph_format.space_after = Pt(6)
    for name, size, before in (("Title", Pt(20), Pt(0)), ("Heading 1", Pt(13), Pt(12))):
        style = styles[name]
        _font(style, size)
        style.font.bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = before, Pt(4)
        style.paragraph_format.keep_with_next = True
        borders = style.element.pPr.find(qn("w:pBdr"))
        if borders is not None:  # the rule below the title of the library's own template
            style.element.pPr.remove(borders)
    mark = styles.add_style("Mark", WD_STYLE_TYPE.PARAGRAPH)
    mark.base_style = normal
    mark.font.bold, mark.font.color.rgb = True, RGBColor.from_string(_MARK_INK)
    mark.element.get_or_add_pPr().append(_shade(_MARK_FILL))
    note = styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = normal
    note.font.size = Pt(9)
    note.paragraph_format.keep_with_next = True
    cell = styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.font.size = _TABLE_SIZE
    cell.paragraph_format.space_after = Pt(0)
    table = styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    table.base_style = styles["Table Grid"]
    table.element.append(_cell_margins())


def _cell_margins() -> Any:
    """Narrow room beside the text of a table's cells, so that numbers of many columns stand on one line."""
    properties, margins = OxmlElement("w:tblPr"), OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(CELL_MARGIN.twips)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    return properties


def _font(style: Any, size: Any) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, size, RGBColor.from_string(_INK)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]  # themes' fonts would take the place of the one that is named
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FONT)


def _shade(fill: str) -> Any:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{key}"), value)
    return shade


def _table(document: Any) -> None:
    """The table that is filled anew for each table of a dossier: a header row that repeats, and a row for each of its rows."""
    table = document.add_table(rows=4, cols=3, style=TABLE_STYLE)
    _borders(table)
    for tag, key in (("w:tblCaption", "title"), ("w:tblDescription", "note")):
        described = OxmlElement(tag)
        described.set(qn("w:val"), f"{{{{ table.{key} }}}}")
        table._tbl.tblPr.append(described)
    heading, begin, row, end = table.rows
    for tag in ("w:cantSplit", "w:tblHeader"):
        heading._tr.get_or_add_trPr().append(OxmlElement(tag))
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    begin.cells[0].text, end.cells[0].text = "{%tr for row in table.rows %}", "{%tr endfor %}"
    for cells, of, fill in ((heading.cells, "table.headings", _HEAD_FILL), (row.cells, "row", None)):
        cells[0].text, cells[2].text = f"{{%tc for cell in {of} %}}", "{%tc endfor %}"
        _cell(cells[1], fill)
    document.add_paragraph().style = "Cell"


def _cell(cell: Any, fill: str | None) -> None:
    """A cell whose numbers stand on the right; headings and sums are bold."""
    if fill is not None:
        cell._tc.get_or_add_tcPr().append(_shade(fill))
    lines = (
        ("{%p if cell.number %}", None),
        ("right", WD_ALIGN_PARAGRAPH.RIGHT),
        ("{%p else %}", None),
        ("left", WD_ALIGN_PARAGRAPH.LEFT),
        ("{%p endif %}", None),
    )
    for number, (text, side) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = "Cell"
        if side is None:
            paragraph.add_run(text)
            continue
        paragraph.alignment = side
        if fill is not None:
            paragraph.add_run("{{ cell.text }}").bold = True
        else:
            paragraph.add_run("{% if cell.total %}")
            paragraph.add_run("{{ cell.text }}").bold = True
            paragraph.add_run("{% else %}{{ cell.text }}{% endif %}")


def _borders(table: Any) -> None:
    """Thin rules between rows alone."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            rule.set(qn(f"w:{key}"), value)
        borders.append(rule)
    for side in ("left", "right", "insideV"):
        none = OxmlElement(f"w:{side}")
        none.set(qn("w:val"), "nil")
        borders.append(none)
    # the order of the parts is the schema's
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders[:] = sorted(borders, key=lambda part: order.index(part.tag.partition("}")[2]))
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    (layout.addprevious if layout is not None else properties.append)(borders)


def _footer(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Cell"
    paragraph.add_run("{{ title }} · ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind is None:
            part = OxmlElement("w:instrText")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
