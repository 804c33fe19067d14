"""How sure a target is: what is left in its year on the draws of the stress test, as a histogram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.constants import PERCENTILES
from rmscenario.region.footprint import Target
from rmscenario.reporting.language import Lang, brief, measured, number, percent, probability, say
from rmscenario.reporting.results import FOOTPRINT, Result
from rmscenario.reporting.series.gap import GapData, gap_data

FloatArray = npt.NDArray[np.float64]
BINS = 60
#: [1] Quantiles of all outcomes, with the plan and without, between which the bins lie.
_SHOWN = (0.0005, 0.9995)
#: [unit shown] Width of a histogram whose outcomes are all the same.
_NO_WIDTH = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """A target's residual over the draws, in the unit shown.

    Attributes
    ----------
    met : float
        Share of the draws that meet the target in its year [1].
    edges : array (bin + 1) [gap.scale.unit]
    shares, shares_before : array (bin) [%]
        Draws in each bin, with the plan and without new initiatives.
    draws, kept : int
        Draws of the stress test, and those whose outcomes are kept and shown.
    """

    gap: GapData
    met: float
    low: float
    middle: float
    high: float
    edges: FloatArray
    shares: FloatArray
    shares_before: FloatArray
    draws: int
    kept: int


def outcomes(result: Result, target: Target, lang: Lang, bins: int = BINS) -> Outcomes | None:
    """Outcomes of a target; None where there are no draws of it."""
    stress = result.stress
    if stress is None or target.target not in stress["target"].to_numpy():
        return None
    gap = gap_data(result, target, lang)
    chosen = stress.sel(target=target.target)
    if chosen["sample"].size == 0 or gap.year not in chosen["year"].to_numpy():
        return None
    sample, before = (
        chosen[key].to_numpy().astype(np.float64) * gap.scale.factor for key in ("sample", "background_sample")
    )
    at_year = chosen.sel(year=gap.year)
    low, middle, high = (float(at_year[key]) * gap.scale.factor for key in PERCENTILES)
    first, last = (float(edge) for edge in np.quantile(np.concatenate([sample, before]), _SHOWN))
    edges = np.linspace(first, first + max(last - first, _NO_WIDTH), bins + 1)
    shares, shares_before = (100.0 * np.histogram(values, bins=edges)[0] / sample.size for values in (sample, before))
    return Outcomes(
        gap=gap,
        met=float(at_year["probability_met"]),
        low=low,
        middle=middle,
        high=high,
        edges=edges,
        shares=shares,
        shares_before=shares_before,
        draws=int(stress.attrs["draws"]),
        kept=sample.size,
    )


def outcomes_finding(found: Outcomes, lang: Lang) -> str:
    """What the outcomes say, in one sentence."""
    gap = found.gap
    relative = gap.target.level is None and gap.base > 0
    low, high = (
        (percent(gap.change(found.low), lang), percent(gap.change(found.high), lang))
        if relative
        else (brief(found.low, lang), _of_what(measured(found.high, gap.scale.unit, lang), gap, lang))
    )
    chance = probability(found.met, lang, found.draws)
    return say("distribution.finding", lang, year=gap.year, probability=chance, low=low, high=high)


def outcomes_note(found: Outcomes, lang: Lang) -> str:
    """How many draws there are, and how many of them are kept and shown."""
    shown = say("distribution.shown", lang, kept=number(found.kept, lang)) if found.kept < found.draws else ""
    return say("distribution.note", lang, draws=number(found.draws, lang), shown=shown)


def _of_what(amount: str, gap: GapData, lang: Lang) -> str:
    """An amount with what it is of, where its unit does not say it."""
    if gap.target.quantity == FOOTPRINT:
        return amount
    return say("distribution.of", lang, amount=amount, quantity=gap.quantity[:1].lower() + gap.quantity[1:])
