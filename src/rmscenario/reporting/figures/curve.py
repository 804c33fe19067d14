"""The target-gap curve: where a quantity goes with and without the plan, and how far from its target."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from rmscenario.constants import PERCENTILES
from rmscenario.region import Region
from rmscenario.region.footprint import AccountFigure, Target
from rmscenario.region.vocabulary import RoundStatus, TargetForm
from rmscenario.reporting.figures.style import (
    LINES,
    at_years,
    label_ends,
    number_axis,
    page,
    sink,
    width_of,
    year_axis,
)
from rmscenario.reporting.language import Lang, brief, measured, name, percent, say, shows_nothing
from rmscenario.reporting.palette import BLUE, FAINT, GRID, INK, SOFT, VERMILLION, VERMILLION_TEXT
from rmscenario.reporting.results import FOOTPRINT, Result, chance_of
from rmscenario.reporting.series.gap import GapData, difference_note, finding, gap_data, last_year_shown
from rmscenario.reporting.series.history import break_note, leaps, others_of, published, rise
from rmscenario.reporting.sources import reference_titles

#: [a] An axis longer than this has no room for details of single years.
LONG_AXIS = 24
#: [1] Share of the axis below which the gap is too short to stand beside its amount.
SHORT_GAP = 0.09
#: Characters in a line of a source's title beside the curve.
SOURCE_WIDTH = 28
#: Ground of the panel of other series.
_SIDE = "#fafafa"


def mark_rounds(axes: Axes, region: Region, lang: Lang) -> list[Text]:
    """Shade the rounds in which starts are possible; call when the horizontal limits stand.

    Each has its name where all have room for theirs, else all have one, else none; returns what is written.
    """
    rounds = [row for row in region.rounds if row.status in (RoundStatus.OPEN, RoundStatus.LATER)]
    for number, row in enumerate(rounds):
        axes.axvspan(row.first_year - 0.5, row.last_year + 0.5, color="#ececec" if number % 2 == 0 else "#f6f6f6", lw=0)
    low, high = axes.get_xlim()
    named = [
        ("curve.round", row.first_year, row.last_year)
        for row in rounds
        if low < row.last_year and row.first_year < high
    ]
    if not named:
        return []
    for names in (named, [("curve.rounds", named[0][1], named[-1][2])]):
        written = [_name_round(axes, *each, lang) for each in names]
        if all(width_of(text) <= room for text, room in written):
            return [text for text, _ in written]
        for text, _ in written:
            text.remove()
    return []


def _name_round(axes: Axes, key: str, first: int, last: int, lang: Lang) -> tuple[Text, float]:
    """Name a band in the middle of what is shown of it; returns the name, and how wide that is [pixel]."""
    low, high = axes.get_xlim()
    left, right = max(low, first - 0.5), min(high, last + 0.5)
    text = axes.text(
        (left + right) / 2.0,
        0.985,
        say(key, lang, first=first, last=f"{last % 100:02d}"),
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="top",
        fontsize=7.5,
        color=SOFT,
    )
    return text, (right - left) / (high - low) * axes.bbox.width


def mark_target(axes: Axes, gap: GapData, last: int) -> None:
    """Draw the cap over the years it holds."""
    axes.plot([gap.year, last], [gap.cap, gap.cap], color=VERMILLION, linewidth=2.2, linestyle=(0, (6, 2, 1, 2)))
    axes.plot([gap.year], [gap.cap], color=VERMILLION, marker="D", markersize=6, clip_on=False, zorder=4)


def _mark_gap(axes: Axes, gap: GapData, lang: Lang) -> None:
    """The distance between the target and what it is judged by, in its year, with the amount on it."""
    miss = gap.judged - gap.cap
    if gap.how is not None:
        label = say("curve.judged", lang, how=gap.how)
        axes.plot([gap.year], [gap.judged], color=BLUE, marker="o", markersize=7, linestyle="", zorder=6, label=label)
    if not gap.met:
        axes.annotate(
            "",
            xy=(gap.year, gap.cap),
            xytext=(gap.year, gap.judged),
            arrowprops={"arrowstyle": "<|-|>", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0},
        )
    met = "curve.gap.exact" if shows_nothing(miss) else "curve.gap.met"
    key = met if gap.met else "curve.gap.missed"
    top = axes.get_ylim()[1]
    lowest = min(gap.cap, gap.judged, gap.residual)
    below = abs(miss) < SHORT_GAP * top and lowest > 2.0 * SHORT_GAP * top
    axes.annotate(
        say(key, lang, amount=measured(abs(miss), gap.scale.unit, lang)),
        xy=(gap.year, lowest if below else (gap.cap + gap.judged) / 2.0),
        xytext=(0, -26) if below else (-9, 0),
        textcoords="offset points",
        ha="center" if below and gap.how is None else "right",
        va="center",
        fontsize=11,
        fontweight="bold",
        bbox={"boxstyle": "square,pad=0.25", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
        zorder=7,
    )


def _draw_fan(axes: Axes, result: Result, gap: GapData, last: int, lang: Lang) -> bool:
    """The middle nine tenths of the draws, between the years the stress test reports."""
    stress = result.stress
    if stress is None or gap.target.target not in stress["target"].to_numpy():
        return False
    chosen = stress.sel(target=gap.target.target)
    years = chosen["year"].to_numpy()
    low, middle, high = (chosen[key].to_numpy() * gap.scale.factor for key in PERCENTILES)
    shown = years <= max(last, int(years[years <= last].max(initial=years[0])))
    beyond = np.flatnonzero(years > last)
    if beyond.size:  # so that the fan reaches the edge of the axes
        shown[beyond[0]] = True
    axes.fill_between(
        years[shown], low[shown], high[shown], color=BLUE, alpha=0.18, linewidth=0, label=say("curve.fan", lang)
    )
    axes.plot(years[shown], middle[shown], color=BLUE, linewidth=1.0, linestyle=":", label=say("curve.median", lang))
    return True


def _draw_history(axes: Axes, figures: list[tuple[int, float]], gap: GapData, base_year: int, lang: Lang) -> int:
    """Published figures of the target's own account; returns the last year of history."""
    if not figures:
        return base_year
    years, values = zip(*figures, strict=True)
    axes.plot(
        years,
        [value * gap.scale.factor for value in values],
        color=INK,
        linewidth=1.2,
        marker="o",
        markersize=5.5,
        zorder=5,
        label=say("curve.history", lang),
    )
    return int(max(years))


