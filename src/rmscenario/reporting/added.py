"""Starts that add emissions, said with the reason that they are there all the same."""

from __future__ import annotations

from rmscenario.region import Region
from rmscenario.region.initiatives import Initiative
from rmscenario.reporting.language import Lang, name, number, say

#: [tCO2e/a] From here on what a start adds is said.
LEAST_ADDED = 0.5


def is_decided(region: Region, initiative: str, unit: str) -> bool:
    """Whether the region has a duty to start an initiative in a unit."""
    return any(row.initiative == initiative and row.unit in (None, unit) for row in region.duties)


def added(initiative: Initiative, tonnes: float, year: int, lang: Lang, *, decided: bool) -> str | None:
    """What a start adds; None where it adds nothing.

    Parameters
    ----------
    tonnes : float [tCO2e/a]
        What it takes off in the plan in `year`: below 0 where it adds.
    """
    if tonnes > -LEAST_ADDED:
        return None
    return say(
        "added.decided" if decided else "added.chosen",
        lang,
        initiative=f"{initiative.initiative} {name(initiative, lang)}",
        tonnes=number(-tonnes, lang),
        year=year,
    )
