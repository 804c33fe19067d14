"""Runs beside each other: their target-gap curves of one target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from rmscenario.errors import Fault, InputError
from rmscenario.region.footprint import Target
from rmscenario.reporting.figures.curve import end_labels, mark_rounds, mark_target
from rmscenario.reporting.figures.style import LINES, at_years, label_ends, number_axis, page, year_axis
from rmscenario.reporting.language import Lang, measured, name, percent, say, shorten
from rmscenario.reporting.palette import INK, SOFT
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.gap import gap_data, last_year_shown


def compare(results: Sequence[Result], target: str, lang: Lang) -> tuple[Figure, str]:
    """Target-gap curves of several runs over each other, and the finding that is the title.

    Parameters
    ----------
    target : str
        Id of the target; the first run's row is the one drawn.

    Raises
    ------
    InputError
        When a run does not have the target, or has it in another account: such curves do not belong together.
    """
    first = results[0]
    rows: list[Target] = []
    for result in results:
        row = next((row for row in result.region.active_targets if row.target == target), None)
        if row is None or (rows and (row.account, row.quantity) != (rows[0].account, rows[0].quantity)):
            found = "no such active target" if row is None else f"account {row.account}"
            raise InputError(
                [
                    Fault(
                        file=result.title,
                        column=target,
                        found=found,
                        expected="the same target in the same account in all runs",
                        remedy="compare only runs that share it",
                    )
                ]
            )
        rows.append(row)
    gaps = [gap_data(result, row, lang) for result, row in zip(results, rows, strict=True)]
    best = int(np.argmin([gap.residual for gap in gaps]))
    worst = int(np.argmax([gap.residual for gap in gaps]))
    gap = gaps[0]

    def reached(number: int) -> str:
        if gap.target.level is None and gap.base > 0:
            return percent(gaps[number].change(gaps[number].residual), lang)
        return measured(gaps[number].residual, gap.scale.unit, lang)

    title = say(
        "compare.finding", lang, year=gap.year, best=results[best].title, best_value=reached(best),
        worst=results[worst].title, worst_value=reached(worst),
    )  # fmt: skip
    sheet = page(
        first.region,
        lang,
        title=title,
        subtitle=say("compare.subtitle", lang, target=name(rows[0], lang)),
        notes=[say("compare.note", lang), say("compare.note.planned", lang) if any(item.how for item in gaps) else ""],
    )
    grid = sheet.figure.add_gridspec(
        1, 1, left=sheet.left + 0.055, right=sheet.right - 0.26, bottom=sheet.bottom + 0.045, top=sheet.top - 0.03
    )
    axes = sheet.figure.add_subplot(grid[0, 0])
    last = last_year_shown(first.region, gap)
    start = first.region.settings.first_year - 1
    shown = (gap.years >= start) & (gap.years <= last)
    high = max(float(max(item.background[shown].max(), item.plan[shown].max())) for item in gaps)
    axes.set_ylim(0.0, max(high, gap.cap) * 1.08)
    axes.set_xlim(start - 0.1, last + 0.1)
    mark_rounds(axes, first.region, lang)
    end = int(np.searchsorted(gap.years, last))
    axes.plot(gap.years[shown], gap.background[shown], color=SOFT, linewidth=1.6, linestyle="--")
    mark_target(axes, gap, last)
    labels = [label for position, label in enumerate(end_labels(gap, last, lang)) if position != 1]
    for number, (result, item) in enumerate(zip(results, gaps, strict=True)):
        colour, line, marker = LINES[number % len(LINES)]
        axes.plot(
            item.years[shown], item.plan[shown], color=colour, linestyle=line, marker=marker, markevery=2,
            markersize=5, linewidth=2.0,
        )  # fmt: skip
        text = say(
            "compare.run",
            lang,
            run=shorten(result.title, 26),
            amounts=at_years([(item.year, item.residual), (last, item.plan[end])], lang),
        )
        labels.append((item.plan[end], text, INK))
    label_ends(axes, labels, x=last, apart=0.085)
    axes.set_ylabel(gap.axis)
    number_axis(axes, lang)
    year_axis(axes, [start, last], 1 if last - start <= 12 else 5)
    return sheet.figure, title
