"""Words and numbers in Danish and English."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rmscenario
from rmscenario.errors import RmscenarioError
from rmscenario.reporting.catalogue import TEXTS, THEMES
from rmscenario.reporting.language import (
    Lang,
    brief,
    measured,
    money,
    number,
    percent,
    percent_asked,
    percent_beside,
    percent_reached,
    probability,
    say,
    scale_of,
    shorten,
)

SOURCES = [path.read_text("utf-8") for path in Path(rmscenario.__file__).parent.rglob("*.py")]
CODE = "\n".join(text for text in SOURCES if "Bilingual(" not in text)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_stands_in_both_languages_with_the_same_places(key: str) -> None:
    text = TEXTS[key]
    assert text.da.strip()
    assert text.en.strip()
    assert places(text.da) == places(text.en)


def test_no_key_stands_in_two_themes() -> None:
    assert sum(len(theme) for theme in THEMES) == len(TEXTS)


def test_every_key_written_in_the_code_is_in_the_catalogue() -> None:
    keys = set(re.findall(r'(?<![\w.])say\(\s*"([a-z0-9_.]+)"', CODE))
    assert len(keys) > 50
    assert keys <= set(TEXTS)


def test_an_amount_without_a_digit_that_matters_is_0_with_no_decimals() -> None:
    assert [brief(value, Lang.EN) for value in (0.0, 0.0049, -0.0049, 0.0051, 0.25)] == ["0", "0", "0", "0.01", "0.25"]


def test_every_text_of_the_catalogue_is_used() -> None:
    quoted = set(re.findall(r'"([a-z0-9_]+(?:\.[a-z0-9_]+)*)"', CODE))
    stems = {stem for stem in re.findall(r'f"([a-z_]+\.[a-z_.]*)\{', CODE) if stem}
    unused = [key for key in TEXTS if key not in quoted and not any(key.startswith(stem) for stem in stems)]
    assert unused == []


@pytest.mark.parametrize(("lang", "other"), [(Lang.DA, r"[\d}]%"), (Lang.EN, r"[\d}] %")])
def test_a_text_writes_per_cent_as_its_language_does(lang: Lang, other: str) -> None:
    assert [key for key, text in TEXTS.items() if re.search(other, text.da if lang is Lang.DA else text.en)] == []


@given(st.integers(1, 999_999_999))
def test_a_share_asked_for_is_written_with_all_its_digits_and_no_more(billionths: int) -> None:
    text = percent_asked(billionths / 10**9, Lang.EN)
    assert Decimal(text.rstrip("%")) == Decimal(billionths).scaleb(-7)
    assert not re.search(r"\.\d*0%$", text)


def test_what_is_left_of_a_level_is_written_without_the_error_of_its_difference() -> None:
    assert [percent_asked(1.0 - level, Lang.DA) for level in (0.9, 0.999, 0.0)] == [
        "10\u00a0%",
        "0,1\u00a0%",
        "100\u00a0%",
    ]


@given(st.integers(1, 10**7 - 1), st.integers(1, 99))
def test_a_share_of_draws_reads_as_none_all_or_the_one_asked_for_where_it_is(share: int, asked: int) -> None:
    found, wanted = share / 10**7, asked / 100
    text = percent_reached(found, Lang.EN, wanted)
    assert float(text.rstrip("%")) not in ({0.0, 100.0} | ({float(asked)} if found != wanted else set()))
    assert float(text.rstrip("%")) == pytest.approx(100 * found, abs=0.0500001)


@pytest.mark.parametrize(
    ("share", "asked", "text"),
    [(0.674, 0.8, "67.4%"), (0.79996, 0.8, "79.996%"), (0.8, 0.8, "80.0%"), (0.99994, 0.9, "99.99%"), (1.0, 0.9, "100.0%"), (0.0, None, "0.0%")],
)  # fmt: skip
def test_a_share_of_draws_has_one_decimal_where_that_tells_it_apart(
    share: float, asked: float | None, text: str
) -> None:
    assert percent_reached(share, Lang.EN, asked) == text


def test_an_unknown_text_is_refused() -> None:
    with pytest.raises(RmscenarioError, match=r"found no text 'no\.such'"):
        say("no.such", Lang.DA)


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-1234567.0, 0, "−1.234.567", "−1,234,567"),
        (-0.04, 1, "0,0", "0.0"),
        (0.0, 0, "0", "0"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: float, decimals: int, danish: str, english: str) -> None:
    assert number(value, Lang.DA, decimals) == danish
    assert number(value, Lang.EN, decimals) == english


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 3))
def test_a_number_reads_back_as_itself(value: float, decimals: int) -> None:
    danish = number(value, Lang.DA, decimals).replace(".", "").replace(",", ".").replace("−", "-")
    assert float(danish) == pytest.approx(round(value, decimals), abs=10.0**-decimals)


def test_a_brief_number_has_three_digits_that_matter() -> None:
    assert [brief(value, Lang.DA) for value in (0.25, 12.34, 345.6, 6789.0, 99.96, 9.996)] == [
        "0,25",
        "12,3",
        "346",
        "6.789",
        "100",
        "10,0",
    ]


def test_money_is_written_in_millions_and_billions() -> None:
    assert money(12_340_000.0, Lang.DA) == "12,3\u00a0mio.\u00a0kr."
    assert money(-1.2e9, Lang.EN) == "DKK\u00a0−1.20\u00a0billion"


def test_percent_has_a_space_in_danish_alone() -> None:
    assert percent(-0.314, Lang.DA) == "−31\u00a0%"
    assert percent(-0.314, Lang.EN) == "−31%"


def test_a_probability_never_claims_certainty() -> None:
    assert probability(0.0, Lang.EN) == "<\u00a00.1%"
    assert probability(1.0, Lang.DA) == ">\u00a099,9\u00a0%"
    assert probability(0.5, Lang.DA) == "50\u00a0%"


def test_a_probability_says_how_far_its_interval_reaches_where_the_digits_hide_it() -> None:
    assert probability(0.005, Lang.DA, 100_000, (0.0047, 0.0052)) == "0,5\u00a0% (± 0,03 procentpoint)"
    assert probability(0.23, Lang.EN, 2000, (0.211, 0.25)) == "23% (± 2.0 points)"
    assert probability(0.23, Lang.EN, 10**8, (0.22999, 0.23001)) == "23%"
    assert probability(0.0, Lang.EN, 100_000, (0.0, 0.00004)) == "<\u00a00.1%"


def test_a_probability_claims_no_more_than_its_draws_give() -> None:
    assert probability(0.0, Lang.EN, 100_000) == "<\u00a00.1%"
    assert probability(0.0, Lang.EN, 1000) == "<\u00a00.3%"
    assert probability(1.0, Lang.EN, 1000) == ">\u00a099.7%"
    assert probability(0.0, Lang.DA, 2) == "0\u00a0% (kun 2 trækninger)"


def test_a_missed_goal_never_reads_as_reached() -> None:
    assert percent_beside(-0.668, -0.67, Lang.EN) == "−66.8%"
    assert percent_beside(-0.31, -0.67, Lang.EN) == "−31%"


def test_large_tonnes_are_shown_in_kilotonnes_and_sums_without_a_year() -> None:
    scale = scale_of("tCO2e/a", 700_000.0, Lang.DA)
    assert (scale.factor, scale.unit, scale.per_year) == (1e-3, "kt CO₂e", "kt CO₂e pr. år")
    assert scale_of("tCO2e", 700_000.0, Lang.EN).per_year == "kt CO₂e"
    assert measured(247.3, "kt CO₂e", Lang.DA) == "247\u00a0kt\u00a0CO₂e"


@given(st.text(alphabet="abc æø,.", max_size=80), st.integers(3, 60))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= max(width, 1)
