"""Money of each year: what is paid, what is saved, and the budgets."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmscenario.region import report_year
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.reporting.language import Lang, money, say
from rmscenario.reporting.results import Result

FloatArray = npt.NDArray[np.float64]


def yearly(result: Result, variable: str) -> FloatArray:
    """A money variable summed over options or sources: array (year of the period) [DKK/a]."""
    values = result.assessment[variable].sel(year=list(result.region.years))
    other = [dim for dim in values.dims if dim != "year"]
    return values.sum(other).to_numpy().astype(np.float64)


def savings(result: Result, kind: MoneyKind) -> FloatArray:
    """Own and metered savings of one kind: array (year of the period) [DKK/a]."""
    short = kind.value.removeprefix("saving_")
    total: FloatArray = yearly(result, f"saving_own_{short}") + yearly(result, f"saving_metered_{short}")
    return total


def budget_of(result: Result, kind: MoneyKind) -> dict[int, float]:
    """The region's budget of a kind by year [DKK]."""
    return {row.year: row.amount for row in result.region.budgets if row.kind is kind and row.unit is None}


def money_finding(result: Result, lang: Lang) -> str:
    """What the money of the plan says, in one sentence."""
    settings, year = result.region.settings, report_year(result.region)
    years = np.asarray(result.region.years)
    at = year - settings.first_year
    cashable, avoided = (
        float(savings(result, kind)[at]) for kind in (MoneyKind.SAVING_CASHABLE, MoneyKind.SAVING_AVOIDED)
    )
    capex = float(yearly(result, "capex_outlay")[years <= settings.last_start].sum())
    return say(
        "money.finding",
        lang,
        first=settings.first_year,
        last=settings.last_start,
        year=year,
        capex=money(capex, lang),
        opex=money(float(yearly(result, "opex")[at]), lang),
        savings=money(cashable + avoided, lang),
        cashable=money(cashable, lang),
    )
