"""Shares of a variance from pairs of replicates: Sobol indices and Shapley effects, with intervals.

All estimates are means of half squared differences `u(J) = ½ E (f(X) − f(X kept on J))²`, where all but `J` is drawn
anew, given `J`: `u(∅)` is the variance, `u(all)` is 0, and `u(J)` the expected variance that is left once `J` is known.
Differences need no centring, so that a large mean costs no digits. The first order index is the mean product of the two
differences that exchanging a group makes: its error is in proportion to the index itself, not to the whole variance.

References
----------
M. J. W. Jansen (1999), Analysis of variance designs for model output, Computer Physics Communications 117, 35–43,
doi 10.1016/S0010-4655(98)00154-4.
A. Saltelli et al. (2010), Variance based sensitivity analysis of model output, Computer Physics Communications 181,
259–270, doi 10.1016/j.cpc.2009.09.018.
A. B. Owen (2013), Better estimation of small Sobol' sensitivity indices, ACM TOMACS 23(2), 11,
doi 10.1145/2457459.2457460.
E. Song, B. L. Nelson, J. Staum (2016), Shapley effects for global sensitivity analysis, SIAM/ASA J. Uncertainty
Quantification 4, 1060–1083, doi 10.1137/15M1048070.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.options.deployment import FloatArray
from rmscenario.uncertainty.intervals import half_width


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Shares of a variance with their confidence intervals over replicates: arrays (…) [1]."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Indices:
    """Sobol indices: first order (alone) and total (with all interactions), arrays (group, output) [1].

    `pairs` is the number of pairs of replicates behind them.
    """

    first: Shares
    total: Shares
    pairs: int


def half_square(one: FloatArray, other: FloatArray) -> FloatArray:
    """Mean over draws of half the squared difference: array (…, draw) → array (…)."""
    mean: FloatArray = np.square(one - other).mean(axis=-1) / 2.0
    return mean


class SobolSums:
    """Sobol indices of groups that are independent of each other, a pair of replicates after the other."""

    def __init__(self) -> None:
        self._variance: list[FloatArray] = []
        self._first: list[FloatArray] = []
        self._total: list[FloatArray] = []

    def add(self, here: FloatArray, there: FloatArray, here_from: FloatArray, there_from: FloatArray) -> None:
        """Add a pair.

        Parameters
        ----------
        here, there : array (output, draw)
            The function on each of two independent replicates.
        here_from, there_from : array (group, output, draw)
            On each of them, with each group in turn taken from the other.
        """
        self._variance.append(half_square(here, there))
        self._first.append(((here - here_from) * (there_from - there)).mean(axis=-1) / 2.0)
        self._total.append((half_square(here, here_from) + half_square(there, there_from)) / 2.0)

    def indices(self) -> Indices:
        """First and total indices with intervals."""
        return Indices(
            first=shares(self._first, self._variance),
            total=shares(self._total, self._variance),
            pairs=len(self._variance),
        )


class ShapleySums:
    """Shapley effects of groups that may depend on each other: averages over orders of what each explains next."""

    def __init__(self, groups: int) -> None:
        self._groups = groups
        self._variance: list[FloatArray] = []
        self._parts: list[FloatArray] = []

    def add(self, orders: Sequence[tuple[Sequence[int], FloatArray]]) -> None:
        """Add a pair of replicates, gone through in some orders of the groups.

        Parameters
        ----------
        orders : sequence of (order, array (group + 1, output, draw))
            The function with the first 0, 1, … all groups of the order kept and the rest drawn anew given them.
        """
        outputs = orders[0][1].shape[1]
        variance, parts = np.zeros(outputs), np.zeros((self._groups, outputs))
        for order, nested in orders:
            left = half_square(nested, nested[-1])
            variance += left[0] / len(orders)
            parts[list(order)] += (left[:-1] - left[1:]) / len(orders)
        self._variance.append(variance)
        self._parts.append(parts)

    def effects(self) -> Shares:
        """Shapley effects with intervals, array (group, output); they sum to 1."""
        return shares(self._parts, self._variance)


def shares(parts: Sequence[FloatArray], whole: Sequence[FloatArray]) -> Shares:
    """Ratios of means over replicates, with t intervals of their linearised errors; 0 where the whole is 0.

    Parameters
    ----------
    parts : one array (…, output) for each replicate
    whole : one array (output) for each replicate
    """
    upper, lower = np.stack(parts), np.stack(whole)
    mean = lower.mean(axis=0)
    safe = np.where(mean > 0, mean, 1.0)
    value = np.where(mean > 0, upper.mean(axis=0) / safe, 0.0)
    count = len(upper)
    if count < 2:
        endless = np.where(mean > 0, np.inf, 0.0) * np.ones_like(value)
        return Shares(value=value, low=value - endless, high=value + endless)
    away = (upper - value * np.expand_dims(lower, tuple(range(1, upper.ndim - 1)))) / safe
    error = np.sqrt(np.square(away).sum(axis=0) / (count - 1) / count)
    width = half_width(error, count)
    return Shares(value=value, low=value - width, high=value + width)
