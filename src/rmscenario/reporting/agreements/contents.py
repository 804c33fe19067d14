"""What goes into a unit's next agreement, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from rmscenario.plan import Start
from rmscenario.region import Region
from rmscenario.region.initiatives import Indicator, Initiative, Prerequisite
from rmscenario.region.limits import AgreementRound, Running
from rmscenario.region.vocabulary import Delivery, Grade, MoneyKind
from rmscenario.reporting.agreements.drawn import DrawnReductions
from rmscenario.reporting.agreements.intervals import tonnes_between
from rmscenario.reporting.grades import weakest
from rmscenario.reporting.results import Result, report_year

MONEY = {
    MoneyKind.CAPEX: "capex_outlay",
    MoneyKind.OPEX: "opex",
    MoneyKind.SAVING_CASHABLE: "saving_own_cashable",
    MoneyKind.SAVING_AVOIDED: "saving_own_avoided",
}
#: Savings that meters show; they belong to sources, not to single initiatives.
METERED = {
    MoneyKind.SAVING_CASHABLE: "saving_metered_cashable",
    MoneyKind.SAVING_AVOIDED: "saving_metered_avoided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonnes:
    """Reduction by one start in one year [tCO2e/a]; `low` and `high` are of the start alone."""

    alone: float
    in_plan: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One start of an agreement.

    `tonnes` by year; `money` by (kind, year) [DKK]; `staff` by (skill, year) [FTE]; `nearest` is its start year in the
    nearest plan, None where that plan does not start it.
    """

    initiative: Initiative
    start: Start
    tonnes: Mapping[int, Tonnes]
    money: Mapping[tuple[MoneyKind, int], float]
    staff: Mapping[tuple[str, int], float]
    indicators: tuple[Indicator, ...]
    effect_grade: Grade | None
    cost_grade: Grade | None
    prerequisites: tuple[Prerequisite, ...]
    nearest: int | None


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


def _lines(
    result: Result,
    starts: Iterable[Start],
    years: tuple[int, ...],
    tonnes_years: tuple[int, ...],
    nearest: Result | None,
) -> dict[Start, Line]:
    """A line for each start."""
    region, assessment = result.region, result.assessment
    initiatives = {row.initiative: row for row in region.initiatives}
    between = tonnes_between(region, result.plan, tonnes_years)
    other = {(start.initiative, start.unit): start.start for start in nearest.plan.starts} if nearest else {}
    number = {str(label): position for position, label in enumerate(assessment["option"].to_numpy())}
    at = {int(year): position for position, year in enumerate(assessment["year"].to_numpy())}
    skills = [str(skill) for skill in assessment["skill"].to_numpy()]
    money = {kind: assessment[key].transpose("option", "year").to_numpy() for kind, key in MONEY.items()}
    staff = assessment["staff"].transpose("option", "skill", "year").to_numpy()
    alone, in_plan = (
        assessment[key].transpose("option", "year").to_numpy() for key in ("tonnes_alone", "tonnes_in_plan")
    )
    lines = {}
    for start in starts:
        label = f"{start.initiative}:{start.unit}"
        option = number[label]
        lines[start] = Line(
            initiative=initiatives[start.initiative],
            start=start,
            tonnes={
                year: Tonnes(
                    alone=float(alone[option, at[year]]),
                    in_plan=float(in_plan[option, at[year]]),
                    low=between[label][year][0],
                    high=between[label][year][1],
                )
                for year in tonnes_years
            },
            money={(kind, year): float(money[kind][option, at[year]]) for kind in MONEY for year in years},
            staff={
                (skill, year): float(staff[option, position, at[year]])
                for position, skill in enumerate(skills)
                for year in years
                if staff[option, position, at[year]] > 0
            },
            indicators=tuple(row for row in region.indicators if row.initiative == start.initiative),
            effect_grade=weakest(row.grade for row in region.effects if row.initiative == start.initiative),
            cost_grade=weakest(row.grade for row in region.money if row.initiative == start.initiative),
            prerequisites=tuple(row for row in region.prerequisites if row.initiative == start.initiative),
            nearest=other.get((start.initiative, start.unit)),
        )
    return lines


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
    lines = _lines(result, starting, years, tonnes_years, nearest)
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
