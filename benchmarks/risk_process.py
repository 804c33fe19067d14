"""The process that `risk.measure_risk` watches: a plan under risk, or the deterministic plan of the same region."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from time import process_time
from typing import Any

from benchmarks.draws import peak_bytes
from benchmarks.planned import ROUNDING
from benchmarks.sizes import SIZES, Size
from benchmarks.spent import Place, watching
from benchmarks.synthetic import synthetic_region
from rmscenario.plan import SolveReport
from rmscenario.planning import PlannerOptions, plan_region
from rmscenario.planning.epigraph import Epigraphs
from rmscenario.planning.improving import Improving
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.solver import Master
from rmscenario.region import Region
from rmscenario.risk import arranged, planner
from rmscenario.risk.aims import TailHinge, Tails
from rmscenario.risk.arranged import Arranged, RiskOptions
from rmscenario.risk.certifying import Certifying
from rmscenario.risk.drawn import DrawnYear
from rmscenario.risk.planner import RiskPlanner

#: [1] Gap asked of every plan, and level of the tail.
GAP, LEVEL = 2e-3, 0.9
#: [s] CPU time after which a plan is stopped and its gap reported.
SECONDS = 60.0
#: The target that is held under risk.
TARGET = "total"
#: Numbers of planning draws.
DRAWS = (2_000, 20_000, 100_000)

#: Parts of a plan under risk, and what all searches in it do.
PARTS: dict[str, tuple[Place, ...]] = {
    "problem": ((Arranged, "__init__"),),
    "draws": ((arranged, "planning_draws"),),
    "plan for expected values": ((RiskPlanner, "expected"),),
    "certification": ((planner, "Certifying"), (Certifying, "targets")),
}
PHASES: dict[str, tuple[Place, ...]] = {
    "draws": ((arranged, "planning_draws"), (DrawnYear, "__post_init__")),
    "cuts": ((Epigraphs, "separate"), (Epigraphs, "visit"), (Epigraphs, "enter"), (Epigraphs, "separate_faces")),
    "LP": ((Master, "relax"), (Master, "solve")),
    "descents and exchanges": ((Improving, "descended"), (Improving, "repaired")),
    "first order": ((TailHinge, "moves"),),
    "exact evaluation": ((Judge, "value"), (Judge, "keeps"), (Tails, "mean")),
}


def risky(size: Size) -> Region:
    """The region of a size with one target held in the mean of the worst draws."""
    region = synthetic_region(size)
    targets = tuple(row.model_copy(update={"cvar": LEVEL}) if row.target == TARGET else row for row in region.targets)
    return replace(region, targets=targets)


def _said(report: SolveReport) -> dict[str, Any]:
    stage = report.stages[-1]
    assert stage.bound <= stage.incumbent + ROUNDING * max(1.0, abs(stage.incumbent))
    return {
        "incumbent": stage.incumbent,
        "bound": stage.bound,
        "relaxation": stage.relaxation,
        "gap": report.gap,
        "termination": report.termination.value,
        "nodes": stage.nodes,
        "cuts": report.cuts,
    }


def deterministic(size: Size, gap: float) -> dict[str, Any]:
    """Plan a size at the modes."""
    region, begin = synthetic_region(size), process_time()
    with watching(PHASES, "rest") as spent:
        planned = plan_region(
            region, PlannerOptions(search=SearchOptions(gap=gap)), stop=lambda: process_time() - begin > SECONDS
        )
    seconds = process_time() - begin
    assert planned.plan.solve is not None
    return {"seconds": seconds, "phases": dict(spent.seconds), "peak_bytes": peak_bytes()} | _said(planned.plan.solve)


def under_risk(size: Size, draws: int) -> dict[str, Any]:
    """All that a plan under risk comes with: a plan for expected values before it, and fresh draws after it."""
    region, begin = risky(size), process_time()
    options = PlannerOptions(search=SearchOptions(gap=GAP))
    with watching(PARTS, "plan") as parts, watching(PHASES, "rest") as phases:
        planning = RiskPlanner(
            region,
            options,
            RiskOptions(planning=draws, choosing=draws),
            stop=lambda: process_time() - begin > SECONDS,
        )
        planned = planning.plan()
    seconds = process_time() - begin
    assert planned.plan.solve is not None
    found = {"draws": draws, "seconds": seconds, "parts": dict(parts.seconds), "phases": dict(phases.seconds)}
    groups = {"peak_bytes": peak_bytes(), "tail_groups": planned.report.tail_groups}
    return found | groups | _said(planned.plan.solve)


#: What a process of its own is asked for, and the number it is given.
ASKED: dict[str, Callable[[Size, Any], dict[str, Any]]] = {
    "deterministic": lambda size, gap: deterministic(size, float(gap)),
    "under risk": lambda size, draws: under_risk(size, int(draws)),
}


def main(size: str, seed: str, kind: str, given: str) -> None:
    """Plan a size from a seed."""
    sys.stdout.write(json.dumps(ASKED[kind](replace(SIZES[size], seed=int(seed)), given)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
