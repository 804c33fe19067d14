"""Commands that are interrupted while they read, build and begin to search: there is no plan yet, and nothing is written."""

from __future__ import annotations

import signal
from pathlib import Path
from types import ModuleType

import pytest

from rmscenario.planning import problem
from rmscenario.planning.solver import Master
from rmscenario.scenario import loading
from rmscenario.tables import grid
from rmscenario.workflow.second import SecondProcess
from tests.cli.running import TUTORIAL, call


@pytest.mark.parametrize(
    ("place", "name", "number"),
    [
        (grid, "_records", signal.SIGINT),
        (loading, "_lay", signal.SIGTERM),
        (problem, "build_options", signal.SIGINT),
        (problem, "limit_rows", signal.SIGTERM),
        (Master, "relax", signal.SIGINT),
        (Master, "_asked", signal.SIGINT),  # which the solver calls in the middle of a linear program
        (Master, "_asked", signal.SIGTERM),
    ],
)
def test_an_interrupt_before_there_is_a_plan_writes_nothing(
    place: ModuleType | type, name: str, number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interrupt comes as a function is first called, while the second process begins its work."""
    function, sent = getattr(place, name), list[signal.Signals]()

    def interrupted(*arguments: object) -> object:
        if not sent:
            sent.append(number)
            signal.raise_signal(number)
        return function(*arguments)

    monkeypatch.setattr(place, name, interrupted)
    monkeypatch.setattr("rmscenario.cli.commands.run.SecondProcess", SecondProcess)  # one of its own, which is closed
    result = call("run", TUTORIAL, "--out", tmp_path)
    assert sent == [number]
    assert (result.exit_code, result.stdout) == (128 + number, ""), result.stderr
    assert result.stderr.endswith("rmscenario: interrupted before there was anything to keep; nothing was written\n")
    assert list(tmp_path.iterdir()) == []
