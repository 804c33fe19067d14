"""What a model that adds reductions up gets wrong on the same region.

The additive model is the planner's own master, its rows and costs unchanged, in which every product of remaining
shares is replaced by `max(0, 1 − Σ removed shares)`, and lifts by enablers are left out. It is asked for the cheapest plan that
reaches, in the target year, what the planner's plan truly reaches; its answer is then evaluated truly.
"""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import Any

import numpy as np
from scipy import sparse

from benchmarks.planned import Timed
from rmscenario.emissions import CutFrame, TargetLine, evaluate
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.functional import Functional, cost_functional, residual_functional
from rmscenario.planning.planner import absolute_cost
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.rows import stacked
from rmscenario.planning.solver import Master, Stopped

#: Branch-and-bound nodes, and seconds, that the additive model is given.
NODES, SECONDS = 100_000, 60.0
#: [1] Gap of the additive model, relative to the sum of absolute cost terms.
GAP = 1e-3


def measure_additive(timed: Timed) -> dict[str, Any]:
    """Overstated reduction of the planner's plan, and what an additively planned plan misses, in shares."""
    assert timed.planned is not None
    problem = build_problem(replace(timed.planned.problem.region, enablers=()))
    line = problem.lines[0]
    choice = problem.frame.structure.table.choice(timed.plan)
    reached = _residual(problem, line, choice)
    background = _residual(problem, line, problem.frame.structure.table.nothing_new())
    own = _claimed(problem, line, choice, background)
    added = _additive_plan(problem, line, reached, choice)
    truly = _residual(problem, line, added)
    claimed = _claimed(problem, line, added, background)
    return {
        "target": line.target.target,
        "base": line.base,
        "background": background,
        "planned": reached,
        "overstated_on_plan": own / (background - reached) - 1.0,
        "additive_plan": truly,
        "overstated_on_additive_plan": claimed / (background - truly) - 1.0,
        "missed_of_base": (truly - reached) / line.base,
        "missed_of_target": (truly - reached) / reached,
    }


def _residual(problem: Problem, line: TargetLine, choice: IntArray) -> float:
    return float(line.residual(evaluate(problem.frame.structure, choice).leaf)[line.position])


def _removed(problem: Problem) -> FloatArray:
    """Share removed by each entry against what runs already: array (entry, column) [1]."""
    frame = problem.frame
    structure = frame.structure
    always = np.where(frame.always[:, None], frame.least, 1.0)  # one state, so the least share is its share
    before = frame.product(always)
    removed: FloatArray = before[structure.term_pool[frame.entry_term]] * (1.0 - frame.share)
    removed[frame.always[frame.entry_term]] = 0.0
    return removed


def _claimed(problem: Problem, line: TargetLine, choice: IntArray, background: float) -> float:
    """Reduction of a choice in the target year when shares are added up."""
    functional = _in_target_year(problem.frame, line)
    constant, matrix, linear = _summed(problem, functional)
    chosen = problem.frame.columns_chosen(choice)
    products = np.maximum(0.0, constant - matrix @ chosen).sum()
    return background - line.cap - float(functional.constant + linear @ chosen + products)


def _in_target_year(frame: CutFrame, line: TargetLine) -> Functional:
    weights = np.zeros(len(frame.year_column))
    weights[line.position] = 1.0
    return residual_functional(frame, line, weights, "target year")


def _summed(problem: Problem, functional: Functional) -> tuple[FloatArray, sparse.csr_array, FloatArray]:
    """A functional with products replaced by sums: per pool constant − matrix · z, cut off at 0; and its linear part."""
    frame = problem.frame
    entries = len(frame.entry_term)
    structure = frame.structure
    removed = np.einsum("nc,nc->n", functional.weights[frame.entry_pool[:entries]], _removed(problem))
    matrix = sparse.csr_array(
        (removed, (frame.entry_pool[:entries], frame.entry_state)), shape=(structure.pool_count, frame.columns)
    )
    always = np.where(frame.always[:, None], frame.least, 1.0)
    constant = np.einsum("pc,pc->p", functional.weights, frame.product(always))
    return constant, matrix, functional.linear


def _additive_plan(problem: Problem, line: TargetLine, reached: float, start: IntArray) -> IntArray:
    """Cheapest choice that an additive model believes to leave no more than `reached` in the target year."""
    frame, table = problem.frame, problem.frame.structure.table
    before = process_time()
    master = Master(threads=1, seed=0, stop=lambda: process_time() - before > SECONDS)
    lower = np.zeros(frame.columns)
    for number, option in enumerate(table.options):
        if option.running is not None:
            lower[table.first_state[number]] = 1.0
    assert frame.columns == len(table.states), "lifts are left out"
    master.add_columns(lower, np.ones(frame.columns), integer=True)
    rows = stacked(problem.rows, frame.columns)
    master.add_rows(rows.matrix, rows.lower, rows.upper)
    costs = np.zeros(frame.columns)
    for functional, is_cost in (
        (cost_functional(frame, problem.money), True),
        (_in_target_year(frame, line), False),
    ):
        constant, matrix, linear = _summed(problem, functional)
        pools = np.flatnonzero((functional.weights > 0).any(axis=1))
        first = master.add_columns(np.zeros(len(pools)), np.full(len(pools), np.inf))
        left = sparse.hstack(
            [
                matrix[pools],
                sparse.csr_array((len(pools), first - frame.columns)),
                sparse.eye_array(len(pools)),
            ]
        )
        master.add_rows(sparse.csr_array(left), constant[pools], np.full(len(pools), np.inf))
        row = np.concatenate([linear, np.zeros(first - frame.columns), np.ones(len(pools))])
        if is_cost:
            costs = row
        else:
            limit = reached - line.cap - functional.constant
            master.add_rows(sparse.csr_array(row[None, :]), np.asarray([-np.inf]), np.asarray([limit]))
    master.set_costs(np.concatenate([costs, np.zeros(master.columns - len(costs))]))
    scale = absolute_cost(problem, start)
    given = np.zeros(frame.columns)
    given[start[start != NONE]] = 1.0
    solved = master.solve(absolute_gap=GAP * scale, max_nodes=NODES, start=given)
    assert solved.values is not None, solved.stopped
    assert solved.stopped in (Stopped.OPTIMAL, Stopped.WORK_LIMIT, Stopped.INTERRUPTED)
    choice = np.full(len(table.options), NONE, dtype=np.int64)
    chosen = np.flatnonzero(solved.values[: len(table.states)] > 0.5)
    choice[table.state_option[chosen]] = chosen
    return choice
