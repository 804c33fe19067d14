"""The extensive form of a plan by the mean of a tail: every product of remaining shares in every draw stands in one model.

Nothing is bounded by cuts: products are those of `products`, the mean of the tail is that of Rockafellar and Uryasev. Rows
over states and pairs are the planner's; shares in draws are computed here, Eq. (2).

References
----------
R. T. Rockafellar, S. Uryasev (2000), Optimization of conditional value-at-risk, Journal of Risk 2(3), 21–41,
doi 10.21314/JOR.2000.038.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from benchmarks.master import Family, Matrix
from benchmarks.products import CONSTANT, Linear, Products, Realised, Stated, above, plus
from rmscenario.emissions import BASE_YEAR, TargetLine, background_path
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.functional import Functional, cost_functional, residual_functional
from rmscenario.planning.planner import shortfall_prices
from rmscenario.planning.problem import Problem
from rmscenario.risk.drawn import PlanningDraws
from rmscenario.uncertainty import option_ways


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensiveForm:
    """The model, its objective's constant, and where its parts are.

    Attributes
    ----------
    matrix : Matrix
        Columns: states (binary), pairs, then all others. Costs in million DKK.
    constant : float [million DKK]
    most : array (column)
        What no column need exceed in absolute value.
    """

    problem: Problem
    matrix: Matrix
    constant: float
    most: FloatArray

    def bound(self, multipliers: FloatArray) -> float:
        """What multipliers of the rows prove, whatever they are: the least value of the Lagrangian [million DKK]."""
        lower, upper = self.matrix.row_bounds
        multipliers = np.where(np.isinf(upper), np.maximum(multipliers, 0.0), multipliers)
        multipliers = np.where(np.isinf(lower), np.minimum(multipliers, 0.0), multipliers)
        rest = self.matrix.cost - self.matrix.whole.T @ multipliers
        column = np.where(rest > 0, np.maximum(self.matrix.lower, -self.most), np.minimum(self.matrix.upper, self.most))
        row = np.where(multipliers > 0, lower, upper)
        held = multipliers != 0
        return float(self.constant + rest @ column + multipliers[held] @ row[held])

    def choice(self, values: FloatArray) -> IntArray:
        """The choice of a solution: array (option) of state numbers."""
        table = self.problem.frame.structure.table
        choice = np.full(len(table.options), NONE, dtype=np.int64)
        chosen = np.flatnonzero(values[: len(table.states)] > 0.5)
        choice[table.state_option[chosen]] = chosen
        return choice


def drawn_shares(problem: Problem, year: int, draws: PlanningDraws) -> Realised:
    """Remaining shares of all states in a year of each draw, Eq. (2)."""
    frame, structure = problem.frame, problem.frame.structure
    deployed = option_ways(problem.region, structure.table).effects(structure.table, year)
    option, state = structure.term_option[frame.entry_term], frame.entry_state
    effect = np.minimum(1.0, draws.effect[structure.term_row] * structure.term_scale[:, None])
    removed = deployed[draws.delivered[option], state[:, None]] * effect[frame.entry_term]
    running = np.asarray([one.running is not None for one in structure.table.options], dtype=bool)
    strength = structure.lift_weight[:, None] * draws.lift[structure.lift_row]
    fixed = np.ones_like(effect)
    by_running = np.flatnonzero(running[structure.lift_enabler])
    enabler = structure.lift_enabler[by_running]
    in_service = deployed[draws.delivered[enabler], structure.table.first_state[enabler][:, None]]
    np.add.at(fixed, structure.lift_term[by_running], strength[by_running] * in_service)
    share = np.maximum(0.0, 1.0 - removed * fixed[frame.entry_term])

    numbers = dict(
        zip(zip(structure.lift_term.tolist(), structure.lift_enabler.tolist(), strict=True), strength, strict=True)
    )
    of_lift = zip(
        frame.entry_term[frame.lift_entry].tolist(), frame.group_enabler[frame.lift_group].tolist(), strict=True
    )
    by_lift = np.asarray([numbers[both] for both in of_lift]).reshape(-1, draws.count)
    enabler = frame.group_enabler[frame.lift_group]
    in_service = deployed[draws.delivered[enabler], frame.pair_enabler[frame.lift_pair][:, None]]
    return Realised(share=share, change=-removed[frame.lift_entry] * by_lift * in_service)


def drawn_amounts(problem: Problem, line: TargetLine, year: int, draws: PlanningDraws) -> tuple[FloatArray, FloatArray]:
    """A target's amounts before products: arrays (pool, draw), and (draw) for what no effect reaches."""
    structure = problem.frame.structure
    amount, rest = np.zeros((structure.pool_count, draws.count)), np.zeros(draws.count)
    for leaf in line.leaves.tolist():
        one, pool = structure.leaves[leaf], int(structure.leaf_pool[leaf])
        rows, weights = background_path(problem.region, one.category, line.target.quantity, [year])
        drawn = rows != BASE_YEAR
        factor = weights[~drawn].sum() + weights[drawn, 0] @ draws.background[rows[drawn]]
        if pool >= 0:
            amount[pool] += one.base * factor
        else:
            rest += one.base * factor
    return amount, rest


