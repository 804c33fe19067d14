"""What it is worth to see a signal before one of several plans is chosen, by regression.

With the values of plans in worlds and what a signal shows there, the expected value of a plan given the signal is a
regression. Plans are chosen by it in worlds that the regression has not seen, and judged by what they come to there, so that
picking the least of several noisy means does not pass for information; and another plan than without the signal is chosen only
where the regression can tell the two apart, so that noise does not pass for a change of mind.

References
----------
M. Strong, J. E. Oakley, A. Brennan (2014), Estimating multiparameter partial expected value of perfect information from a
probabilistic sensitivity analysis sample: a nonparametric regression approach, doi 10.1177/0272989X13505910.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import rankdata

from rmscenario.learning.pooling import FloatArray

IntArray = npt.NDArray[np.int64]

#: Parts of the worlds that take turns in being chosen for by the others.
FOLDS = 8
#: Degree of the polynomial in a signal's normal score.
DEGREE = 3
#: [1] Standard errors of the regression by which another plan must be better to be chosen.
SURE = 2.0
#: [1] Ridge of the regression, relative to the number of worlds: makes columns that are never there harmless.
_RIDGE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """What a signal is worth.

    Attributes
    ----------
    worth, error : float
        What is gained on average by choosing with it, in the unit of the values, and the standard error of that given the
        rules of choice that were found; it may come out below 0, by chance, where the signal is worth nothing.
    flips : float
        Share of the worlds in which another plan is chosen than without it [1].
    chosen : array (world)
        Number of the plan that is chosen with it.
    """

    worth: float
    error: float
    flips: float
    chosen: IntArray


def of_amount(signal: FloatArray) -> FloatArray:
    """Regressors of a signal that is an amount, NaN where nothing is seen: array (world, column).

    A cubic in the normal score of its rank, and whether it is seen at all.
    """
    seen = ~np.isnan(signal)
    score = np.zeros(len(signal))
    if seen.any():
        score[seen] = ndtri((rankdata(signal[seen]) - 0.5) / seen.sum())
    powers = np.stack([np.where(seen, score**power, 0.0) for power in range(1, DEGREE + 1)], axis=1)
    return np.column_stack([np.ones(len(signal)), seen.astype(float), powers])


def of_kind(signal: IntArray) -> FloatArray:
    """Regressors of a signal that is one of several kinds: array (world, column)."""
    return np.column_stack([np.ones(len(signal)), *(signal == kind for kind in np.unique(signal)[1:])]).astype(float)


def information(values: FloatArray, regressors: FloatArray) -> Information:
    """What a signal is worth, Eq. (40).

    Parameters
    ----------
    values : array (world, plan)
        Of a minimum.
    regressors : array (world, column)
        From `of_amount` or `of_kind`, or those of several signals side by side.
    """
    worlds = np.arange(len(values))
    chosen, without = np.empty((2, len(values)), dtype=np.int64)
    for fold in range(min(FOLDS, len(values))):
        held = worlds % FOLDS == fold
        known, given = values[~held], regressors[~held]
        base = int(known.mean(axis=0).argmin())
        less = known[:, [base]] - known  # what each plan saves beside the one without the signal
        inverse = np.linalg.inv(given.T @ given + _RIDGE * len(given) * np.eye(given.shape[1]))
        slope = inverse @ (given.T @ less)
        variance = ((less - given @ slope) ** 2).sum(axis=0) / max(1, len(given) - given.shape[1])
        leverage = np.einsum("ij,jk,ik->i", regressors[held], inverse, regressors[held])
        saved = regressors[held] @ slope
        sure = saved > SURE * np.sqrt(np.maximum(0.0, leverage[:, None] * variance))
        sure[:, base] = True  # it saves nothing
        chosen[held] = np.where(sure, saved, -np.inf).argmax(axis=1)
        without[held] = base
    gain = values[worlds, without] - values[worlds, chosen]
    return Information(
        worth=float(gain.mean()),
        error=float(gain.std() / np.sqrt(max(1, len(gain) - 1))),
        flips=float((chosen != without).mean()),
        chosen=chosen,
    )
