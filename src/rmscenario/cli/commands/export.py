"""`rmscenario export`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("export")
@options.one_run
@click.option(
    "--out",
    metavar="FOLDER",
    type=options.FOLDER,
    default=None,
    show_default=".analyses/RUN beside the run",
    help="Folder that the folder `export` is put into; the run itself is not changed.",
)
@options.lang
@click.pass_obj
def command(interrupts: Interrupts, *, run: Path, out: Path | None, lang: str) -> int:
    """Write a run for other tools: an Excel workbook with all its tables, the IAMC format (CSV), and its arrays (netCDF).

    The workbook is in the language of --lang, the IAMC format in English. An earlier export moves to the history; the
    same run gives the same files. The path of the folder is written to stdout.
    """
    with interrupts.importing():
        from rmscenario.cli.carried_out import command_line, runs_folder  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.terminal import Terminal  # noqa: PLC0415
        from rmscenario.errors import ExitCode  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.run_folder import read_run  # noqa: PLC0415
        from rmscenario.workflow.export import exported, write_export  # noqa: PLC0415
        from rmscenario.workflow.watch import Control  # noqa: PLC0415

    if out is not None:
        runs_folder(out)
    language = Lang(lang)
    with interrupts.raised():
        found = read_run(run)
    with Terminal(found.scenario.planning.gap, found.region, language) as terminal:
        control = Control(terminal, interrupts)
        try:
            content = exported(found, language, control)
            written = write_export(found, content, out, lang=language, command=command_line(), control=control)
        finally:
            control.second.close()
    click.echo(written.as_posix())
    return int(ExitCode.DONE)
