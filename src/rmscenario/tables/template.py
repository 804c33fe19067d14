"""Empty regions to fill in: a folder of CSV headers, and a workbook with a sheet per table."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from pydantic.fields import FieldInfo

from rmscenario.errors import Fault, InputError, shown
from rmscenario.region import ROW_TYPES, DiscountStep, Settings
from rmscenario.tables.columns import Column, Kind, columns
from rmscenario.tables.reading import WORKBOOK_FILE, may_stand_beside
from rmscenario.tables.settings import SETTINGS_FILE
from rmscenario.tables.writing import Notation, write_atomic, write_rows

#: [1] Rows of a sheet that offer lists to choose from; more than people type in.
_LISTED_ROWS = 2_000
#: Written into the workbook as its date, so that the same tables give the same bytes.
_NO_DATE = datetime(2000, 1, 1)
_EXAMPLES: dict[str, str] = {
    "region": '"my-region"',
    "name_da": '"Min region"',
    "name_en": '"My region"',
    "base_year": "2018",
    "price_year": "2025",
    "first_year": "2027",
    "last_start": "2030",
    "end_year": "2050",
    "account": '"main"',
    "from_year": "1",
    "rate": "0.035",
    "reference": '"ministry"',
    "grade": '"published"',
}


def refuse_taken(folder: Path) -> None:
    """Refuse a folder in which something stands that an empty region would replace or could not be read beside.

    Raises
    ------
    InputError
        If there is any such file or folder.
    """
    if not folder.is_dir():
        return
    names = (SETTINGS_FILE, *(f"{row_type.table}.csv" for row_type in ROW_TYPES), WORKBOOK_FILE)
    standing = {path.name for path in folder.iterdir() if not may_stand_beside(path)}
    own = [name for name in names if name in standing]
    if not standing:
        return
    first, *more = own or sorted(shown(name) for name in standing)
    kind = f" file{'s' if len(more) > 1 else ''} of a region" if own else ""
    raise InputError(
        [
            Fault(
                file=folder.resolve().name,
                found=f"{first}{f' and {len(more)} more{kind}' if more else ''} already",
                expected="a folder without a region" if own else "a folder that is empty, or none yet",
                remedy="choose another folder, or remove what is there"
                if own
                else "name a new folder, such as one inside this one: a region stands alone",
            )
        ]
    )


def write_empty_region(folder: Path) -> None:
    """Write an empty region: region.toml to fill in, and the header of every table as Danish Excel reads it.

    Raises
    ------
    InputError
        If something stands in the folder already; nothing is written then.
    """
    refuse_taken(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for row_type in ROW_TYPES:
        header = [column.name for column in columns(row_type)]
        write_rows(folder / f"{row_type.table}.csv", [], notation=Notation.DANISH, columns=header)
    write_atomic(folder / SETTINGS_FILE, empty_settings().encode())


def empty_settings() -> str:
    """Text of a region.toml in which every key is explained and none but `confirmed` is set."""
    lines = ["# What holds for the region as a whole. Remove the # before a key and fill in its value."]
    for key, field in Settings.model_fields.items():
        if key != "discount":
            lines += _commented(key, field)
    lines += [
        "",
        f"# {Settings.model_fields['discount'].description}; repeat the block for each step.",
        "# [[discount]]",
    ]
    for key, field in DiscountStep.model_fields.items():
        lines += _commented(key, field)
    return "\n".join(lines) + "\n"


def _commented(key: str, field: FieldInfo) -> list[str]:
    setting = "confirmed = false" if key == "confirmed" else f"# {key} = {_EXAMPLES[key]}"
    return ["", f"# {field.description}", setting]


def write_template(path: Path) -> None:
    """Write an empty workbook: a sheet per table, columns explained in comments, closed sets as lists to choose from."""
    from xlsxwriter import Workbook  # noqa: PLC0415  only where it is needed

    buffer = io.BytesIO()
    book = Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"created": _NO_DATE})
    needed = book.add_format({"bold": True, "bottom": 1})
    optional = book.add_format({"italic": True, "bottom": 1})
    as_text = book.add_format({"num_format": "@"})
    for row_type in ROW_TYPES:
        sheet = book.add_worksheet(row_type.table)
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(columns(row_type)):
            textual = column.kind in (Kind.TEXT, Kind.IDENTIFIER)
            sheet.set_column(position, position, max(12, len(column.name) + 2), as_text if textual else None)
            sheet.write_string(0, position, column.name, needed if column.required else optional)
            sheet.write_comment(0, position, comment(column), {"x_scale": 2})
            words = choices(column)
            if words:
                sheet.data_validation(
                    1,
                    position,
                    _LISTED_ROWS,
                    position,
                    {"validate": "list", "source": words, "error_title": column.name, "error_message": column.expected},
                )
    book.close()
    write_atomic(path, buffer.getvalue())


def choices(column: Column) -> list[str]:
    """Words that a cell can hold, where the set is closed."""
    if column.kind is Kind.FLAG:
        return ["yes", "no"]
    return [str(word.value) for word in column.words] if column.words else []


def comment(column: Column) -> str:
    """What a column holds, for a reader of the sheet."""
    return f"{column.description}\n\nExpected: {column.expected}; {blank_text(column)}."


def blank_text(column: Column) -> str:
    """What a blank cell means."""
    if column.required:
        return "never blank"
    default = column.blank
    if default is None or default == "":
        return "may be blank"
    shown_default = ("yes" if default else "no") if isinstance(default, bool) else getattr(default, "value", default)
    return f"blank means {shown_default:g}" if isinstance(shown_default, float) else f"blank means {shown_default}"
