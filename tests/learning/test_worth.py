"""What follow-up is worth on small regions, beside nested Monte Carlo and what must hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rmscenario import tables
from rmscenario.blocks import Pool
from rmscenario.learning.information import information, of_amount
from rmscenario.learning.worth import Sign, Worth, find_worth
from rmscenario.options.options import NONE
from rmscenario.planning.planner import Mode, plan_region
from rmscenario.planning.problem import build_problem
from rmscenario.recourse.valued import Valuer
from rmscenario.region import Region
from rmscenario.region.vocabulary import UncertainKind
from rmscenario.scenario import Sampler
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.worlds import Worlds
from tests.project.files import ROOT

ALONE = Pool(workers=1)


def region() -> Region:
    """The tiny region; nobody knows what heat pumps give, alone of all."""
    found = tables.load(ROOT / "models" / "tiny")
    effects = tuple(
        row.model_copy(update={"low": 0.0, "mode": 0.4, "high": 0.9})
        if row.initiative == "P2" and row.mode > 0
        else row
        for row in found.effects
    )
    uncertainty = tuple(
        row.model_copy(update={"correlation_group": None, "correlation": 0.0})
        if row.kind is UncertainKind.EFFECT
        else row
        for row in found.uncertainty
    )
    return replace(found, effects=effects, uncertainty=uncertainty)


def of(found: Region) -> WorldsOf:
    return WorldsOf(region=found, plan=plan_region(found).plan, mode=Mode.PRICED, seed=3, sampler=Sampler.SOBOL)


@pytest.fixture(scope="module")
def worth() -> Worth:
    found = find_worth(of(region()), worlds=1000, plans=8, pool=ALONE)
    assert found is not None
    return found


def test_the_regression_agrees_with_nested_monte_carlo() -> None:
    """With the heat pumps of the hospital or without: what is it worth to know their effect beforehand?"""
    found = region()
    problem = build_problem(found)
    table = problem.frame.structure.table
    worlds = Worlds(problem, seed=3, sampler=Sampler.SOBOL)
    with_it = table.choice(of(found).plan)
    without = with_it.copy()
    option = table.index("P2", "HUS")
    assert option is not None
    assert with_it[option] != NONE
    without[option] = NONE
    rows = np.asarray([row.initiative == "P2" and row.mode > 0 for row in found.effects])

    def values(number: int, effect: np.ndarray | None = None) -> list[float]:
        world = worlds.world(number)
        if effect is not None:
            world = replace(world, effect=np.where(rows, effect, world.effect))
        valuer = Valuer(worlds.problem_of(world))
        return [valuer.value(choice)[0] for choice in (with_it, without)]

    flat = np.asarray([values(number) for number in range(600)])
    # So that there is something to decide, what heat pumps save on average is taken from the plan that has them.
    flat[:, 1] += flat[:, 0].mean() - flat[:, 1].mean()
    effects = np.stack([worlds.world(number).effect for number in range(600)])
    seen = information(flat, of_amount(effects[:, int(np.flatnonzero(rows)[0])]))

    outer, inner = 30, 20
    means = np.asarray(
        [np.mean([values(1000 + number, effects[n]) for number in range(inner)], axis=0) for n in range(outer)]
    )
    saved = means[:, 0] - means[:, 1]
    saved -= saved.mean()  # the same shift
    nested = np.maximum(0.0, saved)
    error = np.hypot(seen.error, nested.std() / outer**0.5)
    assert seen.worth == pytest.approx(nested.mean(), abs=3 * error)
    assert seen.worth > 3 * seen.error


def test_what_is_most_unsure_and_matters_most_comes_first(worth: Worth) -> None:
    first = next(each for each in worth.indicators if each.shows is not Sign.BACKGROUND)
    assert first.initiative == "P2"
    assert first.sure
    assert first.changes
    assert 0 < first.flips <= 1


def test_no_indicator_is_worth_more_than_to_know_everything(worth: Worth) -> None:
    assert all(each.worth <= worth.everything + 2 * worth.everything_error for each in worth.indicators)
    assert list(worth.indicators) == sorted(worth.indicators, key=lambda each: (-each.worth, -each.flips))


def test_only_what_acts_in_the_round_is_asked_for(worth: Worth) -> None:
    found = of(region())
    started = {(start.initiative, start.unit) for start in found.plan.starts if start.start <= worth.end}
    running = {(row.initiative, row.unit) for row in found.region.running}
    own = [each for each in worth.indicators if each.shows is not Sign.BACKGROUND]
    assert {(each.initiative, each.unit) for each in own} <= started | running
    assert {each.indicator for each in own} <= {"share_in_service", "I-P1", "I-P2", "I-T2", "I-P3"}


def test_what_moves_by_itself_stands_beside_it(worth: Worth) -> None:
    """Grids and suppliers have a common factor each; waste is certain."""
    moving = {each.indicator for each in worth.indicators if each.shows is Sign.BACKGROUND}
    assert {"grids", "suppliers"} <= moving
    assert not moving & {"power", "heat", "goods", "meals", "waste"}


def test_the_same_again_is_the_same() -> None:
    found = of(region())
    assert find_worth(found, worlds=40, plans=2, pool=ALONE) == find_worth(found, worlds=40, plans=2, pool=ALONE)


def test_it_stops_when_asked(worth: Worth) -> None:
    assert find_worth(of(region()), worlds=400, plans=6, pool=ALONE, stop=lambda: True) is None


def test_without_a_round_ahead_there_is_nothing_to_follow_up() -> None:
    found = region()
    assert find_worth(replace(of(found), region=replace(found, rounds=())), worlds=10, plans=2, pool=ALONE) is None
