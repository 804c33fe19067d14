"""The background: how amounts move by themselves, 1 in the base year and linear between the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.region import Region
from rmscenario.region.footprint import Background

#: Stands for a row where a path is 1 in the base year.
BASE_YEAR = -1


def background_factor(
    rows: Iterable[Background], base_year: int, years: npt.ArrayLike, column: str = "mode"
) -> FloatArray:
    """Background factor of one category and quantity: linear between rows, 1 in the base year, level after the last.

    Parameters
    ----------
    rows : rows of one category and quantity
    column : str
        weak, mode or strong.

    Returns
    -------
    array (year) [1]
    """
    points = {base_year: 1.0} | {row.year: float(getattr(row, column)) for row in rows}
    known = sorted(points)
    return np.interp(np.asarray(years, dtype=np.float64), known, [points[year] for year in known])


def background_path(region: Region, category: str, quantity: str, years: npt.ArrayLike) -> tuple[IntArray, FloatArray]:
    """Rows of `background` that a path runs through, and their weights: Σ weight · value is the factor.

    Returns
    -------
    rows : array (knot)
        Number of the row, `BASE_YEAR` where the value is the base year's 1.
    weights : array (knot, year) [1]
        Knots that no year lies next to are left out.
    """
    known = {region.settings.base_year: BASE_YEAR} | {
        row.year: number
        for number, row in enumerate(region.background)
        if (row.category, row.quantity) == (category, quantity)
    }
    at = sorted(known)
    weights = np.stack([np.interp(np.asarray(years, dtype=np.float64), at, unit) for unit in np.eye(len(at))])
    used = weights.any(axis=1)
    return np.asarray([known[year] for year in at], dtype=np.int64)[used], weights[used]
