"""Runs that several tests read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import Result as Called

from rmscenario.risk import bound, local
from rmscenario.workflow.second import Job, SecondProcess
from tests.cli.running import FEW, TUTORIAL, call

Result = TypeVar("Result")


class Lent(SecondProcess):
    """A second process as a command has it; the one behind it stays, for it takes seconds to import what it works with."""

    def __init__(self, behind: SecondProcess) -> None:
        super().__init__()
        self.behind, self.in_use = behind, False

    def submit(self, function: Callable[..., Result], *arguments: object) -> Job[Result]:
        """Have the one behind it do a job."""
        self.in_use = True
        return self.behind.submit(function, *arguments)

    def close(self) -> None:
        """Give it back; what it does is lost to this command alone."""
        self.in_use = False


@pytest.fixture(scope="session", autouse=True)
def lent() -> Iterator[list[Lent]]:
    """The second processes of all commands that are called in this one: one process is behind them."""
    behind, made = SecondProcess(), list[Lent]()

    def lend() -> Lent:
        made.append(Lent(behind))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        for place in ("workflow.watch", "cli.commands.run"):
            patch.setattr(f"rmscenario.{place}.SecondProcess", lend)
        yield made
    behind.close()


@pytest.fixture(autouse=True)
def given_back(lent: list[Lent]) -> Iterator[None]:
    """Every command closes the second process that it gave work to, however it ends."""
    yield
    in_use = [each for each in lent if each.in_use]
    lent.clear()
    assert not in_use


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the runs below; tests that change a run copy it first."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def tutorial_result(runs: Path) -> Called:
    """What running the tutorial says."""
    return call("run", TUTORIAL, "--out", runs, "--json", "--lang", "en", *FEW)


@pytest.fixture(scope="session")
def tutorial(runs: Path, tutorial_result: Called) -> Path:
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
