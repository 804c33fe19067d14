"""Outer approximation: the master's bound is refined until exact evaluation agrees."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError, SolverError
from rmscenario.plan import StageReport, Termination
from rmscenario.planning.aims import Judged, RiskyCap
from rmscenario.planning.bounding import Bounding
from rmscenario.planning.dive import dive
from rmscenario.planning.functional import Cap
from rmscenario.planning.improving import Improving, Incumbent
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import Progress, Stop, Tick
from rmscenario.planning.rows import Rows
from rmscenario.planning.solver import Solved, Stopped

#: [1] Share of the tolerance that the integer solver may leave open; the cuts need the rest.
SOLVER_SHARE = 0.3
#: [the objective's measure] Smallest gap that is asked of the integer solver.
SMALLEST_GAP = 1e-9
#: [1] Share of a stage's scale that the solver's own tolerances leave open.
NUMERICAL = 1e-7
#: [the objective's measure per unit] Least price at which excesses of hard targets are made to go away.
LEAST_PRICE = 1e-3
#: [1] LP rounds stop when the bound moves by less than this share of the gap that is asked for.
LP_PROGRESS = 0.1
#: [1] Groups are opened as long as one moves the bound by this share of the gap that is asked for.
GROUP_PROGRESS = 0.25
#: Which refinement of the relaxation opens groups of years, whose products then need cuts from the first on.
GROUPS = 1
#: Most rounds of cuts on the linear relaxation.
LP_ROUNDS = 40
#: [1] A cut on a face is added when it is violated by more than this share of the gap that is asked for.
FACE_VIOLATION = 1e-4
#: Decisions taken one at a time in each of the dives that are made until the gap is reached.
DIVES = (60, 80, 40)
#: [1] Multiple of the gap that is asked for, within which a choice on the way of a dive is improved at once.
PROMISING = 1.5
#: [1] Multiple of the gap that is asked for, within which more cuts and another dive are worth their while.
IN_REACH = 5.0
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
    rounds: int = field(default=0, init=False)
    point: FloatArray | None = field(default=None, init=False)
    relaxation_prices: dict[str, float] = field(default_factory=dict, init=False)
    row_prices: FloatArray | None = field(default=None, init=False)
    reduced: FloatArray | None = field(default=None, init=False)
    early: Incumbent | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Build the master."""
        self.judge = Judge(frame=self.frame, rows=self.rows)
        self.improving = Improving.of(self.frame, self.rows, self.judge, self.stop, exchanges=self.options.exchanges)
        self.bounding = Bounding(frame=self.frame, rows=self.rows, options=self.options, stop=self.stop)

    @property
    def cuts(self) -> int:
        """Number of cuts added so far."""
        return self.bounding.cuts

    def require(self, cap: Cap | RiskyCap) -> None:
        """Add a hard target, in its target year first; other groups follow where an incumbent exceeds them."""
        self.judge.caps.append(cap)
        self.bounding.open_cap(cap, cap.first_key())

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
        incumbent, self.early = None, None
        if start is not None and self.judge.keeps(start):
            incumbent = self.improving.descended(objective, start, self.judge.value(objective, start))
        if self.near is not None:
            self.bounding.cut_near(self.near)
            self.near = None
        relaxation = self._relaxed(objective, tolerance, prices)
        if incumbent is not None and incumbent.value - relaxation > tolerance:
            self._visit(objective, incumbent.choice)
        known = self._known(objective)
        if known is not None and known.value - relaxation > tolerance:
            better = self.improving.descended(objective, known.choice, known.value)
            incumbent = better if incumbent is None or better.value < incumbent.value else incumbent
        elif known is not None:
            incumbent = known
        if incumbent is None:
            incumbent = self.early
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
                if found.value - relaxation > tolerance and self._opened(
                    objective, found.choice, LP_PROGRESS * tolerance
                ):
                    relaxation = max(relaxation, self._relax(objective, tolerance, enough=found.value - tolerance))
            relaxation = self._closer(objective, incumbent, relaxation, tolerance if limit else np.inf)
        large = len(self.bounding.wide) > 0  # a descent would take longer than all the rest
        if incumbent is not None and incumbent is self.early and not large and not self.stop():
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
                seen = any(np.array_equal(choice, other) for other in self.bounding.visited)
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
            raise NoPlanError(f"no plan was found within the work limit ({termination})")
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
        self._relax(objective, tolerance)
        return self.row_prices

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

    def _keep_filled(self, objective: Objective) -> None:
        """Fill up the relaxation's point: what is kept if Ctrl-C comes before a dive."""
        found = None if self.point is None else self.improving.filled(objective, self.point)
        if found is not None and (self.early is None or found.value < self.early.value):
            self.early = found

    def _near_relaxation(
        self, objective: Objective, singly: int, promising: float = -np.inf, enough: float = -np.inf
    ) -> Incumbent | None:
        """The best of the choices on the way of a dive, after descent; None if none keeps the rules.

        Parameters
        ----------
        promising, enough : as of `Improving.on_the_way`
        """
        with closing(dive(self.frame, self.rows, self.bounding.master, singly)) as points:
            near, found = self.improving.on_the_way(objective, points, promising, enough)
        if found is not None:
            return found
        if not any(self.judge.keeps(choice) for choice in near):
            for choice in near:
                self._opened(objective, choice)
        price = max(self.bounding.cap_prices.values(), default=0.0)
        return self.improving.best(objective, near, max(price, LEAST_PRICE))

    def _relaxed(self, objective: Objective, tolerance: float, prices: FloatArray | None) -> float:
        """Rounds of cuts, with prices in the place of the rows that span the region as long as that moves the bound.

        Prices bound from below, Eq. (30); the rows themselves then give a point to begin with, and better prices.
        """
        if prices is None:
            return self._relax(objective, tolerance)
        lower = -np.inf
        while True:
            self.bounding.price_wide(prices)
            bound = self._relax(objective, tolerance)
            self.bounding.price_wide(None)
            if not self.stop():
                bound = max(bound, self._relax(objective, tolerance, rounds=1))
            gained, lower = bound - lower, max(bound, lower)
            prices = self.bounding.multipliers(self.row_prices, self.bounding.wide)
            reached = self.early is not None and self.early.value - lower <= tolerance
            if reached or gained < LP_PROGRESS * tolerance or self.stop():
                return lower

    def _relax(self, objective: Objective, tolerance: float, rounds: int = LP_ROUNDS, enough: float = np.inf) -> float:
        """Rounds of cuts on the linear relaxation, the dearer ones when the cheap move it no further; returns its bound.

        Cuts first, then the groups of the years that are short at the point, which need cuts again, then cuts on faces.
        """
        bounding = self.bounding
        columns, values, constant = bounding.expression_of(objective)
        refinements: tuple[Callable[[Solved, FloatArray], int], ...] = (
            lambda _, point: bounding.separate(point),
            lambda solved, _: bounding.open_near(objective, solved, width if lower - opened_at >= worth else np.inf),
            lambda _, point: bounding.separate_faces(point, FACE_VIOLATION * tolerance),
        )
        width, worth = LP_PROGRESS * tolerance, GROUP_PROGRESS * tolerance
        lower, before, opened_at, step, fresh = -np.inf, -np.inf, -np.inf, 0, True
        for number in range(rounds):
            bounding.set_costs(columns, values)
            solved = bounding.master.relax()
            if solved.stopped is Stopped.INFEASIBLE:
                raise NoPlanError("the hard rules contradict each other")
            if solved.stopped is not Stopped.OPTIMAL or solved.values is None:
                break  # a relaxation that is not solved bounds nothing
            bound = solved.objective + constant
            step += not fresh and bound - before < width
            lower, before = max(lower, bound), bound
            self._tell(objective, -number, None, lower, 1.0)
            self.point = solved.values
            if self.early is None:
                self._keep_filled(objective)
            if solved.duals is not None:
                self.row_prices, self.reduced = solved.duals[: len(self.rows.labels)], solved.reduced
                self.relaxation_prices = bounding.prices(solved.duals)
                bounding.price_caps(solved.duals)
            if self.stop() or lower >= enough:
                break
            while step < len(refinements) and not refinements[step](solved, solved.values):
                step += 1
            if step == len(refinements):
                if solved.slack is not None:
                    bounding.purge(solved.slack)
                break
            fresh = step == GROUPS
            if fresh:
                step, opened_at = 0, lower
        self._keep_filled(objective)
        return lower

    def _closer(self, objective: Objective, incumbent: Incumbent | None, relaxation: float, tolerance: float) -> float:
        """The relaxation's bound, after more rounds of cuts where these may close the gap."""
        missing = np.inf if incumbent is None else incumbent.value - relaxation
        if self.stop() or missing <= tolerance or missing > IN_REACH * tolerance:
            return relaxation
        enough = np.inf if incumbent is None else incumbent.value - tolerance
        return max(relaxation, self._relax(objective, FINER * tolerance, enough=enough))

    def _visit(self, objective: Objective, choice: IntArray) -> bool:
        """Cut everything at a choice and open the groups it needs; False if nothing was new."""
        new = not any(np.array_equal(choice, other) for other in self.bounding.visited)
        opened = self._opened(objective, choice)
        if new:
            self.bounding.visited.append(choice)
            self.bounding.cut_at(choice, tuple(self.bounding.bounded.values()))
        return new or opened

    def _opened(self, objective: Objective, choice: IntArray, width: float = 0.0) -> bool:
        """Open the groups that are exact at a choice, but for a width of the objective; False if all were open."""
        at = Judged(self.frame, choice)
        hinges = {hinge.line.target.target: hinge for hinge, _ in objective.hinges} | {
            name: hinge for name, (hinge, _) in self.bounding.hinges.items()
        }
        opened = [self.bounding.open_group(hinge, hinge.key(at, width)) for hinge in hinges.values()]
        opened += [self.bounding.open_cap(cap, cap.key(at)) for cap in self.judge.caps if cap.over(at) > 0.0]
        return any(opened)
