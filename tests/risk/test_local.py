"""The local search by exact ranks, and its neighbours, against every choice of small random regions."""

from __future__ import annotations

from random import Random

import pytest

from rmscenario.plan import Plan
from rmscenario.planning.planner import Planned
from rmscenario.risk.confident import Confident
from rmscenario.risk.local import LocalSearch
from rmscenario.risk.promise import Promise
from rmscenario.risk.ranking import Rank, Ranking
from rmscenario.risk.wishes import Wish
from tests.planning.enumeration import Enumeration, enumerate_choices
from tests.risk.brute import planner
from tests.risk.regions import together, uncertain_region

SEEDS = range(5)


def arranged(seed: int) -> tuple[Ranking, Enumeration, tuple[Wish, ...]]:
    """A region whose two targets shall be met together in 80 % of 100 draws."""
    plan = planner(together(uncertain_region(seed, 128), Random(seed)), 100, seed, 0.8)
    return Ranking(plan.arranged), enumerate_choices(plan.arranged.problem), plan.wishes


@pytest.mark.parametrize("seed", SEEDS)
def test_neighbours_are_all_choices_one_change_or_two_away_that_keep_the_rows_each_once(seed: int) -> None:
    ranking, found, wishes = arranged(seed)
    promise = Promise(ranking, wishes)
    kept = found.choices[found.feasible]
    for choice in kept[:: max(1, len(kept) // 5)]:
        away = (kept != choice).sum(axis=1)
        expected = sorted(map(tuple, kept[(away == 1) | (away == 2)].tolist()))
        assert sorted(map(tuple, (one.tolist() for one in promise.neighbours(choice)))) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_finds_the_best_choice_of_a_small_region_from_whichever_it_starts(seed: int) -> None:
    """Where changes and exchanges lead from one to the other: so they do in these regions."""
    ranking, found, wishes = arranged(seed)
    kept = found.choices[found.feasible]
    ranks = [ranking.rank(choice, wishes) for choice in kept]
    if not ranks:
        pytest.skip("no choice keeps the rows")
    for start in (kept[0], kept[-1], max(zip(ranks, kept, strict=True), key=lambda pair: pair[0].key)[1]):
        choice = LocalSearch(ranking, wishes).improved(start)
        best = min((ranking.rank(one, wishes) for one in kept), key=lambda rank: rank.key)
        assert ranking.rank(choice, wishes).key == pytest.approx(best.key, abs=1e-9)


def test_a_plan_that_was_read_is_made_better_as_well() -> None:
    """It does not say how it was found."""
    ranking, found, wishes = arranged(0)
    problem = ranking.arranged.problem
    read = [
        Planned(plan=Plan(starts=problem.frame.structure.table.starts(choice)), problem=problem, choice=choice)
        for choice in found.choices[found.feasible]
    ]
    search = Confident(ranking.arranged, wishes, None)
    worst = max(read, key=lambda one: search.rank(one, wishes).key)
    search.pool.append(worst)
    better = search.polished(wishes)
    assert better is not None
    assert search.rank(better, wishes).before(search.rank(worst, wishes))


def test_what_exceeds_a_hard_target_comes_behind_whatever_it_is_worth() -> None:
    assert Rank(0.0, (5.0,)).before(Rank(1e-6, (-5.0,)))
    assert Rank(0.0, (1.0, 9.0)).before(Rank(0.0, (2.0, 0.0)))
    assert not Rank(0.0, (1.0,)).before(Rank(0.0, (1.0,)))
