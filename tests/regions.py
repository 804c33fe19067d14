"""A compact builder of small regions for tests.

`region(...)` takes tables by their names and fills in whatever a test does not care about, so that a valid region
of two units takes a few lines::

    model = region(
        sources=[("A", "el", 100.0), ("B", "el", 50.0)],       # tonnes CO2e in the base year
        effects=[("LED", "el", 0.3)],                          # LED removes 30 % of el, in every unit
        money=[("LED", "capex", 1_000_000.0)],
    )
    chosen = plan(("LED", "A", 2027), ("LED", "B", 2028, 0.5))  # initiative, unit, start[, level]

A row is a dict of columns, a tuple in the order of `POSITIONS`, or a bare id; columns that are left out take the value
in `_defaults`. What rows mention and no table defines (units, categories, quantities, initiatives, skills, tracks) is
defined. Without rows of its own an initiative is delivered by every unit on itself (group-wide: by the first unit on
all), a category stays level (background 1), there are two rounds that cover the start years, one boundary `all`, one
account `main`. Starts are allowed in 2027 … 2030, the period ends in 2036; nothing decays, everything is renewed after
40 years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rmscenario.plan import Plan, Start
from rmscenario.region import ROW_TYPES, DiscountStep, Region, Settings
from rmscenario.region.vocabulary import Row

MADE_UP = "made-up"

POSITIONS: dict[str, tuple[str, ...]] = {
    "units": ("unit", "fte"),
    "sources": ("unit", "category", "value", "quantity"),
    "segments": ("category", "segment", "weight"),
    "background": ("category", "year", "mode", "quantity"),
    "accounts": ("account", "factor"),
    "boundaries": ("boundary", "unit", "category"),
    "targets": ("target", "level", "year"),
    "initiatives": ("initiative", "delivery"),
    "levels": ("initiative", "level"),
    "delivery": ("initiative", "unit", "acts_on"),
    "effects": ("initiative", "category", "mode", "segment"),
    "money": ("initiative", "kind", "amount", "year_since_start"),
    "prices": ("quantity", "kind", "price", "category", "year"),
    "staff": ("initiative", "skill", "phase", "fte"),
    "staff_capacity": ("skill", "year", "fte", "unit"),
    "budgets": ("kind", "year", "amount", "unit"),
    "outlay_shares": ("unit", "max_share"),
    "prerequisites": ("initiative", "requires", "lag", "scope"),
    "exclusions": ("initiative", "excludes"),
    "enablers": ("enabler", "initiative", "mode"),
    "duties": ("initiative", "unit", "latest"),
    "minimum_starts": ("track", "unit", "at_least"),
    "start_limits": ("round", "unit", "at_most"),
    "rounds": ("round", "first_year", "last_year", "status"),
    "commitments": ("initiative", "unit", "start", "level", "status"),
    "running": ("initiative", "unit", "start", "level"),
    "delivery_risk": ("initiative", "slip_one", "slip_two", "cancelled", "partial", "partial_uptake"),
}

# (table, column, defining table): what rows may mention without defining it
_MENTIONS = (
    ("sources", "unit", "units"),
    ("sources", "category", "categories"),
    ("sources", "quantity", "quantities"),
    ("prices", "quantity", "quantities"),
    ("targets", "quantity", "quantities"),
    ("effects", "category", "categories"),
    ("effects", "initiative", "initiatives"),
    ("money", "initiative", "initiatives"),
    ("staff", "initiative", "initiatives"),
    ("staff", "skill", "skills"),
    ("staff_capacity", "skill", "skills"),
    ("delivery", "initiative", "initiatives"),
    ("delivery", "unit", "units"),
    ("enablers", "enabler", "initiatives"),
    ("prerequisites", "requires", "initiatives"),
    ("initiatives", "track", "tracks"),
)

_MEASURES = {"co2e": "tCO2e/a", "energy": "MWh/a", "water": "m3/a", "waste": "t/a", "purchases": "DKK/a"}
_PRICE_MEASURES = {"co2e": "DKK/t", "energy": "DKK/MWh", "water": "DKK/m3", "waste": "DKK/t", "purchases": "DKK/DKK"}


def region(*, settings: Mapping[str, Any] | None = None, **tables: Iterable[Any]) -> Region:
    """A small region from the rows a test cares about; see the module's text."""
    chosen = _settings(settings or {})
    if unknown := set(tables) - {row_type.table for row_type in ROW_TYPES}:
        raise TypeError(f"no such table: {', '.join(sorted(unknown))}")
    rows = {name: [_columns(name, row) for row in given] for name, given in tables.items()}
    rows.setdefault("units", [{"unit": "A"}, {"unit": "B"}])
    rows.setdefault("sources", [{"unit": row["unit"], "category": "el", "value": 100.0} for row in rows["units"]])
    rows.setdefault("accounts", [{"account": chosen.account}])
    rows.setdefault("boundaries", [{"boundary": "all"}])
    rows.setdefault("rounds", _rounds(chosen))
    rows.setdefault("references", [{"reference": MADE_UP}])
    for row_type in ROW_TYPES:
        rows.setdefault(row_type.table, [])
        rows[row_type.table] = [_defaults(row_type.table, row, chosen) | row for row in rows[row_type.table]]
    for table, column, defining in _MENTIONS:
        key = _key(defining)
        known = {row[key] for row in rows[defining]}
        for name in dict.fromkeys(row[column] for row in rows[table] if row[column] not in known):
            rows[defining].append(_defaults(defining, {key: name}, chosen) | {key: name})
    rows["delivery"] += _deliveries(rows)
    rows["background"] += _level_background(rows, chosen)
    return Region(
        settings=chosen,
        **{
            row_type.table: tuple(row_type.model_validate(row) for row in rows[row_type.table])
            for row_type in ROW_TYPES
        },
    )


