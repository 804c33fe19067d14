"""A scenario carried out: planned, verified, stress tested, explained, drawn and written, as one run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmscenario import verify
from rmscenario.assessment import assess
from rmscenario.constants import is_met
from rmscenario.errors import NoPlanError, RmscenarioError, UnreachedError
from rmscenario.explain.backcast import strength_needed
from rmscenario.explain.last_tonnes import last_tonnes
from rmscenario.explain.reach import reach
from rmscenario.explain.shortfalls import shortfalls
from rmscenario.explain.solving import Effort
from rmscenario.explain.timing import Timing, last_responsible_starts
from rmscenario.plan import Plan, Termination
from rmscenario.planning import Tick
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.results import Result
from rmscenario.run_folder import Described
from rmscenario.scenario import PlanningOptions, Touched
from rmscenario.stress import run_stress
from rmscenario.workflow import explained
from rmscenario.workflow.certified import reach_judged
from rmscenario.workflow.drawing import Given, draw_ahead
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.plans import companion_kind, kept_at_modes, make_companion, make_plan, search_options
from rmscenario.workflow.second import Job, LostError, begin
from rmscenario.workflow.unverified import Unverified
from rmscenario.workflow.watch import Control, Phase

if TYPE_CHECKING:
    import xarray as xr


#: Lifts the families that most often stand in the way of any plan.
_LIFT = "--set planning.lift=money,staff,starts,duties,minimum"


class Step(StrEnum):
    """What is made beside the verified plan."""

    STRESS = "stress"
    FIGURES = "figures"
    AGREEMENTS = "agreements"
    LIMITS = "limits"
    LAST_TONNES = "last_tonnes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What shall be carried out, and where it goes.

    `touched` is None for a run made of an earlier one, in `runs / name`: what that one touched stays written there.
    """

    scenario: Described
    region: Region
    touched: tuple[Touched, ...] | None
    inputs: Mapping[str, str]
    steps: frozenset[Step]
    runs: Path
    name: str
    lang: Lang
    command: tuple[str, ...]

    @property
    def title(self) -> str:
        """The scenario's title in the language of the run."""
        return self.scenario.title_da if self.lang is Lang.DA else self.scenario.title_en


@dataclass(slots=True, kw_only=True)
class Findings:
    """What is known of a plan so far.

    `earlier` holds what an earlier run's summary says of how the plan was found; a plan read from a file cannot.
    `ahead` are figures, `beside` the plan beside the plan, that the second process makes meanwhile.
    """

    plan: Plan
    assessment: xr.Dataset
    recomputed: verify.Recomputed
    verification: verify.Verification
    stress: xr.Dataset | None = None
    companion: Plan | None = None
    companion_assessment: xr.Dataset | None = None
    timing: Timing | None = None
    explained: dict[str, Any] = field(default_factory=dict)
    interrupted: bool = False
    earlier: Mapping[str, Any] | None = None
    ahead: Sequence[Given] = ()
    beside: Job[Plan] | None = None


def result_of(order: Order, findings: Findings) -> Result:
    """What reports are made of."""
    return Result(
        title=order.title,
        region=order.region,
        plan=findings.plan,
        assessment=findings.assessment,
        stress=findings.stress,
    )


def carry_out(order: Order, control: Control) -> Findings:
    """Carry a scenario out.

    Interrupted, what is there by then is verified and kept, marked so.

    Raises
    ------
    NoPlanError
        When the hard rules contradict each other.
    Interrupted
        When there was no plan yet.
    VerificationError
        When the recomputation disagrees.
    """
    beside = None
    if Step.STRESS in order.steps:
        control.second.submit(begin)  # while the plan is searched for
    if Step.AGREEMENTS in order.steps and companion_kind(order.scenario.planning) is not None:
        beside = control.second.submit(make_companion, order.region, order.scenario.planning)
    findings = examine(order, _plan(order, control), control)
    findings.beside = beside
    findings.interrupted = control.interrupts.asked() or stopped_early(findings.plan)
    if {Step.FIGURES, Step.STRESS} <= order.steps and not findings.interrupted:
        findings.ahead = draw_ahead(result_of(order, findings), order.lang, control)
    for part in (add_reach, add_timing, add_stress, add_backcast, add_limits, add_last_tonnes):
        if not findings.interrupted:
            part(order, findings, control)
    return findings


def stopped_early(plan: Plan) -> bool:
    """Whether the search for a plan was interrupted."""
    return plan.solve is not None and plan.solve.termination is Termination.INTERRUPTED


def _plan(order: Order, control: Control) -> Plan:
    """The plan, kept at once: verifying and writing take seconds, in which a second Ctrl-C must not lose it."""
    interrupts = control.interrupts

    def tick(tick: Tick) -> None:
        interrupts.holding = interrupts.holding or (tick.incumbent is not None and math.isfinite(tick.incumbent))
        control.watch.tick(tick)

    unverified = Unverified(order.runs, order.name)
    try:
        with control.phase(Phase.PLAN):
            plan = make_plan(order.region, order.scenario.planning, progress=tick, stop=interrupts.asked)
        kept = unverified.keep(plan)
    except NoPlanError as error:
        if interrupts.number is not None:
            raise Interrupted(interrupts.number) from None
        if isinstance(error, UnreachedError):
            raise
        raise NoPlanError(_why_no_plan(order.region, order.scenario.planning)) from None
    finally:
        interrupts.holding = False
    if kept and interrupts.asked():
        control.watch.note(say("terminal.unverified", order.lang, path=unverified.path.as_posix()))
    return plan


