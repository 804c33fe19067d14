"""Linear lower bounds on products of remaining shares: L1, L2 and tangents, Eqs. (22)–(24).

All coefficients come out per *choice column*: the states of the option table first, then the pairs of a state with a
state of an enabler that is itself a choice, Eq. (14). "None" has no column: its share is 1 − Σ of the option's states.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.options.options import NONE

#: [1] Smallest remaining share whose logarithm enters a tangent.
TANGENT_SHARE = 1e-6


class CutKind(StrEnum):
    """Kinds of cuts."""

    L1 = "L1"
    L2 = "L2"
    TANGENT = "tangent"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutRows:
    """Cuts of one kind at one point, one row per pool: product ≥ constant + Σ value · column.

    Attributes
    ----------
    constant : array (pool, column of `years`) [1]
    value : array (entry, column of `years`) [1]
        Entry `n` belongs to pool `entry_pool[n]` and choice column `entry_column[n]` of the frame.
    """

    kind: CutKind
    constant: FloatArray
    value: FloatArray


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
        Entry, pair column and (entry, enabler option) group of each lift.
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
        structure = self.structure
        padded = np.ones((structure.pool_count, self.width + 2, values.shape[1]))
        padded[structure.term_pool, self.position + 1] = values
        before = np.cumprod(padded, axis=1)
        after = np.cumprod(padded[:, ::-1], axis=1)[:, ::-1]
        pool, position = structure.term_pool, self.position
        product: FloatArray = before[pool, position] * after[pool, position + 2]
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
    share = np.maximum(0.0, 1.0 - removed * fixed[entry_term])

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
    lift_change = np.asarray(change) if change else np.zeros((0, effect.shape[1]))
    group = np.asarray(lift_group, dtype=np.int64)
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
    lifted = np.asarray(lift_entry, dtype=np.int64)
    pair = np.asarray(lift_pair, dtype=np.int64)
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


def cut_rows(frame: CutFrame, choice: IntArray, kind: CutKind) -> CutRows:
    """L1 or L2 at a choice, Eqs. (22) and (23): valid for every choice, exact at this one.

    Parameters
    ----------
    choice : array (option)
        State number of each option, NONE where it does not start.
    """
    structure = frame.structure
    chosen_state = choice[structure.term_option]
    is_chosen = frame.entry_state == chosen_state[frame.entry_term]
    pair_on = frame.pairs_chosen(choice)
    lift_on = pair_on[frame.lift_pair] & is_chosen[frame.lift_entry]

    at = np.ones((len(chosen_state), frame.share.shape[1]))
    at[frame.entry_term[is_chosen]] = frame.share[is_chosen]
    np.add.at(at, frame.entry_term[frame.lift_entry[lift_on]], frame.lift_change[lift_on])
    others = frame.exclusive(at)
    first = kind is CutKind.L1
    bound = frame.exclusive(frame.least if first else frame.largest)
    going_down, going_up = (others, bound) if first else (bound, others)

    def weighted(change: FloatArray, term: IntArray) -> FloatArray:
        return going_down[term] * np.minimum(0.0, change) + going_up[term] * np.maximum(0.0, change)

    # A share that one enabler lifts takes, with its pairs, each of its values in one step. Where several lift it, the
    # lifts of the chosen state change from the enablers' states at the point; those of other states from the lowest
    # (L1) or highest (L2) share, so that no intermediate product leaves the range of the bounds.
    term, lifted_term = frame.entry_term, frame.entry_term[frame.lift_entry]
    alone = np.bincount(frame.group_entry, minlength=len(term)) <= 1
    reached = np.where(alone[:, None], frame.share, frame.low if first else frame.high)
    value = weighted(np.where((is_chosen & ~alone)[:, None], 0.0, reached - at[term]), term)
    none = weighted(np.where(((chosen_state != NONE) & ~frame.always)[:, None], 1.0 - at, 0.0), np.arange(len(at)))
    constant = frame.product(at)
    np.add.at(constant, structure.term_pool, none)
    plain = weighted(frame.share[frame.lift_entry] - at[lifted_term], lifted_term)
    lifted = weighted(frame.share[frame.lift_entry] + frame.lift_change - at[lifted_term], lifted_term)
    several = bound[lifted_term] * frame.lift_change
    pair_value = np.where(alone[frame.lift_entry][:, None], lifted - plain, several)

    bounding = (bound[term] * (frame.share - reached))[frame.group_entry]
    other = ~is_chosen[frame.group_entry]
    np.add.at(value, frame.group_entry[other], _split(frame, bounding)[other])
    now = np.zeros((len(frame.group_entry), frame.share.shape[1]))
    np.add.at(now, frame.lift_group[lift_on], frame.lift_change[lift_on])
    off = weighted(-now, term[frame.group_entry])
    same = is_chosen[frame.group_entry] & ~alone[frame.group_entry]
    np.add.at(value, frame.group_entry[same], off[same])
    moved = weighted(frame.lift_change - now[frame.lift_group], lifted_term) - off[frame.lift_group]
    pair_value = np.where((is_chosen & ~alone)[frame.lift_entry][:, None], moved, pair_value)
    value -= none[term]
    return CutRows(kind=kind, constant=constant, value=np.vstack([value, pair_value]))


def _split(frame: CutFrame, whole: FloatArray) -> FloatArray:
    """An entry's correction, counted once although an entry may have several enabler groups."""
    seen = np.zeros(len(frame.group_entry), dtype=bool)
    seen[np.unique(frame.group_entry, return_index=True)[1]] = True
    return np.where(seen[:, None], whole, 0.0)


def tangent_rows(frame: CutFrame, point: FloatArray) -> tuple[CutRows, npt.NDArray[np.bool_]]:
    """Tangents of exp(Σ κ·λ) at a point, Eq. (24), and the pools for which they are valid.

    A pair adds what its lift changes in the logarithm. That is exact for one enabler of an option; the lifts of several
    add up before the logarithm is taken, so their pools have no tangents.

    Parameters
    ----------
    point : array (column of choice) in [0, 1]
    """
    structure = frame.structure
    entries = len(frame.entry_term)
    pool = frame.entry_pool[:entries]
    valid = np.ones(structure.pool_count, dtype=bool)
    valid[pool[(frame.low < TANGENT_SHARE).any(axis=1)]] = False
    valid[pool[np.bincount(frame.group_entry, minlength=entries) > 1]] = False
    share = np.maximum(frame.share, TANGENT_SHARE)
    lifted = np.maximum(frame.share[frame.lift_entry] + frame.lift_change, TANGENT_SHARE)
    logarithm = np.log(np.vstack([share, lifted / share[frame.lift_entry]]))
    exponent = np.zeros((structure.pool_count, frame.share.shape[1]))
    np.add.at(exponent, frame.entry_pool, logarithm * point[frame.entry_column][:, None])
    height = np.exp(exponent)
    value = height[frame.entry_pool] * logarithm
    return CutRows(kind=CutKind.TANGENT, constant=height * (1.0 - exponent), value=value), valid
