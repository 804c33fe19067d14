"""The earliest observation that warns of a miss, and the value at which it does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rmscenario.options.deployment import FloatArray
from rmscenario.signposts.drawn import Drawn
from rmscenario.signposts.observables import Observable
from rmscenario.signposts.prim import BoolArray

#: [1] Share of the best skill of any year that an earlier one must reach to be preferred.
NEARLY_AS_GOOD = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An observation that warns of a miss: at the end of a year, a value beyond the trigger.

    Attributes
    ----------
    above : bool
        Whether it warns above the trigger or below it.
    known : int
        Year at whose end the value is known.
    planned : float [1]
        The value with every input at its mode and every start on time.
    hits : float [1]
        Share of the misses that it warns of.
    false_alarms : float [1]
        Share of the other draws in which it warns all the same.
    miss_if, miss_if_not : float [1]
        Share of misses among the draws in which it warns, and among the others.
    """

    observable: Observable
    year: int
    known: int
    above: bool
    trigger: float
    planned: float
    hits: float
    false_alarms: float
    miss_if: float
    miss_if_not: float

    @property
    def skill(self) -> float:
        """Hits less false alarms: 1 is a sure sign, 0 none (Youden's index)."""
        return self.hits - self.false_alarms


def earliest_alert(
    feature: int, *, above: bool, found_on: tuple[Drawn, BoolArray], judged_on: tuple[Drawn, BoolArray]
) -> Alert | None:
    """The earliest year whose value warns nearly as well as that of any year; None if no year tells draws apart.

    Parameters
    ----------
    found_on, judged_on : draws and whether each is a miss
        Triggers come from the first, their rates from the second.
    """
    one = found_on[0].observables[feature]
    alerts = []
    for place, year in enumerate(one.years):
        trigger = _trigger(found_on[0].series[feature][place], found_on[1], above=above)
        if trigger is not None:
            values, missed = judged_on[0].series[feature][place], judged_on[1]
            warned = values > trigger if above else values < trigger
            alerts.append(
                Alert(
                    observable=one,
                    year=year,
                    known=one.known(year),
                    above=above,
                    trigger=trigger,
                    planned=float(judged_on[0].planned_series[feature][place]),
                    hits=_share(warned, missed),
                    false_alarms=_share(warned, ~missed),
                    miss_if=_share(missed, warned),
                    miss_if_not=_share(missed, ~warned),
                )
            )
    best = max((alert.skill for alert in alerts), default=0.0)
    return next((alert for alert in alerts if alert.skill >= NEARLY_AS_GOOD * best), None)


def _trigger(values: FloatArray, missed: BoolArray, *, above: bool) -> float | None:
    """The value that tells misses from others best; None where all draws have the same."""
    order = np.argsort(-values if above else values, kind="stable")
    ordered, hits = values[order], missed[order]
    skill = np.cumsum(hits) / max(1, hits.sum()) - np.cumsum(~hits) / max(1, (~hits).sum())
    ends = np.flatnonzero(ordered[:-1] != ordered[1:])
    if not len(ends):
        return None
    best = ends[int(np.argmax(skill[ends]))]
    return float((ordered[best] + ordered[best + 1]) / 2.0)


def _share(of: BoolArray, among: BoolArray) -> float:
    """Share of some draws among others; 0 where there are none."""
    return float(of[among].mean()) if among.any() else 0.0
