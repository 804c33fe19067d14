"""A command that is killed at any moment leaves the round as it was before it, or as it is after it, never between."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rmscenario import tables
from rmscenario.rounds.store import read_round
from tests.rounds.rounds import NAME, amend, close, files, follow, planned, propose, sign, tiny

Step = Callable[[Path], bool]
STEPS: tuple[Step, ...] = (propose, sign, amend, follow, close)
#: Moments at which each command is killed.
MOMENTS = 10
#: What the interpreter tells of a program that changes a file or folder; opening one is told with its flags.
CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir"})

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be copied")


def changes(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether an event of the interpreter changes what is on the disk."""
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
    return event in CHANGES


def touching(step: Step, model: Path, kill_at: int | None) -> int:
    """Do a step in a copy of this process that ends before its n-th change of the model; returns how many there were."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            if changes(event, arguments) and str(model) in str(arguments[0]):
                count += 1
                if count == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            step(model)
            os.write(writing, str(count).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return int(pipe.read() or 0)


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[step.__name__ for step in STEPS])
def test_a_killed_command_leaves_the_former_or_the_new_state(number: int, tmp_path: Path) -> None:
    planned()
    step, start = STEPS[number], tiny(tmp_path / "start")
    for earlier in STEPS[:number]:
        assert earlier(start)
    before, region_before = read_round(start, NAME).manifest, tables.load(start)
    done = tmp_path / "done" / "models" / "tiny"
    shutil.copytree(start, done)
    touches = touching(step, done, None)
    after, whole, region_after = read_round(done, NAME).manifest, files(done), tables.load(done)
    assert after != before
    found = set()
    for moment in sorted(set(np.linspace(1, touches, MOMENTS).astype(int).tolist())):
        model = tmp_path / f"killed-{moment}" / "models" / "tiny"
        shutil.copytree(start, model)
        assert touching(step, model, moment) == 0
        manifest, region = read_round(model, NAME).manifest, tables.load(model)
        assert (manifest, region) in ((before, region_before), (after, region_after))
        found.add(manifest == after)
        assert step(model) == (manifest == before)
        assert files(model) == whole
    assert found == {False, True}
