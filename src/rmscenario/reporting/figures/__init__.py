"""Figures of a run: target-gap curves, wedge, schedule, money, distributions, and runs compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from rmscenario.reporting.figures.compare import compare
from rmscenario.reporting.figures.curve import target_gap
from rmscenario.reporting.figures.distribution import distribution
from rmscenario.reporting.figures.money import money_per_year
from rmscenario.reporting.figures.schedule import largest_starts, schedule
from rmscenario.reporting.figures.style import drawing, write
from rmscenario.reporting.figures.wedge import wedge
from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result

Titled = tuple[Figure, str]


def _figures_of(result: Result, lang: Lang) -> list[tuple[str, Callable[[], Titled | None]]]:
    """File name and drawing of each figure of a run."""
    jobs: list[tuple[str, Callable[[], Titled | None]]] = []
    for target in result.region.active_targets:
        jobs.append((f"target-gap-{target.target}", partial(target_gap, result, target, lang)))
        jobs.append((f"distribution-{target.target}", partial(distribution, result, target, lang)))
    jobs += [
        ("wedge", partial(wedge, result, lang)),
        ("schedule", partial(schedule, result, lang)),
        ("largest-starts", partial(largest_starts, result, lang)),
        ("money", partial(money_per_year, result, lang)),
    ]
    return jobs


def save_figures(folder: Path, result: Result, lang: Lang, *, part: int = 0, parts: int = 1) -> tuple[Path, ...]:
    """Draw the figures of a run into a folder, each as SVG and PNG; equal input gives equal bytes.

    Parameters
    ----------
    part, parts : int
        Draw every `parts`-th figure from number `part` on: processes can share the work.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    with drawing():
        for stem, draw in _figures_of(result, lang)[part::parts]:
            drawn = draw()
            if drawn is not None:
                figure, title = drawn
                paths += write(figure, folder / stem, title=title)
    return tuple(paths)


def save_compare(folder: Path, results: Sequence[Result], target: str, lang: Lang) -> tuple[Path, ...]:
    """Draw the curves of several runs towards one target, as SVG and PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    with drawing():
        figure, title = compare(results, target, lang)
        return write(figure, folder / f"compare-{target}", title=title)


__all__ = [
    "compare",
    "distribution",
    "drawing",
    "largest_starts",
    "money_per_year",
    "save_compare",
    "save_figures",
    "schedule",
    "target_gap",
    "wedge",
]
