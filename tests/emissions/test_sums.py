"""Sums over realisations: their order is written down, so that no processor changes a digit of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from rmscenario.emissions.kernel import weighed_rows, weighed_steps

FloatArray = npt.NDArray[np.float64]


def in_eights(terms: FloatArray) -> float:
    """A sum in the order that is promised: whole eights side by side, the rest onto the first, then halves onto halves."""
    whole = len(terms) - len(terms) % 8
    sums = np.zeros(8)
    for eight in terms[:whole].reshape(-1, 8):
        sums = sums + eight
    for term in terms[whole:]:
        sums[0] = sums[0] + term
    fours = sums[:4] + sums[4:]
    twos = fours[:2] + fours[2:]
    return float(twos[0] + twos[1])


@pytest.mark.parametrize("columns", [1, 3, 7, 8, 9, 24, 31, 1024, 1031])
def test_sums_over_realisations_have_the_same_order_everywhere(columns: int) -> None:
    dice = np.random.default_rng(columns)
    weight, rows = dice.lognormal(0.0, 9.0, (2, columns)), dice.normal(0.0, 1.0, (5, columns))
    pool = np.asarray([0, 1, 0, 1, 1])
    out = np.full(5, 0.25)
    weighed_rows(weight, pool, rows, out)
    assert out.tolist() == [0.25 + in_eights(weight[pool[row]] * rows[row]) for row in range(5)]

    down, up = dice.random((3, columns)), dice.random((3, columns))
    term, at_row = np.asarray([2, 0, 1, 0, 2]), np.asarray([1, 0, 1, 1, 0])
    at = dice.normal(0.0, 1.0, (2, columns))
    steps = np.zeros(5)
    weighed_steps(weight, pool, down, up, term, rows, np.arange(5), at, at_row, steps)
    for step in range(5):
        change = rows[step] - at[at_row[step]]
        stepped = np.where(change < 0, down[term[step]], up[term[step]]) * change
        assert steps[step] == in_eights(weight[pool[step]] * stepped)
