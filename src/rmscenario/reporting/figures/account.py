"""How an account came from its base year to its latest figure, as a waterfall."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from rmscenario.region import Region
from rmscenario.reporting.analyses.account import TOLD, AccountWords
from rmscenario.reporting.figures.saving import render
from rmscenario.reporting.figures.style import drawing, number_axis, page
from rmscenario.reporting.language import Lang, brief, say
from rmscenario.reporting.palette import GREEN, GRID, INK, ORANGE, SKY, SOFT
from rmscenario.rounds.account import AccountSplit
from rmscenario.rounds.causes import Cause

#: Colour and pattern of what is no effort, of what lowers by own effort, and of what nobody can tell.
_COLOURS = {Cause.OWN: (GREEN, "//"), Cause.METHOD: (GRID, ".."), Cause.UNEXPLAINED: (GRID, "xx")}
#: Room above the highest bar, for its number [1].
_ROOM = 1.14


def account_figure(split: AccountSplit, region: Region, lang: Lang) -> tuple[Figure, str]:
    """The figure, and the finding that is its title."""
    words = AccountWords(split, region, lang)
    first, last = split.figures[0], split.figures[-1]
    years = {"first": first.year, "last": last.year}
    title = say(
        "account.figure",
        lang,
        change=words.amount(split.change),
        own=words.amount(split.of(Cause.OWN).change),
        **years,
    )
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say(
            "account.figure.subtitle",
            lang,
            before=words.amount(first.value),
            after=words.amount(last.value),
            old=words.account(first.account),
            new=words.account(last.account),
            unit=words.scale.per_year,
            **years,
        ),
        notes=[say("account.figure.note", lang), say("account.kept.note", lang)],
    )
    bottom = sheet.bottom + 0.09
    axes = sheet.figure.add_axes(
        (sheet.left + 0.04, bottom, sheet.right - sheet.left - 0.04, sheet.top - bottom - 0.02)
    )
    scale = words.scale.factor
    told = [row for cause in TOLD for row in split.causes if row.cause is cause]
    changes = np.asarray([row.change for row in told]) * scale
    before = first.value * scale + np.concatenate([[0.0], np.cumsum(changes)[:-1]])
    after = before + changes
    ends = [0, len(told) + 1]
    axes.bar(ends, [first.value * scale, last.value * scale], width=0.66, color=SKY, edgecolor=INK, linewidth=0.6)
    for place, (row, low, high) in enumerate(zip(told, before, after, strict=True), start=1):
        colour, hatch = _COLOURS.get(row.cause, (ORANGE, ""))
        axes.bar(place, high - low, bottom=low, width=0.66, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.6)
        away = [[max(0.0, row.change - row.low) * scale], [max(0.0, row.high - row.change) * scale]]
        axes.errorbar([place], [high], yerr=away, fmt="none", ecolor=INK, elinewidth=1.0, capsize=3)
        axes.annotate(
            brief(row.change * scale, lang), (place, max(low, high + away[1][0])), xytext=(0, 4),
            textcoords="offset points", ha="center", fontsize=9.0, color=SOFT,
        )  # fmt: skip
    for place, figure in zip(ends, (first, last), strict=True):
        axes.annotate(
            brief(figure.value * scale, lang), (place, figure.value * scale), xytext=(0, 4), textcoords="offset points",
            ha="center", fontsize=9.5, fontweight="bold", color=INK,
        )  # fmt: skip
    axes.set_xticks(
        range(len(told) + 2), [str(first.year), *(_broken(words.cause(row.cause)) for row in told), str(last.year)]
    )
    axes.tick_params(axis="x", length=0, labelsize=8.5, labelcolor=INK)
    highest = max(
        first.value * scale, *(before + np.asarray([max(0.0, row.high - row.change) for row in told]) * scale)
    )
    axes.set_ylim(0.0, highest * _ROOM)
    number_axis(axes, lang)
    return sheet.figure, title


def _broken(text: str) -> str:
    """A name over two lines, if it has several words."""
    return text.replace(" ", "\n", 1)


def drawn_account(split: AccountSplit, region: Region, lang: Lang) -> dict[str, bytes]:
    """The figure as SVG and PNG by the ending of its file."""
    with drawing():
        return render(*account_figure(split, region, lang))
