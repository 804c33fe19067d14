"""Metered savings and carbon value: a price on what is avoided, through the same product as the tonnes."""

from __future__ import annotations

import numpy as np

from rmscenario.emissions.structure import FOOTPRINT, FloatArray, Structure
from rmscenario.region.vocabulary import PriceKind


def metered_prices(structure: Structure, kind: PriceKind) -> FloatArray:
    """Price of an avoided unit of each leaf's quantity in each year, Eq. (8).

    Returns
    -------
    array (leaf, year) [DKK per unit of the leaf's quantity]
    """
    region, years = structure.region, structure.table.years
    rows = [row for row in region.prices if row.kind is kind]
    account = region.settings.account
    prices = np.zeros((len(structure.leaves), len(years)))
    for number, leaf in enumerate(structure.leaves):
        stream = structure.streams[leaf.stream]
        if stream.quantity == FOOTPRINT and stream.account != account:
            continue
        own = [row for row in rows if row.quantity == stream.quantity and row.category == leaf.category]
        found = own or [row for row in rows if row.quantity == stream.quantity and row.category is None]
        for row in sorted(found, key=lambda row: row.year):
            prices[number, years >= row.year] = row.price
    return prices


def metered_value(prices: FloatArray, background: FloatArray, leaf: FloatArray) -> FloatArray:
    """Value of what is avoided against the background, Eq. (8): array (leaf, year) [DKK/a]."""
    value: FloatArray = prices * (background - leaf)
    return value
