"""Which follow-up is worth most: the analysis of a run that asks what the next round will be decided by."""

from __future__ import annotations

from dataclasses import dataclass

from rmscenario.blocks import Pool
from rmscenario.learning.worth import find_worth
from rmscenario.reporting.analyses.worth import COLUMNS, WorthWords, worth_content, worth_rows
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.run_folder import Run
from rmscenario.workflow.analyses.analysis import Analysis, content_of, title_of
from rmscenario.workflow.analyses.refusing import refuse_unfollowed
from rmscenario.workflow.analyses.worlds import worlds_of
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.watch import Control, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """In how many worlds plans are evaluated, in how many further ones a plan is made, and who does it."""

    worlds: int
    plans: int
    pool: Pool


def analyse_worth(run: Run, asked: Asked, lang: Lang, control: Control) -> Analysis:
    """Say which follow-up of the next round is worth most.

    Raises
    ------
    InputError
        When the run's plan is not a priced one, or no round is open.
    Interrupted
        When it was stopped.
    """
    refuse_unfollowed(run.name, run.region, run.scenario.planning)
    with control.phase(Phase.WORLDS):
        worth = find_worth(
            worlds_of(run),
            worlds=asked.worlds,
            plans=asked.plans,
            pool=asked.pool,
            progress=lambda done: control.watch.worlds(done, asked.worlds + asked.plans),
            stop=control.interrupts.asked,
        )
    if worth is None:
        control.interrupts.check()
        raise Interrupted
    words = WorthWords(worth, run.region, lang)
    title = say("worth.title", lang, title=title_of(run, lang))
    lead, parts = words.lead(), words.parts()
    return Analysis(
        name="worth",
        content=content_of(run, interrupted=False) | worth_content(worth),
        page=markdown(run.region, title, lead, parts, lang),
        shown=terminal(run.region, title, lead, parts, lang),
        pictures={},
        tables={"worth.csv": (COLUMNS, worth_rows(worth))},
    )