def _mark_past(axes: Axes, past: int, above: list[Text], lang: Lang) -> list[Text]:
    """Tell history from forecast, below what is written `above`; returns what is written."""
    axes.axvline(past + 0.5, color=FAINT, linewidth=0.8, linestyle=(0, (2, 2)))
    written = [
        axes.annotate(
            say(key, lang), (past + 0.5, 0.985), xytext=(offset, 0), xycoords=axes.get_xaxis_transform(),
            textcoords="offset points", ha=align, va="top", fontsize=8, color=SOFT,
        )
        for align, offset, key in (("right", -4, "curve.past"), ("left", 4, "curve.future"))
    ]  # fmt: skip
    sink(written, above)
    return [*above, *written]


def _mark_leaps(
    axes: Axes,
    region: Region,
    found: list[tuple[AccountFigure, AccountFigure]],
    factor: float,
    lang: Lang,
    *,
    above: list[Text],
) -> None:
    """Say that the series leaps, since when, and where the figure comes from, below what is written `above`."""
    above = list(above)
    titles = reference_titles(region, lang)
    for before, row in found:
        change = percent(rise(before, row), lang)
        source = say("curve.leap.source", lang, title=titles[row.reference])
        lines = [
            say("curve.leap", lang, year=row.year, change=change, before=before.year),
            textwrap.fill(source, SOURCE_WIDTH),
        ]
        written = axes.annotate(
            "\n".join(lines),
            (row.year, row.value * factor), xytext=(9, 0), textcoords="offset points", va="center", fontsize=8, color=SOFT,
            bbox={"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.9}, zorder=6,
        )  # fmt: skip
        sink([written], above)
        above.append(written)


def _side_panel(axes: Axes, result: Result, gap: GapData, lang: Lang) -> None:
    """Other published series, apart: different methods never share a curve."""
    others = others_of(result.region, gap.target)
    styles = LINES[1:]
    for number, (account, figures) in enumerate(others):
        colour, line, marker = styles[number % len(styles)]
        years, values = zip(*figures, strict=True)
        axes.plot(
            years,
            [value * gap.scale.factor for value in values],
            color=colour,
            linestyle=line,
            marker=marker,
            markersize=5.5,
            linewidth=1.5,
            label=textwrap.fill(name(account, lang), 26),
        )
        for year, value in figures:
            axes.annotate(
                brief(value * gap.scale.factor, lang),
                (year, value * gap.scale.factor),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=SOFT,
                bbox={"boxstyle": "square,pad=0.1", "facecolor": _SIDE, "edgecolor": "none"},
            )
    spans = [year for _, figures in others for year, _ in figures]
    axes.set_xlim(min(spans) - 0.9, max(spans) + 0.9)
    year_axis(axes, [min(spans), max(spans)], 1 if max(spans) - min(spans) < 3 else 2)
    axes.set_facecolor(_SIDE)
    axes.set_title(say("curve.others", lang), fontsize=9, loc="left", color=INK, pad=6)
    axes.legend(loc="lower left", fontsize=7.5, handlelength=2.4, borderaxespad=0.2)
    axes.grid(True, axis="y", color=GRID, linewidth=0.7)
    axes.tick_params(axis="y", length=0, labelleft=False)


def end_labels(gap: GapData, last: int, lang: Lang, *, apart: str = " · ") -> list[tuple[float, str, str]]:
    """What stands at the lines' ends: their names, their amounts in the target year and where they end."""
    end = int(np.searchsorted(gap.years, last))
    background = at_years([(gap.year, gap.residual_background), (last, gap.background[end])], lang, apart=apart)
    plan = at_years([(gap.year, gap.residual), (last, gap.plan[end])], lang, apart=apart)
    return [
        (gap.background[end], say("curve.background", lang, amounts=background), SOFT),
        (gap.plan[end], say("curve.plan", lang, amounts=plan), BLUE),
        (gap.cap, say("curve.target", lang, amount=brief(gap.cap, lang), year=gap.year), VERMILLION_TEXT),
    ]


def target_gap(result: Result, target: Target, lang: Lang) -> tuple[Figure, str]:
    """The target-gap curve of a target, and the finding that is its title."""
    region = result.region
    gap = gap_data(result, target, lang)
    account = next(row for row in region.accounts if row.account == target.account)
    title = finding(gap, lang, chance_of(result, target, gap.year, lang))
    # Published figures are of a year: they have no place beside amounts summed over years.
    is_sum = target.form is TargetForm.CUMULATIVE
    others = [] if is_sum else others_of(region, target)
    notes = [
        say("curve.note.fan" if result.stress is not None else "curve.note", lang, base_year=region.settings.base_year),
        difference_note(region, gap, lang),
        break_note(region, target, lang) if others else "",
    ]
    is_footprint = target.quantity == FOOTPRINT
    subtitle = say(
        "curve.subtitle.account" if is_footprint else "curve.subtitle",
        lang,
        target=name(target, lang),
        account=name(account, lang),
        scenario=result.title,
    )
    sheet = page(region, lang, title=title, subtitle=subtitle, notes=notes)
    grid = sheet.figure.add_gridspec(
        1, 2 if others else 1,
        left=sheet.left + 0.055, right=sheet.right if others else sheet.right - 0.13,
        bottom=sheet.bottom + 0.045, top=sheet.top - (0.045 if others else 0.02),
        width_ratios=[3.1, 1.0] if others else [1.0], wspace=0.47,
    )  # fmt: skip
    axes = sheet.figure.add_subplot(grid[0, 0])
    last = last_year_shown(region, gap)
    figures = published(region, target.account, target.boundary) if is_footprint and not is_sum else []
    first = min([region.settings.base_year, *(year for year, _ in figures)])
    if is_sum:
        first = region.settings.first_year
    shown = (gap.years >= first) & (gap.years <= last)
    known = [value * gap.scale.factor for _, value in figures]
    high = max(gap.base, float(gap.background[shown].max()), *known, gap.cap, gap.judged)
    axes.set_ylim(0.0, high * 1.15)
    axes.set_xlim(first - 0.6, last + 0.2)
    written = mark_rounds(axes, region, lang)

    _draw_fan(axes, result, gap, last, lang)
    axes.plot(gap.years[shown], gap.background[shown], color=SOFT, linewidth=1.8, linestyle="--")
    new = shown & (gap.years >= region.settings.first_year - 1)
    axes.plot(gap.years[new], gap.plan[new], color=BLUE, linewidth=2.8)
    mark_target(axes, gap, last)
    past = _draw_history(axes, figures, gap, region.settings.base_year, lang)
    if figures:
        written = _mark_past(axes, past, written, lang)
        _mark_leaps(axes, region, leaps(region, target.account, target.boundary), gap.scale.factor, lang, above=written)
    if gap.base > 0 and target.base_year is not None and target.base_year < first:
        axes.axhline(gap.base, color=FAINT, linewidth=1.0, linestyle=(0, (1, 2)))
        axes.annotate(
            say("curve.base", lang, year=target.base_year, amount=measured(gap.base, gap.scale.unit, lang)),
            (last, gap.base), xytext=(-3, 3), textcoords="offset points", ha="right", fontsize=8, color=SOFT,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
        )  # fmt: skip
    _mark_gap(axes, gap, lang)
    label_ends(axes, end_labels(gap, last, lang, apart="\n"), x=last, apart=0.145)
    axes.set_ylabel(gap.axis)
    number_axis(axes, lang)
    year_axis(axes, [first, last], 2 if last - first <= LONG_AXIS else 5)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0.0, 0.05),
            fontsize=8.5,
            handlelength=2.4,
            borderaxespad=0.3,
            frameon=True,
            facecolor="white",
            edgecolor="none",
            framealpha=0.9,
        )
    if others:
        side = sheet.figure.add_subplot(grid[0, 1], sharey=axes)
        _side_panel(side, result, gap, lang)
    return sheet.figure, title
