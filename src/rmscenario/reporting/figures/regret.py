"""One plan in many worlds: how often every start is made, and those that are least decided."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rmscenario.region import Region
from rmscenario.regret import Kind, OptionShare, Regret
from rmscenario.regret.shares import TELLS_NO_REGRET
from rmscenario.reporting.analyses.regret import few_text, undecided_first
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.figures.ranked import NAMED, named_axes, rank_axes
from rmscenario.reporting.figures.saving import render
from rmscenario.reporting.figures.style import drawing, number_axis, page
from rmscenario.reporting.language import Lang, counted, number, percent, say
from rmscenario.reporting.palette import BLUE, FAINT, GREEN, INK, ORANGE, SOFT

#: Colour and hatch of each kind, from the most frequent to the least.
_LOOKS = {Kind.PAYS: (GREEN, ""), Kind.NEEDED: (BLUE, "//"), Kind.DEPENDS: (ORANGE, ".."), Kind.NEVER: (FAINT, "")}


def regret_figure(found: Regret, region: Region, lang: Lang, *, scenario: str) -> tuple[Figure, str]:
    """All shares in order and the least decided by name, and the finding that is the title.

    Parameters
    ----------
    scenario : str
        Its title in the language.
    """
    counts = {kind: sum(option.kind is kind for option in found.options) for kind in Kind}
    sure, depends = counts[Kind.PAYS] + counts[Kind.NEEDED], counts[Kind.DEPENDS]
    if found.worlds < TELLS_NO_REGRET:
        title = counted("regret.figure.few", found.worlds, lang, sure=number(sure, lang))
    else:
        title = say("regret.figure", lang, sure=number(sure, lang), depends=number(depends, lang))
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say("regret.figure.subtitle", lang, worlds=number(found.worlds, lang), scenario=scenario),
        notes=[
            say("regret.figure.note", lang, max=percent(found.gaps[-1].max, lang, 2)),
            *few_text(found.worlds, lang),
        ],
        size=(13.0, 6.6),
    )
    _ranked(rank_axes(sheet), found.options, counts, lang)
    undecided = undecided_first([option for option in found.options if option.kind is Kind.DEPENDS])[:NAMED]
    if undecided:
        ordered = sorted(undecided, key=lambda option: -option.share)
        starts = [(option.initiative, option.unit) for option in ordered]
        _undecided(named_axes(sheet, starts, Subjects(region, lang)), ordered, lang)
    return sheet.figure, title


def _ranked(axes: Axes, options: tuple[OptionShare, ...], counts: dict[Kind, int], lang: Lang) -> None:
    """Every start as a column, kind by kind, the most frequent first."""
    first = 0
    for kind in Kind:
        shares = sorted((100.0 * option.share for option in options if option.kind is kind), reverse=True)
        colour, hatch = _LOOKS[kind]
        label = f"{say(f'regret.figure.kind.{kind.value}', lang)}: {number(counts[kind], lang)}"
        edges = first + np.arange(len(shares) + 1, dtype=np.float64)
        axes.stairs(shares, edges, fill=True, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.0, label=label)
        first += len(shares)
    axes.set_xlim(0.0, max(1, first))
    axes.set_ylim(0.0, 100.0)
    axes.set_xlabel(say("regret.figure.rank", lang), fontsize=8.5, loc="right")
    axes.set_title(say("regret.figure.share", lang), fontsize=8.5, loc="left", color=SOFT)
    axes.legend(loc="upper right", fontsize=9.0)
    number_axis(axes, lang)
    number_axis(axes, lang, horizontal=True)


def _undecided(axes: Axes, ordered: list[OptionShare], lang: Lang) -> None:
    """Shares with their intervals; a filled dot is a start of the plan."""
    rows = np.arange(len(ordered))
    value, low, high = (
        100.0 * np.asarray([getattr(one, name) for one in ordered]) for name in ("share", "low", "high")
    )
    axes.hlines(rows, low, high, color=INK, linewidth=1.2)
    planned = np.asarray([option.planned is not None for option in ordered])
    for chosen, face in ((planned, ORANGE), (~planned, "white")):
        axes.plot(value[chosen], rows[chosen], "o", markersize=7, markerfacecolor=face, markeredgecolor=INK)
    axes.set_xlim(0.0, 100.0)
    axes.set_xlabel(say("regret.figure.share", lang), fontsize=8.5, loc="right")
    axes.set_title(say("regret.figure.open", lang), fontsize=8.5, loc="right", color=SOFT)
    number_axis(axes, lang, horizontal=True)


def drawn_regret(found: Regret, region: Region, lang: Lang, *, scenario: str) -> tuple[dict[str, bytes], str]:
    """The figure as SVG and PNG by the ending of its file, and its title."""
    with drawing():
        figure, title = regret_figure(found, region, lang, scenario=scenario)
        return render(figure, title), title
