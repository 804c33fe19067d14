"""Scenarios: named overlays on a model, each change recorded, and the options by which a plan is made and tested."""

from rmscenario.scenario.loading import Scenario, load
from rmscenario.scenario.run_options import (
    BackcastOptions,
    Family,
    PlanMode,
    PlanningOptions,
    Sampler,
    Starts,
    StressOptions,
)
from rmscenario.scenario.touched import Touched

__all__ = [
    "BackcastOptions",
    "Family",
    "PlanMode",
    "PlanningOptions",
    "Sampler",
    "Scenario",
    "Starts",
    "StressOptions",
    "Touched",
    "load",
]
