"""Linear lower bounds on products of remaining shares, weighed over realisations: L1, L2 and tangents, Eqs. (22)–(24).

A *realisation* is a column of remaining shares: a year at the modes, a draw under risk. A cut of a weighted sum of
products is the weighted sum of their cuts, so what comes out is one row of the master for each pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.frame import CutFrame, CutKind
from rmscenario.emissions.kernel import products_of_others, weighed_rows, weighed_steps
from rmscenario.emissions.structure import FloatArray, IntArray

#: [1] Smallest remaining share whose logarithm enters a tangent.
TANGENT_SHARE = 1e-6

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Which terms make a pool, which entries a term, which enablers lift an entry.

    Attributes
    ----------
    pool_first : array (pool + 1)
        Where the terms of a pool begin; no pool is without.
    term_pool : array (term); entry_term : array (entry); group_entry : array (group); lift_group : array (lift)
        What an item belongs to; all in order. A group is the lifts of an entry by one enabler.
    always : array (term)
        Whether "none" is no state.
    """

    pool_first: IntArray
    term_pool: IntArray
    entry_term: IntArray
    group_entry: IntArray
    lift_group: IntArray
    always: Flags

    @property
    def lift_entry(self) -> IntArray:
        """Entry of each lift."""
        return self.group_entry[self.lift_group]

    @property
    def entry_pool(self) -> IntArray:
        """Pool of each entry."""
        return self.term_pool[self.entry_term]

    @property
    def alone(self) -> Flags:
        """Whether at most one enabler lifts an entry."""
        alone: Flags = np.bincount(self.group_entry, minlength=len(self.entry_term)) <= 1
        return alone


class Shares(NamedTuple):
    """Remaining shares in some realisations.

    Attributes
    ----------
    share, low, high : array (entry, realisation) [1]
        Without lifts by options that are a choice, and at the least and the most over the enablers' states.
    change : array (lift, realisation) [1]
    least, largest : array (term, realisation) [1]
    """

    share: FloatArray
    change: FloatArray
    low: FloatArray
    high: FloatArray
    least: FloatArray
    largest: FloatArray


class Realised:
    """Shares in some realisations, with the bounds that all cuts in them have in common."""

    def __init__(self, of: Shape, shares: Shares) -> None:
        self.of, self.shares = of, shares

    @cached_property
    def least(self) -> FloatArray:
        """Product of the minima of the pool's other terms: array (term, realisation)."""
        return self.others(self.shares.least)

    @cached_property
    def largest(self) -> FloatArray:
        """Product of the maxima of the pool's other terms: array (term, realisation)."""
        return self.others(self.shares.largest)

    def others(self, values: FloatArray) -> FloatArray:
        """Product of the pool's other terms, for each term: array (term, realisation)."""
        found = np.empty_like(values)
        products_of_others(self.of.pool_first, values, found)
        return found


class Coefficients(NamedTuple):
    """What cuts are added up in: arrays (pool), (entry), (lift)."""

    constant: FloatArray
    value: FloatArray
    pair: FloatArray

    @classmethod
    def nothing(cls, of: Shape) -> Coefficients:
        """Coefficients that are all 0."""
        return cls(np.zeros(len(of.pool_first) - 1), np.zeros(len(of.entry_term)), np.zeros(len(of.lift_group)))


class _Steps(NamedTuple):
    """Changes of a share that get a coefficient: the term of each, and the rows of its share before and after."""

    term: IntArray
    to_row: IntArray
    at_row: IntArray


class CutPoint:
    """A choice at which cuts are made; all that does not depend on the realisations.

    A share that one enabler lifts takes, with its pairs, each of its values in one step. Where several lift it, the lifts
    of the chosen state change from the enablers' states at the point; those of other states from the lowest (L1) or
    highest (L2) share, so that no intermediate product leaves the range of the bounds.
    """

    def __init__(self, of: Shape, entry_chosen: Flags, lift_on: Flags) -> None:
        """Arrange.

        Parameters
        ----------
        entry_chosen : array (entry)
            Whether the state is the choice's.
        lift_on : array (lift)
            Whether the pair is chosen.
        """
        self.of = of
        lift_entry, alone = of.lift_entry, of.alone
        self.chosen, self.on = np.flatnonzero(entry_chosen), np.flatnonzero(lift_on)
        self.chosen_term, self.on_term = of.entry_term[self.chosen], of.entry_term[lift_entry[self.on]]
        leaving = np.zeros(len(of.always), dtype=np.bool_)
        leaving[self.chosen_term] = True
        self.leaving = np.flatnonzero(leaving & ~of.always)
        self.plain, self.other = np.flatnonzero(alone), np.flatnonzero(~alone & ~entry_chosen)
        self.plain_lifts = np.flatnonzero(alone[lift_entry])
        self.other_lifts = np.flatnonzero((~alone & ~entry_chosen)[lift_entry])
        same = ~alone & entry_chosen
        self.same_lifts = np.flatnonzero(same[lift_entry])
        self.same_groups = np.flatnonzero(same[of.group_entry])
        self.same_on = np.flatnonzero(same[lift_entry] & lift_on)


