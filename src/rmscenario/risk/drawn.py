"""A target's residual in one year on planning draws: exact values of a choice, and what averages of it are made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import BASE_YEAR, CutFrame, TargetLine, background_path
from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.options.options import NONE
from rmscenario.risk.averages import BLOCK, FEW, Average, Block, by_delivery, few_of
from rmscenario.risk.kernel import add_products, chosen_products
from rmscenario.risk.measures import averaged
from rmscenario.risk.pools import DrawnPools, Flags, arranged_pools
from rmscenario.uncertainty import REPLICATE, Draws, DrawSource, option_ways

#: [1] Share of the pools that may differ from the choice that all products are kept of.
ANEW = 0.3
#: [1] Share of the pools from which what differs is kept.
KEPT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningDraws:
    """Draws of all inputs, those of every option: arrays as of `uncertainty.Draws`, over any number of draws."""

    effect: FloatArray
    lift: FloatArray
    background: FloatArray
    delivered: npt.NDArray[np.int8]

    @property
    def count(self) -> int:
        """Number of draws."""
        return int(self.effect.shape[1])

    def first(self, count: int) -> PlanningDraws:
        """The first so many of the draws."""
        names = PlanningDraws.__dataclass_fields__
        return PlanningDraws(**{name: np.ascontiguousarray(getattr(self, name)[:, :count]) for name in names})


def planning_draws(source: DrawSource, count: int, first: int = 0) -> PlanningDraws:
    """Draws beginning with a replicate's first."""
    numbers = range(first, first - (-count // REPLICATE))
    drawn: list[Draws] = [source.replicate(number) for number in numbers]

    def joined(name: str) -> npt.NDArray[np.generic]:
        return np.ascontiguousarray(np.concatenate([getattr(one, name) for one in drawn], axis=1)[:, :count])

    return PlanningDraws(**{name: joined(name) for name in ("effect", "lift", "background", "delivered")})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """All products of a choice, and their sum: arrays (pool, draw), (draw)."""

    choice: IntArray
    products: FloatArray
    pooled: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """The choice evaluated last, the products in which it differs from what is known, and its residual."""

    choice: IntArray
    changed: IntArray
    products: FloatArray
    pooled: FloatArray
    residual: FloatArray


@dataclass(slots=True)
class DrawnYear:
    """A target's residual in one year in every planning draw."""

    frame: CutFrame
    line: TargetLine
    draws: PlanningDraws
    position: int
    _pools: DrawnPools = field(init=False)
    _term_lift_first: IntArray = field(init=False)
    _term_lifts: npt.NDArray[np.void] = field(init=False)
    _deployed: FloatArray = field(init=False)
    _amount: FloatArray = field(init=False)
    _category: IntArray = field(init=False)
    _factor: FloatArray = field(init=False)
    _rest: FloatArray = field(init=False)
    _additions: list[tuple[int, int, float]] = field(init=False)
    _known: _Known | None = field(default=None, init=False)
    _last: _Last | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Arrange the target's pools."""
        structure, line = self.frame.structure, self.line
        year = int(structure.table.years[self.position])
        self._deployed = option_ways(structure.region, structure.table).effects(structure.table, year)
        bases = np.asarray([structure.leaves[leaf].base for leaf in line.leaves])
        leaf_pool = structure.leaf_pool[line.leaves]
        pools = np.unique(leaf_pool[leaf_pool >= 0])
        self._pools, self._term_lift_first, self._term_lifts = arranged_pools(self.frame, pools, self._deployed)
        categories, self._factor = _background(structure, line, self.draws, year)
        # Amounts before products: of a pool, whose leaves are of one category, and of the leaves that no effect reaches.
        self._amount, self._category = np.zeros(len(pools)), np.zeros(len(pools), dtype=np.int64)
        self._rest = np.zeros(self.draws.count)
        for leaf, base, pool in zip(line.leaves, bases, leaf_pool, strict=True):
            category = categories.index(structure.leaves[leaf].category)
            if pool >= 0:
                place = np.searchsorted(pools, pool)
                self._amount[place] += base
                self._category[place] = category
            else:
                self._rest += base * self._factor[category]
        inside = set(line.leaves.tolist())
        self._additions = [
            (int(option), int(row), -float(share))
            for option, leaf, row, share in zip(
                structure.addition_option,
                structure.addition_leaf,
                structure.addition_row,
                structure.addition_share,
                strict=True,
            )
            if int(leaf) in inside
        ]

    @property
    def pools(self) -> IntArray:
        """Numbers of the frame's pools inside the boundary."""
        return self._pools.pools

    def residual(self, choice: IntArray) -> FloatArray:
        """Exact residual of a choice in every draw: array (draw) [the target's unit].

        Only the pools are computed in which the choice differs from one whose products are known.
        """
        if self._last is not None and np.array_equal(self._last.choice, choice):
            return self._last.residual
        known, pools = self._known, np.arange(len(self.pools))
        changed = pools if known is None else np.flatnonzero(self._touched(known.choice != choice))
        # All anew where much differs, so that rounding does not add up from choice to choice.
        if known is None or len(changed) > ANEW * len(pools):
            self._known = self._last = None  # makes room
            changed, products = pools, np.empty((len(pools), self.draws.count))
            before, pooled = np.zeros((0, self.draws.count)), np.zeros(self.draws.count)
        else:
            products = np.empty((len(changed), self.draws.count))
            before, pooled = known.products, known.pooled.copy()
        chosen_products(
            changed,
            self._pools.shape.pool_first,
            self._pools.terms,
            self._pools.fixed,
            self._term_lift_first,
            self._term_lifts,
            choice,
            self._deployed,
            self.draws.effect,
            self.draws.lift,
            self.draws.delivered,
            products,
        )
        add_products(changed, self._amount, self._factor, self._category, products, before, pooled)
        total: FloatArray = self._rest + pooled
        for option, row, amount in self._additions:
            if choice[option] != NONE:
                ways = self._deployed[self.draws.delivered[option], choice[option]]
                total += amount * self.draws.effect[row] * ways
        total.flags.writeable = False
        self._last = _Last(choice=choice.copy(), changed=changed, products=products, pooled=pooled, residual=total)
        if len(changed) > KEPT * len(pools):
            self.keep(choice)
        return total

    def keep(self, choice: IntArray) -> None:
        """Know all products of a choice, from which the next ones are to differ little."""
        self.residual(choice)
        last, known = self._last, self._known
        assert last is not None
        if len(last.changed) == len(self.pools):
            products = last.products
        elif known is not None:
            products = known.products
            products[last.changed] = last.products
        self._known = _Known(choice=last.choice, products=products, pooled=last.pooled)
        none = np.zeros(0, dtype=np.int64)
        self._last = replace(last, changed=none, products=np.empty((0, self.draws.count)))

    def _touched(self, options: Flags) -> Flags:
        """Pools in which some options act or lift: arrays (option), (pool) bool."""
        acts = options[self._pools.terms["option"]]
        lifted = np.repeat(np.arange(len(acts)), np.diff(self._term_lift_first))
        acts[lifted[options[self._term_lifts["enabler"]]]] = True
        touched = np.zeros(len(self.pools), dtype=np.bool_)
        touched[self._pools.shape.term_pool[acts]] = True
        return touched

    def average(self, weights: FloatArray, most: int = FEW) -> Average:
        """The residual averaged over the draws: array (draw) of weights [1]; guesses take so many of them at most."""
        few = few_of(weights, most)
        return self._average(weights, None if few is weights else self._average(few, None))

    def _average(self, weights: FloatArray, few: Average | None) -> Average:
        drawn = np.flatnonzero(weights)
        blocks = tuple(self._block(weights, drawn[first : first + BLOCK]) for first in range(0, len(drawn), BLOCK))
        return Average(
            pools=self._pools,
            amount=self._amount,
            category=self._category,
            deployed=self._deployed,
            blocks=blocks,
            constant=self.constant(weights),
            linear=self.linear(weights),
            few=few,
        )

    def _block(self, weights: FloatArray, some: IntArray) -> Block:
        draws, weight = self.draws, weights[some]
        return Block(
            weight=weight,
            effect=np.take(draws.effect, some, axis=1),
            lift=np.take(draws.lift, some, axis=1),
            delivered=np.take(draws.delivered, some, axis=1),
            factor=np.take(self._factor, some, axis=1) * weight,
        )

    def slopes(self, average: Average, choice: IntArray) -> FloatArray:
        """First-order coefficients of an average at a choice: array (entry + lift of the frame) [the target's unit]."""
        self.keep(choice)
        known = average.sloped
        return average.slopes(choice, None if known is None else self._touched(known != choice))

    def linear(self, weights: FloatArray) -> FloatArray:
        """Averaged absolute additions: array (choice column of the frame) [the target's unit]."""
        linear = np.zeros(self.frame.columns)
        table = self.frame.structure.table
        for option, row, amount in self._additions:
            ways = by_delivery(self.draws.delivered[option], weights * amount * self.draws.effect[row])
            states = slice(int(table.first_state[option]), int(table.first_state[option + 1]))
            linear[states] += ways @ self._deployed[:, states]
        return linear

    def constant(self, weights: FloatArray) -> float:
        """Averaged amount that no effect reaches [the target's unit]."""
        return averaged(weights, self._rest)


def _background(
    structure: Structure, line: TargetLine, draws: PlanningDraws, year: int
) -> tuple[list[str], FloatArray]:
    """Categories of a target, and the background factor of each in a year: array (category, draw) [1]."""
    categories = list(dict.fromkeys(structure.leaves[leaf].category for leaf in line.leaves))
    found = np.empty((len(categories), draws.count))
    for number, category in enumerate(categories):
        rows, weights = background_path(structure.region, category, line.target.quantity, [year])
        drawn = rows != BASE_YEAR
        found[number] = weights[~drawn].sum() + weights[drawn, 0] @ draws.background[rows[drawn]]
    return categories, found
