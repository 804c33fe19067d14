"""Reading and writing the tables of a region."""

from rmscenario.tables.checks import check, warnings
from rmscenario.tables.loaded import Loaded, LoadedRow, Origin
from rmscenario.tables.reading import freeze, load, read
from rmscenario.tables.rows import convert_row, validate_row

__all__ = [
    "Loaded",
    "LoadedRow",
    "Origin",
    "check",
    "convert_row",
    "freeze",
    "load",
    "read",
    "validate_row",
    "warnings",
]
