"""What the units are asked in a dossier, and how the workbook that carries the questions says what it is.

Beside the sheets that a unit reads, the workbook has a hidden one, `SENT`: of which round, unit and proposal it is, where
the answers stand, and a copy of every cell that is not an answer. A workbook can so be read back without anything but the
round, and a locked cell that was changed all the same is found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from rmscenario.errors import Fault, InputError
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment, effective
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import CommitmentStatus
from rmscenario.rounds.rows import Answer, UnitAnswer
from rmscenario.rounds.store import Round, rows_of_file
from rmscenario.tables.parts import RoundFile

#: What a manifest calls a proposal that something else has taken the place of: kept for the record, and read by no one as
#: commitments. The first of a round is the one that the units were asked about.
PROPOSAL = "proposal"
#: Name of the hidden sheet, and version of its layout.
SENT, LAYOUT = "rmscenario", 1
#: First cell of its rows: a fact about the workbook, where a commitment's answers stand, a copy of a locked cell.
FACT, PLACE, CELL = "fact", "place", "cell"
#: Facts that a workbook says of itself.
FACTS = ("layout", "round", "unit", "proposal")
#: The cells of an answer, in their order.
ANSWER_CELLS = ("answer", "start", "level", "comment")
#: Answers as a unit writes them, Danish and English.
ANSWER_WORDS: Mapping[Answer, tuple[str, str]] = {
    Answer.ACCEPTED: ("accepteret", "accepted"),
    Answer.CHANGED: ("ændret", "changed"),
    Answer.REFUSED: ("afvist", "refused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A proposed commitment, how it stands now, and the answer that was read last."""

    proposed: Commitment
    now: Commitment
    last: UnitAnswer | None

    @property
    def answer(self) -> Answer | None:
        """The answer as the round knows it, read from a workbook or brought by a scenario; None while there is none."""
        if self.now.status is CommitmentStatus.PROPOSED:
            return None
        if self.now.status is CommitmentStatus.REFUSED:
            return Answer.REFUSED
        same = (self.now.level, self.now.start) == (self.proposed.level, self.proposed.start)
        return Answer.ACCEPTED if same else Answer.CHANGED


def proposal_file(found: Round) -> RoundFile | None:
    """The file with the commitments as they were proposed; None while nothing is."""
    return next(iter((*found.manifest.of(PROPOSAL), *found.manifest.of(Commitment.table))), None)


def questions(found: Round) -> tuple[Question, ...]:
    """What the units of a round are asked, and what amendments have added to it once it was signed."""
    file = proposal_file(found)
    if file is None:
        return ()
    faults: list[Fault] = []
    entries = rows_of_file(found.folder / file.name, Commitment, faults)
    if faults:
        raise InputError(faults)
    proposed = {entry.row.option: entry.row for entry in entries}
    now = {row.option: row for row in effective(found.of(Commitment))}
    last = {row.commitment: row for row in found.of(UnitAnswer)}
    return tuple(
        Question(proposed=row, now=now.get(option, row), last=last.get(row.commitment))
        for option, row in {**now, **proposed}.items()  # what an amendment has added was never proposed
    )


def version(found: Round) -> str:
    """What tells a proposal from every other: of which run it is, and what it asks."""
    file = proposal_file(found)
    parts = [f"{key}={value}" for key, value in sorted(found.manifest.proposed_from.items())]
    return hashlib.sha256("\n".join([*parts, "" if file is None else file.sha256]).encode()).hexdigest()


def possible_starts(region: Region, agreed: AgreementRound, initiative: str) -> tuple[int, ...]:
    """Years of a round in which an initiative may start."""
    row = next(row for row in region.initiatives if row.initiative == initiative)
    return tuple(year for year in agreed.years if row.earliest <= year <= (row.latest or year))


def possible_levels(region: Region, initiative: str) -> tuple[float, ...]:
    """Levels at which an initiative may start, ascending."""
    return tuple(sorted(row.level for row in region.levels if row.initiative == initiative)) or (1.0,)
