"""Constants and tolerances: value, unit and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, overload

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Amounts: TypeAlias = npt.NDArray[np.float64]

#: [1] Share of a target's base within which the target counts as met; planner, stress test and report share it.
MET_TOLERANCE = 1e-6
#: [1] Share of a target's base by which the planner aims below the cap, so that a plan on its target is met in every evaluation.
AIM_MARGIN = 1e-6
#: [t/a or the quantity's unit] Smallest width by which a stage of the nearest plan is held.
STAGE_TOLERANCE = 1.0
#: [1] Share of a target's base by which a stage of the nearest plan is held, where that is wider.
STAGE_TOLERANCE_RELATIVE = 1e-6
#: [1] Largest relative difference between plan and verification on quantities, of the sum of absolute terms.
VERIFY_QUANTITY = 1e-9
#: [1] Largest relative difference between plan and verification on cost, of the sum of absolute terms.
VERIFY_COST = 1e-6
#: [1] Width within which a limit (money, staff, starts) counts as kept, relative to max(1, limit).
LIMIT_TOLERANCE = 1e-6
#: [1] Quantiles of draws that are reported, lowest first, by the names they have in data sets and summaries.
PERCENTILES = {"p05": 0.05, "p50": 0.50, "p95": 0.95}

NOT_CONFIRMED = {
    "da": "Illustrativt eksempel – forudsætninger ikke bekræftet af regionen",
    "en": "Illustrative example – assumptions not confirmed by the region",
}


@overload
def is_met(residual: float, cap: float, base: float) -> bool: ...


@overload
def is_met(residual: Amounts, cap: float | Amounts, base: float) -> npt.NDArray[np.bool_]: ...


def is_met(residual: float | Amounts, cap: float | Amounts, base: float) -> bool | npt.NDArray[np.bool_]:
    """Whether a target is met: the one rule for planner, stress test and report.

    Parameters
    ----------
    residual, cap, base : float, the first two also arrays that broadcast [the target's unit]
        What is left, what is allowed, what the target is measured from.
    """
    return residual <= cap + MET_TOLERANCE * abs(base)
