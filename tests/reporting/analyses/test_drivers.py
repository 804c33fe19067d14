"""What drives a plan and what warns of a miss, in words: each case says what it is, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rmscenario.drivers import Drivers, GroupShare
from rmscenario.drivers.groups import Sort
from rmscenario.drivers.margin import Margin
from rmscenario.drivers.single import Bar, Failure
from rmscenario.drivers.split import Change, Piece, Split
from rmscenario.region import Region
from rmscenario.reporting.analyses.drivers import Driven
from rmscenario.reporting.analyses.signposts import Posted
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang
from rmscenario.reporting.pages import Listed, Part, markdown, terminal
from rmscenario.signposts import Alert, Miss, Observable, Reserve, Reserves, Restriction, Sign, Signpost, Signposts
from rmscenario.tables import load
from tests.project.files import ROOT

TARGET = {
    "id": "total-30", "name_da": "Målet", "name_en": "The target", "unit": "tCO2e/a", "base": 10_000.0, "cap": 7_000.0,
    "residual": 6_500.0, "probability_met": 0.4,
}  # fmt: skip


@pytest.fixture(scope="module")
def region() -> Region:
    return load(Path(ROOT / "models" / "tiny"))


def change(piece: Piece, planned: float, *, driver: str = "", group: str = "", spread: float = 0.5) -> Change:
    return Change(
        piece=piece, driver=driver, group=group, planned=planned, planned_in_order=planned, mean=planned, mean_error=0.0,
        mean_in_order=planned, spread=spread, spread_low=spread - 0.01, spread_high=spread + 0.01,
    )  # fmt: skip


SPLIT = Split(
    target="total-30", year=2030, base=10_000.0, planned=6_500.0, mean=6_500.0, deviation=100.0,
    changes=(
        change(Piece.BACKGROUND, -2_000.0, driver="grids", group="energy", spread=1.02),
        change(Piece.RUNNING, -500.0, spread=0.0),
        change(Piece.NEW, -1_000.0, spread=-0.02),
    ),
)  # fmt: skip


def margin(*, met: bool, weaker: float | None, decline: float = 2_000.0, driver: str = "") -> Margin:
    return Margin(target="total-30", driver=driver, met=met, weaker=weaker, decline=decline)


def found(*margins: Margin, **changes: Any) -> Drivers:
    share = GroupShare(
        target="total-30", sort=Sort.BACKGROUND, name="grids", inputs=2, first=(0.9, 0.8, 1.0), total=(0.95, 0.9, 1.0)
    )
    return replace(
        Drivers(
            fixed_plan=True, seed=0, draws=2_048, splits=(SPLIT,), margins=margins or (margin(met=True, weaker=0.2),),
            independent=(share,), spoken=(replace(share, first=None, total=None, shapley=(0.9, 0.8, 1.0)),),
            bars=(Bar(target="total-30", sort=Sort.BACKGROUND, name="background:power", members=(), at_low=-50.0, at_high=60.0),),
            failures=(),
        ),
        **changes,
    )  # fmt: skip


def told(drivers: Drivers, region: Region, lang: Lang = Lang.EN) -> str:
    parts = Driven(drivers, region, {"total-30": TARGET}, lang, 1_000).parts(SPLIT)
    return " ".join(terminal(region, "", (), parts, lang).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("said", "one"),
    [
        ("The target still holds if the background declines 20.0% less than expected.", margin(met=True, weaker=0.2)),
        ("The target holds even if the background does not decline at all.", margin(met=True, weaker=1.0)),
        ("it is missed if the background declines only 0.1% less than expected.", margin(met=True, weaker=4.5e-5)),
        ("met only if the background declines 30.0% more than expected.", margin(met=False, weaker=-0.3)),
        ("met only if the background declines 3.6 times as much as expected.", margin(met=False, weaker=-2.6)),
        ("not met even if the background declines 10 times as much as expected.", margin(met=False, weaker=None)),
        ("the background: no expected decline that could be lost.", margin(met=True, weaker=None, decline=0.0)),
    ],
)
def test_a_margin_says_how_weak_the_background_may_be_or_how_strong_it_must_be(
    said: str, one: Margin, region: Region
) -> None:
    assert said in told(found(one), region)


def test_a_director_is_told_own_effort_the_margin_what_the_spread_comes_from_and_the_dearest_loss(
    region: Region,
) -> None:
    lost = Failure(
        target="total-30",
        initiative="P1",
        with_it=(),
        starts=2,
        lost=50.0,
        lost_mean=40.0,
        lost_error=1.0,
        met_change=(-0.1, -0.102, -0.098),
    )
    said = Driven(found(failures=(lost,)), region, {"total-30": TARGET}, Lang.EN, 1_000).key_sentences(SPLIT)
    begins = (
        f"{TARGET['name_en']}: From ",
        "The target still holds if",
        "The standard deviation is",
        "Initiatives that cost most to lose: Without P1",
    )
    assert [sentence.startswith(begin) for sentence, begin in zip(said, begins, strict=True)] == [True] * 4


def test_each_driver_alone_is_told_where_there_are_several(region: Region) -> None:
    both = margin(met=True, weaker=0.2)
    alone = margin(met=True, weaker=0.5, driver="grids"), margin(met=True, weaker=0.3, driver="suppliers")
    text = told(found(both, *alone), region, Lang.DA)
    assert "hvis baggrunden for El- og varmenet alene falder 50,0 % svagere end ventet" in text
    assert "hvis baggrunden for Leverandører alene falder 30,0 % svagere end ventet" in text
    assert "alene falder" not in told(found(both, alone[0]), region, Lang.DA)


def test_a_part_that_dampens_the_spread_is_explained(region: Region) -> None:
    assert "a negative share dampens" in told(found(), region)
    calm = replace(SPLIT, changes=tuple(replace(item, spread=abs(item.spread)) for item in SPLIT.changes))
    parts = Driven(found(), region, {"total-30": TARGET}, Lang.EN, None).parts(calm)
    assert not any("dampens" in sentence for part in parts for sentence in part.sentences)


def test_own_effort_is_the_sum_of_new_and_running_initiatives(region: Region) -> None:
    text = told(found(), region)
    assert "Own effort gives −1.50 kt CO₂e (new initiatives −1.00 kt CO₂e, running ones −0.50 kt CO₂e)" in text
    assert (
        "the background −2.00 kt CO₂e (Electricity and heat grids −2.00 kt CO₂e), the account method nothing." in text
    )


def test_an_interval_that_is_not_known_is_not_told(region: Region) -> None:
    endless = GroupShare(
        target="total-30", sort=Sort.DELIVERY, name="", inputs=3, first=(0.9, -float("inf"), float("inf")),
        total=(0.95, -float("inf"), float("inf")),
    )  # fmt: skip
    text = told(found(independent=(endless,)), region)
    assert "Delivery: late, in part or never 3 90.0% 95.0%" in text
    assert "inf" not in text


@pytest.mark.parametrize(
    ("change", "width", "said"),
    [
        (-0.078, 0.003, "; the probability of the target falls by 7.8 percentage points (95%: 7.5 to 8.1)"),
        (0.012, 0.001, "; the probability of the target rises by 1.2 percentage points (95%: 1.1 to 1.3)"),
        (-0.078, float("nan"), "; the probability of the target falls by 7.8 percentage points."),
        (0.0, 0.0, None),
    ],
)
def test_a_failure_says_what_it_does_to_the_probability_only_if_it_does_something(
    change: float, width: float, said: str | None, region: Region
) -> None:
    lost = Failure(
        target="total-30", initiative="P2", with_it=("P1",), starts=2, lost=800.0, lost_mean=700.0, lost_error=1.0,
        met_change=(change, change - width, change + width),
    )  # fmt: skip
    text = told(found(failures=(lost,)), region)
    assert (
        "Without P2 Heat pumps (2 starts, and with it P1 LED lighting), 0.80 kt CO₂e are added in 2030, 0.70 kt" in text
    )
    assert (said in text) if said else ("percentage points" not in text)


def test_groups_and_inputs_are_named_as_people_call_them(region: Region) -> None:
    names = Subjects(region, Lang.DA)
    bar = Bar(target="", sort=Sort.BACKGROUND, name="group:suppliers", members=("a", "b"), at_low=0.0, at_high=1.0)
    assert names.bar(bar) == "Baggrund: Leverandører, 2 input sammen"
    assert names.bar(replace(bar, sort=Sort.EFFECT, name="lift:P1>P2", members=())).startswith(
        "Løft: P1 LED-belysning → P2 "
    )
    assert names.moved("energy", "energy") == "Energi"
    assert names.moved("grids", "energy") == "Energi (El- og varmenet)"
    assert names.units(["a", "b", "c"]) == "3 enheder"


OBSERVED = Observable(sign=Sign.BACKGROUND, years=(2027, 2030), group="goods", driver="suppliers")
ALERT = Alert(
    observable=OBSERVED, year=2027, known=2028, above=True, trigger=0.9, planned=0.85, hits=0.9, false_alarms=0.1,
    miss_if=0.8, miss_if_not=0.05,
)  # fmt: skip
RESERVE = Reserve(
    initiative="P2", units=("hospital",), start=2029, full=2031, removed=300.0, in_service=0.5, capex=2e6, breaks=()
)
POST = Signpost(
    coverage=0.7, density=0.8, mass=0.3, mean=7_400.0, alert=ALERT,
    restrictions=(
        Restriction(observable=OBSERVED, above=True, value=0.88, planned=0.8, quasi_p=0.0, reproduced=1.0, alert=ALERT),
    ),
    reserves=Reserves(call=2029, best=RESERVE, removed_together=450.0, removed=(("P2", 300.0),)),
)  # fmt: skip


def posts(*these: Signpost, **changes: Any) -> Signposts:
    one = Signposts(
        target="total-30", year=2030, draws=2_048, miss=Miss.CAP, expected_background=False, level=7_000.0, missed=0.4,
        planned=6_500.0, mean=6_900.0, posts=these,
    )  # fmt: skip
    return replace(one, **changes)


def sentences(signposts: Signposts, region: Region, lang: Lang = Lang.EN) -> str:
    parts = Posted(signposts, region, TARGET, lang).parts()
    return " ".join(terminal(region, "", (), parts, lang).replace("\u00a0", " ").split())


def test_a_signpost_reads_as_a_sentence_in_both_languages(region: Region) -> None:
    assert (
        "If the background of Goods (Suppliers) in 2027 is above 90.0% of 2020 when it is known at the end of 2028 (the plan "
        "expects 85.0% of 2020), the plan misses with a probability of 80%, otherwise of 5%."
        in sentences(posts(POST), region)
    )
    assert (
        "Hvis baggrunden for Varer (Leverandører) i 2027 er over 90,0 % af 2020, når det kendes ved udgangen af 2028 (planen "
        "venter 85,0 % af 2020), misser planen med 80 % sandsynlighed, ellers med 5 %."
        in sentences(posts(POST), region, Lang.DA)
    )


#: The target as one that is wished for in 80 % of the draws, and missed.
WISHED = TARGET | {
    "confidence": 0.8, "judged": 7_100.0, "shortfall": 100.0, "met": False,
    "certified": {"level": 0.8, "probability_met_interval": [0.7, 0.72], "judged_interval": [7_050.0, 7_150.0]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "margin_is", "wish"),
    [
        (Lang.EN, "less than expected. That is at the planned figures. ",
         "What is wished for is judged by the plan's fresh draws: in 80% of the draws at most 7.10 kt CO₂e: 0.10 kt CO₂e are missing."),
        (Lang.DA, "svagere end ventet. Det er ved planens tal. ",
         "Det, der er ønsket, dømmes af planens nye udfald: i 80 % af udfaldene højst 7,10 kt CO₂e: der mangler 0,10 kt CO₂e."),
    ],
)  # fmt: skip
def test_a_target_wished_for_under_risk_says_beside_the_margin_and_the_misses_what_the_wish_came_to(
    region: Region, lang: Lang, margin_is: str, wish: str
) -> None:
    driven = Driven(found(), region, {"total-30": WISHED}, lang, 1_000)
    posted, own = (Posted(posts(expected_background=which), region, WISHED, lang) for which in (False, True))
    for said in (driven.parts(SPLIT)[2].sentences[0], driven.key_sentences(SPLIT)[1]):
        assert said.replace("\u00a0", " ").endswith(margin_is + wish)
    for said in (posted.parts()[0].sentences[1], posted.key_sentences()[0]):
        assert wish in said.replace("\u00a0", " ")
    assert wish not in own.key_sentences()[0].replace("\u00a0", " ")
    assert margin_is not in told(found(), region, lang)


def test_a_director_is_told_how_often_it_misses_what_warns_and_what_to_call(region: Region) -> None:
    missed, warning, call = Posted(posts(POST), region, TARGET, Lang.EN).key_sentences()
    assert "misses the target in 40% of 2,048 draws" in missed
    assert warning.startswith("Signpost 1: If the background of Goods (Suppliers) in 2027 is above 90.0% of 2020")
    assert call.startswith("Then call P2 ")
    (silent,) = Posted(posts(), region, TARGET, Lang.EN).key_sentences()
    assert silent.endswith("Nothing that can be observed tells the draws in which the plan misses from the others.")


def test_a_reserve_that_is_enough_and_one_that_is_not_are_told_apart(region: Region) -> None:
    text = sentences(posts(POST), region)
    assert "In those draws it ends 0.40 kt CO₂e above 7.00 kt CO₂e on average." in text
    assert "started in 2029 it removes 0.30 kt CO₂e in 2030 (50% is in service then, all of it in 2031)" in text
    assert "That breaks no limit." in text
    assert "removes 0.45 kt CO₂e together, limits aside: enough to come down to 7.00 kt CO₂e." in text
    assert "limits aside: not enough to come down to 7.00 kt CO₂e." in sentences(
        posts(replace(POST, mean=7_900.0)), region
    )
    milder = sentences(posts(replace(POST, mean=6_900.0)), region)
    assert "On average the plan holds in those draws too" in milder
    assert "together, limits aside." in milder


def test_a_reserve_told_before_is_not_told_again_in_full(region: Region) -> None:
    text = sentences(posts(POST, POST), region)
    assert text.count("it removes 0.30 kt") == 1
    assert "as above, if it has not been called." in text
    assert "Where no earlier signpost holds: if the background of Goods (Suppliers)" in text


def test_a_weak_warning_and_one_that_the_plan_itself_sets_off_are_called_so(region: Region) -> None:
    firm = sentences(posts(POST), region)
    assert "a hint rather than a signpost" not in firm
    assert "sets the warning off" not in firm
    weak = replace(ALERT, hits=0.5, planned=0.95)
    text = sentences(posts(replace(POST, alert=weak)), region)
    assert "The warning is weak: a hint rather than a signpost." in text
    assert "Even what the plan itself expects sets the warning off." in text


def test_without_a_warning_or_a_reserve_that_is_said(region: Region) -> None:
    silent = sentences(posts(replace(POST, alert=None, reserves=None)), region)
    assert "No figure warns of them before the target's year is over." in silent
    assert "Then call" not in silent
    bare = replace(POST, reserves=Reserves(call=2029, best=None, removed_together=0.0, removed=()))
    assert "There is nothing to call: nothing outside the plan that can start from 2029 on" in sentences(
        posts(bare), region
    )
    assert "Nothing that can be observed tells the draws" in sentences(posts(), region)


@pytest.mark.parametrize(("level", "said"), [(7_400.0, "in more than 80% of"), (6_900.0, "in less than 5% of")])
def test_where_the_cap_tells_no_draws_apart_it_is_said_what_a_miss_is(level: float, said: str, region: Region) -> None:
    text = sentences(posts(POST, miss=Miss.WORST, level=level), region)
    assert f"The plan misses the target (7.00 kt CO₂e in 2030) {said} 2,048 draws" in text
    assert "which the plan keeps in 80% of them" in text


def test_what_is_no_background_is_observed_when_it_is_due(region: Region) -> None:
    begun = replace(
        ALERT, observable=Observable(sign=Sign.DELIVERY, years=(2028, 2030)), year=2028, known=2028, above=False
    )
    text = sentences(posts(replace(POST, alert=begun)), region)
    assert "If what has begun of the whole plan by the end of 2028 is below 90.0% of what was planned, the plan" in text
    effect = Observable(sign=Sign.EFFECT, years=(2027,), initiative="P2")
    text = sentences(posts(replace(POST, alert=replace(begun, observable=effect))), region)
    assert (
        "If the effect of P2 Heat pumps is below 90.0% of the planned one when it is known at the end of 2028, the"
        in text
    )


def test_a_page_keeps_foreign_signs_as_text_and_its_tables_whole(region: Region) -> None:
    part = Part(
        heading="A | B", sentences=("x*y",), items=("one",), figure=("f.svg", "[seen]"),
        table=Listed(headings=("a|b", "n"), rows=(("p<q", "1"),)),
    )  # fmt: skip
    text = markdown(region, "T", ("lead",), (part,), Lang.EN)
    assert "### A \\| B" in text
    assert "x\\*y" in text
    assert "![\\[seen\\]](f.svg)" in text
    assert "| a\\|b | n |\n|---|---:|\n| p\\<q | 1 |" in text
    assert text.startswith("# T\n\n> **Illustrative example")
