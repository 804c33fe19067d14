"""`rmscenario regret`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

if TYPE_CHECKING:
    from rmscenario.reporting.language import Lang
    from rmscenario.run_folder import Run
    from rmscenario.workflow.analyses import Analysis
    from rmscenario.workflow.watch import Control

#: Worlds, unless asked for.
WORLDS = 500


@click.command("regret")
@options.count("--worlds", WORLDS, "Number of worlds: the first draws of the stress test.")
@options.together(options.workers, options.resume, options.to_analyse, options.no_figures)
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    asked: options.ToAnalyse,
    worlds: int,
    workers: options.Workers,
    resume: bool,
    no_figures: bool,
) -> int:
    """Plan anew in many worlds: which starts are without regret, what depends on what, and what it would be worth to know.

    SCENARIO is a scenario, several laid over each other, or the folder of a run. A scenario without an unchanged run is
    planned first. Worlds are kept as they are planned: after Ctrl-C, or a crash, the same command goes on where it
    stopped, and a larger number of worlds adds to those that are there. One or two CPU seconds for each world of the
    reference region.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed_scenario  # noqa: PLC0415  takes a second to import
        from rmscenario.workflow.analyses import analyses_of  # noqa: PLC0415
        from rmscenario.workflow.analyses.refusing import refuse_unsearched  # noqa: PLC0415
        from rmscenario.workflow.analyses.regret import analyse_regret  # noqa: PLC0415
        from rmscenario.workflow.analyses.worlds import Asked, worlds_folder  # noqa: PLC0415

    def find(run: Run, lang: Lang, control: Control) -> Analysis:
        blocks = worlds_folder(analyses_of(run, asked.out), afresh=not resume)
        order = Asked(worlds=worlds, pool=workers.pool(), blocks=blocks)
        return analyse_regret(run, order, lang, control, draw=not no_figures)

    return analysed_scenario(asked, find, interrupts, refuse=refuse_unsearched, cluster=workers.cluster())
