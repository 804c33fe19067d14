"""Backcast: how strong the background would have to be for a target to be met."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rmscenario.constants import MET_TOLERANCE, is_met
from rmscenario.emissions import background_factor, build_structure, evaluate, target_lines
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.explain.aim import aimed_at, aiming_at, judged_years
from rmscenario.explain.earliest import logic_of
from rmscenario.explain.reach import lowest
from rmscenario.explain.solving import (
    SHORTFALL_GAP,
    SHORTFALL_NODES,
    Effort,
    hard_caps,
    line_of,
    minimise,
    shortfall_objective,
)
from rmscenario.options import build_options
from rmscenario.plan import Plan
from rmscenario.planning.problem import build_problem
from rmscenario.region import Region
from rmscenario.region.footprint import Target
from rmscenario.scenario.run_options import BackcastOptions

#: Most plans that are made to find the least strength.
MOST_PLANS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How strong the background must be: 0 the most likely path, 1 the strong one, more is beyond the tables.

    Attributes
    ----------
    least : float or None [1]
        Strength at which the target is met; None if it is missed even at the strongest tried. 0 is met already.
    below : float [1]
        No strength up to this one is enough: by bisection with the same starts, proven by the bound where plans are made.
    at_mode, at_strong, at_strongest : float [the quantity's unit]
        Residual in the target's year at strength 0, at 1 and at the largest tried, for the choice of starts that is
        behind `least` (or behind the miss).
    """

    least: float | None
    below: float
    at_mode: float
    at_strong: float
    at_strongest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """What a strength means for a group of categories, in the quantity of the target.

    Attributes
    ----------
    left_at_mode, left_at_strong, left : float [1]
        What is left in the target's year of the base year's amount, without initiatives.
    yearly : float [1/a]
        Mean yearly decline from the base year to the target's year that `left` means.
    """

    group: str
    left_at_mode: float
    left_at_strong: float
    left: float
    yearly: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Backcast:
    """How strong the background must be for a target to be met in its year.

    Attributes
    ----------
    groups : tuple of str
        Groups of categories whose background is made stronger.
    everything : Strength
        With everything that lowers the target started at its earliest, limits left aside.
    planned : Strength or None
        With the plan that comes nearest to the target under the scenario's limits; None if the scenario starts
        everything anyway.
    everything_declines, planned_declines : tuple of Decline
        What the strengths mean; at the strongest tried where the target is missed.
    """

    target: str
    year: int
    base: float
    cap: float
    groups: tuple[str, ...]
    strongest: float
    everything: Strength
    planned: Strength | None
    everything_declines: tuple[Decline, ...]
    planned_declines: tuple[Decline, ...]


def strength_needed(
    region: Region,
    asked: BackcastOptions,
    *,
    plan: bool = True,
    gap: float = SHORTFALL_GAP,
    effort: Effort | None = None,
) -> Backcast:
    """How strong the background must be, with everything started and with plans made for it.

    Parameters
    ----------
    plan : bool
        Whether plans are made for it as well.
    gap : float [1]
        Width to which a plan's shortfall is found, as a share of the target's base.

    Raises
    ------
    InputError
        When the target is not an active one.
    """
    row = aimed_at(region, asked.target)
    assert row is not None
    paths = _Paths(region, row.model_copy(update={"hard": False}), asked)
    table, line = paths.table, paths.line
    all_started = lowest(paths.structure, logic_of(paths.region, table), line)
    best = paths.strength(all_started)
    made = _planned(paths, best, gap, effort or Effort()) if plan else None
    return Backcast(
        target=row.target,
        year=int(table.years[line.position]),
        base=line.base,
        cap=line.cap,
        groups=paths.groups,
        strongest=asked.strongest,
        everything=best,
        planned=made,
        everything_declines=paths.declines(best),
        planned_declines=() if made is None else paths.declines(made),
    )


