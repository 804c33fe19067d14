"""Commitments: what a unit, or the group by its carrier, proposes, accepts, signs or refuses to start in a round.

A row that another row replaces no longer counts; the others are *effective*. An accepted or signed commitment of a
round in which starts are allowed is a *lock*: its option starts in that year at that level and in no other way. A
refusal takes the years of its round from the option. In a round that is over, what was agreed counts as `running` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field

from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import CommitmentStatus, Identifier, Row, Sourced, Year

#: (initiative, unit)
OptionKey: TypeAlias = tuple[str, str]


class Commitment(Sourced):
    """Commitments of the agreement rounds: accepted and signed ones start exactly so, refused ones not in their round."""

    table = "commitments"
    key = ("commitment",)
    commitment: Annotated[Identifier, Field(description="Id of the commitment")]
    round: Annotated[Identifier, Field(description="Id of the round it belongs to")]
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    unit: Annotated[Identifier, Field(description="Unit that commits itself; for a group-wide initiative its carrier")]
    status: Annotated[
        CommitmentStatus,
        Field(description="proposed (binds no plan), accepted, signed (only data the region supplied), or refused"),
    ]
    level: Annotated[
        float | None, Field(gt=0, le=1, description="Share of the full initiative [1]; blank only where refused")
    ] = None
    start: Annotated[Year | None, Field(description="Start year, in the round; blank only where refused")] = None
    dated: Annotated[date, Field(description="Date of the row")]
    replaces: Annotated[
        Identifier | None, Field(description="Id of the commitment that this row replaces; blank: an original")
    ] = None

    @property
    def option(self) -> OptionKey:
        """The option it speaks of."""
        return self.initiative, self.unit

    @property
    def binds(self) -> bool:
        """Whether it asks for a start."""
        return self.status in (CommitmentStatus.ACCEPTED, CommitmentStatus.SIGNED)

    @property
    def agreed(self) -> tuple[int, float]:
        """Start and level that it asks for; only a refusal has none.

        Raises
        ------
        ValueError
            When it has none.
        """
        if self.start is None or self.level is None:
            raise ValueError(f"{self.commitment} asks for no start")
        return self.start, self.level


class Outlook(Row):
    """What the plan behind the agreements starts in later rounds: it binds nothing, but a plan made anew keeps it if it can.

    A plan that is proven to its gap has others beside it that are as good for all that is known; of these the one that the
    units were told of is kept.
    """

    table = "outlook"
    key = ("initiative", "unit")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    unit: Annotated[Identifier, Field(description="Unit that carries it out; for a group-wide initiative its carrier")]
    level: Annotated[float, Field(gt=0, le=1, description="Share of the full initiative [1]")]
    start: Annotated[Year, Field(description="Start year")]


def effective(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """The commitments that no other row replaces, in their order."""
    rows = tuple(commitments)
    replaced = {row.replaces for row in rows}
    return tuple(row for row in rows if row.commitment not in replaced)


def locks(commitments: Iterable[Commitment], rounds: Iterable[AgreementRound]) -> dict[OptionKey, Commitment]:
    """The effective commitments that say how an option starts, by option."""
    ahead = {row.round for row in rounds if row.ahead}
    return {row.option: row for row in effective(commitments) if row.binds and row.round in ahead}


def refusals(commitments: Iterable[Commitment], rounds: Iterable[AgreementRound]) -> dict[OptionKey, frozenset[int]]:
    """Years in which an option may not start because its unit refused it, by option."""
    ahead = {row.round: frozenset(row.years) for row in rounds if row.ahead}
    years: dict[OptionKey, frozenset[int]] = defaultdict(frozenset)
    for row in effective(commitments):
        if row.status is CommitmentStatus.REFUSED and row.round in ahead:
            years[row.option] |= ahead[row.round]
    return dict(years)
