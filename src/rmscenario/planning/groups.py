"""Targets in the master: a priced shortfall or a hard target is the largest of its groups, which are opened one by one."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.aggregate import Part, aggregated
from rmscenario.planning.aims import HardAim, RiskyAim, SoftAim
from rmscenario.planning.cutting import without_small
from rmscenario.planning.epigraph import Epigraphs

#: Groups of a target under risk that are made one before another is opened.
MERGED = 2


@dataclass(slots=True)
class Groups:
    """The groups that are open in a master.

    Attributes
    ----------
    hinges : dict by target
        A priced shortfall and the number of the column of its price.
    soft, hard : dict by target and group
        Number of the row of a group.
    cap_prices : dict by target
        What a unit of each hard target's cap was last worth to the linear relaxation, in all its groups.
    """

    epigraphs: Epigraphs
    hinges: dict[str, tuple[SoftAim, int]] = field(default_factory=dict, init=False)
    soft: dict[tuple[str, Hashable], int] = field(default_factory=dict, init=False)
    hard: dict[tuple[str, Hashable], int] = field(default_factory=dict, init=False)
    cap_prices: dict[str, float] = field(default_factory=dict, init=False)

    def column_of(self, hinge: SoftAim) -> int:
        """Column of a hinge's price of shortfalls, opened with the group of all its years."""
        name = hinge.line.target.target
        if name not in self.hinges:
            self.hinges[name] = (hinge, self.epigraphs.master.add_columns(np.zeros(1), np.asarray([np.inf])))
            self.open(hinge, hinge.first_key())
        return self.hinges[name][1]

    def is_open(self, hinge: SoftAim, key: Hashable) -> bool:
        """Whether a group of a hinge is open."""
        return (hinge.line.target.target, key) in self.soft

    def open(self, hinge: SoftAim, key: Hashable) -> bool:
        """Open a group of a hinge, Eq. (25); False if it is open already, or empty."""
        if not key or self.is_open(hinge, key):
            return False
        name, epigraphs = hinge.line.target.target, self.epigraphs
        columns, values, constant = [np.asarray([self.hinges[name][1]])], [np.ones(1)], 0.0
        for functional in hinge.functionals(epigraphs.frame, key):
            column, value = epigraphs.expression(functional)
            columns.append(column)
            values.append(-value)
            constant += functional.constant
        self.soft[name, key] = epigraphs.master.add_row(
            np.concatenate(columns), np.concatenate(values), constant, np.inf
        )
        return True

    def open_cap(self, cap: HardAim, key: Hashable) -> bool:
        """Bound a group of a hard target by its cap less the margin; False if it is bounded already."""
        name = (cap.line.target.target, key)
        if name in self.hard:
            return False
        functional = cap.functional(self.epigraphs.frame, key)
        columns, values = self.epigraphs.expression(functional)
        self.hard[name] = self.epigraphs.master.add_row(columns, values, -np.inf, -functional.constant - cap.margin)
        return True

    def average(self, hinge: RiskyAim, duals: FloatArray) -> IntArray:
        """Open the group that is the average of a hinge's groups, and forget them; returns the rows that are left of them.

        Parameters
        ----------
        duals : array (row)
            What the relaxation weighs them to.
        """
        name, epigraphs = hinge.line.target.target, self.epigraphs
        multipliers = {key: max(0.0, float(duals[row])) for (other, key), row in self.soft.items() if other == name}
        if len(multipliers) < MERGED or max(multipliers.values()) <= 0.0:
            return np.zeros(0, dtype=np.int64)
        merged = hinge.merged(multipliers)
        self.open(hinge, merged)
        parts, gone = [], [self.soft.pop((name, key)) for key in multipliers]
        for key, price in multipliers.items():
            for functional in hinge.functionals(epigraphs.frame, key):
                known = epigraphs.entered.pop(functional.name)
                rows = epigraphs.master.rows_of(known.first + np.arange(len(known.pools)))
                cuts, least = np.setdiff1d(rows, gone), functional.least(epigraphs.frame)
                parts.append(Part(price=price, first=known.first, least=least, cuts=cuts))
                gone += rows.tolist()
        whole = hinge.functionals(epigraphs.frame, merged)
        if len(whole) == 1 and len(parts) == len(multipliers):  # of one year: each is a share of the same
            cuts, constant = without_small(*aggregated(epigraphs.master, parts, duals, epigraphs.frame.columns))
            item = epigraphs.entered[whole[0].name]
            epigraphs.add_rows(item, np.arange(len(item.pools)), cuts, constant, keep=False)
        return np.asarray(gone)

    def renumber(self, gone: IntArray) -> None:
        """Follow the master, from which some rows, in order, none of them a group's, were deleted."""
        self.soft = {key: row - int(np.searchsorted(gone, row)) for key, row in self.soft.items()}
        self.hard = {key: row - int(np.searchsorted(gone, row)) for key, row in self.hard.items()}

    def prices(self, duals: FloatArray) -> dict[str, float]:
        """What a unit of each hinged target's cap, in every priced year, is worth to the linear relaxation.

        Parameters
        ----------
        duals : array (row)
        """
        found = dict.fromkeys(self.hinges, 0.0)
        for (name, key), row in self.soft.items():
            found[name] += float(duals[row]) * self.hinges[name][0].priced(key)
        return found

    def price_caps(self, duals: FloatArray) -> None:
        """Keep what a unit of each hard target's cap is worth to the linear relaxation, in all its groups.

        Parameters
        ----------
        duals : array (row)
        """
        self.cap_prices = {}
        for (name, _), row in self.hard.items():
            self.cap_prices[name] = self.cap_prices.get(name, 0.0) + abs(float(duals[row]))
