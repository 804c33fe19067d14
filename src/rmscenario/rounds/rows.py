"""Rows of a round: what a commitment holds beside its start, and what is observed of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from rmscenario.region.commitments import Commitment, Outlook
from rmscenario.region.limits import Running
from rmscenario.region.vocabulary import Identifier, MoneyKind, Name, NonNegative, Row, Sourced, Text, Year

#: Indicator of every commitment: the year in which it started.
START = "start"
#: Indicator of every commitment: the share of the full initiative in service, Eq. (3) [1].
IN_SERVICE = "share_in_service"

_CommitmentId = Annotated[Identifier, Field(description="Id of the commitment")]


class CommitmentMoney(Row):
    """Money of a commitment by kind and year, as the plan that it was proposed from has it."""

    table = "commitment_money"
    key = ("commitment", "kind", "year")
    commitment: _CommitmentId
    kind: Annotated[
        MoneyKind, Field(description="capex (outlay of the year), opex, or a saving of the initiative's own")
    ]
    year: Annotated[Year, Field(description="Year")]
    amount: Annotated[
        NonNegative, Field(description="Amount in the year, in prices of the region's price year [DKK/a]")
    ]


class CommitmentStaff(Row):
    """Staff of a commitment by skill and year."""

    table = "commitment_staff"
    key = ("commitment", "skill", "year")
    commitment: _CommitmentId
    skill: Annotated[Identifier, Field(description="Id of the skill")]
    year: Annotated[Year, Field(description="Year")]
    fte: Annotated[NonNegative, Field(description="Full-time equivalents [FTE]")]


class CommitmentTonnes(Row):
    """What a commitment takes off the region's account in a year; none where its initiative has no effect on CO2e.

    `low`, `mode`, `high` and `in_account` are of the start alone; `in_plan` is its part of what the plan as a whole takes off,
    where initiatives on the same source overlap.
    """

    table = "commitment_tonnes"
    key = ("commitment", "year")
    commitment: _CommitmentId
    year: Annotated[Year, Field(description="Last year of the round, or the report year")]
    low: Annotated[float, Field(description="Least likely reduction [tCO2e/a]")]
    mode: Annotated[float, Field(description="Reduction with all inputs as likely [tCO2e/a]")]
    high: Annotated[float, Field(description="Greatest likely reduction [tCO2e/a]")]
    in_plan: Annotated[float, Field(description="Its part of the plan's reduction, all as likely [tCO2e/a]")]
    in_account: Annotated[
        float | None, Field(description="What the region's account shows of `mode` [tCO2e/a]; blank: not known")
    ] = None


class Milestone(Row):
    """Dates by which a commitment has come so far."""

    table = "milestones"
    key = ("commitment", "milestone")
    commitment: _CommitmentId
    milestone: Annotated[Identifier, Field(description="Id of the milestone within the commitment")]
    dated: Annotated[date, Field(description="Date by which it is reached")]
    name_da: Annotated[Name, Field(description="What is reached, Danish")]
    name_en: Annotated[Name, Field(description="What is reached, English")]


class CommitmentIndicator(Sourced):
    """How a commitment is followed up; a blank base or target value is one that nobody has given yet."""

    table = "commitment_indicators"
    key = ("commitment", "indicator")
    commitment: _CommitmentId
    indicator: Annotated[
        Identifier, Field(description="Id of the indicator: of indicators.csv, or `start` or `share_in_service`")
    ]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    definition_da: Annotated[Name, Field(description="How it is measured, Danish")]
    definition_en: Annotated[Name, Field(description="How it is measured, English")]
    measure: Annotated[Name, Field(description="Unit of the values")]
    base: Annotated[float | None, Field(description="Value before the start")] = None
    base_year: Annotated[Year | None, Field(description="Year of the base value")] = None
    target: Annotated[float | None, Field(description="Value agreed for the target year")] = None
    target_year: Annotated[Year | None, Field(description="Last year of the round as a rule")] = None
    data_owner_role: Annotated[Name, Field(description="The role that owns the data")]
    source: Annotated[Text, Field(description="Where the values are read")] = ""
    frequency: Annotated[Name, Field(description="How often it is measured")]


class FollowUp(Row):
    """An observed value: of a commitment's indicator, or of an account over a boundary (then without commitment)."""

    table = "follow_up"
    key = ("commitment", "indicator", "account", "boundary", "observed", "reported")
    commitment: Annotated[Identifier | None, Field(description="Id of the commitment; blank for an account")] = None
    indicator: Annotated[
        Identifier | None, Field(description="Id of an indicator of the commitment; blank for an account")
    ] = None
    account: Annotated[Identifier | None, Field(description="Id of the account; blank for an indicator")] = None
    boundary: Annotated[Identifier | None, Field(description="Id of the boundary; blank for an indicator")] = None
    observed: Annotated[date, Field(description="Day that the value is of; of a year as a whole: its 31 December")]
    value: Annotated[float, Field(description="Observed value")]
    measure: Annotated[Name, Field(description="Unit of `value`: the indicator's, or of an account a unit of CO2e")]
    standard_error: Annotated[
        float | None, Field(gt=0, description="Standard error of the value, in its unit; blank: not known")
    ] = None
    low: Annotated[float | None, Field(description="Lower end of what the value may be; blank: not known")] = None
    high: Annotated[float | None, Field(description="Upper end of what the value may be; blank: not known")] = None
    source: Annotated[Name, Field(description="Where the value is from: report, meter, system, person's role")]
    reported: Annotated[date, Field(description="Day on which it was reported")]
    note: Annotated[Text, Field(description="What a reader should know about the value")] = ""
    confirmed: Annotated[
        Text, Field(description="Role that has checked a value far from what was promised; blank: nobody")
    ] = ""


class Answer(StrEnum):
    """What a unit answers to a proposed commitment."""

    ACCEPTED = "accepted"
    CHANGED = "changed"  # accepted with another start or level
    REFUSED = "refused"


class UnitAnswer(Row):
    """What a unit answered to a commitment of a proposal; where several are of one commitment, the last one counts."""

    table = "unit_answers"
    key = ("commitment",)
    commitment: _CommitmentId
    unit: Annotated[Identifier, Field(description="Unit that answered")]
    answer: Annotated[
        Answer | None, Field(description="accepted, changed (start or level), refused; blank: only a comment")
    ] = None
    start: Annotated[Year | None, Field(description="Start year it asks for; blank: as proposed")] = None
    level: Annotated[float | None, Field(gt=0, le=1, description="Level it asks for [1]; blank: as proposed")] = None
    comment: Annotated[Text, Field(description="What it wrote")] = ""
    dated: Annotated[date, Field(description="Day on which the answer was read in")]


#: Every table that a round may hold, in the order of the documentation.
ROUND_TABLES: tuple[type[Row], ...] = (
    Commitment,
    Outlook,
    CommitmentMoney,
    CommitmentStaff,
    CommitmentTonnes,
    Milestone,
    CommitmentIndicator,
    UnitAnswer,
    FollowUp,
    Running,
)
