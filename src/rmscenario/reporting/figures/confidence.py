"""What confidence costs: value, net and bound at each confidence wished for, and what is reached."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rmscenario.region import Region
from rmscenario.reporting.figures.saving import render
from rmscenario.reporting.figures.style import drawing, number_axis, page
from rmscenario.reporting.language import MILLION, Lang, money, number, percent, say
from rmscenario.reporting.palette import BLUE, FAINT, GREEN, INK, ORANGE, SOFT
from rmscenario.risk.curve import Curve


def confidence_figure(found: Curve, region: Region, lang: Lang, *, names: str, scenario: str) -> tuple[Figure, str]:
    """Money on the left, what is reached of the first wish on the right, and the finding that is the title.

    Parameters
    ----------
    names, scenario : str
        Of the targets and of the scenario in the language.
    """
    first, last = found.points[0], found.points[-1]
    ends = {"low": percent(first.confidence, lang), "high": percent(last.confidence, lang)}
    title = say("confidence.figure", lang, rise=money(last.value - first.value, lang), **ends)
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say("confidence.figure.subtitle", lang, names=names, scenario=scenario),
        notes=[say("confidence.figure.note", lang, fresh=number(found.fresh_draws, lang))],
        size=(12.0, 6.2),
    )
    bottom, top = sheet.bottom + 0.10, sheet.top - 0.08
    _money(sheet.figure.add_axes((sheet.left + 0.06, bottom, 0.48, top - bottom)), found, lang)
    _reached(sheet.figure.add_axes((sheet.right - 0.30, bottom, 0.29, top - bottom)), found, lang)
    return sheet.figure, title


def _wished(found: Curve) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return 100.0 * np.asarray([point.confidence for point in found.points])


def _money(axes: Axes, found: Curve, lang: Lang) -> None:
    wished = _wished(found)
    for key, colour, style, marker in (("value", BLUE, "-", "o"), ("npv", GREEN, "--", "s"), ("bound", FAINT, ":", "")):
        amounts = np.asarray([getattr(point, key) for point in found.points]) / MILLION
        known = np.isfinite(amounts)
        if known.any():
            label = say(f"confidence.figure.{'net' if key == 'npv' else key}", lang)
            axes.plot(wished[known], amounts[known], style, color=colour, marker=marker or None, label=label)
    expected = found.expected_npv / MILLION
    axes.axhline(expected, color=ORANGE, linewidth=1.2, linestyle="-.", label=say("confidence.figure.expected", lang))
    axes.set_title(say("confidence.figure.money", lang), fontsize=8.5, loc="left", color=SOFT)
    axes.set_xlabel(say("confidence.figure.wished", lang), fontsize=8.5, loc="right")
    axes.legend(loc="best", fontsize=9.0)
    number_axis(axes, lang)
    number_axis(axes, lang, horizontal=True)


def _reached(axes: Axes, found: Curve, lang: Lang) -> None:
    wished = _wished(found)
    value, low, high = (
        100.0 * np.asarray([getattr(point.kept[0], key) for point in found.points])
        for key in ("probability", "low", "high")
    )
    axes.plot(wished, wished, color=FAINT, linestyle=":", label=say("confidence.figure.same", lang))
    axes.vlines(wished, low, high, color=INK, linewidth=1.2)
    axes.plot(wished, value, "o", color=BLUE, markeredgecolor=INK)
    axes.axhline(100.0 * found.expected_kept[0].probability, color=ORANGE, linewidth=1.2, linestyle="-.")
    axes.set_ylim(0.0, 100.0)
    axes.set_title(say("confidence.figure.reached", lang), fontsize=8.5, loc="left", color=SOFT)
    axes.set_xlabel(say("confidence.figure.wished", lang), fontsize=8.5, loc="right")
    axes.legend(loc="upper left", fontsize=9.0)
    number_axis(axes, lang)
    number_axis(axes, lang, horizontal=True)


def drawn_confidence(
    found: Curve, region: Region, lang: Lang, *, names: str, scenario: str
) -> tuple[dict[str, bytes], str]:
    """The figure as SVG and PNG by the ending of its file, and its title."""
    with drawing():
        figure, title = confidence_figure(found, region, lang, names=names, scenario=scenario)
        return render(figure, title), title
