"""What drives the outcome of a fixed plan: a closing split, shares of the spread, single inputs, failures."""

from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.run import Drivers, Effort, GroupShare, drivers

__all__ = ["Drivers", "Effort", "FixedPlan", "GroupShare", "drivers"]
