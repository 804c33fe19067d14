"""Worlds against the ordinary planner: `python -m benchmarks.worlds runs/reference --worlds 50`.

Each world is planned as `rmscenario regret` does, on the live master, and once more from nothing to a gap of 0.1 % by the
planner that makes plans to sign. Both prove a bracket around the least value; the brackets must overlap.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import click
import numpy as np

from rmscenario.planning import PlannerOptions
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import AtModes, Mode, absolute_cost, plan_problem
from rmscenario.regret.policies import Policies
from rmscenario.run_folder import read_run
from rmscenario.worlds import WorldsOf

#: [1] Gap of the control, of the sum of absolute cost terms.
CONTROL_GAP = 0.001
#: [1] Share of that sum that rounding leaves open.
ROUNDING = 1e-9


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("run", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--worlds", type=click.IntRange(1), default=50, help="Number of worlds.")
def main(run: Path, worlds: int) -> None:
    """Compare worlds of a priced run without hard targets; prints a line for each and a summary."""
    found = read_run(run)
    stress = found.scenario.stress
    of = WorldsOf(region=found.region, plan=found.plan, mode=Mode.PRICED, seed=stress.seed, sampler=stress.sampler)
    policies = Policies(of)
    options = PlannerOptions(mode=Mode.PRICED, search=SearchOptions(gap=CONTROL_GAP))
    quick, control, gaps, ours, theirs = [], [], [], [], []
    for number in range(worlds):
        begin = time.process_time()
        result = policies.in_world(number)
        quick.append(time.process_time() - begin)
        value, bound, scale = (float(result[name][-1]) for name in ("clairvoyant_value", "bound", "scale"))
        begin = time.process_time()
        problem = policies.worlds.problem_of(policies.worlds.world(number))
        planned = plan_problem(problem, options, AtModes())
        control.append(time.process_time() - begin)
        report = planned.plan.solve
        assert report is not None
        assert report.incumbent is not None
        width = ROUNDING * absolute_cost(problem, planned.choice)
        overlap = max(bound, report.bound) <= min(value, report.incumbent) + width
        gaps.append((value - bound) / scale)
        theirs.append(report.gap)
        ours.append((value - report.incumbent) / scale)
        line = {
            "world": number,
            "gap": gaps[-1],
            "control_gap": report.gap,
            "above_control": ours[-1],
            "overlap": overlap,
        }
        click.echo(json.dumps(line))
        assert overlap, (
            f"world {number}: [{bound}, {value}] and [{report.bound}, {report.incumbent}] exclude each other"
        )
    summary = {
        "worlds": worlds,
        "cpu_seconds_per_world": float(np.mean(quick)),
        "cpu_seconds_per_control": float(np.mean(control)),
        "gap": {"mean": float(np.mean(gaps)), "max": max(gaps)},
        "control_gap": {"mean": float(np.mean(theirs)), "max": max(theirs)},
        "above_control": {"mean": float(np.mean(ours)), "max": max(ours), "min": min(ours)},
    }
    click.echo(json.dumps(summary, indent=2))


if __name__ == "__main__":
    main()
