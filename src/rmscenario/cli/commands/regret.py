"""`rmscenario regret`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

#: Worlds, unless asked for.
WORLDS = 500


@click.command("regret")
@options.together(options.scenarios, options.sets)
@click.option(
    "--worlds",
    type=click.IntRange(1, options.MOST_WORLDS),
    default=WORLDS,
    show_default=True,
    help="Number of worlds: the first draws of the stress test.",
)
@options.together(options.workers, options.scheduler, options.resume, options.analyses)
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
    options.workers_or_scheduler(workers, scheduler)
    with interrupts.importing():
        from rmscenario.blocks import Pool  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.analysed import analysed_run, analyses_of  # noqa: PLC0415
        from rmscenario.cli.planned import run_of  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.workflow.analyses import folder_of  # noqa: PLC0415
        from rmscenario.workflow.regretting import Asked, analyse_regret, worlds_folder  # noqa: PLC0415

    found = run_of(scenarios, sets, out or Path("runs"), Lang(lang), interrupts)
    if isinstance(found, int):
        return found
    run, place = found, analyses_of(out, found)
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
