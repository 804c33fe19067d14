"""A plan under risk in words, whole sentences in both languages."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest

from rmscenario.reporting.beyond import beyond
from rmscenario.reporting.language import Lang
from rmscenario.reporting.summary import in_the_way, summary_text
from rmscenario.reporting.targets import TargetWords
from rmscenario.reporting.telling import end_text
from rmscenario.reporting.under_risk import certified_texts, joint_texts, judged_text, premium_text, proven_text
from tests.reporting.test_summary import SUMMARY as WHOLE

TARGET: dict[str, Any] = {
    "id": "total",
    "name_da": "27 % mindre",
    "name_en": "27% less",
    "unit": "tCO2e/a",
    "base": 700_000.0,
    "cap": 511_000.0,
    "residual": 490_000.0,
    "judged": 527_000.0,
    "shortfall": 16_000.0,
    "met": False,
    "shortfall_price": 1_500.0,
    "confidence": 0.8,
    "probability_met": 0.674,
    "probability_met_interval": [0.672, 0.676],
    "cvar": 543_000.0,
    "certified": {
        "probability_met": 0.674,
        "probability_met_interval": [0.672, 0.676],
        "cvar": 543_000.0,
        "level": 0.8,
        "judged_interval": [526_000.0, 528_000.0],
        "furthest": 0.7,
        "probability_met_before": 0.506,
        "cvar_before": 561_000.0,
        "probability_met_chosen": 0.68,
        "judged_chosen": 525_000.0,
        "verdict": "unfound",
    },
}
RISK: dict[str, Any] = {
    "premium_npv": 240e6,
    "premium_starts": 31,
    "value": -3_100e6,
    "bound": -4_200e6,
    "bound_draws": 100,
    "bound_certainty": 0.95,
    "joint": {
        "targets": ["total", "other"],
        "confidence": 0.6,
        "probability": 0.61,
        "low": 0.605,
        "high": 0.62,
        "met": True,
        "furthest": 0.63,
        "probability_before": 0.4,
        "probability_chosen": 0.615,
        "verdict": "met",
    },
}
SUMMARY: dict[str, Any] = {
    "mode": "priced",
    "risk": RISK,
    "targets": [TARGET, TARGET | {"id": "other", "name_en": "Other"}],
}


def plain(texts: list[str]) -> list[str]:
    return [text.replace("\u00a0", " ") for text in texts]


def test_a_target_says_what_it_reaches_that_this_is_less_and_what_the_other_plan_does() -> None:
    assert plain(certified_texts(TargetWords(TARGET, Lang.EN), "priced", Lang.EN)) == [
        "The plan was chosen to meet it in 80% of the draws; on draws that no decision has seen it does in 67.4% "
        "(95%: 67.2%–67.6%).",
        "That is less than the 80% wished for: on the draws that plans are chosen on, no plan that was found reaches them; the "
        "surest reaches 70.0% there.",
        "The plan for expected values meets it in 50.6%. The worst 20% of the draws end at 543 kt CO₂e (−22%) on average, with "
        "the plan for expected values at 561 kt CO₂e (−20%).",
    ]
    danish = plain(certified_texts(TargetWords(TARGET, Lang.DA), "priced", Lang.DA))
    assert danish[1].startswith("Det er mindre end de 80 %, der er ønsket")
    assert "når det i 50,6 %" in danish[2]


def short(target: dict[str, Any], mode: str, **certified: Any) -> list[str]:
    row = target | {"certified": target["certified"] | certified}
    return [line for line in plain(certified_texts(TargetWords(row, Lang.EN), mode, Lang.EN)) if "wished for" in line]


def test_why_a_wish_is_not_reached_is_one_reason_and_that_of_the_mode() -> None:
    assert short(TARGET, "priced", verdict="priced") == [
        "That is less than the 80% wished for: on the draws that plans are chosen on, plans that reach them were found, "
        "but cost more than the shortfall at its price."
    ]
    assert short(TARGET | {"shortfall_price": 0.0}, "priced", verdict="priced") == [
        "That is less than the 80% wished for: on the draws that plans are chosen on, plans that reach them were found, "
        "but cost more, and the shortfall has no price."
    ]
    assert short(TARGET, "nearest", verdict="priced") == [
        "That is less than the 80% wished for: on the draws that plans are chosen on, plans that reach them were found, "
        "but other targets come first."
    ]
    assert short(TARGET, "nearest", furthest=0.6) == [
        "That is less than the 80% wished for: on the draws that plans are chosen on, no plan that was found reaches "
        "them; the surest reaches 60.0% there."
    ]
    assert short(TARGET, "priced", verdict="close") == short(TARGET, "priced", verdict=None) == []


@pytest.mark.parametrize("mode", ["priced", "nearest"])
def test_a_wish_kept_on_the_draws_the_plan_was_chosen_on_is_said_to_be_missed_on_fresh_ones(mode: str) -> None:
    """It is not said to be too dear, whatever the mode, and whether its shortfall has a price or it is hard and has none."""
    for price in (1_500.0, 0.0):
        unconfirmed = {"verdict": "unconfirmed", "probability_met_chosen": 0.806, "furthest": 0.83}
        assert short(TARGET | {"shortfall_price": price}, mode, **unconfirmed) == [
            "That is less than the 80% wished for: on the draws that the plan was chosen on it reached them (80.6%), on fresh ones "
            "it does not."
        ]
    joint = RISK["joint"] | {"confidence": 0.7, "met": False, "verdict": "unconfirmed", "probability_chosen": 0.702}
    (_, dansk) = plain(joint_texts(SUMMARY | {"risk": RISK | {"joint": joint}, "mode": mode}, Lang.DA))
    assert dansk == (
        "Det er mindre end de 70 %, der er ønsket: i de udfald, som planen er valgt på, nåede den dem (70,2 %), i nye gør den ikke."
    )


@pytest.mark.parametrize(("lang", "all_but"), [(Lang.EN, "99.9%"), (Lang.DA, "99,9 %")])
def test_no_wish_and_no_share_of_less_than_all_is_written_as_all(lang: Lang, all_but: str) -> None:
    certified = {
        "level": 0.999, "probability_met": 0.99894, "probability_met_interval": [0.99881, 0.99996],
        "probability_met_before": 0.00004, "furthest": 0.99899,
    }  # fmt: skip
    row = TARGET | {"confidence": 0.999, "certified": TARGET["certified"] | certified}
    joint = RISK["joint"] | {
        "confidence": 0.999,
        "probability": 0.99894,
        "low": 0.99881,
        "high": 0.99996,
        "verdict": "unfound",
    }
    said = plain(certified_texts(TargetWords(row, lang), "priced", lang))
    together = plain(joint_texts(SUMMARY | {"risk": RISK | {"joint": joint}}, lang))
    ended = plain(
        [
            str(
                end_text(
                    SUMMARY
                    | {
                        "risk": RISK | {"joint": joint | {"met": False}},
                        "solver": WHOLE["solver"] | {"termination": "searched"},
                    },
                    lang,
                )
            )
        ]
    )
    judged_by = plain([judged_text(TargetWords(row, lang), "", lang)])
    for text in (said[0], said[1], together[0], together[1], ended[0], judged_by[0]):
        assert all_but in text
    text = " ".join([*said, *together, *ended, *judged_by])
    assert not re.search(r"(?<![\d.,])(100|0)([.,]0*)? ?%", text)
    assert all(
        number.replace(".", "," if lang is Lang.DA else ".") in text
        for number in ("99.89", "99.88", "99.996", "0.004", "0.1")
    )


def test_a_mean_met_on_the_draws_the_plan_was_chosen_on_is_said_to_be() -> None:
    tail = TARGET["certified"] | {"verdict": "unconfirmed", "judged_chosen": 510_000.0}
    row = TARGET | {"confidence": None, "certified": tail}
    assert plain(certified_texts(TargetWords(row, Lang.EN), "priced", Lang.EN))[1] == (
        "On the draws that the plan was chosen on it met it: the same mean is 510 kt CO₂e there."
    )
    assert plain(certified_texts(TargetWords(row, Lang.DA), "priced", Lang.DA))[1] == (
        "I de udfald, som planen er valgt på, nåede den det: dér er det samme gennemsnit 510 kt CO₂e."
    )
    unknown = row | {"certified": tail | {"verdict": None}}
    assert len(certified_texts(TargetWords(unknown, Lang.EN), "priced", Lang.EN)) == 2


def test_a_joint_wish_that_is_not_reached_is_said_to_be_short() -> None:
    missed = RISK | {"joint": RISK["joint"] | {"confidence": 0.7, "met": False, "verdict": "unfound"}}
    (_, reason) = plain(joint_texts(SUMMARY | {"risk": missed}, Lang.EN))
    assert reason == (
        "That is less than the 70% wished for: on the draws that plans are chosen on, no plan that was found reaches them; the "
        "surest reaches 63.0% there."
    )


@pytest.mark.parametrize(("met", "verdict"), [(True, "met"), (False, "close")])
def test_a_joint_wish_within_the_error_of_the_draws_is_said_to_be_open(met: bool, verdict: str) -> None:
    confidence = 0.607 if met else 0.613
    joint = RISK["joint"] | {"confidence": confidence, "met": met, "verdict": verdict}
    assert joint_texts(SUMMARY | {"risk": RISK | {"joint": joint}}, Lang.EN)[1:] == [
        "That is so close that the draws cannot tell (95%)."
    ]


def judged(**changes: Any) -> str:
    row = deepcopy(TARGET) | changes
    return plain([judged_text(TargetWords(row, Lang.EN), "16.0 kt are missing.", Lang.EN)])[0]


def test_a_target_under_risk_is_judged_in_the_words_of_its_own_measure() -> None:
    assert judged() == "in 80% of the draws at most 527 kt CO₂e: 16.0 kt are missing."
    tail = TARGET["certified"] | {"level": 0.9}
    assert judged(confidence=None, certified=tail) == (
        "in the mean of the worst 10% of the draws 527 kt CO₂e: 16.0 kt are missing."
    )
    mean = TARGET["certified"] | {"level": 0.0, "judged_interval": [510_000.0, 528_000.0]}
    assert judged(confidence=None, certified=mean) == (
        "in the mean of the draws 527 kt CO₂e: 16.0 kt are missing. That is so close that the draws cannot tell (95%)."
    )
    assert judged(certified=None) == "16.0 kt are missing."


def test_a_plan_for_the_mean_speaks_of_no_level_and_no_worst_100_percent() -> None:
    mean = TARGET | {"confidence": None, "certified": TARGET["certified"] | {"level": 0.0}}
    assert plain(certified_texts(TargetWords(mean, Lang.EN), "priced", Lang.EN)) == [
        "The plan was chosen to meet it in the mean of the draws; of draws that no decision has seen it meets it in 67.4% "
        "(95%: 67.2%–67.6%).",
        "The plan for expected values meets it in 50.6%.",
    ]


def test_a_wish_that_is_reached_is_not_called_short() -> None:
    reached = TARGET | {"certified": TARGET["certified"] | {"verdict": "met"}}
    assert len(certified_texts(TargetWords(reached, Lang.EN), "priced", Lang.EN)) == 2
    assert certified_texts(TargetWords({**TARGET, "certified": None}, Lang.EN), "priced", Lang.EN) == []


def test_premium_bound_and_joint_wish_are_said() -> None:
    assert premium_text(SUMMARY, Lang.EN) == (
        "The certainty costs DKK\u00a0240\u00a0million net beyond the plan for expected values, and 31 more starts."
    )
    fewer = {"risk": RISK | {"premium_npv": -5e6, "premium_starts": -2}}
    assert "5,00\u00a0mio.\u00a0kr. billigere" in str(premium_text(fewer, Lang.DA))
    assert "2 færre starter" in str(premium_text(fewer, Lang.DA))
    assert str(proven_text(SUMMARY, Lang.EN)).startswith(
        "A plan with the same confidence can be at most DKK\u00a01.10\u00a0billion cheaper"
    )
    (joint,) = joint_texts(SUMMARY, Lang.EN)
    assert joint.startswith("The plan was chosen to meet “27% less”, “Other” together in 60% of the draws")


@pytest.mark.parametrize("risk", [None, RISK | {"bound": None, "joint": None}])
def test_what_is_not_known_is_not_said(risk: dict[str, Any] | None) -> None:
    assert proven_text({"risk": risk}, Lang.DA) is None
    assert joint_texts({"risk": risk, "targets": []}, Lang.DA) == []
    assert (premium_text({"risk": risk}, Lang.DA) is None) == (risk is None)


def test_the_summary_says_all_of_it_once() -> None:
    summary = deepcopy(WHOLE)
    summary["targets"][0] |= {
        key: TARGET[key] for key in ("confidence", "certified", "probability_met", "cvar", "judged")
    }
    summary["risk"] = RISK | {"joint": None}
    text = " ".join(summary_text(summary, Lang.EN).replace("\u00a0", " ").split())
    assert text.count("no decision has seen") == 1
    assert "Probability of meeting it: 67" not in text
    assert text.count("can be at most DKK 1.10 billion cheaper") == 1
    assert "A better plan could gain" not in text


#: A plan that nothing was chosen in.
GIVEN = TARGET | {
    "certified": TARGET["certified"]
    | dict.fromkeys(
        (
            "furthest",
            "probability_met_before",
            "cvar_before",
            "probability_met_chosen",
            "judged_chosen",
            "verdict",
        )
    )
}


def test_a_plan_that_was_given_is_not_said_to_be_chosen_nor_to_cost_anything_for_its_certainty() -> None:
    (said,) = plain(certified_texts(TargetWords(GIVEN, Lang.EN), "everything", Lang.EN))
    assert said == (
        "It is wished for in 80% of the draws; on draws that no decision has seen it is met in 67.4% (95%: 67.2%–67.6%)."
    )
    (dansk,) = plain(certified_texts(TargetWords(GIVEN, Lang.DA), "everything", Lang.DA))
    assert dansk == (
        "Det skal nås i 80 % af udfaldene; på udfald, som ingen beslutning har set, nås det i 67,4 % (95 %: 67,2 %–67,6 %)."
    )
    given = SUMMARY | {"mode": "everything", "risk": RISK | {"premium_npv": None, "premium_starts": None}}
    assert premium_text(given, Lang.EN) is None
    (joint,) = joint_texts(given, Lang.EN)
    assert joint.startswith("“27% less”, “Other” are wished for together in 60% of the draws")


REACHED: dict[str, Any] = {
    "target": "total",
    "year": 2030,
    "base": 700_000.0,
    "cap": 511_000.0,
    "earliest": 462_000.0,
    "judged": 510_000.0,
    "verdict": "within_reach",
    "confidence": 0.8,
    "certified": TARGET["certified"] | {"probability_met": 0.829, "probability_met_interval": [0.827, 0.831]},
}


def in_reach(lang: Lang, **changes: Any) -> str:
    summary = SUMMARY | {"in_the_way": [], "reach": [REACHED | changes], "targets": [TARGET]}
    told = in_the_way(summary, lang)
    assert told is not None
    return plain([str(told.sentences[-1])])[0]


def test_whether_known_initiatives_suffice_is_said_by_the_measure_the_target_is_judged_by() -> None:
    assert in_reach(Lang.EN) == (
        "27% less, with everything started at its earliest, money, staff and starts left aside: in 80% of the draws at most "
        "510 kt CO₂e in 2030; the target is 511 kt CO₂e, and it is met in 82.9% of the draws. So known initiatives suffice; "
        "price, limits and other targets stand in the way."
    )
    short = {"judged": 515_000.0, "verdict": "doubtful"}
    certified = REACHED["certified"] | {"probability_met": 0.77, "probability_met_interval": [0.76, 0.78]}
    assert in_reach(Lang.DA, **short, certified=certified) == (
        "27 % mindre, når alt starter tidligst, uden hensyn til penge, årsværk og antal starter: i 80 % af udfaldene højst "
        "515 kt CO₂e i 2030; målet er 511 kt CO₂e, og det nås i 77,0 % af udfaldene. Det er mindre, end der er ønsket; det er "
        "ikke bevist, at ingen anden plan når det."
    )
    near = REACHED["certified"] | {"probability_met_interval": [0.79, 0.84]}
    assert in_reach(Lang.EN, certified=near).endswith("That is so close that the draws cannot tell (95%).")


@pytest.mark.parametrize("certified", [None, TARGET["certified"]])
def test_plans_sought_with_everything_as_planned_are_said_to_be_so_beside_a_target_under_risk(certified: Any) -> None:
    summary = SUMMARY | {
        "starts": 3,
        "in_the_way": [{"family": "money", "rows_binding": None, "binding": [], "shortfall_lifted": {"total": 1_000.0}}],
        "shortfalls": {
            "target": "total", "plan": {"total": 9_000.0}, "nearest": {"shortfalls": {"total": 4_000.0}},
            "price_and_other_aims": 5_000.0, "limits": 4_000.0, "no_known_initiative": 0.0,
        },
        "targets": [TARGET | {"certified": certified}],
    }  # fmt: skip
    way, parts = in_the_way(summary, Lang.EN), beyond(summary, Lang.EN)
    assert way is not None
    risky = certified is not None
    assert any("take everything as planned, also in what" in str(line) for line in way.sentences) == risky
    assert any("everything is as planned; the risk is no part" in str(line) for line in parts[0].sentences) == risky