def plan(*starts: tuple[Any, ...]) -> Plan:
    """A plan from (initiative, unit, start year[, level]) tuples."""
    return Plan(
        starts=tuple(
            Start(initiative=initiative, unit=unit, start=year, level=level[0] if level else 1.0)
            for initiative, unit, year, *level in starts
        )
    )


def _settings(given: Mapping[str, Any]) -> Settings:
    steps = given.get("discount", ((1, 0.035), (36, 0.025)))
    values: dict[str, Any] = {
        "region": "test",
        "name_da": "Prøve",
        "name_en": "Trial",
        "confirmed": False,
        "base_year": 2026,
        "price_year": 2025,
        "first_year": 2027,
        "last_start": 2030,
        "end_year": 2036,
        "account": "main",
    }
    discount = tuple(
        DiscountStep.model_validate({"from_year": year, "rate": rate, "reference": MADE_UP, "grade": "assumption"})
        for year, rate in steps
    )
    return Settings.model_validate(values | dict(given) | {"discount": discount})


def _rounds(settings: Settings) -> list[dict[str, Any]]:
    first, last = settings.first_year, settings.last_start
    rounds = [{"round": "R1", "first_year": first, "last_year": min(first + 1, last), "status": "open"}]
    if last > first + 1:
        rounds.append({"round": "R2", "first_year": first + 2, "last_year": last, "status": "later"})
    return rounds


def _key(table: str) -> str:
    return _type_of(table).key[0]


def _columns(table: str, row: Any) -> dict[str, Any]:
    """A row as a dict of columns, from a dict, a tuple, or a bare id."""
    if isinstance(row, Mapping):
        return dict(row)
    if isinstance(row, Row):
        return row.model_dump()
    if isinstance(row, str):
        return {_key(table): row}
    return dict(zip(POSITIONS[table], row, strict=False))


def _type_of(table: str) -> type[Row]:
    return next(row_type for row_type in ROW_TYPES if row_type.table == table)


