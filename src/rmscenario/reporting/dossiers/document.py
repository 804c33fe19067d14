"""A dossier as a Word document, filled into the region's template or the one that comes with the package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from rmscenario.errors import Fault, InputError, shown
from rmscenario.reporting.dossiers.package import fixed
from rmscenario.reporting.dossiers.page import Page
from rmscenario.reporting.dossiers.template import CELL_MARGIN, TABLE_STYLE
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.sheets import Cell, Column, Sheet, cell_text
from rmscenario.reporting.workbook import MADE

#: The language of a text as documents write it.
_LANGUAGES = {Lang.DA: "da-DK", Lang.EN: "en-GB"}
#: Characters that a document cannot hold.
_NO_TEXT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A place within a word where a line may end; documents break none after a slash by themselves.
_BREAK = "\u200b"
_SLASH = re.compile(r"(?<=[^\W\d])/(?=[^\W\d]|-[^\W\d])")
#: Where a line may end: between words, at a marked place, and after a hyphen between letters.
_ENDS = re.compile(rf"[\s{_BREAK}]+|(?<=[^\W\d]-)(?=[^\W\d])")
#: [EMU] Width of a letter in a table, and of a digit or a letter in bold type, in the widest of the common fonts.
_LETTER, _DIGIT = Mm(1.6), Mm(1.95)
#: [EMU] Space beside the text of a cell.
_BESIDE = 2 * CELL_MARGIN + Mm(0.4)
#: [characters] Greatest width that the contents of a column ask for.
_WIDE = 44


def fields(page: Page, lang: Lang) -> dict[str, Any]:
    """What a template can show."""
    tables = {key: _table(key, sheet, lang) for key, sheet in page.tables}
    return {
        "unit": _text(page.unit),
        "title": _text(page.title),
        "mark": _text(page.mark),
        "parts": [
            {"heading": _text(heading), "texts": [_text(text) for text in texts]} for heading, texts in page.parts
        ],
        "tables": list(tables.values()),
        "table_of": tables,
    }


def document(template: bytes, page: Page, lang: Lang, *, file: str) -> bytes:
    """A dossier filled into a template.

    Parameters
    ----------
    file : str
        What errors call the template.

    Raises
    ------
    InputError
        When the template is no Word document, or asks for something that a dossier does not have.
    """
    # A template is a document from somewhere: it may read its fields, and nothing else of this process.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    filled = DocxTemplate(BytesIO(template))
    try:
        filled.render(fields(page, lang), environment)
    except TemplateError as error:
        raise InputError([_unfit(file, shown(error.message or error))]) from None
    except Exception as error:  # whatever a reader of damaged documents raises
        raise InputError([_unfit(file, f"a document that cannot be read ({type(error).__name__})")]) from None
    inside: Any = filled.docx  # `get_docx` would read the template anew
    _describe(inside, page, lang)
    for table in inside.tables:
        if table.style is not None and table.style.name == TABLE_STYLE:
            _fit(table, inside.sections[0])
            _keep(table)
    buffer = BytesIO()
    filled.save(buffer)
    return fixed(buffer.getvalue())


def _unfit(file: str, found: str) -> Fault:
    return Fault(
        file=file,
        found=found,
        expected="a Word template with the fields of a dossier",
        remedy="see docs/dossiers.md for the fields, or start anew with `rmscenario round template`",
    )


def _text(text: str) -> str:
    return _NO_TEXT.sub("", text)


def _table(key: str, sheet: Sheet, lang: Lang) -> Mapping[str, Any]:
    """A table with its cells as readers see them."""
    sums = len(sheet.rows) - sheet.totals
    return {
        "key": key,
        "title": _text(sheet.title),
        "note": _text(sheet.note),
        "empty": say("agreement.empty", lang),
        "headings": [_cell(column.heading, column, lang, total=True) for column in sheet.columns],
        "rows": [
            [_cell(value, column, lang, total=number >= sums) for value, column in zip(row, sheet.columns, strict=True)]
            for number, row in enumerate(sheet.rows)
        ],
    }


def _cell(value: Cell, column: Column, lang: Lang, *, total: bool) -> Mapping[str, Any]:
    text = _SLASH.sub(f"/{_BREAK}", _text(cell_text(value, column, lang)))
    return {"text": text, "number": column.decimals is not None, "total": total}


def _describe(inside: Any, page: Page, lang: Lang) -> None:
    """Title, language and a time that is the same for every document."""
    about = inside.core_properties
    about.title, about.language, about.author, about.comments = _text(page.title), _LANGUAGES[lang], "", ""
    about.last_modified_by, about.revision = "", 1
    about.created = about.modified = MADE
    settings = inside.settings.element
    before = settings.find(qn("w:defaultTabStop"))  # the order of the parts is the schema's
    if before is not None and settings.find(qn("w:autoHyphenation")) is None:
        before.addnext(settings.makeelement(qn("w:autoHyphenation"), {}))  # long words break between syllables
    styles = inside.styles.element
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        spoken = defaults.find(qn("w:lang"))
        if spoken is None:
            spoken = defaults.makeelement(qn("w:lang"), {})
            defaults.append(spoken)
        for kind in ("val", "eastAsia"):
            spoken.set(qn(f"w:{kind}"), _LANGUAGES[lang])


def _fit(table: Any, section: Any) -> None:
    """Give the columns of a table widths by what they hold, over the whole width of the page.

    No number is broken, and no word as long as the page is wide enough for the longest word of every column; where it is not,
    the columns with the longest words give. What is left goes to the columns with long texts.
    """
    columns = list(zip(*([cell.text for cell in row.cells] for row in table.rows), strict=True))
    bold = [_is_bold(row) for row in table.rows]
    whole = section.page_width - section.left_margin - section.right_margin
    firm = [_widest(texts, bold, numbers=True) for texts in columns]
    least = [max(width, _widest(texts, bold, numbers=False)) for width, texts in zip(firm, columns, strict=True)]
    asked = [_LETTER * min(_WIDE, max(map(len, texts))) + _BESIDE for texts in columns]
    left = whole - sum(least)
    if left < 0:
        widths = _narrowed(least, firm, whole)
    else:
        more = [max(0.0, wish - need) for wish, need in zip(asked, least, strict=True)]
        widths = [need + left * each / (sum(more) or 1.0) for need, each in zip(least, more, strict=True)]
    scale = whole / sum(widths)
    table.autofit = False
    for position, column in enumerate(table.columns):
        column.width = int(scale * widths[position])
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = int(scale * width)


def _narrowed(least: Sequence[float], firm: Sequence[float], whole: float) -> list[float]:
    """Widths that fit a page by the widest columns giving first, none less than its numbers ask for [EMU]."""

    def widths(most: float) -> list[float]:
        return [max(number, min(word, most)) for word, number in zip(least, firm, strict=True)]

    low, high = 0.0, max(least)
    while high - low > 1.0:
        middle = (low + high) / 2.0
        low, high = (middle, high) if sum(widths(middle)) <= whole else (low, middle)
    return widths(low)


def _widest(texts: Sequence[str], bold: Sequence[bool], *, numbers: bool) -> float:
    """Width of a column's widest number or word, with the space beside it [EMU]; `bold` says which of its texts are."""
    found = 0.0
    for text, is_bold in zip(texts, bold, strict=True):
        for word in filter(None, _ENDS.split(text)):
            is_number = not any(sign.isalpha() for sign in word)
            if is_number == numbers:
                found = max(found, len(word) * (_DIGIT if is_number or is_bold else _LETTER))
    return found + _BESIDE


def _is_bold(row: Any) -> bool:
    """Whether a row is a heading or a sum."""
    runs = [run for cell in row.cells for paragraph in cell.paragraphs for run in paragraph.runs if run.text]
    return bool(runs) and all(run.bold for run in runs)


def _keep(table: Any) -> None:
    """Let no page end below a table's heading or its first row, and none begin with its sums or its last row alone."""
    rows = list(table.rows)
    last = len(rows) - 1
    for at, row in enumerate(rows[:-1]):
        if at in (0, 1, last - 1) or _is_bold(rows[at + 1]):
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
