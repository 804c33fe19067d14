"""Plans under risk: targets that hold in expectation, in the mean of the worst, or in a share of all draws.

Three sets of draws: plans are made on the first, the cheapest that shows the confidence on the second is chosen, and what it
reaches is certified once on the third. A fourth bounds what the confidence costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rmscenario.errors import NoPlanError, UnreachedError
from rmscenario.plan import Held, Plan, RiskReport, SolveReport, Termination
from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import AtModes, Mode, Planned, PlannerOptions, absolute_cost, plan_problem
from rmscenario.planning.progress import Progress, Stop, never, silent
from rmscenario.region import Region
from rmscenario.risk.arranged import Arranged, RiskOptions
from rmscenario.risk.bound import CERTAIN, Bounds
from rmscenario.risk.certifying import Certifying, Chosen
from rmscenario.risk.confident import Confident
from rmscenario.risk.held import Rule
from rmscenario.risk.softened import add_nearest
from rmscenario.risk.surest import add_surest
from rmscenario.risk.wishes import Wish, wishes
from rmscenario.uncertainty import REPLICATE

#: Draws whose mean the plan for expected values takes, where no target asks for the mean: a replicate, which is evenly
#: spread over every input.
MEAN = REPLICATE


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPlanned:
    """A plan under risk, with its report, and the plan for expected values (None where no plan holds in the mean)."""

    planned: Planned
    report: RiskReport
    expected: Planned | None

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return replace(self.planned.plan, risk=self.report)


def asks_for_risk(region: Region, joint: float | None = None) -> bool:
    """Whether any active target is held under risk, or all together are."""
    return joint is not None or any(target.under_risk for target in region.active_targets)


def expected_plan(arranged: Arranged, asked: Sequence[Wish]) -> Planned | None:
    """The plan for expected values of all targets under risk or wished for, None where no plan holds in the mean."""
    names = {line.target.target for line in arranged.lines} | {name for wish in asked for name in wish.names}
    in_mean = any(line.target.expected for line in arranged.lines)
    return arranged.held_at(dict.fromkeys(sorted(names), Rule(0.0)), None, first=None if in_mean else MEAN)


class RiskPlanner:
    """Plans of one region under risk."""

    def __init__(
        self,
        region: Region,
        options: PlannerOptions,
        risk: RiskOptions,
        progress: Progress = silent,
        stop: Stop = never,
    ) -> None:
        self.arranged = Arranged(region, options, risk, progress, stop)
        self.wishes = wishes(self.arranged.problem.lines, risk.joint)

    def expected(self) -> Planned | None:
        """The plan for expected values, None where no plan holds in the mean."""
        return expected_plan(self.arranged, self.wishes)

    def plan(self) -> RiskPlanned:
        """The cheapest plan found that keeps every target's rule.

        Raises
        ------
        NoPlanError
            When no plan keeps the hard rules; UnreachedError when it is the risk that they are held under.
        """
        arranged, expected = self.arranged, self.expected()
        value = bound = None
        furthest: dict[tuple[str, ...], float] = {}
        if self.wishes:
            search = Confident(arranged, self.wishes, expected)
            chosen = search.plan()
            if chosen is None and add_nearest(search, arranged, self.wishes):
                chosen = search.polished(self.wishes)
            chosen = self._surest(search, chosen)
            if search.pool:
                furthest = {wish.names: search.furthest(wish) for wish in self.wishes}
            if chosen is not None and arranged.options.mode is Mode.PRICED:
                (value,) = search.rank(chosen, self.wishes).order
                least = Bounds(arranged, self.wishes).least_costs(chosen.choice) if arranged.risk.bounding else None
                bound = None if least is None else least.bound(self.wishes)
            if chosen is not None:
                chosen = replace(chosen, plan=replace(chosen.plan, solve=_found(chosen, value, bound)))
        else:
            rules = {line.target.target: Rule(line.target.cvar or 0.0) for line in arranged.lines}
            chosen = expected if all(rule.alpha == 0 for rule in rules.values()) else arranged.held_at(rules, expected)
        if chosen is None:
            raise self._unreached(expected, furthest)
        before = None if expected is None else expected.choice
        certifying = Certifying(arranged, self.wishes, [chosen.choice] if before is None else [chosen.choice, before])
        known = Chosen(before=before, furthest=furthest)
        report = RiskReport(
            planning_draws=arranged.risk.planning,
            fresh_draws=arranged.risk.certifying,
            tail_groups=arranged.tail_groups,
            premium_npv=None if before is None else (arranged.net(chosen.choice) - arranged.net(before)) * MILLION,
            premium_starts=None if expected is None else len(chosen.plan.starts) - len(expected.plan.starts),
            targets=certifying.targets(chosen.choice, known),
            joint=certifying.joint(chosen.choice, known),
            value=None if value is None else value * MILLION,
            bound=None if bound is None else bound * MILLION,
            bound_draws=arranged.risk.bounding if bound is not None else 0,
            bound_certainty=CERTAIN if bound is not None else None,
        )
        return RiskPlanned(planned=chosen, report=report, expected=expected)

    def _surest(self, search: Confident, chosen: Planned | None) -> Planned | None:
        """The best plan once it is also known how sure soft targets could be that no plan reaches."""
        if chosen is None or not add_surest(search, self.arranged, self.wishes):
            return chosen
        best = search.best(self.wishes)
        better = best is not None and search.rank(best, self.wishes).before(search.rank(chosen, self.wishes))
        return search.polished(self.wishes) if better else chosen

    def _unreached(self, expected: Planned | None, furthest: Mapping[tuple[str, ...], float]) -> NoPlanError:
        """Which hard targets are asked for too much, and what was found.

        Raises
        ------
        NoPlanError
            When hard rules contradict each other at the modes already.
        """
        arranged = self.arranged
        if arranged.stop():
            return NoPlanError("stopped before a plan was found")
        if expected is None:
            kept = self._kept_at_modes(found=bool(furthest))
        else:
            kept = "there are plans that keep it in the mean of the draws"
        asked = []
        for wish in self.wishes:
            if any(line.target.hard for line in wish.lines):
                reach = (
                    f" (the plans found reach at most {_percent(furthest[wish.names])} of those they are chosen on)"
                    if furthest
                    else ""
                )
                asked.append(f"{' and '.join(wish.names)} in {_percent(wish.confidence)} of the draws{reach}")
        for line in arranged.lines:
            if line.target.hard and line.target.confidence is None:
                worst = "" if line.target.cvar is None else f" of the worst {_percent(1 - line.target.cvar)}"
                asked.append(f"{line.target.target} in the mean{worst} of the draws")
        proven = not self.wishes and arranged.proven
        none = (
            "that there is none is proven for the draws planned with"
            if proven
            else "it is not proven that there is none"
        )
        return UnreachedError(
            f"targets: found no plan that keeps the hard target {'; '.join(asked)}, expected no more than some plan keeps "
            f"({kept}; {none}); ask for less, or make it soft (hard = no)"
        )

    def _kept_at_modes(self, found: bool) -> str:
        """Whether plans keep all hard targets at the modes; `found` says that some keep all other hard rules.

        Raises
        ------
        NoPlanError
            When hard rules contradict each other.
        """
        arranged = self.arranged
        try:
            plan_problem(arranged.problem, arranged.options, AtModes(), progress=arranged.progress, stop=arranged.stop)
        except NoPlanError:
            if arranged.stop() or not found:
                raise
            return "no plan was found that keeps it at the modes either"
        return "there are plans that keep it at the modes"


def _percent(share: float) -> str:
    """A share with all digits that draws give it, so that less than all is not written as all."""
    return f"{100 * share:.7g}%"


def _found(chosen: Planned, value: float | None, bound: float | None) -> SolveReport:
    """How a plan with a confidence was found: the bounds of its candidates are of other problems and say nothing of it."""
    solve = chosen.plan.solve
    assert solve is not None
    stopped = solve.termination is Termination.INTERRUPTED
    solve = replace(
        solve, termination=Termination.INTERRUPTED if stopped else Termination.SEARCHED, held=Held.INCUMBENT
    )
    if value is None or bound is None:
        return replace(solve, bound=float("-inf"), gap=float("inf"))
    bound = min(bound, value)
    return replace(
        solve,
        incumbent=value,
        bound=bound,
        gap=(value - bound) / absolute_cost(chosen.problem, chosen.choice),
    )


def plan_under_risk(
    region: Region,
    options: PlannerOptions | None = None,
    risk: RiskOptions | None = None,
    *,
    progress: Progress = silent,
    stop: Stop = never,
) -> RiskPlanned:
    """Plan a region of whose targets some hold under risk.

    Raises
    ------
    NoPlanError
        When no plan keeps the hard rules.
    """
    return RiskPlanner(region, options or PlannerOptions(), risk or RiskOptions(), progress, stop).plan()
