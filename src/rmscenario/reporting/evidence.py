"""How much of an answer rests on each grade of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from rmscenario.plan import Plan
from rmscenario.region import Region, report_year
from rmscenario.region.grades import weakest
from rmscenario.region.vocabulary import Grade, MoneyKind, PriceKind, Sourced
from rmscenario.reporting.results import FOOTPRINT, footprint_stream, split_option

if TYPE_CHECKING:
    import xarray as xr

Shares = dict[str, float]

_OWN_MONEY = {
    "annuity": MoneyKind.CAPEX,
    "opex": MoneyKind.OPEX,
    "saving_own_cashable": MoneyKind.SAVING_CASHABLE,
    "saving_own_avoided": MoneyKind.SAVING_AVOIDED,
}
_METERED = {
    "saving_metered_cashable": PriceKind.SAVING_CASHABLE,
    "saving_metered_avoided": PriceKind.SAVING_AVOIDED,
}
_LIMITS = ("budgets", "staff_capacity", "outlay_shares", "duties", "minimum_starts", "start_limits")


def _shares(weights: Iterable[tuple[Grade, float]]) -> Shares:
    """Shares of absolute weights by grade, best grade first; empty where nothing weighs."""
    sums: dict[Grade, float] = defaultdict(float)
    for grade, weight in weights:
        sums[grade] += abs(weight)
    total = sum(sums.values())
    return {grade.value: sums[grade] / total for grade in Grade if sums[grade] > 0} if total > 0 else {}


def _base(region: Region) -> Shares:
    return _shares((row.grade, row.value) for row in region.sources if row.quantity == FOOTPRINT)


def _background(region: Region, dataset: xr.Dataset, year: int) -> Shares:
    """By the tonnes that the background moves until a year; of a category's rows the one that holds then counts."""
    bare = dataset["bare"].sel(stream=footprint_stream(region))
    moved = np.abs(bare.sel(year=year).to_numpy() - bare.sel(year=region.settings.base_year).to_numpy())
    grades: dict[str, Grade] = {}
    for row in sorted(
        (row for row in region.background if row.quantity == FOOTPRINT), key=lambda row: (row.category, row.year)
    ):
        if row.category not in grades or row.year <= year:
            grades[row.category] = row.grade
    weights = zip(map(str, dataset["source"].to_numpy()), moved.tolist(), strict=True)
    categories = ((source.partition(":")[2], tonnes) for source, tonnes in weights)
    return _shares((grades[category], tonnes) for category, tonnes in categories if category in grades)


def _weakest_of(rows: Iterable[tuple[str, Grade]]) -> dict[str, Grade]:
    """Weakest grade by key."""
    found: dict[str, Grade] = {}
    for key, grade in rows:
        found[key] = weakest([grade, *([found[key]] if key in found else [])]) or grade
    return found


def _effect(region: Region, dataset: xr.Dataset, year: int) -> Shares:
    """By tonnes in the plan; an initiative counts with its weakest effect row."""
    grades = _weakest_of((row.initiative, row.grade) for row in region.effects)
    tonnes = dataset["tonnes_in_plan"].sel(year=year)
    pairs = zip(map(str, dataset["option"].to_numpy()), tonnes.to_numpy().tolist(), strict=True)
    return _shares((grades[initiative], t) for label, t in pairs if (initiative := split_option(label)[0]) in grades)


def _price_grades(region: Region, kind: PriceKind) -> Mapping[str, Grade]:
    """Weakest grade of the prices that value a category."""
    by_category = {
        category.category: weakest(
            row.grade for row in region.prices if row.kind is kind and row.category in (None, category.category)
        )
        for category in region.categories
    }
    return {category: grade for category, grade in by_category.items() if grade is not None}


def _cost(region: Region, dataset: xr.Dataset) -> Shares:
    """By discounted absolute money: own money by its rows, metered savings by their prices."""
    discount = dataset["discount"].to_numpy()
    options = [split_option(str(label))[0] for label in dataset["option"].to_numpy()]
    sources = [str(label).partition(":")[2] for label in dataset["source"].to_numpy()]
    weights: list[tuple[Grade, float]] = []
    for variable, kind in _OWN_MONEY.items():
        grades = _weakest_of((row.initiative, row.grade) for row in region.money if row.kind is kind)
        amounts = np.abs(dataset[variable].transpose("option", "year").to_numpy()) @ discount
        weights += [(grades[i], a) for i, a in zip(options, amounts.tolist(), strict=True) if i in grades]
    for variable, price in _METERED.items():
        priced = _price_grades(region, price)
        amounts = np.abs(dataset[variable].transpose("source", "year").to_numpy()) @ discount
        weights += [(priced[c], a) for c, a in zip(sources, amounts.tolist(), strict=True) if c in priced]
    return _shares(weights)


def _limits(region: Region) -> Shares:
    rows = (row for table in _LIMITS for row in region.table(table))
    return _shares((row.grade, 1.0) for row in rows if isinstance(row, Sourced))


def evidence(region: Region, plan: Plan, dataset: xr.Dataset) -> dict[str, Shares]:
    """How much of the answer rests on each grade.

    Parameters
    ----------
    dataset : Dataset
        The plan's assessment.

    Returns
    -------
    dict
        `base` by tonnes in the base year, `background` by the tonnes it moves until the report year, `effect` by tonnes
        in the plan in that year, `cost` by discounted absolute money, `limits` by rows: share of each grade [1]. The
        shares of a part sum to 1; a part without any weight is empty. Where several rows make a figure, the weakest
        counts.
    """
    year = report_year(region)
    return {
        "base": _base(region),
        "background": _background(region, dataset, year),
        "effect": _effect(region, dataset, year) if plan.starts else {},
        "cost": _cost(region, dataset) if plan.starts else {},
        "limits": _limits(region),
    }
