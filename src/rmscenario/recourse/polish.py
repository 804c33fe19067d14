"""Policies made better while one decision of each stands: many at once, each by what its own changes promise and come to.

What a change is worth to first order is told where a policy stands. To decide one option the other way may move a policy so
far, past a target or among the initiatives of one source, that other changes pay there than at the best policy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rmscenario.blocks import Arrays
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.judging import Judge
from rmscenario.planning.planner import priced_objective
from rmscenario.planning.rows import over_states, stacked
from rmscenario.recourse.moves import Moves
from rmscenario.recourse.tree import Tree
from rmscenario.recourse.valued import Valuer
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.average import changes_of, worth_of
from rmscenario.worlds.ready import worlds_of
from rmscenario.worlds.worlds import Worlds

#: Policies that are made better together: each world is made ready once for all of them.
GROUP = 48
#: Times that changes of a policy are made, at most.
ROUNDS = 6
#: Multiples of the tolerance that changes must have gained for more of them to be looked for.
ENOUGH = 10.0
#: Changes that promise to pay alone and do not with what makes room for them, until no more are looked at.
FAILING = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolishedIn:
    """Policies to be made better, ready to be sent to another process; each number is a group of them.

    Attributes
    ----------
    policies : array (policy, cluster, option)
    values : array (policy) [million DKK]
        On average over the worlds.
    held : array (policy)
        An option that each signs now, or does not, and that stays so.
    tolerance : float [million DKK]
        What changes must gain.
    """

    of: WorldsOf
    tree: Tree
    policies: IntArray
    values: FloatArray
    held: IntArray
    tolerance: float

    @property
    def groups(self) -> int:
        """Number of groups; the last one is filled up with its last policy."""
        return -(-len(self.policies) // GROUP)

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        told = hashlib.sha256(f"{self.of.key} polished {self.tolerance}".encode())
        for array in (self.tree.first, self.tree.cluster, self.policies, self.values, self.held):
            told.update(f"{array.shape} {array.dtype}".encode())
            told.update(array.tobytes())
        return told.hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """The policies of a group after all changes that pay."""
        worlds = worlds_of(self.of)
        frame = worlds.problem.frame
        rows = stacked(worlds.problem.rows, frame.columns)
        table = frame.structure.table
        moves = Moves(table, over_states(rows, len(table.states)), self.tree)
        judge = Judge(frame=frame, rows=rows)

        def in_group(number: int) -> Arrays:
            group = np.minimum(np.arange(number * GROUP, (number + 1) * GROUP), len(self.policies) - 1)
            own, same = np.unique(group, return_inverse=True)
            policies, values, held = self.policies[own], self.values[own], self.held[own].tolist()
            rising = np.arange(len(own))
            for _ in range(ROUNDS):
                proposed, of = [], []
                for place, worth in zip(rising.tolist(), self._worth(worlds, policies[rising]), strict=True):
                    at = moves.at(policies[place], worth, held[place])
                    for policy in at.improved(self.tolerance, FAILING):
                        if all(judge.keeps_rows(choice) for choice in policy):
                            proposed.append(policy)
                            of.append(place)
                if not proposed:
                    break
                found = self._values(worlds, np.stack(proposed))
                before = values.copy()
                for place, policy, value in zip(of, proposed, found.tolist(), strict=True):
                    if value < values[place]:
                        policies[place], values[place] = policy, value
                rising = np.flatnonzero(values < before - ENOUGH * self.tolerance)
                if not len(rising):
                    break
            return {"policy": policies[same]}

        return in_group

    def _worth(self, worlds: Worlds, policies: IntArray) -> FloatArray:
        """First-order worth of each state, times the cluster's share of the worlds: array (policy, cluster, state)."""
        cluster = self.tree.cluster
        states = len(worlds.problem.frame.structure.table.states)
        worth = np.zeros((len(policies), self.tree.clusters, states))
        for number, one in enumerate(cluster.tolist()):
            world = worlds.problem_of(worlds.world(number))
            objective = priced_objective(world)
            for place, choice in enumerate(policies[:, one]):
                moves = changes_of(world, objective, choice)
                worth[place, one] += worth_of(world, {"take": moves.take, "drop": moves.drop})
        return worth / len(cluster)

    def _values(self, worlds: Worlds, policies: IntArray) -> FloatArray:
        """Averages over the worlds [million DKK]: array (policy)."""
        cluster = self.tree.cluster
        total = np.zeros(len(policies))
        for number, one in enumerate(cluster.tolist()):
            value, _ = Valuer(worlds.problem_of(worlds.world(number))).values(policies[:, one])
            total += value
        return total / len(cluster)
