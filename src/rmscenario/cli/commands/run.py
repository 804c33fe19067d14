"""`rmscenario run`."""

from __future__ import annotations

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.second import SecondProcess, begin


@click.command("run")
@options.together(options.to_plan, options.stress_workers)
@click.pass_obj
def command(interrupts: Interrupts, *, asked: options.ToPlan, workers: options.Workers) -> int:
    """Check, plan, verify and stress test a scenario; draw it and write the agreements.

    Several scenarios are laid over each other, from left to right. The run stands in runs/SCENARIO; an earlier one
    moves to runs/.history. Exit code 5 says that a target is missed, which is a finding and no fault.
    """
    second = SecondProcess()
    try:
        second.submit(begin)  # it imports and compiles while this process imports and reads
        with interrupts.importing():
            from rmscenario.cli.carried_out import do  # noqa: PLC0415  what plans takes a second to import
            from rmscenario.workflow.carry_out import Step  # noqa: PLC0415

            pool = workers.pool() if workers.named else None
        return do(asked, interrupts, also=frozenset({Step.STRESS, Step.AGREEMENTS}), second=second, pool=pool)
    finally:
        second.close()
