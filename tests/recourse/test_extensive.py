"""Two-stage plans against every policy of 50 random regions."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.options.options import NONE
from rmscenario.recourse.extensive import Extensive, solve_extensive
from rmscenario.recourse.tree import Tree, clustered
from tests.recourse.enumeration import MOST, SEEDS, Case, case


def solved(one: Case, tree: Tree | None = None) -> Extensive:
    tree = tree or one.tree
    return solve_extensive(one.problems, tree, tree.everywhere(one.choices[0]), gap=0.0, nodes=20_000)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_policy_is_that_of_enumeration(seed: int) -> None:
    one = case(seed)
    assert one.policies <= MOST
    best, found = one.best(), solved(one)
    assert found.value == pytest.approx(best, abs=one.width)
    assert found.bound == pytest.approx(best, abs=one.width)
    assert one.tree.agrees(found.policy)
    at = [one.number(choice) for choice in found.policy]
    by_cluster = one.tree.means(one.values) * one.tree.weight[:, None]
    assert sum(by_cluster[cluster, number] for cluster, number in enumerate(at)) == pytest.approx(best, abs=one.width)


def test_in_some_of_the_regions_what_is_seen_changes_the_later_rounds() -> None:
    gains = 0
    for seed in SEEDS:
        one = case(seed)
        gains += one.best() < one.values.mean(axis=0).min() - one.width
    assert gains >= len(SEEDS) // 5


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_one_cluster_gives_the_best_single_plan_and_a_cluster_for_each_world_gives_no_more_than_to_see_it(
    seed: int,
) -> None:
    one = case(seed)
    worlds = len(one.problems)
    together = Tree(first=one.tree.first, cluster=np.zeros(worlds, dtype=np.int64))
    apart = Tree(first=one.tree.first, cluster=np.arange(worlds))
    single, seen = solved(one, together).value, solved(one, apart).value
    assert single == pytest.approx(float(one.values.mean(axis=0).min()), abs=one.width)
    assert float(one.values.min(axis=1).mean()) - one.width <= seen <= one.best() + one.width
    assert one.best() <= single + one.width


def test_agreement_is_on_what_is_signed_now_and_on_nothing_else() -> None:
    tree = Tree(first=np.asarray([True, False, True, False]), cluster=np.asarray([0, 1]))
    assert tree.agrees(np.asarray([[0, 3], [0, NONE]]))
    assert not tree.agrees(np.asarray([[0, 2], [0, NONE]]))
    assert tree.signed(np.asarray([[0, 3], [0, NONE]])).tolist() == [True, False]


def test_worlds_that_look_alike_are_together_and_clusters_are_numbered_by_their_first_world() -> None:
    seen = np.asarray([[5.0, 0.0], [0.0, 1.0], [5.1, 0.0], [0.0, 1.1], [9.0, 9.0]])
    assert clustered(seen, 3).tolist() == [0, 1, 0, 1, 2]
    assert clustered(seen, 1).tolist() == [0, 0, 0, 0, 0]
    assert clustered(np.ones((3, 2)), 3).tolist() == [0, 0, 0]
