"""The schedule: how much starts where and when, and each unit's largest starts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from rmscenario.region import report_year
from rmscenario.reporting.figures.style import LAYERS, page
from rmscenario.reporting.language import Lang, brief, name, number, say, shorten
from rmscenario.reporting.palette import FAINT, INK, SOFT
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.starts import PlacedStart, placed_starts, row_names

FloatArray = npt.NDArray[np.float64]
#: [inch] Room for names of tracks and years over the heat map; for the legend and headings over the lists of starts.
_HEADS, _LEGEND = 0.71, 0.54
#: Starts listed for each unit.
LARGEST = 5
_SHADES = LinearSegmentedColormap.from_list("starts", ["#ffffff", "#9cc4e0", "#2f6f9f"])


def schedule(result: Result, lang: Lang) -> tuple[Figure, str]:
    """Starts by unit, track and year, and the finding that is its title."""
    region, placed = result.region, placed_starts(result, lang)
    settings, year = region.settings, report_year(result.region)
    years = list(range(settings.first_year, settings.last_start + 1))
    names, tracks = row_names(region, lang), region.tracks
    counts = np.zeros((len(names), len(tracks), len(years)), dtype=np.int64)
    tonnes = np.zeros(counts.shape)
    for item in placed:
        place = item.row, item.track, item.start.start - settings.first_year
        counts[place] += 1
        tonnes[place] += item.tonnes
    by_year = counts.sum(axis=(0, 1))
    first_round = next((row for row in region.rounds if row.first_year <= settings.first_year <= row.last_year), None)
    last_of_round = first_round.last_year if first_round else settings.first_year
    soon = int(by_year[: last_of_round - settings.first_year + 1].sum())
    title = say(
        "schedule.finding" if placed else "schedule.finding.none", lang, starts=number(len(placed), lang),
        soon=number(soon, lang), first=settings.first_year, last=last_of_round,
    )  # fmt: skip
    sheet = page(
        region, lang, title=title, subtitle=say("schedule.subtitle", lang, scenario=result.title),
        notes=[say("schedule.note", lang, year=year)], size=(14.5, 1.75 + 0.50 * len(names) + 0.6),
    )  # fmt: skip
    wide = len(tracks) * len(years)
    grid = sheet.figure.add_gridspec(
        1, 2, left=sheet.left + 0.155, right=sheet.right - 0.01, bottom=sheet.bottom + 0.01,
        top=sheet.top - _HEADS / sheet.figure.get_figheight(), width_ratios=[5.2, 1.0], wspace=0.03,
    )  # fmt: skip
    axes = sheet.figure.add_subplot(grid[0, 0])
    flat = counts.reshape(len(names), wide)
    filled = np.argwhere(flat > 0)
    corners = filled[:, None, ::-1] + np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])
    shades = _SHADES(np.sqrt(flat[flat > 0] / max(1, flat.max())))
    axes.add_collection(PolyCollection(list(corners), facecolors=shades, linewidths=0.0, antialiaseds=False))
    axes.set_xlim(-0.5, wide - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    dark = 0.84 * np.sqrt(max(1, flat.max()))
    for row in range(len(names)):
        for column in range(wide):
            if not flat[row, column]:
                continue
            colour = "white" if np.sqrt(flat[row, column]) > dark else INK
            amount = tonnes.reshape(len(names), wide)[row, column]
            axes.text(column, row - 0.13, str(flat[row, column]), ha="center", va="center", fontsize=10.5,
                      fontweight="bold", color=colour)  # fmt: skip
            if abs(amount) >= 0.5:
                axes.text(column, row + 0.26, number(amount, lang), ha="center", va="center", fontsize=7.5,
                          color=colour)  # fmt: skip
    axes.set_xticks(range(wide), [str(at) for _ in tracks for at in years], fontsize=8.5)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(names)), [shorten(text, 34) for text in names], fontsize=9.5, color=INK)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for row in range(len(names) + 1):
        axes.axhline(row - 0.5, color="white" if row < len(names) - 1 else FAINT, linewidth=0.8)
    for number_, track in enumerate(tracks):
        axes.axvline(number_ * len(years) - 0.5, color=FAINT, linewidth=1.0)
        axes.text((number_ + 0.5) * len(years) - 0.5, -1.12, shorten(name(track, lang), 33), ha="center", va="bottom",
                  fontsize=9.2, fontweight="bold")  # fmt: skip
    axes.axvline(wide - 0.5, color=FAINT, linewidth=1.0)
    _tonnes_bars(sheet.figure.add_subplot(grid[0, 1]), axes, tonnes.sum(axis=(1, 2)), year, lang)
    return sheet.figure, title


def _tonnes_bars(bars: Axes, axes: Axes, tonnes: FloatArray, year: int, lang: Lang) -> None:  # fmt: skip
    """Tonnes of each row of the heat map, beside it."""
    bars.barh(range(len(tonnes)), tonnes, height=0.56, color="#2f6f9f")
    bars.set_ylim(axes.get_ylim())
    bars.set_xlim(min(0.0, float(tonnes.min())) * 1.2, max(1e-9, float(tonnes.max())) * 1.45)
    for row, value in enumerate(tonnes.tolist()):
        bars.annotate(number(value, lang), (max(0.0, value), row), xytext=(3, 0), textcoords="offset points",
                      va="center", fontsize=9)  # fmt: skip
    bars.set_title(say("schedule.tonnes", lang, year=year), fontsize=9.5, pad=22)
    bars.set_axis_off()
    bars.title.set_visible(True)


def largest_starts(result: Result, lang: Lang) -> tuple[Figure, str]:
    """Each unit's largest starts by tonnes, and the finding that is the title."""
    region, placed, year = result.region, placed_starts(result, lang), report_year(result.region)
    names = row_names(region, lang)
    columns = 3
    rows = -(-len(names) // columns)
    total = sum(item.tonnes for item in placed)
    ordered = sorted(placed, key=lambda item: -item.tonnes)
    title = say("largest.finding.none", lang)
    if total > 0:
        few = 0
        running = 0.0
        while running < 0.5 * total:
            running += ordered[few].tonnes
            few += 1
        title = say("largest.finding", lang, few=number(few, lang), starts=number(len(placed), lang), year=year)
    sheet = page(
        region, lang, title=title, subtitle=say("largest.subtitle", lang, count=LARGEST, scenario=result.title),
        notes=[say("largest.note", lang, year=year)], size=(14.5, 1.7 + 2.05 * rows),
    )  # fmt: skip
    inch = 1.0 / sheet.figure.get_figheight()
    grid = sheet.figure.add_gridspec(
        rows, columns, left=sheet.left, right=sheet.right, bottom=sheet.bottom + 0.005, top=sheet.top - _LEGEND * inch,
        hspace=0.24, wspace=0.05,
    )  # fmt: skip
    for row, heading in enumerate(names):
        axes = sheet.figure.add_subplot(grid[row // columns, row % columns])
        _list_largest(axes, [item for item in ordered if item.row == row], heading, lang)
    handles = [
        Patch(
            facecolor=LAYERS[n % len(LAYERS)][0],
            hatch=LAYERS[n % len(LAYERS)][1],
            edgecolor="white",
            label=name(track, lang),
        )
        for n, track in enumerate(region.tracks)
    ]
    sheet.figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(sheet.left - 0.005, sheet.top + 0.08 * inch),
                        ncols=len(handles), fontsize=9)  # fmt: skip
    return sheet.figure, title


def _list_largest(axes: Axes, items: Sequence[PlacedStart], heading: str, lang: Lang) -> None:
    """One unit's largest starts: text above a thin bar each."""
    axes.set_axis_off()
    axes.set_ylim(LARGEST + 0.05, -0.1)
    axes.set_title(shorten(heading, 48), loc="left", fontsize=10.5, fontweight="bold", pad=3)
    axes.title.set_visible(True)
    shown = [item for item in items if item.tonnes > 0][:LARGEST]
    if not shown:
        axes.text(0.0, 0.93, say("largest.none", lang), transform=axes.transAxes, va="top", fontsize=8.5, color=SOFT)
        return
    top = max(item.tonnes for item in shown)
    axes.set_xlim(0.0, top * 1.28)
    for row, item in enumerate(shown):
        colour, hatch = LAYERS[item.track % len(LAYERS)]
        axes.barh(row + 0.68, item.tonnes, height=0.30, color=colour, hatch=hatch, edgecolor="white", linewidth=0.0)
        axes.text(0.0, row + 0.24, f"{item.start.start} · {shorten(item.name, 58)}", fontsize=8.2, va="center")
        axes.annotate(brief(item.tonnes, lang) + " t", (item.tonnes, row + 0.68), xytext=(3, 0),
                      textcoords="offset points", fontsize=7.8, va="center", color=SOFT)  # fmt: skip
