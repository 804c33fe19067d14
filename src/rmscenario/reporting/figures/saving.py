"""One drawing of a figure gives its SVG and its PNG: whatever is laid out is laid out once."""
# mypy: disable-error-code="no-untyped-call,no-any-return"
# (matplotlib's renderers have no types)

from __future__ import annotations

import struct
import zlib
from io import StringIO
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

_POINTS_PER_INCH = 72.0
_METRES_PER_INCH = 0.0254
#: Flat colours: more than level 2 takes longer and saves nothing worth it.
_COMPRESSION = 2


class _Svg(RendererSVG):
    """Writes SVG in pixels: what matplotlib hands over in points, strokes and fonts, is brought to the same measure."""

    def __init__(self, width: float, height: float, out: StringIO, scale: float, title: str) -> None:
        super().__init__(width, height, out, metadata={"Date": None, "Title": title, "Creator": "rmscenario"})
        self._scale = scale

    def _in_pixels(self, gc: GraphicsContextBase) -> GraphicsContextBase:
        scaled = self.new_gc()
        scaled.copy_properties(gc)
        scaled.set_linewidth(gc.get_linewidth() * self._scale)
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            scaled.set_dashes((offset or 0.0) * self._scale, np.asarray(dashes, dtype=np.float64) * self._scale)
        return scaled

    def draw_path(self, gc: GraphicsContextBase, *args: Any, **kwargs: Any) -> None:
        """Draw a path."""
        super().draw_path(self._in_pixels(gc), *args, **kwargs)

    def draw_markers(self, gc: GraphicsContextBase, *args: Any, **kwargs: Any) -> None:
        """Draw markers."""
        super().draw_markers(self._in_pixels(gc), *args, **kwargs)

    def draw_path_collection(self, *args: Any, **kwargs: Any) -> None:
        """Draw many paths, each with `draw_path`."""
        RendererBase.draw_path_collection(self, *args, **kwargs)

    def draw_text(  # noqa: PLR0917  matplotlib's signature
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """Draw a text."""
        prop = prop.copy()
        prop.set_size(prop.get_size_in_points() * self._scale)
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)


class _Both(RendererBase):
    """Draws a picture and writes SVG at once; both measure in the picture's pixels. Images are not drawn."""

    def __init__(self, width: float, height: float, dpi: float, title: str) -> None:
        super().__init__()
        self.out = StringIO()
        self.picture = RendererAgg(width, height, dpi)
        self.svg = _Svg(width, height, self.out, dpi / _POINTS_PER_INCH, title)

    def flipy(self) -> bool:
        """Whether y points down."""
        return True

    def points_to_pixels(self, points: Any) -> Any:
        """Points in the picture's pixels."""
        return self.picture.points_to_pixels(points)

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Size [pixel]."""
        return self.picture.get_canvas_width_height()

    def get_text_width_height_descent(self, *args: Any, **kwargs: Any) -> Any:
        """Size of a text [pixel]."""
        return self.picture.get_text_width_height_descent(*args, **kwargs)

    def open_group(self, *args: Any, **kwargs: Any) -> None:
        """Begin a group; pictures have none."""
        self.svg.open_group(*args, **kwargs)

    def close_group(self, *args: Any, **kwargs: Any) -> None:
        """End a group."""
        self.svg.close_group(*args, **kwargs)

    def draw_path(self, *args: Any, **kwargs: Any) -> None:
        """Draw a path."""
        self.picture.draw_path(*args, **kwargs)
        self.svg.draw_path(*args, **kwargs)

    def draw_markers(self, *args: Any, **kwargs: Any) -> None:
        """Draw markers."""
        self.picture.draw_markers(*args, **kwargs)
        self.svg.draw_markers(*args, **kwargs)

    def draw_path_collection(self, *args: Any, **kwargs: Any) -> None:
        """Draw many paths."""
        self.picture.draw_path_collection(*args, **kwargs)
        self.svg.draw_path_collection(*args, **kwargs)

    def draw_text(self, *args: Any, **kwargs: Any) -> None:
        """Draw a text."""
        self.picture.draw_text(*args, **kwargs)
        self.svg.draw_text(*args, **kwargs)


def render(figure: Figure, title: str) -> dict[str, bytes]:
    """A figure as SVG and PNG, by the ending of its file; call inside `drawing`."""
    width, height = (round(length) for length in figure.bbox.size)
    both = _Both(width, height, figure.dpi, title)
    figure.draw(both)
    both.svg.finalize()
    svg = _in_points(both.out.getvalue(), figure.dpi / _POINTS_PER_INCH)
    return {".svg": svg.encode(), ".png": png(np.asarray(both.picture.buffer_rgba())[..., :3], figure.dpi, title)}


def _in_points(svg: str, scale: float) -> str:
    """The SVG at its size on paper, its hatches as wide as the picture's."""
    head, box, rest = svg.partition("viewBox")
    for side in ("width", "height"):
        before, name, after = head.partition(f' {side}="')
        length, unit, after = after.partition('pt"')
        head = f"{before}{name}{float(length) / scale:g}{unit}{after}"
    hatch = 'patternUnits="userSpaceOnUse"'
    return head + box + rest.replace(hatch, f'{hatch} patternTransform="scale({scale:.6g})"')


def png(pixels: npt.NDArray[np.uint8], dpi: float, title: str) -> bytes:
    """Red, green and blue of each pixel (row, column, 3) as PNG.

    Rows are not filtered: on flat colours that is half the time of a general writer, and smaller.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)  # each row begins with its filter: 0, none
    rows[:, 1:] = pixels.reshape(height, -1)
    per_metre = round(dpi / _METRES_PER_INCH)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        (b"iTXt", b"Title\0\0\0\0\0" + title.encode()),
        (b"IDAT", zlib.compress(rows.data, _COMPRESSION)),
        (b"IEND", b""),
    )
    whole = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)
