"""Functions of a choice that the planner minimises or bounds: linear parts plus weighted products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rmscenario.emissions import CutFrame, TargetLine, evaluate
from rmscenario.emissions.structure import FOOTPRINT, FloatArray, IntArray
from rmscenario.money import MoneyTable, metered_prices
from rmscenario.planning.aims import CutPoints, Judged, WeighedCut
from rmscenario.planning.faces import FaceCut, face_cuts, promising
from rmscenario.planning.limits import MILLION
from rmscenario.planning.members import Members
from rmscenario.region.vocabulary import PriceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Functional:
    """constant + linear · z + Σ weights · products, with weights ≥ 0, so that cuts bound it from below.

    Attributes
    ----------
    linear : array (choice column)
    weights : array (pool, column of `frame` years)
    """

    name: str
    constant: float
    linear: FloatArray
    weights: FloatArray

    @property
    def pools(self) -> IntArray:
        """Pools whose products have weight."""
        pools: IntArray = np.flatnonzero((self.weights > 0).any(axis=1))
        return pools

    def least(self, frame: CutFrame) -> FloatArray:
        """Least weighed product of each of `pools`."""
        least: FloatArray = (self.weights * frame.product(frame.least))[self.pools].sum(axis=1)
        return least

    def cuts(self, points: CutPoints) -> list[WeighedCut]:
        """Cuts weighed over the years."""
        return points.weighed(self.weights)

    def highest(self, points: CutPoints, least: FloatArray) -> list[WeighedCut]:  # noqa: ARG002 - no cut is dear here
        """All cuts."""
        return self.cuts(points)

    def on_faces(self, members: Members, point: FloatArray, theta: FloatArray, violation: float) -> list[FaceCut]:
        """Cuts on faces of the weighed products."""
        own = members.part(np.isin(members.pools, self.pools))

        def in_years(part: Members) -> list[tuple[FloatArray, FloatArray]]:
            return [(self.weights[part.pools], part.at_modes)]

        wanted = promising(own, in_years, theta, point, violation=violation)
        return face_cuts(own.part(wanted), in_years, theta[wanted], point, violation=violation)

    def value(self, chosen: FloatArray, products: FloatArray) -> float:
        """Exact value of a choice.

        Parameters
        ----------
        chosen : array (choice column) of 0 and 1
        products : array (pool, column) [1]
        """
        return float(self.constant + self.linear @ chosen + (self.weights * products).sum())


def leaf_functional(frame: CutFrame, name: str, weights: FloatArray, constant: float = 0.0) -> Functional:
    """Σ weights · quantity of the leaves as a function of the choice.

    Parameters
    ----------
    weights : array (leaf, year)
    """
    structure = frame.structure
    weighted = weights * structure.leaf_amount
    pooled = structure.leaf_pool >= 0
    by_pool = np.zeros((structure.pool_count, weights.shape[1]))
    np.add.at(by_pool, structure.leaf_pool[pooled], weighted[pooled])
    linear = np.zeros(frame.columns)
    table = structure.table
    added = weights[structure.addition_leaf] * structure.addition_amount[:, None]
    for option, amount in zip(structure.addition_option.tolist(), added, strict=True):
        states = slice(int(table.first_state[option]), int(table.first_state[option + 1]))
        linear[states] += table.effect[states] @ amount
    return Functional(
        name=name,
        constant=constant + float(weighted[~pooled].sum()),
        linear=linear,
        weights=frame.fold(by_pool),
    )


def linear_functional(frame: CutFrame, linear: FloatArray) -> Functional:
    """A function of the states alone: array (state)."""
    columns = np.zeros(frame.columns)
    columns[: len(linear)] = linear
    weights = np.zeros((frame.structure.pool_count, frame.share.shape[1]))
    return Functional(name="linear", constant=0.0, linear=columns, weights=weights)


def scaled(functional: Functional, factor: float) -> Functional:
    """A functional times a factor ≥ 0."""
    return Functional(
        name=functional.name,
        constant=functional.constant * factor,
        linear=functional.linear * factor,
        weights=functional.weights * factor,
    )


def joined(parts: Sequence[Functional]) -> Functional:
    """The sum of some functionals, at least one."""
    return Functional(
        name=" + ".join(part.name for part in parts),
        constant=sum(part.constant for part in parts),
        linear=np.sum([part.linear for part in parts], axis=0),
        weights=np.sum([part.weights for part in parts], axis=0),
    )


def cost_functional(frame: CutFrame, money: MoneyTable) -> Functional:
    """Net present value less carbon value, the part of Eq. (11) without shortfalls [million DKK]."""
    weights, by_state, constant = cost_terms(frame, money)
    return cost_of_terms(frame, weights, by_state, constant)


def cost_terms(frame: CutFrame, money: MoneyTable) -> tuple[FloatArray, FloatArray, float]:
    """What the cost of Eq. (11) weighs: quantities (leaf, year), states (state), and a constant [million DKK]."""
    structure = frame.structure
    weights: FloatArray = sum(metered_prices(structure, kind) for kind in PriceKind) * money.discount / MILLION
    background = evaluate(structure, structure.table.nothing_new()).leaf
    by_state: FloatArray = money.net @ money.discount / MILLION
    return weights, by_state, -float((weights * background).sum())


def cost_of_terms(frame: CutFrame, weights: FloatArray, by_state: FloatArray, constant: float) -> Functional:
    """The functional of a cost that weighs quantities and states."""
    metered = leaf_functional(frame, "cost", weights, constant)
    linear = metered.linear.copy()
    linear[: len(by_state)] += by_state
    return Functional(name="cost", constant=metered.constant, linear=linear, weights=metered.weights)


def residual_functional(frame: CutFrame, line: TargetLine, year_weights: FloatArray, name: str) -> Functional:
    """Σ weight · (residual − cap) of a target over years, Eq. (25).

    Parameters
    ----------
    year_weights : array (year)
    """
    structure = frame.structure
    weights = np.zeros(structure.leaf_amount.shape)
    weights[line.leaves] = line.year_weights(year_weights)
    return leaf_functional(frame, name, weights, -line.cap * float(year_weights.sum()))


def emissions_functional(frame: CutFrame, years: IntArray) -> Functional:
    """Summed residuals of the region's account over some years, the third aim of Eq. (12) [tCO2e]."""
    structure = frame.structure
    leaves = structure.leaves_of(structure.stream_index(FOOTPRINT, structure.region.settings.account))
    weights = np.zeros(structure.leaf_amount.shape)
    weights[leaves] = np.isin(structure.table.years, years)
    return leaf_functional(frame, "emissions", weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """Priced shortfalls of a target: Σ_t price[t] · max(0, residual[t] − cap).

    Attributes
    ----------
    price : array (year)
        Price of a unit of shortfall in each year, 0 in years that do not count.
    """

    line: TargetLine
    price: FloatArray

    def value(self, leaf: FloatArray) -> float:
        """Exact value of a choice's leaves."""
        return float(self.price @ np.maximum(0.0, self.line.residual(leaf) - self.line.cap))

    def worth(self, at: Judged) -> float:
        """Exact value of a choice."""
        return self.value(at.leaf)

    def key(self, at: Judged, width: float = 0.0) -> tuple[int, ...]:  # noqa: ARG002 - there are few groups
        """The years in which a choice is short."""
        return self.short_years(at.leaf)

    def first_key(self) -> tuple[int, ...]:
        """All priced years."""
        return tuple(np.flatnonzero(self.price > 0).tolist())

    def functionals(self, frame: CutFrame, key: tuple[int, ...]) -> list[Functional]:
        """The group of some years, under a name of its own."""
        return [replace(self.group(frame, key), name=f"{self.line.target.target} short in {key}")]

    def priced(self, key: tuple[int, ...]) -> float:
        """Price of a unit of the cap in some years."""
        return float(self.price[list(key)].sum())

    def short_years(self, leaf: FloatArray) -> tuple[int, ...]:
        """Positions of the priced years in which the target is short: the group that is exact at this choice."""
        short = (self.line.residual(leaf) > self.line.cap) & (self.price > 0)
        return tuple(np.flatnonzero(short).tolist())

    def group(self, frame: CutFrame, years: tuple[int, ...]) -> Functional:
        """The group of Eq. (25) for a set of years."""
        weights = np.zeros(len(self.price))
        weights[list(years)] = self.price[list(years)]
        return residual_functional(frame, self.line, weights, f"{self.line.target.target} short in {len(years)} years")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A hard target: residual[t] ≤ cap − margin in the years held (cumulative: in the last)."""

    line: TargetLine
    margin: float

    def excess(self, leaf: FloatArray) -> tuple[int, float]:
        """Year position of the largest excess over cap − margin, and the excess (negative: kept)."""
        over = self.line.residual(leaf) - self.line.cap + self.margin
        held = np.zeros_like(self.line.held)
        if self.line.cumulative:
            held[self.line.position] = True
        else:
            held = self.line.held
        position = int(np.argmax(np.where(held, over, -np.inf)))
        return position, float(over[position])

    def over(self, at: Judged) -> float:
        """Largest excess over cap − margin (negative: kept)."""
        return self.excess(at.leaf)[1]

    def key(self, at: Judged) -> int:
        """Position of the year with the largest excess."""
        return self.excess(at.leaf)[0]

    def first_key(self) -> int:
        """Position of the target's year."""
        return self.line.position

    def functional(self, frame: CutFrame, key: int) -> Functional:
        """Residual − cap of one year, under a name of its own."""
        return replace(self.year(frame, key), name=f"cap {self.line.target.target} at {key}")

    def year(self, frame: CutFrame, position: int) -> Functional:
        """Residual − cap of one year as a functional."""
        weights = np.zeros(len(self.line.held))
        weights[position] = 1.0
        return residual_functional(frame, self.line, weights, f"{self.line.target.target} at {position}")
