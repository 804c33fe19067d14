"""Figures drawn in two processes are those drawn in one, whichever process has drawn which."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmscenario.reporting.figures import Group, draw_figures
from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result
from rmscenario.workflow.drawing import draw, draw_ahead
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.second import Job
from rmscenario.workflow.watch import Control, Silent
from tests.reporting.conftest import result

__all__ = ["result"]


@pytest.fixture(scope="module")
def alone(result: Result) -> dict[str, bytes]:
    """All figures, drawn by this process."""
    return dict(draw_figures(result, Lang.DA, tuple(Group)))


@pytest.mark.parametrize("lost", [False, True])
def test_figures_are_the_same_whether_the_second_process_lives_or_is_lost(
    result: Result, alone: dict[str, bytes], tmp_path: Path, lost: bool
) -> None:
    control = Control(Silent(), Interrupts())
    try:
        ahead = draw_ahead(result, Lang.DA, control)
        if lost:
            control.second.close()
        else:
            assert ahead[0][1].result(control.interrupts.asked)
        draw(tmp_path / "figures", result, Lang.DA, ahead, control)
    finally:
        control.second.close()
    assert {path.name: path.read_bytes() for path in (tmp_path / "figures").iterdir()} == alone


def test_a_job_is_taken_once() -> None:
    job: Job[int] = Job()
    assert [job.take(), job.take()] == [True, False]
