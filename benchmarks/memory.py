"""The process that `draws.measure_memory` watches: size and draws as arguments, the plan's starts on stdin."""

from __future__ import annotations

import sys

from benchmarks.draws import peak_bytes
from benchmarks.sizes import SIZES
from benchmarks.synthetic import synthetic_region
from rmscenario.plan import Plan, Start
from rmscenario.scenario.run_options import StressOptions, stress_years
from rmscenario.stress import run_stress


def main(size: str, draws: int, text: str) -> None:
    """Print the peak memory after the draws asked for, and that after a thousand."""
    rows = [row.split(",") for row in text.split(";") if row]
    plan = Plan(starts=tuple(Start(initiative=i, unit=u, level=float(v), start=int(y)) for i, u, v, y in rows))
    region = synthetic_region(SIZES[size])
    years = stress_years(region.settings.first_year, region.settings.last_start, region.settings.end_year)
    run_stress(region, plan, StressOptions(draws=1000, years=years))
    baseline = peak_bytes()
    run_stress(region, plan, StressOptions(draws=draws, years=years))
    sys.stdout.write(f"{peak_bytes()} {baseline}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.stdin.read())
