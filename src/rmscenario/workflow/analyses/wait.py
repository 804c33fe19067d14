"""Sign now, or wait: the analysis of a run that plans its rounds in two stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rmscenario.errors import Fault, InputError
from rmscenario.recourse import find_recourse
from rmscenario.region import Region
from rmscenario.reporting.awaited import Awaited
from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.reporting.recourse import recourse_content, recourse_table
from rmscenario.run_folder import Run
from rmscenario.scenario import PlanningOptions
from rmscenario.workflow.analyses.analysis import Analysis, content_of, key_sentences, pictures_of, targets_of, title_of
from rmscenario.workflow.analyses.worlds import Asked, kept_blocks, worlds_of
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.plans import Kind, kind_of
from rmscenario.workflow.watch import Control, Phase
from rmscenario.worlds.learning import end_of_round

#: The setting that makes a plan of each other kind a priced one.
_TO_PRICED: Mapping[Kind, str] = {
    Kind.NEAREST: "planning.mode=priced",
    Kind.EVERYTHING: "planning.everything=false",
    Kind.NOTHING_MORE: "planning.starts=all",
}


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


def refuse_unpriced(name: str, region: Region, planning: PlanningOptions) -> None:
    """Refuse what has no price in every world, or no round to sign, before anything is planned.

    Raises
    ------
    InputError
        With the settings that help.
    """
    faults = []
    hard = [target for target in region.active_targets if target.hard]
    found = [f"hard targets ({', '.join(target.target for target in hard)})"] if hard else []
    helps = [f"targets[{target.target}].hard=no" for target in hard]
    helps += [f"targets[{target.target}].shortfall_price=PRICE" for target in hard if target.shortfall_price is None]
    if (kind := kind_of(planning)) is not Kind.PRICED:
        found.append(f"a plan that is {kind.value}")
        helps.append(_TO_PRICED[kind])
    if found:
        faults.append(
            Fault(
                file=name,
                found=" and ".join(found),
                expected="mode priced and no hard target, so that a plan has a price in every world",
                remedy="name the scenario with " + " ".join(f'--set "{setting}"' for setting in helps),
            )
        )
    if end_of_round(region) is None:
        faults.append(
            Fault(
                file=name,
                found="no round with status open",
                expected="one that is to be signed",
                remedy="set its status in rounds.csv",
            )
        )
    if faults:
        raise InputError(faults)
