"""Every word of the shipped regions that readers see stands in both languages."""

from __future__ import annotations

import re

import pytest

from rmscenario.region import Region

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
