"""Hard targets kept in a share of the draws where no plan keeps them in the mean: closed forms and enumeration."""

from __future__ import annotations

import pytest
from scipy.stats import beta

from rmscenario.errors import NoPlanError, UnreachedError
from rmscenario.planning.planner import Mode, PlannerOptions
from rmscenario.region import Region
from rmscenario.risk import RiskOptions
from rmscenario.risk.curve import confidence_curve
from rmscenario.risk.planner import RiskPlanned, plan_under_risk
from tests.regions import region
from tests.risk.brute import Compared, by_hard_together, by_hard_wishes

#: Regions with plans that keep their hard targets in the draws asked for, none of which was found by holding tails.
ONLY_IN_DRAWS = (2, 10, 19, 22, 26)


def halved(cap: float, cancelled: float = 0.2, **rule: object) -> Region:
    """One initiative that halves 100 t, unless it is cancelled; a hard target."""
    return region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[{"initiative": "E", "category": "el", "low": 0.5, "mode": 0.5, "high": 0.5}],
        delivery_risk=[("E", 0.0, 0.0, cancelled)],
        targets=[{"target": "T", "level": cap, "year": 2030, "hard": True, **rule}],
    )


def planned(model: Region, joint: float | None = None, mode: Mode = Mode.PRICED) -> RiskPlanned:
    return plan_under_risk(
        model, PlannerOptions(mode=mode), RiskOptions(planning=1_000, choosing=1_000, certifying=8_192, joint=joint)
    )


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("confidence", [0.05, 0.5, 0.7])
def test_a_hard_target_that_the_only_plan_keeps_in_80_of_100_draws_is_planned(confidence: float, mode: Mode) -> None:
    """The mean is 60 t, and so are all tails at least."""
    found = planned(halved(55.0, confidence=confidence), mode=mode)
    (certified,) = found.report.targets
    assert certified.probability == pytest.approx(0.8, abs=0.01)
    assert certified.verdict == "met"
    assert found.expected is None
    assert found.report.premium_npv is None
    assert found.report.premium_starts is None


def test_the_same_where_all_targets_are_asked_for_together() -> None:
    found = planned(halved(55.0), joint=0.7)
    assert found.report.joint is not None
    assert found.report.joint.probability == pytest.approx(0.8, abs=0.01)


def test_a_hard_target_between_the_median_and_the_mean_is_planned() -> None:
    """No delivery risk: what is left has a mean of 53.3 t and is at most 53 t in 56 of 100 draws."""
    effect = {"initiative": "E", "category": "el", "low": 0.0, "mode": 0.55, "high": 0.6}
    target = {"target": "T", "level": 53.0, "year": 2030, "hard": True, "confidence": 0.5}
    found = planned(region(units=["A"], sources=[("A", "el", 100.0)], effects=[effect], targets=[target]))
    true = beta(1 + 4 * 0.55 / 0.6, 1 + 4 * 0.05 / 0.6, scale=0.6).sf(0.47)
    assert found.report.targets[0].probability == pytest.approx(true, abs=0.01)


def test_a_plan_that_needs_luck_is_planned_though_none_keeps_the_target_at_the_modes() -> None:
    """Half is left at the mode; 40 of 100 t are in more than one of twenty draws."""
    effect = {"initiative": "E", "category": "el", "low": 0.4, "mode": 0.5, "high": 0.9}
    target = {"target": "T", "level": 40.0, "year": 2030, "hard": True, "confidence": 0.05}
    model = region(units=["A"], sources=[("A", "el", 100.0)], effects=[effect], targets=[target])
    assert planned(model).report.targets[0].verdict == "met"
    alone = region(units=["A"], sources=[("A", "el", 100.0)], effects=[effect], targets=[target | {"confidence": None}])
    found = planned(alone, joint=0.05).report.joint
    assert found is not None
    assert found.met


def test_what_no_plan_was_found_to_keep_is_said_with_what_was_reached_and_what_is_proven() -> None:
    with pytest.raises(UnreachedError) as unfound:
        planned(halved(55.0, confidence=0.9))
    assert str(unfound.value) == (
        "targets: found no plan that keeps the hard target T in 90% of the draws (the plans found reach at most 80% of those they "
        "are chosen on), expected no more than some plan keeps (there are plans that keep it at the modes; it is not proven that "
        "there is none); ask for less, or make it soft (hard = no)"
    )
    with pytest.raises(UnreachedError, match=r"the hard target T in 99\.95% of the draws"):
        planned(halved(55.0, confidence=0.9995))
    with pytest.raises(UnreachedError, match="no plan was found that keeps it at the modes either; it is not proven"):
        planned(halved(45.0, confidence=0.5))
    for rule in ({"expected": True}, {"cvar": 0.5}):
        with pytest.raises(
            UnreachedError, match="at the modes; that there is none is proven for the draws planned with"
        ):
            planned(halved(55.0, **rule))


def test_hard_rules_that_contradict_each_other_are_still_said_to() -> None:
    with pytest.raises(NoPlanError) as found:
        planned(halved(45.0, cvar=0.5))
    assert not isinstance(found.value, UnreachedError)


def test_what_more_confidence_costs_is_not_said_where_there_is_no_plan_for_expected_values() -> None:
    risk = RiskOptions(planning=1_000, choosing=1_000, certifying=8_192)
    with pytest.raises(NoPlanError) as found:
        confidence_curve(halved(55.0, confidence=0.7), PlannerOptions(), risk)
    assert str(found.value) == (
        "targets: found no plan that keeps the hard targets in the mean of the draws, expected the plan for expected values, "
        "which plans at all confidences are compared with; make them soft (hard = no)"
    )


@pytest.mark.parametrize("compare", [by_hard_wishes, by_hard_together])
def test_where_any_choice_keeps_hard_targets_in_the_draws_the_best_is_planned(compare) -> None:  # type: ignore[no-untyped-def]
    for seed in ONLY_IN_DRAWS:
        found: Compared | None = compare(seed)
        assert found is not None, seed
        assert found.is_best, seed
