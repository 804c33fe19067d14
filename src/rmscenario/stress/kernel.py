"""The fused loops over draws: products, sums, worth and cost of a fixed choice, Eqs. (1) and (2), a batch of draws at a time.

A batch is so small that all between the draws and the sums stays in the processor's first caches, and every innermost
loop runs over its draws, so that the compiler uses vector instructions. No sum runs over draws: a draw's result is the
same in any batch, block or process.

A *part* is a category's leaves with prices, or those without. In its *columns*, years with the same deployments, it has
*pools* (products), *groups* (leaves that count alike) and *carriers* (options whose deployment is needed). A pool with
the same deployments in several columns is multiplied out in the first of them. Items of one kind stand in one table;
where they belong to items of another kind, these hold where theirs begin, and a last one where they end.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rmscenario.compiled import njit
from rmscenario.emissions.kernel import remaining_share, take_share
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.uncertainty.kernel import NOTHING, Deliveries, Ways, as_delivered, by_way

#: Draws of a batch.
BATCH = 256
#: [1] Width within which a share of 1 counts as 1: only a larger one is cut off and counted.
CLIP_TOLERANCE = 1e-12

Table = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]

PART = np.dtype([("columns", "i8"), ("pool", "i8"), ("group", "i8"), ("lifted", "i8")])
#: Option, and its first row of deployed effects; a row for each column follows.
CARRIER = np.dtype([("option", "i8"), ("deployed", "i8")])
#: Effect row, factor on it, and whether it can exceed 1.
SHARE = np.dtype([("row", "i8"), ("scale", "f8"), ("clips", "?")])
LIFTED = np.dtype([("lift", "i8")])
LIFT = np.dtype([("carrier", "i8"), ("row", "i8"), ("weight", "f8")])
POOL = np.dtype([("term", "i8"), ("member", "i8")])
#: `lifted` is −1 where nothing lifts.
TERM = np.dtype([("share", "i8"), ("carrier", "i8"), ("lifted", "i8"), ("clips", "?")])
#: Amount of a group's leaves that a pool's product multiplies [the quantity's unit].
MEMBER = np.dtype([("group", "i8"), ("amount", "f8")])
#: Amount that no started effect reaches [the quantity's unit].
GROUP = np.dtype([("rest", "f8"), ("priced", "?"), ("addition", "i8"), ("knot", "i8"), ("target", "i8")])
ADDITION = np.dtype([("row", "i8"), ("amount", "f8"), ("carrier", "i8")])


class Compiled(NamedTuple):
    """A choice as flat tables.

    Attributes
    ----------
    parts, carriers, shares, lifted, lifts, pools, terms, members, groups, additions : structured arrays
    column : array (part, year reported)
    alike : array (pool, column)
        First column in which the pool's deployments are those of this column.
    deployed : array (row, delivered) [1]
        Deployed effect by `Delivered`.
    knots : array (knot)
        Background row, `emissions.BASE_YEAR` for the base year's 1.
    path : array (knot, year reported) [1]
    worth : array (knot, column) [DKK per unit, discounted]
        Weights of a knot times prices, summed over a column's years.
    price : array (group, column) [DKK per unit, discounted]
    targets : array (group's target)
    """

    parts: Table
    column: IntArray
    alike: IntArray
    carriers: Table
    deployed: FloatArray
    shares: Table
    lifted: Table
    lifts: Table
    pools: Table
    terms: Table
    members: Table
    groups: Table
    price: FloatArray
    additions: Table
    knots: IntArray
    path: FloatArray
    worth: FloatArray
    targets: IntArray


#: Type of each table's items; where an item is a row, so is the width.
KINDS: dict[str, np.dtype[Any]] = {
    "parts": PART,
    "column": np.dtype(np.int64),
    "alike": np.dtype(np.int64),
    "carriers": CARRIER,
    "deployed": np.dtype(np.float64),
    "shares": SHARE,
    "lifted": LIFTED,
    "lifts": LIFT,
    "pools": POOL,
    "terms": TERM,
    "members": MEMBER,
    "groups": GROUP,
    "price": np.dtype(np.float64),
    "additions": ADDITION,
    "knots": np.dtype(np.int64),
    "path": np.dtype(np.float64),
    "worth": np.dtype(np.float64),
    "targets": np.dtype(np.int64),
}
#: Tables whose items are rows.
ROWS = frozenset({"column", "alike", "deployed", "price", "path", "worth"})


def make_ready() -> None:
    """Compile the loops, or load what an earlier process compiled; otherwise their first calls do."""
    tables: dict[str, Any] = {name: np.zeros((1, 1) if name in ROWS else 1, kind) for name, kind in KINDS.items()}
    drawn, nothing = np.zeros((1, 0, BATCH)), np.zeros((0, BATCH))
    delivered = drawn.astype(np.int8)
    evaluate_draws(
        Compiled(**tables),
        drawn,
        drawn,
        drawn,
        delivered,
        np.zeros((1, 1, 0, BATCH)),
        nothing,
        nothing.astype(np.bool_),
    )
    none = np.zeros(0, dtype=np.int64)
    cost_draws(none, none, np.zeros((0, 1, 1)), delivered, drawn, drawn, drawn, nothing, nothing)


@njit(cache=True, nogil=True)
def evaluate_draws(
    of: Compiled,
    effect: FloatArray,
    lift: FloatArray,
    background: FloatArray,
    delivered: Deliveries,
    residual: FloatArray,
    value: FloatArray,
    clipped: Flags,
) -> None:
    """Add a choice's quantities on draws to `residual` (target, year reported, batch, draw) and `value` (batch, draw).

    The draws are as of `uncertainty.Draws`, their last dimension cut into batches of `BATCH`.
    """
    columns = of.worth.shape[1]
    shares = np.empty((len(of.shares), BATCH))
    lifts = np.empty((len(of.lifted), columns, BATCH))
    sums = np.empty((len(of.groups), columns, BATCH))
    products, one = np.empty((columns, BATCH)), np.empty(BATCH)
    for batch in range(len(value)):
        _share_values(of.shares, effect, batch, shares, clipped[batch])
        for part in range(len(of.parts) - 1):
            now, then = of.parts[part], of.parts[part + 1]
            for column in range(now.columns):
                for number in range(now.lifted, then.lifted):
                    factor = lifts[number, column]
                    factor[:] = 1.0
                    for item in of.lifts[of.lifted[number].lift : of.lifted[number + 1].lift]:
                        _deployed(of.carriers[item.carrier], of.deployed, column, delivered, batch, one)
                        _add_product(factor, item.weight, lift[item.row, batch], one)
                for group in range(now.group, then.group):
                    sums[group, column] = of.groups[group].rest
            for pool in range(now.pool, then.pool):
                for column in range(now.columns):
                    first, product = of.alike[pool, column], products[of.alike[pool, column]]
                    if first == column:
                        product[:] = 1.0
                        for item in of.terms[of.pools[pool].term : of.pools[pool + 1].term]:
                            carrier, share = of.carriers[item.carrier], shares[item.share]
                            ways = by_way(of.deployed[carrier.deployed + column])
                            if ways == NOTHING:
                                continue
                            if item.lifted < 0 and not item.clips:
                                _take_deployed(product, share, ways, delivered[carrier.option, batch])
                                continue
                            _deployed(carrier, of.deployed, column, delivered, batch, one)
                            if item.lifted >= 0:
                                _multiply(one, lifts[item.lifted, column])
                            if item.clips:
                                _count_clipped(share, one, clipped[batch])
                            take_share(product, share, one)
                    for member in of.members[of.pools[pool].member : of.pools[pool + 1].member]:
                        _add_scaled(sums[member.group, column], member.amount, product)
            for group in range(now.group, then.group):
                here, after = of.groups[group], of.groups[group + 1]
                targets = of.targets[here.target : after.target]
                if len(targets):
                    for year in range(residual.shape[1]):
                        one[:] = 0.0
                        for knot in range(here.knot, after.knot):
                            if of.knots[knot] < 0:
                                one += of.path[knot, year]
                            else:
                                _add_scaled(one, of.path[knot, year], background[of.knots[knot], batch])
                        _multiply(one, sums[group, of.column[part, year]])
                        for target in targets:
                            _add_scaled(residual[target, year, batch], 1.0, one)
                if here.priced:
                    for column in range(now.columns):
                        for knot in range(here.knot, after.knot):
                            worth = of.worth[knot, column]
                            if of.knots[knot] < 0:
                                _add_scaled(value[batch], worth, sums[group, column])
                            elif worth != 0.0:
                                _add_product(
                                    value[batch], worth, background[of.knots[knot], batch], sums[group, column]
                                )
                for item in of.additions[here.addition : after.addition]:
                    for column in range(now.columns):
                        _deployed(of.carriers[item.carrier], of.deployed, column, delivered, batch, one)
                        _multiply(one, effect[item.row, batch])
                        for year in range(residual.shape[1]):
                            if of.column[part, year] == column:
                                for target in targets:
                                    _add_scaled(residual[target, year, batch], item.amount, one)
                        _add_scaled(value[batch], of.price[group, column] * item.amount, one)


@njit(cache=True, nogil=True)
def cost_draws(
    options: IntArray,
    initiatives: IntArray,
    amounts: FloatArray,
    delivered: Deliveries,
    capex: FloatArray,
    opex: FloatArray,
    saving: FloatArray,
    net: FloatArray,
    outlay: FloatArray,
) -> None:
    """Add the money of starts on draws to `net` and `outlay` (batch, draw).

    Of each start its `options` and `initiatives`, and `amounts` (start, kind, delivered); kinds are annuities of
    capital, running costs, own savings (below 0) and outlay. The draws are as for `evaluate_draws`.
    """
    for batch in range(len(net)):
        for start in range(len(options)):
            way, initiative, by_kind = delivered[options[start], batch], initiatives[start], amounts[start]
            _add_delivered(net[batch], capex[initiative, batch], by_kind[0], way)
            _add_delivered(net[batch], opex[initiative, batch], by_kind[1], way)
            _add_delivered(net[batch], saving[initiative, batch], by_kind[2], way)
            _add_delivered(outlay[batch], capex[initiative, batch], by_kind[3], way)


@njit(cache=True, nogil=True)
def _share_values(of: Table, effect: FloatArray, batch: int, shares: FloatArray, clipped: Flags) -> None:
    """Shares removed at full roll-out, before lifts."""
    for number in range(len(of)):
        share, drawn, scale = shares[number], effect[of[number].row, batch], of[number].scale
        for draw in range(BATCH):
            share[draw] = drawn[draw] * scale
        if of[number].clips:
            for draw in range(BATCH):
                clipped[draw] |= share[draw] > 1.0 + CLIP_TOLERANCE
                share[draw] = min(1.0, share[draw])


@njit(cache=True, nogil=True)
def _deployed(carrier: Any, table: FloatArray, column: int, delivered: Deliveries, batch: int, out: FloatArray) -> None:
    """Deployed effect of a carrier in a column, as it is delivered."""
    ways, way = by_way(table[carrier.deployed + column]), delivered[carrier.option, batch]
    for draw in range(BATCH):
        out[draw] = as_delivered(ways, way[draw])


@njit(cache=True, nogil=True)
def _take_deployed(product: FloatArray, share: FloatArray, ways: Ways, way: Deliveries) -> None:
    """Multiply a product by what a share, as it is delivered, leaves: one pass where nothing lifts or is cut off."""
    for draw in range(BATCH):
        product[draw] *= remaining_share(share[draw] * as_delivered(ways, way[draw]))


@njit(cache=True, nogil=True)
def _add_delivered(out: FloatArray, factor: FloatArray, amounts: FloatArray, way: Deliveries) -> None:
    """Add a factor times an amount as it is delivered."""
    ways = by_way(amounts)
    if ways == NOTHING:
        return
    for draw in range(BATCH):
        out[draw] += factor[draw] * as_delivered(ways, way[draw])


@njit(cache=True, nogil=True)
def _count_clipped(share: FloatArray, deployed: FloatArray, clipped: Flags) -> None:
    """Draws in which a factor of Eq. (2) has to be cut off at 0."""
    for draw in range(BATCH):
        clipped[draw] |= share[draw] * deployed[draw] > 1.0 + CLIP_TOLERANCE


@njit(cache=True, nogil=True)
def _multiply(out: FloatArray, factor: FloatArray) -> None:
    for draw in range(BATCH):
        out[draw] *= factor[draw]


@njit(cache=True, nogil=True)
def _add_scaled(out: FloatArray, scale: float, values: FloatArray) -> None:
    for draw in range(BATCH):
        out[draw] += scale * values[draw]


@njit(cache=True, nogil=True)
def _add_product(out: FloatArray, scale: float, left: FloatArray, right: FloatArray) -> None:
    for draw in range(BATCH):
        out[draw] += scale * left[draw] * right[draw]
