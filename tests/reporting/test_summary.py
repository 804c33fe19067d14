"""The summary for the terminal, whole."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from rmscenario.reporting.language import Lang
from rmscenario.reporting.summary import summary_text
from rmscenario.reporting.targets import TargetWords
from rmscenario.reporting.text import WIDTH

BINDING = [
    {
        "label_da": "Anlæg, hele regionen, 2027–2028",
        "label_en": "Capex, the whole region, 2027–2028",
        "used": [1.0, 0.993],
    },
    {"label_da": "Drift, Sygehuset, 2030", "label_en": "Opex, the hospital, 2030", "used": [1.0]},
]
SUMMARY: dict[str, Any] = {
    "scenario": "reference",
    "confirmed": False,
    "mode": "priced",
    "targets": [
        {
            "id": "total-67",
            "name_da": "67 % mindre CO2e end i 2018",
            "account": "2020-method",
            "quantity": "co2e",
            "unit": "tCO2e/a",
            "year": 2030,
            "base": 704_000.0,
            "cap": 232_320.0,
            "residual": 485_400.0,
            "shortfall": 253_080.0,
            "met": False,
            "probability_met": 0.0,
            "p05": 452_000.0,
            "p50": 500_000.0,
            "p95": 551_000.0,
            "reduction_with_certainty": {"0.5": 0.29, "0.8": 0.252, "0.9": 0.232},
        },
        {
            "id": "water",
            "account": "2020-method",
            "quantity": "water",
            "unit": "m3/a",
            "year": 2030,
            "base": 525_000.0,
            "cap": 420_000.0,
            "residual": 410_000.0,
            "shortfall": 0.0,
            "met": True,
            "probability_met": 0.71,
            "probability_met_low": 0.7072,
            "probability_met_high": 0.7128,
            "p05": None,
            "p50": None,
            "p95": None,
        },
        {
            "id": "recycling",
            "name_da": "70 % genanvendelse",
            "name_en": "70% recycling",
            "quantity_da": "Affald, der ikke genanvendes",
            "quantity_en": "Waste not recycled",
            "unit": "t/a",
            "year": 2030,
            "base": 5_268.0,
            "cap": 1_456.0,
            "residual": 4_203.0,
            "shortfall": 2_747.0,
            "share": {"of": "waste", "plan": 0.282, "background": 0.29, "wanted": 0.7},
            "met": False,
            "probability_met": None,
        },
    ],
    "joint_probability": 0.0,
    "cost": {
        "npv": -1.2e9,
        "gross": 3.1e9,
        "savings_cashable": 0.9e9,
        "savings_avoided": 3.4e9,
        "annual": -45e6,
        "annual_year": 2031,
        "capex_total": 830e6,
        "capex_beyond_budgets": {"last_budget": 2030, "first_year": 2031, "last_year": 2032, "amount": 231e6},
        "years": [2027, 2050],
        "drawn": {"npv_mean": -0.9e9, "npv_p05": -1.4e9, "npv_p95": 0.1e9, "overrun_probability": 0.43},
    },
    "starts": 318,
    "reach": [
        {"target": "total-67", "year": 2030, "cap": 232_320.0, "earliest": 462_000.0, "verdict": "out_of_reach"},
        {"target": "water", "year": 2030, "cap": 420_000.0, "earliest": 400_000.0, "verdict": "within_reach"},
        {"target": "recycling", "year": 2030, "cap": 1_456.0, "earliest": 2_648.0, "verdict": "out_of_reach"},
    ],
    "solver": {"gap": 0.0007},
    "verify": {"ok": True, "max_relative_difference": 1e-12},
    "evidence": {"base": {"assumption": 1.0}, "effect": {"derived": 0.2, "assumption": 0.8}, "cost": {}},
    "in_the_way": [
        {"family": "money", "rows_binding": 7, "binding": BINDING, "shortfall_lifted": {"total-67": 240_000.0}}
    ],
}

DANISH = """\
Scenarie: reference
Illustrativt eksempel – forudsætninger ikke bekræftet af regionen
Nye starter i planen: 318.

Hvor vi ender
  67 % mindre CO2e end i 2018, i 2030: 485 kt CO₂e (−31 %); der mangler 253 kt CO₂e.
    Sandsynlighed for at nå det: < 0,1 %. 9 af 10 udfald: 452 til 551 kt CO₂e, det midterste
    500 kt CO₂e (−29 %). Med 80 % sikkerhed: −25 % eller bedre.
  water, i 2030: 410.000 m³ (−22 %); målet nås. Sandsynlighed for at nå det: 71 % (± 0,28
    procentpoint).
  70 % genanvendelse, i 2030: 28 % (målet er 70 %; 29 % uden nye indsatser). Affald, der ikke
    genanvendes: 4.203 t (−20 %); 2.747 t over loftet.
  Sandsynlighed for at nå alle mål på én gang: < 0,1 %.
  ± er den usikkerhed, som antallet af trækninger giver (95 %).
  Planens egne tal regner med det mest sandsynlige af alt og start til tiden. Det er ikke midten
    af udfaldene.

