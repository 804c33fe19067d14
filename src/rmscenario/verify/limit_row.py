"""A limit as a row, and what limits are read against."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rmscenario.constants import LIMIT_TOLERANCE
from rmscenario.plan import Start
from rmscenario.region import Region
from rmscenario.verify.amounts import OptionKey, Values
from rmscenario.verify.choices import Choice
from rmscenario.verify.targets import TargetCheck


class Sense(StrEnum):
    """How the left side relates to the right side."""

    AT_MOST = "≤"
    AT_LEAST = "≥"
    EQUAL = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """One limit under a plan; `equation` is its number in the formulation.

    `kind` and `about` say the same as `name` in parts: what is limited, and the ids and years it speaks of.
    """

    equation: int
    name: str
    kind: str
    about: Mapping[str, str | int | float]
    left: float
    right: float
    sense: Sense
    slack: float
    kept: bool

    def __str__(self) -> str:
        return f"Eq. ({self.equation}) {self.name}: {self.left:.10g} {self.sense} {self.right:.10g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What limits are read against: the options with their states, their money and their staff.

    `kept_at_modes` are the targets whose caps are limits.
    """

    region: Region
    years: tuple[int, ...]
    choices: tuple[Choice, ...]
    unknown: tuple[Start, ...]
    money: Mapping[tuple[str, OptionKey], Values]
    staff: Mapping[tuple[OptionKey, str], Values]
    targets: Mapping[str, TargetCheck]
    kept_at_modes: Collection[str]


def limit_row(
    equation: int,
    name: str,
    left: float,
    right: float,
    sense: Sense = Sense.AT_MOST,
    /,
    *,
    kind: str,
    **about: str | int | float | None,
) -> LimitRow:
    """A limit with its slack, kept within the tolerance."""
    slack = {Sense.AT_MOST: right - left, Sense.AT_LEAST: left - right, Sense.EQUAL: -abs(left - right)}[sense]
    kept = slack >= -LIMIT_TOLERANCE * max(1.0, abs(right))
    return LimitRow(
        equation=equation,
        name=name,
        kind=kind,
        about={key: value for key, value in about.items() if value is not None},
        left=left,
        right=right,
        sense=sense,
        slack=slack,
        kept=kept,
    )


def about_option(choice: Choice) -> dict[str, str]:
    """What an option's rows speak of."""
    return {"initiative": choice.initiative.initiative, "unit": choice.unit}
