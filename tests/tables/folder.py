"""A small valid region on disk, and ways to spoil it cell by cell."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rmscenario.errors import Fault, InputError
from rmscenario.region import Region
from rmscenario.tables import Notation, load, write_region
from tests.regions import region


def small() -> Region:
    """Two units, two categories, five initiatives, and at least one row in every table."""
    return region(
        sources=[
            ("A", "el", 100.5),
            ("B", "el", 50.0),
            ("A", "goods", 200.25),
            ("B", "goods", 80.0),
            ("A", "el", 400.5, "energy"),
        ],
        segments=[("goods", "food", 0.4), ("goods", "paper", 0.25)],
        background=[("el", 2026, 1.0), ("el", 2036, 0.5), ("goods", 2036, 0.9)],
        account_history=[{"account": "main", "year": 2024, "value": 500.5}],
        account_events=[{"event": "E1", "year": 2024, "mode": 20.5}],
        boundaries=[("all",), {"boundary": "energy", "group": "energy"}],
        targets=[
            {"target": "T67", "year": 2030, "base_year": 2026, "reduction": 0.67, "shortfall_price": 1500.5},
            {"target": "T96", "year": 2030, "boundary": "energy", "base_year": 1990, "base": 900.5, "reduction": 0.96},
            {"target": "T00", "year": 2035, "level": 0.0, "priority": 2},
        ],
        initiatives=[("LED",), ("PV",), ("FOOD", "group"), ("AGENT",), ("HEAT",)],
        levels=[("PV", 0.5), ("PV", 1.0)],
        effects=[("LED", "el", 0.3), ("PV", "el", 0.6), ("FOOD", "goods", 0.2, "food"), ("HEAT", "el", 0.45)],
        money=[("LED", "capex", 1_500_000.5), ("PV", "opex", 20_000.5), ("FOOD", "capex", 10_000.5)],
        prices=[("energy", "saving_cashable", 650.5), ("co2e", "carbon_value", 750.5)],
        staff=[("LED", "engineer", "build", 0.5)],
        staff_capacity=[("engineer", 2027, 2.5)],
        budgets=[("capex", 2027, 5_000_000.5), ("opex", 2027, 100_000.5)],
        outlay_shares=[("A", 0.75)],
        prerequisites=[("PV", "LED")],
        exclusions=[("LED", "HEAT")],
        enablers=[("AGENT", "FOOD", 0.05)],
        duties=[{"initiative": "LED", "unit": "A", "latest": 2029}],
        minimum_starts=[{"track": "track", "unit": "A", "at_least": 2}],
        start_limits=[{"round": "R1", "unit": None, "at_most": 3}],
        rounds=[
            ("R0", 2025, 2026, "running"),
            ("R1", 2027, 2028, "open"),
            ("R2", 2029, 2030, "later"),
        ],
        commitments=[("HEAT", "B", 2028, 1.0, "proposed")],
        outlook=[{"initiative": "HEAT", "unit": "B", "level": 1.0, "start": 2029}],
        running=[{"initiative": "AGENT", "unit": "A", "start": 2025, "level": 0.5}],
        indicators=[{"indicator": "kWh", "initiative": "LED"}],
        uncertainty=[
            {"kind": "effect", "distribution": "pert", "correlation_group": "g", "correlation": 0.5},
            {"kind": "capex", "distribution": "triangular", "low": 0.9, "mode": 1.0, "high": 1.5},
        ],
        delivery_risk=[(None, 0.2, 0.1, 0.05, 0.1, 0.5)],
        words=[{"word": "energy", "name_da": "Energi", "name_en": "Energy"}],
    )


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a region, its cells as text."""

    path: Path

    def read(self, table: str) -> list[list[str]]:
        """Cells of a table, the header first."""
        text = (self.path / f"{table}.csv").read_text("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))

    def write(self, table: str, cells: list[list[str]]) -> None:
        """Replace the cells of a table."""
        with (self.path / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(cells)

    def set(self, table: str, row: int, column: str, text: str) -> None:
        """Write a text into one cell; rows are numbered as a spreadsheet does."""
        cells = self.read(table)
        cells[row - 1][cells[0].index(column)] = text
        self.write(table, cells)

    def add(self, table: str, **values: str) -> None:
        """Append a row that differs from the last one in these cells."""
        cells = self.read(table)
        named = dict(zip(cells[0], cells[-1], strict=True)) | values
        self.write(table, [*cells, [named[name] for name in cells[0]]])

    def drop(self, table: str, *rows: int) -> None:
        """Remove rows."""
        self.write(table, [row for number, row in enumerate(self.read(table), start=1) if number not in rows])

    def spell(self, name: str, old: str, new: str) -> None:
        """Replace text in a file; it must be there once at least."""
        path = self.path / name
        text = path.read_text("utf-8")
        assert old in text, f"{old} is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")

    def faults(self) -> tuple[Fault, ...]:
        """Faults of the region; none if it can be loaded."""
        try:
            load(self.path)
        except InputError as error:
            return error.faults
        return ()


@cache
def _written() -> dict[str, bytes]:
    with TemporaryDirectory() as place:
        write_region(Path(place), small(), notation=Notation.DANISH)
        return {path.name: path.read_bytes() for path in Path(place).iterdir()}


def folder(path: Path) -> Folder:
    """The small region, written as Danish Excel does."""
    path.mkdir()
    for name, data in _written().items():
        (path / name).write_bytes(data)
    return Folder(path)
