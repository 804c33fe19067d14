"""What a plan costs: what its starts still have to pay after the last budget."""

from __future__ import annotations

import pytest

from rmscenario.workflow.costs import beyond_budgets
from tests.regions import plan, region

BUDGETS = [("capex", year, 5000.0) for year in (2027, 2028)]


def test_what_starts_commit_after_the_last_budget_is_their_first_payments_without_renewals() -> None:
    """LONG pays 900 over 2027–2029, 300 of it after 2028; SHORT pays in 2028 and renews in 2030, which is no commitment."""
    model = region(
        sources=[("A", "el", 1000.0)],
        initiatives=[{"initiative": "LONG", "ramp_years": 3}, {"initiative": "SHORT", "lifetime": 2}],
        effects=[("LONG", "el", 0.1), ("SHORT", "el", 0.1)],
        money=[("LONG", "capex", 900.0), ("SHORT", "capex", 50.0)],
        budgets=BUDGETS,
    )
    beyond = beyond_budgets(model, plan(("LONG", "A", 2027), ("SHORT", "A", 2028)))
    assert beyond == {"last_budget": 2028, "first_year": 2029, "last_year": 2029, "amount": pytest.approx(300.0)}


def test_nothing_is_beyond_budgets_where_there_are_none_or_all_is_paid_within() -> None:
    tables = {
        "sources": [("A", "el", 1000.0)],
        "effects": [("SHORT", "el", 0.1)],
        "money": [("SHORT", "capex", 50.0)],
    }
    assert beyond_budgets(region(**tables), plan(("SHORT", "A", 2028))) is None
    assert beyond_budgets(region(**tables, budgets=BUDGETS), plan(("SHORT", "A", 2028))) is None
