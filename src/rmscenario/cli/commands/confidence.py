"""`rmscenario confidence`."""

from __future__ import annotations

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("confidence")
@options.together(options.to_analyse, options.no_figures)
@click.pass_obj
def command(interrupts: Interrupts, *, asked: options.ToAnalyse, no_figures: bool) -> int:
    """Plan at several confidences: what it costs to be surer, and which starts that takes.

    SCENARIO is a scenario, several laid over each other, or the folder of a run; a target of it, or all together
    (planning.joint_confidence), asks for a confidence. A scenario without an unchanged run is planned first. Some minutes
    on the reference region; Ctrl-C keeps the plans found until then. An earlier analysis moves to the history. Exit code 5
    says that the best plan found is less sure than asked for, which is a finding and no fault.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed_scenario  # noqa: PLC0415  takes a second to import
        from rmscenario.workflow.analyses.confidence import analyse_confidence  # noqa: PLC0415
        from rmscenario.workflow.analyses.refusing import refuse_unwished  # noqa: PLC0415

    return analysed_scenario(
        asked,
        lambda run, lang, control: analyse_confidence(run, lang, control, draw=not no_figures),
        interrupts,
        refuse=refuse_unwished,
    )
