"""What a scenario wishes of draws: a share of them in which one target, or all together, are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine
from rmscenario.emissions.structure import FloatArray
from rmscenario.errors import Fault, InputError
from rmscenario.region.vocabulary import TargetForm
from rmscenario.risk.measures import most_missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Targets that shall all be met, each in its year, in at least a share of the draws."""

    lines: tuple[TargetLine, ...]
    confidence: float
    joint: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the targets."""
        return tuple(line.target.target for line in self.lines)


def wishes(lines: Sequence[TargetLine], joint: float | None) -> tuple[Wish, ...]:
    """The wishes of single targets, and last the one of all together.

    Raises
    ------
    InputError
        When all together cannot be wished for.
    """
    found = [
        Wish(lines=(line,), confidence=line.target.confidence) for line in lines if line.target.confidence is not None
    ]
    if joint is not None:
        together = aimed_at(lines)
        _check(together)
        found.append(Wish(lines=together, confidence=joint, joint=True))
    return tuple(found)


def aimed_at(lines: Iterable[TargetLine]) -> tuple[TargetLine, ...]:
    """Targets that a priced plan aims at: hard ones, and those whose shortfall has a price."""
    return tuple(line for line in lines if line.target.aimed_at)


def _check(together: Sequence[TargetLine]) -> None:
    place, expected = "[planning]", "targets of single years that a priced plan aims at"
    faults = [
        Fault(
            file=place,
            column="joint_confidence",
            found=f"the sum over years {line.target.target} among the targets",
            expected=expected,
            remedy="switch it off (active = no)",
        )
        for line in together
        if line.target.form is TargetForm.CUMULATIVE
    ]
    if not together:
        found = "no target that is hard or whose shortfall has a price"
        remedy = "give a target a shortfall_price"
        faults.append(Fault(file=place, column="joint_confidence", found=found, expected=expected, remedy=remedy))
    if faults:
        raise InputError(faults)


def met_draws(residual: FloatArray, line: TargetLine) -> npt.NDArray[np.bool_]:
    """Draws that meet a target, by the one rule: array (draw) bool."""
    return is_met(residual, line.cap, line.base)


def kept_draws(wish: Wish, residuals: Iterable[FloatArray]) -> npt.NDArray[np.bool_]:
    """Draws that meet all targets of a wish: array (draw) bool; residuals in the order of its lines."""
    met = [met_draws(residual, line) for residual, line in zip(residuals, wish.lines, strict=True)]
    kept: npt.NDArray[np.bool_] = np.logical_and.reduce(met)
    return kept


def excesses(wish: Wish, residuals: Sequence[FloatArray], prices: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    """What is too much in each draw, Eq. (28): largest share of a base by which hard targets are exceeded, price of the rest.

    Parameters
    ----------
    residuals : arrays (draw), one for each target [the target's unit]
    prices : one for each target [million DKK per unit]
    """
    hard, soft = np.zeros(len(residuals[0])), np.zeros(len(residuals[0]))
    for line, residual, price in zip(wish.lines, residuals, prices, strict=True):
        over = np.where(met_draws(residual, line), 0.0, residual - line.cap)
        if line.target.hard:
            hard = np.maximum(hard, over / max(1.0, abs(line.base)))
        else:
            soft = soft + price * over
    return hard, soft


def reached(hard: FloatArray, soft: FloatArray, confidence: float) -> tuple[float, float]:
    """What a share of the draws does not exceed, Eq. (28): hard targets first, then the price of the others."""
    at = np.lexsort((soft, hard))[max(0, len(hard) - most_missed(len(hard), confidence) - 1)]
    return float(hard[at]), float(soft[at])


def worst_first(wish: Wish, residuals: Sequence[FloatArray], prices: Sequence[float]) -> npt.NDArray[np.int64]:
    """Draws of a choice, the worst first, ties by number: array (draw).

    Draws that meet everything are told apart by how near the nearest target is, in its own standard deviation.
    """
    hard, soft = excesses(wish, residuals, prices)
    nearest = np.full(len(hard), -np.inf)
    for line, residual in zip(wish.lines, residuals, strict=True):
        spread = float(residual.std())
        nearest = np.maximum(nearest, (residual - line.cap) / (spread if spread > 0 else 1.0))
    return np.lexsort((-nearest, -soft, -hard))


def given_up(wish: Wish, residuals: Sequence[FloatArray], prices: Sequence[float], count: int) -> npt.NDArray[np.bool_]:
    """The worst draws of a choice, so many of them: array (draw) bool."""
    worst = np.zeros(len(residuals[0]), dtype=np.bool_)
    worst[worst_first(wish, residuals, prices)[:count]] = True
    return worst
