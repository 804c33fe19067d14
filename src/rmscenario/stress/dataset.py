"""The results of a stress test as a labelled dataset.

Over `target` and `year` (cumulative targets: of the sum so far): `planned` (every input at its mode, every start on
time: modes are not means), `mean` and `mean_error`, `p05`, `p50`, `p95`, `probability_met` with `_error`, `_low`,
`_high`, `expected_shortfall`, and over `certainty` the `certain_reduction`. In the target years: `probability_due`,
`probability_of_reduction` over `step`, `sample` over `draw`. `probability_all_met` is that of all targets together.
Each stands again with `background_` before it: the running initiatives alone, on the same draws. Of the cost:
`npv_…`, `outlay_…`, `overrun_probability`. An `_error` is a Monte Carlo standard error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import xarray as xr

from rmscenario.constants import PERCENTILES
from rmscenario.emissions import UNIT_OF_TARGET, TargetLine
from rmscenario.options.deployment import FloatArray, IntArray
from rmscenario.region import Region
from rmscenario.scenario.run_options import StressOptions
from rmscenario.stress.statistics import Means, Quantiles
from rmscenario.uncertainty.intervals import CONFIDENCE

#: [1] Certainties with which a reduction is said to be reached.
CERTAINTIES = (0.5, 0.8, 0.9)
_PREFIXES = ("", "background_")

Variables = dict[str, tuple[tuple[str, ...], Any, dict[str, str]]]


class MoneyLine(IntEnum):
    """What is drawn of the cost."""

    NPV = 0
    OUTLAY = 1
    OVERRUN = 2


#: Of what is drawn of the cost, what has quantiles.
MONEY_QUANTILES = (MoneyLine.NPV, MoneyLine.OUTLAY)


@dataclass(slots=True, kw_only=True)
class Results:
    """What the draws so far have given. Lines: case (plan, background) × target × year, flattened.

    Attributes
    ----------
    years : array (year)
        Years reported.
    due : array (target)
        Position of each target's year in `years`.
    judged : array (target) bool
        Whether that year lies within the period.
    planned : array (case, target, year) [the target's unit]
    reached : array (case, target, step)
        Draws in which the target year's reduction is at least the step.
    money : lines as of `MoneyLine`
    quantiles : the lines, then npv and outlay
    sample : array (case × target and npv, draw)
    clipped : array (case)
        Draws in which an effect was cut off at 1.
    """

    NPV_OF_SAMPLE: ClassVar[int] = -1

    years: IntArray
    due: IntArray
    judged: npt.NDArray[np.bool_]
    steps: FloatArray
    planned: FloatArray
    planned_npv: float
    planned_outlay: float
    residual: Means
    shortfall: Means
    met: Means
    met_all: Means
    reached: IntArray
    money: Means
    quantiles: Quantiles
    sample: FloatArray
    clipped: IntArray = field(default_factory=lambda: np.zeros(2, dtype=np.int64))


def labelled(
    region: Region, lines: tuple[TargetLine, ...], options: StressOptions, results: Results, *, interrupted: bool
) -> xr.Dataset:
    """Results with names, units and the settings they came from."""
    draws = results.residual.draws
    variables = _targets(lines, results)
    quantiles = results.quantiles.at(np.asarray([*PERCENTILES.values(), *CERTAINTIES]))
    for case, prefix in enumerate(_PREFIXES):
        variables |= {f"{prefix}{name}": value for name, value in _case(lines, results, quantiles, case).items()}
    variables |= _cost(results, quantiles[: len(PERCENTILES), -len(MONEY_QUANTILES) :])
    coordinates = {
        "target": np.asarray([line.target.target for line in lines], dtype=str),
        "year": results.years,
        "certainty": np.asarray(CERTAINTIES),
        "step": results.steps,
        "draw": np.arange(min(draws, results.sample.shape[1])),
    }
    attributes = {
        "region": region.settings.region,
        "seed": options.seed,
        "sampler": str(options.sampler),
        "draws": draws,
        "draws_asked": options.draws,
        "interrupted": int(interrupted),
        "replicates": results.residual.replicates,
        "confidence": CONFIDENCE,
    }
    dataset = xr.Dataset(variables, coords=coordinates, attrs=attributes)
    dataset["certainty"].attrs = {"units": "1", "long_name": "probability with which it is reached"}
    dataset["step"].attrs = {"units": "1", "long_name": "reduction from the base"}
    return dataset


def _targets(lines: tuple[TargetLine, ...], results: Results) -> Variables:
    """What the targets are."""
    dims, units = ("target",), UNIT_OF_TARGET
    return {
        "cap": (dims, [line.cap for line in lines], units | {"long_name": "cap"}),
        "base": (dims, [line.base for line in lines], units | {"long_name": "amount a reduction is measured from"}),
        "target_year": (
            dims,
            results.years[results.due],
            {"units": "a", "long_name": "year in which the target is judged"},
        ),
        "judged": (dims, results.judged, {"units": "1", "long_name": "the target's year lies within the period"}),
        "target_units": (dims, [line.target.measure for line in lines], {"long_name": "unit of each target"}),
    }


def _case(lines: tuple[TargetLine, ...], results: Results, quantiles: FloatArray, case: int) -> Variables:
    """Statistics of the plan (case 0) or of the background (1)."""
    of = ("plan", "running initiatives alone")[case]
    shape = (2, len(lines), len(results.years))
    units, one = UNIT_OF_TARGET, {"units": "1"}
    dims = ("target", "year")

    def part(values: FloatArray) -> FloatArray:
        chosen: FloatArray = values.reshape(shape)[case]
        return chosen

    def due(values: FloatArray) -> FloatArray:
        chosen: FloatArray = part(values)[np.arange(len(lines)), results.due]
        return chosen

    variables: Variables = {
        "planned": (dims, results.planned[case], units | {"long_name": f"every input at its mode, {of}"}),
        "mean": (dims, part(results.residual.mean), units | {"long_name": f"mean, {of}"}),
        "mean_error": (dims, part(results.residual.error), units | {"long_name": f"standard error of the mean, {of}"}),
        "expected_shortfall": (
            dims,
            part(results.shortfall.mean),
            units | {"long_name": f"mean of what is above the cap, {of}"},
        ),
        "expected_shortfall_error": (
            dims,
            part(results.shortfall.error),
            units | {"long_name": f"standard error of the expected shortfall, {of}"},
        ),
    }
    count = shape[0] * shape[1] * shape[2]
    found = quantiles[:, :count]
    for name, quantile in zip(PERCENTILES, found[: len(PERCENTILES)], strict=True):
        variables[name] = (dims, part(quantile), units | {"long_name": f"{name[1:]} % quantile, {of}"})
    variables["quantile_error"] = (
        dims,
        part(results.quantiles.error[:count]),
        units | {"long_name": f"largest error of a quantile from counting in bins, {of}"},
    )
    base = np.asarray([line.base for line in lines])[:, None]
    certain = np.stack([_reduction(part(quantile), base) for quantile in found[len(PERCENTILES) :]])
    variables["certain_reduction"] = (
        ("certainty", *dims),
        certain,
        one | {"long_name": f"reduction from the base reached with this probability, {of}"},
    )
    for name, text, values in _probability(results.met, f"probability that the residual is within the cap, {of}"):
        variables[f"probability_met{name}"] = (dims, part(values), one | {"long_name": text})
        variables[f"probability_due{name}"] = (("target",), due(values), one | {"long_name": f"{text}, target year"})
    for name, text, values in _probability(
        results.met_all, f"probability that all targets are met in their years, {of}"
    ):
        variables[f"probability_all_met{name}"] = ((), values[case], one | {"long_name": text})
    reached = results.reached[case] / results.residual.draws
    variables["probability_of_reduction"] = (
        ("target", "step"),
        reached,
        one | {"long_name": f"probability of at least this reduction in the target year, {of}"},
    )
    drawn = results.sample[: results.NPV_OF_SAMPLE, : results.residual.draws]
    kept = drawn.reshape(2, len(lines), drawn.shape[1])[case]
    variables["sample"] = (("target", "draw"), kept, units | {"long_name": f"residual in the target year, {of}"})
    variables["clipped_draws"] = (
        (),
        results.clipped[case],
        one | {"long_name": f"draws in which an effect above 1 was cut off, {of}"},
    )
    return variables


def _probability(means: Means, text: str) -> tuple[tuple[str, str, FloatArray], ...]:
    """A probability, its error and the ends of its interval: ending of the name, long name, values."""
    low, high = means.interval()
    return (
        ("", text, means.mean),
        ("_error", f"standard error of the {text}", means.error),
        ("_low", f"lower end of the {text}", low),
        ("_high", f"upper end of the {text}", high),
    )


def _cost(results: Results, quantiles: FloatArray) -> Variables:
    """Cost of the plan."""
    npv, outlay, overrun = (results.money.mean[line] for line in MoneyLine)
    npv_error, outlay_error, overrun_error = (results.money.error[line] for line in MoneyLine)
    money = {"units": "DKK"}
    variables: Variables = {
        "npv_planned": ((), results.planned_npv, money | {"long_name": "net present value of the plan itself"}),
        "npv_mean": ((), npv, money | {"long_name": "mean net present value"}),
        "npv_error": ((), npv_error, money | {"long_name": "standard error of the mean net present value"}),
        "npv_sample": (
            ("draw",),
            results.sample[results.NPV_OF_SAMPLE, : results.residual.draws],
            money | {"long_name": "net present value"},
        ),
        "outlay_planned": (
            (),
            results.planned_outlay,
            money | {"long_name": "capital paid over the period by the plan itself, not discounted"},
        ),
        "outlay_mean": ((), outlay, money | {"long_name": "mean capital paid over the period, not discounted"}),
        "outlay_error": ((), outlay_error, money | {"long_name": "standard error of the mean capital paid"}),
        "overrun_probability": (
            (),
            overrun,
            {"units": "1", "long_name": "probability that more capital is paid than planned"},
        ),
        "overrun_probability_error": (
            (),
            overrun_error,
            {"units": "1", "long_name": "standard error of the probability that more capital is paid than planned"},
        ),
    }
    for name, (low, high) in zip(PERCENTILES, quantiles, strict=True):
        text = f"{name[1:]} % quantile of the"
        variables[f"npv_{name}"] = ((), low, money | {"long_name": f"{text} net present value"})
        variables[f"outlay_{name}"] = ((), high, money | {"long_name": f"{text} capital paid, not discounted"})
    return variables


def _reduction(residual: FloatArray, base: FloatArray) -> FloatArray:
    """Reduction from the base: array (target, year) [1]; NaN where there is no base."""
    reduction: FloatArray = np.divide(base - residual, base, out=np.full(residual.shape, np.nan), where=base > 0)
    return reduction
