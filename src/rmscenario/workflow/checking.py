"""What a model or scenario says before it is planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from rmscenario.assessment import assess
from rmscenario.explain.limits import LimitReach, limits_can_bind
from rmscenario.explain.moves import MovesNothing, moves_nothing
from rmscenario.explain.reach import Reach
from rmscenario.plan import CertifiedJoint
from rmscenario.region import Region, table_names
from rmscenario.reporting.evidence import evidence
from rmscenario.risk import asks_for_risk, certified
from rmscenario.scenario import Scenario
from rmscenario.scenario.run_options import PlanningOptions
from rmscenario.workflow.certified import judged_row, reach_judged
from rmscenario.workflow.plans import everything_started, risk_options


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What can be reached, what can bind, what moves nothing, and what the figures rest on.

    `evidence` is that of everything started at its earliest: there is no plan yet whose effect and money could count. Targets
    under risk are judged by their own measure on fresh draws; `together` is what comes nearest of the starts behind `reach` to all
    of them together, None where that is not asked for. `fresh_draws` are those draws, 0 where nothing is held under risk.
    """

    reach: tuple[Reach, ...]
    together: CertifiedJoint | None
    fresh_draws: int
    limits: tuple[LimitReach, ...]
    moves_nothing: tuple[MovesNothing, ...]
    evidence: dict[str, dict[str, float]]

    @property
    def no_plan(self) -> bool:
        """Whether a hard target is out of reach, so that there is no plan."""
        return any(found.no_plan for found in self.reach)


def examine_scenario(scenario: Scenario) -> Checked:
    """Ask a scenario all that can be asked without a solver.

    Raises
    ------
    InputError
        When it asks for targets together that cannot be wished for so.
    """
    region, planning = scenario.region, scenario.planning
    found, started = reach_judged(region, planning.joint_confidence), everything_started(region)
    if planning.everything:  # nothing is chosen that a hard target could forbid
        found = tuple(replace(row, hard=False) for row in found)
    under_risk = asks_for_risk(region, planning.joint_confidence)
    return Checked(
        reach=found,
        together=_together(region, planning, found),
        fresh_draws=risk_options(planning).certifying if under_risk else 0,
        limits=limits_can_bind(region),
        moves_nothing=moves_nothing(region),
        evidence=evidence(region, started, assess(region, started)),
    )


def _together(region: Region, planning: PlanningOptions, found: Sequence[Reach]) -> CertifiedJoint | None:
    """All targets together in the draws, by the best for them of the starts that bring one of them furthest."""
    if planning.joint_confidence is None:
        return None
    plans = certified(region, [row.plan for row in found], risk_options(planning))
    joint = [plan.risk.joint for plan in plans if plan.risk is not None]
    return max((one for one in joint if one is not None), key=lambda one: one.probability)


def checked_row(scenario: Scenario, checked: Checked) -> dict[str, Any]:
    """All of it for other programs."""
    return {
        "scenario": scenario.name,
        "titles": {"da": scenario.title_da, "en": scenario.title_en},
        "confirmed": scenario.region.settings.confirmed,
        "rows": {name: len(scenario.region.table(name)) for name in table_names()},
        "warnings": [str(warning) for warning in scenario.warnings],
        "touched": [str(touched) for touched in scenario.touched],
        "reach": [
            {key: value for key, value in asdict(found).items() if key != "plan"}
            | {"starts": found.starts, "no_plan": found.no_plan, "change": found.change(found.earliest)}
            | judged_row(found)
            for found in checked.reach
        ],
        "together": None if checked.together is None else asdict(checked.together),
        "fresh_draws": checked.fresh_draws,
        "limits": [asdict(found) for found in checked.limits],
        "moves_nothing": [
            asdict(found) | {"costs": found.costs, "has_role": found.has_role} for found in checked.moves_nothing
        ],
        "evidence": checked.evidence,
    }
