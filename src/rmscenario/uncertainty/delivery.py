"""The ways in which a start can come, and what of its effect and its money comes then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from rmscenario.options import OptionTable, State, deployed_effect
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.region import Region
from rmscenario.region.risk import DeliveryRisk


class Delivered(IntEnum):
    """How an option's start comes, in the order of what is lost: the worse a common factor, the further down.

    A slip costs one or two years of a lifetime and nothing afterwards, partial uptake a part of every year, and a start
    that never comes is lost whole.
    """

    ON_TIME = 0
    ONE_LATE = 1
    TWO_LATE = 2
    PARTIAL = 3
    NEVER = 4


#: [a] How late a start comes, by `Delivered`.
SLIP: IntArray = np.asarray([0, 1, 2, 0, 0], dtype=np.int64)
SLIP.flags.writeable = False
#: [1] Share of a start's outlay, running costs and staff that is spent, by `Delivered`: what is taken up in part has been
#: bought and manned as agreed.
SPENT: FloatArray = np.asarray([1.0, 1.0, 1.0, 1.0, 0.0])
SPENT.flags.writeable = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionWays:
    """What comes of each option in each way that its start can come; of running options everything has come.

    Attributes
    ----------
    slip : array (option, delivered) [a]
    uptake : array (option, delivered) [1]
        Share of the deployed effect, Eq. (4), and of own savings.
    spent : array (option, delivered) [1]
        Share of outlay, running costs and staff.
    """

    slip: IntArray
    uptake: FloatArray
    spent: FloatArray

    def effect(self, table: OptionTable, state: State, years: IntArray) -> FloatArray:
        """Deployed effect of a state in each way its start can come, Eq. (4): array (delivered, year) [1]."""
        slips, way = np.unique(self.slip[state.option], return_inverse=True)
        initiative = table.options[state.option].initiative
        late = [deployed_effect(initiative, state.level, state.start + slip, years) for slip in slips.tolist()]
        effect: FloatArray = self.uptake[state.option][:, None] * np.stack(late)[way]
        return effect

    def effects(self, table: OptionTable, year: int) -> FloatArray:
        """Deployed effect of every state in a year in each way its start can come, Eq. (4): array (delivered, state) [1].

        A start has its effect by its age alone: late, it has what it would have had as many years before.
        """
        place = year - int(table.years[0]) - self.slip[table.state_option].T
        on_time = table.effect[np.arange(len(table.states)), np.maximum(place, 0)]
        found: FloatArray = self.uptake[table.state_option].T * on_time
        for number in np.flatnonzero((place < 0).any(axis=0)).tolist():  # of years that the table does not have
            found[:, number] = self.effect(table, table.states[number], np.asarray([year]))[:, 0]
        return found


def delivery_rows(region: Region, table: OptionTable) -> tuple[DeliveryRisk | None, ...]:
    """The row of each option; None where the start is certain, as that of what runs."""
    rows = {row.initiative: row for row in region.delivery_risk}
    every = rows.get(None)
    return tuple(
        None if option.running is not None else rows.get(option.initiative.initiative, every)
        for option in table.options
    )


def option_ways(region: Region, table: OptionTable) -> OptionWays:
    """The ways of every option."""
    count = len(table.options)
    slip, spent = np.tile(SLIP, (count, 1)), np.tile(SPENT, (count, 1))
    uptake = spent.copy()
    for number, (option, row) in enumerate(zip(table.options, delivery_rows(region, table), strict=True)):
        if option.running is not None:
            slip[number], spent[number], uptake[number] = 0, 1.0, 1.0
        elif row is not None and row.partial_uptake is not None:
            uptake[number, Delivered.PARTIAL] = row.partial_uptake
    return OptionWays(slip=slip, uptake=uptake, spent=spent)
