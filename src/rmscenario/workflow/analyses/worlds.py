"""What analyses of many worlds share: whose worlds, who plans them, and where those that are planned are kept."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from rmscenario.blocks import Kept, Pool
from rmscenario.errors import RunFolderError, shown
from rmscenario.planning.planner import Mode
from rmscenario.reporting.language import Lang, number, say
from rmscenario.run_folder import Run
from rmscenario.workflow.watch import Control
from rmscenario.worlds import WorldsOf

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


def worlds_of(run: Run) -> WorldsOf:
    """The worlds of a run: the draws of its stress test, planned in the mode of its plan."""
    stress = run.scenario.stress
    mode = Mode(run.scenario.planning.mode.value)
    return WorldsOf(region=run.region, plan=run.plan, mode=mode, seed=stress.seed, sampler=stress.sampler)
