"""How a scenario is planned and stress tested: the tables `[planning]`, `[stress]` and `[backcast]` of a scenario file.

Not to be confused with options in the sense of the formulation (an initiative in one unit).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from rmscenario.region.vocabulary import Certainty, Identifier, Year
from rmscenario.scenario.faults import WrongPartError, no_truth_value

#: [a] After the last year in which starts are allowed, the stress test reports years that this divides.
_STEP = 5
#: [1] Draws of the stress test: fine enough for a 5 % quantile of the region's total to within about 0.1 points.
STRESS_DRAWS = 100_000
#: [1] Largest number of draws a scenario may ask for; memory does not grow with it, time does.
MOST_DRAWS = 100_000_000


class PlanMode(StrEnum):
    """What a plan aims at, Eqs. (11) and (12)."""

    PRICED = "priced"
    NEAREST = "nearest"


class Starts(StrEnum):
    """Whether a plan may start anything new."""

    ALL = "all"
    NONE = "none"


class Family(StrEnum):
    """Families of rules that a scenario can lift."""

    MONEY = "money"  # budgets
    STAFF = "staff"  # staff_capacity
    STARTS = "starts"  # start_limits
    PREREQUISITES = "prerequisites"
    EXCLUSIONS = "exclusions"
    MINIMUM = "minimum"  # minimum_starts
    DUTIES = "duties"
    COMMITMENTS = "commitments"
    OUTLAY_SHARE = "outlay_share"  # outlay_shares
    EARLIEST = "earliest"  # initiatives.earliest


class Sampler(StrEnum):
    """How draws are made."""

    SOBOL = "sobol"  # scrambled Sobol
    RANDOM = "random"  # plain Monte Carlo


class RunOptions(BaseModel):
    """Base of the option tables: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_value(cls, value: object, info: ValidationInfo) -> object:
        return no_truth_value(value, cls.model_fields[info.field_name or ""].annotation)


class PlanningOptions(RunOptions):
    """How the plan is made.

    `starts`, `lift`, `renewals`, `prerequisite_lag`, `enablers`, `decay` and `running` have already been carried out
    on the scenario's region; they stand here so that a run can say what it was.
    """

    mode: Annotated[PlanMode, Field(description="Shortfalls at a price, or as near as limits allow")] = PlanMode.PRICED
    gap: Annotated[float, Field(ge=0, le=0.5, description="Relative gap asked for [1]")] = 0.0001
    max_nodes: Annotated[int, Field(ge=1, description="Work limit: branch-and-bound nodes per integer solve")] = 200_000
    later_nodes: Annotated[
        int,
        Field(
            ge=0,
            description=(
                "Work limit of the nearest plan's stages after the first, in nodes; 0: they improve the first stage's "
                "plan by exact single changes and report how far the relaxation's bound is"
            ),
        ),
    ] = 0
    max_rounds: Annotated[int, Field(ge=1, description="Work limit: rounds of cuts per stage")] = 60
    threads: Annotated[int, Field(ge=1, le=64, description="Threads of the solver; the result is the same")] = 1
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, description="Seed of the solver")] = 0
    draws: Annotated[
        int,
        Field(ge=100, le=1_000_000, description="Draws that plans under risk are made on, and as many to choose on"),
    ] = 20_000
    joint_confidence: Annotated[
        Certainty | None,
        Field(
            description=(
                "All targets that a priced plan aims at (hard ones, and those with a shortfall_price) are met together in at "
                "least this share of the draws [1]; blank: each by its own rule"
            )
        ),
    ] = None
    starts: Annotated[Starts, Field(description="all, or none: nothing new, running initiatives alone")] = Starts.ALL
    everything: Annotated[
        bool,
        Field(
            description=(
                "Every initiative at its earliest instead of an optimum; lifts money, staff, starts, outlay_share "
                "and exclusions (prerequisites and start windows stay); a hard target that it misses is a finding"
            )
        ),
    ] = False
    lift: Annotated[tuple[Family, ...], Field(description="Families of rules that do not hold")] = ()
    renewals: Annotated[bool, Field(description="false: nothing is renewed at the end of its lifetime")] = True
    prerequisite_lag: Annotated[
        int | None, Field(ge=0, le=20, description="Years between prerequisite and initiative, in all rows")
    ] = None
    enablers: Annotated[bool, Field(description="false: no initiative lifts the effect of another")] = True
    decay: Annotated[bool, Field(description="false: no effect decays")] = True
    running: Annotated[bool, Field(description="false: running initiatives are forgotten and can be chosen")] = True

    @model_validator(mode="after")
    def _one_direction(self) -> PlanningOptions:
        if self.everything and self.starts is Starts.NONE:
            raise WrongPartError(
                found="everything = true and starts = 'none'", expected="one of them", remedy="leave one of them out"
            )
        return self

    @property
    def lifted(self) -> tuple[Family, ...]:
        """Families that do not hold, those that `everything` and `starts` imply included, in the order of `Family`."""
        families = set(self.lift)
        if self.everything:
            families |= {Family.MONEY, Family.STAFF, Family.STARTS, Family.OUTLAY_SHARE, Family.EXCLUSIONS}
        if self.starts is Starts.NONE:
            families |= {Family.MINIMUM, Family.DUTIES, Family.COMMITMENTS}
        return tuple(family for family in Family if family in families)


def stress_years(first_year: int, last_start: int, end_year: int) -> tuple[int, ...]:
    """Years that the stress test reports by itself: each with starts, then every fifth (2035, 2040, …) to the end."""
    return tuple(year for year in range(first_year, end_year + 1) if year <= last_start or year % _STEP == 0)


class StressOptions(RunOptions):
    """How the plan is stress tested."""

    draws: Annotated[int, Field(ge=2, le=MOST_DRAWS, description="Number of draws")] = STRESS_DRAWS
    seed: Annotated[int, Field(ge=0, le=2**63 - 1, description="Seed of the draws")] = 0
    sampler: Annotated[Sampler, Field(description="Scrambled Sobol, or plain Monte Carlo")] = Sampler.SOBOL
    years: Annotated[
        tuple[Year, ...],
        Field(min_length=1, description="Years reported; default: each with starts, then every fifth to the end"),
    ] = ()


class BackcastOptions(RunOptions):
    """How strong the background would have to be for a target to be met: the search, not its answer.

    The strength `h` moves the factor of Eq. (1) from the most likely to the strong decline and beyond it,
    `β_h = max(0, mode + h · (strong − mode))`: 0 is the most likely background, 1 the strong one, more is stronger than
    the tables think possible.
    """

    target: Annotated[Identifier, Field(description="Id of the target that shall be met")]
    groups: Annotated[
        tuple[Identifier, ...], Field(description="Groups of categories whose background is made stronger; none: all")
    ] = ()
    strongest: Annotated[float, Field(gt=0, le=10, description="Largest strength tried [1]")] = 3.0
    tolerance: Annotated[float, Field(gt=0, le=0.1, description="Width to which the strength is found [1]")] = 0.001
