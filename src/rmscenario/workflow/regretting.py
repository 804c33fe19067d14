"""One plan, many worlds: the analysis of a run that plans anew, in each of many worlds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from rmscenario.blocks import Kept, Pool
from rmscenario.errors import Fault, InputError, RunFolderError, shown
from rmscenario.planning.planner import Mode
from rmscenario.regret import UNKNOWN, Regret, find_regret
from rmscenario.reporting.language import Lang, number, say
from rmscenario.reporting.pages import markdown, terminal
from rmscenario.reporting.regret import regret_content, regret_table
from rmscenario.reporting.regretted import Regretted
from rmscenario.risk import asks_for_risk
from rmscenario.run_folder import Run
from rmscenario.workflow.analyses import Analysis, content_of, key_sentences, targets_of, title_of
from rmscenario.workflow.interrupts import Interrupted
from rmscenario.workflow.plans import Kind, kind_of
from rmscenario.workflow.watch import Control, Phase
from rmscenario.worlds import Bracket, WorldsOf

#: Folder of the worlds that are planned, beside the analysis.
WORLDS = ".worlds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How many worlds, who plans them, and where those that are planned are kept."""

    worlds: int
    pool: Pool
    blocks: Path


def worlds_folder(analyses: Path, *, afresh: bool) -> Path:
    """Where the worlds of a run are kept, beside its analyses; afresh, what was there is gone.

    Raises
    ------
    RunFolderError
        When it cannot be removed.
    """
    folder = analyses / WORLDS
    if afresh and folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise RunFolderError(
                f"{shown(folder)}: found a folder that cannot be removed ({error.strerror}), expected one that can; "
                "choose another with --out"
            ) from None
    return folder


def kept_blocks(folder: Path, lang: Lang, control: Control) -> Kept:
    """What is kept in a folder of worlds; damaged blocks are told of as a note."""

    def damaged(count: int) -> None:
        key = "terminal.damaged.one" if count == 1 else "terminal.damaged"
        control.watch.note(say("terminal.note", lang, text=say(key, lang, count=number(count, lang))))

    return Kept(above=folder, damaged=damaged)


def analyse_regret(run: Run, asked: Asked, lang: Lang, control: Control, *, draw: bool) -> Analysis:
    """Plan the worlds of a run and compare; interrupted, from the worlds planned so far.

    Raises
    ------
    InputError
        When the run's plan is none that the planner made.
    Interrupted
        When it was stopped before any world was planned.
    """
    _planned(run)
    stress = run.scenario.stress
    of = WorldsOf(
        region=run.region,
        plan=run.plan,
        mode=Mode(run.scenario.planning.mode.value),
        seed=stress.seed,
        sampler=stress.sampler,
    )
    with control.phase(Phase.WORLDS):
        found = find_regret(
            of,
            asked.worlds,
            ev=_promised(run),
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
        figure, pictures = _pictures(run, found, lang, control)
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


def _planned(run: Run) -> None:
    kind = kind_of(run.scenario.planning)
    if kind not in (Kind.PRICED, Kind.NEAREST):
        raise InputError(
            [
                Fault(
                    file=run.name,
                    found=f"a run whose plan is given ({kind})",
                    expected="one whose plan was searched for, to be searched for in other worlds too",
                    remedy="choose another scenario",
                )
            ]
        )


def _promised(run: Run) -> Bracket:
    """Value and bound of the plan at the planned figures, where its search stands in the summary [million DKK].

    A plan under risk was searched for with other figures.
    """
    solver = run.summary["solver"]
    if asks_for_risk(run.region) or solver["incumbent"] is None or solver["bound"] is None:
        return UNKNOWN
    return Bracket(low=solver["bound"], high=solver["incumbent"])


def _pictures(run: Run, found: Regret, lang: Lang, control: Control) -> tuple[tuple[str, str] | None, dict[str, bytes]]:
    """Picture and title on the page, and the files; interrupted, none."""
    from rmscenario.reporting.figures.regret import drawn_regret  # noqa: PLC0415  matplotlib takes a second to import

    try:
        with control.phase(Phase.FIGURES), control.interrupts.raised():
            files, caption = drawn_regret(found, run.region, lang, scenario=title_of(run, lang))
    except Interrupted:
        return None, {}
    return ("regret.svg", caption), {f"regret{ending}": content for ending, content in files.items()}
