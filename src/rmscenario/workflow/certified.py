"""What is certified of a plan under risk, as `summary.json` says it."""

from __future__ import annotations

from typing import Any

from rmscenario.plan import Certified


def certified_row(found: Certified) -> dict[str, Any]:
    """What a plan reaches of a target on fresh draws."""
    return {
        "probability_met": found.probability,
        "probability_met_interval": [found.low, found.high],
        "cvar": found.cvar,
        "level": found.level,
        "judged_interval": [found.judged_low, found.judged_high],
        "furthest": found.furthest,
        "probability_met_before": found.probability_before,
        "cvar_before": found.cvar_before,
        "probability_met_chosen": found.probability_chosen,
        "judged_chosen": found.judged_chosen,
        "verdict": found.verdict,
    }
