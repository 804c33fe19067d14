"""A target's residual on planning draws: exact values, and cuts that hold for every choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from rmscenario.emissions import CutKind
from rmscenario.planning.members import build_members
from rmscenario.planning.planner import PlannerOptions
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.risk.aims import TailHinge, Tails
from rmscenario.risk.arranged import Arranged, RiskOptions
from rmscenario.risk.certifying import Certifying
from rmscenario.risk.drawn import DrawnYear, PlanningDraws, planning_draws
from rmscenario.risk.measures import tail_weights
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, DrawSource, uncertain_inputs
from tests.planning.enumeration import enumerate_choices
from tests.risk.enumeration import drawn_residuals
from tests.risk.regions import uncertain_region

REGIONS = 40
DRAWS = 150


def arranged(seed: int, most: int = 200) -> tuple[Problem, PlanningDraws]:
    problem = build_problem(uncertain_region(seed, most))
    inputs = uncertain_inputs(problem.region, problem.frame.structure.table)
    return problem, planning_draws(DrawSource(inputs, seed, Sampler.RANDOM), DRAWS)


@pytest.mark.parametrize("seed", range(REGIONS))
def test_residuals_are_those_of_plain_loops_and_no_cut_lies_above_them(seed: int) -> None:
    problem, draws = arranged(seed)
    frame, choices = problem.frame, enumerate_choices(problem).choices
    dice = np.random.default_rng(seed)
    for line in problem.lines:
        if line.position >= len(frame.structure.table.years):
            continue
        year = DrawnYear(frame=frame, line=line, draws=draws, position=line.position)
        exact = drawn_residuals(problem, line, choices, draws, line.position)
        width = 1e-9 * max(1.0, float(np.abs(exact).max()))
        order = dice.permutation(len(choices))  # what is known of one choice serves the next
        found = np.empty_like(exact)
        for number in order:
            found[number] = year.residual(choices[number])
        assert found == pytest.approx(exact, abs=width)

        chosen = np.stack([frame.columns_chosen(choice) for choice in choices])
        weights = tail_weights(exact[dice.integers(len(choices))], 0.8)
        true = exact @ weights
        linear = year.constant(weights) + chosen @ year.linear(weights)
        points = [(int(number), kind) for number in order[:4] for kind in (CutKind.L1, CutKind.L2)]
        middle = chosen[order[:3]].mean(axis=0)
        cuts = year.average(weights).cuts([(choices[number], kind) for number, kind in points], middle)
        for (number, _), (constant, value, _) in zip(points, cuts, strict=False):
            bound = linear + constant.sum() + chosen[:, frame.entry_column] @ value
            assert (bound <= true + width).all()
            assert bound[number] == pytest.approx(true[number], abs=width)
        # A tangent holds for single pools; with the least amounts of the others it bounds the whole.
        constant, value, valid = cuts[-1]
        least = np.zeros(len(valid))
        least[year.pools] = year.average(weights).least()
        tangent = chosen[:, frame.entry_column] @ np.where(valid[frame.entry_pool], value, 0.0)
        assert (linear + tangent + constant[valid].sum() + least[~valid].sum() <= true + width).all()


def test_the_slope_of_first_order_is_exact_for_a_change_of_one_option_that_lifts_nothing() -> None:
    problem, draws = arranged(3)
    frame, table = problem.frame, problem.frame.structure.table
    line = problem.lines[0]
    year = DrawnYear(frame=frame, line=line, draws=draws, position=line.position)
    choices = enumerate_choices(problem).choices
    exact = drawn_residuals(problem, line, choices, draws, line.position).mean(axis=1)
    weights = np.full(DRAWS, 1 / DRAWS)
    here = choices[len(choices) // 2]
    ((constant, value, _),) = year.average(weights).cuts([(here, CutKind.FIRST_ORDER)])
    enablers = set(frame.structure.lift_enabler.tolist())
    acting = np.bincount(frame.structure.term_option, minlength=len(table.options))
    seen = 0
    for number, choice in enumerate(choices):
        changed = np.flatnonzero(choice != here)
        if len(changed) != 1 or int(changed[0]) in enablers or acting[changed[0]] == 0:
            continue
        chosen = frame.columns_chosen(choice)
        first_order = year.constant(weights) + year.linear(weights) @ chosen + constant.sum()
        first_order += float(value @ chosen[frame.entry_column])
        assert first_order == pytest.approx(exact[number], rel=1e-9)
        seen += 1
    assert seen > 0


@pytest.mark.parametrize("seed", range(12))
def test_cuts_that_a_guess_from_few_draws_chooses_hold_and_are_averages_over_all(seed: int) -> None:
    problem, draws = arranged(seed)
    frame, choices = problem.frame, enumerate_choices(problem).choices
    dice = np.random.default_rng(seed)
    line = problem.lines[0]
    if line.position >= len(frame.structure.table.years):
        return
    year = DrawnYear(frame=frame, line=line, draws=draws, position=line.position)
    weights = tail_weights(year.residual(choices[0]), 1 / 3)
    chosen = np.stack([frame.columns_chosen(choice) for choice in choices])
    least = year.average(weights).least()
    average = year.average(weights, most=10)
    for _ in range(3):
        some = dice.integers(len(choices), size=3)
        point = chosen[some].mean(axis=0)
        at = [(choices[some[0]], CutKind.L1), (choices[some[1]], CutKind.L2)]
        every = year.average(weights).cuts(at, point)
        ((constant, value, valid),) = average.highest(at, point, least)
        inside = frame.entry_pool
        for pool in np.flatnonzero(valid).tolist():
            mine = inside == pool
            assert any(
                holds[pool] and one == pytest.approx(constant[pool]) and values[mine] == pytest.approx(value[mine])
                for one, values, holds in ((c[pool], v, h) for c, v, h in every)
            )
        exact = np.stack([year.residual(choice) for choice in choices]) @ weights
        known = year.pools[~valid[year.pools]]
        below = constant[valid].sum() + least[np.searchsorted(year.pools, known)].sum()
        bound = year.constant(weights) + chosen @ year.linear(weights) + below
        bound += chosen[:, frame.entry_column] @ np.where(valid[inside], value, 0.0)
        assert (bound <= exact + 1e-9 * max(1.0, float(np.abs(exact).max()))).all()


def test_what_is_known_of_one_choice_leads_to_the_slopes_of_the_next() -> None:
    problem, draws = arranged(3)
    line = problem.lines[0]
    choices = enumerate_choices(problem).choices
    weights = tail_weights(np.arange(float(DRAWS)), 0.8)

    def year() -> DrawnYear:
        return DrawnYear(frame=problem.frame, line=line, draws=draws, position=line.position)

    known = year()
    average = known.average(weights)
    for number in np.random.default_rng(3).permutation(len(choices))[:20].tolist():
        anew = year()
        expected = anew.slopes(anew.average(weights), choices[number])
        assert known.slopes(average, choices[number]) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("few", [10, DRAWS])
@pytest.mark.parametrize("seed", range(20))
def test_averaged_cuts_on_faces_hold_for_every_choice_and_are_as_high_as_the_convex_envelope(
    seed: int, few: int
) -> None:
    problem, draws = arranged(seed)
    frame, choices = problem.frame, enumerate_choices(problem).choices
    dice = np.random.default_rng(seed)
    line = problem.lines[0]
    if line.position >= len(frame.structure.table.years):
        return
    year = DrawnYear(frame=frame, line=line, draws=draws, position=line.position)
    weights = tail_weights(year.residual(choices[0]), 1 / 3)
    chosen = np.stack([frame.columns_chosen(choice) for choice in choices])
    exact = np.empty((len(choices), frame.structure.pool_count))
    for number, (constant, value, _) in enumerate(
        year.average(weights).cuts([(choice, CutKind.L1) for choice in choices])
    ):
        # Exact at its own choice, which the first test here shows.
        weighed = value * chosen[number, frame.entry_column]
        exact[number] = constant + np.bincount(frame.entry_pool, weighed, minlength=exact.shape[1])
    mixture = dice.choice(len(choices), size=min(4, len(choices)), replace=False)
    point = dice.dirichlet(np.ones(len(mixture))) @ chosen[mixture]
    members = build_members(frame)
    below = np.full(len(year.pools), -1.0)
    cuts = year.average(weights, most=few).on_faces(members, point, below, 0.0)
    with_members = members.pools[np.diff(members.first_member) > 0]
    assert sorted({cut.pool for cut in cuts}) == sorted(set(with_members) & set(year.pools))
    for cut in cuts:
        width = 1e-9 * max(1.0, float(exact[:, cut.pool].max()))
        assert (cut.constant + chosen[:, cut.columns] @ cut.values <= exact[:, cut.pool] + width).all()
        assert cut.constant + point[cut.columns] @ cut.values == pytest.approx(cut.height, abs=width)
        own = members.part(members.pools == cut.pool)
        indicators = own.constant[:, None] + own.indicator @ chosen.T
        mixed = linprog(exact[:, cut.pool], A_eq=indicators, b_eq=own.constant + own.indicator @ point, method="highs")
        assert cut.height == pytest.approx(mixed.fun, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_the_average_of_some_tails_is_a_tail_that_no_choice_exceeds(seed: int) -> None:
    problem, draws = arranged(seed)
    choices = enumerate_choices(problem).choices
    dice = np.random.default_rng(seed)
    line = problem.lines[0]
    if line.position >= len(problem.frame.structure.table.years):
        return
    year = DrawnYear(frame=problem.frame, line=line, draws=draws, position=line.position)
    tails = Tails(line=line, years={line.position: year}, alpha=0.8, kept=np.ones(DRAWS, dtype=np.bool_))
    hinge = TailHinge(tails=tails, price=np.zeros(line.position + 1), first=[choices[0]])
    keys = [(tails.group(line.position, choices[number]),) for number in dice.integers(len(choices), size=3)]
    multipliers = dict(zip(keys, dice.uniform(size=3), strict=True))
    (merged,) = hinge.merged(multipliers)
    weights = tails.groups[merged[1]].weights
    expected = sum(much * tails.groups[key[0][1]].weights for key, much in multipliers.items())
    assert weights == pytest.approx(expected / sum(multipliers.values()))
    for choice in choices:
        mean = tails.mean(line.position, choice)
        assert weights @ year.residual(choice) <= mean + 1e-9 * max(1.0, abs(mean))


@pytest.mark.parametrize("seed", range(8))
def test_a_choice_is_certified_on_the_same_draws_whatever_else_is(seed: int) -> None:
    model = uncertain_region(seed)
    soft = {"cvar": 0.8, "confidence": None, "expected": False}
    model = replace(model, targets=tuple(row.model_copy(update=soft) for row in model.targets))
    arranged = Arranged(model, PlannerOptions(), RiskOptions(planning=DRAWS, certifying=8 * REPLICATE))
    choices = enumerate_choices(arranged.problem).choices
    some, all_options = choices[len(choices) // 2], np.max(choices, axis=0)
    alone, beside, any_choice = (
        Certifying(arranged, (), sets).targets(some, None) for sets in ([some], [some, all_options], None)
    )
    assert alone == beside == any_choice
