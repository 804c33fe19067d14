"""`rmscenario wait`."""

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

#: Worlds that the policy is made with, clusters of them, and worlds that are played, unless asked for.
WORLDS, CLUSTERS, PLAYED = 100, 5, 200
MOST_CLUSTERS = 100


@click.command("wait")
@options.count("--worlds", WORLDS, "Number of worlds that the policy is made with: the first draws of the stress test.")
@options.count(
    "--clusters", CLUSTERS, "Most groups of worlds that look alike when the round is over.", most=MOST_CLUSTERS
)
@options.count(
    "--played", PLAYED, "Number of other worlds in which the rounds are then played forward; 0: none.", least=0
)
@options.together(options.workers, options.resume, options.to_analyse, options.no_figures)
@click.pass_obj
def command(
    interrupts: Interrupts,
    *,
    asked: options.ToAnalyse,
    worlds: int,
    clusters: int,
    played: int,
    workers: options.Workers,
    resume: bool,
    no_figures: bool,
) -> int:
    """Say of every possible start whether to sign it now, whether it can wait, or what it depends on, and at what price.

    SCENARIO is a scenario, several laid over each other, or the folder of a run. A scenario without an unchanged run is
    planned first. This round's starts are the same in all worlds; later rounds adapt to what follow-up will have shown. The
    rounds are then played forward, with learning, in other worlds. What is done on worlds is kept: after Ctrl-C, or a
    crash, the same command goes on where it stopped. Seven CPU minutes on the reference region.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed_scenario  # noqa: PLC0415  takes a second to import
        from rmscenario.workflow.analyses import analyses_of  # noqa: PLC0415
        from rmscenario.workflow.analyses.refusing import refuse_unpriced  # noqa: PLC0415
        from rmscenario.workflow.analyses.wait import AskedToWait, analyse_waiting  # noqa: PLC0415
        from rmscenario.workflow.analyses.worlds import worlds_folder  # noqa: PLC0415

    def find(run: Run, lang: Lang, control: Control) -> Analysis:
        order = AskedToWait(
            worlds=worlds,
            clusters=clusters,
            played=played,
            pool=workers.pool(),
            blocks=worlds_folder(analyses_of(run, asked.out), afresh=not resume),
        )
        return analyse_waiting(run, order, lang, control, draw=not no_figures)

    return analysed_scenario(asked, find, interrupts, refuse=refuse_unpriced, cluster=workers.cluster())
