"""Sign now, or wait, in words: each case says what it is, in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from rmscenario.recourse import Branch, Estimate, Myopic, OptionVerdict, Played, Price, Recourse, Verdict
from rmscenario.region import Region, report_year
from rmscenario.reporting.analyses.recourse import Awaited
from rmscenario.reporting.analyses.recourse_files import recourse_content, recourse_table
from rmscenario.reporting.figures.recourse import drawn_recourse
from rmscenario.reporting.language import Lang
from rmscenario.worlds import Bracket
from rmscenario.worlds.decided import Decided
from tests.reporting.analyses.many_worlds import (
    TARGET,
    assert_a_figure,
    assert_in_order,
    by_effect,
    names,
    on_one_line,
    tiny,
)

FREE = Price(value=0.0, error=0.0, least=-0.5, tonnes=0.0, summed=0.0)
DEAR = Price(value=4.0, error=0.5, least=1.5, tonnes=120.0, summed=480.0)
SURE, DOUBTFUL = Estimate(value=3.0, error=0.5), Estimate(value=-0.2, error=0.5)


@pytest.fixture(scope="module")
def region() -> Region:
    return tiny()


def option(region: Region, number: int, verdict: Verdict, **changes: Any) -> OptionVerdict:
    row = region.initiatives[number]
    given = OptionVerdict(
        initiative=row.initiative, unit=region.units[0].unit, verdict=verdict, signed=None, later=((2029, 1.0),),
        waiting=FREE, signing=DEAR, decided=None,
    )  # fmt: skip
    return replace(given, **changes)


def found(region: Region, **changes: Any) -> Recourse:
    start = Decided(
        input=f"delivery:{region.initiatives[1].initiative}:{region.units[0].unit}",
        correlation=-0.7,
        split=0.4,
        right=0.8,
    )
    options = (
        option(region, 0, Verdict.DEPENDS, later=((2029, 0.4),), decided=by_effect(region)),
        option(region, 1, Verdict.SIGN, signed=2027, waiting=DEAR, signing=FREE),
        option(region, 2, Verdict.WAIT),
        option(region, 3, Verdict.NEVER, later=()),
    )
    given = Recourse(
        worlds=80, seed=0, end=2028, options=options,
        branches=(Branch(share=0.6, starts=9, decided=None), Branch(share=0.4, starts=7, decided=start)),
        policy=Bracket(low=-12.0, high=-10.0), common=Bracket(low=-8.0, high=-7.0), gain=SURE, fresh=DOUBTFUL, scale=1_000.0,
        signed=(11, 2, 3), myopic=Myopic(regret=Bracket(low=5.0, high=6.0), tonnes=70.0, summed=-300.0, in_worlds=SURE),
        played=Played(
            worlds=200, fixed=SURE, played=DOUBTFUL, saved=SURE, tonnes=SURE, summed=DOUBTFUL, target="total-30",
            shortfall=SURE, better=0.61, changed=3.5,
        ),
    )  # fmt: skip
    return replace(given, **changes)


def told(recourse: Recourse, region: Region, lang: Lang = Lang.EN) -> str:
    return on_one_line(Awaited(recourse, region, {"total-30": TARGET}, lang), region, lang)


def test_every_verdict_stands_in_its_part(region: Region) -> None:
    headings = (
        "Sign now Initiative", "Can wait one round", "Depends on what is seen", "Never", "What it is worth to adapt",
    )  # fmt: skip
    depends, sign, wait, never = names(region, 4)
    within = {0: sign[:12], 1: wait[:12], 2: f"{depends} in", 3: never}
    assert_in_order(told(found(region), region), headings, within)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "at most DKK 2.00 million from the best possible, 0.20% of all"),
        ({}, "Of 4 possible starts in the round 1 are to be signed now, 1 can wait, 1 depend on what is seen, and 1 are never"),
        ({}, "sign 11 of the same starts now; the policy adds 2, and lets 3 wait"),
        ({}, "later in 40% of the worlds; when “Effect: {first}” is high (right in 90%)"),
        ({}, "40% of the worlds, 7 later starts; when the start of {second}"),
        ({}, "worth between DKK 2.00 million and DKK 5.00 million that later rounds adapt"),
        ({}, "In worlds that neither was made with it is DKK −0.20 million ± DKK 0.98 million."),
        ({}, "costs between DKK 5.00 million and DKK 6.00 million more at the most likely figures, and emits 70.0 t CO₂e more"),
        ({}, "To play the rounds saves DKK 3.00 million ± DKK 0.98 million, and is better in 61% of the worlds."),
        ({"fresh": None, "played": None}, "To plan for the next round alone"),
        ({"myopic": None}, "Planned for one round at a time no plan keeps the rules."),
        ({"options": ()}, "Of 0 possible starts"),
    ],
)  # fmt: skip
def test_what_is_so_is_said(region: Region, changes: dict[str, Any], sentence: str) -> None:
    first, second = names(region, 2)
    assert sentence.format(first=first, second=second) in told(found(region, **changes), region)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (Lang.EN, "emits 563 t CO₂e less in {year} and 1,200 t CO₂e more in all to {year}."),
        (Lang.DA, "der udledes 563 t CO₂e mindre i {year} og 1.200 t CO₂e mere i alt til {year}."),
    ],
)
def test_less_is_told_as_less_and_not_as_more_with_a_minus(region: Region, lang: Lang, said: str) -> None:
    given = found(region)
    assert given.myopic is not None
    less = replace(given.myopic, tonnes=-563.0, summed=1200.0)
    text = told(replace(given, myopic=less), region, lang)
    assert said.format(year=report_year(region)) in text


@pytest.mark.parametrize(
    ("tonnes", "english", "danish"),
    [
        ((-163.2, 84.9), "163 less to 85 more", "163 mindre til 85 mere"),
        ((-2_480.0, 84.9), "2,480 less to 85 more", "2.480 mindre til 85 mere"),
        ((12.34, 84.9), "12.3 to 84.9 more", "12,3 til 84,9 mere"),
        ((-12.34, -163.2), "12 to 163 less", "12 til 163 mindre"),
        ((0.0, -163.2), "0 to 163 less", "0 til 163 mindre"),
        ((0.2, -163.2), "0 to 163 less", "0 til 163 mindre"),
        ((0.0, 84.9), "0.0 to 84.9 more", "0,0 til 84,9 mere"),
        ((1_820.0, 1_820.0), "1,820 more", "1.820 mere"),
        ((0.0, 0.0), "0", "0"),
    ],
)
def test_a_range_of_tonnes_says_less_and_more_and_rounds_its_ends_alike(
    region: Region, tonnes: tuple[float, float], english: str, danish: str
) -> None:
    options = tuple(
        option(region, 1, Verdict.SIGN, signed=2027, later=(), waiting=replace(DEAR, tonnes=amount), signing=FREE)
        for amount in tonnes
    )
    for lang, said in ((Lang.EN, english), (Lang.DA, danish)):
        awaited = Awaited(found(region, options=options), region, {"total-30": TARGET}, lang)
        (sign,) = (part.table for part in awaited.parts() if part.table is not None and len(part.table.headings) == 6)
        assert sign.rows[0][4] == said


@pytest.mark.parametrize(("value", "word"), [(-40.0, "more"), (40.0, "less")])
def test_a_shortfall_that_playing_makes_smaller_is_told_as_less(region: Region, value: float, word: str) -> None:
    given = found(region)
    assert given.played is not None
    assert given.played.shortfall is not None
    played = replace(given.played, target="total-30", shortfall=replace(given.played.shortfall, value=value))
    text = told(replace(given, played=played), region)
    assert re.search(rf" lacks [\d.]+( [^.±]*)? ± [^−]* {word} in \d+ than with the fixed plan\.", text), text


def test_what_a_rule_demands_now_is_said_without_a_price(region: Region) -> None:
    ruled = option(region, 1, Verdict.SIGN, signed=2027, later=(), waiting=None, signing=FREE)
    recourse = found(region, options=(ruled,))
    row = region.initiatives[1]
    assert f"Rules do not let these wait: {row.initiative} {row.name_en}." in told(recourse, region)
    content = recourse_content(recourse)
    assert content["options"][0]["price_of_waiting"] is None
    _, rows = recourse_table(recourse)
    assert rows[0]["waiting_dkk"] is None


def test_json_holds_dkk_and_the_table_says_the_same(region: Region) -> None:
    content = json.loads(json.dumps(recourse_content(found(region)), allow_nan=False))
    assert content["value_of_flexibility_dkk"] == pytest.approx([2e6, 5e6])
    assert content["options"][1]["price_of_waiting"] == pytest.approx(
        {"dkk": 4e6, "dkk_error": 5e5, "dkk_at_least": 1.5e6, "t": 120.0, "t_summed": 480.0}
    )
    columns, rows = recourse_table(found(region))
    assert "later_2029" in columns
    assert [row["waiting_dkk"] for row in rows] == [0.0, 4e6, 0.0, 0.0]
    assert [row["class"] for row in rows] == ["depends", "sign", "wait", "never"]


@pytest.mark.parametrize("lang", Lang)
def test_pages_and_figures_come_in_both_languages(region: Region, lang: Lang) -> None:
    said = told(found(region), region, lang)
    assert ("Underskriv nu" in said) == (lang is Lang.DA)
    assert ("{" in said, "nan" in said) == (False, False)
    files, title = drawn_recourse(found(region), region, lang, scenario="Prøve")
    assert title.startswith("1 ")
    assert_a_figure(files, "Prøve")


@pytest.mark.parametrize("lang", Lang)
def test_a_director_is_told_what_to_sign_now_and_what_can_wait_by_name(region: Region, lang: Lang) -> None:
    said = Awaited(found(region), region, {"total-30": TARGET}, lang).key_sentences()
    _, sign, wait, _ = names(region, 4, lang)
    heads = {
        Lang.DA: ("Dyrest at udskyde", "Kan vente en runde"),
        Lang.EN: ("Dearest to put off", "Can wait one round"),
    }
    assert said[2:4] == [f"{heads[lang][0]}: {sign}.", f"{heads[lang][1]}: {wait}."]
    assert len(said) == 6


def test_of_starts_that_can_wait_a_director_is_told_nothing_where_there_are_none(region: Region) -> None:
    bare = found(region, options=(), played=None, fresh=None)
    assert len(Awaited(bare, region, {"total-30": TARGET}, Lang.EN).key_sentences()) == 3
