"""What a model or scenario says before it is planned."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rmscenario.assessment import assess
from rmscenario.explain.limits import LimitReach, limits_can_bind
from rmscenario.explain.moves import MovesNothing, moves_nothing
from rmscenario.explain.reach import Reach, reach
from rmscenario.plan import Plan
from rmscenario.region import Region, table_names
from rmscenario.reporting.evidence import evidence
from rmscenario.scenario import Scenario
from rmscenario.workflow.plans import everything_started


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What can be reached, what can bind, what moves nothing, and what the figures rest on.

    `evidence` is that of everything started at its earliest: there is no plan yet whose effect and money could count.
    """

    reach: tuple[Reach, ...]
    limits: tuple[LimitReach, ...]
    moves_nothing: tuple[MovesNothing, ...]
    evidence: dict[str, dict[str, float]]

    @property
    def no_plan(self) -> bool:
        """Whether a hard target is out of reach, so that there is no plan."""
        return any(found.no_plan for found in self.reach)


def examine_region(region: Region) -> Checked:
    """Ask a region all that can be asked without a solver."""
    started: Plan = everything_started(region)
    return Checked(
        reach=reach(region),
        limits=limits_can_bind(region),
        moves_nothing=moves_nothing(region),
        evidence=evidence(region, started, assess(region, started)),
    )


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
            for found in checked.reach
        ],
        "limits": [asdict(found) for found in checked.limits],
        "moves_nothing": [
            asdict(found) | {"costs": found.costs, "has_role": found.has_role} for found in checked.moves_nothing
        ],
        "evidence": checked.evidence,
    }
