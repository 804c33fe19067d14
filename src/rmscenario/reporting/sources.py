"""References: what they are called, what is noted on them, and which figures of the tables are taken from them."""

from __future__ import annotations

from collections import Counter, defaultdict

from rmscenario.region import Region
from rmscenario.region.region import table_names
from rmscenario.region.vocabulary import Grade, Sourced
from rmscenario.reporting.language import Lang


def figures_by_reference(region: Region) -> dict[str, Counter[Grade]]:
    """How many rows of the tables are taken from each reference, by grade."""
    found: dict[str, Counter[Grade]] = defaultdict(Counter)
    for table in table_names():
        for row in region.table(table):
            if isinstance(row, Sourced):
                found[row.reference][row.grade] += 1
    for step in region.settings.discount:
        found[step.reference][step.grade] += 1
    return dict(found)


def reference_titles(region: Region, lang: Lang) -> dict[str, str]:
    """Titles of references by id; a publication has one in all languages."""
    return {row.reference: (lang is Lang.DA and row.title_da) or row.title for row in region.references}


def reference_notes(region: Region, lang: Lang) -> dict[str, str]:
    """Notes on references by id; without a Danish one, the one there is."""
    return {row.reference: (lang is Lang.DA and row.note_da) or row.note for row in region.references}
