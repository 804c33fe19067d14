"""Ways to spoil the small region, each with the place of the fault that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.tables.folder import Folder

Spoil = Callable[[Folder], object]


@dataclass(frozen=True, slots=True)
class Case:
    """One mutation of the small region and the place of the fault it gives."""

    name: str
    spoil: Spoil
    file: str
    row: int | None
    column: str | None


def cell(table: str, row: int, column: str, text: str, *, name: str = "") -> Case:
    """A cell is spoiled, and the fault stands there."""
    label = name or f"{table} {column} {text[:20]!r}"
    return Case(label, lambda region: region.set(table, row, column, text), f"{table}.csv", row, column)


def added(table: str, row: int, column: str, *, name: str, **values: str) -> Case:
    """A row is added, and the fault stands in it."""
    return Case(name, lambda region: region.add(table, **values), f"{table}.csv", row, column)


def raw(table: str, row: int | None, column: str | None, data: bytes, *, name: str) -> Case:
    """A file has this content."""
    return Case(name, lambda region: (region.path / f"{table}.csv").write_bytes(data), f"{table}.csv", row, column)


def setting(old: str, new: str, row: int | None, column: str | None, *, name: str) -> Case:
    """region.toml is changed."""
    return Case(name, lambda region: region.spell("region.toml", old, new), "region.toml", row, column)


def instead(name: str, put: Callable[[Path], object], *, case: str) -> Case:
    """Something else stands under the name of a file."""

    def spoil(region: Folder) -> None:
        (region.path / name).unlink()
        put(region.path / name)

    return Case(case, spoil, name, None, None)


def too_few_starts(region: Folder) -> None:
    """Unit A shall start two of the track; each of its two rounds takes none or one."""
    region.set("start_limits", 2, "at_most", "0")
    region.add("start_limits", round="R2", at_most="1")


def partly(probability: str, uptake: str) -> Spoil:
    """Starts are taken up in part."""

    def spoil(region: Folder) -> None:
        region.set("delivery_risk", 2, "partial", probability)
        region.set("delivery_risk", 2, "partial_uptake", uptake)

    return spoil


def no_staff(region: Folder) -> None:
    for row in (2, 3):
        region.set("units", row, "fte", "0")
