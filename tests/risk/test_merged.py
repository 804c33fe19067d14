"""Groups that become one: what the relaxation knew of them is not lost, and what it is told then holds for every choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rmscenario.emissions.structure import FloatArray
from rmscenario.planning.aims import RiskyAim
from rmscenario.planning.bounding import Bounding
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import priced_lines, priced_objective
from rmscenario.planning.problem import build_problem
from rmscenario.planning.progress import never
from rmscenario.planning.rows import stacked
from rmscenario.planning.solver import Solved, Stopped
from rmscenario.risk.arranged import RiskOptions
from rmscenario.risk.drawn import planning_draws
from rmscenario.risk.held import Rule, UnderRisk
from rmscenario.risk.planner import RiskPlanner
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, DrawSource, uncertain_inputs
from tests.planning.enumeration import enumerate_choices
from tests.risk.brute import EXACT
from tests.risk.regions import together, uncertain_region

DRAWS = 150
#: Regions in which several groups weigh something.
SEEDS = (
    1,
    5,
    9,
    12,
    17,
    24,
    29,
    31,
    33,
    35,
    36,
    37,
    41,
    42,
    44,
    51,
    52,
    53,
    57,
    58,
    61,
    63,
    69,
    73,
    74,
    75,
    77,
    78,
    79,
    80,
    81,
    84,
    86,
    87,
    88,
    94,
    96,
    112,
    113,
    116,
)
#: Rounds of cuts before groups become one.
ROUNDS = 3
#: [1] What the solver's tolerances leave open of a value.
WIDTH = 1e-7


@pytest.mark.parametrize("seed", SEEDS)
def test_merged_groups_bound_as_high_as_before_and_below_every_choice(seed: int) -> None:
    model = uncertain_region(seed)
    dear = {"hard": False, "shortfall_price": 1e6, "confidence": None, "cvar": None, "expected": False}
    problem = build_problem(replace(model, targets=tuple(row.model_copy(update=dear) for row in model.targets)))
    inputs = uncertain_inputs(problem.region, problem.frame.structure.table)
    draws = planning_draws(DrawSource(inputs, seed, Sampler.RANDOM), DRAWS)
    found = enumerate_choices(problem)
    choices = found.choices[found.feasible]
    rules = {line.target.target: Rule(0.8) for line, _ in priced_lines(problem)}
    aims = UnderRisk(problem=problem, draws=draws, rules=rules)
    objective = priced_objective(problem, aims)
    rows = stacked(problem.rows, problem.frame.columns)
    bounding = Bounding(frame=problem.frame, rows=rows, options=SearchOptions(), stop=never)
    columns, values, constant = bounding.expression_of(objective)
    dice, merged = np.random.default_rng(seed), []

    def relaxed() -> Solved:
        bounding.set_costs(columns, values)
        solved = bounding.master.relax()
        assert solved.stopped is Stopped.OPTIMAL
        return solved

    for (hinge, _), tails in zip(objective.hinges, aims.tails, strict=True):
        for number in dice.choice(len(choices), size=3):
            bounding.groups.open(hinge, (tails.group(hinge.line.position, choices[number]),))
        for _ in range(ROUNDS):
            bounding.epigraphs.separate(relaxed().values)
        before = relaxed()
        merged.append(bounding.merge([hinge], before.duals))
        assert relaxed().objective >= before.objective - WIDTH * max(1.0, abs(before.objective))
    assert any(merged)
    judge, states = Judge(frame=problem.frame, rows=rows), len(problem.frame.structure.table.states)
    for choice in choices[dice.permutation(len(choices))[:12]]:
        taken = problem.frame.columns_chosen(choice)[:states]
        bounding.master.set_bounds(taken, taken)
        value = judge.value(objective, choice)
        assert relaxed().objective + constant <= value + WIDTH * max(1.0, abs(value))


@pytest.mark.parametrize("seed", [12, 32])
def test_groups_of_two_targets_that_are_merged_at_once_bound_as_high_as_before(seed: int) -> None:
    model = together(uncertain_region(seed, 128), Random(seed))
    dear = {"hard": False, "shortfall_price": 1e5, "confidence": None, "cvar": 0.8, "expected": False}
    model = replace(model, targets=tuple(row.model_copy(update=dear) for row in model.targets))
    merge, several = Bounding.merge, []

    def merged(self: Bounding, hinges: Sequence[RiskyAim], duals: FloatArray) -> int:
        before = self.master.relax().objective
        count = merge(self, hinges, duals)
        assert self.master.relax().objective >= before - WIDTH * max(1.0, abs(before))
        several.append(count)
        return count

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Bounding, "merge", merged)
        RiskPlanner(model, EXACT, RiskOptions(planning=400, choosing=400, certifying=8 * REPLICATE, bounding=0)).plan()
    assert max(several) > 1