def some_draws(draws: PlanningDraws, kept: IntArray) -> PlanningDraws:
    """Some of the draws."""
    return PlanningDraws(
        effect=draws.effect[:, kept],
        lift=draws.lift[:, kept],
        background=draws.background[:, kept],
        delivered=draws.delivered[:, kept],
    )


def extensive_form(
    problem: Problem, line: TargetLine, draws: PlanningDraws, kept: IntArray | None = None
) -> ExtensiveForm:
    """The cheapest plan by Eqs. (11) and (27): one soft target by the mean of its tail, the others at the modes.

    Parameters
    ----------
    kept : array, optional
        Draws that are stated, no fewer than the tail holds; None: all. The mean of the tail is the largest of all means whose
        weights the tail allows, so with draws left out the optimum is a bound, and where none of them is in the tail of the plan
        it is the optimum of all.
    """
    rows = Stated(problem.frame.columns)
    objective = _at_modes(problem, line, rows)
    tail = draws.count * (1.0 - (line.target.cvar or 0.0))
    stated = draws if kept is None else some_draws(draws, kept)
    assert stated.count >= tail, "fewer draws than the tail holds"
    residuals = _residuals(problem, line, stated, rows)
    eta = rows.free_column(max(map(rows.largest, residuals)))
    objective[above(rows, _tail(rows, eta, residuals, _price(problem, line) * line.cap, tail))] = 1.0
    return _form(problem, rows, objective)


def scenario(problem: Problem, line: TargetLine, draws: PlanningDraws, draw: int) -> tuple[ExtensiveForm, list[int]]:
    """One draw of the extensive form as a problem of its own, and the columns that all draws share.

    The mean of the objectives over the draws is that of the whole where the mean of the tail is above the cap. What is the
    same in every draw is stated in the first.
    """
    rows = Stated(problem.frame.columns)
    same, eta = rows.free_column(np.inf), rows.free_column(np.inf)
    if draw == 0:
        no_less: Linear = {same: 1.0}
        plus(no_less, _at_modes(problem, line, rows), -1.0)
        rows.at_least(no_less)
    tail = 1.0 - (line.target.cvar or 0.0)
    residuals = _residuals(problem, line, some_draws(draws, np.asarray([draw])), rows)
    objective = _tail(rows, eta, residuals, _price(problem, line) * line.cap, tail)
    objective[same] = 1.0
    states = range(len(problem.frame.structure.table.states))
    return _form(problem, rows, objective), [*states, *rows.free]


def _price(problem: Problem, line: TargetLine) -> float:
    """Price of a unit of shortfall in all years that a target holds [million DKK per unit]."""
    return float(shortfall_prices(line, problem.money).sum())


