"""The official discount schedule, and annuities computed with the same schedule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rmscenario.options.deployment import FloatArray
from rmscenario.region import DiscountStep


def discount_factors(steps: Sequence[DiscountStep], count: int) -> FloatArray:
    """Discount factors of payments at the ends of the first `count` years, Eq. (9).

    Returns
    -------
    array (count + 1) [1]
        Entry `n` is the factor at the end of the n-th year; entry 0, the start of the period, is 1.
    """
    ordered = sorted(steps, key=lambda step: step.from_year)
    first = np.asarray([step.from_year for step in ordered])
    rates = np.asarray([step.rate for step in ordered])
    years = np.arange(1, count + 1)
    rate = rates[np.maximum(np.searchsorted(first, years, side="right") - 1, 0)]
    return np.concatenate([[1.0], np.cumprod(1.0 / (1.0 + rate))])


def annuity_amount(factors: FloatArray, bought: int, lifetime: int) -> float:
    """Yearly payment per DKK bought at the start of the period's year `bought` (0: first), Eq. (7) [1/a].

    PV(annuities) = PV(outlay) under the schedule: payments at the ends of the `lifetime` years from then on.
    """
    paid = factors[bought + 1 : bought + lifetime + 1]
    return float(factors[bought] / paid.sum())
