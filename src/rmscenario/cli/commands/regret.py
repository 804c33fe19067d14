"""`rmscenario regret`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

#: Worlds, unless asked for.
WORLDS = 500
MOST_WORLDS = 1_000_000
MOST_WORKERS = 1_024


@click.command("regret")
@options.together(options.scenarios, options.sets)
@click.option(
    "--worlds",
    type=click.IntRange(1, MOST_WORLDS),
    default=WORLDS,
    show_default=True,
    help="Number of worlds: the first draws of the stress test.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=None,
    show_default="one for each core",
    help="Processes on this machine that plan worlds; the result does not depend on their number.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default=None,
    show_default="processes on this machine",
    help="Scheduler of a Dask cluster that plans the worlds instead, such as tcp://10.0.0.5:8786.",
)
@click.option(
    "--resume/--afresh",
    default=True,
    show_default=True,
    help="Take worlds that an earlier call has planned, or plan all of them anew.",
)
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
    worlds: int,
    workers: int | None,
    scheduler: str | None,
    resume: bool,
    out: Path | None,
    lang: str,
    no_figures: bool,
    as_json: bool,
) -> int:
    """Plan anew in many worlds: which starts are without regret, what depends on what, and what it would be worth to know.

    SCENARIO is a scenario, several laid over each other, or the folder of a run. A scenario without an unchanged run is
    planned first. Worlds are kept as they are planned: after Ctrl-C, or a crash, the same command goes on where it
    stopped, and a larger number of worlds adds to those that are there. About two CPU seconds for each world of the
    reference region.
    """
    if workers is not None and scheduler is not None:
        raise click.UsageError("Give --workers or --scheduler: a cluster has workers of its own.")
    with interrupts.importing():
        from rmscenario.blocks import Pool  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.analysed import analysed_run  # noqa: PLC0415
        from rmscenario.cli.planned import is_run, planned_run  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.run_folder import read_run  # noqa: PLC0415
        from rmscenario.workflow.analyses import ANALYSES, folder_of  # noqa: PLC0415
        from rmscenario.workflow.regretting import Asked, analyse_regret, worlds_folder  # noqa: PLC0415

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
    place = None if out is None else out / ANALYSES / run.folder.resolve().name
    asked = Asked(
        worlds=worlds,
        pool=Pool(workers=workers, scheduler=scheduler),
        blocks=worlds_folder(folder_of(run, place), afresh=not resume),
    )
    return analysed_run(
        run,
        lambda one, language, control: analyse_regret(one, asked, language, control, draw=not no_figures),
        interrupts,
        out=place,
        lang=lang,
        as_json=as_json,
    )
