"""Lines of text for the terminal."""

from __future__ import annotations

import textwrap

WIDTH = 96


def wrap(text: str, indent: str = "  ") -> list[str]:
    """Lines of a text; an abbreviation at the end of a sentence keeps one full stop."""
    text = text.replace("kr..", "kr.")
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
