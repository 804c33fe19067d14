"""Policies that decide one option the other way where no single changes repair the limits after it: by an integer program."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rmscenario.blocks import Arrays
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.problem import Problem
from rmscenario.planning.progress import never
from rmscenario.planning.rows import Rows, over_states, stacked
from rmscenario.planning.solver import Master
from rmscenario.recourse.beside import agreed, beside
from rmscenario.recourse.tree import Tree
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.ready import worlds_of

#: Work limit of the integer solver in nodes: a policy that takes longer to find is none that is known.
NODES = 1_000
#: [1] Value from which a state is chosen.
CHOSEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RepairedIn:
    """Decisions to be made another way, ready to be sent to another process; each number is a decision.

    Attributes
    ----------
    options : tuple of int
    now : tuple of bool
        Whether each option is to be signed now, or not.
    worth : array (cluster, state) [million DKK]
        To first order, of being in a state rather than in none, times the cluster's share of the worlds.
    gap : float [million DKK]
        Within which the policy found is the one of least worth.
    """

    of: WorldsOf
    tree: Tree
    options: tuple[int, ...]
    now: tuple[bool, ...]
    worth: FloatArray
    gap: float

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        told = hashlib.sha256(f"{self.of.key} repaired {self.options} {self.now} {self.gap}".encode())
        for array in (self.tree.first, self.tree.cluster, self.worth):
            told.update(f"{array.shape} {array.dtype}".encode())
            told.update(array.tobytes())
        return told.hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """The policy of least worth that decides an option so, and whether any was found."""
        problem = worlds_of(self.of).problem

        def in_decision(number: int) -> Arrays:
            policy = cheapest(
                problem, self.tree, self.worth, self.options[number], now=self.now[number], gap=self.gap, nodes=NODES
            )
            options = len(problem.frame.structure.table.options)
            none = np.full((self.tree.clusters, options), NONE, dtype=np.int64)
            return {"policy": none if policy is None else policy, "found": np.asarray(policy is not None)}

        return in_decision


def cheapest(
    problem: Problem, tree: Tree, worth: FloatArray, option: int, *, now: bool, gap: float, nodes: int
) -> IntArray | None:
    """The policy of least worth that signs an option now, or that does not; None if none is found.

    Parameters
    ----------
    worth : array (cluster, state)
    gap : float [the worth's measure]

    Returns
    -------
    array (cluster, option)
    """
    table = problem.frame.structure.table
    clusters, states = worth.shape
    columns = clusters * states
    own = np.asarray(table.state_range(option))
    first = own[tree.first[own]]
    side = Rows(
        equation=0,
        labels=("signed now" if now else "not signed now",),
        matrix=sparse.csr_array((np.ones(len(first)), (np.zeros_like(first), first)), (1, columns)),
        lower=np.asarray([float(now)]),
        upper=np.asarray([float(now)]),
    )
    rows = over_states(stacked(problem.rows, problem.frame.columns), states)
    together = stacked((beside(rows, states, clusters), agreed(tree, np.arange(clusters), columns), side), columns)
    master = Master(threads=1, seed=0, stop=never)
    master.add_columns(np.zeros(columns), np.ones(columns), integer=True)
    master.add_rows(together.matrix, together.lower, together.upper)
    master.set_costs(worth.ravel())
    solved = master.solve(absolute_gap=gap, max_nodes=nodes, start=None)
    if solved.values is None:
        return None
    policy = np.full((clusters, len(table.options)), NONE, dtype=np.int64)
    cluster, state = np.nonzero(solved.values.reshape(clusters, states) > CHOSEN)
    policy[cluster, table.state_option[state]] = state
    return policy
