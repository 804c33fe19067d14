"""Rows that say how uncertain the figures are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rmscenario.region.vocabulary import Distribution, Identifier, NonNegative, Share, Sourced, UncertainKind


class Uncertainty(Sourced):
    """How an input varies: distribution, correlation group, and for money the factor on its amount."""

    table = "uncertainty"
    key = ("kind", "subject")
    kind: Annotated[UncertainKind, Field(description="effect, background, capex, opex or saving")]
    subject: Annotated[
        Identifier | None,
        Field(description="Initiative (category for background); blank: all without a row of their own"),
    ] = None
    distribution: Annotated[Distribution, Field(description="pert, triangular, lognormal or fixed")]
    low: Annotated[NonNegative | None, Field(description="Money only: low factor on the amount [1]")] = None
    mode: Annotated[NonNegative | None, Field(description="Money only: most likely factor [1]")] = None
    high: Annotated[NonNegative | None, Field(description="Money only: high factor [1]")] = None
    correlation_group: Annotated[Identifier | None, Field(description="Inputs of a group share one common factor")] = (
        None
    )
    correlation: Annotated[Share, Field(description="Rank-normal correlation between two inputs of the group")] = 0.0


class DeliveryRisk(Sourced):
    """Whether a start comes as agreed: slip by years, uptake in part, or cancellation, with a common cause within a unit or of a supplier."""

    table = "delivery_risk"
    key = ("initiative",)
    initiative: Annotated[
        Identifier | None, Field(description="Id of the initiative; blank: all without a row of their own")
    ] = None
    slip_one: Annotated[Share, Field(description="Probability of a start one year late")]
    slip_two: Annotated[Share, Field(description="Probability of a start two years late")]
    partial: Annotated[
        Share,
        Field(description="Probability of a start that comes in time, costs what it should and is taken up in part"),
    ] = 0.0
    partial_uptake: Annotated[
        Share | None,
        Field(
            description="Share of the effect and of own savings that is then there, every year; what low, mode and high of the effect hold already is not to be held here again"
        ),
    ] = None
    cancelled: Annotated[Share, Field(description="Probability that it never starts")]
    unit_correlation: Annotated[
        Share, Field(description="Rank-normal correlation of delivery within a unit, or within the `supplier_group`")
    ] = 0.0
    supplier_group: Annotated[
        Identifier | None,
        Field(
            description="Starts of a group hang on one supplier, contract or key person, in whatever unit; blank: on the unit"
        ),
    ] = None

    @property
    def probabilities(self) -> tuple[float, ...]:
        """Probabilities of all ways but on time, in the order of what is lost [1]."""
        return self.slip_one, self.slip_two, self.partial, self.cancelled
