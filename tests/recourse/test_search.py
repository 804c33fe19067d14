"""Policies found by changes against every policy of small regions: values, bounds, and both sides of every decision."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from rmscenario.blocks import Pool
from rmscenario.options.options import NONE
from rmscenario.recourse.search import Bounds, Carrier, PolicySearch, StoppedError, Tried
from rmscenario.recourse.tree import Tree
from rmscenario.recourse.verdicts import Found, OptionVerdict, Verdict, verdicts
from tests.recourse.enumeration import SEEDS, Case, case

HERE = Pool(workers=1)


@cache
def searched(seed: int) -> tuple[PolicySearch, Tried, Bounds]:
    """A search in a case, from the first choice that keeps its rules."""
    one = case(seed)
    search = PolicySearch(of=one.rounds.of, problem=one.problem, tree=one.tree, carrier=Carrier(pool=HERE))
    best = search.run([one.tree.everywhere(one.choices[0])], polished=True)
    return search, best, search.bounds(best.policy)


def sides(one: Case, option: int) -> list[np.ndarray]:  # type: ignore[type-arg]
    """Choices that sign an option now, and those that do not."""
    now = (one.choices[:, option] != NONE) & one.tree.first[one.choices[:, option]]
    return [now, ~now]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_policy_is_better_than_the_best_or_the_bound_and_its_value_is_that_of_enumeration(seed: int) -> None:
    one, (search, best, bounds) = case(seed), searched(seed)
    at = [one.number(choice) for choice in best.policy]
    own = np.asarray([one.values[world, at[cluster]] for world, cluster in enumerate(one.tree.cluster)])
    assert best.values == pytest.approx(own, rel=1e-9, abs=1e-9)
    assert bounds.least <= one.best() + one.width
    assert best.value >= one.best() - one.width
    assert one.tree.agrees(best.policy)
    assert search.best is best


def test_nearly_all_policies_found_are_the_best_and_so_are_those_that_decide_one_option_otherwise() -> None:
    found, asked = 0, 0
    for seed in SEEDS:
        one, (search, best, bounds) = case(seed), searched(seed)
        found, asked = found + (best.value <= one.best() + one.width), asked + 1
        for option in range(one.choices.shape[1]):
            now, later = sides(one, option)
            if not now.any() or not later.any():
                continue
            pairs = (
                (now, search.signing[option], bounds.signing[option]),
                (later, search.waiting[option], bounds.waiting[option]),
            )
            for allowed, known, bound in pairs:
                least = one.best(allowed)
                assert bound <= least + one.width
                assert known is None or known.value >= least - one.width
                found, asked = found + (known is not None and known.value <= least + one.width), asked + 1
    assert asked > 4 * len(SEEDS)
    assert found >= 0.99 * asked


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_in_a_certain_world_waiting_never_pays_and_the_price_is_that_of_enumeration_or_more(seed: int) -> None:
    one = case(seed)
    tree = Tree(first=one.tree.first, cluster=np.zeros(1, dtype=np.int64))
    search = PolicySearch(of=one.rounds.of, problem=one.problem, tree=tree, carrier=Carrier(pool=HERE))
    best = search.run([one.choices[:1]], polished=True)
    bounds = search.bounds(best.policy)
    said = told(search, best, bounds, tree)
    keys = [option.key for option in one.problem.frame.structure.table.options]
    for verdict in said:
        _, later = sides(one, keys.index((verdict.initiative, verdict.unit)))
        if verdict.waiting is None:
            continue
        least = float(one.values[0, later].min()) - float(one.values[0].min())
        assert verdict.waiting.value >= 0.0
        assert verdict.waiting.value >= least - one.width - (best.value - float(one.values[0].min()))
        assert verdict.waiting.least <= least + one.width
        assert verdict.signing is None or verdict.signing.value >= 0.0
        assert verdict.verdict is not Verdict.DEPENDS


def told(search: PolicySearch, best: Tried, bounds: Bounds, tree: Tree) -> tuple[OptionVerdict, ...]:
    found = Found(best=best, signing=search.signing, waiting=search.waiting, bounds=bounds)
    seen = ("what is seen",), np.arange(len(tree.cluster), dtype=np.float64)[None]
    return verdicts(search.problem.frame.structure.table, tree, found, seen)


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_one_side_of_every_decision_is_the_best_policy_and_the_verdict_is_of_it(seed: int) -> None:
    one, (search, best, bounds) = case(seed), searched(seed)
    signed = one.tree.signed(best.policy)
    keys = [option.key for option in one.problem.frame.structure.table.options]
    for verdict in told(search, best, bounds, one.tree):
        now = bool(signed[keys.index((verdict.initiative, verdict.unit))])
        assert (verdict.signed is not None) == now
        own = verdict.signing if now else verdict.waiting
        assert own is not None
        assert own.value == 0.0
        assert sum(share for _, share in verdict.later) <= 1.0 + 1e-9
        if verdict.verdict is Verdict.SIGN:
            assert now
        if verdict.verdict is Verdict.NEVER:
            assert not now
            assert not verdict.later


def test_a_stopped_search_says_so() -> None:
    one = case(SEEDS[0])
    search = PolicySearch(
        of=one.rounds.of, problem=one.problem, tree=one.tree, carrier=Carrier(pool=HERE, stop=lambda: True)
    )
    with pytest.raises(StoppedError):
        search.run([one.tree.everywhere(one.choices[0])], polished=True)
