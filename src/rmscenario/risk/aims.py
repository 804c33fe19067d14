"""Targets under risk as the planner aims at them: means of tails, held or priced.

A mean of the worst is the largest of all averages whose weights the tail allows, so every *tail group*, a weight vector
over draws, bounds it from below by the same cuts as at the modes. A group is opened where a plan's own tail is worse than
every group that is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import CutFrame, CutKind, TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.aims import CutPoints, Judged, Moves, WeighedCut
from rmscenario.risk.drawn import DrawnYear
from rmscenario.risk.measures import tail_weights

#: [1] Share of a target's base by which a plan's tail may be worse than the open groups before it is opened itself.
OPENED = 1e-7

#: A group: position of the year, number of the weight vector.
GroupKey = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFunctional:
    """factor · (Σ weights · residual − cap) of a target's year on planning draws.

    Attributes
    ----------
    weights : array (draw) [1]
    """

    name: str
    year: DrawnYear
    weights: FloatArray
    factor: float = 1.0
    cap: float = 0.0

    @property
    def constant(self) -> float:
        """What no column changes."""
        return self.factor * (self.year.constant(self.weights) - self.cap)

    @property
    def linear(self) -> FloatArray:
        """Absolute additions: array (choice column)."""
        return self.factor * self.year.linear(self.weights)

    @property
    def pools(self) -> IntArray:
        """Pools with weight."""
        return self.year.pools

    def least(self, frame: CutFrame) -> FloatArray:
        """Least value of each of `pools`."""
        assert frame is self.year.frame
        return self.factor * self.year.least(self.weights)

    def cuts(self, points: CutPoints) -> list[WeighedCut]:
        """Averaged cuts at choices, and the tangent at an LP point."""
        found = self.year.cuts(self.weights, points.choices, points.point)
        return [(self.factor * constant, self.factor * value, valid) for constant, value, valid in found]

    def moves(self, choice: IntArray) -> Moves:
        """First-order changes by every single change of a choice."""
        frame, table = self.year.frame, self.year.frame.structure.table
        ((_, value, _),) = self.year.cuts(self.weights, [(choice, CutKind.FIRST_ORDER)])
        by_column = self.factor * np.bincount(frame.entry_column, value, minlength=frame.columns) + self.linear
        states = len(table.states)
        taken = by_column[:states].copy()
        enabled = choice[table.state_option[frame.pair_enabler]] == frame.pair_enabler
        np.add.at(taken, frame.pair_state[enabled], by_column[states:][enabled])
        held = choice != NONE
        now = np.zeros(len(table.options))
        now[held] = taken[choice[held]]
        return Moves(take=taken - now[table.state_option], drop=-now)


@dataclass(slots=True)
class Tails:
    """A target's tail in some years, and the groups opened so far.

    Attributes
    ----------
    alpha : float [1]
        0 for the mean of all draws.
    kept : array (draw) bool
        Draws that count; the others are given up.
    groups : list of (position of the year, array (draw) [1])
    """

    line: TargetLine
    years: dict[int, DrawnYear]
    alpha: float
    kept: npt.NDArray[np.bool_]
    groups: list[tuple[int, FloatArray]] = field(default_factory=list)

    def weights(self, residual: FloatArray) -> FloatArray:
        """Weights of a plan's own tail: array (draw)."""
        found = np.zeros(len(residual))
        found[self.kept] = tail_weights(residual[self.kept], self.alpha)
        return found

    def mean(self, position: int, choice: IntArray) -> float:
        """Mean of a choice's tail in a year [the target's unit]."""
        residual = self.years[position].residual(choice)
        return float(self.weights(residual) @ residual)

    def group(self, position: int, choice: IntArray) -> GroupKey:
        """The open group that is as bad as the plan's own tail, or that tail, opened now."""
        residual = self.years[position].residual(choice)
        own = self.weights(residual)
        mean, width = float(own @ residual), OPENED * max(1.0, self.line.base)
        for number, (year, weights) in enumerate(self.groups):
            if year == position and float(weights @ residual) >= mean - width:
                return position, number
        self.groups.append((position, own))
        return position, len(self.groups) - 1

    def functional(self, key: GroupKey, factor: float) -> DrawnFunctional:
        """A group's average above the cap."""
        position, number = key
        return DrawnFunctional(
            name=f"{self.line.target.target} tail {number} in {position}",
            year=self.years[position],
            weights=self.groups[number][1],
            factor=factor,
            cap=self.line.cap,
        )


