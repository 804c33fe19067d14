"""Money and staff of every state of every option, year by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from rmscenario.money.discounting import annuity_amount, discount_factors
from rmscenario.options import OptionTable, deployed_effect, share_in_service
from rmscenario.options.deployment import FloatArray, IntArray
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

    def part(self, states: IntArray) -> MoneyTable:
        """The table of some states."""
        return MoneyTable(
            skills=self.skills,
            discount=self.discount,
            annuity=self.annuity[states],
            opex=self.opex[states],
            saving_cashable=self.saving_cashable[states],
            saving_avoided=self.saving_avoided[states],
            capex_outlay=self.capex_outlay[states],
            staff=self.staff[:, states],
        )


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


def _yearly(rows: list[Money], level: float, age: IntArray, following: FloatArray) -> FloatArray:
    """Opex or savings a year: rows without a year follow `following`, the others hold from their year on."""
    total: FloatArray = sum(row.amount for row in rows if row.year_since_start is None) * following
    profile = sorted((row.year_since_start, row.amount) for row in rows if row.year_since_start is not None)
    if profile:
        latest = np.searchsorted([year for year, _ in profile], age, side="right")
        amounts = np.asarray([0.0, *(amount for _, amount in profile)])
        total = total + np.where(following > 0, level * amounts[latest], 0.0)
    return total


def _staff(rows: list[Staff], skill: str, building: FloatArray, running: FloatArray) -> FloatArray:
    """FTE of one skill: while building the full number, while running in proportion to the share in service."""
    need = np.zeros(len(running))
    for row in rows:
        if row.skill == skill:
            need += row.fte * (building if row.phase is StaffPhase.BUILD else running)
    return need


def build_money(region: Region, table: OptionTable) -> MoneyTable:
    """Money and staff of every state of an option table, over its years, which include the evaluation period."""
    profiles = _Profiles(region, table.years)
    count = len(profiles.skills)
    amounts = np.zeros((5 + count, len(table.states), len(table.years)))
    for number, state in enumerate(table.states):
        option = table.options[state.option]
        if option.running is None:
            amounts[:, number] = option.share * profiles.full(option.initiative, state.level, state.start)
    return MoneyTable(
        skills=profiles.skills,
        discount=profiles.discount,
        annuity=amounts[0],
        capex_outlay=amounts[1],
        opex=amounts[2],
        saving_cashable=amounts[3],
        saving_avoided=amounts[4],
        staff=amounts[5:],
    )


class _Profiles:
    """Money and staff by year of whole initiatives, computed once per level and start."""

    def __init__(self, region: Region, years: IntArray) -> None:
        settings = region.settings
        self.years, self.first, self.end = years, settings.first_year, settings.end_year
        self.skills = tuple(row.skill for row in region.skills)
        self.money: dict[tuple[str, MoneyKind], list[Money]] = defaultdict(list)
        for money in region.money:
            self.money[money.initiative, money.kind].append(money)
        self.staff: dict[str, list[Staff]] = defaultdict(list)
        for need in region.staff:
            self.staff[need.initiative].append(need)
        longest = max((row.lifetime for row in region.initiatives), default=1)
        self.factors = discount_factors(settings.discount, self.end - self.first + longest + 2)
        inside = (years >= self.first) & (years <= self.end)
        self.discount = np.zeros(len(years))
        self.discount[inside] = self.factors[years[inside] - self.first + 1]
        self.known: dict[tuple[str, float, int], FloatArray] = {}

    def full(self, initiative: Initiative, level: float, start: int) -> FloatArray:
        """Annuity, outlay, opex, cashable and avoided savings, then staff by skill: array (5 + skill, year)."""
        key = (initiative.initiative, level, start)
        if key not in self.known:
            share = share_in_service(initiative, level, start, self.years)
            effect = deployed_effect(initiative, level, start, self.years)
            age = self.years - start
            building = np.where((age >= 0) & (age < initiative.ramp_years), level, 0.0)
            rows = {kind: self.money[initiative.initiative, kind] for kind in MoneyKind}
            annuity, outlay = self._capital(initiative, rows[MoneyKind.CAPEX], level, start)
            yearly = [
                _yearly(rows[kind], level, age, following)
                for kind, following in (
                    (MoneyKind.OPEX, share),
                    (MoneyKind.SAVING_CASHABLE, effect),
                    (MoneyKind.SAVING_AVOIDED, effect),
                )
            ]
            need = [_staff(self.staff[initiative.initiative], skill, building, share) for skill in self.skills]
            self.known[key] = np.stack([annuity, outlay, *yearly, *need])
        return self.known[key]

    def _capital(
        self, initiative: Initiative, rows: list[Money], level: float, start: int
    ) -> tuple[FloatArray, FloatArray]:
        """Annuities and outlay by year: array (year) each [DKK/a]."""
        annuity, outlay = np.zeros(len(self.years)), np.zeros(len(self.years))
        for age, amount in tranches(initiative, rows).items():
            life = initiative.lifetime if initiative.renew else initiative.lifetime - age
            last = self.end if initiative.renew else min(self.end, start + age)
            for bought in range(start + age, last + 1, initiative.lifetime):
                outlay[self.years == bought] += level * amount
                rate = annuity_amount(self.factors, bought - self.first, life)
                annuity[(self.years >= bought) & (self.years < bought + life)] += level * amount * rate
        return annuity, outlay
