"""Reading and writing the tables of a region."""

from rmscenario.tables.checks import Oddity, check, warnings
from rmscenario.tables.loaded import Loaded, LoadedRow, Origin
from rmscenario.tables.reading import freeze, load, read
from rmscenario.tables.rows import convert_row, validate_row
from rmscenario.tables.template import refuse_taken, write_empty_region, write_template
from rmscenario.tables.writing import Notation, write_atomic, write_region, write_rows

__all__ = [
    "Loaded",
    "LoadedRow",
    "Notation",
    "Oddity",
    "Origin",
    "check",
    "convert_row",
    "freeze",
    "load",
    "read",
    "refuse_taken",
    "validate_row",
    "warnings",
    "write_atomic",
    "write_empty_region",
    "write_region",
    "write_rows",
    "write_template",
]
