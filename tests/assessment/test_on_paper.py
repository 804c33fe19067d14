"""What a published account shows of a plan, beside what is emitted, Eq. (32)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmscenario.assessment import assess
from rmscenario.region import Region
from rmscenario.verify import compare, recompute
from tests.random_regions import random_plan, random_region
from tests.regions import plan, region

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
MAIN = "co2e@main"


def seen(model: Region, seed: int) -> Region:
    """The region with random shares of its effects visible."""
    dice = Random(seed)
    shares = (dice.choice([0.0, 1.0, dice.random()]) for _ in model.effects)
    rows = (
        row.model_copy(update={"visible_in_account": share}) for row, share in zip(model.effects, shares, strict=True)
    )
    return replace(model, effects=tuple(rows))


def all_seen(model: Region, share: float) -> Region:
    """The region with one share of all effects visible."""
    return replace(model, effects=tuple(row.model_copy(update={"visible_in_account": share}) for row in model.effects))


def test_by_hand_half_of_one_effect_is_seen_and_all_of_another() -> None:
    model = region(
        sources=[("A", "el", 100.0)],
        effects=[{"initiative": "X", "category": "el", "mode": 0.4, "visible_in_account": 0.5}, ("Y", "el", 0.5)],
        initiatives=["X", "Y"],
        targets=[("goal", 40.0, 2029)],
    )
    of = assess(model, plan(("X", "A", 2027), ("Y", "A", 2027))).sel(year=2029)
    assert float(of["residual"].sel(target="goal")) == pytest.approx(100.0 * 0.6 * 0.5)
    assert float(of["residual_on_paper"].sel(target="goal")) == pytest.approx(100.0 * 0.8 * 0.5)
    assert float(of["footprint_on_paper"].sum()) == pytest.approx(100.0 * 0.8 * 0.5)


@settings(max_examples=20)
@given(SEEDS)
def test_where_everything_is_seen_the_account_shows_what_is_emitted_to_the_last_bit(seed: int) -> None:
    model = random_region(seed)
    of = assess(model, random_plan(model, seed))
    assert np.array_equal(of["residual_on_paper"], of["residual"])
    assert np.array_equal(of["footprint_on_paper"], of["quantity"].sel(stream=MAIN))


@settings(max_examples=20)
@given(SEEDS)
def test_where_nothing_is_seen_the_account_stays_without_any_initiative(seed: int) -> None:
    model = all_seen(random_region(seed), 0.0)
    of = assess(model, random_plan(model, seed))
    assert np.array_equal(of["footprint_on_paper"], of["bare"].sel(stream=MAIN))


@settings(max_examples=20)
@given(SEEDS)
def test_what_is_seen_changes_nothing_but_what_the_accounts_show(seed: int) -> None:
    model = random_region(seed)
    starts = random_plan(model, seed)
    before, after = assess(model, starts), assess(seen(model, seed), starts)
    shown = ["residual_on_paper", "footprint_on_paper"]
    assert after.drop_vars(shown).identical(before.drop_vars(shown))


@settings(max_examples=30)
@given(SEEDS)
def test_the_recomputation_agrees_on_what_the_accounts_show(seed: int) -> None:
    model = seen(random_region(seed), seed)
    starts = random_plan(model, seed)
    found = compare(recompute(model, starts), assess(model, starts))
    assert found.max_relative_difference < 1e-9
