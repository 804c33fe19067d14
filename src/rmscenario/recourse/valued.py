"""Many policies at once, evaluated exactly in a world: what each comes to, and the tonnes that are then emitted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rmscenario.blocks import Arrays
from rmscenario.emissions import evaluate
from rmscenario.emissions.structure import FOOTPRINT, FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.functional import Hinge, cost_terms
from rmscenario.planning.planner import priced_lines
from rmscenario.planning.problem import Problem
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.ready import worlds_of


class Valuer:
    """Exact values of choices in one problem, Eq. (11), and their tonnes."""

    def __init__(self, problem: Problem) -> None:
        self.structure, self.lines = problem.frame.structure, problem.lines
        self.weights, self.by_state, self.constant = cost_terms(problem.frame, problem.money)
        self.hinges = [Hinge(line=line, price=price) for line, price in priced_lines(problem)]
        structure, settings = self.structure, problem.region.settings
        self.leaves = structure.leaves_of(structure.stream_index(FOOTPRINT, settings.account))
        self.last = int(np.flatnonzero(structure.table.years == settings.last_start)[0])
        self.counted = (structure.table.years >= settings.first_year) & (structure.table.years <= settings.last_start)

    def value(self, choice: IntArray) -> tuple[float, FloatArray, FloatArray]:
        """A choice's value, tonnes and residuals.

        Returns
        -------
        value [million DKK]
        tonnes : array (2) [tCO2e]
            In the last year in which starts are allowed [tCO2e/a], and summed from the first year to that one.
        residual : array (target) [the target's unit]
            Of each target in its year.
        """
        leaf = evaluate(self.structure, choice).leaf
        value = float((self.weights * leaf).sum() + self.by_state[choice[choice != NONE]].sum()) + self.constant
        value += sum(hinge.value(leaf) for hinge in self.hinges)
        total = leaf[self.leaves].sum(axis=0)
        residual = [line.residual(leaf)[min(line.position, leaf.shape[1] - 1)] for line in self.lines]
        return value, np.asarray([total[self.last], total[self.counted].sum()]), np.asarray(residual)

    def values(self, choices: IntArray) -> tuple[FloatArray, FloatArray]:
        """Values and tonnes of choices: array (choice, option) → arrays (choice), (choice, 2)."""
        different, same = np.unique(choices, axis=0, return_inverse=True)
        found = [self.value(choice) for choice in different]
        return np.asarray([value for value, _, _ in found])[same], np.stack([tonnes for _, tonnes, _ in found])[same]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ValuedIn:
    """Policies to be evaluated in worlds, ready to be sent to another process; each number is a world.

    Attributes
    ----------
    policies : array (policy, cluster, option)
    cluster : array (world)
    skipped : int
        Worlds before the first.
    """

    of: WorldsOf
    policies: IntArray
    cluster: IntArray
    skipped: int = 0

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        told = hashlib.sha256(f"{self.of.key} valued {self.skipped}".encode())
        for array in (self.policies, self.cluster):
            told.update(f"{array.shape}".encode())
            told.update(array.astype(np.int64).tobytes())
        return told.hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """Value and tonnes of each policy in a world."""
        worlds = worlds_of(self.of)

        def in_world(number: int) -> Arrays:
            valuer = Valuer(worlds.problem_of(worlds.world(number + self.skipped)))
            value, tonnes = valuer.values(self.policies[:, self.cluster[number]])
            return {"value": value, "tonnes": tonnes}

        return in_world
