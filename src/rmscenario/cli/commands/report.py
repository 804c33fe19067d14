"""`rmscenario report`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("report")
@options.one_run
@click.option(
    "--out",
    metavar="FOLDER",
    type=options.FOLDER,
    default=None,
    show_default=".analyses/RUN beside the run",
    help="Folder that report.html is put into; the run itself is not changed.",
)
@click.option(
    "--lang",
    type=click.Choice(["da", "en"]),
    default="da",
    show_default=True,
    envvar="RMSCENARIO_LANG",
    show_envvar=True,
    help="Language that the report opens in; it holds both.",
)
@click.pass_obj
def command(interrupts: Interrupts, *, run: Path, out: Path | None, lang: str) -> int:
    """Write a run as one HTML file that a director reads: where we are, where the plan leads, how sure that is, what is
    missing and why, what it costs, and what each unit does.

    The file holds both languages and all that it shows: it asks nothing from anywhere, and can lie on a file share. An
    earlier report is replaced; the same run gives the same file. The path of the file is written to stdout.
    """
    with interrupts.importing():
        from rmscenario.cli.carried_out import runs_folder  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.terminal import Terminal  # noqa: PLC0415
        from rmscenario.errors import ExitCode  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.run_folder import read_run  # noqa: PLC0415
        from rmscenario.workflow.report import report_of, write_report  # noqa: PLC0415
        from rmscenario.workflow.watch import Control  # noqa: PLC0415

    if out is not None:
        runs_folder(out)
    with interrupts.raised():
        found = read_run(run)
    with Terminal(found.scenario.planning.gap, found.region, Lang(lang)) as terminal:
        control = Control(terminal, interrupts)
        try:
            written = write_report(found, report_of(found, Lang(lang), control), out, control)
        finally:
            control.second.close()
    click.echo(written.as_posix())
    return int(ExitCode.DONE)
