"""A plan as data: which initiative starts in which unit, when, at which level, and how it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Termination(StrEnum):
    """Why the planner stopped."""

    GAP_REACHED = "gap_reached"
    NODE_LIMIT = "node_limit"
    ROUND_LIMIT = "round_limit"
    INTERRUPTED = "interrupted"
    INFEASIBLE = "infeasible"
    SEARCHED = "searched"  # every candidate was tried; a confidence is no convex rule, so that none is proven
    FIXED = "fixed"  # nothing to choose: the plan was given


class Held(StrEnum):
    """What solution is held, whatever the reason of stopping."""

    PROVEN = "proven"  # within the gap that was asked for
    INCUMBENT = "incumbent"  # feasible by exact evaluation, gap larger than asked for
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Start:
    """One start of a plan; `unit` is the carrier of a group-wide initiative."""

    initiative: str
    unit: str
    level: float
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReport:
    """One stage of the search: what was minimised, and how near to the bound the incumbent is.

    `incumbent` and `bound` are in the stage's `measure`; `gap` is their difference relative to the sum of absolute cost
    terms (cost), of the targets' bases (shortfalls) or of all emissions.
    """

    name: str
    measure: str
    incumbent: float
    bound: float
    gap: float
    termination: Termination
    rounds: int
    nodes: int
    relaxation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveReport:
    """How a plan was found. Wall times stand in the manifest alone, so that equal input gives equal bytes."""

    termination: Termination
    held: Held
    incumbent: float
    bound: float
    gap: float
    cuts: int
    rounds: int
    stages: tuple[StageReport, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()  # (equation, number of rows)
    relaxation_prices: tuple[
        tuple[str, float], ...
    ] = ()  # LP relaxation's price of each target [DKK per unit and year]


class Verdict(StrEnum):
    """Whether a plan keeps what is wished for under risk, and why not."""

    #: On draws that no decision has seen.
    MET = "met"
    #: Not on those, but the 95 % interval leaves it open.
    CLOSE = "close"
    #: Only on the draws on which the plan was chosen.
    UNCONFIRMED = "unconfirmed"
    #: Plans that keep it on those were found, and others came first: by cost and the price of shortfall, or by other targets.
    PRICED = "priced"
    #: No plan that was found keeps it, on those either.
    UNFOUND = "unfound"

    @classmethod
    def of(cls, *, met: bool, close: bool, chosen: bool, found: bool) -> Verdict:
        """The first that holds.

        Parameters
        ----------
        met, chosen : whether the plan keeps the wish on draws that no decision has seen, and on those it was chosen on
        close : whether the interval of the former leaves it open
        found : whether any plan that was found keeps it on the latter
        """
        reasons = ((met, cls.MET), (close, cls.CLOSE), (chosen, cls.UNCONFIRMED), (found, cls.PRICED))
        return next((verdict for holds, verdict in reasons if holds), cls.UNFOUND)


def left_open(interval: Sequence[float], asked: float) -> bool:
    """Whether what is asked for lies in an interval that has a width, so that the draws cannot tell."""
    low, high = interval
    return bool(low <= asked <= high and low < high)


def judged_open(confidence: float | None, cap: float, *, share: Sequence[float], judged: Sequence[float]) -> bool:
    """Whether the draws cannot tell if a target under risk is met, by its own measure.

    Parameters
    ----------
    share : (float, float) [1]
        Interval of the share of the draws that meet it, which counts where one is asked for.
    judged : (float, float) [the target's unit]
        Interval of the mean of the tail, which counts else.
    """
    return left_open(judged, cap) if confidence is None else left_open(share, confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What a plan reaches of a target under risk, on draws that no decision has seen.

    Attributes
    ----------
    level : float [1]
        Confidence asked for, or level of the tail; 0 for the mean.
    probability, low, high : float [1]
        Share of the draws that meet it, and its 95 % interval between replicates.
    cvar : float [the target's unit]
        Mean of the worst 1 − level of the draws.
    judged, judged_low, judged_high : float [the target's unit]
        What is compared with the cap, and its 95 % interval between replicates: what the share asked for does not exceed, or
        the mean of the tail. That a quantile is within the cap is that the share of the draws is reached.
    judged_background : float [the target's unit]
        The same without any new start.
    furthest : float or None [1]
        Largest share of the choosing draws in which any plan that was found meets it; None without a confidence.
    probability_before, cvar_before : float or None
        The same of the plan for expected values, None where there is none.
    probability_chosen : float or None [1]
    judged_chosen : float or None [the target's unit]
        `probability` and `judged` on the draws that the plan was chosen on; None of a plan that was given.
    verdict : Verdict or None
        Whether the target is met, and why not; None of a plan that was given, and of a mean that is missed on the draws that
        the plan was chosen on already: whether another plan keeps it is then not known.
    """

    target: str
    confidence: float | None
    level: float
    probability: float
    low: float
    high: float
    cvar: float
    judged: float
    judged_low: float
    judged_high: float
    judged_background: float
    furthest: float | None = None
    probability_before: float | None = None
    cvar_before: float | None = None
    probability_chosen: float | None = None
    judged_chosen: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedJoint:
    """What a plan reaches of all targets together, on draws that no decision has seen; as of `Certified`.

    Attributes
    ----------
    met : bool
        Whether at least the share asked for meets them.
    """

    targets: tuple[str, ...]
    confidence: float
    probability: float
    low: float
    high: float
    met: bool
    probability_before: float | None = None
    furthest: float | None = None
    probability_chosen: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReport:
    """How a plan under risk was found, and what it reaches; of a plan that risk had no part in choosing the latter alone.

    Attributes
    ----------
    planning_draws : int
        Draws that it was chosen on; 0 if on none.
    tail_groups : int
        Weight vectors over draws that the search needed, those of all candidates together.
    premium_npv : float or None [DKK]
        Net present value above that of the plan for expected values, every input at its mode; None where there is none.
    premium_starts : int or None
        New starts above those of that plan.
    joint : CertifiedJoint or None
        All targets together, where they shall be met together.
    value, bound : float or None [DKK]
        Eq. (28) of a priced plan with a confidence, and what no such plan is below.
    bound_draws : int
        Draws that the bound comes from.
    bound_certainty : float or None [1]
        How often draws made anew would give a bound that holds.
    """

    fresh_draws: int
    targets: tuple[Certified, ...]
    planning_draws: int = 0
    tail_groups: int = 0
    premium_npv: float | None = None
    premium_starts: int | None = None
    joint: CertifiedJoint | None = None
    value: float | None = None
    bound: float | None = None
    bound_draws: int = 0
    bound_certainty: float | None = None

    def of(self, target: str) -> Certified | None:
        """What is certified of a target; None of one that is not under risk."""
        return next((row for row in self.targets if row.target == target), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan: its starts in table order, and how it was found (None for a plan read or given)."""

    starts: tuple[Start, ...]
    solve: SolveReport | None = field(default=None)
    risk: RiskReport | None = field(default=None)

    def certified(self, target: str) -> Certified | None:
        """What is certified of a target; None of one that is not under risk."""
        return None if self.risk is None else self.risk.of(target)

    def judged(self, target: str, residual: float) -> float:
        """What a target's cap is compared with: what is left at the modes, or, under risk, its own measure on fresh draws.

        Parameters
        ----------
        residual : float [the target's unit]
            What the plan leaves in the target's year, every input at its mode.
        """
        certified = self.certified(target)
        return residual if certified is None else certified.judged

    def judged_background(self, target: str, residual: float) -> float:
        """The same without any new start; `residual` is what that leaves at the modes."""
        certified = self.certified(target)
        return residual if certified is None else certified.judged_background
