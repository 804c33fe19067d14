"""How well figures are documented: a chain is as strong as its weakest link."""

from __future__ import annotations

from collections.abc import Iterable

from rmscenario.region.vocabulary import Grade

_ORDER = {grade: number for number, grade in enumerate(Grade)}  # best first


def weakest(grades: Iterable[Grade]) -> Grade | None:
    """The weakest of some grades, None of none."""
    return max(grades, key=lambda grade: _ORDER[grade], default=None)
