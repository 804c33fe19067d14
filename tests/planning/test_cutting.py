"""Choices that an LP point is read as."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.options.options import NONE
from rmscenario.planning.cutting import ROUNDINGS, roundings
from rmscenario.planning.problem import build_problem
from tests.planning.enumeration import enumerate_choices, small_region


@pytest.mark.parametrize("seed", range(12))
def test_roundings_take_each_state_about_as_often_as_the_point_does(seed: int) -> None:
    problem = build_problem(small_region(seed, 200))
    chosen, states = enumerate_choices(problem).chosen, len(problem.frame.structure.table.states)
    dice = np.random.default_rng(seed)
    taken = dice.choice(len(chosen), size=min(4, len(chosen)), replace=False)
    point = dice.dirichlet(np.ones(len(taken))) @ chosen[taken]
    found = np.stack([problem.frame.columns_chosen(choice) for choice in roundings(problem.frame, point)])
    assert len(found) == ROUNDINGS
    assert np.abs(found[:, :states].mean(axis=0) - point[:states]).max() <= 1.0 / ROUNDINGS


@pytest.mark.parametrize("seed", range(12))
def test_roundings_of_a_choice_are_that_choice(seed: int) -> None:
    problem = build_problem(small_region(seed, 200))
    for choice in enumerate_choices(problem).choices[:20]:
        for rounded in roundings(problem.frame, problem.frame.columns_chosen(choice)):
            assert (rounded == choice).all()
            assert ((rounded == NONE) | (rounded >= 0)).all()
