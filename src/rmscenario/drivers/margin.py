"""How much weaker the background may be for a target still to be met by the same plan, or how much stronger it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from rmscenario.constants import is_met
from rmscenario.drivers.groups import driver_of_category
from rmscenario.drivers.response import FixedPlan
from rmscenario.emissions import TargetLine
from rmscenario.options.deployment import FloatArray
from rmscenario.uncertainty import REPLICATE

#: [1] How many times as strong as expected a background is tried.
STRONGEST = 10.0
#: Rounds of grids of `REPLICATE` points: the last one is finer than 1e-7.
_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How much of the background's decline a target can do without, with every input at its mode.

    Each factor β of the background that falls becomes `max(0, 1 − (1 − weaker) · (1 − β))`: with `weaker` 0.2 it falls
    by a fifth less than expected, with −0.5 by half as much again, with 1 not at all. What rises stays.

    Attributes
    ----------
    driver : str
        What alone becomes weaker: a correlation group or group of categories; blank for all together.
    weaker : float or None [1]
        At which the target is just met; 1 also if it is met without any decline. None if not even `STRONGEST` times
        the decline is enough, or if nothing declines.
    decline : float [the target's unit]
        What the expected decline takes off the residual, the plan as it is.
    """

    target: str
    driver: str
    met: bool
    weaker: float | None
    decline: float


def margins(plan: FixedPlan) -> tuple[Margin, ...]:
    """Margins of each target of a plan: for all drivers together, then for each of its own."""
    drivers = driver_of_category(plan.region)
    found = []
    for number, line in enumerate(plan.lines):
        own = {drivers[plan.structure.leaves[leaf].category] for leaf in line.leaves.tolist()}
        for driver in ("", *sorted(own)):
            moving = {category for category, of in drivers.items() if driver in ("", of)}
            found.append(_margin(plan, number, line, driver, moving))
    return tuple(found)


def _margin(plan: FixedPlan, number: int, line: TargetLine, driver: str, moving: Iterable[str]) -> Margin:
    rows = np.asarray([row.category in set(moving) for row in plan.region.background], dtype=np.bool_)

    def residual(weaker: FloatArray) -> FloatArray:
        """The target's residual at `REPLICATE` values of `weaker`: array (value)."""
        modes = plan.modes()
        factor = modes.background
        changed = np.maximum(0.0, 1.0 - (1.0 - weaker) * (1.0 - factor))
        moved = np.where(rows[:, None] & (factor < 1.0), changed, factor)
        amounts: FloatArray = plan.residual(replace(modes, background=moved))[number]
        return amounts

    ends = residual(np.linspace(0.0, 1.0, REPLICATE))
    planned, without = float(ends[0]), float(ends[-1])

    def met(amount: float) -> bool:
        return is_met(amount, line.cap, line.base)

    return Margin(
        target=line.target.target,
        driver=driver,
        met=met(planned),
        weaker=_largest_met(residual, met) if without > planned else None,
        decline=without - planned,
    )


def _largest_met(residual: Callable[[FloatArray], FloatArray], met: Callable[[float], bool]) -> float | None:
    """The largest weakness at which the target is met; the residual rises with it. A finer grid in each of three rounds."""
    low, high = 1.0 - STRONGEST, 1.0
    for _ in range(_ROUNDS):
        tried = np.linspace(low, high, REPLICATE)
        reached = np.asarray([met(amount) for amount in residual(tried).tolist()])
        if reached.all():
            return high
        if not reached[0]:
            return None
        last = int(np.argmin(reached)) - 1
        low, high = float(tried[last]), float(tried[last + 1])
    return low
