"""The phases of a run, timed apart: read, build, hand over, solve, verify, stress, report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks.master import state_master
from benchmarks.planned import Timed, plan_size
from benchmarks.sizes import Size
from benchmarks.synthetic import synthetic_region
from rmscenario.assessment import assess
from rmscenario.constants import VERIFY_COST, VERIFY_QUANTITY
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.reporting.agreements import write_agreements
from rmscenario.reporting.figures import save_figures
from rmscenario.reporting.language import Lang
from rmscenario.reporting.netcdf import write_netcdf
from rmscenario.reporting.results import Result
from rmscenario.scenario.run_options import StressOptions, stress_years
from rmscenario.stress import run_stress
from rmscenario.tables import load, write_region
from rmscenario.verify import broken, compare, recompute, require


def measure_phases(size: Size, *, draws: int, say: Callable[[str], None]) -> tuple[dict[str, Any], Timed]:
    """Seconds of each phase, each checked: tables come back as they were, verify agrees, bounds are bounds.

    The first plan of a process also pays for imports; build and hand-over are measured after it.
    """
    made = synthetic_region(size)
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        say(name)
        before = process_time()
        found = work()
        seconds[name] = process_time() - before
        return found

    with TemporaryDirectory() as name:
        folder = Path(name)
        timed("write tables", lambda: write_region(folder / "model", made))
        region = timed("read tables", lambda: load(folder / "model"))
        assert {table: len(region.table(table)) for table in ("sources", "effects", "delivery")} == {
            table: len(made.table(table)) for table in ("sources", "effects", "delivery")
        }
        solved = timed("plan", lambda: plan_size(size))
        problem = timed("build", lambda: build_problem(made))
        timed("hand over", lambda: state_master(problem, problem.rows))
        if solved.planned is None:
            return _found(problem, seconds, solved), solved
        plan = solved.plan
        assessment = timed("assess", lambda: assess(made, plan))
        recomputed = timed("verify", lambda: recompute(made, plan))
        verification = timed("compare", lambda: compare(recomputed, assessment))
        require(verification)
        assert not broken(recomputed)
        assert verification.quantity_difference <= VERIFY_QUANTITY
        assert verification.cost_difference <= VERIFY_COST
        tolerance = VERIFY_COST * recomputed.npv_size
        assert abs(recomputed.priced_objective - solved.report.incumbent * 1e6) <= tolerance
        years = stress_years(made.settings.first_year, made.settings.last_start, made.settings.end_year)
        stress = timed("stress", lambda: run_stress(made, plan, StressOptions(draws=draws, years=years)))
        result = Result(title=made.settings.name_en, region=made, plan=plan, assessment=assessment, stress=stress)

        def report() -> None:
            save_figures(folder / "figures", result, Lang.EN)
            write_agreements(folder / "agreements", result, Lang.EN)
            write_netcdf(assessment, folder / "quantities.nc")

        timed("report", report)
    found = _found(problem, seconds, solved) | {
        "draws": draws,
        "verify": {
            "quantity_difference": verification.quantity_difference,
            "cost_difference": verification.cost_difference,
        },
    }
    return found, solved


def _found(problem: Problem, seconds: dict[str, float], solved: Timed) -> dict[str, Any]:
    """What is known with or without a plan; solving is what planning takes beyond building and handing over."""
    seconds["solve"] = max(0.0, seconds["plan"] - seconds["build"] - seconds["hand over"])
    table = problem.frame.structure.table
    return {
        "options": len(table.options),
        "states": len(table.states),
        "pairs": len(problem.frame.pair_state),
        "products": problem.frame.structure.pool_count,
        "rows": {f"({rows.equation})": len(rows.labels) for rows in problem.rows if rows.labels},
        "seconds": seconds,
        "plan": solved.summary,
    }
