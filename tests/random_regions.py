"""Random small regions and plans, for tests that hold over all of them: every feature of the formulation may occur."""

from __future__ import annotations

from random import Random
from typing import Any

from rmscenario.plan import Plan, Start
from rmscenario.region import Region
from tests.regions import region

UNITS = ("A", "B", "C")
CATEGORIES = ("el", "gas", "food")
NAMES = ("I1", "I2", "I3", "I4", "I5", "I6")


def random_region(seed: int) -> Region:
    """A region of two or three units and up to six initiatives, with running ones, enablers, segments and prices."""
    dice = Random(seed)
    units, names = UNITS[: dice.randint(2, 3)], NAMES[: dice.randint(2, 6)]
    initiatives = [_initiative(dice, name) for name in names]
    delivery = [row for item in initiatives for row in _delivery(dice, item, units)]
    running = [
        (name, unit, dice.randint(2022, 2026), dice.choice([0.5, 1.0]))
        for name, unit in dict.fromkeys((name, unit) for name, unit, _ in delivery)
        if dice.random() < 0.15
    ]
    weights = {category: (dice.uniform(0.1, 0.4), dice.uniform(0.1, 0.4)) for category in CATEGORIES}
    return region(
        settings={
            "first_year": 2027,
            "end_year": dice.choice([2032, 2036, 2066]),
            "discount": ((1, 0.035), (dice.choice([4, 36]), 0.025)),
        },
        units=[(unit, dice.uniform(10.0, 500.0)) for unit in units],
        accounts=["main", ("market", 1.3)],
        boundaries=["all", ("el", None, "el"), ("A", "A", None)],
        sources=_sources(dice, units),
        segments=[
            (category, f"{category}{number}", weight)
            for category in CATEGORIES
            if dice.random() < 0.5
            for number, weight in enumerate(weights[category])
        ],
        background=[
            (category, year, dice.uniform(0.4, 1.1), quantity)
            for category in CATEGORIES
            for quantity in ("co2e", "energy")
            for year in (2028, 2031)
            if dice.random() < 0.5
        ],
        initiatives=initiatives,
        delivery=delivery,
        levels=[(name, level) for name in names if dice.random() < 0.3 for level in (0.4, 1.0)],
        effects=_effects(dice, names, weights),
        money=[row for name in names for row in _money(dice, name)],
        prices=_prices(dice),
        staff=[
            (name, skill, phase, dice.uniform(0.1, 3.0))
            for name in names
            for skill in ("eng", "chef")
            for phase in ("build", "run")
            if dice.random() < 0.4
        ],
        enablers=[
            (one, other, dice.uniform(0.0, 0.5))
            for one in names
            for other in names
            if one != other and dice.random() < 0.15
        ],
        running=running,
        targets=_targets(dice),
    )


def random_plan(model: Region, seed: int) -> Plan:
    """Random starts in allowed years and levels, at most one per option that does not run."""
    dice = Random(seed)
    levels: dict[str, list[float]] = {}
    for row in model.levels:
        levels.setdefault(row.initiative, []).append(row.level)
    running = {(row.initiative, row.unit) for row in model.running}
    options = dict.fromkeys((row.initiative, row.unit) for row in model.delivery)
    return Plan(
        starts=tuple(
            Start(
                initiative=name,
                unit=unit,
                level=dice.choice(levels.get(name, [1.0])),
                start=dice.randint(model.settings.first_year, model.settings.last_start),
            )
            for name, unit in options
            if (name, unit) not in running and dice.random() < 0.7
        )
    )


def _initiative(dice: Random, name: str) -> dict[str, Any]:
    return {
        "initiative": name,
        "delivery": "group" if dice.random() < 0.25 else "unit",
        "lifetime": dice.choice([1, 2, 3, 5, 20]),
        "renew": dice.random() < 0.7,
        "ramp_years": dice.randint(1, 4),
        "half_life": dice.choice([None, None, 1.5, 6.0]),
    }


def _delivery(dice: Random, initiative: dict[str, Any], units: tuple[str, ...]) -> list[tuple[str, str, str]]:
    name = initiative["initiative"]
    if initiative["delivery"] == "group":
        return [(name, units[0], unit) for unit in units]
    if dice.random() < 0.2:  # several carriers act on one unit's sources
        return [(name, unit, units[-1]) for unit in units]
    chosen = [unit for unit in units if dice.random() < 0.8] or [units[0]]
    return [(name, unit, unit) for unit in chosen]


def _sources(dice: Random, units: tuple[str, ...]) -> list[tuple[str, str, float, str]]:
    return [
        (unit, category, dice.choice([0.0, dice.uniform(1.0, 1000.0), dice.uniform(1.0, 1000.0)]), quantity)
        for unit in units
        for category in CATEGORIES
        for quantity in ("co2e", "energy")
        if quantity == "co2e" or dice.random() < 0.5
    ]


def _effects(dice: Random, names: tuple[str, ...], weights: dict[str, tuple[float, float]]) -> list[dict[str, Any]]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for name in names:
        for _ in range(dice.randint(0, 3)):
            category, basis = dice.choice(CATEGORIES), dice.choice(["source", "source", "region", "absolute"])
            on = dice.choice(["co2e", "energy"] if basis == "absolute" else ["activity", "co2e", "energy"])
            mode = dice.choice([1.0, dice.uniform(0.05, 0.6), dice.uniform(0.05, 0.6), -0.2])
            segment = None
            if basis == "source" and dice.random() < 0.4:
                number = dice.randint(0, 1)
                segment, mode = f"{category}{number}", min(mode, weights[category][number])
            elif basis == "absolute":
                mode = dice.uniform(-20.0, 5.0)
            account = "market" if on != "energy" and dice.random() < 0.2 else None
            rows[name, category, segment, on, account] = {
                "initiative": name,
                "category": category,
                "segment": segment,
                "on": on,
                "account": account,
                "basis": basis,
                "mode": mode,
            }
    return list(rows.values())


def _money(dice: Random, name: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for kind in ("capex", "opex", "saving_cashable", "saving_avoided"):
        form = dice.choice(["none", "ramp", "ramp", "dated", "both"])
        if form in ("ramp", "both"):
            rows.append((name, kind, dice.uniform(0.0, 1e6)))
        if form in ("dated", "both"):
            rows += [(name, kind, dice.uniform(0.0, 1e6), since) for since in sorted(dice.sample(range(7), 2))]
    return rows


def _prices(dice: Random) -> list[tuple[Any, ...]]:
    return [
        (quantity, kind, dice.uniform(0.0, 2000.0), category, year)
        for quantity in ("co2e", "energy")
        for kind in ("saving_cashable", "saving_avoided", "carbon_value")
        for category in (None, "el")
        for year in (2026, 2030)
        if dice.random() < 0.4
    ]


def _targets(dice: Random) -> list[dict[str, Any]]:
    return [
        {
            "target": f"T{number}",
            "quantity": quantity,
            "boundary": dice.choice(["all", "el", "A"]),
            "account": dice.choice(["main", "market"]),
            "form": dice.choice(["from", "from", "cumulative"]),
            "year": dice.randint(2027, 2031),
            "until": dice.choice([None, None, 2032]),
            "shortfall_price": dice.choice([None, 1500.0]),
        }
        | ({"reduction": dice.uniform(0.1, 0.9)} if dice.random() < 0.7 else {"level": dice.uniform(0.0, 2000.0)})
        for number, quantity in enumerate(["co2e", "co2e", "co2e", "energy"])
    ]
