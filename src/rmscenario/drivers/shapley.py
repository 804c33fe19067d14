"""The Shapley value: what each of several parts changes, averaged over all orders in which they can come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, combinations
from math import factorial
from typing import TypeVar

import numpy as np

from rmscenario.options.deployment import FloatArray

Player = TypeVar("Player")


def subsets(players: Iterable[Player]) -> Iterable[frozenset[Player]]:
    """Every coalition, none and all included, small ones first."""
    members = tuple(players)
    sizes = range(len(members) + 1)
    return (frozenset(chosen) for chosen in chain.from_iterable(combinations(members, size) for size in sizes))


def shapley(amounts: Mapping[frozenset[Player], FloatArray], players: Iterable[Player], player: Player) -> FloatArray:
    """Shapley value of a part; over all parts the values sum to all of the change.

    Parameters
    ----------
    amounts : mapping of coalition to array
        What there is with only these parts in force.
    """
    members = tuple(players)
    count = len(members)
    value = np.zeros_like(amounts[frozenset()])
    for names in subsets(other for other in members if other != player):
        weight = factorial(len(names)) * factorial(count - len(names) - 1) / factorial(count)
        value += weight * (amounts[names | {player}] - amounts[names])
    return value
