"""The stress test: a fixed plan, and nothing more than what runs, on the same draws."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, fields
from enum import IntEnum
from hashlib import sha256

import numpy as np
import numpy.typing as npt
import xarray as xr

from rmscenario.blocks import Arrays, Pool, streamed
from rmscenario.constants import is_met
from rmscenario.emissions import build_structure, target_lines
from rmscenario.money import build_money, metered_prices
from rmscenario.options import OptionTable, build_options
from rmscenario.options.deployment import FloatArray
from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.vocabulary import PriceKind
from rmscenario.scenario.run_options import StressOptions
from rmscenario.stress.dataset import MONEY_QUANTILES, MoneyLine, Results, labelled
from rmscenario.stress.deployment import Delivery, delivery_of
from rmscenario.stress.kernel import cost_draws
from rmscenario.stress.quantities import FixedChoice, Outcome, in_batches
from rmscenario.stress.statistics import Means, Quantiles
from rmscenario.uncertainty import REPLICATE, Delivered, Draws, DrawSource, at_modes, uncertain_inputs

#: Replicates that go to a worker together, unless asked for.
BLOCK = 4
#: [1] Draws whose residuals in the target years are kept for figures.
SAMPLE = 100_000
#: Reductions whose probabilities are reported: so many steps of the same width from 0 to 1.
STEP_COUNT = 20
STEPS = tuple(step / STEP_COUNT for step in range(STEP_COUNT + 1))


def run_stress(
    region: Region,
    plan: Plan,
    options: StressOptions,
    progress: Callable[[int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    *,
    pool: Pool | None = None,
    block: int = BLOCK,
) -> xr.Dataset:
    """Evaluate a plan on draws; it is never planned again.

    Parameters
    ----------
    progress : callable, optional
        Called with the number of draws done.
    stop : callable
        Asked after every replicate; when it says yes, the draws made so far are reported, those of one replicate at least.
    pool : Pool, optional
        Who evaluates the draws; None: threads of this process. The results are the same by any of them.
    block : int
        Replicates that go to a worker of a pool together.

    Returns
    -------
    Dataset
        Variables as `stress.dataset` lists them; each has `units` and `long_name`.

    Raises
    ------
    PoolError
        When the cluster cannot be reached.
    """
    test = StressTest(region, plan, options)
    results, done = test.results(), 0
    replicates = -(-options.draws // REPLICATE)
    with closing(streamed(test, replicates, pool=pool, block=block, stop=stop)) as outcomes:
        for outcome in outcomes:
            count = min(REPLICATE, options.draws - done)
            test.add(Tested(**outcome), count, results)
            done += count
            if progress is not None:
                progress(done)
            if stop():
                break
    if not done:  # it was stopped while it waited for the first
        done = min(REPLICATE, options.draws)
        test.add(Tested(**test.ready()(0)), done, results)
    return labelled(region, test.lines, options, results, interrupted=done < options.draws)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A replicate's results, of the plan (case 0) and of the background (1).

    Attributes
    ----------
    residual : array (case, target, year reported, draw) [the target's unit]
        Of cumulative targets the sum so far.
    npv, outlay : array (draw) [DKK]
    clipped : array (case, draw) bool
    """

    residual: FloatArray
    npv: FloatArray
    outlay: FloatArray
    clipped: npt.NDArray[np.bool_]


