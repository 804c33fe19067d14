"""The extensive form of a plan by the mean of a tail: every product of remaining shares in every draw stands in one model.

Nothing is bounded by cuts. A product is a chain of copies: with one copy `w` for each value `ρ` that a factor can take,

    Σ w[k] = the product so far,   0 ≤ w[k] ≤ U · (the states that give ρ[k]),   the product from now on = Σ ρ[k] · w[k]

which is exact wherever the states are whole numbers; `U` bounds the product so far. The mean of the tail is that of
Rockafellar and Uryasev. Rows over states and pairs are the planner's; shares in draws are computed here, Eq. (2).

References
----------
R. T. Rockafellar, S. Uryasev (2000), Optimization of conditional value-at-risk, Journal of Risk 2(3), 21–41,
doi 10.21314/JOR.2000.038.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from benchmarks.master import Family, Matrix
from rmscenario.emissions import BASE_YEAR, CutFrame, TargetLine, background_path
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.functional import Functional, cost_functional, residual_functional
from rmscenario.planning.planner import shortfall_prices
from rmscenario.planning.problem import Problem
from rmscenario.risk.drawn import PlanningDraws, late_effects

#: A linear expression: coefficient by column, the constant under `CONSTANT`.
Linear = dict[int, float]
CONSTANT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """Remaining shares in some realisations, years at the modes or draws of one year.

    Attributes
    ----------
    share : array (entry of the frame, realisation) [1]
        Of each state, without lifts by options that are a choice.
    change : array (lift of the frame, realisation) [1]
        What a lift adds to the share of its entry.
    """

    share: FloatArray
    change: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensiveForm:
    """The model, its objective's constant, and where its parts are.

    Attributes
    ----------
    matrix : Matrix
        Columns: states (binary), pairs, then all others. Costs in million DKK.
    constant : float [million DKK]
    """

    problem: Problem
    matrix: Matrix
    constant: float

    def choice(self, values: FloatArray) -> IntArray:
        """The choice of a solution: array (option) of state numbers."""
        table = self.problem.frame.structure.table
        choice = np.full(len(table.options), NONE, dtype=np.int64)
        chosen = np.flatnonzero(values[: len(table.states)] > 0.5)
        choice[table.state_option[chosen]] = chosen
        return choice


@dataclass(slots=True)
class _Rows:
    """Columns and rows in the order in which they are stated."""

    columns: int
    cost: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    free: list[int] = field(default_factory=list)
    values: array[float] = field(default_factory=lambda: array("d"))
    indices: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    lower: array[float] = field(default_factory=lambda: array("d"))
    equal: array[int] = field(default_factory=lambda: array("b"))

    def column(self) -> int:
        """A new column ≥ 0."""
        self.columns += 1
        return self.columns - 1

    def at_least(self, left: Linear, *, equal: bool = False) -> None:
        """State that an expression is ≥ 0, or = 0."""
        for column, value in left.items():
            if column != CONSTANT:
                self.indices.append(column)
                self.values.append(value)
        self.ends.append(len(self.indices))
        self.lower.append(-left.get(CONSTANT, 0.0))
        self.equal.append(equal)

    def family(self) -> Family:
        """All rows."""
        matrix = sparse.csr_array(
            (np.asarray(self.values), np.asarray(self.indices), np.asarray(self.ends)),
            shape=(len(self.lower), self.columns),
        )
        lower = np.asarray(self.lower)
        return Family(
            name="products and tail",
            matrix=matrix,
            lower=lower,
            upper=np.where(np.asarray(self.equal, dtype=bool), lower, np.inf),
        )


def _plus(total: Linear, other: Mapping[int, float], factor: float) -> None:
    for column, value in other.items():
        total[column] = total.get(column, 0.0) + factor * value


class _Products:
    """Products of remaining shares as linear expressions in copies."""

    def __init__(self, frame: CutFrame, rows: _Rows, realised: Realised) -> None:
        self._rows, self._realised = rows, realised
        self._always = frame.always.tolist()
        structure = frame.structure
        self._terms = [
            range(int(first), int(after))
            for first, after in zip(structure.pool_first[:-1], structure.pool_first[1:], strict=True)
        ]
        first = np.searchsorted(frame.entry_term, np.arange(len(frame.always) + 1))
        self._entries = [range(int(one), int(two)) for one, two in zip(first[:-1], first[1:], strict=True)]
        self._state = frame.entry_state.tolist()
        # Lifts of an entry by one enabler: (pair column, lift).
        self._lifts: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        pair_column = len(structure.table.states) + frame.lift_pair
        for lift, (entry, group) in enumerate(zip(frame.lift_entry.tolist(), frame.lift_group.tolist(), strict=True)):
            self._lifts[entry][group].append((int(pair_column[lift]), lift))

    def product(self, pool: int, number: int) -> Linear:
        """The product of a pool in a realisation."""
        product: Linear = {CONSTANT: 1.0}
        largest = 1.0
        share, change = self._realised.share[:, number], self._realised.change[:, number]
        for term in self._terms[pool]:
            values, lifted = self._values(self._entries[term], share, change)
            if self._always[term] and not lifted:
                (value,) = values  # a running option has one state
                product = {column: coefficient * value for column, coefficient in product.items()}
                largest *= value
                continue
            values.pop(1.0, None)  # as if the option did not start
            if values or lifted:
                product, most = self._times(product, largest, values, lifted)
                largest *= most
        return product

    def _values(
        self, entries: range, share: FloatArray, change: FloatArray
    ) -> tuple[dict[float, list[int]], dict[int, tuple[float, list[dict[float, list[int]]]]]]:
        """States by the share they leave; and those that are lifted, with the pairs of each enabler by their change."""
        values: dict[float, list[int]] = defaultdict(list)
        lifted = {}
        for entry in entries:
            groups = []
            for pairs in self._lifts[entry].values() if entry in self._lifts else ():
                by_change: dict[float, list[int]] = defaultdict(list)
                for column, lift in pairs:
                    by_change[float(change[lift])].append(column)
                by_change.pop(0.0, None)
                groups += [by_change] if by_change else []
            if groups:
                lifted[self._state[entry]] = (float(share[entry]), groups)
            else:
                values[float(share[entry])].append(self._state[entry])
        return values, lifted

    def _times(
        self,
        before: Linear,
        largest: float,
        values: dict[float, list[int]],
        lifted: dict[int, tuple[float, list[dict[float, list[int]]]]],
    ) -> tuple[Linear, float]:
        """A product times one more factor, and the largest value of that factor."""
        members = [(value, states, []) for value, states in values.items()]
        members += [(value, [state], groups) for state, (value, groups) in lifted.items()]
        most = 1.0
        for value, _, groups in members:
            most = max(most, value + sum(max(0.0, *by_change) for by_change in groups))
            assert value + sum(min(0.0, *by_change) for by_change in groups) >= 0.0, "a share is cut off"
        if len(before) == 1:  # a constant times a factor is linear as it stands
            constant = before[CONSTANT]
            product: Linear = {CONSTANT: constant}
            for value, states, groups in members:
                _plus(product, dict.fromkeys(states, value - 1.0), constant)
                for by_change in groups:
                    for change, pairs in by_change.items():
                        _plus(product, dict.fromkeys(pairs, change), constant)
            return product, most
        rows = self._rows
        none = rows.column()
        product, whole = {none: 1.0}, {none: 1.0}
        left: Linear = {CONSTANT: largest, none: -1.0}
        for value, states, groups in members:
            copy = rows.column()
            product[copy], whole[copy] = value, 1.0
            chosen = dict.fromkeys(states, largest)
            _plus(left, chosen, -1.0)
            rows.at_least(chosen | {copy: -1.0})
            for by_change in groups:
                # The part of the copy that an enabler in service lifts, by its change; the rest is what the pairs leave.
                rest: Linear = {copy: 1.0}
                unlifted = chosen.copy()
                for change, pairs in by_change.items():
                    part = rows.column()
                    product[part] = change
                    both = dict.fromkeys(pairs, largest)
                    rows.at_least(both | {part: -1.0})
                    rest[part] = -1.0
                    _plus(unlifted, both, -1.0)
                rows.at_least(rest)
                _plus(unlifted, rest, -1.0)
                rows.at_least(unlifted)
        rows.at_least(left)
        _plus(whole, before, -1.0)
        rows.at_least(whole, equal=True)
        return product, most


def drawn_shares(problem: Problem, year: int, draws: PlanningDraws) -> Realised:
    """Remaining shares of all states in a year of each draw, Eq. (2)."""
    frame, structure = problem.frame, problem.frame.structure
    deployed = late_effects(structure.table, year)
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

    numbers = dict(zip(zip(structure.lift_term.tolist(), structure.lift_enabler.tolist(), strict=True), strength, strict=True))
    of_lift = zip(frame.entry_term[frame.lift_entry].tolist(), frame.group_enabler[frame.lift_group].tolist(), strict=True)
    by_lift = np.asarray([numbers[both] for both in of_lift]).reshape(-1, draws.count)
    enabler = frame.group_enabler[frame.lift_group]
    in_service = deployed[draws.delivered[enabler], frame.pair_enabler[frame.lift_pair][:, None]]
    return Realised(share=share, change=-removed[frame.lift_entry] * by_lift * in_service)


def drawn_amounts(
    problem: Problem, line: TargetLine, year: int, draws: PlanningDraws
) -> tuple[FloatArray, FloatArray]:
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


def extensive_form(problem: Problem, line: TargetLine, draws: PlanningDraws) -> ExtensiveForm:
    """The cheapest plan by Eqs. (11) and (27): one soft target by the mean of its tail, the others at the modes."""
    frame, structure = problem.frame, problem.frame.structure
    rows = _Rows(frame.columns)
    at_modes = _Products(frame, rows, Realised(share=frame.share, change=frame.lift_change))
    known: dict[tuple[int, int], Linear] = {}

    def stated(functional: Functional) -> Linear:
        """A functional at the modes."""
        found: Linear = {CONSTANT: functional.constant}
        linear = np.flatnonzero(functional.linear)
        _plus(found, dict(zip(linear.tolist(), functional.linear[linear].tolist(), strict=True)), 1.0)
        for pool, column in np.argwhere(functional.weights > 0).tolist():
            if (pool, column) not in known:
                known[pool, column] = at_modes.product(pool, column)
            _plus(found, known[pool, column], float(functional.weights[pool, column]))
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
                objective[_above(rows, stated(residual_functional(frame, other, in_year, "short")))] = 1.0
    price = float(shortfall_prices(line, problem.money).sum())
    in_draws = _residuals(problem, line, draws, rows)
    objective[_above(rows, _tail(rows, in_draws, line, price))] = 1.0

    constant = objective.pop(CONSTANT)
    cost = np.zeros(rows.columns)
    cost[list(objective)] = list(objective.values())
    lower, upper = np.zeros(rows.columns), np.full(rows.columns, np.inf)
    upper[: frame.columns] = 1.0
    lower[rows.free] = -np.inf
    families = []
    for family in problem.rows:
        matrix = sparse.csr_array(family.matrix)
        padded = sparse.csr_array(
            (matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], rows.columns)
        )
        families.append(Family(name=f"Eq. ({family.equation})", matrix=padded, lower=family.lower, upper=family.upper))
    matrix = Matrix(
        cost=cost,
        lower=lower,
        upper=upper,
        integers=len(structure.table.states),
        families=(*families, rows.family()),
    )
    return ExtensiveForm(problem=problem, matrix=matrix, constant=constant)


def _above(rows: _Rows, expression: Linear) -> int:
    """A column no less than 0 and than an expression."""
    column = rows.column()
    above: Linear = {column: 1.0}
    _plus(above, expression, -1.0)
    rows.at_least(above)
    return column


def _residuals(problem: Problem, line: TargetLine, draws: PlanningDraws, rows: _Rows) -> list[Linear]:
    """The residual of a target in its year, one expression for each draw."""
    structure = problem.frame.structure
    year = int(structure.table.years[line.position])
    products = _Products(problem.frame, rows, drawn_shares(problem, year, draws))
    amount, rest = drawn_amounts(problem, line, year, draws)
    deployed = late_effects(structure.table, year)
    inside = np.flatnonzero(np.isin(structure.addition_leaf, line.leaves))
    pools = np.flatnonzero(amount.any(axis=1)).tolist()
    found = []
    for draw in range(draws.count):
        residual: Linear = {CONSTANT: float(rest[draw])}
        for pool in pools:
            _plus(residual, products.product(pool, draw), float(amount[pool, draw]))
        for number in inside.tolist():
            option = int(structure.addition_option[number])
            added = -structure.addition_share[number] * draws.effect[structure.addition_row[number], draw]
            states = structure.table.state_range(option)
            by_state = deployed[draws.delivered[option, draw], states.start : states.stop].tolist()
            _plus(residual, dict(zip(states, by_state, strict=True)), float(added))
        found.append(residual)
    return found


def _tail(rows: _Rows, residuals: list[Linear], line: TargetLine, price: float) -> Linear:
    """Price of the mean of the tail above the cap: η + Σ (E[n] − η)⁺ / (N · (1 − α)) − cap [million DKK]."""
    alpha = line.target.cvar or 0.0
    eta = rows.column()
    rows.free.append(eta)
    mean: Linear = {eta: 1.0, CONSTANT: -price * line.cap}
    for residual in residuals:
        above: Linear = {eta: -1.0}
        _plus(above, residual, price)
        mean[_above(rows, above)] = 1.0 / (len(residuals) * (1.0 - alpha))
    return mean
