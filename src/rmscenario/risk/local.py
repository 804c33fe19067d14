"""Local search by exact ranks: one change of a choice, or two, taken where the true rank becomes better.

Confidence is no convex rule, so that what holds tails, or draws given up, need not be the best. The search goes on from the
best choice that was not gone on from, with all that were evaluated in mind: best-first search over choices one change or two
apart, within a limit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import count

from rmscenario.emissions.structure import IntArray
from rmscenario.risk.promise import Promise
from rmscenario.risk.ranking import Ranking
from rmscenario.risk.wishes import Wish

#: [residuals of one target in one draw] Limit of work.
WORK = 20_000_000
#: [residuals of one target in one draw] What else it takes to evaluate a choice.
LOOK = 10_000
#: [1] Share of the work that may be spent on the neighbours of one choice without finding a better one.
SHARE = 0.1
#: Choices gone on from without finding a better one, after which the search ends.
PATIENCE = 25


class LocalSearch:
    """A best-first search for choices that keep some wishes.

    Parameters
    ----------
    work : int
        Residuals of a target in a draw that may be evaluated, `LOOK` of them for each choice.
    """

    def __init__(self, ranking: Ranking, wishes: Sequence[Wish], work: int = WORK) -> None:
        arranged = ranking.arranged
        self._ranking, self._wishes, self._stop = ranking, tuple(wishes), arranged.stop
        self._promise = Promise(ranking, wishes)
        names = {name for wish in wishes for name in wish.names} | {line.target.target for line in arranged.lines}
        self._evaluation = LOOK + len(names) * (arranged.risk.planning + arranged.risk.choosing)
        self._work = self._left = work
        self._frontier: list[tuple[tuple[float, ...], int, IntArray]] = []
        self._number = count()
        self._seen: set[bytes] = set()

    def add(self, choice: IntArray) -> None:
        """Evaluate a choice, to be gone on from later."""
        self._seen.add(choice.tobytes())
        heappush(self._frontier, (self._ranking.rank(choice, self._wishes).key, next(self._number), choice))

    def improved(self, choice: IntArray) -> IntArray:
        """The best choice found, no worse than one that is known; within what is left of the work."""
        if choice.tobytes() not in self._seen:
            self.add(choice)
        best, idle = choice, 0
        while self._frontier and idle < PATIENCE and self._left > 0 and not self._stop():
            _, _, current = heappop(self._frontier)
            better = self._better(current, best)
            if better is None:
                idle += 1
                continue
            self.add(current)
            best, idle = better, 0
        return best

    def _better(self, current: IntArray, best: IntArray) -> IntArray | None:
        """The first neighbour that is better than the best choice; None if none is within the share of the work."""
        enough = self._left - SHARE * self._work
        for other in self._promise.neighbours(current):
            if self._left <= max(0.0, enough) or self._stop():
                break
            if other.tobytes() in self._seen:
                continue
            self._left -= self._evaluation
            self.add(other)
            if self._before(other, best):
                return other
        return None

    def _before(self, choice: IntArray, best: IntArray) -> bool:
        """Whether a choice is better than the best one, in all years that hard targets hold."""
        while self._ranking.rank(choice, self._wishes).before(self._ranking.rank(best, self._wishes)):
            if not self._ranking.exceeds_later(choice, self._wishes):
                return True
        return False