class Cut:
    """L1 or L2 at a choice in some realisations, Eqs. (22) and (23): valid for every choice, exact at this one."""

    def __init__(self, point: CutPoint, kind: CutKind, realised: Realised) -> None:
        of, shares = point.of, realised.shares
        self._point, self._kind, self._shares = point, kind, shares
        self._at = np.ones((len(of.always), shares.share.shape[1]))
        self._at[point.chosen_term] = shares.share[point.chosen]
        if len(point.on):
            np.add.at(self._at, point.on_term, shares.change[point.on])
        # Where the lifts together push the share below 0, it is cut off: no single one changes it.
        self._below = self._at < 0.0
        self._at[self._below] = 0.0
        self._others = realised.others(self._at)
        self._bound = self._others
        if kind is not CutKind.FIRST_ORDER:
            self._bound = realised.least if kind is CutKind.L1 else realised.largest

    def add(self, weight: FloatArray, out: Coefficients) -> None:
        """Add the cuts of all realisations, weighed: `weight` (pool, realisation)."""
        point, of, shares = self._point, self._point.of, self._shares
        constant, value, pair = out
        first = of.pool_first[:-1]
        constant += np.einsum("pc,pc,pc->p", weight, self._others[first], self._at[first])
        none = np.zeros(len(of.always))
        none[point.leaving] = self._moved(
            weight, _Steps(point.leaving, np.zeros_like(point.leaving), point.leaving), np.ones_like(self._at[:1])
        )
        constant += np.bincount(of.term_pool, none, minlength=len(constant))
        value -= none[of.entry_term]
        term = of.entry_term[point.plain]
        value[point.plain] += (plain := self._moved(weight, _Steps(term, point.plain, term), shares.share))
        if not len(of.lift_group):
            return
        lift_entry = of.lift_entry
        if len(point.plain_lifts):
            entry = lift_entry[point.plain_lifts]
            to, term = shares.share[entry] + shares.change[point.plain_lifts], of.entry_term[entry]
            by_entry = np.zeros_like(value)
            by_entry[point.plain] = plain
            pair[point.plain_lifts] += self._moved(weight, _Steps(term, np.arange(len(to)), term), to) - by_entry[entry]
        if len(point.same_lifts):
            self._same(weight, value, pair)
        if len(point.other):
            self._other(weight, value, pair)

    def _same(self, weight: FloatArray, value: FloatArray, pair: FloatArray) -> None:
        """Lifts of chosen states that several enablers lift: from the states that the enablers have."""
        point, of = self._point, self._point.of
        change = np.zeros((len(of.lift_group), weight.shape[1]))
        kept = ~self._below[of.entry_term[of.lift_entry[point.same_lifts]]]
        change[point.same_lifts] = np.where(kept, self._shares.change[point.same_lifts], 0.0)
        now = np.zeros((len(of.group_entry), weight.shape[1]))
        np.add.at(now, of.lift_group[point.same_on], change[point.same_on])
        groups, nothing = point.same_groups, np.zeros((1, weight.shape[1]))
        term = of.entry_term[of.group_entry[groups]]
        off = np.zeros(len(of.group_entry))
        off[groups] = self._moved(weight, _Steps(term, np.zeros_like(groups), groups), nothing, now)
        np.add.at(value, of.group_entry[groups], off[groups])
        lifts, group = point.same_lifts, of.lift_group[point.same_lifts]
        term = of.entry_term[of.group_entry[group]]
        pair[lifts] += self._moved(weight, _Steps(term, lifts, group), change, now) - off[group]

    def _other(self, weight: FloatArray, value: FloatArray, pair: FloatArray) -> None:
        """Other states that several enablers lift: to the lowest or highest share, and by the bounds from there."""
        point, of, shares = self._point, self._point.of, self._shares
        reached = {CutKind.L1: shares.low, CutKind.L2: shares.high, CutKind.FIRST_ORDER: shares.share}[self._kind]
        term = of.entry_term[point.other]
        value[point.other] += self._moved(weight, _Steps(term, point.other, term), reached)
        by_bound = (self._bound, self._bound)
        value[point.other] += self._moved(
            weight, _Steps(term, point.other, point.other), shares.share, reached, by_bound
        )
        lifts = point.other_lifts
        steps = _Steps(of.entry_term[of.lift_entry[lifts]], lifts, np.zeros_like(lifts))
        pair[lifts] += self._moved(weight, steps, shares.change, np.zeros((1, weight.shape[1])), by_bound)

    def _moved(
        self,
        weight: FloatArray,
        steps: _Steps,
        to: FloatArray,
        at: FloatArray | None = None,
        bounds: tuple[FloatArray, FloatArray] | None = None,
    ) -> FloatArray:
        """Coefficients of some steps: what going down and going up weighs, times how far."""
        down, up = bounds or ((self._bound, self._others) if self._kind is CutKind.L2 else (self._others, self._bound))
        out = np.zeros(len(steps.term))
        pool = self._point.of.term_pool[steps.term]
        start = self._at if at is None else at
        weighed_steps(weight, pool, down, up, steps.term, to, steps.to_row, start, steps.at_row, out)
        return out


