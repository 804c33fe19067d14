"""`rmscenario stress`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

#: As `StressOptions` allows; a test holds them together.
MOST_DRAWS, LARGEST_SEED = 100_000_000, 2**63 - 1


@click.command("stress")
@options.one_run
@click.option(
    "--draws",
    type=click.IntRange(2, MOST_DRAWS),
    default=None,
    show_default="as before",
    help="Number of draws.",
)
@click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), default=None, show_default="as before", help="Seed of the draws."
)
@click.option(
    "--sampler",
    type=click.Choice(["sobol", "random"]),
    default=None,
    show_default="as before",
    help="Scrambled Sobol, or plain Monte Carlo.",
)
@options.together(options.stress_workers, options.as_json)
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    run: Path,
    draws: int | None,
    seed: int | None,
    sampler: str | None,
    workers: options.Workers,
    as_json: bool,
) -> int:
    """Stress test the plan of a run again, with other draws.

    The plan is verified first and never planned again. Figures and agreements are made again if the run had them; the
    run as it was moves to the history.
    """
    with interrupts.importing():
        from rmscenario.cli.carried_out import command_line, written  # noqa: PLC0415  takes a second to import
        from rmscenario.run_folder import read_run  # noqa: PLC0415
        from rmscenario.workflow.again import OtherDraws, order_again, stress_again  # noqa: PLC0415

        pool = workers.pool() if workers.named else None

    with interrupts.raised():
        found = read_run(run)
    order = order_again(found, OtherDraws(draws=draws, seed=seed, sampler=sampler), command_line())
    return written(
        order,
        lambda order, control: stress_again(found, order, control),
        interrupts,
        seconds={},
        as_json=as_json,
        pool=pool,
    )
