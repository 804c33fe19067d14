"""Plans: priced (shortfalls have a price) and nearest (shortfalls first, in order of priority, whatever they cost)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import groupby
from typing import Protocol

import numpy as np

from rmscenario.constants import AIM_MARGIN, MET_TOLERANCE, STAGE_TOLERANCE, STAGE_TOLERANCE_RELATIVE
from rmscenario.emissions import TargetLine, evaluate
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError
from rmscenario.money import MoneyTable, metered_prices
from rmscenario.options.options import NONE
from rmscenario.plan import Held, Plan, SolveReport, StageReport, Start, Termination
from rmscenario.planning.aims import RiskyAim, RiskyCap
from rmscenario.planning.elastic import contradiction
from rmscenario.planning.functional import Cap, Hinge, cost_functional, emissions_functional
from rmscenario.planning.limits import MILLION
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.progress import Progress, Stop, never, silent
from rmscenario.planning.rows import stacked
from rmscenario.planning.sample import sampled_prices
from rmscenario.planning.search import NUMERICAL, Search
from rmscenario.region import Region
from rmscenario.region.commitments import effective
from rmscenario.region.vocabulary import PriceKind


class Mode(StrEnum):
    """What a plan aims at."""

    PRICED = "priced"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerOptions:
    """Mode and effort of a plan.

    Attributes
    ----------
    priorities : int or None
        How many priorities of targets the nearest plan minimises, one stage each, before cost; None: all.
    later_nodes : int or None
        Work limit of the nearest plan's stages after the first; None: as the first.
    """

    mode: Mode = Mode.PRICED
    priorities: int | None = None
    later_nodes: int | None = None
    search: SearchOptions = field(default_factory=SearchOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, the problem it solves, and where its relaxation ended.

    Attributes
    ----------
    choice : array (option)
    point : array (choice column) in [0, 1], optional
    """

    plan: Plan
    problem: Problem
    choice: IntArray
    point: FloatArray | None = None


class Aims(Protocol):
    """How targets are aimed at."""

    def hinge(self, line: TargetLine, price: FloatArray) -> Hinge | RiskyAim:
        """A soft target's priced shortfalls; price : array (year)."""

    def cap(self, line: TargetLine, margin: float) -> Cap | RiskyCap:
        """A hard target."""


class AtModes:
    """Targets at the modes of everything uncertain."""

    def hinge(self, line: TargetLine, price: FloatArray) -> Hinge:
        """A soft target's priced shortfalls."""
        return Hinge(line=line, price=price)

    def cap(self, line: TargetLine, margin: float) -> Cap:
        """A hard target."""
        return Cap(line=line, margin=margin)


def plan_region(
    region: Region,
    options: PlannerOptions | None = None,
    *,
    progress: Progress = silent,
    stop: Stop = never,
) -> Planned:
    """Plan a region, its targets at the modes.

    Raises
    ------
    NoPlanError
        When the hard rules contradict each other.
    SolverError
        When the solver fails.
    """
    problem = build_problem(region)
    options = options or PlannerOptions()
    try:
        return plan_problem(problem, options, AtModes(), progress=progress, stop=stop)
    except NoPlanError as error:
        if stop():
            raise
        raise NoPlanError(contradiction(problem, options.search)) from error


def plan_problem(
    problem: Problem,
    options: PlannerOptions,
    aims: Aims,
    *,
    start: Planned | None = None,
    progress: Progress = silent,
    stop: Stop = never,
) -> Planned:
    """Plan a problem that aims at its targets in some way.

    Parameters
    ----------
    start : Planned, optional
        A plan of the same problem, whatever it aims at: the search begins near it.

    Raises
    ------
    NoPlanError
        When the hard rules contradict each other.
    SolverError
        When the solver fails.
    """
    hard = [line for line in problem.lines if line.target.hard]
    known = told(problem)
    first = None if start is None else start.choice
    try:
        search = _search(problem, options, known, start, progress=progress, stop=stop)
        for line in hard:
            search.require(aims.cap(line, AIM_MARGIN * abs(line.base)))
        choice, stages = _planned(problem, search, options, aims, first)
    except NoPlanError:
        if stop():
            raise
        # What the aim below the caps forbids may still be met, by the one rule of what "met" is.
        search = _search(problem, options, known, start, progress=progress, stop=stop)
        for line in hard:
            search.require(aims.cap(line, -MET_TOLERANCE * abs(line.base)))
        choice, stages = _planned(problem, search, options, aims, first)
    last = stages[-1]
    worst = max(stages, key=lambda stage: list(Termination).index(stage.termination))
    plan = Plan(
        starts=problem.frame.structure.table.starts(choice),
        solve=SolveReport(
            termination=worst.termination,
            held=Held.PROVEN if worst.termination in (Termination.GAP_REACHED, Termination.FIXED) else Held.INCUMBENT,
            incumbent=last.incumbent,
            bound=last.bound,
            gap=max(stage.gap for stage in stages),
            cuts=search.cuts,
            rounds=search.rounds,
            stages=stages,
            rows=tuple((f"({rows.equation})", len(rows.labels)) for rows in problem.rows),
            relaxation_prices=tuple(
                (name, price * MILLION / float(problem.money.discount @ _held(problem, name)))
                for name, price in search.relaxation.target_prices.items()
                if options.mode is Mode.PRICED
            ),
        ),
    )
    point = search.relaxation.point
    return Planned(
        plan=plan, problem=problem, choice=choice, point=None if point is None else point[: problem.frame.columns]
    )


