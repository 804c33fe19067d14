"""Plans by the mean of a tail beside the extensive form: all draws in one model, without cuts."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from benchmarks.extensive import extensive_form
from benchmarks.peers import pyomo_standard_form
from rmscenario.planning.judging import Judge
from rmscenario.planning.planner import priced_objective
from rmscenario.planning.rows import stacked
from rmscenario.region import Region
from rmscenario.risk.held import Rule, UnderRisk
from tests.risk.brute import planner
from tests.risk.regions import uncertain_region, with_rule

DRAWS = 40


def priced_region(seed: int) -> Region:
    """A region whose first target is priced by the mean of its tail, the others at the modes."""
    dice = Random(seed)
    model = with_rule(uncertain_region(seed), dice, {"cvar": dice.choice([0.8, 0.9, 1 / 3]), "hard": False})
    return replace(model, targets=tuple(row.model_copy(update={"hard": False}) for row in model.targets))


@pytest.mark.parametrize("seed", range(30))
def test_the_plan_by_the_mean_of_a_tail_is_the_optimum_of_the_extensive_form(seed: int) -> None:
    plan = planner(priced_region(seed), DRAWS, seed)
    problem, (line,) = plan.arranged.problem, plan.arranged.lines
    if line.position >= len(problem.frame.structure.table.years):
        pytest.skip("the target lies after the period")
    form = extensive_form(problem, line, plan.arranged.draws)
    highs = pyomo_standard_form(form.matrix)
    for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
        highs.setOptionValue(name, value)
    highs.run()
    optimum = form.constant + highs.getInfo().objective_function_value
    chosen = form.choice(np.asarray(highs.getSolution().col_value))
    planned = plan.plan().planned.choice

    rules = {line.target.target: Rule(line.target.cvar or 0.0)}
    objective = priced_objective(problem, UnderRisk(problem=problem, draws=plan.arranged.draws, rules=rules))
    judge = Judge(frame=problem.frame, rows=stacked(problem.rows, problem.frame.columns))
    assert judge.keeps(chosen)
    width = 1e-6 * max(1.0, abs(optimum))
    assert judge.value(objective, chosen) == pytest.approx(optimum, abs=width)
    assert judge.value(objective, planned) == pytest.approx(optimum, abs=width)
