"""A fixed choice as flat arrays for the fused loop: columns, pools, groups and what each of them needs.

Within a part of a category, years in which no deployment differs in any draw share a *column*; a product is computed
once per column, not per year.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import Structure, TargetLine, background_path
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.stress.deployment import Delivery
from rmscenario.stress.kernel import CLIP_TOLERANCE, KINDS, Compiled
from rmscenario.uncertainty import Delivered, UncertainInputs


def compiled(
    *,
    structure: Structure,
    inputs: UncertainInputs,
    delivery: Delivery,
    lines: tuple[TargetLine, ...],
    prices: FloatArray,
    years: IntArray,
) -> Compiled:
    """Flatten a choice.

    Parameters
    ----------
    prices : array (leaf, year) [DKK per unit of the leaf's quantity, discounted]
    years : array of positions of the years reported
    """
    compiler = _Compiler(structure, inputs, delivery, prices, years)
    inside = np.zeros((len(structure.leaves), len(lines)), dtype=bool)
    for number, line in enumerate(lines):
        inside[line.leaves, number] = True
    # What has a price is needed in every year, the rest in the years reported: fewer columns.
    parts: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number, leaf in enumerate(structure.leaves):
        if inside[number].any() or prices[number].any():
            parts[leaf.category, bool(prices[number].any())].append(number)
    for leaves in parts.values():
        compiler.add_part(leaves, inside)
    return compiler.arrays()


class _Compiler:
    """Lists that grow by one part after the other."""

    def __init__(
        self, structure: Structure, inputs: UncertainInputs, delivery: Delivery, prices: FloatArray, years: IntArray
    ) -> None:
        self._structure, self._inputs, self._delivery = structure, inputs, delivery
        self._prices, self._years = prices, years
        self._at_risk = {risk.option for risk in inputs.risks}
        self._shares: dict[tuple[int, float], int] = {}
        self._lists: dict[str, list[Any]] = {name: [] for name in Compiled._fields}
        self._lifts: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        seen = set()
        for term, enabler, row, weight in zip(
            structure.lift_term, structure.lift_enabler, structure.lift_row, structure.lift_weight, strict=True
        ):
            lift = (int(structure.term_option[term]), int(enabler), int(row))
            if delivery.started[enabler] and lift not in seen:
                seen.add(lift)
                self._lifts[lift[0]].append((lift[1], lift[2], float(weight)))
        self._additions: dict[int, list[tuple[int, float, int]]] = defaultdict(list)
        for leaf, row, option, amount in zip(
            structure.addition_leaf,
            structure.addition_row,
            structure.addition_option,
            structure.addition_share,
            strict=True,
        ):
            if delivery.started[option]:
                self._additions[int(leaf)].append((int(row), -float(amount), int(option)))

    def arrays(self) -> Compiled:
        """All lists as tables; amounts by column are padded with 0 to the most columns of any part."""
        lists = self._lists
        lists["shares"] = [(row, scale, self._largest(row, scale) > 1) for row, scale in self._shares]
        for name, end in (("parts", (0, *self._ends("pools", "groups", "lifted"))), ("lifted", self._ends("lifts"))):
            lists[name].append(end)
        lists["pools"].append(self._ends("terms", "members"))
        lists["groups"].append((0.0, False, *self._ends("additions", "knots", "targets")))
        columns = max((len(row) for row in lists["worth"]), default=1)
        widths = {"column": len(self._years), "deployed": len(Delivered), "path": len(self._years)}
        widths |= {"worth": columns, "price": columns, "alike": columns}
        return Compiled(
            **{
                name: _padded(rows, widths[name], KINDS[name]) if name in widths else np.asarray(rows, KINDS[name])
                for name, rows in lists.items()
            }
        )

    def _ends(self, *names: str) -> tuple[int, ...]:
        """Where the next items begin."""
        return tuple(len(self._lists[name]) for name in names)

    def _largest(self, row: int, scale: float) -> float:
        return self._inputs.effects[row].marginal.ends[1] * scale

    def add_part(self, leaves: list[int], inside: npt.NDArray[np.bool_]) -> None:
        """Add a category's leaves with prices, or those without."""
        structure, prices = self._structure, self._prices
        terms: dict[int, list[int]] = {}
        for pool in dict.fromkeys(int(structure.leaf_pool[leaf]) for leaf in leaves):
            if pool >= 0 and (found := self._terms(pool)):
                terms[pool] = found
        lifted = list(dict.fromkeys(int(structure.term_option[term]) for found in terms.values() for term in found))
        options = set(lifted) | {enabler for option in lifted for enabler, _, _ in self._lifts.get(option, ())}
        options |= {option for leaf in leaves for _, _, option in self._additions.get(leaf, ())}
        needed = np.union1d(self._years, np.flatnonzero(prices[leaves].any(axis=0)))
        column, first = self._columns(sorted(options), needed)
        carriers, count = self._carriers(sorted(options), first), len(first)

        self._lists["parts"].append((count, *self._ends("pools", "groups", "lifted")))
        self._lists["column"].append(column[self._years])
        factors = {}
        for option in lifted:
            if option in self._lifts:
                factors[option] = len(self._lists["lifted"])
                self._lists["lifted"].append(self._ends("lifts"))
                self._lists["lifts"] += [(carriers[enabler], row, by) for enabler, row, by in self._lifts[option]]

        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number in leaves:
            quantity = structure.streams[structure.leaves[number].stream].quantity
            alike[quantity, inside[number].tobytes(), prices[number].tobytes()].append(number)
        members: dict[int, dict[int, float]] = {pool: defaultdict(float) for pool in terms}
        in_column = (column[None, :] == np.arange(count)[:, None]).astype(np.float64)
        for same in alike.values():
            self._add_group(
                same,
                members=members,
                carriers=carriers,
                targets=np.flatnonzero(inside[same[0]]),
                price=prices[same[0]],
                in_column=in_column,
            )
        for pool, found in terms.items():
            self._lists["pools"].append(self._ends("terms", "members"))
            self._lists["terms"] += [self._term(term, carriers, factors) for term in found]
            self._lists["members"] += members[pool].items()
            carried = {int(structure.term_option[term]) for term in found}
            carried |= {enabler for option in carried for enabler, _, _ in self._lifts.get(option, ())}
            self._lists["alike"].append(_first_alike(self._by_year(sorted(carried))[first]))

    def _terms(self, pool: int) -> list[int]:
        """Started factors of a pool."""
        structure = self._structure
        numbers = range(int(structure.pool_first[pool]), int(structure.pool_first[pool + 1]))
        return [number for number in numbers if self._delivery.started[structure.term_option[number]]]

    def _term(self, term: int, carriers: dict[int, int], factors: dict[int, int]) -> tuple[int, int, int, bool]:
        structure = self._structure
        option, row = int(structure.term_option[term]), int(structure.term_row[term])
        scale = float(structure.term_scale[term])
        largest = min(1.0, self._largest(row, scale)) * self._delivery.effect[option].max()
        for enabler, lift_row, weight in self._lifts.get(option, ()):
            lift = self._inputs.lifts[lift_row].marginal.ends[1]
            largest *= 1.0 + weight * lift * self._delivery.effect[enabler].max()
        share = self._shares.setdefault((row, scale), len(self._shares))
        return share, carriers[option], factors.get(option, -1), bool(largest > 1 + CLIP_TOLERANCE)

    def _by_year(self, options: list[int]) -> FloatArray:
        """Deployed effects of options, however they come: array (year, option and delivered) [1]."""
        effect = self._delivery.effect[options]
        return np.ascontiguousarray(effect.reshape(-1, effect.shape[2]).T)

    def _columns(self, options: list[int], needed: IntArray) -> tuple[IntArray, IntArray]:
        """Columns of the years needed in which all deployments are the same, and the first year of each."""
        alike = _first_alike(self._by_year(options)[needed])
        first, numbers = np.unique(alike, return_inverse=True)
        column = np.full(self._delivery.effect.shape[2], -1, dtype=np.int64)
        column[needed] = numbers
        return column, needed[first]

    def _carriers(self, options: list[int], first: IntArray) -> dict[int, int]:
        """Numbers of the options' carriers, whose deployed effects are those of each column's first year."""
        carriers = {}
        for option in options:
            carriers[option] = len(self._lists["carriers"])
            self._lists["carriers"].append((option, *self._ends("deployed")))
            ways = self._delivery.effect[option]
            delivered = ways if option in self._at_risk else np.broadcast_to(ways[0], ways.shape)
            self._lists["deployed"].extend(delivered[:, first].T)
        return carriers

    def _add_group(
        self,
        leaves: list[int],
        *,
        members: dict[int, dict[int, float]],
        carriers: dict[int, int],
        targets: IntArray,
        price: FloatArray,
        in_column: FloatArray,
    ) -> None:
        structure, lists, rest = self._structure, self._lists, 0.0
        begins = self._ends("additions", "knots", "targets")
        for number in leaves:
            base, pool = structure.leaves[number].base, int(structure.leaf_pool[number])
            if pool in members:
                members[pool][len(lists["groups"])] += base
            else:
                rest += base
            lists["additions"] += [(row, by, carriers[option]) for row, by, option in self._additions.get(number, ())]
        leaf = structure.leaves[leaves[0]]
        quantity = structure.streams[leaf.stream].quantity
        rows, path = background_path(structure.region, leaf.category, quantity, structure.table.years)
        lists["knots"].extend(rows.tolist())
        lists["path"].extend(path[:, self._years])
        lists["worth"].extend((path * price) @ in_column.T)
        lists["price"].append(in_column @ price)
        lists["targets"].extend(targets.tolist())
        lists["groups"].append((rest, bool(price.any()), *begins))


def _first_alike(rows: FloatArray) -> IntArray:
    """Number of the first row that equals each row: array (row)."""
    seen: dict[bytes, int] = {}
    return np.asarray([seen.setdefault(row.tobytes(), number) for number, row in enumerate(rows)], dtype=np.int64)


def _padded(rows: list[npt.NDArray[Any]], width: int, kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """Rows of at most this width as an array, filled with 0."""
    array = np.zeros((len(rows), width), dtype=kind)
    for number, row in enumerate(rows):
        array[number, : len(row)] = row
    return array
