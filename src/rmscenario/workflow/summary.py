"""`summary.json`: what a run found, in figures that other programs and the texts for people read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from rmscenario.constants import PERCENTILES, is_met
from rmscenario.plan import Certified, Plan
from rmscenario.region import Region, report_year
from rmscenario.region.footprint import Target
from rmscenario.reporting.evidence import evidence
from rmscenario.reporting.results import footprint_stream, measure_of, next_round, share_reached
from rmscenario.run_folder import Described
from rmscenario.verify import Verification
from rmscenario.workflow.carry_out import Findings
from rmscenario.workflow.certified import certified_row
from rmscenario.workflow.contents import limit_counts
from rmscenario.workflow.costs import cost_row

if TYPE_CHECKING:
    import xarray as xr

Summary = dict[str, Any]


def target_rows(region: Region, plan: Plan, assessment: xr.Dataset, stress: xr.Dataset | None = None) -> list[Summary]:
    """Each target in the year it is judged, first in priority first: where plan and background end, and how sure that is."""
    rows = [_target(region, target, plan, assessment, stress) for target in region.targets_by_priority]
    return [_certified(plan.certified(row["id"]), row) for row in rows]


def _target(region: Region, target: Target, plan: Plan, assessment: xr.Dataset, stress: xr.Dataset | None) -> Summary:
    of = assessment.sel(target=target.target)
    year = int(of["target_year"])
    at = of.sel(year=year)
    base, cap, residual = float(at["base"]), float(at["cap"]), float(at["residual"])
    background = float(at["background_residual"])
    judged, judged_background = plan.judged(target.target, residual), plan.judged_background(target.target, background)
    row: Summary = {
        "id": target.target,
        "name_da": target.name_da,
        "name_en": target.name_en,
        "account": target.account,
        "quantity": target.quantity,
        **_quantity_names(region, target),
        "unit": measure_of(region, target),
        "year": year,
        "hard": target.hard,
        "priority": target.priority,
        "shortfall_price": target.shortfall_price,
        "base": base,
        "cap": cap,
        "residual": residual,
        "residual_on_paper": float(at["residual_on_paper"]),
        "judged": judged,
        "shortfall": max(0.0, judged - cap),
        "share": _share(region, target, assessment, year),
        "met": bool(is_met(judged, cap, base)),
        "residual_background": background,
        "judged_background": judged_background,
        "shortfall_background": max(0.0, judged_background - cap),
        "probability_met": None,
        **dict.fromkeys(PERCENTILES),
    }
    if stress is not None and target.target in stress["target"].values and year in stress["year"].values:
        drawn = stress.sel(target=target.target, year=year)
        row |= {
            "probability_met": float(drawn["probability_due"]),
            "probability_met_error": float(drawn["probability_due_error"]),
            "probability_met_low": float(drawn["probability_due_low"]),
            "probability_met_high": float(drawn["probability_due_high"]),
            "probability_met_background": float(drawn["background_probability_due"]),
            "expected_shortfall": float(drawn["expected_shortfall"]),
            "mean": float(drawn["mean"]),
            **{name: float(drawn[name]) for name in PERCENTILES},
            "reduction_with_certainty": {
                f"{float(certainty):g}": _number(value)
                for certainty, value in zip(drawn["certainty"].values, drawn["certain_reduction"].values, strict=True)
            },
        }
    return row


def _quantity_names(region: Region, target: Target) -> Summary:
    row = next(row for row in region.quantities if row.quantity == target.quantity)
    return {"quantity_da": row.name_da, "quantity_en": row.name_en}


def _share(region: Region, target: Target, assessment: xr.Dataset, year: int) -> Summary | None:
    """The share that the goal names, as the plan reaches it in the target's year; None of a goal that is no share."""
    found = share_reached(region, target, assessment, year)
    return None if found is None else {"of": target.share_of, **dataclasses.asdict(found)}


def _number(value: float) -> float | None:
    """A number for JSON; None where it is not defined."""
    return float(value) if np.isfinite(value) else None


def tonnes_rows(region: Region, assessment: xr.Dataset) -> Summary:
    """Tonnes avoided in the region's account: at the end of the next round, and summed [tCO2e]."""
    stream = assessment.sel(stream=footprint_stream(region))
    avoided = (stream["background"] - stream["quantity"]).sum("source")
    first, last = region.settings.first_year, region.settings.last_start
    signed = next_round(region)
    rows: Summary = {}
    if signed is not None:
        year = min(max(signed.last_year, first), region.settings.end_year)
        rows[f"plan_{year}"] = {
            "year": year,
            "avoided": float(avoided.sel(year=year)),
            "avoided_summed": float(avoided.sel(year=slice(first, year)).sum()),
        }
    rows["avoided"] = {
        "report_year": report_year(region),
        "in_report_year": float(avoided.sel(year=report_year(region))),
        f"summed_{first}_{last}": float(avoided.sel(year=slice(first, last)).sum()),
        f"summed_{first}_{region.settings.end_year}": float(avoided.sel(year=slice(first, None)).sum()),
    }
    at = {"year": report_year(region)}
    rows["footprint"] = {
        "year": report_year(region),
        "physical": float(stream["quantity"].sel(at).sum()),
        "on_paper": float(assessment["footprint_on_paper"].sel(at).sum()),
    }
    return rows


