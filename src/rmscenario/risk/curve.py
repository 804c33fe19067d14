"""What more or less confidence costs: plans at several confidences, from one pool of plans.

Every plan found on the way counts at every confidence, so that a plan that asks for more is never the cheaper one: it would
serve those that ask for less as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from rmscenario.errors import Fault, InputError, NoPlanError
from rmscenario.plan import Plan, Start, Verdict, left_open
from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import Mode, Planned, PlannerOptions
from rmscenario.planning.progress import Stop, never, silent
from rmscenario.region import Region
from rmscenario.risk.arranged import Arranged, RiskOptions
from rmscenario.risk.bound import Bounds, LeastCosts
from rmscenario.risk.certifying import Certifying
from rmscenario.risk.confident import Confident
from rmscenario.risk.measures import reaches
from rmscenario.risk.planner import expected_plan
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
    confidence : float [1]
        Share of the draws wished for.
    probability, low, high : float [1]
        Share of the draws, and its 95 % interval.
    met : bool
        Whether the wish is kept: in at least the share wished for.
    chosen : float [1]
        Share of the draws on which the plan was chosen.
    furthest : float [1]
        Largest share of these in which any plan that was found keeps the wish, as far as there are any that keep the hard targets.
    """

    targets: tuple[str, ...]
    confidence: float
    probability: float
    low: float
    high: float
    met: bool
    chosen: float
    furthest: float

    @property
    def verdict(self) -> Verdict:
        """Whether the best plan found, if it is this one, keeps the wish, and why not."""
        return Verdict.of(
            met=self.met,
            close=left_open((self.low, self.high), self.confidence),
            chosen=reaches(self.chosen, self.confidence),
            found=reaches(self.furthest, self.confidence),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A plan for wishes at some confidences.

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
    kept : how far it keeps each wish
    """

    value: float
    bound: float
    npv: float
    premium: float
    starts: tuple[Start, ...]
    added: int
    dropped: int
    kept: tuple[Kept, ...]

    @property
    def confidence(self) -> float:
        """What is wished for of the first; on the curve, of all [1]."""
        return self.kept[0].confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Points by confidence, the same for all wishes, and what the scenario itself asks for.

    Attributes
    ----------
    asked : Point or None
        The best plan found for the wishes as the scenario has them, which is a point of the curve where they are all at one
        confidence; None where none keeps the hard targets.
    run : Point or None
        A plan known before, for the same wishes; None without one, or where it exceeds hard targets.
    expected_npv : float [DKK]
    expected_kept : tuple of Kept
        How far the plan for expected values keeps each wish as the scenario has it.
    unreached : confidences at which no plan keeps the hard targets
    """

    points: tuple[Point, ...]
    asked: Point | None
    run: Point | None
    expected_npv: float
    expected_starts: int
    expected_kept: tuple[Kept, ...]
    unreached: tuple[float, ...]
    planning_draws: int
    fresh_draws: int
    bound_draws: int
    interrupted: bool

    @property
    def differing(self) -> bool:
        """Whether the scenario asks for more of one wish than of another, so that what it asks for is no point of the curve."""
        return len({kept.confidence for kept in self.expected_kept}) > 1


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
        One that is known already and breaks no limit, such as that of a run.
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
    require_wish(region, risk.joint, options.mode)
    arranged = Arranged(region, options, risk, silent, stop)
    told = progress or (lambda _done, _total: None)
    asked = wishes(arranged.problem.lines, risk.joint)
    confidences = tuple(sorted({*CONFIDENCES, *(wish.confidence for wish in asked)}))
    rows = [*(at(asked, confidence) for confidence in confidences), asked]
    total = 2 + len(EXPLORED) + len(rows)
    expected = expected_plan(arranged, asked)
    if expected is None:
        raise NoPlanError(_NONE_IN_MEAN)
    told(1, total)
    search, known = Confident(arranged, asked, expected), None
    if plan is not None:
        known = replace(expected, plan=plan, choice=arranged.problem.frame.structure.table.choice(plan))
        search.pool.append(known)
    for number, alpha in enumerate(EXPLORED, start=2):
        search.explore([alpha], asked)
        told(number, total)
    polished: set[tuple[float, ...]] = set()
    for number, row in enumerate(rows, start=2 + len(EXPLORED)):
        wished = tuple(wish.confidence for wish in row)
        if wished not in polished:
            search.polished(row)
            polished.add(wished)
        told(number, total)
    add_surest(search, arranged, at(asked, confidences[-1]))
    interrupted = stop()
    best = [search.best(row) for row in rows]
    assert all(best)  # the pool holds the plan for expected values
    found = [one for one in best if one is not None]
    least = None if interrupted else Bounds(arranged, asked).least_costs(found[len(confidences) // 2].choice)
    told(total, total)
    judged = [*found, expected, *([] if known is None else [known])]
    certifying = Certifying(arranged, asked, [one.choice for one in judged])
    judge = _Judge(arranged, search, certifying, expected, least)
    *points, own = (judge.point(row, one) for row, one in zip(rows, found, strict=True))
    return Curve(
        points=tuple(point for point in points if point is not None),
        asked=own,
        run=None if known is None else judge.point(asked, known),
        expected_npv=arranged.net(expected.choice) * MILLION,
        expected_starts=len(expected.plan.starts),
        expected_kept=judge.kept(asked, expected),
        unreached=tuple(confidence for confidence, point in zip(confidences, points, strict=True) if point is None),
        planning_draws=risk.planning,
        fresh_draws=risk.certifying,
        bound_draws=0 if least is None else len(least.values),
        interrupted=interrupted or stop(),
    )


def at(asked: Sequence[Wish], confidence: float) -> tuple[Wish, ...]:
    """The same wishes, all at one confidence."""
    return tuple(replace(wish, confidence=confidence) for wish in asked)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Plans on draws that no decision has seen; `best` are the plans that points are of."""

    arranged: Arranged
    search: Confident
    certifying: Certifying
    expected: Planned
    least: LeastCosts | None
    _certified: dict[tuple[tuple[str, ...], bytes], tuple[float, float, float]] = field(default_factory=dict)

    def point(self, asked: Sequence[Wish], one: Planned) -> Point | None:
        """What a plan reaches; None where it exceeds hard targets."""
        rank = self.search.rank(one, asked)
        if rank.exceeded > 0:
            return None
        (value,) = rank.order
        npv = self.arranged.net(one.choice)
        starts, before = set(one.plan.starts), set(self.expected.plan.starts)
        bound = float("-inf") if self.least is None else self.least.bound(asked)
        return Point(
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
            probability, low, high = self._on_fresh_draws(wish, one)
            found.append(
                Kept(
                    targets=wish.names,
                    confidence=wish.confidence,
                    probability=probability,
                    low=low,
                    high=high,
                    met=reaches(probability, wish.confidence),
                    chosen=self.search.share(wish, one),
                    furthest=self.search.furthest(wish, asked),
                )
            )
        return tuple(found)

    def _on_fresh_draws(self, wish: Wish, one: Planned) -> tuple[float, float, float]:
        key = wish.names, one.choice.tobytes()
        if key not in self._certified:
            self._certified[key] = self.certifying.probability(wish, one.choice)
        return self._certified[key]


def require_wish(region: Region, joint: float | None, mode: Mode) -> None:
    """Let a scenario pass only if a curve can be made of it, which is known before anything is planned.

    Parameters
    ----------
    joint : float or None [1]
        Share of the draws in which all targets shall be met together.

    Raises
    ------
    InputError
        When no target of the region is asked for with a confidence, or its plan is not a priced one.
    """
    if joint is None and all(target.confidence is None for target in region.active_targets):
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


_NONE_IN_MEAN = (
    "targets: found no plan that keeps the hard targets in the mean of the draws, expected the plan for expected values, which "
    "plans at all confidences are compared with; make them soft (hard = no)"
)
