"""The initiatives of the reference region against the figures they were built from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import pytest

from rmscenario.region import Region
from rmscenario.region.vocabulary import Delivery, MoneyKind

from .by_hand import in_service, tonnes

ENERGY = [f"E{n:02d}" for n in range(1, 16)]
TRANSPORT = [f"T{n:02d}" for n in range(1, 15)]
CIRCULAR = [f"C{n:02d}" for n in range(1, 38)]
KNOWN = [*ENERGY, *TRANSPORT, *CIRCULAR, "S01", "S02", "S03", "S04", "S05", "M01"]
SOCIAL = ["S06", "S07", "S08", "S09", "S10"]

#: Energy measures whose effect already holds a realisation rate: of the calculated saving, 0.8 comes.
REALISED = frozenset({"E01", "E02", "E03", "E04", "E05", "E06", "E12", "E13", "E14"})
REALISATION_RATE = 0.8
#: Stated change of yearly running cost at full roll-out [mio. kr.], before it was split into opex and savings.
DRIFT = {
    "E01": -6.0, "E02": -13.3, "E03": -5.5, "E04": -6.3, "E05": -3.8, "E06": -3.9, "E07": -16.0, "E08": 2.0,
    "E09": -2.0, "E10": -1.5, "E11": -5.8, "E12": -4.6, "E13": -0.7, "E14": -1.5, "E15": -22.0, "T01": 16.0,
    "T02": 3.0, "T03": 4.4, "T04": -0.5, "T05": 6.0, "T06": -2.0, "T07": 8.0, "T08": -1.5, "T09": -7.0, "T10": -10.0,
    "T11": -6.0, "T12": 1.0, "T13": -8.0, "T14": 1.5, "C01": -1.0, "C02": 0.6, "C03": -0.3, "C04": -0.3, "C05": 0.0,
    "C06": -1.0, "C07": -7.0, "C08": -3.0, "C09": 1.0, "C10": -10.0, "C11": -12.0, "C12": -1.5, "C13": -20.0,
    "C14": -1.0, "C15": -39.0, "C16": -5.0, "C17": 0.0, "C18": 10.0, "C19": 40.0, "C20": -25.0, "C21": -20.0,
    "C22": -3.0, "C23": -8.0, "C24": 8.0, "C25": -4.0, "C26": -3.0, "C27": -15.0, "C28": -20.0, "C29": 0.0,
    "C30": 6.0, "C31": -40.0, "C32": -45.0, "C33": -2.0, "C34": -2.0, "C35": -2.0, "C36": 6.0, "C37": -12.0,
    "S01": 12.0, "S02": 4.0, "S03": 2.5, "S04": 1.0, "S05": 0.5, "M01": -10.0,
}  # fmt: skip
ROUNDING = 0.075  # [mio. kr.] of the stated figures, given to 0.1, and of the effects they are compared with


def test_all_72_initiatives_and_5_social_ones_are_there(midtjylland: Region) -> None:
    assert len(KNOWN) == 72
    assert sorted(row.initiative for row in midtjylland.initiatives) == sorted([*KNOWN, *SOCIAL])
    assert list(DRIFT) == KNOWN


def test_everything_from_2027_gives_463_926_t_in_2030(midtjylland: Region) -> None:
    left = tonnes(midtjylland, 2030)
    assert math.fsum(left.values()) == pytest.approx(463_926, abs=60)
    assert left["energy"] + left["transport"] == pytest.approx(22_680, abs=10)


def test_without_renewal_it_is_480_337_t_and_with_a_lag_of_a_year_465_399_t(midtjylland: Region) -> None:
    assert math.fsum(tonnes(midtjylland, 2030, renewed=False).values()) == pytest.approx(480_337, abs=60)
    assert math.fsum(tonnes(midtjylland, 2030, lag=1).values()) == pytest.approx(465_399, abs=60)


def test_what_runs_takes_one_to_three_points_off_the_background(midtjylland: Region) -> None:
    by_name = {row.initiative: row for row in midtjylland.initiatives}
    base = {(row.unit, row.category): row.value for row in midtjylland.sources if row.quantity == "co2e"}
    factor = {r.category: r.mode for r in midtjylland.background if r.quantity == "co2e" and r.year == 2030}
    removed = 0.0  # added up without overlap, so a little too much
    for run in midtjylland.running:
        service = run.level * in_service(by_name[run.initiative], run.start, 2030)
        for effect in midtjylland.effects:
            if effect.initiative == run.initiative and effect.on in ("co2e", "activity") and effect.account is None:
                reached = [row.acts_on for row in midtjylland.delivery if row.initiative == run.initiative]
                whole = math.fsum(value for (_, category), value in base.items() if category == effect.category)
                part = base[run.unit, effect.category] / math.fsum(base[unit, effect.category] for unit in reached)
                removed += effect.mode * whole * factor[effect.category] * part * service
    assert 0.01 < removed / 704_000 < 0.03


def test_capex_adds_up_to_1_724_mio_kr(midtjylland: Region) -> None:
    capex = {row.initiative: row.amount for row in midtjylland.money if row.kind is MoneyKind.CAPEX}
    assert math.fsum(capex.get(initiative, 0.0) for initiative in KNOWN) == pytest.approx(1_724.3e6)
    assert capex["E04"] == pytest.approx(280e6)


def test_running_cost_less_savings_alone_is_what_is_stated_for_every_initiative(midtjylland: Region) -> None:
    whole: dict[tuple[str, str], float] = defaultdict(float)
    for source in midtjylland.sources:
        whole[source.quantity, source.category] += source.value
    price = {(row.quantity, row.category): row.price for row in midtjylland.prices if row.quantity != "co2e"}
    drift: dict[str, float] = defaultdict(float)
    for money in midtjylland.money:
        if money.kind is not MoneyKind.CAPEX:
            drift[money.initiative] += money.amount if money.kind is MoneyKind.OPEX else -money.amount
    for effect in midtjylland.effects:
        rate = REALISATION_RATE if effect.initiative in REALISED else 1.0
        for (quantity, category), worth in price.items():
            if category == effect.category and effect.on in ("activity", quantity):
                drift[effect.initiative] -= effect.mode / rate * whole[quantity, category] * worth
    assert {name: drift[name] / 1e6 for name in KNOWN} == pytest.approx(DRIFT, abs=ROUNDING)


def test_every_price_belongs_to_a_quantity_that_something_saves(midtjylland: Region) -> None:
    reached = {(row.on, row.category) for row in midtjylland.effects}
    for row in midtjylland.prices:
        assert (
            row.quantity == "co2e"
            or (row.quantity, row.category) in reached
            or (row.quantity == "purchased" and ("activity", row.category) in reached)
        )


def test_every_option_acts_on_something_unless_its_initiative_acts_on_nothing(midtjylland: Region) -> None:
    categories: dict[str, set[str]] = defaultdict(set)
    for effect in midtjylland.effects:
        categories[effect.initiative].add(effect.category)
    amounts = {(row.unit, row.category): row.value for row in midtjylland.sources if row.quantity == "co2e"}
    for row in midtjylland.delivery:
        reached = categories[row.initiative]
        assert not reached or any(amounts[row.acts_on, category] > 0 for category in reached), row


def test_group_wide_initiatives_have_one_carrier_and_seated_transport_is_reached_from_hospitals(
    midtjylland: Region,
) -> None:
    group = {row.initiative for row in midtjylland.initiatives if row.delivery is Delivery.GROUP}
    assert group == {"C18", "C19", "C21", "S03", "S04", "S10"}
    for initiative in group:
        assert len({row.unit for row in midtjylland.delivery if row.initiative == initiative}) == 1
    elsewhere = {row.initiative: row.acts_on for row in midtjylland.delivery if row.unit != row.acts_on}
    assert {name for name in elsewhere if name not in group} == {"T11"}
    assert elsewhere["T11"] == "PRE"


def test_buses_are_disjoint_parts_of_the_kilometres(midtjylland: Region) -> None:
    weights = {row.segment: row.weight for row in midtjylland.segments}
    assert weights == {"elbus": 0.60, "biogas": 0.25, "hvo": 0.15}
    buses = {row.initiative: row for row in midtjylland.effects if row.category == "bus"}
    assert set(buses) == {"T01", "T02", "T03"}
    assert all(row.segment is not None and row.high <= weights[row.segment] for row in buses.values())


def test_no_lifted_effect_exceeds_its_source(midtjylland: Region) -> None:
    base = {(row.unit, row.category): row.value for row in midtjylland.sources if row.quantity == "co2e"}
    lift = {row.initiative: row.high for row in midtjylland.enablers}
    assert len(lift) == 17
    for effect in midtjylland.effects:
        reached = {row.acts_on for row in midtjylland.delivery if row.initiative == effect.initiative}
        part = math.fsum(base[unit, effect.category] for unit in reached) / math.fsum(
            value for (_, category), value in base.items() if category == effect.category
        )
        weight = next((s.weight for s in midtjylland.segments if s.segment == effect.segment), 1.0)
        assert effect.low <= effect.mode <= effect.high
        assert effect.high * (1 + lift.get(effect.initiative, 0.0)) / part / weight <= 1 + 1e-9, effect


def test_guarantees_of_origin_count_in_the_market_based_account_alone(midtjylland: Region) -> None:
    (row,) = [row for row in midtjylland.effects if row.initiative == "E08"]
    assert (row.account, row.low, row.mode, row.high) == ("market-based", 1, 1, 1)
    assert not [other for other in midtjylland.effects if other.account is not None and other is not row]


def test_every_initiative_has_an_indicator_with_a_role_that_owns_the_data(midtjylland: Region) -> None:
    counts = Counter(row.initiative for row in midtjylland.indicators)
    assert set(counts) == {row.initiative for row in midtjylland.initiatives}
    assert all(row.definition_da != row.definition_en for row in midtjylland.indicators)
