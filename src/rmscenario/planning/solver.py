"""HiGHS, live: one model per search, changed in place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import SolverError
from rmscenario.planning.progress import Stop


class Stopped(StrEnum):
    """Why the solver stopped."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    WORK_LIMIT = "work_limit"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


_STATUS: Any = highspy.HighsModelStatus
#: Every status HiGHS can return; a test checks that none is missing.
STATUS_MAP: dict[Any, Stopped] = {
    _STATUS.kNotset: Stopped.FAILED,
    _STATUS.kLoadError: Stopped.FAILED,
    _STATUS.kModelError: Stopped.FAILED,
    _STATUS.kPresolveError: Stopped.FAILED,
    _STATUS.kSolveError: Stopped.FAILED,
    _STATUS.kPostsolveError: Stopped.FAILED,
    _STATUS.kModelEmpty: Stopped.OPTIMAL,
    _STATUS.kOptimal: Stopped.OPTIMAL,
    _STATUS.kInfeasible: Stopped.INFEASIBLE,
    _STATUS.kUnboundedOrInfeasible: Stopped.INFEASIBLE,
    _STATUS.kUnbounded: Stopped.FAILED,
    _STATUS.kObjectiveBound: Stopped.WORK_LIMIT,
    _STATUS.kObjectiveTarget: Stopped.WORK_LIMIT,
    _STATUS.kTimeLimit: Stopped.WORK_LIMIT,
    _STATUS.kIterationLimit: Stopped.WORK_LIMIT,
    _STATUS.kUnknown: Stopped.FAILED,
    _STATUS.kSolutionLimit: Stopped.WORK_LIMIT,
    _STATUS.kInterrupt: Stopped.INTERRUPTED,
    _STATUS.kMemoryLimit: Stopped.WORK_LIMIT,
    _STATUS.kHighsInterrupt: Stopped.INTERRUPTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """An answer of the solver: why it stopped, and what it holds (values None: nothing)."""

    stopped: Stopped
    objective: float
    bound: float
    nodes: int
    values: FloatArray | None
    slack: FloatArray | None
    duals: FloatArray | None
    reduced: FloatArray | None


class Master:
    """A live HiGHS model: columns and rows are appended, costs and integrality change in place."""

    def __init__(self, *, threads: int, seed: int, stop: Stop) -> None:
        highspy.Highs.resetGlobalScheduler(True)  # a process keeps the threads of its first model otherwise
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.stop = stop
        self.columns = 0
        self.rows = 0
        self.integer: IntArray = np.zeros(0, dtype=np.int64)
        settings: dict[str, bool | int | float | str] = {
            "output_flag": False,
            "log_to_console": False,
            "threads": threads,
            "random_seed": seed,
            "mip_rel_gap": 0.0,
            "parallel": "off",
        }
        for name, value in settings.items():
            self.option(name, value)
        for event in (self.highs.cbMipInterrupt, self.highs.cbSimplexInterrupt):
            event.subscribe(self._asked)

    def _asked(self, event: Any) -> None:
        if self.stop():
            event.data_in.user_interrupt = True

    def option(self, name: str, value: bool | int | float | str) -> None:
        """Set a solver option; HiGHS reports a wrong one by status alone."""
        if self.highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise SolverError(f"HiGHS: option {name} refused the value {value!r}")

    def add_columns(self, lower: FloatArray, upper: FloatArray, *, integer: bool = False) -> int:
        """Append columns with zero cost; returns the first one's number."""
        first, count = self.columns, len(lower)
        if count:
            none = np.zeros(0)
            self._done(
                self.highs.addCols(
                    count,
                    np.zeros(count),
                    lower,
                    upper,
                    0,
                    np.zeros(count, dtype=np.int32),
                    none.astype(np.int32),
                    none,
                ),
                "add columns",
            )
        if integer:
            self.integer = np.concatenate([self.integer, np.arange(first, first + count)])
        self.columns += count
        return first

    def add_rows(self, matrix: sparse.csr_array, lower: FloatArray, upper: FloatArray) -> int:
        """Append rows; returns the first one's number."""
        first, count = self.rows, matrix.shape[0]
        if count:
            self._done(
                self.highs.addRows(
                    count,
                    lower,
                    upper,
                    matrix.nnz,
                    matrix.indptr[:-1].astype(np.int32),
                    matrix.indices.astype(np.int32),
                    matrix.data,
                ),
                "add rows",
            )
        self.rows += count
        return first

    def add_row(self, columns: IntArray, values: FloatArray, lower: float, upper: float) -> int:
        """Append one row over any columns; returns its number."""
        matrix = sparse.csr_array((values, (np.zeros(len(columns), dtype=np.int64), columns)), (1, self.columns))
        matrix.sum_duplicates()
        return self.add_rows(matrix, np.asarray([lower]), np.asarray([upper]))

    def loosen(self, rows: IntArray) -> int:
        """Append a column of its own to each row, fixed at 0; returns the first one's number."""
        first = self.add_columns(np.zeros(len(rows)), np.zeros(len(rows)))
        for number, row in enumerate(rows.tolist()):
            self._done(self.highs.changeCoeff(row, first + number, 1.0), "loosen rows")
        return first

    def bound_columns(self, first: int, lower: FloatArray, upper: FloatArray) -> None:
        """Bound columns that follow each other."""
        columns = np.arange(first, first + len(lower), dtype=np.int32)
        self._done(self.highs.changeColsBounds(len(columns), columns, lower, upper), "bound columns")

    def delete_rows(self, rows: IntArray) -> None:
        """Delete rows; those behind move up."""
        if len(rows):
            self._done(self.highs.deleteRows(len(rows), rows.astype(np.int32)), "delete rows")
            self.rows -= len(rows)

    def rows_of(self, columns: IntArray) -> IntArray:
        """Rows in which any of some columns, in order, has a coefficient, in order."""
        if not len(columns):
            return columns
        status, _, rows, values = self.highs.getColsEntries(len(columns), columns.astype(np.int32))
        self._done(status, "read columns")
        # Of columns without coefficients HiGHS names the first row, with a coefficient of 0.
        return np.unique(np.asarray(rows, dtype=np.int64)[np.asarray(values) != 0.0])

    def entries_of(self, rows: IntArray) -> tuple[sparse.csr_array, FloatArray]:
        """Coefficients of some rows, in order, as a matrix (row, column), and their lower sides."""
        if not len(rows):
            return sparse.csr_array((0, self.columns)), np.zeros(0)
        numbers = rows.astype(np.int32)
        status, first, columns, values = self.highs.getRowsEntries(len(rows), numbers)
        self._done(status, "read rows")
        status, _, lower, _, _ = self.highs.getRows(len(rows), numbers)
        self._done(status, "read sides of rows")
        start = np.append(np.asarray(first, dtype=np.int64), len(values))
        return sparse.csr_array((values, columns, start), shape=(len(rows), self.columns)), np.asarray(lower)

    def set_costs(self, costs: FloatArray) -> None:
        """Set the cost of every column."""
        columns = np.arange(self.columns, dtype=np.int32)
        self._done(self.highs.changeColsCost(self.columns, columns, costs), "set costs")

    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """Lower and upper bounds of the integer columns: two arrays (integer column)."""
        model = self.highs.getLp()
        return np.asarray(model.col_lower_)[self.integer], np.asarray(model.col_upper_)[self.integer]

    def set_bounds(self, lower: FloatArray, upper: FloatArray) -> None:
        """Bound the integer columns: arrays (integer column)."""
        columns = self.integer.astype(np.int32)
        self._done(self.highs.changeColsBounds(len(columns), columns, lower, upper), "bound columns")

    def relax(self) -> Solved:
        """Solve the linear relaxation, from the last basis."""
        self._integrality(highspy.HighsVarType.kContinuous)
        return self._run()

    def solve(self, *, absolute_gap: float, max_nodes: int, start: FloatArray | None) -> Solved:
        """Solve with integrality, from a start if one is given.

        Parameters
        ----------
        start : array (integer column) of 0 and 1
        """
        self._integrality(highspy.HighsVarType.kInteger)
        self.option("mip_abs_gap", absolute_gap)
        self.option("mip_max_nodes", max_nodes)
        if start is not None:
            self.highs.setSolution(len(self.integer), self.integer.astype(np.int32), start)
        return self._run()

    def _integrality(self, kind: highspy.HighsVarType) -> None:
        if len(self.integer):
            kinds = np.full(len(self.integer), int(kind), dtype=np.uint8)
            self._done(
                self.highs.changeColsIntegrality(len(self.integer), self.integer.astype(np.int32), kinds), "integrality"
            )

    def _run(self) -> Solved:
        status = self.highs.run()
        if self.highs.getModelStatus() == _STATUS.kUnknown:
            # From the last basis it ended outside its tolerances, as with bounds that contradict each other: from none.
            self.highs.clearSolver()
            status = self.highs.run()
        stopped = STATUS_MAP[self.highs.getModelStatus()]
        if status == highspy.HighsStatus.kError and stopped is not Stopped.INTERRUPTED:
            stopped = Stopped.FAILED
        if stopped is Stopped.FAILED:
            raise SolverError(f"HiGHS stopped with {self.highs.modelStatusToString(self.highs.getModelStatus())}")
        info = self.highs.getInfo()
        held = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        solution = self.highs.getSolution() if held else None
        return Solved(
            stopped=stopped,
            objective=info.objective_function_value,
            bound=info.mip_dual_bound if len(self.integer) else info.objective_function_value,
            nodes=max(0, info.mip_node_count),
            values=np.asarray(solution.col_value) if solution is not None else None,
            slack=self._slack(solution) if solution is not None else None,
            duals=np.asarray(solution.row_dual) if solution is not None and solution.dual_valid else None,
            reduced=np.asarray(solution.col_dual) if solution is not None and solution.dual_valid else None,
        )

    def _slack(self, solution: Any) -> FloatArray:
        """Distance of each row from its lower side."""
        lower = np.asarray(self.highs.getLp().row_lower_)
        slack: FloatArray = np.asarray(solution.row_value) - lower
        return slack

    @staticmethod
    def _done(status: highspy.HighsStatus, what: str) -> None:
        if status == highspy.HighsStatus.kError:
            raise SolverError(f"HiGHS could not {what}")


def cheapest_duals(cost: FloatArray, matrix: sparse.csr_array, right: FloatArray) -> FloatArray:
    """Prices of the rows of the linear program min cost · y, matrix · y = right, y ≥ 0, which has a solution.

    Returns
    -------
    array (row)
    """
    master = Master(threads=1, seed=0, stop=lambda: False)
    master.add_columns(np.zeros(len(cost)), np.full(len(cost), np.inf))
    master.add_rows(matrix, right, right)
    master.set_costs(cost)
    solved = master.relax()
    if solved.stopped is not Stopped.OPTIMAL or solved.duals is None:
        raise SolverError(f"HiGHS found no prices of a linear program ({solved.stopped})")
    return solved.duals
