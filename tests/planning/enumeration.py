"""Every choice of a small region, with all its values: the outside answer for the planner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from random import Random

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import build_structure
from rmscenario.money import metered_prices
from rmscenario.options import build_options
from rmscenario.options.options import NONE
from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import shortfall_prices
from rmscenario.planning.problem import Problem
from rmscenario.region import Region
from rmscenario.region.initiatives import Exclusion, Prerequisite
from rmscenario.region.limits import Budget, Duty, MinimumStarts, StaffCapacity, StartLimit
from rmscenario.region.vocabulary import MoneyKind, PriceKind
from tests.random_regions import random_region

FloatArray = npt.NDArray[np.float64]
MADE_UP = {"reference": "made-up", "grade": "assumption"}


def small_region(seed: int, most: int = 4096) -> Region:
    """A random region of at most `most` choices with two targets and every kind of limit."""
    dice = Random(seed + 10_000)
    model = random_region(seed)
    count, kept = 1, []
    window = {}
    for item in model.initiatives:
        earliest = dice.choice([2027, 2028, 2029])
        window[item.initiative] = (earliest, earliest + dice.choice([0, 0, 1, 2]))
    levels = {name: max(1, sum(row.initiative == name for row in model.levels)) for name in window}
    runs = {(row.initiative, row.unit) for row in model.running}
    for row in model.delivery:
        key = (row.initiative, row.unit)
        if any((other.initiative, other.unit) == key for other in kept) or key in runs:
            kept.append(row)
            continue
        first, last = window[row.initiative]
        states = 1 + levels[row.initiative] * (last - first + 1)
        if count * states <= most:
            count *= states
            kept.append(row)
    present = {(row.initiative, row.unit) for row in kept}
    names = [name for name in window if any(name == other for other, _ in present)]
    targets = list(model.targets)
    dice.shuffle(targets)
    targets = [
        row.model_copy(update={"priority": number + 1, "shortfall_price": dice.choice([50.0, 500.0, 3000.0])})
        for number, row in enumerate(targets[:2])
    ]
    years = range(2027, 2031)
    small = replace(
        model,
        delivery=tuple(kept),
        initiatives=tuple(
            row.model_copy(update={"earliest": window[row.initiative][0], "latest": window[row.initiative][1]})
            for row in model.initiatives
        ),
        targets=tuple(targets),
        budgets=tuple(
            Budget(kind=kind, unit=unit, year=year, amount=dice.uniform(2e5, 2e6), measure="DKK/a", **MADE_UP)
            for kind in (MoneyKind.CAPEX, MoneyKind.OPEX)
            for unit in (None, "A")
            for year in years
            if dice.random() < 0.3
        ),
        staff_capacity=tuple(
            StaffCapacity(skill=row.skill, unit=None, year=year, fte=dice.uniform(2.0, 8.0), **MADE_UP)
            for row in model.skills
            for year in years
            if dice.random() < 0.3
        ),
        start_limits=tuple(
            StartLimit(round=row.round, unit=None, at_most=dice.randint(1, 4), **MADE_UP)
            for row in model.rounds
            if dice.random() < 0.4
        ),
        prerequisites=tuple(
            Prerequisite(
                initiative=one,
                requires=other,
                lag=dice.choice([0, 0, 1]),
                scope=dice.choice(["same_unit", "any_unit", "all_units"]),
            )
            for one in names
            for other in names
            if one < other and dice.random() < 0.15
        ),
        exclusions=tuple(
            Exclusion(initiative=one, excludes=other)
            for one in names
            for other in names
            if one < other and dice.random() < 0.1
        ),
        duties=tuple(
            Duty(initiative=name, unit=unit, latest=2030, **MADE_UP)
            for name, unit in sorted(present - runs)
            if dice.random() < 0.05
        ),
        minimum_starts=tuple(
            MinimumStarts(track=row.track, unit="A", at_least=1, **MADE_UP)
            for row in model.initiatives[:1]
            if dice.random() < 0.2 and (row.initiative, "A") in present - runs and row.delivery == "unit"
        ),
    )
    return replace(small, enablers=tuple(row for row in small.enablers if row.initiative not in _lifted_too_far(small)))


def _lifted_too_far(model: Region) -> set[str]:
    """Initiatives that enablers would lift above everything there is, which the tables refuse."""
    table = build_options(model)
    structure = build_structure(model, table)
    lift = np.ones(len(structure.term_effect))
    np.add.at(lift, structure.lift_term, structure.lift_value)
    too_far = np.flatnonzero(structure.term_effect * lift > 1.0)
    return {table.options[structure.term_option[term]].initiative.initiative for term in too_far}


@dataclass(frozen=True, kw_only=True)
class Enumeration:
    """Every choice of a problem.

    Attributes
    ----------
    choices : array (choice, option)
    chosen : array (choice, choice column)
    products : array (choice, pool, year)
    residual : array (target, choice, year)
    cost : array (choice) [million DKK]
    feasible : array (choice) bool
    """

    choices: npt.NDArray[np.int64]
    chosen: FloatArray
    products: FloatArray
    residual: FloatArray
    cost: FloatArray
    feasible: npt.NDArray[np.bool_]


def enumerate_choices(problem: Problem) -> Enumeration:
    """Compute every choice by the formulas as they stand, one choice next to the other, without cuts or solver."""
    structure, table, money = problem.frame.structure, problem.frame.structure.table, problem.money
    ways = [
        list(table.state_range(number)) if option.running is not None else [NONE, *table.state_range(number)]
        for number, option in enumerate(table.options)
    ]
    choices = np.asarray(list(product(*ways)), dtype=np.int64).reshape(-1, len(ways))
    effect = np.vstack([table.effect, np.zeros((1, len(table.years)))])
    deployed = effect[choices]  # NONE, −1, is the last row: nothing
    shares = 1.0 - structure.term_effect[None, :, None] * deployed[:, structure.term_option] * _lift(
        structure, deployed
    )
    shares = np.maximum(0.0, shares)
    products = np.ones((len(choices), structure.pool_count + 1, len(table.years)))
    for term, pool in enumerate(structure.term_pool.tolist()):
        products[:, pool] *= shares[:, term]
    leaf = structure.leaf_amount[None] * products[:, structure.leaf_pool]
    for option, number, amount in zip(
        structure.addition_option, structure.addition_leaf, structure.addition_amount, strict=True
    ):
        leaf[:, number] += amount * deployed[:, option]
    nothing = next(number for number, choice in enumerate(choices) if (choice == table.nothing_new()).all())
    prices = sum(metered_prices(structure, kind) for kind in PriceKind)
    metered = ((leaf[nothing] - leaf) * prices * money.discount).sum(axis=(1, 2))
    per_state = np.append(money.net @ money.discount, 0.0)
    cost = (per_state[choices].sum(axis=1) - metered) / MILLION
    residual = np.stack([np.stack([line.residual(one) for one in leaf]) for line in problem.lines])
    chosen = np.stack([problem.frame.columns_chosen(choice) for choice in choices])
    feasible = np.ones(len(choices), dtype=bool)
    for rows in problem.rows:
        activity = chosen @ rows.matrix.T.toarray()
        slack = 1e-6 * np.maximum(1.0, np.where(np.isfinite(rows.upper), np.abs(rows.upper), 0.0))
        feasible &= (activity <= rows.upper + slack).all(axis=1) & (activity >= rows.lower - slack).all(axis=1)
    return Enumeration(
        choices=choices, chosen=chosen, products=products[:, :-1], residual=residual, cost=cost, feasible=feasible
    )


def _lift(structure, deployed: FloatArray) -> FloatArray:  # type: ignore[no-untyped-def]
    lift = np.ones((len(deployed), len(structure.term_option), deployed.shape[2]))
    for term, enabler, value in zip(structure.lift_term, structure.lift_enabler, structure.lift_value, strict=True):
        lift[:, term] += value * deployed[:, enabler]
    return lift


def shortfalls(problem: Problem, found: Enumeration, target: int) -> FloatArray:
    """Shortfall of a target at every choice and year: array (choice, year)."""
    return np.maximum(0.0, found.residual[target] - problem.lines[target].cap)


def priced_values(problem: Problem, found: Enumeration) -> FloatArray:
    """Objective of the priced plan at every choice [million DKK]."""
    total = found.cost.copy()
    for number, line in enumerate(problem.lines):
        if not line.target.hard:
            total += shortfalls(problem, found, number) @ shortfall_prices(line, problem.money)
    return total
