"""A plan's deployment and money in each way its starts can come."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rmscenario.money import build_money
from rmscenario.options import OptionTable, State, deployed_effect, share_in_service
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.region import Region
from rmscenario.uncertainty import SLIP, Delivered, option_ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What each started option does and costs, by `Delivered`.

    Attributes
    ----------
    started : array (option) bool
    effect : array (option, delivered, year) [1]
        Deployed effect, Eq. (4). Running options have been delivered: all members are the same.
    capex, opex, saving : array (option, delivered) [DKK]
        Discounted annuities, running costs and own savings; 0 for running options.
    outlay : array (option, delivered) [DKK]
        Capital paid over the period, not discounted, renewals included.
    """

    started: np.ndarray[tuple[int], np.dtype[np.bool_]]
    effect: FloatArray
    capex: FloatArray
    opex: FloatArray
    saving: FloatArray
    outlay: FloatArray


def late_starts(table: OptionTable, choice: IntArray) -> OptionTable:
    """The new starts of a choice as the states of an option table: each as agreed, and later by up to the longest slip."""
    states: list[State] = []
    first = [0]
    for number, option in enumerate(table.options):
        if choice[number] != NONE and option.running is None:
            state = table.states[int(choice[number])]
            states += [replace(state, start=state.start + late) for late in range(int(SLIP.max()) + 1)]
        first.append(len(states))
    shape = (len(states), len(table.years))
    in_service, effect = np.zeros(shape), np.zeros(shape)
    for number, state in enumerate(states):
        initiative = table.options[state.option].initiative
        in_service[number] = share_in_service(initiative, state.level, state.start, table.years)
        effect[number] = deployed_effect(initiative, state.level, state.start, table.years)
    return replace(
        table,
        states=tuple(states),
        first_state=np.asarray(first, dtype=np.int64),
        state_option=np.asarray([state.option for state in states], dtype=np.int64),
        in_service=in_service,
        effect=effect,
    )


def delivery_of(region: Region, table: OptionTable, choice: IntArray) -> Delivery:
    """Deployment and money of a choice, for every way its starts can come."""
    late = late_starts(table, choice)
    money, ways = build_money(region, late), option_ways(region, table)
    count = len(table.options)
    effect = np.zeros((count, len(Delivered), len(table.years)))
    capex, opex, saving, outlay = (np.zeros((count, len(Delivered))) for _ in range(4))
    for number, option in enumerate(table.options):
        if choice[number] == NONE:
            continue
        effect[number] = ways.effect(table, table.states[int(choice[number])], table.years)
        if option.running is not None:
            continue
        states = slice(*late.first_state[number : number + 2].tolist())
        slip, uptake, spent = ways.slip[number], ways.uptake[number], ways.spent[number]
        capex[number] = spent * (money.annuity[states] @ money.discount)[slip]
        opex[number] = spent * (money.opex[states] @ money.discount)[slip]
        savings = money.saving_cashable[states] + money.saving_avoided[states]
        saving[number] = uptake * (savings @ money.discount)[slip]
        outlay[number] = spent * money.capex_outlay[states].sum(axis=1)[slip]
    return Delivery(started=choice != NONE, effect=effect, capex=capex, opex=opex, saving=saving, outlay=outlay)
