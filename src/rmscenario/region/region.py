"""The frozen region: its settings and the rows of its tables, checked, in the units used inside."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from rmscenario.region.commitments import Commitment, OptionKey, Outlook, locks, refusals
from rmscenario.region.footprint import (
    Account,
    AccountEvent,
    AccountFigure,
    Background,
    Boundary,
    Category,
    Quantity,
    Reference,
    Segment,
    Source,
    Target,
    Track,
    Unit,
    Word,
)
from rmscenario.region.initiatives import (
    Deliverer,
    Effect,
    Enabler,
    Exclusion,
    Indicator,
    Initiative,
    Level,
    Money,
    Prerequisite,
    Price,
    Skill,
    Staff,
)
from rmscenario.region.limits import (
    AgreementRound,
    Budget,
    Duty,
    MinimumStarts,
    OutlayShare,
    Running,
    StaffCapacity,
    StartLimit,
)
from rmscenario.region.risk import DeliveryRisk, Uncertainty
from rmscenario.region.vocabulary import Grade, Identifier, Name, Row, Year

ROW_TYPES: tuple[type[Row], ...] = (
    Reference,
    Unit,
    Track,
    Category,
    Quantity,
    Source,
    Segment,
    Background,
    Account,
    AccountFigure,
    AccountEvent,
    Boundary,
    Target,
    Initiative,
    Level,
    Deliverer,
    Effect,
    Money,
    Price,
    Skill,
    Staff,
    StaffCapacity,
    Budget,
    OutlayShare,
    Prerequisite,
    Exclusion,
    Enabler,
    Duty,
    MinimumStarts,
    StartLimit,
    AgreementRound,
    Commitment,
    Outlook,
    Running,
    Indicator,
    Uncertainty,
    DeliveryRisk,
    Word,
)


class DiscountStep(BaseModel):
    """One step of the discount schedule: the rate that holds from the n-th year of the period on."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    from_year: Annotated[int, Field(ge=1, le=500, description="From this year of the period on; the first year is 1")]
    rate: Annotated[float, Field(ge=0, le=0.5, description="Real rate a year [1]")]
    reference: Annotated[Identifier, Field(description="Id of references.csv")]
    grade: Annotated[Grade, Field(description="How well the figure is documented")]


class Settings(BaseModel):
    """region.toml: what holds for the region as a whole."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    region: Annotated[Identifier, Field(description="Id of the region")]
    name_da: Annotated[Name, Field(description="Danish name")]
    name_en: Annotated[Name, Field(description="English name")]
    confirmed: Annotated[bool, Field(description="true only when the region itself has confirmed the figures")]
    base_year: Annotated[Year, Field(description="Year of the amounts in sources.csv")]
    price_year: Annotated[Year, Field(description="Price year of all money")]
    first_year: Annotated[Year, Field(description="First year of the evaluation period and earliest new start")]
    last_start: Annotated[Year, Field(description="Latest new start")]
    end_year: Annotated[Year, Field(description="Last year of the evaluation period")]
    account: Annotated[
        Identifier, Field(description="The account that tonnes are reported in unless a target names another")
    ]
    discount: Annotated[tuple[DiscountStep, ...], Field(min_length=1, description="Discount schedule")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region: settings and rows. Field names are the tables' names."""

    settings: Settings
    references: tuple[Reference, ...] = ()
    units: tuple[Unit, ...] = ()
    tracks: tuple[Track, ...] = ()
    categories: tuple[Category, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sources: tuple[Source, ...] = ()
    segments: tuple[Segment, ...] = ()
    background: tuple[Background, ...] = ()
    accounts: tuple[Account, ...] = ()
    account_history: tuple[AccountFigure, ...] = ()
    account_events: tuple[AccountEvent, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    targets: tuple[Target, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    levels: tuple[Level, ...] = ()
    delivery: tuple[Deliverer, ...] = ()
    effects: tuple[Effect, ...] = ()
    money: tuple[Money, ...] = ()
    prices: tuple[Price, ...] = ()
    skills: tuple[Skill, ...] = ()
    staff: tuple[Staff, ...] = ()
    staff_capacity: tuple[StaffCapacity, ...] = ()
    budgets: tuple[Budget, ...] = ()
    outlay_shares: tuple[OutlayShare, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    enablers: tuple[Enabler, ...] = ()
    duties: tuple[Duty, ...] = ()
    minimum_starts: tuple[MinimumStarts, ...] = ()
    start_limits: tuple[StartLimit, ...] = ()
    rounds: tuple[AgreementRound, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    outlook: tuple[Outlook, ...] = ()
    running: tuple[Running, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    uncertainty: tuple[Uncertainty, ...] = ()
    delivery_risk: tuple[DeliveryRisk, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def active_targets(self) -> tuple[Target, ...]:
        """The targets that are aimed at and reported, in table order."""
        return tuple(target for target in self.targets if target.active)

    @property
    def targets_by_priority(self) -> tuple[Target, ...]:
        """The active targets as readers see them: the first in priority first, equal ones in table order."""
        return tuple(sorted(self.active_targets, key=lambda target: target.priority))

    @property
    def locks(self) -> dict[OptionKey, Commitment]:
        """The accepted and signed commitments that say how an option starts, by option."""
        return locks(self.commitments, self.rounds)

    @property
    def refusals(self) -> dict[OptionKey, frozenset[int]]:
        """Years in which an option may not start because its unit refused it, by option."""
        return refusals(self.commitments, self.rounds)

    @property
    def years(self) -> range:
        """The years of the evaluation period."""
        return range(self.settings.first_year, self.settings.end_year + 1)

    def table(self, name: str) -> tuple[Row, ...]:
        """Rows of a table by its name."""
        rows: tuple[Row, ...] = getattr(self, name)
        return rows


def table_names() -> tuple[str, ...]:
    """Names of all tables, in the order they are read and documented."""
    names = tuple(row_type.table for row_type in ROW_TYPES)
    assert set(names) == {item.name for item in fields(Region)} - {"settings"}
    return names


def boundary_sources(region: Region, boundary: str) -> frozenset[tuple[str, str]]:
    """(unit, category) pairs inside a boundary: the union of its rows, a blank cell meaning all."""
    rows = [row for row in region.boundaries if row.boundary == boundary]
    return frozenset(
        (unit.unit, category.category)
        for unit in region.units
        for category in region.categories
        for row in rows
        if row.unit in (None, unit.unit)
        and row.category in (None, category.category)
        and row.group in (None, category.group)
        and row.scope in (None, category.scope)
    )


def report_year(region: Region) -> int:
    """The year a plan is read in: that of the first target in priority, else the last start year."""
    targets = region.targets_by_priority
    year = targets[0].year if targets else region.settings.last_start
    return min(max(year, region.settings.first_year), region.settings.end_year)


__all__ = ["ROW_TYPES", "DiscountStep", "Region", "Settings", "boundary_sources", "report_year", "table_names"]
