"""What it is worth to know the world, and to plan with its spread: EV, EEV, WS, RP, EVPI and VSS, with brackets.

All values are of a minimum. EV is the least value of the model in its expected data; EEV what the choice made there comes
to on average in the worlds; WS (wait and see) the average of each world's own minimum; RP (here and now) the least average
of one choice for all worlds. A minimum is known between a bound and the value of what was found, so differences are
brackets too. They are never cut off at 0: a bracket around 0 says that the searches were too coarse to tell.

References
----------
J. R. Birge, F. Louveaux (2011), Introduction to Stochastic Programming, 2nd ed., chapter 4, doi 10.1007/978-1-4614-0237-4.
"""

from __future__ import annotations

from dataclasses import dataclass

from rmscenario.options.deployment import FloatArray
from rmscenario.worlds.bracket import Bracket, mean, standard_error


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueOfInformation:
    """EV, EEV, WS and RP, and the two values that come of them.

    Attributes
    ----------
    ev : Bracket or None
        Least value in the expected data; None where the fixed choice was not made for these, so that there is no EEV and no VSS.
    fixed : float
        Average of the fixed choice over the worlds; infinite if some world does not allow it.
    ws, rp : Bracket
    fixed_error, ws_error, evpi_error : float
        Standard errors that come of the worlds being a sample; EVPI's of what was found.
    """

    ev: Bracket | None
    fixed: float
    ws: Bracket
    rp: Bracket
    fixed_error: float
    ws_error: float
    evpi_error: float

    @property
    def evpi(self) -> Bracket:
        """Expected value of perfect information: RP − WS."""
        return self.rp - self.ws

    @property
    def cheaper(self) -> Bracket:
        """How much the best choice for all worlds is below the fixed one on average."""
        return Bracket.exactly(self.fixed) - self.rp

    @property
    def eev(self) -> float | None:
        """Average over the worlds of the choice made for the expected data."""
        return None if self.ev is None else self.fixed

    @property
    def vss(self) -> Bracket | None:
        """Value of the stochastic solution: EEV − RP."""
        return None if self.ev is None else self.cheaper


def value_of_information(
    *,
    probability: FloatArray,
    ev: Bracket | None,
    of_fixed: FloatArray,
    of_stochastic: FloatArray,
    stochastic_bound: float,
    world_bound: FloatArray,
    world_value: FloatArray,
) -> ValueOfInformation:
    """EV, EEV, WS and RP of a minimum, from what was found in each world.

    Parameters
    ----------
    ev : Bracket or None
        None where the fixed choice was not made for the expected data.
    probability : array (world) [1]
        Sums to 1.
    of_fixed, of_stochastic : array (world)
        What the fixed choice, and the one made for all worlds, come to in each world; infinite where a world does not allow it.
    stochastic_bound : float
        Proven lower bound of the least average; the bound of WS holds beside it, since RP ≥ WS.
    world_bound, world_value : array (world)
        Each world's own minimum: proven bound, and value found.
    """
    ws = Bracket(low=mean(probability, world_bound), high=mean(probability, world_value))
    rp = Bracket(low=max(stochastic_bound, ws.low), high=mean(probability, of_stochastic))
    return ValueOfInformation(
        ev=ev,
        fixed=mean(probability, of_fixed),
        ws=ws,
        rp=rp,
        fixed_error=standard_error(probability, of_fixed),
        ws_error=standard_error(probability, world_value),
        evpi_error=standard_error(probability, of_stochastic - world_value),
    )
