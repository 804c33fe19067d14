"""The background between the rows of its table."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.emissions import BASE_YEAR, background_factor, background_path
from tests.regions import region

YEARS = range(2022, 2037)


def test_a_path_is_one_in_the_base_year_linear_between_rows_and_level_after_the_last() -> None:
    model = region(
        sources=[("A", "heat", 1.0), ("A", "el", 1.0)],
        background=[("heat", 2030, 0.9), ("el", 2026, 0.8), ("el", 2030, 0.4)],
        settings={"base_year": 2022},
    )
    rows, weights = background_path(model, "el", "co2e", [2022, 2024, 2026, 2029, 2035])
    assert rows.tolist() == [BASE_YEAR, 1, 2]
    assert weights.T.tolist() == [[1, 0, 0], [0.5, 0.5, 0], [0, 1, 0], [0, 0.25, 0.75], [0, 0, 1]]


def test_knots_that_no_year_lies_next_to_are_left_out() -> None:
    model = region(sources=[("A", "el", 1.0)], background=[("el", 2026, 0.8), ("el", 2030, 0.4)])
    rows, weights = background_path(model, "el", "co2e", [2033])
    assert rows.tolist() == [1]
    assert weights.tolist() == [[1.0]]


def test_a_row_of_the_base_year_takes_the_place_of_the_one() -> None:
    model = region(sources=[("A", "el", 1.0)], background=[("el", 2022, 0.9)], settings={"base_year": 2022})
    rows, _ = background_path(model, "el", "co2e", YEARS)
    assert rows.tolist() == [0]


@pytest.mark.parametrize("seed", range(20))
def test_weights_times_values_give_the_factor_itself(seed: int) -> None:
    dice = np.random.default_rng(seed)
    years = sorted(dice.choice(np.arange(2023, 2037), size=3, replace=False).tolist())
    model = region(
        sources=[("A", "el", 1.0)],
        background=[("el", year, float(dice.uniform(0.1, 1.2))) for year in years],
        settings={"base_year": 2022},
    )
    rows, weights = background_path(model, "el", "co2e", YEARS)
    values = np.asarray([1.0 if row == BASE_YEAR else model.background[row].mode for row in rows])
    assert values @ weights == pytest.approx(background_factor(model.background, 2022, YEARS), abs=1e-15)
