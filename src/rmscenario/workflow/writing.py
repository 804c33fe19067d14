"""Findings written as a run: tables, arrays, summary, figures and agreements, whole or not at all."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmscenario import run_folder as rf
from rmscenario.reporting.netcdf import write_netcdf
from rmscenario.reporting.results import Result, next_round
from rmscenario.tables import write_region
from rmscenario.workflow import contents, explained
from rmscenario.workflow.carry_out import Findings, Order, Step, add_companion, result_of
from rmscenario.workflow.drawing import draw
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.manifest import versions
from rmscenario.workflow.plans import Kind, companion_kind, kind_of
from rmscenario.workflow.summary import companion_row, summarise
from rmscenario.workflow.watch import Control, Phase

if TYPE_CHECKING:
    import xarray as xr

FIGURES_FOLDER, AGREEMENTS_FOLDER, LAST_STARTS_FILE = "figures", "agreements", "last_starts.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A run as written."""

    folder: Path
    summary: dict[str, Any]


def write_run(order: Order, findings: Findings, control: Control) -> Outcome:
    """Write a run; the earlier one of its name moves to the history.

    Interrupted while drawing, the run is written without figures or agreements, marked so.
    """
    with rf.new_run(order.runs, order.name) as draft:
        folder = draft.folder
        _draw(order, findings, folder, control)
        with control.phase(Phase.WRITE):
            summary = _write(order, findings, folder)
        rf.write_manifest(
            folder,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            command=order.command,
            versions=versions(),
            inputs=order.inputs,
            options={
                "sets": list(order.scenario.sets),
                "steps": sorted(order.steps),
                "lang": order.lang.value,
                "planning": order.scenario.planning.model_dump(mode="json"),
                "stress": order.scenario.stress.model_dump(mode="json"),
            },
            seconds=control.seconds,
        )
        control.interrupts.holding = True  # from here on it is done in a moment, and a half of it would be nothing
        draft.whole = True
    return Outcome(folder=order.runs / order.name, summary=summary)


def _write(order: Order, findings: Findings, folder: Path) -> dict[str, Any]:
    """Tables, arrays and summary; returns the summary."""
    region, plan = order.region, findings.plan
    write_region(folder / rf.REGION_FOLDER, region)
    rf.write_described(folder / rf.SCENARIO_FILE, order.scenario)
    if order.touched is None:
        shutil.copyfile(order.runs / order.name / rf.TOUCHED_FILE, folder / rf.TOUCHED_FILE)
    else:
        rf.write_table(folder / rf.TOUCHED_FILE, contents.TOUCHED_COLUMNS, contents.touched_rows(order.touched))
    rows = contents.plan_rows(region, plan, findings.assessment)
    rf.write_table(folder / rf.PLAN_FILE, contents.plan_columns(region), rows)
    limits = contents.limit_rows(region, findings.recomputed.limits, order.lang)
    rf.write_table(folder / rf.LIMITS_FILE, contents.LIMIT_COLUMNS, limits)
    if findings.timing is not None:
        rows = explained.last_start_rows(findings.timing)
        rf.write_table(folder / LAST_STARTS_FILE, explained.LAST_START_COLUMNS, rows)
    write_netcdf(findings.assessment, folder / rf.QUANTITIES_FILE)
    if findings.stress is not None:
        write_netcdf(findings.stress, folder / rf.STRESS_FILE, may_miss=_may_miss(findings.stress))
    summary = summarise(order.scenario, kind_of(order.scenario.planning).value, region, findings)
    kind = companion_kind(order.scenario.planning)
    if findings.companion is not None and findings.companion_assessment is not None and kind is not None:
        rf.write_table(folder / rf.COMPANION_FILE, contents.START_COLUMNS, contents.start_rows(findings.companion))
        found = None if findings.earlier is None else findings.earlier.get(kind.value)
        summary[kind.value] = companion_row(
            kind.value, region, findings.companion, findings.companion_assessment, found
        )
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
        findings.interrupted = findings.interrupted or control.interrupts.asked()
        if step is Step.AGREEMENTS:
            add_companion(order, findings, control)  # the figures are drawn while it is searched for
        if step not in order.steps or findings.interrupted:
            continue
        try:
            with control.phase(phase):
                make(order, findings, folder / name, control)
        except Interrupted:
            shutil.rmtree(folder / name, ignore_errors=True)
            findings.interrupted = True


def _figures(order: Order, findings: Findings, folder: Path, control: Control) -> None:
    with control.interrupts.raised():
        draw(folder, result_of(order, findings), order.lang, findings.ahead, control)


def _agreements(order: Order, findings: Findings, folder: Path, control: Control) -> None:
    from rmscenario.reporting.agreements import write_agreements  # noqa: PLC0415  a workbook's writer takes long to import

    if next_round(order.region) is None:
        return
    beside = None
    nearest = companion_kind(order.scenario.planning) is Kind.NEAREST  # the column speaks of the nearest plan alone
    if nearest and findings.companion is not None and findings.companion_assessment is not None:
        beside = Result(
            title=order.title,
            region=order.region,
            plan=findings.companion,
            assessment=findings.companion_assessment,
        )
    with control.interrupts.raised():
        write_agreements(folder, result_of(order, findings), order.lang, beside)
