"""Plans under risk: targets that hold in expectation, in the mean of the worst, or in a share of all draws.

A confidence is no convex rule. It is sought among plans whose tails are held at some level, the strictest first, and made
cheaper by giving up the worst draws of the best plan and holding all the others. Three sets of draws: plans are made on the
first, the cheapest that shows the confidence on the second is chosen, and what it reaches is certified once on the third.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine, pool_products
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError
from rmscenario.plan import Certified, Plan, RiskReport
from rmscenario.planning.aims import Judged
from rmscenario.planning.functional import Cap, Hinge, cost_functional
from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import AtModes, Mode, Planned, PlannerOptions, plan_problem, shortfall_prices
from rmscenario.planning.problem import Problem, build_problem
from rmscenario.planning.progress import Progress, Stop, never, silent
from rmscenario.region import Region
from rmscenario.risk.aims import TailCap, TailHinge, Tails
from rmscenario.risk.drawn import DrawnYear, PlanningDraws, planning_draws
from rmscenario.risk.measures import cvar, most_missed, planning_level, quantile, replicate_interval
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, DrawSource, uncertain_inputs

#: [1] Levels at which tails are held for a confidence p, as shares of p, the strictest first; the mean comes before.
GRID = (1.0, 0.9, 0.75, 0.6, 0.4, 0.2)
#: Most times that draws are given up anew.
POLISHED = 8
#: [1] Share of the draws that count, whose mean stands for the worst of them: at least one draw.
WORST = 1 / 200
#: Work limit of a candidate for a confidence, in nodes: its value counts, not its bound, and dives find it.
CANDIDATE_NODES = 0
#: Replicates with which the three sets of draws begin, so that none is used twice.
CHOOSING, CERTIFYING = 10_000_000, 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskOptions:
    """Draws of a plan under risk: numbers of them, seed and sampler."""

    planning: int = 20_000
    choosing: int = 20_000
    certifying: int = 50 * REPLICATE
    seed: int = 0
    sampler: Sampler = Sampler.SOBOL


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


def at_risk(lines: Iterable[TargetLine]) -> tuple[TargetLine, ...]:
    """Targets that ask for a confidence, a mean of the worst or the mean of the draws."""
    return tuple(
        line
        for line in lines
        if line.target.confidence is not None or line.target.cvar is not None or line.target.expected
    )


def asks_for_risk(region: Region) -> bool:
    """Whether any active target is held under risk."""
    return any(target.confidence or target.cvar or target.expected for target in region.active_targets)


@dataclass(slots=True)
class Rule:
    """How a target's tail is held: its level, and the draws that count (None: all)."""

    alpha: float
    kept: npt.NDArray[np.bool_] | None = None


@dataclass(slots=True)
class UnderRisk:
    """Aims at the tails of some targets, at the modes of the others."""

    problem: Problem
    draws: PlanningDraws
    rules: Mapping[str, Rule]
    years: dict[tuple[str, int], DrawnYear] = field(default_factory=dict)
    held: dict[str, set[int]] = field(default_factory=dict)
    tails: list[Tails] = field(default_factory=list)

    def year(self, line: TargetLine, position: int) -> DrawnYear:
        """A target's residual in a year on the planning draws."""
        key = (line.target.target, position)
        if key not in self.years:
            self.years[key] = DrawnYear(frame=self.problem.frame, line=line, draws=self.draws, position=position)
        return self.years[key]

    def _tails(self, line: TargetLine, positions: Iterable[int]) -> Tails:
        rule = self.rules[line.target.target]
        kept = np.ones(self.draws.count, dtype=np.bool_) if rule.kept is None else rule.kept
        years = {position: self.year(line, position) for position in positions}
        self.tails.append(Tails(line=line, years=years, alpha=rule.alpha, kept=kept))
        return self.tails[-1]

    def hinge(self, line: TargetLine, price: FloatArray) -> Hinge | TailHinge:
        """A soft target's shortfall in its year, at the price of all years that it holds."""
        if line.target.target not in self.rules:
            return AtModes().hinge(line, price)
        tails = self._tails(line, [line.position])
        in_year = np.zeros_like(price)
        in_year[line.position] = price.sum()
        return TailHinge(tails=tails, price=in_year, first=self.problem.frame.structure.table.nothing_new())

    def cap(self, line: TargetLine, margin: float) -> Cap | TailCap:
        """A hard target, in the years that plans were found to exceed."""
        if line.target.target not in self.rules:
            return AtModes().cap(line, margin)
        positions = self.held.setdefault(line.target.target, {line.position})
        tails = self._tails(line, sorted(positions))
        return TailCap(tails=tails, margin=margin, first=self.problem.frame.structure.table.nothing_new())


