"""The command line: `rmscenario`."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run the command line as this process.

    Listens for Ctrl-C and SIGTERM before it imports anything: what comes before the commands listen themselves, or
    after they have ended, is one line and an exit code, too.
    """
    # The built-in module is there already: importing `signal` runs Python code, in a callback of which Ctrl-C can be lost.
    import _signal  # type: ignore[import-not-found]  # noqa: PLC0415

    try:
        for number in (_signal.SIGINT, _signal.SIGTERM):
            _signal.signal(number, _leave)
    except KeyboardInterrupt:
        _leave(2, None)
    from rmscenario.cli.group import cli  # noqa: PLC0415

    cli.main(args=arguments, prog_name="rmscenario")


def _leave(number: int, _: object) -> None:
    """End at once: an exception could be lost in a callback of the import system, and there is nothing to keep."""
    os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, b"rmscenario: interrupted\n")
    os._exit(128 + number)


__all__ = ["main"]
