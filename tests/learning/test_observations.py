"""Realisations from follow-up, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rmscenario import tables
from rmscenario.learning.observations import (
    ASSUMED_ERROR,
    DELIVERY_ERROR,
    REPORTING_LAG,
    Heard,
    Observation,
    Silence,
    heard,
)
from rmscenario.learning.promised import promised, weighed_options
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment
from rmscenario.region.vocabulary import Shows
from rmscenario.rounds.rows import IN_SERVICE, START, CommitmentIndicator, FollowUp
from tests.project.files import ROOT

REGION = tables.load(ROOT / "models" / "tiny")
PROMISED = promised(REGION)
#: P1: half of it in service at the end of the first year, all at the end of the second. P3: all at once. C1: half-life of
#: 4 years.
RAMP = {row.initiative: row.ramp_years for row in REGION.initiatives}


def commitment(initiative: str, **values: object) -> Commitment:
    row = {
        "commitment": initiative,
        "round": "2027-2028",
        "initiative": initiative,
        "unit": "HUS",
        "status": "signed",
        "level": 1.0,
        "start": 2027,
        "dated": date(2026, 12, 1),
        "reference": "A-invented",
        "grade": "assumption",
    }
    return Commitment.model_validate(row | values)


def row(indicator: str, value: float, **values: object) -> FollowUp:
    given = {
        "commitment": indicator.removeprefix("I-"),
        "indicator": indicator,
        "observed": date(2028, 12, 31),
        "value": value,
        "measure": "x",
        "standard_error": 0.6,
        "source": "meter",
        "reported": date(2029, 1, 15),
    }
    return FollowUp.model_validate(given | values)


def hear(*rows: FollowUp, indicators: tuple[CommitmentIndicator, ...] = (), **values: object) -> Heard:
    agreed = [commitment(name, **values) for name in ("P1", "P2", "P3", "C1", "S1", "T1")]
    return heard(REGION, PROMISED, agreed, indicators, rows)


def one(*rows: FollowUp, **values: object) -> Observation:
    (found,) = hear(*rows, **values).observations
    return found


def full(**values: object) -> FollowUp:
    """All of P1 is in service."""
    return row(IN_SERVICE, 1.0, **{"commitment": "P1", **values})


def with_values_of_c1() -> Region:
    """The region with an indicator of C1's effect, from 0 to 100."""
    values = {"base": 0.0, "target": 100.0, "shows": Shows.EFFECT}
    rows = (item.model_copy(update=values) if item.indicator == "I-C1" else item for item in REGION.indicators)
    return replace(REGION, indicators=tuple(rows))


def test_the_tables_are_as_these_examples_need_them() -> None:
    own = {item.indicator: item for item in REGION.indicators}["I-P1"]
    assert (own.base, own.target, RAMP["P1"], RAMP["P3"]) == (60.0, 48.0, 2, 1)


def test_at_full_service_the_realisation_is_the_way_that_was_gone() -> None:
    """60 → 54 of the way 60 → 48 is a half; the error 0.6 of 12 is 5 %. A year earlier half was in service: with a lag of
    a quarter of a year, 1 and 1 − 0.5/4 at the ends, 0.9375 in the middle."""
    found = one(row("I-P1", 54.0), full())
    assert found.progress == 0.5
    assert found.deployed == pytest.approx(0.9375)
    assert found.value == pytest.approx(0.5 / 0.9375)
    lag = 0.125 / 12**0.5
    assert found.error == pytest.approx(np.hypot(0.05, lag) / 0.9375)


def test_long_after_full_service_the_lag_plays_no_part() -> None:
    found = one(row("I-P1", 54.0, observed=date(2029, 12, 31)), full(observed=date(2029, 12, 31)))
    assert (found.deployed, found.value, found.error) == (1.0, 0.5, pytest.approx(0.05))


def test_in_the_ramp_up_a_value_counts_of_what_is_in_service_and_carries_a_larger_error() -> None:
    """At the end of the first year half is in service; a quarter of a year before it was 0.375."""
    found = one(
        row("I-P1", 57.0, observed=date(2027, 12, 31)),
        row(IN_SERVICE, 0.5, commitment="P1", observed=date(2027, 12, 31)),
    )
    assert found.deployed == pytest.approx(0.4375)
    assert found.value == pytest.approx(0.25 / 0.4375)
    assert found.error == pytest.approx(np.hypot(0.05, 0.125 / 12**0.5) / 0.4375)
    assert found.error > 2 * one(row("I-P1", 54.0), full()).error


