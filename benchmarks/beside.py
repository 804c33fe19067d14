"""`python -m benchmarks.beside`: plans by the mean of a tail beside the extensive form, on the same draws."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from math import isfinite
from pathlib import Path
from time import process_time
from typing import Any

import click
import numpy as np

from benchmarks.kept import FOLDER, read_results, write_results
from benchmarks.machine import measured_on
from benchmarks.sizes import SIZES, Size
from benchmarks.synthetic import synthetic_region
from rmscenario.emissions.structure import IntArray
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import SearchOptions
from rmscenario.planning.planner import Planned, PlannerOptions, absolute_cost, priced_objective
from rmscenario.planning.progress import Stop, never
from rmscenario.planning.rows import stacked
from rmscenario.risk import RiskOptions
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.drawn import DrawnYear
from rmscenario.risk.held import Rule, UnderRisk
from rmscenario.risk.planner import RiskPlanner

#: [1] Level of the tail in which the first target holds.
ALPHA = 0.9
#: [1] Largest difference of two values that count as equal, relative to the larger.
EQUAL = 1e-6
#: [s] CPU seconds that the planner is given, and the solver of the extensive form.
SECONDS = 900.0
#: Most rounds of the integer master of a plan without a gap.
ROUNDS = 200
#: Ways of handing the extensive form over, in the order in which they are tried.
WAYS = ("Pyomo", "arrays")
KINDS = ("extensive", "mpi-sppy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A region and a number of draws.

    Attributes
    ----------
    stated : int, optional
        Draws that the extensive form states, those that are worst at the plan for expected values; None: all.
    """

    size: Size
    draws: int
    stated: int | None = None

    @property
    def name(self) -> str:
        """As the results name it."""
        return f"{self.size.name}, {self.draws} draws"


SMALL = Size(name="3x12", units=3, initiatives=12, gap=0.0, seconds=SECONDS)
CASES = {
    case.name: case
    for case in (
        Case(size=SMALL, draws=200),
        Case(size=SIZES["S"], draws=200, stated=30),
        Case(size=SIZES["S"], draws=800, stated=80),
    )
}


class Beside:
    """A case arranged: plans, and exact values of any choice."""

    def __init__(self, case: Case, stop: Stop = never) -> None:
        self.case = case
        region = synthetic_region(case.size)
        first, *others = region.targets
        self.region = replace(region, targets=(first.model_copy(update={"cvar": ALPHA}), *others))
        options = PlannerOptions(search=SearchOptions(gap=case.size.gap, max_rounds=ROUNDS))
        risk = RiskOptions(planning=case.draws, choosing=1, bounding=0)
        self.planner = RiskPlanner(self.region, options, risk, stop=stop)

    @property
    def arranged(self) -> Arranged:
        """Problem, target and draws."""
        return self.planner.arranged

    @property
    def rules(self) -> dict[str, Rule]:
        """The tail in which the target holds."""
        (line,) = self.arranged.lines
        return {line.target.target: Rule(ALPHA)}

    def expected(self) -> Planned:
        """The plan for expected values, with which both begin."""
        planned = self.planner.expected()
        assert planned is not None
        return planned

    def plan(self, expected: Planned) -> Planned:
        """The plan by the mean of the tail, from the one for expected values as `rmscenario run` makes it."""
        planned = self.arranged.held_at(self.rules, expected)
        assert planned is not None
        return planned

    def kept(self, choice: IntArray) -> IntArray | None:
        """The draws that the extensive form states: the worst at a choice."""
        if self.case.stated is None:
            return None
        (line,), arranged = self.arranged.lines, self.arranged
        year = DrawnYear(frame=arranged.problem.frame, line=line, draws=arranged.draws, position=line.position)
        return np.sort(np.argsort(-year.residual(choice), kind="stable")[: self.case.stated])

    def value(self, choice: IntArray) -> float:
        """Exact value of a choice, Eqs. (11) and (27) [million DKK]."""
        problem = self.arranged.problem
        judge = Judge(frame=problem.frame, rows=stacked(problem.rows, problem.frame.columns))
        assert judge.keeps(choice), "a choice breaks the rows"
        aims = UnderRisk(problem=problem, draws=self.arranged.draws, rules=self.rules)
        return judge.value(priced_objective(problem, aims), choice)


