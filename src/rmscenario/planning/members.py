"""What products are made of as cuts on faces see them: an option, or one with its enabler, is a *member* with states of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray

_Cells = list[tuple[int, float]]
_Factors = list[tuple[int, int]]


#: Weights (pool, realisation) and remaining shares (row, realisation) of some members' pools and rows, a part at a time.
Realisations = Callable[["Members"], Iterable[tuple[FloatArray, FloatArray]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What the products of a frame's pools are made of, member by member.

    Attributes
    ----------
    pools : array (pool)
        Their numbers in the structure, in order.
    first_member : array (pool + 1)
        A pool without members has no cuts on faces.
    first_row : array (member + 1)
        Rows of a member: its states, "none" included.
    first_factor : array (row + 1)
        Factors of a row's remaining share; their product is 1 where there are none.
    entry, lift : array (factor)
        Entry of the frame that a factor is the share of, and the lift that changes it; −1 for none.
    constant, indicator : array (row), sparse array (row, choice column)
        Whether a row is chosen: constant + indicator · choice columns.
    """

    frame: CutFrame
    pools: IntArray
    first_member: IntArray
    first_row: IntArray
    first_factor: IntArray
    entry: IntArray
    lift: IntArray
    constant: FloatArray
    indicator: sparse.csr_array

    def part(self, wanted: npt.NDArray[np.bool_]) -> Members:
        """Members of some of the pools: array (pool) bool."""
        if wanted.all():
            return self
        members = np.repeat(wanted, np.diff(self.first_member))
        rows = np.repeat(members, np.diff(self.first_row))
        factors = np.repeat(rows, np.diff(self.first_factor))
        return Members(
            frame=self.frame,
            pools=self.pools[wanted],
            first_member=_firsts(self.first_member, wanted),
            first_row=_firsts(self.first_row, members),
            first_factor=_firsts(self.first_factor, rows),
            entry=self.entry[factors],
            lift=self.lift[factors],
            constant=self.constant[rows],
            indicator=self.indicator[np.flatnonzero(rows)],
        )

    def numbered(self, entries: IntArray, lifts: IntArray) -> Members:
        """The same with entries and lifts numbered anew: arrays of their numbers in the frame, in order."""
        lift = np.where(self.lift >= 0, np.searchsorted(lifts, self.lift), -1)
        return replace(self, entry=np.searchsorted(entries, self.entry), lift=lift)

    @property
    def at_modes(self) -> FloatArray:
        """Remaining shares at the modes: array (row, column of the frame)."""
        return self.shares(self.frame.share, self.frame.lift_change)

    def shares(self, share: FloatArray, change: FloatArray) -> FloatArray:
        """Remaining shares, array (row, realisation), from those of entries, and the changes by lifts."""
        factor = share[self.entry]
        lifted = np.flatnonzero(self.lift >= 0)
        factor[lifted] = np.maximum(0.0, factor[lifted] + change[self.lift[lifted]])
        found = np.ones((len(self.constant), share.shape[1]))
        some = np.flatnonzero(np.diff(self.first_factor))
        if len(some):
            found[some] = np.multiply.reduceat(factor, self.first_factor[some], axis=0)
        return found

    def level(self, point: FloatArray) -> FloatArray:
        """How far each row is chosen at a point: array (row) in [0, 1]."""
        level: FloatArray = np.clip(self.constant + self.indicator @ point, 0.0, 1.0)
        return level


def _firsts(first: IntArray, wanted: npt.NDArray[np.bool_]) -> IntArray:
    """Where the parts begin of what is wanted."""
    return np.concatenate([[0], np.cumsum(np.diff(first)[wanted])])


