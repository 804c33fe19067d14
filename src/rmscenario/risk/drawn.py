"""A target's residual in one year on planning draws: exact values of a choice, and averaged cuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import BASE_YEAR, CutFrame, CutKind, TargetLine, background_path
from rmscenario.emissions.cuts import Coefficients, Cut, CutPoint, Realised, Shape, Shares, Tangent, taken
from rmscenario.emissions.structure import FloatArray, IntArray, Structure
from rmscenario.options import deployed_effect
from rmscenario.options.options import NONE, OptionTable
from rmscenario.region import Region
from rmscenario.risk.kernel import FIXED_LIFT, LIFT, TERM, chosen_products, realised
from rmscenario.uncertainty import REPLICATE, Delivered, Draws, DrawSource, option_ways

#: [1] Share of the pools that may differ from the choice evaluated last.
ANEW = 0.3
#: Coefficients of an averaged cut: arrays (pool of the frame), (entry + lift of the frame) [the target's unit], and the
#: pools for which it holds.
Averaged = tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]
#: Draws whose remaining shares are held at once.
BLOCK = 128


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


def planning_draws(source: DrawSource, count: int, first: int = 0) -> PlanningDraws:
    """Draws beginning with a replicate's first."""
    numbers = range(first, first - (-count // REPLICATE))
    drawn: list[Draws] = [source.replicate(number) for number in numbers]

    def joined(name: str) -> npt.NDArray[np.generic]:
        return np.ascontiguousarray(np.concatenate([getattr(one, name) for one in drawn], axis=1)[:, :count])

    return PlanningDraws(**{name: joined(name) for name in ("effect", "lift", "background", "delivered")})  # type: ignore[arg-type]


def effects_by_delivery(region: Region, table: OptionTable, year: int) -> FloatArray:
    """Deployed effect of each state in a year by how its start comes, Eq. (4): array (delivered, state) [1]."""
    ways, found = option_ways(region, table), np.empty((len(Delivered), len(table.states)))
    for number, state in enumerate(table.states):
        # So many years earlier is as far as a start that much later has come.
        reached = year - ways.slip[state.option]
        effect = deployed_effect(table.options[state.option].initiative, state.level, state.start, reached)
        found[:, number] = ways.uptake[state.option] * effect
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the choice evaluated last."""

    choice: IntArray
    products: FloatArray
    pooled: FloatArray
    residual: FloatArray


@dataclass(slots=True)
class DrawnYear:
    """A target's residual in one year in every planning draw.

    The pools of the target's boundary are numbered anew, and so are their terms, entries and lifts; `_pools`, `_entries`
    and `_lifts` say where they are in the frame.
    """

    frame: CutFrame
    line: TargetLine
    draws: PlanningDraws
    position: int
    _pools: IntArray = field(init=False)
    _entries: IntArray = field(init=False)
    _lifts: IntArray = field(init=False)
    _shape: Shape = field(init=False)
    _terms: npt.NDArray[np.void] = field(init=False)
    _fixed: npt.NDArray[np.void] = field(init=False)
    _entry_lifts: npt.NDArray[np.void] = field(init=False)
    _term_lift_first: IntArray = field(init=False)
    _term_lifts: npt.NDArray[np.void] = field(init=False)
    _deployed: FloatArray = field(init=False)
    _amount: FloatArray = field(init=False)
    _rest: FloatArray = field(init=False)
    _additions: list[tuple[int, int, float]] = field(init=False)
    _known: _Known | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Arrange the target's pools."""
        structure, line = self.frame.structure, self.line
        year = int(structure.table.years[self.position])
        self._deployed = effects_by_delivery(structure.region, structure.table, year)
        factors = _background(structure, line, self.draws, year)
        bases = np.asarray([structure.leaves[leaf].base for leaf in line.leaves])
        pools = structure.leaf_pool[line.leaves]
        self._pools = np.unique(pools[pools >= 0])
        place = np.full(structure.pool_count, -1, dtype=np.int64)
        place[self._pools] = np.arange(len(self._pools))
        # Amounts before products: of a pool, and of the leaves that no effect reaches.
        self._amount = np.zeros((len(self._pools), self.draws.count))
        self._rest = np.zeros(self.draws.count)
        for leaf, base, pool in zip(line.leaves, bases, pools, strict=True):
            amount = base * factors[structure.leaves[leaf].category]
            if pool >= 0:
                self._amount[place[pool]] += amount
            else:
                self._rest += amount
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
        self._arrange(place)

    def _arrange(self, place: IntArray) -> None:
        """Number terms, entries, groups and lifts of the pools anew."""
        frame, structure = self.frame, self.frame.structure
        table = structure.table
        running = np.asarray([option.running is not None for option in table.options], dtype=bool)
        terms = np.flatnonzero(place[structure.term_pool] >= 0)
        of_term = np.full(len(structure.term_pool), -1, dtype=np.int64)
        of_term[terms] = np.arange(len(terms))
        self._entries = np.flatnonzero(of_term[frame.entry_term] >= 0)
        of_entry = np.full(len(frame.entry_term), -1, dtype=np.int64)
        of_entry[self._entries] = np.arange(len(self._entries))

        self._lifts = np.flatnonzero(of_entry[frame.lift_entry] >= 0)
        groups, lift_group = np.unique(frame.lift_group[self._lifts], return_inverse=True)
        self._shape = Shape(
            pool_first=np.searchsorted(structure.term_pool[terms], self._pools_and_end()),
            term_pool=place[structure.term_pool[terms]],
            entry_term=of_term[frame.entry_term[self._entries]],
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
            option = int(structure.term_option[term])
            items.append((int(structure.term_row[term]), float(structure.term_scale[term]), option, len(fixed)))
            for enabler, row, weight in lifts_of[term]:
                if running[enabler]:
                    fixed.append((row, weight * float(self._deployed[0, table.first_state[enabler]])))
                else:
                    chosen.append((-1, row, weight, enabler, -1))
            first_chosen.append(len(chosen))
        items.append((0, 0.0, 0, len(fixed)))
        self._terms, self._fixed = np.asarray(items, dtype=TERM), np.asarray(fixed, dtype=FIXED_LIFT)
        self._term_lifts = np.asarray(chosen, dtype=LIFT)
        self._term_lift_first = np.asarray(first_chosen, dtype=np.int64)
        found = []
        for lift in self._lifts.tolist():
            entry = int(frame.lift_entry[lift])
            enabler = int(frame.group_enabler[frame.lift_group[lift]])
            term = int(frame.entry_term[entry])
            _, row, weight = lifts_of[term][rows[term, enabler]]
            found.append((int(of_entry[entry]), row, weight, enabler, int(frame.pair_enabler[frame.lift_pair[lift]])))
        self._entry_lifts = np.asarray(found, dtype=LIFT)

    def _pools_and_end(self) -> IntArray:
        last = self._pools[-1:] + 1 if len(self._pools) else np.zeros(1, dtype=np.int64)
        return np.concatenate([self._pools, last])

    @property
    def pools(self) -> IntArray:
        """Numbers of the frame's pools inside the boundary."""
        return self._pools

    def residual(self, choice: IntArray) -> FloatArray:
        """Exact residual of a choice in every draw: array (draw) [the target's unit].

        What is known of the choice evaluated last is used where no option of a pool differs.
        """
        if self._known is not None and np.array_equal(self._known.choice, choice):
            return self._known.residual
        changed = np.arange(len(self._pools))
        if self._known is not None:
            changed = self._touched(np.flatnonzero(self._known.choice != choice))
        # All anew where much differs, so that rounding does not add up from choice to choice.
        if self._known is None or len(changed) > ANEW * len(self._pools):
            products, changed = np.ones_like(self._amount), np.arange(len(self._pools))
            pooled = np.zeros(self.draws.count)
        else:
            products = self._known.products
            pooled = self._known.pooled - np.einsum("pn,pn->n", self._amount[changed], products[changed])
        chosen_products(
            changed,
            self._shape.pool_first,
            self._terms,
            self._fixed,
            self._term_lift_first,
            self._term_lifts,
            choice,
            self._deployed,
            self.draws.effect,
            self.draws.lift,
            self.draws.delivered,
            products,
        )
        pooled += np.einsum("pn,pn->n", self._amount[changed], products[changed])
        total: FloatArray = self._rest + pooled
        for option, row, amount in self._additions:
            if choice[option] != NONE:
                ways = self._deployed[self.draws.delivered[option], choice[option]]
                total += amount * self.draws.effect[row] * ways
        total.flags.writeable = False
        self._known = _Known(choice=choice.copy(), products=products, pooled=pooled, residual=total)
        return total

    def _touched(self, options: IntArray) -> IntArray:
        """Pools in which some options act or lift."""
        acts = np.isin(self._terms["option"][:-1], options)
        lifted = np.repeat(np.arange(len(acts)), np.diff(self._term_lift_first))
        acts[lifted[np.isin(self._term_lifts["enabler"], options)]] = True
        pool_of = np.repeat(np.arange(len(self._pools)), np.diff(self._shape.pool_first))
        return np.unique(pool_of[acts])

    def linear(self, weights: FloatArray) -> FloatArray:
        """Averaged absolute additions: array (choice column of the frame) [the target's unit]."""
        linear = np.zeros(self.frame.columns)
        table = self.frame.structure.table
        for option, row, amount in self._additions:
            drawn = weights * amount * self.draws.effect[row]
            by_way = np.bincount(self.draws.delivered[option], weights=drawn, minlength=len(Delivered))
            states = slice(int(table.first_state[option]), int(table.first_state[option + 1]))
            linear[states] += by_way @ self._deployed[:, states]
        return linear

    def constant(self, weights: FloatArray) -> float:
        """Averaged amount that no effect reaches [the target's unit]."""
        return float(weights @ self._rest)

    def cuts(
        self, weights: FloatArray, at: Sequence[tuple[IntArray, CutKind]], point: FloatArray | None = None
    ) -> list[Averaged]:
        """Averaged cuts at choices, and last the tangent at an LP point; shares are realised once for all of them."""
        frame, of = self.frame, self._shape
        made = [Coefficients.nothing(of) for _ in at]
        found = [taken(frame, choice) for choice, _ in at]
        points = [CutPoint(of, entries[self._entries], lifts[self._lifts]) for entries, lifts in found]
        tangent, valid = Coefficients.nothing(of), np.ones(len(self._pools), dtype=np.bool_)
        for weight, shares in self._blocks(weights):
            drawn = Realised(of, shares)
            for result, here, (_, kind) in zip(made, points, at, strict=True):
                Cut(here, kind, drawn).add(weight, result)
            if point is not None:
                states = point[frame.entry_state[self._entries]]
                lifted = point[frame.entry_column[len(frame.entry_term) + self._lifts]]
                touching = Tangent(of, states, lifted, shares)
                touching.add(weight, tangent)
                valid &= touching.valid
        averaged = [self._spread(result, None) for result in made]
        return averaged if point is None else [*averaged, self._spread(tangent, valid)]

    def least(self, weights: FloatArray) -> FloatArray:
        """Averaged least amounts: array (pool of `pools`) [the target's unit]."""
        total = np.zeros(len(self._pools))
        for weight, shares in self._blocks(weights):
            products = np.multiply.reduceat(shares.least, self._shape.pool_first[:-1], axis=0)
            total += np.einsum("pn,pn->p", weight, products)
        return total

    def _blocks(self, weights: FloatArray) -> Iterator[tuple[FloatArray, Shares]]:
        """Weighted amounts and remaining shares of the draws with weight, a block at a time."""
        drawn = np.flatnonzero(weights)
        blocks = np.zeros(-(-len(drawn) // BLOCK) * BLOCK, dtype=np.int64)
        blocks[: len(drawn)] = drawn
        weighing = np.zeros(len(blocks))  # the last block is filled up with draws of no weight
        weighing[: len(drawn)] = weights[drawn]
        of = self._shape
        entries, lifts, terms, groups = len(of.entry_term), len(of.lift_group), len(of.always), len(of.group_entry)
        term_first = np.searchsorted(of.entry_term, np.arange(terms + 1))
        group_first = np.searchsorted(of.group_entry, np.arange(entries + 1))
        lift_first = np.searchsorted(of.lift_group, np.arange(groups + 1))
        shares = Shares(*(np.zeros((rows, BLOCK)) for rows in (entries, lifts, entries, entries, terms, terms)))
        for first in range(0, len(blocks), BLOCK):
            some = blocks[first : first + BLOCK]
            realised(
                self._terms,
                self._fixed,
                self._entry_lifts,
                term_first,
                group_first,
                lift_first,
                self.frame.entry_state[self._entries],
                self._shape.always,
                self._deployed,
                np.take(self.draws.effect, some, axis=1),
                np.take(self.draws.lift, some, axis=1),
                np.take(self.draws.delivered, some, axis=1),
                shares,
            )
            yield np.take(self._amount, some, axis=1) * weighing[first : first + BLOCK], shares

    def _spread(self, found: Coefficients, valid: npt.NDArray[np.bool_] | None) -> Averaged:
        """Coefficients in the frame's numbering."""
        frame = self.frame
        by_pool, by_entry = np.zeros(frame.structure.pool_count), np.zeros(len(frame.entry_column))
        by_pool[self._pools] = found.constant
        by_entry[self._entries] = found.value
        by_entry[len(frame.entry_term) + self._lifts] = found.pair
        everywhere = np.zeros(frame.structure.pool_count, dtype=np.bool_)
        everywhere[self._pools] = True if valid is None else valid
        return by_pool, by_entry, everywhere


def _background(structure: Structure, line: TargetLine, draws: PlanningDraws, year: int) -> dict[str, FloatArray]:
    """Background factor of each category of a target in a year: arrays (draw) [1]."""
    found: dict[str, FloatArray] = {}
    for category in dict.fromkeys(structure.leaves[leaf].category for leaf in line.leaves):
        rows, weights = background_path(structure.region, category, line.target.quantity, [year])
        drawn = rows != BASE_YEAR
        fixed: FloatArray = np.full(draws.count, weights[~drawn].sum())
        found[category] = fixed + weights[drawn, 0] @ draws.background[rows[drawn]]
    return found
