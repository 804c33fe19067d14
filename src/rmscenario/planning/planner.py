"""Plans: priced (shortfalls have a price) and nearest (shortfalls first, in order of priority, whatever they cost)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

import numpy as np

from rmscenario.constants import AIM_MARGIN, STAGE_TOLERANCE, STAGE_TOLERANCE_RELATIVE
from rmscenario.emissions import CutFrame, TargetLine, build_structure, evaluate, target_lines
from rmscenario.emissions.cuts import build_frame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.money import MoneyTable, build_money, metered_prices
from rmscenario.options import build_options
from rmscenario.options.options import NONE
from rmscenario.plan import Held, Plan, SolveReport, StageReport, Termination
from rmscenario.planning.functional import Cap, Hinge, cost_functional, emissions_functional
from rmscenario.planning.limits import MILLION, limit_rows
from rmscenario.planning.logic import logic_rows
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import Progress, Stop, never, silent
from rmscenario.planning.rows import Rows, stacked
from rmscenario.planning.search import Search
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind, TargetForm

#: [1] Shortfall stages are solved to this share of the gap, of the targets' bases: 0.1 % on cost is 0.01 % of a base.
STAGE_GAP = 0.1


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
class Problem:
    """A region arranged for planning."""

    region: Region
    frame: CutFrame
    money: MoneyTable
    lines: tuple[TargetLine, ...]
    rows: tuple[Rows, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan and how often each equation stands in its master."""

    plan: Plan
    problem: Problem
    choice: IntArray


def build_problem(region: Region) -> Problem:
    """Arrange a region: options, structure, money, targets and the rows of all constraint families."""
    settings = region.settings
    summed = [target.year for target in region.active_targets if target.form is TargetForm.CUMULATIVE]
    table = build_options(region, range(min([settings.first_year, *summed]), settings.end_year + 1))
    structure = build_structure(region, table)
    frame = build_frame(structure)
    money = build_money(region, table)
    return Problem(
        region=region,
        frame=frame,
        money=money,
        lines=target_lines(structure),
        rows=(*logic_rows(region, frame), *limit_rows(region, table, money, frame.columns)),
    )


def plan_region(
    region: Region,
    options: PlannerOptions | None = None,
    *,
    progress: Progress = silent,
    stop: Stop = never,
) -> Planned:
    """Plan a region.

    Raises
    ------
    NoPlanError
        When the hard rules contradict each other.
    SolverError
        When the solver fails.
    """
    options = options or PlannerOptions()
    problem = build_problem(region)
    rows = stacked(problem.rows, problem.frame.columns)
    search = Search(frame=problem.frame, rows=rows, options=options.search, progress=progress, stop=stop)
    for line in problem.lines:
        if line.target.hard:
            search.require(Cap(line=line, margin=AIM_MARGIN * abs(line.base)))
    if options.mode is Mode.PRICED:
        choice, stages = _priced(problem, search)
    else:
        choice, stages = _nearest(problem, search, options)
    last = stages[-1]
    worst = max(stages, key=lambda stage: list(Termination).index(stage.termination))
    plan = Plan(
        starts=problem.frame.structure.table.starts(choice),
        solve=SolveReport(
            termination=worst.termination,
            held=Held.PROVEN if worst.termination is Termination.GAP_REACHED else Held.INCUMBENT,
            incumbent=last.incumbent,
            bound=last.bound,
            gap=max(stage.gap for stage in stages),
            cuts=search.cuts,
            rounds=search.rounds,
            stages=stages,
            rows=tuple((f"({rows.equation})", len(rows.labels)) for rows in problem.rows),
        ),
    )
    return Planned(plan=plan, problem=problem, choice=choice)


def shortfall_prices(line: TargetLine, money: MoneyTable) -> FloatArray:
    """Discounted price of a unit of shortfall in each year, Eq. (11): array (year) [million DKK per unit]."""
    price = (line.target.shortfall_price or 0.0) * money.discount / MILLION
    if line.cumulative:
        return np.where(np.arange(len(price)) == line.position, price, 0.0)
    return np.where(line.held, price, 0.0)


def priced_objective(problem: Problem) -> Objective:
    """The objective of Eq. (11)."""
    hinges = tuple(
        (Hinge(line=line, price=shortfall_prices(line, problem.money)), 1.0)
        for line in problem.lines
        if not line.target.hard and line.target.shortfall_price
    )
    cost = cost_functional(problem.frame, problem.money)
    return Objective(name="cost with shortfalls", measure="million DKK", functionals=(cost,), hinges=hinges)


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
    for line in problem.lines:
        if not line.target.hard and line.target.shortfall_price:
            total += Hinge(line=line, price=shortfall_prices(line, money)).value(leaf)
    return max(total, 1.0)


def _priced(problem: Problem, search: Search) -> tuple[IntArray, tuple[StageReport, ...]]:
    scale = absolute_cost(problem, problem.frame.structure.table.nothing_new())
    choice, report = search.minimise(priced_objective(problem), tolerance=search.options.gap * scale, scale=scale)
    return choice, (report,)


def nearest_objectives(problem: Problem) -> list[tuple[Objective, float, float]]:
    """The shortfall stages of Eq. (12), in order of priority: objective, the width it is held by, the sum of bases."""
    soft = sorted((line for line in problem.lines if not line.target.hard), key=lambda line: line.target.priority)
    stages = []
    for priority, group in groupby(soft, key=lambda line: line.target.priority):
        lines = list(group)
        alone = len(lines) == 1
        hinges = []
        for line in lines:
            price = np.zeros(len(problem.money.discount))
            price[line.position] = 1.0
            hinges.append((Hinge(line=line, price=price), 1.0 if alone else 1.0 / max(1.0, line.base)))
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


def _nearest(problem: Problem, search: Search, options: PlannerOptions) -> tuple[IntArray, tuple[StageReport, ...]]:
    reports: list[StageReport] = []
    choice: IntArray | None = None
    gap = search.options.gap
    for objective, width, bases in nearest_objectives(problem)[: options.priorities]:
        nodes = options.later_nodes if reports else None
        choice, report = search.minimise(
            objective, tolerance=STAGE_GAP * gap * bases, scale=bases, start=choice, max_nodes=nodes
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
