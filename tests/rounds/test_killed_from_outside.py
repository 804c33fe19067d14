"""Commands that another process kills while they write, at moments that nobody has chosen: the former state or the new one."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rmscenario import tables
from rmscenario.rounds.store import read_round
from tests.rounds.dossiers import fill, proposed, read
from tests.rounds.rounds import NAME, amend, close, files, follow, planned, propose, sign, tiny
from tests.rounds.test_killed import MOMENTS

Step = Callable[[Path], bool]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be copied")


def names(model: Path) -> list[str]:
    """Names of all that lies in the round's folder, also what is half-written."""
    folder = model / "rounds" / NAME
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def begun(step: Step, model: Path) -> int:
    """A copy of this process that does a step, once it has begun to write; its id."""
    before = names(model)
    child = os.fork()
    if child == 0:
        try:
            step(model)
        finally:
            os._exit(0)
    while names(model) == before and _works(child):
        time.sleep(0.0002)
    return child


def _works(child: int) -> bool:
    """Whether a process works; one that has ended stays there for others to ask."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def kill_while_it_writes(step: Step, start: Path, place: Path) -> None:
    """Kill a step at random moments of its writing, look at what is left, and do it again."""
    before, region_before = read_round(start, NAME).manifest, tables.load(start)
    done = place / "done" / "models" / "tiny"
    shutil.copytree(start, done)
    child, first = begun(step, done), time.perf_counter()
    os.waitpid(child, 0)
    writing = time.perf_counter() - first
    after, whole, region_after = read_round(done, NAME).manifest, files(done), tables.load(done)
    assert after != before
    for number, moment in enumerate(np.random.default_rng().uniform(0.0, 1.2 * writing, MOMENTS)):
        model = place / f"killed-{number}" / "models" / "tiny"
        shutil.copytree(start, model)
        child = begun(step, model)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        manifest, region = read_round(model, NAME).manifest, tables.load(model)
        assert (manifest, region) in ((before, region_before), (after, region_after)), f"after {moment:.4f} s"
        assert step(model) == (manifest == before)
        assert files(model) == whole


@pytest.mark.parametrize("number", range(5), ids=["propose", "sign", "amend", "follow_up", "close"])
def test_a_command_of_the_round(number: int, tmp_path: Path) -> None:
    planned()
    steps: tuple[Step, ...] = (propose, sign, amend, follow, close)
    start = tiny(tmp_path / "start")
    for earlier in steps[:number]:
        assert earlier(start)
    kill_while_it_writes(steps[number], start, tmp_path)


def test_reading_answers_back(tmp_path: Path) -> None:
    start, _, folder = proposed(tmp_path / "start", planned())
    book = fill(folder / "HUS.xlsx", {f"{NAME}.P2.HUS": {"answer": "ændret", "start": 2028, "comment": "Senere"}})
    kill_while_it_writes(lambda model: read(model, book)[1], start, tmp_path)
