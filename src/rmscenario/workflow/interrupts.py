"""Ctrl-C and SIGTERM: long work is asked to stop and keeps what it has; short work is let finish."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
#: What a shell adds to a signal's number, for the exit code of a command that it ended.
BY_SIGNAL = 128


class Interrupted(KeyboardInterrupt):
    """Raised where there is nothing to keep but what `kept` names; no `except Exception` swallows it."""

    def __init__(self, number: int = int(signal.SIGINT), kept: Path | None = None) -> None:
        super().__init__(number)
        self.number, self.kept = number, kept


class Interrupts:
    """What was asked, and whether it raises at once.

    A signal is remembered and `asked` says so: raised while modules are imported, it would be lost in one of the
    import system's own callbacks. Within `raised` it raises at once; a second one does so everywhere but where
    something is held that raising would lose.
    """

    def __init__(self) -> None:
        self.number: int | None = None
        #: Whether something is held that is not kept anywhere yet: then no signal raises.
        self.holding = False
        self._raising = False

    def asked(self) -> bool:
        """Whether someone asked to stop."""
        return self.number is not None

    def check(self) -> None:
        """Between two pieces of work: raise what was remembered.

        Raises
        ------
        Interrupted
            When someone asked to stop.
        """
        if self.number is not None:
            raise Interrupted(self.number)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        """Find no module, and raise what was remembered: the import system asks before each (`importing`)."""
        self.check()

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Raise between two modules, never inside one: around imports that take seconds."""
        sys.meta_path.insert(0, self)
        try:
            yield
        finally:
            sys.meta_path.remove(self)
        self.check()

    @contextmanager
    def raised(self) -> Iterator[None]:
        """Raise at a signal: around work whose parts are worth nothing.

        One that came before raises at the beginning; one that was lost in a callback, at the end.
        """
        self.check()
        before, self._raising = self._raising, True
        try:
            yield
        finally:
            self._raising = before
        self.check()

    @contextmanager
    def listening(self) -> Iterator[Interrupts]:
        """Handle signals in here; outside the main thread there are none to handle."""
        before: dict[signal.Signals, Any] = {}
        try:
            for each in _SIGNALS:
                before[each] = signal.signal(each, self._handle)
        except ValueError:
            before = {}
        try:
            yield self
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _handle(self, number: int, _: FrameType | None) -> None:
        again = self.number is not None
        self.number = self.number or number
        if self._raising or (again and not self.holding):
            raise Interrupted(self.number)
