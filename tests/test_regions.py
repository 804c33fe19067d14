"""The builder of small regions."""

from __future__ import annotations

import pytest

from rmscenario.region.vocabulary import Delivery
from tests.regions import plan, region


def test_a_region_of_two_units_is_written_in_a_few_lines() -> None:
    model = region(sources=[("A", "el", 100.0), ("B", "el", 50.0)], effects=[("LED", "el", 0.3)])
    assert [row.unit for row in model.units] == ["A", "B"]
    assert [(row.initiative, row.unit, row.acts_on) for row in model.delivery] == [("LED", "A", "A"), ("LED", "B", "B")]
    assert [(row.category, row.quantity, row.mode) for row in model.background] == [("el", "co2e", 1.0)]
    assert model.effects[0].low == model.effects[0].mode == model.effects[0].high == 0.3


def test_a_group_wide_initiative_is_carried_by_the_first_unit() -> None:
    model = region(initiatives=[("S1", "group")], effects=[("S1", "el", 0.1)])
    assert model.initiatives[0].delivery is Delivery.GROUP
    assert [(row.unit, row.acts_on) for row in model.delivery] == [("A", "A"), ("A", "B")]


def test_rows_of_every_form_are_the_same_row() -> None:
    as_tuple = region(effects=[("LED", "el", 0.3)])
    as_dict = region(effects=[{"initiative": "LED", "category": "el", "mode": 0.3}])
    as_row = region(effects=as_dict.effects)
    assert as_tuple == as_dict == as_row


def test_a_table_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match=r"no such table: effect$"):
        region(effect=[("LED", "el", 0.3)])


def test_a_plan_is_written_as_tuples() -> None:
    full, half = plan(("LED", "A", 2027), ("LED", "B", 2028, 0.5)).starts
    assert (full.unit, full.start, full.level) == ("A", 2027, 1.0)
    assert half.level == 0.5
