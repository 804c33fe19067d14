"""Work that other processes can import: the square of a number, and a trace of who did it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rmscenario.blocks import Arrays


@dataclass(frozen=True, kw_only=True)
class Squares:
    """Squares and their halves; leaves a file for each number in `trace`."""

    key: str = "a" * 64
    trace: Path | None = None

    def ready(self) -> Callable[[int], Arrays]:
        """The function of a number."""

        def one(number: int) -> Arrays:
            if self.trace is not None:
                self.trace.mkdir(exist_ok=True)
                (self.trace / f"{number}-{os.getpid()}-{time.monotonic_ns()}").touch()
            return {"square": np.asarray(number**2), "halves": np.arange(3) / (number + 1)}

        return one


@dataclass(frozen=True, kw_only=True)
class Failing(Squares):
    """Work that cannot be done."""

    def ready(self) -> Callable[[int], Arrays]:
        """A function that fails."""

        def one(number: int) -> Arrays:
            raise ValueError(f"number {number} cannot be squared")

        return one


@dataclass(frozen=True, kw_only=True)
class Lingering(Squares):
    """Work whose first numbers are done at once; the others leave a file in `trace` before they linger, and after."""

    at_once: int = 2

    def ready(self) -> Callable[[int], Arrays]:
        """A function that lingers."""
        square = Squares().ready()

        def one(number: int) -> Arrays:
            if number >= self.at_once and self.trace is not None:
                self.trace.mkdir(exist_ok=True)
                (self.trace / f"begun-{number}").touch()
                time.sleep(60.0)
                (self.trace / f"ended-{number}").touch()
            return square(number)

        return one


@dataclass(frozen=True, kw_only=True)
class Deadly(Squares):
    """Work that ends every process that does it, as a machine without memory does."""

    def ready(self) -> Callable[[int], Arrays]:
        """A function that never comes back."""

        def one(_: int) -> Arrays:
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

        return one


@dataclass(frozen=True, kw_only=True)
class Alone(Squares):
    """Work that keeps what it is busy with in one place, as a solver does: two threads must not meet there."""

    def ready(self) -> Callable[[int], Arrays]:
        """A function that none but its own thread may call."""
        busy: list[int] = []

        def one(number: int) -> Arrays:
            busy.append(number)
            time.sleep(0.01)
            if busy != [number]:
                raise RuntimeError(f"{len(busy)} threads at one piece of work")
            busy.clear()
            return {"square": np.asarray(number**2)}

        return one


@dataclass(frozen=True, kw_only=True)
class Backwards(Squares):
    """Work that takes the longer the lower the number."""

    def ready(self) -> Callable[[int], Arrays]:
        """A function of a number below ten."""
        one = super().ready()

        def late(number: int) -> Arrays:
            time.sleep(0.01 * max(0, 10 - number))
            return one(number)

        return late
