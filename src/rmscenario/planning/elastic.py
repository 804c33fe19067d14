"""Why no plan exists: the least that hard rules must give way, by name.

An irreducible infeasible subset is not asked of the solver: it is not valid where only integrality makes a model
infeasible. Every rule gets a slack instead, and the least sum of relative slacks names the rules that stand in the way.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from rmscenario.options import OptionTable
from rmscenario.planning.functional import Hinge
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.problem import Problem
from rmscenario.planning.progress import never, silent
from rmscenario.planning.rows import Rows, stacked
from rmscenario.planning.search import Search
from rmscenario.planning.solver import Master

#: Where the rules of an equation stand.
TABLES = {
    15: "budgets.csv",
    16: "staff_capacity.csv",
    17: "start_limits.csv",
    18: "prerequisites.csv",
    19: "exclusions.csv",
    20: "duties.csv or minimum_starts.csv",
    21: "outlay_shares.csv",
}
#: [1] Relative slacks below this are the solver's tolerance.
NOTICED = 1e-5
#: Most rules named.
NAMED = 8


def contradiction(problem: Problem, options: SearchOptions) -> str:
    """What stands in the way of any plan: rules that contradict each other, or hard targets out of reach."""
    lines = _rules_that_give_way(problem, options) or _targets_out_of_reach(problem, options)
    found = (
        "\n".join(lines) if lines else "the solver finds none, but names no rule; lower planning.gap and report this"
    )
    return f"no plan keeps all hard rules:\n{found}"


def _rules_that_give_way(problem: Problem, options: SearchOptions) -> list[str]:
    """The rules that must give way for any plan to exist, targets apart, and the commitments that take part in each.

    Commitments do not give way: what was signed is known, and the limits are what a planner can move.
    """
    table = problem.frame.structure.table
    families = [rows for rows in problem.rows if rows.equation in TABLES]
    logic = [rows for rows in problem.rows if rows.equation not in TABLES]
    soft = stacked(tuple(families), problem.frame.columns)
    fixed = stacked(tuple(logic), problem.frame.columns)
    master = Master(threads=options.threads, seed=options.seed, stop=never)
    lower = np.zeros(len(table.states))
    for number, option in enumerate(table.options):
        if option.running is not None or option.commitment is not None:
            lower[table.first_state[number]] = 1.0
    master.add_columns(lower, np.ones(len(lower)), integer=True)
    master.add_columns(*(np.full(problem.frame.columns - len(lower), value) for value in (0.0, 1.0)))
    count = len(soft.labels)
    over = master.add_columns(np.zeros(count), np.full(count, np.inf))
    under = master.add_columns(np.zeros(count), np.full(count, np.inf))
    empty = sparse.csr_array((fixed.matrix.shape[0], 2 * count))
    master.add_rows(sparse.csr_array(sparse.hstack([fixed.matrix, empty])), fixed.lower, fixed.upper)
    identity = sparse.identity(count)
    master.add_rows(sparse.csr_array(sparse.hstack([soft.matrix, -identity, identity])), soft.lower, soft.upper)
    size = _sizes(soft)
    costs = np.zeros(master.columns)
    costs[over : over + count] = costs[under : under + count] = 1.0 / size
    master.set_costs(costs)
    solved = master.solve(absolute_gap=NOTICED, max_nodes=options.max_nodes, start=None)
    if solved.values is None:
        return []
    slack = solved.values[over : over + count] + solved.values[under : under + count]
    equation = np.repeat([rows.equation for rows in families], [len(rows.labels) for rows in families])
    worst = [row for row in np.argsort(-slack / size, kind="stable") if slack[row] > NOTICED * size[row]][:NAMED]
    return [
        f"{TABLES[int(equation[row])]}: {soft.labels[row]}: found a limit that {slack[row]:.4g} more would satisfy, "
        f"expected one that some plan can keep; loosen it, or what it contradicts{_committed(table, soft, int(row))}"
        for row in worst
    ]


def _committed(table: OptionTable, rows: Rows, row: int) -> str:
    """The commitments that a row counts, as the end of a message; empty where it counts none."""
    part = slice(rows.matrix.indptr[row], rows.matrix.indptr[row + 1])
    used = rows.matrix.indices[part][rows.matrix.data[part] != 0]
    options = dict.fromkeys(int(table.state_option[state]) for state in used if state < len(table.states))
    held = [option for number in options if (option := table.options[number]).commitment is not None]
    named = [f"{option.commitment.commitment} ({':'.join(option.key)})" for option in held if option.commitment]
    if not named:
        return ""
    more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
    return f". Commitments in it: {', '.join(named[:NAMED])}{more}"


def _sizes(rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What a slack of each row is measured by."""
    limit = np.where(
        np.isfinite(rows.upper), np.abs(rows.upper), np.abs(np.where(np.isfinite(rows.lower), rows.lower, 0))
    )
    return np.maximum(1.0, limit)


def _targets_out_of_reach(problem: Problem, options: SearchOptions) -> list[str]:
    """Hard targets with the nearest that any plan comes to all of them together, each in its worst year."""
    hard = [line for line in problem.lines if line.target.hard]
    if not hard:
        return []
    hinges = []
    for line in hard:
        price = np.zeros(len(line.held))
        price[line.position if line.cumulative else line.held] = 1.0
        hinges.append((Hinge(line=line, price=price), 1.0 / max(1.0, line.base)))
    search = Search(
        frame=problem.frame,
        rows=stacked(problem.rows, problem.frame.columns),
        options=options,
        progress=silent,
        stop=never,
    )
    objective = Objective(name="hard targets", measure="share of base", hinges=tuple(hinges))
    choice, _ = search.minimise(objective, tolerance=options.gap * len(hard), scale=1.0)
    leaf = search.judge.leaves(choice)
    lines = []
    for line in hard:
        residual = line.residual(leaf)
        over = np.where(line.held, residual - line.cap, -np.inf)
        position = line.position if line.cumulative else int(np.argmax(over))
        if over[position] > 0:
            lines.append(
                f"targets.csv: {line.target.target}: found a hard target of {line.cap:,.6g}, expected at least "
                f"{residual[position]:,.6g}, the nearest a plan comes in {problem.frame.structure.table.years[position]} "
                f"({over[position]:,.6g} too much); make it soft (hard = no), raise it, or loosen the limits"
            )
    return lines
