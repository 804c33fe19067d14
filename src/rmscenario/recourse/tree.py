"""Who has to agree on what: the round that is signed now is the same in all worlds, later rounds within a cluster of worlds.

A *policy* is an array (cluster, option) of states: what is chosen in the worlds of each cluster. It may be followed if all
clusters agree on the states that start in the round that is signed now, and each keeps the rules of the tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE, OptionTable

BoolArray = npt.NDArray[np.bool_]
#: [1] Share of the worlds below which a cluster is none of its own.
SMALLEST = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One branching, at the end of the round that is signed now.

    Attributes
    ----------
    first : array (state) bool
        States that start in the round that is signed now; those of running options are no starts.
    cluster : array (world)
        Number of the cluster of worlds that look alike when that round is over.
    """

    first: BoolArray
    cluster: IntArray

    @property
    def clusters(self) -> int:
        """Number of clusters."""
        return int(self.cluster.max(initial=0)) + 1

    @property
    def weight(self) -> FloatArray:
        """Share of the worlds in each cluster: array (cluster)."""
        return np.bincount(self.cluster, minlength=self.clusters) / len(self.cluster)

    def everywhere(self, choice: IntArray) -> IntArray:
        """The policy that is one plan, whatever the world."""
        return np.tile(choice, (self.clusters, 1))

    def signed(self, policy: IntArray) -> BoolArray:
        """Options that a policy starts in the round that is signed now: array (…, option) bool."""
        chosen = policy[..., 0, :]
        return np.asarray((chosen != NONE) & self.first[chosen])

    def agrees(self, policy: IntArray) -> bool:
        """Whether all clusters agree on what is signed now."""
        now = np.where((policy != NONE) & self.first[policy], policy, NONE)
        return bool((now == now[0]).all())

    def means(self, values: FloatArray) -> FloatArray:
        """Averages over the worlds of each cluster: array (world, …) → array (cluster, …)."""
        return np.stack([values[self.cluster == cluster].mean(axis=0) for cluster in range(self.clusters)])


def first_states(table: OptionTable, end: int) -> BoolArray:
    """States that start anew by the end of a year: array (state) bool."""
    running = np.asarray([option.running is not None for option in table.options], dtype=bool)
    start = np.asarray([state.start for state in table.states], dtype=np.int64)
    chosen: BoolArray = (start <= end) & ~running[table.state_option]
    return chosen


def clustered(values: FloatArray, most: int) -> IntArray:
    """Worlds that look alike: array (world) of clusters, numbered by their first world.

    By Ward's method; a cluster of less than a tenth of the worlds goes to the nearest one, since what is best in a few
    worlds is best by what is not seen of them too.

    Parameters
    ----------
    values : array (world, what is seen of it)
        Worlds with equal values are in one cluster.
    most : int
        Clusters at most.
    """
    distinct, number = np.unique(values, axis=0, return_inverse=True)
    found = np.zeros(len(distinct), dtype=np.int64)
    if len(distinct) > 1 and most > 1:
        found = fcluster(linkage(distinct, method="ward"), most, criterion="maxclust") - 1
    cluster = found[number]
    while True:
        sizes = np.bincount(cluster)
        small = int(np.argmin(np.where(sizes > 0, sizes, len(values) + 1)))
        if sizes[small] >= SMALLEST * len(values) or (sizes > 0).sum() == 1:
            break
        middles = middles_of(values, cluster)
        away = ((middles - middles[small]) ** 2).sum(axis=1)
        away[[small, *np.flatnonzero(sizes == 0)]] = np.inf
        cluster = np.where(cluster == small, int(np.argmin(away)), cluster)
    _, first, cluster = np.unique(cluster, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[cluster].astype(np.int64)


def middles_of(values: FloatArray, cluster: IntArray) -> FloatArray:
    """Mean of each cluster, infinite where it is empty: array (cluster, …)."""
    return np.stack(
        [
            values[cluster == one].mean(axis=0) if (cluster == one).any() else np.full(values.shape[1], np.inf)
            for one in range(int(cluster.max()) + 1)
        ]
    )


def nearest(values: FloatArray, middles: FloatArray) -> IntArray:
    """The cluster whose middle a world is nearest to: array (world)."""
    away = ((values[:, None, :] - middles[None]) ** 2).sum(axis=2)
    found: IntArray = away.argmin(axis=1)
    return found
