"""Compiled loops, kept beside the source as long as none of them changes.

Numba sees that a file has changed, not that a file whose functions it calls has: after an upgrade, loops of two versions would
meet. So everything compiled is kept in a folder whose name comes from the text of all loops together.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

import numba
from numba import njit

__all__ = ["njit"]

_SOURCE = Path(__file__).parent


def _kept() -> Path | None:
    """Folder of the compiled loops; None where the source's folder is read-only and Numba finds a place itself."""
    text = blake2b(digest_size=6)
    for file in sorted(_SOURCE.glob("*/kernel.py")):
        text.update(file.read_bytes())
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given is None and not os.access(_SOURCE, os.W_OK):
        return None
    return (Path(given) if given else _SOURCE / "__pycache__") / f"loops-{text.hexdigest()}"


if (kept := _kept()) is not None:
    numba.config.CACHE_DIR = str(kept)  # type: ignore[attr-defined]  # settings are made while numba is imported
