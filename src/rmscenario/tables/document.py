"""docs/tables.md: what every table and column means, written from the row models."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from rmscenario.quantity import INSIDE_MEASURES, written_measures
from rmscenario.region import ROW_TYPES, DiscountStep, Settings
from rmscenario.region.vocabulary import Row
from rmscenario.tables.columns import Column, Kind, columns
from rmscenario.tables.reading import MAY_BE_EMPTY
from rmscenario.tables.template import blank_text

_HEAD = """# Tables of a region

Written from the row models by `python -m rmscenario.tables docs/tables.md`; a test fails when this page is out of date.

A region is a folder: `region.toml` and one CSV file per table, or `region.toml` and `region.xlsx` with one sheet per
table. `rmscenario init` writes empty ones. Nothing else may stand in the folder but Markdown files,
`rounds/`, which holds what was agreed and observed in [agreement rounds](rounds.md) as parts of these tables, and
`templates/`, which holds the region's own [templates](dossiers.md).

* **CSV** is read as Danish Excel writes it (`;` between cells, decimal comma, UTF-8 or Windows-1252) or plain (`,` or
  `;` between cells, decimal point, UTF-8). One notation per file. Thousands separators are refused, and so is a file
  whose only decimals could be thousands: `1.234` is unclear, `1.2340` and `1234` are not.
* **Ids** consist of letters, digits and `_ . + -`, at most 40, beginning with a letter or digit. Two ids that differ by
  capitals alone are refused. A column named as a table's id refers to that table.
* **Shares** are numbers from 0 to 1: 67 % is 0.67. **Years** have four digits, **dates** are
  YYYY-MM-DD, or DD-MM-YYYY as Danish Excel writes them (or date cells of a workbook). **Flags** are yes or no.
* **Units of measurement** stand in the column `measure`: {measures}. "A year" (`/a`, `/år`) may be left out where the
  amount is yearly. Reading converts into {inside}, DKK and FTE, and nothing is converted after that.
* **A column with a default** may be left out. A table that is not required may be left out; a required table has rows{empty}.
"""


def tables_page() -> str:
    """Text of docs/tables.md."""
    empty = ", save " + " and ".join(sorted(MAY_BE_EMPTY)) + ", which may have none"
    head = _HEAD.format(measures=", ".join(written_measures()), inside=", ".join(INSIDE_MEASURES[:-1]), empty=empty)
    wrapped = "\n".join(
        textwrap.fill(line, 120, subsequent_indent="  ", break_on_hyphens=False) if line.startswith("* ") else line
        for line in head.replace("\n  ", " ").splitlines()
    )
    return "\n".join([wrapped, "", *_settings(), *(line for row_type in ROW_TYPES for line in _table(row_type))])


def write_page(path: Path) -> None:
    """Write docs/tables.md."""
    path.write_text(tables_page(), encoding="utf-8", newline="\n")


def _settings() -> Iterator[str]:
    yield "## region.toml\n"
    yield f"{_sentence(Settings)}\n"
    yield "| Key | Meaning |\n|---|---|"
    for key, field in Settings.model_fields.items():
        yield f"| `{key}` | {field.description} |"
    yield f"\nEach `[[discount]]` block: {_sentence(DiscountStep)}\n"
    yield "| Key | Meaning |\n|---|---|"
    for key, field in DiscountStep.model_fields.items():
        yield f"| `{key}` | {field.description} |"
    yield ""


def _table(row_type: type[Row]) -> Iterator[str]:
    yield f"## {row_type.table}\n"
    yield f"{_sentence(row_type)}\n"
    need = "Required" if row_type.required else "Optional"
    yield f"{need}. Key: {', '.join(f'`{name}`' for name in row_type.key)}.\n"
    yield "| Column | Holds | Blank | Unit | Meaning |\n|---|---|---|---|---|"
    for column in columns(row_type):
        yield f"| `{column.name}` | {_holds(column)} | {_blank(column)} | {_unit(column)} | {_meaning(column)} |"
    yield ""


def _sentence(model: type) -> str:
    return " ".join(inspect.cleandoc(model.__doc__ or "").split())


def _holds(column: Column) -> str:
    if column.kind is Kind.IDENTIFIER:
        return "id"
    if column.kind is Kind.YEAR:
        return "year"
    if column.words:
        return ", ".join(f"`{word.value}`" for word in column.words)
    return column.expected.removeprefix("a ")


def _blank(column: Column) -> str:
    text = blank_text(column)
    return {"never blank": "no", "may be blank": "yes"}.get(text, text.removeprefix("blank "))


def _unit(column: Column) -> str:
    """Unit at the end of a description, `… [FTE]`; else that of the row or none."""
    match = re.search(r"\[([^\]]+)\]", column.description)
    if match:
        return match[1]
    if "Unit of `" in column.description:
        return ""
    return "1" if column.is_share else ""


def _meaning(column: Column) -> str:
    return re.sub(r" \[[^\]]+\]", "", column.description).replace("|", "\\|")
