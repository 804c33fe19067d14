"""What is legal but odd."""

from __future__ import annotations

from collections.abc import Iterator

from rmscenario.tables.loaded import Loaded


def oddities(loaded: Loaded) -> Iterator[str]:
    """Sentences on what a planner should look at."""
    yield from ()
