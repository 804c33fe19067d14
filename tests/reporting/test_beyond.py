"""What a run says beside its summary."""

from __future__ import annotations

from typing import Any

import pytest

from rmscenario.reporting.beyond import beyond_text
from rmscenario.reporting.language import Lang

TARGET: dict[str, Any] = {
    "id": "total",
    "name_da": "Halvt så meget",
    "name_en": "Half as much",
    "unit": "tCO2e/a",
    "base": 700_000.0,
    "cap": 350_000.0,
    "residual": 480_000.0,
    "shortfall": 130_000.0,
    "met": False,
    "shortfall_price": 1_500.0,
}


def said(lang: Lang = Lang.EN, **parts: Any) -> str:
    """The text of a run of one target, on one line."""
    summary = {"targets": [TARGET], "starts": 0, **parts}
    return " ".join(beyond_text(summary, lang).replace("\u00a0", " ").split())


TIMING: dict[str, Any] = {
    "target": "total", "year": 2030, "reduction": 1.0, "reduction_a_year_late": 1.0, "round_end": 2028,
    "reduction_at_round_end": 1.0, "reduction_of_next_round": 1.0, "starts_that_cannot_wait": 0, "loss_said": 1.0,
}  # fmt: skip


def priced(price: float, lang: Lang = Lang.EN) -> str:
    return said(lang, starts=1, timing=TIMING, solver={"relaxation_prices": {"total": price}})


def test_a_price_of_the_relaxation_below_that_of_a_shortfall_is_told_as_its_own() -> None:
    text = priced(900.0)
    assert "gives DKK 900" in text or "gives 900 DKK" in text
    assert "That is not the price of the last tonnes." in text
    assert "no finding" not in text


@pytest.mark.parametrize("off", [0.0, 1e-9])
def test_a_price_of_the_relaxation_that_is_the_scenarios_own_is_said_to_be_no_finding(off: float) -> None:
    text = priced(1_500.0 * (1.0 + off))
    assert "That is the price the scenario itself has set on what is missing, and no finding" in text
    assert "the price of the last tonnes" not in text
    assert "Det er den pris, som scenariet selv har sat på det, der mangler, og intet resultat" in priced(
        1_500.0 * (1.0 + off), Lang.DA
    )


def cast(left: float, yearly: float, lang: Lang = Lang.EN) -> str:
    decline = {
        "group": "energy", "group_da": "Energi", "group_en": "Energy", "left_at_mode": 0.21, "left": left, "yearly": yearly
    }  # fmt: skip
    found = {"at_mode": 460_000.0, "at_strong": 380_000.0, "at_strongest": 300_000.0, "least": 2.96}
    return said(
        lang,
        backcast={
            "target": "total", "year": 2030, "strongest": 5.0, "everything": found, "planned": None,
            "everything_declines": [decline], "planned_declines": [],
        },
    )  # fmt: skip


def test_a_background_that_is_used_up_has_no_yearly_rate() -> None:
    text = cast(0.0, 1.0)
    assert (
        "For Energy this means that nothing is left in 2030 (most likely: 21%): the background is used up there."
        in text
    )
    assert "a year" not in text
    assert "For Energi betyder det, at intet er tilbage i 2030 (mest sandsynligt: 21 %)" in cast(0.0, 1.0, Lang.DA)


def test_a_background_of_which_something_is_left_has_a_yearly_rate() -> None:
    assert "For Energy this means a decline of 14.9% a year, so that 14% are left in 2030" in cast(0.14, 0.149)
    assert "so that 0.3% are left in 2030" in cast(0.003, 0.384)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (Lang.DA, "Her er alt som planlagt; risikoen er ikke med."),
        (Lang.EN, "Here everything is as planned; the risk is no part of it."),
    ],
)
def test_what_cannot_wait_and_the_last_tonnes_of_a_target_under_risk_are_said_to_be_as_planned(
    lang: Lang, sentence: str
) -> None:
    risky = TARGET | {"certified": {"level": 0.8}}
    last = {"target": "total", "year": 2030, "amount": 1.0, "certain": True} | dict.fromkeys(
        ("per_tonne_in_year", "per_tonne_over_period"), 900.0
    )
    assert said(lang, starts=1, timing=TIMING, targets=[risky]).count(sentence) == 1
    assert said(lang, starts=1, last_tonnes=last, targets=[risky]).count(sentence) == 1
    assert said(lang, starts=1, timing=TIMING, last_tonnes=last).count(sentence) == 0
