"""What cannot wait, by hand arithmetic."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.errors import InputError
from rmscenario.explain.timing import LastStart, Timing, last_responsible_starts
from rmscenario.region import Region
from tests.regions import plan, region


def _timing(model: Region, *starts: tuple[Any, ...]) -> Timing:
    found = last_responsible_starts(model, plan(*starts))
    assert found is not None
    return found


def _starts(found: Timing) -> dict[tuple[str, str], LastStart]:
    return {(row.initiative, row.unit): row for row in found.starts}


def test_an_initiative_can_wait_as_long_as_its_ramp_ends_in_time() -> None:
    model = region(
        initiatives=[{"initiative": "LED", "ramp_years": 2}],
        effects=[("LED", "el", 0.4)],
        targets=[("T", 50.0, 2030)],
    )
    led = _starts(_timing(model, ("LED", "A", 2027)))["LED", "A"]
    assert led.reduction == pytest.approx(40.0)
    assert led.last == 2029
    assert dict(led.lost) == {2028: 0.0, 2029: 0.0, 2030: pytest.approx(20.0), 2031: pytest.approx(40.0)}


def test_overlap_counts_what_is_left_without_the_start_and_other_starts_stay() -> None:
    model = region(effects=[("LED", "el", 0.5), ("PUMP", "el", 0.4)], targets=[("T", 50.0, 2030)])
    found = _timing(model, ("LED", "A", 2027), ("PUMP", "A", 2029))
    assert found.reduction == pytest.approx(70.0)
    rows = _starts(found)
    assert rows["LED", "A"].reduction == pytest.approx(30.0)
    assert rows["PUMP", "A"].reduction == pytest.approx(20.0)
    assert rows["LED", "A"].last == rows["PUMP", "A"].last == 2030


def test_the_window_of_the_initiative_and_closed_rounds_end_the_waiting() -> None:
    rows: dict[str, Any] = {"effects": [("LED", "el", 0.4)], "targets": [("T", 50.0, 2030)]}
    early = region(initiatives=[{"initiative": "LED", "latest": 2028}], **rows)
    closed = region(rounds=[("R1", 2027, 2028, "open"), ("R2", 2029, 2030, "closed")], **rows)
    for model in (early, closed):
        assert _starts(_timing(model, ("LED", "A", 2027)))["LED", "A"].last == 2028


def test_what_others_need_cannot_wait_longer_than_they_let_it() -> None:
    model = region(
        initiatives=["PLAN", "LED"],
        effects=[("LED", "el", 0.4), ("PLAN", "el", 0.1)],
        prerequisites=[("LED", "PLAN", 1)],
        targets=[("T", 50.0, 2030)],
    )
    rows = _starts(_timing(model, ("PLAN", "A", 2027), ("LED", "A", 2029)))
    assert (rows["PLAN", "A"].last, rows["PLAN", "A"].held_by) == (2028, ("LED",))
    assert (rows["LED", "A"].last, rows["LED", "A"].held_by) == (2030, ())


def test_another_unit_that_fulfils_the_need_sets_the_waiting_free() -> None:
    model = region(
        initiatives=["PLAN", "LED"],
        effects=[("LED", "el", 0.4), ("PLAN", "el", 0.1)],
        prerequisites=[("LED", "PLAN", 1, "any_unit")],
        targets=[("T", 50.0, 2030)],
    )
    rows = _starts(_timing(model, ("PLAN", "A", 2027), ("PLAN", "B", 2028), ("LED", "A", 2029)))
    assert rows["PLAN", "A"].last == 2030
    assert rows["PLAN", "B"].last == 2030


def test_a_decaying_effect_gains_by_waiting_and_a_start_that_does_not_lower_has_no_last_year() -> None:
    model = region(
        initiatives=[{"initiative": "LED", "half_life": 1.0}, "TALK"],
        effects=[("LED", "el", 0.8)],
        targets=[("T", 50.0, 2030)],
    )
    rows = _starts(_timing(model, ("LED", "A", 2028), ("TALK", "A", 2027)))
    assert rows["LED", "A"].reduction == pytest.approx(20.0)
    assert dict(rows["LED", "A"].lost)[2030] == pytest.approx(-60.0)
    assert rows["LED", "A"].last == 2030
    assert rows["TALK", "A"].last is None


def test_the_plan_as_a_whole_a_year_late_and_by_the_end_of_the_next_round() -> None:
    model = region(
        initiatives=[{"initiative": "LED", "ramp_years": 4}],
        effects=[("LED", "el", 0.4)],
        background=[("el", 2028, 1.0), ("el", 2030, 0.5)],
        targets=[("T", 50.0, 2030)],
    )
    found = _timing(model, ("LED", "A", 2027), ("LED", "B", 2029))
    assert (found.year, found.round_end) == (2030, 2028)
    # 2030: 50 t of background in each unit, A at 4/4, B at 2/4; a year late 3/4 and 1/4
    assert found.reduction == pytest.approx(50 * 0.4 * (1 + 0.5))
    assert found.reduction_a_year_late == pytest.approx(50 * 0.4 * (0.75 + 0.25))
    assert found.reduction_of_next_round == pytest.approx(50 * 0.4)
    # 2028: 100 t of background, A at 2/4
    assert found.reduction_at_round_end == pytest.approx(100 * 0.4 * 0.5)


def test_a_cumulative_target_loses_with_every_year_of_delay() -> None:
    model = region(
        effects=[("LED", "el", 0.4)],
        targets=[{"target": "T", "level": 500.0, "form": "cumulative", "year": 2027, "until": 2030}],
    )
    found = _timing(model, ("LED", "A", 2027))
    led = _starts(found)["LED", "A"]
    assert found.reduction == led.reduction == pytest.approx(160.0)
    assert led.last == 2027
    assert [tonnes for _, tonnes in led.lost] == pytest.approx([40.0, 80.0, 120.0, 160.0])
    assert found.reduction_at_round_end == pytest.approx(40.0)


def test_without_a_target_there_is_no_answer_and_an_unknown_one_is_a_fault() -> None:
    model = region(effects=[("LED", "el", 0.4)])
    assert last_responsible_starts(model, plan(("LED", "A", 2027))) is None
    soft = region(effects=[("LED", "el", 0.4)], targets=[("total", 50.0)])
    with pytest.raises(InputError, match=r"^targets: target: found 'totl', expected .*; did you mean 'total'\?$"):
        last_responsible_starts(soft, plan(), target="totl")
