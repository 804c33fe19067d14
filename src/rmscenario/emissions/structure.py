"""The structure of a region's quantities: which effects multiply into which amounts.

A *leaf* is a source's segment in one stream (a quantity in an account); leaves on which the same effects act with the
same shares have one *pool*, so that its product of remaining shares is computed once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.background import background_factor
from rmscenario.options import OptionTable
from rmscenario.region import Region
from rmscenario.region.initiatives import Effect
from rmscenario.region.vocabulary import Basis

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

FOOTPRINT = "co2e"
ACTIVITY = "activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A quantity, for the footprint in one account."""

    quantity: str
    account: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A segment of a source in one stream."""

    stream: int
    unit: str
    category: str
    segment: str | None
    base: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Arrays that hold Eqs. (1) and (2) of a region.

    Terms are sorted by pool; `pool_first[p]:pool_first[p + 1]` are the terms of pool `p`.

    Attributes
    ----------
    leaf_amount : array (leaf, year) [the stream's unit]
        Base amount times segment weight times background factor (mode).
    leaf_pool : array (leaf)
        The leaf's pool, −1 where no effect acts.
    term_option, term_row : array (term)
        Option and number of the effect row of each factor.
    term_scale : array (term) [1]
        From the row's value to the share of the pool: share = min(1, value · scale).
    term_effect : array (term) [1]
        Share at the mode.
    lift_term, lift_enabler, lift_row : array (lift)
        Which term is lifted, by which option, through which enabler row; in the order of the terms.
    lift_weight, lift_value : array (lift) [1]
        Weight of the enabler option, and weight times the row's mode.
    addition_option, addition_leaf, addition_row, addition_amount : arrays (addition)
        Linear additions to leaves [the stream's unit at full roll-out; negative removes].
    addition_share : array (addition) [1]
        Part of the row's value; the amount is −value · share.
    """

    region: Region
    table: OptionTable
    streams: tuple[Stream, ...]
    leaves: tuple[Leaf, ...]
    leaf_stream: IntArray
    leaf_amount: FloatArray
    leaf_pool: IntArray
    pool_count: int
    pool_first: IntArray
    term_pool: IntArray
    term_option: IntArray
    term_row: IntArray
    term_scale: FloatArray
    term_effect: FloatArray
    lift_term: IntArray
    lift_enabler: IntArray
    lift_row: IntArray
    lift_weight: FloatArray
    lift_value: FloatArray
    addition_option: IntArray
    addition_leaf: IntArray
    addition_row: IntArray
    addition_amount: FloatArray
    addition_share: FloatArray

    def stream_index(self, quantity: str, account: str) -> int:
        """Number of the stream of a quantity (in the account, if it is the footprint)."""
        wanted = Stream(quantity=quantity, account=account if quantity == FOOTPRINT else None)
        return self.streams.index(wanted)

    def leaves_of(self, stream: int, sources: frozenset[tuple[str, str]] | None = None) -> IntArray:
        """Numbers of a stream's leaves, all or those of the given (unit, category) pairs."""
        return np.asarray(
            [
                number
                for number, leaf in enumerate(self.leaves)
                if leaf.stream == stream and (sources is None or (leaf.unit, leaf.category) in sources)
            ],
            dtype=np.int64,
        )


def _needed_streams(region: Region) -> tuple[Stream, ...]:
    """The footprint in the region's account and in each active target's, then the other quantities in table order."""
    accounts = dict.fromkeys(
        [region.settings.account, *(t.account for t in region.active_targets if t.quantity == FOOTPRINT)]
    )
    streams = [Stream(quantity=FOOTPRINT, account=account) for account in accounts]
    others = [row.quantity for row in region.quantities if row.quantity != FOOTPRINT]
    return (*streams, *(Stream(quantity=quantity, account=None) for quantity in others))


