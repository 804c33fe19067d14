"""Standard streams whose reader may leave: what is said to nobody ends no command."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO


class Patient:
    """A text stream that writes into nothing once its reader is gone (`… | head -1`)."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        """All else is the stream's own."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write text, or nothing."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._leave()
            return len(text)

    def flush(self) -> None:
        """Pass on what is written, or nothing."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._leave()

    def _leave(self) -> None:
        """Lead the stream to nowhere: what it still holds would raise again at exit."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def patient_streams() -> Iterator[None]:
    """Have both standard streams bear that their reader leaves."""
    before = sys.stdout, sys.stderr
    for stream in before:
        with contextlib.suppress(AttributeError, ValueError):  # streams that are no text files
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # an old Windows console lacks "≤"
    sys.stdout, sys.stderr = (stream and Patient(stream) for stream in before)
    try:
        yield
    finally:
        with contextlib.suppress(AttributeError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        sys.stdout, sys.stderr = before
