"""Which state each option of a plan is in, and how far it is deployed year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from rmscenario.plan import Plan, Start
from rmscenario.region import Region
from rmscenario.region.initiatives import Initiative
from rmscenario.region.limits import Running
from rmscenario.region.vocabulary import Delivery

FOOTPRINT = "co2e"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option and the state it is in.

    `share` is its part of the initiative's money, staff and absolute effects, Eq. (6) [1]; `starts` are the plan's
    rows for it (a plan that keeps the rules has at most one, and none where the option runs already).
    """

    initiative: Initiative
    unit: str
    acts_on: tuple[str, ...]
    share: float
    running: Running | None
    starts: tuple[Start, ...]

    @property
    def key(self) -> tuple[str, str]:
        """(initiative, unit)."""
        return self.initiative.initiative, self.unit

    @property
    def label(self) -> str:
        """Name in limits and datasets."""
        return f"{self.initiative.initiative}:{self.unit}"

    @property
    def group_wide(self) -> bool:
        """Whether one decision acts in every unit."""
        return self.initiative.delivery is Delivery.GROUP

    @property
    def state(self) -> tuple[float, int] | None:
        """(level, start year) it is in, None where it does not start. A running option stays as it runs."""
        if self.running is not None:
            return self.running.level, self.running.start
        return (self.starts[0].level, self.starts[0].start) if self.starts else None

    @property
    def new(self) -> bool:
        """Whether it is a new start of the plan."""
        return self.running is None and bool(self.starts)

    def in_service(self, years: Sequence[int]) -> tuple[float, ...]:
        """Share in service in each year, Eq. (3) [1]."""
        return tuple(0.0 if self.state is None else share_in_service(self.initiative, *self.state, t) for t in years)

    def deployed(self, years: Sequence[int]) -> tuple[float, ...]:
        """Deployed effect in each year, Eq. (4) [1]."""
        return tuple(0.0 if self.state is None else deployed_effect(self.initiative, *self.state, t) for t in years)


def share_in_service(initiative: Initiative, level: float, start: int, year: int) -> float:
    """Share in service, Eq. (3) [1]."""
    age = year - start
    if age < 0 or (not initiative.renew and age >= initiative.lifetime):
        return 0.0
    return level * min(1.0, (age + 1) / initiative.ramp_years)


def deployed_effect(initiative: Initiative, level: float, start: int, year: int) -> float:
    """Share in service that still has its effect, Eq. (4) [1]."""
    share = share_in_service(initiative, level, start, year)
    if share == 0.0 or initiative.half_life is None:
        return share
    return float(share * 2.0 ** (-((year - start) % initiative.lifetime) / initiative.half_life))


def choices(region: Region, plan: Plan) -> tuple[tuple[Choice, ...], tuple[Start, ...]]:
    """All options of a region with their states under a plan, in table order, and the starts of no option."""
    carriers: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in region.delivery:
        carriers[row.initiative].setdefault(row.unit, []).append(row.acts_on)
    running = {(row.initiative, row.unit): row for row in region.running}
    starts: dict[tuple[str, str], list[Start]] = defaultdict(list)
    for start in plan.starts:
        starts[start.initiative, start.unit].append(start)
    found = []
    for initiative in region.initiatives:
        name = initiative.initiative
        acts_on = carriers[name]
        shares = _shares(region, name, acts_on)
        found += [
            Choice(
                initiative=initiative,
                unit=unit,
                acts_on=tuple(others),
                share=shares[unit],
                running=running.get((name, unit)),
                starts=tuple(starts.pop((name, unit), ())),
            )
            for unit, others in acts_on.items()
        ]
    return tuple(found), tuple(start for left in starts.values() for start in left)


def _shares(region: Region, initiative: str, acts_on: dict[str, list[str]]) -> dict[str, float]:
    """Each carrier's part of an initiative's money, staff and absolute effects, Eq. (6) [1]."""
    categories = {row.category for row in region.effects if row.initiative == initiative}
    affected = {
        unit: fsum(
            row.value
            for other in others
            for row in region.sources
            if row.unit == other and row.quantity == FOOTPRINT and row.category in categories
        )
        for unit, others in acts_on.items()
    }
    total = fsum(affected.values())
    if total <= 0.0:
        return dict.fromkeys(acts_on, 1.0 / len(acts_on)) if acts_on else {}
    return {unit: amount / total for unit, amount in affected.items()}
