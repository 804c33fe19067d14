"""Why a plan keeps what is wished for, or not: by counts over its three sets of draws, one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rmscenario.constants import is_met
from rmscenario.plan import Certified, CertifiedJoint, Verdict
from rmscenario.planning import PlannerOptions
from rmscenario.risk import RiskOptions
from rmscenario.risk.arranged import CHOOSING, PLANNING, Arranged
from rmscenario.risk.certifying import CERTIFYING, Certifying, Chosen
from rmscenario.risk.drawn import planning_draws
from rmscenario.risk.wishes import wishes
from rmscenario.uncertainty import REPLICATE
from tests.regions import plan
from tests.risk.enumeration import drawn_residuals
from tests.risk.known import EFFECTS, known_region

FEW, FRESH = 100, 8 * REPLICATE


class Seen:
    """A region in which everything is started, asked for a rule, and what that leaves on each set of draws."""

    def __init__(self, rule: dict[str, object], joint: float | None = None, seed: int = 0) -> None:
        model = known_region()
        (target,) = model.targets
        ruled = target.model_copy(update={"confidence": None, "hard": True} | rule)
        risk = RiskOptions(planning=FEW, choosing=FEW, certifying=FRESH, seed=seed, joint=joint)
        self.arranged = Arranged(replace(model, targets=(ruled,)), PlannerOptions(), risk)
        (self.line,) = self.arranged.problem.lines
        self.choice = self.arranged.problem.frame.structure.table.choice(plan(*((name, "A", 2028) for name in EFFECTS)))
        self.wishes = wishes(self.arranged.problem.lines, joint)

    def residuals(self, first: int, count: int) -> np.ndarray:
        draws = planning_draws(self.arranged.source, count, first=first)
        (found,) = drawn_residuals(self.arranged.problem, self.line, self.choice[None], draws, self.line.position)
        return found

    def share(self, first: int, count: int) -> float:
        return float(np.mean(is_met(self.residuals(first, count), self.line.cap, self.line.base)))

    def certified(self, furthest: float = 1.0) -> Certified:
        (found,) = self._certifying().targets(self.choice, self._chosen(furthest))
        return found

    def together(self, furthest: float = 1.0) -> CertifiedJoint:
        found = self._certifying().joint(self.choice, self._chosen(furthest))
        assert found is not None
        return found

    def _certifying(self) -> Certifying:
        return Certifying(self.arranged, self.wishes)

    def _chosen(self, furthest: float) -> Chosen:
        return Chosen(before=None, furthest={(self.line.target.target,): furthest})


@pytest.fixture(scope="module")
def lucky() -> tuple[int, float, float]:
    """A seed whose choosing draws flatter the plan by more than the fresh ones are uncertain, and both shares."""
    for seed in range(20):
        seen = Seen({"confidence": 0.5}, seed=seed)
        chosen, fresh = seen.share(CHOOSING, FEW), seen.share(CERTIFYING, FRESH)
        if chosen > fresh + 0.04:
            return seed, chosen, fresh
    raise AssertionError("no seed flatters it")


def test_a_wish_kept_on_the_choosing_draws_alone_is_unconfirmed(lucky: tuple[int, float, float]) -> None:
    seed, chosen, fresh = lucky
    wanted = (chosen + fresh) / 2
    found = Seen({"confidence": wanted}, seed=seed).certified()
    assert (found.probability, found.probability_chosen) == (pytest.approx(fresh), pytest.approx(chosen))
    assert found.high < wanted
    assert found.judged_chosen is not None
    assert found.judged_chosen < 45.0 < found.judged
    assert found.verdict is Verdict.UNCONFIRMED
    together = Seen({}, joint=wanted, seed=seed).together()
    assert together.probability_chosen == pytest.approx(chosen)
    assert together.verdict is Verdict.UNCONFIRMED


def test_what_is_wished_for_beyond_the_choosing_draws_is_priced_or_unfound(lucky: tuple[int, float, float]) -> None:
    seed, chosen, fresh = lucky
    wanted = chosen + 0.05
    for furthest, verdict in ((wanted + 0.01, Verdict.PRICED), (wanted - 0.01, Verdict.UNFOUND)):
        assert Seen({"confidence": wanted}, seed=seed).certified(furthest).verdict is verdict
        assert Seen({}, joint=wanted, seed=seed).together(furthest).verdict is verdict
    assert Seen({"confidence": fresh - 0.05}, seed=seed).certified().verdict is Verdict.MET
    assert Seen({}, joint=fresh - 0.05, seed=seed).together().verdict is Verdict.MET
    assert Seen({"confidence": fresh + 0.001}, seed=seed).certified().verdict is Verdict.CLOSE


@pytest.mark.parametrize(("rule", "worst"), [({"expected": True}, 1.0), ({"cvar": 0.5}, 0.5)])
def test_a_mean_within_the_cap_on_the_planning_draws_alone_is_unconfirmed(
    rule: dict[str, object], worst: float
) -> None:
    """The cap is set between the two means; further down it is missed on both, and no reason is known."""

    def mean(residuals: np.ndarray) -> float:
        return float(np.sort(residuals)[-round(worst * len(residuals)) :].mean())

    for seed in range(20):
        seen = Seen(rule, seed=seed)
        chosen, fresh = mean(seen.residuals(PLANNING, FEW)), mean(seen.residuals(CERTIFYING, FRESH))
        if chosen < fresh - 0.5:
            break
    for cap, verdict in (((chosen + fresh) / 2, Verdict.UNCONFIRMED), (fresh + 1, Verdict.MET), (chosen - 1, None)):
        found = Seen(rule | {"level": cap}, seed=seed).certified()
        assert (found.judged, found.judged_chosen) == (pytest.approx(fresh), pytest.approx(chosen))
        assert found.verdict is verdict