class _Reach:
    """Which options' effect rows reach a leaf, and with what scale."""

    def __init__(self, region: Region, table: OptionTable) -> None:
        self.account = region.settings.account
        self.weights = {(row.category, row.segment): row.weight for row in region.segments}
        self.carriers: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.acted_on: dict[str, dict[str, None]] = defaultdict(dict)
        for number, option in enumerate(table.options):
            for unit in option.acts_on:
                self.carriers[option.initiative.initiative, unit].append(number)
                self.acted_on[option.initiative.initiative][unit] = None
        self.rows: dict[str, list[tuple[int, Effect]]] = defaultdict(list)
        for number, row in enumerate(region.effects):
            self.rows[row.category].append((number, row))
        self.amounts: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for source in region.sources:
            self.amounts[source.category, source.quantity][source.unit] = source.value

    def _applies(self, row: Effect, leaf: Leaf, stream: Stream) -> bool:
        return (
            row.segment in (None, leaf.segment)
            and row.on in (ACTIVITY, stream.quantity)
            and (row.account is None or row.account == stream.account)
        )

    def _scale(self, row: Effect, stream: Stream) -> float:
        """From a row's value to the share of the leaf that its carriers together remove, Eq. (2)."""
        scale = 1.0
        if row.basis is Basis.REGION:
            amounts = self.amounts[row.category, FOOTPRINT if row.on == ACTIVITY else stream.quantity]
            acted_on = sum(amounts.get(unit, 0.0) for unit in self.acted_on[row.initiative])
            scale = sum(amounts.values()) / acted_on if acted_on > 0 else 0.0
        if row.segment is not None:
            scale /= self.weights[row.category, row.segment]
        return scale

    def terms(self, leaf: Leaf, stream: Stream) -> list[tuple[int, int, float]]:
        """(option, effect row, scale) of every factor on a leaf, in table order."""
        found = []
        for number, row in self.rows[leaf.category]:
            if row.basis is Basis.ABSOLUTE or not self._applies(row, leaf, stream):
                continue
            scale = self._scale(row, stream)
            carriers = self.carriers[row.initiative, leaf.unit]
            if row.basis is Basis.REGION and len(carriers) > 1:
                scale /= len(carriers)
            if scale > 0:
                found += [(option, number, scale) for option in carriers]
        return found

    def additions(self, leaf: Leaf, stream: Stream, table: OptionTable) -> list[tuple[int, int, float]]:
        """(option, effect row, share of the row's amount) of every linear addition to a leaf."""
        found = []
        for number, row in self.rows[leaf.category]:
            if row.basis is not Basis.ABSOLUTE or row.segment != leaf.segment or not self._applies(row, leaf, stream):
                continue
            for option in self.carriers[row.initiative, leaf.unit]:
                chosen = table.options[option]
                sources = sum(unit in self.amounts[row.category, stream.quantity] for unit in chosen.acts_on)
                found.append((option, number, chosen.share / sources))
        return found


def _leaves(region: Region, streams: tuple[Stream, ...], receiving: set[tuple[str, str]]) -> list[Leaf]:
    """All leaves with an amount, and those without one that receive absolute additions."""
    factors = {row.account: row.factor for row in region.accounts}
    segments = defaultdict(list)
    for row in region.segments:
        segments[row.category].append(row)
    leaves = []
    for number, stream in enumerate(streams):
        for source in region.sources:
            if source.quantity != stream.quantity:
                continue
            base = source.value * (factors[stream.account] if stream.account is not None else 1.0)
            parts: list[tuple[str | None, float]] = [(row.segment, row.weight) for row in segments[source.category]]
            rest = 1.0 - sum(weight for _, weight in parts)
            parts.append((None, max(0.0, rest)))
            leaves += [
                Leaf(stream=number, unit=source.unit, category=source.category, segment=name, base=base * weight)
                for name, weight in parts
                if base * weight > 0 or (name is None and (source.category, source.quantity) in receiving)
            ]
    return leaves


def lifts_of(region: Region, table: OptionTable, option: int) -> list[tuple[int, int, float]]:
    """(enabler option, enabler row, weight) of everything that lifts an option, Eq. (2)."""
    lifted = table.options[option]
    rows = [(n, row) for n, row in enumerate(region.enablers) if row.initiative == lifted.initiative.initiative]
    if not rows:
        return []
    fte = {row.unit: row.fte for row in region.units}
    total = sum(fte.values())
    found = []
    for number, row in rows:
        for enabler in table.of_initiative(row.enabler):
            other = table.options[enabler]
            if other.group_wide:
                found.append((enabler, number, 1.0))
            elif lifted.group_wide:
                found.append((enabler, number, fte[other.unit] / total))
            elif other.unit == lifted.unit:
                found.append((enabler, number, 1.0))
    return found


