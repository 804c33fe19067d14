"""The best policy that changes find, and what it costs to decide otherwise on each single option.

A policy is changed where that pays to first order on average, and each change is judged by exact evaluation in all worlds.
Then every option is decided the other way: what is signed now is put off, what is not is signed, each with the changes that
repair the policy after it. All of these policies are evaluated exactly too, and whichever is better becomes the policy. At last
those that cost more than was promised are made better by changes of their own, with their one decision held. So the best
policy known that signs an option now and the best known that does not are both at hand, for every option; the price of
waiting is the difference, Eq. (34), and cannot be negative against the better of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from rmscenario.blocks import Arrays, Kept, Pool, Work, run_blocks
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.planning.judging import Judge
from rmscenario.planning.problem import Problem
from rmscenario.planning.rows import over_states, stacked
from rmscenario.recourse.moves import At, Moves
from rmscenario.recourse.polish import PolishedIn
from rmscenario.recourse.repaired import RepairedIn
from rmscenario.recourse.tree import BoolArray, Tree
from rmscenario.recourse.valued import ValuedIn
from rmscenario.worlds import WorldsOf
from rmscenario.worlds.average import BoundedIn, JudgedIn, worth_of

#: Times that changes are proposed, and that every option is decided the other way, at most.
ROUNDS, DECISIONS = 6, 4
#: [1] Share of the objective's scale that a change must gain on average to be proposed.
WORTH = 1e-7
#: Worlds in a block.
BLOCK = 10


class StoppedError(Exception):
    """The work was stopped before it was whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Who does the work on worlds, where it is kept, and who is told."""

    blocks: Kept | None = None
    pool: Pool | None = None
    progress: Callable[[int], None] = lambda _: None
    stop: Callable[[], bool] = lambda: False

    def done(self, work: Work, count: int, *, block: int = BLOCK, worlds: int | None = None) -> Arrays:
        """Results of the numbers 0 … count − 1.

        Parameters
        ----------
        worlds : int, optional
            Worlds that each number is about, where it is none itself: all are told as done when all numbers are.

        Raises
        ------
        StoppedError
            When it shall stop before that.
        """
        folder = None if self.blocks is None else self.blocks.of(work.key)
        whole = count if worlds is None else worlds
        done = run_blocks(
            work,
            count,
            folder=folder,
            block=block,
            pool=self.pool,
            progress=lambda number: self.progress(number * whole // count),
            stop=self.stop,
        )
        if len(done.numbers) < count:
            raise StoppedError
        return done.arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A policy that was evaluated.

    Attributes
    ----------
    policy : array (cluster, option)
    values : array (world) [million DKK]
    tonnes : array (world, 2) [tCO2e/a], [tCO2e]
        In the last year in which starts are allowed, and summed up to it.
    value : float [million DKK]
        Average over the worlds.
    """

    policy: IntArray
    values: FloatArray
    tonnes: FloatArray
    value: float = field(init=False)

    def __post_init__(self) -> None:
        """Average once: it is compared again and again."""
        object.__setattr__(self, "value", float(self.values.mean()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What no policy falls below [million DKK].

    Attributes
    ----------
    least : float
    waiting, signing : array (option)
        What no policy falls below that does not sign an option now, or that does.
    """

    least: float
    waiting: FloatArray
    signing: FloatArray


@dataclass(slots=True)
class PolicySearch:
    """A search for policies of one tree; what it has tried, by whether each option is signed now."""

    of: WorldsOf
    problem: Problem
    tree: Tree
    carrier: Carrier
    moves: Moves = field(init=False)
    judge: Judge = field(init=False)
    signing: list[Tried | None] = field(init=False)
    waiting: list[Tried | None] = field(init=False)
    best: Tried | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Arrange the rows."""
        table = self.problem.frame.structure.table
        rows = stacked(self.problem.rows, self.problem.frame.columns)
        self.moves = Moves(table, over_states(rows, len(table.states)), self.tree)
        self.judge = Judge(frame=self.problem.frame, rows=rows)
        self.signing = [None] * len(table.options)
        self.waiting = [None] * len(table.options)

    def run(self, policies: Sequence[IntArray], *, polished: bool) -> Tried:
        """The best policy found from some policies on.

        Parameters
        ----------
        polished : bool
            Whether the other side of every decision is wanted as good as its own changes make it.
        """
        self.tried(policies)
        for _ in range(DECISIONS):
            self._improve()
            before = self._best.value
            base, at, tolerance = self._best.policy, *self._at(self._best.policy)
            found = self.tried(self._otherwise(at, tolerance))
            self._merge(base, found, before, tolerance)
            if polished and self._best.value >= before - tolerance:
                self._polish()
            if self._best.value >= before - tolerance:
                break
        return self._best

    @property
    def _best(self) -> Tried:
        assert self.best is not None
        return self.best

    def _improve(self) -> None:
        """Make all changes that promise to pay, as long as that pays."""
        for _ in range(ROUNDS):
            before = self._best.value
            at, tolerance = self._at(self._best.policy)
            self.tried(at.improved(tolerance))
            if self._best.value >= before - tolerance:
                break

    def _judged(self, policy: IntArray) -> JudgedIn:
        return JudgedIn(
            of=self.of,
            choices=tuple(tuple(choice) for choice in policy.tolist()),
            cluster=tuple(self.tree.cluster.tolist()),
        )

    def _worth(self, policy: IntArray) -> tuple[FloatArray, float]:
        """First-order worth of each state in each world: array (world, state); and what a change must gain."""
        judged = self.carrier.done(self._judged(policy), len(self.tree.cluster))
        return worth_of(self.problem, judged), WORTH * float(judged["scale"].mean())

    def _weighed(self, policy: IntArray) -> tuple[FloatArray, float]:
        """First-order worth of each state in each cluster times its share of the worlds; and what a change must gain."""
        worth, tolerance = self._worth(policy)
        return self.tree.means(worth) * self.tree.weight[:, None], tolerance

    def _at(self, policy: IntArray) -> tuple[At, float]:
        worth, tolerance = self._weighed(policy)
        return self.moves.at(policy, worth), tolerance

    def _otherwise(self, at: At, tolerance: float) -> list[IntArray]:
        """Policies that each decide one option the other way."""
        found = []
        for option in self._open():
            if self.carrier.stop():
                raise StoppedError
            policy = at.forced(option, now=not at.signed[option], tolerance=tolerance)
            if policy is not None:
                found.append(policy)
        return found

    def _open(self) -> list[int]:
        """Options that may be signed now."""
        option: list[int] = np.unique(self.problem.frame.structure.table.state_option[self.tree.first]).tolist()
        return option

    def _merge(self, base: IntArray, found: Sequence[Tried], before: float, tolerance: float) -> None:
        """Try those of some policies that are better than their base together, as far as their changes allow."""
        better = sorted((one.value, number) for number, one in enumerate(found) if one.value < before - tolerance)
        merged, policies = base.copy(), []
        for count, (_, number) in enumerate(better, start=1):
            other = found[number].policy
            differs = (other != base).any(axis=0)
            if ((merged != base).any(axis=0) & differs).any():
                continue
            merged = np.where(differs, other, merged)
            if count & (count - 1) == 0 or count == len(better):  # after 1, 2, 4, 8, …
                policies.append(merged)
        self.tried(policies[1:])

    def _polish(self) -> None:
        """Find the other side of decisions of which none is known, and make the other side of every decision better."""
        best = self._best.policy
        worth, tolerance = self._weighed(best)
        signed = self.tree.signed(best).tolist()
        unknown = [option for option in self._open() if self._side(option, now=not signed[option]) is None]
        if unknown:
            repaired = self.carrier.done(
                RepairedIn(
                    of=self.of,
                    tree=self.tree,
                    options=tuple(unknown),
                    now=tuple(not signed[option] for option in unknown),
                    worth=worth,
                    gap=self.of.gap * tolerance / WORTH,
                ),
                len(unknown),
                block=1,
                worlds=len(self.tree.cluster),
            )
            self.tried(list(repaired["policy"][repaired["found"]]))
        others = {option: one for option in self._open() if (one := self._side(option, now=not signed[option]))}
        if others:
            work = PolishedIn(
                of=self.of,
                tree=self.tree,
                policies=np.stack([one.policy for one in others.values()]),
                values=np.asarray([one.value for one in others.values()]),
                held=np.asarray(list(others)),
                tolerance=tolerance,
            )
            done = self.carrier.done(work, work.groups, block=1, worlds=len(self.tree.cluster))
            polished = done["policy"].reshape(-1, *best.shape)[: len(others)]
            self.tried([one for one, before in zip(polished, work.policies, strict=True) if (one != before).any()])

    def _side(self, option: int, *, now: bool) -> Tried | None:
        """The best policy known that signs an option now, or that does not."""
        return self.signing[option] if now else self.waiting[option]

    def tried(self, policies: Sequence[IntArray]) -> list[Tried]:
        """Evaluate policies that may be followed, and keep what is best of them."""
        kept = [policy for policy in policies if all(self.judge.keeps_rows(choice) for choice in policy)]
        if not kept:
            return []
        work = ValuedIn(of=self.of, policies=np.stack(kept), cluster=self.tree.cluster)
        arrays = self.carrier.done(work, len(self.tree.cluster))
        found = [
            Tried(policy=policy, values=arrays["value"][:, number], tonnes=arrays["tonnes"][:, number])
            for number, policy in enumerate(kept)
        ]
        for one in found:
            if self.best is None or one.value < self.best.value:
                self.best = one
            for option, signed in enumerate(self.tree.signed(one.policy).tolist()):
                side = self.signing if signed else self.waiting
                known = side[option]
                if known is None or one.value < known.value:
                    side[option] = one
        return found

    def bounds(self, policy: IntArray) -> Bounds:
        """What no policy falls below: each world's own least value with prices for what it has to agree on, Eq. (35)."""
        agreed = self._agreed(self._worth(policy)[0])
        work = BoundedIn(judged=self._judged(policy), worth=tuple(map(tuple, agreed.tolist())))
        arrays = self.carrier.done(work, len(self.tree.cluster))
        least, takes = float(arrays["bound"].mean()), arrays["takes"]
        states = np.append(takes, np.full((len(takes), 1), np.inf), axis=1)
        free, later, now = (
            self._least(np.where(kept, states, np.inf)) for kept in (True, ~self._padded(), self._padded())
        )
        none = np.minimum(0.0, free)
        return Bounds(
            least=least,
            waiting=least + (np.minimum(0.0, later) - none).mean(axis=0),
            signing=least + np.where(np.isfinite(now), now - none, 0.0).mean(axis=0),
        )

    def _agreed(self, worth: FloatArray) -> FloatArray:
        """What every state is to be worth in the worlds of each cluster, prices included: array (cluster, state).

        A later state its average in the cluster. A start now as much more than the best of later and none in the cluster
        as it is more on average over all clusters: to first order all worlds then agree whether to sign now, and the
        prices are 0 on average over those that have to agree.
        """
        option = self.problem.frame.structure.table.state_option
        own = self.tree.means(worth)
        padded = np.append(own, np.full((len(own), 1), np.inf), axis=1)
        otherwise = np.minimum(0.0, self._least(np.where(self._padded(), np.inf, padded)))[:, option]
        more = self.tree.weight @ (own - otherwise)
        return np.where(self.tree.first, otherwise + more, own)

    def _padded(self) -> BoolArray:
        return np.append(self.tree.first, False)

    def _least(self, states: FloatArray) -> FloatArray:
        """Least over the states of each option, infinite where it has none: array (world, option)."""
        first = self.problem.frame.structure.table.first_state
        least = np.minimum.reduceat(states, first[:-1], axis=1)
        least[:, np.diff(first) == 0] = np.inf
        return least