def _held(problem: Problem, target: str) -> FloatArray:
    """Years in which a target's shortfall is priced: array (year) of 0 and 1."""
    line = next(line for line in problem.lines if line.target.target == target)
    return (shortfall_prices(line, problem.money) > 0).astype(np.float64)


def told(problem: Problem) -> IntArray | None:
    """The plan behind the region's agreements, as far as it is possible: its commitments and its outlook.

    None where no agreement stands.
    """
    region = problem.region
    if not region.outlook:
        return None
    ahead = {row.round for row in region.rounds if row.ahead}
    later = [
        Start(initiative=row.initiative, unit=row.unit, level=row.level, start=row.start) for row in region.outlook
    ]
    agreed = [
        Start(initiative=row.initiative, unit=row.unit, level=row.level, start=row.start)
        for row in effective(region.commitments)
        if row.round in ahead and row.start is not None and row.level is not None
    ]
    return problem.frame.structure.table.possible(Plan(starts=(*later, *agreed)))


def _search(
    problem: Problem,
    options: PlannerOptions,
    known: IntArray | None,
    start: Planned | None,
    *,
    progress: Progress,
    stop: Stop,
) -> Search:
    return Search(
        frame=problem.frame,
        rows=stacked(problem.rows, problem.frame.columns),
        options=options.search,
        progress=progress,
        stop=stop,
        known=known,
        near=None if start is None else start.point,
    )


def _planned(
    problem: Problem, search: Search, options: PlannerOptions, aims: Aims, start: IntArray | None
) -> tuple[IntArray, tuple[StageReport, ...]]:
    if options.mode is Mode.PRICED:
        return _priced(problem, search, aims, start)
    return _nearest(problem, search, options, aims, start)


def shortfall_prices(line: TargetLine, money: MoneyTable) -> FloatArray:
    """Discounted price of a unit of shortfall in each year, Eq. (11): array (year) [million DKK per unit]."""
    price = (line.target.shortfall_price or 0.0) * money.discount / MILLION
    if line.cumulative:
        return np.where(np.arange(len(price)) == line.position, price, 0.0)
    return np.where(line.held, price, 0.0)


def priced_objective(problem: Problem, aims: Aims | None = None) -> Objective:
    """The objective of Eq. (11)."""
    aims = aims or AtModes()
    hinges = tuple((aims.hinge(line, price), 1.0) for line, price in priced_lines(problem))
    cost = cost_functional(problem.frame, problem.money)
    return Objective(name="cost with shortfalls", measure="million DKK", functionals=(cost,), hinges=hinges)


def priced_lines(problem: Problem) -> list[tuple[TargetLine, FloatArray]]:
    """Soft targets whose shortfall has a price, with their `shortfall_prices`."""
    return [
        (line, shortfall_prices(line, problem.money))
        for line in problem.lines
        if not line.target.hard and line.target.shortfall_price
    ]


def absolute_cost(problem: Problem, choice: IntArray) -> float:
    """Sum of the absolute terms of Eq. (11) at a choice, the scale of its gap [million DKK]."""
    money, structure = problem.money, problem.frame.structure
    started = choice[choice != NONE]
    linear = money.annuity + money.opex + money.saving_cashable + money.saving_avoided
    total = float((linear[started] @ money.discount).sum())
    leaf = evaluate(structure, choice).leaf
    avoided = np.abs(evaluate(structure, structure.table.nothing_new()).leaf - leaf)
    for kind in PriceKind:
        total += float(((metered_prices(structure, kind) * avoided) @ money.discount).sum())
    total /= MILLION
    total += sum(Hinge(line=line, price=price).value(leaf) for line, price in priced_lines(problem))
    return max(total, 1.0)


