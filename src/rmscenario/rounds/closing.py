"""Closing a round: what goes on, as it was observed, and how each commitment ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from rmscenario.region.commitments import Commitment, Outlook
from rmscenario.region.initiatives import Initiative
from rmscenario.region.limits import Running
from rmscenario.region.vocabulary import Grade, RunningStatus, Shows
from rmscenario.rounds.agreed import explained_level
from rmscenario.rounds.rows import IN_SERVICE, START, CommitmentIndicator, FollowUp
from rmscenario.rounds.store import Round, add_file, changing, replace_manifest, wrong_state
from rmscenario.tables.parts import RoundState

#: [1] Of the share agreed to be in service, what must be there for a commitment to count as delivered: shares are
#: counted in rooms, vehicles or people, and rarely to the last one. Assumed.
WHOLE = 0.95


#: What a closed round's manifest calls the outlook of its plan, which the next round's takes the place of.
_LOOKED_AHEAD = "earlier_outlook"


class Progress(StrEnum):
    """How far a commitment has come."""

    DELIVERED = "delivered"
    LATE = "late"
    PARTIAL = "partial"
    DROPPED = "dropped"
    NO_DATA = "no data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What follow-up says of a commitment: the start and level that explain the share last seen in service.

    Without data they are those that were agreed; `start` and `level` are None for what does not run.
    """

    commitment: Commitment
    progress: Progress
    start: int | None
    level: float | None
    share: float | None
    last: FollowUp | None


def observed(found: Round) -> tuple[Observed, ...]:
    """What follow-up says of each commitment of a round that asks for a start, in their order.

    The share in service is the one reported, else what an indicator of delivery with base and target has moved of its way (one
    of the effect is for learning: counted here too, the same value would lower the level and the effect); it and the
    start year give the level by Eq. (3), between the ends of the years. Nothing in service is late until the round's last year, then dropped. Of several
    values the one of the latest day counts, of these the latest reported.
    """
    initiatives = {row.initiative: row for row in found.region.initiatives}
    last = last_values(found)
    indicators: dict[str, list[CommitmentIndicator]] = {}
    delivery = {START, IN_SERVICE, *(row.indicator for row in found.region.indicators if row.shows is Shows.DELIVERY)}
    for indicator in found.of(CommitmentIndicator):
        if indicator.indicator not in delivery:
            continue
        indicators.setdefault(indicator.commitment, []).append(indicator)
    return tuple(
        _observed(
            row,
            initiatives[row.initiative],
            last.get(row.commitment, {}),
            indicators.get(row.commitment, []),
            found.agreed.last_year,
        )
        for row in found.commitments
        if row.binds
    )


def last_values(found: Round) -> dict[str, dict[str, FollowUp]]:
    """Of each commitment's indicators the value that counts: of the latest day, of these the latest reported."""
    last: dict[str, dict[str, FollowUp]] = {}
    for row in sorted(found.of(FollowUp), key=lambda row: (row.observed, row.reported)):
        if row.commitment is not None and row.indicator is not None:
            last.setdefault(row.commitment, {})[row.indicator] = row
    return last


def _observed(
    row: Commitment,
    initiative: Initiative,
    last: Mapping[str, FollowUp],
    indicators: list[CommitmentIndicator],
    last_year: int,
) -> Observed:
    agreed_start, agreed_level = row.agreed
    start = int(last[START].value) if START in last else agreed_start
    seen = _share_seen(last, indicators)
    if seen is not None and seen[1].observed.year < start:
        seen = None  # too early to say anything of the share
    if seen is None:
        if START not in last:
            return as_agreed(row)
        late = Progress.LATE if start > agreed_start else Progress.DELIVERED
        return Observed(commitment=row, progress=late, start=start, level=agreed_level, share=None, last=last[START])
    share, value = seen
    if share <= 0:
        over = value.observed.year >= last_year  # before, it may still begin
        nothing = Progress.DROPPED if over else Progress.LATE
        return Observed(commitment=row, progress=nothing, start=None, level=None, share=share, last=value)
    level = explained_level(row, initiative, start, share, value.observed)
    if level is None:  # over by then
        level = agreed_level
    if level < WHOLE * agreed_level:
        progress = Progress.PARTIAL
    else:
        progress = Progress.LATE if start > agreed_start else Progress.DELIVERED
    return Observed(commitment=row, progress=progress, start=start, level=level, share=share, last=value)


def _share_seen(last: Mapping[str, FollowUp], indicators: list[CommitmentIndicator]) -> tuple[float, FollowUp] | None:
    """Share in service that was seen last, and where."""
    if IN_SERVICE in last:
        return last[IN_SERVICE].value, last[IN_SERVICE]
    agreed = next((row.target for row in indicators if row.indicator == IN_SERVICE), None)
    for row in indicators:
        value = last.get(row.indicator)
        if value is None or agreed is None or row.indicator == START:
            continue
        if row.base is not None and row.target is not None and row.target != row.base:
            return agreed * (value.value - row.base) / (row.target - row.base), value
    return None


def close_round(model: Path, name: str) -> tuple[Observed, ...]:
    """Close a signed round: what was delivered goes on as running; returns what was observed.

    A commitment without data goes on as agreed, and is marked assumed; what was dropped can be chosen again. A round
    that is closed stays as it is.

    Raises
    ------
    InputError
        When the round is not signed, or the region would not hold with it closed.
    """
    with changing(model, name) as found:
        seen = observed(found)
        if found.state is RoundState.CLOSED:
            return seen
        if found.state is not RoundState.SIGNED:
            raise wrong_state(found, "signed", "propose and sign it first")
        running = [row for each in seen if (row := goes_on(each, name)) is not None]
        kept = [
            replace(file, holds=_LOOKED_AHEAD) if file.holds == Outlook.table else file for file in found.manifest.files
        ]
        files = (*kept, *([add_file(found, running, Running)] if running else []))
        replace_manifest(found, replace(found.manifest, state=RoundState.CLOSED, files=files))
        return seen


def as_agreed(row: Commitment) -> Observed:
    """A commitment of which nothing was observed."""
    return Observed(commitment=row, progress=Progress.NO_DATA, start=row.start, level=row.level, share=None, last=None)


def goes_on(seen: Observed, name: str) -> Running | None:
    """What goes on of a commitment of a round; None of what was dropped, or is not there yet."""
    row, known = seen.commitment, seen.last is not None
    if seen.start is None or seen.level is None:
        return None
    said = f"{seen.last.indicator} {seen.last.value:g} on {seen.last.observed}, {seen.last.source}" if seen.last else ""
    return Running(
        initiative=row.initiative,
        unit=row.unit,
        round=name,
        start=seen.start,
        level=seen.level,
        status=RunningStatus.REPORTED if known else RunningStatus.ASSUMED,
        reference=row.reference,
        grade=Grade.MEASURED if known else Grade.ASSUMPTION,
        note=f"{row.commitment}: {seen.progress.value}; {said}" if known else f"{row.commitment}: taken as agreed",
    )
