"""Wishes of single targets, and of all together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rmscenario.errors import InputError
from rmscenario.planning.planner import Mode, PlannerOptions
from rmscenario.planning.problem import build_problem
from rmscenario.risk import RiskOptions, plan_under_risk
from rmscenario.risk.wishes import Wish, excesses, given_up, reached, wishes
from tests.regions import region


def targets(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    given = {"level": 50.0, "year": 2030, "boundary": "all", "base": 100.0, "shortfall_price": 2.0}
    return [given | {"target": f"T{number}"} | row for number, row in enumerate(rows)]


def lines(*rows: dict[str, Any]) -> Any:
    return build_problem(region(targets=targets(*rows))).lines


def test_each_confidence_is_a_wish_and_all_together_are_one_more() -> None:
    found = wishes(lines({"confidence": 0.7}, {}, {"hard": True}), 0.9)
    assert [(wish.names, wish.confidence, wish.joint) for wish in found] == [
        (("T0",), 0.7, False),
        (("T0", "T1", "T2"), 0.9, True),
    ]
    assert wishes(lines({}), None) == ()


def test_what_a_plan_does_not_aim_at_is_not_wished_for_and_a_sum_over_years_is_refused() -> None:
    (wish,) = wishes(lines({}, {"shortfall_price": None}), 0.9)
    assert wish.names == ("T0",)
    with pytest.raises(InputError) as error:
        wishes(lines({}, {"form": "cumulative"}), 0.9)
    assert str(error.value) == (
        "[planning]: joint_confidence: found the sum over years T1 among the targets, expected targets of single years that a "
        "priced plan aims at; switch it off (active = no)"
    )
    with pytest.raises(InputError, match="no target that is hard or whose shortfall has a price"):
        wishes(lines({"shortfall_price": None}), 0.9)


def test_a_nearest_plan_has_no_joint_confidence() -> None:
    model = region(targets=targets({"level": 500.0}))
    with pytest.raises(InputError, match="found mode = 'nearest', expected mode = 'priced'"):
        plan_under_risk(model, PlannerOptions(mode=Mode.NEAREST), RiskOptions(planning=100, choosing=100, joint=0.8))


def test_what_a_share_of_the_draws_keeps_is_worked_out_by_hand() -> None:
    """Five draws, two targets with cap 50 and price 2; at 60 % two draws may be missed."""
    wish = Wish(lines=lines({}, {}), confidence=0.6, joint=True)
    residuals = [np.asarray([40.0, 60.0, 50.0, 70.0, 30.0]), np.asarray([45.0, 49.0, 53.0, 80.0, 52.0])]
    hard, soft = excesses(wish, residuals, [2.0, 2.0])
    assert hard.tolist() == [0.0] * 5
    assert soft.tolist() == [0.0, 20.0, 6.0, 100.0, 4.0]
    assert reached(hard, soft, 0.6) == (0.0, 6.0)
    assert given_up(wish, residuals, [2.0, 2.0], 2).tolist() == [False, True, False, True, False]


def test_hard_targets_come_before_any_price() -> None:
    wish = Wish(lines=lines({"hard": True}, {}), confidence=0.5, joint=True)
    residuals = [np.asarray([60.0, 40.0, 40.0, 40.0]), np.asarray([10.0, 90.0, 80.0, 70.0])]
    hard, soft = excesses(wish, residuals, [0.0, 1.0])
    assert hard.tolist() == [0.1, 0.0, 0.0, 0.0]
    assert reached(hard, soft, 0.5) == (0.0, 30.0)
    assert reached(hard, soft, 0.9) == (0.1, 0.0)
    assert given_up(wish, residuals, [0.0, 1.0], 1).tolist() == [True, False, False, False]


def test_of_draws_that_meet_everything_the_nearest_to_missing_are_given_up() -> None:
    wish = Wish(lines=lines({}), confidence=0.5)
    residual = np.asarray([10.0, 49.0, 30.0, 20.0])
    assert given_up(wish, [residual], [1.0], 2).tolist() == [False, True, True, False]
