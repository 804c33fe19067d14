"""How far a started initiative is in service, and what of its effect is there, year by year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt

from rmscenario.region.initiatives import Initiative

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def share_in_service(initiative: Initiative, level: float, start: int, years: npt.ArrayLike) -> FloatArray:
    """Share of an initiative in service, Eq. (3).

    Parameters
    ----------
    level : float [1]
    start : int
        Start year, on 1 January.
    years : array (year)

    Returns
    -------
    array (year) [1]
    """
    age = np.asarray(years, dtype=np.int64) - start
    share = level * np.minimum(1.0, (age + 1) / initiative.ramp_years)
    over = (age < 0) | ((age >= initiative.lifetime) & (not initiative.renew))
    return np.where(over, 0.0, share)


def deployed_effect(initiative: Initiative, level: float, start: int, years: npt.ArrayLike) -> FloatArray:
    """Share in service that still has its effect, Eq. (4).

    Parameters
    ----------
    level : float [1]
    start : int
    years : array (year)

    Returns
    -------
    array (year) [1]
    """
    share = share_in_service(initiative, level, start, years)
    if initiative.half_life is None:
        return share
    age = np.asarray(years, dtype=np.int64) - start
    decayed: FloatArray = share * 2.0 ** (-np.where(age >= 0, age % initiative.lifetime, 0) / initiative.half_life)
    return decayed


def time_of(day: date) -> float:
    """End of a day in years [a]: 2028.0 is the end of 31 December 2027."""
    first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + ((day - first).days + 1) / (following - first).days


def at_time(of: Callable[[IntArray], FloatArray], time: float) -> float:
    """What Eq. (3) or (4) give at a point in time, linear between the ends of the years [1].

    Parameters
    ----------
    of : function of years
        Shares at the ends of years.
    time : float [a]
        As `time_of` counts it.
    """
    years = np.asarray([np.ceil(time) - 2, np.ceil(time) - 1], dtype=np.int64)
    return float(np.interp(time, years + 1.0, of(years)))


def share_on(initiative: Initiative, level: float, start: int, day: date) -> float:
    """Share of an initiative in service at the end of a day, Eq. (3) between the ends of the years [1]."""
    return at_time(lambda years: share_in_service(initiative, level, start, years), time_of(day))
