"""A small region with everything that reports show: two units, four starts, a group-wide one, a running one, history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rmscenario.assessment import assess
from rmscenario.region import Region
from rmscenario.reporting.results import Result
from rmscenario.scenario.run_options import Sampler, StressOptions
from rmscenario.stress import run_stress
from tests import regions

TRACKS = [
    {"track": "energy", "name_da": "El, vand & varme", "name_en": "Electricity, water and heat", "owner_role": "head"},
    {"track": "circular", "name_da": "Cirkulær økonomi", "name_en": "Circular economy", "owner_role": "head"},
]


def _history(account: str, year: int, value: float) -> dict[str, Any]:
    return {"account": account, "year": year, "boundary": "all", "value": value, "measure": "tCO2e/a"}


def model(**changes: Any) -> Region:
    """Unit A has 60,000 t of el and 10,000 t of goods, unit B 30,000 t of el; tables can be replaced."""
    tables: dict[str, Any] = {
        "units": [
            {"unit": "A", "name_da": "Sygehus Å", "name_en": "Hospital A"},
            {"unit": "B", "name_da": "Sygehus B", "name_en": "Hospital B"},
        ],
        "tracks": TRACKS,
        "sources": [
            {"unit": "A", "category": "el", "value": 60_000.0, "grade": "published"},
            {"unit": "B", "category": "el", "value": 30_000.0},
            {"unit": "A", "category": "goods", "value": 10_000.0},
        ],
        "background": [
            {
                "category": "el",
                "quantity": "co2e",
                "year": 2030,
                "mode": 0.8,
                "weak": 0.9,
                "strong": 0.7,
                "grade": "derived",
            }
        ],
        "accounts": [
            {"account": "main", "name_da": "Regnskab, metode 1", "name_en": "Account, method 1"},
            {"account": "new", "name_da": "Regnskab, metode 2", "name_en": "Account, method 2"},
        ],
        "account_history": [
            _history("main", 2019, 104_000.0),
            _history("main", 2021, 120_000.0),
            _history("new", 2022, 71_000.0),
            _history("new", 2023, 66_000.0),
        ],
        "targets": [
            {
                "target": "half",
                "name_da": "Halvt så meget",
                "name_en": "Half as much",
                "reduction": 0.5,
                "year": 2030,
                "base_year": 2026,
                "measure": "tCO2e/a",
            },
            {"target": "easy", "level": 95_000.0, "year": 2030, "measure": "tCO2e/a", "priority": 2},
        ],
        "initiatives": [
            {"initiative": "LED", "track": "energy", "name_da": "Lys", "name_en": "Light", "ramp_years": 2},
            {"initiative": "PUMP", "track": "energy", "name_da": "=1+1", "name_en": "=1+1"},
            {
                "initiative": "BUY",
                "track": "circular",
                "delivery": "group",
                "name_da": "Indkøb",
                "name_en": "Purchasing",
            },
            {"initiative": "OLD", "track": "energy", "name_da": "Gammel", "name_en": "Old"},
        ],
        "effects": [
            {"initiative": "LED", "category": "el", "low": 0.1, "mode": 0.2, "high": 0.3, "grade": "published"},
            {"initiative": "PUMP", "category": "el", "low": 0.05, "mode": 0.1, "high": 0.1},
            {"initiative": "BUY", "category": "goods", "low": 0.2, "mode": 0.4, "high": 0.5, "grade": "derived"},
            {"initiative": "OLD", "category": "el", "mode": 0.05},
        ],
        "money": [
            {"initiative": "LED", "kind": "capex", "amount": 9e6, "grade": "published"},
            {"initiative": "PUMP", "kind": "opex", "amount": 3e6},
            {"initiative": "BUY", "kind": "saving_avoided", "amount": 2e6},
        ],
        "budgets": [
            {"kind": "capex", "year": year, "amount": 8e6, "measure": "DKK"} for year in (2027, 2028, 2029, 2030)
        ],
        "staff": [("LED", "energy", "build", 3.0)],
        "indicators": [{"indicator": "I1", "initiative": "LED", "name_da": "Lamper", "name_en": "Lamps"}],
        "prerequisites": [("PUMP", "LED", 1)],
        "running": [("OLD", "A", 2025)],
        "uncertainty": [
            {"kind": "effect", "distribution": "pert"},
            {"kind": "background", "distribution": "pert"},
        ],
    }
    return regions.region(settings=changes.pop("settings", {"base_year": 2018}), **(tables | changes))


PLAN = regions.plan(("LED", "A", 2027), ("LED", "B", 2028), ("PUMP", "A", 2029), ("BUY", "A", 2028))


@pytest.fixture(scope="session")
def result() -> Result:
    region = model()
    options = StressOptions(draws=512, sampler=Sampler.RANDOM, years=(2027, 2028, 2029, 2030, 2035))
    return Result(
        title="Prøven",
        region=region,
        plan=PLAN,
        assessment=assess(region, PLAN),
        stress=run_stress(region, PLAN, options),
    )


@pytest.fixture(scope="session")
def confirmed(result: Result) -> Result:
    settings = result.region.settings.model_copy(update={"confirmed": True})
    return replace(result, region=replace(result.region, settings=settings))
