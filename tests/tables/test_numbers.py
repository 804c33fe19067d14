"""Numbers in cells: one notation per file, nothing read in two ways."""

from __future__ import annotations

import math
from typing import Annotated

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from rmscenario.region import ROW_TYPES
from rmscenario.region.footprint import Source, Target
from rmscenario.region.vocabulary import Row
from rmscenario.tables.bounds import Bounds
from rmscenario.tables.cells import Decimal, decimal_sign, is_undecided, parse_cell
from rmscenario.tables.columns import CellError, Column, Kind, column, columns
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


NUMBERS = [
    (row_type, one)
    for row_type in ROW_TYPES
    for one in columns(row_type)
    if one.kind in (Kind.NUMBER, Kind.WHOLE, Kind.YEAR)
]


@pytest.mark.parametrize(
    ("row_type", "column"), NUMBERS, ids=[f"{row_type.table}.{one.name}" for row_type, one in NUMBERS]
)
def test_a_column_takes_the_numbers_that_its_row_takes_and_no_others(row_type: type[Row], column: Column) -> None:
    field = row_type.model_fields[column.name]
    adapter: TypeAdapter[object] = TypeAdapter(Annotated[field.annotation, field])
    kind = float if column.kind is Kind.NUMBER else int
    for number in {kind(one) for one in (-1, 0, 1e-9, 0.5, 1, 2, 3, 15, 16, 99, 100, 500, 1900, 2200, 2201, 1e6)}:
        try:
            column.check(number)
        except CellError:
            with pytest.raises(ValidationError):
                adapter.validate_python(number)
        else:
            adapter.validate_python(number)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Bounds(), ""),
        (Bounds(at_least=0), " of at least 0"),
        (Bounds(at_most=0.5), " of at most 0.5"),
        (Bounds(above=0, below=1), " above 0 and below 1"),
        (Bounds(above=0, at_most=1), " above 0 and at most 1"),
        (Bounds(at_least=0, below=1), " of at least 0 and below 1"),
        (Bounds(at_least=0, at_most=1_000_000), " from 0 to 1000000"),
    ],
)
def test_bounds_are_said_with_and_without_their_ends(bounds: Bounds, words: str) -> None:
    assert str(bounds) == words
