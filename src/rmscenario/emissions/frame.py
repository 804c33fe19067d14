"""What all cuts of a structure share: remaining shares of every state in every year, and who lifts whom.

All coefficients come out per *choice column*: the states of the option table first, then the pairs of a state with a
state of an enabler that is itself a choice, Eq. (14). "None" has no column: its share is 1 − Σ of the option's states.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.kernel import remaining
from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.options.options import NONE


class CutKind(StrEnum):
    """Linear functions of the choice columns."""

    L1 = "L1"
    L2 = "L2"
    FIRST_ORDER = "first order"  # change to first order, which bounds nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class CutFrame:
    """What all cuts of a structure share.

    Years in which every state is deployed alike are one *column*; `year_column[t]` is the column of a year.

    Attributes
    ----------
    entry_term, entry_state : array (entry)
        Every state of every term's option.
    share : array (entry, column) [1]
        Remaining share without lifts by enablers that are a choice.
    low, high : array (entry, column) [1]
        Least and largest remaining share over the enablers' states.
    pair_state, pair_enabler : array (pair)
        The state and the enabler's state whose joint choice is a pair column.
    lift_entry, lift_pair, lift_group : array (lift)
        Entry, pair column and (entry, enabler option) group of each lift; in the order of the groups, and these in that
        of their entries.
    lift_change : array (lift, column) [1]
        Change of the entry's remaining share while the pair is chosen.
    entry_pool, entry_column : array (entry + lift)
        Pool and choice column of each coefficient.
    """

    structure: Structure
    year_column: IntArray
    entry_term: IntArray
    entry_state: IntArray
    share: FloatArray
    low: FloatArray
    high: FloatArray
    least: FloatArray
    largest: FloatArray
    pair_state: IntArray
    pair_enabler: IntArray
    lift_entry: IntArray
    lift_pair: IntArray
    lift_group: IntArray
    lift_change: FloatArray
    group_entry: IntArray
    group_enabler: IntArray
    entry_pool: IntArray
    entry_column: IntArray
    always: npt.NDArray[np.bool_]
    position: IntArray
    width: int

    @property
    def columns(self) -> int:
        """Number of choice columns: states and pairs."""
        return len(self.structure.table.states) + len(self.pair_state)

    def fold(self, weights: FloatArray) -> FloatArray:
        """Weights over years as weights over year columns: array (…, year) → array (…, column)."""
        indicator = self.year_column[:, None] == np.arange(self.share.shape[1])
        folded: FloatArray = weights @ indicator.astype(np.float64)
        return folded

    def exclusive(self, values: FloatArray) -> FloatArray:
        """Product of the other terms of the pool, for each term: array (term, column). No division, so zeros are safe."""
        pool, place = self.structure.term_pool, self.position + 1
        padded = np.ones((self.width + 2, self.structure.pool_count, values.shape[1]))
        padded[place, pool] = values
        before, after = padded.copy(), padded
        for k in range(1, self.width + 2):  # many times faster than `cumprod`
            before[k] *= before[k - 1]
            after[-1 - k] *= after[-k]
        product: FloatArray = before[place - 1, pool] * after[place + 1, pool]
        return product

    def product(self, values: FloatArray) -> FloatArray:
        """Product over the terms of each pool: array (pool, column)."""
        if self.structure.pool_count == 0:
            return np.ones((0, values.shape[1]))
        return np.multiply.reduceat(values, self.structure.pool_first[:-1], axis=0)

    def pairs_chosen(self, choice: IntArray) -> npt.NDArray[np.bool_]:
        """Which pair columns a choice has at one: array (pair) bool."""
        option = self.structure.table.state_option
        state_on = choice[option[self.pair_state]] == self.pair_state
        enabler_on = choice[option[self.pair_enabler]] == self.pair_enabler
        both: npt.NDArray[np.bool_] = state_on & enabler_on
        return both

    def columns_chosen(self, choice: IntArray) -> FloatArray:
        """A choice as values of the choice columns: array (column of choice) of 0 and 1."""
        chosen = np.zeros(self.columns)
        chosen[choice[choice != NONE]] = 1.0
        chosen[len(self.structure.table.states) :] = self.pairs_chosen(choice)
        return chosen


def _alike(effect: FloatArray) -> IntArray:
    """Number of the group of equal columns that each column belongs to, in order of first appearance."""
    by_year = np.ascontiguousarray(effect.T)
    numbers: dict[bytes, int] = {}
    return np.asarray([numbers.setdefault(year.tobytes(), len(numbers)) for year in by_year], dtype=np.int64)


def build_frame(structure: Structure) -> CutFrame:
    """Arrange what all cuts of a structure share."""
    table = structure.table
    year_column = _alike(table.effect)
    effect = table.effect[:, np.unique(year_column, return_index=True)[1]]
    terms = np.arange(len(structure.term_option))
    counts = np.diff(table.first_state)[structure.term_option]
    entry_term = np.repeat(terms, counts)
    offset = np.arange(len(entry_term)) - np.repeat(np.cumsum(counts) - counts, counts)
    entry_state = table.first_state[structure.term_option[entry_term]] + offset
    running = np.asarray([option.running is not None for option in table.options], dtype=bool)

    fixed = np.ones((len(terms), effect.shape[1]))
    by_running = running[structure.lift_enabler]
    np.add.at(
        fixed,
        structure.lift_term[by_running],
        structure.lift_value[by_running, None] * effect[table.first_state[structure.lift_enabler[by_running]]],
    )
    removed = structure.term_effect[entry_term, None] * effect[entry_state]
    share = remaining(removed * fixed[entry_term])

    first_entry = np.concatenate([[0], np.cumsum(counts)])
    pairs: dict[tuple[int, int], int] = {}
    lift_entry, lift_pair, lift_group, change = [], [], [], []
    groups: list[tuple[int, int]] = []
    for lift in np.flatnonzero(~by_running):
        term, enabler = int(structure.lift_term[lift]), int(structure.lift_enabler[lift])
        for entry in range(int(first_entry[term]), int(first_entry[term + 1])):
            state = int(entry_state[entry])
            for other in table.state_range(enabler):
                lift_entry.append(entry)
                lift_pair.append(pairs.setdefault((state, other), len(pairs)))
                lift_group.append(len(groups))
                change.append(-removed[entry] * structure.lift_value[lift] * effect[other])
            groups.append((entry, enabler))
    in_order = sorted(range(len(groups)), key=lambda number: groups[number][0])
    groups = [groups[number] for number in in_order]
    renumbered = np.argsort(np.asarray(in_order, dtype=np.int64))
    group = renumbered[np.asarray(lift_group, dtype=np.int64)]
    by_group = np.argsort(group, kind="stable")
    group = group[by_group]
    lift_change = (np.asarray(change) if change else np.zeros((0, effect.shape[1])))[by_group]
    down, up = np.zeros((len(groups), effect.shape[1])), np.zeros((len(groups), effect.shape[1]))
    np.minimum.at(down, group, lift_change)
    np.maximum.at(up, group, lift_change)
    group_entry = np.asarray([entry for entry, _ in groups], dtype=np.int64)
    low, high = share.copy(), share.copy()
    np.add.at(low, group_entry, down)
    np.add.at(high, group_entry, up)
    low = np.maximum(low, 0.0)

    always = running[structure.term_option]
    least = np.where(always[:, None], np.inf, 1.0) * np.ones((len(terms), effect.shape[1]))
    largest = np.where(always[:, None], -np.inf, 1.0) * np.ones((len(terms), effect.shape[1]))
    np.minimum.at(least, entry_term, low)
    np.maximum.at(largest, entry_term, high)
    position = terms - structure.pool_first[structure.term_pool]
    pair_keys = np.asarray(list(pairs), dtype=np.int64).reshape(-1, 2)
    lifted = np.asarray(lift_entry, dtype=np.int64)[by_group]
    pair = np.asarray(lift_pair, dtype=np.int64)[by_group]
    return CutFrame(
        structure=structure,
        year_column=year_column,
        entry_term=entry_term,
        entry_state=entry_state,
        share=share,
        low=low,
        high=high,
        least=least,
        largest=largest,
        pair_state=pair_keys[:, 0],
        pair_enabler=pair_keys[:, 1],
        lift_entry=lifted,
        lift_pair=pair,
        lift_group=group,
        lift_change=lift_change,
        group_entry=group_entry,
        group_enabler=np.asarray([enabler for _, enabler in groups], dtype=np.int64),
        entry_pool=structure.term_pool[np.concatenate([entry_term, entry_term[lifted]])],
        entry_column=np.concatenate([entry_state, len(table.states) + pair]),
        always=always,
        position=position,
        width=int(np.diff(structure.pool_first).max(initial=0)),
    )
