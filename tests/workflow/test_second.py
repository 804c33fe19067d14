"""The second process: its answers come in order, and closing ends it, whatever it does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from rmscenario.workflow.second import LostError, SecondProcess


def never() -> bool:
    return False


@pytest.fixture
def second() -> Iterator[SecondProcess]:
    made = SecondProcess()
    yield made
    made.close()


def is_there(process: int) -> bool:
    """Whether a process is there, or has ended and is not yet waited for."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_jobs_are_done_by_one_other_process_and_their_errors_are_raised_here(second: SecondProcess) -> None:
    first, wrong, last = second.submit(os.getpid), second.submit(int, "x"), second.submit(os.getpid)
    assert first.result(never) == last.result(never) != os.getpid()
    with pytest.raises(ValueError, match="invalid literal"):
        wrong.result(never)


def test_closing_ends_the_process_whatever_it_does_and_its_jobs_are_lost(second: SecondProcess) -> None:
    process = second.submit(os.getpid).result(never)
    assert is_there(process)
    busy, behind = second.submit(time.sleep, 1e6), second.submit(os.getpid)
    second.close()
    assert not is_there(process)
    for job in (busy, behind):
        with pytest.raises(LostError, match="the second process ended"):
            job.result(never)


def test_one_that_was_closed_begins_anew_with_its_next_job(second: SecondProcess) -> None:
    process = second.submit(os.getpid).result(never)
    second.close()
    second.close()
    assert second.submit(os.getpid).result(never) != process
