"""Building and handing over the master: ours against other ways of giving HiGHS the same matrix."""

from __future__ import annotations

import gc
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np

from benchmarks.master import Matrix, as_arrays, state_master
from benchmarks.peers import WAYS
from benchmarks.sizes import Size
from benchmarks.synthetic import synthetic_region
from rmscenario.planning.limits import limit_rows
from rmscenario.planning.logic import logic_rows
from rmscenario.planning.problem import build_problem

#: The way that is measured at every size. The others are not at L: in blocks as here, linopy's rectangular arrays of the
#: cuts and groups would take 28 GiB, and Pyomo keeps an object for every entry.
DIRECT = "arrays and passModel"
#: [1] Largest relative difference between the LP values of two ways of handing over one matrix.
AGREE = 1e-7


def measure_handover(size: Size, *, repeats: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds of every way, as medians, and their multiples of the direct way.

    `build` is everything from the region's tables to rows as arrays, `hand over` puts them, the objective and its first
    cuts into HiGHS; `rows and hand over` leaves out what the other ways are given (options, structure, money).
    """
    region = synthetic_region(size)
    build, hand_over, rows = [], [], []
    matrix: Matrix | None = None
    values: dict[str, float] = {}
    for number in range(repeats):
        say(f"build and hand over, {number + 1} of {repeats}")
        problem, seconds = _timed(lambda: build_problem(region))
        build.append(seconds)
        frame, money = problem.frame, problem.money
        table = frame.structure.table
        families, seconds = _timed(
            lambda: (*logic_rows(region, frame), *limit_rows(region, table, money, frame.columns))  # noqa: B023
        )
        bounding, handing = _timed(lambda: state_master(problem, families))  # noqa: B023
        hand_over.append(handing)
        rows.append(seconds + handing)
        if matrix is None:
            matrix = as_arrays(problem, bounding)
            values["ours"] = _relaxed(bounding.master.highs) if size.name == "S" else np.nan
    assert matrix is not None
    ways: dict[str, float] = {}
    for name, way in WAYS.items():
        if size.name == "L" and name != DIRECT:
            continue
        say(name)
        times = []
        for number in range(repeats):
            highs, seconds = _timed(lambda: way(matrix))  # noqa: B023
            times.append(seconds)
            found = (highs.getNumRow(), highs.getNumCol(), highs.getNumNz())
            assert found[0] >= matrix.size["rows"] - 1, f"{name}: {found} is not {matrix.size}"
            if number == 0 and size.name == "S":
                values[name] = _relaxed(highs)
            del highs
        ways[name] = median(times)
    if size.name == "S":
        for name, value in values.items():
            assert abs(value - values["ours"]) <= AGREE * abs(values["ours"]), f"{name}: {value} is not {values}"
    base = ways[DIRECT]
    ours = {
        "build": median(build),
        "hand_over": median(hand_over),
        "build_and_hand_over": median(b + h for b, h in zip(build, hand_over, strict=True)),
        "rows_and_hand_over": median(rows),
    }
    return {
        "matrix": matrix.size,
        "repeats": repeats,
        "ours_seconds": ours,
        "ways_seconds": ways,
        "multiples": {"ours (rows and hand-over)": ours["rows_and_hand_over"] / base}
        | {name: seconds / base for name, seconds in ways.items()},
        "relaxation": values if size.name == "S" else {},
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    gc.collect()
    before = process_time()
    made = work()
    return made, process_time() - before


def _relaxed(highs: Any) -> float:
    """Value of the linear relaxation, without a constant."""
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("solve_relaxation", True)
    highs.run()
    return float(highs.getInfo().objective_function_value - highs.getLp().offset_)
