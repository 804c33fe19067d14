"""Money per year: capex and opex against their budgets, and what is saved."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rmscenario.region.vocabulary import MoneyKind
from rmscenario.reporting.figures.style import number_axis, page, year_axis
from rmscenario.reporting.language import MILLION, Lang, brief, say
from rmscenario.reporting.palette import BLUE, GREEN, INK, ORANGE, SKY, SOFT, VERMILLION
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.money import budget_of, money_finding, savings, yearly

FloatArray = npt.NDArray[np.float64]
Bar = tuple[str, FloatArray, str, str | None]  # text, values, colour, hatch


def _mark_budget(axes: Axes, budget: dict[int, float], lang: Lang) -> None:
    """A line over each year's bar at the height of its budget."""
    for number, (year, amount) in enumerate(sorted(budget.items())):
        axes.plot(
            [year - 0.48, year + 0.48], [amount / MILLION] * 2, color=VERMILLION, linewidth=2.6, zorder=5,
            solid_capstyle="butt", label=say("money.budget", lang) if number == 0 else None,
        )  # fmt: skip


def money_per_year(result: Result, lang: Lang) -> tuple[Figure, str]:
    """Capex, opex and savings of each year, apart, and the finding that is its title."""
    region = result.region
    years = np.asarray(region.years)
    capex, opex = yearly(result, "capex_outlay"), yearly(result, "opex")
    cashable = savings(result, MoneyKind.SAVING_CASHABLE)
    avoided = savings(result, MoneyKind.SAVING_AVOIDED)
    last_start = region.settings.last_start
    title = money_finding(result, lang)
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say("money.subtitle", lang, price_year=region.settings.price_year, scenario=result.title),
        notes=[say("money.note", lang)],
        size=(11.0, 8.0),
    )
    grid = sheet.figure.add_gridspec(
        3, 1, left=sheet.left + 0.06, right=sheet.right, bottom=sheet.bottom + 0.035, top=sheet.top - 0.045, hspace=0.38
    )
    panels: tuple[tuple[str, list[Bar], dict[int, float]], ...] = (
        ("money.capex", [("money.capex", capex, BLUE, None)], budget_of(result, MoneyKind.CAPEX)),
        ("money.opex", [("money.opex", opex, ORANGE, "//")], budget_of(result, MoneyKind.OPEX)),
        (
            "money.savings",
            [("money.cashable", cashable, GREEN, None), ("money.avoided", avoided, SKY, "..")],
            {},
        ),
    )
    for number, (heading, bars, budget) in enumerate(panels):
        axes = sheet.figure.add_subplot(grid[number, 0])
        bottom = np.zeros(len(years))
        for key, values, colour, hatch in bars:
            axes.bar(
                years, values / MILLION, bottom=bottom, width=0.74, color=colour, hatch=hatch, edgecolor="white",
                linewidth=0.0, label=say(key, lang) if len(bars) > 1 else None,
            )  # fmt: skip
            bottom = bottom + values / MILLION
        _mark_budget(axes, budget, lang)
        for position in np.flatnonzero(years <= last_start):
            if bottom[position] > 0:
                axes.annotate(
                    brief(bottom[position], lang), (years[position], 0.0), xytext=(0, 4), textcoords="offset points",
                    ha="center", va="bottom", fontsize=8, color=INK, zorder=6,
                    bbox={"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.88},
                )  # fmt: skip
        axes.set_title(say(heading, lang), loc="left", fontsize=10.5, fontweight="bold")
        axes.set_ylabel(say("money.axis", lang))
        top = max([float(bottom.max()), *(amount / MILLION for amount in budget.values())])
        axes.set_ylim(min(0.0, float(bottom.min()) * 1.1), max(top, 1e-6) * 1.15)
        axes.axhline(0.0, color=SOFT, linewidth=0.8)
        axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
        number_axis(axes, lang)
        year_axis(axes, [int(years[0]), int(years[-1])], 1 if len(years) <= 12 else 2)
        if budget or len(bars) > 1:
            axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, fontsize=8.5, borderaxespad=0.1)
    return sheet.figure, title
