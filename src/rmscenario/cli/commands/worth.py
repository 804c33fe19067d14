"""`rmscenario worth`."""

from __future__ import annotations

import click

from rmscenario.cli import options
from rmscenario.workflow.interrupts import Interrupts

#: Worlds that plans are evaluated in, and worlds that plans are made in, unless asked for.
WORLDS, PLANS = 1000, 12
#: Fewest worlds that a regression is made of.
FEWEST, MOST_WORLDS, MOST_PLANS = 40, 100_000, 200


@click.command("worth")
@options.count(
    "--worlds",
    WORLDS,
    "Number of worlds that plans are evaluated in: the first draws of the stress test.",
    least=FEWEST,
    most=MOST_WORLDS,
)
@options.count(
    "--plans",
    PLANS,
    "Number of further worlds in which the later rounds are planned anew; each takes a second of the reference region.",
    most=MOST_PLANS,
)
@options.together(options.workers, options.to_analyse)
@click.pass_obj
def command(
    interrupts: Interrupts, *, asked: options.ToAnalyse, worlds: int, plans: int, workers: options.Workers
) -> int:
    """Say which follow-up of the next round is worth most: what it may change in the plan after it, and what that saves.

    SCENARIO is a scenario, several laid over each other, or the folder of a run. A scenario without an unchanged run is
    planned first. The plans to choose from begin with the same round; each indicator is judged by how much better they can be
    chosen among with what it shows.
    """
    with interrupts.importing():
        from rmscenario.cli.analysed import analysed_scenario  # noqa: PLC0415  takes a second to import
        from rmscenario.workflow.analyses.refusing import refuse_unfollowed  # noqa: PLC0415
        from rmscenario.workflow.analyses.worth import Asked, analyse_worth  # noqa: PLC0415

    order = Asked(worlds=worlds, plans=plans, pool=workers.pool())
    return analysed_scenario(
        asked,
        lambda run, lang, control: analyse_worth(run, order, lang, control),
        interrupts,
        refuse=refuse_unfollowed,
        cluster=workers.cluster(),
    )
