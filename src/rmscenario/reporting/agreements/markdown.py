"""Tables as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.sheets import Sheet, cell_text


def escape(text: str) -> str:
    """Text that stays text in a Markdown table: no markup, no HTML, no line breaks, no cell borders."""
    for sign in "\\`*_[]<>|#~":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def table(sheet: Sheet, lang: Lang) -> list[str]:
    """A table's lines; a sentence where there are no rows."""
    lines = [f"## {escape(sheet.title)}", ""]
    if not sheet.rows:
        return [*lines, say("agreement.empty", lang), ""]
    if sheet.note:
        lines += [sheet.note, ""]
    columns = sheet.columns[sheet.brief :]  # where only totals are shown, the first column would say so on every line
    lines.append("| " + " | ".join(escape(column.heading) for column in columns) + " |")
    lines.append("|" + "|".join(" --- " if column.decimals is None else " ---: " for column in columns) + "|")
    first_total = len(sheet.rows) - sheet.totals
    for position, row in enumerate(sheet.rows):
        if sheet.brief and position < first_total:
            continue
        cells = [
            escape(value) if isinstance(value, str) else cell_text(value, column, lang)
            for value, column in zip(row[sheet.brief :], columns, strict=True)
        ]
        if position >= first_total and not sheet.brief:
            cells = [f"**{cell}**" if cell else "" for cell in cells]
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def document(region: Region, title: str, paragraphs: Sequence[str], tables: Sequence[Sheet], lang: Lang) -> str:
    """A whole document: heading, mark of unconfirmed figures, paragraphs, tables."""
    lines = [f"# {escape(title)}", ""]
    if not region.settings.confirmed:
        lines += [f"> **{NOT_CONFIRMED[lang.value]}**", ""]
    for paragraph in paragraphs:
        lines += [paragraph, ""]
    for sheet in tables:
        lines += table(sheet, lang)
    return "\n".join(lines).rstrip("\n") + "\n"
