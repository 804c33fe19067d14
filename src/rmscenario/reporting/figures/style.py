"""How figures look: one page layout, colours that differ in grey too, the same bytes for the same input."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FuncFormatter

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region import Region
from rmscenario.reporting.labels import spread
from rmscenario.reporting.language import Lang, brief, number, say
from rmscenario.reporting.palette import (
    BLACK,
    BLUE,
    FAINT,
    GREEN,
    GRID,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    SOFT,
    VERMILLION,
    YELLOW,
)

#: Colour and hatch of layers (tracks, kinds), in order.
LAYERS = ((BLUE, "//"), (ORANGE, ".."), (GREEN, "\\\\"), (PURPLE, "xx"), (SKY, "++"), (YELLOW, "oo"), (FAINT, "--"))
#: Colour, line style and marker of runs that are compared, in order.
LINES = (
    (BLUE, "-", "o"),
    (VERMILLION, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, (0, (1, 1)), "D"),
    (ORANGE, (0, (5, 1, 1, 1, 1, 1)), "v"),
    (BLACK, (0, (3, 3)), "x"),
    (SKY, (0, (8, 2)), "P"),
)

PIXELS_PER_INCH = 110
_MARGIN = 0.38  # inch
_TITLE, _SUBTITLE, _FOOT = 15.0, 10.0, 8.0  # points
_LINE = 1.32  # height of a line of text, in its size
_LEADER = 12.0  # points from the axes to a label above them
_BESIDE = 12.0  # pixels between labels beside each other
_BELOW = 2.0  # pixels around a label that stands below others

_RC: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": SOFT,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "text.hinting": "none",  # a quarter faster, and the same letter spacing at every size
    "svg.fonttype": "none",
    "svg.hashsalt": "rmscenario",
    "figure.dpi": PIXELS_PER_INCH,
    "path.simplify": True,
    "axes.titley": 1.0,  # else every drawing measures all ticks to find out whether a title is in their way
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw and save in the project's style, whatever the reader's own matplotlib settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A figure with title and footer; `left`, `right`, `bottom`, `top` bound what is free for axes [share of the figure]."""

    figure: Figure
    left: float
    right: float
    bottom: float
    top: float


def _wrap(text: str, width: float, points: float, *, bold: bool = False) -> list[str]:
    """Lines of a text that fit a width [inch] in a size [points]."""
    letter = points * (0.59 if bold else 0.54) / 72.0  # mean width of DejaVu Sans
    return textwrap.wrap(text, max(20, int(width / letter))) or [""]


def page(
    region: Region,
    lang: Lang,
    *,
    title: str,
    subtitle: str,
    notes: Sequence[str],
    size: tuple[float, float] = (11.0, 6.4),
) -> Page:
    """An empty page: the finding as its title, what is shown below it, notes and the mark of unconfirmed figures at the foot."""
    width, height = size
    figure = Figure(figsize=size, facecolor="white")
    FigureCanvasAgg(figure)
    left = _MARGIN / width
    y = height - 0.30
    for points, text, bold, colour in ((_TITLE, title, True, INK), (_SUBTITLE, subtitle, False, SOFT)):
        lines = _wrap(text, width - 2 * _MARGIN, points, bold=bold)
        figure.text(
            left,
            y / height,
            "\n".join(lines),
            fontsize=points,
            fontweight="bold" if bold else "normal",
            color=colour,
            va="top",
            linespacing=_LINE,
        )
        y -= (len(lines) * points * _LINE + 4.0) / 72.0
    foot = [line for note in notes if note for line in _wrap(note, width - 2 * _MARGIN, _FOOT)]
    step = _FOOT * _LINE / 72.0
    bottom = 0.20 + len(foot) * step
    figure.text(left, bottom / height, "\n".join(foot), fontsize=_FOOT, color=SOFT, va="top", linespacing=_LINE)
    if not region.settings.confirmed:
        bottom += 0.19
        figure.text(
            left + 0.06 / width,
            bottom / height,
            NOT_CONFIRMED[lang.value],
            fontsize=8.5,
            fontweight="bold",
            color="#5A3A00",
            va="center",
            bbox={"boxstyle": "square,pad=0.3", "facecolor": "#FFF3D6", "edgecolor": "#8A5A00", "linewidth": 0.8},
        )
        bottom += 0.12
    return Page(
        figure=figure,
        left=left,
        right=1.0 - _MARGIN / width,
        bottom=(bottom + 0.10) / height,
        top=y / height,
    )


