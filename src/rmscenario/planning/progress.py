"""What a search tells while it runs, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Where a search stands; `incumbent` and `bound` are in the stage's measure."""

    stage: str
    round: int
    incumbent: float | None
    bound: float | None
    gap: float | None


Progress = Callable[[Tick], None]
Stop = Callable[[], bool]


def silent(_: Tick) -> None:
    """Tell nobody."""


def never() -> bool:
    """Never stop early."""
    return False
