"""Rows that describe initiatives: what they do, cost, need, and how they depend on each other."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rmscenario.region.vocabulary import (
    Basis,
    Delivery,
    Identifier,
    MoneyKind,
    Name,
    NonNegative,
    PrerequisiteScope,
    PriceKind,
    Row,
    Share,
    Shows,
    Sourced,
    StaffPhase,
    Text,
    Year,
)


class Initiative(Sourced):
    """Initiatives (indsatser). `grade` and `reference` speak of timing and lifetime; effects and money have their own."""

    table = "initiatives"
    key = ("initiative",)
    required = True
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    track: Annotated[Identifier, Field(description="Id of the track")]
    delivery: Annotated[Delivery, Field(description="Decided by each unit, or once for the group")]
    earliest: Annotated[Year, Field(description="Earliest start, on 1 January")]
    latest: Annotated[Year | None, Field(description="Latest start; blank: no limit")] = None
    lifetime: Annotated[int, Field(ge=1, le=100, description="Lifetime [a]")]
    renew: Annotated[
        bool, Field(description="yes: renewed like for like; no: effect and annuity end with the lifetime")
    ] = True
    ramp_years: Annotated[
        int,
        Field(ge=1, le=30, description="Years of ramp-up; share in service min(1, (year − start + 1) / ramp_years)"),
    ]
    half_life: Annotated[
        float | None,
        Field(gt=0, le=100, description="Half-life of the effect after the start or renewal [a]; blank: no decay"),
    ] = None


class Level(Row):
    """Levels an initiative can be started at; without rows the one level is 1."""

    table = "levels"
    key = ("initiative", "level")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    level: Annotated[float, Field(gt=0, le=1, description="Share of the full initiative [1]")]


class Deliverer(Row):
    """Which unit carries an initiative out, and whose source it acts on (blank unit: the group)."""

    table = "delivery"
    key = ("initiative", "unit", "acts_on")
    required = True
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    unit: Annotated[Identifier, Field(description="Unit that carries it out and bears money and staff")]
    acts_on: Annotated[Identifier, Field(description="Unit whose sources it changes; the unit itself as a rule")]


class Effect(Sourced):
    """What an initiative does: share removed (negative: added) of an activity or of one quantity, at full roll-out."""

    table = "effects"
    key = ("initiative", "category", "segment", "on", "account")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    category: Annotated[Identifier, Field(description="Id of the category")]
    segment: Annotated[Identifier | None, Field(description="Part of the source it acts on; blank: all of it")] = None
    on: Annotated[
        Identifier, Field(description="`activity` (every quantity of the source falls) or the id of one quantity")
    ]
    account: Annotated[Identifier | None, Field(description="Only in this account; blank: in every account")] = None
    basis: Annotated[
        Basis, Field(description="Share of each source, share of the region's total, or an absolute amount a year")
    ]
    low: Annotated[float, Field(description="Low value; 5 % or less likely to be undercut")]
    mode: Annotated[float, Field(description="Most likely value")]
    high: Annotated[float, Field(description="High value")]
    visible_in_account: Annotated[
        Share,
        Field(
            description="How much of it a published account shows [1]: one by spending does not see a greener variant at the "
            "same price"
        ),
    ] = 1.0


class Money(Sourced):
    """Money of an initiative for all its units together, split over them by tonnes affected (equally where there are none)."""

    table = "money"
    key = ("initiative", "kind", "year_since_start")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    kind: Annotated[MoneyKind, Field(description="capex (anlæg), opex (drift), or a saving of the initiative's own")]
    year_since_start: Annotated[
        int | None,
        Field(
            ge=0,
            le=60,
            description="Amount in this year after the start (0: start year), last row holds on; blank: follows the ramp-up",
        ),
    ] = None
    amount: Annotated[NonNegative, Field(description="Capex once; opex and savings a year at full roll-out")]
    measure: Annotated[Name, Field(description="Unit of `amount` (mio. kr., mio. kr./år, …)")]
    price_year: Annotated[Year, Field(description="Price year of the amount; the region's own")]


class Price(Sourced):
    """What an avoided unit of a quantity is worth: a metered saving, or the value put on carbon."""

    table = "prices"
    key = ("quantity", "category", "kind", "year")
    quantity: Annotated[Identifier, Field(description="Id of the quantity")]
    category: Annotated[
        Identifier | None, Field(description="Only in this category; blank: in all without a row of their own")
    ] = None
    kind: Annotated[PriceKind, Field(description="Cashable saving, avoided purchase, or carbon value (not money)")]
    year: Annotated[Year, Field(description="From this year until the next row's")]
    price: Annotated[NonNegative, Field(description="Price of one unit")]
    measure: Annotated[Name, Field(description="Unit of `price`, money per amount (kr./kWh, DKK/t, …)")]


class Skill(Row):
    """Skills that initiatives need."""

    table = "skills"
    key = ("skill",)
    skill: Annotated[Identifier, Field(description="Id of the skill")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]


class Staff(Sourced):
    """Staff an initiative needs, for all its units together, split as its money."""

    table = "staff"
    key = ("initiative", "skill", "phase")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    skill: Annotated[Identifier, Field(description="Id of the skill")]
    phase: Annotated[StaffPhase, Field(description="While building (each ramp-up year), or while running")]
    fte: Annotated[NonNegative, Field(description="Full-time equivalents [FTE]")]


class Prerequisite(Row):
    """An initiative that needs another one to start no later than `lag` years before it."""

    table = "prerequisites"
    key = ("initiative", "requires")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    requires: Annotated[Identifier, Field(description="Id of the initiative it needs")]
    lag: Annotated[
        int, Field(ge=0, le=20, description="Years between the starts, at least; 0: the same year is allowed")
    ] = 0
    scope: Annotated[PrerequisiteScope, Field(description="In the same unit, in any unit, or in all its units")] = (
        PrerequisiteScope.SAME_UNIT
    )
    note: Annotated[Text, Field(description="Why")] = ""


class Exclusion(Row):
    """Two initiatives of which a unit can have only one."""

    table = "exclusions"
    key = ("initiative", "excludes")
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    excludes: Annotated[Identifier, Field(description="Id of the other")]
    note: Annotated[Text, Field(description="Why")] = ""


class Enabler(Sourced):
    """An initiative that lifts the delivered effect of another while it runs, unit by unit (group-wide ones by FTE share)."""

    table = "enablers"
    key = ("enabler", "initiative")
    enabler: Annotated[Identifier, Field(description="Id of the lifting initiative")]
    initiative: Annotated[Identifier, Field(description="Id of the lifted one")]
    low: Annotated[NonNegative, Field(description="Lift, low: effect × (1 + lift) [1]")]
    mode: Annotated[NonNegative, Field(description="Lift, most likely [1]")]
    high: Annotated[NonNegative, Field(description="Lift, high [1]")]


class Indicator(Sourced):
    """What is measured to follow an initiative up."""

    table = "indicators"
    key = ("indicator",)
    indicator: Annotated[Identifier, Field(description="Id of the indicator")]
    initiative: Annotated[Identifier, Field(description="Id of the initiative")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    definition_da: Annotated[Name, Field(description="How it is measured, Danish")]
    definition_en: Annotated[Name, Field(description="How it is measured, English")]
    measure: Annotated[Name, Field(description="Unit it is given in")]
    base: Annotated[float | None, Field(description="Value without the initiative, in that unit; blank: not known")] = (
        None
    )
    base_year: Annotated[Year | None, Field(description="Year of the base value")] = None
    target: Annotated[
        float | None, Field(description="Value at full roll-out, in that unit; blank: not known, or none set")
    ] = None
    data_owner_role: Annotated[Name, Field(description="The role that owns the data")]
    frequency: Annotated[Name, Field(description="How often it is measured")]
    shows: Annotated[
        Shows,
        Field(
            description="`effect`: its way from base to target is the effect itself, which learning reads; `delivery`: it says how far the initiative has come"
        ),
    ] = Shows.DELIVERY
