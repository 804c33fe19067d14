"""Values far off what all others lead to expect: their errors are widened, so that none of them pulls without bound.

A normal error lets a slip pull as far as it is wrong. Here a value that is farther off than `FAR` standard deviations of its
leave-one-out predictive distribution is given the error with which it is just so far. What it then moves an estimate by grows
with its distance up to there and falls beyond as one over the distance, as with the redescending estimators of robust
statistics; values within count with the errors that they came with.

References
----------
P. J. Huber, E. M. Ronchetti (2009), Robust Statistics, 2nd edition, section 4.8, doi 10.1002/9780470434697.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rmscenario.learning.pooling import FloatArray, Pooled

#: [1] Standard deviations of what the others lead to expect beyond which a value is far off: one normal value in 370 is.
FAR = 3.0
#: [1] Relative change of an error that is none.
_SAME = 1e-3
#: Most changes of errors, for each value.
_CHANGES = 4


def pooled_with_outliers(pool: Callable[[FloatArray], Pooled], error: FloatArray) -> tuple[Pooled, FloatArray]:
    """Pool values of which some may be slips; returns also the errors that they count with.

    The error that is most wrong is changed first, and then all are judged anew: beside a slip, values that are right look
    far off as well.

    Parameters
    ----------
    pool : function of errors
        Pools the same values.
    error : array (observation)
        Standard deviations of the values' errors as they came.
    """
    counted = error.copy()
    found = pool(counted)
    for _ in range(_CHANGES * len(error)):
        expected = found.off_deviation**2 - counted**2  # variance of what the others lead to expect
        wanted = np.sqrt(np.maximum(error**2, (found.off / FAR) ** 2 - expected))
        change = np.abs(np.log(wanted / counted))
        most = int(change.argmax())
        if change[most] <= _SAME:
            break
        counted[most] = wanted[most]
        found = pool(counted)
    return found, counted
