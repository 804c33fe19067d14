"""What a round holds: of one that stands on the disk, or of one that a plan would propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.commitments import effective
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import CommitmentStatus, Row
from rmscenario.rounds.asked import Question, questions
from rmscenario.rounds.proposal import propose
from rmscenario.rounds.rows import ROUND_TABLES
from rmscenario.rounds.store import Round
from rmscenario.tables.parts import RoundState

AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The commitments of a round as questions to its units, and the rows of what is said of them.

    `state` is open where nothing is proposed yet: the questions are then those that the plan would ask.
    """

    agreed: AgreementRound
    state: RoundState
    questions: tuple[Question, ...]
    rows: Mapping[type[Row], tuple[Row, ...]]

    def of(self, row_type: type[AnyRow]) -> tuple[AnyRow, ...]:
        """Rows of a table."""
        return self.rows.get(row_type, ())  # type: ignore[return-value]  # by type


def held_by_round(found: Round) -> Held:
    """What a round holds that is proposed or signed.

    Raises
    ------
    InputError
        When its proposal is faulty.
    """
    return Held(
        agreed=found.agreed,
        state=found.state,
        questions=questions(found),
        rows={row_type: found.of(row_type) for row_type in ROUND_TABLES},
    )


def held_by_plan(region: Region, plan: Plan, agreed: AgreementRound, *, dated: date) -> Held:
    """What a round would hold if a plan were proposed; what the region says was accepted, signed or refused stays so.

    Parameters
    ----------
    region : Region
        The region that the plan is of.
    """
    proposal = propose(region, plan, agreed, dated=dated)
    known = {row.option: row for row in effective(region.commitments) if row.round == agreed.round and row.binds}
    signed = any(row.status is CommitmentStatus.SIGNED for row in known.values())
    return Held(
        agreed=agreed,
        state=RoundState.SIGNED if signed else RoundState.OPEN,
        questions=tuple(
            Question(proposed=row, now=known.get(row.option, row), last=None) for row in proposal.commitments
        ),
        rows=proposal.details,
    )
