"""Sentences under headings, and the lines that the terminal shows of them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

WIDTH = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A heading and what is said under it; a tuple belongs to the sentence before it."""

    heading: str
    sentences: tuple[str | tuple[str, ...], ...]


def tidy(text: str) -> str:
    """A text in which an abbreviation at the end of a sentence keeps one full stop."""
    return text.replace("kr..", "kr.")


def wrap(text: str, indent: str = "  ") -> list[str]:
    """Lines of a text."""
    return textwrap.wrap(
        tidy(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def told_lines(told: Told) -> list[str]:
    """The heading and the sentences as lines."""
    lines = [told.heading]
    for sentence in told.sentences:
        if isinstance(sentence, str):
            lines += wrap(sentence)
        else:
            lines += [line for text in sentence for line in wrap(text, "    ")]
    return lines
