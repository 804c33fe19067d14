"""One at a time: what a single input does to a target between its low and its high value, and an initiative that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rmscenario.constants import is_met
from rmscenario.drivers.exchange import rows_of, tables_of
from rmscenario.drivers.groups import Sort, sort_of
from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.spread import never
from rmscenario.emissions import TargetLine
from rmscenario.explain.earliest import logic_of
from rmscenario.options.deployment import FloatArray
from rmscenario.options.options import NONE
from rmscenario.uncertainty import REPLICATE, Delivered, Draws, DrawSource, Scores
from rmscenario.uncertainty.intervals import FEWEST_REPLICATES, IntArray, change_interval
from rmscenario.uncertainty.marginals import SCORE_95


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What one input, or the common factor of some, does to a target [the target's unit].

    Attributes
    ----------
    name : str
        Name of the input (`background:el`), or of the common factor (`group:grids`), which its members follow as far
        as they correlate with it.
    members : tuple of str
        Inputs that hang on a common factor; none for a single input.
    at_low, at_high : float
        Change of the residual at the 5 % and the 95 % quantile, all others at their mode and every start on time.
    """

    target: str
    sort: Sort
    name: str
    members: tuple[str, ...]
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far apart its ends and the plan itself are."""
        return max(self.at_low, self.at_high, 0.0) - min(self.at_low, self.at_high, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What is lost if an initiative is cancelled wherever the plan starts it anew [the target's unit].

    Attributes
    ----------
    with_it : tuple of str
        Initiatives whose starts need its, and fail with it.
    starts : int
        Starts that fail.
    lost, lost_mean, lost_error : float
        Rise of the residual: with all else at its mode and on time, and on average over draws, with its error.
    met_change : (value, low, high) [1]
        What the probability of meeting the target changes by without the initiative, on the same draws, and its 95 %
        interval, which has a width also where no draw changes; NaN from fewer than `FEWEST_REPLICATES` replicates.
    """

    target: str
    initiative: str
    with_it: tuple[str, ...]
    starts: int
    lost: float
    lost_mean: float
    lost_error: float
    met_change: tuple[float, float, float]


