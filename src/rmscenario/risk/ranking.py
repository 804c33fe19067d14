"""What decides between plans that keep wishes: what they truly reach on the planning and on the choosing draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.aims import Judged
from rmscenario.planning.functional import Cap, Hinge
from rmscenario.planning.planner import Mode, shortfall_prices
from rmscenario.risk.arranged import Arranged, Measure
from rmscenario.risk.held import Rule
from rmscenario.risk.measures import planning_level, quantile
from rmscenario.risk.wishes import Wish, excesses, kept_draws, reached


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

    @property
    def key(self) -> tuple[float, ...]:
        """What comes first is smaller."""
        return self.exceeded, *self.order

    def before(self, other: Rank) -> bool:
        """Whether this plan is the better one."""
        return self.key < other.key


class Ranking:
    """Ranks of choices and the shares that they reach, each computed once."""

    def __init__(self, arranged: Arranged) -> None:
        self.arranged = arranged
        self._ranks: dict[tuple[bytes, tuple[tuple[tuple[str, ...], float], ...]], Rank] = {}
        self._shares: dict[tuple[bytes, tuple[str, ...]], float] = {}

    def rank(self, choice: IntArray, wishes: Sequence[Wish]) -> Rank:
        """What a choice truly reaches on the planning and on the choosing draws, whichever is worse."""
        key = choice.tobytes(), tuple((wish.names, wish.confidence) for wish in wishes)
        if key not in self._ranks:
            self._ranks[key] = self._ranked(choice, wishes)
        return self._ranks[key]

    def exceeds_later(self, choice: IntArray, wishes: Sequence[Wish]) -> bool:
        """Whether a choice exceeds a hard target in a year that was not judged yet: then all ranks are computed anew."""
        found = self.arranged.exceeds(choice, self._measures(wishes))
        if found:
            self._ranks.clear()
        return found

    def aimed(self, confidence: float) -> float:
        """Share of the planning draws to aim at."""
        return planning_level(confidence, self.arranged.risk.planning, self.arranged.risk.choosing)

    def prices(self, wish: Wish) -> list[float]:
        """Price of a unit of shortfall of each target of a wish, over all years that it holds [million DKK per unit]."""
        return [self.price(line) for line in wish.lines]

    def price(self, line: TargetLine) -> float:
        """Price of a unit of shortfall over all years that a target holds [million DKK per unit]."""
        return float(shortfall_prices(line, self.arranged.problem.money).sum())

    def residuals(self, wish: Wish, choice: IntArray) -> list[FloatArray]:
        """Residuals of a wish's targets on the planning draws."""
        return [self.arranged.planning_year(line).residual(choice) for line in wish.lines]

    def share(self, wish: Wish, choice: IntArray) -> float:
        """Share of the choosing draws in which a choice meets a wish."""
        key = choice.tobytes(), wish.names
        if key not in self._shares:
            residuals = [self.arranged.choosing_year(line).residual(choice) for line in wish.lines]
            self._shares[key] = float(kept_draws(wish, residuals).mean())
        return self._shares[key]

    def _measures(self, wishes: Sequence[Wish]) -> dict[str, Measure]:
        """What counts of the planning draws for each target under risk by itself."""
        found: dict[str, Measure] = {
            line.target.target: Rule(line.target.cvar or 0.0).measure for line in self.arranged.lines
        }
        for wish in sorted(wishes, key=lambda wish: not wish.joint):  # a confidence of its own comes before
            level = self.aimed(wish.confidence)
            for name in wish.names:
                if not wish.joint or name not in found:
                    found[name] = partial(quantile, alpha=level)
        return found

    def _ranked(self, choice: IntArray, wishes: Sequence[Wish]) -> Rank:
        arranged, problem = self.arranged, self.arranged.problem
        joint = next((wish for wish in wishes if wish.joint), None)
        short = self._shortfalls(choice, wishes)
        exceeded = sum(short[line.target.target] for line in problem.lines if line.target.hard)
        soft = [line for line in problem.lines if not line.target.hard]
        worth = arranged.worth(choice)
        if arranged.options.mode is Mode.NEAREST:
            priorities = sorted({line.target.priority for line in soft})
            by_priority = [
                sum(short[line.target.target] / max(1.0, line.base) for line in soft if line.target.priority == number)
                for number in priorities
            ]
            return Rank(exceeded, (*(round(much, 6) for much in by_priority), worth))
        wished = {line.target.target for wish in wishes if not wish.joint for line in wish.lines}
        at, single = Judged(problem.frame, choice), 0.0
        together = set() if joint is None else set(joint.names)
        for line in soft:
            price, name = shortfall_prices(line, problem.money), line.target.target
            if name in wished:
                single += float(price.sum()) * short[name]
            elif name in {other.target.target for other in arranged.lines}:
                worth += float(price.sum()) * short[name]
            elif price.any() and name not in together:
                worth += Hinge(line=line, price=price).worth(at)
        if joint is None:
            return Rank(exceeded, (worth + single,))
        hard, priced = self._together(joint, choice)
        return Rank(exceeded + hard, (worth + max(single, priced),))

    def _together(self, wish: Wish, choice: IntArray) -> tuple[float, float]:
        """What is exceeded, and the price of what is short, in the share of the draws that a joint wish asks for."""
        chosen = [self.arranged.choosing_year(line).residual(choice) for line in wish.lines]
        prices = self.prices(wish)
        return max(
            reached(*excesses(wish, self.residuals(wish, choice), prices), self.aimed(wish.confidence)),
            reached(*excesses(wish, chosen, prices), wish.confidence),
        )

    def _shortfalls(self, choice: IntArray, wishes: Sequence[Wish]) -> dict[str, float]:
        """Shortfall of each target: by its own measure on the draws, or at the modes; of hard ones in the worst year."""
        arranged, measures = self.arranged, self._measures(wishes)
        at, found = Judged(arranged.problem.frame, choice), {}
        wanted = {wish.names[0]: wish.confidence for wish in wishes if not wish.joint}
        together = {name for wish in wishes if wish.joint for name in wish.names}
        risky = {line.target.target for line in arranged.lines}
        for line in arranged.problem.lines:
            name = line.target.target
            if name in risky or name in together:
                # In their own year targets of a joint wish are judged together.
                years = arranged.held_years(line) if line.target.hard else (line.position,)
                alone = [year for year in years if name in risky or year != line.position]
                measured = [measures[name](arranged.planning_year(line, year).residual(choice)) for year in alone]
                if name in wanted:
                    measured.append(quantile(arranged.choosing_year(line).residual(choice), wanted[name]))
                residual = max(measured, default=line.cap)
            elif line.target.hard:
                residual = line.cap + Cap(line=line, margin=0.0).over(at)
            else:
                residual = float(line.residual(at.leaf)[min(line.position, len(line.held) - 1)])
            found[name] = 0.0 if is_met(residual, line.cap, line.base) else residual - line.cap
        return found
