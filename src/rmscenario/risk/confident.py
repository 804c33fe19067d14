"""Plans that keep wishes: met in a share of all draws, which is no convex rule.

They are sought among plans whose tails are held at some level, the strictest first. The best is made cheaper by giving up its
worst draws and holding all the others, and by a local search, in turns. Every plan found on the way stays in a pool, so that
another confidence begins with what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.structure import IntArray
from rmscenario.errors import Fault, InputError
from rmscenario.planning.planner import Mode, Planned
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.held import Rule
from rmscenario.risk.local import WORK, LocalSearch
from rmscenario.risk.measures import most_missed
from rmscenario.risk.ranking import Rank, Ranking
from rmscenario.risk.wishes import Wish, given_up

#: [1] Levels at which tails are held for a confidence p, as shares of p, the strictest first; the mean comes before.
GRID = (1.0, 0.9, 0.75, 0.6, 0.4, 0.2)
#: Most times that draws are given up anew.
POLISHED = 8
#: [1] Share of the draws that count, whose mean stands for the worst of them: at least one draw.
WORST = 1 / 200
#: Work limit of a candidate, in nodes: its value counts, not its bound, and dives find it.
CANDIDATE_NODES = 0
#: What part of a local search's work a short one may take.
NEARBY = 8


class Confident:
    """The search for plans that keep wishes, and the pool of all plans found."""

    def __init__(self, arranged: Arranged, wishes: Sequence[Wish], expected: Planned | None) -> None:
        self._arranged, self._wishes = arranged, tuple(wishes)
        if arranged.options.mode is Mode.NEAREST and any(wish.joint for wish in wishes):
            raise InputError([_NOT_NEAREST])
        self._ranking = Ranking(arranged)
        self.pool: list[Planned] = [] if expected is None else [expected]
        self._tried: set[tuple[tuple[str, float], ...]] = set()

    def plan(self, wishes: Sequence[Wish] | None = None) -> Planned | None:
        """The best plan found for the wishes (or for the same ones at other confidences); None if none keeps hard targets."""
        asked = self._wishes if wishes is None else tuple(wishes)
        levels = tuple(self._ranking.aimed(wish.confidence) for wish in asked)
        for share in GRID:
            self._try([share * level for level in levels], asked)
        return self.polished(asked)

    def polished(self, wishes: Sequence[Wish]) -> Planned | None:
        """The best plan of the pool made better; None if none keeps hard targets."""
        asked, best = tuple(wishes), self.best(wishes)
        local = self._searched(asked)
        while best is not None:
            found = self._local(local, self._given_up(best, asked), asked)
            if found is best or self._arranged.stop():
                break
            best = found
        return None if best is None or self.rank(best, asked).exceeded > 0 else best

    def nearby(self, wishes: Sequence[Wish]) -> None:
        """Add to the pool what a local search finds from the best of it."""
        best = self.best(wishes)
        if best is not None:
            self._local(self._searched(wishes, WORK // NEARBY), best, wishes)

    def best(self, wishes: Sequence[Wish]) -> Planned | None:
        """The best plan of the pool for some wishes, hard targets held in all their years."""
        while True:
            best = min(self.pool, key=lambda one: self.rank(one, wishes).key, default=None)
            if best is None or not self._ranking.exceeds_later(best.choice, wishes):
                return best

    def furthest(self, wish: Wish, wishes: Sequence[Wish] | None = None) -> float:
        """Largest share of the choosing draws in which a plan of the pool meets a wish; of plans that keep hard targets, if any."""
        asked = self._wishes if wishes is None else wishes
        keeping = [one for one in self.pool if self.rank(one, asked).exceeded == 0]
        return max((self.share(wish, one) for one in keeping or self.pool), default=0.0)

    def share(self, wish: Wish, one: Planned) -> float:
        """Share of the choosing draws in which a plan meets a wish."""
        return self._ranking.share(wish, one.choice)

    def rank(self, one: Planned, wishes: Sequence[Wish]) -> Rank:
        """What decides between plans for some wishes."""
        return self._ranking.rank(one.choice, wishes)

    def _searched(self, wishes: Sequence[Wish], work: int = WORK) -> LocalSearch:
        """A local search that can go on from every plan of the pool."""
        local = LocalSearch(self._ranking, wishes, work)
        for one in self.pool:
            local.add(one.choice)
        return local

    def _given_up(self, best: Planned, wishes: Sequence[Wish]) -> Planned:
        """A plan made better by giving up its worst draws, again and again."""
        for _ in range(POLISHED):
            if self._arranged.stop():
                break
            found = self._held(self._polished(wishes, best.choice), best)
            if found is None or self.best(wishes) is not found:
                break
            best = found
        return best

    def _local(self, local: LocalSearch, best: Planned, wishes: Sequence[Wish]) -> Planned:
        """A plan made better by a local search."""
        choice = local.improved(best.choice)
        return best if choice is best.choice else self.add(best, choice, wishes)

    def add(self, one: Planned, choice: IntArray, wishes: Sequence[Wish]) -> Planned:
        """Add a choice to the pool that another plan led to; what that one's search reported says nothing of it."""
        solve = one.plan.solve
        if solve is not None:  # a plan that was read has none
            solve = replace(solve, incumbent=self._ranking.rank(choice, wishes).order[-1], stages=())
        problem = self._arranged.problem
        plan = replace(one.plan, starts=problem.frame.structure.table.starts(choice), solve=solve)
        self.pool.append(replace(one, problem=problem, choice=choice, plan=plan))
        return self.pool[-1]

    def explore(self, alphas: Sequence[float], wishes: Sequence[Wish]) -> None:
        """Add plans to the pool whose tails are all held at one level after the other."""
        for alpha in alphas:
            self._try([alpha] * len(wishes), wishes)

    def _try(self, alphas: Sequence[float], wishes: Sequence[Wish]) -> None:
        """Hold the tails of each wish at a level, unless such a plan is known."""
        rules = self._others()
        for wish, alpha in zip(wishes, alphas, strict=True):
            for name in wish.names:
                rules[name] = Rule(max(rules[name].alpha if name in rules else 0.0, alpha))
        key = tuple(sorted((name, round(rule.alpha, 2)) for name, rule in rules.items()))
        if key not in self._tried and not self._arranged.stop():
            self._tried.add(key)
            self._held(rules, self.best(wishes))

    def _others(self) -> dict[str, Rule]:
        """Rules of targets without a confidence: they hold in the mean of the worst, or of all."""
        return {
            line.target.target: Rule(line.target.cvar or 0.0)
            for line in self._arranged.lines
            if line.target.confidence is None
        }

    def _held(self, rules: dict[str, Rule], start: Planned | None) -> Planned | None:
        found = self._arranged.held_at(rules, start, CANDIDATE_NODES)
        if found is not None:
            self.pool.append(found)
        return found

    def _polished(self, wishes: Sequence[Wish], choice: IntArray) -> dict[str, Rule]:
        """Rules that give up the worst draws of a choice and hold all the others; in two wishes what either keeps."""
        kept: dict[str, npt.NDArray[np.bool_]] = {}
        for wish in wishes:
            residuals = self._ranking.residuals(wish, choice)
            count = most_missed(len(residuals[0]), self._ranking.aimed(wish.confidence))
            keeps = ~given_up(wish, residuals, self._ranking.prices(wish), count)
            for name in wish.names:
                kept[name] = kept[name] | keeps if name in kept else keeps
        rules = {name: Rule(1.0 - max(1.0 / int(mask.sum()), WORST), mask) for name, mask in kept.items()}
        return rules | self._others()


_NOT_NEAREST = Fault(
    file="[planning]",
    column="joint_confidence",
    found="mode = 'nearest'",
    expected="mode = 'priced', since shortfalls in order of priority are not met together",
    remedy="choose another mode, or give targets a confidence of their own",
)
