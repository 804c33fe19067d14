"""The process in which `beside` states, hands over and solves the extensive form: case, way and CPU seconds as arguments.

A choice to begin with stands on stdin. Prints one line of JSON after each step, so that a process that runs out of memory has
said how far it came.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from dataclasses import replace
from math import isfinite
from time import process_time
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from benchmarks.beside import CASES, Beside
from benchmarks.draws import peak_bytes
from benchmarks.extensive import ExtensiveForm, extensive_form
from benchmarks.master import Matrix
from benchmarks.peers import direct, pyomo_standard_form
from rmscenario.emissions.structure import FloatArray, IntArray

#: [B] Data that the process may hold: what a machine of 16 GiB has left beside its system and a desktop. It is there so that a
#: form too large for that says how far it came, instead of the system ending whatever is largest.
MEMORY = 14 * 2**30
#: [1] Seconds of the clock for each CPU second, at which a solver that does not ask is stopped.
PATIENCE = 4.0
#: [million DKK] Absolute gap asked of the solver, beside a relative one of 0.
ABSOLUTE_GAP = 1e-9
#: [1] Relative gap asked of the relaxation, which any multipliers bound: what is left of it is in the bound.
RELAXED_GAP = 1e-3
#: [1] Least part of a state in the relaxation with which the solver may still choose it.
LEAST_PART = 0.01
#: [1] Part of the seconds within which the relaxation is to be solved.
RELAXED_PART = 0.85
#: Rule of HiGHS' presolve that is left out of the search among some states: probing, which took all of its time.
PROBING = 2**15
#: Solvers of the relaxation in HiGHS: by factorisation, of the package `highspy-extras`; and the one that is always there.
INTERIOR = ("hipo", "ipx")


class Within:
    """HiGHS on one thread, until so many CPU seconds of the process have passed."""

    def __init__(self, highs: Any, seconds: float) -> None:
        self.highs, self.seconds, self.begun = highs, seconds, process_time()
        self.spared = 0.0
        highspy.Highs.resetGlobalScheduler(True)  # a process keeps the threads of its first model otherwise
        self.set(output_flag=False, threads=1, parallel="off", mip_rel_gap=0.0, mip_abs_gap=ABSOLUTE_GAP)
        for event in (highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt):
            event.subscribe(self._asked)

    def _asked(self, event: Any) -> None:
        event.data_in.user_interrupt = self.left <= self.spared  # HiGHS keeps what an earlier run was told

    @property
    def left(self) -> float:
        """CPU seconds that are left."""
        return self.seconds - (process_time() - self.begun)

    def set(self, **options: Any) -> None:
        """Set options."""
        for name, value in options.items():
            assert self.highs.setOptionValue(name, value) == highspy.HighsStatus.kOk, name

    def run(self, part: float = 1.0) -> dict[str, Any]:
        """Solve within a part of all seconds, and say how it ended."""
        self.spared = (1.0 - part) * self.seconds
        clock = self.highs.getRunTime()  # it is never reset
        self.set(time_limit=clock + PATIENCE * max(0.0, self.left - self.spared))
        before = process_time()
        self.highs.run()
        return {
            "seconds": process_time() - before,
            "status": self.highs.modelStatusToString(self.highs.getModelStatus()),
            "nodes": self.highs.getInfo().mip_node_count,
        }


def solve_whole(form: ExtensiveForm, within: Within) -> dict[str, Any]:
    """What HiGHS makes of the form as it stands, without a gap."""
    solved = within.run()
    highs, info = within.highs, within.highs.getInfo()
    held = _held(highs)
    bound = form.constant + info.mip_dual_bound
    return {
        "searched": solved,
        "optimal": highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        "stated_incumbent": form.constant + info.objective_function_value if held else None,
        "bound": bound if isfinite(bound) else None,
        "choice": form.choice(np.asarray(highs.getSolution().col_value)).tolist() if held else None,
    }


def relax(form: ExtensiveForm, within: Within) -> tuple[dict[str, Any], FloatArray]:
    """The relaxation by an interior point without a basis; its bound is what the multipliers prove, converged or not."""
    highs, columns = within.highs, np.arange(len(form.matrix.cost), dtype=np.int32)
    highs.changeColsIntegrality(len(columns), columns, np.zeros(len(columns), dtype=np.uint8))
    solver = next(name for name in INTERIOR if highs.setOptionValue("solver", name) == highspy.HighsStatus.kOk)
    within.set(run_crossover="off", ipm_optimality_tolerance=RELAXED_GAP)
    solved = within.run(RELAXED_PART)
    solution = highs.getSolution()
    found = solved | {"solver": solver, "iterations": highs.getInfo().ipm_iteration_count}
    multipliers = np.asarray(solution.row_dual)
    bound = max(
        form.bound(multipliers), form.bound(np.zeros_like(multipliers))
    )  # stopped early, they may prove less than none
    return {"relaxed": found, "bound": bound}, np.asarray(solution.col_value)


def nearest(form: ExtensiveForm, values: FloatArray) -> IntArray:
    """The choice that keeps the planner's rows and differs least from the relaxation's states."""
    columns, states = form.problem.frame.columns, form.matrix.integers
    *of_choice, _ = form.matrix.families
    highs = direct(
        Matrix(
            cost=np.where(np.arange(columns) < states, 1.0 - 2.0 * values[:columns], 0.0),
            lower=form.matrix.lower[:columns],
            upper=form.matrix.upper[:columns],
            integers=states,
            families=tuple(replace(each, matrix=sparse.csr_array(each.matrix[:, :columns])) for each in of_choice),
        )
    )
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return form.choice(np.asarray(highs.getSolution().col_value))


def improve(form: ExtensiveForm, within: Within, begin: IntArray, values: FloatArray) -> dict[str, Any]:
    """What HiGHS makes of a choice among the states that it holds or that the relaxation takes a part of."""
    highs, states = within.highs, form.matrix.integers
    may = values[:states] >= LEAST_PART
    may[begin[begin >= 0]] = True
    columns = np.arange(states, dtype=np.int32)
    highs.changeColsIntegrality(states, columns, np.ones(states, dtype=np.uint8))
    highs.changeColsBounds(states, columns, form.matrix.lower[:states], np.where(may, form.matrix.upper[:states], 0.0))
    within.set(solver="choose", run_crossover="on", presolve_rule_off=PROBING)
    start = np.zeros(states)
    start[begin[begin >= 0]] = 1.0
    highs.setSolution(states, columns, start)
    solved = within.run() | {"states": int(may.sum())}
    choice = form.choice(np.asarray(highs.getSolution().col_value)).tolist() if _held(highs) else None
    return {"searched": solved, "choice": choice}


def _held(highs: Any) -> bool:
    return bool(highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)


def main(case: str, way: str, seconds: float, begin: IntArray) -> None:
    """State, hand over, solve."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    beside = Beside(CASES[case])
    problem, (line,), draws = beside.arranged.problem, beside.arranged.lines, beside.arranged.draws

    def say(found: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(found | {"peak_bytes": peak_bytes()}) + "\n")
        sys.stdout.flush()

    before = process_time()
    form = extensive_form(problem, line, draws, beside.kept(begin))
    say({"state": process_time() - before, "matrix": form.matrix.size})
    before = process_time()
    try:
        highs = {"Pyomo": pyomo_standard_form, "arrays": direct}[way](form.matrix)
    finally:
        say({"hand_over": process_time() - before})
    gc.collect()  # a Pyomo model holds on to itself
    say({"handed_over": True})
    within = Within(highs, seconds)
    if beside.case.stated is None:
        say(solve_whole(form, within))
    else:
        found, values = relax(form, within)
        say(found)
        rounded = nearest(form, values)
        say({"rounded": rounded.tolist()})
        say(improve(form, within, min(begin, rounded, key=beside.value), values))
    say({"solve": seconds - within.left})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), np.asarray(json.load(sys.stdin), dtype=np.int64))
