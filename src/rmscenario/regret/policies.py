"""Three ways to plan, in the same worlds: a fixed plan, one that is planned again after its first round, and clairvoyance.

All of them choose among the same plans, those that keep the rules on what is agreed. The adaptive policy keeps what the
fixed plan starts in the round that is signed next, sees what `learning` says it sees, and plans the later rounds again by
what is then believed. Clairvoyance knows the world, delivery included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from rmscenario.blocks import Arrays
from rmscenario.emissions import evaluate
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.worlds.agreed import agreed_rows
from rmscenario.worlds.learning import Learning, end_of_round
from rmscenario.worlds.of import WorldsOf
from rmscenario.worlds.resolve import Resolved, Resolver
from rmscenario.worlds.stages import Stage, better, stages_of, without_targets
from rmscenario.worlds.worlds import Worlds

FIXED, ADAPTIVE, CLAIRVOYANT = "fixed", "adaptive", "clairvoyant"
POLICIES = (FIXED, ADAPTIVE, CLAIRVOYANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliciesIn:
    """The policies of a plan, ready to be sent to another process; each number is a world."""

    of: WorldsOf

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        return self.of.key

    def ready(self) -> Callable[[int], Arrays]:
        """What is known of a world of a number."""
        return Policies(self.of).in_world


class Policies:
    """The policies of a plan, on live masters."""

    def __init__(self, of: WorldsOf) -> None:
        problem = build_problem(of.region)
        self.worlds = Worlds(problem, seed=of.seed, sampler=of.sampler)
        self.plan = problem.frame.structure.table.choice(of.plan)
        self.mode = of.mode
        resolver = partial(Resolver, problem, plan=self.plan, gap=of.gap, nodes=of.nodes)
        self.free = resolver(self._stages)
        self.untargeted = resolver(lambda one: without_targets(one, self.plan), refined=False)
        end = end_of_round(problem.region)
        self.learning = None if end is None else Learning(self.worlds, self.plan, end)
        self.later = None
        if self.learning is not None:
            self.later = resolver(self._stages, extra=agreed_rows(problem, self.plan, self.learning.end), refined=False)

    def _stages(self, problem: Problem) -> tuple[Stage, ...]:
        return stages_of(problem, self.mode, self.plan)

    def in_world(self, number: int) -> Arrays:
        """What each policy chooses in a world, and what comes of it.

        Returns
        -------
        `clairvoyant_choice`, `adaptive_choice`, `untargeted_choice` : array (option) of states, NONE where none
        `fixed_value`, `adaptive_value`, `clairvoyant_value`, `bound`, `scale` : array (stage) [the stage's measure]
        `fixed_residual`, `adaptive_residual`, `clairvoyant_residual` : array (target) [the target's unit], in its year
        `untargeted_value`, `untargeted_bound` : float [million DKK]
        """
        world = self.worlds.problem_of(self.worlds.world(number))
        stages = self._stages(world)
        clairvoyant = self.free.solve(world, [self.plan], stages)
        adaptive = self._replanned(number)
        untargeted = self.untargeted.solve(world, [self.plan, clairvoyant.choice])
        judged = self.free.judge(world, stages)
        values = {FIXED: judged(self.plan), ADAPTIVE: judged(adaptive), CLAIRVOYANT: clairvoyant.values}
        choice = clairvoyant.choice
        if better(stages, values[ADAPTIVE], values[CLAIRVOYANT]):
            choice, values[CLAIRVOYANT] = adaptive, values[ADAPTIVE]
        residuals = {
            name: _residuals(world, chosen)
            for name, chosen in ((FIXED, self.plan), (ADAPTIVE, adaptive), (CLAIRVOYANT, choice))
        }
        return {
            "clairvoyant_choice": choice.astype(np.int32),
            "adaptive_choice": adaptive.astype(np.int32),
            "untargeted_choice": untargeted.choice.astype(np.int32),
            **{f"{name}_value": value for name, value in values.items()},
            **{f"{name}_residual": value for name, value in residuals.items()},
            "bound": np.minimum(clairvoyant.bounds, values[CLAIRVOYANT]),
            "scale": clairvoyant.scales,
            "untargeted_value": untargeted.values[-1],
            "untargeted_bound": untargeted.bounds[-1],
        }

    def _replanned(self, number: int) -> IntArray:
        """The plan after its first round in a world."""
        if self.learning is None or self.later is None:
            return self.plan
        believed = self.worlds.problem_of(self.learning.believed(number))
        try:
            found: Resolved = self.later.solve(believed, [self.plan])
        except NoPlanError:  # beyond what the solver could do: what was planned is kept
            return self.plan
        return found.choice


def _residuals(problem: Problem, choice: IntArray) -> FloatArray:
    """Residual of each target in its year: array (target) [the target's unit]."""
    leaf = evaluate(problem.frame.structure, choice).leaf
    return np.asarray([line.residual(leaf)[min(line.position, leaf.shape[1] - 1)] for line in problem.lines])