def test_delivery_and_effect_are_apart() -> None:
    """Only half came into service and half of the way was gone: all that was promised of it."""
    half = row(IN_SERVICE, 0.5, commitment="P1", observed=date(2029, 12, 31))
    found = one(row("I-P1", 54.0, observed=date(2029, 12, 31)), half)
    assert (found.value, found.delivery_seen) == (1.0, True)
    assert found.error == pytest.approx(0.05 / 0.5)


def test_a_late_start_that_was_reported_is_no_lack_of_effect() -> None:
    """Started in 2028, half in service at its end: 0.375 a quarter of a year before."""
    late = row(START, 2028.0, commitment="P1", measure="år")
    found = one(row("I-P1", 57.0), late)
    assert found.deployed == pytest.approx(0.4375)


def test_without_a_report_of_delivery_the_agreed_one_counts_with_an_error_of_its_own() -> None:
    day = {"observed": date(2029, 12, 31)}
    found = one(row("I-P1", 54.0, **day))
    assert not found.delivery_seen
    assert found.error == pytest.approx(np.hypot(0.05, DELIVERY_ERROR))


def test_errors_are_of_what_was_promised_so_that_low_values_are_no_surer() -> None:
    day = {"observed": date(2029, 12, 31)}
    low, high = (one(row("I-P1", value, **day)) for value in (59.0, 48.0))
    assert low.error == high.error


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"standard_error": 1.2}, 0.1),
        ({"standard_error": None, "low": 52.0, "high": 56.0}, 4.0 / (2 * 1.6448536) / 12.0),
        ({"standard_error": None}, ASSUMED_ERROR),
    ],
)
def test_the_standard_error_is_the_rows_or_from_its_ends_or_assumed(given: dict[str, object], error: float) -> None:
    day = {"observed": date(2029, 12, 31)}
    assert one(row("I-P1", 54.0, **day, **given), full(**day)).error == pytest.approx(error)


def test_decay_is_part_of_the_promise() -> None:
    """Half-life 4 years: at the end of the third year 2^(−2/4) of the effect is promised."""
    changed, day = with_values_of_c1(), date(2029, 12, 31)
    rows = [row("I-C1", 50.0, observed=day), row(IN_SERVICE, 1.0, commitment="C1", observed=day)]
    (found,) = heard(changed, PROMISED, [commitment("C1")], (), rows).observations
    ends = 2**-0.5, (1 - REPORTING_LAG) * 2**-0.5 + REPORTING_LAG * 2**-0.25
    assert found.deployed == pytest.approx(sum(ends) / 2)


def test_a_target_of_a_share_agreed_is_that_share_of_the_promise() -> None:
    """The commitment's own target, of the end of its first year, is half of the way: 60 → 54."""
    own = CommitmentIndicator(
        commitment="P1",
        indicator="I-P1",
        name_da="a",
        name_en="a",
        definition_da="a",
        definition_en="a",
        measure="x",
        base=60.0,
        base_year=2026,
        target=54.0,
        target_year=2027,
        data_owner_role="a",
        frequency="a",
        reference="A-invented",
        grade="derived",
    )
    day = {"observed": date(2029, 12, 31)}
    assert one(row("I-P1", 54.0, **day), full(**day), indicators=(own,)).value == 0.5


def test_what_an_enabler_lifts_is_no_part_of_what_was_learnt_of_the_effect() -> None:
    """C1 gives its promise and S1's tenth on top; without S1, which is agreed for a unit alone, all of it is its own."""
    changed, day = with_values_of_c1(), date(2029, 12, 31)
    lifted = next(each for each in REGION.enablers if (each.enabler, each.initiative) == ("S1", "C1"))
    rows = [row("I-C1", 50.0, observed=day), row(IN_SERVICE, 1.0, commitment="C1", observed=day)]

    def found(*agreed: Commitment) -> Observation:
        (one,) = heard(changed, PROMISED, agreed, (), rows).observations
        return one

    alone = found(commitment("C1"), commitment("S1", unit="HJEM"))
    beside = found(commitment("C1"), commitment("S1"))
    assert alone.lift == 1.0
    assert beside.lift == pytest.approx(1.0 + lifted.mode)
    assert beside.value == pytest.approx(alone.value / 1.1)
    assert beside.error == pytest.approx(alone.error / 1.1)


