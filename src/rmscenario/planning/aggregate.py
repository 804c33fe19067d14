"""One cut for many: what a relaxation's own prices make of the cuts of several functionals that become one.

The dual values of a functional's cuts say how a solution of the relaxation weighs them. The cut of so weighed ones holds for
the average of the functionals, and bounds it as high at that solution: nothing is lost where groups are merged. So are
bundles aggregated in nonsmooth optimisation.

References
----------
K. C. Kiwiel (1985), Methods of descent for nondifferentiable optimization, Lecture Notes in Mathematics 1133, Springer,
doi 10.1007/BFb0074500.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.solver import Master


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A functional that becomes a share of another, as large as its group's price among all prices.

    Attributes
    ----------
    price : float
        Dual value of its group.
    first : int
        Number of its first θ column.
    least : array (pool)
        Least values of its θ columns.
    cuts : array (cut)
        Numbers of the rows that bound these, one column each, in order.
    """

    price: float
    first: int
    least: FloatArray
    cuts: IntArray


def aggregated(
    master: Master, parts: Sequence[Part], duals: FloatArray, columns: int
) -> tuple[sparse.csr_array, FloatArray]:
    """Cuts of the average of some functionals, one for each pool, over the choice columns; and their constants.

    Parameters
    ----------
    duals : array (row)
        Of any relaxation of the master: what is weighed by them holds, however good they are.
    columns : int
        Number of choice columns.
    """
    pools, total = len(parts[0].least), sum(part.price for part in parts)
    values, constant = sparse.csr_array((pools, columns)), np.zeros(pools)
    for part in parts:
        used = part.cuts[duals[part.cuts] > 0.0]
        rows, at_least = master.entries_of(used)
        pool = rows[:, part.first : part.first + pools].indices
        weighed = np.bincount(pool, duals[used], minlength=pools)
        share = part.price / total
        weight = share * duals[used] / np.maximum(weighed, part.price)[pool]
        left = share - np.bincount(pool, weight, minlength=pools)
        taken = sparse.csr_array((weight, (pool, np.arange(len(used)))), shape=(pools, len(used)))
        values = values - taken @ rows[:, :columns]
        constant += taken @ at_least + np.maximum(0.0, left) * part.least
    return sparse.csr_array(values), constant
