"""`rmscenario account`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("account")
@click.argument("paths", metavar="PATH...", type=options.SCENARIO, nargs=-1, required=True)
@click.option(
    "--boundary",
    metavar="BOUNDARY",
    default=None,
    show_default="that of the first footprint target",
    help="Id of boundaries.csv: what of the account is split.",
)
@options.folder("--out", help_text="Also write page, figure and JSON into this folder.", otherwise="nothing is written")
@options.together(options.sets, options.lang, options.no_figures, options.as_json)
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    paths: tuple[Path, ...],
    boundary: str | None,
    out: Path | None,
    sets: tuple[str, ...],
    lang: str,
    no_figures: bool,
    as_json: bool,
) -> int:
    """Split what a published account has changed since the base year, to the last tonne: own initiatives, background,
    activity, construction and one-off events, method.

    PATH is the folder of a model, or scenarios laid over each other from left to right. Figures that follow-up has
    brought into the rounds of the model count. Figures by older methods are re-expressed in the newest one and kept.
    """
    with interrupts.importing():
        from rmscenario.cli.carried_out import print_json, read, runs_folder  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.terminal import Notes  # noqa: PLC0415
        from rmscenario.errors import ExitCode  # noqa: PLC0415
        from rmscenario.reporting.language import Lang, say  # noqa: PLC0415
        from rmscenario.rounds.follow_up import follow_up  # noqa: PLC0415
        from rmscenario.workflow.accounting import account_boundary, analyse_account, write_account  # noqa: PLC0415
        from rmscenario.workflow.watch import Control  # noqa: PLC0415

    if out is not None:
        runs_folder(out)
    language = Lang(lang)
    with interrupts.raised():
        scenario = read(paths, sets, Control(Notes(), interrupts), language)
        found = analyse_account(
            scenario.region,
            boundary or account_boundary(scenario.region),
            follow_up(scenario.files[0]),
            language,
            draw=out is not None and not no_figures,
        )
    if out is not None:
        write_account(found, out)
        click.echo(say("account.written", language, path=out.as_posix()), err=True)
    if as_json:
        print_json(found.content)
    else:
        click.echo(found.shown, nl=False)
    return int(ExitCode.DONE)
