"""The linear relaxation of a master, refined until its bound moves no further."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from rmscenario.emissions.structure import FloatArray
from rmscenario.errors import NoPlanError
from rmscenario.planning.bounding import Bounding
from rmscenario.planning.improving import Improving, Incumbent
from rmscenario.planning.objective import Objective
from rmscenario.planning.progress import Progress, Stop, Tick
from rmscenario.planning.solver import Solved, Stopped

#: [1] Rounds stop when the bound moves by less than this share of the gap that is asked for.
PROGRESS = 0.1
#: [1] Groups are opened as long as one moves the bound by this share of the gap that is asked for.
GROUP_PROGRESS = 0.25
#: Which refinement opens groups, whose products then need cuts from the first on.
OPENING = 1
#: Most rounds of refinement.
ROUNDS = 40
#: [1] A cut on a face is added when it is violated by more than this share of the gap that is asked for.
FACE_VIOLATION = 1e-4


@dataclass(slots=True)
class Relaxation:
    """What a search knows of its master's linear relaxation.

    Attributes
    ----------
    point : array (column), optional
        Where it was last solved.
    target_prices : dict by target
        What a unit of each hinged target's cap was worth there.
    row_prices : array (row of the plan), optional
        What each row was worth.
    reduced : array (column), optional
        Reduced costs.
    filled : Incumbent, optional
        The best plan that its points were filled up to: what is kept if Ctrl-C comes before a dive.
    """

    bounding: Bounding
    improving: Improving
    progress: Progress
    stop: Stop
    point: FloatArray | None = field(default=None, init=False)
    target_prices: dict[str, float] = field(default_factory=dict, init=False)
    row_prices: FloatArray | None = field(default=None, init=False)
    reduced: FloatArray | None = field(default=None, init=False)
    filled: Incumbent | None = field(default=None, init=False)

    def priced(self, objective: Objective, tolerance: float, prices: FloatArray | None) -> float:
        """Its bound, with prices in the place of the rows that span the region as long as that moves it.

        Prices bound from below, Eq. (30); the rows themselves then give a point to begin with, and better prices.

        Parameters
        ----------
        prices : array (row that spans the region), optional
        """
        if prices is None:
            return self.refined(objective, tolerance)
        lower = -np.inf
        while True:
            self.bounding.price_wide(prices)
            bound = self.refined(objective, tolerance)
            self.bounding.price_wide(None)
            if not self.stop():
                bound = max(bound, self.refined(objective, tolerance, rounds=1))
            gained, lower = bound - lower, max(bound, lower)
            prices = self.bounding.multipliers(self.row_prices, self.bounding.wide)
            reached = self.filled is not None and self.filled.value - lower <= tolerance
            if reached or gained < PROGRESS * tolerance or self.stop():
                return lower

    def refined(self, objective: Objective, tolerance: float, rounds: int = ROUNDS, enough: float = np.inf) -> float:
        """Its bound after rounds of cuts, the dearer ones when the cheap move it no further.

        Cuts first, then the groups of the years that are short at the point, which need cuts again, then cuts on faces.

        Parameters
        ----------
        tolerance, enough : float [the objective's measure]
            The gap that is asked for, and a bound at which no more is wanted.

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        bounding, cuts = self.bounding, self.bounding.epigraphs
        refinements: tuple[Callable[[Solved, FloatArray], int], ...] = (
            lambda _, point: cuts.separate(point),
            lambda solved, _: bounding.open_near(objective, solved, width if lower - opened_at >= worth else np.inf),
            lambda _, point: cuts.separate_faces(point, FACE_VIOLATION * tolerance),
        )
        width, worth = PROGRESS * tolerance, GROUP_PROGRESS * tolerance
        lower, before, opened_at, step, fresh = -np.inf, -np.inf, -np.inf, 0, True
        for number in range(rounds):
            found = self.solved(objective)
            if found is None:
                break
            solved, bound = found
            assert solved.values is not None
            step += not fresh and bound - before < width
            lower, before = max(lower, bound), bound
            self.progress(Tick(stage=objective.name, round=-number, incumbent=None, bound=lower, gap=None))
            if self.filled is None:
                self._fill(objective)
            if self.stop() or lower >= enough:
                break
            while step < len(refinements) and not refinements[step](solved, solved.values):
                step += 1
            if step == len(refinements):
                if solved.slack is not None:
                    bounding.purge(solved.slack)
                break
            fresh = step == OPENING
            if fresh:
                step, opened_at = 0, lower
        self._fill(objective)
        return lower

    def solved(self, objective: Objective) -> tuple[Solved, float] | None:
        """Solve it as it stands, and keep where and at what prices; None if it is not solved, and bounds nothing.

        Returns
        -------
        What the solver holds, and the bound.

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        columns, values, constant = self.bounding.expression_of(objective)
        self.bounding.set_costs(columns, values)
        solved = self.bounding.master.relax()
        if solved.stopped is Stopped.INFEASIBLE:
            raise NoPlanError("the hard rules contradict each other")
        if solved.stopped is not Stopped.OPTIMAL or solved.values is None:
            return None
        self.point = solved.values
        if solved.duals is not None:
            self.row_prices, self.reduced = solved.duals[: len(self.bounding.rows.labels)], solved.reduced
            self.target_prices = self.bounding.groups.prices(solved.duals)
            self.bounding.groups.price_caps(solved.duals)
        return solved, solved.objective + constant

    def _fill(self, objective: Objective) -> None:
        """Fill up its point."""
        found = None if self.point is None else self.improving.filled(objective, self.point)
        if found is not None and (self.filled is None or found.value < self.filled.value):
            self.filled = found
