"""Sign now, or wait: the best policy over the rounds, its price list, what flexibility is worth, and the rounds played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rmscenario.blocks import Arrays, Kept, Pool, kept_open
from rmscenario.emissions import judged_target
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE, OptionTable
from rmscenario.planning.problem import Problem
from rmscenario.recourse.observed import SeenIn, observations
from rmscenario.recourse.rolling import PlayedIn, Rounds
from rmscenario.recourse.search import Carrier, PolicySearch, StoppedError, Tried
from rmscenario.recourse.tree import Tree, clustered, first_states, middles_of, nearest
from rmscenario.recourse.valued import ValuedIn, Valuer
from rmscenario.recourse.verdicts import Found, OptionVerdict, Verdict, verdicts
from rmscenario.worlds import Bracket, WorldsOf
from rmscenario.worlds.bracket import standard_error
from rmscenario.worlds.decided import Decided, decided_by, ranked
from rmscenario.worlds.learning import end_of_round
from rmscenario.worlds.ready import worlds_of
from rmscenario.worlds.stages import stages_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Worlds that look alike at the end of the round.

    Attributes
    ----------
    share : float [1]
        Of the worlds.
    starts : int
        Starts of the later rounds there.
    decided : Decided or None
        What is seen that tells best whether a world is one of them.
    """

    share: float
    starts: int
    decided: Decided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over worlds and its standard error."""

    value: float
    error: float

    def __neg__(self) -> Estimate:
        """Its opposite."""
        return Estimate(value=-self.value, error=self.error)

    @classmethod
    def of(cls, values: FloatArray) -> Estimate:
        """Of independent worlds, each as probable."""
        return cls(value=float(values.mean()), error=standard_error(np.full(len(values), 1.0 / len(values)), values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Myopic:
    """Planning for the next round alone, round by round, against planning for all of them.

    Attributes
    ----------
    regret : Bracket [million DKK]
        At the planned figures, for which both plan.
    tonnes, summed : float [tCO2e/a], [tCO2e]
        More emitted in the last year in which starts are allowed, and summed up to it, at the planned figures.
    in_worlds : Estimate [million DKK]
        More than the fixed plan on average over the worlds.
    """

    regret: Bracket
    tonnes: float
    summed: float
    in_worlds: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The rounds played forward with learning, against the fixed plan in the same worlds, which no policy was made with.

    Attributes
    ----------
    fixed, played, saved : Estimate [million DKK]
        Value of the fixed plan, of the rounds as they are played, and what these save.
    tonnes, summed : Estimate [tCO2e/a], [tCO2e]
        Less emitted in the last year in which starts are allowed, and summed up to it.
    target : str or None
        The target whose shortfall is told.
    shortfall : Estimate or None [the target's unit]
        Less shortfall in its year.
    better : float [1]
        Share of the worlds in which the rounds as they are played come to less.
    changed : float
        Starts that are planned otherwise after the first round, on average.
    """

    worlds: int
    fixed: Estimate
    played: Estimate
    saved: Estimate
    tonnes: Estimate
    summed: Estimate
    target: str | None
    shortfall: Estimate | None
    better: float
    changed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recourse:
    """What two-stage planning says of the round that is signed now.

    Attributes
    ----------
    end : int
        Last year of that round.
    options : tuple of OptionVerdict
    policy, common : Bracket [million DKK]
        Least value on average over the worlds, of policies and of single plans for all worlds: bound, and value found.
    gain : Estimate [million DKK]
        What the policy found saves against the single plan found, in the worlds that both were made with.
    fresh : Estimate or None [million DKK]
        The same in worlds that neither was made with, each treated as the cluster that it looks like.
    scale : float [million DKK]
        Sum of absolute cost terms, of which a gap is a share.
    signed : tuple (int, int, int)
        Starts that both the fixed plan and the policy sign now, that the policy adds, and that it leaves out.
    """

    worlds: int
    seed: int
    end: int
    options: tuple[OptionVerdict, ...]
    branches: tuple[Branch, ...]
    policy: Bracket
    common: Bracket
    gain: Estimate
    fresh: Estimate | None
    scale: float
    signed: tuple[int, int, int]
    myopic: Myopic | None
    played: Played | None

    @property
    def flexibility(self) -> Bracket:
        """What it is worth that later rounds adapt, between proven bounds [million DKK]."""
        return self.common - self.policy


