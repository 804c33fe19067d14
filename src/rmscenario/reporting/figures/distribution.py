"""How sure a target is: the distribution of what is left in the target year."""

from __future__ import annotations

from matplotlib.figure import Figure

from rmscenario.region.footprint import Target
from rmscenario.reporting.figures.style import label_tops, number_axis, page
from rmscenario.reporting.language import Lang, brief, name, say
from rmscenario.reporting.palette import BLUE, INK, SKY, SOFT, VERMILLION, VERMILLION_TEXT
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.outcomes import outcomes, outcomes_finding, outcomes_note


def distribution(result: Result, target: Target, lang: Lang) -> tuple[Figure, str] | None:
    """Distribution of a target's residual over the draws, and the finding; None where there are no draws of it."""
    drawn = outcomes(result, target, lang)
    if drawn is None:
        return None
    gap = drawn.gap
    title = outcomes_finding(drawn, lang)
    sheet = page(
        result.region,
        lang,
        title=title,
        subtitle=say("distribution.subtitle", lang, target=name(target, lang), scenario=result.title),
        notes=[outcomes_note(drawn, lang)],
        size=(11.0, 5.4),
    )
    grid = sheet.figure.add_gridspec(
        1, 1, left=sheet.left + 0.055, right=sheet.right, bottom=sheet.bottom + 0.095, top=sheet.top - 0.09
    )
    axes = sheet.figure.add_subplot(grid[0, 0])
    edge_low, edge_high = float(drawn.edges[0]), float(drawn.edges[-1])
    width = edge_high - edge_low
    left, right = min(edge_low, gap.cap) - 0.04 * width, max(edge_high, gap.cap) + 0.04 * width
    shares, shares_before, bins = drawn.shares, drawn.shares_before, drawn.edges
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
        (drawn.low, say("distribution.p05", lang, amount=brief(drawn.low, lang)), SOFT),
        (drawn.middle, say("distribution.p50", lang, amount=brief(drawn.middle, lang)), BLUE),
        (drawn.high, say("distribution.p95", lang, amount=brief(drawn.high, lang)), SOFT),
    ]
    axes.axvline(gap.residual, color=INK, linewidth=1.6)
    axes.axvline(drawn.middle, color=BLUE, linewidth=1.4, linestyle=":")
    for value in (drawn.low, drawn.high):
        axes.axvline(value, color=SOFT, linewidth=1.0, linestyle=(0, (3, 3)))
    label_tops(axes, marks)
    axes.set_xlabel(gap.axis, loc="left")  # the legend stands at the right
    axes.set_ylabel(say("distribution.axis", lang))
    number_axis(axes, lang)
    number_axis(axes, lang, horizontal=True)
    return sheet.figure, title
