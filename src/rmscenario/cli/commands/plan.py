"""`rmscenario plan`."""

from __future__ import annotations

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("plan")
@options.to_plan
@click.pass_obj
def command(interrupts: Interrupts, *, asked: options.ToPlan) -> int:
    """Plan a scenario, verify the plan and draw it.

    Several scenarios are laid over each other, from left to right. The run stands in runs/SCENARIO; an earlier one
    moves to runs/.history. Exit code 5 says that a target is missed, which is a finding and no fault.
    """
    with interrupts.importing():
        from rmscenario.cli.carried_out import do  # noqa: PLC0415  what plans takes a second to import

    return do(asked, interrupts)
