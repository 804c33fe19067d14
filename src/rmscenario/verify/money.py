"""Money and staff of a plan's new starts, and what avoided quantities are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from rmscenario.region import Region
from rmscenario.region.initiatives import Initiative, Money
from rmscenario.region.vocabulary import MoneyKind, PriceKind, StaffPhase
from rmscenario.verify.amounts import Amounts, Inventory, Values, stream_name
from rmscenario.verify.choices import FOOTPRINT, Choice, share_in_service

ANNUITY, OPEX, OUTLAY = "annuity", "opex", "capex_outlay"
OWN_CASHABLE, OWN_AVOIDED = "saving_own_cashable", "saving_own_avoided"
METERED_CASHABLE, METERED_AVOIDED, CARBON_VALUE = "saving_metered_cashable", "saving_metered_avoided", "carbon_value"
METERED = {
    PriceKind.SAVING_CASHABLE: METERED_CASHABLE,
    PriceKind.SAVING_AVOIDED: METERED_AVOIDED,
    PriceKind.CARBON_VALUE: CARBON_VALUE,
}


def discount_factors(region: Region, last: int) -> dict[int, float]:
    """Discount factors d of payments at the ends of the years up to `last`, Eq. (9) [1].

    The year before the first stands for the start of the period.
    """
    first = region.settings.first_year
    steps = sorted(region.settings.discount, key=lambda step: step.from_year)
    factors = {first - 1: 1.0}
    for year in range(first, last + 1):
        number = year - first + 1
        rate = next((step.rate for step in reversed(steps) if step.from_year <= number), steps[0].rate)
        factors[year] = factors[year - 1] / (1.0 + rate)
    return factors


def annuity(discount: Mapping[int, float], amount: float, bought: int, lifetime: int) -> float:
    """Yearly payment for an amount bought at the start of a year, with the schedule's own rates, Eq. (7) [DKK/a]."""
    return amount * discount[bought - 1] / fsum(discount[bought + n] for n in range(lifetime))


def tranches(initiative: Initiative, rows: Sequence[Money]) -> list[tuple[int, float]]:
    """(year since the start, amount) of the capital of a full initiative, first purchases only, Eq. (5) [DKK]."""
    found = []
    for row in rows:
        if row.year_since_start is None:
            found += [(year, row.amount / initiative.ramp_years) for year in range(initiative.ramp_years)]
        else:
            found.append((row.year_since_start, row.amount))
    return [(year, amount) for year, amount in found if initiative.renew or year < initiative.lifetime]


def option_money(
    region: Region, choice: Choice, rows: Sequence[Money], years: Sequence[int], discount: Mapping[int, float]
) -> dict[str, Values]:
    """Yearly money of a new start, Eqs. (5)–(7).

    Parameters
    ----------
    rows : the money rows of its initiative

    Returns
    -------
    dict of annuity, opex, outlay and own savings, each over the years [DKK/a]
    """
    assert choice.state is not None
    level, start = choice.state
    initiative, end = choice.initiative, region.settings.end_year
    annuities: dict[int, list[float]] = {year: [] for year in years}
    outlay: dict[int, list[float]] = {year: [] for year in years}
    for since, full in tranches(initiative, [row for row in rows if row.kind is MoneyKind.CAPEX]):
        amount = full * choice.share * level
        life = initiative.lifetime if initiative.renew else initiative.lifetime - since
        renewals = range(start + since, end + 1, initiative.lifetime) if initiative.renew else (start + since,)
        for bought in renewals:
            if bought not in outlay or bought < region.settings.first_year:
                continue
            outlay[bought].append(amount)
            paid = annuity(discount, amount, bought, life)
            for year in range(bought, min(bought + life, end + 1)):
                annuities[year].append(paid)
    in_service, deployed = choice.in_service(years), choice.deployed(years)

    def yearly(kind: MoneyKind, follows: Values) -> Values:
        of_kind = [row for row in rows if row.kind is kind]
        dated = sorted((row.year_since_start, row.amount) for row in of_kind if row.year_since_start is not None)
        values = []
        for year, share, served in zip(years, follows, in_service, strict=True):
            terms = [row.amount * share for row in of_kind if row.year_since_start is None]
            if served > 0.0:
                terms += [amount * level for since, amount in dated if since <= year - start][-1:]
            values.append(choice.share * fsum(terms))
        return tuple(values)

    return {
        ANNUITY: tuple(fsum(annuities[year]) for year in years),
        OUTLAY: tuple(fsum(outlay[year]) for year in years),
        OPEX: yearly(MoneyKind.OPEX, in_service),
        OWN_CASHABLE: yearly(MoneyKind.SAVING_CASHABLE, deployed),
        OWN_AVOIDED: yearly(MoneyKind.SAVING_AVOIDED, deployed),
    }


