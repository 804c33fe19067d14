"""Ctrl-C and SIGTERM: long work is asked to stop and keeps what it has; short work is let finish."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(KeyboardInterrupt):
    """Raised where there is nothing to keep; no `except Exception` swallows it."""

    def __init__(self, number: int = int(signal.SIGINT)) -> None:
        super().__init__(number)
        self.number = number


class Interrupts:
    """What was asked, and whether it raises at once.

    At first a signal raises. Within `kept`, it is remembered and `asked` says so; a second one raises.
    """

    def __init__(self) -> None:
        self.number: int | None = None
        self._raising = True

    def asked(self) -> bool:
        """Whether someone asked to stop."""
        return self.number is not None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Remember signals instead of raising."""
        before, self._raising = self._raising, False
        try:
            yield
        finally:
            self._raising = before

    @contextmanager
    def raised(self) -> Iterator[None]:
        """Raise at a signal: around work whose parts are worth nothing."""
        before, self._raising = self._raising, True
        try:
            yield
        finally:
            self._raising = before

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
        if again or self._raising:
            raise Interrupted(self.number)
