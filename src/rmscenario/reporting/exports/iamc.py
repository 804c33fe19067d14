"""A run in the format of the Integrated Assessment Modeling Consortium (IAMC): one row for each series, one column for
each year, so that pyam and the tools around it open it.

A *region* is a unit, or the region as a whole under its own name. The running initiatives alone are a *scenario* of their
own, so that a variable means the same in both. A variable that has parts is their sum; accounts are no parts of anything,
since footprints of different method do not add. Quantiles do not add either: they stand for the region as a whole, named
as the IPCC's scenario data name percentiles. Names are the English ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from rmscenario.constants import PERCENTILES
from rmscenario.region import Region
from rmscenario.reporting.exports.contents import Exported
from rmscenario.reporting.language import Lang, name
from rmscenario.reporting.results import FOOTPRINT, Result, in_words, measure_of, split_option, stream_of

FloatArray = npt.NDArray[np.float64]

#: Columns before those of the years.
INDEX = ("model", "scenario", "region", "variable", "unit")
#: What stands between the parts of a variable.
PIPE = "|"
#: Ending of the scenario of the running initiatives alone.
BACKGROUND = "background"
#: Of the variables, the first parts that are no quantity.
EMISSIONS, PAPER, COST, INVESTMENT, STAFF, TARGET = (
    "Emissions",
    "Emissions on Paper",
    "Cost",
    "Investment",
    "Staff",
    "Target",
)
#: Parts of the yearly cost with their sign; savings are negative costs.
_COSTS = {
    ("Annuity",): (1.0, ("annuity",)),
    ("Operation",): (1.0, ("opex",)),
    ("Savings", "Cashable"): (-1.0, ("saving_own_cashable", "saving_metered_cashable")),
    ("Savings", "Avoided Purchases"): (-1.0, ("saving_own_avoided", "saving_metered_avoided")),
}
#: Variables of an assessment by what is said of a target, for the plan and for the background.
_TARGET_LINES = {
    "Residual": ("residual", "background_residual"),
    "Residual on Paper": ("residual_on_paper", None),
    "Shortfall": ("shortfall", None),
}
_DIMENSIONLESS = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row: values by year, NaN where there is none [unit]."""

    scenario: str
    region: str
    variable: str
    unit: str
    values: FloatArray


def iamc(exported: Exported, *, model: str) -> tuple[tuple[str, ...], list[dict[str, object]]]:
    """Columns and rows of a run in the IAMC format, wide.

    Parameters
    ----------
    model : str
        Name and version of the program that made the run.
    """
    years = [int(year) for year in exported.result.assessment["year"].to_numpy()]
    rows = []
    for series in _series(exported):
        row: dict[str, object] = dict(
            zip(INDEX, (model, series.scenario, series.region, series.variable, series.unit), strict=True)
        )
        values = series.values.tolist()
        rows.append(row | {str(y): None if np.isnan(v) else v for y, v in zip(years, values, strict=True)})
    return (*INDEX, *map(str, years)), rows


def part(text: str) -> str:
    """A name as a part of a variable: no bar, no space at its ends, none twice."""
    return " ".join(text.replace(PIPE, "/").split())


