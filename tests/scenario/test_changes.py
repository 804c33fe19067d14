"""What scenarios change, and the record of it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmscenario.errors import InputError
from rmscenario.region import Region
from rmscenario.scenario.touched import Touched
from tests.scenario.conftest import Project


def rows(region: Region, table: str, **key: object) -> list[object]:
    return [row for row in region.table(table) if all(getattr(row, name) == value for name, value in key.items())]


def test_a_scenario_without_changes_is_the_model(project: Project) -> None:
    scenario = project.load("base")
    assert scenario.touched == ()
    assert scenario.name == "base"
    assert scenario.title_da == "Basis"
    assert scenario.region.settings.region == "test"


def test_set_changes_the_rows_that_the_filter_means(project: Project) -> None:
    project.write(
        "x",
        '[[change]]\ntable = "budgets"\nwhere = { kind = "capex", year = [2027] }\nset = { amount = 500 }\nreason = "less"\n',
    )
    scenario = project.load("x")
    assert scenario.touched == (
        Touched(
            table="budgets",
            key=("capex", "", "2027"),
            column="amount",
            old=800.0,
            new=500.0,
            scenario="x",
            reason="less",
        ),
    )
    assert [row.amount for row in scenario.region.budgets] == [500.0, 800.0, 60.0]


def test_multiply_and_add_calculate_from_the_old_value(project: Project) -> None:
    project.write(
        "x",
        '[[change]]\ntable = "budgets"\nmultiply = { amount = 0.5 }\n'
        '[[change]]\ntable = "staff_capacity"\nadd = { fte = -1 }\n'
        '[[change]]\ntable = "initiatives"\nwhere = { initiative = "LED" }\nadd = { lifetime = 2 }\n',
    )
    assert project.touched("x") == [
        "budgets[capex,,2027].amount: 800 → 400 (x)",
        "budgets[capex,,2028].amount: 800 → 400 (x)",
        "budgets[opex,,2027].amount: 60 → 30 (x)",
        "staff_capacity[engineer,,2027].fte: 4 → 3 (x)",
        "initiatives[LED].lifetime: 40 → 42 (x)",
    ]
    assert isinstance(project.load("x").region.initiatives[0].lifetime, int)


def test_copies_of_one_change_take_the_values_before_it(project: Project) -> None:
    project.write(
        "x",
        '[[change]]\ntable = "background"\nwhere = { category = "el" }\ncopy = { mode = "weak", strong = "mode" }\n',
    )
    assert project.touched("x") == [
        "background[el,co2e,2030].mode: 0.25 → 0.5 (x)",
        "background[el,co2e,2030].strong: 0.125 → 0.25 (x)",
    ]


def test_bounds_move_only_values_beyond_them(project: Project) -> None:
    project.write(
        "x",
        '[[change]]\ntable = "initiatives"\nat_least = { earliest = 2028 }\n'
        '[[change]]\ntable = "budgets"\nat_most = { amount = 100 }\n',
    )
    assert project.touched("x") == [
        "initiatives[LED].earliest: 2027 → 2028 (x)",
        "initiatives[AGENT].earliest: 2027 → 2028 (x)",
        "initiatives[CLOUD].earliest: 2027 → 2028 (x)",
        "budgets[capex,,2027].amount: 800 → 100 (x)",
        "budgets[capex,,2028].amount: 800 → 100 (x)",
    ]


def test_years_limit_a_change_to_the_rows_of_these_years(project: Project) -> None:
    project.write("x", '[[change]]\ntable = "budgets"\nfrom_year = 2028\nto_year = 2029\nmultiply = { amount = 2 }\n')
    assert project.touched("x") == ["budgets[capex,,2028].amount: 800 → 1600 (x)"]


def test_a_blank_text_blanks_a_cell_and_filters_blank_cells(project: Project) -> None:
    project.write(
        "x",
        '[[change]]\ntable = "initiatives"\nwhere = { half_life = 4 }\nset = { half_life = "" }\n'
        '[[change]]\ntable = "budgets"\nwhere = { unit = "", kind = "opex" }\nset = { amount = 70 }\n',
    )
    assert project.touched("x") == [
        "initiatives[LED].half_life: 4 → (blank) (x)",
        "budgets[opex,,2027].amount: 60 → 70 (x)",
    ]


def test_targets_are_changed_by_their_id(project: Project) -> None:
    project.write(
        "x",
        '[targets.third]\nshortfall_price = 750\nreason = "cheap"\n'
        '[targets.half]\nactive = true\nreduction = ""\nlevel = 100\n',
    )
    scenario = project.load("x")
    assert [str(item) for item in scenario.touched] == [
        "targets[third].shortfall_price: 1500 → 750 (x)",
        "targets[third].reason: (blank) → cheap (x)",
        "targets[half].active: no → yes (x)",
        "targets[half].reduction: 0.5 → (blank) (x)",
        "targets[half].level: (blank) → 100 (x)",
    ]
    assert {item.reason for item in scenario.touched} == {"cheap", ""}
    assert [target.target for target in scenario.region.active_targets] == ["third", "half"]


def test_rows_are_added_in_the_units_they_write_and_removed(project: Project) -> None:
    project.write(
        "x",
        '[[remove]]\ntable = "budgets"\nwhere = { kind = "capex", year = 2028 }\nreason = "no limit"\n'
        '[[add]]\ntable = "budgets"\nreason = "a new limit"\n'
        'row = { kind = "opex", unit = "A", year = 2028, amount = 1.5, measure = "mio. kr.", reference = "made-up", grade = "assumption" }\n',
    )
    assert project.touched("x") == [
        "budgets[capex,,2028] taken out: amount = 800, measure = DKK/a, reference = made-up, grade = assumption (x)",
        "budgets[opex,A,2028] new: amount = 1500000, measure = DKK/a, reference = made-up, grade = assumption (x)",
    ]
    assert [row.amount for row in project.load("x").region.budgets] == [800.0, 60.0, 1_500_000.0]


def test_settings_change_the_period_and_the_account(project: Project) -> None:
    project.write(
        "x",
        '[settings]\nlast_start = 2029\naccount = "other"\n'
        '[[settings.discount]]\nfrom_year = 1\nrate = 0.05\nreference = "made-up"\ngrade = "assumption"\n',
    )
    scenario = project.load("x")
    assert (scenario.region.settings.last_start, scenario.region.settings.account) == (2029, "other")
    assert [item.column for item in scenario.touched] == ["last_start", "account", "discount"]


def test_open_rounds_close_all_others_to_starts(project: Project) -> None:
    project.write("x", 'rounds_open = ["R2"]\n')
    assert project.touched("x") == ["rounds[R1].status: open → closed (x)", "rounds[R2].status: later → open (x)"]


def test_a_chain_is_laid_over_the_model_from_its_inner_end(project: Project) -> None:
    project.write("inner", '[[change]]\ntable = "budgets"\nmultiply = { amount = 0.5 }\n')
    project.write(
        "outer",
        '[[change]]\ntable = "budgets"\nwhere = { kind = "opex" }\nset = { amount = 10 }\n',
        head='title_da = "T"\ntitle_en = "T"\nextends = "inner.toml"\n',
    )
    assert project.touched("outer")[-2:] == [
        "budgets[opex,,2027].amount: 60 → 30 (inner)",
        "budgets[opex,,2027].amount: 30 → 10 (outer)",
    ]
    assert [path.name for path in project.load("outer").files] == ["small", "base.toml", "inner.toml", "outer.toml"]


def test_scenarios_combine_from_left_to_right_and_share_what_they_extend(project: Project) -> None:
    common = 'title_da = "T"\ntitle_en = "T"\nextends = "half.toml"\n'
    project.write("half", '[[change]]\ntable = "budgets"\nmultiply = { amount = 0.5 }\n')
    project.write("a", "[targets.third]\nshortfall_price = 750\n", head=common)
    project.write("b", "[targets.third]\nshortfall_price = 375\n", head=common)
    scenario = project.load("a", "b")
    assert scenario.name == "a+b"
    assert scenario.title_en == "T + T"
    assert [str(item) for item in scenario.touched[-3:]] == [
        "budgets[opex,,2027].amount: 60 → 30 (half)",
        "targets[third].shortfall_price: 1500 → 750 (a)",
        "targets[third].shortfall_price: 750 → 375 (b)",
    ]


def test_single_values_are_set_last(project: Project) -> None:
    project.write("x", "[targets.third]\nshortfall_price = 750\n")
    sets = [
        "targets[third].shortfall_price=500",
        "targets[half].active=true",
        "budgets[capex,,2027].amount=1e3",
        "settings.last_start=2029",
        "planning.gap=0.002",
        "planning.lift=staff, starts",
        "stress.years=[2027, 2030]",
    ]
    scenario = project.load("x", sets=sets)
    assert [str(item) for item in scenario.touched[:7]] == [
        "targets[third].shortfall_price: 1500 → 750 (x)",
        "targets[third].shortfall_price: 750 → 500 (--set)",
        "targets[half].active: no → yes (--set)",
        "budgets[capex,,2027].amount: 800 → 1000 (--set)",
        "settings.last_start: 2030 → 2029 (--set)",
        "planning.gap: 0.0001 → 0.002 (--set)",
        "planning.lift: (blank) → staff, starts (--set)",
    ]
    assert scenario.stress.years == (2027, 2030)
    assert scenario.region.staff_capacity == ()


def test_a_model_folder_is_a_scenario_without_changes(project: Project) -> None:
    from rmscenario.scenario import load  # noqa: PLC0415

    folder = project.root / "models" / "small"
    scenario = load([folder])
    assert (scenario.name, scenario.title_da, scenario.touched) == ("small", "Prøve", ())
    assert set(scenario.hashes) == {f"models/small/{path.name}" for path in folder.iterdir()}
    project.write(
        "x", '[[change]]\ntable = "budgets"\nmultiply = { amount = 0.5 }\n', head='title_da = "T"\ntitle_en = "T"\n'
    )
    assert len(load([folder, project.root / "scenarios" / "x.toml"]).touched) == 3


def test_hashes_change_with_the_bytes_of_a_file_alone(project: Project) -> None:
    project.write("x", "[planning]\ngap = 0.01\n")
    before = dict(project.load("x").hashes)
    assert {"scenarios/base.toml", "scenarios/x.toml", "models/small/region.toml"} < set(before)
    project.write("x", "[planning]\ngap = 0.02\n")
    after = dict(project.load("x").hashes)
    assert {name for name in before if before[name] != after[name]} == {"scenarios/x.toml"}


def test_a_scenario_cannot_be_changed_once_loaded(project: Project) -> None:
    scenario = project.load("base")
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        scenario.hashes["x"] = "y"  # type: ignore[index]


CHANGES = {
    "money": '[[change]]\ntable = "budgets"\nwhere = { kind = "capex" }\nmultiply = { amount = 0.5 }\n',
    "more": '[[change]]\ntable = "budgets"\nmultiply = { amount = 2 }\n',
    "price": "[targets.third]\nshortfall_price = 10\n",
    "grid": '[[change]]\ntable = "background"\nwhere = { category = "el" }\ncopy = { mode = "weak" }\n',
    "late": '[[change]]\ntable = "initiatives"\nat_least = { earliest = 2028 }\n',
    "free": '[planning]\nlift = ["staff"]\n',
}


#: What the profile lets pass, and one folder for all examples: each writes its scenarios anew.
SHARED_PROJECT = (*settings().suppress_health_check, HealthCheck.function_scoped_fixture)


@given(order=st.permutations(sorted(CHANGES)))
@settings(max_examples=6, suppress_health_check=SHARED_PROJECT)
def test_changes_that_do_not_meet_give_the_same_region_in_any_order(project: Project, order: list[str]) -> None:
    for name, text in CHANGES.items():
        project.write(name, text)
    assert project.load(*order).region == project.load(*sorted(CHANGES)).region


@given(factor=st.floats(0, 4), kind=st.sampled_from(["capex", "opex"]))
@settings(max_examples=10, suppress_health_check=SHARED_PROJECT)
def test_touched_holds_exactly_the_values_that_differ(project: Project, factor: float, kind: str) -> None:
    project.write(
        "x", f'[[change]]\ntable = "budgets"\nwhere = {{ kind = "{kind}" }}\nmultiply = {{ amount = {factor!r} }}\n'
    )
    base = project.load("base").region
    try:
        scenario = project.load("x")
    except InputError:
        assert all(row.amount * factor == row.amount for row in rows(base, "budgets", kind=kind))
        return
    differing = [
        (str(old.kind), old.year, old.amount, new.amount)
        for old, new in zip(base.budgets, scenario.region.budgets, strict=True)
        if old != new
    ]
    assert [(item.key[0], int(item.key[2]), item.old, item.new) for item in scenario.touched] == differing
