"""Plans that keep wishes: met in a share of all draws, which is no convex rule.

They are sought among plans whose tails are held at some level, the strictest first, and made cheaper by giving up the worst
draws of the best plan and holding all the others. Every plan found on the way stays in a pool, so that another confidence
begins with what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import Fault, InputError
from rmscenario.planning.aims import Judged
from rmscenario.planning.functional import Hinge
from rmscenario.planning.planner import Mode, Planned, shortfall_prices
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.drawn import DrawnYear
from rmscenario.risk.held import Rule
from rmscenario.risk.measures import cvar, most_missed, planning_level, quantile
from rmscenario.risk.wishes import Wish, excesses, given_up, reached

#: [1] Levels at which tails are held for a confidence p, as shares of p, the strictest first; the mean comes before.
GRID = (1.0, 0.9, 0.75, 0.6, 0.4, 0.2)
#: Most times that draws are given up anew.
POLISHED = 8
#: [1] Share of the draws that count, whose mean stands for the worst of them: at least one draw.
WORST = 1 / 200
#: Work limit of a candidate, in nodes: its value counts, not its bound, and dives find it.
CANDIDATE_NODES = 0


@dataclass(frozen=True, slots=True)
class Rank:
    """What decides between plans, the lower the better.

    Attributes
    ----------
    exceeded : float
        By how much hard targets are exceeded, as shares of bases and amounts summed.
    order : tuple of float
        The mode's own order: value [million DKK] of a priced plan, shortfalls and then cost of the nearest.
    """

    exceeded: float
    order: tuple[float, ...]

    def before(self, other: Rank) -> bool:
        """Whether this plan is the better one."""
        return (self.exceeded, *self.order) < (other.exceeded, *other.order)


class Confident:
    """The search for plans that keep wishes, and the pool of all plans found."""

    def __init__(self, arranged: Arranged, wishes: Sequence[Wish], expected: Planned | None) -> None:
        self._arranged, self._wishes = arranged, tuple(wishes)
        self._joint = next((wish for wish in wishes if wish.joint), None)
        if self._joint is not None and arranged.options.mode is Mode.NEAREST:
            raise InputError([_NOT_NEAREST])
        self._lines = {line.target.target: line for wish in wishes for line in wish.lines}
        self.pool: list[Planned] = [] if expected is None else [expected]
        self._tried: set[tuple[tuple[str, float], ...]] = set()
        self._ranks: dict[tuple[bytes, tuple[float, ...]], Rank] = {}

    def plan(self, wishes: Sequence[Wish] | None = None) -> Planned | None:
        """The best plan found for the wishes (or for the same ones at other confidences); None if none keeps hard targets."""
        asked = self._wishes if wishes is None else tuple(wishes)
        levels = tuple(self._aimed(wish.confidence) for wish in asked)
        for share in GRID:
            self._try([share * level for level in levels], asked)
        return self.polished(asked)

    def polished(self, wishes: Sequence[Wish]) -> Planned | None:
        """The best plan of the pool made better; None if none keeps hard targets."""
        asked, levels = tuple(wishes), tuple(self._aimed(wish.confidence) for wish in wishes)
        best = self.best(asked)
        for _ in range(POLISHED):
            if best is None or self._arranged.stop():
                break
            polished = self._held(self._polished(asked, levels, best.choice), best)
            if polished is None or not self._better(polished, best, asked):
                break
            best = polished
        return None if best is None or self.rank(best.choice, asked).exceeded > 0 else best

    def best(self, wishes: Sequence[Wish]) -> Planned | None:
        """The best plan of the pool for some wishes."""
        return min(self.pool, key=lambda one: self._key(one, wishes), default=None)

    def _key(self, one: Planned, wishes: Sequence[Wish]) -> tuple[float, ...]:
        rank = self.rank(one.choice, wishes)
        return rank.exceeded, *rank.order

    def _better(self, one: Planned, other: Planned, wishes: Sequence[Wish]) -> bool:
        return self.rank(one.choice, wishes).before(self.rank(other.choice, wishes))

    def _aimed(self, confidence: float) -> float:
        return planning_level(confidence, self._arranged.risk.planning, self._arranged.risk.choosing)

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

    def _polished(self, wishes: Sequence[Wish], levels: Sequence[float], choice: IntArray) -> dict[str, Rule]:
        """Rules that give up the worst draws of a choice and hold all the others; in two wishes what either keeps."""
        kept: dict[str, npt.NDArray[np.bool_]] = {}
        for wish, level in zip(wishes, levels, strict=True):
            residuals = self._residuals(wish, choice, planning=True)
            count = most_missed(len(residuals[0]), level)
            keeps = ~given_up(wish, residuals, self._prices(wish), count)
            for name in wish.names:
                kept[name] = kept[name] | keeps if name in kept else keeps
        rules = {name: Rule(1.0 - max(1.0 / int(mask.sum()), WORST), mask) for name, mask in kept.items()}
        return rules | self._others()

    def _residuals(self, wish: Wish, choice: IntArray, *, planning: bool) -> list[FloatArray]:
        return [self._year(line, planning=planning).residual(choice) for line in wish.lines]

    def _year(self, line: TargetLine, *, planning: bool) -> DrawnYear:
        return self._arranged.planning_year(line) if planning else self._arranged.choosing_year(line)

    def _prices(self, wish: Wish) -> list[float]:
        return [float(shortfall_prices(line, self._arranged.problem.money).sum()) for line in wish.lines]

    def rank(self, choice: IntArray, wishes: Sequence[Wish]) -> Rank:
        """What a choice truly reaches on the planning and on the choosing draws, whichever is worse."""
        key = choice.tobytes(), tuple(wish.confidence for wish in wishes)
        if key not in self._ranks:
            self._ranks[key] = self._ranked(choice, wishes)
        return self._ranks[key]

    def _ranked(self, choice: IntArray, wishes: Sequence[Wish]) -> Rank:
        problem = self._arranged.problem
        short = self._shortfalls(choice, wishes)
        exceeded = sum(short[line.target.target] for line in problem.lines if line.target.hard)
        soft = [line for line in problem.lines if not line.target.hard]
        worth = self._arranged.worth(choice)
        if self._arranged.options.mode is Mode.NEAREST:
            priorities = sorted({line.target.priority for line in soft})
            by_priority = [
                sum(short[line.target.target] / max(1.0, line.base) for line in soft if line.target.priority == number)
                for number in priorities
            ]
            return Rank(exceeded, (*(round(much, 6) for much in by_priority), worth))
        wished = {line.target.target for wish in wishes if not wish.joint for line in wish.lines}
        at, single = Judged(problem.frame, choice), 0.0
        together = set() if self._joint is None else set(self._joint.names)
        for line in soft:
            price, name = shortfall_prices(line, problem.money), line.target.target
            if name in wished:
                single += float(price.sum()) * short[name]
            elif name in {other.target.target for other in self._arranged.lines}:
                worth += float(price.sum()) * short[name]
            elif price.any() and name not in together:
                worth += Hinge(line=line, price=price).worth(at)
        joint = next((wish for wish in wishes if wish.joint), None)
        if joint is None:
            return Rank(exceeded, (worth + single,))
        hard, priced = self._together(joint, choice)
        return Rank(exceeded + hard, (worth + max(single, priced),))

    def _together(self, wish: Wish, choice: IntArray) -> tuple[float, float]:
        """What is exceeded, and the price of what is short, in the share of the draws that a joint wish asks for."""
        found = [
            reached(*excesses(wish, self._residuals(wish, choice, planning=planning), self._prices(wish)), level)
            for planning, level in ((True, self._aimed(wish.confidence)), (False, wish.confidence))
        ]
        return max(found)

    def _shortfalls(self, choice: IntArray, wishes: Sequence[Wish]) -> dict[str, float]:
        """Shortfall of each target in its year: by its own measure on the draws, or at the modes."""
        at, found = Judged(self._arranged.problem.frame, choice), {}
        wanted = {wish.names[0]: wish.confidence for wish in wishes if not wish.joint}
        risky = {line.target.target for line in self._arranged.lines}
        for line in self._arranged.problem.lines:
            name = line.target.target
            if name in wanted:
                residual = max(
                    quantile(self._arranged.planning_year(line).residual(choice), self._aimed(wanted[name])),
                    quantile(self._arranged.choosing_year(line).residual(choice), wanted[name]),
                )
            elif name in risky:
                residual = cvar(self._arranged.planning_year(line).residual(choice), line.target.cvar or 0.0)
            elif self._joint is not None and name in self._joint.names:
                found[name] = 0.0  # judged together with the others
                continue
            else:
                residual = float(line.residual(at.leaf)[min(line.position, len(line.held) - 1)])
            found[name] = 0.0 if is_met(residual, line.cap, line.base) else residual - line.cap
        return found


_NOT_NEAREST = Fault(
    file="[planning]",
    column="joint_confidence",
    found="mode = 'nearest'",
    expected="mode = 'priced', since shortfalls in order of priority are not met together",
    remedy="choose another mode, or give targets a confidence of their own",
)