def test_a_later_report_of_the_same_day_takes_the_place_of_an_earlier_one() -> None:
    day = {"observed": date(2029, 12, 31)}
    later = row("I-P1", 48.0, **day, reported=date(2030, 3, 1))
    found = hear(later, row("I-P1", 54.0, **day, reported=date(2030, 1, 15)), full(**day))
    assert [seen.value for seen in found.observations] == [1.0]
    assert [silent.why for silent in found.silent] == [Silence.REPLACED, Silence.DELIVERY]


def test_every_value_that_says_nothing_is_listed_with_its_reason() -> None:
    account = row("I-P1", 7.0).model_copy(
        update={"commitment": None, "indicator": None, "account": "main", "boundary": "all"}
    )
    rows = {
        account: Silence.ACCOUNT,
        row("I-T1", 50.0): Silence.DELIVERY,
        row("I-P3", 50.0): Silence.NO_TARGET,
        row("I-P1", 60.0, observed=date(2026, 12, 31)): Silence.NOT_IN_SERVICE,
        row("I-P2", 50.0, commitment="nobody"): Silence.NOT_AGREED,
    }
    found = hear(*rows)
    assert {silent.row: silent.why for silent in found.silent} == rows
    assert found.observations == ()


def test_what_nobody_promised_teaches_nothing() -> None:
    found = heard(REGION, {}, [commitment("P1")], (), [row("I-P1", 54.0)])
    assert [silent.why for silent in found.silent] == [Silence.NO_EFFECT]


def test_promises_are_effects_that_may_turn_out_otherwise() -> None:
    """P2 saves heat and uses power, which stays; S1 has no effect; C2's green power is certain."""
    assert set(PROMISED) == {"P1", "P2", "P3", "T1", "T2", "C1", "C2"}
    assert [REGION.effects[n].category for n in PROMISED["P2"].rows] == ["heat", "heat"]
    assert [REGION.effects[n].category for n in PROMISED["C2"].rows] == ["goods"]
    assert PROMISED["P1"].promise.size == pytest.approx(0.2)
    # symmetric triangular of half-width 0.05: variance 0.05²/6
    assert PROMISED["P1"].promise.spread == pytest.approx(0.05 / 6**0.5 / 0.2, rel=1e-3)


def test_options_weigh_by_the_footprint_that_they_act_on() -> None:
    heat = {item.unit: item.value for item in REGION.sources if (item.category, item.quantity) == ("heat", "co2e")}
    found = weighed_options(REGION, PROMISED)
    assert {unit: found["P3", unit] for unit in ("HUS", "HJEM")} == {unit: heat[unit] for unit in ("HUS", "HJEM")}


def test_a_value_of_just_after_the_start_says_nothing_since_it_may_be_of_before() -> None:
    """At the start of 2027 next to nothing is in service: 55 would be 42 % of the way in a day."""
    early = date(2027, 1, 1)
    (found,) = hear(row("I-P1", 55.0, observed=early), full()).silent[:1]
    assert found.why is Silence.TOO_EARLY
    later = one(row("I-P1", 59.0, observed=date(2027, 4, 30)), full())
    assert later.deployed > 0


def test_a_value_whose_error_is_larger_than_the_promise_says_nothing() -> None:
    """6 of 12 is half of the way; where 0.9375 are in service that is 53 %, at 30 % in service 178 %."""
    assert one(row("I-P1", 54.0, standard_error=6.0), full()).error == pytest.approx(0.5 / 0.9375, rel=1e-2)
    (found,) = hear(row("I-P1", 54.0, standard_error=6.0), row(IN_SERVICE, 0.3, commitment="P1")).silent[:1]
    assert found.why is Silence.TOO_UNSURE


def test_a_share_seen_within_the_year_is_of_its_day() -> None:
    """A quarter of two years' roll-out by the middle of the first year is all as agreed."""
    half_way = row(IN_SERVICE, 0.25, commitment="P1", observed=date(2027, 6, 30))
    assert one(row("I-P1", 54.0), half_way).deployed == one(row("I-P1", 54.0), full()).deployed == pytest.approx(0.9375)
