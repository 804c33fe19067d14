"""What confidence costs: the analysis of a run that plans anew at several confidences."""

from __future__ import annotations

from rmscenario.planning.planner import Mode, PlannerOptions
from rmscenario.reporting.analyses.confidence import Confidence, confidence_content, confidence_table
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.risk.curve import confidence_curve
from rmscenario.run_folder import Run
from rmscenario.workflow.analyses.analysis import Analysis, content_of, key_sentences, pictures_of, targets_of, title_of
from rmscenario.workflow.plans import risk_options, search_options
from rmscenario.workflow.watch import Control, Phase


def analyse_confidence(run: Run, lang: Lang, control: Control, *, draw: bool) -> Analysis:
    """Plan the scenario of a run at several confidences; interrupted, from the plans found so far.

    Raises
    ------
    InputError
        When it asks for no confidence.
    NoPlanError
        When no plan keeps the hard targets in the mean of the draws.
    """
    planning = run.scenario.planning
    with control.phase(Phase.PLAN):
        found = confidence_curve(
            run.region,
            PlannerOptions(mode=Mode(planning.mode.value), search=search_options(planning)),
            risk_options(planning),
            plan=None if planning.everything else run.plan,  # everything at once keeps no limit
            progress=control.watch.answers,
            stop=control.interrupts.asked,
        )
    words = Confidence(found, targets_of(run), lang)
    figure: tuple[str, str] | None = None
    pictures: dict[str, bytes] = {}
    if draw and found.points and not found.interrupted:
        from rmscenario.reporting.figures.confidence import drawn_confidence  # noqa: PLC0415  matplotlib takes a second

        names, scenario = words.names(found.expected_kept[0].targets), title_of(run, lang)
        figure, pictures = pictures_of(
            "confidence",
            lambda: drawn_confidence(found, run.region, lang, names=names, scenario=scenario),
            control,
        )
    title = say("confidence.title", lang, title=title_of(run, lang))
    lead, parts = words.lead(), words.parts(figure)
    return Analysis(
        name="confidence",
        content=content_of(run, interrupted=found.interrupted)
        | confidence_content(found)
        | key_sentences(
            lambda spoken: Confidence(found, targets_of(run), spoken).key_sentences(),
            interrupted=found.interrupted,
        ),
        page=markdown(run.region, title, lead, parts, lang),
        shown=terminal(run.region, title, lead, parts, lang),
        pictures=pictures,
        tables={"confidence.csv": confidence_table(found)},
        missed=words.missed(),
    )
