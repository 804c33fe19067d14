"""Eqs. (5)–(9) and (16) by hand."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.region import Region
from rmscenario.verify import Recomputed, recompute
from rmscenario.verify.money import annuity, discount_factors
from tests.regions import plan, region


def one_unit(**tables: Any) -> Region:
    return region(sources=[("A", "el", 100.0)], units=["A"], **tables)


def series(found: Recomputed, part: str, label: str = "X:A", first: int = 2027, last: int = 2036) -> list[float]:
    return [found.money[part, label][found.years.index(year)] for year in range(first, last + 1)]


def test_a_million_over_20_years_at_three_and_a_half_percent_costs_70361_a_year() -> None:
    model = one_unit(settings={"end_year": 2050}, initiatives=[{"initiative": "X", "lifetime": 20}],
                     money=[("X", "capex", 1_000_000.0)])  # fmt: skip
    found = recompute(model, plan(("X", "A", 2027)))
    assert series(found, "annuity", last=2046) == pytest.approx([70_361.08] * 20, abs=0.005)
    assert series(found, "capex_outlay", last=2048) == pytest.approx([1e6] + [0.0] * 19 + [1e6, 0.0])


@pytest.mark.parametrize("bought", [2027, 2050, 2061, 2062, 2080])
def test_annuities_are_worth_their_outlay_also_across_the_35_year_step(bought: int) -> None:
    discount = discount_factors(one_unit(), 2130)
    paid = annuity(discount, 1_000_000.0, bought, 30)
    worth = sum(paid * discount[year] for year in range(bought, bought + 30))
    assert worth == pytest.approx(1_000_000.0 * discount[bought - 1], rel=1e-13)
    assert discount[2061] / discount[2062] == pytest.approx(1.025)
    assert discount[2060] / discount[2061] == pytest.approx(1.035)


def test_an_annuity_across_the_step_is_the_closed_form() -> None:
    discount = discount_factors(one_unit(), 2130)
    a10 = (1 - 1.035**-10) / 0.035
    a20 = (1 - 1.025**-20) / 0.025 * 1.035**-10
    assert annuity(discount, 1_000_000.0, 2052, 30) == pytest.approx(1_000_000.0 / (a10 + a20), rel=1e-13)


def test_capital_is_bought_in_equal_tranches_of_the_ramp_and_again_when_each_is_worn_out() -> None:
    model = one_unit(initiatives=[{"initiative": "X", "lifetime": 4, "ramp_years": 2}], money=[("X", "capex", 800.0)])
    found = recompute(model, plan(("X", "A", 2027, 0.5)))
    assert series(found, "capex_outlay") == pytest.approx([200, 200, 0, 0, 200, 200, 0, 0, 200, 200])
    one = 200 * 0.035 / (1 - 1.035**-4)
    assert series(found, "annuity") == pytest.approx([one] + [2 * one] * 9)


def test_a_tranche_of_what_is_not_renewed_lasts_as_long_as_the_initiative() -> None:
    model = one_unit(
        initiatives=[{"initiative": "X", "lifetime": 3, "ramp_years": 4, "renew": False}],
        money=[("X", "capex", 400.0), ("X", "opex", 80.0)],
    )
    found = recompute(model, plan(("X", "A", 2027)))
    rate = [0.035 / (1 - 1.035**-life) for life in (3, 2, 1)]
    assert series(found, "capex_outlay", last=2031) == pytest.approx([100, 100, 100, 0, 0])
    assert series(found, "annuity", last=2031) == pytest.approx(
        [100 * rate[0], 100 * (rate[0] + rate[1]), 100 * sum(rate), 0, 0]
    )
    assert series(found, "opex", last=2031) == pytest.approx([20, 40, 60, 0, 0])


def test_explicit_capital_is_bought_in_its_year_and_renewed_from_there() -> None:
    model = one_unit(
        initiatives=[{"initiative": "X", "lifetime": 5, "ramp_years": 3}],
        money=[("X", "capex", 100.0, 0), ("X", "capex", 300.0, 2)],
    )
    found = recompute(model, plan(("X", "A", 2027, 0.5)))
    assert series(found, "capex_outlay") == pytest.approx([50, 0, 150, 0, 0, 50, 0, 150, 0, 0])


def test_opex_follows_the_share_in_service_and_own_savings_the_deployed_effect() -> None:
    model = one_unit(
        initiatives=[{"initiative": "X", "lifetime": 3, "ramp_years": 2, "half_life": 1.0}],
        money=[("X", "opex", 100.0), ("X", "saving_cashable", 80.0), ("X", "saving_avoided", 40.0)],
    )
    found = recompute(model, plan(("X", "A", 2028)))
    assert series(found, "opex", last=2032) == pytest.approx([0, 50, 100, 100, 100, 100])
    assert series(found, "saving_own_cashable", last=2032) == pytest.approx([0, 40, 40, 20, 80, 40])
    assert series(found, "saving_own_avoided", last=2032) == pytest.approx([0, 20, 20, 10, 40, 20])


def test_money_by_year_since_the_start_holds_until_the_next_row_and_adds_to_what_follows_the_ramp() -> None:
    model = one_unit(
        initiatives=[{"initiative": "X", "ramp_years": 4}],
        money=[("X", "opex", 10.0, 1), ("X", "opex", 30.0, 3), ("X", "opex", 8.0)],
    )
    found = recompute(model, plan(("X", "A", 2028, 0.5)))
    assert series(found, "opex", last=2033) == pytest.approx([0, 1, 2 + 5, 3 + 5, 4 + 15, 4 + 15, 4 + 15])


def test_money_and_staff_are_split_by_the_tonnes_affected() -> None:
    model = region(
        sources=[("A", "el", 30.0), ("B", "el", 10.0), ("B", "gas", 60.0), ("B", "food", 900.0)],
        effects=[("X", "el", 0.1), ("X", "gas", 0.1)],
        money=[("X", "opex", 100.0)],
        staff=[("X", "eng", "run", 2.0)],
    )
    found = recompute(model, plan(("X", "A", 2027), ("X", "B", 2027)))
    assert series(found, "opex", "X:A", last=2027) == pytest.approx([30.0])
    assert series(found, "opex", "X:B", last=2027) == pytest.approx([70.0])
    assert found.staff["X:B", "eng"][1] == pytest.approx(1.4)


def test_money_without_tonnes_is_split_equally_and_a_group_wide_carrier_bears_it_all() -> None:
    model = region(initiatives=["X", ("G", "group")], money=[("X", "opex", 100.0), ("G", "opex", 60.0)])
    found = recompute(model, plan(("X", "B", 2027), ("G", "A", 2027)))
    assert series(found, "opex", "X:B", last=2027) == [50.0]
    assert series(found, "opex", "G:A", last=2027) == [60.0]


def test_building_takes_the_full_number_in_each_ramp_year_and_running_the_share_in_service() -> None:
    model = one_unit(
        initiatives=[{"initiative": "X", "ramp_years": 2}],
        staff=[("X", "eng", "build", 3.0), ("X", "eng", "run", 1.0), ("X", "chef", "run", 4.0)],
    )
    found = recompute(model, plan(("X", "A", 2028, 0.5)))
    assert found.staff["X:A", "eng"][1:5] == pytest.approx((0.0, 1.5 + 0.25, 1.5 + 0.5, 0.5))
    assert found.staff["X:A", "chef"][1:5] == pytest.approx((0.0, 1.0, 2.0, 2.0))


def test_what_runs_already_costs_nothing_in_a_plan() -> None:
    model = one_unit(money=[("X", "capex", 100.0), ("X", "opex", 10.0)], running=[("X", "A", 2024)])
    found = recompute(model, plan())
    assert found.npv == 0.0
    assert not [at for at in found.money if at[1] == "X:A"]


def test_metered_savings_overlap_as_tonnes_do() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0), ("A", "el", 1000.0, "energy")],
        effects=[("X", "el", 0.3), ("Y", "el", 0.3)],
        prices=[("energy", "saving_cashable", 2.0), ("co2e", "carbon_value", 750.0), ("energy", "saving_avoided", 1.0)],
    )
    found = recompute(model, plan(("X", "A", 2027), ("Y", "A", 2028)))
    assert series(found, "saving_metered_cashable", "A:el", last=2028) == pytest.approx([600.0, 1020.0])
    assert series(found, "saving_metered_avoided", "A:el", last=2028) == pytest.approx([300.0, 510.0])
    assert series(found, "carbon_value", "A:el", last=2028) == pytest.approx([750 * 30.0, 750 * 51.0])


def test_the_background_is_never_credited() -> None:
    model = one_unit(
        effects=[("R", "el", 0.5)],
        running=[("R", "A", 2024)],
        background=[("el", 2030, 0.5, "co2e")],
        prices=[("co2e", "saving_cashable", 10.0)],
    )
    found = recompute(model, plan())
    assert found.npv == 0.0
    assert set(found.money["saving_metered_cashable", "A:el"]) == {0.0}


def test_the_price_is_the_categorys_own_else_the_common_one_of_the_latest_year() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0), ("A", "gas", 100.0)],
        effects=[("X", "el", 0.1), ("X", "gas", 0.1)],
        prices=[
            ("co2e", "carbon_value", 100.0, None, 2020),
            ("co2e", "carbon_value", 200.0, None, 2029),
            ("co2e", "carbon_value", 50.0, "gas", 2028),
        ],
    )
    found = recompute(model, plan(("X", "A", 2027)))
    assert series(found, "carbon_value", "A:el", last=2030) == pytest.approx([1000, 1000, 2000, 2000])
    assert series(found, "carbon_value", "A:gas", last=2030) == pytest.approx([0, 500, 500, 500])


def test_tonnes_are_priced_in_the_regions_own_account() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        accounts=["main", ("other", 3.0)],
        targets=[{"target": "goal", "account": "other", "level": 1.0}],
        effects=[("X", "el", 0.1)],
        prices=[("co2e", "carbon_value", 10.0)],
    )
    found = recompute(model, plan(("X", "A", 2027)))
    assert found.amount("carbon_value", 2030) == pytest.approx(100.0)


def test_the_present_value_is_annuities_and_opex_less_savings_at_the_ends_of_the_years() -> None:
    model = one_unit(
        settings={"end_year": 2030, "discount": ((1, 0.1),)},
        initiatives=[{"initiative": "X", "lifetime": 1}],
        effects=[("X", "el", 0.1)],
        money=[("X", "capex", 100.0), ("X", "opex", 5.0), ("X", "saving_cashable", 20.0), ("X", "saving_avoided", 3.0)],
        prices=[("co2e", "saving_avoided", 4.0), ("co2e", "carbon_value", 1000.0)],
    )
    found = recompute(model, plan(("X", "A", 2029)))
    yearly = 100 * 1.1 + 5 - 20 - 3 - 4 * 10
    assert found.cost[1:] == pytest.approx((0.0, 0.0, yearly, yearly))
    assert found.npv == pytest.approx(yearly * (1.1**-3 + 1.1**-4))
    assert found.npv_size == pytest.approx((110 + 5 + 20 + 3 + 40) * (1.1**-3 + 1.1**-4))
    assert found.priced_objective == pytest.approx(found.npv - 10_000 * (1.1**-3 + 1.1**-4))
