"""Quantities of a fixed choice on draws, a replicate at a time.

All work is done on blocks of one replicate, whatever the number of draws, so that results do not depend on how draws
are cut up and memory does not grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import Structure, TargetLine
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.stress.compiling import compiled
from rmscenario.stress.deployment import Delivery
from rmscenario.stress.kernel import BATCH, evaluate_draws
from rmscenario.uncertainty import REPLICATE, Draws, UncertainInputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A replicate's quantities.

    Attributes
    ----------
    residual : array (target, year, draw) [the target's unit]
        Inside each target's boundary, a year's own amount.
    value : array (draw) [DKK]
        Discounted value of all metered quantities; savings are differences of it.
    clipped : array (draw) bool
        Draws in which at least one effect was above 1 and cut off.
    """

    residual: FloatArray
    value: FloatArray
    clipped: npt.NDArray[np.bool_]


class FixedChoice:
    """A choice compiled for evaluation on draws."""

    def __init__(
        self,
        *,
        structure: Structure,
        inputs: UncertainInputs,
        delivery: Delivery,
        lines: tuple[TargetLine, ...],
        prices: FloatArray,
        years: IntArray,
    ) -> None:
        """Compile; parameters as of `stress.compiling.compiled`."""
        self._shape = (len(lines), len(years), REPLICATE)
        self.tables = compiled(
            structure=structure, inputs=inputs, delivery=delivery, lines=lines, prices=prices, years=years
        )

    def evaluate(self, draws: Draws) -> Outcome:
        """Quantities on one replicate of draws."""
        outcome = Outcome(
            residual=np.zeros(self._shape), value=np.zeros(REPLICATE), clipped=np.zeros(REPLICATE, dtype=np.bool_)
        )
        evaluate_draws(
            self.tables,
            *(in_batches(drawn) for drawn in (draws.effect, draws.lift, draws.background, draws.delivered)),
            *(in_batches(result) for result in (outcome.residual, outcome.value, outcome.clipped)),
        )
        return outcome


def in_batches(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A view with the last dimension cut into batches: array (…, batch, draw)."""
    return values.reshape(*values.shape[:-1], values.shape[-1] // BATCH, BATCH)
