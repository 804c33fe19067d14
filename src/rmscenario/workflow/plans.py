"""The plan of a scenario, and the plan that is shown beside it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from rmscenario.explain.earliest import everything
from rmscenario.options import build_options
from rmscenario.plan import Plan
from rmscenario.planning import PlannerOptions, Progress, plan_region
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import Mode
from rmscenario.planning.progress import Stop, never, silent
from rmscenario.region import Region
from rmscenario.risk import RiskOptions, asks_for_risk, certified, plan_under_risk
from rmscenario.scenario import PlanMode, PlanningOptions, Starts

#: [1] Gap of the plan beside the plan: it is looked at, not signed.
COMPANION_GAP = 0.0005
#: Work limit of the plan beside the plan, in nodes: it is worth no long wait, and says how far its bound is.
COMPANION_NODES = 10


class Kind(StrEnum):
    """What a plan is."""

    PRICED = "priced"
    NEAREST = "nearest"
    EVERYTHING = "everything"
    NOTHING_MORE = "nothing_more"


def kind_of(planning: PlanningOptions) -> Kind:
    """What the plan of a scenario is."""
    if planning.everything:
        return Kind.EVERYTHING
    if planning.starts is Starts.NONE:
        return Kind.NOTHING_MORE
    return Kind.PRICED if planning.mode is PlanMode.PRICED else Kind.NEAREST


def companion_kind(planning: PlanningOptions) -> Kind | None:
    """What is shown beside it: the nearest plan beside the priced one, and the other way round; else nothing."""
    return {Kind.PRICED: Kind.NEAREST, Kind.NEAREST: Kind.PRICED}.get(kind_of(planning))


def search_options(planning: PlanningOptions) -> SearchOptions:
    """Effort of the search."""
    return SearchOptions(
        gap=planning.gap,
        max_nodes=planning.max_nodes,
        max_rounds=planning.max_rounds,
        threads=planning.threads,
        seed=planning.seed,
    )


def risk_options(planning: PlanningOptions) -> RiskOptions:
    """Draws and wishes of a plan under risk."""
    return RiskOptions(planning=planning.draws, choosing=planning.draws, joint=planning.joint_confidence)


def everything_started(region: Region) -> Plan:
    """Every initiative at its earliest: the outer limit of what known initiatives can reach, not a plan to sign."""
    table = build_options(region)
    return Plan(starts=table.starts(everything(region, table)))


def judged(region: Region, plan: Plan, planning: PlanningOptions) -> Plan:
    """A plan that risk had no part in choosing, judged by its scenario's rules under risk, if there are any."""
    (found,) = certified(region, [plan], risk_options(planning))
    return found


def kept_at_modes(region: Region, planning: PlanningOptions) -> frozenset[str]:
    """Hard targets that a scenario's plan must keep with every input at its mode.

    One under risk, alone or together with all others, holds on draws instead. In everything at once nothing was chosen, so that
    what it misses is a finding.
    """
    if planning.everything or planning.joint_confidence is not None:
        return frozenset()
    return frozenset(target.target for target in region.active_targets if target.hard and not target.under_risk)


def make_plan(region: Region, planning: PlanningOptions, *, progress: Progress = silent, stop: Stop = never) -> Plan:
    """Plan a scenario's region; without a solver where nothing is left to choose, judged by the same rules all the same.

    Raises
    ------
    NoPlanError
        When the hard rules contradict each other, or no plan was found before it was stopped.
    """
    kind = kind_of(planning)
    if kind is Kind.EVERYTHING:
        return judged(region, everything_started(region), planning)
    mode = Mode.NEAREST if kind is Kind.NEAREST else Mode.PRICED
    options = PlannerOptions(mode=mode, search=search_options(planning), later_nodes=planning.later_nodes)
    if asks_for_risk(region, planning.joint_confidence):
        return plan_under_risk(region, options, risk_options(planning), progress=progress, stop=stop).plan
    return plan_region(region, options, progress=progress, stop=stop).plan


def make_companion(region: Region, planning: PlanningOptions) -> Plan:
    """The plan beside the plan; of the nearest only the targets of the first priority come before cost.

    It is chosen at the modes, and judged by the scenario's rules under risk.
    """
    effort = planning.model_copy(
        update={
            "gap": max(COMPANION_GAP, planning.gap),
            "max_nodes": min(COMPANION_NODES, planning.max_nodes),
            "threads": 1,
        }
    )
    search = replace(search_options(effort), exchanges=False)
    if companion_kind(planning) is Kind.NEAREST:
        options = PlannerOptions(mode=Mode.NEAREST, priorities=1, search=search, later_nodes=0)
    else:
        options = PlannerOptions(mode=Mode.PRICED, search=search)
    return judged(region, plan_region(region, options).plan, planning)
