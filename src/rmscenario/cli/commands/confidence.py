"""`rmscenario confidence`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts


@click.command("confidence")
@options.together(options.scenarios, options.sets)
@click.option(
    "--out",
    metavar="FOLDER",
    type=options.FOLDER,
    default=None,
    show_default="runs, or the folder that the run stands in",
    help="Folder of the runs; the analysis stands in .analyses below it.",
)
@options.together(options.lang, options.no_figures, options.as_json)
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    scenarios: tuple[Path, ...],
    sets: tuple[str, ...],
    out: Path | None,
    lang: str,
    no_figures: bool,
    as_json: bool,
) -> int:
    """Plan at several confidences: what it costs to be surer, and which starts that takes.

    SCENARIO is a scenario, several laid over each other, or the folder of a run; a target of it, or all together
    (planning.joint_confidence), asks for a confidence. A scenario without an unchanged run is planned first. Ten minutes
    on the reference region; Ctrl-C keeps the plans found until then. An earlier analysis moves to the history.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed_run  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.planned import is_run, planned_run  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.run_folder import read_run  # noqa: PLC0415
        from rmscenario.workflow.analyses import ANALYSES  # noqa: PLC0415
        from rmscenario.workflow.confiding import analyse_confidence  # noqa: PLC0415

    if is_run(scenarios):
        if sets:
            raise click.UsageError("--set changes a scenario; the plan of a run stands.")
        with interrupts.raised():
            run = read_run(scenarios[0])
    else:
        found = planned_run(scenarios, sets, out or Path("runs"), Lang(lang), interrupts)
        if isinstance(found, int):
            return found
        run = found
    return analysed_run(
        run,
        lambda one, language, control: analyse_confidence(one, language, control, draw=not no_figures),
        interrupts,
        out=None if out is None else out / ANALYSES / run.folder.resolve().name,
        lang=lang,
        as_json=as_json,
    )
