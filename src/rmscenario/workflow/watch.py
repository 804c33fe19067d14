"""What a workflow tells while it runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol

from rmscenario.blocks import Pool
from rmscenario.planning import Tick
from rmscenario.workflow.interrupts import Interrupts
from rmscenario.workflow.second import SecondProcess


class Phase(StrEnum):
    """Parts of a run, timed apart."""

    READ = "read"
    PLAN = "plan"
    ASSESS = "assess"
    VERIFY = "verify"
    STRESS = "stress"
    COMPANION = "companion"
    EXPLAIN = "explain"
    WORLDS = "worlds"
    FIGURES = "figures"
    AGREEMENTS = "agreements"
    REPORT = "report"
    EXPORT = "export"
    WRITE = "write"


class Watch(Protocol):
    """Who is told."""

    def phase(self, phase: Phase) -> None:
        """A phase begins."""

    def tick(self, tick: Tick) -> None:
        """The search moves."""

    def draws(self, done: int, total: int) -> None:
        """Draws are done."""

    def searches(self, done: int, total: int) -> None:
        """Searches that explain the plan are done."""

    def answers(self, done: int, total: int) -> None:
        """Answers of an analysis are found."""

    def worlds(self, done: int, total: int) -> None:
        """Worlds are planned; those of an earlier call are told first."""

    def note(self, text: str) -> None:
        """Something worth reading."""


class Silent:
    """Tells nobody."""

    def phase(self, phase: Phase) -> None:
        """Nothing."""

    def tick(self, tick: Tick) -> None:
        """Nothing."""

    def draws(self, done: int, total: int) -> None:
        """Nothing."""

    def searches(self, done: int, total: int) -> None:
        """Nothing."""

    def answers(self, done: int, total: int) -> None:
        """Nothing."""

    def worlds(self, done: int, total: int) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""


class Control:
    """Who is told, who may interrupt, who helps, and how long each phase took [s].

    The second process starts with its first job, unless one is given that has begun; whoever makes a control closes it.
    Without a pool the stress test is done by threads of this process.
    """

    def __init__(
        self, watch: Watch, interrupts: Interrupts, second: SecondProcess | None = None, pool: Pool | None = None
    ) -> None:
        self.watch = watch
        self.interrupts = interrupts
        self.second = second or SecondProcess()
        self.pool = pool
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, phase: Phase) -> Iterator[None]:
        """Time a phase, and tell that it begins."""
        self.watch.phase(phase)
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[phase] = round(self.seconds.get(phase, 0.0) + time.perf_counter() - begin, 3)
