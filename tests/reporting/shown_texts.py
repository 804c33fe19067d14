"""Where the texts of a figure stand, measured."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

#: [pixel] Text boxes reach a little over their letters.
_SLACK = 0.5


def faults(figure: Figure) -> list[str]:
    """Texts that leave the page, or stand on each other; a legend counts as a whole, with its lines and patches."""
    boxes = list(_boxes(figure))
    page = figure.bbox.padded(_SLACK)
    found = [
        f"{text!r} leaves the page"
        for text, box in boxes
        if not (page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1)
    ]
    for (one, box), (other, under) in combinations(boxes, 2):
        shared = Bbox.intersection(box, under)
        if shared is not None and min(shared.width, shared.height) > _SLACK:
            found.append(f"{one!r} stands on {other!r}")
    return found


def _boxes(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    figure.draw_without_rendering()
    legends = figure.findobj(Legend)
    within = {id(text) for legend in legends for text in legend.findobj(Text)} | _never_drawn(figure)
    for legend in legends:
        yield "/".join(text.get_text() for text in legend.get_texts()), legend.get_window_extent()
    for text in figure.findobj(Text):
        if id(text) in within or not text.get_visible() or not text.get_text().strip():
            continue
        patch = text.get_bbox_patch()
        yield text.get_text(), Text.get_window_extent(text) if patch is None else patch.get_window_extent()


def _never_drawn(figure: Figure) -> set[int]:
    """Labels of ticks that matplotlib keeps and does not draw: of axes that are off, or outside an axis' limits."""
    hidden = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if not axes.axison or not low <= tick.get_loc() <= high:
                    hidden |= {id(tick.label1), id(tick.label2)}
    return hidden