@dataclass(slots=True, kw_only=True)
class TailCap:
    """A hard target: the mean of its tail ≤ cap − margin in some years."""

    tails: Tails
    margin: float
    first: IntArray

    @property
    def line(self) -> TargetLine:
        """The target."""
        return self.tails.line

    def over(self, at: Judged) -> float:
        """Largest excess over cap − margin (negative: kept)."""
        tails = self.tails
        return max(tails.mean(year, at.choice) for year in tails.years) - tails.line.cap + self.margin

    def key(self, at: Judged) -> GroupKey:
        """The group of the year with the largest excess."""
        worst = max(self.tails.years, key=lambda year: (self.tails.mean(year, at.choice), -year))
        return self.tails.group(worst, at.choice)

    def moves(self, at: Judged, factor: float) -> Moves:
        """First-order changes by every single change of a choice, times a factor."""
        return self.tails.functional(self.key(at), factor).moves(at.choice)

    def first_key(self) -> GroupKey:
        """The tail of the choice without new starts, in the target's year."""
        return self.tails.group(self.line.position, self.first)

    def functional(self, frame: CutFrame, key: GroupKey) -> DrawnFunctional:
        """A group's average above the cap."""
        assert frame is self.tails.years[key[0]].frame
        return self.tails.functional(key, 1.0)


@dataclass(slots=True, kw_only=True)
class TailHinge:
    """Priced shortfalls of a target: Σ_t price[t] · max(0, mean of the tail in t − cap).

    Attributes
    ----------
    price : array (year)
        Price of a unit of shortfall in each year, 0 in years that do not count.
    """

    tails: Tails
    price: FloatArray
    first: IntArray

    @property
    def line(self) -> TargetLine:
        """The target."""
        return self.tails.line

    def _short(self, at: Judged) -> Sequence[int]:
        return [year for year in self.tails.years if self.tails.mean(year, at.choice) > self.line.cap]

    def worth(self, at: Judged) -> float:
        """Exact value of a choice."""
        return float(
            sum(
                self.price[year] * max(0.0, self.tails.mean(year, at.choice) - self.line.cap)
                for year in self.tails.years
            )
        )

    def key(self, at: Judged) -> tuple[GroupKey, ...]:
        """Groups that are exact at this choice, one for each year that is short."""
        return tuple(self.tails.group(year, at.choice) for year in self._short(at))

    def first_key(self) -> tuple[GroupKey, ...]:
        """Tails of the choice without new starts in all years."""
        return tuple(self.tails.group(year, self.first) for year in self.tails.years)

    def functionals(self, frame: CutFrame, key: tuple[GroupKey, ...]) -> list[DrawnFunctional]:
        """Groups' averages above the cap, priced; their sum is what the hinge exceeds."""
        assert all(frame is self.tails.years[year].frame for year, _ in key)
        return [self.tails.functional(one, float(self.price[one[0]])) for one in key]

    def moves(self, at: Judged, factor: float) -> Moves:
        """First-order changes by every single change of a choice, times a factor."""
        table = self.tails.years[self.line.position].frame.structure.table
        total = Moves(take=np.zeros(len(table.states)), drop=np.zeros(len(table.options)))
        for year, number in self.key(at):
            part = self.tails.functional((year, number), factor * float(self.price[year])).moves(at.choice)
            total = Moves(take=total.take + part.take, drop=total.drop + part.drop)
        return total

    def priced(self, key: tuple[GroupKey, ...]) -> float:
        """Price of a unit of the cap in a group."""
        return float(sum(self.price[year] for year, _ in key))
