"""Values of a commitment that cannot both hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rmscenario.region.initiatives import Indicator
from rmscenario.region.vocabulary import Shows
from rmscenario.rounds.rows import IN_SERVICE, START, CommitmentIndicator, FollowUp

#: [1] Of the way to its target, from which an effect cannot be of nothing in service. Assumed.
_SHOWN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two values that cannot both hold."""

    one: FollowUp
    other: FollowUp


def contradiction(
    last: Mapping[str, FollowUp], told: Iterable[CommitmentIndicator], region: Iterable[Indicator]
) -> Contradiction | None:
    """What contradicts itself: something in service before the start, or an effect of nothing in service.

    Parameters
    ----------
    last : mapping of indicator to FollowUp
        Values of a commitment that count.
    told, region : iterable of indicators
        Those of the commitment, and those of the region, which say what they show.
    """
    share = last.get(IN_SERVICE)
    if share is None:
        return None
    start = last.get(START)
    if start is not None and share.value > 0 and share.observed.year < start.value:
        return Contradiction(one=start, other=share)
    effects = {row.indicator for row in region if row.shows is Shows.EFFECT}
    for row in told:
        seen = last.get(row.indicator) if row.indicator in effects else None
        if share.value > 0 or seen is None or seen.observed > share.observed:
            continue
        if row.base is None or row.target is None or row.base == row.target:
            continue
        if (seen.value - row.base) / (row.target - row.base) >= _SHOWN:
            return Contradiction(one=share, other=seen)
    return None
