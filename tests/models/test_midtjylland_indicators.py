"""Base and target values of the reference region's indicators, recomputed from its own tables."""

from __future__ import annotations

from collections import defaultdict

import pytest

from rmscenario.emissions.structure import FOOTPRINT
from rmscenario.learning.promised import promised
from rmscenario.region import Region
from rmscenario.region.vocabulary import Grade, Shows

#: Indicators whose target is the effect's most likely share, by what the effect is on: category, and quantity or activity.
SAVED = {
    "I-E02": ("el", "activity"),
    "I-E04": ("fv", "activity"),
    "I-E05": ("fv", "activity"),
    "I-E07": ("el", "co2e"),
    "I-E12": ("el", "activity"),
    "I-E14": ("el", "activity"),
    "I-T11": ("sid", "co2e"),
    "I-C04": ("gss", "co2e"),
    "I-C15": ("med", "co2e"),
    "I-C37": ("imp", "co2e"),
}
#: Those whose target is an index of 100 less that share.
INDEX = {
    "I-E09": ("gas", "co2e"),
    "I-E10": ("gas", "activity"),
    "I-E11": ("aff", "water"),
    "I-T09": ("tje", "co2e"),
    "I-T10": ("fly", "co2e"),
    "I-T12": ("vlo", "co2e"),
    "I-T13": ("sid", "co2e"),
    "I-C13": ("lab", "co2e"),
    "I-C22": ("fod", "co2e"),
    "I-C26": ("tek", "co2e"),
    "I-C28": ("nyb", "co2e"),
    "I-C29": ("nyb", "co2e"),
    "I-C31": ("ute", "co2e"),
    "I-C32": ("tjn", "co2e"),
    "I-M01": ("fod", "co2e"),
}
#: What a source or the initiative itself says.
SAID = {
    "I-E15": (100, 95),
    "I-C07": (100, 70),
    "I-C08": (100, round(100 * 245 / 673, 1)),
    "I-C21": (4, 6),
    "I-C23": (100, 50),
    "I-C24": (24, 70),
    "I-C25": (100, 65),
}


def share(region: Region, initiative: str, category: str, on: str) -> float:
    """Most likely share of a category that an initiative removes in the units that it acts on [1]."""
    effect = next(
        row
        for row in region.effects
        if (row.initiative, row.category, row.on, row.account) == (initiative, category, on, None)
    )
    amounts: dict[str, float] = defaultdict(float)
    for row in region.sources:
        if (row.category, row.quantity) == (category, FOOTPRINT):
            amounts[row.unit] += row.value
    units = {row.acts_on for row in region.delivery if row.initiative == initiative}
    return effect.mode * sum(amounts.values()) / sum(amounts[unit] for unit in units)


def test_targets_that_follow_from_effects_are_those_of_the_tables(midtjylland: Region) -> None:
    rows = {row.indicator: row for row in midtjylland.indicators}
    for indicator, (category, on) in SAVED.items():
        row = rows[indicator]
        whole = 100 * share(midtjylland, row.initiative, category, on)
        assert (row.base, row.target) == (0, pytest.approx(whole, rel=1e-3)), indicator
    for indicator, (category, on) in INDEX.items():
        row = rows[indicator]
        left = 100 * (1 - share(midtjylland, row.initiative, category, on))
        assert (row.base, row.target) == (100, pytest.approx(left, rel=1e-3)), indicator
    longer = 100 / (1 - share(midtjylland, "C20", "mtk", "co2e"))
    assert (rows["I-C20"].base, rows["I-C20"].target) == (100, pytest.approx(longer, rel=1e-3))
    weights = {row.segment: row.weight for row in midtjylland.segments}
    for indicator, segment in (("I-T01", "elbus"), ("I-T02", "biogas"), ("I-T03", "hvo")):
        assert (rows[indicator].base, rows[indicator].target) == (0, pytest.approx(100 * weights[segment]))
    assert {indicator: (rows[indicator].base, rows[indicator].target) for indicator in SAID} == SAID


def test_every_indicator_has_a_way_to_go_and_says_what_it_rests_on(midtjylland: Region) -> None:
    effects = {(row.initiative, row.grade) for row in midtjylland.effects}
    for row in midtjylland.indicators:
        assert row.base is not None
        assert row.target is not None
        assert row.base != row.target
        assert row.base_year == (2023 if row.indicator == "I-C24" else 2026)
        assert row.note
        if row.indicator in SAVED | INDEX:  # never better documented than the effect it follows from
            assert (row.initiative, row.grade) in effects | {(row.initiative, Grade.DERIVED)}
            assert ("the effect is an assumption" in row.note) == (row.grade is Grade.ASSUMPTION)


def test_what_shows_an_effect_is_of_an_initiative_that_promises_one(midtjylland: Region) -> None:
    showing = {row.initiative for row in midtjylland.indicators if row.shows is Shows.EFFECT}
    assert showing <= set(promised(midtjylland))
    assert len(showing) > 30
