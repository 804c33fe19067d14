"""The process in which `beside` has mpi-sppy make an extensive form of one scenario for each draw, and HiGHS solve it.

Case and seconds are the arguments.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from time import process_time
from typing import Any

import numpy as np
import pyomo.environ as pyo

from benchmarks.beside import CASES, Beside
from benchmarks.draws import peak_bytes
from benchmarks.extensive import scenario
from benchmarks.peers import pyomo_model
from rmscenario.options.options import NONE


def main(case: str, seconds: float) -> None:
    """State the scenarios, let `ExtensiveForm` join and solve them, and print what came out."""
    from mpisppy.opt.ef import ExtensiveForm  # noqa: PLC0415 - of the extra `bench` alone
    from mpisppy.utils.sputils import attach_root_node  # noqa: PLC0415

    beside = Beside(CASES[case])
    arranged = beside.arranged
    (line,) = arranged.lines
    count = arranged.draws.count

    def stated(name: str) -> pyo.ConcreteModel:
        form, shared = scenario(arranged.problem, line, arranged.draws, int(name.removeprefix("draw")))
        model = pyomo_model(form.matrix)
        model.objective.expr = model.objective.expr + form.constant
        columns = [*model.state.values(), *model.other.values()]
        attach_root_node(model, 0.0, [columns[column] for column in shared])
        model._mpisppy_probability = 1.0 / count
        return model

    before = process_time()
    form = ExtensiveForm({"solver": "appsi_highs"}, [f"draw{number}" for number in range(count)], stated)
    built = process_time() - before
    before = process_time()
    settings = {"threads": 1, "mip_rel_gap": 0.0, "time_limit": seconds}
    results = form.solve_extensive_form(solver_options=settings)
    found: dict[str, Any] = {
        "version": version("mpi-sppy"),
        "build": built,
        "solve": process_time() - before,
        "status": str(results.solver.termination_condition),
        "bound": results.problem.lower_bound,
        "peak_bytes": peak_bytes(),
    }
    if getattr(form, "tree_solution_available", False):
        table = arranged.problem.frame.structure.table
        first = next(iter(form.local_scenarios.values()))
        chosen = np.asarray([number for number, state in first.state.items() if (state.value or 0.0) > 0.5])
        choice = np.full(len(table.options), NONE, dtype=np.int64)
        choice[table.state_option[chosen]] = chosen
        found |= {"stated_incumbent": form.get_objective_value(), "incumbent": beside.value(choice)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
