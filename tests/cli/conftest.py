"""Runs that several tests read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from rmscenario.risk import bound, local
from rmscenario.workflow.second import SecondProcess
from tests.cli.running import FEW, TUTORIAL, call


class Shared(SecondProcess):
    """A second process that stays when a command has ended: it takes seconds to import what it works with."""

    def close(self) -> None:
        """Leave it to the next command."""

    def end(self) -> None:
        """End it."""
        super().close()


@pytest.fixture(scope="session", autouse=True)
def second() -> Iterator[None]:
    """The second process of all commands that are called in this one."""
    shared = Shared()
    with pytest.MonkeyPatch.context() as patch:
        for place in ("workflow.watch", "cli.commands.run"):
            patch.setattr(f"rmscenario.{place}.SecondProcess", lambda: shared)
        yield
    shared.end()


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the runs below; tests that change a run copy it first."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def tutorial_result(runs: Path) -> Result:
    """What running the tutorial says."""
    return call("run", TUTORIAL, "--out", runs, "--json", "--lang", "en", *FEW)


@pytest.fixture(scope="session")
def tutorial(runs: Path, tutorial_result: Result) -> Path:
    """A whole run of the tutorial."""
    assert tutorial_result.exit_code == 5, tutorial_result.stderr
    return runs / "tutorial"


@pytest.fixture(scope="module")
def coarse() -> Iterator[None]:
    """Less work on plans with a confidence and on their bounds, where what is said of them is tested, not how good they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "LOOK", 10 * local.LOOK)
        patch.setattr(bound, "ROUNDS", 1)
        yield
