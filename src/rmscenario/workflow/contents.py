"""Tables of a run: the plan with what each start gives, the limits, and the values touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rmscenario.plan import Plan
from rmscenario.region import Region, report_year
from rmscenario.region.grades import weakest
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import Lang
from rmscenario.reporting.limits import LimitWords, binds
from rmscenario.scenario import Touched
from rmscenario.verify import LimitRow

if TYPE_CHECKING:
    import xarray as xr

Row = dict[str, object]

LIMIT_COLUMNS = ("equation", "name", "label", "unit", "left", "sense", "right", "slack", "binding", "kept")
TOUCHED_COLUMNS = ("table", "key", "column", "old", "new", "scenario", "reason")
#: Kinds of limits in the order of `limits.csv`; others follow.
_LIMIT_ORDER = (
    "target", "capex", "opex", "staff", "starts", "outlay_share", "minimum_starts", "duty", "duty_no_option",
    "commitment", "refusal", "needs", "needs_in", "excludes",
)  # fmt: skip
#: Columns that make a plan; the others of plan.csv say what its starts give.
START_COLUMNS = ("initiative", "unit", "level", "start")


def plan_columns(region: Region) -> tuple[str, ...]:
    """Header of plan.csv."""
    return (
        "initiative", "name_da", "name_en", "track", "unit", "unit_da", "unit_en", "level", "start", "year",
        "tonnes_alone", "tonnes_in_plan", "capex_to_year", "capex_total", "annuity", "opex", "saving_own_cashable",
        "saving_own_avoided", *(f"staff_{row.skill}" for row in region.skills), "grade",
    )  # fmt: skip


def plan_rows(region: Region, plan: Plan, assessment: xr.Dataset) -> list[Row]:
    """A row for each start.

    `year` is the report year, in which the tonnes, annuity, opex and savings are; `capex_to_year` sums the outlay until
    then, `capex_total` to the end of the period with renewals; staff is the largest need of any year.
    """
    year = report_year(region)
    initiatives = {row.initiative: row for row in region.initiatives}
    units = {row.unit: row for row in region.units}
    grades: dict[str, list[Grade]] = {}
    for effect in region.effects:
        grades.setdefault(effect.initiative, []).append(effect.grade)
    position = {label: number for number, label in enumerate(assessment["option"].values.tolist())}
    yearly = {
        name: assessment[name].sel(year=year).values.tolist()
        for name in ("tonnes_alone", "tonnes_in_plan", "annuity", "opex", "saving_own_cashable", "saving_own_avoided")
    }
    outlay = assessment["capex_outlay"]
    to_year, total = (part.sum("year").values.tolist() for part in (outlay.sel(year=slice(None, year)), outlay))
    staff = assessment["staff"].max("year").values.tolist()
    rows: list[Row] = []
    for start in plan.starts:
        option = position[f"{start.initiative}:{start.unit}"]
        initiative, unit = initiatives[start.initiative], units[start.unit]
        grade = weakest(grades.get(start.initiative, ()))
        rows.append(
            {
                "initiative": start.initiative,
                "name_da": initiative.name_da,
                "name_en": initiative.name_en,
                "track": initiative.track,
                "unit": start.unit,
                "unit_da": unit.name_da,
                "unit_en": unit.name_en,
                "level": start.level,
                "start": start.start,
                "year": year,
                **{name: values[option] for name, values in yearly.items()},
                "capex_to_year": to_year[option],
                "capex_total": total[option],
                **{
                    f"staff_{row.skill}": need for row, need in zip(region.skills, staff[option], strict=True)
                },
                "grade": None if grade is None else grade.value,
            }
        )  # fmt: skip
    return rows


def start_rows(plan: Plan) -> list[Row]:
    """The starts of a plan alone."""
    return [
        {"initiative": row.initiative, "unit": row.unit, "level": row.level, "start": row.start} for row in plan.starts
    ]


def limit_rows(region: Region, limits: Iterable[LimitRow], lang: Lang) -> list[Row]:
    """A row for each limit; `label` and `unit` are in the language of the run.

    What a planner can move stands first, the rules of one start per option last; numbers have nine digits, which is more
    than any of their figures is known to.
    """
    words = LimitWords(region, lang)
    place = {kind: number for number, kind in enumerate(_LIMIT_ORDER)}
    limits = sorted(limits, key=lambda row: place.get(row.kind, len(place)))
    return [
        {
            "equation": row.equation,
            "name": row.name,
            "label": words.label(row),
            "unit": words.unit(row),
            "left": _nine_digits(row.left),
            "sense": row.sense.name.lower(),
            "right": _nine_digits(row.right),
            "slack": _nine_digits(row.slack),
            "binding": binds(row),
            "kept": row.kept,
        }
        for row in limits
    ]


def _nine_digits(value: float) -> float:
    return float(f"{value:.9g}")


def limit_counts(limits: Iterable[LimitRow], master: Mapping[str, int | None]) -> list[Mapping[str, object]]:
    """How many limits each equation has, how many bind, and how many rows it has in the planner's master."""
    limits = tuple(limits)
    rows, binding = Counter(row.equation for row in limits), Counter(row.equation for row in limits if binds(row))
    planned = {int(name.strip("()")): count for name, count in master.items()}
    return [
        {
            "equation": f"({number})",
            "rows": rows[number],
            "binding": binding[number],
            "rows_in_master": planned.get(number),
        }
        for number in sorted({*rows, *planned})
    ]


def touched_rows(touched: Iterable[Touched]) -> list[Row]:
    """A row for each value touched."""
    return [
        {
            "table": row.table,
            "key": ",".join(row.key),
            "column": row.column,
            "old": row.old,
            "new": row.new,
            "scenario": row.scenario,
            "reason": row.reason,
        }
        for row in touched
    ]
