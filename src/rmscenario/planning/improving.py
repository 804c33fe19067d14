"""Choices made better, or made to keep the hard targets, by single changes and exchanges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.emissions import CutFrame
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.aims import Judged, Moves, RiskyCap
from rmscenario.planning.descent import TIE, candidates, descend, filled, first_order
from rmscenario.planning.exchange import Exchange
from rmscenario.planning.functional import Cap, Functional, Hinge, joined, linear_functional, scaled
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import Objective
from rmscenario.planning.progress import Stop
from rmscenario.planning.rows import Rows, over_states

#: [1] Multiples of the price at which excesses of hard targets are made to go away, one after the other.
PENALTIES = (1.0, 4.0, 16.0)


@dataclass(slots=True)
class Incumbent:
    """A choice that keeps every rule, and its exact value."""

    choice: IntArray
    value: float


@dataclass(slots=True)
class Improving:
    """Descents and exchanges of one search."""

    frame: CutFrame
    rows: Rows
    judge: Judge
    exchange: Exchange
    stop: Stop
    exchanges: bool = True

    @classmethod
    def of(cls, frame: CutFrame, rows: Rows, judge: Judge, stop: Stop, *, exchanges: bool) -> Improving:
        """Arrange the rows for exchanges."""
        exchange = Exchange(frame=frame, rows=over_states(rows, len(frame.structure.table.states)))
        return cls(frame=frame, rows=rows, judge=judge, exchange=exchange, stop=stop, exchanges=exchanges)

    def filled(self, objective: Objective, point: FloatArray) -> Incumbent | None:
        """An LP point filled up, without regard to what is scarce; None where that breaks a rule."""
        (choice,) = self.near([point], np.zeros(len(self.frame.structure.table.states)))
        return Incumbent(choice=choice, value=self.judge.value(objective, choice)) if self.judge.keeps(choice) else None

    def near(self, points: Sequence[FloatArray], weight: FloatArray) -> list[IntArray]:
        """Choices near LP points; `weight` (state) is what a state takes of what is scarce."""
        return [filled(self.frame, self.exchange.rows, point, weight) for point in points]

    def on_the_way(
        self, objective: Objective, points: Iterable[tuple[FloatArray, FloatArray]], promising: float, enough: float
    ) -> tuple[list[IntArray], Incumbent | None]:
        """Choices near LP points, one after the other, and the best of those that were promising after descent.

        Parameters
        ----------
        points : each with what a state takes of what is scarce
        promising : float [the objective's measure]
            Value below which a choice descends at once; the next one must be better.
        enough : float [the objective's measure]
            Value at which no further point is asked for.
        """
        tried: list[IntArray] = []
        best: Incumbent | None = None
        for point, weight in points:
            (choice,) = self.near([point], weight)
            tried.append(choice)
            value = self.judge.value(objective, choice) if self.judge.keeps(choice) else np.inf
            if value < promising:
                found, promising = self.descended(objective, choice, value), value
                best = found if best is None or found.value < best.value else best
                if best.value <= enough:
                    break
        return tried, best

    def best(self, objective: Objective, choices: Sequence[IntArray], price: float) -> Incumbent | None:
        """The best of some choices after descent; where none keeps the rules, of those that can be made to keep hard targets.

        Parameters
        ----------
        price : float [the objective's measure per unit]
            What an excess of a hard target costs at first.
        """
        kept = [
            (self.judge.value(objective, choice), number)
            for number, choice in enumerate(choices)
            if self.judge.keeps(choice)
        ]
        if kept:
            value, number = min(kept)
            return self.descended(objective, choices[number], value)
        repaired = (self.repaired(objective, choice, price) for choice in (choices if self.judge.caps else ()))
        return min((one for one in repaired if one is not None), key=lambda one: one.value, default=None)

    def descended(self, objective: Objective, choice: IntArray, value: float) -> Incumbent:
        """A choice that keeps the rules after descent and exchanges."""
        return self._improved(objective, choice, value, 0.0)

    def repaired(self, objective: Objective, choice: IntArray, price: float) -> Incumbent | None:
        """A choice near one that exceeds hard targets and keeps them, None if none is found.

        Parameters
        ----------
        price : float [the objective's measure per unit]
            What an excess costs at first.
        """
        if not self.judge.keeps_rows(choice):
            return None
        for penalty in PENALTIES:
            value = self._penalised(objective, choice, penalty * price)
            choice = self._improved(objective, choice, value, penalty * price).choice
            if self.judge.keeps(choice):
                return self.descended(objective, choice, self.judge.value(objective, choice))
            if self.stop():
                break
        return None

    def _penalised(self, objective: Objective, choice: IntArray, price: float) -> float:
        return self.judge.value(objective, choice) + price * sum(much for _, much in self.judge.excesses(choice))

    def _improved(self, objective: Objective, choice: IntArray, value: float, price: float) -> Incumbent:
        """A choice after descent and exchanges; with a price, hard targets may be exceeded on the way."""
        tie = TIE * max(1.0, abs(value))

        def moves(current: IntArray) -> Moves:
            found = first_order(self.frame, self._at(objective, current), current)
            for more in self._others(objective, current, price):
                found = Moves(take=found.take + more.take, drop=found.drop + more.drop)
            return found

        def neighbours(current: IntArray) -> Iterator[IntArray]:
            return candidates(self.frame, self.rows, current, moves(current), tie)

        def exact(current: IntArray) -> float | None:
            if price > 0:
                return self._penalised(objective, current, price) if self.judge.keeps_rows(current) else None
            return self.judge.value(objective, current) if self.judge.keeps(current) else None

        found, better = choice, value
        while True:
            found, better = descend(found, better, neighbours, exact, rank=self._later, stop=self.stop)
            if not self.exchanges:
                break
            single = better
            found, better = self.exchange.improved(found, better, moves, exact, tolerance=tie, stop=self.stop)
            if better >= single:
                break
        return Incumbent(choice=found, value=better)

    def _at(self, objective: Objective, choice: IntArray) -> Functional:
        """The objective at the modes as one functional, exact while the same years stay short as at a choice."""
        leaf = self.judge.leaves(choice)
        parts = [*objective.functionals]
        parts += [
            scaled(hinge.group(self.frame, hinge.short_years(leaf)), factor)
            for hinge, factor in objective.hinges
            if isinstance(hinge, Hinge)
        ]
        if objective.linear is not None or not parts:
            states = len(self.frame.structure.table.states)
            parts.append(
                linear_functional(self.frame, np.zeros(states) if objective.linear is None else objective.linear)
            )
        return joined(parts)

    def _others(self, objective: Objective, choice: IntArray, price: float) -> Iterator[Moves]:
        """First-order changes of what is no function at the modes, and of priced excesses."""
        at = Judged(self.frame, choice)
        for hinge, factor in objective.hinges:
            if not isinstance(hinge, Hinge):
                yield hinge.moves(at, factor)
        for cap, _ in self.judge.excesses(choice) if price > 0 else ():
            yield self._of_cap(cap, at, price)

    def _of_cap(self, cap: Cap | RiskyCap, at: Judged, price: float) -> Moves:
        if isinstance(cap, Cap):
            return first_order(self.frame, scaled(cap.functional(self.frame, cap.key(at)), price), at.choice)
        return cap.moves(at, price)

    def _later(self, choice: IntArray) -> tuple[int, int]:
        """What ties are broken by: number of new starts, then the sum of their start years."""
        starts = self.frame.structure.table.starts(choice)
        return len(starts), sum(start.start for start in starts)
