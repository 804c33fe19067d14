"""Sign now, or wait: the price of waiting, and of signing, of every start, and those that are dearest to put off."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rmscenario.recourse import OptionVerdict, Price, Recourse, Verdict, counts
from rmscenario.recourse.verdicts import TWO_SIDED
from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.figures.ranked import NAMED, named_axes, rank_axes
from rmscenario.reporting.figures.saving import render
from rmscenario.reporting.figures.style import drawing, number_axis, page
from rmscenario.reporting.language import Lang, number, percent, say
from rmscenario.reporting.palette import BLUE, INK, ORANGE, SOFT

#: [million DKK] Prices below this are drawn in proportion, larger ones by their logarithm.
_LINEAR = 1.0


def recourse_figure(found: Recourse, region: Region, lang: Lang, *, scenario: str) -> tuple[Figure, str]:
    """All prices in order and the dearest by name, and the finding that is the title.

    Parameters
    ----------
    scenario : str
        Its title in the language.
    """
    numbers = {verdict.value: number(count, lang) for verdict, count in counts(found.options).items()}
    title = say("wait.figure", lang, **numbers)
    gap = (found.policy.high - found.policy.low) / found.scale
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say("wait.figure.subtitle", lang, worlds=number(found.worlds, lang), scenario=scenario),
        notes=[say("wait.figure.note", lang, gap=percent(gap, lang, 2))],
        size=(13.0, 6.6),
    )
    _ranked(rank_axes(sheet), found.options, lang)
    signed = [(one, one.waiting) for one in found.options if one.verdict is Verdict.SIGN and one.waiting is not None]
    if signed:
        dearest = sorted(signed, key=lambda pair: -pair[1].value)[:NAMED]
        starts = [(one.initiative, one.unit) for one, _ in dearest]
        _dearest(named_axes(sheet, starts, Subjects(region, lang)), [price for _, price in dearest], lang)
    return sheet.figure, title


def _ranked(axes: Axes, options: tuple[OptionVerdict, ...], lang: Lang) -> None:
    """Prices of waiting upwards, of signing downwards; where both are known one of them is 0."""
    waiting = sorted((one.waiting.value for one in options if one.waiting is not None and one.signed), reverse=True)
    signing = sorted(one.signing.value for one in options if one.signing is not None and not one.signed)
    edges = np.arange(len(waiting) + len(signing) + 1, dtype=np.float64)
    split = len(waiting)
    for name, values, where, colour, hatch in (
        ("waiting", waiting, edges[: split + 1], BLUE, "//"),
        ("signing", [-value for value in signing], edges[split:], ORANGE, ".."),
    ):
        if values:
            label = f"{say(f'wait.figure.{name}', lang)}: {number(len(values), lang)}"
            axes.stairs(values, where, fill=True, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.0, label=label)
    axes.set_yscale("symlog", linthresh=_LINEAR)
    axes.axhline(0.0, color=INK, linewidth=0.8)
    axes.set_xlim(0.0, max(1.0, float(edges[-1])))
    axes.set_xlabel(say("wait.figure.rank", lang), fontsize=8.5, loc="right")
    axes.set_title(say("wait.figure.price", lang), fontsize=8.5, loc="left", color=SOFT)
    if waiting or signing:
        axes.legend(loc="upper right", fontsize=9.0)
    number_axis(axes, lang)
    number_axis(axes, lang, horizontal=True)


def _dearest(axes: Axes, prices: list[Price], lang: Lang) -> None:
    """Prices of waiting with their intervals."""
    rows = np.arange(len(prices))
    value = np.asarray([price.value for price in prices])
    half_width = TWO_SIDED * np.asarray([price.error for price in prices])
    axes.hlines(rows, value - half_width, value + half_width, color=INK, linewidth=1.2)
    axes.plot(value, rows, "o", markersize=7, markerfacecolor=BLUE, markeredgecolor=INK)
    axes.set_xlim(left=0.0)
    axes.set_xlabel(say("wait.figure.price", lang), fontsize=8.5, loc="right")
    axes.set_title(say("wait.figure.dearest", lang), fontsize=8.5, loc="right", color=SOFT)
    number_axis(axes, lang, horizontal=True)


def drawn_recourse(found: Recourse, region: Region, lang: Lang, *, scenario: str) -> tuple[dict[str, bytes], str]:
    """The figure as SVG and PNG by the ending of its file, and its title."""
    with drawing():
        figure, title = recourse_figure(found, region, lang, scenario=scenario)
        return render(figure, title), title
