"""Draws a second: the stress test against a plain Python loop of the same function and the machine's limits; its memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from itertools import count
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.limits import measure_limits
from benchmarks.plain import PlainChoice, PlainDraw
from benchmarks.sizes import Size
from benchmarks.synthetic import synthetic_region
from rmscenario.emissions import build_structure
from rmscenario.money import build_money, metered_prices
from rmscenario.options import OptionTable, build_options
from rmscenario.plan import Plan, Start
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind
from rmscenario.scenario.run_options import Sampler, StressOptions, stress_years
from rmscenario.stress import run_stress
from rmscenario.stress.deployment import delivery_of
from rmscenario.stress.kernel import Compiled
from rmscenario.stress.run import StressTest
from rmscenario.uncertainty import REPLICATE, Draws, DrawSource, Scores, UncertainInputs
from rmscenario.uncertainty.inputs import FIXED

#: [1] Largest relative difference between the two evaluations of one draw.
AGREE = 1e-9
#: Draws on which the two evaluations are compared.
COMPARED = 2
#: [s] Time that each phase is measured for at least; the best replicate counts.
PHASE_SECONDS = 1.0
#: Draws, and seed, of a test of memory.
MANY_DRAWS = 10_000_000
#: [B] Memory that any number of draws must stay within.
MEMORY = 2**30


def measure_draws(size: Size, plan: Plan | None, *, draws: int, plain_draws: int) -> dict[str, Any]:
    """Draws a second of the whole stress test and of its phases, of other ways, and the bounds that the machine sets.

    Parameters
    ----------
    plan : Plan, optional
        Without one every option is started once, `spread_starts`.
    plain_draws : int
        Draws that the plain loop and the EMA Workbench are timed on.
    """
    region = synthetic_region(size)
    table = build_options(region)
    plan = spread_starts(table) if plan is None else plan
    years = stress_years(region.settings.first_year, region.settings.last_start, region.settings.end_year)
    before = process_time()
    test = StressTest(region, plan, StressOptions(draws=MANY_DRAWS, years=years))
    set_up = process_time() - before
    found = _phases(test)
    before, begin = process_time(), perf_counter()
    run_stress(region, plan, StressOptions(draws=draws, years=years))
    seconds, clock = process_time() - before, perf_counter() - begin
    return {
        "draws": draws,
        "starts": len(plan.starts),
        "inputs": len(test.inputs.inputs),
        "engine": draws / seconds,
        "clock": draws / clock,
        "set_up": set_up,
        **found,
        "limits": measure_limits(),
        **_others(region, plan, test, plain_draws),
    }


def spread_starts(table: OptionTable) -> Plan:
    """Every option that does not run yet started once, the first in its first state, the next in its second, and so on."""
    starts = []
    for number, option in enumerate(table.options):
        if option.running is None:
            first, last = table.first_state[number], table.first_state[number + 1]
            state = table.states[int(first + number % (last - first))]
            starts.append(
                Start(initiative=option.initiative.initiative, unit=option.unit, level=state.level, start=state.start)
            )
    return Plan(starts=tuple(starts))


def _phases(test: StressTest) -> dict[str, Any]:
    """Seconds a draw of each phase, one replicate after the other in one thread; and what is done in them, counted."""
    source, results = DrawSource(test.inputs, 0, Sampler.SOBOL), test.results()
    latent = source.latent(0)
    scores, drawn = source.normal_scores(latent), source.draws(latent)
    outcome = test.outcome(drawn)
    delivery, normal = _best(lambda: source.delivered(latent)), _best(lambda: source.normal_scores(latent))
    seconds = {
        "uniforms": _best(lambda: source.latent(0)),
        "normal scores and copula": normal,
        "delivery": delivery,
        "marginals": max(0.0, _best(lambda: source.draws(latent)) - normal - delivery),
        "products, plan": _best(lambda: test.plan.evaluate(drawn)),
        "products, background": _best(lambda: test.background.evaluate(drawn)),
        "cost": _best(lambda: test.cost.drawn(drawn)),
        "statistics": _best(lambda: test.add(outcome, REPLICATE, results)),
    }
    numbers = count(1)
    whole = _best(lambda: test.add(test.outcome(source.replicate(next(numbers))), REPLICATE, results))
    placed = Scores.of(scores)
    arrays = [latent.own, latent.factors, placed.value, placed.interval, placed.within, outcome.residual, outcome.npv]
    arrays += [getattr(drawn, each.name) for each in fields(drawn)]
    return {
        "draw": whole / REPLICATE,
        "phases": {name: value / REPLICATE for name, value in seconds.items()},
        "counted": {
            "uniforms": len(latent.own) + len(latent.factors),
            "scores": len(scores) + len(latent.factors),
            "quantiles": _quantiles(test.inputs),
            "operations": sum(_operations(case.tables) for case in (test.plan, test.background)),
            # Each array of a replicate written once and read once, if no cache held it.
            "bytes": 2 * sum(array.nbytes for array in arrays) / REPLICATE,
        },
    }


def _best(work: Callable[[], Any]) -> float:
    """Seconds of the processor, the best of as many times as fit into `PHASE_SECONDS`."""
    work()
    best, spent = np.inf, 0.0
    while spent < PHASE_SECONDS:
        before = process_time()
        work()
        took = process_time() - before
        best, spent = min(best, took), spent + took
    return float(best)


def _quantiles(inputs: UncertainInputs) -> int:
    """Values that are drawn through a distribution."""
    kinds = (
        inputs.effects,
        inputs.lifts,
        inputs.backgrounds,
        inputs.capex,
        inputs.opex,
        inputs.saving,
        [inputs.metered],
    )
    return sum(item.input != FIXED for kind in kinds for item in kind)


def _operations(of: Compiled) -> int:
    """Multiplications, additions and maxima of one draw in the fused loop; choices and moves are not counted."""
    done = len(of.shares)
    for part in range(len(of.parts) - 1):
        now, then = of.parts[part], of.parts[part + 1]
        columns = int(now["columns"])
        for lifted in range(now["lifted"], then["lifted"]):
            done += 3 * columns * int(of.lifted[lifted + 1]["lift"] - of.lifted[lifted]["lift"])
        for pool in range(now["pool"], then["pool"]):
            here, after = of.pools[pool], of.pools[pool + 1]
            done += 2 * columns * int(after["member"] - here["member"])
            for term in of.terms[here["term"] : after["term"]]:
                first = int(of.carriers[term["carrier"]]["deployed"])
                working = of.deployed[first : first + columns].any(axis=1)
                working &= of.alike[pool, :columns] == np.arange(columns)
                # Share times deployment (times lift), taken from 1, at least 0, times the product.
                done += (4 + int(term["lifted"] >= 0)) * int(np.count_nonzero(working))
        for group in range(now["group"], then["group"]):
            here, after = of.groups[group], of.groups[group + 1]
            knots, targets = int(after["knot"] - here["knot"]), int(after["target"] - here["target"])
            if targets:
                done += of.path.shape[1] * (2 * knots + 1 + targets)
            if here["priced"]:
                done += 3 * knots * columns
            done += columns * int(after["addition"] - here["addition"]) * (4 + 2 * targets)
    return done


def _others(region: Region, plan: Plan, test: StressTest, plain_draws: int) -> dict[str, Any]:
    """Draws a second of a loop that is given its draws and keeps no statistics, plain and in the EMA Workbench.

    The loop is asked for less: it neither draws nor sums up, and computes no cost of the starts.
    """
    table, lines = test.table, test.lines
    structure = build_structure(region, table)
    kinds = (PriceKind.SAVING_CASHABLE, PriceKind.SAVING_AVOIDED)
    prices = sum(metered_prices(structure, kind) for kind in kinds) * build_money(region, table).discount
    replicate = DrawSource(test.inputs, 0, Sampler.SOBOL).replicate(0)
    chosen = [PlainDraw(replicate, number) for number in range(max(COMPARED, plain_draws))]
    worst, loops = 0.0, []
    for started, case in ((table.choice(plan), test.plan), (table.nothing_new(), test.background)):
        delivery, outcome = delivery_of(region, table, started), case.evaluate(replicate)
        loop = PlainChoice(structure=structure, delivery=delivery, lines=lines, prices=prices, years=test.evaluated)
        for number in range(COMPARED):
            residual, value = loop.evaluate(chosen[number])
            found = np.append(np.asarray(residual).ravel(), value)
            expected = np.append(outcome.residual[..., number].ravel(), outcome.value[number])
            worst = max(worst, float(np.max(np.abs(found - expected) / np.abs(expected))))
        loops.append(loop)
    assert worst <= AGREE, worst
    plain = 1.0 / min(_seconds(loops, draw) for draw in chosen[:plain_draws])
    workbench = _workbench(loops, replicate, plain_draws)
    return {"plain": plain, "workbench": workbench, "plain_draws": plain_draws, "difference": worst}


def _seconds(loops: list[PlainChoice], draw: PlainDraw) -> float:
    """Seconds of the processor that the loops take for a draw."""
    before = process_time()
    for loop in loops:
        loop.evaluate(draw)
    return process_time() - before


def _workbench(loops: list[PlainChoice], replicate: Draws, draws: int) -> float:
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
        evaluator.perform_experiments(scenarios=draws)
    return draws / (process_time() - before)


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
