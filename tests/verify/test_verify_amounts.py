"""Eqs. (1)–(4) and (6) by hand."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.region import Region
from rmscenario.verify import recompute
from tests.regions import plan, region

CO2E = "co2e@main"


def total(model: Region, *starts: tuple[Any, ...], stream: str = CO2E, year: int = 2030) -> float:
    return recompute(model, plan(*starts)).total(stream, year)


def one_source(**tables: Any) -> Region:
    return region(sources=[("A", "el", 100.0)], **tables)


def test_two_measures_of_30_percent_on_one_source_leave_49_percent() -> None:
    model = one_source(effects=[("X", "el", 0.3), ("Y", "el", 0.3)])
    assert total(model, ("X", "A", 2027), ("Y", "A", 2027)) == pytest.approx(49.0, rel=1e-14)


def test_measures_on_disjoint_segments_add_and_one_on_the_whole_enters_every_segment() -> None:
    model = one_source(
        segments=[("el", "light", 0.5), ("el", "heat", 0.2)],
        effects=[("X", "el", 0.1, "light"), ("Y", "el", 0.2, "heat"), ("Z", "el", 0.5)],
    )
    assert total(model, ("X", "A", 2027), ("Y", "A", 2027)) == pytest.approx(70.0)
    # half of what is left of light (40), heat (0) and the rest (30)
    assert total(model, ("X", "A", 2027), ("Y", "A", 2027), ("Z", "A", 2027)) == pytest.approx(35.0)


def test_several_rows_of_one_initiative_on_one_source_are_factors_of_their_own() -> None:
    model = one_source(effects=[("X", "el", 0.3), {"initiative": "X", "category": "el", "on": "co2e", "mode": 0.3}])
    assert total(model, ("X", "A", 2027)) == pytest.approx(49.0)


def test_an_effect_of_one_leaves_nothing_and_a_negative_effect_adds() -> None:
    model = one_source(effects=[("X", "el", 1.0), ("Y", "el", -0.25)])
    assert total(model, ("X", "A", 2027), ("Y", "A", 2027)) == 0.0
    assert total(model, ("Y", "A", 2027)) == pytest.approx(125.0)


def test_an_effect_on_activity_lowers_every_quantity_and_one_on_a_quantity_that_alone() -> None:
    model = region(
        sources=[("A", "el", 100.0), ("A", "el", 1000.0, "energy")],
        effects=[("X", "el", 0.2), {"initiative": "Y", "category": "el", "on": "energy", "mode": 0.5}],
    )
    starts = ("X", "A", 2027), ("Y", "A", 2027)
    assert total(model, *starts) == pytest.approx(80.0)
    assert total(model, *starts, stream="energy") == pytest.approx(400.0)


def test_a_row_bound_to_an_account_reaches_the_footprint_in_that_account_alone() -> None:
    model = region(
        sources=[("A", "el", 100.0), ("A", "el", 1000.0, "energy")],
        accounts=["main", ("market", 1.5)],
        effects=[{"initiative": "X", "category": "el", "account": "market", "mode": 0.4}],
        targets=[{"target": "goal", "account": "market", "level": 1.0}],
    )
    assert total(model, ("X", "A", 2027)) == 100.0
    assert total(model, ("X", "A", 2027), stream="co2e@market") == pytest.approx(90.0)
    assert total(model, ("X", "A", 2027), stream="energy") == 1000.0


def test_an_absolute_effect_is_added_linearly_and_split_by_tonnes_over_the_options_and_equally_over_their_sources() -> (
    None
):
    model = region(
        sources=[("A", "el", 30.0), ("B", "el", 60.0), ("B", "bio", 0.0), ("C", "el", 0.0), ("C", "bio", 0.0)],
        delivery=[("X", "A", "A"), ("X", "B", "B"), ("X", "B", "C")],
        effects=[
            {"initiative": "X", "category": "bio", "on": "co2e", "basis": "absolute", "mode": -12.0},
            {"initiative": "X", "category": "el", "on": "co2e", "mode": 0.1},
        ],
    )
    found = recompute(model, plan(("X", "A", 2027), ("X", "B", 2027, 0.5)))
    # B has 60 of 90 tonnes: 8 t a year at full roll-out, half of it rolled out, over B and C
    assert found.quantity(CO2E, "B:bio", 2030) == pytest.approx(2.0)
    assert found.quantity(CO2E, "C:bio", 2030) == pytest.approx(2.0)
    assert found.quantity(CO2E, "B:el", 2030) == pytest.approx(57.0)
    assert found.quantity(CO2E, "A:el", 2030) == pytest.approx(27.0)  # no source `bio` in A: its part is nowhere


def test_ramp_up_level_decay_and_renewal_follow_the_calendar() -> None:
    model = one_source(
        initiatives=[{"initiative": "X", "lifetime": 4, "ramp_years": 2, "half_life": 2.0}], effects=[("X", "el", 0.4)]
    )
    found = recompute(model, plan(("X", "A", 2028, 0.5)))
    x = [0.0, 0.25, 0.5 * 2**-0.5, 0.5 * 2**-1.0, 0.5 * 2**-1.5, 0.5, 0.5 * 2**-0.5]
    values = [found.quantity(CO2E, "A:el", year) for year in range(2027, 2034)]
    assert values == pytest.approx([100.0 * (1 - 0.4 * share) for share in x])
    assert found.in_service["X:A"][1:5] == (0.0, 0.25, 0.5, 0.5)


def test_what_is_not_renewed_ends_with_its_lifetime() -> None:
    model = one_source(
        initiatives=[{"initiative": "X", "lifetime": 3, "ramp_years": 2, "renew": False}], effects=[("X", "el", 0.4)]
    )
    found = recompute(model, plan(("X", "A", 2027)))
    assert [found.quantity(CO2E, "A:el", year) for year in range(2027, 2031)] == pytest.approx(
        [80.0, 60.0, 60.0, 100.0]
    )


def test_an_enabler_lifts_effects_in_its_own_unit_with_its_own_deployment() -> None:
    model = region(
        initiatives=["X", {"initiative": "S", "ramp_years": 2}],
        effects=[("X", "el", 0.5)],
        enablers=[("S", "X", 0.2)],
    )
    found = recompute(model, plan(("X", "A", 2027), ("X", "B", 2027), ("S", "A", 2027)))
    assert found.quantity(CO2E, "A:el", 2027) == pytest.approx(45.0)  # 0.5 · (1 + 0.2 · ½)
    assert found.quantity(CO2E, "A:el", 2028) == pytest.approx(40.0)
    assert found.quantity(CO2E, "B:el", 2028) == pytest.approx(50.0)


def test_several_lifts_add_and_a_lifted_effect_stops_at_everything() -> None:
    model = one_source(effects=[("X", "el", 0.5)], enablers=[("S", "X", 0.2), ("T", "X", 0.3), ("V", "X", 0.9)])
    assert total(model, ("X", "A", 2027), ("S", "A", 2027), ("T", "A", 2027)) == pytest.approx(25.0)
    assert total(model, ("X", "A", 2027), ("S", "A", 2027), ("V", "A", 2027)) == 0.0


def test_a_group_wide_option_is_lifted_by_each_unit_in_proportion_to_its_staff() -> None:
    model = region(
        units=[("A", 300.0), ("B", 100.0)],
        initiatives=[("X", "group"), "S"],
        effects=[("X", "el", 0.5)],
        enablers=[("S", "X", 0.2)],
    )
    found = recompute(model, plan(("X", "A", 2027), ("S", "B", 2027)))
    assert found.quantity(CO2E, "A:el", 2030) == pytest.approx(100 * (1 - 0.5 * (1 + 0.25 * 0.2)))
    assert found.quantity(CO2E, "A:el", 2030) == found.quantity(CO2E, "B:el", 2030)


def test_a_group_wide_enabler_lifts_every_unit_fully() -> None:
    model = region(initiatives=["X", ("S", "group")], effects=[("X", "el", 0.5)], enablers=[("S", "X", 0.2)])
    assert total(model, ("X", "A", 2027), ("X", "B", 2027), ("S", "A", 2028)) == pytest.approx(80.0)


def test_running_initiatives_are_background_and_multiply_with_new_ones() -> None:
    model = one_source(
        effects=[("R", "el", 0.5), ("X", "el", 0.5)],
        running=[("R", "A", 2024, 0.8)],
        background=[("el", 2030, 0.5, "co2e")],
    )
    found = recompute(model, plan(("X", "A", 2027)))
    at = CO2E, "A:el"
    assert (found.bare[at][4], found.background[at][4]) == pytest.approx((50.0, 30.0))
    assert found.quantity(CO2E, "A:el", 2030) == pytest.approx(15.0)


def test_a_new_enabler_lifts_what_already_runs() -> None:
    model = one_source(effects=[("R", "el", 0.5)], enablers=[("S", "R", 0.2)], running=[("R", "A", 2024)])
    assert total(model) == pytest.approx(50.0)
    assert total(model, ("S", "A", 2027)) == pytest.approx(40.0)


def test_the_background_is_1_in_the_base_year_linear_between_its_rows_and_level_after_the_last() -> None:
    model = one_source(background=[("el", 2028, 0.8, "co2e"), ("el", 2030, 0.4, "co2e")])
    found = recompute(model, plan())
    values = [found.quantity(CO2E, "A:el", year) for year in range(2026, 2033)]
    assert values == pytest.approx([100.0, 90.0, 80.0, 60.0, 40.0, 40.0, 40.0])


def test_a_share_of_the_region_is_scaled_up_to_the_units_it_acts_on() -> None:
    model = region(
        sources=[("A", "el", 60.0), ("B", "el", 20.0), ("C", "el", 20.0)],
        delivery=[("X", "A", "A"), ("X", "B", "B")],
        effects=[{"initiative": "X", "category": "el", "basis": "region", "mode": 0.2}],
    )
    assert total(model, ("X", "A", 2027), ("X", "B", 2027)) == pytest.approx(80.0)
    assert recompute(model, plan(("X", "A", 2027))).quantity(CO2E, "A:el", 2030) == pytest.approx(45.0)


def test_a_share_of_the_region_that_the_units_cannot_bear_stops_at_all_they_have() -> None:
    model = region(
        sources=[("A", "el", 10.0), ("B", "el", 90.0)],
        delivery=[("X", "A", "A")],
        effects=[{"initiative": "X", "category": "el", "basis": "region", "mode": 0.2}],
    )
    assert total(model, ("X", "A", 2027)) == pytest.approx(90.0)


def test_a_group_wide_share_of_the_region_is_that_share_of_every_unit() -> None:
    model = region(
        initiatives=[("X", "group")],
        effects=[{"initiative": "X", "category": "el", "basis": "region", "mode": 0.2}],
    )
    found = recompute(model, plan(("X", "A", 2027)))
    assert found.quantity(CO2E, "B:el", 2030) == pytest.approx(80.0)


def test_carriers_of_one_unit_share_the_effect_on_it() -> None:
    model = region(
        sources=[("A", "el", 0.0), ("B", "el", 0.0), ("P", "el", 100.0)],
        delivery=[("X", "A", "P"), ("X", "B", "P")],
        effects=[{"initiative": "X", "category": "el", "basis": "region", "mode": 0.4}],
    )
    assert total(model, ("X", "A", 2027)) == pytest.approx(80.0)
    assert total(model, ("X", "A", 2027), ("X", "B", 2027)) == pytest.approx(64.0)


def test_a_share_of_the_region_on_activity_is_measured_in_tonnes_and_on_a_quantity_in_that_quantity() -> None:
    tables: dict[str, Any] = {
        "sources": [("A", "el", 25.0), ("B", "el", 75.0), ("A", "el", 50.0, "energy"), ("B", "el", 50.0, "energy")],
        "delivery": [("X", "A", "A")],
    }
    row = {"initiative": "X", "category": "el", "basis": "region", "mode": 0.2}
    on_activity = region(effects=[row], **tables)
    assert total(on_activity, ("X", "A", 2027), stream="energy") == pytest.approx(100 - 50 * 0.8)
    on_energy = region(effects=[row | {"on": "energy"}], **tables)
    assert total(on_energy, ("X", "A", 2027), stream="energy") == pytest.approx(100 - 50 * 0.4)


def test_a_share_of_the_region_on_a_segment_is_divided_by_its_weight() -> None:
    model = region(
        segments=[("el", "light", 0.5)],
        effects=[{"initiative": "X", "category": "el", "segment": "light", "basis": "region", "mode": 0.2}],
    )
    assert total(model, ("X", "A", 2027), ("X", "B", 2027)) == pytest.approx(160.0)


def test_a_share_of_the_region_reaches_nothing_where_there_is_no_amount() -> None:
    model = region(
        sources=[("A", "el", 0.0), ("B", "el", 100.0)],
        delivery=[("X", "A", "A")],
        effects=[{"initiative": "X", "category": "el", "basis": "region", "mode": 0.2}],
    )
    assert total(model, ("X", "A", 2027)) == 100.0
