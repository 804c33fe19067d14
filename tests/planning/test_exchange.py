"""Exchanges, judged by every choice of small regions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from rmscenario.options.options import NONE
from rmscenario.planning.aims import Moves
from rmscenario.planning.descent import first_order
from rmscenario.planning.exchange import Exchange
from rmscenario.planning.functional import cost_functional
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.progress import never
from rmscenario.planning.rows import over_states, stacked
from tests.planning.enumeration import Enumeration, enumerate_choices, small_region
from tests.regions import region

SEEDS = range(40)
#: [the objective's measure] What a change must gain.
TOLERANCE = 1e-9

Choice = npt.NDArray[np.int64]


def _exchange(problem: Problem) -> Exchange:
    rows = stacked(problem.rows, problem.frame.columns)
    return Exchange(frame=problem.frame, rows=over_states(rows, len(problem.frame.structure.table.states)))


class _Listed:
    """An objective given as its value at every choice."""

    def __init__(self, found: Enumeration, values: npt.NDArray[np.float64]) -> None:
        self.found, self.values = found, values
        self.number = {tuple(choice): number for number, choice in enumerate(found.choices.tolist())}

    def __call__(self, choice: Choice) -> float | None:
        number = self.number[tuple(choice.tolist())]
        return float(self.values[number]) if self.found.feasible[number] else None


def _linear(problem: Problem, worth: npt.NDArray[np.float64], choice: Choice) -> Moves:
    """Values of all changes where a state is worth the same whatever else is chosen."""
    now = np.where(choice == NONE, 0.0, np.append(worth, 0.0)[choice])
    return Moves(take=worth - now[problem.frame.structure.table.state_option], drop=-now)


def _starts(found: Enumeration, dice: np.random.Generator, count: int) -> list[Choice]:
    feasible = np.flatnonzero(found.feasible)
    taken = dice.choice(feasible, size=min(count, len(feasible)), replace=False)
    return [found.choices[number] for number in taken]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_single_change_and_no_pair_improves_a_linear_objective_after_exchanges(seed: int) -> None:
    problem = build_problem(small_region(seed, 1000))
    found, dice = enumerate_choices(problem), np.random.default_rng(seed)
    table = problem.frame.structure.table
    worth = dice.uniform(-1.0, 0.3, len(table.states))
    values = np.append(worth, 0.0)[found.choices].sum(axis=1)
    exchange, exact = _exchange(problem), _Listed(found, values)
    for start in _starts(found, dice, 5):
        before = exact(start)
        assert before is not None
        choice, value = exchange.improved(
            start, before, lambda current: _linear(problem, worth, current), exact, tolerance=TOLERANCE, stop=never
        )
        assert exact(choice) == pytest.approx(value, abs=1e-12)
        near = found.feasible & ((found.choices != choice).sum(axis=1) <= 2)
        assert values[near].min() >= value - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_exchanges_of_a_true_cost_end_at_a_choice_that_keeps_all_rows_and_is_worth_what_is_said(seed: int) -> None:
    problem = build_problem(small_region(seed, 1000))
    found, dice = enumerate_choices(problem), np.random.default_rng(seed)
    functional = cost_functional(problem.frame, problem.money)
    exchange, exact = _exchange(problem), _Listed(found, found.cost)
    for start in _starts(found, dice, 5):
        before = exact(start)
        assert before is not None
        choice, value = exchange.improved(
            start,
            before,
            lambda current: first_order(problem.frame, functional, current),
            exact,
            tolerance=TOLERANCE,
            stop=never,
        )
        assert exact(choice) == value <= before


def _three_items(capacity: float) -> Problem:
    """Three options that need 6, 9 and 5 engineers."""
    return build_problem(
        region(
            units=["A"],
            sources=[("A", name, 100.0) for name in ("one", "two", "three")],
            initiatives=[{"initiative": name.upper(), "latest": 2027} for name in ("one", "two", "three")],
            effects=[(name.upper(), name, 1.0) for name in ("one", "two", "three")],
            staff=[("ONE", "eng", "build", 6.0), ("TWO", "eng", "build", 9.0), ("THREE", "eng", "build", 5.0)],
            staff_capacity=[("eng", 2027, capacity)],
            targets=[("all", 0.0, 2027)],
        )
    )


def test_a_change_that_pays_but_breaks_a_limit_is_made_with_the_one_that_makes_room_for_it() -> None:
    problem, worth = _three_items(10.0), np.asarray([-5.0, -8.0, -4.0])
    found = enumerate_choices(problem)
    exact = _Listed(found, np.append(worth, 0.0)[found.choices].sum(axis=1))
    at_one = np.asarray([0, NONE, NONE])
    singles = [choice for choice in found.choices if (choice != at_one).sum() == 1 and exact(choice) is not None]
    assert all(exact(choice) > -5.0 for choice in singles)
    choice, value = _exchange(problem).improved(
        at_one, -5.0, lambda current: _linear(problem, worth, current), exact, tolerance=TOLERANCE, stop=never
    )
    assert (choice.tolist(), value) == ([NONE, 1, NONE], -8.0)


def test_nothing_is_changed_once_a_stop_is_asked_for() -> None:
    problem, worth = _three_items(20.0), np.asarray([-5.0, -8.0, -4.0])
    found = enumerate_choices(problem)
    exact = _Listed(found, np.append(worth, 0.0)[found.choices].sum(axis=1))
    start = problem.frame.structure.table.nothing_new()
    moves = lambda current: _linear(problem, worth, current)  # noqa: E731
    choice, value = _exchange(problem).improved(start, 0.0, moves, exact, tolerance=TOLERANCE, stop=lambda: True)
    assert (choice.tolist(), value) == ([NONE, NONE, NONE], 0.0)
    choice, value = _exchange(problem).improved(start, 0.0, moves, exact, tolerance=TOLERANCE, stop=never)
    assert (choice.tolist(), value) == ([0, 1, 2], -17.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_first_order_values_of_single_changes_are_exact_where_an_option_acts_once_on_a_product(seed: int) -> None:
    problem = build_problem(replace(small_region(seed, 1000), enablers=()))
    structure, table = problem.frame.structure, problem.frame.structure.table
    actions = [(int(o), int(p)) for o, p in zip(structure.term_option, structure.term_pool, strict=True)]
    if len(actions) > len(set(actions)):
        pytest.skip("an option that acts twice")
    found, dice = enumerate_choices(problem), np.random.default_rng(seed)
    cost = {tuple(choice): value for choice, value in zip(found.choices.tolist(), found.cost.tolist(), strict=True)}
    functional = cost_functional(problem.frame, problem.money)
    new = [number for number, option in enumerate(table.options) if option.running is None]
    for number in dice.choice(len(found.choices), size=min(5, len(found.choices)), replace=False):
        choice = found.choices[number]
        moves = first_order(problem.frame, functional, choice)
        for option in new:
            for state in [NONE, *table.state_range(option)]:
                other = choice.copy()
                other[option] = state
                change = moves.drop[option] if state == NONE else moves.take[state]
                true = cost[tuple(other.tolist())] - cost[tuple(choice.tolist())]
                assert change == pytest.approx(true, abs=1e-9 * max(1.0, np.abs(found.cost).max()))
