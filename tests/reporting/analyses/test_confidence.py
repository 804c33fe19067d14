"""What it costs to be surer, in words: every sentence agrees with the table beside it, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rmscenario.reporting.analyses.confidence import Confidence, confidence_content, confidence_table
from rmscenario.reporting.figures.confidence import confidence_figure
from rmscenario.reporting.figures.style import drawing
from rmscenario.reporting.language import HARD_SPACE, Lang
from rmscenario.reporting.pages import Listed
from rmscenario.risk.curve import Curve, Kept, Point
from tests.reporting.conftest import model
from tests.reporting.shown_texts import faults

TARGETS = {
    "a": {"id": "a", "name_da": "Mål A", "name_en": "Target A", "shortfall_price": 1_500.0},
    "b": {"id": "b", "name_da": "Mål B", "name_en": "Target B", "shortfall_price": 0.0},
}


def kept(target: str, confidence: float, probability: float, furthest: float, chosen: float | None = None) -> Kept:
    return Kept(
        targets=(target,), confidence=confidence, probability=probability, low=probability - 0.002, high=probability + 0.002,
        met=probability >= confidence, chosen=probability if chosen is None else chosen, furthest=furthest,
    )  # fmt: skip


def point(value: float, premium: float, *wishes: Kept, added: int = 5, dropped: int = 2) -> Point:
    return Point(
        value=value * 1e6, bound=(value - 2.0) * 1e6, npv=(premium - 25.0) * 1e6, premium=premium * 1e6, starts=(),
        added=added, dropped=dropped, kept=wishes,
    )  # fmt: skip


#: 90 % is asked for; the best plan reaches 89.1 %, and that of 95 % more than that.
LEFT = point(-30.1, 3.0, kept("a", 0.9, 0.891, 0.965))
SURER = point(-29.3, 7.3, kept("a", 0.95, 0.965, 0.965))
ONE = Curve(
    points=(point(-31.8, 0.0, kept("a", 0.5, 0.536, 0.965), added=0, dropped=0), LEFT, SURER),
    asked=LEFT,
    run=None,
    expected_npv=-25.0e6,
    expected_starts=9,
    expected_kept=(kept("a", 0.9, 0.536, 0.965),),
    unreached=(),
    planning_draws=1_000,
    fresh_draws=51_200,
    bound_draws=100,
    interrupted=False,
)
#: 85 % of one target and 50 % of another: each row of the curve asks the same of both.
OWN = point(-20.0, 1.5, kept("a", 0.85, 0.856, 0.97), kept("b", 0.5, 0.908, 0.99))
TWO = replace(
    ONE,
    points=tuple(
        point(value, premium, kept("a", share, share + 0.01, 0.97), kept("b", share, share + 0.02, 0.99))
        for value, premium, share in ((-21.0, 0.65, 0.5), (-19.0, 2.0, 0.85))
    ),
    asked=OWN,
    expected_kept=(kept("a", 0.85, 0.6, 0.97), kept("b", 0.5, 0.9, 0.99)),
)


def texts(found: Curve, lang: Lang = Lang.EN) -> Confidence:
    return Confidence(found, TARGETS, lang)


def said(found: Curve, lang: Lang = Lang.EN) -> str:
    whole = " ".join(
        [*texts(found, lang).lead(), *texts(found, lang).key_sentences(), texts(found, lang).missed() or ""]
    )
    return whole.replace(HARD_SPACE, " ")


def test_a_wish_given_up_for_its_price_is_not_said_to_be_out_of_reach() -> None:
    assert texts(ONE).missed() == (
        "exit code 5: on the draws that plans are chosen on, plans that meet “Target A” in 90% of the draws were found, but cost "
        "more than they spare in shortfall at its price; this is a finding, no fault"
    )
    missed = texts(ONE, Lang.DA).missed() or ""
    assert missed.replace(HARD_SPACE, " ") == (
        "kode 5: i de trækninger, som planer vælges på, er der fundet planer, som når “Mål A” i 90 % af trækningerne, men de koster "
        "mere, end de sparer i manko til dens pris; det er et resultat, ingen fejl"
    )
    assert (
        "At 90% the best plan found reaches less than is wished for: on the draws that plans are chosen on, plans that reach it "
        "were found, but cost more than they spare in shortfall at its price." in said(ONE)
    )
    assert "no plan" not in said(ONE).replace("no plan with that confidence", "")


@pytest.mark.parametrize(
    ("wish", "en", "da"),
    [
        (kept("a", 0.9, 0.891, 0.893), "no plan that was found meets “Target A” in 90%", "som planer vælges på, når ingen plan, der er fundet, “Mål A” i 90 %"),
        (
            kept("b", 0.9, 0.891, 0.965),
            "plans that meet “Target B” in 90% of the draws were found, but cost more, and the shortfall has no price;",
            "fundet planer, som når “Mål B” i 90 % af trækningerne, men de koster mere, og mankoen har ingen pris;",
        ),
        (
            kept("b", 0.9, 0.891, 0.965),
            "plans that reach it were found, but cost more, and the shortfall has no price.",
            "fundet planer, som når det, men de koster mere, og mankoen har ingen pris.",
        ),
        (
            kept("a", 0.9, 0.899, 0.95),
            "the best plan found is too close to “Target A” in 90% of the draws for them to tell",
            "den bedste plan, der er fundet, er for tæt på “Mål A” i 90 % af trækningerne til, at de kan afgøre det",
        ),
        (
            kept("a", 0.9, 0.891, 0.95, chosen=0.901),
            "the best plan found met “Target A” in 90% of the draws when it was chosen, but does not in fresh ones",
            "den bedste plan, der er fundet, nåede “Mål A” i 90 % af trækningerne, da den blev valgt, men gør det ikke i nye trækninger",
        ),
    ],
)  # fmt: skip
def test_each_reason_of_a_miss_is_told_in_both_languages(wish: Kept, en: str, da: str) -> None:
    found = replace(ONE, points=(replace(LEFT, kept=(wish,)),), asked=replace(LEFT, kept=(wish,)))
    assert en in said(found)
    assert da in said(found, Lang.DA)


def test_what_is_met_misses_nothing_and_what_breaks_hard_targets_is_said_so() -> None:
    assert texts(replace(ONE, asked=SURER)).missed() is None
    assert texts(replace(ONE, asked=None)).missed() == (
        "exit code 5: no plan that was found keeps the hard targets with “Target A” in 90% of the draws; this is a finding, "
        "no fault"
    )


def test_several_wishes_rise_together_and_the_scenarios_own_stand_in_a_row_of_their_own() -> None:
    assert "Each row asks the same confidence of every wish; the last row is what the scenario itself asks for" in said(
        TWO
    )
    assert (
        "I hver række ønskes den samme sikkerhed for alle ønsker; sidste række er det, scenariet selv ønsker"
        in said(TWO, Lang.DA)
    )
    assert (
        "With 85% for “Target A” and 50% for “Target B” wished for, the best plan found meets it in 90.8% (90.6%–91.0%). It costs "
        "DKK 1.50 million more net"
    ) in said(TWO)
    assert "Ønskes 85 % for “Mål A” og 50 % for “Mål B”, når den bedste plan, der er fundet, det i 90,8 %" in said(
        TWO, Lang.DA
    )
    assert "0.65 million" not in said(TWO)
    tables = [part.table for part in texts(TWO).parts() if part.table is not None]
    assert [table.rows[-1][:2] for table in tables] == [
        ("the scenario (85%)", "85.6%"),
        ("the scenario (50%)", "90.8%"),
    ]
    assert texts(TWO).missed() is None


def test_one_wish_has_neither_that_sentence_nor_that_row() -> None:
    assert "Each row" not in said(ONE)
    (part,) = texts(ONE).parts()
    assert isinstance(part.table, Listed)
    assert [row[0] for row in part.table.rows] == ["expected values", "50%", "90%", "95%"]


def test_one_start_is_one_start() -> None:
    one = replace(LEFT, added=1, dropped=1)
    assert "has 1 start that that one has not, and lacks 1 of its starts" in said(replace(ONE, asked=one))
    assert "har 1 start, som den ikke har" in said(replace(ONE, asked=one), Lang.DA)
    assert "has 5 starts that that one has not" in said(ONE)


def test_a_premium_below_nothing_is_less() -> None:
    assert "costs DKK 3.00 million less net" in said(replace(ONE, asked=replace(LEFT, premium=-3.0e6)))


def test_a_better_plan_than_that_of_the_run_is_told() -> None:
    run = replace(LEFT, value=LEFT.value + 4.0e6, premium=2.5e6, kept=(kept("a", 0.9, 0.88, 0.965),))
    assert (
        "It is a better plan than that of the run: its priced cost is DKK 4.00 million lower. The plan of the run meets it in 88.0% "
        "and costs DKK 2.50 million more net than the plan for expected values."
    ) in said(replace(ONE, run=run))
    assert "Den er bedre end kørslens plan: dens prissatte omkostning er 4,00 mio. kr. lavere." in said(
        replace(ONE, run=run), Lang.DA
    )
    assert "better plan" not in said(replace(ONE, run=replace(run, value=LEFT.value + 1_000.0)))
    assert confidence_content(replace(ONE, run=run))["run"]["premium_npv_dkk"] == 2.5e6


def test_files_hold_the_scenarios_own_wishes() -> None:
    content = confidence_content(TWO)
    assert [wish["confidence"] for wish in content["asked"]["wishes"]] == [0.85, 0.5]
    assert [wish["verdict"] for wish in content["asked"]["wishes"]] == ["met", "met"]
    assert content["run"] is None
    _, rows = confidence_table(TWO)
    assert [(row["targets"], row["confidence"], row["asked"]) for row in rows[-2:]] == [
        ("a", 0.85, "yes"),
        ("b", 0.5, "yes"),
    ]
    assert [row["asked"] for row in confidence_table(ONE)[1]] == ["no", "yes", "no"]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("found", [ONE, TWO, replace(ONE, asked=None)])
def test_no_text_of_the_figure_stands_on_another(found: Curve, lang: Lang) -> None:
    with drawing():
        figure, _ = confidence_figure(found, model(), lang, names="“A”", scenario="S")
        assert faults(figure) == []


def test_the_figure_is_named_by_what_is_reached_and_what_it_costs_net() -> None:
    with drawing():
        figure, title = confidence_figure(ONE, model(), Lang.EN, names="“A”", scenario="S")
        _, danish = confidence_figure(ONE, model(), Lang.DA, names="“A”", scenario="S")
    assert title.replace(HARD_SPACE, " ") == (
        "90% asked for, 89.1% reached: DKK 3.00 million net above the plan for expected values"
    )
    assert (
        danish.replace(HARD_SPACE, " ") == "Ønsket 90 %, nået 89,1 %: 3,00 mio. kr. netto over planen for middelværdier"
    )
    shown = [text.get_text() for text in figure.texts]
    shown += [text.get_text() for axes in figure.axes for text in axes.get_legend().get_texts()]  # type: ignore[union-attr]
    assert "priced cost" in shown
    assert not any(text == "value" for text in shown)
    assert any("hollow" in text.lower() and "95% certain" in text for text in shown)
