"""Small regions in which everything is uncertain."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import numpy as np
import numpy.typing as npt

from rmscenario.errors import NoPlanError
from rmscenario.plan import Plan
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import Mode, PlannerOptions, plan_region
from rmscenario.planning.problem import Problem
from rmscenario.region import Region
from rmscenario.region.risk import DeliveryRisk, Uncertainty
from rmscenario.scenario.run_options import Sampler
from rmscenario.worlds import WorldsOf
from tests.planning.enumeration import MADE_UP, Enumeration, enumerate_choices, priced_values, small_region


def uncertain_region(seed: int, most: int = 300) -> Region:
    """A small region with spread effects, lifts, background and money, correlation groups and risky delivery."""
    dice = Random(seed + 20_000)
    model = small_region(seed, most)
    names = [row.initiative for row in model.initiatives]

    def spread(mode: float, largest: float) -> dict[str, float]:
        ends = mode * dice.uniform(0.3, 1.0), min(largest, mode * dice.uniform(1.0, 1.6))
        return {"low": min(*ends, mode), "high": max(*ends, mode)}

    money = [
        Uncertainty(kind=kind, subject=subject, distribution="pert", low=0.8, mode=1.0, high=1.7, **MADE_UP)
        for kind in ("capex", "opex", "saving")
        for subject in (None, *names)
        if dice.random() < 0.4
    ]
    grouped = [
        Uncertainty(
            kind="effect",
            subject=name,
            distribution=dice.choice(["pert", "triangular"]),
            correlation_group=dice.choice(["one", "two"]),
            correlation=dice.choice([0.5, 0.9, 1.0]),
            **MADE_UP,
        )
        for name in names
        if dice.random() < 0.6
    ]
    return replace(
        model,
        effects=tuple(
            row.model_copy(update=spread(row.mode, 1.0 if row.basis != "absolute" else np.inf)) for row in model.effects
        ),
        enablers=tuple(row.model_copy(update=spread(row.mode, np.inf)) for row in model.enablers),
        background=tuple(
            row.model_copy(
                update={"strong": row.mode * dice.uniform(0.5, 1.0), "weak": row.mode * dice.uniform(1.0, 1.4)}
            )
            for row in model.background
        ),
        uncertainty=tuple(money + grouped),
        delivery_risk=(
            DeliveryRisk(
                initiative=None,
                slip_one=0.2,
                slip_two=0.1,
                partial=0.15,
                partial_uptake=0.4,
                cancelled=0.1,
                unit_correlation=dice.choice([0.0, 0.5]),
                **MADE_UP,
            ),
        ),
    )


def worlds_of(
    model: Region, plan: Plan, seed: int, *, mode: Mode = Mode.PRICED, sampler: Sampler = Sampler.RANDOM
) -> WorldsOf:
    """Worlds of a region and a plan, each planned to a gap of nothing."""
    return WorldsOf(region=model, plan=plan, mode=mode, seed=seed, sampler=sampler, gap=0.0, nodes=20_000)


@cache
def planned_worlds(
    seed: int, most: int = 300, *, mode: Mode = Mode.PRICED, hard: bool = False, sampler: Sampler = Sampler.RANDOM
) -> WorldsOf | None:
    """Worlds of an uncertain region, whose first target may be hard, and its best plan; None if there is no plan."""
    model = uncertain_region(seed, most)
    if hard:
        first, *others = model.targets
        model = replace(model, targets=(first.model_copy(update={"hard": True}), *others))
    try:
        planned = plan_region(model, PlannerOptions(mode=mode, search=SearchOptions(gap=0.0, max_rounds=200)))
    except NoPlanError:
        return None
    return worlds_of(model, planned.plan, seed, mode=mode, sampler=sampler)


def enumerated(problem: Problem) -> tuple[Enumeration, npt.NDArray[np.float64]]:
    """Every choice of a problem, and its priced objective; infinite where it breaks a rule [million DKK]."""
    found = enumerate_choices(problem)
    return found, np.where(found.feasible, priced_values(problem, found), np.inf)