class _Builder:
    """Members of all pools, one after another."""

    def __init__(self, frame: CutFrame) -> None:
        self.frame, self.table = frame, frame.structure.table
        self.states = len(self.table.states)
        self.first_entry = np.searchsorted(frame.entry_term, np.arange(len(frame.structure.term_option) + 1))
        self.pair = {
            (int(state), int(other)): number
            for number, (state, other) in enumerate(zip(frame.pair_state, frame.pair_enabler, strict=True))
        }
        self.lift = {
            (int(entry), int(pair)): lift
            for lift, (entry, pair) in enumerate(zip(frame.lift_entry, frame.lift_pair, strict=True))
        }
        self.factors: list[_Factors] = []
        self.rows: list[tuple[float, _Cells]] = []
        self.first_row = [0]

    def add(self, states: Sequence[tuple[_Factors, float, _Cells]]) -> None:
        """A member of some states, each with the factors of its share and when it is chosen."""
        for factors, constant, cells in states:
            self.factors.append(factors)
            self.rows.append((constant, cells))
        self.first_row.append(len(self.rows))

    def own(self, option: int, terms: list[int]) -> list[_Factors]:
        """Factors of an option's states over some of its terms, without lifts by choices."""
        count = int(self.table.first_state[option + 1] - self.table.first_state[option])
        return [[(int(self.first_entry[term]) + number, -1) for term in terms] for number in range(count)]

    def option(self, option: int, terms: list[int]) -> None:
        """A member of one option."""
        states = list(self.table.state_range(option))
        found: list[tuple[_Factors, float, _Cells]] = [
            (factors, 0.0, [(state, 1.0)]) for state, factors in zip(states, self.own(option, terms), strict=True)
        ]
        if self.table.options[option].running is None:
            found.append(([], 1.0, [(state, -1.0) for state in states]))
        self.add(found)

    def enabled(self, option: int, terms: list[int], enabler: int, of_enabler: list[int]) -> None:
        """A member of an option and its enabler."""
        states, others = list(self.table.state_range(option)), list(self.table.state_range(enabler))
        alone, beside = self.own(option, terms), self.own(enabler, of_enabler)
        columns = {both: self.states + self.pair[both] for both in ((s, o) for s in states for o in others)}
        found: list[tuple[_Factors, float, _Cells]] = []
        for number, state in enumerate(states):
            found.append((alone[number], 0.0, [(state, 1.0), *((columns[state, other], -1.0) for other in others)]))
            for place, other in enumerate(others):
                lifted = [(entry, self.lift.get((entry, self.pair[state, other]), -1)) for entry, _ in alone[number]]
                found.append(([*beside[place], *lifted], 0.0, [(columns[state, other], 1.0)]))
        for place, other in enumerate(others):
            found.append((beside[place], 0.0, [(other, 1.0), *((columns[state, other], -1.0) for state in states)]))
        neither = [(state, -1.0) for state in (*states, *others)] + [(column, 1.0) for column in columns.values()]
        found.append(([], 1.0, neither))
        self.add(found)


def build_members(frame: CutFrame) -> Members:
    """Arrange the members of a frame; pools in which several enablers meet in one option's lift get none."""
    structure, builder = frame.structure, _Builder(frame)
    choices = [option.running is None for option in structure.table.options]
    lifted_by: dict[int, set[int]] = defaultdict(set)
    for term, enabler in zip(structure.lift_term.tolist(), structure.lift_enabler.tolist(), strict=True):
        if choices[enabler]:
            lifted_by[term].add(enabler)
    first_member = [0]
    for pool in range(structure.pool_count):
        terms: dict[int, list[int]] = defaultdict(list)
        enabler_of: dict[int, set[int]] = defaultdict(set)
        for term in range(int(structure.pool_first[pool]), int(structure.pool_first[pool + 1])):
            option = int(structure.term_option[term])
            terms[option].append(term)
            if lifted_by[term]:
                enabler_of[option] |= lifted_by[term]
        enablers = [enabler for found in enabler_of.values() for enabler in found]
        simple = len(enablers) == len(enabler_of) == len(set(enablers)) and not set(enablers) & set(enabler_of)
        if simple:
            for option, own in terms.items():
                if option in enabler_of:
                    (enabler,) = enabler_of[option]
                    builder.enabled(option, own, enabler, terms.get(enabler, []))
                elif option not in enablers:
                    builder.option(option, own)
        first_member.append(len(builder.first_row) - 1)
    cells = [(row, column, value) for row, (_, found) in enumerate(builder.rows) for column, value in found]
    row, column, value = (np.asarray(part) for part in zip(*cells, strict=True)) if cells else (np.zeros(0),) * 3
    factors = [factor for found in builder.factors for factor in found]
    entry, lift = np.asarray(factors, dtype=np.int64).reshape(-1, 2).T
    return Members(
        frame=frame,
        pools=np.arange(structure.pool_count),
        first_member=np.asarray(first_member, dtype=np.int64),
        first_row=np.asarray(builder.first_row, dtype=np.int64),
        first_factor=np.concatenate([[0], np.cumsum([len(found) for found in builder.factors], dtype=np.int64)]),
        entry=entry,
        lift=lift,
        constant=np.asarray([constant for constant, _ in builder.rows], dtype=np.float64),
        indicator=sparse.csr_array(
            (value.astype(np.float64), (row.astype(np.int64), column.astype(np.int64))),
            shape=(len(builder.rows), frame.columns),
        ),
    )
