"""What stands in the way: the shortfall that is left when families of limits are lifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rmscenario.constants import is_met
from rmscenario.emissions import evaluate
from rmscenario.emissions.structure import IntArray
from rmscenario.explain.aim import aimed_at
from rmscenario.explain.solving import (
    SHORTFALL_GAP,
    SHORTFALL_NODES,
    Effort,
    hard_caps,
    line_of,
    minimise,
    shortfall_objective,
)
from rmscenario.plan import Plan, Termination
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.region import Region
from rmscenario.scenario.run_options import Family
from rmscenario.scenario.switches import TABLES

#: Families of limits, in the order in which they are lifted together.
ORDER = (Family.MONEY, Family.STAFF, Family.STARTS, Family.EARLIEST, Family.OUTLAY_SHARE, Family.MINIMUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Shortfalls of the plan that comes as near to the target as the limits that are left allow.

    Attributes
    ----------
    lifted : tuple of Family
        Families that do not hold.
    empty : bool
        They limited nothing: no row of them was there, so that nothing was searched anew.
    shortfalls : mapping of str to float [each target's quantity]
        Shortfall of every active target in its year. Only the target that is aimed at is at its lowest.
    bound : float [the quantity's unit]
        The target's shortfall is proven to be no lower than this.
    """

    lifted: tuple[Family, ...]
    empty: bool
    shortfalls: Mapping[str, float]
    bound: float
    termination: Termination


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfalls:
    """What stands between a plan and a target; `alone` and `together` are read against `nearest`.

    What lifting each family alone gives does not add up: two limits can each be in the way of the same initiative.

    Attributes
    ----------
    plan : mapping of str to float [each target's quantity]
        Shortfalls of the plan itself, which weighs the target against cost and other targets.
    nearest : Line
        As near as all limits allow, whatever it costs.
    alone : tuple of Line
        Each family lifted by itself.
    together : tuple of Line
        The families lifted one after the other, in the order of `ORDER`; the last line has none left.
    """

    target: str
    year: int
    cap: float
    plan: Mapping[str, float]
    nearest: Line
    alone: tuple[Line, ...]
    together: tuple[Line, ...]

    @property
    def price_and_other_aims(self) -> float:
        """Part of the plan's shortfall that more money for the same initiatives within the limits would close."""
        return self.plan[self.target] - self.nearest.shortfalls[self.target]

    @property
    def limits(self) -> float:
        """Part that all limits together keep open."""
        return self.nearest.shortfalls[self.target] - self.no_known_initiative

    @property
    def no_known_initiative(self) -> float:
        """The rest, with every limit lifted: no known initiative is left that would close it in time."""
        return self.together[-1].shortfalls[self.target]


def lift(region: Region, family: Family) -> Region:
    """A region in which a family of limits does not hold."""
    if family is Family.EARLIEST:
        first = region.settings.first_year
        return replace(
            region,
            initiatives=tuple(
                row.model_copy(update={"earliest": min(row.earliest, first)}) for row in region.initiatives
            ),
        )
    rows: dict[str, Any] = {TABLES[family]: ()}
    return replace(region, **rows)


def shortfalls(
    region: Region, plan: Plan, *, target: str | None = None, gap: float = SHORTFALL_GAP, effort: Effort | None = None
) -> Shortfalls | None:
    """Shortfalls with each family of limits lifted, then with one after the other lifted in the stated order.

    Every line is a search of its own for the plan nearest to one target, cost left aside; hard targets and all rules
    that are no limits (start windows, prerequisites, exclusions, duties) hold in all of them.

    Parameters
    ----------
    target : str, optional
        Id of the target; the soft one that is first in priority unless given.
    gap : float [1]
        Width to which the target's shortfall is found, as a share of its base.

    Returns
    -------
    Shortfalls or None
        None if no soft target is active and none is named.
    """
    row = aimed_at(region, target)
    if row is None:
        return None
    ladder = _Ladder(region, row.target, gap, effort or Effort())
    problem = build_problem(region)
    nearest = ladder.search((), problem, plan)
    alone = [ladder.lifted(ORDER[:1], nearest)]
    together = [alone[0]]
    for number, family in enumerate(ORDER[1:], start=2):
        alone.append(ladder.lifted((family,), nearest))
        together.append(ladder.lifted(ORDER[:number], together[-1]))
    line = line_of(problem, row.target)
    return Shortfalls(
        target=row.target,
        year=int(problem.frame.structure.table.years[line.position]),
        cap=line.cap,
        plan=_shortfalls(problem, problem.frame.structure.table.choice(plan)),
        nearest=nearest.line,
        alone=tuple(rung.line for rung in alone),
        together=tuple(rung.line for rung in together),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rung:
    """A line with the plan behind it and the region it holds in."""

    line: Line
    plan: Plan
    region: Region


class _Ladder:
    """The searches of one question, each starting from the plan of a stricter one, so that lifting never makes it worse."""

    def __init__(self, region: Region, target: str, gap: float, effort: Effort) -> None:
        self.region, self.target, self.gap, self.effort = region, target, gap, effort
        self.done = 0

    def search(self, lifted: tuple[Family, ...], problem: Problem, start: Plan) -> _Rung:
        """The plan nearest to the target under the limits that are left."""
        line, table = line_of(problem, self.target), problem.frame.structure.table
        solved = minimise(
            problem,
            shortfall_objective(line),
            hard_caps(problem, but=self.target),
            tolerance=self.gap * max(1.0, abs(line.base)),
            scale=max(1.0, abs(line.base)),
            start=table.possible(start),
            nodes=SHORTFALL_NODES,
            effort=self.effort,
        )
        self._tell()
        return _Rung(
            line=Line(
                lifted=lifted,
                empty=False,
                shortfalls=_shortfalls(problem, solved.choice),
                bound=max(0.0, solved.report.bound),
                termination=solved.report.termination,
            ),
            plan=Plan(starts=table.starts(solved.choice)),
            region=problem.region,
        )

    def lifted(self, families: tuple[Family, ...], before: _Rung) -> _Rung:
        """The rung with some families lifted; `before` is one with all of them but the last."""
        region = lift(before.region, families[-1])
        if region == before.region:
            self._tell()
            return replace(before, line=replace(before.line, lifted=families, empty=True))
        return self.search(families, build_problem(region), before.plan)

    def _tell(self) -> None:
        self.done += 1
        self.effort.progress(self.done, 2 * len(ORDER))


def _shortfalls(problem: Problem, choice: IntArray) -> dict[str, float]:
    """Shortfall of every active target in its year: what is above the cap by more than counts as met."""
    leaf = evaluate(problem.frame.structure, choice).leaf
    found = {}
    for line in problem.lines:
        left = float(line.residual(leaf)[line.position])
        found[line.target.target] = 0.0 if is_met(left, line.cap, line.base) else left - line.cap
    return found
