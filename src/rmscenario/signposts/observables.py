"""What can be observed of a draw, and when: levels of the background, what effects turn out to be, starts that came.

Each observable is a series over years. Its last year is that of the target; earlier ones are what can be known by then.
The background of the tables is linear between its years, so that a level early on says where it is heading. Real levels
move about their trend; nothing here knows by how much. A start that is taken up in part has begun like any other: nothing
here says when that would be seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rmscenario.drivers.groups import driver_of_category
from rmscenario.drivers.response import FixedPlan
from rmscenario.emissions import TargetLine, background_path
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.uncertainty import SLIP, Delivered, Draws

#: [a] Years after which a level of the background is published: the account of a year appears in the next one.
ACCOUNT_LAG = 1


class Sign(StrEnum):
    """What is observed."""

    BACKGROUND = "background"  # level of a group of categories, of its base year's [1]
    EFFECT = "effect"  # what an initiative turns out to do, of what is planned [1]
    DELIVERY = "delivery"  # starts that came by the end of a year, of those planned by then, by their tonnes [1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observable:
    """What is observed at the end of each of some years.

    Attributes
    ----------
    group, driver : str
        Background: the group of categories, and what moves it.
    initiative, unit : str
        Effect: the initiative; delivery: the initiative, or the unit, or both blank for the whole plan.
    years : tuple of int
        The years observed, the last one the target's (of an effect: the first year of its service alone).
    """

    sign: Sign
    years: tuple[int, ...]
    group: str = ""
    driver: str = ""
    initiative: str = ""
    unit: str = ""

    def known(self, year: int) -> int:
        """Year at whose end a value of a year is known."""
        return year + (ACCOUNT_LAG if self.sign is Sign.BACKGROUND else 0)


class Observer:
    """Reads a plan's observables off draws."""

    def __init__(self, plan: FixedPlan, line: TargetLine, initiatives: Sequence[str], tonnes: FloatArray) -> None:
        """Decide what to observe.

        Parameters
        ----------
        initiatives : sequence of str
            Initiatives whose effect and delivery are observed one by one.
        tonnes : array (option)
            Weight of each option in the delivery of others together.
        """
        self._plan, self._line = plan, line
        self._year = int(plan.table.years[line.position])
        self._first = min(plan.region.settings.first_year, self._year)
        self._anew = np.asarray(
            [
                number
                for number, option in enumerate(plan.table.options)
                if plan.choice[number] != NONE and option.running is None
            ],
            dtype=np.int64,
        )
        self._starts = np.asarray([plan.table.states[plan.choice[n]].start for n in self._anew], dtype=np.int64)
        self._tonnes = np.maximum(0.0, tonnes[self._anew])
        self._levels = self._backgrounds()
        self._effects = self._effect_rows(initiatives)
        self._came = self._deliveries(initiatives)
        self.observables: tuple[Observable, ...] = (*self._levels, *self._effects, *self._came)

    def series(self, draws: Draws) -> tuple[FloatArray, ...]:
        """What is observed at the end of each year: for each observable an array (year, draw) [1]."""
        rows = np.vstack([draws.background, np.ones((1, draws.background.shape[1]))])
        found = [weights @ rows for weights in self._levels.values()]
        found += [draws.effect[row][None] / self._plan.region.effects[row].mode for row in self._effects.values()]
        way = draws.delivered[self._anew].astype(np.int64)
        begun = np.where(way == Delivered.NEVER, np.iinfo(np.int64).max, self._starts[:, None] + SLIP[way])
        for one, options in self._came.items():
            came = []
            for year in one.years:
                due = options[self._starts[options] <= year]
                weights = self._tonnes[due]
                came.append(weights @ (begun[due] <= year) / weights.sum())
            found.append(np.stack(came))
        return tuple(found)

    def outcomes(self, draws: Draws) -> FloatArray:
        """What each observable has come to in the target's year: array (observable, draw) [1].

        Of a delivery that is what is in service, of what was planned to be: a late start counts as far as it has come, and one
        taken up in part as far as it is.
        """
        rows = [values[-1] for values in self.series(draws)[: len(self._levels) + len(self._effects)]]
        effect = self._plan.delivery.effect[self._anew, :, self._line.position]
        in_service = np.take_along_axis(effect, draws.delivered[self._anew].astype(np.int64), axis=1)
        for options in self._came.values():
            planned = self._tonnes[options] @ effect[options, Delivered.ON_TIME]
            rows.append(self._tonnes[options] @ in_service[options] / planned)
        return np.asarray(rows).reshape(len(rows), draws.delivered.shape[1])

    def _backgrounds(self) -> dict[Observable, FloatArray]:
        """Weights (year, background row and 1) of the levels inside the target's boundary."""
        plan = self._plan
        drivers = driver_of_category(plan.region)
        groups = {row.category: row.group for row in plan.region.categories}
        base: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for number in self._line.leaves.tolist():
            leaf = plan.structure.leaves[number]
            base[drivers[leaf.category], groups[leaf.category]][leaf.category] += leaf.base
        years = tuple(range(self._first, self._year + 1))
        found = {}
        for (driver, group), amounts in sorted(base.items()):
            weights = np.zeros((len(years), len(plan.region.background) + 1))
            for category, amount in amounts.items():
                self._path(weights, category, amount / sum(amounts.values()), years)
            if weights[:, :-1].any():
                found[Observable(sign=Sign.BACKGROUND, years=years, group=group, driver=driver)] = weights
        return found

    def _path(self, weights: FloatArray, category: str, share: float, years: Sequence[int]) -> None:
        """Add a category's path."""
        rows, path = background_path(self._plan.region, category, self._line.target.quantity, years)
        weights[:, rows] += share * path.T  # the last column is the base year's 1, which BASE_YEAR points at

    def _effect_rows(self, initiatives: Sequence[str]) -> dict[Observable, int]:
        """The effect row that says how large an initiative's effect turns out; all its rows move together."""
        region, inputs = self._plan.region, self._plan.inputs
        names = [self._plan.table.options[number].initiative.initiative for number in self._anew.tolist()]
        found = {}
        for initiative in initiatives:
            own = [start for start, name in zip(self._starts.tolist(), names, strict=True) if name == initiative]
            for row, effect in enumerate(region.effects):
                if effect.initiative == initiative and inputs.effects[row].input >= 0 and effect.mode != 0 and own:
                    years = (min(*own, self._year),)
                    found[Observable(sign=Sign.EFFECT, years=years, initiative=initiative)] = row
                    break
        return found

    def _deliveries(self, initiatives: Sequence[str]) -> dict[Observable, IntArray]:
        """Options of the whole plan, of each unit and of each initiative, where some are at risk."""
        options = self._plan.table.options
        risky = {risk.option for risk in self._plan.inputs.risks}
        # The most telling name first: of observables that say the same, boxes take the first.
        sets: dict[tuple[str, str], list[int]] = {(initiative, ""): [] for initiative in initiatives}
        for place, number in enumerate(self._anew.tolist()):
            if options[number].initiative.initiative in initiatives:
                sets[options[number].initiative.initiative, ""].append(place)
        for place, number in enumerate(self._anew.tolist()):
            sets.setdefault(("", options[number].unit), []).append(place)
        sets["", ""] = list(range(len(self._anew)))
        found = {}
        for (initiative, unit), places in sets.items():
            kept = np.asarray([place for place in places if self._counts(place)], dtype=np.int64)
            if not any(int(self._anew[place]) in risky for place in kept):
                continue
            years = tuple(range(int(self._starts[kept].min()), self._year + 1))
            found[Observable(sign=Sign.DELIVERY, years=years, initiative=initiative, unit=unit)] = kept
        return found

    def _counts(self, place: int) -> bool:
        """Whether a start removes anything by the target's year."""
        effect = self._plan.delivery.effect[self._anew[place], Delivered.ON_TIME, self._line.position]
        return bool(self._tonnes[place] > 0 and effect > 0 and self._starts[place] <= self._year)
