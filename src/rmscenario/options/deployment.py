"""How far a started initiative is in service, and what of its effect is there, year by year."""

from __future__ import annotations

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
