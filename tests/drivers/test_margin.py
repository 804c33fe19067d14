"""How much weaker a background may be."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.drivers.margin import STRONGEST, Margin, margins
from rmscenario.drivers.response import FixedPlan
from rmscenario.region import Region
from tests.regions import plan, region


def model(cap: float, **tables: Any) -> Region:
    """100 t of electricity that the background halves and a plan cuts by 20 %, and 50 t of food that grows to 60 t."""
    given: dict[str, Any] = {
        "categories": [{"category": "el", "group": "energy"}, {"category": "food", "group": "goods"}],
        "units": ["A"],
        "sources": [("A", "el", 100.0), ("A", "food", 50.0)],
        "background": [("el", 2030, 0.5), ("food", 2030, 1.2)],
        "effects": [("N", "el", 0.2)],
        "targets": [("total", cap, 2030)],
    }
    return region(**(given | tables))


def margin(cap: float, driver: str = "") -> Margin:
    found = margins(FixedPlan(model(cap), plan(("N", "A", 2027))))
    assert [one.driver for one in found] == ["", "energy", "goods"]
    return next(one for one in found if one.driver == driver)


@pytest.mark.parametrize(("cap", "met"), [(110.0, True), (104.0, True), (100.0, True), (92.0, False), (76.0, False)])
def test_the_root_is_what_hand_arithmetic_says(cap: float, met: bool) -> None:
    """Residual 0.8 · 100 · (1 − (1 − weaker) / 2) + 60 = cap."""
    found = margin(cap)
    assert found.met is met
    assert found.decline == pytest.approx(40.0)
    assert found.weaker == pytest.approx(1.0 - 2.0 * (1.0 - (cap - 60.0) / 80.0), abs=1e-5)


def test_a_target_that_needs_no_decline_may_lose_all_of_it() -> None:
    assert margin(141.0).weaker == 1.0


def test_a_target_that_no_decline_meets_says_so() -> None:
    found = margin(59.0)
    assert not found.met
    assert found.weaker is None
    assert STRONGEST > 2


def test_what_grows_has_no_decline_to_lose() -> None:
    found = margin(110.0, "goods")
    assert (found.met, found.weaker, found.decline) == (True, None, 0.0)
    assert margin(110.0, "energy").weaker == pytest.approx(margin(110.0).weaker)
