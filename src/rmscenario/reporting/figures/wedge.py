"""The wedge: which track carries how much of the way from the background down to the plan."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from rmscenario.region import report_year
from rmscenario.reporting.figures.curve import mark_rounds
from rmscenario.reporting.figures.style import LAYERS, at_years, label_ends, number_axis, page, year_axis
from rmscenario.reporting.language import Lang, name, say, scale_of, shorten
from rmscenario.reporting.palette import BLUE, INK, SOFT, VERMILLION
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.gap import YEARS_AFTER, YEARS_OF_PLAN
from rmscenario.reporting.series.wedge import wedge_data, wedge_finding

FloatArray = npt.NDArray[np.float64]
#: [1] Share of the whole reduction below which a layer gets no label.
LABELLED = 0.004
#: Characters of a track's name beside the curve.
TRACK_WIDTH = 34


def wedge(result: Result, lang: Lang) -> tuple[Figure, str]:
    """Reduction by track between background and plan, and the finding that is its title."""
    region, data = result.region, wedge_data(result)
    scale = scale_of("tCO2e/a", float(data.background.max()), lang)
    year = report_year(region)
    at = int(np.searchsorted(data.years, year))
    reduction = data.background[at] - data.plan[at]
    order = np.argsort(-data.layers[:, at], kind="stable")
    title = wedge_finding(data, year, lang)
    account = next(row for row in region.accounts if row.account == region.settings.account)
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say("wedge.subtitle", lang, account=name(account, lang), scenario=result.title),
        notes=[say("wedge.note", lang, year=year)],
    )
    grid = sheet.figure.add_gridspec(
        1, 1, left=sheet.left + 0.055, right=sheet.right - 0.25, bottom=sheet.bottom + 0.045, top=sheet.top - 0.03
    )
    axes = sheet.figure.add_subplot(grid[0, 0])
    last = min(int(data.years[-1]), max(year + YEARS_AFTER, region.settings.first_year + YEARS_OF_PLAN))
    shown = data.years <= last
    years = data.years[shown]
    upper = (data.background + data.added)[shown] * scale.factor
    axes.set_ylim(0.0, float(upper.max()) * 1.14)
    axes.set_xlim(float(years[0]) - 0.1, last)
    mark_rounds(axes, region, lang)
    end = len(years) - 1

    def amounts(values: FloatArray) -> str:
        return at_years([(when, values[int(np.searchsorted(data.years, when))]) for when in (year, last)], lang)

    labels = [(upper[end], say("wedge.background", lang, amounts=amounts(data.background * scale.factor)), SOFT)]
    if data.added[shown].max() > 0:
        axes.fill_between(
            years, data.background[shown] * scale.factor, upper, color=VERMILLION, hatch="||", alpha=0.5, linewidth=0
        )
    top = upper
    for number in order:
        below = top - data.layers[number][shown] * scale.factor
        colour, hatch = LAYERS[int(number) % len(LAYERS)]
        axes.fill_between(years, below, top, facecolor=colour, edgecolor="white", hatch=hatch, linewidth=0.0)
        axes.plot(years, below, color="white", linewidth=0.8)
        if data.layers[number].max() > LABELLED * max(1.0, float(abs(reduction))):
            text = say(
                "wedge.track",
                lang,
                track=shorten(name(data.tracks[int(number)], lang), TRACK_WIDTH),
                amounts=amounts(-data.layers[number] * scale.factor),
            )
            labels.append(((below[end] + top[end]) / 2.0, text, INK))
        top = below
    plan = data.plan[shown] * scale.factor
    axes.plot(years, data.background[shown] * scale.factor, color=SOFT, linewidth=1.8, linestyle="--")
    axes.plot(years, plan, color=BLUE, linewidth=2.6)
    labels.append((plan[end], say("wedge.plan", lang, amounts=amounts(data.plan * scale.factor)), BLUE))
    if year < last:
        axes.axvline(year, color=INK, linewidth=1.0, linestyle=(0, (2, 2)))
    axes.text(
        0.5, 0.30, say("wedge.residual", lang), transform=axes.transAxes, ha="center", color=SOFT, fontsize=10,
        bbox={"boxstyle": "square,pad=0.2", "facecolor": "white", "edgecolor": "none"},
    )  # fmt: skip
    label_ends(axes, labels, x=last, apart=0.085)
    axes.set_ylabel(scale.per_year)
    number_axis(axes, lang)
    year_axis(axes, [int(years[0]), last], 1 if last - years[0] <= 12 else 5)
    return sheet.figure, title
