"""Figures of a run: target-gap curves, wedge, schedule, money, distributions, and runs compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from rmscenario.reporting.figures.compare import compare
from rmscenario.reporting.figures.curve import target_gap
from rmscenario.reporting.figures.distribution import distribution
from rmscenario.reporting.figures.money import money_per_year
from rmscenario.reporting.figures.saving import render
from rmscenario.reporting.figures.schedule import largest_starts, schedule
from rmscenario.reporting.figures.style import drawing
from rmscenario.reporting.figures.wedge import wedge
from rmscenario.reporting.language import Lang
from rmscenario.reporting.results import Result

Titled = tuple[Figure, str]


class Group(StrEnum):
    """Figures by what they are drawn of: the plan alone, the targets' curves with their fans, the draws themselves."""

    PLAN = "plan"
    CURVES = "curves"
    DRAWS = "draws"


def figures_of(result: Result, lang: Lang, group: Group) -> list[tuple[str, Callable[[], Titled | None]]]:
    """File name and drawing of each figure of a group."""
    targets = result.region.active_targets
    match group:
        case Group.CURVES:
            return [(f"target-gap-{target.target}", partial(target_gap, result, target, lang)) for target in targets]
        case Group.DRAWS:
            return [
                (f"distribution-{target.target}", partial(distribution, result, target, lang)) for target in targets
            ]
        case Group.PLAN:
            return [
                ("wedge", partial(wedge, result, lang)),
                ("schedule", partial(schedule, result, lang)),
                ("largest-starts", partial(largest_starts, result, lang)),
                ("money", partial(money_per_year, result, lang)),
            ]


def draw_figures(
    result: Result, lang: Lang, groups: Collection[Group], *, part: int = 0, parts: int = 1
) -> Iterator[tuple[str, bytes]]:
    """File name and content of the figures of a run, each as SVG and PNG; equal input gives equal bytes.

    Parameters
    ----------
    part, parts : int
        Draw every `parts`-th figure of a group from number `part` on: processes can share the work.
    """
    for group in groups:
        for stem, draw in figures_of(result, lang, group)[part::parts]:
            with drawing():
                drawn = draw()
                if drawn is None:
                    continue
                files = render(*drawn)
            for ending, content in files.items():
                yield f"{stem}{ending}", content


def save_compare(folder: Path, results: Sequence[Result], target: str, lang: Lang) -> tuple[Path, ...]:
    """Draw the curves of several runs towards one target, as SVG and PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    with drawing():
        files = render(*compare(results, target, lang))
    paths = {folder / f"compare-{target}{ending}": content for ending, content in files.items()}
    for path, content in paths.items():
        path.write_bytes(content)
    return tuple(paths)


__all__ = [
    "Group",
    "compare",
    "distribution",
    "draw_figures",
    "drawing",
    "figures_of",
    "largest_starts",
    "money_per_year",
    "save_compare",
    "schedule",
    "target_gap",
    "wedge",
]
