"""The scenarios that come with the project load, say what they are in two languages, and touch what they say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rmscenario.emissions import build_structure, evaluate, target_lines
from rmscenario.options import build_options
from rmscenario.region.vocabulary import MoneyKind, PriceKind
from rmscenario.scenario import PlanMode, Scenario, load

FOLDER = Path(__file__).parents[2] / "scenarios"
SHIPPED = {
    "reference", "nearest", "price-750", "price-375", "nothing-more", "slow-grid", "weak-suppliers", "tight-money",
    "short-staff", "late-start", "savings-half", "savings-none", "carbon-value-0", "carbon-value-1500", "market-based",
    "account-568", "construction-in-96", "all-in", "target-30", "target-27-confident", "backcast-67", "hand-check", "tutorial",
}  # fmt: skip


@cache
def scenario(name: str, *sets: str) -> Scenario:
    return load([FOLDER / f"{name}.toml"], sets)


def test_all_scenarios_of_the_list_are_there() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == SHIPPED


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_scenario_loads_and_says_what_it_is(name: str) -> None:
    loaded = scenario(name)
    assert loaded.name == name
    assert loaded.title_da
    assert loaded.title_en
    assert len(loaded.description_da) > 100
    assert len(loaded.description_en) > 100
    assert bool(loaded.touched) is (name != "reference")
    assert all(item.reason or item.table in ("planning", "stress", "backcast", "settings") for item in loaded.touched)


def test_no_two_scenarios_are_the_same() -> None:
    told = [(loaded.region, loaded.planning, loaded.backcast) for loaded in map(scenario, sorted(SHIPPED))]
    assert all(one != other for n, one in enumerate(told) for other in told[:n])


def test_the_reference_prices_the_total_and_the_operation_target() -> None:
    prices = {row.target: row.shortfall_price for row in scenario("reference").region.targets}
    assert (prices["total-67"], prices["energy-transport-96"]) == (1500.0, 2000.0)
    assert scenario("reference").planning.mode is PlanMode.PRICED
    assert scenario("nearest").planning.mode is PlanMode.NEAREST


def test_slow_grids_and_weak_suppliers_take_their_figures_from_the_table() -> None:
    before = {row.model_copy().category: row for row in scenario("reference").region.background if _in_2030(row)}
    for name, category in (("slow-grid", "el"), ("weak-suppliers", "med")):
        after = {row.category: row for row in scenario(name).region.background if _in_2030(row)}
        moved = {item.key[0] for item in scenario(name).touched}
        assert after[category].mode == before[category].weak
        assert after[category].strong == before[category].mode
        assert all(after[other] == before[other] for other in before if other not in moved)
    groups = {row.category: row.group for row in scenario("reference").region.categories}
    assert {groups[item.key[0]] for item in scenario("slow-grid").touched} == {"energy"}
    assert {groups[item.key[0]] for item in scenario("weak-suppliers").touched} == {"goods"}


def _in_2030(row: object) -> bool:
    return (getattr(row, "year", None), getattr(row, "quantity", None)) == (2030, "co2e")


def test_savings_are_halved_or_gone_and_costs_stay() -> None:
    reference = scenario("reference").region
    for name, factor in (("savings-half", 0.5), ("savings-none", 0.0)):
        region = scenario(name).region
        for old, new in zip(reference.money, region.money, strict=True):
            saving = old.kind in (MoneyKind.SAVING_CASHABLE, MoneyKind.SAVING_AVOIDED)
            assert new.amount == old.amount * (factor if saving else 1.0)
        for before, after in zip(reference.prices, region.prices, strict=True):
            assert after.price == before.price * (1.0 if before.kind is PriceKind.CARBON_VALUE else factor)


@pytest.mark.parametrize("name", ["market-based", "account-568"])
def test_another_account_holds_for_every_footprint_target(name: str) -> None:
    region = scenario(name).region
    assert region.settings.account == name
    assert {row.account for row in region.targets if row.quantity == "co2e"} == {name}


def test_the_1990_level_of_the_other_account_is_scaled_as_that_account() -> None:
    region = scenario("account-568").region
    (factor,) = (row.factor for row in region.accounts if row.account == "account-568")
    (base,) = (row.base for row in region.targets if row.target == "energy-transport-96")
    assert base == pytest.approx(170_000 * factor, abs=0.01)


def test_a_late_start_leaves_no_earlier_start() -> None:
    assert min(row.earliest for row in scenario("late-start").region.initiatives) == 2028
    assert scenario("late-start").region.settings.first_year == 2027


@pytest.mark.parametrize(
    ("sets", "total", "operation"),
    [
        ((), 463_926, 22_680),
        (("planning.renewals=false",), 480_337, None),
        (("planning.prerequisite_lag=1",), 465_399, None),
    ],
)
def test_everything_at_its_earliest_gives_the_figures_of_the_check_by_hand(
    sets: tuple[str, ...], total: float, operation: float | None
) -> None:
    # The figures were worked out apart from this project, with effects multiplied unit by unit.
    loaded = scenario("hand-check", *sets)
    table = build_options(loaded.region)
    lags = {(row.initiative, row.requires): row.lag for row in loaded.region.prerequisites}
    choice = table.nothing_new()
    first = {
        o.key: table.states[table.first_state[n]].start for n, o in enumerate(table.options) if table.state_range(n)
    }
    for number, option in enumerate(table.options):
        required = [
            first[(requires, option.unit)] + lag
            for (initiative, requires), lag in lags.items()
            if initiative == option.initiative.initiative and (requires, option.unit) in first
        ]
        states = [s for s in table.state_range(number) if table.states[s].start >= max(required, default=0)]
        if states:
            choice[number] = states[0]
    quantities = evaluate(build_structure(loaded.region, table), choice)
    at = list(loaded.region.years).index(2030)
    left = {line.target.target: quantities.total(line.leaves)[at] for line in target_lines(quantities.structure)}
    assert left["total-67"] == pytest.approx(total, abs=60)
    if operation is not None:
        assert left["energy-transport-96"] == pytest.approx(operation, abs=10)