def find_recourse(
    of: WorldsOf,
    count: int,
    *,
    clusters: int,
    played: int,
    blocks: Kept | None = None,
    pool: Pool | None = None,
    progress: Callable[[int], None] = lambda _: None,
    rounds: Callable[[int], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Recourse | None:
    """Plan the rounds in two stages; None if it was stopped. What was done on worlds until then is kept in `blocks`.

    Parameters
    ----------
    count : int
        Worlds that the policy is made with: the first draws of the stress test with the same seed.
    clusters : int
        Clusters of worlds that look alike, at most.
    played : int
        Worlds in which the rounds are then played, those after the first; 0: none.
    progress, rounds : callable
        Told how many worlds are done: of each step of the search, and of the play.
    """
    try:
        with kept_open(pool or Pool()) as ready:
            carrier = Carrier(blocks=blocks, pool=ready, progress=progress, stop=stop)
            asked = _Asked(of=of, count=count, clusters=clusters, played=played, carrier=carrier)
            return asked.found(replace(carrier, progress=rounds))
    except StoppedError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What was asked for."""

    of: WorldsOf
    count: int
    clusters: int
    played: int
    carrier: Carrier

    def found(self, player: Carrier) -> Recourse:
        of, count, carrier = self.of, self.count, self.carrier
        worlds = worlds_of(of)
        problem, end = worlds.problem, end_of_round(of.region)
        assert end is not None
        table = problem.frame.structure.table
        fixed, first = table.choice(of.plan), first_states(table, end)

        alike = Tree(first=first, cluster=np.zeros(count, dtype=np.int64))
        single = PolicySearch(of=of, problem=problem, tree=alike, carrier=carrier)
        common = single.run([fixed[None]], polished=False)
        common_bound = single.bounds(common.policy).least
        (plan,) = common.policy

        seeing = SeenIn(of=of, choice=tuple(plan.tolist()), end=end)
        seen = carrier.done(seeing, count)
        tree = Tree(first=first, cluster=clustered(seen["worth"], self.clusters))
        search = PolicySearch(of=of, problem=problem, tree=tree, carrier=carrier)
        best = search.run([tree.everywhere(plan), tree.everywhere(fixed)], polished=True)
        bounds = search.bounds(best.policy)

        shown = observations(worlds, alike.signed(common.policy), seen["seen"])
        before, now = alike.signed(fixed[None]), tree.signed(best.policy)
        (stage,) = stages_of(problem, of.mode, fixed)
        fresh = None
        if self.played:
            middles = middles_of(seen["worth"], tree.cluster)
            fresh = self._fresh(replace(seeing, skipped=count), middles, np.stack([tree.everywhere(plan), best.policy]))
        return Recourse(
            worlds=count,
            seed=of.seed,
            end=end,
            options=verdicts(
                table, tree, Found(best=best, signing=search.signing, waiting=search.waiting, bounds=bounds), shown
            ),
            branches=_branches(table, tree, best, shown),
            policy=Bracket(low=bounds.least, high=best.value),
            common=Bracket(low=common_bound, high=common.value),
            gain=Estimate.of(common.values - best.values),
            fresh=fresh,
            scale=stage.scale,
            signed=(int((before & now).sum()), int((now & ~before).sum()), int((before & ~now).sum())),
            myopic=_myopic(of, problem, fixed, single),
            played=self._played(problem, best.policy, end, player) if self.played else None,
        )

    def _fresh(self, seeing: SeenIn, middles: FloatArray, policies: IntArray) -> Estimate:
        """What a policy saves against a single plan in worlds that neither was made with, each as what it looks like."""
        cluster = nearest(self.carrier.done(seeing, self.played)["worth"], middles)
        work = ValuedIn(of=self.of, policies=policies, cluster=cluster, skipped=self.count)
        values = self.carrier.done(work, self.played)["value"]
        return Estimate.of(values[:, 0] - values[:, 1])

    def _played(self, problem: Problem, policy: IntArray, end: int, player: Carrier) -> Played:
        signed = tuple(tuple(plan) for plan in policy.tolist())
        arrays: Arrays = player.done(PlayedIn(of=self.of, signed=signed, end=end, skipped=self.count), self.played)
        return _compared(problem, arrays)


def _branches(
    table: OptionTable, tree: Tree, best: Tried, shown: tuple[tuple[str, ...], FloatArray]
) -> tuple[Branch, ...]:
    names, values = shown
    ranks = ranked(values)
    running = np.asarray([option.running is not None for option in table.options], dtype=bool)
    later = (best.policy != NONE) & ~tree.first[best.policy] & ~running
    return tuple(
        Branch(
            share=float(tree.weight[cluster]),
            starts=int(later[cluster].sum()),
            decided=decided_by(names, ranks, tree.cluster == cluster) if tree.clusters > 1 else None,
        )
        for cluster in range(tree.clusters)
    )


def _myopic(of: WorldsOf, problem: Problem, fixed: IntArray, single: PolicySearch) -> Myopic | None:
    """Regret of planning for the next round alone; None where no such plan keeps the rules."""
    rounds = Rounds(of, problem, fixed)
    found = rounds.myopic(problem)
    if found is None:
        return None
    whole = rounds.solved(problem, [fixed, found])
    valuer = Valuer(problem)
    (value, tonnes, _), (_, least_tonnes, _) = valuer.value(found), valuer.value(whole.choice)
    planned, near = single.tried([fixed[None], found[None]])
    return Myopic(
        regret=Bracket(low=value - float(whole.values[-1]), high=value - float(whole.bounds[-1])),
        tonnes=float(tonnes[0] - least_tonnes[0]),
        summed=float(tonnes[1] - least_tonnes[1]),
        in_worlds=Estimate.of(near.values - planned.values),
    )


def _compared(problem: Problem, arrays: Arrays) -> Played:
    """The rounds as they are played against the fixed plan, world by world."""
    value, tonnes, residual = (
        {name: arrays[f"{name}_{what}"] for name in ("fixed", "played")} for what in ("value", "tonnes", "residual")
    )
    target = judged_target(problem.lines)
    shortfall = None
    if target is not None:
        cap = problem.lines[target].cap
        short = {name: np.maximum(0.0, one[:, target] - cap) for name, one in residual.items()}
        shortfall = Estimate.of(short["fixed"] - short["played"])
    less = tonnes["fixed"] - tonnes["played"]
    return Played(
        worlds=len(arrays["changed"]),
        fixed=Estimate.of(value["fixed"]),
        played=Estimate.of(value["played"]),
        saved=Estimate.of(value["fixed"] - value["played"]),
        tonnes=Estimate.of(less[:, 0]),
        summed=Estimate.of(less[:, 1]),
        target=None if target is None else problem.lines[target].target.target,
        shortfall=shortfall,
        better=float((value["played"] < value["fixed"]).mean()),
        changed=float(arrays["changed"].mean()),
    )


def counts(options: tuple[OptionVerdict, ...]) -> dict[Verdict, int]:
    """How many options there are of each verdict."""
    found = Counter(option.verdict for option in options)
    return {verdict: found[verdict] for verdict in Verdict}
