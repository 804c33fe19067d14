"""What confidence costs: priced cost, net and bound at each confidence wished for, and what is reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rmscenario.region import Region
from rmscenario.reporting.figures.saving import render
from rmscenario.reporting.figures.style import drawing, number_axis, page
from rmscenario.reporting.language import MILLION, Lang, money, number, percent, percent_asked, percent_reached, say
from rmscenario.reporting.palette import BLUE, FAINT, GREEN, INK, ORANGE, SOFT
from rmscenario.risk.bound import CERTAIN
from rmscenario.risk.curve import Curve, Point

FloatArray = npt.NDArray[np.float64]


def confidence_figure(found: Curve, region: Region, lang: Lang, *, names: str, scenario: str) -> tuple[Figure, str]:
    """Money on the left, what is reached of the first wish on the right, and the finding that is the title.

    Parameters
    ----------
    names, scenario : str
        Of the targets and of the scenario in the language.
    """
    title = _title(found, lang)
    sheet = page(
        region,
        lang,
        title=title,
        subtitle=say("confidence.figure.subtitle", lang, names=names, scenario=scenario),
        notes=_notes(found, lang),
        size=(12.0, 6.6),
    )
    bottom, top = sheet.bottom + 0.10, sheet.top - 0.08
    _money(sheet.figure.add_axes((sheet.left + 0.06, bottom, 0.48, top - bottom)), found, lang)
    _reached(sheet.figure.add_axes((sheet.right - 0.30, bottom, 0.29, top - bottom)), found, lang)
    return sheet.figure, title


def _title(found: Curve, lang: Lang) -> str:
    """What is reached of the first wish where the scenario's own wishes are asked for, and what that costs net."""
    wished = percent_asked(found.expected_kept[0].confidence, lang)
    if found.asked is None:
        return say("confidence.figure.unreached", lang, wished=wished)
    reached = percent_reached(found.asked.kept[0].probability, lang, found.asked.kept[0].confidence)
    if found.asked.added == found.asked.dropped == 0:
        return say("confidence.figure.expected_best", lang, wished=wished, reached=reached)
    key, amount = "below" if found.asked.premium < 0 else "above", money(abs(found.asked.premium), lang)
    return say(f"confidence.figure.{key}", lang, wished=wished, reached=reached, amount=amount)


def _notes(found: Curve, lang: Lang) -> list[str]:
    notes = [say("confidence.figure.note", lang, fresh=number(found.fresh_draws, lang))]
    if found.bound_draws:
        notes.append(say("confidence.figure.note.bound", lang, certain=percent(CERTAIN, lang)))
    if not all(point.kept[0].met for point in _drawn(found)):
        notes.append(say("confidence.figure.note.hollow", lang))
    if _own(found):
        notes.append(say("confidence.figure.note.several", lang))
    return notes


def _own(found: Curve) -> list[Point]:
    """The scenario's own wishes, where they are no point of the curve."""
    return [found.asked] if found.differing and found.asked is not None else []


def _drawn(found: Curve) -> list[Point]:
    return [*found.points, *_own(found)]


def _wished(points: Sequence[Point]) -> FloatArray:
    return 100.0 * np.asarray([point.confidence for point in points])


def _mark(axes: Axes, found: Curve, heights: Callable[[Point], float]) -> None:
    """Points, hollow where the plan lacks the confidence; the scenario's own as a diamond."""
    for point in _drawn(found):
        face = BLUE if point.kept[0].met else "white"
        shape = "D" if point in _own(found) else "o"
        axes.plot(100.0 * point.confidence, heights(point), shape, color=BLUE, markerfacecolor=face, zorder=3)


def _money(axes: Axes, found: Curve, lang: Lang) -> None:
    wished = _wished(found.points)
    for key, colour, style, marker in (("value", BLUE, "-", ""), ("npv", GREEN, "--", "s"), ("bound", FAINT, ":", "")):
        amounts = np.asarray([getattr(point, key) for point in found.points]) / MILLION
        known = np.isfinite(amounts)
        if known.any():
            label = say(f"confidence.figure.{'net' if key == 'npv' else key}", lang)
            axes.plot(wished[known], amounts[known], style, color=colour, marker=marker or None, label=label)
    _mark(axes, found, lambda point: point.value / MILLION)
    expected = found.expected_npv / MILLION
    axes.axhline(expected, color=ORANGE, linewidth=1.2, linestyle="-.", label=say("confidence.figure.expected", lang))
    axes.set_title(say("confidence.figure.money", lang), fontsize=8.5, loc="left", color=SOFT)
    axes.set_xlabel(say("confidence.figure.wished", lang), fontsize=8.5, loc="right")
    axes.legend(loc="best", fontsize=9.0)
    number_axis(axes, lang)
    number_axis(axes, lang, horizontal=True)


def _reached(axes: Axes, found: Curve, lang: Lang) -> None:
    points = _drawn(found)
    low, high = (100.0 * np.asarray([getattr(point.kept[0], key) for point in points]) for key in ("low", "high"))
    wished = _wished(found.points)
    axes.plot(wished, wished, color=FAINT, linestyle=":", label=say("confidence.figure.same", lang))
    axes.vlines(_wished(points), low, high, color=INK, linewidth=1.2)
    _mark(axes, found, lambda point: 100.0 * point.kept[0].probability)
    expected = 100.0 * found.expected_kept[0].probability
    axes.axhline(expected, color=ORANGE, linewidth=1.2, linestyle="-.")
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
