"""The master: what bounds a search from below, grown in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rmscenario.emissions import CutFrame
from rmscenario.emissions.evaluate import evaluate_deployed
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.aims import RiskyAim
from rmscenario.planning.cutting import roundings
from rmscenario.planning.epigraph import Epigraphs
from rmscenario.planning.functional import Hinge
from rmscenario.planning.groups import Groups
from rmscenario.planning.objective import Objective, SearchOptions
from rmscenario.planning.progress import Stop
from rmscenario.planning.rows import Rows, wide_rows
from rmscenario.planning.solver import Master, Solved


@dataclass(slots=True)
class Bounding:
    """A live master: states, pairs, rows, and the functionals and groups that entered it."""

    frame: CutFrame
    rows: Rows
    options: SearchOptions
    stop: Stop
    master: Master = field(init=False)
    epigraphs: Epigraphs = field(init=False)
    groups: Groups = field(init=False)
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
        self._begin()

    def _begin(self) -> None:
        """Begin without functionals and groups."""
        self.epigraphs = Epigraphs(self.frame, self.master)
        self.groups = Groups(self.epigraphs)

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

    def expression_of(self, objective: Objective) -> tuple[IntArray, FloatArray, float]:
        """Columns, coefficients and constant of an objective in the master."""
        columns: list[IntArray] = [np.zeros(0, dtype=np.int64)]
        values: list[FloatArray] = [np.zeros(0)]
        constant = 0.0
        for functional in objective.functionals:
            column, value = self.epigraphs.expression(functional)
            columns.append(column)
            values.append(value)
            constant += functional.constant
        for hinge, factor in objective.hinges:
            columns.append(np.asarray([self.groups.column_of(hinge)]))
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

    def hold(self, objective: Objective, value: float) -> None:
        """Keep an earlier stage at its value in the stages that follow."""
        columns, values, constant = self.expression_of(objective)
        self.master.add_row(columns, values, -np.inf, value - constant)

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
                opened += width < np.inf and self.groups.open(hinge, hinge.short_years(leaf))
                continue
            key = hinge.key_near(near, width) if width < np.inf else ()
            found.append((hinge, () if self.groups.is_open(hinge, key) else key))
        if solved.duals is not None:
            opened += self.merge([hinge for hinge, _ in found], solved.duals)
        opened += sum(self.groups.open(hinge, key) for hinge, key in found)
        if opened:
            self.epigraphs.separate_anew(solved.values)
        return opened

    def merge(self, hinges: Sequence[RiskyAim], duals: FloatArray) -> int:
        """Of each hinge put one group in the place of all that are open, that which the relaxation weighs them to.

        It bounds as high as they do, with a part of the columns and rows. Returns of how many hinges there were several.

        Parameters
        ----------
        duals : array (row)
        """
        gone = [self.groups.average(hinge, duals) for hinge in hinges]
        self._delete(np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *gone])))
        return sum(len(rows) > 0 for rows in gone)

    def purge(self, slack: FloatArray) -> None:
        """Delete cuts that the last LP point does without.

        Parameters
        ----------
        slack : array (row)
        """
        self._delete(self.epigraphs.slack_cuts(slack))

    def _delete(self, gone: IntArray) -> None:
        """Delete rows, in order, that are no group's; the others are numbered anew."""
        self.master.delete_rows(gone)
        self.epigraphs.renumber(gone)
        self.groups.renumber(gone)

    def rounded(self, values: FloatArray) -> IntArray:
        """The choice an integer solution means."""
        table = self.frame.structure.table
        choice = np.full(len(table.options), NONE, dtype=np.int64)
        chosen = np.flatnonzero(values[: len(table.states)] > 0.5)
        choice[table.state_option[chosen]] = chosen
        return choice
