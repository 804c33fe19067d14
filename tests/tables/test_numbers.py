"""Numbers in cells: one notation per file, nothing read in two ways."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rmscenario.region.footprint import Source, Target
from rmscenario.tables.cells import Decimal, decimal_sign, is_undecided, parse_cell
from rmscenario.tables.columns import CellError, column
from rmscenario.tables.writing import Notation, written

VALUE = column(Source, "value")
YEAR = column(Target, "year")
SIGNS = {Notation.DANISH: Decimal.COMMA, Notation.PLAIN: Decimal.POINT}

amounts = st.floats(min_value=0, max_value=1e15, allow_nan=False)
notations = st.sampled_from(Notation)


@given(amounts, notations)
def test_a_written_number_reads_back_as_the_same_number(value: float, notation: Notation) -> None:
    assert parse_cell(VALUE, written(value, notation), SIGNS[notation]) == value


@given(st.lists(amounts, min_size=1), notations)
def test_written_numbers_decide_their_decimal_sign(values: list[float], notation: Notation) -> None:
    cells = [written(value, notation) for value in values]
    assert not any(is_undecided(cell) for cell in cells)
    if any(notation.decimal in cell for cell in cells):
        assert decimal_sign(cells) is SIGNS[notation]


@given(amounts, notations)
def test_a_decimal_in_the_other_notation_is_refused(value: float, notation: Notation) -> None:
    text = written(value, notation)
    assume(notation.decimal in text)
    (other,) = set(SIGNS.values()) - {SIGNS[notation]}
    with pytest.raises(CellError):
        parse_cell(VALUE, text, other)


@given(st.integers(min_value=1_000_000, max_value=10**15), st.sampled_from([",", ".", " ", "\u00a0", "'"]), notations)
def test_thousands_separators_are_refused_and_the_plain_number_is_advised(
    value: int, separator: str, notation: Notation
) -> None:
    text = f"{value:,}".replace(",", separator)
    with pytest.raises(CellError) as caught:
        parse_cell(VALUE, text, SIGNS[notation])
    assert caught.value.remedy == f"write {value}"


@given(st.integers(min_value=1_000, max_value=999_999), st.sampled_from([",", "."]))
def test_one_group_of_thousands_is_undecided_alone_and_a_decimal_where_the_file_says_so(value: int, sign: str) -> None:
    text = f"{value:,}".replace(",", sign)
    assert decimal_sign([text]) is None
    with pytest.raises(CellError):
        parse_cell(VALUE, text, None)
    assert parse_cell(VALUE, text, Decimal(sign)) == value / 1000


@given(st.text(max_size=40), st.sampled_from([*Decimal, None]))
def test_any_text_is_a_finite_number_or_refused(text: str, sign: Decimal | None) -> None:
    assume(text.strip())
    try:
        value = parse_cell(VALUE, text, sign)
    except CellError as error:
        assert error.found and error.expected and error.remedy
    else:
        assert isinstance(value, float) and math.isfinite(value) and value >= 0


@given(st.text(max_size=40))
def test_any_text_is_a_year_or_refused(text: str) -> None:
    assume(text.strip())
    try:
        value = parse_cell(YEAR, text, Decimal.POINT)
    except CellError:
        return
    assert isinstance(value, int) and 1900 <= value <= 2200


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["1", "2"], Decimal.POINT),
        (["1,5", "1.234"], Decimal.COMMA),
        (["1.5", "1,234"], Decimal.POINT),
        (["0.234"], Decimal.POINT),
        (["0,234"], Decimal.COMMA),
        (["1.2340"], Decimal.POINT),
        (["1.234"], None),
        (["1.234", "2,345"], None),
        (["1.234e3"], Decimal.POINT),
    ],
)
def test_a_file_decides_its_sign_by_what_can_be_read_in_one_way(cells: list[str], sign: Decimal | None) -> None:
    assert decimal_sign(cells) is sign


def test_a_negative_zero_is_a_zero() -> None:
    assert math.copysign(1.0, parse_cell(VALUE, "-0", Decimal.POINT)) == 1.0  # type: ignore[arg-type]
