"""Danish and English: which language, how it writes numbers, and how it names rows and amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import ceil, sqrt
from typing import Protocol

from rmscenario.errors import RmscenarioError
from rmscenario.reporting.catalogue import TEXTS

MINUS = "\u2212"
HARD_SPACE = "\u00a0"
#: [1] From this many of the inside unit on, an amount is shown in its thousand-fold.
LARGE = 10_000.0
#: [draws] Below this the share of draws is said with their number, not as a probability.
FEW_DRAWS = 100
#: Decimals of an error in percentage points; one that is less than half of the last says nothing.
POINT_DECIMALS = 2
#: Decimals of a share in per cent beyond which there is nothing but rounding.
SHARE_DECIMALS = 9
#: [1] From here on a number reads 100 with one decimal left, and 10 with two.
_ROUNDS_TO_100, _ROUNDS_TO_10, _ROUNDS_TO_NOTHING = 99.95, 9.995, 0.005
MILLION, BILLION = 1e6, 1e9


class Lang(StrEnum):
    """Languages of figures, documents and texts."""

    DA = "da"
    EN = "en"


_DAYS = {Lang.DA: "%d.%m.%Y", Lang.EN: "%d/%m/%Y"}


class Named(Protocol):
    """A row with a name in each language."""

    @property
    def name_da(self) -> str:
        """Danish name."""

    @property
    def name_en(self) -> str:
        """English name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How amounts of a quantity are shown: multiplied by `factor`, in `unit` (`per_year` where they are rates)."""

    factor: float
    unit: str
    per_year: str


_SCALES: dict[str, tuple[tuple[float, str, str], tuple[float, str, str]]] = {
    "tCO2e": ((1.0, "t CO₂e", "t CO₂e"), (1e-3, "kt CO₂e", "kt CO₂e")),
    "MWh": ((1.0, "MWh", "MWh"), (1e-3, "GWh", "GWh")),
    "m3": ((1.0, "m³", "m³"), (1.0, "m³", "m³")),
    "t": ((1.0, "t", "t"), (1.0, "t", "t")),
    "DKK": ((1.0, "kr.", "DKK"), (1e-6, "mio. kr.", "DKK million")),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """A text of the catalogue, its places filled."""
    try:
        text = TEXTS[key]
    except KeyError:
        raise RmscenarioError(f"catalogue: found no text {key!r}, expected one in both languages; add it") from None
    return (text.da if lang is Lang.DA else text.en).format(**values)


def counted(key: str, count: int, lang: Lang, **values: object) -> str:
    """A text of the catalogue with a count; `key.none` and `key.one` stand for it where there are such texts."""
    special = {0: f"{key}.none", 1: f"{key}.one"}.get(count, key)
    return say(special if special in TEXTS else key, lang, count=number(count, lang), **values)


def name(row: Named, lang: Lang) -> str:
    """A row's name."""
    return row.name_da if lang is Lang.DA else row.name_en


def number(value: float, lang: Lang, decimals: int = 0) -> str:
    """A number as the language writes it: 1.234,5 in Danish, 1,234.5 in English, with a true minus sign."""
    text = f"{abs(value):,.{decimals}f}"
    if lang is Lang.DA:
        text = text.translate(str.maketrans(",.", ".,"))
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return (MINUS if negative else "") + text


def brief(value: float, lang: Lang) -> str:
    """A number with three digits that matter: 0,25 · 12,3 · 345 · 6.789; 0 where none of them is left."""
    return number(value, lang, _decimals(abs(value)))


def alike(values: Sequence[float], lang: Lang) -> list[str]:
    """Numbers that stand beside each other: all with the decimals that `brief` gives the largest of them."""
    decimals = _decimals(max((abs(value) for value in values), default=0.0))
    return [number(value, lang, decimals) for value in values]


def _decimals(size: float) -> int:
    return 0 if size >= _ROUNDS_TO_100 or size < _ROUNDS_TO_NOTHING else 1 if size >= _ROUNDS_TO_10 else 2


def shows_nothing(value: float) -> bool:
    """Whether a number is too small for `brief` to show a digit of it."""
    return not any(digit in "123456789" for digit in brief(value, Lang.EN))


def percent(share: float, lang: Lang, decimals: int = 0) -> str:
    """A share as per cent: 0.31 → 31 %."""
    sign = HARD_SPACE if lang is Lang.DA else ""
    return f"{number(100.0 * share, lang, decimals)}{sign}%"


