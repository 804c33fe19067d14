"""What cannot wait: the last responsible start of each initiative, and what delay costs in tonnes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rmscenario.emissions import build_structure, evaluate, target_lines
from rmscenario.emissions.evaluate import evaluate_deployed
from rmscenario.emissions.structure import FloatArray
from rmscenario.emissions.targets import last_year_held
from rmscenario.explain.aim import aimed_at, aiming_at
from rmscenario.explain.earliest import logic_of, ready, start_of
from rmscenario.options import build_options, deployed_effect
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.vocabulary import RoundStatus, TargetForm

#: [1] Share of a start's own tonnes that may be missing and yet count as none: what rounding leaves.
WHOLE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStart:
    """How long a start of a plan can wait, all other starts as planned.

    Attributes
    ----------
    reduction : float [the quantity's unit]
        What the target's residual in its year owes to this start: without it, it is so much higher.
    last : int or None
        Latest start year with the whole reduction that its window, its rounds and what builds on it allow; None for a
        start that does not lower the target.
    held_by : tuple of str
        Initiatives of the plan that need this one and keep it from starting later than `last`.
    lost : tuple of (int, float) [the quantity's unit]
        Start year and the reduction lost by it, for each later year up to the one after the target's, where all of it is
        lost. Negative: a later start would be better, as with an effect that decays.
    """

    initiative: str
    unit: str
    start: int
    reduction: float
    last: int | None
    held_by: tuple[str, ...]
    lost: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What a plan loses by waiting, in the year of one target [its quantity's unit].

    Attributes
    ----------
    reduction : float
        Of all new starts together, in the target's year.
    reduction_a_year_late : float
        The same when every new start comes a year later than planned.
    round_end : int
        End of the round that is signed next; the target's year if none is open.
    reduction_at_round_end : float
        Of the new starts, in that year.
    reduction_of_next_round : float
        In the target's year, of the starts up to that year alone.
    """

    target: str
    year: int
    starts: tuple[LastStart, ...]
    reduction: float
    reduction_a_year_late: float
    round_end: int
    reduction_at_round_end: float
    reduction_of_next_round: float


def last_responsible_starts(region: Region, plan: Plan, *, target: str | None = None) -> Timing | None:
    """How long each start of a plan can wait before the target's year has less of it.

    Every figure is evaluated exactly, with all other starts fixed, so that losses of several delays do not add up. Money,
    staff and numbers of starts are not looked at: a later start can be beyond them.

    Parameters
    ----------
    target : str, optional
        Id of the target; the one that is first in priority, soft or hard, unless given.

    Returns
    -------
    Timing or None
        None if no target is active.
    """
    row = aimed_at(region, target, hard=True)
    if row is None:
        return None
    alone = aiming_at(region, row)
    clock = _Clock(alone, plan, row.target)
    background = clock.residual(clock.table.deployed(clock.table.nothing_new()))
    end = next((agreed.last_year for agreed in region.rounds if agreed.status is RoundStatus.OPEN), clock.year)
    late = clock.moved({option: clock.start(option) + 1 for option in clock.started})
    next_round = clock.moved({option: None for option in clock.started if clock.start(option) > end})
    return Timing(
        target=row.target,
        year=clock.year,
        starts=tuple(clock.last_start(option) for option in clock.started),
        reduction=background - clock.now,
        reduction_a_year_late=background - clock.residual(late),
        round_end=end,
        reduction_at_round_end=_reduction_in(alone, plan, row.target, end),
        reduction_of_next_round=background - clock.residual(next_round),
    )


class _Clock:
    """A plan in the years that one target is judged by, with single starts moved."""

    def __init__(self, region: Region, plan: Plan, target: str) -> None:
        row = next(row for row in region.active_targets if row.target == target)
        last = last_year_held(region, row) if row.form is TargetForm.CUMULATIVE else row.year
        self.table = build_options(region, range(row.year, last + 1))
        self.structure = build_structure(region, self.table)
        self.line = next(line for line in target_lines(self.structure) if line.target.target == target)
        self.logic = logic_of(region, self.table)
        self.choice = self.table.choice(plan)
        self.deployed = self.table.deployed(self.choice)
        self.now = self.residual(self.deployed)
        self.started = [
            number
            for number, option in enumerate(self.table.options)
            if option.running is None and self.choice[number] != NONE
        ]

    @property
    def year(self) -> int:
        """The year the target is judged in."""
        return int(self.table.years[self.line.position])

    def residual(self, deployed: FloatArray) -> float:
        """The target's residual in its year [the quantity's unit]."""
        return float(self.line.residual(evaluate_deployed(self.structure, deployed).leaf)[self.line.position])

    def start(self, option: int) -> int:
        """Start year of a started option."""
        return self.table.states[int(self.choice[option])].start

    def moved(self, starts: Mapping[int, int | None]) -> FloatArray:
        """Deployment with some starts in other years, None for never: array (option, year) [1]."""
        deployed = self.deployed.copy()
        for option, start in starts.items():
            level = self.table.states[self.choice[option]].level
            initiative = self.table.options[option].initiative
            deployed[option] = 0.0 if start is None else deployed_effect(initiative, level, start, self.table.years)
        return deployed

    def blocks(self, option: int, start: int) -> tuple[str, ...]:
        """Initiatives of the plan that could not start when they do if an option started in another year."""

        def start_if(other: int) -> int:
            return start if other == option else start_of(self.table, other, self.choice)

        return tuple(
            dict.fromkeys(
                self.table.options[other].initiative.initiative
                for other in self.started
                if any(
                    option in need.any_of and ready(need, start_if) > self.start(other)
                    for need in self.logic.needs[other]
                )
            )
        )

    def last_start(self, option: int) -> LastStart:
        """How long one start can wait."""
        chosen, start = self.table.options[option], self.start(option)
        reduction = self.residual(self.moved({option: None})) - self.now
        lost = {y: self.residual(self.moved({option: y})) - self.now for y in range(start + 1, self.year + 2)}
        last: int | None = None
        held_by: tuple[str, ...] = ()
        if reduction > WHOLE * abs(self.line.base):
            window = sorted({self.table.states[state].start for state in self.table.state_range(option)} & lost.keys())
            whole = [start, *(y for y in window if lost[y] <= WHOLE * reduction)]
            free = [y for y in whole if not self.blocks(option, y)]
            last = max(free)
            held_by = self.blocks(option, min(y for y in whole if y > last)) if last < max(whole) else ()
        return LastStart(
            initiative=chosen.initiative.initiative,
            unit=chosen.unit,
            start=start,
            reduction=reduction,
            last=last,
            held_by=held_by,
            lost=tuple(lost.items()),
        )


def _reduction_in(region: Region, plan: Plan, target: str, year: int) -> float:
    """What the new starts of a plan take off a target's quantity in one year [the quantity's unit]."""
    table = build_options(region, range(year, year + 1))
    structure = build_structure(region, table)
    line = next(line for line in target_lines(structure) if line.target.target == target)
    before, after = (
        evaluate(structure, choice).total(line.leaves) for choice in (table.nothing_new(), table.choice(plan))
    )
    return float((before - after).sum())
