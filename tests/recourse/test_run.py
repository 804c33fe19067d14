"""Two-stage planning from end to end: the same however the work is divided, and from where it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rmscenario.blocks import Kept, Pool
from rmscenario.recourse import Recourse, counts, find_recourse
from rmscenario.reporting.analyses.recourse_files import recourse_content, recourse_table
from tests.recourse.enumeration import SEEDS, case

HERE = Pool(workers=1)
WORLDS, PLAYED = 12, 6


def found(seed: int = SEEDS[1], **how: Any) -> Recourse | None:
    given = {"clusters": 3, "played": PLAYED, "pool": HERE} | how
    return find_recourse(case(seed).rounds.of, WORLDS, **given)


def text(recourse: Recourse | None) -> str:
    assert recourse is not None
    return json.dumps(recourse_content(recourse), allow_nan=False)


def test_two_workers_give_the_bytes_of_one() -> None:
    assert text(found(pool=Pool(workers=2))) == text(found())


def test_a_stopped_run_goes_on_to_the_same_result(tmp_path: Path) -> None:
    asked = iter([False] * 40)
    assert found(blocks=Kept(above=tmp_path), stop=lambda: next(asked, True)) is None
    assert list(tmp_path.glob("*/*.npz"))
    assert text(found(blocks=Kept(above=tmp_path))) == text(found())


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_values_and_bounds_are_in_order_and_every_start_has_a_verdict(seed: int) -> None:
    recourse = found(seed)
    assert recourse is not None
    assert recourse.policy.low <= recourse.policy.high + 1e-9
    assert recourse.policy.high <= recourse.common.high + 1e-9
    assert recourse.gain.value == pytest.approx(recourse.common.high - recourse.policy.high, abs=1e-9)
    assert recourse.flexibility.low <= recourse.gain.value + 1e-9
    assert recourse.flexibility.high >= recourse.gain.value - 1e-9
    assert sum(branch.share for branch in recourse.branches) == pytest.approx(1.0)
    assert sum(counts(recourse.options).values()) == len(recourse.options)
    if recourse.myopic is not None:
        assert recourse.myopic.regret.high >= -1e-6
    assert recourse.played is not None
    played = recourse.played
    assert played.saved.value == pytest.approx(played.fixed.value - played.played.value)
    columns, rows = recourse_table(recourse)
    assert len(rows) == len(recourse.options)
    assert set(rows[0]) == set(columns)


def test_without_worlds_to_play_in_nothing_is_played() -> None:
    recourse = found(played=0)
    assert recourse is not None
    assert recourse.played is None
    assert recourse.fresh is None
    assert recourse_content(recourse)["gain_in_fresh_worlds_dkk"] is None
