"""All starts in order on the left, some of them by name on the right: what figures of many worlds share."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.axes import Axes

from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.figures.style import Page
from rmscenario.reporting.language import shorten
from rmscenario.reporting.palette import INK

#: Starts that a figure has room for by name.
NAMED = 18
_LABEL = 44  # characters


def rank_axes(sheet: Page) -> Axes:
    """Where all starts stand in order."""
    bottom, top = _height(sheet)
    return sheet.figure.add_axes((sheet.left + 0.045, bottom, 0.36, top - bottom))


def named_axes(sheet: Page, starts: Iterable[tuple[str, str]], subjects: Subjects) -> Axes:
    """Where starts stand by name, the first on top; each has an initiative and a unit."""
    bottom, top = _height(sheet)
    axes = sheet.figure.add_axes((sheet.right - 0.235, bottom, 0.225, top - bottom))
    half = _LABEL // 2
    names = [
        f"{shorten(subjects.initiative(initiative), half)} · {shorten(subjects.units([unit]), half)}"
        for initiative, unit in starts
    ]
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0, labelsize=8.5, labelcolor=INK)
    axes.set_ylim(max(len(names), NAMED) - 0.4, -0.6)
    return axes


def _height(sheet: Page) -> tuple[float, float]:
    return sheet.bottom + 0.10, sheet.top - 0.08
