"""A second process that works beside this one: jobs in, results out, in order."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Generic, TypeVar

from rmscenario.workflow.interrupts import Interrupted

Result = TypeVar("Result")
#: [s] How often a wait looks whether it shall stop.
_LOOK = 0.05
#: Keeps Ctrl-C, which a terminal sends to the whole group, from the second process.
_SEPARATE: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)} if os.name == "nt" else {"process_group": 0}
)


class LostError(RuntimeError):
    """The second process ended before its jobs."""


class Job(Generic[Result]):
    """Work given to the second process."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._taken = threading.Lock()
        self._value: Any = None
        self._error: Exception | None = None

    def take(self) -> bool:
        """Take the job, to do it: True for whoever asks first, the second process or the one who gave it away."""
        return self._taken.acquire(blocking=False)

    def finish(self, value: Any, error: Exception | None) -> None:
        """Take the result, or the error that came instead."""
        self._value, self._error = value, error
        self._done.set()

    def result(self, stop: Callable[[], bool]) -> Result:
        """Wait for the result; errors of the job are raised here.

        Raises
        ------
        Interrupted
            When `stop` says so.
        LostError
            When the process ended.
        """
        while not self._done.wait(_LOOK):
            if stop():
                raise Interrupted
        if self._error is not None:
            raise self._error
        value: Result = self._value
        return value


class SecondProcess:
    """One worker process, started with its first job and ended with `close`.

    Not an executor of the standard library: theirs cannot be ended while a job runs without a complaint on stderr. It
    is in a process group of its own, so that Ctrl-C reaches this process alone, which decides what to keep.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()
        self._waiting: list[threading.Thread] = []

    def submit(self, function: Callable[..., Result], *arguments: object) -> Job[Result]:
        """Give it a job; function and arguments must be importable and picklable."""
        job: Job[Result] = Job()
        waiting = threading.Thread(target=self._send, args=(self._started(), job, function, arguments), daemon=True)
        self._waiting.append(waiting)
        waiting.start()
        return job

    def close(self) -> None:
        """End the process, whatever it does; jobs that are not done are lost."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        while self._waiting:
            self._waiting.pop().join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was to be sent has nobody to read it
                if pipe is not None:
                    pipe.close()
        self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  this Python, this module
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **_SEPARATE,
            )
        return self._process

    def _send(self, process: subprocess.Popen[bytes], job: Job[Any], function: Any, arguments: Any) -> None:
        """Hand over a job and wait for its answer, in a thread: neither a pipe nor the job keeps anyone waiting."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with self._one_at_a_time:
                if not job.take():
                    return
                pickle.dump((function, arguments), process.stdin)
                process.stdin.flush()
                value, error = pickle.load(process.stdout)  # noqa: S301  of the process that this one started
        except Exception as lost:
            value, error = None, LostError(f"the second process ended ({type(lost).__name__})")
        job.finish(value, error)


def begin() -> None:
    """A first job: import what plans and draws, and compile the loops over draws, once per installation."""
    import rmscenario.workflow.plans  # noqa: F401, PLC0415
    from rmscenario.stress import make_ready  # noqa: PLC0415

    make_ready()


def _work(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Do jobs until the other end closes."""
    while True:
        try:
            function, arguments = pickle.load(jobs)  # noqa: S301  of the process that started this one
        except EOFError:
            return
        answer: tuple[Any, Exception | None]
        try:
            answer = function(*arguments), None
        except Exception as error:  # carried to the process that asked
            answer = None, error
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    # Answers go where stdout went; whatever else a library prints does not get between them.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        _work(sys.stdin.buffer, out)
    except BrokenPipeError:
        os._exit(1)  # nobody waits any more
