"""The same matrix built and handed to HiGHS in other ways, each as fast as its interface allows.

Every way starts from the arrays of `Matrix` and ends with a HiGHS instance that holds the model; none solves. Ours
has to compute the arrays as well, from the region's tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
import pyomo.environ as pyo
from pyomo.contrib.appsi.solvers import Highs as AppsiHighs
from pyomo.contrib.solver.solvers.highs import Highs as PyomoHighs
from pyomo.core.expr.numeric_expr import LinearExpression
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

from benchmarks.master import Family, Matrix


def pass_arrays(matrix: Matrix, whole: sparse.csr_array, lower: Any, upper: Any) -> Any:
    """Give a compressed matrix to a fresh HiGHS instance."""
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    integrality = np.zeros(len(matrix.cost), dtype=np.int32)
    integrality[: matrix.integers] = int(highspy.HighsVarType.kInteger)
    status = highs.passModel(
        len(matrix.cost),
        whole.shape[0],
        whole.nnz,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        matrix.cost,
        matrix.lower,
        matrix.upper,
        lower,
        upper,
        whole.indptr.astype(np.int32),
        whole.indices.astype(np.int32),
        whole.data,
        integrality,
    )
    assert status != highspy.HighsStatus.kError
    return highs


def direct(matrix: Matrix) -> Any:
    """NumPy triples, a compressed matrix, `passModel`."""
    rows, columns, values, first = [], [], [], 0
    for family in matrix.families:
        triples = family.matrix.tocoo()
        rows.append(triples.coords[0] + first)
        columns.append(triples.coords[1])
        values.append(triples.data)
        first += family.matrix.shape[0]
    whole = sparse.csr_array(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(first, len(matrix.cost))
    )
    lower = np.concatenate([family.lower for family in matrix.families])
    return pass_arrays(matrix, whole, lower, np.concatenate([family.upper for family in matrix.families]))


def pyomo_model(matrix: Matrix) -> pyo.ConcreteModel:
    """A matrix as a Pyomo model; `state` are its binary columns, `other` the rest."""
    model = pyo.ConcreteModel()
    count = len(matrix.cost)
    model.state = pyo.Var(range(matrix.integers), domain=pyo.Binary)
    upper = [None if np.isinf(bound) else bound for bound in matrix.upper.tolist()]
    bounds = list(zip(matrix.lower.tolist(), upper, strict=True))
    model.other = pyo.Var(range(matrix.integers, count), bounds=lambda _, column: bounds[column])
    for column, (low, high) in enumerate(bounds[: matrix.integers]):
        if low == high:
            model.state[column].fix(low)
    columns = [*model.state.values(), *model.other.values()]
    for number, family in enumerate(matrix.families):
        setattr(model, f"family{number}", _pyomo_rows(family, columns))
    costly = np.flatnonzero(matrix.cost)
    model.objective = pyo.Objective(
        expr=LinearExpression(
            constant=0, linear_coefs=matrix.cost[costly].tolist(), linear_vars=[columns[column] for column in costly]
        )
    )
    return model


def _pyomo_rows(family: Family, columns: list[Any]) -> pyo.Constraint:
    starts, indices, data = family.matrix.indptr.tolist(), family.matrix.indices.tolist(), family.matrix.data.tolist()
    lower = [None if np.isinf(bound) else bound for bound in family.lower.tolist()]
    upper = [None if np.isinf(bound) else bound for bound in family.upper.tolist()]

    def rule(_: Any, row: int) -> tuple[Any, ...]:
        part = slice(starts[row], starts[row + 1])
        body = LinearExpression(
            constant=0, linear_coefs=data[part], linear_vars=[columns[column] for column in indices[part]]
        )
        if lower[row] is not None and lower[row] == upper[row]:
            return (body, upper[row])
        return (lower[row], body, upper[row])

    return pyo.Constraint(range(family.matrix.shape[0]), rule=rule)


def pyomo_standard_form(matrix: Matrix) -> Any:
    """All rows in Pyomo, compiled once to a sparse matrix, `passModel`."""
    model = pyomo_model(matrix)
    model.state.unfix()
    found = LinearStandardFormCompiler().write(model, mixed_form=True, set_sense=None)
    lower, upper = np.full(len(found.rows), -np.inf), np.full(len(found.rows), np.inf)
    for number, (row, limit) in enumerate(zip(found.rows, found.rhs, strict=True)):
        if row.bound_type <= 0:
            lower[number] = limit
        if row.bound_type >= 0:
            upper[number] = limit
    order = [var.index() for var in found.columns]
    entries = found.A.tocoo()
    whole = sparse.csr_array(
        (entries.data, (entries.row, np.asarray(order)[entries.col])), shape=(len(found.rows), len(matrix.cost))
    )
    return pass_arrays(matrix, whole, lower, upper)


def pyomo_persistent(matrix: Matrix) -> Any:
    """All rows in Pyomo, `set_instance` of its HiGHS interface (`pyomo.contrib.solver`)."""
    solver = PyomoHighs()
    solver.set_instance(pyomo_model(matrix))
    return solver._solver_model


def pyomo_appsi(matrix: Matrix) -> Any:
    """All rows in Pyomo, `set_instance` of its older HiGHS interface (`pyomo.contrib.appsi`)."""
    solver = AppsiHighs()
    solver.set_instance(pyomo_model(matrix))
    return solver._solver_model


def linopy_arrays(matrix: Matrix) -> Any:
    """One linopy expression per family, its terms padded to the longest row, then `to_highspy`."""
    import linopy  # noqa: PLC0415 - of the extra `bench` alone
    import xarray as xr  # noqa: PLC0415
    from linopy.io import to_highspy  # noqa: PLC0415

    model = linopy.Model()
    count = len(matrix.cost)
    state = model.add_variables(binary=True, coords=[np.arange(matrix.integers)], name="state")
    other = model.add_variables(
        lower=matrix.lower[matrix.integers :],
        upper=matrix.upper[matrix.integers :],
        coords=[np.arange(matrix.integers, count)],
        name="other",
    )
    labels = np.concatenate([state.labels.values, other.labels.values])
    for number, family in enumerate(matrix.families):
        lengths = np.diff(family.matrix.indptr)
        rows, widest = family.matrix.shape[0], int(lengths.max(initial=0))
        inside = np.arange(widest) < lengths[:, None]
        variables = np.full((rows, widest), -1, dtype=np.int64)
        coefficients = np.full((rows, widest), np.nan)
        variables[inside] = labels[family.matrix.indices]
        coefficients[inside] = family.matrix.data
        terms = xr.Dataset(
            {"coeffs": (("row", "_term"), coefficients), "vars": (("row", "_term"), variables)},
            coords={"row": np.arange(rows)},
        )
        expression = linopy.LinearExpression(terms, model)
        equal, below = family.lower == family.upper, np.isinf(family.lower)
        for kind, wanted, sign, limit in (
            ("equal", equal, "=", family.upper),
            ("below", below & ~equal, "<=", family.upper),
            ("above", ~below & ~equal, ">=", family.lower),
        ):
            if wanted.any():
                chosen = np.flatnonzero(wanted)
                side = xr.DataArray(limit[chosen], dims="row", coords={"row": chosen})
                model.add_constraints(expression.isel(row=chosen), sign, side, name=f"family{number}{kind}")
    parts = ((state, matrix.cost[: matrix.integers]), (other, matrix.cost[matrix.integers :]))
    costs = [(part * xr.DataArray(cost, coords=part.labels.coords)).sum() for part, cost in parts]
    model.add_objective(costs[0] + costs[1])
    return to_highspy(model, set_names=False)


Way = Callable[[Matrix], Any]

#: Each way by the name it has in the results.
WAYS: dict[str, Way] = {
    "arrays and passModel": direct,
    "linopy, to_highspy": linopy_arrays,
    "Pyomo, standard form and passModel": pyomo_standard_form,
    "Pyomo, contrib.solver set_instance": pyomo_persistent,
    "Pyomo, appsi set_instance": pyomo_appsi,
}
