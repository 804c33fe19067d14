"""Averages of a target's residual over some draws: linear parts, cuts, and first-order changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import CutKind
from rmscenario.emissions.cuts import Coefficients, Cut, CutPoint, Realised, Shares, Tangent, taken
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.aims import heights
from rmscenario.planning.faces import FaceCut, face_cuts, promising, violated
from rmscenario.planning.members import Members
from rmscenario.risk.pools import Averaged, DrawnPools, Flags
from rmscenario.uncertainty import Delivered

#: Draws whose remaining shares are held at once.
BLOCK = 256
#: Draws that stand for all of an average where a guess is enough.
FEW = 128
#: [1] Share of a product's value by which a guess may err where no cut was made yet.
GUESSED = 0.05
#: [1] Share of a product's value below which a guess is of no use where one was made.
KNOWN = 2e-4

Choices = Sequence[tuple[IntArray, CutKind]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Inputs of some draws: arrays (row, draw), and the weighted background factor of each category in them."""

    weight: FloatArray
    effect: FloatArray
    lift: FloatArray
    delivered: npt.NDArray[np.int8]
    factor: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slopes:
    """First-order changes known of one choice: array (entry + lift of the frame)."""

    choice: IntArray
    value: FloatArray


@dataclass(slots=True, kw_only=True)
class Average:
    """Σ weight · residual of a target's year over the draws that have weight.

    Attributes
    ----------
    amount, category : array (pool)
        Amount of a pool before background and products [the target's unit], and the row of its background factor.
    constant : float
        Averaged amount that no effect reaches [the target's unit].
    linear : array (choice column of the frame)
        Averaged absolute additions [the target's unit].
    few : Average, optional
        The average over few draws that stand for all; None where there are no more.
    ratio : array (pool) [1]
        What a cut made last came to at its point, as a multiple of what it came to in few draws; NaN where none was made.
    """

    pools: DrawnPools
    amount: FloatArray
    category: IntArray
    deployed: FloatArray
    blocks: tuple[Block, ...]
    constant: float
    linear: FloatArray
    few: Average | None
    ratio: FloatArray = field(init=False)
    _least: FloatArray | None = field(default=None, init=False)
    _at_choices: dict[tuple[bytes, CutKind], Averaged] = field(default_factory=dict, init=False)
    _slopes: _Slopes | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Nothing is known of the few draws."""
        self.ratio = np.full(len(self.amount), np.nan)

    def inherit(self, parts: Sequence[tuple[float, Average]]) -> None:
        """Know what is known of averages of which this is the average: what is linear in the weights of the draws.

        Parameters
        ----------
        parts : share of each [1], and the average itself
        """
        self._least = np.sum([share * part.least() for share, part in parts], axis=0)
        self.ratio = np.sum([share * part.ratio for share, part in parts], axis=0)
        for key in set.intersection(*(set(part._at_choices) for _, part in parts)):
            shares, found = [share for share, _ in parts], [part._at_choices[key] for _, part in parts]
            constant, value = (np.einsum("k,k...->...", shares, [one[place] for one in found]) for place in (0, 1))
            self._at_choices[key] = constant, value, found[0][2]

    def cuts(self, at: Choices, point: FloatArray | None = None) -> list[Averaged]:
        """Cuts at choices, and last the tangent at an LP point; shares are realised once for all of them."""
        if point is not None:
            return self._cuts(self.pools, at, point)
        keys = [(choice.tobytes(), kind) for choice, kind in at]
        new = {key: one for key, one in zip(keys, at, strict=True) if key not in self._at_choices}
        if new:
            self._at_choices.update(zip(new, self._cuts(self.pools, list(new.values()), None), strict=True))
        return [self._at_choices[key] for key in keys]

    def highest(self, at: Choices, point: FloatArray, least: FloatArray) -> list[Averaged]:
        """Of each pool the cut that is highest at an LP point by a guess from few draws, averaged over all of them.

        It is made where, by that guess, it is not below `least`: array (pool) [the target's unit].
        """
        frame, numbers = self.pools.frame, self.pools.pools
        if self.few is None:
            return self.cuts(at, point)
        guessed = heights(frame, self.few.cuts(at, point), point)[:, numbers]
        highest, known = guessed.max(axis=0), np.isfinite(self.ratio)
        beside = np.where(known, -KNOWN, GUESSED) * np.abs(least)
        wanted = highest * np.where(known, self.ratio, 1.0) + beside > least
        which = np.where(wanted, guessed.argmax(axis=0), -1)
        made = self._chosen(at, point, which)
        untouched = (which == len(at)) & ~made[2][numbers]  # the tangent holds in few draws, but not in all
        if untouched.any():
            instead = self._chosen(at, point, np.where(untouched, guessed[:-1].argmax(axis=0), -1))
            made = made[0] + instead[0], made[1] + instead[1], made[2] | instead[2]
        reached = heights(frame, [made], point)[0, numbers]
        told = np.isfinite(reached) & (highest > 0.0)
        self.ratio[told] = reached[told] / highest[told]
        return [made]

    def on_faces(self, members: Members, point: FloatArray, theta: FloatArray, violation: float) -> list[FaceCut]:
        """Cuts on faces of the averaged products, of the pools for which a guess from few draws says so.

        Parameters
        ----------
        theta : array (pool) [the target's unit]
        violation : float [the target's unit]
        """
        own = members.part(np.isin(members.pools, self.pools.pools))
        if self.few is None:
            wanted = promising(own, self._of_members, theta, point, violation=violation)
        else:
            guessed = theta / np.where(np.isfinite(self.ratio), self.ratio, 1.0)
            wanted = violated(own, self.few._of_members, guessed, point, violation=violation)
        return face_cuts(own.part(wanted), self._of_members, theta[wanted], point, violation=violation)

    def _of_members(self, part: Members) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Weighted amounts (pool, draw) and remaining shares (row, draw) of some members, a block at a time."""
        pools = self.pools.part(np.isin(self.pools.pools, part.pools))
        numbered = part.numbered(pools.entries, pools.lifts)
        for weight, shares in self._realised(pools):
            yield weight, numbered.shares(shares.share, shares.change)

    def _chosen(self, at: Choices, point: FloatArray, which: IntArray) -> Averaged:
        """Of each pool one of the cuts that `cuts` makes: array (pool) of their numbers, −1 for none."""
        frame = self.pools.frame
        constant, value = np.zeros(frame.structure.pool_count), np.zeros(len(frame.entry_column))
        holds = np.zeros(frame.structure.pool_count, dtype=np.bool_)
        for number in np.unique(which[which >= 0]).tolist():
            part = self.pools.part(which == number)
            tangent = number == len(at)
            ((by_pool, by_entry, valid),) = self._cuts(
                part, () if tangent else (at[number],), point if tangent else None
            )
            by_pool[~valid] = 0.0
            by_entry[~valid[frame.entry_pool]] = 0.0
            constant, value, holds = constant + by_pool, value + by_entry, holds | valid
        return constant, value, holds

    def slopes(self, choice: IntArray, touched: Flags | None) -> FloatArray:
        """First-order coefficients at a choice: array (entry + lift of the frame) [the target's unit].

        Parameters
        ----------
        touched : array (pool) bool, optional
            Pools of which the choice differs from the one before; None: all.
        """
        known = self._slopes
        part = self.pools if known is None or touched is None else self.pools.part(touched)
        ((_, value, _),) = self._cuts(part, ((choice, CutKind.FIRST_ORDER),), None)
        if known is not None and part is not self.pools:
            own = np.concatenate([part.entries, len(part.frame.entry_term) + part.lifts])
            fresh, value = value, known.value.copy()
            value[own] = fresh[own]
        self._slopes = _Slopes(choice=choice.copy(), value=value)
        return value

    @property
    def sloped(self) -> IntArray | None:
        """The choice whose first-order coefficients are known."""
        return None if self._slopes is None else self._slopes.choice

    def least(self) -> FloatArray:
        """Averaged least amounts: array (pool) [the target's unit]."""
        if self._least is None:
            self._least, first = np.zeros(len(self.amount)), self.pools.shape.pool_first[:-1]
            for weight, shares in self._realised(self.pools):
                self._least += np.einsum("pn,pn->p", weight, np.multiply.reduceat(shares.least, first, axis=0))
        return self._least

    def _cuts(self, pools: DrawnPools, at: Choices, point: FloatArray | None) -> list[Averaged]:
        frame, of = pools.frame, pools.shape
        made = [Coefficients.nothing(of) for _ in at]
        found = [taken(frame, choice) for choice, _ in at]
        points = [CutPoint(of, entries[pools.entries], lifts[pools.lifts]) for entries, lifts in found]
        tangent, valid = Coefficients.nothing(of), np.ones(len(pools.pools), dtype=np.bool_)
        if point is not None:
            states = point[frame.entry_state[pools.entries]]
            lifted = point[frame.entry_column[len(frame.entry_term) + pools.lifts]]
        for weight, shares in self._realised(pools):
            drawn = Realised(of, shares)
            for result, here, (_, kind) in zip(made, points, at, strict=True):
                Cut(here, kind, drawn).add(weight, result)
            if point is not None:
                touching = Tangent(of, states, lifted, shares)
                touching.add(weight, tangent)
                valid &= touching.valid
        averaged = [pools.spread(result, None) for result in made]
        return averaged if point is None else [*averaged, pools.spread(tangent, valid)]

    def _realised(self, pools: DrawnPools) -> Iterator[tuple[FloatArray, Shares]]:
        """Weighted amounts (pool, draw) and remaining shares, a block at a time."""
        shares = None
        for block in self.blocks:
            count = len(block.weight)
            if shares is None or shares.share.shape[1] != count:
                shares = pools.shares(count)
            pools.realise(self.deployed, block.effect, block.lift, block.delivered, shares)
            weight = block.factor[self.category[pools.places]]
            weight *= self.amount[pools.places, None]
            yield weight, shares


def few_of(weights: FloatArray, most: int) -> FloatArray:
    """Weights of evenly taken draws that stand for all that have weight: array (draw) [1]."""
    drawn = np.flatnonzero(weights)
    if len(drawn) <= most:
        return weights
    reached = np.cumsum(weights[drawn])
    taken_at = (np.arange(most) + 0.5) * (reached[-1] / most)
    found = np.zeros_like(weights)
    np.add.at(found, drawn[np.searchsorted(reached, taken_at)], reached[-1] / most)
    return found


def by_delivery(delivered: npt.NDArray[np.int8], drawn: FloatArray) -> FloatArray:
    """Sum of something drawn by how a start comes: array (delivered)."""
    found: FloatArray = np.bincount(delivered, weights=drawn, minlength=len(Delivered)).astype(np.float64)
    return found
