"""Everything a plan gives, computed once, labelled, with units."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import xarray as xr

from rmscenario.assessment.attribution import attribute
from rmscenario.emissions import UNIT_OF_TARGET, Structure, build_structure, evaluate, on_paper, target_lines
from rmscenario.emissions.structure import FOOTPRINT, FloatArray, IntArray
from rmscenario.money import MoneyTable, build_money, metered_prices, metered_value
from rmscenario.options import OptionTable, build_options
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind

Variables = dict[str, tuple[tuple[str, ...], Any, dict[str, str]]]


def assess(region: Region, plan: Plan) -> xr.Dataset:
    """Quantities, targets, money and staff of a plan, from the base year to the end of the period.

    Returns
    -------
    Dataset
        Every variable has `long_name`, and `units` or the name of the variable that holds the unit of each target or stream. Money is 0 before the period; running initiatives cost nothing in
        a plan. See `docs/formulation.md` for the equations.
    """
    table = build_options(region, range(region.settings.base_year, region.settings.end_year + 1))
    structure = build_structure(region, table)
    choice = table.choice(plan)
    variables = (
        _quantities(structure, choice)
        | _targets(structure, choice)
        | _money(region, table, choice)
        | _metered(structure, choice)
        | _tonnes(structure, choice)
        | _on_paper(structure, choice)
    )
    labels = {
        "stream": [
            stream.quantity if stream.account is None else f"{stream.quantity}@{stream.account}"
            for stream in structure.streams
        ],
        "source": [f"{unit}:{category}" for unit, category in _sources(region)],
        "option": [":".join(option.key) for option in table.options],
        "target": [target.target for target in region.active_targets],
        "skill": [row.skill for row in region.skills],
    }
    coordinates = {dim: np.asarray(names, dtype=str) for dim, names in labels.items()} | {"year": table.years}
    return xr.Dataset(variables, coords=coordinates, attrs={"region": region.settings.region})


def _sources(region: Region) -> list[tuple[str, str]]:
    return [(unit.unit, category.category) for unit in region.units for category in region.categories]


def _by_source(structure: Structure, leaf: FloatArray) -> FloatArray:
    """Leaves summed to sources: array (stream, source, year)."""
    position = {source: number for number, source in enumerate(_sources(structure.region))}
    source = np.asarray([position[item.unit, item.category] for item in structure.leaves], dtype=np.int64)
    total = np.zeros((len(structure.streams), len(position), leaf.shape[1]))
    np.add.at(total, (structure.leaf_stream, source), leaf)
    return total


def _quantities(structure: Structure, choice: IntArray) -> Variables:
    dims = ("stream", "source", "year")
    units = {"ancillary_variables": "stream_units", "comment": "each stream in the unit that stream_units names"}
    measures = {row.quantity: row.measure for row in structure.region.quantities}
    background = evaluate(structure, structure.table.nothing_new())
    return {
        "quantity": (dims, _by_source(structure, evaluate(structure, choice).leaf), units | {"long_name": "plan"}),
        "background": (
            dims,
            _by_source(structure, background.leaf),
            units | {"long_name": "running initiatives alone"},
        ),
        "bare": (dims, _by_source(structure, structure.leaf_amount), units | {"long_name": "no initiatives at all"}),
        "stream_units": (
            ("stream",),
            [measures[stream.quantity] for stream in structure.streams],
            {"long_name": "unit of each stream"},
        ),
    }


def _targets(structure: Structure, choice: IntArray) -> Variables:
    lines = target_lines(structure)
    plan, background = evaluate(structure, choice).leaf, evaluate(structure, structure.table.nothing_new()).leaf
    count, years = len(lines), structure.table.years
    residual, before, shortfall = (np.zeros((count, len(years))) for _ in range(3))
    for number, line in enumerate(lines):
        residual[number] = line.residual(plan)
        before[number] = line.residual(background)
        shortfall[number] = line.shortfall(residual[number])
    dims, units = ("target", "year"), UNIT_OF_TARGET
    held = np.stack([line.held for line in lines]) if lines else np.zeros((0, len(years)), dtype=bool)
    return {
        "residual": (dims, residual, units | {"long_name": "plan, inside the target's boundary"}),
        "background_residual": (dims, before, units | {"long_name": "background, inside the target's boundary"}),
        "shortfall": (dims, shortfall, units | {"long_name": "above the cap in the years it holds"}),
        "holds": (dims, held, {"units": "1", "long_name": "the cap holds in this year"}),
        "cap": (("target",), [line.cap for line in lines], units | {"long_name": "cap"}),
        "base": (
            ("target",),
            [line.base for line in lines],
            units | {"long_name": "amount a reduction is measured from"},
        ),
        "target_year": (
            ("target",),
            [int(years[line.position]) for line in lines],
            {"units": "a", "long_name": "year in which the target is judged"},
        ),
        "target_units": (
            ("target",),
            [line.target.measure for line in lines],
            {"long_name": "unit of each target"},
        ),
    }


def _money(region: Region, table: OptionTable, choice: IntArray) -> Variables:
    money: MoneyTable = build_money(region, table)
    started = choice != NONE
    dims = ("option", "year")

    def by_option(states: FloatArray) -> FloatArray:
        values = np.zeros((len(table.options), len(table.years)))
        values[started] = states[choice[started]]
        return values

    staff = np.zeros((len(table.options), len(money.skills), len(table.years)))
    staff[started] = money.staff[:, choice[started]].transpose(1, 0, 2)
    per_year = {"units": "DKK/a"}
    return {
        "in_service": (dims, by_option(table.in_service), {"units": "1", "long_name": "share in service"}),
        "annuity": (dims, by_option(money.annuity), per_year | {"long_name": "annuity on capital in service"}),
        "opex": (dims, by_option(money.opex), per_year | {"long_name": "running cost"}),
        "capex_outlay": (dims, by_option(money.capex_outlay), per_year | {"long_name": "capital paid in the year"}),
        "saving_own_cashable": (
            dims,
            by_option(money.saving_cashable),
            per_year | {"long_name": "own cashable savings"},
        ),
        "saving_own_avoided": (
            dims,
            by_option(money.saving_avoided),
            per_year | {"long_name": "own avoided purchases"},
        ),
        "staff": (("option", "skill", "year"), staff, {"units": "FTE", "long_name": "staff needed"}),
        "discount": (("year",), money.discount, {"units": "1", "long_name": "factor of a payment at the year's end"}),
    }


def _metered(structure: Structure, choice: IntArray) -> Variables:
    plan, background = evaluate(structure, choice).leaf, evaluate(structure, structure.table.nothing_new()).leaf
    inside = structure.table.years >= structure.region.settings.first_year
    names = {
        PriceKind.SAVING_CASHABLE: ("saving_metered_cashable", "metered cashable savings"),
        PriceKind.SAVING_AVOIDED: ("saving_metered_avoided", "metered avoided purchases"),
        PriceKind.CARBON_VALUE: ("carbon_value", "value of avoided tonnes, not money"),
    }
    variables: Variables = {}
    for kind, (name, meaning) in names.items():
        value = metered_value(metered_prices(structure, kind), background, plan) * inside
        by_source = _by_source(structure, value).sum(axis=0)
        variables[name] = (("source", "year"), by_source, {"units": "DKK/a", "long_name": meaning})
    return variables


def _tonnes(structure: Structure, choice: IntArray) -> Variables:
    stream = structure.stream_index(FOOTPRINT, structure.region.settings.account)
    alone, in_plan = attribute(structure, choice, structure.leaves_of(stream))
    dims, units = ("option", "year"), {"units": "tCO2e/a"}
    return {
        "tonnes_alone": (dims, alone, units | {"long_name": "reduction by this start alone"}),
        "tonnes_in_plan": (dims, in_plan, units | {"long_name": "share of the joint reduction, summing to all of it"}),
    }


def _on_paper(structure: Structure, choice: IntArray) -> Variables:
    """What the accounts will show of the plan, Eq. (32); a quantity that is no footprint is in no account."""
    shown, leaf = evaluate(on_paper(structure), choice).leaf, evaluate(structure, choice).leaf
    residual = np.zeros((len(structure.region.active_targets), len(structure.table.years)))
    for number, line in enumerate(target_lines(structure)):
        residual[number] = line.residual(shown if line.target.quantity == FOOTPRINT else leaf)
    footprint = structure.stream_index(FOOTPRINT, structure.region.settings.account)
    return {
        "residual_on_paper": (
            ("target", "year"),
            residual,
            UNIT_OF_TARGET | {"long_name": "plan as the target's account will show it, inside the boundary"},
        ),
        "footprint_on_paper": (
            ("source", "year"),
            _by_source(structure, shown)[footprint],
            {"units": "tCO2e/a", "long_name": "plan as the region's account will show it"},
        ),
    }


#: Parts of a plan's cost in a year, with their signs.
COST_SIGNS: Mapping[str, float] = MappingProxyType(
    {
        "annuity": 1.0,
        "opex": 1.0,
        "saving_own_cashable": -1.0,
        "saving_own_avoided": -1.0,
        "saving_metered_cashable": -1.0,
        "saving_metered_avoided": -1.0,
    }
)


def discounted_cost(dataset: xr.Dataset) -> dict[str, float]:
    """Discounted cost of a plan by part, and its net present value [DKK].

    `absolute` is the sum of the absolute parts, the scale of gaps and of verification.
    """
    discount = dataset["discount"].values
    values = {name: float((dataset[name].values * discount).sum()) for name in COST_SIGNS}
    absolute = {name: float(np.abs(dataset[name].values * discount).sum()) for name in COST_SIGNS}
    return values | {
        "npv": sum(sign * values[name] for name, sign in COST_SIGNS.items()),
        "carbon_value": float((dataset["carbon_value"].values * discount).sum()),
        "absolute": sum(absolute.values()),
    }
