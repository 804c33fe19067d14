"""Which limits can bind, by hand arithmetic, and against every choice of small regions."""

from __future__ import annotations

import pytest

from rmscenario.explain.limits import LimitReach, limits_can_bind
from rmscenario.planning.problem import build_problem
from rmscenario.scenario.run_options import Family
from tests.planning.enumeration import enumerate_choices, small_region
from tests.regions import region


def _by_label(found: tuple[LimitReach, ...]) -> dict[tuple[Family, str], LimitReach]:
    return {(row.family, row.label): row for row in found}


def test_a_budget_can_bind_when_all_candidates_at_their_dearest_need_more() -> None:
    model = region(
        effects=[("LED", "el", 0.3)],
        initiatives=[{"initiative": "LED", "ramp_years": 2}],
        money=[("LED", "capex", 8e6)],  # 4 mio. in each unit, half of it in each of two years
        budgets=[
            ("capex", 2028, 3.9e6),
            ("capex", 2029, 4.0e6),
            ("capex", 2028, 1.9e6, "A"),
            ("capex", 2028, 2e6, "B"),
        ],
    )
    found = [row for row in limits_can_bind(model) if row.family is Family.MONEY]
    assert [row.extreme for row in found] == pytest.approx([4e6, 4e6, 2e6, 2e6])
    assert [row.can_bind for row in found] == [True, False, True, False]
    assert {row.measure for row in found} == {"DKK"}


def test_staff_counts_the_dearest_year_of_each_start() -> None:
    model = region(
        effects=[("LED", "el", 0.3)],
        staff=[("LED", "tech", "build", 4.0), ("LED", "tech", "run", 1.0)],
        staff_capacity=[("tech", 2028, 4.9), ("tech", 2036, 1.0)],
    )
    found = [row for row in limits_can_bind(model) if row.family is Family.STAFF]
    assert [(row.extreme, row.can_bind) for row in found] == [(5.0, True), (1.0, False)]


def test_running_initiatives_and_group_wide_ones_press_on_no_number_of_starts() -> None:
    model = region(
        initiatives=[("LED", "unit"), ("PUMP", "unit"), ("BUY", "group")],
        effects=[("LED", "el", 0.3), ("PUMP", "el", 0.3), ("BUY", "el", 0.3)],
        running=[("PUMP", "A", 2025)],
        start_limits=[("R1", None, 1)],
    )
    found = _by_label(limits_can_bind(model))
    assert found[Family.STARTS, "A R1"].extreme == 1.0
    assert not found[Family.STARTS, "A R1"].can_bind
    assert found[Family.STARTS, "B R1"].can_bind


def test_a_share_of_outlay_can_bind_only_where_a_unit_spends() -> None:
    model = region(
        effects=[("LED", "el", 0.3)],
        delivery=[("LED", "A", "A")],
        money=[("LED", "capex", 1e6)],
        outlay_shares=[("A", 0.4), ("B", 0.4)],
    )
    found = _by_label(limits_can_bind(model))
    assert (found[Family.OUTLAY_SHARE, "A"].limit, found[Family.OUTLAY_SHARE, "A"].can_bind) == (0.4, True)
    assert not found[Family.OUTLAY_SHARE, "B"].can_bind


def test_minimum_starts_that_duties_fulfil_bind_nothing() -> None:
    model = region(effects=[("LED", "el", 0.3)], minimum_starts=[("track", None, 1)], duties=[("LED", "A")])
    found = _by_label(limits_can_bind(model))
    assert (found[Family.MINIMUM, "track in A"].extreme, found[Family.MINIMUM, "track in A"].can_bind) == (1.0, False)
    assert found[Family.MINIMUM, "track in B"].can_bind


@pytest.mark.parametrize("seed", range(40))
def test_no_choice_of_a_small_region_breaks_a_limit_that_cannot_bind(seed: int) -> None:
    model = small_region(seed)
    problem = build_problem(model)
    choices = enumerate_choices(problem)
    limits = {15: Family.MONEY, 16: Family.STAFF, 17: Family.STARTS, 21: Family.OUTLAY_SHARE}
    found = _by_label(limits_can_bind(model))
    for rows in problem.rows:
        if rows.equation not in limits:
            continue
        most = (choices.chosen @ rows.matrix.T.toarray()).max(axis=0)
        for label, activity, upper in zip(rows.labels, most, rows.upper, strict=True):
            row = found[limits[rows.equation], label]
            # One start per option is all that these rows know of each other, so that the extreme is reached.
            assert row.can_bind == (activity > upper + 1e-6 * max(1.0, upper))
