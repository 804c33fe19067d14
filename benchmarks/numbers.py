"""Figures and tables of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; all columns but the first to the right."""
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" + "---:|" * (len(head) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def number(value: float | None, digits: int = 3) -> str:
    """At least `digits` digits, never an exponent."""
    if value is None or not isfinite(value):
        return "–"
    whole = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    return f"{value:,.{max(0, digits - whole)}f}"


def percent(value: float | None, digits: int = 3) -> str:
    """A share as a percentage."""
    return "–" if value is None or not isfinite(value) else f"{number(100 * value, digits)} %"
