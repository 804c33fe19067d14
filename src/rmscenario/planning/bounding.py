"""The master: what bounds a search from below, grown in place."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from rmscenario.emissions import CutFrame, CutKind
from rmscenario.emissions.evaluate import evaluate_deployed
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.aggregate import Part, aggregated
from rmscenario.planning.aims import Bounded, CutPoints, HardAim, RiskyAim, SoftAim, heights
from rmscenario.planning.cutting import cut_matrix, face_matrix, readings, roundings, without_small
from rmscenario.planning.faces import FaceCut
from rmscenario.planning.functional import Hinge
from rmscenario.planning.members import Members, build_members
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import Stop
from rmscenario.planning.rows import Rows, wide_rows
from rmscenario.planning.solver import Master, Solved

#: [1] A cut is added when it is violated by more than this share of the functional's value.
VIOLATION = 1e-7
#: [the functional's measure] Cuts slacker than this at the last LP point are deleted before the integer search.
PURGED = 1e-6
#: Groups of a target under risk that are made one before another is opened.
MERGED = 2


@dataclass(slots=True)
class Entered:
    """A functional in the master: its θ columns, one per pool with weight."""

    functional: Bounded
    pools: IntArray
    first: int


@dataclass(slots=True)
class Bounding:
    """A live master: states, pairs, rows, and the θ columns and cuts of every functional that entered it."""

    frame: CutFrame
    rows: Rows
    options: SearchOptions
    stop: Stop
    master: Master = field(init=False)
    cuts: int = field(default=0, init=False)
    visited: list[IntArray] = field(default_factory=list, init=False)
    bounded: dict[str, Entered] = field(default_factory=dict, init=False)
    hinges: dict[str, tuple[SoftAim, int]] = field(default_factory=dict, init=False)
    groups: dict[tuple[str, Hashable], int] = field(default_factory=dict, init=False)
    caps: dict[tuple[str, Hashable], int] = field(default_factory=dict, init=False)
    cap_prices: dict[str, float] = field(default_factory=dict, init=False)
    loose: list[int] = field(default_factory=list, init=False)
    members: Members | None = field(default=None, init=False)
    wide: IntArray = field(init=False)
    loosened: int = field(default=0, init=False)
    wide_prices: FloatArray | None = field(default=None, init=False)

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
        self.wide = wide_rows(self.rows, states)
        self.loosened = self.master.loosen(self.wide)

    def price_wide(self, prices: FloatArray | None) -> None:
        """Put a price in the place of the rows that span the region, Eq. (30); None: keep them.

        Parameters
        ----------
        prices : array (row that spans the region), optional
            The rows' multipliers.
        """
        self.wide_prices = prices
        free = np.full(len(self.wide), 0.0 if prices is None else np.inf)
        self.master.bound_columns(self.loosened, -free, free)

    def multipliers(self, prices: FloatArray | None, rows: IntArray) -> FloatArray:
        """Prices of the rows that span the region, of the sign that bounds, from prices of rows: array (row that spans it).

        Parameters
        ----------
        prices : array (row), optional
        rows : array (row that spans the region)
            Where their prices stand.
        """
        if prices is None:
            return np.zeros(len(self.wide))
        lower, upper = self.rows.lower[self.wide], self.rows.upper[self.wide]
        return np.clip(
            prices[rows], np.where(np.isfinite(upper), -np.inf, 0.0), np.where(np.isfinite(lower), np.inf, 0.0)
        )

    def bound(self, functional: Bounded) -> Entered:
        """Bring a functional into the master, with θ columns and the cuts of all choices visited so far.

        The relaxation begins with L1 at the choice without new starts, where L2 is the same but for additions.
        """
        if functional.name not in self.bounded:
            pools = functional.pools
            first = self.master.add_columns(functional.least(self.frame), np.full(len(pools), np.inf))
            known = Entered(functional=functional, pools=pools, first=first)
            self.bounded[functional.name] = known
            beginning = self.frame.structure.table.nothing_new()
            self._cut(CutPoints(self.frame, [(beginning, CutKind.L1)]), (known,), keep=False)
            for choice in self.visited:
                self.cut_at(choice, (known,))
        return self.bounded[functional.name]

    def expression(self, functional: Bounded) -> tuple[IntArray, FloatArray]:
        """Columns and coefficients of a functional in the master, without its constant."""
        known = self.bound(functional)
        linear = np.flatnonzero(functional.linear)
        columns = np.concatenate([linear, known.first + np.arange(len(known.pools))])
        return columns, np.concatenate([functional.linear[linear], np.ones(len(known.pools))])

    def row(self, columns: IntArray, values: FloatArray, lower: float, upper: float) -> int:
        """Append one row over any columns; returns its number."""
        matrix = sparse.csr_array((values, (np.zeros(len(columns), dtype=np.int64), columns)), (1, self.master.columns))
        matrix.sum_duplicates()
        return self.master.add_rows(matrix, np.asarray([lower]), np.asarray([upper]))

    def open_hinge(self, hinge: SoftAim) -> int:
        """Column of a hinge's price of shortfalls, opened with the group of all its years."""
        name = hinge.line.target.target
        if name not in self.hinges:
            self.hinges[name] = (hinge, self.master.add_columns(np.zeros(1), np.asarray([np.inf])))
            self.open_group(hinge, hinge.first_key())
        return self.hinges[name][1]

    def open_group(self, hinge: SoftAim, key: Hashable) -> bool:
        """Open a group of a hinge, Eq. (25); False if it is open already, or empty."""
        name = hinge.line.target.target
        if not key or (name, key) in self.groups:
            return False
        columns, values, constant = [np.asarray([self.hinges[name][1]])], [np.ones(1)], 0.0
        for functional in hinge.functionals(self.frame, key):
            column, value = self.expression(functional)
            columns.append(column)
            values.append(-value)
            constant += functional.constant
        self.groups[name, key] = self.row(np.concatenate(columns), np.concatenate(values), constant, np.inf)
        return True

    def open_near(self, objective: Objective, solved: Solved, width: float) -> int:
        """Open the groups that are worst near an LP point, which are cut there; returns how many.

        Of a hinge at the modes these are the years that are short where each option is deployed in part.

        Parameters
        ----------
        width : float [the objective's measure]
            How much less bad a group under risk may be that is open already; infinite: those that are open become one.
        """
        assert solved.values is not None
        structure = self.frame.structure
        table = structure.table
        deployed = np.zeros((len(table.options), len(table.years)))
        np.add.at(deployed, table.state_option, solved.values[: len(table.states), None] * table.effect)
        leaf = evaluate_deployed(structure, deployed).leaf
        near = roundings(self.frame, solved.values)
        opened, found = 0, []
        for hinge, _ in objective.hinges:
            if isinstance(hinge, Hinge):
                opened += width < np.inf and self.open_group(hinge, hinge.short_years(leaf))
                continue
            key = hinge.key_near(near, width) if width < np.inf else ()
            found.append((hinge, () if (hinge.line.target.target, key) in self.groups else key))
        if solved.duals is not None:
            opened += self.merge([hinge for hinge, _ in found], solved.duals)
        opened += sum(self.open_group(hinge, key) for hinge, key in found)
        if opened:
            self.separate(np.concatenate([solved.values, np.zeros(self.master.columns - len(solved.values))]))
        return opened

    def merge(self, hinges: Sequence[RiskyAim], duals: FloatArray) -> int:
        """Of each hinge put one group in the place of all that are open, that which the relaxation weighs them to.

        It bounds as high as they do, with a part of the columns and rows. Returns of how many hinges there were several.

        Parameters
        ----------
        duals : array (row)
        """
        gone = [self._merged(hinge, duals) for hinge in hinges]
        self._delete(np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *gone])))
        return sum(len(rows) > 0 for rows in gone)

    def _merged(self, hinge: RiskyAim, duals: FloatArray) -> IntArray:
        """Open the group that is the average of a hinge's groups, and forget them; returns the rows that are left of them."""
        name = hinge.line.target.target
        multipliers = {key: max(0.0, float(duals[row])) for (other, key), row in self.groups.items() if other == name}
        if len(multipliers) < MERGED or max(multipliers.values()) <= 0.0:
            return np.zeros(0, dtype=np.int64)
        merged = hinge.merged(multipliers)
        self.open_group(hinge, merged)
        total = sum(multipliers.values())
        parts, gone = [], [self.groups.pop((name, key)) for key in multipliers]
        for key, price in multipliers.items():
            for functional in hinge.functionals(self.frame, key):
                known = self.bounded.pop(functional.name)
                rows = self.master.rows_of(known.first + np.arange(len(known.pools)))
                cuts, least = np.setdiff1d(rows, gone), functional.least(self.frame)
                parts.append(Part(share=price / total, price=price, first=known.first, least=least, cuts=cuts))
                gone += rows.tolist()
        whole = hinge.functionals(self.frame, merged)
        if len(whole) == 1 and len(parts) == len(multipliers):  # of one year: each is a share of the same
            cuts, constant = without_small(*aggregated(self.master, parts, duals, self.frame.columns))
            item = self.bounded[whole[0].name]
            self._add_rows(item, np.arange(len(item.pools)), cuts, constant, keep=False)
        return np.asarray(gone)

    def open_cap(self, cap: HardAim, key: Hashable) -> bool:
        """Bound a group of a hard target by its cap less the margin; False if it is bounded already."""
        name = (cap.line.target.target, key)
        if name in self.caps:
            return False
        functional = cap.functional(self.frame, key)
        columns, values = self.expression(functional)
        self.caps[name] = self.row(columns, values, -np.inf, -functional.constant - cap.margin)
        return True

    def hold(self, objective: Objective, value: float) -> None:
        """Keep an earlier stage at its value in the stages that follow."""
        columns, values, constant = self.expression_of(objective)
        self.row(columns, values, -np.inf, value - constant)

    def expression_of(self, objective: Objective) -> tuple[IntArray, FloatArray, float]:
        """Columns, coefficients and constant of an objective in the master."""
        columns: list[IntArray] = [np.zeros(0, dtype=np.int64)]
        values: list[FloatArray] = [np.zeros(0)]
        constant = 0.0
        for functional in objective.functionals:
            column, value = self.expression(functional)
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

    def set_costs(self, columns: IntArray, values: FloatArray) -> None:
        """Minimise an expression."""
        costs = np.zeros(self.master.columns)
        np.add.at(costs, columns, values)
        if self.wide_prices is not None:
            costs[self.loosened : self.loosened + len(self.wide)] = self.wide_prices
        self.master.set_costs(costs)

    def cut_at(self, choice: IntArray, known: tuple[Entered, ...]) -> None:
        """Add L1 and L2 at an integer choice for every pool, to be kept."""
        self._cut(CutPoints(self.frame, [(choice, CutKind.L1), (choice, CutKind.L2)]), known, keep=True)

    def _cut(self, points: CutPoints, known: tuple[Entered, ...], *, keep: bool) -> None:
        for item in known:
            for constant, value, valid in item.functional.cuts(points):
                self.add_cuts(item, constant, value, valid[item.pools], keep=keep)

    def add_cuts(
        self, item: Entered, constant: FloatArray, value: FloatArray, wanted: npt.NDArray[np.bool_], *, keep: bool
    ) -> None:
        """Add the cuts of the wanted pools of a functional; those that are not to be kept may be deleted later."""
        pools = item.pools[wanted]
        if len(pools):
            cuts, lowered = cut_matrix(self.frame, pools, constant, value, self.master.columns)
            self._add_rows(item, np.flatnonzero(wanted), cuts, lowered, keep=keep)

    def _add_rows(
        self, item: Entered, places: IntArray, cuts: sparse.csr_array, constant: FloatArray, *, keep: bool
    ) -> None:
        """Add cuts, rows over columns from the first on, of the pools at some places of a functional."""
        count = len(places)
        theta = sparse.csr_array(
            (np.ones(count), (np.arange(count), item.first + places)), (count, self.master.columns)
        )
        cuts.resize((count, self.master.columns))
        first = self.master.add_rows(sparse.csr_array(theta - cuts), constant, np.full(count, np.inf))
        if not keep:
            self.loose.extend(range(first, first + count))
        self.cuts += count

    def separate(self, values: FloatArray) -> int:
        """Add the most violated cut of each pool and functional at an LP point; returns how many."""
        point = values[: self.frame.columns]
        choices = [(choice, kind) for choice in readings(self.frame, point) for kind in (CutKind.L1, CutKind.L2)]
        points = CutPoints(self.frame, choices, point)
        added = 0
        for item in self.bounded.values():
            if not len(item.pools):
                continue
            theta = values[item.first : item.first + len(item.pools)]
            least = theta + max(1.0, float(np.abs(theta).sum())) * VIOLATION / np.sqrt(len(item.pools))
            weighed = item.functional.highest(points, least)
            height = heights(self.frame, weighed, point)[:, item.pools]
            best = height.argmax(axis=0)
            violated = height.max(axis=0) > least
            for number, (constant, value, _) in enumerate(weighed):
                wanted = violated & (best == number)
                self.add_cuts(item, constant, value, wanted, keep=False)
                added += int(wanted.sum())
        return added

    def cut_near(self, point: FloatArray) -> None:
        """Add the highest cut of each pool and functional at a point of another relaxation: array (choice column)."""
        values = np.zeros(self.master.columns)
        values[: self.frame.columns] = point
        self.separate(values)

    def separate_faces(self, values: FloatArray, violation: float) -> int:
        """Add the cuts on faces that an LP point violates by more than a width; returns how many.

        Parameters
        ----------
        violation : float [the functional's measure]
        """
        if self.members is None:
            self.members = build_members(self.frame)
        point, added = values[: self.frame.columns], 0
        for item in self.bounded.values():
            theta = values[item.first : item.first + len(item.pools)]
            cuts = item.functional.on_faces(self.members, point, theta, violation)
            self.add_face_cuts(item, cuts)
            added += len(cuts)
        return added

    def add_face_cuts(self, item: Entered, cuts: Sequence[FaceCut]) -> None:
        """Add cuts on faces of a functional; they may be deleted later."""
        if not cuts:
            return
        rows, lowered = face_matrix(cuts, self.master.columns)
        self._add_rows(item, np.searchsorted(item.pools, [cut.pool for cut in cuts]), rows, lowered, keep=False)

    def purge(self, slack: FloatArray) -> None:
        """Delete cuts of LP points that are slack at the last one; those of integer choices stay.

        Parameters
        ----------
        slack : array (row)
        """
        rows = np.asarray(self.loose, dtype=np.int64)
        self._delete(rows[slack[rows] > PURGED])

    def _delete(self, gone: IntArray) -> None:
        """Delete rows, in order, that are neither a group nor a cap; the others are numbered anew."""
        self.master.delete_rows(gone)
        kept = np.setdiff1d(np.asarray(self.loose, dtype=np.int64), gone)
        self.loose = (kept - np.searchsorted(gone, kept)).tolist()
        self.groups = {key: row - int(np.searchsorted(gone, row)) for key, row in self.groups.items()}
        self.caps = {key: row - int(np.searchsorted(gone, row)) for key, row in self.caps.items()}

    def prices(self, duals: FloatArray) -> dict[str, float]:
        """What a unit of each hinged target's cap, in every priced year, is worth to the linear relaxation.

        Parameters
        ----------
        duals : array (row)
        """
        found = dict.fromkeys(self.hinges, 0.0)
        for (name, key), row in self.groups.items():
            found[name] += float(duals[row]) * self.hinges[name][0].priced(key)
        return found

    def price_caps(self, duals: FloatArray) -> None:
        """Keep what a unit of each hard target's cap is worth to the linear relaxation, in all its groups.

        Parameters
        ----------
        duals : array (row)
        """
        self.cap_prices = {}
        for (name, _), row in self.caps.items():
            self.cap_prices[name] = self.cap_prices.get(name, 0.0) + abs(float(duals[row]))

    def rounded(self, values: FloatArray) -> IntArray:
        """The choice an integer solution means."""
        table = self.frame.structure.table
        choice = np.full(len(table.options), NONE, dtype=np.int64)
        chosen = np.flatnonzero(values[: len(table.states)] > 0.5)
        choice[table.state_option[chosen]] = chosen
        return choice
