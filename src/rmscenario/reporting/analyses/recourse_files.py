"""What can wait, as JSON and CSV. Money in DKK, tonnes in tCO2e/a, summed in tCO2e."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rmscenario.planning.limits import MILLION
from rmscenario.recourse import WORTH_SIGNING, Branch, Estimate, Myopic, OptionVerdict, Played, Price, Recourse
from rmscenario.reporting.analyses.worlds import DECIDED, bracket_content, decided_cells, decided_content, dkk


def recourse_content(found: Recourse) -> dict[str, Any]:
    """Content of `rmscenario wait --json`; a number that is not finite is null."""
    return {
        "worlds": found.worlds,
        "seed": found.seed,
        "round_ends": found.end,
        "threshold_dkk": WORTH_SIGNING * MILLION,
        "options": [_option(option) for option in found.options],
        "branches": [_branch(branch) for branch in found.branches],
        "signed_now": dict(zip(("as_planned", "more", "less"), found.signed, strict=True)),
        "policy_dkk": bracket_content(found.policy),
        "single_plan_dkk": bracket_content(found.common),
        "gap": (found.policy.high - found.policy.low) / found.scale,
        "value_of_flexibility_dkk": bracket_content(found.flexibility),
        "gain_dkk": _estimate(found.gain, MILLION),
        "gain_in_fresh_worlds_dkk": None if found.fresh is None else _estimate(found.fresh, MILLION),
        "myopic": None if found.myopic is None else _myopic(found.myopic),
        "played": None if found.played is None else _played(found.played),
    }


def _option(option: OptionVerdict) -> dict[str, Any]:
    return {
        "initiative": option.initiative,
        "unit": option.unit,
        "class": option.verdict.value,
        "signed_now_from": option.signed,
        "later": {str(year): share for year, share in option.later},
        "price_of_waiting": None if option.waiting is None else _price(option.waiting),
        "price_of_signing": None if option.signing is None else _price(option.signing),
        "depends_on": decided_content(option.decided),
    }


def _price(price: Price) -> dict[str, Any]:
    return {
        "dkk": price.value * MILLION,
        "dkk_error": price.error * MILLION,
        "dkk_at_least": dkk(price.least),
        "t": price.tonnes,
        "t_summed": price.summed,
    }


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "share": branch.share,
        "later_starts": branch.starts,
        "told_by": decided_content(branch.decided),
    }


def _myopic(myopic: Myopic) -> dict[str, Any]:
    return {
        "regret_dkk": bracket_content(myopic.regret),
        "more_t": myopic.tonnes,
        "more_t_summed": myopic.summed,
        "dearer_in_worlds_dkk": _estimate(myopic.in_worlds, MILLION),
    }


def _played(played: Played) -> dict[str, Any]:
    return {
        "worlds": played.worlds,
        "fixed_dkk": _estimate(played.fixed, MILLION),
        "played_dkk": _estimate(played.played, MILLION),
        "saved_dkk": _estimate(played.saved, MILLION),
        "less_t": _estimate(played.tonnes),
        "less_t_summed": _estimate(played.summed),
        "target": played.target,
        "less_shortfall": None if played.shortfall is None else _estimate(played.shortfall),
        "better_in": played.better,
        "starts_changed": played.changed,
    }


def _estimate(estimate: Estimate, factor: float = 1.0) -> dict[str, float]:
    return {"mean": estimate.value * factor, "error": estimate.error * factor}


def recourse_table(found: Recourse) -> tuple[Sequence[str], Sequence[Mapping[str, object]]]:
    """Columns and rows of `wait.csv`: an option in each row."""
    years = sorted({year for option in found.options for year, _ in option.later})
    kinds = ("dkk", "dkk_error", "dkk_at_least", "t", "t_summed")
    columns = (
        "initiative", "unit", "class", "signed_now_from", *(f"later_{year}" for year in years),
        *(f"waiting_{kind}" for kind in kinds), *(f"signing_{kind}" for kind in kinds), "depends_on", *DECIDED,
    )  # fmt: skip
    return columns, [dict(zip(columns, _cells(option, years), strict=True)) for option in found.options]


def _cells(option: OptionVerdict, years: Sequence[int]) -> tuple[object, ...]:
    later = dict(option.later)
    prices: list[object] = []
    for price in (option.waiting, option.signing):
        prices += [None] * 5 if price is None else _price(price).values()
    return (
        option.initiative,
        option.unit,
        option.verdict,
        option.signed,
        *(later.get(year, 0.0) for year in years),
        *prices,
        *decided_cells(option.decided),
    )
