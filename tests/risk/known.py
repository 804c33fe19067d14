"""A region whose probability of meeting its target is known, and intervals of it from draws."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.integrate import quad
from scipy.stats import beta

from rmscenario.planning.problem import build_problem
from rmscenario.region import Region
from rmscenario.risk.certifying import share_met
from rmscenario.risk.drawn import DrawnYear, planning_draws
from rmscenario.risk.wishes import met_draws
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, DrawSource, uncertain_inputs
from rmscenario.uncertainty.intervals import binomial_interval
from tests.regions import plan, region

#: Low, most likely and high effect of each initiative, and the probability that it never starts; sources of 100 t a year.
EFFECTS = {"I1": (0.1, 0.3, 0.5), "I2": (0.0, 0.2, 0.6), "I3": (0.25, 0.25, 0.25), "I4": (0.15, 0.15, 0.15)}
NEVER = {"I1": 0.1, "I2": 0.3, "I3": 0.2, "I4": 0.5}
CAP = 45.0


def known_region() -> Region:
    """One unit, one source, four initiatives that act on all of it."""
    return region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[
            {"initiative": name, "category": "el", "low": low, "mode": mode, "high": high}
            for name, (low, mode, high) in EFFECTS.items()
        ],
        targets=[{"target": "T", "level": CAP, "year": 2030, "confidence": 0.5}],
        delivery_risk=[(name, 0.0, 0.0, never) for name, never in NEVER.items()],
    )


def known_probability() -> float:
    """Every way of delivery, and the product of what is left of two PERT distributions by quadrature."""
    total = 0.0
    for come in product([True, False], repeat=len(EFFECTS)):
        chance, left, uncertain = 1.0, 100.0, []
        for here, (name, (low, mode, high)) in zip(come, EFFECTS.items(), strict=True):
            chance *= 1 - NEVER[name] if here else NEVER[name]
            if here and low < high:
                scale = high - low
                shape = 4 * (mode - low) / scale
                uncertain.append(beta(1 + shape, 5 - shape, loc=low, scale=scale))
            elif here:
                left *= 1 - mode
        total += chance * _met(left, uncertain)
    return total


def _met(left: float, uncertain: list) -> float:  # type: ignore[type-arg]
    if not uncertain:
        return float(left <= CAP)
    if len(uncertain) == 1:
        return float(uncertain[0].sf(1 - CAP / left))
    one, other = uncertain
    low, high = one.support()
    return float(quad(lambda e: one.pdf(e) * other.sf(1 - CAP / (left * (1 - e))), low, high, epsabs=1e-10)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often a 95 % interval holds the known probability, and how wide it is on average [1]."""

    held: float
    width: float


def coverages(seeds: int, replicates: int) -> dict[str, Coverage]:
    """Intervals over seeds: as certified (stratified draws, t between replicates), and two others on plain draws."""
    model, truth = known_region(), known_probability()
    problem = build_problem(model)
    table = problem.frame.structure.table
    choice = table.choice(plan(*((name, "A", 2028) for name in EFFECTS)))
    inputs = uncertain_inputs(model, table)
    (line,) = problem.lines
    found: dict[str, list[tuple[float, float]]] = {}
    for seed in range(seeds):
        met = {}
        for sampler in Sampler:
            draws = planning_draws(DrawSource(inputs, seed, sampler), replicates * REPLICATE)
            year = DrawnYear(frame=problem.frame, line=line, draws=draws, position=line.position)
            met[sampler] = met_draws(year.residual(choice), line)
        plain = met[Sampler.RANDOM]
        intervals = {
            "t between replicates of stratified draws": share_met(met[Sampler.SOBOL])[1:],
            "t between replicates of plain draws": share_met(plain)[1:],
            "exact binomial of plain draws": binomial_interval(int(plain.sum()), len(plain)),
        }
        for name, interval in intervals.items():
            found.setdefault(name, []).append(interval)
    return {name: _coverage(np.asarray(intervals), truth) for name, intervals in found.items()}


def _coverage(intervals: np.ndarray[tuple[int, int], np.dtype[np.float64]], truth: float) -> Coverage:
    low, high = intervals.T
    return Coverage(held=float(np.mean((low <= truth) & (truth <= high))), width=float(np.mean(high - low)))
