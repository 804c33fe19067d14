"""Attribution of a joint reduction: closes, is fair, and says what a start does alone."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from rmscenario.assessment import assess
from rmscenario.assessment.attribution import shapley_of_product
from tests.regions import plan, region


def tonnes(dataset: Any, name: str, option: str, year: int = 2030) -> float:
    return float(dataset[name].sel(option=option, year=year))


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_shapley_values_are_the_average_over_all_orders(count: int) -> None:
    shares = np.random.default_rng(count).uniform(0.0, 1.0, (count, 1))
    average = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        left = 1.0
        for player in order:
            average[player] += left * (1.0 - shares[player, 0]) / len(orders)
            left *= shares[player, 0]
    assert shapley_of_product(shares)[:, 0] == pytest.approx(average, abs=1e-14)


def test_two_measures_that_remove_everything_share_it_equally() -> None:
    assert shapley_of_product(np.zeros((2, 1)))[:, 0] == pytest.approx([0.5, 0.5])


def test_two_enablers_of_a_running_initiative_share_what_they_add() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[("R", "el", 0.3)],
        initiatives=["R", "E1", "E2"],
        enablers=[("E1", "R", 0.5), ("E2", "R", 0.5)],
        running=[("R", "A", 2024)],
    )
    dataset = assess(model, plan(("E1", "A", 2027), ("E2", "A", 2027)))
    assert tonnes(dataset, "tonnes_in_plan", "E1:A") == pytest.approx(15.0)
    assert tonnes(dataset, "tonnes_in_plan", "E2:A") == pytest.approx(15.0)
    assert tonnes(dataset, "tonnes_alone", "E1:A") == pytest.approx(15.0)


def test_a_start_alone_is_not_lifted_by_the_plans_other_starts() -> None:
    model = region(
        units=["A"],
        sources=[("A", "el", 100.0)],
        effects=[("I", "el", 0.3)],
        initiatives=["I", "E"],
        enablers=[("E", "I", 0.5)],
    )
    dataset = assess(model, plan(("I", "A", 2027), ("E", "A", 2027)))
    assert tonnes(dataset, "tonnes_alone", "I:A") == pytest.approx(30.0)
    assert tonnes(dataset, "tonnes_in_plan", "I:A") == pytest.approx(45.0)
    assert tonnes(dataset, "tonnes_alone", "E:A") == pytest.approx(0.0)