class _Paths:
    """A region with one target, over a range of strengths of the background; the starts are the same in all of them."""

    def __init__(self, region: Region, target: Target, asked: BackcastOptions) -> None:
        self.region = aiming_at(region, target)
        self.asked = asked
        self.groups = asked.groups or tuple(dict.fromkeys(row.group for row in region.categories))
        self.categories = {row.category for row in region.categories if row.group in self.groups}
        self.table = build_options(self.region, judged_years(self.region))
        self.structure = build_structure(self.region, self.table)
        self.line = next(line for line in target_lines(self.structure) if line.target.target == target.target)

    def at(self, strength: float) -> Region:
        """The region with a background of a strength: β = max(0, mode + strength · (strong − mode))."""
        return replace(
            self.region,
            background=tuple(
                row.model_copy(update={"mode": max(0.0, row.mode + strength * (row.strong - row.mode))})
                if row.category in self.categories
                else row
                for row in self.region.background
            ),
        )

    def residual(self, choice: IntArray, strength: float) -> float:
        """The target's residual in its year under a choice [the quantity's unit]."""
        amount = self.structure.leaf_amount.copy()
        factors = {category: self.factor(category, strength, self.table.years) for category in self.categories}
        for leaf in self.line.leaves.tolist():
            item = self.structure.leaves[leaf]
            if item.category in factors:
                amount[leaf] = item.base * factors[item.category]
        moved = evaluate(replace(self.structure, leaf_amount=amount), choice)
        return float(self.line.residual(moved.leaf)[self.line.position])

    def met(self, choice: IntArray, strength: float) -> bool:
        """Whether a choice meets the target at a strength."""
        return is_met(self.residual(choice, strength), self.line.cap, self.line.base)

    def strength(self, choice: IntArray) -> Strength:
        """Least strength at which a choice meets the target, by bisection: its residual falls as the background does."""
        low, high = 0.0, self.asked.strongest
        if self.met(choice, low):
            high = low
        elif self.met(choice, high):
            while high - low > self.asked.tolerance:
                middle = (low + high) / 2.0
                low, high = (low, middle) if self.met(choice, middle) else (middle, high)
        else:
            low = high
        at_mode, at_strong, at_strongest = (self.residual(choice, h) for h in (0.0, 1.0, self.asked.strongest))
        return Strength(
            least=high if self.met(choice, high) else None,
            below=low,
            at_mode=at_mode,
            at_strong=at_strong,
            at_strongest=at_strongest,
        )

    def declines(self, strength: Strength) -> tuple[Decline, ...]:
        """What a strength means for each group that is made stronger."""
        strengths = (0.0, 1.0, self.asked.strongest if strength.least is None else strength.least)
        settings, year = self.region.settings, int(self.table.years[self.line.position])
        span = year - settings.base_year
        declines = []
        for group in self.groups:
            members = {row.category for row in self.region.categories if row.group == group}
            base, left = 0.0, np.zeros(3)
            for source in self.region.sources:
                if source.category in members and source.quantity == self.line.target.quantity:
                    base += source.value
                    left += source.value * np.concatenate([self.factor(source.category, h, [year]) for h in strengths])
            if base > 0:
                share = left / base
                declines.append(
                    Decline(
                        group=group,
                        left_at_mode=float(share[0]),
                        left_at_strong=float(share[1]),
                        left=float(share[2]),
                        yearly=float(1.0 - share[2] ** (1.0 / span)) if span > 0 else 0.0,
                    )
                )
        return tuple(declines)

    def factor(self, category: str, strength: float, years: npt.ArrayLike) -> FloatArray:
        """Background factor of a category in the target's quantity: array (year) [1]."""
        key = (category, self.line.target.quantity)
        rows = [row for row in self.at(strength).background if (row.category, row.quantity) == key]
        return background_factor(rows, self.region.settings.base_year, years)


def _planned(paths: _Paths, everything: Strength, gap: float, effort: Effort) -> Strength:
    """Least strength at which a plan within the limits meets the target.

    A plan that is nearest at one strength meets the target from some larger one on, and the bound says at which strengths
    no plan does: the interval between them is halved, until it is narrow or enough plans are made.
    """
    target, asked = paths.line.target.target, paths.asked
    strength = asked.strongest if everything.least is None else everything.least
    proven, plan = 0.0, Plan(starts=())
    best: Strength | None = None
    for number in range(MOST_PLANS):
        problem = build_problem(paths.at(strength))
        line, table = line_of(problem, target), problem.frame.structure.table
        solved = minimise(
            problem,
            shortfall_objective(line),
            hard_caps(problem, but=target),
            tolerance=gap * max(1.0, abs(line.base)),
            scale=max(1.0, abs(line.base)),
            start=table.possible(plan),
            nodes=SHORTFALL_NODES,
            effort=effort,
        )
        effort.progress(number + 1, MOST_PLANS)
        if solved.report.bound > MET_TOLERANCE * abs(line.base):
            proven = max(proven, strength)
        found = paths.strength(solved.choice)
        if best is None or _least(found) < _least(best):
            best, plan = found, Plan(starts=table.starts(solved.choice))
        if best.least is None or best.least - proven <= asked.tolerance or effort.stop():
            break
        strength = (proven + best.least) / 2.0
    assert best is not None
    return replace(best, below=proven)


def _least(strength: Strength) -> float:
    return math.inf if strength.least is None else strength.least
