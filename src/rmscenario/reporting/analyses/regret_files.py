"""What many worlds say of a plan, as JSON and CSV. Money in DKK, tonnes in tCO2e/a."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rmscenario.regret.compare import PolicyRegret
from rmscenario.regret.run import Regret
from rmscenario.regret.shares import OptionShare
from rmscenario.regret.value import ValueOfInformation
from rmscenario.reporting.analyses.worlds import DECIDED, bracket_content, decided_cells, decided_content, dkk


def regret_content(regret: Regret) -> dict[str, Any]:
    """Content of `rmscenario regret --json`; a number that is not finite is null."""
    return {
        "worlds": regret.worlds,
        "worlds_asked": regret.asked,
        "interrupted": regret.interrupted,
        "mode": regret.mode.value,
        "seed": regret.seed,
        "target": regret.target,
        "gaps": [{"stage": gap.stage, "mean": gap.mean, "max": gap.max} for gap in regret.gaps],
        "options": [_option(option) for option in regret.options],
        "policies": [_policy(policy) for policy in regret.policies],
        "average_plan": None if regret.average is None else [asdict(change) for change in regret.average],
        "value_of_information": None if regret.value is None else _value(regret.value),
    }


def _option(option: OptionShare) -> dict[str, Any]:
    return {
        "initiative": option.initiative,
        "unit": option.unit,
        "share": option.share,
        "class": option.kind.value,
        "worlds": option.worlds,
        "share_interval": [option.low, option.high],
        "share_without_targets": option.untargeted,
        "starts": {str(year): share for year, share in option.starts},
        "planned": option.planned,
        "decided_by": decided_content(option.decided),
    }


def _policy(policy: PolicyRegret) -> dict[str, Any]:
    return {
        "name": policy.name,
        "expected_regret_dkk": policy.expected_dkk,
        "max_regret_dkk": policy.max_dkk,
        "expected_regret_t": policy.expected_t,
        "max_regret_t": policy.max_t,
        "expected_regret_dkk_error": policy.expected_dkk_error,
        "expected_regret_t_error": policy.expected_t_error,
        "expected_regret_dkk_at_most": policy.expected_dkk_bound,
        "max_regret_dkk_at_most": policy.max_dkk_bound,
        "worlds_compared_in_dkk": policy.compared,
    }


def _value(value: ValueOfInformation) -> dict[str, Any]:
    return {
        "ev": None if value.ev is None else bracket_content(value.ev),
        "eev": None if value.eev is None else dkk(value.eev),
        "fixed": dkk(value.fixed),
        "ws": bracket_content(value.ws),
        "rp": bracket_content(value.rp),
        "evpi": bracket_content(value.evpi),
        "vss": None if value.vss is None else bracket_content(value.vss),
        "fixed_error": dkk(value.fixed_error),
        "ws_error": dkk(value.ws_error),
        "evpi_error": dkk(value.evpi_error),
    }


def regret_table(regret: Regret) -> tuple[Sequence[str], Sequence[Mapping[str, object]]]:
    """Columns and rows of `regret.csv`: an option in each row."""
    years = sorted({year for option in regret.options for year, _ in option.starts})
    columns = (
        "initiative", "unit", "class", "share", "share_low", "share_high", "share_without_targets", "worlds", "planned",
        *(f"start_{year}" for year in years), "decided_by", *DECIDED,
    )  # fmt: skip
    return columns, [dict(zip(columns, _cells(option, years), strict=True)) for option in regret.options]


def _cells(option: OptionShare, years: Sequence[int]) -> tuple[object, ...]:
    starts = dict(option.starts)
    return (
        option.initiative,
        option.unit,
        option.kind,
        option.share,
        option.low,
        option.high,
        option.untargeted,
        option.worlds,
        option.planned,
        *(starts.get(year, 0.0) for year in years),
        *decided_cells(option.decided),
    )
