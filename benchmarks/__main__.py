"""`python -m benchmarks`: measure, check, and write `results.json` and `results.md`."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from benchmarks.additive import measure_additive
from benchmarks.chance import measure_chance
from benchmarks.commands import measure_commands
from benchmarks.draws import measure_draws, measure_memory
from benchmarks.handover import measure_handover
from benchmarks.kept import FOLDER, Kept, read_results, write_results
from benchmarks.machine import measured_on
from benchmarks.page import page
from benchmarks.phases import measure_phases
from benchmarks.planned import measure_seeds, plan_size
from benchmarks.sizes import SIZES

#: Draws of the stress test: of S as a planner would, of M enough to time it.
DRAWS = {"S": 100_000, "M": 10_000}
#: Draws that the stress test is timed on, and those that a plain loop is.
TIMED_DRAWS = {"S": (100_000, 40), "M": (4_096, 2), "L": (1_024, 2)}
#: Repetitions of which medians are taken.
REPEATS = {"S": 5, "M": 3, "L": 1}


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), default=("S", "M"), help="Sizes.")
@click.option("--quick", is_flag=True, help="Every step once and small; prints, and keeps no results.")
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["seeds", "memory"]),
    help="What takes long: sizes from other seeds; ten million draws on S.",
)
@click.option("--commands/--no-commands", default=True, help="Help, and a reference run interrupted at some moments.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, help="Where results are kept."
)
def main(sizes: tuple[str, ...], quick: bool, also: tuple[str, ...], commands: bool, folder: Path) -> None:
    """Measure sizes; what a run does not measure stays as an earlier run left it."""
    results: Kept = {} if quick else read_results(folder)
    for name in sizes:
        size = SIZES[name] if not quick else replace(SIZES[name], seconds=min(10.0, SIZES[name].seconds))
        results.setdefault(name, {})["asked"] = asdict(size)

        def keep(kind: str, measured: dict[str, Any], name: str = name) -> None:
            results[name][kind] = measured | {"measured_on": measured_on()}
            if not quick:
                write_results(folder, results)

        def say(step: str, name: str = name) -> None:
            click.echo(f"{name}: {step}", err=True)

        keep("handover", measure_handover(size, repeats=1 if quick else REPEATS[name], say=say))
        draws, plain_draws = (2_048, 2) if quick else TIMED_DRAWS[name]
        if name != "S":
            say("draws")
            keep("draws", measure_draws(size, None, draws=draws, plain_draws=plain_draws))
        if name == "L":
            say("plan")
            keep("plan", plan_size(size).summary)
            continue
        if "seeds" in also:
            keep("seeds", measure_seeds(size, say))
        phases, timed = measure_phases(size, draws=2_000 if quick else DRAWS[name], say=say)
        keep("phases", phases)
        if timed.planned is None:
            say("no plan was found within the time")
            continue
        if name == "S":
            say("additive model")
            keep("additive", measure_additive(timed))
            say("draws")
            keep("draws", measure_draws(size, timed.plan, draws=draws, plain_draws=plain_draws))
            say("probability")
            keep("chance", measure_chance(size, timed.plan))
            if "memory" in also:
                say("memory")
                keep("memory", measure_memory(size, timed.plan))
    if commands:
        measured = measure_commands(lambda step: click.echo(f"reference: {step}", err=True))
        results.setdefault("reference", {})["commands"] = measured | {"measured_on": measured_on()}
        if not quick:
            write_results(folder, results)
    if quick:
        click.echo(page(results))


if __name__ == "__main__":
    sys.exit(main())
