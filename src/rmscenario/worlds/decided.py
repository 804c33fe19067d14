"""The one input that tells best which way something goes: by rank correlation, with a single split and its rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from rmscenario.emissions.structure import FloatArray
from rmscenario.options import Option

#: [1] Confidence of intervals, and against finding a deciding input among many by chance.
CONFIDENCE = 0.95
#: How names of what is seen of a start begin.
DELIVERY = "delivery:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The input whose rank goes best with whether an option starts.

    Attributes
    ----------
    correlation : float [1]
        Rank correlation; positive: it starts where the input is high.
    split : float [1]
        Share of worlds that lie below the best single split of the input.
    right : float [1]
        Share of worlds in which that split alone tells whether the option starts.
    """

    input: str
    correlation: float
    split: float
    right: float


def as_planned(options: Sequence[Option], delivered: npt.NDArray[np.int8]) -> tuple[tuple[str, ...], FloatArray]:
    """How near to what was planned starts come: names, and array (option, world) of which only ranks count.

    On time is nearest, then one and two years late, then in part, then never: the order of `Delivered`.

    Parameters
    ----------
    delivered : array (world, option) of `Delivered`
    """
    return tuple(f"{DELIVERY}{':'.join(option.key)}" for option in options), -delivered.T.astype(np.float64)


def ranked(values: FloatArray) -> FloatArray:
    """Ranks of each row, equal values at their mean rank: array (row, column)."""
    ranks = np.empty(values.shape)
    for row, line in enumerate(values):
        _, first, counts = np.unique(line, return_inverse=True, return_counts=True)
        ends = np.cumsum(counts)
        ranks[row] = (ends - (counts - 1) / 2)[first]
    return ranks


def decided_by(names: tuple[str, ...], ranks: FloatArray, starts: npt.NDArray[np.bool_]) -> Decided | None:
    """The input with the largest rank correlation, if that is larger than chance gives among so many."""
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    goes = starts - starts.mean()
    norm = np.sqrt((centred**2).sum(axis=1) * (goes**2).sum())
    correlation = np.divide(centred @ goes, norm, out=np.zeros(len(ranks)), where=norm > 0)
    if not len(names):
        return None
    best = int(np.argmax(np.abs(correlation)))
    chance = float(ndtri(1.0 - (1.0 - CONFIDENCE) / 2 / len(names))) / np.sqrt(max(1, len(starts) - 1))
    if abs(correlation[best]) <= chance:
        return None
    order = np.argsort(ranks[best], kind="stable")
    sorted_starts = starts[order] if correlation[best] > 0 else ~starts[order]
    # Below the split it does not start, above it does: right are the others below and the starts above.
    right = (
        np.concatenate([[0], np.cumsum(~sorted_starts)])
        + sorted_starts.sum()
        - np.concatenate([[0], np.cumsum(sorted_starts)])
    )
    at = int(np.argmax(right))
    return Decided(
        input=names[best],
        correlation=float(correlation[best]),
        split=at / len(starts),
        right=float(right[at]) / len(starts),
    )
