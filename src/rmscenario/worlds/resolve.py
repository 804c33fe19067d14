"""Re-solving: one world after another on the same live master, each from the same beginning.

The beginning is that of the planned figures, never that of another world, so that what a world's plan is does not depend
on which worlds the process has seen before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.exchange import Exchange
from rmscenario.planning.judging import Judge
from rmscenario.planning.live import Beginning, Live, SearchAgain
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.problem import Problem
from rmscenario.planning.progress import never
from rmscenario.planning.rows import Rows, over_states, stacked
from rmscenario.worlds.stages import Stage

#: [1] Gap within which a world's plan is proven, of the sum of absolute cost terms; mostly it is far narrower.
GAP = 0.001
#: Work limit of the integer solver in a world where rounding and repair leave a wider gap, in nodes.
NODES = 50
#: Equation of the rows that give each option one state.
ONE_STATE = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The plan of a problem.

    Attributes
    ----------
    values, bounds, scales : array (stage) [the stage's measure]
        Of the choice; what no choice can fall below, given the stages before; what a gap is a share of.
    """

    choice: IntArray
    values: FloatArray
    bounds: FloatArray
    scales: FloatArray


class Resolver:
    """Solves problems that differ from one problem by data alone.

    Parameters
    ----------
    problem : Problem
        At the planned figures.
    stages : function of a problem
        What is minimised, one after the other.
    plan : array (option)
        A choice that keeps the rows: the products' first cuts are made there.
    extra : Rows, optional
        More rows, over the choice columns.
    refined : bool
        Whether bounds are wanted as near as cuts bring them; else a gap within `gap` is enough.
    """

    def __init__(
        self,
        problem: Problem,
        stages: Callable[[Problem], Sequence[Stage]],
        plan: IntArray,
        *,
        extra: Rows | None = None,
        gap: float = GAP,
        nodes: int = NODES,
        refined: bool = True,
    ) -> None:
        self.stages, self.gap, self.nodes, self.refined = stages, gap, nodes, refined
        families = problem.rows if extra is None else (*problem.rows, extra)
        self.rows = stacked(families, problem.frame.columns)
        self.options = SearchOptions(gap=gap, max_nodes=nodes)
        labels = {label: row for row, label in enumerate(problem.rows[0].labels)}
        keys = [":".join(option.key) for option in problem.frame.structure.table.options]
        assert problem.rows[0].equation == ONE_STATE
        self._own_option = np.asarray([n for n, key in enumerate(keys) if key in labels], dtype=np.int64)
        self._own_row = np.asarray([labels[key] for key in keys if key in labels], dtype=np.int64)
        self.live = Live(frame=problem.frame, rows=self.rows, options=self.options, stop=never)
        states = len(problem.frame.structure.table.states)
        self.exchange = Exchange(frame=problem.frame, rows=over_states(self.rows, states))
        self.beginning = self._beginning(problem, plan)

    def _beginning(self, problem: Problem, plan: IntArray) -> Beginning:
        """Solve the first stage's relaxation at the planned figures, and keep where it ends."""
        stages = self.stages(problem)
        first = Beginning(choices=(plan,))
        objectives = [stage.objective for stage in stages]
        self.live.again(problem.frame, objectives, first)
        point = self._search().relaxed(stages[0].objective, tolerance=self.gap * stages[0].scale)
        if point is None:
            return first
        second = Beginning(choices=(plan,), points=(point,))
        self.live.again(problem.frame, objectives, second)
        shape, basis = self.live.relaxed(stages[0].objective)
        return Beginning(choices=(plan,), points=(point,), shape=shape, basis=basis)

    def _search(self) -> SearchAgain:
        return SearchAgain.on(self.live, self.exchange, self.rows, self.options)

    def bound(self, problem: Problem, stage: Stage) -> float:
        """What no choice falls below in a problem's only stage [the stage's measure].

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        return self.bounds(problem, stage)[0]

    def bounds(self, problem: Problem, stage: Stage) -> tuple[float, FloatArray]:
        """What no choice falls below, and what each state takes the last relaxation, its option's own row left aside.

        A row (13) holds but one option's states, so that by the other rows' prices the option's part of the bound is the
        least of 0 and of what its states take: without some of the states it is the least of the others.

        Returns
        -------
        bound [the stage's measure], array (state) [the stage's measure]
            Infinite where no prices are known.
        """
        self.live.again(problem.frame, [stage.objective], self.beginning)
        search, table = self._search(), problem.frame.structure.table
        bound = search.bounded(stage.objective, tolerance=self.gap * stage.scale)
        relaxation = search.relaxation
        if relaxation.reduced is None or relaxation.row_prices is None:
            return bound, np.full(len(table.states), np.inf)
        own = np.zeros(len(table.options))
        own[self._own_option] = relaxation.row_prices[self._own_row]
        return bound, relaxation.reduced[: len(table.states)] + own[table.state_option]

    def judge(self, problem: Problem, stages: Sequence[Stage]) -> Callable[[IntArray], FloatArray]:
        """What gives the values of a choice in a problem, stage by stage, by exact evaluation."""
        judge = Judge(frame=problem.frame, rows=self.rows)
        return lambda choice: np.asarray([judge.value(stage.objective, choice) for stage in stages])

    def solve(
        self, problem: Problem, known: Sequence[IntArray] = (), stages: Sequence[Stage] | None = None
    ) -> Resolved:
        """The plan of a problem.

        Parameters
        ----------
        known : sequence of array (option)
            Choices that may be better than what is found.
        stages : sequence of Stage, optional
            Those of the problem, where they are known already.

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        stages = self.stages(problem) if stages is None else stages
        self.live.again(problem.frame, [stage.objective for stage in stages], self.beginning)
        search = self._search()
        choice, bounds, candidates, nodes = None, [], list(known), self.nodes
        for number, stage in enumerate(stages):
            choice, value, bound = search.resolved(
                stage.objective,
                tolerance=self.gap * stage.scale,
                scale=stage.scale,
                known=candidates,
                nodes=nodes,
                refined=self.refined,
            )
            bounds.append(bound)
            candidates = [choice, *known]
            if number + 1 < len(stages):
                search.hold(stage.objective, value + stage.width)
                if value > stage.width:
                    nodes = (
                        0  # what is left to choose where tonnes are missed is little, and would take most of the time
                    )
        assert choice is not None
        return Resolved(
            choice=choice,
            values=np.asarray([search.value(stage.objective, choice) for stage in stages]),
            bounds=np.asarray(bounds),
            scales=np.asarray([stage.scale for stage in stages]),
        )