def _why_no_plan(region: Region, planning: PlanningOptions) -> str:
    """Which hard targets are out of reach; if none is, how to find the rules that contradict each other."""
    kept = kept_at_modes(region, planning)
    never = [found.target for found in reach(region) if found.no_plan and found.target in kept]
    if never:
        return (
            f"targets: found the hard target {' and '.join(never)} out of reach of all initiatives, expected one that "
            "some plan keeps; make it soft (hard = no), or lower it"
        )
    if drawn := [target.target for target in region.active_targets if target.hard and target.target not in kept]:
        return (
            f"targets: found no plan that keeps the hard target {' and '.join(drawn)} under risk and all other hard rules, "
            "expected one (it is not proven that there is none); ask for less, make it soft (hard = no), or find the rule in the "
            f"way by lifting families of them, such as {_LIFT}"
        )
    return (
        "found hard rules that contradict each other, expected at least one plan that keeps them; find which by lifting "
        f"families of them, such as {_LIFT}"
    )


def examine(order: Order, plan: Plan, control: Control) -> Findings:
    """Assess a plan and let the independent recomputation agree.

    Raises
    ------
    VerificationError
        When it does not.
    """
    region = order.region
    with control.phase(Phase.ASSESS):
        assessment = assess(region, plan)
    with control.phase(Phase.VERIFY):
        recomputed = verify.recompute(region, plan, kept_at_modes(region, order.scenario.planning))
        verification = verify.compare(recomputed, assessment)
        verify.require(verification)
    findings = Findings(plan=plan, assessment=assessment, recomputed=recomputed, verification=verification)
    findings.explained["in_the_way"] = explained.in_the_way(region, recomputed.limits) if _missed(findings) else []
    return findings


def add_reach(order: Order, findings: Findings, control: Control) -> None:
    """Find out what known initiatives can reach at all; of targets under risk on fresh draws."""
    with control.phase(Phase.EXPLAIN):
        found = reach_judged(order.region, order.scenario.planning.joint_confidence)
        findings.explained["reach"] = explained.reach_rows(order.region, found)


def _missed(findings: Findings) -> bool:
    """Whether a target is missed: in a year that it holds, or, under risk, by its own measure."""
    years = findings.recomputed.years
    for name, check in findings.recomputed.targets.items():
        found = findings.plan.certified(name)
        if not (check.met(years) if found is None else is_met(found.judged, check.cap, check.base)):
            return True
    return False


def add_stress(order: Order, findings: Findings, control: Control) -> None:
    """Stress test the plan; interrupted, with the draws made so far."""
    if Step.STRESS not in order.steps:
        return
    options = order.scenario.stress
    with control.phase(Phase.STRESS):
        findings.stress = run_stress(
            order.region,
            findings.plan,
            options,
            progress=lambda done: control.watch.draws(done, options.draws),
            stop=control.interrupts.asked,
            pool=control.pool,
        )
    findings.interrupted = findings.interrupted or control.interrupts.asked()


def add_timing(order: Order, findings: Findings, control: Control) -> None:
    """Find out what cannot wait."""
    if not findings.plan.starts:
        return
    with control.phase(Phase.EXPLAIN):
        findings.timing = last_responsible_starts(order.region, findings.plan)
    if findings.timing is not None:
        findings.explained["timing"] = explained.timing_row(findings.timing)


def _effort(order: Order, control: Control) -> Effort:
    search = search_options(order.scenario.planning)
    return Effort(search=search, progress=control.watch.searches, stop=control.interrupts.asked)


def add_backcast(order: Order, findings: Findings, control: Control) -> None:
    """Answer the scenario's backcast; interrupted, nothing is said of it."""
    asked = order.scenario.backcast
    if asked is None:
        return
    with control.phase(Phase.EXPLAIN):
        plan = not order.scenario.planning.everything
        found = strength_needed(order.region, asked, plan=plan, effort=_effort(order, control))
    findings.interrupted = findings.interrupted or control.interrupts.asked()
    if not findings.interrupted:
        findings.explained["backcast"] = explained.backcast_row(order.region, found)


def add_limits(order: Order, findings: Findings, control: Control) -> None:
    """Find out what stands in the way; interrupted, nothing is said of it."""
    if Step.LIMITS not in order.steps:
        return
    with control.phase(Phase.EXPLAIN):
        found = shortfalls(order.region, findings.plan, effort=_effort(order, control))
    findings.interrupted = findings.interrupted or control.interrupts.asked()
    if found is not None and not findings.interrupted:
        findings.explained["shortfalls"] = explained.shortfalls_row(found)
        if _missed(findings):
            findings.explained["in_the_way"] = explained.in_the_way(order.region, findings.recomputed.limits, found)


def add_last_tonnes(order: Order, findings: Findings, control: Control) -> None:
    """Find out what the last tonnes cost; interrupted, nothing is said of it."""
    if Step.LAST_TONNES not in order.steps:
        return
    with control.phase(Phase.EXPLAIN):
        found = last_tonnes(order.region, findings.plan, effort=_effort(order, control))
    findings.interrupted = findings.interrupted or control.interrupts.asked()
    if found is not None and not findings.interrupted:
        findings.explained["last_tonnes"] = explained.last_tonnes_row(found)


def add_companion(order: Order, findings: Findings, control: Control) -> None:
    """Wait for the plan beside the plan; without it the agreements have one column less."""
    if findings.beside is None or findings.interrupted:
        return
    with control.phase(Phase.COMPANION):
        try:
            plan = findings.beside.result(control.interrupts.asked)
            findings.companion, findings.companion_assessment = plan, assess(order.region, plan)
        except Interrupted:
            findings.interrupted = True
        except (RmscenarioError, LostError) as error:
            control.watch.note(say("terminal.no_companion", order.lang, reason=error))