def solver_row(plan: Plan) -> Summary:
    """How the plan was found."""
    if plan.solve is None:
        return {
            "termination": "fixed", "held": None, "incumbent": None, "bound": None, "gap": None, "cuts": 0,
            "rounds": 0, "stages": [], "relaxation_prices": {},
        }  # fmt: skip
    report = dataclasses.asdict(plan.solve)
    del report["rows"]
    report["relaxation_prices"] = dict(plan.solve.relaxation_prices)
    found: Summary = finite(report)
    return found


def risk_row(plan: Plan) -> Summary | None:
    """What a plan reaches under risk on fresh draws, and how it was found; None where nothing is held under risk."""
    return None if plan.risk is None else finite(dataclasses.asdict(plan.risk))


def finite(value: Any) -> Any:
    """The same with None for numbers that are not finite, which JSON does not have."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def verify_row(verification: Verification) -> Summary:
    """Whether the independent recomputation agrees."""
    return {
        "ok": verification.ok,
        "max_relative_difference": verification.max_relative_difference,
        "quantity_difference": verification.quantity_difference,
        "cost_difference": verification.cost_difference,
        "limits_broken": len(verification.broken_limits),
    }


def companion_row(
    mode: str, region: Region, plan: Plan, assessment: xr.Dataset, earlier: Mapping[str, Any] | None = None
) -> Summary:
    """The plan beside the plan, in short; `earlier` is what an earlier run said of it."""
    shown = ("id", "residual", "judged", "shortfall", "met")
    return {
        "mode": mode,
        "starts": len(plan.starts),
        "targets": [{key: row[key] for key in shown} for row in target_rows(region, plan, assessment)],
        "cost": cost_row(region, plan, assessment),
        "solver": solver_row(plan) if earlier is None else earlier["solver"],
    }


def summarise(scenario: Described, mode: str, region: Region, findings: Findings) -> Summary:
    """The summary of a run; the same input gives the same summary, whenever and wherever it runs."""
    plan, assessment, stress = findings.plan, findings.assessment, findings.stress
    if findings.earlier is None:
        solver = solver_row(plan)
        master = {} if plan.solve is None else dict(plan.solve.rows)
    else:
        solver = findings.earlier["solver"]
        master = {row["equation"]: row["rows_in_master"] for row in findings.earlier["limits"]}
    drawn = ("draws", "draws_asked", "seed", "sampler", "replicates", "interrupted")
    return {
        "scenario": scenario.name,
        "titles": {"da": scenario.title_da, "en": scenario.title_en},
        "region": region.settings.region,
        "confirmed": region.settings.confirmed,
        "mode": mode,
        "interrupted": findings.interrupted,
        "targets": target_rows(region, plan, assessment, stress),
        "joint_probability": None if stress is None else float(stress["probability_all_met"]),
        **({} if stress is None else _joint_interval(stress)),
        "cost": cost_row(region, plan, assessment, stress),
        "starts": len(plan.starts),
        **tonnes_rows(region, assessment),
        **findings.explained,
        "solver": solver,
        "risk": risk_row(plan),
        "verify": verify_row(findings.verification),
        "limits": limit_counts(findings.recomputed.limits, master),
        "evidence": evidence(region, plan, assessment),
        "stress": None if stress is None else {key: _plain(stress.attrs[key]) for key in drawn},
    }


def _certified(found: Certified | None, row: Summary) -> Summary:
    """A target's row with what a plan under risk reaches of it on fresh draws; without a stress test that is all known."""
    if found is None:
        return row
    if row["probability_met"] is None:
        shown, between = found.probability, [found.low, found.high]
    else:
        shown, between = row["probability_met"], [row["probability_met_low"], row["probability_met_high"]]
    return row | {
        "probability_met": shown,
        "confidence": found.confidence,
        "probability_met_interval": between,
        "cvar": found.cvar,
        "certified": certified_row(found),
    }


def _joint_interval(stress: xr.Dataset) -> Summary:
    """Between which values the probability of meeting all targets lies, with 95 % certainty."""
    return {f"joint_probability_{end}": float(stress[f"probability_all_met_{end}"]) for end in ("low", "high")}


def _plain(value: Any) -> Any:
    """A number or text of Python's own, for JSON."""
    return value.item() if isinstance(value, np.generic) else value
