"""One plan for all worlds: the fixed one, changed where that pays on average over them, and what none can fall below.

The first-order value of every single change, averaged over some worlds, says which changes to make; exact evaluation in the
same worlds says whether they paid. Whatever comes of it is a plan that keeps all rules, so that its average is an upper
bound of the least one.

The lower bound lets every world have a plan of its own, but pays it for not going its own way: prices of the states that are 0
on average over the worlds change no common plan's average, and the least of each world's own value with its prices is a
bound (Carøe and Schultz 1999). The prices are what a state is worth at the plan on average, less what it is worth in the world:
to first order all worlds then agree.

References
----------
C. C. Carøe, R. Schultz (1999), Dual decomposition in stochastic integer programming, doi 10.1016/S0167-6377(98)00050-9.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rmscenario.blocks import Arrays, Done, Kept, Pool, run_blocks
from rmscenario.emissions import evaluate
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.planning.aims import Moves
from rmscenario.planning.descent import first_order
from rmscenario.planning.exchange import Exchange
from rmscenario.planning.functional import Functional, Hinge, joined, scaled
from rmscenario.planning.judging import Judge
from rmscenario.planning.objective import Objective
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.rows import over_states, stacked
from rmscenario.worlds.of import WorldsOf
from rmscenario.worlds.ready import worlds_of
from rmscenario.worlds.resolve import Resolver
from rmscenario.worlds.stages import Stage, stages_of

#: Worlds that propose changes, and how often they do; all worlds judge what they proposed.
PROPOSING, ROUNDS = 100, 4
#: [1] Share of the objective's scale that a change must gain on average to be proposed.
WORTH = 1e-7
#: Worlds in a block: each takes a twentieth of what planning it takes.
BLOCK = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedIn:
    """Choices to be judged in worlds, ready to be sent to another process; each number is a world.

    Attributes
    ----------
    choices : tuple (cluster) of tuple (option)
        What is chosen in the worlds of each cluster.
    cluster : tuple (world)
        Where each world belongs; empty: all belong to the first.
    """

    of: WorldsOf
    choices: tuple[tuple[int, ...], ...]
    cluster: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        return hashlib.sha256(f"{self.of.key} {self.choices} {self.cluster}".encode()).hexdigest()

    def at(self, number: int) -> IntArray:
        """The choice in a world: array (option)."""
        return np.asarray(self.choices[self.cluster[number] if self.cluster else 0], dtype=np.int64)

    def ready(self) -> Callable[[int], Arrays]:
        """Value of the choice in a world, and first-order changes of it by every single change."""
        worlds = worlds_of(self.of)

        def in_world(number: int) -> Arrays:
            choice = self.at(number)
            world = worlds.problem_of(worlds.world(number))
            (stage,) = stages_of(world, self.of.mode, choice)
            judge = Judge(frame=world.frame, rows=stacked(world.rows, world.frame.columns))
            moves = changes_of(world, stage.objective, choice)
            return {
                "value": np.asarray(judge.value(stage.objective, choice)),
                "scale": np.asarray(stage.scale),
                "take": moves.take,
                "drop": moves.drop,
            }

        return in_world


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedIn:
    """Bounds of worlds that are paid for agreeing, ready to be sent to another process; each number is a world.

    Attributes
    ----------
    worth : tuple (cluster) of tuple (state) [million DKK]
        What a state is worth at the choice on average over the worlds that have to agree on it.
    """

    judged: JudgedIn
    worth: tuple[tuple[float, ...], ...]

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        return hashlib.sha256(f"{self.judged.key} {self.worth}".encode()).hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """Bound of a world with its prices, and what each state takes its relaxation."""
        of, judged = self.judged.of, self.judged.ready()
        worlds = worlds_of(of)
        problem = worlds.problem
        beginning, worth = self.judged.at(0), np.asarray(self.worth)

        def stages(one: Problem) -> tuple[Stage, ...]:
            return stages_of(one, of.mode, beginning)

        resolver = Resolver(problem, stages, beginning, gap=of.gap, nodes=0)

        def in_world(number: int) -> Arrays:
            world = worlds.problem_of(worlds.world(number))
            (stage,) = stages(world)
            cluster = self.judged.cluster[number] if self.judged.cluster else 0
            prices = worth[cluster] - worth_of(problem, judged(number))
            priced = replace(stage, objective=replace(stage.objective, linear=prices))
            bound, takes = resolver.bounds(world, priced)
            return {"bound": np.asarray(bound), "takes": takes}

        return in_world


@dataclass(frozen=True, slots=True, kw_only=True)
class Averaged:
    """A plan for all worlds.

    Attributes
    ----------
    choice : array (option)
    values : array (world) [million DKK]
    bound : float [million DKK]
        What no plan's average over the worlds falls below.
    """

    choice: IntArray
    values: FloatArray
    bound: float


def best_on_average(
    of: WorldsOf,
    count: int,
    *,
    blocks: Kept | None = None,
    pool: Pool | None = None,
    progress: Callable[[int], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Averaged | None:
    """A plan whose average over the worlds is no higher than the fixed one's; None if it was stopped.

    Of one stage only: where tonnes come before money there is no average to speak of.
    """

    def judged(choice: IntArray, worlds: int) -> Done | None:
        work = JudgedIn(of=of, choices=(tuple(choice.tolist()),))
        folder = None if blocks is None else blocks.of(work.key)
        done = run_blocks(work, worlds, folder=folder, block=BLOCK, pool=pool, progress=progress, stop=stop)
        return done if len(done.numbers) == worlds else None

    problem = build_problem(of.region)
    fixed = problem.frame.structure.table.choice(of.plan)
    best, few = fixed, min(count, PROPOSING)
    at = judged(best, few)
    for _ in range(ROUNDS):
        if at is None:
            return None
        proposed = _proposed(problem, best, at.arrays)
        if np.array_equal(proposed, best):
            break
        then = judged(proposed, few)
        if then is None:
            return None
        if then.arrays["value"].mean() >= at.arrays["value"].mean():
            break
        best, at = proposed, then
    found = judged(best, count)
    if found is None:
        return None
    worth = worth_of(problem, found.arrays).mean(axis=0)
    priced = BoundedIn(judged=JudgedIn(of=of, choices=(tuple(best.tolist()),)), worth=(tuple(worth.tolist()),))
    folder = None if blocks is None else blocks.of(priced.key)
    bounds = run_blocks(priced, count, folder=folder, block=BLOCK, pool=pool, progress=progress, stop=stop)
    if len(bounds.numbers) < count:
        return None
    return Averaged(choice=best, values=found.arrays["value"], bound=float(bounds.arrays["bound"].mean()))


def worth_of(problem: Problem, judged: Arrays) -> FloatArray:
    """First-order worth of being in a state rather than in none: array (…, state)."""
    return np.asarray(judged["take"] - judged["drop"][..., problem.frame.structure.table.state_option])


def changes_of(problem: Problem, objective: Objective, choice: IntArray) -> Moves:
    """First-order changes of an objective by every single change of a choice."""
    return first_order(problem.frame, _at(problem, objective, choice), choice)


def _at(problem: Problem, objective: Objective, choice: IntArray) -> Functional:
    """The objective as one functional, exact while the same years stay short as at a choice."""
    leaf = evaluate(problem.frame.structure, choice).leaf
    hinges = [(hinge, factor) for hinge, factor in objective.hinges if isinstance(hinge, Hinge)]
    short = [scaled(hinge.group(problem.frame, hinge.short_years(leaf)), factor) for hinge, factor in hinges]
    return joined([*objective.functionals, *short])


def _proposed(problem: Problem, choice: IntArray, worlds: Arrays) -> IntArray:
    """A choice after all changes, alone or in exchange for another, that promise to pay on average and keep the rows."""
    table, rows = problem.frame.structure.table, stacked(problem.rows, problem.frame.columns)
    judge, states = Judge(frame=problem.frame, rows=rows), len(table.states)
    take, drop = worlds["take"].mean(axis=0), worlds["drop"].mean(axis=0)
    # What each state, and none, promises against the one it is in.
    promise = np.append(take, 0.0)
    promise[choice[choice != NONE]] = 0.0
    none = np.where(choice != NONE, drop, 0.0)

    def now(current: IntArray) -> FloatArray:
        promised: FloatArray = np.where(current != NONE, promise[current], none)
        return promised

    def moves(current: IntArray) -> Moves:
        held = now(current)
        return Moves(take=promise[:-1] - held[table.state_option], drop=none - held)

    def exact(current: IntArray) -> float | None:
        return float(now(current).sum()) if judge.keeps_rows(current) else None

    exchange = Exchange(frame=problem.frame, rows=over_states(rows, states))
    least = WORTH * float(worlds["scale"].mean())
    return exchange.improved(choice, 0.0, moves, exact, tolerance=least, stop=lambda: False)[0]
