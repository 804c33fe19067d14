"""Sign now, or wait: the analysis of a run that plans its rounds in two stages."""

from __future__ import annotations

from dataclasses import dataclass

from rmscenario.recourse import find_recourse
from rmscenario.reporting.analyses.recourse import Awaited
from rmscenario.reporting.analyses.recourse_files import recourse_content, recourse_table
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.run_folder import Run
from rmscenario.workflow.analyses.analysis import Analysis, content_of, key_sentences, pictures_of, targets_of, title_of
from rmscenario.workflow.analyses.refusing import refuse_unpriced
from rmscenario.workflow.analyses.worlds import Asked, kept_blocks, worlds_of
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.watch import Control, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToWait(Asked):
    """Worlds that the policy is made with, clusters of them, and worlds in which the rounds are then played."""

    clusters: int
    played: int


def analyse_waiting(run: Run, asked: AskedToWait, lang: Lang, control: Control, *, draw: bool) -> Analysis:
    """Plan the rounds of a run in two stages.

    Raises
    ------
    InputError
        When the run's plan does not price what it misses, or no round is open.
    Interrupted
        When it was stopped before all was done; what was done on worlds is kept.
    """
    refuse_unpriced(run.name, run.region, run.scenario.planning)
    with control.phase(Phase.WORLDS):
        found = find_recourse(
            worlds_of(run),
            asked.worlds,
            clusters=asked.clusters,
            played=asked.played,
            blocks=kept_blocks(asked.blocks, lang, control),
            pool=asked.pool,
            progress=lambda done: control.watch.searches(done, asked.worlds),
            rounds=lambda done: control.watch.worlds(done, asked.played),
            stop=control.interrupts.asked,
        )
    if found is None:
        control.interrupts.check()
        raise Interrupted
    words = Awaited(found, run.region, targets_of(run), lang)
    figure: tuple[str, str] | None = None
    pictures: dict[str, bytes] = {}
    if draw:
        from rmscenario.reporting.figures.recourse import drawn_recourse  # noqa: PLC0415  matplotlib takes a second to import

        figure, pictures = pictures_of(
            "wait", lambda: drawn_recourse(found, run.region, lang, scenario=title_of(run, lang)), control
        )
    title = say("wait.title", lang, title=title_of(run, lang))
    lead, parts = words.lead(), words.parts(figure)
    return Analysis(
        name="wait",
        content=content_of(run, interrupted=False)
        | recourse_content(found)
        | key_sentences(
            lambda spoken: Awaited(found, run.region, targets_of(run), spoken).key_sentences(), interrupted=False
        ),
        page=markdown(run.region, title, lead, parts, lang),
        shown=terminal(run.region, title, lead, parts, lang),
        pictures=pictures,
        tables={"wait.csv": recourse_table(found)},
    )
