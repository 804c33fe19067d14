"""Parts of what the chart library draws, as plain data: frames, lines, areas, bars and marks.

Texts are final: the page shows them as they are, and fills no places in them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from rmscenario.reporting.labels import spread
from rmscenario.reporting.palette import BLUE, FAINT, GREEN, GRID, INK, ORANGE, PURPLE, SKY, SOFT, YELLOW

Option = dict[str, Any]
Dash = str | list[int]

#: Colour and pattern of layers (tracks, grades), in order.
LAYERS = (
    (BLUE, {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": -0.8, "color": "#ffffff66"}),
    (ORANGE, {"symbol": "circle", "symbolSize": 0.5, "dashArrayX": [[6, 6]], "dashArrayY": [6], "color": "#ffffff88"}),
    (GREEN, {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": 0.8, "color": "#ffffff66"}),
    (PURPLE, {"symbol": "rect", "dashArrayX": [2, 6], "dashArrayY": [1, 0], "color": "#ffffff66"}),
    (SKY, {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 6], "color": "#ffffff88"}),
    (YELLOW, {"symbol": "none"}),
    (FAINT, {"symbol": "none"}),
)
#: [px] Below this width labels beside lines give way to the legend.
NARROW = 560
#: [px] Room for labels beside the ends of lines.
BESIDE = 150
#: [px] A label of two lines beside the end of a line.
_LABEL = 33
#: [px] Room below for the name of a horizontal axis, above for that of a vertical one, where there is none, and for years.
NAMED, _AXIS_NAME, _NO_NAME, _EDGE, _YEARS = 34, 42, 20, 12, 20
#: [px] Width of a figure on a small screen or on paper, and on a phone: labels have room on anything wider.
WIDE, THIN = 600, 335
#: [px] A row of a legend, what an item has beside its text, and a letter of that.
_LEGEND_ROW, _LEGEND_ITEM, _LETTER = 25, 54, 6.2
#: [px] Outline of bars.
_OUTLINE = 0.7
#: [px] Room for names beside horizontal bars, and on a narrow page.
_NAMES, _NAMES_THIN = 150, 128
#: [1] Steps of an axis of amounts, at most.
_STEPS = 6
_TEXT = {
    "fontFamily": "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    "color": INK,
    "fontSize": 12,
}


def frame(
    *,
    x: Option,
    y: Option,
    series: Sequence[Option],
    height: int,
    beside: int = 24,
    legend: bool = True,
    above: int = 0,
    narrow: Sequence[Option] = (),
) -> Option:
    """A chart with one pair of axes, and what changes on a narrow page.

    Parameters
    ----------
    height : int
        Height of the figure [px].
    beside, above : int
        Room at the right and above for labels [px].
    narrow : sequence of dict
        What is different of each series on a narrow page, beside the labels at the ends of lines.
    """
    names = [item["name"] for item in _once(series)] if legend else []
    named = _AXIS_NAME if y.get("name") else _NO_NAME
    wide, thin = (_rows(names, width) * _LEGEND_ROW + named + above for width in (WIDE, THIN))
    bottom = NAMED if x.get("nameLocation") == "middle" else _EDGE
    option: Option = {
        "animation": False,
        "textStyle": _TEXT,
        "grid": {"left": 12, "right": beside, "top": wide, "bottom": bottom, "containLabel": True},
        "tooltip": tooltip(),
        "xAxis": x,
        "yAxis": y,
    }
    if legend:
        option["legend"] = {
            "data": [_explained(item) for item in _once(series)], "selectedMode": False, "top": 0, "left": 0, "itemWidth": 34, "itemGap": 10, "itemStyle": {"borderWidth": _OUTLINE},
            "textStyle": {"color": INK},
        }  # fmt: skip
    option["series"] = [{key: value for key, value in item.items() if key != "legend"} for item in series]
    if "max" in y:
        _apart(option["series"], pixels=(height - wide - bottom - _YEARS) / float(y["max"]))
    ends = any("endLabel" in item for item in series)
    changed: Option = {
        "grid": {"left": 2, "right": 14 if ends else beside, "top": thin},
        "series": [_thin(item) | (narrow[number] if narrow else {}) for number, item in enumerate(series)],
    }
    if "width" in y.get("axisLabel", {}):
        changed["yAxis"] = {"axisLabel": {"width": _NAMES_THIN, "fontSize": 11, "lineHeight": 12}}
    if legend:
        changed["legend"] = {"textStyle": {"fontSize": 11, "width": THIN - 45, "overflow": "break"}}
    return {"baseOption": option, "media": [{"query": {"maxWidth": NARROW}, "option": changed}]}


def _thin(item: Option) -> Option:
    """What a series goes without on a narrow page: labels beside the ends of lines, and names of what is shaded."""
    gone: Option = {"endLabel": {"show": False}} if "endLabel" in item else {}
    if "markArea" in item:
        shades = [[begin | {"label": {"show": False}}, end] for begin, end in item["markArea"]["data"]]
        gone["markArea"] = {"data": shades}
    return gone


def _rows(names: Sequence[str], width: int) -> int:
    """Rows of a legend."""
    rows, used = min(1, len(names)), 0.0
    for text in names:
        wanted = _LEGEND_ITEM + _LETTER * len(text)
        if used and used + wanted > width:
            rows, used = rows + 1, 0.0
        used += wanted
    return rows


def _apart(series: Sequence[Option], *, pixels: float) -> None:
    """Move the labels beside the ends of lines apart; `pixels` are those of one of the unit shown."""
    ends = [item for item in series if "endLabel" in item]
    last = [item["data"][-1] for item in ends]
    at = [pixels * float(value["value"] if isinstance(value, dict) else value) for value in last]
    for item, before, after in zip(ends, at, spread(at, [_LABEL] * len(at)), strict=True):
        item["endLabel"]["offset"] = [0, round(before - after, 1)]


def _once(series: Sequence[Option]) -> list[Option]:
    """The series that the legend explains: one of each name."""
    return list({item["name"]: item for item in reversed(series) if item.get("legend", True)}.values())[::-1]


def _explained(item: Option) -> Option:
    """What the legend shows of a series: its line without the library's own dot, or a patch of its area."""
    if "areaStyle" in item and "step" not in item:
        return {"name": item["name"], "icon": "roundRect", "itemStyle": {"opacity": item["areaStyle"]["opacity"]}}
    if item.get("symbol") == "none":
        return {"name": item["name"], "itemStyle": {"opacity": 0}}
    return {"name": item["name"]}