def parts(names: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Names as parts of variables by id; those that would be the same have their id behind them."""
    made = {key: part(text) for key, text in names.items()}
    count = Counter([*(text.casefold() for text in made.values()), *(text.casefold() for text in taken)])
    return {key: text if count[text.casefold()] == 1 else f"{text} ({key})" for key, text in made.items()}


def unit(measure: str, price_year: int) -> str:
    """A unit of the tables as the format writes it: t CO2e/yr, MWh/yr, DKK_2025/yr."""
    stem, per, _ = measure.partition("/")
    stem = {"tCO2e": "t CO2e", "DKK": f"DKK_{price_year}"}.get(stem, stem)
    return f"{stem}/yr" if per else stem


class _Places:
    """Regions of the format: each unit, then all together."""

    def __init__(self, region: Region) -> None:
        ids = {row.unit: row.name_en for row in region.units}
        whole = part(region.settings.name_en)
        self.names = [*parts(ids, taken=[whole]).values(), whole]
        self.whole = whole
        self._units = {unit: number for number, unit in enumerate(ids)}

    def by_unit(self, units: Iterable[str], values: FloatArray) -> FloatArray:
        """Values summed by unit, their total last: array (region, …); `units` names the unit of each first entry."""
        summed = np.zeros((len(self.names), *values.shape[1:]))
        np.add.at(summed, [self._units[each] for each in units], values)
        summed[-1] = summed[:-1].sum(axis=0)
        return summed


class _Sources:
    """Sources summed to regions of the format, and to what a quantity is split into: nothing, groups, their categories."""

    def __init__(self, result: Result, places: _Places) -> None:
        region = result.region
        self._places = places
        self._units, kinds = zip(
            *(str(label).partition(":")[::2] for label in result.assessment["source"].to_numpy()), strict=True
        )
        members: dict[str, list[str]] = {}
        for row in region.categories:
            members.setdefault(row.group, []).append(row.category)
        groups = parts({group: in_words(region, group, Lang.EN) for group in members})
        named = {row.category: name(row, Lang.EN) for row in region.categories}
        sums: dict[tuple[str, ...], list[str]] = {(): list(named)}
        for group, inside in members.items():
            sums[(groups[group],)] = inside
            for category, text in parts({each: named[each] for each in inside}).items():
                sums[groups[group], text] = [category]
        self._endings = list(sums)
        #: [1] Which sources each ending sums: array (ending, source).
        self._member = np.stack([np.isin(kinds, inside) for inside in sums.values()]).astype(np.float64)

    def summed(self, values: xr.DataArray) -> FloatArray:
        """Array (region, ending, year) of values by source and year."""
        split = self._member.T[:, :, None] * values.transpose("source", "year").to_numpy()[:, None, :]
        return self._places.by_unit(self._units, split)

    def lines(self, values: FloatArray, there: FloatArray) -> Iterator[tuple[str, tuple[str, ...], FloatArray]]:
        """Region, ending and years of each line: totals always, parts where `there` is something in any year."""
        kept = (there != 0).any(axis=2)
        for at, place in enumerate(self._places.names):
            for number, ending in enumerate(self._endings):
                if not ending or kept[at, number]:
                    yield place, ending, values[at, number]


def _series(exported: Exported) -> Iterator[Series]:
    result = exported.result
    places = _Places(result.region)
    scenarios = {"": exported.name, BACKGROUND: f"{exported.name} {BACKGROUND}"}
    yield from _quantities(result, places, scenarios)
    yield from _money(result, places, exported.name)
    yield from _staff(result, places, exported.name)
    yield from _targets(result, places.whole, scenarios)
    if result.stress is not None:
        yield from _drawn(result, result.stress, places.whole, scenarios)


def _variable(*said: str) -> str:
    return PIPE.join(said)


def _quantities(result: Result, places: _Places, scenarios: Mapping[str, str]) -> Iterator[Series]:
    """Every quantity in plan and background, and the footprint as the region's account will show it."""
    region, assessment = result.region, result.assessment
    sources, heads = _Sources(result, places), _heads(region)
    tables = []
    for stream in map(str, assessment["stream"].to_numpy()):
        of = assessment.sel(stream=stream)
        plan, before = sources.summed(of["quantity"]), sources.summed(of["background"])
        there = np.abs(plan) + np.abs(before)  # the same lines in both scenarios
        measure = str(of["stream_units"].item())
        tables += [(scenarios[""], heads[stream], measure, plan, there)]
        tables += [(scenarios[BACKGROUND], heads[stream], measure, before, there)]
    shown, account = (
        sources.summed(assessment["footprint_on_paper"]),
        heads[stream_of(FOOTPRINT, region.settings.account)],
    )
    tables += [
        (scenarios[""], (PAPER, *account[1:]), str(assessment["footprint_on_paper"].attrs["units"]), shown, shown)
    ]
    for scenario, head, measure, values, there in tables:
        for place, ending, line in sources.lines(values, there):
            yield Series(
                scenario=scenario,
                region=place,
                variable=_variable(*head, *ending),
                unit=unit(measure, region.settings.price_year),
                values=line,
            )


def _heads(region: Region) -> dict[str, tuple[str, ...]]:
    """First parts of the variables of each stream: the footprint's name its account."""
    taken = (EMISSIONS, PAPER, COST, INVESTMENT, STAFF, TARGET)
    others = {row.quantity: row.name_en for row in region.quantities if row.quantity != FOOTPRINT}
    accounts = parts({row.account: row.name_en for row in region.accounts})
    return {quantity: (text,) for quantity, text in parts(others, taken).items()} | {
        stream_of(FOOTPRINT, account): (EMISSIONS, "CO2e", text) for account, text in accounts.items()
    }


def _in_period(result: Result, values: FloatArray) -> FloatArray:
    """Values with none before the period, in which nothing is paid."""
    inside = result.assessment["year"].to_numpy() >= result.region.settings.first_year
    kept: FloatArray = np.where(inside, values, np.nan)
    return kept


def _by_unit(result: Result, places: _Places, variable: str) -> FloatArray:
    """A variable over options or sources, summed by the unit that bears it: array (region, year)."""
    values = result.assessment[variable]
    dim = "option" if "option" in values.dims else "source"
    labels = map(str, values[dim].to_numpy())
    units = [split_option(label)[1] if dim == "option" else label.partition(":")[0] for label in labels]
    return places.by_unit(units, values.transpose(dim, "year").to_numpy())


def _money(result: Result, places: _Places, scenario: str) -> Iterator[Series]:
    """Outlay, and the yearly cost by its parts."""
    measure = unit("DKK/a", result.region.settings.price_year)
    costs = {
        ending: np.asarray(sign * sum(_by_unit(result, places, variable) for variable in variables))
        for ending, (sign, variables) in _COSTS.items()
    }
    above = {ending[:depth] for ending in costs for depth in range(len(ending))}
    sums = {
        head: np.asarray(sum(values for ending, values in costs.items() if ending[: len(head)] == head))
        for head in sorted(above)
    }
    rows: dict[tuple[str, ...], FloatArray] = {(INVESTMENT,): _by_unit(result, places, "capex_outlay")}
    rows |= {(COST, *ending): values for ending, values in (sums | costs).items()}
    for said, values in rows.items():
        for place, line in zip(places.names, _in_period(result, values), strict=True):
            yield Series(scenario=scenario, region=place, variable=_variable(*said), unit=measure, values=line)


def _staff(result: Result, places: _Places, scenario: str) -> Iterator[Series]:
    """Staff needed, in all and by skill."""
    region, staff = result.region, result.assessment["staff"]
    units = [split_option(str(label))[1] for label in staff["option"].to_numpy()]
    by_skill = places.by_unit(units, staff.transpose("option", "skill", "year").to_numpy())
    named = parts({row.skill: row.name_en for row in region.skills})
    rows: dict[tuple[str, ...], FloatArray] = {(STAFF,): by_skill.sum(axis=1)}
    rows |= {(STAFF, text): by_skill[:, number] for number, text in enumerate(named.values())}
    for said, values in rows.items() if named else ():
        for place, line in zip(places.names, _in_period(result, values), strict=True):
            yield Series(scenario=scenario, region=place, variable=_variable(*said), unit="FTE", values=line)


def _target_names(region: Region) -> dict[str, str]:
    return parts({row.target: row.name_en for row in region.active_targets})


def _targets(result: Result, whole: str, scenarios: Mapping[str, str]) -> Iterator[Series]:
    """What is left inside each target's boundary, its cap in the years it holds, and what is above it."""
    region, assessment = result.region, result.assessment
    named = _target_names(region)
    for target in region.active_targets:
        of = assessment.sel(target=target.target)
        measure = unit(measure_of(region, target), region.settings.price_year)
        cap = np.where(of["holds"].to_numpy(), float(of["cap"]), np.nan)
        lines = [("", "Cap", cap)]
        for said, (plan, background) in _TARGET_LINES.items():
            lines.append(("", said, of[plan].to_numpy()))
            if background is not None:
                lines.append((BACKGROUND, said, of[background].to_numpy()))
        for case, said, values in lines:
            variable = _variable(TARGET, named[target.target], said)
            yield Series(scenario=scenarios[case], region=whole, variable=variable, unit=measure, values=values)


def _drawn(result: Result, stress: xr.Dataset, whole: str, scenarios: Mapping[str, str]) -> Iterator[Series]:
    """Quantiles and probabilities of the stress test, in the years that it reports."""
    region = result.region
    named = _target_names(region)
    years = result.assessment["year"].to_numpy()
    tested = stress["year"].to_numpy()
    lines = {("Drawn Residual", "Mean"): "mean", ("Probability of Being Met",): "probability_met"}
    lines |= {
        ("Drawn Residual", f"{100.0 * share:.1f}th Percentile"): quantile for quantile, share in PERCENTILES.items()
    }
    for target in region.active_targets:
        if target.target not in stress["target"].to_numpy():
            continue
        for case, scenario in scenarios.items():
            for said, variable in lines.items():
                key = f"{case}_{variable}" if case else variable
                values = np.full(len(years), np.nan)
                values[np.searchsorted(years, tested)] = stress[key].sel(target=target.target).to_numpy()
                measure = measure_of(region, target)
                yield Series(
                    scenario=scenario,
                    region=whole,
                    variable=_variable(TARGET, named[target.target], *said),
                    unit=_DIMENSIONLESS if variable == "probability_met" else unit(measure, region.settings.price_year),
                    values=values,
                )
