"""The uncertain inputs of a region, by name, and their draws.

Names: `effect:LED` (all effects of an initiative move together), `lift:agents>reuse`, `background:el` (one draw moves
all paths of a category between weak and strong), `capex:LED`, `opex:LED`, `saving:LED` (factors on the tables' amounts),
`metered-saving` (one factor on the worth of all avoided quantities), `delivery:LED:north`; common factors
`group:grids` (a correlation group), `unit:north` (delivery in a carrier unit) and `supplier:buses` (delivery that hangs on
one supplier, in whatever unit).

Dependence is a Gaussian copula with one common factor per group: the normal score of a member is
`√ρ · factor + √(1 − ρ) · own`, so that two members of equal ρ have the rank-normal correlation ρ, and every table
of correlations is possible.
"""

from __future__ import annotations

from dataclasses import dataclass

from rmscenario.uncertainty.marginals import Marginal

FIXED = -1  # no input: the value is the mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An uncertain input with a draw of its own; `factor` is the common factor it hangs on, if any."""

    name: str
    factor: str | None
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A value that a draw decides: the input (FIXED for none) and the distribution."""

    input: int
    marginal: Marginal


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Delivery of an option: its input, and the probabilities of `Delivered` summed from the last to the second."""

    option: int
    input: int
    bounds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainInputs:
    """What is uncertain about a region under a choice, ready to be drawn.

    Rows and initiatives that the choice does not use are held at their mode; that moves no other draw.
    """

    inputs: tuple[Input, ...]
    effects: tuple[Drawn, ...]
    lifts: tuple[Drawn, ...]
    backgrounds: tuple[Drawn, ...]
    capex: tuple[Drawn, ...]
    opex: tuple[Drawn, ...]
    saving: tuple[Drawn, ...]
    metered: Drawn
    risks: tuple[Risk, ...]
    option_count: int

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all inputs."""
        return tuple(item.name for item in self.inputs)
