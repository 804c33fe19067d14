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
    paths: dict[tuple[str, str | None], FloatArray] = {}
    for row in sorted(region.prices, key=lambda row: row.year):
        if row.kind is kind:
            path = paths.setdefault((row.quantity, row.category), np.zeros(len(years)))
            path[years >= row.year] = row.price
    prices = np.zeros((len(structure.leaves), len(years)))
    for number, leaf in enumerate(structure.leaves):
        stream = structure.streams[leaf.stream]
        if stream.quantity == FOOTPRINT and stream.account != region.settings.account:
            continue
        of_category, of_all = (stream.quantity, leaf.category), (stream.quantity, None)
        if (own := paths.get(of_category, paths.get(of_all))) is not None:
            prices[number] = own
    return prices


def metered_value(prices: FloatArray, background: FloatArray, leaf: FloatArray) -> FloatArray:
    """Value of what is avoided against the background, Eq. (8): array (leaf, year) [DKK/a]."""
    value: FloatArray = prices * (background - leaf)
    return value
