"""A run read back and tested again: other draws for its plan, or every figure of it recomputed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rmscenario import verify
from rmscenario.assessment import assess
from rmscenario.reporting.language import Lang
from rmscenario.reporting.netcdf import read_netcdf
from rmscenario.run_folder import QUANTITIES_FILE, STRESS_FILE, Run
from rmscenario.workflow.carry_out import Findings, Order, Step, add_reach, add_stress, add_timing, examine
from rmscenario.workflow.plans import companion_kind, judged, kept_at_modes
from rmscenario.workflow.watch import Control, Phase

if TYPE_CHECKING:
    import xarray as xr

#: What a summary says of how its plan was found and explained; planning anew would be needed to say it again.
_KEPT = ("shortfalls", "last_tonnes", "backcast")


def stress_of(run: Run) -> xr.Dataset | None:
    """The stress test of a run, None if it has none."""
    return read_netcdf(run.folder / STRESS_FILE) if STRESS_FILE in run.manifest.outputs else None


def verify_run(run: Run, control: Control) -> tuple[verify.Recomputed, verify.Verification]:
    """Recompute a run from its tables and its plan, and compare every figure with the ones that were written."""
    with control.phase(Phase.VERIFY):
        recomputed = verify.recompute(run.region, run.plan, kept_at_modes(run.region, run.scenario.planning))
        return recomputed, verify.compare(recomputed, read_netcdf(run.folder / QUANTITIES_FILE))


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDraws:
    """What is different in another stress test; None: as before."""

    draws: int | None
    seed: int | None
    sampler: str | None


def order_again(run: Run, other: OtherDraws, command: Sequence[str]) -> Order:
    """The order of a run with another stress test; figures and agreements are made again if it had them."""
    changes = {
        key: value
        for key, value in (("draws", other.draws), ("seed", other.seed), ("sampler", other.sampler))
        if value is not None
    }
    stress = type(run.scenario.stress).model_validate(run.scenario.stress.model_dump() | changes)
    folder = run.folder if run.folder.name not in ("", "..") else run.folder.resolve()
    return Order(
        scenario=replace(run.scenario, stress=stress),
        region=run.region,
        touched=None,
        inputs=run.manifest.inputs,
        steps=frozenset(Step(name) for name in run.manifest.options["steps"]) | {Step.STRESS},
        runs=folder.parent,
        name=folder.name,
        lang=Lang(run.manifest.options["lang"]),
        command=tuple(command),
    )


def stress_again(run: Run, order: Order, control: Control) -> Findings:
    """Stress test the plan of a run again; it is verified first, and never planned again."""
    findings = examine(order, run.plan, control)
    findings.earlier = run.summary
    findings.explained |= {key: run.summary[key] for key in _KEPT if key in run.summary}
    findings.explained["in_the_way"] = run.summary.get("in_the_way", [])
    findings.interrupted = control.interrupts.asked()
    for part in (add_reach, add_timing, add_stress):
        if not findings.interrupted:
            part(order, findings, control)
    if run.companion is not None and companion_kind(order.scenario.planning) is not None:
        findings.companion = judged(run.region, run.companion, order.scenario.planning)
        findings.companion_assessment = assess(run.region, run.companion)
    return findings
