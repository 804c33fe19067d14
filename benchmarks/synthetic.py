"""Seeded synthetic regions that are no easier than a real one.

Every category is reached by several initiatives, so that effects overlap; a sixth of the effects act on a segment
only, some add emissions elsewhere, some initiatives lift others. Money, staff and starts per round each stand in the
way of about half of what could be done, and the targets lie beyond reach: their shortfall has a price. All figures
are invented.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import exp
from random import Random
from typing import Any

from benchmarks.sizes import START_YEARS, Size
from rmscenario.region import ROW_TYPES, DiscountStep, Region, Settings

FIRST_YEAR = 2027
LAST_START = FIRST_YEAR + START_YEARS - 1
SOURCED = {"reference": "invented", "grade": "assumption"}
TRACKS = ("circular", "energy", "transport", "social")
GROUPS = ("energy", "transport", "goods")
CATEGORIES = tuple(f"C{number:02d}" for number in range(1, 25))
ENERGY = CATEGORIES[:6]
SKILLS = ("engineers", "buyers")
ROUNDS = {"R1": (2027, 2028), "R2": (2029, 2030), "R3": (2031, 2032)}
#: Initiatives of size S; larger catalogues have weaker initiatives, so that all together remove about as much.
CATALOGUE = 60

Rows = dict[str, list[dict[str, Any]]]


@cache
def synthetic_region(size: Size) -> Region:
    """The region of a size; equal sizes give equal regions."""
    dice = Random(size.seed)
    rows: Rows = defaultdict(list)
    _footprint(rows, dice, size)
    tonnes = _catalogue(rows, dice, size)
    _money(rows, dice, tonnes)
    _links(rows, dice, size)
    _limits(rows, size)
    _risk(rows)
    return Region(
        settings=_settings(size),
        **{kind.table: tuple(kind.model_validate(row) for row in rows[kind.table]) for kind in ROW_TYPES},
    )


def _named(name: str) -> dict[str, str]:
    return {"name_da": name, "name_en": name}


def _settings(size: Size) -> Settings:
    step = DiscountStep.model_validate({"from_year": 1, "rate": 0.035, **SOURCED})
    return Settings(
        region=f"synthetic-{size.name}",
        name_da=f"Opdigtet {size.name}",
        name_en=f"Invented {size.name}",
        confirmed=False,
        base_year=2026,
        price_year=2026,
        first_year=FIRST_YEAR,
        last_start=LAST_START,
        end_year=2050,
        account="main",
        discount=(step,),
    )


def _footprint(rows: Rows, dice: Random, size: Size) -> None:
    rows["references"] = [{"reference": "invented", "title": "Drawn at random for benchmarks"}]
    rows["tracks"] = [{"track": track, "owner_role": "head", **_named(track)} for track in TRACKS]
    rows["quantities"] = [
        {"quantity": "co2e", "measure": "tCO2e/a", **_named("co2e")},
        {"quantity": "energy", "measure": "MWh/a", **_named("energy")},
    ]
    rows["accounts"] = [{"account": "main", "method": "invented", "factor": 1.0, **_named("main"), **SOURCED}]
    rows["boundaries"] = [{"boundary": "all"}, {"boundary": "energy", "group": "energy"}]
    for number in range(1, size.units + 1):
        rows["units"].append(
            {"unit": f"U{number:04d}", "fte": round(exp(dice.gauss(6.5, 0.8))), **_named(f"U{number}"), **SOURCED}
        )
    for number, category in enumerate(CATEGORIES):
        group = GROUPS[number * len(GROUPS) // len(CATEGORIES)]
        rows["categories"].append({"category": category, "group": group, "scope": 2, **_named(category)})
        weight = exp(dice.gauss(0.0, 0.7))
        quantities = ("co2e", "energy") if category in ENERGY else ("co2e",)
        for quantity in quantities:
            measure = "tCO2e/a" if quantity == "co2e" else "MWh/a"
            for year, low, high in ((2032, 0.75, 0.95), (2050, 0.4, 0.9)):
                mode = dice.uniform(low, high)
                path = {"weak": min(1.0, mode * 1.1), "mode": mode, "strong": mode * 0.85}
                rows["background"].append({"category": category, "quantity": quantity, "year": year, **path, **SOURCED})
            for unit in rows["units"]:
                value = unit["fte"] * weight * exp(dice.gauss(0.0, 0.4)) * (1.0 if quantity == "co2e" else 6.0)
                rows["sources"].append(
                    {
                        "unit": unit["unit"],
                        "category": category,
                        "quantity": quantity,
                        "value": round(value, 3),
                        "measure": measure,
                        **SOURCED,
                    }
                )
        if number % 3 == 0:
            for part, share in (("a", 0.35), ("b", 0.25)):
                rows["segments"].append(
                    {"category": category, "segment": f"{category}{part}", "weight": share, **_named(part), **SOURCED}
                )
    for target, quantity, boundary, reduction, price in (
        ("total", "co2e", "all", 0.67, 1500.0),
        ("energy", "co2e", "energy", 0.9, 2000.0),
    ):
        rows["targets"].append(
            {
                "target": target,
                "quantity": quantity,
                "boundary": boundary,
                "account": "main",
                "year": LAST_START,
                "base_year": 2026,
                "reduction": reduction,
                "measure": "tCO2e/a",
                "priority": 1,
                "shortfall_price": price,
                **_named(target),
                **SOURCED,
            }
        )


def _catalogue(rows: Rows, dice: Random, size: Size) -> dict[str, float]:
    """Initiatives with delivery and effects; returns the tonnes each removes by itself."""
    amount: dict[str, float] = defaultdict(float)
    for row in rows["sources"]:
        if row["quantity"] == "co2e":
            amount[row["category"]] += row["value"]
    parts = {row["category"]: row["weight"] for row in reversed(rows["segments"])}  # the first segment of a category
    units = [row["unit"] for row in rows["units"]]
    strength = min(1.0, CATALOGUE / size.initiatives)
    tonnes: dict[str, float] = {}
    for number in range(1, size.initiatives + 1):
        name = f"I{number:03d}"
        group_wide = number % 20 == 0
        rows["initiatives"].append(
            {
                "initiative": name,
                "track": TRACKS[number % len(TRACKS)],
                "delivery": "group" if group_wide else "unit",
                "earliest": FIRST_YEAR,
                "lifetime": dice.randint(8, 25),
                "ramp_years": dice.randint(1, 3),
                "half_life": 10.0 if number % 8 == 0 else None,
                **_named(name),
                **SOURCED,
            }
        )
        rows["delivery"] += [
            {"initiative": name, "unit": units[0] if group_wide else unit, "acts_on": unit} for unit in units
        ]
        tonnes[name] = 0.0
        for place, category in enumerate(dice.sample(CATEGORIES, dice.randint(1, 3))):
            share = dice.uniform(0.05, 0.35) * strength
            segment = None
            if place == 1 and number % 6 == 0:
                share = -0.2 * share
            elif category in parts and dice.random() < 0.5:
                segment, share = f"{category}a", share * parts[category]
            tonnes[name] += share * amount[category]
            low, high = sorted((0.6 * share, 1.3 * share))
            rows["effects"].append(
                {
                    "initiative": name,
                    "category": category,
                    "segment": segment,
                    "on": "co2e" if dice.random() < 0.2 else "activity",
                    "basis": "source",
                    "low": low,
                    "mode": share,
                    "high": high,
                    **SOURCED,
                }
            )
    return tonnes


def _money(rows: Rows, dice: Random, tonnes: dict[str, float]) -> None:
    least = 0.02 * max(tonnes.values())
    for name, removed in tonnes.items():
        amount = max(removed, least)
        for kind, price in (
            ("capex", exp(dice.gauss(9.2, 0.9))),
            ("opex", exp(dice.gauss(5.0, 0.8))),
            ("saving_cashable", dice.choice([0.0, 0.0, exp(dice.gauss(5.5, 0.8))])),
        ):
            rows["money"].append(
                {
                    "initiative": name,
                    "kind": kind,
                    "amount": round(price * amount),
                    "measure": "DKK" if kind == "capex" else "DKK/a",
                    "price_year": 2026,
                    **SOURCED,
                }
            )
        for skill in SKILLS:
            for phase, each in (("build", 3e-3), ("run", 5e-4)):
                fte = round(each * amount * exp(dice.gauss(0.0, 0.5)), 4)
                rows["staff"].append({"initiative": name, "skill": skill, "phase": phase, "fte": fte, **SOURCED})
    rows["skills"] = [{"skill": skill, **_named(skill)} for skill in SKILLS]
    for quantity, kind, price, measure in (
        ("energy", "saving_cashable", 600.0, "DKK/MWh"),
        ("co2e", "carbon_value", 400.0, "DKK/t"),
    ):
        rows["prices"].append(
            {"quantity": quantity, "kind": kind, "year": FIRST_YEAR, "price": price, "measure": measure, **SOURCED}
        )


def _links(rows: Rows, dice: Random, size: Size) -> None:
    """Prerequisites run from later to earlier initiatives, so that they cannot form a circle."""
    own = [row["initiative"] for row in rows["initiatives"] if row["delivery"] == "unit"]
    for number, place in enumerate(dice.sample(range(len(own) // 2, len(own)), size.initiatives // 8)):
        needed = own[dice.randrange(len(own) // 2)]
        rows["prerequisites"].append({"initiative": own[place], "requires": needed, "lag": number % 2})
    for number in range(size.initiatives // 15):
        rows["exclusions"].append({"initiative": own[3 * number], "excludes": own[3 * number + 1]})
    for number in range(size.initiatives // 30):
        lifting, lifted = own[-1 - 2 * number], own[-2 - 2 * number]
        rows["enablers"].append(
            {"enabler": lifting, "initiative": lifted, "low": 0.1, "mode": 0.2, "high": 0.3, **SOURCED}
        )


def _limits(rows: Rows, size: Size) -> None:
    total: dict[str, float] = defaultdict(float)
    for row in rows["money"]:
        total[row["kind"]] += row["amount"]
    need: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows["staff"]:
        need[row["skill"], row["phase"]] += row["fte"]
    for year in range(FIRST_YEAR, LAST_START + 1):
        part = (year - FIRST_YEAR + 1) / START_YEARS
        for kind, amount in (("capex", 0.5 * total["capex"] / START_YEARS), ("opex", 0.6 * part * total["opex"])):
            rows["budgets"].append({"kind": kind, "year": year, "amount": round(amount), "measure": "DKK", **SOURCED})
        for skill in SKILLS:
            fte = 0.8 * need[skill, "build"] / START_YEARS + 0.7 * part * need[skill, "run"]
            rows["staff_capacity"].append({"skill": skill, "year": year, "fte": round(fte, 3), **SOURCED})
    statuses = ("open", "later", "later")
    for (name, (first, last)), status in zip(ROUNDS.items(), statuses, strict=True):
        rows["rounds"].append({"round": name, "first_year": first, "last_year": last, "status": status})
        rows["start_limits"].append({"round": name, "at_most": size.initiatives // 4, **SOURCED})
    rows["minimum_starts"] = [{"track": track, "at_least": 1, **SOURCED} for track in TRACKS]
    rows["duties"] = [{"initiative": "I001", "latest": FIRST_YEAR + 2, **SOURCED}]
    first_units = [row["unit"] for row in rows["units"]][:: max(1, size.units // 8)]
    for number, unit in enumerate(first_units, start=4):
        rows["running"].append(
            {
                "initiative": f"I{number:03d}",
                "unit": unit,
                "round": "R0",
                "start": 2025,
                "status": "assumed",
                **SOURCED,
            }
        )


def _risk(rows: Rows) -> None:
    rows["rounds"].insert(0, {"round": "R0", "first_year": 2025, "last_year": 2026, "status": "running"})
    rows["uncertainty"] = [
        {"kind": "effect", "distribution": "pert", **SOURCED},
        {
            "kind": "background",
            "distribution": "pert",
            "correlation_group": "grids",
            "correlation": 0.5,
            **SOURCED,
        },
        {"kind": "capex", "distribution": "lognormal", "low": 0.8, "mode": 1.0, "high": 1.6, **SOURCED},
    ]
    rows["delivery_risk"] = [{"slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.05, "unit_correlation": 0.3, **SOURCED}]
