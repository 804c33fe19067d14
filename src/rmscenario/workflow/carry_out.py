"""A scenario carried out: planned, verified, stress tested, drawn and written, as one run."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmscenario import run_folder as rf
from rmscenario import verify
from rmscenario.assessment import assess
from rmscenario.errors import NoPlanError, RmscenarioError
from rmscenario.plan import Plan, Termination
from rmscenario.region import Region
from rmscenario.reporting.language import Lang
from rmscenario.reporting.netcdf import write_netcdf
from rmscenario.reporting.results import Result, next_round
from rmscenario.run_folder import Described
from rmscenario.scenario import Touched
from rmscenario.stress import run_stress
from rmscenario.tables import write_region
from rmscenario.workflow import contents
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.manifest import versions
from rmscenario.workflow.plans import companion_kind, kind_of, make_companion, make_plan
from rmscenario.workflow.second import Job, LostError, SecondProcess
from rmscenario.workflow.summary import companion_row, summarise
from rmscenario.workflow.watch import Control, Phase

if TYPE_CHECKING:
    import xarray as xr

FIGURES_FOLDER, AGREEMENTS_FOLDER = "figures", "agreements"


class Step(StrEnum):
    """What is made beside the verified plan."""

    STRESS = "stress"
    FIGURES = "figures"
    AGREEMENTS = "agreements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What shall be carried out, and where it goes."""

    scenario: Described
    region: Region
    touched: tuple[Touched, ...]
    inputs: Mapping[str, str]
    steps: frozenset[Step]
    runs: Path
    name: str
    lang: Lang
    command: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Findings:
    """What is known of a plan so far."""

    plan: Plan
    assessment: xr.Dataset
    recomputed: verify.Recomputed
    verification: verify.Verification
    stress: xr.Dataset | None = None
    companion: Plan | None = None
    companion_assessment: xr.Dataset | None = None
    interrupted: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A run as written."""

    folder: Path
    summary: dict[str, Any]


def carry_out(order: Order, control: Control) -> Outcome:
    """Carry out a scenario and write its run.

    Interrupted, what is there by then is verified and written, marked so; without a plan nothing is.

    Raises
    ------
    NoPlanError
        When the hard rules contradict each other.
    Interrupted
        When there was no plan yet.
    VerificationError
        When the recomputation disagrees; nothing is written then.
    """
    second = SecondProcess()
    try:
        beside = None
        if Step.AGREEMENTS in order.steps and companion_kind(order.scenario.planning) is not None:
            beside = second.submit(make_companion, order.region, order.scenario.planning)
        with control.interrupts.kept():
            findings = _findings(order, control)
            if beside is not None and not findings.interrupted:
                _add_companion(order, findings, beside, control)
            return _write(order, findings, control)
    finally:
        second.close()


def _findings(order: Order, control: Control) -> Findings:
    region = order.region
    with control.phase(Phase.PLAN):
        try:
            plan = make_plan(
                region, order.scenario.planning, progress=control.watch.tick, stop=control.interrupts.asked
            )
        except NoPlanError:
            if control.interrupts.number is not None:
                raise Interrupted(control.interrupts.number) from None
            raise
    findings = examine(region, plan, control)
    interrupted = plan.solve is not None and plan.solve.termination is Termination.INTERRUPTED
    findings.interrupted = interrupted or control.interrupts.asked()
    if Step.STRESS in order.steps and not findings.interrupted:
        add_stress(region, order.scenario, findings, control)
    return findings


def examine(region: Region, plan: Plan, control: Control) -> Findings:
    """Assess a plan and let the independent recomputation agree.

    Raises
    ------
    VerificationError
        When it does not.
    """
    with control.phase(Phase.ASSESS):
        assessment = assess(region, plan)
    with control.phase(Phase.VERIFY):
        recomputed = verify.recompute(region, plan)
        verification = verify.compare(recomputed, assessment)
        verify.require(verification)
    return Findings(plan=plan, assessment=assessment, recomputed=recomputed, verification=verification)


def add_stress(region: Region, scenario: Described, findings: Findings, control: Control) -> None:
    """Stress test the plan; interrupted, with the draws made so far."""
    total = scenario.stress.draws
    with control.phase(Phase.STRESS):
        findings.stress = run_stress(
            region,
            findings.plan,
            scenario.stress,
            progress=lambda done: control.watch.draws(done, total),
            stop=control.interrupts.asked,
        )
    findings.interrupted = findings.interrupted or control.interrupts.asked()


def _add_companion(order: Order, findings: Findings, beside: Job[Plan], control: Control) -> None:
    """Wait for the plan beside the plan; without it the agreements have one column less."""
    with control.phase(Phase.COMPANION):
        try:
            plan = beside.result(control.interrupts.asked)
            findings.companion, findings.companion_assessment = plan, assess(order.region, plan)
        except Interrupted:
            findings.interrupted = True
        except (RmscenarioError, LostError) as error:
            control.watch.note(f"no plan beside the plan: {error}")


def _write(order: Order, findings: Findings, control: Control) -> Outcome:
    with rf.new_run(order.runs, order.name) as draft:
        folder = draft.folder
        _draw(order, findings, folder, control)
        with control.phase(Phase.WRITE):
            write_region(folder / rf.REGION_FOLDER, order.region)
            rf.write_described(folder / rf.SCENARIO_FILE, order.scenario)
            rf.write_table(folder / rf.TOUCHED_FILE, contents.TOUCHED_COLUMNS, contents.touched_rows(order.touched))
            summary = _write_findings(order, findings, folder)
        rf.write_manifest(
            folder,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            command=order.command,
            versions=versions(),
            inputs=order.inputs,
            options=_options(order),
            seconds=control.seconds,
        )
        draft.whole = True
    return Outcome(folder=order.runs / order.name, summary=summary)


def _options(order: Order) -> dict[str, Any]:
    scenario = order.scenario
    return {
        "sets": list(scenario.sets),
        "steps": sorted(order.steps),
        "lang": order.lang.value,
        "planning": scenario.planning.model_dump(mode="json"),
        "stress": scenario.stress.model_dump(mode="json"),
    }


def _write_findings(order: Order, findings: Findings, folder: Path) -> dict[str, Any]:
    """Tables, arrays and summary."""
    region, plan = order.region, findings.plan
    rf.write_table(
        folder / rf.PLAN_FILE,
        contents.plan_columns(region),
        contents.plan_rows(region, plan, findings.assessment),
    )
    rf.write_table(folder / rf.LIMITS_FILE, contents.LIMIT_COLUMNS, contents.limit_rows(findings.recomputed.limits))
    write_netcdf(findings.assessment, folder / rf.QUANTITIES_FILE)
    if findings.stress is not None:
        write_netcdf(findings.stress, folder / rf.STRESS_FILE, may_miss=_may_miss(findings.stress))
    scenario = order.scenario
    summary = summarise(
        scenario=scenario.name,
        titles={"da": scenario.title_da, "en": scenario.title_en},
        mode=kind_of(scenario.planning).value,
        region=region,
        plan=plan,
        assessment=findings.assessment,
        recomputed=findings.recomputed,
        verification=findings.verification,
        stress=findings.stress,
        interrupted=findings.interrupted,
    )
    kind = companion_kind(scenario.planning)
    if findings.companion is not None and findings.companion_assessment is not None and kind is not None:
        rf.write_table(folder / rf.COMPANION_FILE, contents.START_COLUMNS, contents.start_rows(findings.companion))
        summary[kind.value] = companion_row(kind.value, region, findings.companion, findings.companion_assessment)
    rf.write_json(folder / rf.SUMMARY_FILE, summary)
    return summary


def _may_miss(stress: xr.Dataset) -> list[str]:
    """Variables of a stress test that are not defined for a target without a base."""
    return [str(name) for name in stress.data_vars if "certain_reduction" in str(name)]


def _draw(order: Order, findings: Findings, folder: Path, control: Control) -> None:
    """Figures and agreements; interrupted, none of those that are not whole."""
    jobs = {
        Step.FIGURES: (Phase.FIGURES, FIGURES_FOLDER, _figures),
        Step.AGREEMENTS: (Phase.AGREEMENTS, AGREEMENTS_FOLDER, _agreements),
    }
    for step, (phase, name, make) in jobs.items():
        if step not in order.steps or findings.interrupted:
            continue
        try:
            with control.phase(phase), control.interrupts.raised():
                make(order, findings, folder / name)
        except Interrupted:
            shutil.rmtree(folder / name, ignore_errors=True)
            findings.interrupted = True


def _title(order: Order) -> str:
    return order.scenario.title_da if order.lang is Lang.DA else order.scenario.title_en


def _result(order: Order, findings: Findings) -> Result:
    return Result(
        title=_title(order),
        region=order.region,
        plan=findings.plan,
        assessment=findings.assessment,
        stress=findings.stress,
    )


def _figures(order: Order, findings: Findings, folder: Path) -> None:
    from rmscenario.reporting.figures import save_figures  # noqa: PLC0415  matplotlib takes a second to import

    save_figures(folder, _result(order, findings), order.lang)


def _agreements(order: Order, findings: Findings, folder: Path) -> None:
    from rmscenario.reporting.agreements import write_agreements  # noqa: PLC0415  as above

    if next_round(order.region) is None:
        return
    beside = None
    if findings.companion is not None and findings.companion_assessment is not None:
        beside = Result(
            title=_title(order),
            region=order.region,
            plan=findings.companion,
            assessment=findings.companion_assessment,
        )
    write_agreements(folder, _result(order, findings), order.lang, beside)
