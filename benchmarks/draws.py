"""Draws a second: the stress test against a plain Python loop of the same function; and its memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from time import process_time
from typing import Any

import numpy as np

from benchmarks.plain import PlainChoice, PlainDraw
from benchmarks.planned import Timed
from benchmarks.sizes import Size
from benchmarks.synthetic import synthetic_region
from rmscenario.emissions import build_structure, target_lines
from rmscenario.money import build_money, metered_prices
from rmscenario.options import build_options
from rmscenario.plan import Plan
from rmscenario.region.vocabulary import PriceKind
from rmscenario.scenario.run_options import Sampler, StressOptions, stress_years
from rmscenario.stress import run_stress
from rmscenario.stress.deployment import delivery_of
from rmscenario.stress.quantities import FixedChoice
from rmscenario.uncertainty import REPLICATE, Draws, DrawSource, uncertain_inputs

#: [1] Largest relative difference between the two evaluations of one draw.
AGREE = 1e-9
#: Draws that the plain loop is timed on.
PLAIN_DRAWS = 40
#: Draws, and seed, of a test of memory.
MANY_DRAWS = 10_000_000
#: [B] Memory that any number of draws must stay within.
MEMORY = 2**30


def measure_draws(size: Size, timed: Timed, *, draws: int) -> dict[str, Any]:
    """Draws a second of the whole stress test, and of a loop that is given its draws and keeps no statistics.

    The loop is asked for less: it neither draws nor sums up, and computes no cost of the starts.
    """
    region, plan = synthetic_region(size), timed.plan
    years = stress_years(region.settings.first_year, region.settings.last_start, region.settings.end_year)
    options = StressOptions(draws=draws, years=years)
    before = process_time()
    run_stress(region, plan, options)
    engine = draws / (process_time() - before)

    table = build_options(region)
    structure = build_structure(region, table)
    choice = table.choice(plan)
    lines = target_lines(structure)
    inputs = uncertain_inputs(region, table, choice)
    money = (PriceKind.SAVING_CASHABLE, PriceKind.SAVING_AVOIDED)
    prices = sum(metered_prices(structure, kind) for kind in money) * build_money(region, table).discount
    due = {line.position for line in lines}
    years = np.asarray(sorted(due | {int(np.searchsorted(table.years, y)) for y in options.years}), dtype=np.int64)
    replicate = DrawSource(inputs, 0, Sampler.SOBOL).replicate(0)
    worst, loops = 0.0, []
    for started in (choice, table.nothing_new()):
        given = {
            "structure": structure,
            "delivery": delivery_of(region, table, started),
            "lines": lines,
            "prices": prices,
            "years": years,
        }
        outcome = FixedChoice(inputs=inputs, **given).evaluate(replicate)
        loop = PlainChoice(**given)
        for number in range(5):
            residual, value = loop.evaluate(PlainDraw(replicate, number))
            found = np.append(np.asarray(residual).ravel(), value)
            expected = np.append(outcome.residual[..., number].ravel(), outcome.value[number])
            worst = max(worst, float(np.max(np.abs(found - expected) / np.abs(expected))))
        loops.append(loop)
    assert worst <= AGREE, worst
    chosen = [PlainDraw(replicate, number) for number in range(PLAIN_DRAWS)]
    before = process_time()
    for draw in chosen:
        for loop in loops:
            loop.evaluate(draw)
    plain = PLAIN_DRAWS / (process_time() - before)
    workbench = _workbench(loops, replicate)
    return {
        "draws": draws,
        "engine": engine,
        "plain": plain,
        "multiple": engine / plain,
        "workbench": workbench,
        "difference": worst,
    }


def _workbench(loops: list[PlainChoice], replicate: Draws) -> float:
    """Draws a second of the EMA Workbench, one process, running the same loops on draws of the same replicate."""
    from ema_workbench import IntegerParameter, Model, ScalarOutcome, SequentialEvaluator  # noqa: PLC0415 - extra `bench`

    def run(draw: int = 0) -> dict[str, float]:
        one = PlainDraw(replicate, draw)
        return {f"value{number}": loop.evaluate(one)[1] for number, loop in enumerate(loops)}

    model = Model("plan", function=run)
    model.uncertainties = [IntegerParameter("draw", 0, REPLICATE - 1)]
    model.outcomes = [ScalarOutcome(f"value{number}") for number in range(len(loops))]
    before = process_time()
    with SequentialEvaluator(model) as evaluator:
        evaluator.perform_experiments(scenarios=PLAIN_DRAWS)
    return PLAIN_DRAWS / (process_time() - before)


def measure_memory(size: Size, plan: Plan, *, draws: int = MANY_DRAWS) -> dict[str, Any]:
    """Peak memory of a process of its own that does nothing but a stress test of a plan."""
    starts = ";".join(f"{start.initiative},{start.unit},{start.level!r},{start.start}" for start in plan.starts)
    before = _seconds_of_children()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", size.name, str(draws)],
        input=starts,
        capture_output=True,
        text=True,
        check=True,
    )
    peak, baseline = (int(figure) for figure in done.stdout.split())
    assert peak <= MEMORY, f"{peak} B for {draws} draws"
    return {
        "draws": draws,
        "peak_bytes": peak,
        "peak_bytes_of_1000": baseline,
        "seconds": _seconds_of_children() - before,
    }


def _seconds_of_children() -> float:
    """CPU seconds of the processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_bytes() -> int:
    """Peak resident memory of this process [B]."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
