"""The assessment of a plan: every quantity, cost and limit of it, as one labelled data set."""

from rmscenario.assessment.assess import COST_SIGNS, assess, discounted_cost

__all__ = ["COST_SIGNS", "assess", "discounted_cost"]
