"""Runs beside each other, in words."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from rmscenario.reporting.compared import compare_text
from rmscenario.reporting.language import Lang

RUN: dict[str, Any] = {
    "titles": {"da": "Reference", "en": "Reference"},
    "confirmed": True,
    "interrupted": False,
    "targets": [
        {
            "id": "total",
            "name_en": "Less",
            "account": "one",
            "quantity": "co2e",
            "unit": "tCO2e/a",
            "year": 2030,
            "base": 700_000.0,
            "cap": 230_000.0,
            "residual": 480_000.0,
            "shortfall": 250_000.0,
            "met": False,
            "share": None,
            "probability_met": None,
        }
    ],
    "cost": {"npv": -3e9, "annual": -2e8, "annual_year": 2030, "capex_total": 1e9, "drawn": {"npv_mean": -2.5e9}},
    "starts": 253,
    "solver": {"gap": 0.0007},
}


def other(**changes: Any) -> dict[str, Any]:
    run = deepcopy(RUN)
    for target in run["targets"]:
        target.update(changes.pop("target", {}))
    run["cost"].update(changes.pop("cost", {}))
    return run | changes


def rows(*runs: dict[str, Any]) -> dict[str, list[str]]:
    """Cells by the label of their row."""
    text = compare_text({f"r{number}": run for number, run in enumerate(runs)}, Lang.EN).replace("\u00a0", " ")
    found = [[cell for cell in line.split("  ") if cell.strip()] for line in text.splitlines()]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in found if len(cells) > 1}


def test_runs_of_one_account_share_a_row() -> None:
    assert rows(RUN, RUN)["Less"] == ["480 kt CO₂e", "480 kt CO₂e"]


def test_tonnes_of_another_account_stand_in_a_row_of_their_own() -> None:
    found = rows(RUN, other(target={"account": "two", "residual": 390_000.0}))
    assert found["Less [one]"] == ["480 kt CO₂e", "–"]
    assert found["Less [two]"] == ["–", "390 kt CO₂e"]
    assert "Less" not in found


def test_a_target_in_another_year_stands_in_a_row_of_its_own() -> None:
    found = rows(RUN, other(target={"year": 2035}))
    assert found["Less, 2030"] == ["480 kt CO₂e", "–"]
    assert found["Less, 2035"] == ["–", "480 kt CO₂e"]


def test_runs_that_aim_at_different_caps_show_each_its_own_target_and_say_so() -> None:
    looser = other(target={"name_en": "30% less", "cap": 490_000.0, "shortfall": 0.0, "met": True})
    found = rows(RUN, looser)
    assert found["Less / 30% less"] == ["480 kt CO₂e", "480 kt CO₂e"]
    assert found["missing"] == ["250 kt CO₂e (target −67%)", "0 kt CO₂e (target −30%)"]
    text = " ".join(compare_text({"strict": RUN, "loose": looser}, Lang.DA).replace("\u00a0", " ").split())
    assert "Kørslerne har ikke samme mål under “total”: strict −67 %; loose −30 %." in text


def test_caps_that_differ_by_less_than_a_per_cent_are_told_apart() -> None:
    assert rows(RUN, other(target={"cap": 231_000.0}))["missing"] == [
        "250 kt CO₂e (target −67.1%)",
        "250 kt CO₂e (target −67.0%)",
    ]


def test_a_goal_that_one_run_tells_as_a_share_and_another_does_not_is_the_same_if_the_cap_is() -> None:
    share = {"of": "waste", "plan": 0.28, "background": 0.29, "wanted": 0.7}
    alike = rows(RUN, other(target={"share": share}))
    assert alike["missing"] == ["250 kt CO₂e", "250 kt CO₂e"]
    shares = rows(other(target={"share": share}), other(target={"share": share | {"wanted": 0.6}}))
    assert shares["missing"] == ["250 kt CO₂e (target 70%)", "250 kt CO₂e (target 60%)"]


def test_runs_with_the_same_target_say_nothing_of_it() -> None:
    assert "target −" not in compare_text({"one": RUN, "two": RUN}, Lang.EN)


def test_an_interrupted_run_is_marked() -> None:
    text = compare_text({"whole": RUN, "half": other(interrupted=True)}, Lang.EN)
    assert "half*" in text
    assert "whole*" not in text
    assert "* The run was interrupted: its plan is the best found by then, and parts are missing." in text


def test_the_gap_of_each_run_is_shown_and_missing_where_nothing_was_searched() -> None:
    found = rows(RUN, other(solver={"gap": None}))
    assert found["Gap to the best plan, at most"] == ["0.070%", "–"]


def test_money_of_a_year_names_the_year_of_each_run_where_they_differ() -> None:
    assert rows(RUN, RUN)["Net in 2030"] == ["DKK −200 million", "DKK −200 million"]
    found = rows(RUN, other(cost={"annual_year": 2032}))
    assert found["Net in a year"] == ["DKK −200 million (2030)", "DKK −200 million (2032)"]


def test_the_mean_of_draws_stands_below_the_net_present_value() -> None:
    found = rows(RUN, other(cost={"drawn": None}))
    assert found["Net present value"] == ["DKK −3.00 billion", "DKK −3.00 billion"]
    assert found["mean of draws"] == ["DKK −2.50 billion", "–"]
