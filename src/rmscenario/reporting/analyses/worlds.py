"""What analyses of many worlds say alike, as JSON and CSV. Money in DKK."""

from __future__ import annotations

import math
from typing import Any

from rmscenario.planning.limits import MILLION
from rmscenario.worlds import Bracket
from rmscenario.worlds.decided import Decided

#: Columns of `decided_cells`.
DECIDED = ("rank_correlation", "split", "right")


def dkk(millions: float) -> float | None:
    """An amount; None where it is not finite."""
    return millions * MILLION if math.isfinite(millions) else None


def bracket_content(bracket: Bracket) -> list[float | None]:
    """Lower and upper end of a bracket in millions."""
    return [dkk(bracket.low), dkk(bracket.high)]


def decided_content(decided: Decided | None) -> dict[str, Any] | None:
    """The input that decides, how strongly, and how often its split is right; None where none does."""
    if decided is None:
        return None
    return {
        "input": decided.input,
        "rank_correlation": decided.correlation,
        "split": decided.split,
        "right": decided.right,
    }


def decided_cells(decided: Decided | None) -> tuple[object, ...]:
    """The same as cells of a table: the input, then as `DECIDED`."""
    content = decided_content(decided)
    return (None,) * (1 + len(DECIDED)) if content is None else tuple(content.values())
