"""How much rests on each grade, against shares computed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rmscenario.assessment import assess
from rmscenario.plan import Plan
from rmscenario.region.grades import weakest
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.evidence import evidence
from rmscenario.reporting.results import Result
from tests.reporting.conftest import PLAN, model


def test_shares_are_those_of_hand_arithmetic(result: Result) -> None:
    found = evidence(result.region, result.plan, result.assessment)
    # base: 60,000 of 100,000 t are published
    assert found["base"] == {"published": pytest.approx(0.6), "assumption": pytest.approx(0.4)}
    # background: only el moves, and its row is derived
    assert found["background"] == {"derived": pytest.approx(1.0)}
    # effect 2030: LED 8,664 + 4,800 (published), BUY 4,000 (derived), PUMP 45,600 · 0.09 (assumption)
    total = 8_664 + 4_800 + 4_000 + 4_104
    assert found["effect"] == {
        "published": pytest.approx(13_464 / total),
        "derived": pytest.approx(4_000 / total),
        "assumption": pytest.approx(4_104 / total),
    }
    assert found["limits"] == {"assumption": pytest.approx(1.0)}


def test_the_shares_of_every_part_sum_to_one(result: Result) -> None:
    for part, shares in evidence(result.region, result.plan, result.assessment).items():
        assert sum(shares.values()) == pytest.approx(1.0), part


def test_cost_counts_absolute_money_by_its_rows(result: Result) -> None:
    """LED's capex is published; PUMP's opex and BUY's saving are assumptions: absolute amounts, so nothing cancels."""
    data = result.assessment
    discount = data["discount"]
    published = float((data["annuity"] * discount).sum())
    other = float((data["opex"] * discount).sum() + (data["saving_own_avoided"] * discount).sum())
    found = evidence(result.region, result.plan, data)["cost"]
    assert found["published"] == pytest.approx(published / (published + other))


def test_metered_savings_count_with_the_grade_of_their_price() -> None:
    region = model(
        prices=[{"quantity": "co2e", "kind": "saving_cashable", "price": 10.0, "grade": "measured"}], money=[], staff=[]
    )
    assert evidence(region, PLAN, assess(region, PLAN))["cost"] == {"measured": pytest.approx(1.0)}


def test_a_plan_without_starts_rests_on_base_and_background_alone(result: Result) -> None:
    nothing = Plan(starts=())
    empty = replace(result, plan=nothing, assessment=assess(result.region, nothing))
    found = evidence(empty.region, empty.plan, empty.assessment)
    assert found["effect"] == {}
    assert found["cost"] == {}
    assert found["base"]


def test_the_weakest_grade_counts() -> None:
    assert weakest([Grade.MEASURED, Grade.RECALLED, Grade.DERIVED]) is Grade.RECALLED
    assert weakest([]) is None
