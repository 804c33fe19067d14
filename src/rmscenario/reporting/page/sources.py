"""What the figures rest on: sources with the grades of what is taken from them, and what is taken to run already."""

from __future__ import annotations

from collections import Counter

from rmscenario.region import Region
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import Lang, name, number, say
from rmscenario.reporting.results import unit_names
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet, grade_word
from rmscenario.reporting.sources import figures_by_reference, reference_notes, reference_titles

_ORDER = {grade: position for position, grade in enumerate(Grade)}


def grades(region: Region, lang: Lang) -> Sheet:
    """How many figures of the tables have which grade."""
    found: Counter[Grade] = sum(figures_by_reference(region).values(), Counter())
    total = found.total()
    return Sheet(
        title=say("page.grades.table", lang),
        short="",
        note="",
        columns=(
            Column(heading=say("page.grades.grade", lang)),
            Column(heading=say("page.grades.count", lang), decimals=0),
            Column(heading=say("page.grades.share", lang), decimals=0, form=Form.SHARE),
        ),
        rows=tuple(
            (grade_word(grade, lang), float(found[grade]), found[grade] / total) for grade in Grade if found[grade]
        ),
    )


def sources(region: Region, lang: Lang, *, public: bool) -> Sheet:
    """References that figures are taken from, with how many of each grade: those with an address, or those without.

    An address is text: nothing is asked of it.
    """
    found = figures_by_reference(region)
    titles, notes = reference_titles(region, lang), reference_notes(region, lang)
    rows: list[tuple[Cell, ...]] = []
    for reference in region.references:
        if reference.reference not in found or bool(reference.url) is not public:
            continue
        counts = sorted(found[reference.reference].items(), key=lambda item: _ORDER[item[0]])
        said = ", ".join(f"{grade_word(grade, lang)}: {number(count, lang)}" for grade, count in counts)
        where = (f"{reference.url} ({reference.accessed})" if reference.accessed else reference.url,) if public else ()
        rows.append((f"{reference.reference} {titles[reference.reference]}", said, notes[reference.reference], *where))
    headings = ("title", "grades", "remark", *(("url",) if public else ()))
    return Sheet(
        title=say("page.sources.public" if public else "page.sources.assumed", lang),
        short="",
        note=say("page.sources.note", lang),
        columns=tuple(Column(heading=say(f"page.sources.column.{heading}", lang)) for heading in headings),
        rows=tuple(rows),
    )


def running(region: Region, lang: Lang) -> Sheet:
    """Initiatives that are taken to run already: part of the background."""
    units = unit_names(region, lang)
    initiatives = {row.initiative: f"{row.initiative} {name(row, lang)}" for row in region.initiatives}
    ordered = sorted(region.running, key=lambda row: (row.start, row.initiative, row.unit))
    return Sheet(
        title=say("page.running.table", lang),
        short="",
        note="",
        columns=(
            Column(heading=say("agreement.initiative", lang)),
            Column(heading=say("agreement.unit", lang)),
            Column(heading=say("agreement.start", lang), decimals=0, form=Form.YEAR),
            Column(heading=say("agreement.level", lang), decimals=0, form=Form.SHARE),
            Column(heading=say("agreement.status", lang)),
        ),
        rows=tuple(
            (
                initiatives[row.initiative],
                units[row.unit],
                float(row.start),
                row.level,
                say(f"status.{row.status.value}", lang),
            )
            for row in ordered
        ),
    )
