"""The footprint of the reference region against the figures it was built from."""

from __future__ import annotations

import math

import pytest

from rmscenario.region import Region, boundary_sources

from .by_hand import tonnes

BY_CATEGORY = {
    "el": 19_000, "fv": 13_000, "gas": 3_000, "bus": 21_000, "amb": 5_000, "sid": 8_000, "tje": 3_000, "fly": 3_500,
    "bil": 2_000, "vlo": 1_500, "nyb": 84_000, "ren": 30_000, "med": 141_000, "ute": 88_000, "mtk": 58_000,
    "imp": 30_000, "lab": 34_000, "fod": 14_000, "it": 26_000, "tek": 9_000, "gss": 3_000, "aff": 6_000,
    "kon": 28_000, "tjn": 74_000,
}  # fmt: skip
BY_UNIT = {
    "AUH": 255_045, "HEM": 87_770, "GOD": 119_370, "RAN": 39_885, "HOR": 42_895, "PSY": 29_585, "SOC": 21_580,
    "APO": 9_750, "PRE": 27_270, "VAS": 6_880, "STA": 63_970,
}  # fmt: skip
BY_GROUP = {"energy": 35_000, "transport": 44_000, "construction": 114_000, "goods": 511_000}


def amount(region: Region, quantity: str, **where: str) -> float:
    """Sum of the sources of a quantity in a unit or category."""
    return math.fsum(
        row.value
        for row in region.sources
        if row.quantity == quantity and all(getattr(row, column) == value for column, value in where.items())
    )


def test_the_footprint_has_264_sources_that_add_up_to_704_kt(midtjylland: Region) -> None:
    rows = [row for row in midtjylland.sources if row.quantity == "co2e"]
    assert len(rows) == 264
    assert amount(midtjylland, "co2e") == 704_000


def test_the_footprint_adds_up_in_every_category_and_unit(midtjylland: Region) -> None:
    assert {c.category: amount(midtjylland, "co2e", category=c.category) for c in midtjylland.categories} == BY_CATEGORY
    assert {u.unit: amount(midtjylland, "co2e", unit=u.unit) for u in midtjylland.units} == BY_UNIT


def test_the_groups_add_up_to_what_the_2018_history_says(midtjylland: Region) -> None:
    history = {
        row.boundary: row.value
        for row in midtjylland.account_history
        if row.account == midtjylland.settings.account and row.year == midtjylland.settings.base_year
    }
    for group, expected in {**BY_GROUP, "energy-transport": 79_000, "all": 704_000}.items():
        inside = boundary_sources(midtjylland, group)
        total = math.fsum(
            row.value for row in midtjylland.sources if row.quantity == "co2e" and (row.unit, row.category) in inside
        )
        assert total == expected == history[group]


def test_the_staff_of_the_units_is_that_of_the_region(midtjylland: Region) -> None:
    assert len(midtjylland.units) == 11
    assert sum(row.fte for row in midtjylland.units) == 26_100


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("energy", 240_000), ("purchased", 240_000), ("water", 525_000), ("waste", 6_931), ("waste_unrecycled", 5_267.56)],
)
def test_the_other_quantities_are_the_published_ones(midtjylland: Region, quantity: str, expected: float) -> None:
    assert amount(midtjylland, quantity) == pytest.approx(expected, rel=1e-9)


def test_every_other_quantity_is_split_over_units_like_the_tonnes(midtjylland: Region) -> None:
    base = {(row.unit, row.category): row.value for row in midtjylland.sources if row.quantity == "co2e"}
    for row in midtjylland.sources:
        whole = amount(midtjylland, row.quantity, category=row.category)
        assert row.value == pytest.approx(whole * base[row.unit, row.category] / BY_CATEGORY[row.category], rel=1e-9)


def test_purchases_are_tonnes_over_80_grams_per_krone(midtjylland: Region) -> None:
    base = {(row.unit, row.category): row.value for row in midtjylland.sources if row.quantity == "co2e"}
    rows = [row for row in midtjylland.sources if row.quantity == "purchases"]
    assert rows
    assert all(row.value == pytest.approx(base[row.unit, row.category] * 1000 / 0.08) for row in rows)


def test_the_background_alone_gives_576_755_t_in_2030(midtjylland: Region) -> None:
    assert math.fsum(tonnes(midtjylland, 2030, initiatives=()).values()) == pytest.approx(576_755, abs=1)


def test_backgrounds_are_ordered_and_fall_on_without_reaching_neutral(midtjylland: Region) -> None:
    for row in midtjylland.background:
        assert row.weak >= row.mode >= row.strong > 0
    modes = {(row.category, row.year): row.mode for row in midtjylland.background if row.quantity == "co2e"}
    for category in BY_CATEGORY:
        assert modes[category, 2018] == 1
        assert modes[category, 2018] >= modes[category, 2030] > modes[category, 2050]
    assert math.fsum(tonnes(midtjylland, 2050, initiatives=()).values()) > 200_000


def test_series_of_different_method_are_accounts_of_their_own(midtjylland: Region) -> None:
    factors = {row.account: row.factor for row in midtjylland.accounts}
    assert factors["2020-method"] == factors["market-based"] == 1
    assert factors["account-568"] * 704 == pytest.approx(568, abs=1e-3)
    years = {(row.account, row.year): row.value for row in midtjylland.account_history if row.boundary == "all"}
    assert years == {
        ("2020-method", 2018): 704_000, ("2020-method", 2020): 678_000, ("2020-method", 2021): 776_000,
        ("account-568", 2018): 568_000, ("account-568", 2022): 509_000, ("account-568", 2023): 400_000,
        ("2017-method", 2017): 600_000,
    }  # fmt: skip


def test_the_targets_are_the_adopted_ones_and_all_soft(midtjylland: Region) -> None:
    targets = {row.target: row for row in midtjylland.targets}
    assert targets["total-67"].reduction == 0.67
    assert targets["total-67"].base is None
    ninety_six = targets["energy-transport-96"]
    assert (ninety_six.base_year, ninety_six.base, ninety_six.reduction) == (1990, 170_000, 0.96)
    assert targets["recycling-70"].level == pytest.approx(0.3 * 0.7 * 6_931)
    assert not any(row.hard for row in midtjylland.targets)
    assert all(row.reason for row in midtjylland.targets)
    first, second = sorted(midtjylland.targets, key=lambda row: row.priority)[:2]
    assert (first.target, first.shortfall_price) == ("total-67", 1_500)
    assert (second.target, second.shortfall_price) == ("energy-transport-96", 2_000)
