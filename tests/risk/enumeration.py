"""Every choice of a small region in every draw: the outside answer for plans under risk."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import TargetLine
from rmscenario.options import deployed_effect
from rmscenario.options.options import NONE
from rmscenario.planning.problem import Problem
from rmscenario.risk.drawn import PlanningDraws

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def deployed_by_way(problem: Problem, year: int) -> FloatArray:
    """Deployed effect of each state: on time, one year late, two years late, in part, never; last row: no state."""
    table = problem.frame.structure.table
    uptake = {row.initiative: row.partial_uptake or 0.0 for row in problem.region.delivery_risk}
    found = np.zeros((len(table.states) + 1, 5))
    for number, state in enumerate(table.states):
        option = table.options[state.option]
        for late in range(3):
            start = state.start if option.running is not None else state.start + late
            found[number, late] = deployed_effect(option.initiative, state.level, start, np.asarray([year]))[0]
        taken_up = uptake.get(option.initiative.initiative, uptake.get(None, 0.0))
        found[number, 3] = taken_up * found[number, 0]
        if option.running is not None:
            found[number, 3:] = found[number, 0]
    return found


def background(problem: Problem, line: TargetLine, category: str, draws: PlanningDraws, year: int) -> FloatArray:
    """Background factor of a category in each draw, draw by draw."""
    region = problem.region
    rows = [
        (number, row.year)
        for number, row in enumerate(region.background)
        if (row.category, row.quantity) == (category, line.target.quantity)
    ]
    found = np.empty(draws.count)
    for draw in range(draws.count):
        knots = {region.settings.base_year: 1.0} | {at: float(draws.background[number, draw]) for number, at in rows}
        found[draw] = np.interp(year, sorted(knots), [knots[at] for at in sorted(knots)])
    return found


def drawn_residuals(
    problem: Problem, line: TargetLine, choices: IntArray, draws: PlanningDraws, position: int
) -> FloatArray:
    """Residual of a target in one year for every choice and draw: array (choice, draw)."""
    structure = problem.frame.structure
    table = structure.table
    year = int(table.years[position])
    by_way = deployed_by_way(problem, year)

    def deployed(option: int) -> FloatArray:
        states = np.where(choices[:, option] == NONE, len(table.states), choices[:, option])
        return by_way[states][:, draws.delivered[option]]

    products = np.ones((structure.pool_count, len(choices), draws.count))
    for term, pool in enumerate(structure.term_pool.tolist()):
        lift = np.ones((len(choices), draws.count))
        for number in np.flatnonzero(structure.lift_term == term):
            strength = structure.lift_weight[number] * draws.lift[structure.lift_row[number]]
            lift += strength * deployed(int(structure.lift_enabler[number]))
        share = np.minimum(1.0, draws.effect[structure.term_row[term]] * structure.term_scale[term])
        products[pool] *= np.maximum(0.0, 1.0 - share * deployed(int(structure.term_option[term])) * lift)
    total = np.zeros((len(choices), draws.count))
    for leaf in line.leaves.tolist():
        amount = structure.leaves[leaf].base * background(problem, line, structure.leaves[leaf].category, draws, year)
        pool = int(structure.leaf_pool[leaf])
        total += amount * (products[pool] if pool >= 0 else 1.0)
        for number in np.flatnonzero(structure.addition_leaf == leaf):
            option = int(structure.addition_option[number])
            drawn = draws.effect[structure.addition_row[number]] * structure.addition_share[number]
            total -= drawn * deployed(option)
    return total
