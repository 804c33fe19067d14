"""A size planned within its time: the plan, how far it is from its bound, and the way there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite
from time import process_time
from typing import Any

from benchmarks.sizes import Size
from benchmarks.synthetic import synthetic_region
from rmscenario.errors import NoPlanError
from rmscenario.plan import Plan, SolveReport
from rmscenario.planning import Planned, PlannerOptions, Tick, plan_region
from rmscenario.planning.objective import SearchOptions

#: Regions drawn from other seeds, on which nothing was tuned.
OTHER_SEEDS = (1, 2, 3, 4, 5)
#: [1] Width within which a bound may lie above an incumbent, relative to it.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A plan (None if none was found), the seconds it took, and where incumbent and bound stood when."""

    planned: Planned | None
    seconds: float
    trace: tuple[dict[str, float | None], ...]

    @property
    def plan(self) -> Plan:
        """The plan found."""
        if self.planned is None:
            raise NoPlanError("no plan was found within the time")
        return self.planned.plan

    @property
    def report(self) -> SolveReport:
        """How the plan was found."""
        assert self.plan.solve is not None
        return self.plan.solve

    @property
    def summary(self) -> dict[str, Any]:
        """What the results keep."""
        found: dict[str, Any] = {"seconds": self.seconds, "trace": list(self.trace)}
        if self.planned is None:
            bounds = [row["bound"] for row in self.trace if row["bound"] is not None]
            return found | {"gap": None, "incumbent": None, "bound": max(bounds, default=None), "relaxation": None}
        stage = self.report.stages[-1]
        return found | {
            "gap": self.report.gap,
            "incumbent": stage.incumbent,
            "bound": stage.bound,
            "relaxation": stage.relaxation,
            "termination": self.report.termination.value,
            "rounds": self.report.rounds,
            "cuts": self.report.cuts,
            "nodes": stage.nodes,
            "starts": len(self.plan.starts),
        }


class _Clock:
    """CPU seconds since the start, and the progress heard until then."""

    def __init__(self) -> None:
        self._start = process_time()
        self.trace: list[dict[str, float | None]] = []

    @property
    def seconds(self) -> float:
        return process_time() - self._start

    def note(self, tick: Tick) -> None:
        bound = tick.bound if tick.bound is not None and isfinite(tick.bound) else None
        told = {"incumbent": tick.incumbent, "bound": bound, "gap": tick.gap}
        self.trace.append({"seconds": self.seconds} | told)


def plan_size(size: Size) -> Timed:
    """Plan the region of a size to its gap; past its seconds the search is stopped and keeps what it holds."""
    clock = _Clock()
    options = PlannerOptions(search=SearchOptions(gap=size.gap))
    try:
        planned = plan_region(
            synthetic_region(size), options, progress=clock.note, stop=lambda: clock.seconds > size.seconds
        )
    except NoPlanError:
        return Timed(planned=None, seconds=clock.seconds, trace=tuple(clock.trace))
    timed = Timed(planned=planned, seconds=clock.seconds, trace=tuple(clock.trace))
    for stage in timed.report.stages:
        assert stage.bound <= stage.incumbent + ROUNDING * max(1.0, abs(stage.incumbent))
        assert stage.relaxation <= stage.incumbent + ROUNDING * max(1.0, abs(stage.incumbent))
    return timed


def measure_seeds(size: Size, say: Callable[[str], None]) -> dict[str, Any]:
    """Plans of regions of a size that differ by their seed alone."""
    found = []
    for seed in OTHER_SEEDS:
        say(f"seed {seed}")
        found.append({"seed": seed} | plan_size(replace(size, seed=seed)).summary)
    return {"plans": found}