def _at_modes(problem: Problem, line: TargetLine, rows: Stated) -> Linear:
    """Eq. (11) but for one target."""
    frame = problem.frame
    products = Products(frame, rows, Realised(share=frame.share, change=frame.lift_change))
    known: dict[tuple[int, int], Linear] = {}

    def stated(functional: Functional) -> Linear:
        found: Linear = {CONSTANT: functional.constant}
        linear = np.flatnonzero(functional.linear)
        plus(found, dict(zip(linear.tolist(), functional.linear[linear].tolist(), strict=True)), 1.0)
        for pool, column in np.argwhere(functional.weights > 0).tolist():
            if (pool, column) not in known:
                known[pool, column] = products.product(pool, column)
            plus(found, known[pool, column], float(functional.weights[pool, column]))
        return found

    objective = stated(cost_functional(frame, problem.money))
    for other in problem.lines:
        assert not other.target.hard, "soft targets alone are stated"
        if other is line or not other.target.shortfall_price:
            continue
        for year, price in enumerate(shortfall_prices(other, problem.money).tolist()):
            if price > 0:
                in_year = np.zeros(len(other.held))
                in_year[year] = price
                objective[above(rows, stated(residual_functional(frame, other, in_year, "short")))] = 1.0
    return objective


def _form(problem: Problem, rows: Stated, objective: Linear) -> ExtensiveForm:
    """Rows and an objective as one matrix, with the planner's rows over states and pairs."""
    choice_columns = problem.frame.columns
    cost = np.zeros(rows.columns)
    constant = objective.pop(CONSTANT)
    cost[list(objective)] = list(objective.values())
    lower, upper = np.zeros(rows.columns), np.full(rows.columns, np.inf)
    upper[:choice_columns] = 1.0
    lower[rows.free] = -np.inf
    families = []
    for family in problem.rows:
        matrix = sparse.csr_array(family.matrix)
        shape = (matrix.shape[0], rows.columns)
        padded = sparse.csr_array((matrix.data, matrix.indices, matrix.indptr), shape=shape)
        families.append(Family(name=f"Eq. ({family.equation})", matrix=padded, lower=family.lower, upper=family.upper))
    states = len(problem.frame.structure.table.states)
    matrix = Matrix(cost=cost, lower=lower, upper=upper, integers=states, families=(*families, rows.family()))
    return ExtensiveForm(problem=problem, matrix=matrix, constant=constant, most=np.asarray(rows.most))


def _residuals(problem: Problem, line: TargetLine, draws: PlanningDraws, rows: Stated) -> list[Linear]:
    """The residual of a target in its year at its price, one expression for each draw [million DKK]."""
    structure = problem.frame.structure
    year = int(structure.table.years[line.position])
    products = Products(problem.frame, rows, drawn_shares(problem, year, draws))
    price = _price(problem, line)
    amount, rest = (price * each for each in drawn_amounts(problem, line, year, draws))
    deployed = option_ways(problem.region, structure.table).effects(structure.table, year)
    inside = np.flatnonzero(np.isin(structure.addition_leaf, line.leaves))
    pools = np.flatnonzero(amount.any(axis=1)).tolist()
    found = []
    for draw in range(draws.count):
        residual: Linear = {CONSTANT: float(rest[draw])}
        for pool in pools:
            plus(residual, products.product(pool, draw), float(amount[pool, draw]))
        for number in inside.tolist():
            option = int(structure.addition_option[number])
            added = -price * structure.addition_share[number] * draws.effect[structure.addition_row[number], draw]
            states = structure.table.state_range(option)
            by_state = deployed[draws.delivered[option, draw], states.start : states.stop].tolist()
            plus(residual, dict(zip(states, by_state, strict=True)), float(added))
        found.append(residual)
    return found


def _tail(rows: Stated, eta: int, priced: list[Linear], cap: float, tail: float) -> Linear:
    """Mean of the `tail` worst draws above the cap, both at their price: η + Σ (E[n] − η)⁺ / tail − cap [million DKK]."""
    mean: Linear = {eta: 1.0, CONSTANT: -cap}
    for residual in priced:
        over: Linear = {eta: -1.0}
        plus(over, residual, 1.0)
        mean[above(rows, over)] = 1.0 / tail
    return mean
