"""Plans under risk against every choice of small random regions."""

from __future__ import annotations

import math
from functools import cache
from unittest.mock import patch

import numpy as np
import pytest

from rmscenario.planning import groups
from tests.risk.brute import EQUAL, Compared, by_all_together, by_confidence, by_tail
from tests.risk.regions import uncertain_region

REGIONS = 60
CONFIDENT = 14
#: Seeds whose lower bound is computed draw by draw.
BOUNDED = (0, 1, 3)


@cache
def confident(seed: int) -> Compared | None:
    return by_confidence(seed, 128, bounded=seed in BOUNDED)


@cache
def all_together(seed: int) -> Compared | None:
    return by_all_together(seed, 128, bounded=seed in BOUNDED)


@pytest.mark.parametrize("seed", range(REGIONS))
def test_plans_by_the_mean_of_a_tail_are_the_best_of_all_choices(seed: int) -> None:
    found = by_tail(seed)
    if found is None:
        pytest.skip("the target lies after the period")
    if found.reached is None:
        assert math.isinf(found.best)
        return
    assert found.is_best
    assert found.proven <= EQUAL * found.wide


@pytest.mark.parametrize("seed", range(0, REGIONS, 3))
def test_they_are_so_too_where_open_groups_are_always_made_one(seed: int) -> None:
    with patch.object(groups, "MERGED", 1):
        found = by_tail(seed)
    if found is None or found.reached is None:
        return
    assert found.is_best
    assert found.proven <= EQUAL * found.wide


@pytest.mark.parametrize("compare", [confident, all_together])
def test_plans_with_a_confidence_keep_it_and_no_bound_lies_above_the_best_of_all_choices(compare) -> None:  # type: ignore[no-untyped-def]
    """A plan that breaks a hard target has an infinite value; none is better than the best."""
    planned, bounds = 0, 0
    for seed in range(CONFIDENT):
        found = compare(seed)
        if found is None:
            continue
        if found.reached is None:
            assert math.isinf(found.best), seed
            continue
        planned += 1
        assert math.isfinite(found.reached), seed
        assert found.reached >= found.best - EQUAL * found.wide, seed
        assert found.proven <= EQUAL * found.wide, seed
        bounds += math.isfinite(found.proven)
    assert planned > CONFIDENT / 3
    assert bounds > 0


@pytest.mark.parametrize("compare", [confident, all_together])
def test_on_average_a_confidence_costs_at_most_one_percent_more_than_the_best(compare) -> None:  # type: ignore[no-untyped-def]
    found = [one for seed in range(CONFIDENT) if (one := compare(seed)) is not None and one.reached is not None]
    assert float(np.mean([one.extra for one in found])) <= 0.01
    assert all(one.is_best for one in found)


def test_a_hard_target_of_a_joint_confidence_is_held_in_later_years_too() -> None:
    """Held in its year alone, another choice of this region would be half as good again."""
    found = by_all_together(96, 2048, bounded=False)
    assert found is not None
    assert found.is_best


def test_the_regions_are_uncertain() -> None:
    """Otherwise every draw is the same, and nothing is tested."""
    for seed in range(12):
        model = uncertain_region(seed)
        assert model.delivery_risk
        spread = any(row.low < row.high for row in model.effects) or not model.effects
        assert spread == bool(seed % 3) or not model.effects
