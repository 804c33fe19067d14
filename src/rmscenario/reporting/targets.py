"""A target of a run's summary in words: its name, and how its amounts are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmscenario.reporting.language import (
    Lang,
    Scale,
    brief,
    measured,
    percent,
    percent_beside,
    say,
    scale_of,
    shows_nothing,
)

Summary = Mapping[str, Any]


def target_name(target: Summary, lang: Lang) -> str:
    """A target's name, or its id where it has none."""
    return str(target.get(f"name_{lang.value}") or target["id"])


def target_scale(target: Summary, lang: Lang) -> Scale:
    """How a target's amounts are shown: as its base or what is left, whichever is larger."""
    return scale_of(str(target["unit"]), max(abs(target["base"]), abs(target["residual"])), lang)


class TargetWords:
    """Amounts of one target in one language."""

    def __init__(self, target: Summary, lang: Lang) -> None:
        self.target, self.lang = target, lang
        self.name = target_name(target, lang)
        self._scale = target_scale(target, lang)
        #: A sum over years has no base to change, and a goal of nothing at all is said as an amount.
        self.relative = target["base"] > 0 and target["cap"] > 0 and str(target["unit"]).endswith("/a")

    def amount(self, value: float) -> str:
        """An amount with its unit."""
        return measured(value * self._scale.factor, self._scale.unit, self.lang)

    def missing(self) -> str:
        """The target's shortfall, in the smaller unit where no digit of it would be shown in the larger."""
        short = self.target["shortfall"]
        smaller = short > 0 and self.is_nothing(short)
        scale = scale_of(str(self.target["unit"]), short, self.lang) if smaller else self._scale
        return measured(short * scale.factor, scale.unit, self.lang)

    def bare(self, value: float) -> str:
        """An amount whose unit the next one says."""
        return brief(value * self._scale.factor, self.lang)

    def is_nothing(self, value: float) -> bool:
        """Whether an amount is too small for a digit of it to be shown."""
        return shows_nothing(value * self._scale.factor)

    def left(self, value: float) -> str:
        """What is left, and how far that is from the base where a goal is a change."""
        if not self.relative:
            return self.amount(value)
        share, goal = (left / self.target["base"] - 1.0 for left in (value, self.target["cap"]))
        change = percent(share, self.lang) if self.target["met"] else percent_beside(share, goal, self.lang)
        return say("summary.residual.change", self.lang, residual=self.amount(value), change=change)

    def reached(self) -> str:
        """What a target is judged by, as the goal is told: with one more decimal where a miss would read as the goal."""
        base, judged = self.target["base"], self.target["judged" if self.target.get("certified") else "residual"]
        if not self.relative or self.target.get("share") or self.target["met"]:
            return self.outcome(judged)
        return percent_beside(judged / base - 1.0, self.target["cap"] / base - 1.0, self.lang)

    def outcome(self, value: float, decimals: int = 0) -> str:
        """What is left as the goal is told: as a change, or as an amount."""
        if not self.relative or self.target.get("share"):
            return self.amount(value)
        return percent(value / self.target["base"] - 1.0, self.lang, decimals)
