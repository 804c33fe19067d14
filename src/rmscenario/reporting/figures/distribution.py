"""How sure a target is: the distribution of what is left in the target year."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from rmscenario.constants import PERCENTILES
from rmscenario.region.footprint import Target
from rmscenario.reporting.figures.gap import GapData, gap_data
from rmscenario.reporting.figures.style import (
    BLUE,
    INK,
    SKY,
    SOFT,
    VERMILLION,
    VERMILLION_TEXT,
    number_axis,
    page,
)
from rmscenario.reporting.language import Lang, brief, measured, name, number, percent, probability, say
from rmscenario.reporting.results import FOOTPRINT, Result

BINS = 60


def _note(draws: int, kept: int, lang: Lang) -> str:
    """How many draws there are, and how many of them are kept and shown."""
    shown = say("distribution.shown", lang, kept=number(kept, lang)) if kept < draws else ""
    return say("distribution.note", lang, draws=number(draws, lang), shown=shown)


def _of_what(amount: str, gap: GapData, lang: Lang) -> str:
    """An amount with what it is of, where its unit does not say it."""
    if gap.target.quantity == FOOTPRINT:
        return amount
    return say("distribution.of", lang, amount=amount, quantity=gap.quantity[:1].lower() + gap.quantity[1:])


def distribution(result: Result, target: Target, lang: Lang) -> tuple[Figure, str] | None:
    """Distribution of a target's residual over the draws, and the finding; None where there are no draws of it."""
    stress = result.stress
    if stress is None or target.target not in stress["target"].to_numpy():
        return None
    gap = gap_data(result, target, lang)
    chosen = stress.sel(target=target.target)
    sample = chosen["sample"].to_numpy()
    sample = sample * gap.scale.factor
    if sample.size == 0 or gap.year not in chosen["year"].to_numpy():
        return None
    at_year = chosen.sel(year=gap.year)
    met = float(at_year["probability_met"])
    low, middle, high = (float(at_year[key]) * gap.scale.factor for key in PERCENTILES)
    spread_text = (
        (percent(gap.change(low), lang), percent(gap.change(high), lang))
        if gap.target.level is None and gap.base > 0
        else (brief(low, lang), _of_what(measured(high, gap.scale.unit, lang), gap, lang))
    )
    title = say(
        "distribution.finding", lang, year=gap.year, probability=probability(met, lang, int(stress.attrs["draws"])), low=spread_text[0],
        high=spread_text[1],
    )  # fmt: skip
    sheet = page(
        result.region,
        lang,
        title=title,
        subtitle=say("distribution.subtitle", lang, target=name(target, lang), scenario=result.title),
        notes=[_note(int(stress.attrs["draws"]), sample.size, lang)],
        size=(11.0, 5.4),
    )
    grid = sheet.figure.add_gridspec(
        1, 1, left=sheet.left + 0.055, right=sheet.right, bottom=sheet.bottom + 0.095, top=sheet.top - 0.11
    )
    axes = sheet.figure.add_subplot(grid[0, 0])
    before = chosen["background_sample"].to_numpy() * gap.scale.factor
    edge_low, edge_high = np.quantile(np.concatenate([sample, before]), [0.0005, 0.9995])
    width = max(float(edge_high - edge_low), 1e-9)
    left, right = min(edge_low, gap.cap) - 0.04 * width, max(edge_high, gap.cap) + 0.04 * width
    bins = np.linspace(edge_low, edge_low + width, BINS + 1)
    shares, shares_before = (100.0 * np.histogram(values, bins=bins)[0] / sample.size for values in (sample, before))
    axes.stairs(shares_before, bins, color=SOFT, linewidth=1.3, linestyle="--", label=say("distribution.before", lang))
    axes.stairs(shares, bins, fill=True, color=SKY, alpha=0.75, label=say("distribution.with", lang))
    axes.stairs(shares, bins, color=BLUE, linewidth=1.0)
    axes.legend(loc="upper right", bbox_to_anchor=(1.0, -0.09), ncols=2, fontsize=8.5, borderaxespad=0.0)
    top = float(max(shares.max(), shares_before.max())) * 1.12
    axes.set_ylim(0.0, top)
    axes.set_xlim(left, right + 0.02 * (right - left))
    axes.axvline(gap.cap, color=VERMILLION, linewidth=2.2, linestyle=(0, (6, 2, 1, 2)))
    marks = [
        (gap.cap, say("distribution.target", lang, amount=brief(gap.cap, lang)), VERMILLION_TEXT),
        (gap.residual, say("distribution.plan", lang, amount=brief(gap.residual, lang)), INK),
        (low, say("distribution.p05", lang, amount=brief(low, lang)), SOFT),
        (middle, say("distribution.p50", lang, amount=brief(middle, lang)), BLUE),
        (high, say("distribution.p95", lang, amount=brief(high, lang)), SOFT),
    ]
    axes.axvline(gap.residual, color=INK, linewidth=1.6)
    axes.axvline(middle, color=BLUE, linewidth=1.4, linestyle=":")
    for value in (low, high):
        axes.axvline(value, color=SOFT, linewidth=1.0, linestyle=(0, (3, 3)))
    span = right - left
    row_end = [-np.inf, -np.inf, -np.inf]  # three rows of labels above the axes
    for value, text, colour in sorted(marks):
        reach = 0.0078 * max(len(part) for part in text.split("\n")) * span
        row = next((r for r in range(3) if value - reach / 2 > row_end[r]), 2)
        row_end[row] = value + reach / 2
        near_left, near_right = value - left < reach / 2, right - value < reach / 2
        axes.annotate(
            text, (value, 1.0), xytext=(0, 3 + 12.5 * row), xycoords=axes.get_xaxis_transform(),
            textcoords="offset points", ha="left" if near_left else "right" if near_right else "center", va="bottom",
            fontsize=8.5, fontweight="bold", color=colour,
        )  # fmt: skip
    axes.set_xlabel(gap.axis)
    axes.set_ylabel(say("distribution.axis", lang))
    number_axis(axes, lang)
    number_axis(axes, lang, horizontal=True)
    return sheet.figure, title
