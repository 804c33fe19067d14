"""What tests of the texts of many worlds share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from rmscenario.region import Region
from rmscenario.reporting.language import Lang, name
from rmscenario.reporting.pages import Part, terminal
from rmscenario.tables import load
from rmscenario.worlds.decided import Decided
from tests.project.files import ROOT

TARGET = {
    "id": "total-30", "name_da": "Målet", "name_en": "The target", "unit": "tCO2e/a", "base": 10_000.0, "cap": 7_000.0,
    "residual": 6_500.0, "year": 2030, "met": True,
}  # fmt: skip


class Words(Protocol):
    """Texts of a result."""

    def lead(self) -> list[str]: ...

    def parts(self) -> Sequence[Part]: ...


def tiny() -> Region:
    return load(Path(ROOT / "models" / "tiny"))


def by_effect(region: Region) -> Decided:
    """A start that depends on the effect of the first initiative."""
    return Decided(input="effect:" + region.initiatives[0].initiative, correlation=0.7, split=0.4, right=0.9)


def on_one_line(words: Words, region: Region, lang: Lang) -> str:
    """What the terminal shows."""
    page = terminal(region, "", words.lead(), words.parts(), lang)
    return " ".join(page.replace("\u00a0", " ").split())


def names(region: Region, count: int, lang: Lang = Lang.EN) -> list[str]:
    """The first initiatives as texts name them."""
    return [f"{row.initiative} {name(row, lang)}" for row in region.initiatives[:count]]


def assert_in_order(said: str, headings: Sequence[str], within: Mapping[int, str]) -> None:
    """The headings come one after the other, and some texts each between a heading, by its number, and the next."""
    order = [said.index(heading) for heading in headings]
    assert order == sorted(order)
    for number, text in within.items():
        assert order[number] < said.index(text, order[number]) < order[number + 1]


def assert_a_figure(files: Mapping[str, bytes], scenario: str) -> None:
    """It stands there as SVG, with the scenario's title, and as PNG."""
    assert scenario in files[".svg"].decode()
    assert files[".png"].startswith(b"\x89PNG")
