"""What is certified of a plan under risk, as `summary.json` says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rmscenario.constants import is_met
from rmscenario.explain.reach import Reach, Reachable, reach
from rmscenario.plan import Certified
from rmscenario.region import Region
from rmscenario.risk import certified


def _on_fresh_draws(found: Certified) -> dict[str, Any]:
    return {
        "probability_met": found.probability,
        "probability_met_interval": [found.low, found.high],
        "cvar": found.cvar,
        "level": found.level,
        "judged_interval": [found.judged_low, found.judged_high],
    }


def certified_row(found: Certified) -> dict[str, Any]:
    """What a plan reaches of a target on fresh draws, beside what is known of how it was chosen."""
    return _on_fresh_draws(found) | {
        "furthest": found.furthest,
        "probability_met_before": found.probability_before,
        "cvar_before": found.cvar_before,
        "probability_met_chosen": found.probability_chosen,
        "judged_chosen": found.judged_chosen,
        "verdict": found.verdict,
    }


def reach_judged(region: Region, joint: float | None = None) -> tuple[Reach, ...]:
    """What each active target can come to; one under risk by its own measure on fresh draws, of which nothing is proven.

    Parameters
    ----------
    joint : float or None [1]
        Share of the draws in which all targets shall be met together: of these nothing is proven either.
    """
    found = reach(region)
    if joint is not None:
        together = {target.target for target in region.active_targets if target.aimed_at}
        found = tuple(_unproven(row) if row.target in together else row for row in found)
    risky = {target.target for target in region.active_targets if target.under_risk}
    plans = certified(region, [row.plan for row in found if row.target in risky])
    judged = dict(zip((row.target for row in found if row.target in risky), plans, strict=True))
    return tuple(_judged(replace(row, plan=judged[row.target])) if row.target in risky else row for row in found)


def _judged(row: Reach) -> Reach:
    if is_met(row.plan.judged_background(row.target, row.background), row.cap, row.base):
        verdict = Reachable.MET_ALREADY
    elif is_met(row.plan.judged(row.target, row.earliest), row.cap, row.base):
        verdict = Reachable.WITHIN_REACH
    else:
        verdict = Reachable.DOUBTFUL
    return _unproven(replace(row, verdict=verdict))


def _unproven(row: Reach) -> Reach:
    """The same of a target that holds on draws, in which more can be reached than as planned."""
    verdict = Reachable.DOUBTFUL if row.verdict is Reachable.OUT_OF_REACH else row.verdict
    return replace(row, verdict=verdict, impossible_in=None)


def judged_row(row: Reach) -> dict[str, Any]:
    """What everything at its earliest comes to by a target's own measure, and, under risk, how that is known."""
    found: dict[str, Any] = {"judged": row.plan.judged(row.target, row.earliest)}
    if (own := row.plan.certified(row.target)) is not None:
        found |= {"confidence": own.confidence, "certified": _on_fresh_draws(own)}
    return found
