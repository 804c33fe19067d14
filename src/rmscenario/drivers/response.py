"""A fixed plan as a function of draws: the residual of each target in its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import TargetLine, build_structure, target_lines
from rmscenario.options import build_options
from rmscenario.options.deployment import FloatArray
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.stress.deployment import Delivery, delivery_of
from rmscenario.stress.quantities import FixedChoice
from rmscenario.uncertainty import Draws, Risk, UncertainInputs, at_modes, uncertain_inputs
from rmscenario.uncertainty.inputs import FIXED

BoolArray = npt.NDArray[np.bool_]


class FixedPlan:
    """A plan that is evaluated and never planned again, on the targets whose year lies within the period."""

    def __init__(self, region: Region, plan: Plan) -> None:
        self.region = region
        self.table = build_options(region)
        self.structure = build_structure(region, self.table)
        self.choice = self.table.choice(plan)
        self.inputs = uncertain_inputs(region, self.table, self.choice)
        self.delivery = delivery_of(region, self.table, self.choice)
        self.lines = tuple(line for line in target_lines(self.structure) if line.position < len(self.table.years))
        self._whole = self.part(self.lines)

    def part(self, lines: Sequence[TargetLine], delivery: Delivery | None = None) -> Part:
        """Some lines of the plan, or of other deliveries of its options."""
        return Part(self, tuple(lines), self.delivery if delivery is None else delivery)

    def residual(self, draws: Draws) -> FloatArray:
        """Residual of each target in its year (cumulative: of the sum): array (target, draw) [the target's unit]."""
        return self._whole.residual(draws)

    def modes(self) -> Draws:
        """Draws in which every input is at its mode and every start on time: what the plan itself says."""
        return at_modes(self.inputs)

    @property
    def planned(self) -> FloatArray:
        """Residuals that the plan itself says: array (target) [the target's unit]."""
        planned: FloatArray = self.residual(self.modes())[:, 0]
        return planned


class Part:
    """Lines of a plan, compiled: what they come to in their years."""

    def __init__(self, plan: FixedPlan, lines: tuple[TargetLine, ...], delivery: Delivery) -> None:
        weights = np.stack([year_weights(line) for line in lines]) if lines else np.zeros((0, len(plan.table.years)))
        years = np.flatnonzero(weights.any(axis=0))
        self._weights = weights[:, years]
        self._choice = FixedChoice(
            structure=plan.structure,
            inputs=_any_delivery(plan),
            delivery=delivery,
            lines=lines,
            prices=np.zeros_like(plan.structure.leaf_amount),
            years=years,
        )

    def residual(self, draws: Draws) -> FloatArray:
        """Residual of each line in its year (cumulative: of the sum): array (line, draw) [the quantity's unit]."""
        amounts = self._choice.evaluate(draws).residual
        weighted: FloatArray = (self._weights[:, :, None] * amounts).sum(axis=1)
        return weighted


def _any_delivery(plan: FixedPlan) -> UncertainInputs:
    """The inputs with every option at risk, so that also one that surely comes can be cancelled."""
    inputs = plan.inputs
    sure = set(range(inputs.option_count)) - {risk.option for risk in inputs.risks}
    return replace(inputs, risks=(*inputs.risks, *(Risk(option=n, input=FIXED, bounds=()) for n in sorted(sure))))


def year_weights(line: TargetLine) -> FloatArray:
    """Which years' amounts a target's residual is the sum of: array (year) [1]."""
    if line.cumulative:
        return line.held.astype(np.float64)
    weights = np.zeros(len(line.held))
    weights[line.position] = 1.0
    return weights


def restricted(delivery: Delivery, options: BoolArray) -> Delivery:
    """The delivery of some options alone."""
    return replace(
        delivery, started=delivery.started & options, effect=np.where(options[:, None, None], delivery.effect, 0.0)
    )
