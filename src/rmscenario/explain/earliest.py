"""Starts as early as windows, rounds and prerequisites allow, without a solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from rmscenario.emissions.structure import IntArray
from rmscenario.explain.influence import BoolArray
from rmscenario.options import OptionTable
from rmscenario.options.options import NONE
from rmscenario.region import Region
from rmscenario.region.vocabulary import PrerequisiteScope

NEVER, ALWAYS = 10_000, -10_000  # years after and before all others


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an option needs, Eq. (18): one of some options, started `lag` years before it (running: at any time)."""

    lag: int
    any_of: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """What the rules between options say, by option number.

    Attributes
    ----------
    needs : tuple (option) of tuple of Need
    excluded : tuple of (option, option)
        Pairs of which only one can be in service; two running options are no pair.
    duties : array (option) bool
        Options that must start: as a duty, or since a commitment says so.
    """

    table: OptionTable
    needs: tuple[tuple[Need, ...], ...]
    excluded: tuple[tuple[int, int], ...]
    duties: BoolArray


def logic_of(region: Region, table: OptionTable) -> Logic:
    """Prerequisites, exclusions, duties and commitments of a region as numbers of options."""
    return Logic(
        table=table,
        needs=tuple(tuple(_needs(region, table, number)) for number in range(len(table.options))),
        excluded=tuple(_excluded(region, table)),
        duties=np.asarray(
            [
                option.commitment is not None
                or (
                    option.running is None
                    and any(
                        duty.initiative == option.initiative.initiative and duty.unit in (None, option.unit)
                        for duty in region.duties
                    )
                )
                for option in table.options
            ],
            dtype=bool,
        ),
    )


def _needs(region: Region, table: OptionTable, number: int) -> Iterable[Need]:
    option = table.options[number]
    if option.running is not None:
        return
    for row in region.prerequisites:
        if row.initiative != option.initiative.initiative:
            continue
        required = table.of_initiative(row.requires)
        if row.scope is PrerequisiteScope.ALL_UNITS:
            yield from (Need(lag=row.lag, any_of=(other,)) for other in required)
        elif row.scope is PrerequisiteScope.ANY_UNIT:
            yield Need(lag=row.lag, any_of=required)
        else:
            here = (j for j in required if table.options[j].group_wide or table.options[j].unit == option.unit)
            yield Need(lag=row.lag, any_of=tuple(here))


def _excluded(region: Region, table: OptionTable) -> Iterable[tuple[int, int]]:
    for row in region.exclusions:
        for one in table.of_initiative(row.initiative):
            for other in table.of_initiative(row.excludes):
                first, second = table.options[one], table.options[other]
                together = first.unit == second.unit or first.group_wide or second.group_wide
                if together and (first.running is None or second.running is None):
                    yield one, other


def start_of(table: OptionTable, option: int, choice: IntArray) -> int:
    """Start year of an option in a choice as prerequisites see it: ALWAYS if it runs already, NEVER if it does not start."""
    if table.options[option].running is not None:
        return ALWAYS
    return NEVER if choice[option] == NONE else table.states[choice[option]].start


def ready(need: Need, start: Callable[[int], int]) -> int:
    """First year in which a need lets an option start, given the start year of each option."""
    soonest = min((start(other) for other in need.any_of), default=NEVER)
    return soonest if soonest in (ALWAYS, NEVER) else soonest + need.lag


def at_earliest(logic: Logic, wanted: BoolArray) -> IntArray:
    """The choice in which every wanted option starts as early as it can, at its highest level.

    Windows, open rounds and prerequisites hold; money, staff, numbers of starts and exclusions do not. An option whose
    prerequisite is neither wanted nor running does not start.

    Parameters
    ----------
    wanted : array (option) bool
    """
    table = logic.table
    choice = table.nothing_new()
    allowed: dict[int, list[int]] = {
        number: sorted({table.states[state].start for state in table.state_range(number)})
        for number in np.flatnonzero(wanted).tolist()
        if table.options[number].running is None
    }
    first = [ALWAYS if option.running is not None else NEVER for option in table.options]
    for number, years in allowed.items():
        first[number] = years[0] if years else NEVER
    settled = False
    while not settled:  # start years only move later, so this ends
        settled = True
        for number, years in allowed.items():
            soonest = max((ready(need, first.__getitem__) for need in logic.needs[number]), default=ALWAYS)
            start = next((year for year in years if year >= max(soonest, first[number])), NEVER)
            if start > first[number]:
                first[number], settled = start, False
    for number in allowed:
        if first[number] != NEVER:
            states = (state for state in table.state_range(number) if table.states[state].start == first[number])
            choice[number] = max(states, key=lambda state: table.states[state].level)
    return choice


def everything(region: Region, table: OptionTable) -> IntArray:
    """The choice in which every initiative starts as early as it can, whatever it does and costs."""
    return at_earliest(logic_of(region, table), np.ones(len(table.options), dtype=bool))
