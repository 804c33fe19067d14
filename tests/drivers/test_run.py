"""All drivers of a plan together."""

from __future__ import annotations

from collections import defaultdict

import pytest

from rmscenario.drivers import Effort, drivers
from rmscenario.scenario.run_options import StressOptions
from tests.regions import plan, region
from tests.stress.models import everything, its_plan

SMALL = Effort(split=2, pairs=4, orders=4, failures=2)
OPTIONS = StressOptions(seed=3)


def test_every_target_gets_every_answer_and_the_same_seed_the_same_ones() -> None:
    told: list[tuple[int, int]] = []
    found = drivers(everything(), its_plan(), OPTIONS, effort=SMALL, progress=lambda done, of: told.append((done, of)))
    again = drivers(everything(), its_plan(), OPTIONS, effort=SMALL)
    assert found == again
    assert told == [(number, 7) for number in range(1, 8)]
    targets = {"total", "other", "energy", "sum"}
    for answers in (
        found.splits,
        found.margins,
        found.independent,
        found.spoken,
        found.bars,
        found.failures,
        found.chances,
    ):
        assert {answer.target for answer in answers} == targets
    assert found.fixed_plan
    assert found.draws == 4 * 2 * 1024


def test_probabilities_come_from_as_many_sets_of_points_as_their_interval_needs() -> None:
    assert {chance.points for chance in drivers(everything(), its_plan(), OPTIONS, effort=SMALL).chances} == {8 * 1024}


def test_stopped_it_says_how_many_draws_it_made() -> None:
    found = drivers(everything(), its_plan(), OPTIONS, effort=SMALL, stop=lambda: True)
    assert found.chances == ()
    assert found.draws == 2 * 1024
    assert len(found.splits) == 4


def test_shares_come_largest_first_and_shapley_effects_sum_to_one() -> None:
    found = drivers(everything(), its_plan(), OPTIONS, effort=SMALL)
    totals, effects = defaultdict(list), defaultdict(list)
    for share in found.independent:
        assert share.total is not None
        assert share.shapley is None
        totals[share.target].append(share.total[0])
    for share in found.spoken:
        assert share.shapley is not None
        assert share.total is None
        effects[share.target].append(share.shapley[0])
    for values in (*totals.values(), *effects.values()):
        assert values == sorted(values, reverse=True)
    assert [sum(values) for values in effects.values()] == pytest.approx([1.0] * 4)


def test_a_region_without_targets_has_no_answers() -> None:
    model = region(units=["A"], effects=[("E1", "el", 0.2)], targets=[])
    found = drivers(model, plan(("E1", "A", 2027)), OPTIONS, effort=SMALL)
    assert (found.draws, found.splits, found.margins, found.bars, found.failures) == (0, (), (), (), ())


def test_a_certain_region_has_a_split_and_nothing_that_spreads() -> None:
    model = region(units=["A"], effects=[("E1", "el", 0.2)], targets=[("total", 50.0, 2030)])
    found = drivers(model, plan(("E1", "A", 2027)), OPTIONS, effort=SMALL)
    assert (found.independent, found.spoken, found.bars) == ((), (), ())
    assert [change.planned for change in found.splits[0].changes if change.piece == "new"] == [pytest.approx(-20.0)]
    assert [item.initiative for item in found.failures] == ["E1"]
