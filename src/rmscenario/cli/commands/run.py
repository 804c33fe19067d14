"""`rmscenario run`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.second import SecondProcess, begin


@click.command("run")
@options.together(
    options.scenarios, options.sets, options.out, options.name, options.lang, options.limits, options.last_tonnes,
    options.no_figures, options.as_json,
)  # fmt: skip
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    scenarios: tuple[Path, ...],
    sets: tuple[str, ...],
    out: Path,
    name: str | None,
    lang: str,
    limits: bool,
    last_tonnes: bool,
    no_figures: bool,
    as_json: bool,
) -> int:
    """Check, plan, verify and stress test a scenario; draw it and write the agreements.

    Several scenarios are laid over each other, from left to right. The run stands in runs/SCENARIO; an earlier one
    moves to runs/.history. Exit code 5 says that a target is missed, which is a finding and no fault.
    """
    second = SecondProcess()
    try:
        second.submit(begin)  # it imports and compiles while this process imports and reads
        with interrupts.importing():
            from rmscenario.cli.carried_out import do  # noqa: PLC0415  what plans takes a second to import
            from rmscenario.reporting.language import Lang  # noqa: PLC0415
            from rmscenario.workflow.carry_out import Step  # noqa: PLC0415

        wanted = {Step.STRESS: True, Step.AGREEMENTS: True, Step.FIGURES: not no_figures}
        wanted |= {Step.LIMITS: limits, Step.LAST_TONNES: last_tonnes}
        steps = frozenset(step for step, asked in wanted.items() if asked)
        return do(
            scenarios,
            sets,
            steps=steps,
            runs=out,
            name=name,
            lang=Lang(lang),
            as_json=as_json,
            interrupts=interrupts,
            second=second,
        )
    finally:
        second.close()
