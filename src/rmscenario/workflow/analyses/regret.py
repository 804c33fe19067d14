"""One plan, many worlds: the analysis of a run that plans anew, in each of many worlds."""

from __future__ import annotations

from rmscenario.regret import UNKNOWN, find_regret
from rmscenario.reporting.analyses.regret import Regretted
from rmscenario.reporting.analyses.regret_files import regret_content, regret_table
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.run_folder import Run
from rmscenario.workflow.analyses.analysis import Analysis, content_of, key_sentences, pictures_of, targets_of, title_of
from rmscenario.workflow.analyses.refusing import refuse_unsearched
from rmscenario.workflow.analyses.worlds import Asked, kept_blocks, worlds_of
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.watch import Control, Phase
from rmscenario.worlds import Bracket


def analyse_regret(run: Run, asked: Asked, lang: Lang, control: Control, *, draw: bool) -> Analysis:
    """Plan the worlds of a run and compare; interrupted, from the worlds planned so far.

    Raises
    ------
    InputError
        When the run's plan is none that the planner made.
    Interrupted
        When it was stopped before any world was planned.
    """
    refuse_unsearched(run.name, run.region, run.scenario.planning)
    with control.phase(Phase.WORLDS):
        found = find_regret(
            worlds_of(run),
            asked.worlds,
            ev=promised(run),
            blocks=kept_blocks(asked.blocks, lang, control),
            pool=asked.pool,
            progress=lambda done: control.watch.worlds(done, asked.worlds),
            judged=lambda done: control.watch.searches(done, asked.worlds),
            stop=control.interrupts.asked,
        )
    if found is None:
        control.interrupts.check()
        raise Interrupted
    interrupted = control.interrupts.asked()
    words = Regretted(found, run.region, targets_of(run), lang)
    figure: tuple[str, str] | None = None
    pictures: dict[str, bytes] = {}
    if draw and not interrupted:
        from rmscenario.reporting.figures.regret import drawn_regret  # noqa: PLC0415  matplotlib takes a second to import

        figure, pictures = pictures_of(
            "regret", lambda: drawn_regret(found, run.region, lang, scenario=title_of(run, lang)), control
        )
    title = say("regret.title", lang, title=title_of(run, lang))
    lead, parts = words.lead(), words.parts(figure)
    return Analysis(
        name="regret",
        content=content_of(run, interrupted=interrupted)
        | regret_content(found)
        | key_sentences(
            lambda spoken: Regretted(found, run.region, targets_of(run), spoken).key_sentences(),
            interrupted=interrupted,
        ),
        page=markdown(run.region, title, lead, parts, lang),
        shown=terminal(run.region, title, lead, parts, lang),
        pictures=pictures,
        tables={"regret.csv": regret_table(found)},
    )


def promised(run: Run) -> Bracket | None:
    """Value and bound of the plan at the planned figures, where its search stands in the summary [million DKK].

    None of a plan under risk, which was chosen with the spread.
    """
    solver, risk = run.summary["solver"], run.summary.get("risk")
    if risk is not None and risk["planning_draws"]:
        return None
    if solver["incumbent"] is None or solver["bound"] is None:
        return UNKNOWN
    return Bracket(low=solver["bound"], high=solver["incumbent"])
