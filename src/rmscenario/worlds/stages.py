"""What a world's plan is judged by, stage by stage: what it misses of hard targets, of the nearest plan's, then money.

Hard targets are rules at the planned figures; in a world they may be out of reach of every plan, and a plan that kept them
may miss them. So there the tonnes missed come first: plans are compared by money only where they miss as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.constants import STAGE_TOLERANCE, STAGE_TOLERANCE_RELATIVE
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.functional import Hinge, cost_functional
from rmscenario.planning.objective import Objective
from rmscenario.planning.planner import Mode, absolute_cost, nearest_objectives, priced_objective
from rmscenario.planning.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage.

    Attributes
    ----------
    scale : float [the objective's measure]
        What a gap is a share of.
    width : float [the objective's measure]
        Two plans whose values differ by no more are equal in this stage.
    """

    objective: Objective
    scale: float
    width: float


def stages_of(problem: Problem, mode: Mode, plan: IntArray) -> tuple[Stage, ...]:
    """The stages of a problem, money last.

    Parameters
    ----------
    plan : array (option)
        The plan whose cost terms a gap is a share of.
    """
    stages = [] if (hard := _hard(problem)) is None else [hard]
    if mode is Mode.NEAREST:
        stages += [
            Stage(objective=objective, scale=bases, width=width)
            for objective, width, bases in nearest_objectives(problem)
        ]
        cost = cost_functional(problem.frame, problem.money)
        money = Objective(name="cost", measure="million DKK", functionals=(cost,))
    else:
        money = priced_objective(problem)
    return (*stages, Stage(objective=money, scale=absolute_cost(problem, plan), width=0.0))


def without_targets(problem: Problem, plan: IntArray) -> tuple[Stage, ...]:
    """Least cost alone: what pays by itself."""
    cost = Objective(name="cost", measure="million DKK", functionals=(cost_functional(problem.frame, problem.money),))
    return (Stage(objective=cost, scale=absolute_cost(problem, plan), width=0.0),)


def better(stages: Sequence[Stage], one: FloatArray, other: FloatArray) -> bool:
    """Whether values are better than others, stage by stage."""
    for stage, a, b in zip(stages, one, other, strict=True):
        if abs(a - b) > stage.width:
            return bool(a < b)
    return False


def _hard(problem: Problem) -> Stage | None:
    """What is missed of hard targets, on average over the years in which they hold, as shares of their bases if several."""
    lines = [line for line in problem.lines if line.target.hard]
    if not lines:
        return None
    alone = len(lines) == 1
    hinges, width, bases = [], 0.0, 0.0
    for line in lines:
        counted = line.held.copy()
        if line.cumulative:
            counted = np.arange(len(counted)) == line.position
        base = max(1.0, abs(line.base))
        factor = 1.0 if alone else 1.0 / base
        hinges.append((Hinge(line=line, price=counted / max(1, int(counted.sum()))), factor))
        width += factor * max(STAGE_TOLERANCE, STAGE_TOLERANCE_RELATIVE * base)
        bases += factor * base
    measure = "of the target's quantity" if alone else "share of base"
    objective = Objective(name="hard targets", measure=measure, hinges=tuple(hinges))
    return Stage(objective=objective, scale=bases, width=width)
