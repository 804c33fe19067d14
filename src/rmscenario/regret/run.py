"""One plan in many worlds: shares of options, regrets of policies, and what it would be worth to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rmscenario.blocks import Arrays, Kept, Pool, run_blocks
from rmscenario.emissions.structure import IntArray
from rmscenario.options.options import NONE, OptionTable
from rmscenario.planning.planner import Mode
from rmscenario.planning.problem import build_problem
from rmscenario.regret.compare import PolicyRegret, counted_target, policy_regrets
from rmscenario.regret.policies import CLAIRVOYANT, FIXED, PoliciesIn
from rmscenario.regret.shares import Kind, OptionShare, option_shares
from rmscenario.regret.value import ValueOfInformation, value_of_information
from rmscenario.worlds.average import Averaged, best_on_average
from rmscenario.worlds.bracket import Bracket
from rmscenario.worlds.learning import end_of_round
from rmscenario.worlds.of import WorldsOf
from rmscenario.worlds.stages import stages_of
from rmscenario.worlds.worlds import Worlds

#: Worlds in a block: few, since a kill loses those that are begun.
BLOCK = 5
#: A value of which nothing is known.
UNKNOWN = Bracket(low=-np.inf, high=np.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageGap:
    """Mean and largest gap of a stage over the worlds, each of the stage's scale [1]."""

    stage: str
    mean: float
    max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A start year in the fixed plan and in another one; None: it does not start there."""

    initiative: str
    unit: str
    planned: int | None
    start: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regret:
    """What many worlds say of a plan.

    Attributes
    ----------
    worlds : int
        Worlds that were planned; fewer than asked for if the work was stopped.
    gaps : tuple of StageGap
        Gaps of the worlds' own plans, stage by stage; money comes last.
    target : str or None
        The target whose tonnes are counted.
    adaptive : bool
        Whether there is a round to learn from; else the adaptive plan is the fixed one.
    average : tuple of Change or None
        What a plan that is better on average over the worlds starts otherwise than the fixed one, as far as a search by
        single changes finds; None where none was searched for.
    value : ValueOfInformation or None
        None where tonnes come before money: a plan has no price in a world in which it misses a rule.
    """

    worlds: int
    asked: int
    mode: Mode
    seed: int
    gaps: tuple[StageGap, ...]
    target: str | None
    adaptive: bool
    options: tuple[OptionShare, ...]
    policies: tuple[PolicyRegret, ...]
    average: tuple[Change, ...] | None
    value: ValueOfInformation | None

    @property
    def interrupted(self) -> bool:
        """Whether fewer worlds were planned than asked for."""
        return self.worlds < self.asked


def find_regret(
    of: WorldsOf,
    count: int,
    *,
    ev: Bracket | None = UNKNOWN,
    blocks: Kept | None = None,
    block: int = BLOCK,
    pool: Pool | None = None,
    progress: Callable[[int], None] = lambda _: None,
    judged: Callable[[int], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Regret | None:
    """Plan every world and compare; None if it was stopped before any world was planned.

    Parameters
    ----------
    count : int
        Worlds: the first draws of the stress test with the same seed.
    ev : Bracket [million DKK]
        The plan's own value at the planned figures, and its bound; None of a plan that was chosen with the spread.
    blocks : Kept, optional
        Where worlds that are planned are kept, so that a run that was killed goes on.
    progress, judged : callable
        Told how many worlds are planned, and in how many a plan for all of them is judged.
    """
    # All that the comparison needs but the worlds' plans, so that a stop is answered at once.
    problem = build_problem(of.region)
    table = problem.frame.structure.table
    plan = table.choice(of.plan)
    worlds = Worlds(problem, seed=of.seed, sampler=of.sampler)
    names, scores = worlds.scores(count)
    delivered = worlds.delivered(count)
    stages = stages_of(problem, of.mode, plan)
    done = run_blocks(
        PoliciesIn(of=of),
        count,
        folder=None if blocks is None else blocks.of(of.key),
        block=block,
        pool=pool,
        progress=progress,
        stop=stop,
    )
    if not done.numbers:
        return None
    numbers, arrays = np.asarray(done.numbers), done.arrays
    gap = (arrays[f"{CLAIRVOYANT}_value"] - arrays["bound"]) / arrays["scale"]
    target = counted_target(arrays, problem.lines)
    average = None
    if len(stages) == 1 and len(numbers) == count:
        average = best_on_average(of, count, blocks=blocks, pool=pool, progress=judged, stop=stop)
    return Regret(
        worlds=len(numbers),
        asked=count,
        mode=of.mode,
        seed=of.seed,
        gaps=tuple(
            StageGap(stage=stage.objective.name, mean=float(own.mean()), max=float(own.max()))
            for stage, own in zip(stages, gap.T, strict=True)
        ),
        target=None if target is None else problem.lines[target].target.target,
        adaptive=end_of_round(problem.region) is not None,
        options=option_shares(
            table,
            plan=plan,
            chosen=arrays["clairvoyant_choice"],
            untargeted=arrays["untargeted_choice"],
            delivered=delivered[numbers],
            names=names,
            scores=scores[:, numbers],
        ),
        policies=policy_regrets(arrays, stages, problem.lines),
        average=None if average is None else changes_between(table, plan, average.choice),
        value=_value(ev, arrays, average) if len(stages) == 1 else None,
    )


def changes_between(table: OptionTable, plan: IntArray, other: IntArray) -> tuple[Change, ...]:
    """What one choice starts otherwise than another, in the order of the options."""

    def start(state: int) -> int | None:
        return None if state == NONE else table.states[state].start

    return tuple(
        Change(
            initiative=table.options[option].key[0],
            unit=table.options[option].key[1],
            planned=start(int(plan[option])),
            start=start(int(other[option])),
        )
        for option in np.flatnonzero(plan != other).tolist()
    )


def _value(ev: Bracket | None, arrays: Arrays, average: Averaged | None) -> ValueOfInformation:
    """EV, EEV, WS and RP in million DKK; without a better plan for all worlds the fixed one is the best known."""
    fixed, best, bound = (arrays[name][:, -1] for name in (f"{FIXED}_value", f"{CLAIRVOYANT}_value", "bound"))
    return value_of_information(
        probability=np.full(len(fixed), 1.0 / len(fixed)),
        ev=ev,
        of_fixed=fixed,
        of_stochastic=fixed if average is None else average.values,
        stochastic_bound=-np.inf if average is None else average.bound,
        world_bound=bound,
        world_value=best,
    )


def kinds(options: tuple[OptionShare, ...]) -> dict[Kind, int]:
    """How many options are of each kind."""
    counts = Counter(option.kind for option in options)
    return {kind: counts[kind] for kind in Kind}
