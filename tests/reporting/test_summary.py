"""The summary for the terminal, whole."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from rmscenario.reporting.language import Lang
from rmscenario.reporting.summary import summary_text
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
        "annual_2030": -45e6,
        "annual_year": 2031,
        "capex_total": 830e6,
        "years": [2027, 2050],
    },
    "starts": 318,
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
    Sandsynlighed for at nå det: < 0,1 %. 9 af 10 udfald: 452 til 551 kt CO₂e.
  water, i 2030: 410.000 m³ (−22 %); målet nås. Sandsynlighed for at nå det: 71 % (± 0,28
    procentpoint).
  70 % genanvendelse, i 2030: 28 % (målet er 70 %; 29 % uden nye indsatser). Affald, der ikke
    genanvendes: 4.203 t (−20 %); 2.747 t over loftet.
  Sandsynlighed for at nå alle mål på én gang: < 0,1 %.
  ± er den usikkerhed, som antallet af trækninger giver (95 %).

Hvad det koster
  I nutidsværdi over 2027–2050: 3,10 mia. kr. i udgifter, 900 mio. kr. i kontante besparelser og
    3,40 mia. kr. i undgåede indkøb; netto giver planen et overskud på 1,20 mia. kr.
  I 2031 giver den 45,0 mio. kr. om året, når udgifter er trukket fra. Der skal betales
    830 mio. kr. i anlæg.
  Undgåede indkøb bliver kun til penge, hvis budgetterne sænkes. Uden dem koster planen
    2,20 mia. kr.

Hvad der står i vejen
  Penge. 7 rammer er brugt op: Anlæg, hele regionen, 2027–2028 (99–100 % brugt); Drift,
    Sygehuset, 2030 (100 % brugt). Uden denne slags rammer ville der mangle 240 kt CO₂e (67 %
    mindre CO2e end i 2018).

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


def test_a_sum_over_years_is_said_to_run_until_its_year() -> None:
    summary = deepcopy(SUMMARY)
    summary["targets"][0] |= {"unit": "tCO2e", "base": 0.0}
    assert "2018, sum til og med 2030: 485 kt CO₂e;" in plain(summary_text(summary, Lang.DA))
