"""A region arranged for plans under risk: its draws, the residuals of its targets on them, and plans whose tails are held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine, evaluate, pool_products
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.errors import NoPlanError, WorkLimitError
from rmscenario.money import metered_prices
from rmscenario.planning.functional import cost_functional
from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import Planned, PlannerOptions, plan_problem
from rmscenario.planning.problem import build_problem
from rmscenario.planning.progress import Progress, Stop, never, silent
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind
from rmscenario.risk.drawn import DrawnYear, PlanningDraws, planning_draws
from rmscenario.risk.held import Rule, UnderRisk
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import REPLICATE, DrawSource, uncertain_inputs

#: Replicates with which sets of draws begin, so that none is used twice, nor any of a stress test.
PLANNING, CHOOSING = 5_000_000, 10_000_000
#: What counts of a target's residuals: array (draw) -> number [the target's unit].
Measure = Callable[[FloatArray], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskOptions:
    """Draws of a plan under risk: numbers of them, seed and sampler; and the share in which all targets shall be met.

    Attributes
    ----------
    bounding : int
        Draws whose least costs bound what a confidence costs; 0: no bound is computed.
    """

    planning: int = 20_000
    choosing: int = 20_000
    certifying: int = 50 * REPLICATE
    bounding: int = 100
    seed: int = 0
    sampler: Sampler = Sampler.SOBOL
    joint: float | None = None


def at_risk(lines: Iterable[TargetLine]) -> tuple[TargetLine, ...]:
    """Targets that ask for a confidence, a mean of the worst or the mean of the draws."""
    return tuple(line for line in lines if line.target.under_risk)


class Arranged:
    """What is arranged once serves every plan of one region."""

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
        self.lines = at_risk(self.problem.lines)
        self.source = self.source_of(risk.sampler)
        self.tail_groups = 0
        #: Whether the last search without a plan showed that there is none, on the draws that it took.
        self.proven = False
        self.cost = cost_functional(self.problem.frame, self.problem.money)
        self._years: dict[tuple[str, int], DrawnYear] = {}
        self._chosen: dict[str, DrawnYear] = {}
        self._held: dict[str, set[int]] = {}

    @cached_property
    def draws(self) -> PlanningDraws:
        """Draws on which plans are made."""
        return planning_draws(self.source, self.risk.planning, first=PLANNING)

    @cached_property
    def choosing(self) -> PlanningDraws:
        """Draws on which plans with a confidence are chosen."""
        return planning_draws(self.source, self.risk.choosing, first=CHOOSING)

    def source_of(self, sampler: Sampler, choice: IntArray | None = None) -> DrawSource:
        """Draws of what targets hang on, under a choice (None: of all options)."""
        problem = self.problem
        inputs = uncertain_inputs(problem.region, problem.frame.structure.table, choice, money=False)
        return DrawSource(inputs, self.risk.seed, sampler)

    def net(self, choice: IntArray) -> float:
        """Net present value of a choice at the modes: money alone [million DKK]."""
        structure = self.problem.frame.structure
        prices = metered_prices(structure, PriceKind.CARBON_VALUE) * self.problem.money.discount
        avoided = evaluate(structure, structure.table.nothing_new()).leaf - evaluate(structure, choice).leaf
        return self.worth(choice) + float((prices * avoided).sum()) / MILLION

    def worth(self, choice: IntArray) -> float:
        """Net present value of a choice at the modes, less its carbon value [million DKK]."""
        structure = self.problem.frame.structure
        first_year = np.unique(self.problem.frame.year_column, return_index=True)[1]
        products = pool_products(structure, structure.table.deployed(choice)[:, first_year])
        return self.cost.value(self.problem.frame.columns_chosen(choice), products)

    def planning_year(self, line: TargetLine, position: int | None = None) -> DrawnYear:
        """A target's residual on the planning draws, in its year if in no other."""
        at = line.position if position is None else position
        key = (line.target.target, at)
        if key not in self._years:
            self._years[key] = DrawnYear(frame=self.problem.frame, line=line, draws=self.draws, position=at)
        return self._years[key]

    def choosing_year(self, line: TargetLine) -> DrawnYear:
        """A target's residual in its year on the choosing draws."""
        name = line.target.target
        if name not in self._chosen:
            self._chosen[name] = DrawnYear(
                frame=self.problem.frame, line=line, draws=self.choosing, position=line.position
            )
        return self._chosen[name]

    def held_at(
        self, rules: Mapping[str, Rule], start: Planned | None, nodes: int | None = None, first: int | None = None
    ) -> Planned | None:
        """The plan whose tails keep some rules, None if there is none; later years follow where it exceeds them.

        Parameters
        ----------
        first : int, optional
            Of the planning draws the first so many alone count; None: all.
        """
        search = self.options.search if nodes is None else replace(self.options.search, max_nodes=nodes)
        draws, years = self.draws, self._years
        if first is not None and first < draws.count:
            draws, years = draws.first(first), {}
        while True:
            aims = UnderRisk(
                problem=self.problem,
                draws=draws,
                rules=rules,
                years=years,
                held=self._held,
                first=None if start is None else start.choice,
                point=None if start is None else start.point,
            )
            try:
                planned = plan_problem(
                    self.problem,
                    replace(self.options, search=search),
                    aims,
                    start=start,
                    progress=self.progress,
                    stop=self.stop,
                )
            except NoPlanError as error:
                if self.stop():
                    raise
                self.proven = not isinstance(error, WorkLimitError)
                return None
            self.tail_groups += sum(len(tails.groups) for tails in aims.tails)
            if not self._exceeds(planned.choice, {name: rule.measure for name, rule in rules.items()}, draws, years):
                return planned

    def held_years(self, line: TargetLine) -> tuple[int, ...]:
        """Positions of the years in which a hard target is judged: its own, and those that plans were found to exceed."""
        return tuple(sorted(self._held.get(line.target.target, {line.position})))

    def exceeds(self, choice: IntArray, measures: Mapping[str, Measure]) -> bool:
        """Whether a hard target is exceeded in a year that was not judged yet; it is from now on.

        Parameters
        ----------
        measures : what counts of the residuals of each target under risk
        """
        return self._exceeds(choice, measures, self.draws, self._years)

    def _exceeds(
        self,
        choice: IntArray,
        measures: Mapping[str, Measure],
        draws: PlanningDraws,
        years: dict[tuple[str, int], DrawnYear],
    ) -> bool:
        """The same, on some draws; residuals of the years that are found are put into `years`."""
        found = False
        for line in self.problem.lines:
            if not line.target.hard or line.target.target not in measures:
                continue
            known = self._held.setdefault(line.target.target, {line.position})
            for position in sorted(set(np.flatnonzero(line.held).tolist()) - known):
                year = DrawnYear(frame=self.problem.frame, line=line, draws=draws, position=position)
                if not is_met(measures[line.target.target](year.residual(choice)), line.cap, line.base):
                    known.add(position)
                    years[line.target.target, position] = year
                    found = True
                    break
        return found
