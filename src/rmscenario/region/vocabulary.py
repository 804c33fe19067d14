"""The closed vocabularies of the tables, and the base of all rows.

Values are in the units used inside (tCO2e/a, MWh/a, m3/a, t/a, DKK of the model's price year, FTE, years, shares
of 1); a `measure` column says what a table writes, and reading converts it. `docs/tables.md` is generated from the
row models.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-zÆØÅæøå0-9][A-Za-zÆØÅæøå0-9_.+-]{0,39}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=2000)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Share = Annotated[float, Field(ge=0, le=1)]
Certainty = Annotated[float, Field(gt=0, lt=1)]
NonNegative = Annotated[float, Field(ge=0)]


class Grade(StrEnum):
    """How well a figure is documented, best first."""

    MEASURED = "measured"
    PUBLISHED = "published"
    DERIVED = "derived"
    RECALLED = "recalled"
    ASSUMPTION = "assumption"


class Delivery(StrEnum):
    """Who decides an initiative: each unit for itself, or the group once for all units."""

    UNIT = "unit"
    GROUP = "group"


class Basis(StrEnum):
    """What an effect's share is a share of."""

    SOURCE = "source"  # of each source it acts on
    REGION = "region"  # of the region's total in the category
    ABSOLUTE = "absolute"  # an amount a year on the receiving sources together, in the quantity's unit


class TargetForm(StrEnum):
    """When a target's cap holds."""

    FROM = "from"  # every year from its year to `until`
    CUMULATIVE = "cumulative"  # the sum over the years from `year` to `until`


class MoneyKind(StrEnum):
    """Kinds of money; capex (anlæg) and opex (drift) have budgets of their own."""

    CAPEX = "capex"
    OPEX = "opex"
    SAVING_CASHABLE = "saving_cashable"
    SAVING_AVOIDED = "saving_avoided"


class PriceKind(StrEnum):
    """What an avoided quantity is worth."""

    SAVING_CASHABLE = "saving_cashable"
    SAVING_AVOIDED = "saving_avoided"
    CARBON_VALUE = "carbon_value"


class StaffPhase(StrEnum):
    """When an initiative needs its staff."""

    BUILD = "build"  # the full number in each ramp-up year
    RUN = "run"  # in proportion to the share in service


class PrerequisiteScope(StrEnum):
    """Where the required initiative must have started."""

    SAME_UNIT = "same_unit"  # in the same unit, or group-wide
    ANY_UNIT = "any_unit"
    ALL_UNITS = "all_units"


class Distribution(StrEnum):
    """Distribution of an uncertain input between its low, mode and high value."""

    PERT = "pert"
    TRIANGULAR = "triangular"
    LOGNORMAL = "lognormal"
    FIXED = "fixed"


class UncertainKind(StrEnum):
    """What an uncertainty row speaks of."""

    EFFECT = "effect"
    BACKGROUND = "background"
    CAPEX = "capex"
    OPEX = "opex"
    SAVING = "saving"


class Shows(StrEnum):
    """What an indicator's way from base to target shows."""

    DELIVERY = "delivery"  # how far the initiative has come
    EFFECT = "effect"  # what it gives: the quantity that its effect acts on, or one in proportion to it


class RoundStatus(StrEnum):
    """Where an agreement round stands."""

    CLOSED = "closed"
    RUNNING = "running"
    OPEN = "open"
    LATER = "later"


class RunningStatus(StrEnum):
    """How we know that an initiative runs; only data the region supplied is signed."""

    ASSUMED = "assumed"
    REPORTED = "reported"
    SIGNED = "signed"


class CommitmentStatus(StrEnum):
    """Where a commitment stands; a proposal binds no plan, and only what a unit has put its name to is signed."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    SIGNED = "signed"
    REFUSED = "refused"


class EventKind(StrEnum):
    """What a known event in an account is, and how it goes with the background of the tables."""

    CONSTRUCTION = "construction"  # in the place of the background inside its boundary
    ONE_OFF = "one_off"  # beside the background; nothing outside its rows
    ACTIVITY = "activity"  # a part of the background, told apart from grids and suppliers
    OWN = "own"  # own effort that no initiative of the tables holds, beside the background


class Row(BaseModel):
    """A row of a table. `table` names the file, `key` the columns that identify a row, `required` a table every region has."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    required: ClassVar[bool] = False


class Sourced(Row):
    """A row that carries a figure: every such row says where the figure is from and how well it is documented."""

    reference: Annotated[Identifier, Field(description="Where the figure is from: an id of references.csv")]
    grade: Annotated[Grade, Field(description="How well the figure is documented")]
    note: Annotated[Text, Field(description="What a reader should know about the figure")] = ""
