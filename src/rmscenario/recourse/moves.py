"""All changes of one option in a policy: what each promises to first order, and what it does to the rows of every cluster.

An option may be started now, which all clusters have to agree on; put off, to one later state for all clusters, to each
cluster's own best, or to none; or, where it is not signed now, get another later state in one cluster. A change that breaks a
limit is followed by others that make room for it, and one that makes room by others that use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options import OptionTable
from rmscenario.options.options import NONE
from rmscenario.planning.descent import KEPT
from rmscenario.planning.rows import Rows
from rmscenario.recourse.tree import BoolArray, Tree

#: Changes that follow a first one, at most.
FOLLOWING = 12
#: A change that keeps a cluster as it is, and one that gives each cluster its best later state.
_AS_IS, _BEST = -2, -3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changes:
    """Changes of any policy: array (change) of options, array (change, cluster) of states."""

    option: IntArray
    state: IntArray


class Moves:
    """The rows of a region over the clusters of a tree, arranged to find changes that keep them.

    Parameters
    ----------
    rows : over the states alone
    """

    def __init__(self, table: OptionTable, rows: Rows, tree: Tree) -> None:
        self.table, self.tree = table, tree
        self.states, self.clusters = len(table.states), tree.clusters
        none = sparse.csr_array((len(rows.labels), 1))
        self.by_state = sparse.csc_array(sparse.hstack([rows.matrix, none]))
        self.lower = np.tile(rows.lower - KEPT, self.clusters)
        self.upper = np.tile(rows.upper + KEPT, self.clusters)
        self.entries = np.tile(np.diff(sparse.csr_array(rows.matrix).indptr), self.clusters)
        self.changes = self._changes()

    def _changes(self) -> _Changes:
        option: list[int] = []
        state: list[list[int]] = []
        for number, one in enumerate(self.table.options):
            own = list(self.table.state_range(number))
            if one.running is not None or not own:
                continue
            later = [NONE, *(s for s in own if not self.tree.first[s])]
            everywhere = [*(s for s in own if self.tree.first[s]), *later, _BEST]
            found = [[s] * self.clusters for s in everywhere]
            if self.clusters > 1:
                for cluster in range(self.clusters):
                    found += [[s if c == cluster else _AS_IS for c in range(self.clusters)] for s in later]
            option += [number] * len(found)
            state += found
        return _Changes(
            option=np.asarray(option, dtype=np.int64),
            state=np.asarray(state, dtype=np.int64).reshape(-1, self.clusters),
        )

    def at(self, policy: IntArray, worth: FloatArray, held: int | None = None) -> At:
        """The changes of a policy.

        Parameters
        ----------
        worth : array (cluster, state)
            To first order, of being in a state rather than in none, times the cluster's share of the worlds.
        held : int, optional
            An option that stays signed now, or not, as it is.
        """
        return At(self, policy, worth, held)


class At:
    """The changes of one policy."""

    def __init__(self, moves: Moves, policy: IntArray, worth: FloatArray, held: int | None) -> None:
        self.moves, self.policy = moves, policy
        changes, table, clusters = moves.changes, moves.table, range(moves.clusters)
        padded = np.hstack([worth, np.zeros((moves.clusters, 1))])  # NONE, −1, is worth nothing
        current = policy[:, changes.option].T
        target = np.where(changes.state == _AS_IS, current, changes.state)
        best = self._best_later(padded)
        target = np.where(target == _BEST, best[:, changes.option].T, target)
        signed = moves.tree.signed(policy)
        alone = (changes.state == _AS_IS).any(axis=1)
        idle = (target == current).all(axis=1) | (alone & signed[changes.option])
        self.target = target
        self.worth: FloatArray = sum(padded[c, target[:, c]] - padded[c, current[:, c]] for c in clusters)
        self.worth[idle] = np.inf
        self.now: BoolArray = (target[:, 0] != NONE) & moves.tree.first[target[:, 0]]
        if held is not None:
            self.worth[(changes.option == held) & (self.now != signed[held])] = np.inf
        column = np.where(target == NONE, moves.states, target)
        source = np.where(current == NONE, moves.states, current)
        self.effect = sparse.csc_array(
            sparse.vstack([moves.by_state[:, column[:, c]] - moves.by_state[:, source[:, c]] for c in clusters])
        )
        self.by_row = sparse.csr_array(self.effect)
        chosen = np.zeros((moves.states + 1, moves.clusters))
        for c in clusters:
            chosen[policy[c][policy[c] != NONE], c] = 1.0
        self.activity: FloatArray = (moves.by_state @ chosen).T.ravel()
        self.signed = signed
        self._table = table

    def _best_later(self, padded: FloatArray) -> IntArray:
        """Each cluster's best state of those that start later, or none: array (cluster, option)."""
        moves = self.moves
        table = moves.table
        best = np.full((moves.clusters, len(table.options)), NONE, dtype=np.int64)
        least = np.zeros(best.shape)
        for state in np.flatnonzero(~moves.tree.first).tolist():
            option = table.state_option[state]
            better = padded[:, state] < least[:, option]
            best[better, option] = state
            least[better, option] = padded[better, state]
        return best

    def changed(self, changes: Sequence[int]) -> IntArray:
        """The policy after some changes."""
        policy = self.policy.copy()
        for change in changes:
            policy[:, self.moves.changes.option[change]] = self.target[change]
        return policy

    def forced(self, option: int, *, now: bool, tolerance: float) -> IntArray | None:
        """The most promising policy near this one that signs an option now, or does not; None if none keeps the rows."""
        own = np.flatnonzero((self.moves.changes.option == option) & (self.now == now) & np.isfinite(self.worth))
        own = own[(self.moves.changes.state[own] != _AS_IS).all(axis=1)]
        tried = [self.followed(int(change), tolerance) for change in own[np.argsort(self.worth[own], kind="stable")]]
        kept = [(total, number) for number, one in enumerate(tried) if one is not None for total in (one[1],)]
        if not kept:
            return None
        found = tried[min(kept)[1]]
        assert found is not None
        return self.changed(found[0])

    def improved(self, tolerance: float, most: int | None = None) -> list[IntArray]:
        """Policies after all, the first half, a quarter, … of the changes that promise to pay and keep the rows.

        Parameters
        ----------
        most : int, optional
            Changes that promise to pay alone and do not with what makes room for them, until no more are looked at.
        """
        taken: list[tuple[int, ...]] = []
        failed, activity, used = 0, self.activity.copy(), np.zeros(len(self._table.options), dtype=bool)
        for first in np.argsort(self.worth, kind="stable").tolist():
            if self.worth[first] >= -tolerance:
                break
            if used[self.moves.changes.option[first]]:
                continue
            if failed == most:
                break
            found = self.followed(first, tolerance, activity, used)
            if found is None or found[1] >= -tolerance:
                failed += 1
                continue
            taken.append(found[0])
            for change in found[0]:
                activity = self._after(activity, change)
                used[self.moves.changes.option[change]] = True
        parts, count = [], len(taken)
        while count:
            parts.append(self.changed([change for changes in taken[:count] for change in changes]))
            count //= 2
        return parts

    def followed(
        self, first: int, tolerance: float, activity: FloatArray | None = None, used: BoolArray | None = None
    ) -> tuple[tuple[int, ...], float] | None:
        """A change and those that follow it, and what they promise together; None if they do not keep the rows.

        Parameters
        ----------
        activity : array (cluster and row), optional
            Where other changes have been made already, to the options that are `used`.
        """
        moves, option = self.moves, self.moves.changes.option
        after = self._after(self.activity if activity is None else activity, first)
        free = np.ones(len(self._table.options), dtype=bool) if used is None else ~used
        free[option[first]] = False
        taken, total = [first], float(self.worth[first])
        for _ in range(FOLLOWING):
            broken = np.flatnonzero((after > moves.upper) | (after < moves.lower))
            if len(broken):
                row = int(broken[np.argmin(moves.entries[broken])])
                then = after[row] + self._on(row)
                open_to = np.flatnonzero(
                    (then <= moves.upper[row]) & (then >= moves.lower[row]) & np.isfinite(self.worth)
                )
            else:
                open_to = np.flatnonzero(self.worth < -tolerance)
            open_to = open_to[free[option[open_to]]]
            open_to = open_to[self._keep(open_to, after)]
            if not len(open_to):
                break
            change = int(open_to[np.argmin(self.worth[open_to])])
            after = self._after(after, change)
            free[option[change]] = False
            taken.append(change)
            total += float(self.worth[change])
        if ((after > moves.upper) | (after < moves.lower)).any():
            return None
        return tuple(taken), total

    def _on(self, row: int) -> FloatArray:
        """What each change does to a row: array (change)."""
        effect = np.zeros(len(self.worth))
        part = slice(self.by_row.indptr[row], self.by_row.indptr[row + 1])
        effect[self.by_row.indices[part]] = self.by_row.data[part]
        return effect

    def _keep(self, changes: IntArray, after: FloatArray) -> BoolArray:
        """Which changes lead no row further beyond its limits: array (change) bool."""
        begin = self.effect.indptr[changes].astype(np.int64)
        count = self.effect.indptr[changes + 1] - begin
        entry = np.arange(int(count.sum())) + np.repeat(begin - np.cumsum(count) + count, count)
        row, data = self.effect.indices[entry], self.effect.data[entry]
        then = after[row] + data
        beyond = ((then > self.moves.upper[row]) & (data > 0)) | ((then < self.moves.lower[row]) & (data < 0))
        change = np.repeat(np.arange(len(changes)), count)
        kept: BoolArray = np.bincount(change[beyond], minlength=len(changes)) == 0
        return kept

    def _after(self, activity: FloatArray, change: int) -> FloatArray:
        """Activity of the rows after a change."""
        after = activity.copy()
        part = slice(self.effect.indptr[change], self.effect.indptr[change + 1])
        after[self.effect.indices[part]] += self.effect.data[part]
        return after
