"""Standard streams whose reader may leave: what is said to nobody ends no command, a result that is lost is owned up to."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO


class Patient:
    """A text stream that writes into nothing once its reader is gone (`… | head -1`), or where it leads is full.

    Nothing is raised, for much that writes hides what it raises; `lost` says why the rest found no room.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost: str | None = None

    def __getattr__(self, name: str) -> Any:
        """All else is the stream's own."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write text, or nothing."""
        try:
            return self._stream.write(text)
        except OSError as error:
            self._leave(error)
            return len(text)

    def flush(self) -> None:
        """Pass on what is written, or nothing."""
        try:
            self._stream.flush()
        except OSError as error:
            self._leave(error)

    def _leave(self, error: OSError) -> None:
        """Lead the stream to nowhere: what it still holds would raise again at exit."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            self.lost = error.strerror or type(error).__name__


@contextlib.contextmanager
def patient_streams() -> Iterator[Patient | None]:
    """Have both standard streams bear that their reader leaves; gives the one that holds the result, if there is one."""
    before = sys.stdout, sys.stderr
    for stream in before:
        with contextlib.suppress(AttributeError, ValueError):  # streams that are no text files
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # an old Windows console lacks "≤"
    result, notes = (None if stream is None else Patient(stream) for stream in before)
    sys.stdout, sys.stderr = result, notes
    try:
        yield result
    finally:
        for patient in (result, notes):
            if patient is not None:
                with contextlib.suppress(ValueError):  # closed by somebody
                    patient.flush()
        sys.stdout, sys.stderr = before
