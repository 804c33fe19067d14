"""The command line: `rmscenario`."""

from rmscenario.cli.main import main

__all__ = ["main"]