def build_structure(region: Region, table: OptionTable) -> Structure:
    """Arrange a region's quantities over the years of an option table.

    Quantities of targets and prices that no table row gives are simply absent. See `Structure` for the arrays.
    """
    streams = _needed_streams(region)
    reach = _Reach(region, table)
    receiving = {
        (row.category, row.on) for row in region.effects if row.basis is Basis.ABSOLUTE and row.segment is None
    }
    leaves = _leaves(region, streams, receiving)

    curves: dict[tuple[str, str], FloatArray] = {}
    background = defaultdict(list)
    for row in region.background:
        background[row.category, row.quantity].append(row)
    amount = np.zeros((len(leaves), len(table.years)))
    leaf_pool = np.full(len(leaves), -1, dtype=np.int64)
    pools: dict[tuple[object, ...], int] = {}
    pool_terms: list[list[tuple[int, int, float]]] = []
    additions: list[tuple[int, int, int, float]] = []
    for number, leaf in enumerate(leaves):
        stream = streams[leaf.stream]
        key = (leaf.category, stream.quantity)
        if key not in curves:
            curves[key] = background_factor(background[key], region.settings.base_year, table.years)
        amount[number] = leaf.base * curves[key]
        additions += [(o, number, row, share) for o, row, share in reach.additions(leaf, stream, table)]
        if leaf.base > 0 and (terms := reach.terms(leaf, stream)):
            pool_key = (leaf.unit, leaf.category, leaf.segment, tuple(terms))
            if pool_key not in pools:
                pools[pool_key] = len(pool_terms)
                pool_terms.append(terms)
            leaf_pool[number] = pools[pool_key]

    factors = [(pool, option, row, scale) for pool, members in enumerate(pool_terms) for option, row, scale in members]
    lifting = {option: lifts_of(region, table, option) for option in {factor[1] for factor in factors}}
    lifts = [(number, *lift) for number, factor in enumerate(factors) for lift in lifting[factor[1]]]
    mode = np.asarray([row.mode for row in region.effects], dtype=np.float64)
    lift_mode = np.asarray([row.mode for row in region.enablers], dtype=np.float64)
    term_row = np.asarray([factor[2] for factor in factors], dtype=np.int64)
    term_scale = np.asarray([factor[3] for factor in factors], dtype=np.float64)
    lift_row = np.asarray([lift[2] for lift in lifts], dtype=np.int64)
    lift_weight = np.asarray([lift[3] for lift in lifts], dtype=np.float64)
    addition_row = np.asarray([row for _, _, row, _ in additions], dtype=np.int64)
    addition_share = np.asarray([share for _, _, _, share in additions], dtype=np.float64)
    sizes = np.asarray([len(members) for members in pool_terms], dtype=np.int64)
    return Structure(
        region=region,
        table=table,
        streams=streams,
        leaves=tuple(leaves),
        leaf_stream=np.asarray([leaf.stream for leaf in leaves], dtype=np.int64),
        leaf_amount=amount,
        leaf_pool=leaf_pool,
        pool_count=len(pool_terms),
        pool_first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        term_pool=np.asarray([factor[0] for factor in factors], dtype=np.int64),
        term_option=np.asarray([factor[1] for factor in factors], dtype=np.int64),
        term_row=term_row,
        term_scale=term_scale,
        term_effect=np.minimum(1.0, mode[term_row] * term_scale) if factors else np.zeros(0),
        lift_term=np.asarray([lift[0] for lift in lifts], dtype=np.int64),
        lift_enabler=np.asarray([lift[1] for lift in lifts], dtype=np.int64),
        lift_row=lift_row,
        lift_weight=lift_weight,
        lift_value=lift_weight * lift_mode[lift_row] if lifts else np.zeros(0),
        addition_option=np.asarray([option for option, _, _, _ in additions], dtype=np.int64),
        addition_leaf=np.asarray([leaf for _, leaf, _, _ in additions], dtype=np.int64),
        addition_row=addition_row,
        addition_amount=-mode[addition_row] * addition_share if additions else np.zeros(0),
        addition_share=addition_share,
    )