Hvad det koster
  I nutidsværdi over 2027–2050: 3,10 mia. kr. i udgifter, 900 mio. kr. i kontante besparelser og
    3,40 mia. kr. i undgåede indkøb; netto giver planen et overskud på 1,20 mia. kr.
  Det er, hvis alt går som mest sandsynligt. I robusthedstesten er overskuddet 900 mio. kr. i
    gennemsnit; 9 af 10 udfald: −100 mio. kr. til 1,40 mia. kr. Sandsynlighed for at betale mere
    i anlæg end planlagt: 43 %.
  I 2031 giver den 45,0 mio. kr. om året, når udgifter er trukket fra.
  Anlæg: 830 mio. kr. til og med 2050, fornyelser medregnet. Starterne binder 231 mio. kr., som
    skal betales i 2031–2032: efter 2030, den sidste ramme, og derfor uden for alle rammer.
  Undgåede indkøb bliver kun til penge, hvis budgetterne sænkes. Uden dem koster planen
    2,20 mia. kr.

Hvad der står i vejen
  Penge. 7 rammer er brugt op: Anlæg, hele regionen, 2027–2028 (99–100 % brugt); Drift,
    Sygehuset, 2030 (100 % brugt). Uden denne slags rammer ville der mangle 240 kt CO₂e i den
    nærmeste plan (67 % mindre CO2e end i 2018).
  Kendte indsatser. 67 % mindre CO2e end i 2018: selv når alt starter tidligst, uden hensyn til
    penge, årsværk og antal starter, ender det på −34,4 % i 2030; målet er −67,0 %. Med kendte
    indsatser kan det ikke nås. Det samme gælder: 70 % genanvendelse.

Hvad svaret hviler på
  Antagelser udgør 100 % af udgangspunktet, 80 % af effekten.
  En bedre plan kan højst vinde 0,070 % af alle udgifter og besparelser lagt sammen.
  En uafhængig efterregning giver de samme tal.
"""

ENGLISH_COST = """\
What it costs
  In present value over 2027–2050: DKK 3.10 billion of spending, DKK 900 million of cashable
    savings and DKK 3.40 billion of avoided purchases; net, the plan costs DKK 1.20 billion.
"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_what_the_account_shows_stands_beside_what_is_emitted_where_they_differ() -> None:
    summary = deepcopy(SUMMARY)
    assert "in the account" not in summary_text(summary, Lang.EN)
    summary["targets"][0]["residual_on_paper"] = 549_120.0
    summary["targets"][1]["residual_on_paper"] = summary["targets"][1]["residual"]
    for lang, words in (
        (Lang.EN, "Physically −31%; in the account −22%,"),
        (Lang.DA, "Fysisk −31 %; i klimaregnskabet −22 %,"),
    ):
        text = " ".join(summary_text(summary, lang).split())
        assert text.count(words) == 1


def test_a_planner_reads_the_whole_answer_in_danish() -> None:
    assert plain(summary_text(SUMMARY, Lang.DA)) == DANISH


def test_a_plan_that_costs_is_said_to_cost() -> None:
    summary = deepcopy(SUMMARY)
    summary["cost"]["npv"] = 1.2e9
    assert ENGLISH_COST in plain(summary_text(summary, Lang.EN))


@pytest.mark.parametrize("lang", list(Lang))
def test_no_line_is_wider_than_a_terminal(lang: Lang) -> None:
    assert max(map(len, summary_text(SUMMARY, lang).splitlines())) <= WIDTH


def test_a_disagreeing_verification_is_loud() -> None:
    summary = deepcopy(SUMMARY)
    summary["verify"]["ok"] = False
    assert "gives OTHER figures: do not use the plan" in plain(summary_text(summary, Lang.EN))


def test_a_summary_without_stress_test_limits_or_targets_is_still_said() -> None:
    summary = deepcopy(SUMMARY) | {"targets": [], "starts": 0, "joint_probability": None}
    del summary["in_the_way"]
    text = plain(summary_text(summary, Lang.EN))
    assert "The plan starts no new initiatives." in text
    assert "The scenario has no targets." in text
    assert "What stands in the way" not in text


def test_where_every_target_is_met_nothing_stands_in_the_way() -> None:
    summary = deepcopy(SUMMARY)
    for target in summary["targets"]:
        target["met"] = True
    assert "What stands in the way" not in plain(summary_text(summary, Lang.EN))