class StressTest:
    """A plan compiled for the test, together with the background.

    To other processes it goes as what it is made of; its numbers are those of the replicates.
    """

    def __init__(self, region: Region, plan: Plan, options: StressOptions) -> None:
        self._made_of = (region, plan, options)
        table = build_options(region)
        structure = build_structure(region, table)
        choice, nothing = table.choice(plan), table.nothing_new()
        self.region, self.table, self.draws = region, table, options.draws
        self.lines = target_lines(structure)
        self.inputs = uncertain_inputs(region, table, choice)
        self.delivery = delivery_of(region, table, choice)
        last = len(table.years) - 1
        due = np.asarray([min(line.position, last) for line in self.lines], dtype=np.int64)
        wanted = {int(np.searchsorted(table.years, year)) for year in options.years if year in region.years}
        reported = sorted(wanted | set(due.tolist()))
        summed = {int(t) for line in self.lines if line.cumulative for t in np.flatnonzero(line.held)}
        self.evaluated = np.asarray(sorted(summed | set(reported)), dtype=np.int64)
        self.reported = np.searchsorted(self.evaluated, reported)
        self.due = np.searchsorted(reported, due)
        self.judged = np.asarray([line.position <= last for line in self.lines], dtype=bool)
        prices = sum(metered_prices(structure, kind) for kind in _MONEY_PRICES) * build_money(region, table).discount
        self.plan, self.background = (
            FixedChoice(
                structure=structure,
                inputs=self.inputs,
                delivery=delivery,
                lines=self.lines,
                prices=prices,
                years=self.evaluated,
            )
            for delivery in (self.delivery, delivery_of(region, table, nothing))
        )
        self.cost = _Cost(region, table, self.delivery)
        self.years = table.years[reported]

    def __reduce__(self) -> tuple[type[StressTest], tuple[Region, Plan, StressOptions]]:
        return StressTest, self._made_of

    @property
    def key(self) -> str:
        """Hash of everything that the outcomes depend on, but for the numbers."""
        return sha256(pickle.dumps(self._made_of)).hexdigest()

    def ready(self) -> Callable[[int], Arrays]:
        """What comes of a replicate, as `Tested` names it."""
        _, _, options = self._made_of
        source = DrawSource(self.inputs, options.seed, options.sampler)
        names = [field.name for field in fields(Tested)]

        def one(number: int) -> Arrays:
            outcome = self.outcome(source.replicate(number))
            return {name: getattr(outcome, name) for name in names}

        return one

    def results(self) -> Results:
        """Empty results, with what the plan itself says of every input at its mode."""
        modes = at_modes(self.inputs)
        planned, before = self.plan.evaluate(modes), self.background.evaluate(modes)
        net, outlay = self.cost.planned()
        targets, years = len(self.lines), len(self.years)
        lines = 2 * targets * years
        return Results(
            years=self.years,
            due=self.due,
            judged=self.judged,
            steps=np.asarray(STEPS),
            planned=np.stack([self._residual(planned)[..., 0], self._residual(before)[..., 0]]),
            planned_npv=net - float(before.value[0] - planned.value[0]),
            planned_outlay=outlay,
            residual=Means(lines),
            shortfall=Means(lines),
            met=Means(lines),
            met_all=Means(2),
            reached=np.zeros((2, targets, len(STEPS)), dtype=np.int64),
            money=Means(len(MoneyLine)),
            quantiles=Quantiles(lines + len(MONEY_QUANTILES), self.draws),
            sample=np.empty((2 * targets + 1, min(SAMPLE, self.draws))),
        )

    def outcome(self, draws: Draws) -> Tested:
        """What comes of one replicate of draws."""
        planned, before = self.plan.evaluate(draws), self.background.evaluate(draws)
        net, outlay = self.cost.drawn(draws)
        return Tested(
            residual=np.stack([self._residual(planned), self._residual(before)]),
            npv=net - draws.metered * (before.value - planned.value),
            outlay=outlay,
            clipped=np.stack([planned.clipped, before.clipped]),
        )

    def add(self, outcome: Tested, count: int, results: Results) -> None:
        """Add the first `count` draws of a replicate to the results."""
        residual, npv, outlay = outcome.residual[..., :count], outcome.npv[:count], outcome.outlay[:count]
        shortfall, met = np.empty_like(residual), np.empty_like(residual)
        steps = np.asarray(STEPS)[:, None]
        met_all = np.ones((2, count), dtype=bool)
        for number, line in enumerate(self.lines):
            here = residual[:, number]
            shortfall[:, number] = np.maximum(0.0, here - line.cap)
            met[:, number] = is_met(here, line.cap, line.base)
            if self.judged[number]:
                met_all &= met[:, number, self.due[number]] > 0
            for case, judged in enumerate(here[:, self.due[number]]):
                reached = is_met(judged, line.base * (1.0 - steps), line.base)
                results.reached[case, number] += np.count_nonzero(reached, axis=1)
        flat = residual.reshape(-1, count)
        results.residual.add(flat)
        results.shortfall.add(shortfall.reshape(-1, count))
        results.met.add(met.reshape(-1, count))
        results.met_all.add(met_all.astype(np.float64))
        money = {
            MoneyLine.NPV: npv,
            MoneyLine.OUTLAY: outlay,
            MoneyLine.OVERRUN: outlay > results.planned_outlay * (1 + _OVERRUN),
        }
        results.money.add(np.stack([money[line] for line in MoneyLine]))
        results.quantiles.add(np.vstack([flat, *(money[line] for line in MONEY_QUANTILES)]))
        results.clipped += np.count_nonzero(outcome.clipped[:, :count], axis=1)
        first = results.residual.draws - count
        last = min(results.residual.draws, results.sample.shape[1])
        if first < last:
            judged = residual[:, np.arange(len(self.lines)), self.due].reshape(-1, count)
            results.sample[:, first:last] = np.vstack([judged, npv])[:, : last - first]

    def _residual(self, outcome: Outcome) -> FloatArray:
        """Residuals in the years reported; of cumulative targets the sum so far: array (target, year, draw)."""
        residual = outcome.residual[:, self.reported]
        for number, line in enumerate(self.lines):
            if line.cumulative:
                held = line.held[self.evaluated]
                so_far = np.cumsum(np.where(held[:, None], outcome.residual[number], 0.0), axis=0)
                residual[number] = so_far[self.reported]
        return residual


