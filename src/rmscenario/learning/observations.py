"""From follow-up to realisations: how much of its promise an initiative gives where it is in service.

Delivery and effect are two things. An indicator of an effect moves from its base to its target with the share in service;
what it has moved, of what it would have moved at the share that *is* in service, is the realisation of the effect. A value
that says nothing of an effect is listed with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from rmscenario.learning.lifts import Lifts
from rmscenario.learning.promised import Promised
from rmscenario.options import at_time, deployed_effect, time_of
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment, effective
from rmscenario.region.initiatives import Indicator, Initiative
from rmscenario.region.vocabulary import Shows
from rmscenario.rounds.agreed import agreed_share, explained_level
from rmscenario.rounds.rows import IN_SERVICE, START, CommitmentIndicator, FollowUp
from rmscenario.uncertainty.marginals import SCORE_95

#: [a] A value is of the day that it is dated, or of a day up to so long before: meters are read and reports are made late.
#: Assumed.
REPORTING_LAG = 0.25
#: [1] Standard error of a value that comes without one, of the way from base to full roll-out. Assumed.
ASSUMED_ERROR = 0.15
#: [1] Relative standard error of the share in service where nobody reported it and the agreed one is taken. Assumed.
DELIVERY_ERROR = 0.15
#: [1] Largest standard error of a realisation that is worth listening to: with all of the promise it says nothing. Assumed.
DEAF = 1.0
#: Standard deviation of the uniform distribution on 0 … 1.
UNIFORM = 12**-0.5


class Silence(StrEnum):
    """Why a value says nothing of an effect."""

    ACCOUNT = "account"  # a figure of an account, where all initiatives and much else meet
    DELIVERY = "delivery"  # it says how far the initiative has come
    REPLACED = "replaced"  # a later report of the same day takes its place
    NOT_AGREED = "not_agreed"  # its commitment was refused or replaced
    NO_EFFECT = "no_effect"  # the tables have no uncertain effect that could be larger or smaller
    NO_TARGET = "no_target"  # base or target value is missing, or they are the same
    NOT_IN_SERVICE = "not_in_service"  # nothing was in service by then
    TOO_EARLY = "too_early"  # it may be of before the start, since reports are made late
    TOO_UNSURE = "too_unsure"  # its error, of what was in service by then, is as large as the promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A realisation that was observed.

    Attributes
    ----------
    progress : float
        Way from base to full roll-out that the value has gone [1].
    deployed : float
        Share of the full effect that the value can show: in service, with its decay, over the reporting lag [1].
    delivery_seen : bool
        Whether the share in service was reported, else it is the agreed one.
    lift : float
        What enablers that run beside it multiply its effect by [1].
    value, error : float
        Realisation of what was promised, the most likely effect of the tables, and its standard error [1].
    """

    row: FollowUp
    commitment: Commitment
    progress: float
    deployed: float
    delivery_seen: bool
    lift: float
    value: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A value that says nothing of an effect, and why."""

    row: FollowUp
    why: Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What follow-up says of effects; every row is in one of the two."""

    observations: tuple[Observation, ...]
    silent: tuple[Silent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivery:
    """How an initiative came into service, as far as it was seen."""

    initiative: Initiative
    start: int
    level: float
    seen: bool

    def deployed(self, year: float) -> float:
        """Share with its effect at a point in time, between the ends of the years [1]."""
        return at_time(lambda years: deployed_effect(self.initiative, self.level, self.start, years), year)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Goal:
    """Base of an indicator and its way to the value at full roll-out, in its unit."""

    base: float
    way: float


def heard(
    region: Region,
    promised: Mapping[str, Promised],
    commitments: Iterable[Commitment],
    indicators: Iterable[CommitmentIndicator],
    rows: Iterable[FollowUp],
) -> Heard:
    """What the rows of a follow-up say of effects, Eq. (36), in their order.

    Parameters
    ----------
    promised : mapping of initiative to Promised
        Initiatives with effects that can turn out larger or smaller.
    indicators : iterable of CommitmentIndicator
        Base and target values; of a commitment without any those of the region's indicators hold.
    """
    rows = tuple(rows)
    agreed = {row.commitment: row for row in effective(commitments) if row.binds}
    goals = _Goals(region, indicators)
    lifts = Lifts(region, agreed.values())
    shows = {row.indicator: row.shows for row in region.indicators}
    initiatives = {row.initiative: row for row in region.initiatives}
    last: dict[tuple[str | None, str | None, date], FollowUp] = {}
    for row in sorted(rows, key=lambda row: row.reported):
        last[row.commitment, row.indicator, row.observed] = row
    by: dict[tuple[str | None, str | None], list[FollowUp]] = defaultdict(list)
    for row in last.values():
        by[row.commitment, row.indicator].append(row)
    observations: list[Observation] = []
    silent: list[Silent] = []
    for row in rows:
        found: Observation | Silence | None = _why_silent(row, agreed, promised, shows, last)
        if found is None and row.commitment is not None:
            commitment = agreed[row.commitment]
            delivery = _delivery(row, commitment, initiatives[commitment.initiative], by)
            goal = goals.of(commitment, initiatives[commitment.initiative], row.indicator or "")
            lift = lifts.factor(commitment.option, row.observed.year)
            found = Silence.NO_TARGET if goal is None else _observation(row, commitment, goal, delivery, lift)
        if isinstance(found, Observation):
            observations.append(found)
        elif found is not None:
            silent.append(Silent(row=row, why=found))
    return Heard(observations=tuple(observations), silent=tuple(silent))


def _why_silent(
    row: FollowUp,
    agreed: Mapping[str, Commitment],
    promised: Mapping[str, Promised],
    shows: Mapping[str, Shows],
    last: Mapping[tuple[str | None, str | None, date], FollowUp],
) -> Silence | None:
    """Why a row says nothing of an effect, as far as that can be told without its figures."""
    if row.commitment is None or row.indicator is None:
        return Silence.ACCOUNT
    if row.commitment not in agreed:
        return Silence.NOT_AGREED
    if last[row.commitment, row.indicator, row.observed] is not row:
        return Silence.REPLACED
    if row.indicator in (START, IN_SERVICE) or shows[row.indicator] is Shows.DELIVERY:
        return Silence.DELIVERY
    if agreed[row.commitment].initiative not in promised:
        return Silence.NO_EFFECT
    return None


def _delivery(
    row: FollowUp,
    commitment: Commitment,
    initiative: Initiative,
    by: Mapping[tuple[str | None, str | None], Sequence[FollowUp]],
) -> _Delivery:
    """Start and level that explain what was reported of them nearest to a value's day; else those agreed."""
    start, agreed_level = commitment.agreed
    started = _nearest(by.get((row.commitment, START), ()), row.observed)
    if started is not None:
        start = int(started.value)
    share = _nearest(by.get((row.commitment, IN_SERVICE), ()), row.observed)
    if share is not None:
        level = explained_level(commitment, initiative, start, share.value, share.observed)
        if level is not None:
            return _Delivery(initiative=initiative, start=start, level=level, seen=True)
    return _Delivery(initiative=initiative, start=start, level=agreed_level, seen=False)


def _nearest(rows: Sequence[FollowUp], day: date) -> FollowUp | None:
    return min(rows, key=lambda row: abs((row.observed - day).days), default=None)


class _Goals:
    """The way of indicators at full roll-out, from what a commitment agreed or from the region's own figures."""

    def __init__(self, region: Region, indicators: Iterable[CommitmentIndicator]) -> None:
        self.agreed = {(row.commitment, row.indicator): row for row in indicators}
        self.whole = {row.indicator: row for row in region.indicators}

    def of(self, commitment: Commitment, initiative: Initiative, indicator: str) -> _Goal | None:
        """Base, and way to the target at full roll-out; None where either is not known or there is no way to go."""
        agreed, whole = self.agreed.get((commitment.commitment, indicator)), self.whole[indicator]
        row: CommitmentIndicator | Indicator = whole
        reached = 1.0
        if agreed is not None and agreed.target_year is not None:
            # The target is the promise at the share agreed to be in service in its year.
            row, reached = agreed, agreed_share(commitment, initiative, agreed.target_year)
        if row.base is None or row.target is None or row.target == row.base or reached <= 0:
            return None
        return _Goal(base=row.base, way=(row.target - row.base) / reached)


def _observation(
    row: FollowUp, commitment: Commitment, goal: _Goal, delivery: _Delivery, lift: float
) -> Observation | Silence:
    now = time_of(row.observed)
    ends = delivery.deployed(now), delivery.deployed(now - REPORTING_LAG)
    deployed = sum(ends) / 2
    if deployed <= 0:
        return Silence.NOT_IN_SERVICE
    if ends[1] <= 0:
        return Silence.TOO_EARLY
    progress = (row.value - goal.base) / goal.way
    # Errors are shares of what was promised, never of what was seen: else low values would count as the surer ones.
    measured = _standard_error(row, abs(goal.way)) / deployed
    lag = abs(ends[0] - ends[1]) * UNIFORM / deployed
    unseen = 0.0 if delivery.seen else DELIVERY_ERROR
    error = float(np.sqrt(measured**2 + lag**2 + unseen**2)) / lift
    if error > DEAF:
        return Silence.TOO_UNSURE
    return Observation(
        row=row,
        commitment=commitment,
        progress=progress,
        deployed=deployed,
        delivery_seen=delivery.seen,
        lift=lift,
        value=progress / deployed / lift,
        error=error,
    )


def _standard_error(row: FollowUp, way: float) -> float:
    """Standard error of a value, of the way from base to full roll-out [1]."""
    if row.standard_error is not None:
        return row.standard_error / way
    if row.low is not None and row.high is not None and row.high > row.low:
        return (row.high - row.low) / (2 * SCORE_95) / way
    return ASSUMED_ERROR
