"""A probability of about 10 %: error against time of plain draws, of even draws, and with one direction integrated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import process_time
from typing import Any

import numpy as np

from benchmarks.sizes import Size
from benchmarks.synthetic import synthetic_region
from rmscenario.constants import is_met
from rmscenario.drivers.chance import Way, chance
from rmscenario.drivers.response import FixedPlan, Part
from rmscenario.emissions import TargetLine
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import DrawSource

#: [1] Probability that the cap is set to.
SHARE = 0.1
#: Repetitions with other seeds, and replicates of each.
REPEATS = 40
DRAWN = (4, 16)
INTEGRATED = (2, 4)
#: Replicates behind the truth.
TRUTH = 64


def measure_chance(size: Size, plan: Plan) -> dict[str, Any]:
    """Root mean squared errors and seconds, without and with starts that may be late or cancelled."""
    region = synthetic_region(size)
    return {
        "sure": _measured(replace(region, delivery_risk=()), plan),
        "risky": _measured(region, plan),
        "repeats": REPEATS,
    }


def _measured(region: Region, plan: Plan) -> dict[str, Any]:
    fixed = FixedPlan(region, plan)
    part = fixed.part([fixed.lines[0]])
    source = DrawSource(fixed.inputs, 1, Sampler.SOBOL)
    residual = np.concatenate([part.residual(source.replicate(number))[0] for number in range(TRUTH)])
    line = replace(fixed.lines[0], cap=float(np.quantile(residual, SHARE)))
    fixed.lines = (line, *fixed.lines[1:])
    truth = chance(fixed, 0, 1_000, replicates=TRUTH)
    assert truth.way is Way.INTEGRATED
    drawn = [
        {"way": sampler.value, "replicates": count}
        | _errors(
            lambda seed, s=sampler, n=count: _drawn(part, line, DrawSource(fixed.inputs, seed, s), n), truth.probability
        )
        for sampler in (Sampler.RANDOM, Sampler.SOBOL)
        for count in DRAWN
    ]
    integrated = [
        {"way": "integrated", "replicates": count}
        | _errors(lambda seed, n=count: chance(fixed, 0, seed, replicates=n).probability, truth.probability)
        for count in INTEGRATED
    ]
    ways = [*drawn, *integrated]
    return {"probability": truth.probability, "within": (truth.high - truth.low) / 2, "ways": ways}


def _drawn(part: Part, line: TargetLine, source: DrawSource, replicates: int) -> float:
    met = [is_met(part.residual(source.replicate(number))[0], line.cap, line.base) for number in range(replicates)]
    return float(np.mean(met))


def _errors(told: Callable[[int], float], truth: float) -> dict[str, float]:
    before = process_time()
    errors = [told(seed) - truth for seed in range(REPEATS)]
    return {"error": float(np.sqrt(np.mean(np.square(errors)))), "seconds": (process_time() - before) / REPEATS}
