"""Products of remaining shares as rows and columns of a model, exact from below wherever the states are whole numbers.

A product is a chain. With one copy `w` for each value `ρ` that a factor can take,

    Σ w[k] = the product so far,   0 ≤ w[k] ≤ U · (the states that give ρ[k]),   the product from now on = Σ ρ[k] · w[k]

where `U` bounds the product so far. A lift takes a part of its state's copy in the same way. Nothing asks for a large
product, so where no lift takes part the copies are projected out: the least value of that sum is a knapsack's, whose dual
gives one row for each value,

    the product from now on ≥ ρ[j] · the product so far − U · Σ (ρ[j] − ρ[k]) · (the states that give ρ[k]),   ρ[k] < ρ[j]

and its relaxation is no weaker than that of the copies. Of the product so far only what may be above its least value `L` needs
that, with `U − L` for `U`: `L` times a factor is linear.
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
#: States with the share they leave and, for each enabler, the pairs that change it, by their change.
Lifted = dict[int, tuple[float, list[dict[float, list[int]]]]]


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
    """Columns and rows in the order in which they are stated.

    Attributes
    ----------
    most : array (column)
        What no column need exceed in absolute value: no bound of the model, but a bound on what multipliers can say.
    """

    columns: int
    most: array[float] = field(default_factory=lambda: array("d"))
    free: list[int] = field(default_factory=list)
    values: array[float] = field(default_factory=lambda: array("d"))
    indices: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    lower: array[float] = field(default_factory=lambda: array("d"))
    equal: array[int] = field(default_factory=lambda: array("b"))

    def __post_init__(self) -> None:
        self.most.extend([1.0] * self.columns)

    def column(self, most: float) -> int:
        """A new column ≥ 0."""
        self.columns += 1
        self.most.append(most)
        return self.columns - 1

    def free_column(self, most: float) -> int:
        """A new column of either sign."""
        self.free.append(self.column(most))
        return self.free[-1]

    def largest(self, expression: Linear) -> float:
        """What an expression need not exceed in absolute value."""
        return sum(
            abs(value) * (1.0 if column == CONSTANT else self.most[column]) for column, value in expression.items()
        )

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


@dataclass(slots=True)
class Factor:
    """One factor of a product: states by the share they leave, those that are lifted apart; 1 without any of them.

    Attributes
    ----------
    members : list of tuple
        Share, states, and the pairs that change it, by enabler and change.
    expression : Linear
        The factor itself, linear in states and pairs.
    least, largest : float [1]
    """

    values: dict[float, list[int]]
    lifted: Lifted
    members: list[tuple[float, list[int], list[dict[float, list[int]]]]] = field(init=False)
    expression: Linear = field(init=False)
    least: float = 1.0
    largest: float = 1.0

    def __post_init__(self) -> None:
        self.members = [(value, states, []) for value, states in self.values.items()]
        self.members += [(value, [state], groups) for state, (value, groups) in self.lifted.items()]
        self.expression = {CONSTANT: 1.0}
        for value, states, groups in self.members:
            plus(self.expression, dict.fromkeys(states, value - 1.0), 1.0)
            for by_change in groups:
                for change, pairs in by_change.items():
                    plus(self.expression, dict.fromkeys(pairs, change), 1.0)
            self.largest = max(self.largest, value + sum(max(0.0, *by_change) for by_change in groups))
            self.least = min(self.least, value + sum(min(0.0, *by_change) for by_change in groups))
        assert self.least >= 0.0, "a share is cut off"


def above(rows: Stated, expression: Linear) -> int:
    """A column no less than 0 and than an expression."""
    column = rows.column(rows.largest(expression))
    no_less: Linear = {column: 1.0}
    plus(no_less, expression, -1.0)
    rows.at_least(no_less)
    return column


class Products:
    """Products of remaining shares as linear expressions; those that are alike are stated once."""

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
        self._lift_entry = frame.lift_entry
        pair_column = len(structure.table.states) + frame.lift_pair
        for lift, (entry, group) in enumerate(zip(frame.lift_entry.tolist(), frame.lift_group.tolist(), strict=True)):
            self._lifts[entry][group].append((int(pair_column[lift]), lift))

        self._known: dict[tuple[int, bytes, bytes], Linear] = {}

    def product(self, pool: int, number: int) -> Linear:
        """An expression that is no less than the product of a pool in a realisation, and can be as small."""
        terms = self._terms[pool]
        entries = slice(self._entries[terms[0]].start, self._entries[terms[-1]].stop) if terms else slice(0)
        lifts = slice(*np.searchsorted(self._lift_entry, (entries.start or 0, entries.stop)))
        share, change = self._realised.share[entries, number], self._realised.change[lifts, number]
        key = (pool, share.tobytes(), change.tobytes())
        if key not in self._known:
            self._known[key] = self._product(pool, number)
        return self._known[key]

    def _product(self, pool: int, number: int) -> Linear:
        product: Linear = {CONSTANT: 1.0}
        least = largest = 1.0
        share, change = self._realised.share[:, number], self._realised.change[:, number]
        for term in self._terms[pool]:
            values, lifted = self._values(self._entries[term], share, change)
            if self._always[term] and not lifted:
                (value,) = values  # a running option has one state
                product = {column: coefficient * value for column, coefficient in product.items()}
                least, largest = least * value, largest * value
                continue
            values.pop(1.0, None)  # as if the option did not start
            if values or lifted:
                factor = Factor(values, lifted)
                product = self._times(product, least, largest, factor)
                least, largest = least * factor.least, largest * factor.largest
        return product

    def _values(self, entries: range, share: FloatArray, change: FloatArray) -> tuple[dict[float, list[int]], Lifted]:
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

    def _times(self, before: Linear, least: float, largest: float, factor: Factor) -> Linear:
        """A product, no less than `least` and no more than `largest`, times one more factor: that of its least is linear."""
        product: Linear = {}
        plus(product, factor.expression, least)
        if before.keys() == {CONSTANT}:
            return product
        rest = before | {CONSTANT: before.get(CONSTANT, 0.0) - least}
        if not rest[CONSTANT]:
            del rest[CONSTANT]
        if factor.lifted:
            plus(product, self._copies(rest, largest - least, factor), 1.0)
            return product
        known = least * factor.least
        plus(product, {CONSTANT: known}, -1.0)
        column = self._column(product, rest, largest - least, factor)
        return {column: 1.0, CONSTANT: known}

    def _column(self, added: Linear, before: Linear, largest: float, factor: Factor) -> int:
        """A column no less than what is added to a product times a factor that no lift changes."""
        rows = self._rows
        if len(before) > 1 and len(factor.values) > 1:  # an expression would stand in every row
            before = {above(rows, before): 1.0}
        column = rows.column(rows.largest(added) + largest * factor.largest)
        for value in (*factor.values, 1.0):
            no_less: Linear = {column: 1.0}
            plus(no_less, added, -1.0)
            plus(no_less, before, -value)
            # Without a state the factor is 1: 1 − Σ of all states.
            none = max(0.0, value - 1.0)
            plus(no_less, {CONSTANT: largest}, none)
            for smaller, states in factor.values.items():
                plus(no_less, dict.fromkeys(states, max(0.0, value - smaller) - none), largest)
            rows.at_least({number: coefficient for number, coefficient in no_less.items() if coefficient})
        return column

    def _copies(self, before: Linear, largest: float, factor: Factor) -> Linear:
        """A product times a factor that lifts change."""
        rows = self._rows
        none = rows.column(largest)
        product, whole = {none: 1.0}, {none: 1.0}
        left: Linear = {CONSTANT: largest, none: -1.0}
        for value, states, groups in factor.members:
            copy = rows.column(largest)
            product[copy], whole[copy] = value, 1.0
            chosen = dict.fromkeys(states, largest)
            plus(left, chosen, -1.0)
            rows.at_least(chosen | {copy: -1.0})
            for by_change in groups:
                # The part of the copy that an enabler in service lifts, by its change; the rest is what the pairs leave.
                rest: Linear = {copy: 1.0}
                unlifted = chosen.copy()
                for change, pairs in by_change.items():
                    part = rows.column(largest)
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
        return product
