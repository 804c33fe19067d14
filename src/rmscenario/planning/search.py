"""Outer approximation: the master's bound is refined until exact evaluation agrees."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field

import numpy as np

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError, SolverError, WorkLimitError
from rmscenario.plan import StageReport, Termination
from rmscenario.planning.aims import Judged, RiskyCap
from rmscenario.planning.bounding import Bounding
from rmscenario.planning.dive import dive
from rmscenario.planning.functional import Cap
from rmscenario.planning.improving import Improving, Incumbent
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import Progress, Stop, Tick
from rmscenario.planning.relaxation import PROGRESS, Relaxation
from rmscenario.planning.rows import Rows
from rmscenario.planning.solver import Stopped

#: [1] Share of the tolerance that the integer solver may leave open; the cuts need the rest.
SOLVER_SHARE = 0.3
#: [the objective's measure] Smallest gap that is asked of the integer solver.
SMALLEST_GAP = 1e-9
#: [1] Share of a stage's scale that the solver's own tolerances leave open.
NUMERICAL = 1e-7
#: [the objective's measure per unit] Least price at which excesses of hard targets are made to go away.
LEAST_PRICE = 1e-3
#: Decisions taken one at a time in each of the dives that are made until the gap is reached.
DIVES = (60, 80, 40)
#: [1] Multiple of the gap that is asked for, within which a choice on the way of a dive is improved at once.
PROMISING = 1.5
#: [1] Multiple of the gap that is asked for, within which more cuts and another dive are worth their while.
IN_REACH = 10.0
#: [1] Share of the gap that is asked for, to which the relaxation is cut then.
FINER = 0.2


@dataclass(slots=True)
class Search:
    """A search in one region, its master kept alive over the stages of a plan.

    Attributes
    ----------
    known : array (option), optional
        A choice that stays where it is proven to the tolerance, though another may be better by less.
    near : array (choice column) in [0, 1], optional
        A point that the first relaxation is expected to end near.
    """

    frame: CutFrame
    rows: Rows
    options: SearchOptions
    progress: Progress
    stop: Stop
    known: IntArray | None = None
    near: FloatArray | None = None
    bounding: Bounding = field(init=False)
    judge: Judge = field(init=False)
    improving: Improving = field(init=False)
    relaxation: Relaxation = field(init=False)
    rounds: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Build the master."""
        self.judge = Judge(frame=self.frame, rows=self.rows)
        self.improving = Improving.of(self.frame, self.rows, self.judge, self.stop, exchanges=self.options.exchanges)
        self.bounding = Bounding(frame=self.frame, rows=self.rows, options=self.options, stop=self.stop)
        self.relaxation = Relaxation(self.bounding, self.improving, self.progress, self.stop)

    @property
    def cuts(self) -> int:
        """Number of cuts added so far."""
        return self.bounding.epigraphs.count

    def require(self, cap: Cap | RiskyCap) -> None:
        """Add a hard target, in its target year first; other groups follow where an incumbent exceeds them."""
        self.judge.caps.append(cap)
        self.bounding.groups.open_cap(cap, cap.first_key())

    def hold(self, objective: Objective, value: float) -> None:
        """Keep an earlier stage at its value in the stages that follow."""
        self.judge.held.append((objective, value))
        self.bounding.hold(objective, value)

    def value(self, objective: Objective, choice: IntArray) -> float:
        """Exact value of an objective at a choice."""
        return self.judge.value(objective, choice)

    def minimise(
        self,
        objective: Objective,
        *,
        tolerance: float,
        scale: float,
        start: IntArray | None = None,
        max_nodes: int | None = None,
        prices: FloatArray | None = None,
    ) -> tuple[IntArray, StageReport]:
        """Minimise an objective to within a tolerance by exact evaluation.

        Parameters
        ----------
        tolerance : float [the objective's measure]
            Largest difference of incumbent and bound.
        scale : float [the objective's measure]
            What the difference is divided by in the reported gap.
        max_nodes : int, optional
            Work limit of this stage; 0 keeps the start, improved by descent, and the relaxation's bound.
        prices : array (row that spans the region), optional
            About what these rows are worth: the relaxation begins with them in the rows' place.

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        table = self.frame.structure.table
        if not self.bounding.master.columns:
            return self._nothing_to_choose(objective, table.nothing_new())
        tolerance = max(tolerance, NUMERICAL * max(1.0, scale))
        columns, values, constant = self.bounding.expression_of(objective)
        incumbent, self.relaxation.filled = None, None
        if start is not None and self.judge.keeps(start):
            incumbent = self.improving.descended(objective, start, self.judge.value(objective, start))
        if self.near is not None:
            self.bounding.epigraphs.separate_anew(self.near)
            self.near = None
        relaxation = self.relaxation.priced(objective, tolerance, prices)
        if incumbent is not None and incumbent.value - relaxation > tolerance:
            self._visit(objective, incumbent.choice)
        known = self._known(objective)
        if known is not None and known.value - relaxation > tolerance:
            better = self.improving.descended(objective, known.choice, known.value)
            incumbent = better if incumbent is None or better.value < incumbent.value else incumbent
        elif known is not None:
            incumbent = known
        if incumbent is None:
            incumbent = self.relaxation.filled
        limit = self.options.max_nodes if max_nodes is None else max_nodes
        for singly in DIVES:
            missing = np.inf if incumbent is None else incumbent.value - relaxation
            if self.stop() or missing <= tolerance or (incumbent is not None and limit == 0):
                break
            if singly != DIVES[0] and missing > IN_REACH * tolerance:
                break
            promising, enough = relaxation + PROMISING * tolerance, relaxation + tolerance
            found = self._near_relaxation(objective, singly, promising, enough)
            if found is not None and (incumbent is None or found.value < incumbent.value):
                incumbent = found
                self._tell(objective, 0, found.value, relaxation, scale)
                if found.value - relaxation > tolerance and self._opened(objective, found.choice, PROGRESS * tolerance):
                    relaxation = max(
                        relaxation, self.relaxation.refined(objective, tolerance, enough=found.value - tolerance)
                    )
            relaxation = self._closer(objective, incumbent, relaxation, tolerance if limit else np.inf)
        large = len(self.bounding.wide) > 0  # a descent would take longer than all the rest
        if incumbent is not None and incumbent is self.relaxation.filled and not large and not self.stop():
            incumbent = self.improving.descended(objective, incumbent.choice, incumbent.value)
        lower, nodes, rounds = relaxation, 0, 0
        termination, settled = Termination.ROUND_LIMIT, False
        if incumbent is not None and incumbent.value - lower <= tolerance:
            termination = Termination.GAP_REACHED
        elif incumbent is not None and limit == 0:
            termination = Termination.NODE_LIMIT
        elif incumbent is not None and self.stop():
            termination = Termination.INTERRUPTED
        elif incumbent is not None:
            self._visit(objective, incumbent.choice)
        while rounds < self.options.max_rounds and termination is Termination.ROUND_LIMIT:
            rounds += 1
            self.bounding.set_costs(columns, values)
            begin = None
            if incumbent is not None:
                begin = self.frame.columns_chosen(incumbent.choice)[: len(table.states)]
            solved = self.bounding.master.solve(
                absolute_gap=max(tolerance * SOLVER_SHARE, SMALLEST_GAP), max_nodes=limit, start=begin
            )
            nodes += solved.nodes
            if solved.stopped is Stopped.INFEASIBLE:
                if incumbent is None:
                    raise NoPlanError("the hard rules contradict each other")
                break  # a contradiction within the solver's tolerances: the last bound stands
            lower = max(lower, min(solved.bound + constant, incumbent.value if incumbent else np.inf))
            if solved.values is not None:
                choice = self.bounding.rounded(solved.values)
                seen = self.bounding.epigraphs.has_visited(choice)
                opened = self._visit(objective, choice)
                if self.judge.keeps(choice):
                    value = self.judge.value(objective, choice)
                    if incumbent is None or value < incumbent.value:
                        incumbent = self.improving.descended(objective, choice, value)
                        self._visit(objective, incumbent.choice)
                elif seen and not opened and solved.stopped is Stopped.OPTIMAL:
                    raise SolverError("a choice came back that exact evaluation refuses, and no cut excludes it")
                settled = seen and not opened and solved.stopped is Stopped.OPTIMAL
            best = incumbent.value if incumbent else None
            self._tell(objective, rounds, best, lower, scale)
            if best is not None and best - lower <= tolerance:
                termination = Termination.GAP_REACHED
                break
            if solved.stopped is Stopped.INTERRUPTED or self.stop():
                termination = Termination.INTERRUPTED
                break
            if solved.stopped is Stopped.WORK_LIMIT:
                termination = Termination.NODE_LIMIT
                break
            if settled:
                break
        self.rounds += rounds
        if known is not None and known.value - lower <= tolerance:
            incumbent = known
        if incumbent is None:
            raise WorkLimitError(f"no plan was found within the work limit ({termination})")
        lower = min(lower, incumbent.value)
        report = StageReport(
            name=objective.name,
            measure=objective.measure,
            incumbent=incumbent.value,
            bound=lower,
            gap=(incumbent.value - lower) / scale,
            termination=termination,
            rounds=rounds,
            nodes=nodes,
            relaxation=relaxation,
        )
        return incumbent.choice, report

    def _tell(self, objective: Objective, number: int, incumbent: float | None, bound: float, scale: float) -> None:
        gap = None if incumbent is None else (incumbent - bound) / scale
        self.progress(Tick(stage=objective.name, round=number, incumbent=incumbent, bound=bound, gap=gap))

    def priced(self, objective: Objective, *, tolerance: float) -> FloatArray | None:
        """What each row is worth to the linear relaxation of an objective: array (row), None if it is not solved."""
        self.relaxation.refined(objective, tolerance)
        return self.relaxation.row_prices

    def _known(self, objective: Objective) -> Incumbent | None:
        """The known choice with its value; None where there is none that keeps the rules."""
        if self.known is None or not self.judge.keeps(self.known):
            return None
        return Incumbent(choice=self.known, value=self.judge.value(objective, self.known))

    def _nothing_to_choose(self, objective: Objective, choice: IntArray) -> tuple[IntArray, StageReport]:
        """The report of a region without options."""
        if not self.judge.keeps(choice):
            raise NoPlanError("the hard rules contradict each other")
        value = self.judge.value(objective, choice)
        report = StageReport(
            name=objective.name,
            measure=objective.measure,
            incumbent=value,
            bound=value,
            gap=0.0,
            termination=Termination.FIXED,
            rounds=0,
            nodes=0,
            relaxation=value,
        )
        return choice, report

    def _near_relaxation(
        self, objective: Objective, singly: int, promising: float = -np.inf, enough: float = -np.inf
    ) -> Incumbent | None:
        """The best of the choices on the way of a dive, after descent; None if none keeps the rules.

        Parameters
        ----------
        promising, enough : as of `Improving.on_the_way`
        """
        narrow = self.improving.exchange.rows
        with closing(dive(self.frame, self.rows, narrow, self.bounding.master, singly)) as points:
            near, found = self.improving.on_the_way(objective, points, promising, enough)
        if found is not None:
            return found
        if not any(self.judge.keeps(choice) for choice in near):
            for choice in near:
                self._opened(objective, choice)
        price = max(self.bounding.groups.cap_prices.values(), default=0.0)
        return self.improving.best(objective, near, max(price, LEAST_PRICE))

    def _closer(self, objective: Objective, incumbent: Incumbent | None, relaxation: float, tolerance: float) -> float:
        """The relaxation's bound, after more rounds of cuts where these may close the gap."""
        missing = np.inf if incumbent is None else incumbent.value - relaxation
        if self.stop() or missing <= tolerance or missing > IN_REACH * tolerance:
            return relaxation
        enough = np.inf if incumbent is None else incumbent.value - tolerance
        return max(relaxation, self.relaxation.refined(objective, FINER * tolerance, enough=enough))

    def _visit(self, objective: Objective, choice: IntArray) -> bool:
        """Cut everything at a choice and open the groups it needs; False if nothing was new."""
        opened = self._opened(objective, choice)
        return self.bounding.epigraphs.visit(choice) or opened

    def _opened(self, objective: Objective, choice: IntArray, width: float = 0.0) -> bool:
        """Open the groups that are exact at a choice, but for a width of the objective; False if all were open."""
        at, groups = Judged(self.frame, choice), self.bounding.groups
        hinges = {hinge.line.target.target: hinge for hinge, _ in objective.hinges} | {
            name: hinge for name, (hinge, _) in groups.hinges.items()
        }
        opened = [groups.open(hinge, hinge.key(at, width)) for hinge in hinges.values()]
        opened += [groups.open_cap(cap, cap.key(at)) for cap in self.judge.caps if cap.over(at) > 0.0]
        return any(opened)
