"""Units of measurement."""

from __future__ import annotations

import pytest

from rmscenario.quantity import INSIDE_MEASURES, MeasureError, convert, written_measures


@pytest.mark.parametrize(
    ("value", "measure", "inside", "expected"),
    [
        (704.0, "ktCO2e", "tCO2e/a", 704_000.0),
        (704.0, "kt CO₂e/år", "tCO2e/a", 704_000.0),
        (2.0, "kt", "tCO2e/a", 2_000.0),
        (250.0, "kg", "t/a", 0.25),
        (48.0, "GWh", "MWh/a", 48_000.0),
        (3.6, "GJ/a", "MWh/a", 1.0),
        (7.0, "m³/år", "m3/a", 7.0),
        (1.5, "mio. kr.", "DKK", 1_500_000.0),
        (1.5, "mio.kr", "DKK", 1_500_000.0),
        (12.0, "t.kr./år", "DKK/a", 12_000.0),
        (2.0, "mia. kr.", "DKK", 2e9),
        (1.2, "kr./kWh", "DKK/MWh", 1_200.0),
        (0.75, "kr./kg", "DKK/tCO2e", 750.0),
        (1.0, "kr./kr.", "DKK/DKK", 1.0),
        (3.0, "årsværk", "FTE", 3.0),
    ],
)
def test_tables_may_write_their_own_units(value: float, measure: str, inside: str, expected: float) -> None:
    assert convert(value, measure, inside) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("measure", INSIDE_MEASURES)
def test_a_unit_used_inside_is_not_changed(measure: str) -> None:
    assert convert(0.1, measure, measure) == 0.1


@pytest.mark.parametrize(
    ("measure", "inside", "text"),
    [
        ("mwh", "MWh/a", "did you mean 'MWh'?"),
        ("kg", "MWh/a", "write one of MWh, kWh, GWh, GJ, TJ"),
        ("mio. kr./år", "DKK", "drop '/år'"),
        ("%", "t/a", "shares are plain numbers"),
        ("kr.", "DKK/MWh", "write money per amount, such as kr./MWh"),
        ("kr./t", "DKK/MWh", "write money per amount, such as kr./MWh"),
        ("", "t/a", "known: t, ton, kg"),
        ("t/h", "t/a", "known: t, ton, kg"),
        ("kWh/år/år", "MWh/a", "write one of MWh"),
    ],
)
def test_an_unknown_or_foreign_unit_is_refused_with_advice(measure: str, inside: str, text: str) -> None:
    with pytest.raises(MeasureError) as caught:
        convert(1.0, measure, inside)
    assert text in caught.value.remedy


def test_every_unit_converts_to_itself() -> None:
    for measure in written_measures():
        assert convert(2.5, measure, measure) == 2.5