def _priced(
    problem: Problem, search: Search, aims: Aims, start: IntArray | None
) -> tuple[IntArray, tuple[StageReport, ...]]:
    """Minimise Eq. (11); the gap is relative to the terms at the plan, which the search itself finds.

    What one search proved holds in the next one, which asks for less.
    """
    table = problem.frame.structure.table
    objective, gap = priced_objective(problem, aims), search.options.gap
    scale = absolute_cost(problem, table.everything() if start is None else start)
    choice, lower, prices = start, -np.inf, sampled_prices(problem, search, priced_objective, gap * scale)
    while True:
        choice, report = search.minimise(objective, tolerance=gap * scale, scale=scale, start=choice, prices=prices)
        scale, lower = absolute_cost(problem, choice), max(lower, report.bound)
        bound = min(lower, report.incumbent)
        report = replace(report, bound=bound, gap=(report.incumbent - bound) / scale)
        if report.gap <= max(gap, NUMERICAL) or report.termination is not Termination.GAP_REACHED:
            return choice, (report,)


def nearest_objectives(problem: Problem, aims: Aims | None = None) -> list[tuple[Objective, float, float]]:
    """The shortfall stages of Eq. (12), in order of priority: objective, the width it is held by, the sum of bases."""
    aims = aims or AtModes()
    soft = sorted((line for line in problem.lines if not line.target.hard), key=lambda line: line.target.priority)
    stages = []
    for priority, group in groupby(soft, key=lambda line: line.target.priority):
        lines = list(group)
        alone = len(lines) == 1
        hinges = []
        for line in lines:
            price = np.zeros(len(problem.money.discount))
            price[line.position] = 1.0
            hinges.append((aims.hinge(line, price), 1.0 if alone else 1.0 / max(1.0, line.base)))
        width = sum(
            factor * max(STAGE_TOLERANCE, STAGE_TOLERANCE_RELATIVE * line.base)
            for line, (_, factor) in zip(lines, hinges, strict=True)
        )
        names = ", ".join(line.target.target for line in lines)
        measure = "of the target's quantity" if alone else "share of base"
        bases = sum(factor * max(1.0, line.base) for line, (_, factor) in zip(lines, hinges, strict=True))
        objective = Objective(name=f"shortfall {priority}: {names}", measure=measure, hinges=tuple(hinges))
        stages.append((objective, width, bases))
    return stages


def _shortfall_stage(number: int, problem: Problem) -> Objective:
    return nearest_objectives(problem)[number][0]


def _nearest(
    problem: Problem, search: Search, options: PlannerOptions, aims: Aims, start: IntArray | None
) -> tuple[IntArray, tuple[StageReport, ...]]:
    reports: list[StageReport] = []
    choice = start
    gap = search.options.gap
    for number, (objective, width, bases) in enumerate(nearest_objectives(problem, aims)[: options.priorities]):
        nodes = options.later_nodes if reports else None
        prices = sampled_prices(problem, search, partial(_shortfall_stage, number), gap * bases)
        choice, report = search.minimise(
            objective, tolerance=gap * bases, scale=bases, start=choice, max_nodes=nodes, prices=prices
        )
        search.hold(objective, report.incumbent + width)
        reports.append(report)
    table = problem.frame.structure.table
    scale = absolute_cost(problem, choice if choice is not None else table.nothing_new())
    cost = Objective(name="cost", measure="million DKK", functionals=(cost_functional(problem.frame, problem.money),))
    nodes = options.later_nodes if reports else None
    choice, report = search.minimise(cost, tolerance=gap * scale, scale=scale, start=choice, max_nodes=nodes)
    search.hold(cost, report.incumbent + gap * scale)
    reports.append(report)
    years = np.unique([state.start for state in table.states])
    summed = Objective(
        name="summed emissions", measure="tCO2e", functionals=(emissions_functional(problem.frame, years),)
    )
    total = search.value(summed, choice)
    choice, report = search.minimise(
        summed,
        tolerance=max(STAGE_TOLERANCE, gap * total),
        scale=max(1.0, total),
        start=choice,
        max_nodes=options.later_nodes,
    )
    reports.append(report)
    return choice, tuple(reports)
