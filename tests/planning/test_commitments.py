"""Commitments as locks: the best of the choices that keep them, counted, verified, and named where they collide."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rmscenario.errors import NoPlanError
from rmscenario.options import build_options
from rmscenario.options.options import NONE
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import PlannerOptions, absolute_cost, plan_region
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment, Outlook
from rmscenario.uncertainty import uncertain_inputs
from rmscenario.verify import broken, recompute
from tests.planning.enumeration import enumerate_choices, priced_values, small_region
from tests.regions import plan, region

EXACT = SearchOptions(gap=0.0, max_rounds=200)
MADE_UP = {"reference": "made-up", "grade": "assumption", "dated": "2026-12-01"}


def committed(model: Region, problem: Problem, choice: np.ndarray, dice: Random) -> tuple[Commitment, ...]:
    """Some starts of a choice signed or accepted, and of what it does not start some refused in the first round."""
    table, rows = problem.frame.structure.table, []
    rounds = {year: row.round for row in model.rounds for year in range(row.first_year, row.last_year + 1)}
    for number, option in enumerate(table.options):
        state = int(choice[number])
        if option.running is not None or dice.random() < 0.5:
            continue
        row = {"commitment": f"K{number}", "initiative": option.key[0], "unit": option.unit, **MADE_UP}
        if state == NONE:
            rows.append(row | {"status": "refused", "round": model.rounds[0].round})
        else:
            at = table.states[state]
            status = dice.choice(["signed", "accepted"])
            rows.append(row | {"status": status, "round": rounds[at.start], "start": at.start, "level": at.level})
    return tuple(Commitment.model_validate(row) for row in rows)


@pytest.mark.parametrize("seed", range(60))
def test_the_plan_is_the_best_of_all_choices_that_keep_the_commitments(seed: int) -> None:
    dice, model = Random(seed), small_region(seed)
    problem = build_problem(model)
    found = enumerate_choices(problem)
    if not found.feasible.any():
        return
    kept = found.choices[dice.choice(np.flatnonzero(found.feasible).tolist())]
    model = replace(model, commitments=committed(model, problem, kept, dice))
    table = problem.frame.structure.table
    allowed = found.feasible.copy()
    for row in model.commitments:
        option = table.index(row.initiative, row.unit)
        chosen = found.choices[:, option]
        start = np.asarray([0 if s == NONE else table.states[s].start for s in chosen.tolist()])
        if row.binds:
            allowed &= chosen == kept[option]
        else:
            first = model.rounds[0]
            allowed &= (start < first.first_year) | (start > first.last_year)
    best = float(priced_values(problem, found)[allowed].min())
    planned = plan_region(model, PlannerOptions(search=EXACT))
    assert planned.plan.solve is not None
    scale = absolute_cost(problem, kept)
    assert planned.plan.solve.incumbent == pytest.approx(best, abs=1e-6 * scale)
    recomputed = recompute(model, planned.plan)
    assert not broken(recomputed)
    held = [row for row in recomputed.limits if row.kind in ("commitment", "refusal")]
    assert len(held) == len(model.commitments)


@pytest.mark.parametrize("seed", range(20))
def test_the_plan_that_was_told_stays_where_it_is_proven_to_the_gap_and_goes_where_it_is_not(seed: int) -> None:
    model = small_region(seed)
    problem = build_problem(model)
    found = enumerate_choices(problem)
    values = np.where(found.feasible, priced_values(problem, found), np.inf)
    if np.isfinite(values).sum() < 2:
        return
    best, second = np.argsort(values, kind="stable")[:2].tolist()
    starts = problem.frame.structure.table.starts(found.choices[second])
    outlook = tuple(
        Outlook(initiative=start.initiative, unit=start.unit, level=start.level, start=start.start) for start in starts
    )
    if not outlook:
        return
    model = replace(model, outlook=outlook)
    exact = plan_region(model, PlannerOptions(search=EXACT)).plan
    assert exact.solve is not None
    scale = absolute_cost(problem, found.choices[best])
    assert exact.solve.incumbent == pytest.approx(float(values[best]), abs=1e-6 * scale)
    wide = SearchOptions(gap=(values[second] - values[best]) / scale + 0.2, max_rounds=200)
    kept = plan_region(model, PlannerOptions(search=wide)).plan
    assert kept.solve is not None
    if values[second] - kept.solve.bound <= wide.gap * absolute_cost(problem, found.choices[second]):
        assert kept.starts == starts
    assert kept.solve.incumbent >= kept.solve.bound


def dear(**tables: object) -> Region:
    """LED costs, and nothing pays it back: no plan would start it of its own will."""
    return region(effects=[("LED", "el", 0.3)], money=[("LED", "capex", 1e6)], **tables)  # type: ignore[arg-type]


def test_a_committed_start_is_made_though_it_costs_and_a_proposed_or_replaced_one_is_not() -> None:
    signed = ("LED", "A", 2028, 1.0, "signed")
    assert plan_region(dear(commitments=[signed])).plan.starts == plan(("LED", "A", 2028)).starts
    assert plan_region(dear(commitments=[("LED", "A", 2028, 1.0, "proposed")])).plan.starts == ()
    dropped = {"commitment": "K2", "initiative": "LED", "unit": "A", "status": "refused", "replaces": "LED-A"}
    assert plan_region(dear(commitments=[signed, dropped])).plan.starts == ()


def test_verification_says_which_commitment_a_plan_breaks() -> None:
    model = dear(
        commitments=[("LED", "A", 2028, 1.0, "signed"), {"initiative": "LED", "unit": "B", "status": "refused"}]
    )
    found = [str(row) for row in broken(recompute(model, plan(("LED", "A", 2027), ("LED", "B", 2027))))]
    assert found == [
        "Eq. (20) commitment LED-A LED:A in 2028 at 1: 0 = 1",
        "Eq. (20) refusal LED-B LED:B in R1: 1 ≤ 0",
    ]
    assert not broken(recompute(model, plan(("LED", "A", 2028), ("LED", "B", 2029))))


def test_the_message_that_there_is_no_plan_names_the_limit_and_the_commitments_in_it() -> None:
    model = dear(
        commitments=[("LED", "A", 2027, 1.0, "signed"), ("LED", "B", 2027, 1.0, "accepted")],
        budgets=[("capex", 2027, 4e5)],
    )
    with pytest.raises(NoPlanError) as caught:
        plan_region(model)
    assert str(caught.value) == (
        "no plan keeps all hard rules:\n"
        "budgets.csv: capex region 2027: found a limit that 0.6 more would satisfy, expected one that some plan can keep; "
        "loosen it, or what it contradicts. Commitments in it: LED-A (LED:A), LED-B (LED:B)"
    )


def test_a_committed_start_slips_and_is_cancelled_as_any_other_and_a_running_one_is_not() -> None:
    risk = [(None, 0.2, 0.1, 0.05)]
    signed = dear(commitments=[("LED", "A", 2028, 1.0, "signed")], delivery_risk=risk)
    runs = dear(running=[("LED", "A", 2026, 1.0)], delivery_risk=risk)
    assert (late_or_never(signed), late_or_never(runs)) == (["LED:A", "LED:B"], ["LED:B"])


def late_or_never(model: Region) -> list[str]:
    """The options whose delivery is drawn."""
    table = build_options(model)
    return [":".join(table.options[risk.option].key) for risk in uncertain_inputs(model, table).risks]
