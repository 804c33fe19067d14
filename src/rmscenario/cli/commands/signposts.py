"""`rmscenario signposts`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("signposts")
@options.one_run
@click.option(
    "--target",
    "targets",
    metavar="TARGET",
    multiple=True,
    show_default="the first in priority",
    help="Id of a target. Can be given again.",
)
@options.together(options.analysis_out, options.lang, options.as_json)
@click.pass_obj
def command(
    interrupts: Interrupts, *, run: Path, targets: tuple[str, ...], out: Path | None, lang: str, as_json: bool
) -> int:
    """Find what warns early that a run's plan will miss a target, and what can be called then.

    The plan is fixed: it is evaluated on draws and never planned again. Each target is asked twice: with everything
    uncertain, and with the background as expected, so that the signposts are those of the plan's own initiatives. A
    quarter of a minute for each target. An earlier analysis moves to the history.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed  # noqa: PLC0415  takes a second to import
        from rmscenario.workflow.analyses.signposts import analyse_signposts  # noqa: PLC0415

    return analysed(
        run,
        lambda found, lang, control: analyse_signposts(found, tuple(dict.fromkeys(targets)), lang, control),
        interrupts,
        out=out,
        lang=lang,
        as_json=as_json,
    )