class RiskPlanner:
    """Plans of one region under risk; what is arranged once serves all of them."""

    def __init__(
        self,
        region: Region,
        options: PlannerOptions,
        risk: RiskOptions,
        progress: Progress = silent,
        stop: Stop = never,
    ) -> None:
        self.problem = build_problem(region)
        self.options, self.risk, self.progress, self.stop = options, risk, progress, stop
        self.inputs = uncertain_inputs(region, self.problem.frame.structure.table)
        self.source = DrawSource(self.inputs, risk.seed, risk.sampler)
        self.lines = at_risk(self.problem.lines)
        self.rules_of = {line.target.target for line in self.lines}
        self.cost = cost_functional(self.problem.frame, self.problem.money)
        self.draws = planning_draws(self.source, risk.planning)
        self.choosing = planning_draws(self.source, risk.choosing, first=CHOOSING)
        self._years: dict[tuple[str, int], DrawnYear] = {}
        self._choosing: dict[str, DrawnYear] = {}
        self._held: dict[str, set[int]] = {}
        self.tail_groups = 0

    def plan(self) -> RiskPlanned:
        """The cheapest plan found that keeps every target's rule.

        Raises
        ------
        NoPlanError
            When no plan keeps the hard rules.
        """
        expected = self.held_at({line.target.target: Rule(0.0) for line in self.lines}, None)
        confident = [line for line in self.lines if line.target.confidence is not None]
        if confident:
            chosen = self.confident(confident, expected)
        else:
            rules = {line.target.target: Rule(line.target.cvar or 0.0) for line in self.lines}
            chosen = expected if all(rule.alpha == 0 for rule in rules.values()) else self.held_at(rules, expected)
        if chosen is None:
            raise NoPlanError("no plan was found that keeps the hard targets at the confidence asked for")
        premium, starts = 0.0, 0
        if expected is not None:
            premium = self.npv(chosen.choice) - self.npv(expected.choice)
            starts = len(chosen.plan.starts) - len(expected.plan.starts)
        report = RiskReport(
            planning_draws=self.risk.planning,
            fresh_draws=self.risk.certifying,
            tail_groups=self.tail_groups,
            premium_npv=premium * MILLION,
            premium_starts=starts,
            targets=self.certified(chosen.choice),
        )
        return RiskPlanned(planned=chosen, report=report, expected=expected)

    def npv(self, choice: IntArray) -> float:
        """Net present value of a choice at the modes [million DKK]."""
        structure = self.problem.frame.structure
        first_year = np.unique(self.problem.frame.year_column, return_index=True)[1]
        products = pool_products(structure, structure.table.deployed(choice)[:, first_year])
        return self.cost.value(self.problem.frame.columns_chosen(choice), products)

    def held_at(self, rules: Mapping[str, Rule], start: Planned | None, nodes: int | None = None) -> Planned | None:
        """The plan whose tails keep some rules, None if there is none; later years follow where it exceeds them."""
        search = self.options.search if nodes is None else replace(self.options.search, max_nodes=nodes)
        while True:
            aims = UnderRisk(problem=self.problem, draws=self.draws, rules=rules, years=self._years, held=self._held)
            try:
                planned = plan_problem(
                    self.problem,
                    replace(self.options, search=search),
                    aims,
                    start=None if start is None else start.choice,
                    progress=self.progress,
                    stop=self.stop,
                )
            except NoPlanError:
                if self.stop():
                    raise
                return None
            self.tail_groups = sum(len(tails.groups) for tails in aims.tails)
            if not self._exceeded(planned.choice, rules):
                return planned

    def _exceeded(self, choice: IntArray, rules: Mapping[str, Rule]) -> bool:
        """Whether a hard target is exceeded in a year that was not held yet; it is held from now on."""
        found = False
        for line in self.lines:
            if not line.target.hard:
                continue
            known = self._held[line.target.target]
            rule = rules[line.target.target]
            for position in sorted(set(np.flatnonzero(line.held).tolist()) - known):
                year = DrawnYear(frame=self.problem.frame, line=line, draws=self.draws, position=position)
                residual = year.residual(choice)
                counted = residual if rule.kept is None else residual[rule.kept]
                if not is_met(cvar(counted, rule.alpha), line.cap, line.base):
                    known.add(position)
                    self._years[line.target.target, position] = year
                    found = True
                    break
        return found

    def confident(self, lines: list[TargetLine], expected: Planned | None) -> Planned | None:
        """The cheapest plan found that meets each target in its share of the choosing draws."""
        risk = self.risk
        wanted = {
            line.target.target: planning_level(float(line.target.confidence or 0.0), risk.planning, risk.choosing)
            for line in lines
        }
        others = {
            line.target.target: Rule(line.target.cvar or 0.0) for line in self.lines if line.target.target not in wanted
        }
        best = expected if not others else None
        for share in GRID:
            rules = {name: Rule(share * level) for name, level in wanted.items()}
            best = self._better(best, self.held_at(others | rules, best or expected, CANDIDATE_NODES), wanted)
            if self.stop():
                break
        for _ in range(POLISHED):
            if best is None or self.stop():
                break
            kept = {line.target.target: self._kept(line, best.choice, wanted[line.target.target]) for line in lines}
            rules = {name: Rule(1.0 - max(1.0 / int(mask.sum()), WORST), mask) for name, mask in kept.items()}
            polished = self._better(best, self.held_at(others | rules, best, CANDIDATE_NODES), wanted)
            if polished is best:
                break
            best = polished
        if best is None or any(short for line, short in self._shortfalls(best.choice, wanted) if line.target.hard):
            return None
        return best

    def _kept(self, line: TargetLine, choice: IntArray, level: float) -> npt.NDArray[np.bool_]:
        """All planning draws but the worst that may be missed."""
        residual = self._drawn(line).residual(choice)
        kept = np.ones(len(residual), dtype=np.bool_)
        kept[np.argsort(-residual, kind="stable")[: most_missed(len(residual), level)]] = False
        return kept

    def _drawn(self, line: TargetLine) -> DrawnYear:
        key = (line.target.target, line.position)
        if key not in self._years:
            self._years[key] = DrawnYear(frame=self.problem.frame, line=line, draws=self.draws, position=line.position)
        return self._years[key]

    def _better(self, best: Planned | None, found: Planned | None, wanted: Mapping[str, float]) -> Planned | None:
        """The better of two plans by what they truly reach."""
        if found is None or best is None:
            return best or found
        return found if self._rank(found.choice, wanted) < self._rank(best.choice, wanted) else best

    def _rank(self, choice: IntArray, wanted: Mapping[str, float]) -> tuple[float, ...]:
        """What decides between plans, the lower the better: hard targets, then the mode's own order."""
        problem = self.problem
        short = {line.target.target: much for line, much in self._shortfalls(choice, wanted)}
        exceeded = sum(short[line.target.target] for line in problem.lines if line.target.hard)
        soft = [line for line in problem.lines if not line.target.hard]
        npv = self.npv(choice)
        if self.options.mode is Mode.NEAREST:
            priorities = sorted({line.target.priority for line in soft})
            by_priority = [
                sum(short[line.target.target] / max(1.0, line.base) for line in soft if line.target.priority == number)
                for number in priorities
            ]
            return (exceeded, *(round(much, 6) for much in by_priority), npv)
        at = Judged(problem.frame, choice)
        for line in soft:
            price = shortfall_prices(line, problem.money)
            if line.target.target in self.rules_of:
                npv += float(price.sum()) * short[line.target.target]
            elif price.any():
                npv += Hinge(line=line, price=price).worth(at)
        return exceeded, npv

    def _shortfalls(self, choice: IntArray, wanted: Mapping[str, float]) -> list[tuple[TargetLine, float]]:
        """Shortfall of each target in its year: by its own measure on the draws, or at the modes."""
        at, found = Judged(self.problem.frame, choice), []
        for line in self.problem.lines:
            name = line.target.target
            if name in wanted:
                measures = [quantile(self._drawn(line).residual(choice), wanted[name])]
                measures.append(quantile(self._chosen(line).residual(choice), float(line.target.confidence or 0.0)))
                residual = max(measures)
            elif name in self.rules_of:
                residual = cvar(self._drawn(line).residual(choice), line.target.cvar or 0.0)
            else:
                residual = float(line.residual(at.leaf)[min(line.position, len(line.held) - 1)])
            found.append((line, 0.0 if is_met(residual, line.cap, line.base) else residual - line.cap))
        return found

    def _chosen(self, line: TargetLine) -> DrawnYear:
        """A target's residual on the choosing draws."""
        name = line.target.target
        if name not in self._choosing:
            self._choosing[name] = DrawnYear(
                frame=self.problem.frame, line=line, draws=self.choosing, position=line.position
            )
        return self._choosing[name]

    def certified(self, choice: IntArray) -> tuple[Certified, ...]:
        """What a choice reaches on draws that no decision has seen."""
        draws = planning_draws(self.source, self.risk.certifying, first=CERTIFYING)
        found = []
        for line in self.lines:
            year = DrawnYear(frame=self.problem.frame, line=line, draws=draws, position=line.position)
            residual = year.residual(choice)
            met = met_draws(residual, line)
            replicates = met.reshape(-1, REPLICATE).mean(axis=1)
            low, high = replicate_interval(replicates)
            level = line.target.confidence or line.target.cvar or 0.0
            found.append(
                Certified(
                    target=line.target.target,
                    confidence=line.target.confidence,
                    level=level,
                    probability=float(met.mean()),
                    low=max(0.0, float(low)),
                    high=min(1.0, float(high)),
                    cvar=cvar(residual, level),
                )
            )
        return tuple(found)


def met_draws(residual: FloatArray, line: TargetLine) -> npt.NDArray[np.bool_]:
    """Draws that meet a target, by the one rule: array (draw) bool."""
    return is_met(residual, line.cap, line.base)


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
