"""What the spread of a fixed plan's residuals comes from: Sobol indices by independent groups, Shapley effects by spoken ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from math import factorial

import numpy as np

from rmscenario.drivers.exchange import exchanged
from rmscenario.drivers.groups import BoolArray, Group
from rmscenario.drivers.indices import Indices, ShapleySums, Shares, SobolSums
from rmscenario.options.deployment import FloatArray
from rmscenario.uncertainty import Draws, DrawSource, UncertainInputs

Response = Callable[[Draws], FloatArray]


def never() -> bool:
    """Do not stop."""
    return False


def sobol(
    response: Response,
    inputs: UncertainInputs,
    source: DrawSource,
    groups: Sequence[Group],
    *,
    pairs: int,
    stop: Callable[[], bool] = never,
) -> Indices:
    """Sobol indices of groups that are independent of each other, arrays (group, output).

    Parameters
    ----------
    response : callable
        From draws to array (output, draw).
    pairs : int
        Pairs of replicates: each needs two evaluations, and two for each group.
    """
    sums = SobolSums()
    for number in range(pairs):
        one, other = source.replicate(2 * number), source.replicate(2 * number + 1)
        sums.add(
            response(one),
            response(other),
            np.stack([response(exchanged(inputs, one, other, group.members)) for group in groups]),
            np.stack([response(exchanged(inputs, other, one, group.members)) for group in groups]),
        )
        if stop():
            break
    return sums.indices()


def shapley(
    response: Response,
    source: DrawSource,
    groups: Sequence[Group],
    *,
    pairs: int,
    seed: int = 0,
    stop: Callable[[], bool] = never,
) -> Shares:
    """Shapley effects of groups that may depend on each other, arrays (group, output).

    Each pair of replicates goes through the groups in one order and in its reverse; where there are few orders each
    comes equally often.
    """
    sums = ShapleySums(len(groups))
    for number, order in enumerate(_orders(len(groups), pairs, seed)):
        latent, anew = source.latent(2 * number), source.latent(2 * number + 1)
        ends = response(source.draws(anew)), response(source.draws(latent))
        ways: list[tuple[tuple[int, ...], FloatArray]] = []
        for way in (order, order[::-1]):
            kept: BoolArray = np.zeros_like(groups[0].members)
            inner = []
            for group in way[:-1]:
                kept = kept | groups[group].members
                inner.append(response(source.draws(source.redrawn(latent, anew, kept))))
            ways.append((way, np.stack([ends[0], *inner, ends[1]])))
        sums.add(ways)
        if stop():
            break
    return sums.effects()


def _orders(groups: int, pairs: int, seed: int) -> list[tuple[int, ...]]:
    """Orders of groups, each to be gone through both ways."""
    if factorial(groups) <= pairs:
        every = list(permutations(range(groups)))
        return [every[number % len(every)] for number in range(pairs)]
    dice = np.random.default_rng(seed)
    return [tuple(dice.permutation(groups).tolist()) for _ in range(pairs)]
