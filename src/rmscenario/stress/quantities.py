"""Quantities of a fixed choice on draws: the products of Eqs. (1) and (2), a replicate at a time.

All work is done on blocks of one replicate, whatever the number of draws, so that results do not depend on how draws
are cut up and memory does not grow. Within a part of a category, years in which no deployment differs in any draw share a
*column*; a product is computed once per column, not per year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import Structure, TargetLine
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.stress.deployment import Delivery
from rmscenario.uncertainty import REPLICATE, Draws, UncertainInputs

#: [1] Width within which a share of 1 counts as 1: only a larger one is cut off and counted.
CLIP_TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A replicate's quantities.

    Attributes
    ----------
    residual : array (target, year, draw) [the target's unit]
        Inside each target's boundary, a year's own amount.
    value : array (draw) [DKK]
        Discounted value of all metered quantities; savings are differences of it.
    clipped : array (draw) bool
        Draws in which at least one effect was above 1 and cut off.
    """

    residual: FloatArray
    value: FloatArray
    clipped: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """A factor of a pool: the number of its share, its option, and whether it can exceed 1."""

    share: int
    option: int
    may_clip: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Leaves of one quantity that count alike: in the same targets, at the same prices.

    Attributes
    ----------
    members : (pool, amount in the base year); `rest` the amount that no started effect reaches
    additions : (effect row, amount per unit of effect, option)
    rows, path : numbers of background rows (−1: the base year's 1), array (row, year) of their weights
    price : array (year) [DKK per unit, discounted]
    """

    members: tuple[tuple[int, float], ...]
    rest: float
    additions: tuple[tuple[int, float, int], ...]
    rows: tuple[int, ...]
    path: FloatArray
    price: FloatArray
    targets: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A category's leaves with prices, or those without: columns, pools and groups."""

    column: IntArray  # of each year, −1 where none is needed
    columns: int
    deployed: dict[int, FloatArray]  # of each option: array (column, delivered), or (column, 1) without risk
    pools: tuple[tuple[_Term, ...], ...]
    uses: Counter[tuple[int, int]]  # of each share of an option, by pools
    shared: frozenset[int]  # options of which several shares are needed
    groups: tuple[_Group, ...]


class FixedChoice:
    """A choice compiled for evaluation on draws."""

    def __init__(
        self,
        *,
        structure: Structure,
        inputs: UncertainInputs,
        delivery: Delivery,
        lines: tuple[TargetLine, ...],
        prices: FloatArray,
        years: IntArray,
    ) -> None:
        """Compile.

        Parameters
        ----------
        prices : array (leaf, year) [DKK per unit of the leaf's quantity, discounted]
        years : array of positions of the years reported
        """
        self._structure, self._inputs, self.delivery = structure, inputs, delivery
        self.years, self._target_count = years, len(lines)
        self.share_keys: dict[tuple[int, float], int] = {}
        self.lifts: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        seen = set()
        for term, enabler, row, weight in zip(
            structure.lift_term, structure.lift_enabler, structure.lift_row, structure.lift_weight, strict=True
        ):
            lift = (int(structure.term_option[term]), int(enabler), int(row))
            if delivery.started[enabler] and lift not in seen:
                seen.add(lift)
                self.lifts[lift[0]].append((lift[1], lift[2], float(weight)))
        inside = np.zeros((len(structure.leaves), len(lines)), dtype=bool)
        for number, line in enumerate(lines):
            inside[line.leaves, number] = True
        # What has a price is needed in every year, the rest in the years reported: fewer columns.
        parts: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for number, leaf in enumerate(structure.leaves):
            if inside[number].any() or prices[number].any():
                parts[leaf.category, bool(prices[number].any())].append(number)
        self._parts = tuple(self._part(leaves, inside, prices) for leaves in parts.values())

    def evaluate(self, draws: Draws) -> Outcome:
        """Quantities on one replicate of draws."""
        residual = np.zeros((self._target_count, len(self.years), REPLICATE))
        value = np.zeros(REPLICATE)
        clipped = np.zeros(REPLICATE, dtype=bool)
        shares = self._share_values(draws, clipped)
        for part in self._parts:
            _Evaluation(self, part, draws, shares, clipped).add_to(residual, value)
        return Outcome(residual=residual, value=value, clipped=clipped)

    def _share_values(self, draws: Draws, clipped: npt.NDArray[np.bool_]) -> list[FloatArray]:
        """Shares removed at full roll-out, before lifts: one array (draw) for each row and scale that occur."""
        values = []
        for row, scale in self.share_keys:
            share = draws.effect[row] * scale if scale != 1 else draws.effect[row]
            if self._largest(row, scale) > 1:
                clipped |= share > 1 + CLIP_TOLERANCE
                share = np.minimum(1.0, share)
            values.append(share)
        return values

    def _largest(self, row: int, scale: float) -> float:
        return self._inputs.effects[row].marginal.ends[1] * scale

    def _part(self, leaves: list[int], inside: npt.NDArray[np.bool_], prices: FloatArray) -> _Part:
        structure, started = self._structure, self.delivery.started
        pools: dict[int, int] = {}
        terms: list[tuple[_Term, ...]] = []
        for pool in dict.fromkeys(int(structure.leaf_pool[leaf]) for leaf in leaves):
            if pool >= 0 and (found := self._terms(pool)):
                pools[pool] = len(terms)
                terms.append(found)
        additions: dict[int, list[tuple[int, float, int]]] = defaultdict(list)
        for leaf, row, option, amount in zip(
            structure.addition_leaf,
            structure.addition_row,
            structure.addition_option,
            structure.addition_share,
            strict=True,
        ):
            if started[option]:
                additions[int(leaf)].append((int(row), -float(amount), int(option)))
        lifted = {term.option for pool in terms for term in pool}
        enablers = {enabler for option in lifted for enabler, _, _ in self.lifts.get(option, ())}
        options = lifted | enablers | {option for leaf in leaves for _, _, option in additions.get(leaf, ())}
        needed = np.union1d(self.years, np.flatnonzero(prices[leaves].any(axis=0)))
        column, deployed = self._columns(sorted(options), needed)

        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number in leaves:
            quantity = structure.streams[structure.leaves[number].stream].quantity
            alike[quantity, inside[number].tobytes(), prices[number].tobytes()].append(number)
        groups = tuple(
            self._group(members, pools, additions, np.flatnonzero(inside[members[0]]), prices[members[0]])
            for members in alike.values()
        )
        uses = Counter((term.share, term.option) for pool in terms for term in pool)
        shares = Counter(option for _, option in uses)
        return _Part(
            column=column,
            columns=int(column.max()) + 1,
            deployed=deployed,
            pools=tuple(terms),
            uses=uses,
            shared=frozenset(option for option, count in shares.items() if count > 1),
            groups=groups,
        )

    def _terms(self, pool: int) -> tuple[_Term, ...]:
        """Started factors of a pool."""
        structure, found = self._structure, []
        for number in range(int(structure.pool_first[pool]), int(structure.pool_first[pool + 1])):
            option = int(structure.term_option[number])
            if not self.delivery.started[option]:
                continue
            row, scale = int(structure.term_row[number]), float(structure.term_scale[number])
            largest = min(1.0, self._largest(row, scale)) * self.delivery.effect[option].max()
            for enabler, lift_row, weight in self.lifts.get(option, ()):
                lift = self._inputs.lifts[lift_row].marginal.ends[1]
                largest *= 1.0 + weight * lift * self.delivery.effect[enabler].max()
            share = self.share_keys.setdefault((row, scale), len(self.share_keys))
            found.append(_Term(share=share, option=option, may_clip=largest > 1 + CLIP_TOLERANCE))
        return tuple(found)

    def _columns(self, options: list[int], needed: IntArray) -> tuple[IntArray, dict[int, FloatArray]]:
        """Columns of the years needed in which the deployments of all options are the same, however they come."""
        effect = self.delivery.effect[options]
        by_year = np.ascontiguousarray(effect.reshape(-1, effect.shape[2]).T)
        seen: dict[bytes, int] = {}
        first: list[int] = []
        column = np.full(len(by_year), -1, dtype=np.int64)
        for year in needed.tolist():
            number = seen.setdefault(by_year[year].tobytes(), len(seen))
            column[year] = number
            if number == len(first):
                first.append(year)
        at_risk = {risk.option for risk in self._inputs.risks}
        deployed = {
            option: np.ascontiguousarray(ways[: None if option in at_risk else 1, first].T)
            for option, ways in zip(options, effect, strict=True)
        }
        return column, deployed

    def _group(
        self,
        leaves: list[int],
        pools: dict[int, int],
        additions: dict[int, list[tuple[int, float, int]]],
        targets: IntArray,
        price: FloatArray,
    ) -> _Group:
        structure = self._structure
        members: dict[int, float] = defaultdict(float)
        rest = 0.0
        for number in leaves:
            pool = pools.get(int(structure.leaf_pool[number]))
            if pool is None:
                rest += structure.leaves[number].base
            else:
                members[pool] += structure.leaves[number].base
        leaf = structure.leaves[leaves[0]]
        rows, path = self._path(leaf.category, structure.streams[leaf.stream].quantity)
        return _Group(
            members=tuple(members.items()),
            rest=rest,
            additions=tuple(item for number in leaves for item in additions.get(number, ())),
            rows=rows,
            path=path,
            price=price,
            targets=targets,
        )

    def _path(self, category: str, quantity: str) -> tuple[tuple[int, ...], FloatArray]:
        """Background rows of a category's quantity, and their weights in each year, linear in between."""
        region, years = self._structure.region, self._structure.table.years
        known = {region.settings.base_year: -1} | {
            row.year: number
            for number, row in enumerate(region.background)
            if (row.category, row.quantity) == (category, quantity)
        }
        at = sorted(known)
        weights = [np.interp(years, at, unit) for unit in np.eye(len(at))]
        used = [number for number, weight in enumerate(weights) if weight.any()]
        return tuple(known[at[number]] for number in used), np.stack([weights[number] for number in used])


class _Evaluation:
    """One part on one replicate."""

    def __init__(
        self,
        choice: FixedChoice,
        part: _Part,
        draws: Draws,
        shares: list[FloatArray],
        clipped: npt.NDArray[np.bool_],
    ) -> None:
        self.choice, self.part, self.draws, self.shares, self.clipped = choice, part, draws, shares, clipped
        self.shape = (part.columns, REPLICATE)
        self.remaining: dict[tuple[int, int], FloatArray] = {}
        self.effects: dict[int, FloatArray] = {}
        self.enablers: dict[int, FloatArray] = {}
        self.scratch, self.product, self.lift = (np.empty(self.shape) for _ in range(3))

    def add_to(self, residual: FloatArray, value: FloatArray) -> None:
        """Add the part to a replicate's residuals and metered value."""
        part, draws = self.part, self.draws
        sums = [np.full(self.shape, group.rest) for group in part.groups]
        members = [dict(group.members) for group in part.groups]
        weighted = np.empty(self.shape)
        for number, terms in enumerate(part.pools):
            product = self._product(terms)
            for amounts, total in zip(members, sums, strict=True):
                if number in amounts:
                    np.add(total, np.multiply(product, amounts[number], out=weighted), out=total)
        reported = self.choice.years
        column = part.column[reported]
        for group, total in zip(part.groups, sums, strict=True):
            knots = [draws.background[row] if row >= 0 else None for row in group.rows]
            added = self._added(group)
            if len(group.targets):
                amount = total[column]
                amount *= _weighted(group.path[:, reported], knots)
                if added is not None:
                    amount += added[column]
                for target in group.targets:
                    residual[target] += amount
            if group.price.any():
                in_column = part.column[None, :] == np.arange(part.columns)[:, None]
                value += np.einsum("cd,cd->d", total, _weighted((group.path * group.price) @ in_column.T, knots))
                if added is not None:
                    value += np.einsum("c,cd->d", in_column @ group.price, added)

    def _product(self, terms: tuple[_Term, ...]) -> FloatArray:
        """Product of a pool's remaining shares: array (column, draw) [1]; valid until the next call."""
        product = self._remaining(terms[0], self.product)
        if len(terms) > 1:
            product = np.multiply(product, self._remaining(terms[1], self.scratch), out=self.product)
        for term in terms[2:]:
            product *= self._remaining(term, self.scratch)
        return product

    def _remaining(self, term: _Term, out: FloatArray) -> FloatArray:
        """Remaining share of a factor, Eq. (2): array (column, draw) [1], in `out` unless it is needed again."""
        key = (term.share, term.option)
        if key in self.remaining:
            return self.remaining[key]
        if self.part.uses[key] > 1:
            out = self.remaining[key] = np.empty(self.shape)
        np.multiply(self._effect(term.option, out), self.shares[term.share], out=out)
        np.subtract(1.0, out, out=out)
        if term.may_clip:
            np.logical_or(self.clipped, (out < -CLIP_TOLERANCE).any(axis=0), out=self.clipped)
            np.maximum(0.0, out, out=out)
        return out

    def _effect(self, option: int, out: FloatArray) -> FloatArray:
        """Deployed effect of an option with its lifts: array (column, draw) [1], in `out` unless it is needed again."""
        if option in self.effects:
            return self.effects[option]
        kept = option in self.part.shared
        if kept:
            out = np.empty(self.shape)
        effect = self._deployed(option, out)
        if lifts := self.choice.lifts.get(option, ()):
            lift = self.lift
            for number, (enabler, row, weight) in enumerate(lifts):
                more = np.multiply(self._enabler(enabler), weight * self.draws.lift[row], out=None if number else lift)
                if number:
                    lift += more
            lift += 1.0
            effect = np.multiply(effect, lift, out=out)
        if kept:
            self.effects[option] = effect
        return effect

    def _enabler(self, option: int) -> FloatArray:
        """Deployed effect of an enabler, which several options need."""
        if option not in self.enablers:
            self.enablers[option] = self._deployed(option, np.empty(self.shape))
        return self.enablers[option]

    def _deployed(self, option: int, out: FloatArray) -> FloatArray:
        """Deployed effect of an option: array (column, draw) [1] in `out`, or (column, 1) where nothing is at risk."""
        table = self.part.deployed[option]
        if table.shape[1] == 1:
            return table
        return np.take(table, self.draws.delivered[option], axis=1, out=out, mode="clip")

    def _added(self, group: _Group) -> FloatArray | None:
        """Absolute additions to a group, Eq. (1): array (column, draw) [the quantity's unit]."""
        if not group.additions:
            return None
        added, one = np.zeros(self.shape), np.empty(self.shape)
        for row, amount, option in group.additions:
            added += np.multiply(self._deployed(option, one), amount * self.draws.effect[row], out=one)
        return added


def _weighted(weights: FloatArray, knots: list[FloatArray | None]) -> FloatArray:
    """Weighted sum of background values (None: 1): array (weight column, draw)."""
    total = np.zeros((weights.shape[1], REPLICATE))
    for weight, knot in zip(weights, knots, strict=True):
        total += weight[:, None] if knot is None else weight[:, None] * knot
    return total
