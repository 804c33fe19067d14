"""Pools of a target's boundary as the loops over draws take them: numbered anew, all of them or a part."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import CutFrame
from rmscenario.emissions.cuts import Coefficients, Shape, Shares
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.risk.kernel import FIXED_LIFT, LIFT, TERM, realised

Flags = npt.NDArray[np.bool_]
Table = npt.NDArray[np.void]
#: Coefficients of an averaged cut: arrays (pool of the frame), (entry + lift of the frame) [the target's unit], and the
#: pools for which it holds.
Averaged = tuple[FloatArray, FloatArray, Flags]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPools:
    """Some pools, their terms, entries and lifts, each numbered anew.

    Attributes
    ----------
    pools, entries, lifts : array
        Their numbers in the frame.
    places : array (pool)
        Their numbers among all pools of the boundary.
    terms, entry_lifts : structured array (term), (lift)
    fixed : structured array
        Lifts by running options; `terms` says which are a term's.
    """

    frame: CutFrame
    pools: IntArray
    places: IntArray
    entries: IntArray
    lifts: IntArray
    shape: Shape
    terms: Table
    fixed: Table
    entry_lifts: Table

    def part(self, wanted: Flags) -> DrawnPools:
        """Some of the pools: array (pool) bool."""
        if wanted.all():
            return self
        of = self.shape
        terms = wanted[of.term_pool]
        entries = terms[of.entry_term]
        groups = entries[of.group_entry]
        lifts = groups[of.lift_group]
        pool, term, entry, group = (np.cumsum(some) - 1 for some in (wanted, terms, entries, groups))
        first = np.concatenate([[0], np.cumsum(np.diff(of.pool_first)[wanted])])
        entry_lifts = self.entry_lifts[lifts]
        entry_lifts["entry"] = entry[entry_lifts["entry"]]
        return replace(
            self,
            pools=self.pools[wanted],
            places=self.places[wanted],
            entries=self.entries[entries],
            lifts=self.lifts[lifts],
            shape=Shape(
                pool_first=first,
                term_pool=pool[of.term_pool[terms]],
                entry_term=term[of.entry_term[entries]],
                group_entry=entry[of.group_entry[groups]],
                lift_group=group[of.lift_group[lifts]],
                always=of.always[terms],
            ),
            terms=self.terms[terms],
            entry_lifts=entry_lifts,
        )

    def shares(self, count: int) -> Shares:
        """Room for the remaining shares in so many draws."""
        of = self.shape
        entries, lifts, terms = len(of.entry_term), len(of.lift_group), len(of.always)
        return Shares(*(np.zeros((rows, count)) for rows in (entries, lifts, entries, entries, terms, terms)))

    def realise(
        self, deployed: FloatArray, effect: FloatArray, lift: FloatArray, delivered: npt.NDArray[np.int8], out: Shares
    ) -> None:
        """Fill in the remaining shares in some draws: arrays (row, draw) of the draws' inputs."""
        of = self.shape
        realised(
            self.terms,
            self.fixed,
            self.entry_lifts,
            np.searchsorted(of.entry_term, np.arange(len(of.always) + 1)),
            np.searchsorted(of.group_entry, np.arange(len(of.entry_term) + 1)),
            np.searchsorted(of.lift_group, np.arange(len(of.group_entry) + 1)),
            self.frame.entry_state[self.entries],
            of.always,
            deployed,
            effect,
            lift,
            delivered,
            out,
        )

    def spread(self, found: Coefficients, valid: Flags | None) -> Averaged:
        """Coefficients in the frame's numbering."""
        frame = self.frame
        by_pool, by_entry = np.zeros(frame.structure.pool_count), np.zeros(len(frame.entry_column))
        by_pool[self.pools] = found.constant
        by_entry[self.entries] = found.value
        by_entry[len(frame.entry_term) + self.lifts] = found.pair
        everywhere = np.zeros(frame.structure.pool_count, dtype=np.bool_)
        everywhere[self.pools] = True if valid is None else valid
        return by_pool, by_entry, everywhere