def scaled(highest: float, name: str = "") -> Option:
    """An axis of amounts from nothing to a round amount above the highest."""
    step = 10.0 ** math.floor(math.log10(max(highest, 1e-9) / _STEPS))
    step *= next(round_ for round_ in (1.0, 2.0, 2.5, 5.0, 10.0) if round_ * step * _STEPS >= highest)
    return amounts(name, min=0, max=round(step * math.ceil(highest / step), 9), interval=round(step, 9))


def tooltip(kind: str = "axis") -> Option:
    """What stands beside the pointer; its lines come with the figure."""
    return {"trigger": kind, "confine": True, "axisPointer": {"type": "line", "lineStyle": {"color": FAINT}}}


def places(names: Sequence[str], **more: Any) -> Option:
    """An axis of names or years."""
    return {
        "type": "category", "data": list(names), "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": FAINT}}, "axisLabel": {"color": SOFT, "hideOverlap": True},
    } | more  # fmt: skip


def names(texts: Sequence[str]) -> Option:
    """A vertical axis of names, the first at the top, broken where they are long."""
    label = {"width": _NAMES, "overflow": "break", "color": SOFT, "lineHeight": 14, "interval": 0}
    return places(texts, inverse=True, axisLabel=label)


def amounts(name: str = "", **more: Any) -> Option:
    """An axis of amounts, whose numbers the page writes as its language does."""
    return {
        "type": "value", "name": name, "nameTextStyle": {"align": "left", "color": SOFT, "padding": [0, 0, 0, -6]},
        "axisLabel": {"color": SOFT, "hideOverlap": True}, "splitLine": {"lineStyle": {"color": GRID}},
    } | more  # fmt: skip


def across(name: str, **more: Any) -> Option:
    """A horizontal axis of amounts with its name below, where nothing else would say what they are."""
    below = {"nameLocation": "middle", "nameGap": 28, "nameTextStyle": {"color": SOFT}}
    return amounts(name, **(below | more))


def line(
    name: str,
    data: Sequence[Any],
    colour: str,
    *,
    dash: Dash = "solid",
    width: float = 2.0,
    symbol: str = "none",
    end: str = "",
    end_colour: str = "",
    **more: Any,
) -> Option:
    """A line; `end` stands beside its last point."""
    item: Option = {
        "type": "line", "name": name, "data": list(data), "symbol": symbol, "symbolSize": 7, "connectNulls": True,
        "showAllSymbol": True, "lineStyle": {"color": colour, "type": dash, "width": width},
        "itemStyle": {"color": colour}, "emphasis": {"disabled": True}, "z": 3,
    }  # fmt: skip
    if end:
        item["endLabel"] = {
            "show": True, "formatter": end, "color": end_colour or colour, "fontWeight": "bold", "fontSize": 11.5,
            "lineHeight": 15, "width": BESIDE - 16, "overflow": "break", "align": "left",
        }  # fmt: skip
    return item | more


def area(
    name: str,
    data: Sequence[Any],
    colour: str,
    *,
    stack: str,
    opacity: float = 0.85,
    edge: float = 0.0,
    **more: Any,
) -> Option:
    """A layer of a stack of areas, with an edge of some width [px] above."""
    layer: Option = {"stack": stack, "areaStyle": {"color": colour, "opacity": opacity}, "z": 2}
    return line(name, data, colour, width=edge, **more) | layer


def bars(
    name: str, data: Sequence[Any], colour: str, *, pattern: Mapping[str, Any] | None = None, **more: Any
) -> Option:
    """Bars, with an edge that stands out where their colour does not; there is no bar, and no edge, of nothing."""
    style: Option = {"color": colour, "borderColor": SOFT, "borderWidth": _OUTLINE}
    if pattern is not None:
        style["decal"] = dict(pattern)
    return {
        "type": "bar", "name": name, "data": [value or None for value in data], "itemStyle": style, "emphasis": {"disabled": True},
        "barMaxWidth": 30,
    } | more  # fmt: skip


def labelled(value: float, text: str, **more: Any) -> Option:
    """A bar's value with the text beside it."""
    label = {"show": True, "position": "right", "formatter": text, "color": INK, "fontSize": 12}
    return {"value": value, "label": label} | more


def mark(at: Mapping[str, Any], text: str, colour: str, dash: Dash, *, width: float = 1.6, **label: Any) -> Option:
    """A straight line across the axes with its text."""
    return dict(at) | {
        "lineStyle": {"color": colour, "type": dash, "width": width},
        "label": {"show": bool(text), "formatter": text, "color": colour, "fontSize": 11.5} | label,
    }


def marks(lines: Sequence[Any]) -> Option:
    """Lines across the axes, which the pointer passes over."""
    return {"silent": True, "symbol": "none", "data": list(lines), "emphasis": {"disabled": True}}
