"""What the report is made of: sections of sentences, figures with their tables, and tables alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rmscenario.reporting.sheets import Sheet

#: [px] Height of a figure unless it asks for another.
HEIGHT = 380


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """How a figure and its table can be narrowed: by unit and by track.

    `units` and `tracks` are (id, name) pairs; `keys` has (unit, track, year) of each row of the table; `years` are the
    places of the axis, `series` the tracks in the order of the figure's series.
    """

    units: tuple[tuple[str, str], ...]
    tracks: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str, int], ...]
    years: tuple[int, ...]
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: the finding that is its title, what the chart library draws, and the same as a table.

    `option` is pure data; `said` are the lines that stand beside the pointer, by place along the axis.
    """

    name: str
    finding: str
    about: str
    option: Mapping[str, Any]
    said: tuple[tuple[str, ...], ...]
    table: Sheet
    notes: tuple[str, ...] = ()
    height: int = HEIGHT
    filtered: Filtered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """What stands folded under a line that says what it is; printed unfolded, on a page of its own if that is asked for."""

    name: str
    line: str
    sentences: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Sheet, ...] = ()
    own_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section; `told` has sentences, and tuples of what belongs to the sentence before."""

    name: str
    heading: str
    told: tuple[str | tuple[str, ...], ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Sheet, ...] = ()
    folds: tuple[Fold, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def items(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Sentences, each with what belongs to it."""
        found: list[tuple[str, tuple[str, ...]]] = []
        for said in self.told:
            if isinstance(said, str):
                found.append((said, ()))
            else:
                found[-1] = (found[-1][0], said)
        return tuple(found)

    @property
    def every_figure(self) -> tuple[Figure, ...]:
        """Its figures and those of its parts, in reading order."""
        folded = (figure for fold in self.folds for figure in fold.figures)
        below = (figure for section in self.sections for figure in section.every_figure)
        return (*self.figures, *folded, *below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The report in one language: `facts` are (what, value, remark), `mark` says that figures are not confirmed."""

    title: str
    subtitle: str
    mark: str
    lead: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in reading order."""
        return tuple(figure for section in self.sections for figure in section.every_figure)
