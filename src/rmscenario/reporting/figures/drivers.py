"""What drives a target: single inputs as a tornado, groups as shares of the variance."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from rmscenario.drivers import Drivers, GroupShare
from rmscenario.drivers.single import Bar
from rmscenario.drivers.split import Split
from rmscenario.region import Region
from rmscenario.reporting.analyses.drivers import listed
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.figures.saving import render
from rmscenario.reporting.figures.style import drawing, number_axis, page
from rmscenario.reporting.language import Lang, Scale, number, percent, say, shorten
from rmscenario.reporting.palette import BLUE, INK, ORANGE, SKY, SOFT

#: Bars and groups that a figure has room for.
BARS, GROUPS = 12, 8
_LABEL = 46  # characters
_LEAST_ROWS = 6  # else a few bars would be as thick as a page


def drivers_figure(
    found: Drivers, split: Split, region: Region, lang: Lang, *, target: str, scenario: str, scale: Scale
) -> tuple[Figure, str] | None:
    """Tornado and shares of one target, and the finding that is the title; None where nothing moves it.

    Parameters
    ----------
    target, scenario : str
        Names of both in the language.
    """
    bars = [bar for bar in found.bars if bar.target == split.target][:BARS]
    shares = [share for share in listed(found.independent) if share.target == split.target][:GROUPS]
    if not bars or not shares or split.deviation == 0:
        return None
    subjects = Subjects(region, lang)
    share = percent((shares[0].total or (0.0,))[0], lang)
    title = say("drivers.figure", lang, top=subjects.share(shares[0]), share=share, year=split.year)
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say("drivers.figure.subtitle", lang, target=target, scenario=scenario),
        notes=[
            say("drivers.figure.note", lang, draws=number(found.draws, lang)),
            say("drivers.note.linear", lang),
        ],
        size=(13.0, 6.4),
    )
    bottom, top = sheet.bottom + 0.10, sheet.top - 0.06
    left = sheet.figure.add_axes((sheet.left + 0.265, bottom, 0.235, top - bottom))
    _tornado(left, bars, subjects, lang, scale)
    right = sheet.figure.add_axes((sheet.right - 0.175, bottom, 0.165, top - bottom))
    _shares(right, shares, subjects, lang)
    return sheet.figure, title


def _tornado(axes: Axes, bars: list[Bar], subjects: Subjects, lang: Lang, scale: Scale) -> None:
    rows = np.arange(len(bars))
    for ends, colour, hatch, key in (
        ([bar.at_low for bar in bars], SKY, "", "low"),
        ([bar.at_high for bar in bars], ORANGE, "//", "high"),
    ):
        axes.barh(
            rows,
            np.asarray(ends) * scale.factor,
            height=0.62,
            color=colour,
            edgecolor=INK,
            linewidth=0.5,
            hatch=hatch,
            label=say(f"drivers.figure.{key}", lang),
        )
    axes.axvline(0.0, color=INK, linewidth=1.0)
    _names(axes, [subjects.bar(bar) for bar in bars])
    axes.set_xlabel(say("drivers.figure.bars", lang, unit=scale.unit), fontsize=8.5, loc="right")
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=8.5, borderaxespad=0.2)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    number_axis(axes, lang, horizontal=True)


def _shares(axes: Axes, shares: list[GroupShare], subjects: Subjects, lang: Lang) -> None:
    rows = np.arange(len(shares))
    value, low, high = (
        100.0 * np.asarray(ends) for ends in zip(*(share.total or (0.0,) * 3 for share in shares), strict=True)
    )
    axes.barh(rows, value, height=0.62, color=BLUE, edgecolor=INK, linewidth=0.5)
    if np.isfinite(low).all():
        away = np.maximum(0.0, np.stack([value - low, high - value]))
        axes.errorbar(value, rows, xerr=away, fmt="none", ecolor=INK, elinewidth=1.2, capsize=3)
    for row, share in zip(rows.tolist(), value.tolist(), strict=True):
        text = percent(share / 100.0, lang, 1)
        axes.annotate(
            text, (share, row), xytext=(7, 0), textcoords="offset points", va="center", fontsize=8.5, color=SOFT
        )
    axes.set_xlim(0.0, max(1.0, float(value.max())) * 1.28)
    _names(axes, [subjects.share(share) for share in shares])
    axes.set_xlabel(say("drivers.figure.shares", lang), fontsize=8.5, loc="right")
    number_axis(axes, lang, horizontal=True)


def _names(axes: Axes, names: list[str]) -> None:
    """Names beside the bars, the first on top."""
    axes.set_yticks(np.arange(len(names)), [shorten(name, _LABEL) for name in names])
    axes.tick_params(axis="y", length=0, labelsize=8.5, labelcolor=INK)
    axes.set_ylim(max(len(names), _LEAST_ROWS) - 0.4, -0.6)


def drawn_drivers(
    found: Drivers, split: Split, region: Region, lang: Lang, *, target: str, scenario: str, scale: Scale
) -> tuple[dict[str, bytes], str] | None:
    """The figure as SVG and PNG by the ending of its file, and its title; None where nothing moves the target."""
    with drawing():
        drawn = drivers_figure(found, split, region, lang, target=target, scenario=scenario, scale=scale)
        return None if drawn is None else (render(*drawn), drawn[1])
