"""A sample of a large region: some of its units, and their part of what all units share.

Rows that span most of a region tie every unit to every other, and make its relaxation slow. What such a row is worth is
much the same in a sample: with that price in its place, the units of the whole are all but independent of each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.emissions import CutFrame, build_frame
from rmscenario.emissions.part import structure_part
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError
from rmscenario.planning.objective import Objective
from rmscenario.planning.problem import Problem
from rmscenario.planning.progress import silent
from rmscenario.planning.rows import Rows, stacked, wide_rows
from rmscenario.planning.search import Search

#: States of a sample, about.
SAMPLE = 8_000


def sampled_prices(
    problem: Problem, search: Search, objective: Callable[[Problem], Objective], tolerance: float
) -> FloatArray | None:
    """About what each row that spans a large region is worth, from a sample's relaxation; None where there is none.

    Parameters
    ----------
    objective : function of a problem
    tolerance : float [the objective's measure]
        Of the whole region's objective.

    Returns
    -------
    array (row that spans the region) [the objective's measure per unit of the row]
    """
    if not len(search.bounding.wide):
        return None
    sample, wide = sampled(problem)
    if not sample.frame.columns:
        return search.bounding.multipliers(None, wide)
    small = Search(
        frame=sample.frame,
        rows=stacked(sample.rows, sample.frame.columns),
        options=search.options,
        progress=silent,
        stop=search.stop,
    )
    part = len(sample.frame.structure.table.states) / len(problem.frame.structure.table.states)
    try:
        prices = small.priced(objective(sample), tolerance=tolerance * part)
    except NoPlanError:  # the whole may still have a plan: what is scarce in it is then unknown
        prices = None
    return search.bounding.multipliers(prices, wide)


def sampled(problem: Problem) -> tuple[Problem, IntArray]:
    """Some units of a problem, evenly taken from its table, without group-wide initiatives.

    Rows that span the region are kept with the sampled states' part of their limits, rows of other units dropped.

    Returns
    -------
    The sample, and the numbers among its rows of those that span the region.
    """
    table = problem.frame.structure.table
    units = list(dict.fromkeys(option.unit for option in table.options))
    taken = set(units[:: max(1, len(table.states) // SAMPLE)])
    options = np.asarray(
        [number for number, option in enumerate(table.options) if option.unit in taken and not option.group_wide],
        dtype=np.int64,
    )
    part, states = table.part(options)
    frame = build_frame(structure_part(problem.frame.structure, part, options))
    columns = np.concatenate([states, _pairs(problem.frame, frame, states)])
    parts = [_rows(rows, columns, len(table.states)) for rows in problem.rows]
    sample = replace(problem, frame=frame, money=problem.money.part(states), rows=tuple(rows for rows, _ in parts))
    return sample, np.flatnonzero(np.concatenate([wide for _, wide in parts]))


def _pairs(whole: CutFrame, part: CutFrame, states: IntArray) -> IntArray:
    """Columns in the whole of the pairs of a part: array (pair of the part)."""
    first = len(whole.structure.table.states)
    known = {
        both: first + number
        for number, both in enumerate(zip(whole.pair_state.tolist(), whole.pair_enabler.tolist(), strict=True))
    }
    pairs = zip(states[part.pair_state].tolist(), states[part.pair_enabler].tolist(), strict=True)
    return np.asarray([known[both] for both in pairs], dtype=np.int64)


def _rows(rows: Rows, columns: IntArray, states: int) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """A family's rows that are about sampled columns alone, and those that span the region (true), by their sampled part."""
    matrix = rows.matrix[:, columns]
    entries = np.diff(matrix.indptr)
    wide = np.isin(np.arange(len(entries)), wide_rows(rows, states))
    kept = np.flatnonzero(wide | ((entries > 0) & (entries == np.diff(rows.matrix.indptr))))
    part = np.ones(len(entries))
    part[wide] = abs(matrix[wide]).sum(axis=1) / abs(rows.matrix[wide]).sum(axis=1)
    part = part[kept]
    return Rows(
        equation=rows.equation,
        labels=tuple(rows.labels[row] for row in kept.tolist()),
        matrix=sparse.csr_array(matrix[kept]),
        lower=_times(rows.lower[kept], part),
        upper=_times(rows.upper[kept], part),
    ), wide[kept]


def _times(sides: FloatArray, part: FloatArray) -> FloatArray:
    """Part of the sides of rows; infinite ones stay."""
    finite = np.isfinite(sides)
    return np.where(finite, np.where(finite, sides, 0.0) * part, sides)
