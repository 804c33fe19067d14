"""What a start of a plan gives, costs and needs, as an agreement says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmscenario.plan import Plan, Start
from rmscenario.region import Region
from rmscenario.region.grades import weakest
from rmscenario.region.initiatives import Indicator, Initiative, Prerequisite
from rmscenario.region.vocabulary import Grade, MoneyKind
from rmscenario.rounds.intervals import alone_by_start

if TYPE_CHECKING:
    import xarray as xr

#: Variable of an assessment that holds each kind of an initiative's own money.
MONEY = {
    MoneyKind.CAPEX: "capex_outlay",
    MoneyKind.OPEX: "opex",
    MoneyKind.SAVING_CASHABLE: "saving_own_cashable",
    MoneyKind.SAVING_AVOIDED: "saving_own_avoided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonnes:
    """Reduction by one start in one year [tCO2e/a].

    `low`, `high` and `in_account`, what the region's account shows of it, are of the start alone.
    """

    alone: float
    in_plan: float
    low: float
    high: float
    in_account: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One start of a plan as an agreement holds it.

    `tonnes` by year; `money` by (kind, year) [DKK]; `staff` by (skill, year) [FTE]; `nearest` is its start year in a
    plan beside it, None where that one does not start it or there is none.
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
    nearest: int | None = None


def lines_of(
    region: Region,
    plan: Plan,
    assessment: xr.Dataset,
    starts: Iterable[Start],
    *,
    years: tuple[int, ...],
    tonnes_years: tuple[int, ...],
) -> dict[Start, Line]:
    """A line for each start.

    Parameters
    ----------
    assessment : Dataset
        What the plan does and costs, by source, option and year.
    years, tonnes_years : tuple of int
        Years of money and staff, and of tonnes.
    """
    initiatives = {row.initiative: row for row in region.initiatives}
    by_start = alone_by_start(region, plan, tonnes_years)
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
                    low=by_start[label][year].low,
                    high=by_start[label][year].high,
                    in_account=by_start[label][year].in_account,
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
        )
    return lines
