"""Cuts on faces: valid for every choice, and as high at a point as any linear function below the product can be."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

import numpy as np
import pytest
from scipy.optimize import linprog

from rmscenario.emissions import CutKind
from rmscenario.emissions.cuts import CutMaker
from rmscenario.planning import faces
from rmscenario.planning.faces import FaceCut, face_cuts
from rmscenario.planning.members import Members, build_members
from rmscenario.planning.problem import Problem, build_problem
from tests.planning.enumeration import Enumeration, enumerate_choices, small_region

SEEDS = range(40)
#: Most choices of a region here: each is a column of the program that gives an envelope.
MOST = 1000


class _Case:
    """A region with all its choices, random weights, and a random mixture of four choices as the point."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.problem: Problem = build_problem(small_region(seed, MOST))
        self.frame = self.problem.frame
        self.found: Enumeration = enumerate_choices(self.problem)
        self.members: Members = build_members(self.frame)
        dice = np.random.default_rng(seed)
        self.first_year = np.unique(self.frame.year_column, return_index=True)[1]
        self.pools = np.arange(self.frame.structure.pool_count)
        self.weights = dice.uniform(0.5, 2.0, size=(len(self.pools), len(self.first_year)))
        count = len(self.found.chosen)
        taken = dice.choice(count, size=min(4, count), replace=False)
        self.point: np.ndarray = dice.dirichlet(np.ones(len(taken))) @ self.found.chosen[taken]

    def cuts(self) -> list[FaceCut]:
        """Both cuts of every pool that has some; no product is below −1."""
        return self.cuts_above(np.full(len(self.pools), -1.0), 0.0)

    def cuts_above(self, theta: np.ndarray, violation: float) -> list[FaceCut]:
        """Cuts of all pools that are violated by values of the products."""

        def in_years(part: Members) -> list[tuple[np.ndarray, np.ndarray]]:
            halves = (slice(None, None, 2), slice(1, None, 2))
            return [(self.weights[part.pools][:, half], part.at_modes[:, half]) for half in halves]

        return face_cuts(self.members, in_years, theta, self.point, violation=violation)

    def with_cuts(self) -> set[int]:
        """Pools that have members."""
        return {int(p) for p in self.pools if self.members.first_member[p] < self.members.first_member[p + 1]}

    def product(self, pool: int) -> np.ndarray:
        """Weighed product of a pool at every choice."""
        product: np.ndarray = self.found.products[:, pool][:, self.first_year] @ self.weights[pool]
        return product

    def envelopes(self) -> dict[int, float]:
        """Convex envelope at the point of the product of every pool that has members."""
        return {pool: self._envelope(pool) for pool in self.with_cuts()}

    def _envelope(self, pool: int) -> float:
        """Least average product over the mixtures of all choices in which the pool's members are divided as at the point."""
        first, last = self.members.first_member[pool], self.members.first_member[pool + 1]
        rows = slice(int(self.members.first_row[first]), int(self.members.first_row[last]))
        indicator = self.members.indicator[rows].toarray()
        constant = self.members.constant[rows]
        mixed = linprog(
            self.product(pool),
            A_eq=constant[:, None] + indicator @ self.found.chosen.T,
            b_eq=constant + indicator @ self.point,
            method="highs",
        )
        assert mixed.status == 0
        return float(mixed.fun)


@cache
def _case(seed: int) -> tuple[_Case, dict[int, float]]:
    case = _Case(seed)
    return case, case.envelopes()


@pytest.fixture(params=SEEDS)
def case(request: pytest.FixtureRequest) -> _Case:
    return _case(request.param)[0]


@pytest.fixture
def envelope(case: _Case) -> dict[int, float]:
    return _case(case.seed)[1]


def _assert_valid(case: _Case, cut: FaceCut) -> None:
    below = cut.constant + case.found.chosen[:, cut.columns] @ cut.values
    assert (below <= case.product(cut.pool) + 1e-9).all()
    assert cut.constant + case.point[cut.columns] @ cut.values == pytest.approx(cut.height, abs=1e-9)


def test_every_pool_with_members_has_both_cuts_and_they_are_valid_for_every_choice(case: _Case) -> None:
    cuts = case.cuts()
    assert sorted(cut.pool for cut in cuts) == sorted([*case.with_cuts(), *case.with_cuts()])
    for cut in cuts:
        _assert_valid(case, cut)


def test_both_cuts_of_a_pool_are_as_high_at_the_point_as_the_convex_envelope_of_its_product(
    case: _Case, envelope: dict[int, float]
) -> None:
    cuts = case.cuts()
    assert [cut.height for cut in cuts] == pytest.approx([envelope[cut.pool] for cut in cuts], abs=1e-6)


def test_no_tangent_and_no_cut_at_a_choice_is_higher_at_the_point(case: _Case) -> None:
    frame = case.frame
    maker = CutMaker(frame)
    others = [
        maker.at(choice, kind)
        for choice in case.found.choices[:: max(1, len(case.found.choices) // 20)]
        for kind in (CutKind.L1, CutKind.L2)
    ]
    weighed = [maker.weighed(other, case.weights) for other in (*others, maker.tangent(case.point))]
    for cut in case.cuts():
        inside = frame.entry_pool == cut.pool
        for constant, value, valid in weighed:
            height = constant[cut.pool] + value[inside] @ case.point[frame.entry_column[inside]]
            assert cut.height >= height - 1e-9 or not valid[cut.pool]


def test_a_face_cut_short_gives_cuts_that_are_valid_and_no_higher(case: _Case, envelope: dict[int, float]) -> None:
    with patch.object(faces, "CHOICES", 2):
        cuts = case.cuts()
    for cut in cuts:
        _assert_valid(case, cut)
        assert cut.height <= envelope[cut.pool] + 1e-6


def test_only_cuts_that_the_point_violates_by_more_than_the_width_are_given(
    case: _Case, envelope: dict[int, float]
) -> None:
    for width, expected in ((1e-3, 0), (-1e-3, 2)):
        theta = np.asarray([envelope.get(int(pool), 0.0) for pool in case.pools])
        cuts = case.cuts_above(theta, width)
        assert len(cuts) == expected * len(envelope)
