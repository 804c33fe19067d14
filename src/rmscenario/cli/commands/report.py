"""`rmscenario report`."""

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


@click.command("report")
@options.one_run
@options.folder(
    "--out",
    help_text="Folder that report.html is put into; the run itself is not changed.",
    otherwise=options.BESIDE_THE_RUN,
)
@options.language("Language that the report opens in; it holds both.")
@click.pass_obj
def command(interrupts: Interrupts, *, run: Path, out: Path | None, lang: str) -> int:
    """Write a run as one HTML file that a director reads: where we are, where the plan leads, how sure that is, what is
    missing and why, what it costs, and what each unit does.

    The file holds both languages and all that it shows: it asks nothing from anywhere, and can lie on a file share. An
    earlier report is replaced; the same run gives the same file. The path of the file is written to stdout.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import made_of  # noqa: PLC0415  takes a second to import
        from rmscenario.workflow.report import report_of, write_report  # noqa: PLC0415

    def make(run: Run, lang: Lang, control: Control) -> Path:
        return write_report(run, report_of(run, lang, control), out, control)

    return made_of(run, make, interrupts, out=out, lang=lang)
