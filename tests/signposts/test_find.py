"""Signposts of plans whose misses have one cause."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rmscenario.drivers.response import FixedPlan
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.scenario.run_options import Sampler
from rmscenario.signposts.find import Miss, Signposts, signposts
from rmscenario.signposts.observables import Observer, Sign
from rmscenario.uncertainty import Delivered, DrawSource
from tests.regions import plan, region

CERTAIN = [
    {"kind": kind, "distribution": "fixed", "low": 1.0, "mode": 1.0, "high": 1.0} for kind in ("effect", "background")
]


def find(model: Region, starts: Plan, **given: Any) -> Signposts:
    fixed = FixedPlan(model, starts)
    return signposts(fixed, fixed.lines[0], DrawSource(fixed.inputs, 0, Sampler.SOBOL), **({"replicates": 8} | given))


def delivered(**tables: Any) -> Region:
    """Two starts at risk; E1 removes 30 t and decides, E2 1 t. E3 is not in the plan and removes 20 % of 70 t."""
    given: dict[str, Any] = {
        "units": ["A"],
        "sources": [("A", "el", 100.0), ("A", "bus", 100.0)],
        "effects": [("E1", "el", 0.3), ("E2", "bus", 0.01), ("E3", "el", 0.2)],
        "initiatives": [{"initiative": "E3", "ramp_years": 2}],
        "money": [("E3", "capex", 4e6)],
        "budgets": [("capex", year, 1e6) for year in range(2027, 2031)],
        "targets": [("total", 172.0, 2030)],
        "uncertainty": CERTAIN,
        "delivery_risk": [("E1", 0.0, 0.0, 0.3), ("E2", 0.0, 0.0, 0.3)],
    }
    return region(**(given | tables))


DELIVERED_PLAN = plan(("E1", "A", 2028), ("E2", "A", 2027))


def test_an_initiative_that_decides_is_the_signpost_and_its_first_year_warns_surely() -> None:
    found = find(delivered(), DELIVERED_PLAN)
    assert (found.miss, found.expected_background, found.draws) == (Miss.CAP, False, 8 * 1024)
    assert found.missed == pytest.approx(0.3, abs=0.02)
    [post] = found.posts
    assert (post.coverage, post.density) == (1.0, 1.0)
    assert post.mass == pytest.approx(found.missed, abs=0.02)
    [restriction] = post.restrictions
    one = restriction.observable
    assert (one.sign, one.initiative, one.unit, restriction.above) == (Sign.DELIVERY, "E1", "", False)
    alert = post.alert
    assert alert is not None
    assert (alert.year, alert.known, alert.planned) == (2028, 2028, 1.0)
    assert (alert.hits, alert.false_alarms, alert.miss_if, alert.miss_if_not) == (1.0, 0.0, 1.0, 0.0)
    assert 0 < alert.trigger < 1


def test_the_reserve_removes_exactly_what_it_does_beside_the_plan_and_names_the_limit_it_breaks() -> None:
    [post] = find(delivered(), DELIVERED_PLAN).posts
    assert post.reserves is not None
    best = post.reserves.best
    assert best is not None
    assert (post.reserves.call, best.initiative, best.units, best.start, best.full) == (2029, "E3", ("A",), 2029, 2030)
    assert best.removed == pytest.approx(70.0 * 0.2)  # in full service in 2030, on what E1 leaves
    assert (best.in_service, best.capex) == (1.0, 4e6)
    assert [row.equation for row in best.breaks] == [15, 15]
    assert post.reserves.removed == (("E3", pytest.approx(14.0)),)
    assert post.reserves.removed_together == pytest.approx(14.0)


def test_a_reserve_waits_for_what_it_needs_and_stands_back_from_what_excludes_it() -> None:
    later = find(delivered(prerequisites=[("E3", "E1", 2, "same_unit")], budgets=[]), DELIVERED_PLAN).posts[0]
    assert later.reserves is not None
    assert later.reserves.best is not None
    assert (later.reserves.best.start, later.reserves.best.in_service) == (2030, 0.5)
    assert later.reserves.best.removed == pytest.approx(7.0)
    assert later.reserves.best.breaks == ()
    for tables in ({"exclusions": [("E3", "E1")]}, {"prerequisites": [("E3", "E4", 0, "same_unit")]}):
        none = find(delivered(**tables), DELIVERED_PLAN).posts[0]
        assert none.reserves is not None
        assert (none.reserves.best, none.reserves.removed_together) == (None, 0.0)


def weak(**tables: Any) -> Region:
    """The background decides: 100 t times a factor of 2030 between 0.2 and 0.8, and an effect that hardly counts."""
    given: dict[str, Any] = {
        "units": ["A"],
        "sources": [("A", "el", 100.0), ("A", "bus", 10.0)],
        "categories": [{"category": "el", "group": "energy"}, {"category": "bus", "group": "transport"}],
        "background": [{"category": "el", "quantity": "co2e", "year": 2030, "strong": 0.2, "mode": 0.5, "weak": 0.8}],
        "effects": [{"initiative": "E1", "category": "bus", "low": 0.1, "mode": 0.2, "high": 0.3}],
        "targets": [("total", 60.0, 2030)],
    }
    return region(**(given | tables))


def test_a_background_that_decides_warns_in_its_first_year_and_is_known_a_year_later() -> None:
    found = find(weak(), plan(("E1", "A", 2027)))
    [post] = found.posts
    [restriction] = post.restrictions
    one = restriction.observable
    assert (one.sign, one.group, one.driver, restriction.above) == (Sign.BACKGROUND, "energy", "energy", True)
    assert restriction.value == pytest.approx(0.52, abs=0.01)
    assert restriction.planned == pytest.approx(0.5)
    assert restriction.reproduced == 1.0
    assert post.density > 0.95
    alert = post.alert
    assert alert is not None
    assert (alert.year, alert.known) == (2027, 2028)
    # The path is linear from 1 in 2026 to its level of 2030.
    assert alert.trigger == pytest.approx(1 - (1 - 0.52) / 4, abs=0.005)
    assert alert.planned == pytest.approx(1 - 0.5 / 4)
    assert alert.skill > 0.95


def test_where_every_or_no_draw_misses_the_worst_fifth_is_told() -> None:
    for cap in (5.0, 200.0):
        found = find(weak(targets=[("total", cap, 2030)]), plan(("E1", "A", 2027)))
        assert found.miss is Miss.WORST
        assert found.missed == pytest.approx(0.2, abs=1e-3)
        assert found.posts[0].restrictions[0].observable.sign is Sign.BACKGROUND


def test_with_the_background_as_expected_the_boxes_speak_of_the_plans_own_initiatives() -> None:
    found = find(weak(), plan(("E1", "A", 2027)), expected_background=True)
    assert found.miss is Miss.WORST
    [post] = found.posts
    assert [(item.observable.sign, item.observable.initiative) for item in post.restrictions] == [(Sign.EFFECT, "E1")]
    assert post.density > 0.95
    low = np.quantile([0.1, 0.2, 0.3], 0.5)
    assert post.restrictions[0].value < low / 0.2


def test_a_plan_without_uncertainty_has_no_signposts() -> None:
    model = region(units=["A"], effects=[("E1", "el", 0.2)], targets=[("total", 50.0, 2030)])
    found = find(model, plan(("E1", "A", 2027)), replicates=2)
    assert found.posts == ()
    assert found.missed == 0.0


def test_stopped_it_judges_what_has_been_drawn() -> None:
    found = find(delivered(), DELIVERED_PLAN, stop=lambda: True)
    assert found.draws == 2 * 1024
    assert found.posts[0].coverage == 1.0


def test_a_start_taken_up_in_part_has_begun_and_comes_to_its_part() -> None:
    risk = [("E1", 0.0, 0.0, 0.0, 0.3, 0.4), ("E2", 0.0, 0.0, 0.3)]
    fixed = FixedPlan(delivered(delivery_risk=risk), DELIVERED_PLAN)
    seen = Observer(fixed, fixed.lines[0], ["E1"], np.ones(len(fixed.table.options)))
    draws = DrawSource(fixed.inputs, 0, Sampler.SOBOL).replicate(0)
    number = next(n for n, one in enumerate(seen.observables) if one.initiative == "E1" and one.sign is Sign.DELIVERY)
    assert (seen.series(draws)[number] == 1.0).all()
    in_part = draws.delivered[fixed.table.index("E1", "A")] == Delivered.PARTIAL
    assert seen.outcomes(draws)[number] == pytest.approx(np.where(in_part, 0.4, 1.0))
    assert in_part.mean() == pytest.approx(0.3, abs=0.001)


def test_what_partial_uptake_alone_decides_is_found() -> None:
    risk = [("E1", 0.0, 0.0, 0.0, 0.3, 0.4), ("E2", 0.0, 0.0, 0.3)]
    found = find(delivered(delivery_risk=risk), DELIVERED_PLAN)
    assert found.missed == pytest.approx(0.3, abs=0.02)
    [post] = found.posts
    [restriction] = post.restrictions
    assert (restriction.observable.sign, restriction.observable.initiative) == (Sign.DELIVERY, "E1")
    assert post.coverage == post.density == 1.0
