"""Rows that describe the footprint: units, categories, sources, backgrounds, accounts and targets."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rmscenario.region.vocabulary import (
    Certainty,
    EventKind,
    Identifier,
    Name,
    NonNegative,
    Row,
    Share,
    Sourced,
    TargetForm,
    Text,
    Year,
)


class Reference(Row):
    """Where figures come from. `assumption` rows say who assumes and why."""

    table = "references"
    key = ("reference",)
    required = True
    reference: Annotated[Identifier, Field(description="Id used in the column `reference` of the other tables")]
    title: Annotated[Name, Field(description="What it is: the title that a publication has, or in English")]
    title_da: Annotated[
        Name | None,
        Field(
            description="In Danish, for what is derived or assumed here; blank for publications, which keep their title"
        ),
    ] = None
    url: Annotated[Text, Field(description="Where it can be read; blank for an assumption")] = ""
    accessed: Annotated[Text, Field(description="When it was read (YYYY-MM-DD)")] = ""
    note: Annotated[Text, Field(description="What is assumed and why, or how a figure is derived")] = ""
    note_da: Annotated[Text, Field(description="The note in Danish; blank: Danish documents show `note`")] = ""


class Word(Row):
    """Words of the other tables in both languages: roles, frequencies, units of indicators, events, groups of categories and inputs."""

    table = "words"
    key = ("word",)
    word: Annotated[Name, Field(description="The word as the other tables write it")]
    name_da: Annotated[Name, Field(description="Danish")]
    name_en: Annotated[Name, Field(description="English")]


class Unit(Sourced):
    """The units (enheder) that sign agreements."""

    table = "units"
    key = ("unit",)
    required = True
    unit: Annotated[Identifier, Field(description="Id of the unit")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    fte: Annotated[NonNegative, Field(description="Full-time equivalents [FTE]")]


class Track(Row):
    """The tracks (spor) of the agreements; the owner is a role, never a person."""

    table = "tracks"
    key = ("track",)
    required = True
    track: Annotated[Identifier, Field(description="Id of the track")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    owner_role: Annotated[Name, Field(description="The role that owns the track")]


class Category(Row):
    """Kinds of emission, with group and place in the GHG Protocol."""

    table = "categories"
    key = ("category",)
    required = True
    category: Annotated[Identifier, Field(description="Id of the category")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    group: Annotated[Identifier, Field(description="Group the category belongs to (energy, transport, …)")]
    scope: Annotated[int, Field(ge=1, le=3, description="GHG Protocol scope 1, 2 or 3")]
    scope3_category: Annotated[
        int | None, Field(ge=1, le=15, description="GHG Protocol scope 3 category 1–15; blank for scopes 1 and 2")
    ] = None


class Quantity(Row):
    """What is counted: emissions, energy, water, waste, purchases."""

    table = "quantities"
    key = ("quantity",)
    required = True
    quantity: Annotated[Identifier, Field(description="Id of the quantity; `co2e` is the footprint")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    measure: Annotated[Name, Field(description="Unit used inside and in outputs: tCO2e/a, MWh/a, m3/a, t/a or DKK/a")]


class Source(Sourced):
    """A unit's base-year amount of one quantity in one category."""

    table = "sources"
    key = ("unit", "category", "quantity")
    required = True
    unit: Annotated[Identifier, Field(description="Id of the unit")]
    category: Annotated[Identifier, Field(description="Id of the category")]
    quantity: Annotated[Identifier, Field(description="Id of the quantity")]
    value: Annotated[NonNegative, Field(description="Amount in the base year")]
    measure: Annotated[Name, Field(description="Unit of `value`")]


