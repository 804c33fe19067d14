"""A fixed plan on a draw in plain Python: the loop that a planner would write, and the measure for the stress test."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from rmscenario.emissions import Structure, TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.stress.deployment import Delivery
from rmscenario.uncertainty import Draws


class PlainChoice:
    """A choice as Python lists, evaluated one draw at a time."""

    def __init__(
        self,
        *,
        structure: Structure,
        delivery: Delivery,
        lines: tuple[TargetLine, ...],
        prices: FloatArray,
        years: IntArray,
    ) -> None:
        """Take lists out of the arrays; parameters as of `stress.quantities.FixedChoice`."""
        self.years = years.tolist()
        self.year_count = len(structure.table.years)
        self.target_count = len(lines)
        self.effect = delivery.effect.tolist()
        started = delivery.started.tolist()
        lifts: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for term, enabler, row, weight in zip(
            structure.lift_term.tolist(),
            structure.lift_enabler.tolist(),
            structure.lift_row.tolist(),
            structure.lift_weight.tolist(),
            strict=True,
        ):
            if started[enabler]:
                lifts[term].append((enabler, row, weight))
        self.pools: list[list[tuple[int, int, float, list[tuple[int, int, float]]]]] = []
        for pool in range(structure.pool_count):
            terms = range(int(structure.pool_first[pool]), int(structure.pool_first[pool + 1]))
            self.pools.append(
                [
                    (option, int(structure.term_row[term]), float(structure.term_scale[term]), lifts[term])
                    for term in terms
                    if started[option := int(structure.term_option[term])]
                ]
            )
        self.additions: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for option, leaf, row, share in zip(
            structure.addition_option.tolist(),
            structure.addition_leaf.tolist(),
            structure.addition_row.tolist(),
            structure.addition_share.tolist(),
            strict=True,
        ):
            if started[option]:
                self.additions[leaf].append((option, row, -share))
        inside = [set(line.leaves.tolist()) for line in lines]
        self.paths: dict[tuple[str, str], tuple[list[int], list[list[float]]]] = {}
        self.leaves: list[tuple[float, int, tuple[str, str], list[int], list[int], list[float]]] = []
        for number, leaf in enumerate(structure.leaves):
            targets = [n for n, leaves in enumerate(inside) if number in leaves]
            priced = bool(prices[number].any())
            if not targets and not priced:
                continue
            key = (leaf.category, structure.streams[leaf.stream].quantity)
            if key not in self.paths:
                self.paths[key] = _path(structure, *key)
            needed = list(range(self.year_count)) if priced else self.years
            self.leaves.append(
                (leaf.base, int(structure.leaf_pool[number]), key, needed, targets, prices[number].tolist())
            )
        self.numbers = [
            number
            for number in range(len(structure.leaves))
            if prices[number].any() or any(number in leaves for leaves in inside)
        ]

    def evaluate(self, draw: PlainDraw) -> tuple[list[list[float]], float]:
        """Residuals by target and year reported, and the discounted value of metered quantities."""
        ways = [self.effect[option][way] for option, way in enumerate(draw.delivered)]
        paths = {}
        for key, (rows, weights) in self.paths.items():
            knots = [draw.background[row] if row >= 0 else 1.0 for row in rows]
            paths[key] = [
                sum(weight[year] * knot for weight, knot in zip(weights, knots, strict=True))
                for year in range(self.year_count)
            ]
        products: list[dict[int, float]] = [{} for _ in self.pools]
        residual = [[0.0] * self.year_count for _ in range(self.target_count)]
        value = 0.0
        for number, (base, pool, key, needed, targets, price) in zip(self.numbers, self.leaves, strict=True):
            path = paths[key]
            for year in needed:
                amount = base * path[year]
                if pool >= 0:
                    known = products[pool]
                    if year not in known:
                        known[year] = self._product(pool, year, ways, draw)
                    amount *= known[year]
                for option, row, share in self.additions.get(number, ()):
                    amount += share * draw.effect[row] * ways[option][year]
                for target in targets:
                    residual[target][year] += amount
                value += price[year] * amount
        return [[row[year] for year in self.years] for row in residual], value

    def _product(self, pool: int, year: int, ways: list[list[float]], draw: PlainDraw) -> float:
        product = 1.0
        for option, row, scale, lifts in self.pools[pool]:
            lift = 1.0
            for enabler, lift_row, weight in lifts:
                lift += weight * draw.lift[lift_row] * ways[enabler][year]
            product *= max(0.0, 1.0 - min(1.0, draw.effect[row] * scale) * ways[option][year] * lift)
        return product


class PlainDraw:
    """One draw as Python lists."""

    def __init__(self, draws: Draws, number: int) -> None:
        """Take one draw out of a replicate."""
        self.effect = draws.effect[:, number].tolist()
        self.lift = draws.lift[:, number].tolist()
        self.background = draws.background[:, number].tolist()
        self.delivered = draws.delivered[:, number].tolist()


def _path(structure: Structure, category: str, quantity: str) -> tuple[list[int], list[list[float]]]:
    """Background rows of a category's quantity (−1: the base year's 1), and their weights by year."""
    region = structure.region
    known = {region.settings.base_year: -1} | {
        row.year: number
        for number, row in enumerate(region.background)
        if (row.category, row.quantity) == (category, quantity)
    }
    at = sorted(known)
    weights = [np.interp(structure.table.years, at, unit).tolist() for unit in np.eye(len(at))]
    return [known[year] for year in at], weights
