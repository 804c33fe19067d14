"""Products of remaining shares as rows and columns of a model, exact wherever the states are whole numbers.

A product is a chain of copies: with one copy `w` for each value `ρ` that a factor can take,

    Σ w[k] = the product so far,   0 ≤ w[k] ≤ U · (the states that give ρ[k]),   the product from now on = Σ ρ[k] · w[k]

where `U` bounds the product so far. A lift takes a part of its state's copy in the same way.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy import sparse

from benchmarks.master import Family
from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray

#: A linear expression: coefficient by column, the constant under `CONSTANT`.
Linear = dict[int, float]
CONSTANT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """Remaining shares in some realisations, years at the modes or draws of one year.

    Attributes
    ----------
    share : array (entry of the frame, realisation) [1]
        Of each state, without lifts by options that are a choice.
    change : array (lift of the frame, realisation) [1]
        What a lift adds to the share of its entry.
    """

    share: FloatArray
    change: FloatArray


@dataclass(slots=True)
class Stated:
    """Columns and rows in the order in which they are stated."""

    columns: int
    free: list[int] = field(default_factory=list)
    values: array[float] = field(default_factory=lambda: array("d"))
    indices: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    lower: array[float] = field(default_factory=lambda: array("d"))
    equal: array[int] = field(default_factory=lambda: array("b"))

    def column(self) -> int:
        """A new column ≥ 0."""
        self.columns += 1
        return self.columns - 1

    def free_column(self) -> int:
        """A new column of either sign."""
        self.free.append(self.column())
        return self.free[-1]

    def at_least(self, left: Linear, *, equal: bool = False) -> None:
        """State that an expression is ≥ 0, or = 0."""
        for column, value in left.items():
            if column != CONSTANT:
                self.indices.append(column)
                self.values.append(value)
        self.ends.append(len(self.indices))
        self.lower.append(-left.get(CONSTANT, 0.0))
        self.equal.append(equal)

    def family(self) -> Family:
        """All rows."""
        matrix = sparse.csr_array(
            (np.asarray(self.values), np.asarray(self.indices), np.asarray(self.ends)),
            shape=(len(self.lower), self.columns),
        )
        lower = np.asarray(self.lower)
        return Family(
            name="products and tail",
            matrix=matrix,
            lower=lower,
            upper=np.where(np.asarray(self.equal, dtype=bool), lower, np.inf),
        )


def plus(total: Linear, other: Mapping[int, float], factor: float) -> None:
    """Add a multiple of an expression to another."""
    for column, value in other.items():
        total[column] = total.get(column, 0.0) + factor * value


class Products:
    """Products of remaining shares as linear expressions in copies."""

    def __init__(self, frame: CutFrame, rows: Stated, realised: Realised) -> None:
        self._rows, self._realised = rows, realised
        self._always = frame.always.tolist()
        structure = frame.structure
        self._terms = [range(first, after) for first, after in pairwise(structure.pool_first.tolist())]
        first = np.searchsorted(frame.entry_term, np.arange(len(frame.always) + 1))
        self._entries = [range(one, two) for one, two in pairwise(first.tolist())]
        self._state = frame.entry_state.tolist()
        # Lifts of an entry by one enabler: (pair column, lift).
        self._lifts: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        pair_column = len(structure.table.states) + frame.lift_pair
        for lift, (entry, group) in enumerate(zip(frame.lift_entry.tolist(), frame.lift_group.tolist(), strict=True)):
            self._lifts[entry][group].append((int(pair_column[lift]), lift))

    def product(self, pool: int, number: int) -> Linear:
        """The product of a pool in a realisation."""
        product: Linear = {CONSTANT: 1.0}
        largest = 1.0
        share, change = self._realised.share[:, number], self._realised.change[:, number]
        for term in self._terms[pool]:
            values, lifted = self._values(self._entries[term], share, change)
            if self._always[term] and not lifted:
                (value,) = values  # a running option has one state
                product = {column: coefficient * value for column, coefficient in product.items()}
                largest *= value
                continue
            values.pop(1.0, None)  # as if the option did not start
            if values or lifted:
                product, most = self._times(product, largest, values, lifted)
                largest *= most
        return product

    def _values(
        self, entries: range, share: FloatArray, change: FloatArray
    ) -> tuple[dict[float, list[int]], dict[int, tuple[float, list[dict[float, list[int]]]]]]:
        """States by the share they leave; and those that are lifted, with the pairs of each enabler by their change."""
        values: dict[float, list[int]] = defaultdict(list)
        lifted = {}
        for entry in entries:
            groups = []
            for pairs in self._lifts[entry].values() if entry in self._lifts else ():
                by_change: dict[float, list[int]] = defaultdict(list)
                for column, lift in pairs:
                    by_change[float(change[lift])].append(column)
                by_change.pop(0.0, None)
                groups += [by_change] if by_change else []
            if groups:
                lifted[self._state[entry]] = (float(share[entry]), groups)
            else:
                values[float(share[entry])].append(self._state[entry])
        return values, lifted

    def _times(
        self,
        before: Linear,
        largest: float,
        values: dict[float, list[int]],
        lifted: dict[int, tuple[float, list[dict[float, list[int]]]]],
    ) -> tuple[Linear, float]:
        """A product times one more factor, and the largest value of that factor."""
        members = [(value, states, []) for value, states in values.items()]
        members += [(value, [state], groups) for state, (value, groups) in lifted.items()]
        most = 1.0
        for value, _, groups in members:
            most = max(most, value + sum(max(0.0, *by_change) for by_change in groups))
            assert value + sum(min(0.0, *by_change) for by_change in groups) >= 0.0, "a share is cut off"
        if len(before) == 1:  # a constant times a factor is linear as it stands
            constant = before[CONSTANT]
            product: Linear = {CONSTANT: constant}
            for value, states, groups in members:
                plus(product, dict.fromkeys(states, value - 1.0), constant)
                for by_change in groups:
                    for change, pairs in by_change.items():
                        plus(product, dict.fromkeys(pairs, change), constant)
            return product, most
        rows = self._rows
        none = rows.column()
        product, whole = {none: 1.0}, {none: 1.0}
        left: Linear = {CONSTANT: largest, none: -1.0}
        for value, states, groups in members:
            copy = rows.column()
            product[copy], whole[copy] = value, 1.0
            chosen = dict.fromkeys(states, largest)
            plus(left, chosen, -1.0)
            rows.at_least(chosen | {copy: -1.0})
            for by_change in groups:
                # The part of the copy that an enabler in service lifts, by its change; the rest is what the pairs leave.
                rest: Linear = {copy: 1.0}
                unlifted = chosen.copy()
                for change, pairs in by_change.items():
                    part = rows.column()
                    product[part] = change
                    both = dict.fromkeys(pairs, largest)
                    rows.at_least(both | {part: -1.0})
                    rest[part] = -1.0
                    plus(unlifted, both, -1.0)
                rows.at_least(rest)
                plus(unlifted, rest, -1.0)
                rows.at_least(unlifted)
        rows.at_least(left)
        plus(whole, before, -1.0)
        rows.at_least(whole, equal=True)
        return product, most
