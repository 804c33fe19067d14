"""`rmscenario check`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("check")
@click.argument("paths", metavar="PATH...", type=options.SCENARIO, nargs=-1, required=True)
@options.together(options.sets, options.lang, options.as_json)
@click.pass_obj
def command(interrupts: Interrupts, *, paths: tuple[Path, ...], sets: tuple[str, ...], lang: str, as_json: bool) -> int:
    """Say what is wrong, odd, out of reach or without effect in a model or scenario; plans nothing.

    PATH is the folder of a model, or scenarios laid over each other from left to right. Exit code 3 says that the
    tables are faulty, 4 that a hard target is out of reach. Targets under risk are judged on fresh draws, the others with
    everything as planned.
    """
    with interrupts.importing():
        from rmscenario.cli.carried_out import print_json, read  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.terminal import Notes  # noqa: PLC0415
        from rmscenario.errors import ExitCode  # noqa: PLC0415
        from rmscenario.reporting.checked import check_text  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.workflow.checking import checked_row, examine_scenario  # noqa: PLC0415
        from rmscenario.workflow.watch import Control  # noqa: PLC0415

    with interrupts.raised():
        scenario = read(paths, sets, Control(Notes(), interrupts), Lang(lang))
        checked = examine_scenario(scenario)
    if as_json:
        print_json(checked_row(scenario, checked))
    else:
        text = check_text(
            title=scenario.title_da if lang == "da" else scenario.title_en,
            region=scenario.region,
            reached=checked.reach,
            together=checked.together,
            fresh_draws=checked.fresh_draws,
            limits=checked.limits,
            moves=checked.moves_nothing,
            shares=checked.evidence,
            lang=Lang(lang),
        )
        click.echo(text, nl=False)
    return int(ExitCode.NO_PLAN if checked.no_plan else ExitCode.DONE)
