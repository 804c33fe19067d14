"""Plans that risk had no part in choosing, judged by the same rules on the same draws as those that it had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rmscenario.plan import Plan, RiskReport
from rmscenario.planning.planner import PlannerOptions
from rmscenario.region import Region
from rmscenario.risk.arranged import Arranged, RiskOptions
from rmscenario.risk.certifying import Certifying
from rmscenario.risk.planner import asks_for_risk
from rmscenario.risk.wishes import wishes


def certified(region: Region, plans: Sequence[Plan], risk: RiskOptions | None = None) -> tuple[Plan, ...]:
    """Plans with what they reach, on draws that no decision has seen, of a region's targets under risk.

    Where nothing is held under risk they are as they were.

    Raises
    ------
    InputError
        When a plan starts something that the region cannot start so, or all targets together cannot be wished for.
    """
    risk = risk or RiskOptions()
    if not plans or not asks_for_risk(region, risk.joint):
        return tuple(plans)
    arranged = Arranged(region, PlannerOptions(), risk)
    choices = [arranged.problem.frame.structure.table.choice(plan) for plan in plans]
    certifying = Certifying(arranged, wishes(arranged.problem.lines, risk.joint), choices)
    return tuple(
        replace(
            plan,
            risk=RiskReport(
                fresh_draws=risk.certifying,
                targets=certifying.targets(choice, None),
                joint=certifying.joint(choice, None),
            ),
        )
        for plan, choice in zip(plans, choices, strict=True)
    )