_MONEY_PRICES = (PriceKind.SAVING_CASHABLE, PriceKind.SAVING_AVOIDED)
#: [1] Share of the planned outlay above which a draw counts as an overrun, not as rounding.
_OVERRUN = 1e-9


class _Kind(IntEnum):
    """Kinds of money that draws move apart, in the order of `stress.kernel.cost_draws`; all but the outlay are discounted."""

    CAPEX = 0
    OPEX = 1
    SAVING = 2
    OUTLAY = 3


#: What makes the net cost; the outlay is the same capital again, as it is paid.
_NET = (_Kind.CAPEX, _Kind.OPEX, _Kind.SAVING)


class _Cost:
    """Discounted cost of the new starts without metered savings, and their outlay."""

    def __init__(self, region: Region, table: OptionTable, delivery: Delivery) -> None:
        kinds = {
            _Kind.CAPEX: delivery.capex,
            _Kind.OPEX: delivery.opex,
            _Kind.SAVING: -delivery.saving,
            _Kind.OUTLAY: delivery.outlay,
        }
        amounts = np.stack([kinds[kind] for kind in _Kind], axis=1)
        numbers = {row.initiative: number for number, row in enumerate(region.initiatives)}
        self._options = np.flatnonzero(amounts.any(axis=(1, 2)))
        self._amounts = amounts[self._options]
        initiatives = [numbers[table.options[option].initiative.initiative] for option in self._options]
        self._initiatives = np.asarray(initiatives, dtype=np.int64)

    def planned(self) -> tuple[float, float]:
        """Discounted cost and outlay with every amount as in the tables, every start on time [DKK]."""
        on_time = self._amounts[:, :, Delivered.ON_TIME].sum(axis=0)
        return float(on_time[list(_NET)].sum()), float(on_time[_Kind.OUTLAY])

    def drawn(self, draws: Draws) -> tuple[FloatArray, FloatArray]:
        """Discounted cost and outlay on one replicate: two arrays (draw) [DKK]."""
        net, outlay = np.zeros(REPLICATE), np.zeros(REPLICATE)
        cost_draws(
            *(self._options, self._initiatives, self._amounts),
            *(in_batches(drawn) for drawn in (draws.delivered, draws.capex, draws.opex, draws.saving)),
            *(in_batches(result) for result in (net, outlay)),
        )
        return net, outlay
