"""Targets under risk as the planner aims at them: means of tails, held or priced.

A mean of the worst is the largest of all averages whose weights the tail allows, so every *tail group*, a weight vector
over draws, bounds it from below by the same cuts as at the modes. A group is opened where a plan's own tail is worse than
every group that is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import CutFrame, TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.aims import CutPoints, Judged, Moves, WeighedCut
from rmscenario.planning.faces import FaceCut
from rmscenario.planning.members import Members
from rmscenario.risk.averages import Average
from rmscenario.risk.drawn import DrawnYear
from rmscenario.risk.measures import averaged, cvar, tail_weights

#: [1] Share of a target's base by which a plan's tail may be worse than the open groups before it is opened itself.
OPENED = 1e-7
#: [1] The same for first-order changes, which only say what is worth an exact evaluation.
NEAR = 1e-4
#: A group: position of the year, number of the weight vector.
GroupKey = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFunctional:
    """factor · (Σ weights · residual − cap) of a target's year on planning draws."""

    name: str
    year: DrawnYear
    average: Average
    factor: float = 1.0
    cap: float = 0.0

    @property
    def constant(self) -> float:
        """What no column changes."""
        return self.factor * (self.average.constant - self.cap)

    @property
    def linear(self) -> FloatArray:
        """Absolute additions: array (choice column)."""
        return self.factor * self.average.linear

    @property
    def pools(self) -> IntArray:
        """Pools with weight."""
        return self.year.pools

    def least(self, frame: CutFrame) -> FloatArray:
        """Least value of each of `pools`."""
        assert frame is self.year.frame
        return self.factor * self.average.least()

    def cuts(self, points: CutPoints) -> list[WeighedCut]:
        """Averaged cuts at choices, and the tangent at an LP point."""
        return self._scaled(self.average.cuts(points.choices, points.point))

    def highest(self, points: CutPoints, least: FloatArray) -> list[WeighedCut]:
        """Of each pool the cut that is highest at the LP point, as far as few draws tell."""
        assert points.point is not None
        return self._scaled(self.average.highest(points.choices, points.point, least / self.factor))

    def on_faces(self, members: Members, point: FloatArray, theta: FloatArray, violation: float) -> list[FaceCut]:
        """Averaged cuts on faces."""
        cuts = self.average.on_faces(members, point, theta / self.factor, violation / self.factor)
        return [cut.scaled(self.factor) for cut in cuts]

    def _scaled(self, cuts: Sequence[WeighedCut]) -> list[WeighedCut]:
        return [(self.factor * constant, self.factor * value, valid) for constant, value, valid in cuts]

    def moves(self, choice: IntArray) -> Moves:
        """First-order changes by every single change of a choice."""
        frame, table = self.year.frame, self.year.frame.structure.table
        value = self.year.slopes(self.average, choice)
        by_column = self.factor * np.bincount(frame.entry_column, value, minlength=frame.columns) + self.linear
        states = len(table.states)
        taken = by_column[:states].copy()
        enabled = choice[table.state_option[frame.pair_enabler]] == frame.pair_enabler
        np.add.at(taken, frame.pair_state[enabled], by_column[states:][enabled])
        held = choice != NONE
        now = np.zeros(len(table.options))
        now[held] = taken[choice[held]]
        return Moves(take=taken - now[table.state_option], drop=-now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A weight vector, array (draw) [1], and the average of the residual in a year that it makes."""

    position: int
    weights: FloatArray
    average: Average


@dataclass(slots=True)
class Tails:
    """A target's tail in some years, and the groups opened so far.

    Attributes
    ----------
    alpha : float [1]
        0 for the mean of all draws.
    kept : array (draw) bool
        Draws that count; the others are given up.
    near : dict of Group by year
        The tail that first-order changes were last asked of.
    """

    line: TargetLine
    years: dict[int, DrawnYear]
    alpha: float
    kept: npt.NDArray[np.bool_]
    groups: list[Group] = field(default_factory=list)
    near: dict[int, Group] = field(default_factory=dict)
    _means: dict[int, tuple[FloatArray, float]] = field(default_factory=dict)

    def mean(self, position: int, choice: IntArray) -> float:
        """Mean of a choice's tail in a year [the target's unit]."""
        residual = self.years[position].residual(choice)
        known = self._means.get(position)
        if known is None or known[0] is not residual:
            known = self._means[position] = residual, cvar(residual[self.kept], self.alpha)
        return known[1]

    def group(self, position: int, choice: IntArray, width: float = 0.0) -> GroupKey:
        """The open group that is as bad as the plan's own tail, or that tail, opened now.

        Parameters
        ----------
        width : float [the target's unit]
            How much less bad it may be, beside a share of the base.
        """
        width += OPENED * max(1.0, self.line.base)
        known = self._as_bad(position, choice, self.groups, width)
        if known is None:
            known = self._as_bad(position, choice, list(self.near.values()), width) or self._own(position, choice)
            self.groups.append(known)
        return position, next(number for number, group in enumerate(self.groups) if group is known)

    def first(self, position: int, choices: Sequence[IntArray]) -> GroupKey:
        """The tail of the mean of some choices' residuals."""
        return self._opened(self._tail(position, self._mean_of(position, choices)))

    def _opened(self, group: Group) -> GroupKey:
        self.groups.append(group)
        return group.position, len(self.groups) - 1

    def _mean_of(self, position: int, choices: Sequence[IntArray]) -> FloatArray:
        mean: FloatArray = np.mean([self.years[position].residual(choice) for choice in choices], axis=0)
        return mean

    def merged(self, position: int, multipliers: Mapping[int, float]) -> GroupKey:
        """The average of some groups of a year, by number, weighed by multipliers ≥ 0 that are not all 0."""
        groups, total = [self.groups[number] for number in multipliers], sum(multipliers.values())
        shares = [multiplier / total for multiplier in multipliers.values()]
        merged = self._group(position, np.average([group.weights for group in groups], axis=0, weights=shares))
        merged.average.inherit([(share, group.average) for share, group in zip(shares, groups, strict=True)])
        return self._opened(merged)

    def moves(self, position: int, choice: IntArray, factor: float) -> Moves:
        """First-order changes of the tail's mean, times a factor, by a tail that is all but the choice's own."""
        groups = [*([self.near[position]] if position in self.near else []), *self.groups]
        width = NEAR * max(1.0, self.line.base)
        self.near[position] = self._as_bad(position, choice, groups, width) or self._own(position, choice)
        return self._functional(self.near[position], "", factor).moves(choice)

    def functional(self, key: GroupKey, factor: float) -> DrawnFunctional:
        """A group's average above the cap."""
        position, number = key
        return self._functional(self.groups[number], f"{self.line.target.target} tail {number} in {position}", factor)

    def _functional(self, group: Group, name: str, factor: float) -> DrawnFunctional:
        return DrawnFunctional(
            name=name, year=self.years[group.position], average=group.average, factor=factor, cap=self.line.cap
        )

    def group_near(self, position: int, choices: Sequence[IntArray], width: float) -> GroupKey | None:
        """The tail of the mean of some choices' residuals, None where it is short of nothing or an open group is as bad.

        Parameters
        ----------
        width : float [the target's unit]
            How much less bad an open group may be.
        """
        residual = self._mean_of(position, choices)
        least = cvar(residual[self.kept], self.alpha)
        if least <= self.line.cap or self._reaching(position, residual, self.groups, least - width):
            return None
        return self._opened(self._tail(position, residual))

    def _as_bad(self, position: int, choice: IntArray, groups: Sequence[Group], width: float) -> Group | None:
        """The first of some groups that is as bad as the plan's own tail, but for a width [the target's unit]."""
        return self._reaching(
            position, self.years[position].residual(choice), groups, self.mean(position, choice) - width
        )

    @staticmethod
    def _reaching(position: int, residual: FloatArray, groups: Sequence[Group], least: float) -> Group | None:
        """The first of some groups in which the average is not below an amount [the target's unit]."""
        return next((g for g in groups if g.position == position and averaged(g.weights, residual) >= least), None)

    def _own(self, position: int, choice: IntArray) -> Group:
        """The plan's own tail."""
        return self._tail(position, self.years[position].residual(choice))

    def _tail(self, position: int, residual: FloatArray) -> Group:
        """The tail of a residual: array (draw)."""
        weights = np.zeros(len(residual))
        weights[self.kept] = tail_weights(residual[self.kept], self.alpha)
        return self._group(position, weights)

    def _group(self, position: int, weights: FloatArray) -> Group:
        return Group(position=position, weights=weights, average=self.years[position].average(weights))


@dataclass(slots=True, kw_only=True)
class TailCap:
    """A hard target: the mean of its tail ≤ cap − margin in some years."""

    tails: Tails
    margin: float
    first: Sequence[IntArray]

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
        return self.tails.group(self._worst(at), at.choice)

    def _worst(self, at: Judged) -> int:
        return max(self.tails.years, key=lambda year: (self.tails.mean(year, at.choice), -year))

    def moves(self, at: Judged, factor: float) -> Moves:
        """First-order changes by every single change of a choice, times a factor."""
        return self.tails.moves(self._worst(at), at.choice, factor)

    def first_key(self) -> GroupKey:
        """The tail to begin with, in the target's year."""
        return self.tails.first(self.line.position, self.first)

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
    first: Sequence[IntArray]

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

    def key(self, at: Judged, width: float = 0.0) -> tuple[GroupKey, ...]:
        """Groups that are exact at this choice but for a width of the price, one for each year that is short."""
        short = self._short(at)
        return tuple(self.tails.group(year, at.choice, width / (len(short) * self.price[year])) for year in short)

    def key_near(self, choices: Sequence[IntArray], width: float) -> tuple[GroupKey, ...]:
        """Groups that are worst in the mean of some choices, where that is worse than all open ones by a width of the price."""
        years = [year for year in self.tails.years if self.price[year] > 0]
        found = [self.tails.group_near(year, choices, width / (len(years) * self.price[year])) for year in years]
        return tuple(one for one in found if one is not None)

    def first_key(self) -> tuple[GroupKey, ...]:
        """Tails to begin with, in all years."""
        return tuple(self.tails.first(year, self.first) for year in self.tails.years)

    def functionals(self, frame: CutFrame, key: tuple[GroupKey, ...]) -> list[DrawnFunctional]:
        """Groups' averages above the cap, priced; their sum is what the hinge exceeds."""
        assert all(frame is self.tails.years[year].frame for year, _ in key)
        return [self.tails.functional(one, float(self.price[one[0]])) for one in key]

    def moves(self, at: Judged, factor: float) -> Moves:
        """First-order changes by every single change of a choice, times a factor."""
        table = self.tails.years[self.line.position].frame.structure.table
        total = Moves(take=np.zeros(len(table.states)), drop=np.zeros(len(table.options)))
        for year in self._short(at):
            part = self.tails.moves(year, at.choice, factor * float(self.price[year]))
            total = Moves(take=total.take + part.take, drop=total.drop + part.drop)
        return total

    def merged(self, multipliers: Mapping[tuple[GroupKey, ...], float]) -> tuple[GroupKey, ...]:
        """The average of some groups, in each year of those that are of it."""
        by_year: dict[int, dict[int, float]] = {}
        for key, multiplier in multipliers.items():
            for year, number in key:
                by_year.setdefault(year, {})[number] = multiplier
        return tuple(self.tails.merged(year, numbers) for year, numbers in by_year.items() if any(numbers.values()))

    def priced(self, key: tuple[GroupKey, ...]) -> float:
        """Price of a unit of the cap in a group."""
        return float(sum(self.price[year] for year, _ in key))