def arranged_pools(frame: CutFrame, pools: IntArray, deployed: FloatArray) -> tuple[DrawnPools, IntArray, Table]:
    """Pools of a frame, numbered anew; and of each term the lifts by options that are a choice.

    Parameters
    ----------
    pools : array, in order
    deployed : array (delivered, state) [1]

    Returns
    -------
    The pools, where each term's lifts begin, and these lifts, whose `entry` and `state` mean nothing.
    """
    structure = frame.structure
    table = structure.table
    place = np.full(structure.pool_count, -1, dtype=np.int64)
    place[pools] = np.arange(len(pools))
    running = np.asarray([option.running is not None for option in table.options], dtype=bool)
    terms = np.flatnonzero(place[structure.term_pool] >= 0)
    of_term = np.full(len(structure.term_pool), -1, dtype=np.int64)
    of_term[terms] = np.arange(len(terms))
    entries = np.flatnonzero(of_term[frame.entry_term] >= 0)
    of_entry = np.full(len(frame.entry_term), -1, dtype=np.int64)
    of_entry[entries] = np.arange(len(entries))
    lifts = np.flatnonzero(of_entry[frame.lift_entry] >= 0)
    groups, lift_group = np.unique(frame.lift_group[lifts], return_inverse=True)
    last = pools[-1:] + 1 if len(pools) else np.zeros(1, dtype=np.int64)
    shape = Shape(
        pool_first=np.searchsorted(structure.term_pool[terms], np.concatenate([pools, last])),
        term_pool=place[structure.term_pool[terms]],
        entry_term=of_term[frame.entry_term[entries]],
        group_entry=of_entry[frame.group_entry[groups]],
        lift_group=lift_group,
        always=frame.always[terms],
    )

    rows: dict[tuple[int, int], int] = {}
    lifts_of: dict[int, list[tuple[int, int, float]]] = {int(term): [] for term in terms}
    for term, enabler, row, weight in zip(
        structure.lift_term, structure.lift_enabler, structure.lift_row, structure.lift_weight, strict=True
    ):
        if int(term) in lifts_of:
            lifts_of[int(term)].append((int(enabler), int(row), float(weight)))
            rows[int(term), int(enabler)] = len(lifts_of[int(term)]) - 1
    fixed: list[tuple[int, float]] = []
    chosen: list[tuple[int, int, float, int, int]] = []
    first_chosen = [0]
    items = []
    for term in terms.tolist():
        option, first_fixed = int(structure.term_option[term]), len(fixed)
        for enabler, row, weight in lifts_of[term]:
            if running[enabler]:
                fixed.append((row, weight * float(deployed[0, table.first_state[enabler]])))
            else:
                chosen.append((-1, row, weight, enabler, -1))
        scale = float(structure.term_scale[term])
        items.append((int(structure.term_row[term]), scale, option, first_fixed, len(fixed)))
        first_chosen.append(len(chosen))
    found = []
    for number in lifts.tolist():
        entry = int(frame.lift_entry[number])
        enabler = int(frame.group_enabler[frame.lift_group[number]])
        term = int(frame.entry_term[entry])
        _, row, weight = lifts_of[term][rows[term, enabler]]
        found.append((int(of_entry[entry]), row, weight, enabler, int(frame.pair_enabler[frame.lift_pair[number]])))
    arranged = DrawnPools(
        frame=frame,
        pools=pools,
        places=np.arange(len(pools)),
        entries=entries,
        lifts=lifts,
        shape=shape,
        terms=np.asarray(items, dtype=TERM),
        fixed=np.asarray(fixed, dtype=FIXED_LIFT),
        entry_lifts=np.asarray(found, dtype=LIFT),
    )
    return arranged, np.asarray(first_chosen, dtype=np.int64), np.asarray(chosen, dtype=LIFT)
