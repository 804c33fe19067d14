"""The process in which `beside` states, hands over and solves the extensive form: case, way and CPU seconds as arguments.

Prints one line of JSON after each step, so that a process that runs out of memory has said how far it came.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from math import isfinite
from time import process_time
from typing import Any

import highspy
import numpy as np

from benchmarks.beside import CASES, Beside
from benchmarks.draws import peak_bytes
from benchmarks.extensive import ExtensiveForm, extensive_form
from benchmarks.peers import direct, pyomo_standard_form

#: [B] Data that the process may hold.
MEMORY = 6 * 2**30
#: [1] Seconds of the clock for each CPU second, at which a solver that does not ask is stopped.
PATIENCE = 4.0
#: [million DKK] Absolute gap asked of the solver, beside a relative one of 0.
ABSOLUTE_GAP = 1e-9


def solve_form(form: ExtensiveForm, highs: Any, seconds: float) -> dict[str, Any]:
    """Solve on one thread, without a gap, for so many CPU seconds at most."""
    highspy.Highs.resetGlobalScheduler(True)  # a process keeps the threads of its first model otherwise
    for name, value in {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "mip_rel_gap": 0.0,
        "mip_abs_gap": ABSOLUTE_GAP,
        "time_limit": PATIENCE * seconds,
    }.items():
        assert highs.setOptionValue(name, value) == highspy.HighsStatus.kOk, name
    before = process_time()

    def asked(event: Any) -> None:
        if process_time() - before > seconds:
            event.data_in.user_interrupt = True

    for event in (highs.cbMipInterrupt, highs.cbSimplexInterrupt):
        event.subscribe(asked)
    highs.run()
    info = highs.getInfo()
    held = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = form.constant + info.mip_dual_bound
    return {
        "solve": process_time() - before,
        "status": highs.modelStatusToString(highs.getModelStatus()),
        "optimal": highs.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        "stated_incumbent": form.constant + info.objective_function_value if held else None,
        "bound": bound if isfinite(bound) else None,
        "nodes": info.mip_node_count,
        "choice": form.choice(np.asarray(highs.getSolution().col_value)).tolist() if held else None,
        "peak_bytes": peak_bytes(),
    }


def main(case: str, way: str, seconds: float) -> None:
    """State, hand over, solve."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    arranged = Beside(CASES[case]).arranged
    (line,) = arranged.lines

    def say(found: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()

    before = process_time()
    form = extensive_form(arranged.problem, line, arranged.draws)
    say({"state": process_time() - before, "matrix": form.matrix.size, "peak_bytes": peak_bytes()})
    before = process_time()
    try:
        highs = {"Pyomo": pyomo_standard_form, "arrays": direct}[way](form.matrix)
    finally:
        say({"hand_over": process_time() - before, "peak_bytes": peak_bytes()})
    gc.collect()  # a Pyomo model holds on to itself
    say({"handed_over": True})
    say(solve_form(form, highs, seconds))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