def test_one_limit_is_one_limit() -> None:
    summary = deepcopy(SUMMARY)
    summary["in_the_way"][0]["rows_binding"] = 1
    summary["in_the_way"][0]["binding"] = BINDING[1:]
    assert "Penge. 1 ramme er brugt op: Drift, Sygehuset, 2030 (100 % brugt)." in plain(summary_text(summary, Lang.DA))
    assert "Money. 1 limit is used up: Opex, the hospital, 2030 (100% used)." in plain(summary_text(summary, Lang.EN))


def test_what_lifting_limits_gives_is_read_against_the_nearest_plan_and_not_the_priced_one() -> None:
    """253.1 kt are missing in the plan, 244.3 in the nearest one: without money limits 240.0 are, 4.3 less."""
    summary = deepcopy(SUMMARY)
    summary["shortfalls"] = {
        "target": "total-67",
        "plan": {"total-67": 253_080.0},
        "nearest": {"shortfalls": {"total-67": 244_300.0}},
        "price_and_other_aims": 8_780.0, "limits": 4_300.0, "no_known_initiative": 240_000.0,
    }  # fmt: skip
    for family, shortfall in (("staff", 244_299.0), ("all", 232_300.0)):
        lifted = {"total-67": shortfall}
        summary["in_the_way"].append(
            {"family": family, "rows_binding": None, "binding": [], "shortfall_lifted": lifted}
        )
    said = " ".join(plain(summary_text(summary, Lang.EN)).split())
    way = said.partition("What stands in the way")[2]
    assert way.startswith(
        " total-67: the nearest plan within all limits, price and other targets left aside, lacks 244 kt CO₂e; "
        "the plan itself lacks 253 kt CO₂e. The lines below are to be read against the nearest plan. Money."
    )
    assert "240 kt CO₂e would be missing in the nearest plan, 4.30 kt CO₂e less (total-67)." in way
    assert "Staff. Without limits of this kind 244 kt CO₂e would be missing in the nearest plan, no less" in way
    assert "Without any limits 232 kt CO₂e would be missing in the nearest plan, 12.0 kt CO₂e less" in way
    assert "ville der mangle 240 kt CO₂e i den nærmeste plan, 4,30 kt CO₂e mindre" in " ".join(
        plain(summary_text(summary, Lang.DA)).split()
    )


def test_a_sum_over_years_is_said_to_run_until_its_year() -> None:
    summary = deepcopy(SUMMARY)
    summary["targets"][0] |= {"unit": "tCO2e", "base": 0.0}
    assert "2018, sum til og med 2030: 485 kt CO₂e;" in plain(summary_text(summary, Lang.DA))


def test_a_median_and_what_is_reached_with_certainty_stand_beside_the_plans_own_figure() -> None:
    said = plain(summary_text(SUMMARY, Lang.EN))
    assert "median 500 kt CO₂e (−29%). With 80% certainty: −25% or better." in " ".join(said.split())


def test_money_that_starts_commit_after_the_last_budget_is_said_to_be_outside_every_limit() -> None:
    said = " ".join(plain(summary_text(SUMMARY, Lang.EN)).split())
    assert "Capex: DKK 830 million until 2050, renewals included." in said
    assert (
        "commit DKK 231 million to be paid in 2031–2032: after 2030, the last budget, and so outside every limit."
        in said
    )


def test_a_missed_target_that_known_initiatives_could_reach_is_said_so() -> None:
    summary = deepcopy(SUMMARY) | {"in_the_way": []}
    summary["reach"] = [SUMMARY["reach"][0] | {"earliest": 230_000.0, "verdict": "within_reach"}]
    said = " ".join(plain(summary_text(summary, Lang.EN)).split())
    assert "No limit is used up." in said
    assert "it ends at −67.3% in 2030; the target is −67.0%. So known initiatives suffice" in said
    assert "cannot be met" not in said


def test_what_a_plan_costs_on_average_may_be_a_cost() -> None:
    summary = deepcopy(SUMMARY)
    summary["cost"]["drawn"] = {"npv_mean": 2e8, "npv_p05": -1e8, "npv_p95": 5e8, "overrun_probability": 0.5}
    said = " ".join(plain(summary_text(summary, Lang.EN)).split())
    assert "the plan costs DKK 200 million on average; 9 of 10 outcomes: DKK −100 million to DKK 500 million." in said


@pytest.mark.parametrize(("short", "said"), [(16_000.0, "16.0 kt CO₂e"), (3.2, "3.20 t CO₂e"), (0.0, "0 kt CO₂e")])
def test_a_shortfall_too_small_for_the_unit_of_its_target_is_not_said_to_be_nothing(short: float, said: str) -> None:
    target = SUMMARY["targets"][0] | {"base": 700_000.0, "residual": 511_000.0 + short, "shortfall": short}
    assert TargetWords(target | {"unit": "tCO2e/a"}, Lang.EN).missing().replace("\u00a0", " ") == said
