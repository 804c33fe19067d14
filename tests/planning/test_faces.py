"""Cuts on faces: valid for every choice, and at a point as high as any linear function below the product can be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from rmscenario.emissions import CutKind, cut_rows, tangent_rows
from rmscenario.planning.faces import build_members, face_cuts
from rmscenario.planning.problem import build_problem
from tests.planning.enumeration import Enumeration, enumerate_choices, small_region

SEEDS = range(40)


def _mixed(found: Enumeration, dice: np.random.Generator, choices: int) -> np.ndarray:
    """A point of the relaxation: a random mixture of a few choices."""
    taken = dice.choice(len(found.chosen), size=min(choices, len(found.chosen)), replace=False)
    point: np.ndarray = dice.dirichlet(np.ones(len(taken))) @ found.chosen[taken]
    return point


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cut_on_a_face_is_valid_everywhere_and_reaches_the_envelope(seed: int) -> None:
    problem = build_problem(small_region(seed))
    found, frame = enumerate_choices(problem), problem.frame
    if not frame.structure.pool_count or len(found.chosen) > 2000:
        pytest.skip("no product, or too many choices to enumerate an envelope over")
    dice = np.random.default_rng(seed)
    members = build_members(frame)
    first_year = np.unique(frame.year_column, return_index=True)[1]
    weights = dice.uniform(0.5, 2.0, size=(frame.structure.pool_count, len(first_year)))
    pools = np.arange(frame.structure.pool_count)
    point = _mixed(found, dice, 4)
    cuts = face_cuts(members, weights, (pools, np.full(len(pools), -1.0)), point, violation=0.0)
    assert {cut.pool for cut in cuts} == {p for p in pools if members.first_member[p] < members.first_member[p + 1]}
    others = [cut_rows(frame, choice, kind) for choice in found.choices[:20] for kind in CutKind if kind != "tangent"]
    tangent, valid = tangent_rows(frame, point)
    for cut in cuts:
        product = (found.products[:, cut.pool][:, first_year] * weights[cut.pool]).sum(axis=1)
        below = cut.constant + found.chosen[:, cut.columns] @ cut.values
        assert (below <= product + 1e-9).all()
        assert cut.constant + point[cut.columns] @ cut.values == pytest.approx(cut.height, abs=1e-9)
        inside = frame.entry_pool == cut.pool
        for other in [*others, *([tangent] if valid[cut.pool] else [])]:
            values = np.einsum("nc,c->n", other.value[inside], weights[cut.pool])
            height = other.constant[cut.pool] @ weights[cut.pool] + values @ point[frame.entry_column[inside]]
            assert cut.height >= height - 1e-9
        # No mixture of choices that gives this point has a smaller product: the cut is the convex envelope.
        mixed = linprog(
            product, A_eq=np.vstack([found.chosen.T, np.ones(len(product))]), b_eq=np.append(point, 1.0), method="highs"
        )
        assert cut.height <= mixed.fun + 1e-7
