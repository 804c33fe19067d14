"""The curve of confidences: plans, values and bounds that fit together."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest

from rmscenario.assessment import assess, discounted_cost
from rmscenario.errors import InputError
from rmscenario.plan import Plan
from rmscenario.planning.planner import Mode, PlannerOptions
from rmscenario.region import Region
from rmscenario.risk import RiskOptions, planner
from rmscenario.risk.curve import CONFIDENCES, Curve, Kept, Verdict, confidence_curve
from rmscenario.risk.planner import RiskPlanner
from rmscenario.scenario.run_options import Sampler
from tests.risk.brute import EXACT, best_of_wishes
from tests.risk.regions import together, uncertain_region, with_rule

RISK = RiskOptions(planning=400, choosing=400, certifying=8 * 1024, bounding=60, sampler=Sampler.RANDOM)
SEEDS = (0, 3, 9, 11)


def asked(seed: int) -> Region:
    return with_rule(uncertain_region(seed, 128), Random(seed), {"confidence": 0.77, "hard": False})


@cache
def found(seed: int) -> Curve:
    return confidence_curve(asked(seed), EXACT, RISK)


def with_two_wishes(seed: int, first: float, second: float) -> Region:
    model = together(uncertain_region(seed, 128), Random(seed))
    wished = zip(model.targets, (first, second), strict=True)
    targets = (row.model_copy(update={"hard": False, "confidence": share}) for row, share in wished)
    return replace(model, targets=tuple(targets))


@pytest.fixture(params=SEEDS)
def curve(request: pytest.FixtureRequest) -> Curve:
    return found(request.param)


def test_there_is_a_point_for_each_confidence_and_for_that_of_the_scenario(curve: Curve) -> None:
    assert [point.confidence for point in curve.points] == sorted({*CONFIDENCES, 0.77})
    assert curve.unreached == ()


def test_more_confidence_is_never_cheaper_and_no_plan_lies_below_the_bound_of_less(curve: Curve) -> None:
    values, bounds = ([getattr(point, key) for point in curve.points] for key in ("value", "bound"))
    assert values == sorted(values)
    assert bounds == sorted(bounds)
    assert all(bound <= value + 1e-6 * abs(value) for bound, value in zip(bounds, values, strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_net_is_that_of_an_assessment_of_the_plan(seed: int) -> None:
    model = asked(seed)
    for point in found(seed).points[::3]:
        assessment = assess(model, Plan(starts=point.starts))
        assert point.npv == pytest.approx(discounted_cost(assessment)["npv"], abs=1.0)


def test_starts_added_and_dropped_close_on_their_numbers(curve: Curve) -> None:
    for point in curve.points:
        assert len(point.starts) - curve.expected_starts == point.added - point.dropped


def test_of_one_wish_what_the_scenario_asks_is_a_point_of_the_curve(curve: Curve) -> None:
    assert curve.asked == next(point for point in curve.points if point.confidence == 0.77)


@pytest.mark.parametrize("seed", [4, 5])
def test_wishes_that_differ_have_a_point_of_their_own_that_is_the_best_of_all_choices(seed: int) -> None:
    model = with_two_wishes(seed, 0.85, 0.5)
    curve = confidence_curve(model, EXACT, RISK)
    assert curve.asked is not None
    assert [kept.confidence for kept in curve.asked.kept] == [0.85, 0.5]
    assert [[kept.confidence for kept in point.kept] for point in curve.points] == [
        [share] * 2 for share in CONFIDENCES
    ]
    assert curve.asked.value == pytest.approx(1e6 * best_of_wishes(RiskPlanner(model, EXACT, RISK)), rel=1e-6)
    by_confidence = {point.confidence: point for point in curve.points}
    assert by_confidence[0.5].value <= curve.asked.value <= by_confidence[0.85].value
    assert by_confidence[0.5].bound <= curve.asked.bound


@pytest.mark.parametrize("seed", [9, 11])
def test_the_plan_for_expected_values_is_that_which_a_plan_compares_itself_with(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "MEAN", 16)
    planned = RiskPlanner(asked(seed), EXACT, RISK).plan()
    assert planned.expected is not None
    curve = confidence_curve(asked(seed), EXACT, RISK, plan=planned.plan)
    assert curve.expected_npv == pytest.approx(
        discounted_cost(assess(asked(seed), planned.expected.plan))["npv"], abs=1.0
    )
    certified = planned.report.targets[0]
    assert curve.expected_kept[0].probability == certified.probability_before
    assert curve.run is not None
    assert curve.run.premium == pytest.approx(planned.report.premium_npv, abs=1.0)
    assert curve.run.value == pytest.approx(planned.report.value, abs=1.0)
    assert curve.run.kept[0].probability == certified.probability


def test_a_plan_that_is_worse_than_the_best_found_is_told_beside_it() -> None:
    whole = found(9)
    curve = confidence_curve(asked(9), EXACT, RISK, plan=Plan(starts=()))
    assert curve.run is not None
    assert whole.asked is not None
    assert (curve.asked, curve.run.starts) == (whole.asked, ())
    assert curve.run.value > whole.asked.value


def kept(probability: float, *, chosen: float, furthest: float) -> Kept:
    return Kept(
        targets=("one",), confidence=0.9, probability=probability, low=probability - 0.005, high=probability + 0.005,
        met=probability >= 0.9, chosen=chosen, furthest=furthest,
    )  # fmt: skip


def test_why_a_wish_is_not_met_is_told_apart() -> None:
    assert kept(0.901, chosen=0.901, furthest=0.95).verdict is Verdict.MET
    assert kept(0.897, chosen=0.891, furthest=0.95).verdict is Verdict.CLOSE
    assert kept(0.89, chosen=0.9, furthest=0.95).verdict is Verdict.UNCONFIRMED
    assert kept(0.89, chosen=0.891, furthest=0.95).verdict is Verdict.PRICED
    assert kept(0.89, chosen=0.891, furthest=0.892).verdict is Verdict.UNFOUND


def test_a_wish_that_another_plan_of_the_curve_meets_is_given_up_for_its_price(curve: Curve) -> None:
    for point in curve.points:
        for other in curve.points:
            if other.confidence >= point.confidence and other.kept[0].probability >= point.confidence:
                assert point.kept[0].verdict is not Verdict.UNFOUND


def test_without_a_wish_or_with_another_mode_there_is_no_curve() -> None:
    with pytest.raises(InputError, match="found no target with a confidence"):
        confidence_curve(uncertain_region(3, 128), EXACT, RISK)
    with pytest.raises(InputError, match="found 'nearest', expected 'priced'"):
        confidence_curve(asked(3), PlannerOptions(mode=Mode.NEAREST), RISK)


def test_stopped_it_keeps_the_plans_known_until_then_and_knows_no_bound() -> None:
    told: list[tuple[int, int]] = []
    whole = found(3)
    known = Plan(starts=whole.points[-1].starts)
    stopped = confidence_curve(
        asked(3),
        EXACT,
        RISK,
        plan=known,
        progress=lambda done, total: told.append((done, total)),
        stop=lambda: len(told) > 0,
    )
    assert stopped.interrupted
    assert {point.bound for point in stopped.points} == {float("-inf")}
    assert stopped.points[-1].value <= whole.points[-1].value
    assert [done for done, _ in told] == list(range(1, told[0][1] + 1))
