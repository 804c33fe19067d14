"""What can still be called when a plan is about to miss: initiatives not chosen, with exactly what they add to the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rmscenario.drivers.response import FixedPlan
from rmscenario.emissions import TargetLine, evaluate
from rmscenario.emissions.structure import IntArray
from rmscenario.explain.earliest import Logic, logic_of, ready, start_of
from rmscenario.money import build_money
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.verify import LimitRow, recompute


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """An initiative that could be started beside the plan, in every unit that can still start it.

    Attributes
    ----------
    units : tuple of str
        Units that would carry it out.
    start : int
        Year of its first start, on 1 January.
    full : int
        First year in which all of it is in service.
    removed : float [the target's unit]
        What it lowers the residual by in the target's year, exactly, on top of the plan, every input at its mode.
    in_service : float [1]
        Share of it in service in the target's year.
    capex : float [DKK]
        Paid until the target's year, not discounted.
    breaks : tuple of LimitRow
        Limits that the plan keeps alone and not with it: what would have to be freed first.
    """

    initiative: str
    units: tuple[str, ...]
    start: int
    full: int
    removed: float
    in_service: float
    capex: float
    breaks: tuple[LimitRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserves:
    """What can be called to start in a year or later.

    Attributes
    ----------
    call : int
        First year in which a start can answer.
    best : Reserve or None
        The initiative that is not in the plan and still lowers the residual most; None if nothing does.
    removed_together : float [the target's unit]
        What all that can be called removes together, exactly; each one alone is listed in `removed`.
    removed : tuple of (initiative, float)
        The largest first.
    """

    call: int
    best: Reserve | None
    removed_together: float
    removed: tuple[tuple[str, float], ...]


class Caller:
    """Finds what can be called beside a plan; what was found for a year is kept."""

    def __init__(self, plan: FixedPlan, line: TargetLine) -> None:
        self._plan, self._line = plan, line
        self._logic = logic_of(plan.region, plan.table)
        self._planned = self._residual(plan.choice)
        self._known: dict[int, Reserves] = {}
        self._broken: frozenset[tuple[int, str]] | None = None

    def reserves(self, call: int) -> Reserves:
        """What can be called to start in a year or later; limits are named, not kept."""
        if call not in self._known:
            self._known[call] = self._reserves(call)
        return self._known[call]

    def _reserves(self, call: int) -> Reserves:
        found: list[tuple[str, float]] = []
        together = self._plan.choice
        for row in self._plan.region.initiatives:
            removed = self._planned - self._residual(self._called(self._plan.choice, row.initiative, call))
            if removed > 0:
                found.append((row.initiative, removed))
                together = self._called(together, row.initiative, call)
        found.sort(key=lambda item: -item[1])
        return Reserves(
            call=call,
            best=self._reserve(*found[0], call) if found else None,
            removed_together=self._planned - self._residual(together),
            removed=tuple(found),
        )

    def _residual(self, choice: IntArray) -> float:
        return float(self._line.residual(evaluate(self._plan.structure, choice).leaf)[self._line.position])

    def _reserve(self, initiative: str, removed: float, call: int) -> Reserve:
        plan, position = self._plan, self._line.position
        choice = self._called(plan.choice, initiative, call)
        called = np.flatnonzero(choice != plan.choice)
        states = choice[called]
        starts = [plan.table.states[state].start for state in states]
        levels = np.asarray([plan.table.states[state].level for state in states])
        shares = np.asarray([plan.table.options[number].share for number in called])
        in_service = plan.table.in_service[states, position] / levels
        outlay = build_money(plan.region, plan.table).capex_outlay[states, : position + 1]
        return Reserve(
            initiative=initiative,
            units=tuple(plan.table.options[number].unit for number in called.tolist()),
            start=min(starts),
            full=max(starts) + plan.table.options[called[0]].initiative.ramp_years - 1,
            removed=removed,
            in_service=float(in_service @ shares / shares.sum()) if shares.any() else float(in_service.mean()),
            capex=float(outlay.sum()),
            breaks=self._breaks(choice),
        )

    def _breaks(self, choice: IntArray) -> tuple[LimitRow, ...]:
        """Limits that the plan keeps and a choice does not."""
        if self._broken is None:
            self._broken = frozenset((row.equation, row.name) for row in self._not_kept(self._plan.choice))
        return tuple(row for row in self._not_kept(choice) if (row.equation, row.name) not in self._broken)

    def _not_kept(self, choice: IntArray) -> list[LimitRow]:
        starts = Plan(starts=self._plan.table.starts(choice))
        return [row for row in recompute(self._plan.region, starts).limits if not row.kept]

    def _called(self, beside: IntArray, initiative: str, year: int) -> IntArray:
        """A choice with an initiative started wherever it is not, as early as from a year on, at its highest level."""
        table, choice = self._plan.table, beside.copy()
        for number in table.of_initiative(initiative):
            if choice[number] != NONE or _excluded(self._logic, choice, number):
                continue
            needs = (ready(need, lambda other: start_of(table, other, choice)) for need in self._logic.needs[number])
            soonest = max([year, *needs])
            states = [state for state in table.state_range(number) if table.states[state].start >= soonest]
            if states:
                choice[number] = min(states, key=lambda state: (table.states[state].start, -table.states[state].level))
        return choice


def _excluded(logic: Logic, choice: IntArray, number: int) -> bool:
    return any(choice[other] != NONE for pair in logic.excluded if number in pair for other in pair if other != number)
