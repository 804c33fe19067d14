"""Tonnes of a region by plain sums over its rows: no arrays, no options, nothing shared with the package's formulas."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from rmscenario.region import Region
from rmscenario.region.initiatives import Effect, Initiative

FOOTPRINT = "co2e"


def start_of(region: Region, initiative: Initiative, lag: int) -> int:
    """Earliest new start; what needs another initiative waits `lag` years longer."""
    waits = any(row.initiative == initiative.initiative for row in region.prerequisites)
    return max(initiative.earliest, region.settings.first_year) + (lag if waits else 0)


def in_service(initiative: Initiative, start: int, year: int, *, renewed: bool = True) -> float:
    """Share in service: ramp-up, and the end of life where nothing is renewed."""
    age = year - start
    if age < 0 or (not renewed and age >= initiative.lifetime):
        return 0.0
    return min(1.0, (age + 1) / initiative.ramp_years)


def tonnes(
    region: Region,
    year: int,
    *,
    initiatives: Collection[str] | None = None,
    renewed: bool = True,
    lag: int = 0,
) -> dict[str, float]:
    """Tonnes by group in a year when these initiatives (all of them) start as early as they can everywhere.

    Location-based, most likely values, without running initiatives, lift by enablers or decay.
    """
    by_name = {row.initiative: row for row in region.initiatives}
    base = {(row.unit, row.category): row.value for row in region.sources if row.quantity == FOOTPRINT}
    background = {row.category: row.mode for row in region.background if row.quantity == FOOTPRINT and row.year == year}
    weights = {(row.category, row.segment): row.weight for row in region.segments}
    left: dict[str, float] = {row.group: 0.0 for row in region.categories}
    for category in region.categories:
        parts = {segment: weight for (owner, segment), weight in weights.items() if owner == category.category}
        rest = 1.0 - sum(parts.values())
        for unit in region.units:
            source = (unit.unit, category.category)
            shares = {None: 1.0, **dict.fromkeys(parts, 1.0)}
            for effect, share in _shares(region, base, source):
                if initiatives is not None and effect.initiative not in initiatives:
                    continue
                initiative = by_name[effect.initiative]
                service = in_service(initiative, start_of(region, initiative, lag), year, renewed=renewed)
                weight = weights.get((category.category, effect.segment), 1.0) if effect.segment else 1.0
                shares[effect.segment] *= 1.0 - share / weight * service
            inside = rest + sum(weight * shares[segment] for segment, weight in parts.items())
            left[category.group] += base[source] * background[category.category] * shares[None] * inside
    return left


def _shares(
    region: Region, base: dict[tuple[str, str], float], source: tuple[str, str]
) -> Iterator[tuple[Effect, float]]:
    """Effects on a source with the share of it they remove; once for each unit that carries the initiative out."""
    unit, category = source
    for effect in region.effects:
        if effect.category != category or effect.on not in ("activity", FOOTPRINT) or effect.account is not None:
            continue
        carriers = [row for row in region.delivery if row.initiative == effect.initiative]
        reached = {row.acts_on for row in carriers}
        amount = math.fsum(base[other, category] for other in reached)
        here = [row for row in carriers if row.acts_on == unit]
        if amount == 0.0:
            continue
        whole = math.fsum(value for (_, other), value in base.items() if other == category)
        for _ in here:
            yield effect, min(1.0, effect.mode * whole / amount) / len(here)
