"""A project in a temporary folder: one small model, and scenario files that each test writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from rmscenario.errors import InputError
from rmscenario.scenario import Scenario, load
from rmscenario.tables.writing import Notation, write_region
from tests.regions import MADE_UP, region

BASE = 'title_da = "Basis"\ntitle_en = "Base"\nmodel = "../models/small"\n'
HEAD = 'title_da = "T"\ntitle_en = "T"\nextends = "base.toml"\n'


@dataclass(frozen=True, slots=True)
class Project:
    root: Path

    def write(self, name: str, text: str, *, head: str = HEAD) -> Path:
        """Write a scenario that extends the base one; `text` begins on line 4, unless `head` has another length."""
        path = self.root / "scenarios" / f"{name}.toml"
        path.write_text(head + text, encoding="utf-8")
        return path

    def load(self, *names: str, sets: Sequence[str] = ()) -> Scenario:
        return load([self.root / "scenarios" / f"{name}.toml" for name in names], sets)

    def fault(self, *names: str, sets: Sequence[str] = ()) -> str:
        with pytest.raises(InputError) as caught:
            self.load(*names, sets=sets)
        return str(caught.value)

    def touched(self, *names: str, sets: Sequence[str] = ()) -> list[str]:
        return [str(item) for item in self.load(*names, sets=sets).touched]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "project")
    model = region(
        tracks=["energi", "goods"],
        categories=[{"category": "el", "group": "energy"}, {"category": "ute", "group": "goods", "scope3_category": 1, "scope": 3}],
        sources=[("A", "el", 100.0), ("B", "el", 50.0), ("A", "ute", 200.0), ("B", "ute", 80.0)],
        background=[
            {"category": "el", "quantity": "co2e", "year": 2026, "weak": 1.0, "mode": 1.0, "strong": 1.0},
            {"category": "el", "quantity": "co2e", "year": 2030, "weak": 0.5, "mode": 0.25, "strong": 0.125},
            {"category": "ute", "quantity": "co2e", "year": 2030, "weak": 1.0, "mode": 0.75, "strong": 0.5},
        ],
        accounts=[{"account": "main"}, {"account": "other", "factor": 0.5}],
        initiatives=[
            {"initiative": "LED", "track": "energi", "half_life": 4.0},
            {"initiative": "REUSE", "track": "goods", "earliest": 2028},
            {"initiative": "AGENT", "track": "goods", "renew": False},
            {"initiative": "CLOUD", "track": "goods"},
        ],
        effects=[("LED", "el", 0.25), ("REUSE", "ute", 0.5), ("CLOUD", "ute", 0.125)],
        money=[("LED", "capex", 1000.0), ("LED", "saving_cashable", 100.0), ("REUSE", "opex", 40.0)],
        prices=[("co2e", "carbon_value", 750.0)],
        budgets=[("capex", 2027, 800.0), ("capex", 2028, 800.0), ("opex", 2027, 60.0)],
        staff=[("LED", "engineer", "build", 2.0)],
        staff_capacity=[("engineer", 2027, 4.0)],
        targets=[
            {"target": "third", "reduction": 0.25, "base_year": 2026, "shortfall_price": 1500.0, "year": 2030},
            {"target": "half", "reduction": 0.5, "base_year": 2026, "active": False, "priority": 2, "year": 2030},
        ],
        prerequisites=[("CLOUD", "REUSE")],
        exclusions=[("LED", "CLOUD")],
        enablers=[("AGENT", "REUSE", 0.125)],
        duties=[{"initiative": "LED", "unit": "A", "latest": 2029}],
        commitments=[("CLOUD", "B", 2027, 1.0, "proposed")],
        minimum_starts=[("goods", "A", 1)],
        start_limits=[("R1", "A", 3)],
        outlay_shares=[{"unit": "A", "max_share": 0.75}],
        running=[{"initiative": "AGENT", "unit": "B", "start": 2027, "round": "R1", "level": 1.0}],
        references=[MADE_UP],
    )  # fmt: skip
    write_region(made.root / "models" / "small", model, notation=Notation.PLAIN)
    (made.root / "scenarios").mkdir()
    (made.root / "scenarios" / "base.toml").write_text(BASE, encoding="utf-8")
    return made
