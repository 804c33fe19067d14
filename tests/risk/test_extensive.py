"""Plans by the mean of a tail beside the extensive form: all draws in one model, without cuts."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import highspy
import numpy as np
import pytest
from benchmarks.extensive import ExtensiveForm, extensive_form
from benchmarks.peers import direct, pyomo_standard_form

from rmscenario.errors import NoPlanError
from rmscenario.planning.judging import Judge
from rmscenario.planning.planner import priced_objective
from rmscenario.planning.rows import stacked
from rmscenario.region import Region
from rmscenario.risk.held import Rule, UnderRisk
from tests.regions import region
from tests.risk.brute import EQUAL, planner
from tests.risk.regions import LEVELS, uncertain_region, with_rule

DRAWS = 40
#: Regions with lifts, absolute amounts, running initiatives, and one (7) whose rules contradict each other.
SEEDS = (1, 3, 7, 9, 12, 21)
#: Most likely effect and capex of six initiatives that all act on the same source; the last adds, and pays for itself.
OVERLAPPING = {
    "I1": (0.3, 2e6),
    "I2": (0.25, 1.2e6),
    "I3": (0.4, 5e6),
    "I4": (0.2, 0.7e6),
    "I5": (0.35, 3e6),
    "I6": (-0.1, 0.0),
}


def priced_region(seed: int) -> Region:
    """A region whose first target is priced by the mean of its tail, the others at the modes."""
    dice = Random(seed)
    model = with_rule(uncertain_region(seed), dice, {"cvar": dice.choice(LEVELS), "hard": False})
    return replace(model, targets=tuple(row.model_copy(update={"hard": False}) for row in model.targets))


def overlapping_region() -> Region:
    """Two units, six initiatives on one source each: one lifts another, each may be late or never come."""
    return region(
        sources=[("A", "el", 1000.0), ("B", "el", 600.0)],
        background=[{"category": "el", "year": 2030, "weak": 1.1, "mode": 0.9, "strong": 0.7}],
        effects=[
            {
                "initiative": name,
                "category": "el",
                "low": min(0.5 * e, 1.4 * e),
                "mode": e,
                "high": max(0.5 * e, 1.4 * e),
            }
            for name, (e, _) in OVERLAPPING.items()
        ],
        initiatives=[{"initiative": name, "earliest": 2028, "latest": 2029, "ramp_years": 2} for name in OVERLAPPING],
        money=[(name, "capex", capex) for name, (_, capex) in OVERLAPPING.items() if capex]
        + [("I6", "saving_cashable", 50_000.0)],
        enablers=[{"enabler": "I1", "initiative": "I4", "low": 0.2, "mode": 0.4, "high": 0.5}],
        targets=[{"target": "T", "level": 500.0, "year": 2030, "cvar": 0.9, "shortfall_price": 1500.0}],
        delivery_risk=[(name, 0.3, 0.1, 0.1) for name in OVERLAPPING],
    )


@pytest.mark.parametrize(
    "model", [overlapping_region(), *map(priced_region, SEEDS)], ids=["overlapping", *map(str, SEEDS)]
)
def test_the_plan_by_the_mean_of_a_tail_is_the_optimum_of_the_extensive_form(model: Region) -> None:
    plan = planner(model, DRAWS, seed=1)
    problem, (line,) = plan.arranged.problem, plan.arranged.lines
    form = extensive_form(problem, line, plan.arranged.draws)
    highs = pyomo_standard_form(form.matrix)
    for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
        assert highs.setOptionValue(name, value) == highspy.HighsStatus.kOk
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        with pytest.raises(NoPlanError):
            plan.plan()
        return
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    optimum = form.constant + highs.getInfo().objective_function_value
    chosen = form.choice(np.asarray(highs.getSolution().col_value))

    rules = {line.target.target: Rule(line.target.cvar or 0.0)}
    objective = priced_objective(problem, UnderRisk(problem=problem, draws=plan.arranged.draws, rules=rules))
    judge = Judge(frame=problem.frame, rows=stacked(problem.rows, problem.frame.columns))
    width = EQUAL * max(1.0, abs(optimum))
    assert judge.keeps(chosen)
    assert judge.value(objective, chosen) == pytest.approx(optimum, abs=width)
    assert judge.value(objective, plan.plan().planned.choice) == pytest.approx(optimum, abs=width)


def stated(model: Region, kept: tuple[int, ...] | None = None) -> ExtensiveForm:
    """The extensive form of a region, of all draws or of some."""
    arranged = planner(model, DRAWS, seed=1).arranged
    (line,) = arranged.lines
    return extensive_form(arranged.problem, line, arranged.draws, None if kept is None else np.asarray(kept))


def optimum_of(form: ExtensiveForm) -> float:
    """What the solver finds without a gap."""
    highs = direct(form.matrix)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(form.constant + highs.getInfo().objective_function_value)


def test_multipliers_prove_the_relaxation_at_its_optimum_and_no_more_anywhere() -> None:
    form = stated(overlapping_region())
    highs = direct(form.matrix)
    columns = np.arange(len(form.matrix.cost), dtype=np.int32)
    highs.changeColsIntegrality(len(columns), columns, np.zeros(len(columns), dtype=np.uint8))
    highs.run()
    relaxed = form.constant + highs.getInfo().objective_function_value
    multipliers = np.asarray(highs.getSolution().row_dual)
    assert relaxed <= optimum_of(form) + EQUAL
    assert form.bound(multipliers) == pytest.approx(relaxed, abs=EQUAL * max(1.0, abs(relaxed)))
    dice = np.random.default_rng(2)
    for _ in range(50):
        moved = multipliers * dice.uniform(0.5, 1.5, len(multipliers)) + dice.normal(0.0, 0.1, len(multipliers))
        assert form.bound(moved) <= relaxed + EQUAL * max(1.0, abs(relaxed))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_draws_left_out_never_raise_the_optimum(seed: int) -> None:
    model = overlapping_region()
    form = stated(model)
    optimum = optimum_of(form)
    width = EQUAL * max(1.0, abs(optimum))
    some = np.random.default_rng(seed).permutation(DRAWS)[: DRAWS // 2]
    assert optimum_of(stated(model, tuple(some.tolist()))) <= optimum + width