def tornado(plan: FixedPlan) -> tuple[Bar, ...]:
    """Bars of each target, the widest first; delivery is no bar, since it is yes or no: see `failures`."""
    cases = list(_cases(plan))
    if not cases:
        return ()
    bars: list[Bar] = []
    planned = plan.planned
    blocks = [cases[first : first + REPLICATE] for first in range(0, len(cases), REPLICATE)]
    ends = np.concatenate([plan.residual(_at(plan, some))[:, : len(some)] for some in blocks], axis=1)
    moved = ends - planned[:, None]
    for number, line in enumerate(plan.lines):
        of_line = [
            Bar(
                target=line.target.target,
                sort=low.sort,
                name=low.name,
                members=low.members,
                at_low=float(moved[number, place]),
                at_high=float(moved[number, place + 1]),
            )
            for place, low in enumerate(cases)
            if place % 2 == 0
        ]
        bars += sorted((bar for bar in of_line if bar.width > 0), key=lambda bar: -bar.width)
    return tuple(bars)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Scores of some inputs in one draw, the others at their mode."""

    sort: Sort
    name: str
    members: tuple[str, ...]
    scores: dict[int, float]


def _cases(plan: FixedPlan) -> Iterator[_Case]:
    """Two cases for each input and common factor that is no delivery: low, high."""
    inputs = plan.inputs.inputs
    hanging: dict[str, list[int]] = {}
    for number, item in enumerate(inputs):
        sort = sort_of(item.name)
        if sort is Sort.DELIVERY:
            continue
        if item.factor is not None:
            hanging.setdefault(item.factor, []).append(number)
        for score in (-SCORE_95, SCORE_95):
            yield _Case(sort=sort, name=item.name, members=(), scores={number: score})
    for factor, numbers in hanging.items():
        sorts = {sort_of(inputs[number].name) for number in numbers}
        for score in (-SCORE_95, SCORE_95):
            yield _Case(
                sort=sorts.pop() if len(sorts) == 1 else Sort.MIXED,
                name=factor,
                members=tuple(inputs[number].name for number in numbers),
                scores={number: score * float(np.sqrt(inputs[number].correlation)) for number in numbers},
            )


def _at(plan: FixedPlan, cases: Sequence[_Case]) -> Draws:
    """Modes, and in each draw the scores of one case."""
    modes = plan.modes()
    tables = tables_of(plan.inputs)
    changed = {name: getattr(modes, name).copy() for name in tables}
    mask = np.zeros(len(plan.inputs.inputs), dtype=np.bool_)
    for draw, case in enumerate(cases):
        for number, score in case.scores.items():
            mask[:] = False
            mask[number] = True
            at = Scores.of(np.asarray([score]))
            for name, rows in rows_of(plan.inputs, mask).items():
                for row in rows.tolist():
                    changed[name][row, draw] = tables[name][row].marginal.quantiles(at)[0]
    return replace(modes, **changed)


def failures(
    plan: FixedPlan, source: DrawSource, replicates: int, stop: Callable[[], bool] = never
) -> tuple[Failure, ...]:
    """What the failure of each initiative with new starts costs each target, the largest mean loss first."""
    failing = _failing(plan)
    if not failing:
        return ()
    modes = plan.modes()
    planned = plan.planned
    lost = np.stack([plan.residual(_cancelled(modes, options))[:, 0] - planned for options in failing.values()])
    means: list[FloatArray] = []
    gained: list[IntArray] = []
    lost_draws: list[IntArray] = []
    for number in range(replicates):
        draws = source.replicate(number)
        cases = [plan.residual(draws), *(plan.residual(_cancelled(draws, some)) for some in failing.values())]
        means.append(np.stack([case.mean(axis=1) - cases[0].mean(axis=1) for case in cases]))
        met = np.stack([_met(plan.lines, case) for case in cases])
        gained.append((met & ~met[0]).sum(axis=2))
        lost_draws.append((met[0] & ~met).sum(axis=2))
        if stop():
            break
    mean, changes = np.mean(means, axis=0), np.stack([gained, lost_draws])
    error = np.std(means, axis=0, ddof=1) / np.sqrt(len(means)) if len(means) > 1 else np.full_like(mean, np.nan)
    found: list[Failure] = []
    for target, line in enumerate(plan.lines):
        of_line = [
            Failure(
                target=line.target.target,
                initiative=initiative,
                with_it=_others(plan, initiative, options),
                starts=len(options),
                lost=float(lost[number, target]),
                lost_mean=float(mean[number + 1, target]),
                lost_error=float(error[number + 1, target]),
                met_change=_changed(*changes[:, :, number + 1, target]),
            )
            for number, (initiative, options) in enumerate(failing.items())
        ]
        found += sorted((item for item in of_line if item.lost != 0), key=lambda item: -item.lost_mean)
    return tuple(found)


def _changed(gained: IntArray, lost: IntArray) -> tuple[float, float, float]:
    """Change of a probability and its interval: arrays (replicate) of draws met without an initiative alone, and with it alone."""
    few = len(gained) < FEWEST_REPLICATES
    ends = (np.nan, np.nan) if few else change_interval(gained, lost, REPLICATE)
    return float((gained - lost).mean()) / REPLICATE, *ends


def _failing(plan: FixedPlan) -> dict[str, list[int]]:
    """New starts that fail with each initiative: its own, and those whose prerequisites are then not there."""
    table, logic = plan.table, logic_of(plan.region, plan.table)
    anew = [
        number for number, option in enumerate(table.options) if plan.choice[number] != NONE and option.running is None
    ]
    found = {}
    for initiative in dict.fromkeys(table.options[number].initiative.initiative for number in anew):
        gone = {number for number in anew if table.options[number].initiative.initiative == initiative}
        settled = False
        while not settled:
            settled = True
            for number in anew:
                there = (
                    any(plan.choice[other] != NONE and other not in gone for other in need.any_of)
                    for need in logic.needs[number]
                )
                if number not in gone and not all(there):
                    gone.add(number)
                    settled = False
        found[initiative] = sorted(gone)
    return found


def _others(plan: FixedPlan, initiative: str, options: Sequence[int]) -> tuple[str, ...]:
    names = dict.fromkeys(plan.table.options[number].initiative.initiative for number in options)
    return tuple(name for name in names if name != initiative)


def _cancelled(draws: Draws, options: Sequence[int]) -> Draws:
    delivered = draws.delivered.copy()
    delivered[list(options)] = Delivered.NEVER
    return replace(draws, delivered=delivered)


def _met(lines: Sequence[TargetLine], residual: FloatArray) -> npt.NDArray[np.bool_]:
    """Draws in which each target is met: array (target, draw) bool."""
    return np.stack([is_met(values, line.cap, line.base) for values, line in zip(residual, lines, strict=True)])
