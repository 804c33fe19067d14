"""`rmscenario compare`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("compare")
@click.argument("runs", metavar="RUN RUN...", type=options.FOLDER, nargs=-1, required=True)
@click.option(
    "--out",
    metavar="FOLDER",
    type=options.FOLDER,
    default=Path("runs/.comparisons"),
    show_default=True,
    help="Folder of the figures; those of the same runs are replaced.",
)
@options.together(options.lang, options.no_figures, options.as_json)
@click.pass_obj
def command(
    interrupts: Interrupts, *, runs: tuple[Path, ...], out: Path, lang: str, no_figures: bool, as_json: bool
) -> int:
    """Set runs beside each other: a table, and one figure for each target that all of them have in the same account."""
    with interrupts.importing():
        from rmscenario.cli.carried_out import print_json  # noqa: PLC0415  takes a second to import
        from rmscenario.errors import ExitCode  # noqa: PLC0415
        from rmscenario.reporting.compared import compare_text  # noqa: PLC0415
        from rmscenario.reporting.language import Lang, say  # noqa: PLC0415
        from rmscenario.workflow.comparing import compared, draw_comparison, read_runs  # noqa: PLC0415

    if len(runs) < 2:
        raise click.UsageError("Give at least two runs.")
    with interrupts.raised():
        found = read_runs(runs)
    summaries = {name: run.summary for name, run in found.items()}
    if as_json:
        print_json(compared(summaries))
    else:
        click.echo(compare_text(summaries, Lang(lang)), nl=False)
    if not no_figures:
        folder = out / "--".join(found)
        with interrupts.raised():
            drawn = draw_comparison(folder, found, Lang(lang))
        for path in drawn:
            click.echo(say("terminal.written", Lang(lang), path=path.as_posix()), err=True)
    return int(ExitCode.DONE)
