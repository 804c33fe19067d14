"""What a plan costs, in figures: present values, a year, what is paid when, and how that comes out on draws."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rmscenario.assessment import COST_SIGNS, discounted_cost
from rmscenario.constants import PERCENTILES
from rmscenario.money.table import tranches
from rmscenario.options import build_options
from rmscenario.plan import Plan
from rmscenario.region import Region, report_year
from rmscenario.region.vocabulary import MoneyKind

if TYPE_CHECKING:
    import xarray as xr

Row = dict[str, Any]

#: The year that `annual` speaks of, where it is in the period; else the report year.
_ANNUAL = 2030
#: Statistics of the stress test that the summary repeats.
_DRAWN = (
    *(f"{amount}_{name}" for amount in ("npv", "outlay") for name in ("mean", "error", *PERCENTILES)),
    "overrun_probability",
    "overrun_probability_error",
)


def cost_row(region: Region, plan: Plan, assessment: xr.Dataset, stress: xr.Dataset | None = None) -> Row:
    """What the plan costs: present values over the period, a year's cost, and the outlay [DKK].

    `drawn` is the same on the draws of the stress test: all else is what comes where every input is at its mode.
    """
    parts = discounted_cost(assessment)
    year = _ANNUAL if _ANNUAL in region.years else report_year(region)
    in_year = assessment.sel(year=year)
    outlay = assessment["capex_outlay"].sum("option")
    annual = float(sum(sign * in_year[name].sum() for name, sign in COST_SIGNS.items()))
    return {
        "npv": parts["npv"],
        "gross": parts["annuity"] + parts["opex"],
        "savings_cashable": parts["saving_own_cashable"] + parts["saving_metered_cashable"],
        "savings_avoided": parts["saving_own_avoided"] + parts["saving_metered_avoided"],
        "carbon_value": parts["carbon_value"],
        "equivalent_annual": parts["npv"] / float(assessment["discount"].sum()),
        "annual": annual,
        "annual_year": year,
        f"annual_{year}": annual,
        "capex_total": float(outlay.sum()),
        "capex_until_last_start": float(outlay.sel(year=slice(None, region.settings.last_start)).sum()),
        "capex_beyond_budgets": beyond_budgets(region, plan),
        "years": [region.settings.first_year, region.settings.end_year],
        "drawn": None if stress is None else {name: float(stress[name]) for name in _DRAWN},
    }


def beyond_budgets(region: Region, plan: Plan) -> Row | None:
    """What new starts still have to pay for the first time after the last year that has a capex budget.

    Renewals are left aside: they are for those who then decide. None where there is no capex budget, or nothing to pay
    after it.
    """
    limited = [row.year for row in region.budgets if row.kind is MoneyKind.CAPEX]
    if not limited:
        return None
    table = build_options(region)
    initiatives = {row.initiative: row for row in region.initiatives}
    bought: dict[int, float] = defaultdict(float)
    for start in plan.starts:
        option = table.index(start.initiative, start.unit)
        share = 1.0 if option is None else table.options[option].share
        rows = [row for row in region.money if row.initiative == start.initiative and row.kind is MoneyKind.CAPEX]
        for age, amount in tranches(initiatives[start.initiative], rows).items():
            bought[start.start + age] += share * start.level * amount
    beyond = {
        year: amount
        for year, amount in bought.items()
        if max(limited) < year <= region.settings.end_year and amount > 0
    }
    if not beyond:
        return None
    return {
        "last_budget": max(limited),
        "first_year": min(beyond),
        "last_year": max(beyond),
        "amount": sum(beyond.values()),
    }