class Segment(Sourced):
    """Disjoint parts of a source; what no segment names is the rest, which only whole-source effects reach."""

    table = "segments"
    key = ("category", "segment")
    category: Annotated[Identifier, Field(description="Id of the category")]
    segment: Annotated[Identifier, Field(description="Id of the part")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    weight: Annotated[Share, Field(description="Share of the source; weights of a category sum to at most 1")]


class Background(Sourced):
    """How a category moves by itself: factor on the base year, per quantity, weak, mode and strong decline."""

    table = "background"
    key = ("category", "quantity", "year")
    required = True
    category: Annotated[Identifier, Field(description="Id of the category")]
    quantity: Annotated[Identifier, Field(description="Id of the quantity")]
    year: Annotated[Year, Field(description="Year; linear in between, level after the last")]
    weak: Annotated[NonNegative, Field(description="Factor with weak decline [1]")]
    mode: Annotated[NonNegative, Field(description="Factor, most likely [1]")]
    strong: Annotated[NonNegative, Field(description="Factor with strong decline [1]")]


class Account(Sourced):
    """A published footprint series with its method; series of different method never share a curve."""

    table = "accounts"
    key = ("account",)
    required = True
    account: Annotated[Identifier, Field(description="Id of the account")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    method: Annotated[Name, Field(description="How the series is computed")]
    factor: Annotated[
        NonNegative, Field(description="This account's base-year emissions as a factor of sources.csv [1]")
    ]
    factor_low: Annotated[
        NonNegative | None, Field(description="Least that the factor may be [1]; blank: as the factor")
    ] = None
    factor_high: Annotated[
        NonNegative | None, Field(description="Most that the factor may be [1]; blank: as the factor")
    ] = None


class AccountFigure(Sourced):
    """A published figure of an account (history)."""

    table = "account_history"
    key = ("account", "year", "boundary")
    account: Annotated[Identifier, Field(description="Id of the account")]
    year: Annotated[Year, Field(description="Year of the figure")]
    boundary: Annotated[Identifier, Field(description="Id of boundaries.csv")]
    value: Annotated[NonNegative, Field(description="Amount in the year")]
    measure: Annotated[Name, Field(description="Unit of `value`")]


class AccountEvent(Sourced):
    """What is known to stand in an account's figure of a year besides what moves by itself; linear between its years."""

    table = "account_events"
    key = ("event", "year")
    event: Annotated[Identifier, Field(description="Id of the event; words.csv gives its names")]
    kind: Annotated[EventKind, Field(description="What it is; construction comes in the place of the background there")]
    account: Annotated[Identifier, Field(description="Id of the account that the amounts are counted in")]
    boundary: Annotated[Identifier, Field(description="Id of boundaries.csv: where it stands")]
    year: Annotated[
        Year, Field(description="Year; before the first and after the last as there, for `one_off` nothing")
    ]
    low: Annotated[float, Field(description="Least amount in the figure of the year; negative: takes off")]
    mode: Annotated[float, Field(description="Most likely amount")]
    high: Annotated[float, Field(description="Greatest amount")]
    measure: Annotated[Name, Field(description="Unit of the amounts")]


class Boundary(Row):
    """What a target or figure covers: the union of its rows; a blank cell means all."""

    table = "boundaries"
    key = ("boundary", "unit", "category", "group", "scope")
    required = True
    boundary: Annotated[Identifier, Field(description="Id of the boundary")]
    unit: Annotated[Identifier | None, Field(description="Only this unit")] = None
    category: Annotated[Identifier | None, Field(description="Only this category")] = None
    group: Annotated[Identifier | None, Field(description="Only this group of categories")] = None
    scope: Annotated[int | None, Field(ge=1, le=3, description="Only this GHG Protocol scope")] = None


class Target(Sourced):
    """Targets (målsætninger): a cap on a quantity over a boundary, in a named account."""

    table = "targets"
    key = ("target",)
    required = True
    target: Annotated[Identifier, Field(description="Id of the target")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    active: Annotated[bool, Field(description="yes or no: a target that is off is neither aimed at nor reported")] = (
        True
    )
    quantity: Annotated[Identifier, Field(description="Id of the quantity")]
    boundary: Annotated[Identifier, Field(description="Id of the boundary")]
    account: Annotated[Identifier, Field(description="Id of the account")]
    form: Annotated[TargetForm, Field(description="Cap in every year from `year`, or on the sum of years")] = (
        TargetForm.FROM
    )
    year: Annotated[Year, Field(description="First year the cap holds")]
    until: Annotated[
        Year | None, Field(description="Last year; blank: the end of the period or the next target of its kind")
    ] = None
    base_year: Annotated[Year | None, Field(description="Year a reduction is measured from")] = None
    base: Annotated[
        NonNegative | None,
        Field(
            description="Amount a reduction is measured from; blank: the account's base-year amount over the boundary"
        ),
    ] = None
    reduction: Annotated[Share | None, Field(description="Reduction from the base [1]; or give `level`")] = None
    level: Annotated[NonNegative | None, Field(description="Absolute cap; or give `reduction`")] = None
    share_of: Annotated[
        Identifier | None,
        Field(
            description="Quantity that the target's is part of, where the goal is a share: 1 − quantity / `share_of`"
        ),
    ] = None
    share: Annotated[
        Share | None, Field(description="That share as the goal names it [1]; reported beside the cap, never aimed at")
    ] = None
    measure: Annotated[Name, Field(description="Unit of `base` and `level`")]
    hard: Annotated[bool, Field(description="yes: no plan may exceed it; no: a shortfall is allowed and reported")] = (
        False
    )
    priority: Annotated[
        int, Field(ge=1, le=99, description="Order of the nearest plan, 1 first; equal: sum of relative shortfalls")
    ]
    shortfall_price: Annotated[
        NonNegative | None,
        Field(
            description="Price of a unit of shortfall, each year it lasts [DKK]; a unit of the quantity (a tonne, even if "
            "`measure` is kt); blank: aimed at only by the nearest plan"
        ),
    ] = None
    confidence: Annotated[
        Certainty | None,
        Field(
            description="Met in at least this share of the draws [1]; blank, as `cvar` and `expected`: met at the modes"
        ),
    ] = None
    cvar: Annotated[
        Certainty | None,
        Field(description="Level [1]: the mean of the worst 1 − `cvar` of the draws lies within the cap"),
    ] = None
    expected: Annotated[bool, Field(description="yes: the mean of the draws lies within the cap")] = False
    track: Annotated[Identifier | None, Field(description="Track the goal belongs to; blank: the whole region")] = None
    reason: Annotated[Text, Field(description="Why it has this priority and price")] = ""

    @property
    def under_risk(self) -> bool:
        """Whether it asks for a confidence, a mean of the worst or the mean of the draws."""
        return self.confidence is not None or self.cvar is not None or self.expected

    @property
    def aimed_at(self) -> bool:
        """Whether a priced plan aims at it: it is hard, or its shortfall has a price."""
        return self.hard or bool(self.shortfall_price)
