"""`python -m benchmarks.worlds`: many worlds of the reference region, and some of them against the ordinary planner.

The scenario is planned, and its worlds as `rmscenario regret` plans them: on live masters, by several processes. Of the first
worlds each is planned once more from nothing, to a gap of 0.1 %, by the planner that makes plans to sign. Both prove a bracket
around the least value; the brackets must overlap.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np

from benchmarks.kept import FOLDER, read_results, write_results
from benchmarks.machine import measured_on
from rmscenario.blocks import Arrays, Kept, Pool
from rmscenario.planning import PlannerOptions
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import AtModes, Mode, absolute_cost, plan_problem
from rmscenario.planning.problem import build_problem
from rmscenario.regret import find_regret
from rmscenario.scenario import Scenario, load
from rmscenario.workflow.plans import Kind, kind_of, make_plan
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.worlds import Worlds

SCENARIO = Path("scenarios/reference.toml")
#: [1] Gap of the control, of the sum of absolute cost terms.
CONTROL_GAP = 0.001
#: [1] Share of that sum that rounding leaves open.
ROUNDING = 1e-9


def measure_worlds(scenario: Scenario, worlds: int, control: int, workers: int) -> dict[str, Any]:
    """Time and gaps of the worlds of a priced scenario without hard targets, and those of the control."""
    plan = make_plan(scenario.region, scenario.planning)
    seed, sampler = scenario.stress.seed, scenario.stress.sampler
    of = WorldsOf(region=scenario.region, plan=plan, mode=Mode.PRICED, seed=seed, sampler=sampler)
    with TemporaryDirectory() as folder:
        blocks = Kept(above=Path(folder))
        clock, work = time.perf_counter(), _cpu_seconds()
        found = find_regret(of, worlds, blocks=blocks, pool=Pool(workers=workers), progress=_told("worlds", worlds))
        clock, work = time.perf_counter() - clock, _cpu_seconds() - work
        known = blocks.of(of.key).read()
    assert found is not None
    assert found.worlds == len(known) == worlds
    gaps = [_brackets(known[number])[2] for number in range(worlds)]
    controlled = _control(of, {number: known[number] for number in range(min(control, worlds))})
    return {
        "worlds": worlds,
        "workers": workers,
        "clock_seconds": clock,
        "cpu_seconds": work,
        "gap": {"mean": float(np.mean(gaps)), "max": max(gaps)},
        "control_gap_asked": CONTROL_GAP,
        "control_cpu_seconds": [row.pop("cpu_seconds") for row in controlled],
        "control": controlled,
    }


def _control(of: WorldsOf, known: dict[int, Arrays]) -> list[dict[str, Any]]:
    """A row for each world that is planned once more: gaps, and how far the value is above the control's."""
    worlds = Worlds(build_problem(of.region), seed=of.seed, sampler=of.sampler)
    options = PlannerOptions(mode=of.mode, search=SearchOptions(gap=CONTROL_GAP))
    rows = []
    told = _told("control", len(known))
    for number, arrays in known.items():
        value, bound, gap = _brackets(arrays)
        begin = time.process_time()
        problem = worlds.problem_of(worlds.world(number))
        planned = plan_problem(problem, options, AtModes())
        seconds = time.process_time() - begin
        report = planned.plan.solve
        assert report is not None
        assert report.incumbent is not None
        width = ROUNDING * absolute_cost(problem, planned.choice)
        assert max(bound, report.bound) <= min(value, report.incumbent) + width, (
            f"world {number}: [{bound}, {value}] and [{report.bound}, {report.incumbent}] exclude each other"
        )
        above = (value - report.incumbent) / float(arrays["scale"][-1])
        row = {"world": number, "gap": gap, "control_gap": report.gap, "above_control": above}
        rows.append(row | {"cpu_seconds": seconds})
        told(len(rows))
    return rows


def _brackets(arrays: Arrays) -> tuple[float, float, float]:
    """Value and bound of a world's plan [million DKK], and its gap [1]."""
    value, bound, scale = (float(arrays[name][-1]) for name in ("clairvoyant_value", "bound", "scale"))
    return value, bound, (value - bound) / scale


def _cpu_seconds() -> float:
    """CPU seconds of this process and of those that it has ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _told(what: str, total: int) -> Any:
    return lambda done: click.echo(f"{what}: {done} of {total}", err=True)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("scenario", type=click.Path(path_type=Path, exists=True), default=SCENARIO)
@click.option("--worlds", type=click.IntRange(1), default=500, help="Number of worlds.")
@click.option("--control", type=click.IntRange(1), default=50, help="Worlds of them that are planned once more.")
@click.option("--workers", type=click.IntRange(1), default=2, help="Processes that plan worlds.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, help="Where results are kept."
)
def main(scenario: Path, worlds: int, control: int, workers: int, folder: Path) -> None:
    """Measure the worlds of a priced scenario without hard targets; what other runs measured stays as it was."""
    loaded = load([scenario], [])
    if kind_of(loaded.planning) is not Kind.PRICED or any(target.hard for target in loaded.region.active_targets):
        raise click.UsageError(f"{scenario}: expected mode priced and no hard target, so that one gap says it all.")
    measured = measure_worlds(loaded, worlds, control, workers) | {"measured_on": measured_on()}
    results = read_results(folder)
    results.setdefault(loaded.name, {})["worlds"] = measured
    write_results(folder, results)


if __name__ == "__main__":
    main()
