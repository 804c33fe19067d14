"""What a search aims at: functions of a choice that it minimises or bounds, whatever they are made of.

A *functional* is linear in the choice columns but for its products, which cuts bound from below. A *hinge* is a priced
shortfall, a *cap* a hard target; both are the largest of a family of functionals, its *groups*, which enter the master one by
one. At the modes a group is a set of years; under risk it is a weight vector over draws.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import CutFrame, CutKind, TargetLine, evaluate
from rmscenario.emissions.cuts import Cut, CutMaker, Tangent
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.faces import FaceCut
from rmscenario.planning.members import Members

#: Coefficients of a cut, weighed over a functional's years or draws: arrays (pool), (entry of the frame), and the pools
#: for which it holds.
WeighedCut = tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]


class Judged:
    """A choice whose exact values are asked for: what several aims need of it is computed once."""

    def __init__(self, frame: CutFrame, choice: IntArray) -> None:
        self.frame, self.choice = frame, choice

    @cached_property
    def leaf(self) -> FloatArray:
        """Exact quantities at the modes: array (leaf, year)."""
        return evaluate(self.frame.structure, self.choice).leaf


class CutPoints:
    """Where cuts are wanted: choices with kinds, and an LP point for the tangent, which comes last."""

    def __init__(
        self, frame: CutFrame, choices: Sequence[tuple[IntArray, CutKind]], point: FloatArray | None = None
    ) -> None:
        self.frame, self.choices, self.point = frame, tuple(choices), point

    @cached_property
    def _maker(self) -> CutMaker:
        return CutMaker(self.frame)

    @cached_property
    def _at_modes(self) -> list[Cut | Tangent]:
        """Cuts of the frame's own products."""
        found: list[Cut | Tangent] = [self._maker.at(choice, kind) for choice, kind in self.choices]
        return found if self.point is None else [*found, self._maker.tangent(self.point)]

    def weighed(self, weights: FloatArray) -> list[WeighedCut]:
        """Cuts of the frame's own products, weighed: array (pool, column of `frame` years)."""
        return [self._maker.weighed(cut, weights) for cut in self._at_modes]


def heights(frame: CutFrame, cuts: Sequence[WeighedCut], point: FloatArray) -> FloatArray:
    """Values of cuts at an LP point: array (cut, pool), −∞ where a cut does not hold."""
    at_point = point[frame.entry_column]
    found = np.empty((len(cuts), frame.structure.pool_count))
    for number, (constant, value, valid) in enumerate(cuts):
        height = constant + np.bincount(frame.entry_pool, value * at_point, minlength=len(constant))
        found[number] = np.where(valid, height, -np.inf)
    return found


class Bounded(Protocol):
    """A functional as the master knows it: constant + linear · columns + products that cuts bound from below."""

    @property
    def name(self) -> str:
        """Name under which the master keeps its columns."""

    @property
    def constant(self) -> float:
        """What no column changes."""

    @property
    def linear(self) -> FloatArray:
        """Array (choice column)."""

    @property
    def pools(self) -> IntArray:
        """Pools whose products have weight."""

    def least(self, frame: CutFrame) -> FloatArray:
        """Least weighed product of each of `pools`."""

    def cuts(self, points: CutPoints) -> list[WeighedCut]:
        """Cuts below its products."""

    def highest(self, points: CutPoints, least: FloatArray) -> list[WeighedCut]:
        """Cuts below its products, among which is, as far as can be told with little effort, the highest of each pool.

        Parameters
        ----------
        least : array (pool of `pools`)
            What a cut must exceed at the LP point to be of use.
        """

    def on_faces(self, members: Members, point: FloatArray, theta: FloatArray, violation: float) -> list[FaceCut]:
        """Cuts on faces, Eq. (26), that an LP point violates by more than a width [the functional's measure].

        Parameters
        ----------
        members : of all pools
        theta : array (pool of `pools`)
            Values of the products at the point.
        """


class SoftAim(Protocol):
    """A priced shortfall."""

    @property
    def line(self) -> TargetLine:
        """The target."""

    def worth(self, at: Judged) -> float:
        """Exact value of a choice."""

    def key(self, at: Judged, width: float = 0.0) -> Hashable:
        """The group that is exact at a choice, or an open one that is so but for a width; empty where nothing is short."""

    def first_key(self) -> Hashable:
        """The group to begin with."""

    def functionals(self, frame: CutFrame, key: Any) -> Sequence[Bounded]:
        """Functionals whose sum is the group."""

    def priced(self, key: Any) -> float:
        """Price of a unit of the cap in a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """First-order values of all single changes: array (state) to take it, array (option) to take none."""

    take: FloatArray
    drop: FloatArray


class RiskyAim(SoftAim, Protocol):
    """A priced shortfall that is no function at the modes."""

    def moves(self, at: Judged, factor: float) -> Moves:
        """First-order changes by every single change of a choice, times a factor."""

    def key_near(self, choices: Sequence[IntArray], width: float) -> Hashable:
        """The group that is worst in the mean of some choices; empty where an open one is as bad but for a width."""

    def merged(self, multipliers: Mapping[Any, float]) -> Hashable:
        """The group that is the average of some groups, weighed by multipliers ≥ 0 that are not all 0."""


class HardAim(Protocol):
    """A hard target."""

    @property
    def margin(self) -> float:
        """How far below the cap is aimed [the target's unit]."""

    @property
    def line(self) -> TargetLine:
        """The target."""

    def over(self, at: Judged) -> float:
        """Largest excess over cap − margin (negative: kept)."""

    def key(self, at: Judged) -> Hashable:
        """The group in which the excess is largest."""

    def first_key(self) -> Hashable:
        """The group to begin with."""

    def functional(self, frame: CutFrame, key: Any) -> Bounded:
        """A group's amount above the cap."""


class RiskyCap(HardAim, Protocol):
    """A hard target that is no function at the modes."""

    def moves(self, at: Judged, factor: float) -> Moves:
        """First-order changes by every single change of a choice, times a factor."""