def number_axis(axes: Axes, lang: Lang, *, horizontal: bool = False) -> None:
    """Write an axis' numbers as the language does, with quiet grid lines."""
    axis = axes.xaxis if horizontal else axes.yaxis

    def text(value: float, _position: object = None) -> str:
        return number(value, lang) if float(value).is_integer() else brief(value, lang)

    axis.set_major_formatter(FuncFormatter(text))
    axis.grid(True, color=GRID, linewidth=0.7)
    axis.set_tick_params(length=0)


def year_axis(axes: Axes, years: Sequence[int], step: int) -> None:
    """Whole years on the horizontal axis, every `step` of them, counted from a round year."""
    axes.set_xticks([year for year in range(years[0], years[-1] + 1) if year % step == 0])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position=None: f"{value:.0f}"))


def at_years(values: Sequence[tuple[int, float]], lang: Lang, *, apart: str = " · ") -> str:
    """Amounts with the year of each, once where two years are the same."""
    return apart.join(
        say("figure.at", lang, amount=brief(value, lang), year=year) for year, value in dict(values).items()
    )


def label_ends(axes: Axes, labels: Sequence[tuple[float, str, str]], *, x: float, apart: float) -> None:
    """Write labels (height, text, colour) beside the ends of lines, moved apart, each joined to its line."""
    low, high = axes.get_ylim()
    placed = spread([height for height, _, _ in labels], [apart * (high - low)] * len(labels))
    for (height, text, colour), at in zip(labels, placed, strict=True):
        axes.annotate(
            text,
            xy=(x, height),
            xytext=(1.03, (at - low) / (high - low)),
            xycoords="data",
            textcoords="axes fraction",
            color=colour,
            fontsize=9.0,
            fontweight="bold",
            va="center",
            linespacing=1.05,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": colour,
                "linewidth": 0.8,
                "shrinkA": 1,
                "shrinkB": 1,
                "relpos": (0.0, 0.5),
            },
        )


def label_tops(axes: Axes, labels: Sequence[tuple[float, str, str]]) -> None:
    """Write labels (value, text, colour) over the axes, moved apart, each joined to its value; call when the limits stand."""
    written = [
        axes.annotate(
            text,
            xy=(value, 1.0),
            xytext=(0.0, _LEADER),
            xycoords=axes.get_xaxis_transform(),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            fontweight="bold",
            color=colour,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": colour,
                "linewidth": 0.8,
                "shrinkA": 1,
                "shrinkB": 0,
                "relpos": (0.5, 0.0),
            },
        )
        for value, text, colour in labels
    ]
    places = [float(axes.transData.transform((value, 0.0))[0]) for value, _, _ in labels]
    sizes = [width_of(text) + _BESIDE for text in written]
    placed = spread(places, sizes, (axes.bbox.x0 - _BESIDE / 2.0, axes.bbox.x1 + _BESIDE / 2.0))
    for text, before, after in zip(written, places, placed, strict=True):
        text.set_position(((after - before) * 72.0 / PIXELS_PER_INCH, _LEADER))


def width_of(text: Text) -> float:
    """Width of a text [pixel]."""
    return float(Text.get_window_extent(text).width)


def sink(texts: Sequence[Annotation], others: Sequence[Text]) -> None:
    """Lower texts together, which are placed by offset points, until they stand on none of the others."""
    boxes = [text.get_window_extent() for text in texts]
    down = 0.0
    for other in sorted((other.get_window_extent() for other in others), key=lambda other: -other.y1):
        for box in boxes:
            if box.translated(0.0, -down).padded(_BELOW).overlaps(other):
                down = box.y1 - other.y0 + 2.0 * _BELOW
    for text in texts:
        x, y = text.get_position()
        text.set_position((x, y - down * 72.0 / PIXELS_PER_INCH))
