"""What more or less confidence costs: plans at several confidences, from one pool of plans.

Every plan found on the way counts at every confidence, so that a plan that asks for more is never the cheaper one: it would
serve those that ask for less as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rmscenario.errors import Fault, InputError, NoPlanError
from rmscenario.plan import Plan, Start
from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import Mode, Planned, PlannerOptions
from rmscenario.planning.progress import Stop, never, silent
from rmscenario.region import Region
from rmscenario.risk.arranged import Arranged, RiskOptions
from rmscenario.risk.bound import Bounds, LeastCosts
from rmscenario.risk.certifying import Certifying
from rmscenario.risk.confident import Confident
from rmscenario.risk.held import Rule
from rmscenario.risk.surest import add_surest
from rmscenario.risk.wishes import Wish, wishes

#: [1] Confidences at which plans are sought, beside those that the scenario asks for.
CONFIDENCES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
#: [1] Levels at which tails are held to fill the pool.
EXPLORED = (0.9, 0.8, 0.65, 0.5, 0.3, 0.15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How far a plan keeps a wish, on draws that no decision has seen.

    Attributes
    ----------
    targets : ids of the targets that shall be met together
    probability, low, high : float [1]
        Share of the draws, and its 95 % interval.
    """

    targets: tuple[str, ...]
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The best plan found at a confidence.

    Attributes
    ----------
    value, bound : float [DKK]
        Eq. (28), and Eq. (29); the bound is −inf where draws are too few.
    npv : float [DKK]
        Net present value: money alone.
    premium : float [DKK]
        `npv` above that of the plan for expected values.
    added, dropped : int
        Starts that this plan has and that one has not, and the other way round; the same start in another year is both.
    """

    confidence: float
    value: float
    bound: float
    npv: float
    premium: float
    starts: tuple[Start, ...]
    added: int
    dropped: int
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Points by confidence, and the plan for expected values beside them.

    Attributes
    ----------
    expected_npv : float [DKK]
    expected_kept : tuple of Kept
        How far the plan for expected values keeps each wish.
    furthest : tuple of float [1]
        Largest share of the choosing draws in which any plan that was found keeps each wish.
    unreached : confidences at which no plan keeps the hard targets
    """

    points: tuple[Point, ...]
    expected_npv: float
    expected_starts: int
    expected_kept: tuple[Kept, ...]
    furthest: tuple[float, ...]
    unreached: tuple[float, ...]
    planning_draws: int
    fresh_draws: int
    bound_draws: int
    interrupted: bool


def confidence_curve(
    region: Region,
    options: PlannerOptions,
    risk: RiskOptions,
    *,
    plan: Plan | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Stop = never,
) -> Curve:
    """Plans at several confidences.

    Parameters
    ----------
    plan : Plan, optional
        One that is known already, such as that of a run.
    progress : callable
        Called with the number of answers found, and that of all.
    stop : callable
        When it says yes, the points are those of the plans found until then.

    Raises
    ------
    InputError
        When no target of the region is asked for with a confidence, or its plan is not a priced one.
    NoPlanError
        When there is no plan for expected values, or it was stopped before.
    """
    arranged = Arranged(region, options, risk, silent, stop)
    told = progress or (lambda _done, _total: None)
    asked = wishes(arranged.problem.lines, risk.joint)
    _check(asked, options.mode)
    confidences = tuple(sorted({*CONFIDENCES, *(wish.confidence for wish in asked)}))
    total = 2 + len(EXPLORED) + len(confidences)
    names = {line.target.target for line in arranged.lines} | {name for wish in asked for name in wish.names}
    expected = arranged.held_at(dict.fromkeys(sorted(names), Rule(0.0)), None)
    if expected is None:
        raise NoPlanError("no plan was found that keeps the hard targets in the mean of the draws")
    told(1, total)
    search = Confident(arranged, asked, expected)
    if plan is not None:
        search.pool.append(replace(expected, plan=plan, choice=arranged.problem.frame.structure.table.choice(plan)))
    for number, alpha in enumerate(EXPLORED, start=2):
        search.explore([alpha], asked)
        told(number, total)
    for number, confidence in enumerate(confidences, start=2 + len(EXPLORED)):
        search.polished(at(asked, confidence))
        told(number, total)
    add_surest(search, arranged, at(asked, confidences[-1]))
    interrupted = stop()
    best = {confidence: search.best(at(asked, confidence)) for confidence in confidences}
    least = None if interrupted else Bounds(arranged, asked).least_costs(_middle(best, confidences).choice)
    told(total, total)
    judge = _Judge(arranged, search, Certifying(arranged, asked), expected, least)
    points = [
        judge.point(confidence, at(asked, confidence), one) for confidence, one in best.items() if one is not None
    ]
    return Curve(
        points=tuple(point for point in points if point is not None),
        expected_npv=arranged.net(expected.choice) * MILLION,
        expected_starts=len(expected.plan.starts),
        expected_kept=judge.kept(asked, expected),
        furthest=tuple(search.furthest(wish) for wish in asked),
        unreached=tuple(confidence for confidence, point in zip(confidences, points, strict=True) if point is None),
        planning_draws=risk.planning,
        fresh_draws=risk.certifying,
        bound_draws=0 if least is None else len(least.values),
        interrupted=interrupted or stop(),
    )


def at(asked: Sequence[Wish], confidence: float) -> tuple[Wish, ...]:
    """The same wishes, all at one confidence."""
    return tuple(replace(wish, confidence=confidence) for wish in asked)


def _middle(best: dict[float, Planned | None], confidences: Sequence[float]) -> Planned:
    found = best[confidences[len(confidences) // 2]]
    assert found is not None
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    arranged: Arranged
    search: Confident
    certifying: Certifying
    expected: Planned
    least: LeastCosts | None

    def point(self, confidence: float, asked: Sequence[Wish], one: Planned) -> Point | None:
        """What a plan reaches; None where it exceeds hard targets."""
        rank = self.search.rank(one, asked)
        if rank.exceeded > 0:
            return None
        (value,) = rank.order
        npv = self.arranged.net(one.choice)
        starts, before = set(one.plan.starts), set(self.expected.plan.starts)
        bound = float("-inf") if self.least is None else self.least.bound(asked)
        return Point(
            confidence=confidence,
            value=value * MILLION,
            bound=bound * MILLION,
            npv=npv * MILLION,
            premium=(npv - self.arranged.net(self.expected.choice)) * MILLION,
            starts=one.plan.starts,
            added=len(starts - before),
            dropped=len(before - starts),
            kept=self.kept(asked, one),
        )

    def kept(self, asked: Sequence[Wish], one: Planned) -> tuple[Kept, ...]:
        """How far a plan keeps each wish."""
        found = []
        for wish in asked:
            probability, low, high = self.certifying.probability(wish, one.choice)
            found.append(Kept(targets=wish.names, probability=probability, low=low, high=high))
        return tuple(found)


def _check(asked: Sequence[Wish], mode: Mode) -> None:
    if not asked:
        raise InputError(
            [
                Fault(
                    file="targets",
                    column="confidence",
                    found="no target with a confidence",
                    expected="one that shall be met in a share of the draws",
                    remedy="set one, such as --set targets[ID].confidence=0.8, or planning.joint_confidence=0.8",
                )
            ]
        )
    if mode is not Mode.PRICED:
        raise InputError(
            [
                Fault(
                    file="[planning]",
                    column="mode",
                    found=f"'{mode}'",
                    expected="'priced', whose plans have one value",
                    remedy="--set planning.mode=priced",
                )
            ]
        )
