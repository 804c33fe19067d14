"""The draws that signposts are read from: residuals, and what can be observed of each draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rmscenario.assessment.attribution import attribute
from rmscenario.drivers.groups import Sort, initiative_of
from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.single import failures, tornado
from rmscenario.emissions import TargetLine
from rmscenario.options.deployment import FloatArray
from rmscenario.signposts.observables import Observable, Observer
from rmscenario.signposts.prim import BoolArray
from rmscenario.uncertainty import REPLICATE, DrawSource

#: Initiatives whose effect and whose delivery are observed one by one: those with the widest bars and the largest losses.
INITIATIVES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Residuals and observables of draws.

    Attributes
    ----------
    residual : array (draw) [the target's unit]
    series : tuple (observable) of arrays (year, draw) [1]
        What is observed at the end of each of the observable's years.
    outcome : array (draw, observable) [1]
        What each has come to in the target's year.
    planned_series : tuple (observable) of arrays (year) [1]
    planned_outcome : array (observable) [1]
        The same with every input at its mode and every start on time.
    """

    observables: tuple[Observable, ...]
    residual: FloatArray
    series: tuple[FloatArray, ...]
    outcome: FloatArray
    planned_series: tuple[FloatArray, ...]
    planned_outcome: FloatArray

    def among(self, draws: BoolArray) -> Drawn:
        """Some of the draws."""
        return Drawn(
            observables=self.observables,
            residual=self.residual[draws],
            series=tuple(series[:, draws] for series in self.series),
            outcome=self.outcome[draws],
            planned_series=self.planned_series,
            planned_outcome=self.planned_outcome,
        )


def draw(
    plan: FixedPlan,
    line: TargetLine,
    source: DrawSource,
    replicates: int,
    *,
    expected_background: bool,
    progress: Callable[[int, int], None] = lambda _, __: None,
    stop: Callable[[], bool],
) -> Drawn:
    """Evaluate a plan on draws and observe them; stopped, on those made so far, at least two replicates."""
    modes = plan.modes()
    observer = Observer(plan, line, _watched(plan, line, source), _tonnes(plan, line))
    number = plan.lines.index(line)
    residual, series, outcome = [], [], []
    for replicate in range(replicates):
        draws = source.replicate(replicate)
        if expected_background:
            draws = replace(draws, background=modes.background)
        residual.append(plan.residual(draws)[number])
        series.append(observer.series(draws))
        outcome.append(observer.outcomes(draws))
        progress(REPLICATE * (replicate + 1), REPLICATE * replicates)
        if replicate > 0 and stop():
            break
    return Drawn(
        observables=observer.observables,
        residual=np.concatenate(residual),
        series=tuple(np.concatenate(parts, axis=1) for parts in zip(*series, strict=True)),
        outcome=np.concatenate(outcome, axis=1).T,
        planned_series=tuple(values[:, 0] for values in observer.series(modes)),
        planned_outcome=observer.outcomes(modes)[:, 0],
    )


def _watched(plan: FixedPlan, line: TargetLine, source: DrawSource) -> list[str]:
    """Initiatives that move the target most: by what their effect turns out, and by whether they come."""
    target = line.target.target
    bars = (bar.name for bar in tornado(plan) if bar.target == target and bar.sort is Sort.EFFECT)
    widest = [initiative_of(name) for name in bars if name.startswith("effect:")]
    lost = [item.initiative for item in failures(plan, source, 1) if item.target == target]
    return list(dict.fromkeys([*widest[:INITIATIVES], *lost[:INITIATIVES]]))


def _tonnes(plan: FixedPlan, line: TargetLine) -> FloatArray:
    """What each option removes in the plan, in the target's year: array (option) [the target's unit]."""
    tonnes: FloatArray = attribute(plan.structure, plan.choice, line.leaves)[1][:, line.position]
    return tonnes
