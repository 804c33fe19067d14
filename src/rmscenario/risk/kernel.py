"""Loops over draws of an arranged target: remaining shares in each draw, and a choice's products."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rmscenario.compiled import njit
from rmscenario.emissions.cuts import Shares
from rmscenario.emissions.kernel import remaining_share, take_share
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.uncertainty.kernel import Deliveries, as_delivered, by_way

Flags = npt.NDArray[np.bool_]
Table = npt.NDArray[np.void]

#: Draws that a loop over pools takes at once: what they are made from stays in the cache.
AT_ONCE = 1024
#: `row`, `scale`: effect row and factor on it; `fixed`, `end`: first of the lifts by running options, and the first behind.
TERM = np.dtype([("row", "i8"), ("scale", "f8"), ("option", "i8"), ("fixed", "i8"), ("end", "i8")])
#: A lift by a running option: enabler row, and weight times its deployment.
FIXED_LIFT = np.dtype([("row", "i8"), ("weight", "f8")])
#: A lift by an option that is a choice: entry, enabler row, weight, enabler and its state.
LIFT = np.dtype([("entry", "i8"), ("row", "i8"), ("weight", "f8"), ("enabler", "i8"), ("state", "i8")])


@njit(cache=True, nogil=True)
def realised(
    terms: Table,
    fixed: Table,
    lifts: Table,
    term_first: IntArray,
    group_first: IntArray,
    lift_first: IntArray,
    entry_state: IntArray,
    always: Flags,
    deployed: FloatArray,
    effect: FloatArray,
    lift: FloatArray,
    delivered: Deliveries,
    out: Shares,
) -> None:
    """Remaining shares of every state in some draws, Eq. (2): fills `out`.

    `deployed` (delivered, state) is the deployed effect of a state by how its start comes. A share that one enabler's lift
    would push below 0 is cut off there; the changes by several add up, so that their sum may push it below.
    """
    share, change, low, high, least, largest = out
    count = effect.shape[1]
    removed, factor, down, up = np.empty(count), np.empty(count), np.empty(count), np.empty(count)
    own, by, moved = np.empty(count), np.empty(count), np.empty(count)
    for term in range(len(terms)):
        item = terms[term]
        factor[:] = 1.0
        for number in range(item.fixed, item.end):
            _add_scaled(factor, fixed[number].weight, lift[fixed[number].row])
        drawn, way = effect[item.row], delivered[item.option]
        for draw in range(count):
            own[draw] = min(1.0, drawn[draw] * item.scale)
        least[term] = np.inf if always[term] else 1.0
        largest[term] = -np.inf if always[term] else 1.0
        lowest, most = least[term], largest[term]
        for entry in range(term_first[term], term_first[term + 1]):
            groups = group_first[entry + 1] - group_first[entry]
            ways = by_way(deployed[:, entry_state[entry]])
            here, smallest, highest = share[entry], low[entry], high[entry]
            if groups == 0:
                for draw in range(count):
                    remains: float = remaining_share(as_delivered(ways, way[draw]) * own[draw] * factor[draw])
                    here[draw] = remains
                    smallest[draw] = remains
                    highest[draw] = remains
                    lowest[draw] = min(lowest[draw], remains)
                    most[draw] = max(most[draw], remains)
                continue
            for draw in range(count):
                removed[draw] = as_delivered(ways, way[draw]) * own[draw]
                remains = remaining_share(removed[draw] * factor[draw])
                here[draw] = remains
                smallest[draw] = remains
                highest[draw] = remains
            for group in range(group_first[entry], group_first[entry + 1]):
                down[:] = 0.0
                up[:] = 0.0
                for place in range(lift_first[group], lift_first[group + 1]):
                    other = lifts[place]
                    _deployed(deployed[:, other.state], delivered[other.enabler], by)
                    strength = lift[other.row]
                    for draw in range(count):
                        by[draw] *= other.weight * strength[draw]
                        moved[draw] = -removed[draw] * by[draw]
                    if groups == 1:
                        for draw in range(count):
                            by[draw] += factor[draw]
                            moved[draw] = 1.0
                        take_share(moved, removed, by)
                        for draw in range(count):
                            moved[draw] -= here[draw]
                    change[place] = moved
                    for draw in range(count):
                        down[draw] = min(down[draw], moved[draw])
                        up[draw] = max(up[draw], moved[draw])
                for draw in range(count):
                    smallest[draw] += down[draw]
                    highest[draw] += up[draw]
            for draw in range(count):
                smallest[draw] = max(0.0, smallest[draw])
                lowest[draw] = min(lowest[draw], smallest[draw])
                most[draw] = max(most[draw], highest[draw])


@njit(cache=True, nogil=True)
def _deployed(effects: FloatArray, delivered: Deliveries, out: FloatArray) -> None:
    """Deployed effect of a state (`Delivered`) as it is delivered: `out` (draw)."""
    ways = by_way(effects)
    for draw in range(len(out)):
        out[draw] = as_delivered(ways, delivered[draw])


@njit(cache=True, nogil=True)
def _add_scaled(out: FloatArray, scale: float, values: FloatArray) -> None:
    for draw in range(len(out)):
        out[draw] += scale * values[draw]


@njit(cache=True, nogil=True, error_model="numpy")
def chosen_products(
    pools: IntArray,
    pool_first: IntArray,
    terms: Table,
    fixed: Table,
    term_lift_first: IntArray,
    term_lifts: Table,
    state: IntArray,
    deployed: FloatArray,
    effect: FloatArray,
    lift: FloatArray,
    delivered: Deliveries,
    products: FloatArray,
) -> None:
    """Products of some pools at a choice in every draw, Eq. (2): fills `products` (one of `pools`, draw).

    Parameters
    ----------
    term_lifts : structured array
        Lifts of a term by options that are a choice; `entry` and `state` mean nothing here.
    state : array (option)
        −1 where an option does not start.
    """
    for first in range(0, products.shape[1], AT_ONCE):
        end = min(first + AT_ONCE, products.shape[1])
        count = end - first
        lifted, one = np.empty(count), np.empty(count)
        for place in range(len(pools)):
            pool, product = pools[place], products[place, first:end]
            product[:] = 1.0
            for term in range(pool_first[pool], pool_first[pool + 1]):
                item = terms[term]
                own = state[item.option]
                if own < 0:
                    continue
                lifted[:] = 1.0
                for number in range(item.fixed, item.end):
                    _add_scaled(lifted, fixed[number].weight, lift[fixed[number].row, first:end])
                for number in range(term_lift_first[term], term_lift_first[term + 1]):
                    other = term_lifts[number]
                    if state[other.enabler] >= 0:
                        _deployed(deployed[:, state[other.enabler]], delivered[other.enabler, first:end], one)
                        strength = lift[other.row, first:end]
                        for draw in range(count):
                            lifted[draw] += other.weight * strength[draw] * one[draw]
                _deployed(deployed[:, own], delivered[item.option, first:end], one)
                drawn = effect[item.row, first:end]
                for draw in range(count):
                    one[draw] *= min(1.0, drawn[draw] * item.scale)
                take_share(product, one, lifted)


@njit(cache=True, nogil=True)
def add_products(
    pools: IntArray,
    amount: FloatArray,
    factor: FloatArray,
    category: IntArray,
    products: FloatArray,
    before: FloatArray,
    pooled: FloatArray,
) -> None:
    """Add to `pooled` (draw) what some pools come to: `amount` · `factor` · products, less what they came to before.

    Parameters
    ----------
    products : array (one of `pools`, draw)
    before : array (pool, draw)
        Without rows: nothing before.
    """
    for place in range(len(pools)):
        pool, product = pools[place], products[place]
        background = factor[category[pool]]
        if len(before):
            was = before[pool]
            for draw in range(len(pooled)):
                pooled[draw] += amount[pool] * background[draw] * (product[draw] - was[draw])
        else:
            for draw in range(len(pooled)):
                pooled[draw] += amount[pool] * background[draw] * product[draw]
