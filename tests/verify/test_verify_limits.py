"""Eqs. (13)–(21) by hand: a plan that keeps every limit, changes that break them one by one, and rules of scope."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.region import Region
from rmscenario.verify import LimitRow, Sense, broken, recompute
from tests.regions import plan, region

Starts = dict[tuple[str, str], tuple[int, float]]

MODEL = region(
    initiatives=[
        {"initiative": "X", "earliest": 2028, "latest": 2029},
        "Y",
        "Z",
        "R",
        {"initiative": "D", "track": "food"},
        {"initiative": "G", "delivery": "group", "track": "food"},
    ],
    effects=[("X", "el", 0.1)],
    levels=[("Y", 0.5), ("Y", 1.0)],
    money=[("X", "capex", 200.0), ("Y", "opex", 100.0), ("G", "opex", 10.0)],
    staff=[("Y", "eng", "run", 4.0)],
    budgets=[("capex", 2028, 100.0, None), ("opex", 2029, 60.0, "A"), ("opex", 2029, 100.0, None)],
    staff_capacity=[("eng", 2030, 2.0, "A"), ("eng", 2030, 3.5, None)],
    start_limits=[("R1", None, 3), ("R1", "B", 1)],
    prerequisites=[("Z", "Y", 1)],
    exclusions=[("X", "R")],
    duties=[("D", "A", 2028)],
    minimum_starts=[("food", "A", 1)],
    outlay_shares=[("A", 0.95)],
    rounds=[("R1", 2027, 2028, "open"), ("R2", 2029, 2029, "later"), ("R3", 2030, 2030, "closed")],
    running=[("R", "B", 2025)],
)
KEPT: Starts = {
    ("X", "A"): (2028, 1.0),
    ("Y", "A"): (2027, 1.0),
    ("Z", "A"): (2029, 1.0),
    ("D", "A"): (2028, 1.0),
    ("G", "A"): (2027, 1.0),
    ("Y", "B"): (2029, 0.5),
}


def rows(model: Region, equation: int, *starts: tuple[Any, ...]) -> list[LimitRow]:
    return [row for row in recompute(model, plan(*starts)).limits if row.equation == equation]


def not_kept(model: Region, starts: Starts) -> list[str]:
    return [str(row) for row in broken(recompute(model, plan(*((*key, *state) for key, state in starts.items()))))]


def test_a_plan_that_keeps_every_limit_breaks_none() -> None:
    assert not_kept(MODEL, KEPT) == []
    found = recompute(MODEL, plan(*((*key, *state) for key, state in KEPT.items()))).limits
    assert {row.equation for row in found} == {13, 15, 16, 17, 18, 19, 20, 21}
    assert [(str(row), row.slack) for row in found if row.equation in (15, 16, 21)] == [
        ("Eq. (15) capex region 2028: 100 ≤ 100", 0.0),
        ("Eq. (15) opex A 2029: 60 ≤ 60", 0.0),
        ("Eq. (15) opex region 2029: 85 ≤ 100", 15.0),
        ("Eq. (16) staff eng A 2030: 2 ≤ 2", 0.0),
        ("Eq. (16) staff eng region 2030: 3 ≤ 3.5", 0.5),
        ("Eq. (21) outlay share A: 280 ≤ 289.75", 9.75),
    ]


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({("X", "A"): (2027, 1.0)}, ["Eq. (13) start of X:A in 2027 at 1: 1 ≤ 0"]),
        ({("D", "A"): (2026, 1.0)}, ["Eq. (13) start of D:A in 2026 at 1: 1 ≤ 0"]),
        ({("Z", "A"): (2030, 1.0)}, ["Eq. (13) start of Z:A in 2030 at 1: 1 ≤ 0"]),
        ({("Y", "B"): (2029, 0.6)}, ["Eq. (13) start of Y:B in 2029 at 0.6: 1 ≤ 0"]),
        ({("R", "B"): (2028, 1.0)}, ["Eq. (13) state of R:B: 2 ≤ 1"]),
        ({("Q", "A"): (2028, 1.0)}, ["Eq. (13) state of Q:A (no such option): 1 ≤ 0"]),
        ({("G", "B"): (2028, 1.0)}, ["Eq. (13) state of G:B (no such option): 1 ≤ 0"]),
        (
            {("X", "B"): (2028, 1.0)},
            ["Eq. (15) capex region 2028: 200 ≤ 100", "Eq. (19) X:B excludes R:B: 2 ≤ 1"],
        ),
        (
            {("Y", "B"): (2029, 1.0)},
            ["Eq. (15) opex region 2029: 110 ≤ 100", "Eq. (16) staff eng region 2030: 4 ≤ 3.5"],
        ),
        ({("Z", "A"): (2028, 1.0)}, ["Eq. (17) starts A R1: 4 ≤ 3"]),
        ({("Y", "B"): (2028, 0.5), ("D", "B"): (2028, 1.0)}, ["Eq. (17) starts B R1: 2 ≤ 1"]),
        ({("Y", "A"): (2029, 1.0)}, ["Eq. (18) Z:A needs Y by 2028: 1 ≤ 0"]),
        ({("Z", "B"): (2029, 1.0)}, ["Eq. (18) Z:B needs Y by 2028: 1 ≤ 0"]),
        ({("X", "B"): (2029, 1.0)}, ["Eq. (19) X:B excludes R:B: 2 ≤ 1"]),
        ({("D", "A"): (2029, 1.0)}, ["Eq. (20) duty D:A by 2028: 0 = 1"]),
        ({("D", "A"): None}, ["Eq. (20) duty D:A by 2028: 0 = 1", "Eq. (20) minimum starts food A: 0 ≥ 1"]),
        ({("Y", "B"): None}, ["Eq. (21) outlay share A: 280 ≤ 266"]),
    ],
)
def test_a_changed_start_breaks_the_limit_it_should_and_no_other(
    change: dict[tuple[str, str], tuple[int, float] | None], messages: list[str]
) -> None:
    starts = {key: state for key, state in (KEPT | change).items() if state is not None}
    assert not_kept(MODEL, starts) == messages


def test_an_option_started_twice_is_told() -> None:
    found = recompute(region(initiatives=["X"]), plan(("X", "A", 2027), ("X", "A", 2028)))
    assert [str(row) for row in broken(found)] == ["Eq. (13) state of X:A: 2 ≤ 1"]


def test_a_budget_of_a_unit_counts_the_group_wide_options_it_carries_and_renewals() -> None:
    model = region(
        initiatives=[{"initiative": "G", "delivery": "group", "lifetime": 2}],
        money=[("G", "capex", 50.0)],
        budgets=[("capex", 2029, 40.0, "A"), ("capex", 2029, 0.0, "B"), ("capex", 2028, 0.0, None)],
    )
    assert [(row.name, row.left, row.kept) for row in rows(model, 15, ("G", "A", 2027))] == [
        ("capex A 2029", 50.0, False),
        ("capex B 2029", 0.0, True),
        ("capex region 2028", 0.0, True),
    ]


def test_a_saving_never_loosens_a_budget() -> None:
    model = region(
        units=["A"],
        money=[("X", "opex", 50.0), ("X", "saving_cashable", 500.0)],
        budgets=[("opex", 2029, 40.0, None)],
    )
    assert [row.left for row in rows(model, 15, ("X", "A", 2027))] == [50.0]


def test_group_wide_and_running_options_count_for_no_units_starts() -> None:
    model = region(
        initiatives=[("G", "group"), "X", "R"],
        running=[("R", "A", 2027)],
        start_limits=[("R1", "A", 0)],
        minimum_starts=[("track", "A", 1)],
    )
    starts = ("G", "A", 2027)
    assert [row.left for row in rows(model, 17, starts)] == [0.0]
    assert [(row.left, row.sense) for row in rows(model, 20, starts)] == [(0.0, Sense.AT_LEAST)]


def test_a_prerequisite_may_start_in_the_same_year_unless_there_is_a_lag() -> None:
    same_year = region(prerequisites=[("Z", "Y")], initiatives=["Z", "Y"])
    assert [row.kept for row in rows(same_year, 18, ("Z", "A", 2028), ("Y", "A", 2028))] == [True]
    assert [row.kept for row in rows(same_year, 18, ("Z", "A", 2028), ("Y", "B", 2028))] == [False]
    lagged = region(prerequisites=[("Z", "Y", 2)], initiatives=["Z", "Y"])
    assert [row.kept for row in rows(lagged, 18, ("Z", "A", 2029), ("Y", "A", 2028))] == [False]
    assert [row.kept for row in rows(lagged, 18, ("Z", "A", 2029), ("Y", "A", 2027))] == [True]


def test_a_prerequisite_in_any_unit_needs_one_and_in_all_units_each() -> None:
    any_unit = region(prerequisites=[("Z", "Y", 0, "any_unit")], initiatives=["Z", "Y"])
    assert [(row.right, row.kept) for row in rows(any_unit, 18, ("Z", "A", 2028), ("Y", "B", 2028))] == [(1.0, True)]
    all_units = region(prerequisites=[("Z", "Y", 0, "all_units")], initiatives=["Z", "Y"])
    assert [(row.name, row.kept) for row in rows(all_units, 18, ("Z", "A", 2028), ("Y", "B", 2028))] == [
        ("Z:A needs Y in A by 2028", False),
        ("Z:A needs Y in B by 2028", True),
    ]


def test_a_running_or_group_wide_prerequisite_serves_every_lag_and_unit() -> None:
    running = region(prerequisites=[("Z", "Y", 5)], initiatives=["Z", "Y"], running=[("Y", "A", 2026)])
    assert [row.kept for row in rows(running, 18, ("Z", "A", 2027))] == [True]
    group_wide = region(prerequisites=[("Z", "Y")], initiatives=["Z", ("Y", "group")])
    assert [row.kept for row in rows(group_wide, 18, ("Z", "B", 2028), ("Y", "A", 2028))] == [True]


def test_a_group_wide_initiative_needs_its_carriers_prerequisite() -> None:
    model = region(prerequisites=[("G", "Y")], initiatives=[("G", "group"), "Y"])
    assert [row.kept for row in rows(model, 18, ("G", "A", 2028), ("Y", "B", 2028))] == [False]
    assert [row.kept for row in rows(model, 18, ("G", "A", 2028), ("Y", "A", 2028))] == [True]


def test_an_exclusion_holds_within_a_unit_and_for_group_wide_initiatives_everywhere() -> None:
    model = region(exclusions=[("X", "Y")], initiatives=["X", "Y"])
    assert all(row.kept for row in rows(model, 19, ("X", "A", 2027), ("Y", "B", 2027)))
    assert not all(row.kept for row in rows(model, 19, ("X", "A", 2027), ("Y", "A", 2030)))
    group_wide = region(exclusions=[("X", "Y")], initiatives=["X", ("Y", "group")])
    assert [row.kept for row in rows(group_wide, 19, ("X", "B", 2027), ("Y", "A", 2027))] == [True, False]


def test_a_duty_without_a_unit_is_every_units_and_a_running_initiative_fulfils_its() -> None:
    model = region(initiatives=["D"], duties=[{"initiative": "D", "latest": 2028}], running=[("D", "B", 2026)])
    assert [(row.name, row.kept) for row in rows(model, 20)] == [
        ("duty D:A by 2028", False),
        ("duty D:B by 2028", True),
    ]


def test_a_share_of_outlay_counts_what_a_unit_carries_in_the_years_in_which_any_initiative_may_start() -> None:
    model = region(
        initiatives=[
            {"initiative": "X", "earliest": 2028, "latest": 2028},
            {"initiative": "G", "latest": 2028, "delivery": "group"},
        ],
        money=[("X", "opex", 20.0), ("G", "opex", 30.0)],
        outlay_shares=[("A", 0.5)],
    )
    # 2027 and 2028: G costs 30 in each, X 10 a unit in the second; 2029 and 2030 no longer count
    assert [(row.left, row.right) for row in rows(model, 21, ("G", "A", 2027), ("X", "A", 2028), ("X", "B", 2028))] == [
        (70.0, 40.0)
    ]