def measure_beside(case: Case, seconds: float, say: Callable[[str], None]) -> dict[str, Any]:
    """Incumbents, bounds and CPU seconds of both, the planner and the solver given as many; without a gap optima are equal.

    Both begin with the plan for expected values, whose seconds count for both.
    """
    say("planner")
    before = process_time()
    beside = Beside(case, stop=lambda: process_time() - before > seconds)
    expected = beside.expected()
    begun = process_time() - before
    planned = beside.plan(expected)
    spent = process_time() - before
    solve = planned.plan.solve
    assert solve is not None
    bound, value = solve.stages[-1].bound, beside.value(planned.choice)
    assert equal(value, solve.stages[-1].incumbent)
    tried = []
    for way in WAYS:
        say(f"extensive form, {way}")
        arguments = (case.name, way, str(seconds))
        tried.append({"way": way} | _in_process("extensive_process", *arguments, given=expected.choice.tolist()))
        if "solve" in tried[-1]:
            break
    form = _valued(beside, tried[-1], expected.choice)
    if form["incumbent"] is not None:
        assert bound <= form["incumbent"] + EQUAL * max(1.0, abs(value))
    if form.get("bound") is not None:
        assert form["bound"] <= value + EQUAL * max(1.0, abs(value))
    if form.get("optimal") and case.size.gap == 0.0:
        assert equal(value, form["incumbent"])
    took = sum(form.get(step, 0.0) for step in ("state", "hand_over", "solve"))
    took += 0.0 if case.stated is None else begun
    return {
        "asked": asdict(case.size) | {"draws": case.draws, "stated": case.stated, "seconds": seconds},
        "options": len(beside.arranged.problem.frame.structure.table.options),
        "scale": absolute_cost(beside.arranged.problem, planned.choice),
        "begun": {"seconds": begun, "value": beside.value(expected.choice)},
        "ours": {
            "seconds": spent,
            "incumbent": value,
            "bound": bound,
            "termination": solve.termination.value,
            "tail_groups": beside.arranged.tail_groups,
        },
        "extensive": form | {"seconds": took},
        "died": tried[:-1],
        "ratio": took / spent,
    }


def _valued(beside: Beside, found: dict[str, Any], begin: IntArray) -> dict[str, Any]:
    """What the process of the extensive form said, with exact values of its choices on all draws in their place."""
    values = {
        name: beside.value(np.asarray(choice, dtype=np.int64))
        for name, choice in ((name, found.pop(name, None)) for name in ("rounded", "choice"))
        if choice is not None
    }
    if beside.case.stated is None:
        if "choice" in values:
            assert equal(values["choice"], found["stated_incumbent"])
        return found | {"incumbent": values.get("choice")}
    return found | {"values": values, "incumbent": min([beside.value(begin), *values.values()])}


def measure_sppy(case: Case, seconds: float, say: Callable[[str], None]) -> dict[str, Any]:
    """What mpi-sppy's extensive form of the same scenarios comes to; its seconds are limited by the clock."""
    say("mpi-sppy")
    found = _in_process("sppy", case.name, str(seconds))
    if "incumbent" in found:
        assert equal(found["incumbent"], found["stated_incumbent"])
    return found


def equal(one: float, two: float) -> bool:
    """Whether two values are equal but for the solvers' tolerances."""
    return isfinite(one) and abs(one - two) <= EQUAL * max(1.0, abs(one), abs(two))


def _in_process(module: str, *arguments: str, given: object = None) -> dict[str, Any]:
    """What a process of its own says, line by line; why it died, if it did."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    folder = Path(__file__).parents[1]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False, cwd=folder)
    found: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    if done.returncode:
        found["died"] = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return found


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--case", "cases", multiple=True, type=click.Choice(list(CASES)), default=tuple(CASES), help="Cases.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), default=KINDS[:1], help="What is measured.")
@click.option("--seconds", default=SECONDS, help="CPU seconds for the planner, and for the solver.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, help="Where results are kept."
)
def main(cases: tuple[str, ...], kinds: tuple[str, ...], seconds: float, folder: Path) -> None:
    """Measure cases; the others stay as an earlier run left them. mpi-sppy is measured on the small case alone."""
    for name in cases:

        def say(step: str, name: str = name) -> None:
            click.echo(f"{name}: {step}", err=True)

        for kind, measure in zip(KINDS, (measure_beside, measure_sppy), strict=True):
            if kind not in kinds or (measure is measure_sppy and CASES[name].size is not SMALL):
                continue
            measured = measure(CASES[name], seconds, say)
            results = read_results(folder)
            results.setdefault(kind, {})[name] = measured | {"measured_on": measured_on()}
            write_results(folder, results)


if __name__ == "__main__":
    main()
