"""Parts of what the chart library draws, as plain data: frames, lines, areas, bars and marks.

Texts are final: the page shows them as they are, and fills no places in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
BESIDE = 190
_TEXT = {
    "fontFamily": "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    "color": INK,
    "fontSize": 12,
}


def frame(
    *, x: Option, y: Option, series: Sequence[Option], beside: int = 24, legend: bool = True, top: int = 74
) -> Option:
    """A chart with one pair of axes, and what changes on a narrow page.

    Parameters
    ----------
    beside : int
        Room at the right for labels [px].
    top : int
        Room above for legend and axis title [px].
    """
    option: Option = {
        "animation": False,
        "textStyle": _TEXT,
        "grid": {"left": 12, "right": beside, "top": top if legend else 44, "bottom": 12, "containLabel": True},
        "tooltip": tooltip(),
        "xAxis": x,
        "yAxis": y,
        "series": list(series),
    }
    if legend:
        shown = [item["name"] for item in series if item.get("legend", True)]
        option["legend"] = {
            "data": shown, "top": 0, "left": 0, "itemWidth": 34, "itemGap": 14, "textStyle": {"color": INK},
        }  # fmt: skip
    for item in series:
        item.pop("legend", None)
    labelled = [{"endLabel": {"show": False}} if "endLabel" in item else {} for item in series]
    narrow: Option = {"grid": {"left": 2, "right": 14, "top": top + 44 if legend else 44}, "series": labelled}
    return {"baseOption": option, "media": [{"query": {"maxWidth": NARROW}, "option": narrow}]}


def tooltip(kind: str = "axis") -> Option:
    """What stands beside the pointer; its lines come with the figure."""
    return {"trigger": kind, "confine": True, "axisPointer": {"type": "line", "lineStyle": {"color": FAINT}}}


def places(names: Sequence[str], **more: Any) -> Option:
    """An axis of names or years."""
    return {
        "type": "category", "data": list(names), "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": FAINT}}, "axisLabel": {"color": SOFT, "hideOverlap": True},
    } | more  # fmt: skip


def amounts(name: str = "", **more: Any) -> Option:
    """An axis of amounts, whose numbers the page writes as its language does."""
    return {
        "type": "value", "name": name, "nameTextStyle": {"align": "left", "color": SOFT, "padding": [0, 0, 0, -6]},
        "axisLabel": {"color": SOFT, "hideOverlap": True}, "splitLine": {"lineStyle": {"color": GRID}},
    } | more  # fmt: skip


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
        item["labelLayout"] = {"moveOverlap": "shiftY"}
    return item | more


def area(name: str, data: Sequence[Any], colour: str, *, stack: str, opacity: float = 0.85, **more: Any) -> Option:
    """A layer of a stack of areas."""
    return (
        line(name, data, colour, width=0.0, **more)
        | {"stack": stack, "areaStyle": {"color": colour, "opacity": opacity}, "z": 2}
    )  # fmt: skip


def bars(
    name: str, data: Sequence[Any], colour: str, *, pattern: Mapping[str, Any] | None = None, **more: Any
) -> Option:
    """Bars."""
    style: Option = {"color": colour}
    if pattern is not None:
        style["decal"] = dict(pattern)
    return {
        "type": "bar", "name": name, "data": list(data), "itemStyle": style, "emphasis": {"disabled": True},
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
