"""What the manifest of a run says of the machine and the command, without saying whose they are."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath, PureWindowsPath

from rmscenario import __version__

LIBRARIES = ("highspy", "matplotlib", "numpy", "pydantic", "pyomo", "scipy", "xarray", "xlsxwriter")


def versions() -> dict[str, str]:
    """Versions of this package, Python and the libraries that results depend on."""
    found = {"rmscenario": __version__, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:  # not a normal installation; the import would have failed if it mattered
            found[library] = "unknown"
    return found


def without_folders(command: Sequence[str]) -> tuple[str, ...]:
    """A command with absolute paths cut to their last part, which names no user."""
    return tuple(_short(word) for word in command)


def _short(word: str) -> str:
    for kind in (PurePosixPath, PureWindowsPath):
        path = kind(word)
        if path.is_absolute():
            return path.name or "."
    return word
