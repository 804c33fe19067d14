"""A text in Danish and English."""

from __future__ import annotations

from typing import NamedTuple


class Bilingual(NamedTuple):
    """A text in both languages, with the same places in braces."""

    da: str
    en: str
