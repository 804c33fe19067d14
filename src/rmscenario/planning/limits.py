"""The bulk rows of the master as arrays: money, staff, new starts and shares of outlay."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.money import MoneyTable
from rmscenario.options import OptionTable
from rmscenario.options.options import start_years
from rmscenario.planning.rows import INFINITY, Rows, upper_rows
from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind

#: [DKK] Money rows are kept in millions, so that their coefficients stay near those of the logic rows.
MILLION = 1e6


def _counted(table: OptionTable, unit: str | None) -> npt.NDArray[np.bool_]:
    """States that a row counts: all, or those of the options a unit carries; running options cost nothing."""
    option = np.asarray([o.running is None and (unit is None or o.unit == unit) for o in table.options], dtype=bool)
    counted: npt.NDArray[np.bool_] = option[table.state_option]
    return counted


def money_rows(region: Region, table: OptionTable, money: MoneyTable, columns: int) -> Rows:
    """Budgets by kind, unit and year, Eq. (15) [million DKK]."""
    outlay = {MoneyKind.CAPEX: money.capex_outlay, MoneyKind.OPEX: money.opex}
    position = {int(year): number for number, year in enumerate(table.years)}
    entries = [
        (
            f"{row.kind} {row.unit or 'region'} {row.year}",
            np.where(_counted(table, row.unit), outlay[row.kind][:, position[row.year]], 0.0) / MILLION,
            row.amount / MILLION,
        )
        for row in region.budgets
        if row.year in position
    ]
    return upper_rows(15, columns, entries)


def staff_rows(region: Region, table: OptionTable, money: MoneyTable, columns: int) -> Rows:
    """Staff by skill, unit and year, Eq. (16) [FTE]."""
    position = {int(year): number for number, year in enumerate(table.years)}
    entries = [
        (
            f"{row.skill} {row.unit or 'region'} {row.year}",
            np.where(_counted(table, row.unit), money.staff[money.skills.index(row.skill), :, position[row.year]], 0.0),
            row.fte,
        )
        for row in region.staff_capacity
        if row.year in position
    ]
    return upper_rows(16, columns, entries)


def start_rows(region: Region, table: OptionTable, columns: int) -> Rows:
    """New starts by unit and round, Eq. (17); group-wide options count for no unit."""
    start = np.asarray([state.start for state in table.states], dtype=np.int64)
    of_unit: dict[str, list[int]] = defaultdict(list)
    for number, option in enumerate(table.options):
        if option.running is None and not option.group_wide:
            of_unit[option.unit] += table.state_range(number)
    years = {row.round: (row.first_year, row.last_year) for row in region.rounds}
    named = {(row.round, row.unit) for row in region.start_limits if row.unit is not None}
    labels: list[str] = []
    counted: list[npt.NDArray[np.int64]] = []
    limits: list[float] = []
    for row in region.start_limits:
        first, last = years[row.round]
        others = [unit.unit for unit in region.units if (row.round, unit.unit) not in named]
        for unit in others if row.unit is None else [row.unit]:
            states = np.asarray(of_unit[unit], dtype=np.int64)
            labels.append(f"{unit} {row.round}")
            counted.append(states[(start[states] >= first) & (start[states] <= last)])
            limits.append(float(row.at_most))
    ends = np.cumsum([0, *(len(states) for states in counted)])
    indices = np.concatenate([np.zeros(0, dtype=np.int64), *counted])
    return Rows(
        equation=17,
        labels=tuple(labels),
        matrix=sparse.csr_array((np.ones(len(indices)), indices, ends), shape=(len(labels), columns)),
        lower=np.full(len(labels), -INFINITY),
        upper=np.asarray(limits, dtype=np.float64),
    )


def share_rows(region: Region, table: OptionTable, money: MoneyTable, columns: int) -> Rows:
    """Caps on a unit's share of the gross outlay of the years in which starts are allowed, Eq. (21) [million DKK]."""
    allowed = {year for initiative in region.initiatives for year in start_years(region, initiative)}
    inside = np.isin(table.years, sorted(allowed))
    outlay = (money.capex_outlay + money.opex)[:, inside].sum(axis=1) / MILLION
    everyone = np.where(_counted(table, None), outlay, 0.0)
    entries = [
        (f"{row.unit}", np.where(_counted(table, row.unit), outlay, 0.0) - row.max_share * everyone, 0.0)
        for row in region.outlay_shares
    ]
    return upper_rows(21, columns, entries)


def limit_rows(region: Region, table: OptionTable, money: MoneyTable, columns: int) -> tuple[Rows, ...]:
    """All bulk families."""
    return (
        money_rows(region, table, money, columns),
        staff_rows(region, table, money, columns),
        start_rows(region, table, columns),
        share_rows(region, table, money, columns),
    )
