"""Many worlds in words: each case says what it is, in both languages."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from rmscenario.planning.planner import Mode
from rmscenario.region import Region
from rmscenario.regret import Change, Kind, OptionShare, PolicyRegret, Regret, StageGap, ValueOfInformation
from rmscenario.reporting.analyses.regret import Regretted
from rmscenario.reporting.analyses.regret_files import regret_content, regret_table
from rmscenario.reporting.figures.regret import drawn_regret
from rmscenario.reporting.language import Lang
from rmscenario.worlds import Bracket
from tests.reporting.analyses.many_worlds import (
    TARGET,
    assert_a_figure,
    assert_in_order,
    by_effect,
    names,
    on_one_line,
    tiny,
)


@pytest.fixture(scope="module")
def region() -> Region:
    return tiny()


#: What comes before money, and money.
TWO_STAGES = (StageGap(stage="hard targets", mean=0.0, max=0.00012),) * 2


def option(region: Region, number: int, kind: Kind, share: float, **changes: Any) -> OptionShare:
    row = region.initiatives[number]
    given = OptionShare(
        initiative=row.initiative, unit=region.units[0].unit, kind=kind, worlds=80, share=share, low=share / 2,
        high=(1 + share) / 2, untargeted=share, starts=((2027, share / 4), (2028, share * 3 / 4)), planned=2027, decided=None,
    )  # fmt: skip
    return replace(given, **changes)


def policy(name: str, **changes: Any) -> PolicyRegret:
    given = PolicyRegret(
        name=name, expected_dkk=2e6, expected_dkk_error=1e5, expected_dkk_bound=2.5e6, max_dkk=9e6, max_dkk_bound=9.5e6,
        compared=80, expected_t=-120.0, expected_t_error=10.0, max_t=400.0,
    )  # fmt: skip
    return replace(given, **changes)


VALUE = ValueOfInformation(
    ev=Bracket(low=-11.0, high=-10.0), fixed=5.0, ws=Bracket(low=2.5, high=3.0), rp=Bracket(low=2.5, high=4.0),
    fixed_error=0.5, ws_error=0.5, evpi_error=0.1,
)  # fmt: skip


def found(region: Region, **changes: Any) -> Regret:
    options = (
        option(region, 0, Kind.DEPENDS, 0.45, decided=by_effect(region)),
        option(region, 1, Kind.PAYS, 1.0),
        option(region, 2, Kind.NEEDED, 0.95, untargeted=0.1, planned=None),
        option(region, 3, Kind.NEVER, 0.0, starts=(), planned=None),
    )
    given = Regret(
        worlds=80, asked=80, mode=Mode.PRICED, seed=0, gaps=(StageGap(stage="cost", mean=0.0004, max=0.0009),),
        target="total-30", adaptive=True, options=options,
        policies=(policy("fixed"), policy("adaptive", expected_dkk=1e6), policy("clairvoyant", expected_dkk=0.0, max_dkk=0.0)),
        average=(Change(initiative=region.initiatives[1].initiative, unit="A", planned=2027, start=None),), value=VALUE,
    )  # fmt: skip
    return replace(given, **changes)


def told(regret: Regret, region: Region, lang: Lang = Lang.EN) -> str:
    return on_one_line(Regretted(regret, region, {"total-30": TARGET}, lang), region, lang)


def test_every_kind_stands_in_its_part(region: Region) -> None:
    headings = (
        "Without regret: pays for itself", "Without regret: needed for the targets", "Depends on the world", "Never",
        "Three ways to plan", "What it is worth to know",
    )  # fmt: skip
    depends, pays, needed, never = names(region, 4)
    within = {0: pays[:12], 1: needed[:12], 2: f"{depends} in", 3: never}
    assert_in_order(told(found(region), region), headings, within)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "“Effect: {first}” is high (right in 90%)"),
        ({}, "Of 4 possible starts (an initiative in a unit) 1 are without regret and pay for themselves, 1 are"),
        ({}, "The plan starts 1 of the 2 without regret, and 1 of those that depend."),
        ({}, "worth between DKK −0.50 million and DKK 1.50 million on average (EVPI"),
        ({}, "worth between DKK 1.00 million and DKK 2.50 million (VSS)"),
        ({"value": replace(VALUE, ev=None)}, "VSS is not computed: the plan itself was chosen with the spread, not for the most likely"),
        ({"value": replace(VALUE, ev=None)}, "is between DKK 1.00 million and DKK 2.50 million cheaper in them; it need not keep what the plan was chosen to keep."),
        ({}, "starts 0 more, 1 less and 0 in another year than the plan; less are {second}."),
        ({"average": ()}, "No single change of the plan pays on average over the worlds."),
        ({"average": None}, "the fixed plan stands for it"),
        ({"value": replace(VALUE, rp=Bracket(low=2.5, high=2.8))}, "The brackets are not cut off at zero"),
        ({"value": replace(VALUE, rp=Bracket(low=2.5, high=2.8))}, "worth between DKK −0.50 million and DKK 0.30 million on average (EVPI"),
        ({"worlds": 20}, "Interrupted: 20 of 80 worlds are planned."),
        ({"adaptive": False}, "No round is open"),
        ({"value": None, "mode": Mode.NEAREST}, "Tonnes come first"),
        ({"gaps": TWO_STAGES, "mode": Mode.NEAREST}, "what is missed of them is proven within 0.012% of their base"),
        ({"gaps": TWO_STAGES}, "The hard target “25% less in scopes 1 and 2” comes first: what is missed of it is proven within 0.012%"),
        ({"value": None}, "The hard target “25% less in scopes 1 and 2” comes before money: DKK are compared only in the worlds in which"),
        ({"value": None}, "80 for the adaptive one, of 80. The shortfall shown is that of another target, whose price is part of the DKK."),
        ({}, "In each of 80 worlds a new plan was made as if the world were known beforehand"),
        ({"worlds": 1, "asked": 1}, "In 1 world a new plan was made as if it were known beforehand, within the same limits. One world"),
        ({"options": ()}, "Of 0 possible starts"),
    ],
)  # fmt: skip
def test_what_is_so_is_said(region: Region, changes: dict[str, Any], sentence: str) -> None:
    first, second = names(region, 2)
    assert sentence.format(first=first, second=second) in told(found(region, **changes), region)


@pytest.mark.parametrize(
    ("worlds", "en", "da"),
    [
        (8, "may be one in only 63% of all worlds, one in none of them one in up to 37% (95%). It takes at least 36 to say at least "
            "90%, and 368 to say at most 1%.",
         "kan være en i kun 63 % af alle verdener, en i ingen af dem en i op til 37 % (95 %). Der skal mindst 36 til at sige mindst "
         "90 %, og 368 til at sige højst 1 %."),
        (35, "a start in each of them may be", "en start i hver af dem kan være"),
        (36, "So few worlds (36) cannot say never: a start in none of them may be one in up to 10% of all worlds",
         "Så få verdener (36) kan ikke sige aldrig"),
        (367, "So few worlds (367) cannot say never", "Der skal mindst 368 til at sige højst 1 %."),
    ],
)  # fmt: skip
def test_too_few_worlds_to_tell_are_said_to_be_in_text_page_and_figure(
    region: Region, worlds: int, en: str, da: str
) -> None:
    few = found(region, worlds=worlds, asked=worlds)
    for lang, sentence in ((Lang.EN, en), (Lang.DA, da)):
        assert sentence in told(few, region, lang)
        key = Regretted(few, region, {"total-30": TARGET}, lang).key_sentences()
        assert sentence in key[1].replace("\u00a0", " ")
        files, title = drawn_regret(few, region, lang, scenario="Prøve")
        shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", files[".svg"].decode())).replace("\u00a0", " ").split())
        assert sentence in shown
        assert (title.startswith(("8 worlds are too few", "8 verdener er for få"))) == (worlds == 8)


def test_enough_worlds_to_tell_are_not_said_to_be_few(region: Region) -> None:
    enough = found(region, worlds=368, asked=368)
    assert "So few worlds" not in told(enough, region)
    _, title = drawn_regret(enough, region, Lang.EN, scenario="Prøve")
    assert title == "2 starts are without regret, 1 depend on the world"


def test_hard_targets_are_all_named_and_none_of_them_is_said_to_have_a_price(region: Region) -> None:
    hard = tuple(row.model_copy(update={"hard": row.active and row.target != "energy-20"}) for row in region.targets)
    said = told(found(region, value=None, gaps=TWO_STAGES), replace(region, targets=hard))
    named = "The hard targets “30% less CO₂e than in 2020”, “At most 34,000 t in all 2027–2030”, “25% less in scopes 1 and 2” come"
    assert f"{named} first: what is missed of them is proven" in said
    assert f"{named} before money: DKK are compared only" in said
    assert "whose price is part of the DKK" not in said


def test_tonnes_and_money_of_the_policies_stand_in_one_table(region: Region) -> None:
    said = told(found(region), region)
    assert "Fixed plan −0.12 ± 0.02 0.40 2.00 ± 0.20 9.00" in said
    assert "Clairvoyant −0.12 ± 0.02 0.40 0 ± 0.20 0" in said


def test_a_policy_that_compares_nowhere_has_no_money(region: Region) -> None:
    nowhere = policy(
        "fixed", expected_dkk=None, expected_dkk_error=None, expected_dkk_bound=None, max_dkk=None, compared=0
    )
    regret = found(region, policies=(nowhere, policy("adaptive"), policy("clairvoyant")), value=None, average=None)
    said = told(regret, region)
    assert "0 for the fixed plan and 80 for the adaptive one, of 80" in said
    assert "Fixed plan −0.12 ± 0.02 0.40 – –" in said


@pytest.mark.parametrize("lang", Lang)
def test_pages_and_figures_come_in_both_languages(region: Region, lang: Lang) -> None:
    said = told(found(region), region, lang)
    assert ("Uden fortrydelse" in said) == (lang is Lang.DA)
    assert ("{" in said, "nan" in said) == (False, False)
    files, title = drawn_regret(found(region), region, lang, scenario="Prøve")
    assert title.startswith("2 ")
    assert_a_figure(files, "Prøve")


def test_what_is_not_known_is_null_in_json(region: Region) -> None:
    value = replace(VALUE, ev=Bracket(low=-math.inf, high=math.inf))
    content = regret_content(found(region, value=value))
    assert content["value_of_information"]["ev"] == [None, None]
    assert content["value_of_information"]["evpi"] == pytest.approx([-5e5, 1.5e6])
    chosen_with_the_spread = regret_content(found(region, value=replace(VALUE, ev=None)))["value_of_information"]
    assert [chosen_with_the_spread[key] for key in ("ev", "eev", "vss")] == [None, None, None]
    assert chosen_with_the_spread["fixed"] == pytest.approx(5e6)


def test_the_table_has_a_column_for_every_start_year(region: Region) -> None:
    columns, rows = regret_table(found(region))
    assert {"start_2027", "start_2028"} <= set(columns)
    assert [row["start_2028"] for row in rows] == pytest.approx([0.3375, 0.75, 0.7125, 0.0])


@pytest.mark.parametrize("lang", Lang)
def test_a_director_is_told_what_to_do_anyway_by_name_and_what_it_is_worth_to_know(region: Region, lang: Lang) -> None:
    words = Regretted(found(region), region, {"total-30": TARGET}, lang)
    said = words.key_sentences()
    parts = words.parts()
    known = {sentence for part in parts for sentence in part.sentences} | set(words.lead())
    known |= {f"{part.heading}: {sentence}" for part in parts for sentence in part.sentences}
    named = [sentence for sentence in said if sentence not in known]
    assert len(named) == 2
    first = {Lang.DA: "Uden fortrydelse: tjener sig selv ind", Lang.EN: "Without regret: pays for itself"}[lang]
    _, pays, needed, _ = names(region, 4, lang)
    assert named[0] == f"{first}: {pays}."
    assert named[1].endswith(f": {needed}.")
    assert "EVPI" in said[-1]


def test_of_many_initiatives_without_regret_a_director_is_told_those_of_most_units_and_how_many_more(
    region: Region,
) -> None:
    options = tuple(
        option(region, number, Kind.PAYS, 1.0, initiative=f"I{number}") for number in range(len(region.initiatives))
    )
    often = replace(options[-1], unit="other")
    many = tuple(replace(options[0], initiative=f"M{number}") for number in range(10))
    (named,) = (
        text
        for text in Regretted(
            found(region, options=(*many, *options, often)), region, {"total-30": TARGET}, Lang.EN
        ).key_sentences()
        if text.startswith("Without regret: pays")
    )
    assert named.startswith(f"Without regret: pays for itself: {often.initiative}, M0, ")
    assert named.endswith(f"and {10 + len(options) - 8} more.")
