"""Labels that stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import inf


def spread(places: Sequence[float], sizes: Sequence[float], within: tuple[float, float] = (-inf, inf)) -> list[float]:
    """Middles of labels, moved as little as needed so that labels of these sizes stand beside each other in their order.

    Parameters
    ----------
    within : (float, float)
        Ends between which all labels stand; those that have no room there reach over the upper one.
    """
    order = sorted(range(len(places)), key=lambda item: places[item])
    ends = list(accumulate((sizes[item] for item in order), initial=0.0))
    middles = [end + sizes[item] / 2.0 for end, item in zip(ends, order, strict=False)]
    # Counted from where it stands in an unbroken row a label may only not lie below the one before: neighbours that would
    # are pooled at their mean.
    pools: list[tuple[float, int]] = []  # mean, members
    for item, middle in zip(order, middles, strict=True):
        mean, members = places[item] - middle, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, members = (mean * members + other * more) / (members + more), members + more
        pools.append((mean, members))
    low, high = within[0], max(within[0], within[1] - ends[-1])
    means = [min(max(mean, low), high) for mean, members in pools for _ in range(members)]
    placed = list(places)
    for item, middle, mean in zip(order, middles, means, strict=True):
        placed[item] = mean + middle
    return placed
