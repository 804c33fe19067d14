"""Targets under risk as one search holds them: a level of the tail for each, and the draws that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.cutting import roundings
from rmscenario.planning.functional import Cap, Hinge
from rmscenario.planning.planner import AtModes
from rmscenario.planning.problem import Problem
from rmscenario.risk.aims import TailCap, TailHinge, Tails
from rmscenario.risk.drawn import DrawnYear, PlanningDraws
from rmscenario.risk.measures import cvar


@dataclass(frozen=True, slots=True)
class Rule:
    """How a target's tail is held: its level, and the draws that count (None: all)."""

    alpha: float
    kept: npt.NDArray[np.bool_] | None = None

    def measure(self, residual: FloatArray) -> float:
        """Mean of the tail of the draws that count."""
        return cvar(residual if self.kept is None else residual[self.kept], self.alpha)


@dataclass(slots=True)
class UnderRisk:
    """Aims at the tails of some targets, at the modes of the others.

    Attributes
    ----------
    first : array (option), optional
        The choice whose tails are held first; None: that without new starts.
    point : array (choice column) in [0, 1], optional
        A point of another relaxation, whose tails are held instead.
    """

    problem: Problem
    draws: PlanningDraws
    rules: Mapping[str, Rule]
    years: dict[tuple[str, int], DrawnYear] = field(default_factory=dict)
    held: dict[str, set[int]] = field(default_factory=dict)
    tails: list[Tails] = field(default_factory=list)
    first: IntArray | None = None
    point: FloatArray | None = None

    def _begin(self) -> list[IntArray]:
        if self.point is not None:
            return roundings(self.problem.frame, self.point)
        return [self.problem.frame.structure.table.nothing_new() if self.first is None else self.first]

    def year(self, line: TargetLine, position: int) -> DrawnYear:
        """A target's residual in a year on the planning draws."""
        key = (line.target.target, position)
        if key not in self.years:
            self.years[key] = DrawnYear(frame=self.problem.frame, line=line, draws=self.draws, position=position)
        return self.years[key]

    def _tails(self, line: TargetLine, positions: Iterable[int]) -> Tails:
        rule = self.rules[line.target.target]
        kept = np.ones(self.draws.count, dtype=np.bool_) if rule.kept is None else rule.kept
        years = {position: self.year(line, position) for position in positions}
        self.tails.append(Tails(line=line, years=years, alpha=rule.alpha, kept=kept))
        return self.tails[-1]

    def hinge(self, line: TargetLine, price: FloatArray) -> Hinge | TailHinge:
        """A soft target's shortfall in its year, at the price of all years that it holds."""
        if line.target.target not in self.rules:
            return AtModes().hinge(line, price)
        tails = self._tails(line, [line.position])
        in_year = np.zeros_like(price)
        in_year[line.position] = price.sum()
        return TailHinge(tails=tails, price=in_year, first=self._begin())

    def cap(self, line: TargetLine, margin: float) -> Cap | TailCap:
        """A hard target, in the years that plans were found to exceed."""
        if line.target.target not in self.rules:
            return AtModes().cap(line, margin)
        positions = self.held.setdefault(line.target.target, {line.position})
        tails = self._tails(line, sorted(positions))
        return TailCap(tails=tails, margin=margin, first=self._begin())