class Tangent:
    """Tangents of exp(Σ κ·λ) at a point in some realisations, Eq. (24).

    A pair adds what its lift changes in the logarithm. That is exact for one enabler of an option; the lifts of several
    add up before the logarithm is taken, so their pools have no tangents.

    Attributes
    ----------
    valid : array (pool)
        Whether the tangent holds.
    """

    def __init__(self, of: Shape, entry_point: FloatArray, lift_point: FloatArray, shares: Shares) -> None:
        """Take logarithms.

        Parameters
        ----------
        entry_point : array (entry); lift_point : array (lift)
            Values of the states and of the pairs at the point.
        """
        self._of, self._entry_pool = of, of.entry_pool
        self._lift_pool = self._entry_pool[of.lift_entry]
        self.valid = np.ones(len(of.pool_first) - 1, dtype=np.bool_)
        self.valid[self._entry_pool[(shares.low.min(axis=1) < TANGENT_SHARE) | ~of.alone]] = False
        self._own = np.log(np.maximum(TANGENT_SHARE, shares.share))
        lifted = np.maximum(TANGENT_SHARE, shares.share[of.lift_entry] + shares.change)
        self._lift = np.log(lifted) - self._own[of.lift_entry]
        self._exponent = np.zeros((len(self.valid), shares.share.shape[1]))
        for point, pool, logarithm in (
            (entry_point, self._entry_pool, self._own),
            (lift_point, self._lift_pool, self._lift),
        ):
            some = np.flatnonzero(point)
            np.add.at(self._exponent, pool[some], point[some, None] * logarithm[some])

    def add(self, weight: FloatArray, out: Coefficients) -> None:
        """Add the tangents of all realisations, weighed: `weight` (pool, realisation)."""
        height = np.where(self.valid[:, None], weight * np.exp(self._exponent), 0.0)
        constant, value, pair = out
        constant += np.einsum("pc,pc->p", height, 1.0 - self._exponent)
        weighed_rows(height, self._entry_pool, self._own, value)
        weighed_rows(height, self._lift_pool, self._lift, pair)


class CutMaker:
    """Cuts of a frame's own products, a realisation being a year."""

    def __init__(self, frame: CutFrame) -> None:
        structure = frame.structure
        self._frame = frame
        self.of = Shape(
            pool_first=structure.pool_first,
            term_pool=structure.term_pool,
            entry_term=frame.entry_term,
            group_entry=frame.group_entry,
            lift_group=frame.lift_group,
            always=frame.always,
        )
        shares = Shares(frame.share, frame.lift_change, frame.low, frame.high, frame.least, frame.largest)
        self.realised = Realised(self.of, shares)

    def at(self, choice: IntArray, kind: CutKind) -> Cut:
        """The cut at a choice: array (option), NONE where an option does not start."""
        return Cut(CutPoint(self.of, *taken(self._frame, choice)), kind, self.realised)

    def tangent(self, point: FloatArray) -> Tangent:
        """The tangent at a point: array (column of choice) in [0, 1]."""
        values = point[self._frame.entry_column]
        entries = len(self._frame.entry_term)
        return Tangent(self.of, values[:entries], values[entries:], self.realised.shares)

    def weighed(self, cut: Cut | Tangent, weight: FloatArray) -> tuple[FloatArray, FloatArray, Flags]:
        """A cut weighed over year columns: constants by pool, values by entry of the frame, and the pools it holds for.

        Parameters
        ----------
        weight : array (pool, column of `frame` years)
        """
        found = Coefficients.nothing(self.of)
        cut.add(weight, found)
        valid = cut.valid if isinstance(cut, Tangent) else np.ones(len(found.constant), dtype=np.bool_)
        return found.constant, np.concatenate([found.value, found.pair]), valid


def taken(frame: CutFrame, choice: IntArray) -> tuple[Flags, Flags]:
    """Which entries and which lifts of a frame a choice has: arrays (entry), (lift)."""
    entries = frame.entry_state == choice[frame.structure.term_option][frame.entry_term]
    return entries, frame.pairs_chosen(choice)[frame.lift_pair] & entries[frame.lift_entry]
