"""`rmscenario wait`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

#: Worlds that the policy is made with, clusters of them, and worlds that are played, unless asked for.
WORLDS, CLUSTERS, PLAYED = 100, 5, 200
MOST_CLUSTERS = 100


@click.command("wait")
@options.together(options.scenarios, options.sets)
@click.option(
    "--worlds",
    type=click.IntRange(1, options.MOST_WORLDS),
    default=WORLDS,
    show_default=True,
    help="Number of worlds that the policy is made with: the first draws of the stress test.",
)
@click.option(
    "--clusters",
    type=click.IntRange(1, MOST_CLUSTERS),
    default=CLUSTERS,
    show_default=True,
    help="Most groups of worlds that look alike when the round is over.",
)
@click.option(
    "--played",
    type=click.IntRange(0, options.MOST_WORLDS),
    default=PLAYED,
    show_default=True,
    help="Number of other worlds in which the rounds are then played forward; 0: none.",
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
    clusters: int,
    played: int,
    workers: int | None,
    scheduler: str | None,
    resume: bool,
    out: Path | None,
    lang: str,
    no_figures: bool,
    as_json: bool,
) -> int:
    """Say of every possible start whether to sign it now, whether it can wait, or what it depends on, and at what price.

    SCENARIO is a scenario, several laid over each other, or the folder of a run. A scenario without an unchanged run is
    planned first. This round's starts are the same in all worlds; later rounds adapt to what follow-up will have shown. The
    rounds are then played forward, with learning, in other worlds. What is done on worlds is kept: after Ctrl-C, or a
    crash, the same command goes on where it stopped. Three or four CPU minutes on the reference region.
    """
    options.workers_or_scheduler(workers, scheduler)
    with interrupts.importing():
        from rmscenario.blocks import Pool  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.analysed import analysed_run, analyses_of  # noqa: PLC0415
        from rmscenario.cli.planned import run_of  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.workflow.analyses import folder_of  # noqa: PLC0415
        from rmscenario.workflow.regretting import worlds_folder  # noqa: PLC0415
        from rmscenario.workflow.waiting import AskedToWait, analyse_waiting, refuse_unpriced  # noqa: PLC0415

    found = run_of(scenarios, sets, out or Path("runs"), Lang(lang), interrupts, refuse=refuse_unpriced)
    if isinstance(found, int):
        return found
    run, place = found, analyses_of(out, found)
    asked = AskedToWait(
        worlds=worlds,
        clusters=clusters,
        played=played,
        pool=Pool(workers=workers, scheduler=scheduler),
        blocks=worlds_folder(folder_of(run, place), afresh=not resume),
    )
    return analysed_run(
        run,
        lambda one, language, control: analyse_waiting(one, asked, language, control, draw=not no_figures),
        interrupts,
        out=place,
        lang=lang,
        as_json=as_json,
    )
