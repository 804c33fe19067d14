"""What changes of a choice promise for its rank, to first order.

The derivative of a quantile is the mean derivative of the draws at it [1]: so that of a residual that a share of the draws
does not exceed is taken over the draws next to it.

References
----------
[1] L. J. Hong (2009), Estimating quantile sensitivities, Operations Research 57(1), 118–130, doi 10.1287/opre.1080.0531.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.emissions import TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.aims import Judged, Moves
from rmscenario.planning.descent import first_order
from rmscenario.planning.exchange import changes
from rmscenario.planning.functional import Cap, Hinge, joined
from rmscenario.planning.planner import Mode, shortfall_prices
from rmscenario.planning.rows import over_states, stacked
from rmscenario.risk.aims import DrawnFunctional
from rmscenario.risk.measures import most_missed, tail_weights
from rmscenario.risk.ranking import Ranking
from rmscenario.risk.room import Room
from rmscenario.risk.wishes import Wish, worst_first

#: [1] Share of the draws on either side of a quantile that are next to it: at least one draw.
NEXT = 0.01
#: Changes that are paired with every other: those that promise most by themselves, also where they break a row.
FIRST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A target's part of a rank: how far above its cap it is, and by how much each change moves that.

    Attributes
    ----------
    over : float [the target's unit]
    moves : array (change) [the target's unit]
    """

    line: TargetLine
    over: float
    moves: FloatArray


class Promise:
    """First-order ranks of all single changes of a choice, and of pairs of them."""

    def __init__(self, ranking: Ranking, wishes: Sequence[Wish]) -> None:
        self._ranking, self._wishes = ranking, tuple(wishes)
        self._arranged = ranking.arranged
        table = self._arranged.problem.frame.structure.table
        self._states = len(table.states)
        self._option, self._target = changes(table)
        rows = stacked(self._arranged.problem.rows, self._arranged.problem.frame.columns)
        self._room = Room(over_states(rows, self._states), self._option, self._target)
        known = {name for wish in wishes for name in wish.names}
        known |= {line.target.target for line in self._arranged.lines}
        self._at_modes = [line for line in self._arranged.problem.lines if line.target.target not in known]

    def neighbours(self, choice: IntArray) -> Iterator[IntArray]:
        """Choices one change or two away that keep all rows, the most promising first."""
        worth, parts = self._at(choice)
        room, source = self._room.at(choice), np.where(choice == NONE, self._states, choice)
        at = self._target != source[self._option]
        singles = np.flatnonzero(at & room.alone)
        order = self._order(worth, [part.moves for part in parts], parts)
        firsts = order[at[order]][:FIRST]
        pairs = [np.stack([singles, singles])]
        for first in firsts.tolist():
            at[first] = False  # so that each pair is found once
            second = np.flatnonzero(at & (self._option != self._option[first]) & room.beside(first))
            pairs.append(np.stack([np.full(len(second), first), second]))
        first, second = np.concatenate(pairs, axis=1)
        twice = (first != second).astype(np.float64)
        moved = [part.moves[first] + twice * part.moves[second] for part in parts]
        for number in self._order(worth[first] + twice * worth[second], moved, parts).tolist():
            changed = choice.copy()
            for change in (first[number], second[number]):
                target = int(self._target[change])
                changed[self._option[change]] = target if target < self._states else NONE
            yield changed

    def _order(self, worth: FloatArray, moved: Sequence[FloatArray], parts: Sequence[_Part]) -> IntArray:
        """Numbers of changes by the ranks they promise, the best first: hard targets, then the mode's own order."""
        hard, value = np.zeros(len(worth)), worth.copy()
        by_priority: dict[int, FloatArray] = {}
        for part, change in zip(parts, moved, strict=True):
            target, over = part.line.target, np.maximum(0.0, part.over + change)
            if target.hard:
                hard += over / max(1.0, abs(part.line.base))
            elif self._arranged.options.mode is Mode.PRICED:
                value += self._ranking.price(part.line) * over
            else:
                share = over / max(1.0, abs(part.line.base))
                by_priority[target.priority] = by_priority.get(target.priority, 0.0) + share
        return np.lexsort([value, *(by_priority[number] for number in sorted(by_priority, reverse=True)), hard])

    def _at(self, choice: IntArray) -> tuple[FloatArray, list[_Part]]:
        """What each change is worth in money: array (change) [million DKK]; and each target's part."""
        problem = self._arranged.problem
        at = Judged(problem.frame, choice)
        functionals, parts = [self._arranged.cost], []
        for line in self._at_modes:
            if line.target.hard:
                cap = Cap(line=line, margin=0.0)
                moves = first_order(problem.frame, cap.functional(problem.frame, cap.key(at)), choice)
                parts.append(_Part(line=line, over=cap.over(at), moves=self._of(moves)))
                continue
            price = shortfall_prices(line, problem.money)
            if self._arranged.options.mode is Mode.NEAREST:
                price = np.where(np.arange(len(price)) == line.position, 1.0, 0.0)
            hinge = Hinge(line=line, price=price)
            group = hinge.group(problem.frame, hinge.short_years(at.leaf))
            if self._arranged.options.mode is Mode.PRICED:
                functionals.append(group)
            else:
                moves = first_order(problem.frame, group, choice)
                parts.append(_Part(line=line, over=hinge.worth(at), moves=self._of(moves)))
        parts += [self._under_risk(line, weights, choice) for line, weights in self._weighed(choice)]
        return self._of(first_order(problem.frame, joined(functionals), choice)), parts

    def _weighed(self, choice: IntArray) -> Iterator[tuple[TargetLine, FloatArray]]:
        """Targets under risk, and weights of the draws that decide: array (draw) [1]."""
        for line in self._arranged.lines:
            if line.target.confidence is None:
                residual = self._arranged.planning_year(line).residual(choice)
                yield line, tail_weights(residual, line.target.cvar or 0.0)
        for wish in self._wishes:
            worst = worst_first(wish, self._ranking.residuals(wish, choice), self._ranking.prices(wish))
            missed = most_missed(len(worst), self._ranking.aimed(wish.confidence))
            width = max(1, int(NEXT * len(worst)))
            near = worst[max(0, missed - width) : missed + width + 1]
            weights = np.zeros(len(worst))
            weights[near] = 1.0 / len(near)
            for line in wish.lines:
                yield line, weights

    def _under_risk(self, line: TargetLine, weights: FloatArray, choice: IntArray) -> _Part:
        year = self._arranged.planning_year(line)
        drawn = DrawnFunctional(name=line.target.target, year=year, average=year.average(weights))
        over = float(weights @ year.residual(choice)) - line.cap
        return _Part(line=line, over=over, moves=self._of(drawn.moves(choice)))

    def _of(self, moves: Moves) -> FloatArray:
        """First-order values by change: array (change)."""
        taken = moves.take[np.minimum(self._target, self._states - 1)]
        found: FloatArray = np.where(self._target < self._states, taken, moves.drop[self._option])
        return found
