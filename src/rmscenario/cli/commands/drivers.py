"""`rmscenario drivers`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("drivers")
@options.one_run
@options.together(options.analysis_out, options.lang, options.no_figures, options.as_json)
@click.pass_obj
def command(interrupts: Interrupts, *, run: Path, out: Path | None, lang: str, no_figures: bool, as_json: bool) -> int:
    """Say what drives the outcome of a run's plan: own effort apart from background, how weak the background may be,
    what the spread comes from, and which initiatives cost most to lose.

    The plan is fixed: it is evaluated on the draws of its stress test and never planned again. Half a minute. The page
    holds every target, the terminal the first in priority. An earlier analysis moves to the history.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed  # noqa: PLC0415  takes a second to import
        from rmscenario.workflow.analyses.drivers import analyse_drivers  # noqa: PLC0415

    return analysed(
        run,
        lambda found, lang, control: analyse_drivers(found, lang, control, draw=not no_figures),
        interrupts,
        out=out,
        lang=lang,
        as_json=as_json,
    )
