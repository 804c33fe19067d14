"""The extensive form: all worlds beside each other as one problem, tied by what they have to agree on.

Every world has options, quantities and rows of its own; its part of the objective counts by its probability, and rows say
which states are the same in which worlds. So the extensive form is a problem like any other, for the same search, Eq. (33).
It grows with the number of worlds: it is for small regions, and to test what is found in large ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.options import OptionTable
from rmscenario.options.options import NONE
from rmscenario.planning.functional import Hinge, cost_of_terms, cost_terms
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.planner import absolute_cost, priced_objective
from rmscenario.planning.problem import Problem
from rmscenario.planning.progress import never, silent
from rmscenario.planning.rows import stacked
from rmscenario.planning.search import Search
from rmscenario.recourse.beside import agreed, beside
from rmscenario.recourse.tree import Tree
from rmscenario.worlds.worlds import drawn_frame

#: Rounds of cuts at integer choices.
ROUNDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensive:
    """A policy, its value on average over the worlds, and what no policy falls below [million DKK]."""

    policy: IntArray
    value: float
    bound: float


def solve_extensive(problems: Sequence[Problem], tree: Tree, policy: IntArray, *, gap: float, nodes: int) -> Extensive:
    """The best policy of a tree, to within a gap.

    Parameters
    ----------
    problems : sequence of Problem
        One for each world of the tree, each as probable.
    policy : array (cluster, option)
        One to begin with.
    gap : float [1]
        Of the sum of absolute cost terms.
    nodes : int
        Work limit of the integer solver.

    Raises
    ------
    NoPlanError
        When the rules contradict each other.
    """
    frame = drawn_frame(_structure([problem.frame.structure for problem in problems]))
    one = problems[0].frame
    own = stacked(problems[0].rows, one.columns)
    rows = stacked(
        (
            beside(own, len(one.structure.table.states), len(problems)),
            agreed(tree, tree.cluster, frame.columns),
        ),
        frame.columns,
    )
    objective = _objective(problems, frame)
    scale = float(np.mean([absolute_cost(problem, policy[0]) for problem in problems]))
    options = SearchOptions(gap=gap, max_nodes=nodes, max_rounds=ROUNDS)
    search = Search(frame=frame, rows=rows, options=options, progress=silent, stop=never)
    states = len(problems[0].frame.structure.table.states)
    offset = np.arange(len(problems))[:, None] * states
    begin = np.where(policy[tree.cluster] == NONE, NONE, policy[tree.cluster] + offset).ravel()
    choice, report = search.minimise(objective, tolerance=gap * scale, scale=scale, start=begin)
    by_world = choice.reshape(len(problems), -1)
    by_world = np.where(by_world == NONE, NONE, by_world - offset)
    leader = np.unique(tree.cluster, return_index=True)[1]
    return Extensive(policy=by_world[leader], value=report.incumbent, bound=report.bound)


def _structure(structures: Sequence[Structure]) -> Structure:
    """Structures of the same shape beside each other."""
    one = structures[0]
    options, states, leaves = len(one.table.options), len(one.table.states), len(one.leaves)

    def together(name: str, step: int = 0) -> Any:
        """An array of all of them; numbers of things move by a step for each world, negative ones stay."""
        parts = [np.asarray(getattr(structure, name)) for structure in structures]
        return np.concatenate(
            [np.where(part < 0, part, part + k * step) if step else part for k, part in enumerate(parts)]
        )

    firsts = [one.pool_first[:-1] + k * len(one.term_pool) for k in range(len(structures))]
    tables = [structure.table for structure in structures]
    return replace(
        one,
        table=_table(tables, options, states),
        leaves=one.leaves * len(structures),
        leaf_stream=together("leaf_stream"),
        leaf_amount=together("leaf_amount"),
        leaf_pool=together("leaf_pool", one.pool_count),
        pool_count=one.pool_count * len(structures),
        pool_first=np.concatenate([*firsts, [len(one.term_pool) * len(structures)]]),
        term_pool=together("term_pool", one.pool_count),
        term_option=together("term_option", options),
        **{name: together(name) for name in ("term_row", "term_scale", "term_effect", "lift_row", "lift_weight")},
        lift_term=together("lift_term", len(one.term_pool)),
        lift_enabler=together("lift_enabler", options),
        lift_value=together("lift_value"),
        addition_option=together("addition_option", options),
        addition_leaf=together("addition_leaf", leaves),
        **{name: together(name) for name in ("addition_row", "addition_amount", "addition_share")},
    )


def _table(tables: Sequence[OptionTable], options: int, states: int) -> OptionTable:
    return replace(
        tables[0],
        options=tables[0].options * len(tables),
        states=tuple(
            replace(state, option=state.option + k * options)
            for k, table in enumerate(tables)
            for state in table.states
        ),
        first_state=np.concatenate(
            [tables[0].first_state[:-1] + k * states for k in range(len(tables))] + [[states * len(tables)]]
        ),
        state_option=np.concatenate([tables[0].state_option + k * options for k in range(len(tables))]),
        in_service=np.vstack([table.in_service for table in tables]),
        effect=np.vstack([table.effect for table in tables]),
    )


def _objective(problems: Sequence[Problem], frame: CutFrame) -> Objective:
    """The average of the worlds' objectives, Eq. (11)."""
    share, leaves = 1.0 / len(problems), len(problems[0].frame.structure.leaves)
    terms = [cost_terms(problem.frame, problem.money) for problem in problems]
    weights: FloatArray = np.vstack([weight for weight, _, _ in terms]) * share
    by_state: FloatArray = np.concatenate([state for _, state, _ in terms]) * share
    cost = cost_of_terms(frame, weights, by_state, share * sum(constant for _, _, constant in terms))
    hinges = []
    for k, problem in enumerate(problems):
        for hinge, factor in priced_objective(problem).hinges:
            assert isinstance(hinge, Hinge)
            name = {"target": f"{hinge.line.target.target} in world {k}"}
            line = replace(
                hinge.line, target=hinge.line.target.model_copy(update=name), leaves=hinge.line.leaves + k * leaves
            )
            hinges.append((Hinge(line=line, price=hinge.price * share), factor))
    return Objective(name="cost with shortfalls", measure="million DKK", functionals=(cost,), hinges=tuple(hinges))
