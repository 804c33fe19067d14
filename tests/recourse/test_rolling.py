"""Rounds played forward: with a world that is known they come to what one plan comes to."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.options.options import NONE
from rmscenario.recourse.rolling import PlayedIn
from rmscenario.recourse.tree import first_states
from tests.recourse.enumeration import SEEDS, Case, case


def value(one: Case, world: int, choice: np.ndarray) -> float:  # type: ignore[type-arg]
    return float(one.values[world, one.number(choice)])


@pytest.mark.parametrize("seed", SEEDS)
def test_rolling_with_full_foresight_comes_to_what_one_plan_comes_to(seed: int) -> None:
    one = case(seed)
    rounds = one.rounds
    for world, problem in enumerate(one.problems):
        played = rounds.played(lambda _choice, _end, known=problem: known, one.choices[0], None)
        assert value(one, world, played) == pytest.approx(float(one.values[world].min()), abs=one.width)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_a_round_is_planned_as_the_best_that_is_left_by_what_is_believed(seed: int) -> None:
    one = case(seed)
    rounds = one.rounds
    first, other = one.problems[0], one.problems[1]

    def belief(_: object, end: int | None) -> object:
        return first if end is None else other

    played = rounds.played(belief, one.choices[0], None)  # type: ignore[arg-type]
    now = np.where((one.choices != NONE) & one.tree.first[one.choices], one.choices, NONE)
    signed = np.where((played != NONE) & one.tree.first[played], played, NONE)
    left = (now == signed).all(axis=1)
    assert value(one, 1, played) == pytest.approx(float(one.values[1, left].min()), abs=one.width)
    at_first = [float(one.values[0, (now == choice).all(axis=1)].min()) for choice in np.unique(now, axis=0)]
    assert float(one.values[0, left].min()) == pytest.approx(min(at_first), abs=one.width)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_to_plan_for_the_next_round_alone_signs_the_best_that_starts_in_it_and_then_the_best_that_is_left(
    seed: int,
) -> None:
    one = case(seed)
    rounds = one.rounds
    problem, values = one.problems[0], one.values[0]
    found = rounds.myopic(problem)
    new = np.asarray([option.running is None for option in problem.frame.structure.table.options])
    started = (one.choices != NONE) & new
    later = (started & ~one.tree.first[one.choices]).any(axis=1)
    if later.all():
        assert found is None
        return
    assert found is not None
    now = np.where(started & one.tree.first[one.choices], one.choices, NONE)
    signed = np.where((found != NONE) & one.tree.first[found], found, NONE)
    left = (now == signed).all(axis=1)
    assert float(values[left & ~later].min()) == pytest.approx(float(values[~later].min()), abs=one.width)
    assert value(one, 0, found) == pytest.approx(float(values[left].min()), abs=one.width)


def test_a_world_is_played_the_same_whatever_was_played_before() -> None:
    one = case(SEEDS[0])
    of, (end, *_) = one.rounds.of, one.rounds.ends
    work = PlayedIn(of=of, signed=(tuple(one.choices[0].tolist()),), end=end, skipped=2)
    forward, backward = work.ready(), work.ready()
    ahead = [forward(number) for number in range(4)]
    back = [backward(number) for number in reversed(range(4))][::-1]
    for here, there in zip(ahead, back, strict=True):
        assert {name: array.tobytes() for name, array in here.items()} == {
            name: array.tobytes() for name, array in there.items()
        }
    first = first_states(one.problem.frame.structure.table, end)
    assert first.any()
