"""All that drives a fixed plan's outcome, as one result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from rmscenario.drivers.chance import Chance, chance
from rmscenario.drivers.groups import Group, Sort, independent_groups, spoken_groups
from rmscenario.drivers.indices import Shares
from rmscenario.drivers.margin import Margin, margins
from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.single import Bar, Failure, failures, tornado
from rmscenario.drivers.split import Split, splits
from rmscenario.drivers.spread import never, shapley, sobol
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.scenario.run_options import StressOptions
from rmscenario.uncertainty import REPLICATE, DrawSource
from rmscenario.uncertainty.intervals import FEWEST_REPLICATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How many replicates each answer takes."""

    split: int = 32
    pairs: int = 32
    orders: int = 32
    failures: int = 16
    chances: int = FEWEST_REPLICATES


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """A group's share of the variance of a target's residual, with its confidence interval [1].

    Attributes
    ----------
    inputs : int
        Number of inputs in the group.
    first, total : (value, low, high) or None
        Sobol indices: what it explains alone, and with all its interactions; None where the groups may depend on each
        other.
    shapley : (value, low, high) or None
        Shapley effect; None where the groups are independent.
    """

    target: str
    sort: Sort
    name: str
    inputs: int
    first: tuple[float, float, float] | None = None
    total: tuple[float, float, float] | None = None
    shapley: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """What drives the outcome of a plan. The plan is fixed: it is evaluated on every draw and never planned again.

    Attributes
    ----------
    splits : one for each target
    margins : for each target, all drivers together and each alone
    independent : tuple of GroupShare
        Sobol indices of groups that no common factor crosses, the largest total first, target by target.
    spoken : tuple of GroupShare
        Shapley effects of tracks, groups of categories and delivery, the largest first; they sum to 1. What hangs
        together shares what it tells: a small group that moves with a large one has part of its effect, since knowing
        the one tells of the other. What each contributes stands in the split.
    bars, failures : the widest, and the largest mean loss, first, target by target
    chances : the probability of each target
    draws : int
        Draws behind the Sobol indices.
    """

    fixed_plan: bool
    seed: int
    draws: int
    splits: tuple[Split, ...]
    margins: tuple[Margin, ...]
    independent: tuple[GroupShare, ...]
    spoken: tuple[GroupShare, ...]
    bars: tuple[Bar, ...]
    failures: tuple[Failure, ...]
    chances: tuple[Chance, ...] = ()


def drivers(
    region: Region,
    plan: Plan,
    options: StressOptions,
    *,
    effort: Effort | None = None,
    progress: Callable[[int, int], None] = lambda _, __: None,
    stop: Callable[[], bool] = never,
) -> Drivers:
    """Say what drives a plan, on the draws of its stress test.

    Parameters
    ----------
    progress : callable, optional
        Called with the number of answers found and of all there are.
    stop : callable, optional
        Asked between replicates; when it says yes, answers come from what has been drawn.
    """
    asked = effort or Effort()
    fixed = FixedPlan(region, plan)
    source = DrawSource(fixed.inputs, options.seed, options.sampler)
    independent, spoken = (
        tuple(group for group in groups(region, fixed.inputs) if group.sort is not Sort.COST)
        for groups in (independent_groups, spoken_groups)
    )
    if not fixed.lines:
        return Drivers(
            fixed_plan=True,
            seed=options.seed,
            draws=0,
            splits=(),
            margins=(),
            independent=(),
            spoken=(),
            bars=(),
            failures=(),
        )
    answers = 7
    found_splits = splits(fixed, source, asked.split, stop)
    progress(1, answers)
    found_margins = margins(fixed)
    progress(2, answers)
    indices = (
        sobol(fixed.residual, fixed.inputs, source, independent, pairs=asked.pairs, stop=stop) if independent else None
    )
    progress(3, answers)
    parts = (
        shapley(fixed.residual, source, spoken, pairs=asked.orders, seed=options.seed, stop=stop) if spoken else None
    )
    progress(4, answers)
    bars = tornado(fixed)
    progress(5, answers)
    lost = failures(fixed, source, asked.failures, stop)
    progress(6, answers)
    chances = tuple(
        chance(fixed, number, options.seed, replicates=asked.chances)
        for number in range(len(fixed.lines))
        if not stop()
    )
    progress(7, answers)
    return Drivers(
        fixed_plan=True,
        seed=options.seed,
        draws=0 if indices is None else indices.pairs * 2 * REPLICATE,
        splits=found_splits,
        margins=found_margins,
        independent=()
        if indices is None
        else _shares_of(fixed, independent, "total", {"first": indices.first, "total": indices.total}),
        spoken=() if parts is None else _shares_of(fixed, spoken, "shapley", {"shapley": parts}),
        bars=bars,
        failures=lost,
        chances=chances,
    )


def _shares_of(
    plan: FixedPlan, groups: tuple[Group, ...], by: str, told: Mapping[str, Shares]
) -> tuple[GroupShare, ...]:
    """What is told of each group's share of each target's variance, the largest first by one of these."""
    found: list[GroupShare] = []
    for output, line in enumerate(plan.lines):
        order = np.argsort(-told[by].value[:, output], kind="stable").tolist()
        found += [
            GroupShare(
                target=line.target.target,
                sort=groups[number].sort,
                name=groups[number].name,
                inputs=int(groups[number].members.sum()),
                **{name: _interval(shares, number, output) for name, shares in told.items()},
            )
            for number in order
        ]
    return tuple(found)


def _interval(shares: Shares, group: int, output: int) -> tuple[float, float, float]:
    return tuple(float(part[group, output]) for part in (shares.value, shares.low, shares.high))  # type: ignore[return-value]
