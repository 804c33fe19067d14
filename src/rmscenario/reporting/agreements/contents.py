"""What goes into a unit's next agreement, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rmscenario.plan import Start
from rmscenario.region import Region, report_year
from rmscenario.region.limits import AgreementRound, Running
from rmscenario.region.vocabulary import Delivery, MoneyKind
from rmscenario.reporting.agreements.drawn import DrawnReductions
from rmscenario.reporting.results import Result
from rmscenario.rounds.lines import Line, lines_of

#: Savings that meters show; they belong to sources, not to single initiatives.
METERED = {
    MoneyKind.SAVING_CASHABLE: "saving_metered_cashable",
    MoneyKind.SAVING_AVOIDED: "saving_metered_avoided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A unit's agreement for one round.

    `own`: what the unit starts in the round; `group_wide`: group-wide starts of the round that act on it or that it carries;
    `running`: what is taken to run already; `only_nearest`: what the nearest plan starts in the round and this plan
    does not, in any year. `metered` by (kind, year): savings on the unit's sources by the whole plan [DKK/a].
    `between`: 5 % and 95 % of the draws of what `own` removes in the report year in the plan [tCO2e/a]; None without
    a stress test.
    """

    unit: str
    round: AgreementRound
    years: tuple[int, ...]  # of money and staff
    tonnes_years: tuple[int, ...]
    report_year: int
    compared: bool
    own: tuple[Line, ...]
    group_wide: tuple[Line, ...]
    running: tuple[Running, ...]
    only_nearest: tuple[Start, ...]
    metered: Mapping[tuple[MoneyKind, int], float]
    between: tuple[float, float] | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Own and group-wide lines."""
        return self.own + self.group_wide

    @property
    def borne(self) -> tuple[Line, ...]:
        """Lines whose money and staff the unit bears: its own, and the group-wide ones it carries."""
        return self.own + tuple(line for line in self.group_wide if line.start.unit == self.unit)


def _acting_on(region: Region) -> dict[tuple[str, str], set[str]]:
    """Units that an option (initiative, carrier) acts on."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in region.delivery:
        found.setdefault((row.initiative, row.unit), set()).add(row.acts_on)
    return found


def agreements(result: Result, agreement_round: AgreementRound, nearest: Result | None = None) -> tuple[Agreement, ...]:
    """The agreements of all units for a round, in table order.

    Parameters
    ----------
    nearest : Result, optional
        A second plan, shown beside this one.
    """
    region = result.region
    first, last = agreement_round.first_year, agreement_round.last_year
    year = report_year(region)
    years = tuple(sorted({*range(first, last + 1), year}))
    tonnes_years = tuple(sorted({last, year}))
    group = {row.initiative for row in region.initiatives if row.delivery is Delivery.GROUP}
    starting = [start for start in result.plan.starts if first <= start.start <= last]
    other = {(start.initiative, start.unit): start.start for start in nearest.plan.starts} if nearest else {}
    lines = {
        start: replace(line, nearest=other.get((start.initiative, start.unit)))
        for start, line in lines_of(
            region, result.plan, result.assessment, starting, years=years, tonnes_years=tonnes_years
        ).items()
    }
    drawn = None if result.stress is None else DrawnReductions(result, year)
    own = {
        unit.unit: [start for start in starting if start.unit == unit.unit and start.initiative not in group]
        for unit in region.units
    }
    planned = {(start.initiative, start.unit) for start in result.plan.starts}
    missing = [
        start
        for start in (nearest.plan.starts if nearest else ())
        if first <= start.start <= last and (start.initiative, start.unit) not in planned
    ]
    acts_on = _acting_on(region)
    source_units = np.asarray([str(label).partition(":")[0] for label in result.assessment["source"].to_numpy()])
    metered = {
        (kind, at): result.assessment[key].sel(year=at).to_numpy() for kind, key in METERED.items() for at in years
    }
    return tuple(
        Agreement(
            unit=unit.unit,
            round=agreement_round,
            years=years,
            tonnes_years=tonnes_years,
            report_year=year,
            compared=nearest is not None,
            own=tuple(lines[start] for start in own[unit.unit]),
            group_wide=tuple(
                line
                for start, line in lines.items()
                if start.initiative in group and unit.unit in (start.unit, *acts_on[start.initiative, start.unit])
            ),
            running=tuple(
                row
                for row in region.running
                if row.unit == unit.unit
                or (row.initiative in group and unit.unit in acts_on.get((row.initiative, row.unit), set()))
            ),
            only_nearest=tuple(
                start
                for start in missing
                if (start.unit == unit.unit and start.initiative not in group)
                or (start.initiative in group and unit.unit in acts_on[start.initiative, start.unit])
            ),
            between=drawn.between(own[unit.unit]) if drawn is not None and own[unit.unit] else None,
            metered={key: float(values[source_units == unit.unit].sum()) for key, values in metered.items()},
        )
        for unit in region.units
    )
