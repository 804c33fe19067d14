"""The target that questions about one target speak of, and a region in which that one alone is aimed at."""

from __future__ import annotations

from dataclasses import replace

from rmscenario.errors import Fault, InputError, did_you_mean, shown
from rmscenario.region import Region
from rmscenario.region.footprint import Target
from rmscenario.region.vocabulary import TargetForm


def aimed_at(region: Region, target: str | None = None, *, hard: bool = False) -> Target | None:
    """The active target with an id; without one the target that is first in priority (ties: in table order).

    Parameters
    ----------
    hard : bool
        Whether a hard target may be it, where none is named.

    Returns
    -------
    Target or None
        None if no id is given and there is no such target.

    Raises
    ------
    InputError
        When no active target has the id.
    """
    active = region.active_targets
    if target is None:
        return min((row for row in active if hard or not row.hard), key=lambda row: row.priority, default=None)
    for row in active:
        if row.target == target:
            return row
    ids = [row.target for row in active]
    raise InputError(
        [
            Fault(
                file="targets",
                column="target",
                found=shown(target),
                expected="the id of an active target",
                remedy=did_you_mean(target, ids) or "activate it",
            )
        ]
    )


def aiming_at(region: Region, target: Target) -> Region:
    """The region with one target, as given, and all other hard ones; other soft targets take no part."""
    others = (row for row in region.targets if row.active and row.target != target.target and row.hard)
    return replace(region, targets=(target, *others))


def judged_years(region: Region) -> range:
    """The years of the evaluation period, and earlier ones that a cumulative target sums."""
    summed = [target.year for target in region.active_targets if target.form is TargetForm.CUMULATIVE]
    return range(min([region.settings.first_year, *summed]), region.settings.end_year + 1)
