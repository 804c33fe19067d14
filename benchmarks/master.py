"""The master of a region: stated by the planner, and taken out again as plain arrays for others to state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from rmscenario.emissions.structure import FloatArray
from rmscenario.planning.bounding import Bounding
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import priced_objective
from rmscenario.planning.problem import Problem
from rmscenario.planning.progress import never
from rmscenario.planning.rows import Rows, stacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Rows of one equation: lower ≤ matrix · x ≤ upper."""

    name: str
    matrix: sparse.csr_array
    lower: FloatArray
    upper: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A mixed-integer model as arrays; columns below `integers` are binary."""

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    integers: int
    families: tuple[Family, ...]

    @property
    def whole(self) -> sparse.csr_array:
        """All rows of all families."""
        return sparse.csr_array(sparse.vstack([family.matrix for family in self.families], format="csr"))

    @property
    def row_bounds(self) -> tuple[FloatArray, FloatArray]:
        """Lower and upper bounds of all rows."""
        return (
            np.concatenate([family.lower for family in self.families]),
            np.concatenate([family.upper for family in self.families]),
        )

    @property
    def size(self) -> dict[str, int]:
        """Rows, columns and entries."""
        return {
            "rows": sum(family.matrix.shape[0] for family in self.families),
            "columns": len(self.cost),
            "entries": int(sum(family.matrix.nnz for family in self.families)),
        }


def state_master(problem: Problem, families: tuple[Rows, ...]) -> Bounding:
    """Hand a problem to HiGHS: columns, rows, the objective's products with their first cuts, and costs."""
    bounding = Bounding(
        frame=problem.frame,
        rows=stacked(families, problem.frame.columns),
        options=SearchOptions(),
        stop=never,
    )
    columns, values, _ = bounding.expression_of(priced_objective(problem))
    bounding.set_costs(columns, values)
    return bounding


def as_arrays(problem: Problem, bounding: Bounding) -> Matrix:
    """What the live model holds, row families apart."""
    model: Any = bounding.master.highs.getLp()
    entries = tuple(
        np.asarray(part) for part in (model.a_matrix_.value_, model.a_matrix_.index_, model.a_matrix_.start_)
    )
    by_column = model.a_matrix_.format_ == highspy.MatrixFormat.kColwise
    kind = sparse.csc_array if by_column else sparse.csr_array
    whole = sparse.csr_array(kind(entries, shape=(model.num_row_, model.num_col_)))
    lower, upper = np.asarray(model.row_lower_), np.asarray(model.row_upper_)
    families, first = [], 0
    ends = [(f"Eq. ({rows.equation})", len(rows.labels)) for rows in problem.rows if rows.labels]
    for name, count in [*ends, ("cuts and groups", model.num_row_ - sum(count for _, count in ends))]:
        part = slice(first, first + count)
        families.append(Family(name=name, matrix=whole[part], lower=lower[part], upper=upper[part]))
        first += count
    return Matrix(
        cost=np.asarray(model.col_cost_),
        lower=np.asarray(model.col_lower_),
        upper=np.asarray(model.col_upper_),
        integers=len(problem.frame.structure.table.states),
        families=tuple(families),
    )
