"""`rmscenario worth`."""

from __future__ import annotations

from pathlib import Path

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

#: Worlds that plans are evaluated in, and worlds that plans are made in, unless asked for.
WORLDS, PLANS = 1000, 12
#: Fewest worlds that a regression is made of.
FEWEST, MOST_WORLDS, MOST_PLANS, MOST_WORKERS = 40, 100_000, 200, 1_024


@click.command("worth")
@options.together(options.scenarios, options.sets)
@click.option(
    "--worlds",
    type=click.IntRange(FEWEST, MOST_WORLDS),
    default=WORLDS,
    show_default=True,
    help="Number of worlds that plans are evaluated in: the first draws of the stress test.",
)
@click.option(
    "--plans",
    type=click.IntRange(1, MOST_PLANS),
    default=PLANS,
    show_default=True,
    help="Number of further worlds in which the later rounds are planned anew; each takes a second of the reference region.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=None,
    show_default="one for each core",
    help="Processes on this machine that do it; the result does not depend on their number.",
)
@click.option(
    "--out",
    metavar="FOLDER",
    type=options.FOLDER,
    default=None,
    show_default="runs, or the folder that the run stands in",
    help="Folder of the runs; the analysis stands in .analyses below it.",
)
@options.together(options.lang, options.as_json)
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    scenarios: tuple[Path, ...],
    sets: tuple[str, ...],
    worlds: int,
    plans: int,
    workers: int | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> int:
    """Say which follow-up of the next round is worth most: what it may change in the plan after it, and what that saves.

    SCENARIO is a scenario, several laid over each other, or the folder of a run. A scenario without an unchanged run is
    planned first. The plans to choose from begin with the same round; each indicator is judged by how much better they can be
    chosen among with what it shows.
    """
    with interrupts.importing():
        from rmscenario.blocks import Pool  # noqa: PLC0415  takes a second to import
        from rmscenario.cli.analysed import analysed_run  # noqa: PLC0415
        from rmscenario.cli.planned import is_run, planned_run  # noqa: PLC0415
        from rmscenario.reporting.language import Lang  # noqa: PLC0415
        from rmscenario.run_folder import read_run  # noqa: PLC0415
        from rmscenario.workflow.analyses import ANALYSES  # noqa: PLC0415
        from rmscenario.workflow.worth import Asked, analyse_worth  # noqa: PLC0415

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
    asked = Asked(worlds=worlds, plans=plans, pool=Pool(workers=workers))
    return analysed_run(
        run,
        lambda one, language, control: analyse_worth(one, asked, language, control),
        interrupts,
        out=None if out is None else out / ANALYSES / run.folder.resolve().name,
        lang=lang,
        as_json=as_json,
    )
