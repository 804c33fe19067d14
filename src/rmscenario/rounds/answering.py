"""What an answer of a unit asks of the proposal that follows it."""

from __future__ import annotations

from collections.abc import Iterator

from rmscenario.errors import Fault, shown
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment
from rmscenario.region.vocabulary import CommitmentStatus
from rmscenario.rounds.agreed import agreed_share
from rmscenario.rounds.rows import IN_SERVICE, START, CommitmentIndicator, UnitAnswer
from rmscenario.rounds.store import Round
from rmscenario.tables.parts import ROUNDS_FOLDER

_REMEDY = "plan the region anew, which then has the answers, and give that run to `rmscenario round propose`"


def unheard(found: Round, region: Region) -> list[Fault]:
    """What is wrong with proposing a plan of a region: answers that units gave and that the region does not have."""
    answered = {row.commitment for row in found.of(UnitAnswer) if row.answer is not None}
    there = {_said(row) for row in region.commitments}
    return [
        _fault(
            found,
            f"a plan made without the answer of {shown(row.unit)} to {shown(row.commitment)}",
            f"one that has it {row.status.value}",
        )
        for row in found.commitments
        if row.commitment in answered and row.status is not CommitmentStatus.PROPOSED and _said(row) not in there
    ]


def unanswered(found: Round) -> tuple[Commitment, ...]:
    """Commitments that are proposed and that nobody has accepted or refused."""
    return tuple(row for row in found.commitments if row.status is CommitmentStatus.PROPOSED)


def figures_of_another(found: Round) -> list[Fault]:
    """What is wrong with signing a round: commitments whose figures are of another start or level."""
    return [
        _fault(
            found,
            f"{shown(row.commitment)} with figures of another start or level than its unit accepted",
            f"those of the start {row.start} at level {row.level:g}",
        )
        for row in _outdated(found)
    ]


def _said(row: Commitment) -> tuple[str, CommitmentStatus, float | None, int | None]:
    return row.commitment, row.status, row.level, row.start


def _outdated(found: Round) -> Iterator[Commitment]:
    targets = {(row.commitment, row.indicator): row.target for row in found.of(CommitmentIndicator)}
    initiatives = {row.initiative: row for row in found.region.initiatives}
    for row in found.commitments:
        if row.start is None or row.level is None or (row.commitment, START) not in targets:
            continue
        if row.status is CommitmentStatus.REFUSED:
            continue
        share = agreed_share(row, initiatives[row.initiative], found.agreed.last_year)
        told = [targets[row.commitment, START], targets.get((row.commitment, IN_SERVICE))]
        if told != [float(row.start), share]:
            yield row


def _fault(found: Round, what: str, expected: str) -> Fault:
    return Fault(file=f"{ROUNDS_FOLDER}/{found.name}", found=what, expected=expected, remedy=_REMEDY)