def _defaults(table: str, row: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Values of the columns a test leaves out."""
    columns = _type_of(table).model_fields
    name = str(row.get(_key(table)))
    values: dict[str, Any] = {"reference": MADE_UP, "grade": "assumption", "name_da": name, "name_en": name}
    quantity = str(row.get("quantity", "co2e"))
    values |= {"quantity": quantity, "measure": _MEASURES.get(quantity, "1"), "title": "Made up for a test"}
    values |= {
        "units": {"fte": 100.0},
        "tracks": {"owner_role": "head"},
        "categories": {"group": "energy", "scope": 2},
        "quantities": {"measure": _MEASURES.get(name, "1")},
        "background": {"weak": row.get("mode"), "strong": row.get("mode")},
        "accounts": {"method": "made up", "factor": 1.0},
        "account_history": {"boundary": "all"},
        "account_events": {
            "kind": "one_off",
            "account": settings.account,
            "boundary": "all",
            "low": row.get("mode"),
            "high": row.get("mode"),
        },
        "targets": {"boundary": "all", "account": settings.account, "priority": 1, "year": settings.last_start},
        "initiatives": {
            "track": "track",
            "delivery": "unit",
            "earliest": settings.first_year,
            "lifetime": 40,
            "ramp_years": 1,
        },
        "delivery": {"acts_on": row.get("unit")},
        "effects": {"on": "activity", "basis": "source", "low": row.get("mode"), "high": row.get("mode")},
        "enablers": {"low": row.get("mode"), "high": row.get("mode")},
        "money": {"price_year": settings.price_year, "measure": "DKK" if row.get("kind") == "capex" else "DKK/a"},
        "budgets": {"measure": "DKK"},
        "prices": {"year": settings.first_year, "measure": _PRICE_MEASURES.get(quantity, "1")},
        "indicators": {
            "measure": "1",
            "definition_da": name,
            "definition_en": name,
            "data_owner_role": "controller",
            "frequency": "yearly",
        },
        "commitments": {
            "commitment": f"{row.get('initiative')}-{row.get('unit')}",
            "round": next((each["round"] for each in _rounds(settings) if _holds(each, row)), "R1"),
            "level": None if row.get("status") == "refused" else 1.0,
            "status": "signed",
            "dated": date(settings.first_year - 1, 12, 1),
        },
        "running": {"round": "R0", "start": settings.first_year, "status": "assumed"},
        "duties": {"latest": settings.last_start},
    }.get(table, {})
    if table == "references":
        values.pop("reference")
    return {column: value for column, value in values.items() if column in columns}


def _holds(agreed: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a commitment starts in a round."""
    return bool(agreed["first_year"] <= (row.get("start") or 0) <= agreed["last_year"])


def _deliveries(rows: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Delivery rows of initiatives that have none."""
    units = [row["unit"] for row in rows["units"]]
    given = {row["initiative"] for row in rows["delivery"]}
    found = []
    for row in rows["initiatives"]:
        if row["initiative"] not in given:
            found += [
                {
                    "initiative": row["initiative"],
                    "unit": units[0] if row["delivery"] == "group" else unit,
                    "acts_on": unit,
                }
                for unit in units
            ]
    return found


def _level_background(rows: Mapping[str, list[dict[str, Any]]], settings: Settings) -> list[dict[str, Any]]:
    """Background rows of 1 for every category and quantity that has sources and no row."""
    given = {(row["category"], row["quantity"]) for row in rows["background"]}
    pairs = dict.fromkeys((row["category"], row["quantity"]) for row in rows["sources"])
    return [
        {
            "category": category,
            "quantity": quantity,
            "year": settings.end_year,
            "weak": 1.0,
            "mode": 1.0,
            "strong": 1.0,
            "reference": MADE_UP,
            "grade": "assumption",
        }
        for category, quantity in pairs
        if (category, quantity) not in given
    ]
