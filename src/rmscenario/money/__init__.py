"""Money and staff of options, by kind and year."""

from rmscenario.money.discounting import annuity_amount, discount_factors
from rmscenario.money.metered import metered_prices, metered_value
from rmscenario.money.table import MoneyTable, build_money

__all__ = ["MoneyTable", "annuity_amount", "build_money", "discount_factors", "metered_prices", "metered_value"]
