"""From a folder to a region: read every table, collect every fault, then freeze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rmscenario.errors import Fault, InputError, did_you_mean, shown
from rmscenario.region import ROW_TYPES, Region, Settings
from rmscenario.tables.checks import check
from rmscenario.tables.columns import row_types
from rmscenario.tables.grid import Grid, read_csv
from rmscenario.tables.loaded import Loaded, LoadedRow, unopened
from rmscenario.tables.parts import (
    ROUNDS_FOLDER,
    TEMPLATES_FOLDER,
    RoundManifest,
    as_rounds_stand,
    part_grids,
    read_manifests,
)
from rmscenario.tables.rows import convert_rows, quantity_measures, typed_rows
from rmscenario.tables.settings import SETTINGS_FILE, read_settings, settings_lines

WORKBOOK_FILE = "region.xlsx"
#: Tables that every region has, though it may have no rows in them: a footprint can be told without any initiative.
MAY_BE_EMPTY = frozenset({"initiatives", "delivery"})
_IGNORED_SUFFIXES = frozenset({".md"})
#: Folders of a region.
_FOLDERS = (ROUNDS_FOLDER, TEMPLATES_FOLDER)
_IGNORED_NAMES = frozenset({"LICENSE", "LICENCE", "Thumbs.db", "desktop.ini"})


def load(folder: Path) -> Region:
    """Read, check and freeze the region in a folder.

    Raises
    ------
    InputError
        With every fault of all files.
    """
    return freeze(read(folder))


def read(folder: Path, rounds: Mapping[str, RoundManifest] | None = None) -> Loaded:
    """Read the tables of a region, each row checked by itself, in the units used inside.

    Parameters
    ----------
    folder : Path
        Holds region.toml and either one CSV file per table or region.xlsx with one sheet per table; `rounds/` may hold
        parts of the tables, see `parts`.
    rounds : mapping of str to RoundManifest, optional
        Manifests in the place of those that stand there, by round.

    Raises
    ------
    InputError
        If a file or a row is faulty: with these faults, and those between the tables that could be read.
    """
    if not folder.is_dir():
        raise InputError(
            [
                Fault(
                    file=str(folder),
                    found="a file" if folder.exists() else "no such folder",
                    expected="the folder of a region",
                    remedy="name a folder that holds region.toml, or write an empty region with `rmscenario init`",
                )
            ]
        )
    try:
        names = frozenset(path.name for path in folder.iterdir())
    except OSError as error:
        raise InputError([unopened(folder.resolve().name, error)]) from None
    workbook = WORKBOOK_FILE in names
    if not workbook and not any(f"{name}.csv" in names for name in row_types()):
        lacks = "tables" if SETTINGS_FILE in names else f"{SETTINGS_FILE} and no tables"
        raise InputError(
            [
                Fault(
                    file=folder.resolve().name,
                    found=f"no {lacks}",
                    expected="the folder of a region",
                    remedy=f"name a folder that holds {SETTINGS_FILE} and tables, or write an empty region with "
                    "`rmscenario init` and fill it in",
                )
            ]
        )
    faults: list[Fault] = []
    settings = read_settings(folder / SETTINGS_FILE, faults)
    if workbook:
        from rmscenario.tables.workbook import read_workbook  # noqa: PLC0415  openpyxl only where it is needed

        faults.extend(_strangers(folder, {SETTINGS_FILE, WORKBOOK_FILE, *_FOLDERS}))
        grids = read_workbook(folder / WORKBOOK_FILE, faults)
    else:
        faults.extend(_strangers(folder, {SETTINGS_FILE, *_FOLDERS, *(f"{name}.csv" for name in row_types())}))
        paths = {name: folder / f"{name}.csv" for name in row_types()}
        grids = {name: read_csv(path, name, faults) for name, path in paths.items() if path.name in names}
    manifests = {**read_manifests(folder, faults), **(rounds or {})}
    rows = _tables(grids, part_grids(folder, manifests, faults), workbook, faults)
    if settings is None:
        raise InputError(faults)
    settings, rows = as_rounds_stand(settings, rows, manifests, faults)
    loaded = Loaded(settings=settings, settings_lines=settings_lines(folder / SETTINGS_FILE, settings), rows=rows)
    if faults:
        faulty = {fault.file for fault in faults}
        without = frozenset(name for name in rows if _file(name, workbook) in faulty)
        raise InputError([*faults, *check(loaded, without=without)])
    return loaded


def freeze(loaded: Loaded) -> Region:
    """Region of rows that fit together.

    Raises
    ------
    InputError
        If they do not.
    """
    faults = check(loaded)
    if faults:
        raise InputError(faults)
    return Region(
        settings=loaded.settings,
        **{name: tuple(entry.row for entry in entries) for name, entries in loaded.rows.items()},
    )


def _file(table: str, workbook: bool) -> str:
    return f"{WORKBOOK_FILE}:{table}" if workbook else f"{table}.csv"


def _tables(
    grids: Mapping[str, Grid | None], parts: Mapping[str, Sequence[Grid]], workbook: bool, faults: list[Fault]
) -> dict[str, tuple[LoadedRow, ...]]:
    """Rows of all tables in their order, those of the rounds last, in the units used inside."""
    rows: dict[str, tuple[LoadedRow, ...]] = {}
    for row_type in ROW_TYPES:
        name = row_type.table
        grid = grids.get(name)
        whole = [*([grid] if grid is not None else []), *parts.get(name, ())]
        rows[name] = tuple(row for each in whole for row in typed_rows(each, faults))
        if grid is not None and not grid.rows and row_type.required and name not in MAY_BE_EMPTY:
            faults.append(
                Fault(
                    file=grid.file,
                    row=1,
                    found="a header without rows",
                    expected="at least one row, since every region has this table",
                    remedy="fill the table in",
                )
            )
        if row_type.required and name not in grids:
            faults.append(
                Fault(
                    file=_file(name, workbook),
                    found="no sheet" if workbook else "no file",
                    expected="a table that every region has",
                    remedy="copy the empty one that `rmscenario init` writes, and fill it in",
                )
            )
    if all(fault.file != _file("quantities", workbook) for fault in faults):
        measures = quantity_measures(rows["quantities"])
        rows = {name: convert_rows(entries, measures, faults) for name, entries in rows.items()}
    return rows


def may_stand_beside(path: Path) -> bool:
    """Whether something may stand in the folder of a region though it is no part of it."""
    name = path.name
    return name.startswith((".", "~$")) or path.suffix in _IGNORED_SUFFIXES or name in _IGNORED_NAMES


def _strangers(folder: Path, known: set[str]) -> list[Fault]:
    """Files that no table has: a table under a wrong name would be left out without a word."""
    faults = []
    for path in sorted(folder.iterdir()):
        name = path.name
        if name in known or may_stand_beside(path):
            continue
        what = "folder" if path.is_dir() else "file"
        faults.append(
            Fault(
                file=shown(name).strip("'"),
                found=f"an unknown {what}",
                expected=f"{SETTINGS_FILE} and the tables of a region alone",
                remedy=did_you_mean(name, known) or f"move the {what} elsewhere",
            )
        )
    return faults


__all__ = ["SETTINGS_FILE", "WORKBOOK_FILE", "Settings", "freeze", "load", "read"]
