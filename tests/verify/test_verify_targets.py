"""Eqs. (10) and (11) by hand."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.region import Region
from rmscenario.verify import recompute
from tests.regions import plan, region


def with_targets(*targets: dict[str, Any], **tables: Any) -> Region:
    defaults: dict[str, Any] = {
        "sources": [("A", "el", 100.0), ("B", "gas", 60.0), ("A", "el", 500.0, "energy")],
        "effects": [("X", "el", 0.5)],
        "settings": {"end_year": 2032},
    }
    return region(targets=list(targets), **(defaults | tables))


def test_a_reduction_without_a_base_is_measured_from_the_accounts_base_year_inside_the_boundary() -> None:
    model = with_targets(
        {"target": "all", "reduction": 0.25, "year": 2030, "account": "twice"},
        {"target": "el", "reduction": 0.25, "year": 2030, "boundary": "el"},
        {"target": "energy", "reduction": 0.4, "year": 2030, "quantity": "energy"},
        {"target": "given", "reduction": 0.5, "base": 1000.0, "year": 2030},
        accounts=["main", ("twice", 2.0)],
        boundaries=["all", ("el", None, "el")],
    )
    found = recompute(model, plan(("X", "A", 2030))).targets
    assert {name: (check.base, check.cap) for name, check in found.items()} == {
        "all": (320.0, 240.0),
        "el": (100.0, 75.0),
        "energy": (500.0, 300.0),
        "given": (1000.0, 500.0),
    }
    assert [found[name].residual[4] for name in found] == pytest.approx([220.0, 50.0, 250.0, 110.0])


def test_a_shortfall_is_what_is_left_above_the_cap_in_the_years_it_holds() -> None:
    model = with_targets({"target": "goal", "level": 100.0, "year": 2028, "until": 2030})
    check = recompute(model, plan(("X", "A", 2030))).targets["goal"]
    assert check.residual == pytest.approx((160, 160, 160, 160, 110, 110, 110))
    assert check.shortfall == pytest.approx((0, 0, 60, 60, 10, 0, 0))
    assert check.holds == (False, False, True, True, True, False, False)


def test_a_target_holds_until_the_next_of_its_kind() -> None:
    model = with_targets(
        {"target": "first", "level": 150.0, "year": 2027},
        {"target": "other_boundary", "level": 1.0, "year": 2028, "boundary": "el"},
        {"target": "off", "level": 1.0, "year": 2028, "active": False},
        {"target": "sum", "level": 1.0, "year": 2028, "form": "cumulative"},
        {"target": "second", "level": 120.0, "year": 2030},
        boundaries=["all", ("el", None, "el")],
    )
    found = recompute(model, plan()).targets
    assert {name: (check.first, check.last) for name, check in found.items()} == {
        "first": (2027, 2029),
        "other_boundary": (2028, 2032),
        "sum": (2028, 2032),
        "second": (2030, 2032),
    }


def test_a_cumulative_cap_holds_on_the_sum_of_its_years() -> None:
    model = with_targets({"target": "sum", "level": 400.0, "year": 2028, "until": 2030, "form": "cumulative"})
    check = recompute(model, plan(("X", "A", 2030))).targets["sum"]
    assert check.residual == pytest.approx((0, 0, 160, 320, 430, 430, 430))
    assert check.shortfall == pytest.approx((0, 0, 0, 0, 30, 0, 0))


def test_each_year_of_a_shortfall_is_priced_and_a_sum_once_when_it_ends() -> None:
    settings = {"end_year": 2032, "discount": ((1, 0.1),)}
    goal = {"target": "goal", "level": 100.0, "year": 2031, "shortfall_price": 7.0}
    once = {"target": "sum", "level": 300.0, "year": 2028, "until": 2029, "form": "cumulative", "shortfall_price": 3.0}
    found = recompute(with_targets(goal, once, settings=settings), plan())
    assert found.priced_objective == pytest.approx(7 * 60 * (1.1**-5 + 1.1**-6) + 3 * 20 * 1.1**-3)


def test_a_hard_target_is_a_limit_of_every_year_it_holds_and_carries_no_price() -> None:
    model = with_targets({"target": "goal", "level": 150.0, "year": 2031, "hard": True, "shortfall_price": 7.0})
    late = recompute(model, plan(("X", "A", 2030)))
    assert [(row.name, row.kept, row.slack) for row in late.limits if row.equation == 10] == [
        ("target goal 2031", True, pytest.approx(40.0)),
        ("target goal 2032", True, pytest.approx(40.0)),
    ]
    never = recompute(model, plan())
    assert [row.kept for row in never.limits if row.equation == 10] == [False, False]
    found = recompute(model, plan(), kept_at_modes=())
    assert not [row for row in found.limits if row.equation == 10]
    assert found.targets == never.targets
    assert never.priced_objective == 0.0
