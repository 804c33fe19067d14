"""The planner: selects and schedules initiatives. The only package that knows Pyomo and HiGHS."""

from rmscenario.planning.planner import Planned, PlannerOptions, plan_region
from rmscenario.planning.progress import Progress, Tick

__all__ = ["Planned", "PlannerOptions", "Progress", "Tick", "plan_region"]
