"""A small region with everything that Eqs. (1) to (4) know, and a plan for it."""

from __future__ import annotations

from typing import Any

from rmscenario.plan import Plan
from rmscenario.region import Region
from tests.regions import plan, region


def everything(**tables: Any) -> Region:
    """Segments, additions, two accounts, levels, enablers, decay, ramps, renewal and its end, running initiatives."""
    given: dict[str, Any] = {
        "units": [("A", 300.0), ("B", 100.0)],
        "quantities": ["co2e", "energy"],
        "accounts": [("main", 1.0), ("other", 0.8)],
        "sources": [
            ("A", "el", 100.0),
            ("B", "el", 60.0),
            ("A", "el", 500.0, "energy"),
            ("B", "el", 300.0, "energy"),
            ("A", "bus", 80.0),
            ("B", "goods", 200.0),
        ],
        "segments": [("bus", "city", 0.6), ("bus", "land", 0.3)],
        "background": [
            {"category": "el", "quantity": "co2e", "year": 2030, "strong": 0.3, "mode": 0.5, "weak": 0.9},
            {"category": "el", "quantity": "co2e", "year": 2034, "strong": 0.1, "mode": 0.4, "weak": 0.8},
            {"category": "goods", "quantity": "co2e", "year": 2035, "strong": 0.7, "mode": 0.9, "weak": 1.1},
        ],
        "initiatives": [
            {"initiative": "E1", "ramp_years": 3, "half_life": 4.0, "lifetime": 6},
            {"initiative": "E2", "lifetime": 3, "renew": False},
            {"initiative": "G1", "delivery": "group", "ramp_years": 2},
            {"initiative": "S1"},
        ],
        "levels": [("E2", 0.5), ("E2", 1.0)],
        "effects": [
            {"initiative": "E1", "category": "el", "low": 0.1, "mode": 0.3, "high": 0.4},
            {"initiative": "E2", "category": "el", "on": "energy", "low": 0.2, "mode": 0.3, "high": 0.6},
            {"initiative": "E2", "category": "el", "on": "co2e", "low": 0.1, "mode": 0.2, "high": 0.3},
            {"initiative": "E3", "category": "bus", "segment": "city", "low": 0.4, "mode": 0.5, "high": 0.6},
            {"initiative": "E3", "category": "el", "low": -0.2, "mode": -0.1, "high": -0.05},
            {"initiative": "G1", "category": "goods", "basis": "region", "low": 0.0, "mode": 0.1, "high": 0.5},
            {"initiative": "G1", "category": "el", "account": "other", "low": 0.2, "mode": 0.4, "high": 0.5},
            {
                "initiative": "E4",
                "category": "goods",
                "on": "co2e",
                "basis": "absolute",
                "low": -9.0,
                "mode": -5.0,
                "high": 2.0,
            },
        ],
        "enablers": [
            {"enabler": "S1", "initiative": "E1", "low": 0.0, "mode": 0.1, "high": 0.3},
            {"enabler": "S1", "initiative": "G1", "low": 0.0, "mode": 0.2, "high": 0.3},
        ],
        "running": [("E1", "B", 2025), ("S1", "B", 2026)],
        "money": [
            ("E1", "capex", 1e6),
            ("E1", "opex", 2e4),
            ("E2", "capex", 3e5),
            ("E3", "saving_cashable", 1e5),
            ("G1", "opex", 4e4),
        ],
        "prices": [("energy", "saving_cashable", 800.0), ("co2e", "carbon_value", 750.0)],
        "targets": [
            {"target": "total", "reduction": 0.4, "year": 2030},
            {"target": "other", "reduction": 0.5, "account": "other", "year": 2032},
            {"target": "energy", "quantity": "energy", "reduction": 0.3, "year": 2029},
            {"target": "sum", "level": 1100.0, "form": "cumulative", "year": 2028, "until": 2031},
        ],
        "uncertainty": [
            {"kind": "effect", "distribution": "pert", "correlation_group": "G", "correlation": 0.5},
            {"kind": "effect", "subject": "E2", "distribution": "triangular"},
            {"kind": "capex", "distribution": "pert", "low": 0.9, "mode": 1.0, "high": 1.6},
            {"kind": "saving", "distribution": "triangular", "low": 0.5, "mode": 1.0, "high": 1.1},
        ],
        "delivery_risk": [
            {"initiative": None, "slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.1, "unit_correlation": 0.3}
            | {"partial": 0.15, "partial_uptake": 0.4},
            {"initiative": "E2", "slip_one": 0.1, "slip_two": 0.0, "cancelled": 0.1, "unit_correlation": 0.6}
            | {"partial": 0.3, "partial_uptake": 0.7},
            {"initiative": "E4", "slip_one": 0.0, "slip_two": 0.0, "cancelled": 0.0},
        ],
    }
    return region(**(given | tables))


def its_plan() -> Plan:
    return plan(
        ("E1", "A", 2027),
        ("E2", "A", 2028, 0.5),
        ("E2", "B", 2027),
        ("E3", "A", 2029),
        ("G1", "A", 2028),
        ("S1", "A", 2027),
        ("E4", "B", 2027),
    )


def certain(model: Region) -> Region:
    """The same region with every input at its mode and every start on time."""
    fixed = [
        {"kind": kind, "distribution": "fixed", "low": 1.0, "mode": 1.0, "high": 1.0}
        for kind in ("effect", "background", "capex", "opex", "saving")
    ]
    tables = {name: model.table(name) for name in ("effects", "enablers", "background")}
    return everything(**tables, uncertainty=fixed, delivery_risk=[])
