"""A plan recomputed from the tables alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.initiatives import Money
from rmscenario.verify.amounts import Amounts, OptionKey, Values, amounts, inventory, lifted, stream_name
from rmscenario.verify.choices import FOOTPRINT, choices
from rmscenario.verify.limit_row import Books, LimitRow
from rmscenario.verify.limits import all_limits
from rmscenario.verify.money import (
    ANNUITY,
    CARBON_VALUE,
    METERED_AVOIDED,
    METERED_CASHABLE,
    OPEX,
    OWN_AVOIDED,
    OWN_CASHABLE,
    discount_factors,
    metered,
    option_money,
    option_staff,
)
from rmscenario.verify.targets import TargetCheck, check_targets

#: Sign of each yearly part in the net cost of Eq. (7).
COST_SIGNS = {
    ANNUITY: 1.0,
    OPEX: 1.0,
    OWN_CASHABLE: -1.0,
    OWN_AVOIDED: -1.0,
    METERED_CASHABLE: -1.0,
    METERED_AVOIDED: -1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """Every figure of a plan, recomputed. All values are over `years` (base year … end year).

    Attributes
    ----------
    footprint : str
        The stream that tonnes are reported in: CO2e in the region's account.
    quantities, on_paper, background, bare : dict of (stream, source) [the stream's unit]
        Of the plan, of the plan as the accounts show it, Eq. (32), of the running initiatives alone, and without any initiative, Eq. (1).
    sizes : dict of (stream, source) [the stream's unit]
        Sums of the absolute values of the terms of Eq. (1).
    targets : dict of target
    in_service : dict of option [1]
    money : dict of (part, option or source) [DKK/a]
        Parts of Eqs. (5)–(8): annuity, opex, capex_outlay, saving_own_…, saving_metered_…, carbon_value.
    money_sizes : dict of part [DKK/a]
        Sums of the absolute values of a part's terms.
    staff : dict of (option, skill) [FTE]
    discount : dict of year [1]
    cost : Values [DKK/a]
        Net cost C of Eq. (7), 0 before the period.
    npv, npv_size : float [DKK]
        Eq. (9), and the discounted sum of the absolute cost terms.
    priced_objective : float [DKK]
        Eq. (11).
    limits : rows of Eq. (10) for the targets that the plan must keep at the modes, and of Eqs. (13)–(21)
    """

    years: tuple[int, ...]
    footprint: str
    quantities: Amounts
    on_paper: Amounts
    background: Amounts
    bare: Amounts
    sizes: Amounts
    targets: dict[str, TargetCheck]
    in_service: dict[str, Values]
    money: dict[tuple[str, str], Values]
    money_sizes: dict[str, Values]
    staff: dict[tuple[str, str], Values]
    discount: dict[int, float]
    cost: Values
    npv: float
    npv_size: float
    priced_objective: float
    limits: tuple[LimitRow, ...]

    def quantity(self, stream: str, source: str, year: int) -> float:
        """One quantity of the plan [the stream's unit]."""
        return self.quantities[stream, source][self.years.index(year)]

    def total(self, stream: str, year: int) -> float:
        """A quantity of the plan over all sources [the stream's unit]."""
        number = self.years.index(year)
        return fsum(values[number] for (name, _), values in self.quantities.items() if name == stream)

    def amount(self, part: str, year: int) -> float:
        """A part of the money over all options or sources [DKK/a]."""
        number = self.years.index(year)
        return fsum(values[number] for (name, _), values in self.money.items() if name == part)


def broken(recomputed: Recomputed) -> tuple[LimitRow, ...]:
    """The limits that the plan does not keep."""
    return tuple(row for row in recomputed.limits if not row.kept)


def recompute(region: Region, plan: Plan, kept_at_modes: Collection[str] | None = None) -> Recomputed:
    """Recompute every quantity, cost and limit of a plan from the tables, in plain Python.

    A plan that breaks rules is recomputed as far as it can be (of several starts of one option the first counts, a
    running option stays as it runs, starts of no option count nothing); `broken` tells which rules.

    Parameters
    ----------
    kept_at_modes : collection of ids, optional
        Targets whose caps are limits with every input at its mode; None: the hard ones.
    """
    settings = region.settings
    years = tuple(range(settings.base_year, settings.end_year + 1))
    chosen, unknown = choices(region, plan)
    stock = inventory(region, chosen, years)
    started = {choice.key: choice for choice in chosen if choice.state is not None}
    worlds = []
    for keys in (set(started), {key for key, choice in started.items() if choice.running is not None}, set()):
        deployed = {key: choice.deployed(years) for key, choice in started.items() if key in keys}
        worlds.append(amounts(stock, deployed, lifted(region, chosen, deployed), len(years)))
    (planned, sizes), (background, _), (bare, _) = worlds
    everything = {key: choice.deployed(years) for key, choice in started.items()}
    paper = inventory(region, chosen, years, on_paper=True)
    shown, _ = amounts(paper, everything, lifted(region, chosen, everything), len(years))

    longest = max((row.lifetime for row in region.initiatives), default=1)
    discount = discount_factors(region, settings.end_year + longest)
    rows: dict[str, list[Money]] = defaultdict(list)
    for row in region.money:
        rows[row.initiative].append(row)
    new = [choice for choice in chosen if choice.new]
    option_parts = {
        (part, choice.key): values
        for choice in new
        for part, values in option_money(region, choice, rows[choice.initiative.initiative], years, discount).items()
    }
    staff = {
        (choice.key, skill): values for choice in new for skill, values in option_staff(region, choice, years).items()
    }
    worth, worth_sizes = metered(region, stock, background, planned, years)
    if kept_at_modes is None:
        kept_at_modes = {target.target for target in region.active_targets if target.hard}
    targets = check_targets(region, years, planned=planned, shown=shown, background=background, sizes=sizes)
    money = {(part, f"{key[0]}:{key[1]}"): values for (part, key), values in option_parts.items()} | worth
    money_sizes = _absolute(option_parts, years) | worth_sizes
    cost = tuple(
        fsum(COST_SIGNS[part] * values[number] for (part, _), values in money.items() if part in COST_SIGNS)
        if year >= settings.first_year
        else 0.0
        for number, year in enumerate(years)
    )

    def present(values: Values) -> float:
        """Present value over the period."""
        return fsum(discount[t] * value for t, value in zip(years, values, strict=True) if t >= settings.first_year)

    npv = present(cost)
    credit = fsum(present(values) for (part, _), values in money.items() if part == CARBON_VALUE)
    paid = fsum(
        check.target.shortfall_price * present(check.shortfall)
        for check in targets.values()
        if check.target.shortfall_price is not None and not check.target.hard
    )
    return Recomputed(
        years=years,
        footprint=stream_name(FOOTPRINT, settings.account),
        quantities=planned,
        on_paper=shown,
        background=background,
        bare=bare,
        sizes=sizes,
        targets=targets,
        in_service={choice.label: choice.in_service(years) for choice in chosen},
        money=money,
        money_sizes=money_sizes,
        staff={(f"{key[0]}:{key[1]}", skill): values for (key, skill), values in staff.items()},
        discount=discount,
        cost=cost,
        npv=npv,
        npv_size=fsum(present(money_sizes[part]) for part in COST_SIGNS if part in money_sizes),
        priced_objective=fsum([npv, -credit, paid]),
        limits=all_limits(
            Books(
                region=region,
                years=years,
                choices=chosen,
                unknown=unknown,
                money=option_parts,
                staff=staff,
                targets=targets,
                kept_at_modes=kept_at_modes,
            )
        ),
    )


def _absolute(parts: Mapping[tuple[str, OptionKey], Values], years: Sequence[int]) -> dict[str, Values]:
    """Sums of the absolute values of each part over the options, by year."""
    columns: dict[str, list[Values]] = defaultdict(list)
    for (part, _), values in parts.items():
        columns[part].append(values)
    return {
        part: tuple(fsum(abs(values[number]) for values in several) for number in range(len(years)))
        for part, several in columns.items()
    }
