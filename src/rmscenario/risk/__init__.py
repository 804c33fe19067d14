"""Plans that hold: least cost at a stated confidence, with the risk inside the search."""

from rmscenario.risk.arranged import RiskOptions
from rmscenario.risk.judged import certified
from rmscenario.risk.planner import RiskPlanned, asks_for_risk, plan_under_risk

__all__ = ["RiskOptions", "RiskPlanned", "asks_for_risk", "certified", "plan_under_risk"]
