"""Money and staff of every state of every option, year by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from rmscenario.money.discounting import annuity_amount, discount_factors
from rmscenario.options import OptionTable
from rmscenario.options.deployment import FloatArray
from rmscenario.region import Region
from rmscenario.region.initiatives import Initiative, Money, Staff
from rmscenario.region.vocabulary import MoneyKind, StaffPhase


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTable:
    """Money and staff per state; states of running options cost nothing in a plan.

    Attributes
    ----------
    discount : array (year) [1]
        Factor of a payment at the end of each year.
    annuity, opex, saving_cashable, saving_avoided : array (state, year) [DKK/a]
    capex_outlay : array (state, year) [DKK]
        Paid in the year, renewals included.
    staff : array (skill, state, year) [FTE]
    """

    skills: tuple[str, ...]
    discount: FloatArray
    annuity: FloatArray
    opex: FloatArray
    saving_cashable: FloatArray
    saving_avoided: FloatArray
    capex_outlay: FloatArray
    staff: FloatArray

    @property
    def net(self) -> FloatArray:
        """Yearly cost without metered savings, Eq. (7): array (state, year) [DKK/a]."""
        return self.annuity + self.opex - self.saving_cashable - self.saving_avoided


def tranches(initiative: Initiative, rows: list[Money]) -> dict[int, float]:
    """Capital bought in each year after the start, of the full initiative, Eq. (5) [DKK]."""
    bought: dict[int, float] = defaultdict(float)
    for row in rows:
        if row.year_since_start is None:
            for year in range(initiative.ramp_years):
                bought[year] += row.amount / initiative.ramp_years
        else:
            bought[row.year_since_start] += row.amount
    return {year: amount for year, amount in bought.items() if initiative.renew or year < initiative.lifetime}


def _yearly(rows: list[Money], level: float, start: int, following: FloatArray, years: np.ndarray) -> FloatArray:
    """Opex or savings a year: rows without a year follow `following`, the others hold from their year on."""
    total = np.zeros(len(years))
    profile = sorted((row.year_since_start, row.amount) for row in rows if row.year_since_start is not None)
    total += sum(row.amount for row in rows if row.year_since_start is None) * following
    if profile:
        age = years - start
        position = np.searchsorted([year for year, _ in profile], age, side="right") - 1
        amounts = np.asarray([0.0, *(amount for _, amount in profile)])
        total += np.where(following > 0, level * amounts[position + 1], 0.0)
    return total


def _staff(rows: list[Staff], skill: str, building: FloatArray, running: FloatArray) -> FloatArray:
    """FTE of one skill: while building the full number, while running in proportion to the share in service."""
    need = np.zeros(len(running))
    for row in rows:
        if row.skill == skill:
            need += row.fte * (building if row.phase is StaffPhase.BUILD else running)
    return need


def build_money(region: Region, table: OptionTable) -> MoneyTable:
    """Money and staff of every state of an option table, over its years.

    The table's years must start with the period's first year.
    """
    years = table.years
    first = region.settings.first_year
    horizon = region.settings.end_year - first + 1
    rows: dict[str, list[Money]] = defaultdict(list)
    for money in region.money:
        rows[money.initiative].append(money)
    staff_rows: dict[str, list[Staff]] = defaultdict(list)
    for need in region.staff:
        staff_rows[need.initiative].append(need)
    longest = max((row.lifetime for row in region.initiatives), default=1)
    factors = discount_factors(region.settings.discount, horizon + longest + 1)
    skills = tuple(row.skill for row in region.skills)

    shape = (len(table.states), len(years))
    annuity, outlay = np.zeros(shape), np.zeros(shape)
    opex, cashable, avoided = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    staff = np.zeros((len(skills), *shape))
    for number, state in enumerate(table.states):
        option = table.options[state.option]
        if option.running is not None:
            continue
        initiative = option.initiative
        of_kind = {kind: [r for r in rows[initiative.initiative] if r.kind is kind] for kind in MoneyKind}
        age = years - state.start
        for year, amount in tranches(initiative, of_kind[MoneyKind.CAPEX]).items():
            life = initiative.lifetime if initiative.renew else initiative.lifetime - year
            bought = state.start + year
            while bought <= region.settings.end_year:
                paid = state.level * option.share * amount
                if bought >= years[0]:
                    outlay[number, bought - years[0]] += paid
                rate = annuity_amount(factors, bought - first, life)
                annuity[number, (years >= bought) & (years < bought + life)] += paid * rate
                bought += initiative.lifetime
                if not initiative.renew:
                    break
        share, effect = table.in_service[number], table.effect[number]
        building = np.where((age >= 0) & (age < initiative.ramp_years), state.level, 0.0)
        opex[number] = option.share * _yearly(of_kind[MoneyKind.OPEX], state.level, state.start, share, years)
        cashable[number] = option.share * _yearly(
            of_kind[MoneyKind.SAVING_CASHABLE], state.level, state.start, effect, years
        )
        avoided[number] = option.share * _yearly(
            of_kind[MoneyKind.SAVING_AVOIDED], state.level, state.start, effect, years
        )
        for position, skill in enumerate(skills):
            staff[position, number] = option.share * _staff(staff_rows[initiative.initiative], skill, building, share)
    discount = np.zeros(len(years))
    inside = (years >= first) & (years <= region.settings.end_year)
    discount[inside] = factors[years[inside] - first + 1]
    return MoneyTable(
        skills=skills,
        discount=discount,
        annuity=annuity,
        opex=opex,
        saving_cashable=cashable,
        saving_avoided=avoided,
        capex_outlay=outlay,
        staff=staff,
    )
