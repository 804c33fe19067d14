"""Initiatives that move no active target, and what they are there for all the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rmscenario.emissions import build_structure, target_lines
from rmscenario.explain.aim import judged_years
from rmscenario.explain.influence import influence
from rmscenario.options import build_options
from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesNothing:
    """An initiative that moves no active target.

    Attributes
    ----------
    capex : float [DKK]
    opex, savings : float [DKK/a]
        At full roll-out, of all its units together; of a profile by year the largest. Metered savings are not counted.
    quantities : tuple of str
        Quantities it changes, none of them an active target's ("activity": all of its category).
    accounts : tuple of str
        Accounts that effects of it are bound to; blank cells give none.
    lifts, required_by : tuple of str
        Initiatives whose effect it lifts, and that need it.
    duty_in : tuple of str
        Units in which it is a duty.
    runs_in : int
        Number of units in which it runs already.
    indicators : tuple of str
        What is measured to follow it up.
    """

    initiative: str
    track: str
    capex: float
    opex: float
    savings: float
    quantities: tuple[str, ...]
    accounts: tuple[str, ...]
    lifts: tuple[str, ...]
    required_by: tuple[str, ...]
    duty_in: tuple[str, ...]
    runs_in: int
    indicators: tuple[str, ...]

    @property
    def costs(self) -> bool:
        """Whether it costs anything."""
        return self.capex > 0 or self.opex > 0

    @property
    def has_role(self) -> bool:
        """Whether anything but its own savings speaks for it."""
        return bool(self.quantities or self.lifts or self.required_by or self.duty_in or self.indicators)


def moves_nothing(region: Region) -> tuple[MovesNothing, ...]:
    """Initiatives that move no active target in the years it holds, in table order.

    An enabler of an effect that moves a target counts as moving it.
    """
    table = build_options(region, judged_years(region))
    structure = build_structure(region, table)
    moving = np.zeros(len(table.options), dtype=bool)
    for line in target_lines(structure):
        moving |= influence(structure, line).moves
    movers = {option.initiative.initiative for option, moves in zip(table.options, moving, strict=True) if moves}
    return tuple(_role(region, row.initiative, row.track) for row in region.initiatives if row.initiative not in movers)


def _role(region: Region, initiative: str, track: str) -> MovesNothing:
    own = [row for row in region.money if row.initiative == initiative]

    def amount(kind: MoneyKind, *, once: bool = False) -> float:
        """Rows without a year, and of those with one the sum (paid once) or the largest (yearly)."""
        always = sum(row.amount for row in own if row.kind is kind and row.year_since_start is None)
        profile = [row.amount for row in own if row.kind is kind and row.year_since_start is not None]
        return always + (sum(profile) if once else max(profile, default=0.0))

    units = tuple(row.unit for row in region.delivery if row.initiative == initiative)
    duties = [row for row in region.duties if row.initiative == initiative]
    return MovesNothing(
        initiative=initiative,
        track=track,
        capex=amount(MoneyKind.CAPEX, once=True),
        opex=amount(MoneyKind.OPEX),
        savings=amount(MoneyKind.SAVING_CASHABLE) + amount(MoneyKind.SAVING_AVOIDED),
        quantities=tuple(dict.fromkeys(row.on for row in region.effects if row.initiative == initiative)),
        accounts=tuple(
            dict.fromkeys(row.account for row in region.effects if row.initiative == initiative and row.account)
        ),
        lifts=tuple(row.initiative for row in region.enablers if row.enabler == initiative),
        required_by=tuple(row.initiative for row in region.prerequisites if row.requires == initiative),
        duty_in=tuple(dict.fromkeys(unit for row in duties for unit in ([row.unit] if row.unit else units))),
        runs_in=sum(row.initiative == initiative for row in region.running),
        indicators=tuple(row.indicator for row in region.indicators if row.initiative == initiative),
    )
