"""One input at a time, and initiatives that fail."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import beta

from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.single import Bar, Failure, failures, tornado
from rmscenario.region import Region
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, DrawSource
from tests.regions import plan, region

SCORE = 1.6448536269514722


def model(**tables: Any) -> Region:
    """Two effects, one background, certain delivery; E2 needs E1."""
    given: dict[str, Any] = {
        "units": ["A"],
        "sources": [("A", "el", 100.0), ("A", "bus", 50.0)],
        "background": [{"category": "el", "quantity": "co2e", "year": 2030, "strong": 0.4, "mode": 0.5, "weak": 0.9}],
        "effects": [
            {"initiative": "E1", "category": "el", "low": 0.1, "mode": 0.3, "high": 0.4},
            {"initiative": "E2", "category": "bus", "low": 0.2, "mode": 0.4, "high": 0.5},
            {"initiative": "E3", "category": "bus", "low": 0.1, "mode": 0.1, "high": 0.1},
        ],
        "prerequisites": [("E2", "E1", 0, "same_unit")],
        "targets": [("total", 65.0, 2030)],
    }
    return region(**(given | tables))


PLAN = plan(("E1", "A", 2027), ("E2", "A", 2027), ("E3", "A", 2027))


def pert(low: float, mode: float, high: float) -> Any:
    return beta(1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low), loc=low, scale=high - low)


def bars(one: Region) -> dict[str, Bar]:
    return {bar.name: bar for bar in tornado(FixedPlan(one, PLAN))}


def test_bars_are_the_ends_of_each_input_with_all_others_at_their_mode() -> None:
    found = bars(model())
    assert list(found) == ["background:el", "effect:E1", "effect:E2"]  # widest first; E3 is certain
    for probability, end in ((0.05, "at_low"), (0.95, "at_high")):
        e1, e2 = pert(0.1, 0.3, 0.4).ppf(probability), pert(0.2, 0.4, 0.5).ppf(probability)
        el = pert(0.4, 0.5, 0.9).ppf(probability)
        assert getattr(found["effect:E1"], end) == pytest.approx(50 * (0.3 - e1), abs=1e-3)
        assert getattr(found["effect:E2"], end) == pytest.approx(45 * (0.4 - e2), abs=1e-3)
        assert getattr(found["background:el"], end) == pytest.approx(70 * (el - 0.5), abs=1e-3)


def test_members_follow_their_common_factor_as_far_as_they_correlate_with_it() -> None:
    rows = [
        {"kind": "effect", "distribution": "pert", "correlation_group": "G", "correlation": 0.25},
    ]
    found = bars(model(uncertainty=rows))
    bar = found["group:G"]
    assert bar.members == ("effect:E1", "effect:E2")
    from scipy.special import ndtr  # noqa: PLC0415

    low = ndtr(-0.5 * SCORE)
    e1, e2 = pert(0.1, 0.3, 0.4).ppf(low), pert(0.2, 0.4, 0.5).ppf(low)
    assert bar.at_low == pytest.approx(50 * (0.3 - e1) + 45 * (0.4 - e2), abs=1e-3)


def failed(one: Region, replicates: int = 2) -> dict[str, Failure]:
    fixed = FixedPlan(one, PLAN)
    return {item.initiative: item for item in failures(fixed, DrawSource(fixed.inputs, 0, Sampler.SOBOL), replicates)}


def test_what_needs_a_failed_initiative_fails_with_it() -> None:
    found = failed(model())
    assert list(found) == ["E1", "E2", "E3"]
    assert found["E1"].with_it == ("E2",)
    assert found["E1"].starts == 2
    assert found["E1"].lost == pytest.approx(50 * 0.3 + 45 * 0.4)
    assert found["E2"].lost == pytest.approx(45 * 0.4)
    assert found["E3"].lost == pytest.approx(30 * 0.1 / 0.9 * 0.9)
    assert found["E2"].with_it == found["E3"].with_it == ()


def test_a_loss_on_draws_counts_only_what_would_have_come() -> None:
    """E3 is certain but for its delivery: cancelled in 40 % of draws, it is lost in 60 % of them."""
    risk = [("E3", 0.0, 0.0, 0.4)]
    certain = [
        {"kind": kind, "distribution": "fixed", "low": 1.0, "mode": 1.0, "high": 1.0}
        for kind in ("effect", "background")
    ]
    found = failed(model(delivery_risk=risk, uncertainty=certain), replicates=16)["E3"]
    assert found.lost == pytest.approx(3.0)
    assert found.lost_mean == pytest.approx(0.6 * 3.0, abs=4 * found.lost_error + 1e-9)
    # 35 t of el and 27 t of bus: 62 t, met; without E3 65 t, still met.
    # No draw of 16,384 changes: a change may still be as rare as 4.4 of them.
    rare = 1 - 0.0125 ** (1 / (16 * REPLICATE))
    assert found.met_change == (0.0, pytest.approx(-rare), pytest.approx(rare))
    without_e1 = failed(model(delivery_risk=risk, uncertainty=certain), replicates=16)["E1"]
    assert without_e1.met_change == (-1.0, -1.0, pytest.approx(2 * rare - 1.0, abs=1e-9))
    assert np.isfinite(without_e1.lost_error)


def test_the_probability_lost_is_that_of_the_draws_in_which_all_hangs_on_a_start() -> None:
    """With a cap of 63.5 t the plan meets it unless E3 is cancelled: 62 t or 65 t. Without E3 it never does, so 60 % are lost."""
    certain = [
        {"kind": kind, "distribution": "fixed", "low": 1.0, "mode": 1.0, "high": 1.0}
        for kind in ("effect", "background")
    ]
    one = model(delivery_risk=[("E3", 0.0, 0.0, 0.4)], uncertainty=certain, targets=[("total", 63.5, 2030)])
    value, low, high = failed(one, replicates=16)["E3"].met_change
    assert low <= -0.6 <= high
    assert value == pytest.approx(-0.6, abs=0.01)
    assert np.isnan(failed(one, replicates=2)["E3"].met_change[1])  # too few to tell
