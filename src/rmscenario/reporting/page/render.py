"""The report as one file: both languages, styles, script and chart library inside, and nothing asked from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from rmscenario.reporting.language import Lang, say
from rmscenario.reporting.page.parts import Figure, Page
from rmscenario.reporting.sheets import Cell, Column, cell_text
from rmscenario.reporting.text import tidy

_BUNDLED = files("rmscenario.reporting.page") / "bundled"
LIBRARY = "echarts/echarts.common.min.js"
#: What would end a script element or a line of script inside data, and what stands for it there.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@cache
def bundled(name: str) -> str:
    """Text of a file that comes with the report."""
    return _BUNDLED.joinpath(name).read_text(encoding="utf-8").rstrip("\n")


def data(content: object) -> Markup:
    """Content as JSON that nothing inside it can break out of."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704  every sign that means something to HTML is escaped


def checksum(text: str) -> str:
    """How a content security policy names a script or a style that may be used."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy() -> str:
    """The content security policy: the scripts of the report alone, no request to anywhere.

    Styles are allowed as they stand in the page, since the chart library sets them on what it draws.
    """
    scripts = " ".join(checksum(bundled(name)) for name in (LIBRARY, "report.js"))
    return f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def _drawn(figure: Figure) -> Mapping[str, object]:
    """What the script gets of a figure."""
    drawn: dict[str, object] = {"option": figure.option, "said": figure.said}
    if figure.filtered is not None:
        drawn |= {"years": figure.filtered.years, "tracks": figure.filtered.series}
    return drawn


def report(pages: Mapping[Lang, Page], opens: Lang) -> str:
    """The report in all its languages.

    Parameters
    ----------
    opens : Lang
        The language it opens in.
    """

    def cell(value: Cell, column: Column, lang: Lang) -> str:
        return tidy(cell_text(value, column, lang))

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"cell": cell, "tidy": tidy}
    environment.globals |= {"say": say}
    template = environment.from_string(bundled("report.html.j2"))
    return template.render(
        pages=pages,
        opens=opens,
        policy=policy(),
        style=Markup(bundled("report.css")),  # noqa: S704  comes with the package
        library=Markup(bundled(LIBRARY)),  # noqa: S704
        script=Markup(bundled("report.js")),  # noqa: S704
        content=data(
            {
                lang: {
                    "title": page.title,
                    "words": page.words,
                    "figures": {figure.name: _drawn(figure) for figure in page.figures},
                }
                for lang, page in pages.items()
            }
        ),
    )
