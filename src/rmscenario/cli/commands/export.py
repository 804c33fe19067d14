"""`rmscenario export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

if TYPE_CHECKING:
    from rmscenario.reporting.language import Lang
    from rmscenario.run_folder import Run
    from rmscenario.workflow.watch import Control


@click.command("export")
@options.one_run
@options.folder(
    "--out",
    help_text="Folder that the folder `export` is put into; the run itself is not changed.",
    otherwise=options.BESIDE_THE_RUN,
)
@options.lang
@click.pass_obj
def command(interrupts: Interrupts, *, run: Path, out: Path | None, lang: str) -> int:
    """Write a run for other tools: an Excel workbook with all its tables, the IAMC format (CSV), and its arrays (netCDF).

    The workbook is in the language of --lang, the IAMC format in English. An earlier export moves to the history; the
    same run gives the same files. The path of the folder is written to stdout.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import made_of  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.carried_out import command_line  # noqa: PLC0415
        from rmscenario.workflow.export import exported, write_export  # noqa: PLC0415

    def make(run: Run, lang: Lang, control: Control) -> Path:
        content = exported(run, lang, control)
        return write_export(run, content, out, lang=lang, command=command_line(), control=control)

    return made_of(run, make, interrupts, out=out, lang=lang)