def option_staff(region: Region, choice: Choice, years: Sequence[int]) -> dict[str, Values]:
    """Staff a new start needs by skill and year, the terms of Eq. (16) [FTE]."""
    assert choice.state is not None
    level, start = choice.state
    need: dict[str, Values] = {}
    for skill in dict.fromkeys(row.skill for row in region.staff if row.initiative == choice.initiative.initiative):
        rows = [r for r in region.staff if r.initiative == choice.initiative.initiative and r.skill == skill]
        values = []
        for year in years:
            building = level if 0 <= year - start < choice.initiative.ramp_years else 0.0
            serving = share_in_service(choice.initiative, level, start, year)
            values.append(
                choice.share * fsum(r.fte * (building if r.phase is StaffPhase.BUILD else serving) for r in rows)
            )
        need[skill] = tuple(values)
    return need


def price_curve(region: Region, kind: PriceKind, quantity: str, category: str, years: Sequence[int]) -> Values:
    """Price of an avoided unit in each year, Eq. (8) [DKK per unit]; 0 before the first row and before the period."""
    rows = [row for row in region.prices if row.kind is kind and row.quantity == quantity]
    own = [row for row in rows if row.category == category]
    used = sorted(own or [row for row in rows if row.category is None], key=lambda row: row.year)
    return tuple(
        next((row.price for row in reversed(used) if row.year <= year), 0.0)
        if year >= region.settings.first_year
        else 0.0
        for year in years
    )


def metered(
    region: Region, stock: Inventory, background: Amounts, planned: Amounts, years: Sequence[int]
) -> tuple[dict[tuple[str, str], Values], dict[str, Values]]:
    """What the avoided quantities are worth, Eq. (8).

    Returns
    -------
    dict of (kind, source): value over the years [DKK/a]
    dict of kind: sum of the absolute values of the terms, over the years [DKK/a]
    """
    values: dict[tuple[str, str], Values] = {}
    sizes: dict[str, Values] = {}
    quantities = dict.fromkeys(row.quantity for row in region.prices)
    for kind, name in METERED.items():
        curves = {
            (quantity, category): price_curve(region, kind, quantity, category, years)
            for quantity in quantities
            for category in dict.fromkeys(category for _, category in stock.sources.values())
        }
        absolute: list[list[float]] = [[] for _ in years]
        for source, (_, category) in stock.sources.items():
            terms: list[list[float]] = [[] for _ in years]
            for quantity in quantities:
                at = stream_name(quantity, region.settings.account if quantity == FOOTPRINT else None), source
                if at not in planned:
                    continue
                curve = curves[quantity, category]
                for number, (before, after) in enumerate(zip(background[at], planned[at], strict=True)):
                    if curve[number] != 0.0 and before != after:
                        terms[number].append(curve[number] * (before - after))
            values[name, source] = tuple(fsum(term) for term in terms)
            for number, term in enumerate(terms):
                absolute[number] += [abs(value) for value in term]
        sizes[name] = tuple(fsum(term) for term in absolute)
    return values, sizes
