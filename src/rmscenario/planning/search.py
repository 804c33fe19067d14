"""Outer approximation: a live master bounded by cuts, refined until exact evaluation agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.constants import AIM_MARGIN, LIMIT_TOLERANCE
from rmscenario.emissions import CutFrame, CutKind, CutRows, cut_rows, evaluate, pool_products, tangent_rows
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError, SolverError
from rmscenario.options.options import NONE
from rmscenario.plan import StageReport, Termination
from rmscenario.planning.cutting import cut_matrix, readings, weigh
from rmscenario.planning.descent import TIE, Moves, candidates, descend, first_order
from rmscenario.planning.functional import Cap, Functional, Hinge, linear_functional, scaled
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import Progress, Stop, Tick
from rmscenario.planning.rows import Rows
from rmscenario.planning.solver import Master, Stopped

#: [1] A cut is added when it is violated by more than this share of the functional's value.
VIOLATION = 1e-7
#: [1] LP rounds stop when the bound moves by less than this share of the gap that is asked for.
LP_PROGRESS = 0.1
#: [1] Share of a stage's scale that the solver's own tolerances leave open.
NUMERICAL = 1e-7
#: [the functional's measure] Cuts slacker than this at the last LP point are deleted before the integer search.
PURGED = 1e-6
#: Most rounds of cuts on the linear relaxation.
LP_ROUNDS = 40
#: [1] Feasibility tolerance of rounded plans on the rows.
ROW_TOLERANCE = LIMIT_TOLERANCE


@dataclass(slots=True)
class _Bounded:
    """A functional in the master: its θ columns, one per pool with weight."""

    functional: Functional
    pools: IntArray
    first: int
    row: int = -1


@dataclass(slots=True)
class _Incumbent:
    choice: IntArray
    value: float


@dataclass(slots=True)
class Search:
    """A master for one region, kept alive over the stages of a plan."""

    frame: CutFrame
    rows: Rows
    options: SearchOptions
    progress: Progress
    stop: Stop
    master: Master = field(init=False)
    cuts: int = field(default=0, init=False)
    rounds: int = field(default=0, init=False)
    visited: list[IntArray] = field(default_factory=list, init=False)
    bounded: dict[str, _Bounded] = field(default_factory=dict, init=False)
    hinge_column: dict[str, tuple[Hinge, int]] = field(default_factory=dict, init=False)
    groups: set[tuple[str, tuple[int, ...]]] = field(default_factory=set, init=False)
    caps: list[Cap] = field(default_factory=list, init=False)
    cap_years: set[tuple[str, int]] = field(default_factory=set, init=False)
    held: list[tuple[Objective, float]] = field(default_factory=list, init=False)
    loose: list[int] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Build the master: states, pairs, and all rows."""
        table = self.frame.structure.table
        self.master = Master(threads=self.options.threads, seed=self.options.seed, stop=self.stop)
        states = len(table.states)
        lower = np.zeros(states)
        for number, option in enumerate(table.options):
            if option.running is not None:
                lower[table.first_state[number]] = 1.0
        self.master.add_columns(lower, np.ones(states), integer=True)
        self.master.add_columns(np.zeros(self.frame.columns - states), np.ones(self.frame.columns - states))
        self.master.add_rows(self.rows.matrix, self.rows.lower, self.rows.upper)
        self.visited = [table.nothing_new()]

    # -- what the master holds -------------------------------------------------------------------------------------

    def bound(self, functional: Functional) -> _Bounded:
        """Bring a functional into the master, with θ columns and the cuts of all choices visited so far."""
        if functional.name not in self.bounded:
            pools = np.flatnonzero((functional.weights > 0).any(axis=1))
            low = (functional.weights * self.frame.product(self.frame.least))[pools].sum(axis=1)
            first = self.master.add_columns(low, np.full(len(pools), np.inf))
            known = _Bounded(functional=functional, pools=pools, first=first)
            self.bounded[functional.name] = known
            for choice in self.visited:
                self._cut_at(choice, (known,))
        return self.bounded[functional.name]

    def _expression(self, functional: Functional) -> tuple[IntArray, FloatArray]:
        """Columns and coefficients of a functional in the master, without its constant."""
        known = self.bound(functional)
        linear = np.flatnonzero(functional.linear)
        columns = np.concatenate([linear, known.first + np.arange(len(known.pools))])
        return columns, np.concatenate([functional.linear[linear], np.ones(len(known.pools))])

    def _row(self, columns: IntArray, values: FloatArray, lower: float, upper: float) -> int:
        matrix = sparse.csr_array((values, (np.zeros(len(columns), dtype=np.int64), columns)), (1, self.master.columns))
        matrix.sum_duplicates()
        return self.master.add_rows(matrix, np.asarray([lower]), np.asarray([upper]))

    def open_hinge(self, hinge: Hinge) -> int:
        """Column of a hinge's price of shortfalls, opened with the group of all its years."""
        name = hinge.line.target.target
        if name not in self.hinge_column:
            self.hinge_column[name] = (hinge, self.master.add_columns(np.zeros(1), np.asarray([np.inf])))
            years = tuple(np.flatnonzero(hinge.price > 0).tolist())
            self._open_group(hinge, years)
        return self.hinge_column[name][1]

    def _open_group(self, hinge: Hinge, years: tuple[int, ...]) -> bool:
        """Open a group of shortfall years, Eq. (25); False if it is open already."""
        key = (hinge.line.target.target, years)
        if not years or key in self.groups:
            return False
        functional = hinge.group(self.frame, years)
        functional = Functional(
            name=f"{key}", constant=functional.constant, linear=functional.linear, weights=functional.weights
        )
        columns, values = self._expression(functional)
        column = self.hinge_column[hinge.line.target.target][1]
        self.groups.add(key)
        self._row(np.append(columns, column), np.append(-values, 1.0), functional.constant, np.inf)
        return True

    def require(self, cap: Cap) -> None:
        """Add a hard target, in its target year first; other years follow where an incumbent exceeds them."""
        self.caps.append(cap)
        self._cap_year(cap, cap.line.position)

    def _cap_year(self, cap: Cap, position: int) -> bool:
        key = (cap.line.target.target, position)
        if key in self.cap_years:
            return False
        self.cap_years.add(key)
        found = cap.year(self.frame, position)
        functional = Functional(name=f"cap {key}", constant=found.constant, linear=found.linear, weights=found.weights)
        columns, values = self._expression(functional)
        self._row(columns, values, -np.inf, -functional.constant - cap.margin)
        return True

    def hold(self, objective: Objective, value: float) -> None:
        """Keep an earlier stage at its value in the stages that follow."""
        self.held.append((objective, value))
        columns, values, constant = self._objective(objective)
        self._row(columns, values, -np.inf, value - constant)

    def _objective(self, objective: Objective) -> tuple[IntArray, FloatArray, float]:
        columns: list[IntArray] = [np.zeros(0, dtype=np.int64)]
        values: list[FloatArray] = [np.zeros(0)]
        constant = 0.0
        for functional in objective.functionals:
            column, value = self._expression(functional)
            columns.append(column)
            values.append(value)
            constant += functional.constant
        for hinge, factor in objective.hinges:
            columns.append(np.asarray([self.open_hinge(hinge)]))
            values.append(np.asarray([factor]))
        if objective.linear is not None:
            columns.append(np.arange(len(objective.linear)))
            values.append(objective.linear)
        return np.concatenate(columns), np.concatenate(values), constant

    # -- exact values ----------------------------------------------------------------------------------------------

    def value(self, objective: Objective, choice: IntArray) -> float:
        """Exact value of an objective at a choice."""
        chosen = self.frame.columns_chosen(choice)
        products = self._products(choice)
        total = sum(functional.value(chosen, products) for functional in objective.functionals)
        if objective.linear is not None:
            total += float(objective.linear @ chosen[: len(objective.linear)])
        if objective.hinges:
            leaf = evaluate(self.frame.structure, choice).leaf
            total += sum(factor * hinge.value(leaf) for hinge, factor in objective.hinges)
        return total

    def _products(self, choice: IntArray) -> FloatArray:
        structure = self.frame.structure
        first_year = np.unique(self.frame.year_column, return_index=True)[1]
        return pool_products(structure, structure.table.deployed(choice)[:, first_year])

    def _keeps(self, choice: IntArray) -> bool:
        """Whether a choice keeps rows, hard targets and held stages exactly; opens what it exceeds."""
        chosen = self.frame.columns_chosen(choice)
        rows, activity = self.rows, self.rows.matrix @ chosen
        slack = ROW_TOLERANCE * np.maximum(1.0, np.where(np.isfinite(rows.upper), np.abs(rows.upper), 0.0))
        if (activity > rows.upper + slack).any() or (activity < rows.lower - slack).any():
            return False
        keeps = True
        leaf = evaluate(self.frame.structure, choice).leaf
        for cap in self.caps:
            position, excess = cap.excess(leaf)
            if excess > 0.0:
                self._cap_year(cap, position)
                keeps = False
        for objective, value in self.held:
            if self.value(objective, choice) > value + 1e-9 * max(1.0, abs(value)):
                keeps = False
        return keeps

    # -- cuts ------------------------------------------------------------------------------------------------------

    def _cut_at(self, choice: IntArray, known: tuple[_Bounded, ...]) -> None:
        """Add L1 and L2 at an integer choice for every pool."""
        for kind in (CutKind.L1, CutKind.L2):
            cut = cut_rows(self.frame, choice, kind)
            for item in known:
                constant, value = weigh(self.frame, cut, item.functional)
                self._add_cuts(item, constant, value, np.ones(len(item.pools), dtype=bool), keep=True)

    def _add_cuts(
        self, item: _Bounded, constant: FloatArray, value: FloatArray, wanted: npt.NDArray[np.bool_], *, keep: bool
    ) -> None:
        pools = item.pools[wanted]
        if not len(pools):
            return
        cuts, lowered = cut_matrix(self.frame, pools, constant, value, self.master.columns)
        theta = sparse.csr_array(
            (np.ones(len(pools)), (np.arange(len(pools)), item.first + np.flatnonzero(wanted))),
            shape=(len(pools), self.master.columns),
        )
        first = self.master.add_rows(sparse.csr_array(theta - cuts), lowered, np.full(len(pools), np.inf))
        if not keep:
            self.loose.extend(range(first, first + len(pools)))
        self.cuts += len(pools)

    def _separate(self, values: FloatArray) -> int:
        """Add the most violated cut of each pool and functional at an LP point; returns how many."""
        point = values[: self.frame.columns]
        candidates: list[tuple[CutRows, npt.NDArray[np.bool_] | None]] = []
        for choice in readings(self.frame, point):
            candidates += [(cut_rows(self.frame, choice, kind), None) for kind in (CutKind.L1, CutKind.L2)]
        candidates.append(tangent_rows(self.frame, point))
        added = 0
        at_point = point[self.frame.entry_column]
        for item in self.bounded.values():
            if not len(item.pools):
                continue
            theta = values[item.first : item.first + len(item.pools)]
            weighed = [weigh(self.frame, cut, item.functional) for cut, _ in candidates]
            height = np.stack(
                [
                    constant + np.bincount(self.frame.entry_pool, value * at_point, minlength=len(constant))
                    for constant, value in weighed
                ]
            )
            for number, (_, valid) in enumerate(candidates):
                if valid is not None:
                    height[number, ~valid] = -np.inf
            best = height[:, item.pools].argmax(axis=0)
            scale = max(1.0, float(np.abs(theta).sum())) * VIOLATION
            violated = height[best, item.pools] - theta > scale / np.sqrt(len(item.pools))
            for number, (constant, value) in enumerate(weighed):
                wanted = violated & (best == number)
                self._add_cuts(item, constant, value, wanted, keep=False)
                added += int(wanted.sum())
        return added

    def _purge(self, slack: FloatArray) -> None:
        """Delete cuts of LP points that are slack at the last one; those of integer choices stay.

        Parameters
        ----------
        slack : array (row)
        """
        rows = np.asarray(self.loose, dtype=np.int64)
        gone = rows[slack[rows] > PURGED]
        self.master.delete_rows(gone)
        kept = np.setdiff1d(rows, gone)
        self.loose = (kept - np.searchsorted(gone, kept)).tolist()

    # -- the search ------------------------------------------------------------------------------------------------

    def minimise(
        self,
        objective: Objective,
        *,
        tolerance: float,
        scale: float,
        start: IntArray | None = None,
        max_nodes: int | None = None,
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

        Raises
        ------
        NoPlanError
            When the rules contradict each other.
        """
        tolerance = max(tolerance, NUMERICAL * max(1.0, scale))
        columns, values, constant = self._objective(objective)
        incumbent = None
        if start is not None and self._keeps(start):
            incumbent = self._descended(objective, start, self.value(objective, start))
        relaxation = self._relax(objective, columns, values, constant, tolerance)
        lower, nodes, rounds = relaxation, 0, 0
        termination, settled = Termination.ROUND_LIMIT, False
        limit = self.options.max_nodes if max_nodes is None else max_nodes
        if incumbent is not None and incumbent.value - lower <= tolerance:
            termination = Termination.GAP_REACHED
        elif incumbent is not None and limit == 0:
            termination = Termination.NODE_LIMIT
        while rounds < self.options.max_rounds and termination is Termination.ROUND_LIMIT:
            rounds += 1
            self._costs(columns, values)
            table = self.frame.structure.table
            begin = None
            if incumbent is not None:
                begin = self.frame.columns_chosen(incumbent.choice)[: len(table.states)]
            solved = self.master.solve(absolute_gap=max(tolerance * 0.3, 1e-9), max_nodes=limit, start=begin)
            nodes += solved.nodes
            if solved.stopped is Stopped.INFEASIBLE:
                if incumbent is None:
                    raise NoPlanError("the hard rules contradict each other")
                lower = incumbent.value
                termination = Termination.GAP_REACHED
                break
            lower = max(lower, min(solved.bound + constant, incumbent.value if incumbent else np.inf))
            if solved.values is not None:
                choice = self._rounded(solved.values)
                seen = any(np.array_equal(choice, other) for other in self.visited)
                opened = self._visit(objective, choice)
                if self._keeps(choice):
                    value = self.value(objective, choice)
                    if incumbent is None or value < incumbent.value:
                        incumbent = self._descended(objective, choice, value)
                elif seen and not opened and solved.stopped is Stopped.OPTIMAL:
                    raise SolverError("a choice came back that exact evaluation refuses, and no cut excludes it")
                settled = seen and not opened and solved.stopped is Stopped.OPTIMAL
            best = incumbent.value if incumbent else None
            gap = None if best is None else (best - lower) / scale
            self.progress(Tick(stage=objective.name, round=rounds, incumbent=best, bound=lower, gap=gap))
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

    def _descended(self, objective: Objective, choice: IntArray, value: float) -> _Incumbent:
        """A feasible choice after descent; what is new in it is cut like any visited choice."""

        def neighbours(current: IntArray) -> Iterator[IntArray]:
            parts = [*objective.functionals]
            leaf = evaluate(self.frame.structure, current).leaf
            parts += [
                scaled(hinge.group(self.frame, hinge.short_years(leaf)), factor) for hinge, factor in objective.hinges
            ]
            if objective.linear is not None:
                parts.append(linear_functional(self.frame, objective.linear))
            found = [first_order(self.frame, part, current) for part in parts]
            moves = Moves(take=np.sum([f.take for f in found], axis=0), drop=np.sum([f.drop for f in found], axis=0))
            return candidates(self.frame, self.rows, current, moves, TIE * max(1.0, abs(value)))

        def exact(current: IntArray) -> float | None:
            return self.value(objective, current) if self._keeps(current) else None

        found, better = descend(choice, value, neighbours, exact)
        if not np.array_equal(found, choice):
            self._visit(objective, found)
        return _Incumbent(choice=found, value=better)

    def _relax(
        self, objective: Objective, columns: IntArray, values: FloatArray, constant: float, tolerance: float
    ) -> float:
        """Rounds of cuts on the linear relaxation; returns its bound."""
        lower, slow = -np.inf, 0
        for number in range(LP_ROUNDS):
            self._costs(columns, values)
            solved = self.master.relax()
            if solved.stopped is Stopped.INFEASIBLE:
                raise NoPlanError("the hard rules contradict each other")
            if solved.values is None:
                break
            slow = slow + 1 if solved.objective + constant - lower < LP_PROGRESS * tolerance else 0
            lower = max(lower, solved.objective + constant)
            self.progress(Tick(stage=objective.name, round=-number, incumbent=None, bound=lower, gap=None))
            done = slow >= 2 or self.stop() or solved.stopped is not Stopped.OPTIMAL
            if done or not self._separate(solved.values):
                if solved.slack is not None:
                    self._purge(solved.slack)
                break
        return lower

    def _costs(self, columns: IntArray, values: FloatArray) -> None:
        costs = np.zeros(self.master.columns)
        np.add.at(costs, columns, values)
        self.master.set_costs(costs)

    def _rounded(self, values: FloatArray) -> IntArray:
        """The choice an integer solution means."""
        table = self.frame.structure.table
        choice = np.full(len(table.options), NONE, dtype=np.int64)
        chosen = np.flatnonzero(values[: len(table.states)] > 0.5)
        choice[table.state_option[chosen]] = chosen
        return choice

    def _visit(self, objective: Objective, choice: IntArray) -> bool:
        """Cut everything at a choice and open the groups it needs; False if nothing was new."""
        new = not any(np.array_equal(choice, other) for other in self.visited)
        leaf = evaluate(self.frame.structure, choice).leaf
        hinges = {hinge.line.target.target: hinge for hinge, _ in objective.hinges} | {
            name: hinge for name, (hinge, _) in self.hinge_column.items()
        }
        opened = [self._open_group(hinge, hinge.short_years(leaf)) for hinge in hinges.values()]
        opened += [self._cap_year(cap, cap.excess(leaf)[0]) for cap in self.caps if cap.excess(leaf)[1] > 0]
        if new:
            self.visited.append(choice)
            self._cut_at(choice, tuple(self.bounded.values()))
        return new or any(opened)

    def margin(self, base: float) -> float:
        """How far below a cap the planner aims."""
        return AIM_MARGIN * abs(base)
