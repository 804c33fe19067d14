"""What a plan made anew starts otherwise, and because of what.

Each change is tried alone, exactly, on the former plan: with what was promised, with what was learnt of its own initiative,
and with all that was learnt. The first of these in which it is an improvement says what made it one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import numpy as np

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.planning.judging import Judge
from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import Mode, priced_objective
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.rows import stacked
from rmscenario.region import Region
from rmscenario.scenario import Sampler
from rmscenario.worlds.stages import Stage, better, stages_of
from rmscenario.worlds.worlds import Worlds


class Because(StrEnum):
    """What made a change."""

    OWN = "own"  # what was learnt of its own initiative
    OTHERS = "others"  # what was learnt of initiatives that it overlaps with
    TOGETHER = "together"  # no improvement alone: it makes way, or takes a place, within the limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A start that the new plan makes otherwise.

    Attributes
    ----------
    start, level, new_start, new_level
        In the former and the new plan; None where it does not start.
    worth, worth_own, worth_all : float [DKK]
        What the change alone lowers the former plan's objective by: as promised, with what was learnt of its own initiative,
        and with all that was learnt.
    """

    initiative: str
    unit: str
    start: int | None
    level: float | None
    new_start: int | None
    new_level: float | None
    because: Because
    worth: float
    worth_own: float
    worth_all: float


def replanned(before: Region, after: Region, former: Plan, new: Plan, mode: Mode) -> tuple[Moved, ...]:
    """What a new plan starts otherwise, in the order of the options.

    Parameters
    ----------
    before, after : Region
        They differ by figures of effects alone.
    """
    problem = build_problem(before)
    table = problem.frame.structure.table
    old, now = table.choice(former), table.choice(new)
    worlds = Worlds(problem, seed=0, sampler=Sampler.SOBOL)  # of which the planned one alone is used
    promised = worlds.planned()
    learnt = np.asarray([row.mode for row in after.effects])
    owner = np.asarray([row.initiative for row in before.effects])
    rows = stacked(problem.rows, problem.frame.columns)

    @cache
    def in_world(initiative: str | None, *, everything: bool = False) -> _World:
        mine = np.full(len(owner), everything) | (owner == initiative)
        world = worlds.problem_of(replace(promised, effect=np.where(mine, learnt, promised.effect)))
        return _World(Judge(frame=world.frame, rows=rows), stages_of(world, mode, old), old)

    found = []
    for option in np.flatnonzero(old != now).tolist():
        initiative, unit = table.options[option].key
        alone = old.copy()
        alone[option] = now[option]
        gains = [world.gain(alone) for world in (in_world(None), in_world(initiative), in_world(None, everything=True))]
        as_promised, own, all_learnt = (improves for improves, _ in gains)
        because = Because.TOGETHER
        if not as_promised and (own or all_learnt):
            because = Because.OWN if own else Because.OTHERS
        start, level = _of(problem, int(old[option]))
        new_start, new_level = _of(problem, int(now[option]))
        found.append(
            Moved(
                initiative=initiative,
                unit=unit,
                start=start,
                level=level,
                new_start=new_start,
                new_level=new_level,
                because=because,
                worth=gains[0][1],
                worth_own=gains[1][1],
                worth_all=gains[2][1],
            )
        )
    return tuple(found)


def minimised(region: Region, plan: Plan) -> float:
    """What a priced plan is chosen by, Eq. (11), exactly [DKK]."""
    problem = build_problem(region)
    judge = Judge(frame=problem.frame, rows=stacked(problem.rows, problem.frame.columns))
    return judge.value(priced_objective(problem), problem.frame.structure.table.choice(plan)) * MILLION


class _World:
    """The former plan under some effects."""

    def __init__(self, judge: Judge, stages: Sequence[Stage], plan: IntArray) -> None:
        self.judge, self.stages = judge, stages
        self.values = self._values(plan)

    def _values(self, choice: IntArray) -> FloatArray:
        return np.asarray([self.judge.value(stage.objective, choice) for stage in self.stages])

    def gain(self, choice: IntArray) -> tuple[bool, float]:
        """Whether a choice improves on the former plan, and by how much in the last stage [DKK]."""
        values = self._values(choice)
        return better(self.stages, values, self.values), float(self.values[-1] - values[-1]) * MILLION


def _of(problem: Problem, state: int) -> tuple[int | None, float | None]:
    if state == NONE:
        return None, None
    found = problem.frame.structure.table.states[state]
    return found.start, found.level
