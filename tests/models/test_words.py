"""Every word of the shipped regions that readers see stands in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rmscenario.region import Region
from rmscenario.reporting.language import Lang
from rmscenario.reporting.page.sources import sources

#: Units and percent read the same in both languages.
SAME = re.compile(r"%|°C|[kM]?Wh(/m2|/kg)?|[kmgt]+\d?(/m\d|/kg)?|ml|kg CO2e")


@pytest.mark.parametrize("model", ["tiny", "midtjylland"])
def test_every_role_frequency_unit_event_and_group_of_categories_or_inputs_has_a_word_in_both_languages(
    model: str, request: pytest.FixtureRequest
) -> None:
    region: Region = request.getfixturevalue(model)
    known = {row.word for row in region.words}
    used = {row.owner_role for row in region.tracks} | {row.group for row in region.categories}
    used |= {row.data_owner_role for row in region.indicators} | {row.frequency for row in region.indicators}
    used |= {row.measure for row in region.indicators if not SAME.fullmatch(row.measure)}
    used |= {row.correlation_group for row in region.uncertainty if row.correlation_group is not None}
    used |= {row.event for row in region.account_events}
    assert used - known == set()
    assert known - used == set()


@pytest.mark.parametrize("model", ["tiny", "midtjylland"])
def test_every_reference_that_nobody_published_has_a_title_in_both_languages(
    model: str, request: pytest.FixtureRequest
) -> None:
    region: Region = request.getfixturevalue(model)
    own = [row for row in region.references if not row.url]
    assert own
    for row in own:
        assert row.title_da is not None and row.title_da != row.title, row.reference


def figures(text: str) -> list[float]:
    return sorted(map(float, re.findall(r"\d+(?:\.\d+)?", text)))


@pytest.mark.parametrize("model", ["tiny", "midtjylland"])
def test_every_note_on_a_reference_stands_in_danish_with_the_same_figures(
    model: str, request: pytest.FixtureRequest
) -> None:
    region: Region = request.getfixturevalue(model)
    noted = [row for row in region.references if row.note]
    assert noted
    for row in region.references:
        assert bool(row.note_da) == bool(row.note), row.reference
        assert row.note_da != row.note or not row.note, row.reference
    for row in noted:
        danish = row.note_da.replace(".", "").replace(",", ".")
        assert figures(danish) == figures(row.note.replace(",", "")), row.reference


def test_notes_on_sources_are_shown_in_the_language_of_the_reader(midtjylland: Region) -> None:
    notes = {row.note: row.note_da for row in midtjylland.references if row.note}
    shown = {
        lang: {row[2] for public in (True, False) for row in sources(midtjylland, lang, public=public).rows} - {""}
        for lang in Lang
    }
    assert shown[Lang.EN] <= notes.keys()
    assert shown[Lang.DA] == {notes[str(note)] for note in shown[Lang.EN]}


def test_without_a_danish_note_danish_readers_see_the_one_there_is(tiny: Region) -> None:
    (own,) = tiny.references
    silent = replace(tiny, references=(own.model_copy(update={"note_da": ""}),))
    assert [row[2] for row in sources(silent, Lang.DA, public=False).rows] == [own.note]
