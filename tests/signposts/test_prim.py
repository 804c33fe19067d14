"""PRIM against the published box and against planted ones."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import binom

from rmscenario.signposts.prim import Box, best_of, measured, paste, peel, quasi_p, reproduced, simplified

DATA = Path(__file__).parents[1] / "cases" / "bryant_lempert_2010.csv"
Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@pytest.fixture(scope="module")
def published() -> tuple[tuple[str, ...], Values, Flags]:
    """Names and values of the ten inputs, and the runs whose cost is among the highest."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    inputs = columns[columns.index("Pricing") : columns.index("Biomass backstop price") + 1]
    values = np.asarray([[float(row[name]) for name in inputs] for row in rows])
    return tuple(inputs), values, np.asarray([float(row["Greater than 90%"]) > 0 for row in rows])


def test_the_published_box_is_in_the_peeling_trajectory(published: tuple[tuple[str, ...], Values, Flags]) -> None:
    names, values, interest = published
    assert (len(values), interest.sum()) == (882, 89)
    found = peel(values, interest, alpha=0.1)[21]
    assert (round(found.coverage, 4), round(found.density, 4), round(found.mass, 4)) == (0.7528, 0.7701, 0.0986)
    ends = {names[n]: (found.box.low[n], found.box.high[n]) for n in found.box.restricted}
    assert ends == {
        "Cellulosic cost": (pytest.approx(72.65, abs=0.001), np.inf),
        "Total biomass": (-np.inf, pytest.approx(755.8, abs=0.001)),
        "Demand elasticity": (pytest.approx(-0.422, abs=0.001), np.inf),
        "Biomass backstop price": (pytest.approx(150.05, abs=0.001), np.inf),
    }


def test_of_the_published_box_the_cellulosic_cost_alone_is_not_significant(
    published: tuple[tuple[str, ...], Values, Flags],
) -> None:
    names, values, interest = published
    found = peel(values, interest, alpha=0.1)[21]
    probabilities = {names[n]: p for n, p in quasi_p(found, values, interest).items()}
    assert probabilities.pop("Cellulosic cost") > 0.05
    assert max(probabilities.values()) < 1e-4
    kept = simplified(found, values, interest, most=4)
    assert {names[n] for n in kept.box.restricted} == set(probabilities)
    assert kept.coverage > found.coverage
    again = reproduced(found, values, interest, generator=np.random.default_rng(0), alpha=0.1)
    assert {name for name, share in zip(names, again, strict=True) if share >= 0.6} >= set(probabilities)


def planted(seed: int, count: int = 4000, noise: float = 0.0) -> tuple[Values, Flags]:
    """Draws of interest where x1 > 0.7 and x3 < 0.4 of five uniforms, some turned over by noise."""
    generator = np.random.default_rng(seed)
    values = generator.random((count, 5))
    interest = (values[:, 1] > 0.7) & (values[:, 3] < 0.4)
    return values, interest ^ (generator.random(count) < noise)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_a_planted_box_is_found(seed: int, noise: float) -> None:
    values, interest = planted(seed, noise=noise)
    best = best_of(peel(values, interest))
    found = paste(simplified(best, values, interest, most=3), values, interest)
    assert found.box.restricted == (1, 3)
    assert found.box.low[1] == pytest.approx(0.7, abs=0.03)
    assert found.box.high[3] == pytest.approx(0.4, abs=0.03)
    assert found.box.high[1] == np.inf
    assert found.density > (0.96 if noise == 0 else 0.9)
    shares = reproduced(found, values, interest, generator=np.random.default_rng(seed))
    assert (shares[[1, 3]] == 1).all()


def test_coverage_density_and_mass_are_counted_by_hand() -> None:
    values = np.asarray([[0.0], [1.0], [2.0], [3.0], [4.0]])
    interest = np.asarray([False, True, False, True, True])
    box = Box.whole(1).with_end(0, low=2.0)
    found = measured(box, values, interest)
    assert (found.coverage, found.density, found.mass) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 0.6)
    assert quasi_p(found, values, interest) == {0: pytest.approx(binom.sf(1, 3, 0.6))}


def test_a_trajectory_only_narrows_and_never_cuts_between_equal_draws() -> None:
    generator = np.random.default_rng(1)
    values = np.round(generator.random((1000, 3)), 1)  # many equal values
    interest = generator.random(1000) < values[:, 0] ** 3
    steps = peel(values, interest, alpha=0.08)
    assert len(steps) > 3
    for before, after in pairwise(steps):
        inside = after.box.inside(values)
        assert (inside <= before.box.inside(values)).all()
        assert after.mass < before.mass
        for feature in after.box.restricted:
            assert after.box.low[feature] not in values[:, feature]
            assert after.box.high[feature] not in values[:, feature]


def test_where_nothing_or_everything_is_of_interest_there_is_no_box() -> None:
    values = np.random.default_rng(2).random((200, 3))
    for interest in (np.zeros(200, dtype=np.bool_), np.ones(200, dtype=np.bool_)):
        assert [step.box.restricted for step in peel(values, interest)] == [()]


def test_pasting_takes_back_what_peeling_cut_too_far() -> None:
    values, interest = planted(3)
    narrow = measured(Box.whole(5).with_end(1, low=0.85).with_end(3, high=0.3), values, interest)
    wider = paste(narrow, values, interest)
    assert wider.density == narrow.density == 1.0
    assert wider.coverage > 0.98
