"""Rows that limit a plan: money, staff, starts, duties, rounds and what already runs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rmscenario.region.vocabulary import (
    Identifier,
    MoneyKind,
    Name,
    NonNegative,
    RoundStatus,
    Row,
    RunningStatus,
    Share,
    Sourced,
    Year,
)


class StaffCapacity(Sourced):
    """Staff that is there for initiatives, per skill and year."""

    table = "staff_capacity"
    key = ("skill", "unit", "year")
    skill: Annotated[Identifier, Field(description="Id of the skill")]
    unit: Annotated[Identifier | None, Field(description="Id of the unit; blank: the region as a whole")] = None
    year: Annotated[Year, Field(description="Year")]
    fte: Annotated[NonNegative, Field(description="Full-time equivalents [FTE]")]


class Budget(Sourced):
    """Money there is for new initiatives, capex and opex apart."""

    table = "budgets"
    key = ("kind", "unit", "year")
    kind: Annotated[MoneyKind, Field(description="capex or opex")]
    unit: Annotated[Identifier | None, Field(description="Id of the unit; blank: the region as a whole")] = None
    year: Annotated[Year, Field(description="Year")]
    amount: Annotated[NonNegative, Field(description="Amount in the year")]
    measure: Annotated[Name, Field(description="Unit of `amount`")]


class OutlayShare(Sourced):
    """Cap on a unit's share of the region's gross outlay (capex and opex of the first plan years, not discounted)."""

    table = "outlay_shares"
    key = ("unit",)
    unit: Annotated[Identifier, Field(description="Id of the unit")]
    max_share: Annotated[Share, Field(description="Largest share [1]")]


class Duty(Sourced):
    """Initiatives that are decided: they start, whatever they cost."""

    table = "duties"
    key = ("initiative", "unit")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    unit: Annotated[Identifier | None, Field(description="Id of the unit; blank: every unit that can carry it out")] = (
        None
    )
    latest: Annotated[Year, Field(description="Latest start")]


class MinimumStarts(Sourced):
    """At least so many initiatives of a track in a unit, new starts of the plan."""

    table = "minimum_starts"
    key = ("track", "unit")
    track: Annotated[Identifier, Field(description="Id of the track")]
    unit: Annotated[Identifier | None, Field(description="Id of the unit; blank: each unit")] = None
    at_least: Annotated[
        int,
        Field(
            ge=0, le=50, description="Fewest starts over the plan's rounds; those of a round that is closed since count"
        ),
    ]


class StartLimit(Sourced):
    """At most so many new starts in a unit and round (group-wide ones count for no unit)."""

    table = "start_limits"
    key = ("round", "unit")
    round: Annotated[Identifier, Field(description="Id of the round")]
    unit: Annotated[
        Identifier | None, Field(description="Id of the unit; blank: each unit without a row of its own")
    ] = None
    at_most: Annotated[int, Field(ge=0, le=500, description="Most starts in the round")]


class AgreementRound(Row):
    """Agreement rounds (aftaleperioder); starts happen only in open and later rounds."""

    table = "rounds"
    key = ("round",)
    required = True
    round: Annotated[Identifier, Field(description="Id of the round")]
    first_year: Annotated[Year, Field(description="First year")]
    last_year: Annotated[Year, Field(description="Last year")]
    status: Annotated[RoundStatus, Field(description="closed, running, open (the next to sign) or later")]

    @property
    def ahead(self) -> bool:
        """Whether initiatives may start in it."""
        return self.status in (RoundStatus.OPEN, RoundStatus.LATER)

    @property
    def years(self) -> range:
        """Its years."""
        return range(self.first_year, self.last_year + 1)


class Running(Sourced):
    """Initiatives that already run: they are part of the background of a plan and no choice."""

    table = "running"
    key = ("initiative", "unit")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    unit: Annotated[Identifier, Field(description="Unit that runs it; for a group-wide initiative its carrier")]
    round: Annotated[Identifier, Field(description="Round it was agreed in")]
    start: Annotated[Year, Field(description="Start year")]
    level: Annotated[float, Field(gt=0, le=1, description="Share of the full initiative [1]")] = 1.0
    status: Annotated[RunningStatus, Field(description="assumed, reported, or signed (only data the region supplied)")]
