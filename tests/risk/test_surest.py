"""How sure a target could be, where its price does not pay for that: no less than is found where it has to be kept."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rmscenario.risk.confident import Confident
from rmscenario.risk.planner import RiskPlanner
from rmscenario.risk.wishes import met_draws
from tests.planning.enumeration import enumerate_choices
from tests.risk.brute import planner
from tests.risk.enumeration import drawn_residuals
from tests.risk.regions import uncertain_region, with_rule

DRAWS, CONFIDENCE, CHEAP = 200, 0.97, 0.01
#: Regions in which no choice is as sure, and the priced search alone says less than the surest choice comes to.
SEEDS = (5, 12, 24, 28, 33, 35, 53, 60, 68, 70, 79)


def asked(seed: int, *, hard: bool) -> RiskPlanner:
    """A region whose first target shall be met in nearly all draws, hard or at next to no price; no other is hard."""
    model = with_rule(uncertain_region(seed, 128), Random(seed), {"confidence": CONFIDENCE})
    targets = tuple(
        row.model_copy(update={"hard": hard and not number, "shortfall_price": CHEAP})
        for number, row in enumerate(model.targets)
    )
    return planner(replace(model, targets=targets), DRAWS, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_surest_plan_found_is_as_sure_as_any_choice_and_as_what_is_found_where_it_has_to_be(seed: int) -> None:
    soft, hard = asked(seed, hard=False), asked(seed, hard=True)
    problem = soft.arranged.problem
    line = problem.lines[0]
    found = enumerate_choices(problem)
    drawn = drawn_residuals(problem, line, found.choices[found.feasible], soft.arranged.choosing, line.position)
    most = max(float(np.mean(met_draws(residual, line))) for residual in drawn)
    assert most < CONFIDENCE
    reported = soft.plan().report.targets[0].furthest
    assert reported == most
    search = Confident(hard.arranged, hard.wishes, hard.expected())
    search.plan()
    assert reported >= search.furthest(hard.wishes[0])
