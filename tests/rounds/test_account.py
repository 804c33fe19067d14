"""The split of what an account has changed: it closes, and says of method that it is method."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmscenario import tables
from rmscenario.errors import InputError
from rmscenario.region import Region
from rmscenario.region.vocabulary import EventKind, Grade
from rmscenario.rounds.account import AccountSplit, split_account
from rmscenario.rounds.causes import FACTOR, STEP, Cause
from rmscenario.rounds.rows import FollowUp
from tests.project.files import ROOT
from tests.random_regions import random_region
from tests.regions import region

#: [tCO2e/a] What a split may leave over: rounding alone.
CLOSED = 1e-6
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def changes(split: AccountSplit) -> dict[Cause, float]:
    return {row.cause: row.change for row in split.causes}


def figures(*rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    columns = ("account", "year", "value", "boundary")
    return [dict(zip(columns, row, strict=False)) for row in rows]


def by_hand(**given: Any) -> Region:
    """100 t that the background halves by 2030, and a running initiative that takes off 20 % from 2028 on."""
    return region(
        **(
            {
                "units": ["A"],
                "sources": [("A", "el", 100.0)],
                "background": [("el", 2030, 0.5)],
                "effects": [("R", "el", 0.2)],
                "running": [("R", "A", 2028)],
                "account_history": figures(("main", 2026, 100.0), ("main", 2030, 41.0)),
            }
            | given
        )
    )


@pytest.fixture(scope="module")
def reference() -> Region:
    return tables.load(ROOT / "models" / "midtjylland")


def test_own_initiatives_and_background_are_the_average_over_both_orders() -> None:
    split = split_account(by_hand(), "all")
    own = (100.0 * -0.2 + 50.0 * -0.2) / 2
    background = (100.0 * -0.5 + 80.0 * -0.5) / 2
    assert changes(split) == pytest.approx(
        dict.fromkeys(Cause, 0.0) | {Cause.OWN: own, Cause.BACKGROUND: background, Cause.UNEXPLAINED: 1.0}
    )
    assert split.change == -59.0


def test_an_effect_that_the_account_does_not_see_is_no_part_of_its_change() -> None:
    hidden = by_hand(effects=[{"initiative": "R", "category": "el", "mode": 0.2, "visible_in_account": 0.25}])
    assert split_account(hidden, "all").of(Cause.OWN).change == pytest.approx(0.25 * -15.0)


def test_each_kind_of_event_goes_with_the_background_as_it_says() -> None:
    model = by_hand(
        units=["A"],
        sources=[("A", "el", 100.0), ("A", "build", 40.0)],
        background=[("el", 2030, 0.5), ("build", 2030, 0.9)],
        running=[],
        boundaries=["all", ("build", None, "build"), ("el", None, "el")],
        account_history=figures(("main", 2026, 140.0), ("main", 2028, 150.0), ("main", 2030, 60.0)),
        account_events=[
            {"event": "built", "kind": "construction", "boundary": "build", "year": 2026, "mode": 40.0},
            {"event": "built", "kind": "construction", "boundary": "build", "year": 2029, "mode": 10.0},
            {"event": "more", "kind": "activity", "boundary": "el", "year": 2026, "mode": 0.0},
            {"event": "more", "kind": "activity", "boundary": "el", "year": 2028, "mode": 6.0},
            {"event": "once", "kind": "one_off", "boundary": "el", "year": 2028, "mode": 30.0},
            {"event": "early", "kind": "own", "boundary": "el", "year": 2026, "mode": 0.0},
            {"event": "early", "kind": "own", "boundary": "el", "year": 2030, "mode": -3.0},
        ],
    )
    steps = {row.cause: row.steps for row in split_account(model, "all").causes}
    assert steps[Cause.CONSTRUCTION] == pytest.approx(
        (0.0, -20.0, -10.0)
    )  # linear, then as in 2029; no background there
    assert steps[Cause.ACTIVITY] == pytest.approx((0.0, 6.0, 0.0))
    assert steps[Cause.BACKGROUND] == pytest.approx((0.0, -25.0 - 6.0, -25.0))
    assert steps[Cause.ONE_OFF] == pytest.approx((0.0, 30.0, -30.0))
    assert steps[Cause.OWN] == pytest.approx((0.0, -1.5, -1.5))
    assert steps[Cause.UNEXPLAINED] == pytest.approx((0.0, 10.0 - (-20 - 25 + 30 - 1.5), -90.0 - (-10 - 25 - 30 - 1.5)))


def test_where_the_method_changes_the_base_is_re_expressed_and_what_is_left_of_the_step_is_method() -> None:
    model = by_hand(
        accounts=["main", ("new", 0.8)],
        background=[("el", 2030, 1.0)],
        running=[],
        account_history=figures(("main", 2026, 100.0), ("main", 2027, 110.0), ("new", 2028, 70.0), ("new", 2029, 66.0)),
    )
    split = split_account(model, "all")
    steps = {row.what or row.cause: row.steps for row in split.moved}
    assert steps[FACTOR] == pytest.approx((-20.0, 0.0, 0.0, 0.0))
    assert steps[STEP] == pytest.approx((0.0, 0.0, 70.0 - 88.0, 0.0))
    assert steps[Cause.UNEXPLAINED] == pytest.approx((0.0, 8.0, 0.0, -4.0))
    assert split.change == -34.0
    assert split.breaks == (2,)


@settings(max_examples=20)
@given(SEEDS)
def test_any_series_closes_in_every_step_and_each_part_lies_between_its_ends(seed: int) -> None:
    dice = Random(seed)
    model = random_region(seed)
    years = sorted(dice.sample(range(2026, 2034), dice.randint(2, 5)))
    broken = dice.randint(1, len(years))
    rows = figures(
        *(("main" if n < broken else "market", year, dice.uniform(10.0, 400.0)) for n, year in enumerate(years))
    )
    events = [
        {
            "event": f"E{number}",
            "kind": kind,
            "boundary": "el" if kind is EventKind.CONSTRUCTION else dice.choice(["all", "el"]),
            "year": year,
            "low": -30.0,
            "mode": dice.uniform(-30.0, 30.0),
            "high": 30.0,
            "account": dice.choice(["main", "market"]),
        }
        for number, kind in enumerate(EventKind)
        for year in dice.sample(years, dice.randint(1, 2))
    ]
    made = region(account_history=rows, account_events=events)
    model = replace(model, account_history=made.account_history, account_events=made.account_events)
    split = split_account(model, "all")
    again = [figure.again for figure in split.figures]
    expected = [again[0] - split.figures[0].value, *(b - a for a, b in pairwise(again))]
    for parts in (split.moved, split.causes):
        assert [sum(row.steps[n] for row in parts) for n in range(len(years))] == pytest.approx(expected, abs=CLOSED)
        assert sum(row.change for row in parts) == pytest.approx(split.change, abs=CLOSED)
        assert all(row.low <= row.change <= row.high for row in parts)
        assert all(sum(row.steps) == pytest.approx(row.change, abs=CLOSED) for row in parts)


def test_the_published_series_closes_and_its_fall_is_not_own_effort(reference: Region) -> None:
    split = split_account(reference, "all")
    assert [(figure.year, figure.value) for figure in split.figures] == [
        (2018, 704_000), (2020, 678_000), (2021, 776_000), (2022, 509_000), (2023, 400_000),
    ]  # fmt: skip
    assert split.change == -304_000
    assert sum(row.change for row in split.moved) == pytest.approx(split.change, abs=1.0)
    own = split.of(Cause.OWN)
    assert -0.04 * 304_000 < own.low <= own.change <= own.high <= 0.0
    assert own.change > -15_000
    assert not split.left_out


def test_the_break_of_the_published_series_is_stated_as_method(reference: Region) -> None:
    split = split_account(reference, "all")
    (at,) = split.breaks
    before, after = split.figures[at - 1], split.figures[at]
    assert (before.year, after.year) == (2021, 2022)
    assert before.account != after.account
    unexplained, method = split.of(Cause.UNEXPLAINED), split.of(Cause.METHOD)
    assert unexplained.steps[at] == 0.0
    told = {row.what or row.cause: row.steps[at] for row in split.moved}
    known = sum(steps for what, steps in told.items() if what not in (STEP, FACTOR))
    in_the_step = (before.again - before.value) + told[STEP]
    assert in_the_step + known == pytest.approx(after.value - before.value, abs=1.0)
    assert in_the_step < -150_000
    assert method.high < -140_000  # whatever the factor, most of what the step leaves is method
    assert split.factor == pytest.approx((568 / 704, 509 / 776, 1.0), abs=1e-6)


def test_the_old_series_are_kept_as_published(reference: Region) -> None:
    kept = {(figure.account, figure.year): figure for figure in split_account(reference, "all").kept}
    published = {(row.account, row.year): row.value for row in reference.account_history if row.boundary == "all"}
    assert {at: figure.value for at, figure in kept.items()} == published
    assert kept["2020-method", 2018].again == pytest.approx(568_000, abs=1.0)
    assert kept["account-568", 2023].again == 400_000


def test_a_series_of_one_method_has_no_method_in_it(reference: Region) -> None:
    split = split_account(reference, "energy-transport")
    assert {figure.account for figure in split.figures} == {"2020-method"}
    assert split.breaks == ()
    assert split.of(Cause.METHOD).change == 0.0
    assert split.factor == (1.0, 1.0, 1.0)


def test_a_figure_that_follow_up_brings_goes_on_with_the_series(reference: Region) -> None:
    def row(value: float, reported: date) -> FollowUp:
        return FollowUp(
            account="account-568", boundary="all", observed=date(2024, 12, 31), value=value, measure="tCO2e/a",
            source="Miljøchef", reported=reported,
        )  # fmt: skip

    split = split_account(reference, "all", [row(390_000.0, date(2025, 6, 1)), row(395_000.0, date(2025, 5, 1))])
    assert (split.figures[-1].year, split.figures[-1].value) == (2024, 390_000.0)
    assert sum(each.change for each in split.moved) == pytest.approx(-314_000, abs=1.0)
    assert split.of(Cause.OWN).steps[-1] < 0  # what runs since 2024


def test_how_much_rests_on_assumptions_is_a_share_of_all_movements() -> None:
    split = split_account(by_hand(), "all")
    assert split.share(Grade.ASSUMPTION) == pytest.approx(60.0 / 61.0)
    assert split.share(None) == pytest.approx(1.0 / 61.0)


def test_an_event_that_lies_partly_outside_is_left_out_and_said() -> None:
    model = by_hand(
        units=["A", "B"],
        sources=[("A", "el", 100.0), ("B", "el", 100.0)],
        boundaries=["all", ("A", "A", None)],
        account_history=figures(("main", 2026, 100.0, "A"), ("main", 2030, 41.0, "A")),
        account_events=[{"event": "wide", "year": 2030, "mode": 5.0}],
    )
    split = split_account(model, "A")
    assert split.left_out == ("wide",)
    assert split.of(Cause.ONE_OFF).change == 0.0


def test_one_figure_is_an_error_that_says_so() -> None:
    with pytest.raises(InputError) as caught:
        split_account(by_hand(account_history=figures(("main", 2026, 100.0))), "all")
    assert str(caught.value) == (
        "account_history.csv: found 1 figure over 'all' from 2026 on in 'main' or an account after it, expected at least "
        "two; add published figures, or choose another boundary"
    )


def test_construction_that_is_told_twice_is_an_error() -> None:
    events = [{"event": name, "kind": "construction", "year": 2026, "mode": 1.0} for name in ("one", "two")]
    with pytest.raises(InputError, match="'two' and 'one' both in the place of the background"):
        split_account(by_hand(account_events=events), "all")