def percent_asked(share: float, lang: Lang) -> str:
    """A share that is asked for, as per cent with all its digits: 0.8 → 80 %, 0.999 → 99.9 %."""
    whole = Decimal(repr(round(100.0 * share, SHARE_DECIMALS))).normalize()
    return percent(share, lang, max(0, -int(whole.as_tuple().exponent)))


def percent_reached(share: float, lang: Lang, asked: float | None = None) -> str:
    """A share of draws as per cent: with one decimal, and with as many more as it takes to differ from what it is not.

    It is told apart from none, from all, and from the share `asked` for.
    """
    others = [other for other in (0.0, 1.0, asked) if other is not None and other != share]

    def told_apart(decimals: int) -> bool:
        return all(percent(share, lang, decimals) != percent(other, lang, decimals) for other in others)

    decimals = next((count for count in range(1, SHARE_DECIMALS) if told_apart(count)), SHARE_DECIMALS)
    return percent(share, lang, decimals)


def probability(share: float, lang: Lang, draws: int | None = None, between: tuple[float, float] | None = None) -> str:
    """A probability in per cent that claims no certainty that its draws do not give: < 0.1 %, > 99.9 %.

    The bound is that of 95 % certainty, on the safe side: (k + 1.645 √k + 3) / n for k of n draws; 3 / n for none.

    Parameters
    ----------
    between : (float, float), optional
        Confidence interval; how far it reaches is said where the digits shown would hide it.
    """
    if draws is not None and draws < FEW_DRAWS:
        few = say("probability.few", lang, draws=number(draws, lang))
        return f"{percent(share, lang)} ({few})"
    rare = min(share, 1.0 - share)
    bound = 0.001 if draws is None else max(0.001, rare + 1.645 * sqrt(max(rare, 0.0) / draws) + 3.0 / draws)
    bound = ceil(round(bound * 1000.0, 6)) / 1000.0
    if share < 0.001:
        return f"<{HARD_SPACE}{percent(bound, lang, 1)}"
    if share > 0.999:
        return f">{HARD_SPACE}{percent(1.0 - bound, lang, 1)}"
    text = percent(share, lang, 1 if share < 0.1 or share > 0.9 else 0)
    points = 0.0 if between is None else 100.0 * max(between[1] - share, share - between[0])
    if points < 0.5 * 10.0**-POINT_DECIMALS:
        return text
    shown = number(points, lang, 1 if points >= 1.0 else POINT_DECIMALS)
    return say("probability.between", lang, probability=text, points=shown)


def scale_of(measure: str, largest: float, lang: Lang) -> Scale:
    """How to show amounts in an inside unit of which the largest is `largest`."""
    stem = measure.removesuffix("/a")
    pair = _SCALES.get(stem, ((1.0, stem, stem), (1.0, stem, stem)))
    factor, danish, english = pair[abs(largest) >= LARGE]
    unit = danish if lang is Lang.DA else english
    per_year = say("per_year", lang, unit=unit) if measure.endswith("/a") else unit
    return Scale(factor=factor, unit=unit, per_year=per_year)


def percent_beside(share: float, goal: float, lang: Lang, decimals: int = 0) -> str:
    """A share that misses its goal as per cent: with one more decimal where both would read the same."""
    same = percent(share, lang, decimals) == percent(goal, lang, decimals)
    return percent(share, lang, decimals + same)


def money(amount: float, lang: Lang) -> str:
    """An amount of DKK in words: 12,3 mio. kr. or DKK 1.20 billion."""
    billions = abs(amount) >= BILLION
    value = brief(amount / (BILLION if billions else MILLION), lang)
    return say("money.billion" if billions else "money.million", lang, value=value).replace(" ", HARD_SPACE)


def measured(value: float, unit: str, lang: Lang) -> str:
    """A number with its unit, kept on one line."""
    return f"{brief(value, lang)} {unit}".replace(" ", HARD_SPACE)


def day(when: date, lang: Lang) -> str:
    """A date as the language writes it."""
    return when.strftime(_DAYS[lang])


def shorten(text: str, width: int) -> str:
    """A text cut at a word, so that it fits `width` characters."""
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    at = cut.rfind(" ")
    return cut[: at if at > width // 2 else len(cut)].rstrip(" ,;:–-(/") + "…"
