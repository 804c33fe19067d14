"""The curve of confidences: plans, values and bounds that fit together."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from rmscenario.assessment import assess, discounted_cost
from rmscenario.errors import InputError
from rmscenario.plan import Plan
from rmscenario.planning.planner import Mode, PlannerOptions
from rmscenario.region import Region
from rmscenario.risk import RiskOptions
from rmscenario.risk.curve import CONFIDENCES, Curve, confidence_curve
from rmscenario.scenario.run_options import Sampler
from tests.risk.brute import EXACT
from tests.risk.regions import uncertain_region, with_rule

RISK = RiskOptions(planning=400, choosing=400, certifying=8 * 1024, bounding=60, sampler=Sampler.RANDOM)
SEEDS = (0, 3, 9, 11)


def asked(seed: int) -> Region:
    return with_rule(uncertain_region(seed, 128), Random(seed), {"confidence": 0.77, "hard": False})


@cache
def found(seed: int) -> Curve:
    return confidence_curve(asked(seed), EXACT, RISK)


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
