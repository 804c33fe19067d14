"""What known initiatives can reach of targets under risk, against a distribution in closed form."""

from __future__ import annotations

import pytest
from scipy.stats import beta

from rmscenario.explain.reach import Reachable, reach
from rmscenario.workflow.certified import judged_row, reach_judged
from tests.regions import region

#: Effect of the one initiative on the one source of 100 t: PERT about a most likely 30 %.
LOW, MODE, HIGH = 0.1, 0.3, 0.9
EFFECT = beta(1 + 4 * (MODE - LOW) / (HIGH - LOW), 1 + 4 * (HIGH - MODE) / (HIGH - LOW), loc=LOW, scale=HIGH - LOW)
CAP = 65.0


def judged(rule: dict[str, object], cap: float = CAP, joint: float | None = None):  # type: ignore[no-untyped-def]
    one = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[{"initiative": "E", "category": "el", "low": LOW, "mode": MODE, "high": HIGH}],
        targets=[{"target": "T", "level": cap, "year": 2030, "hard": True, **rule}],
    )
    (at_modes,), (found,) = reach(one), reach_judged(one, joint)
    return at_modes, found


@pytest.mark.parametrize("more", [-0.05, 0.05])
def test_a_hard_target_out_of_reach_at_the_modes_is_within_it_where_enough_draws_meet_it(more: float) -> None:
    """At the modes 70 t are left, and no plan leaves less; in 46 % of the draws the effect is the 35 % that it takes."""
    share = float(EFFECT.sf(1 - CAP / 100))
    at_modes, found = judged({"confidence": share - more})
    assert at_modes.verdict is Reachable.OUT_OF_REACH
    assert at_modes.no_plan
    row = judged_row(found)
    assert set(row["certified"]) == {"probability_met", "probability_met_interval", "cvar", "level", "judged_interval"}
    assert row["certified"]["probability_met"] == pytest.approx(share, abs=0.002)
    assert row["judged"] == pytest.approx(100 * (1 - EFFECT.ppf(1 - (share - more))), abs=0.2)
    assert found.verdict is (Reachable.WITHIN_REACH if more > 0 else Reachable.DOUBTFUL)
    assert not found.no_plan


def test_a_target_met_at_the_modes_alone_is_doubtful() -> None:
    at_modes, found = judged({"cvar": 0.9}, cap=70.0)
    assert at_modes.verdict is Reachable.WITHIN_REACH
    assert found.verdict is Reachable.DOUBTFUL
    (mean,) = judged({"expected": True}, cap=70.0)[1:]
    assert judged_row(mean)["judged"] == pytest.approx(100 * (1 - EFFECT.mean()), abs=0.1)
    assert mean.verdict is Reachable.WITHIN_REACH


def test_a_target_under_no_risk_is_what_it_was() -> None:
    at_modes, found = judged({})
    assert found == at_modes
    assert judged_row(found) == {"judged": found.earliest}


@pytest.mark.parametrize(("cap", "verdict"), [(100.0, Reachable.MET_ALREADY), (99.0, Reachable.WITHIN_REACH)])
def test_a_target_under_risk_that_the_background_keeps_is_met_already(cap: float, verdict: Reachable) -> None:
    """The one source stays at 100 t in all draws, and 90 t are left at most of what the initiative makes of it."""
    for rule in ({"confidence": 0.6}, {"cvar": 0.9}, {"expected": True}):
        _, found = judged(rule, cap=cap)
        assert found.verdict is verdict


def test_of_targets_wished_for_together_none_is_proven_out_of_reach() -> None:
    """The joint wish alone holds a hard target on draws, of which 46 in 100 meet it; one without a price takes no part."""
    at_modes, found = judged({}, joint=0.3)
    assert (at_modes.verdict, at_modes.no_plan) == (Reachable.OUT_OF_REACH, True)
    assert (found.verdict, found.no_plan) == (Reachable.DOUBTFUL, False)
    assert judged({"hard": False}, joint=0.3)[1].verdict is Reachable.OUT_OF_REACH
