"""A target's curves in the unit shown, and what they say in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rmscenario.constants import is_met
from rmscenario.region import Region
from rmscenario.region.footprint import Target
from rmscenario.region.vocabulary import TargetForm
from rmscenario.reporting.language import (
    Lang,
    Scale,
    brief,
    measured,
    percent,
    percent_beside,
    say,
    scale_of,
    shows_nothing,
)
from rmscenario.reporting.results import FOOTPRINT, Result, ShareReached, measure_of, quantity_name, share_reached
from rmscenario.reporting.risk_words import how_judged
from rmscenario.reporting.series.history import LEAP, published

FloatArray = npt.NDArray[np.float64]
#: [a] Years shown after the target year, and at least after the first year of the plan.
YEARS_AFTER, YEARS_OF_PLAN = 6, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GapData:
    """A target's curves in the unit shown.

    Attributes
    ----------
    years : array (year)
    plan, background : array (year) [scale.unit]
    within : bool
        Whether the plan is within the cap at the planned figures.
    met : bool
        Whether the target is met, a target under risk by its own measure.
    judged : float [scale.unit]
        What is compared with the cap: that measure, else what the plan leaves.
    how : str or None
        What of the draws `judged` is, in words; None of a target that is not under risk.
    """

    target: Target
    years: npt.NDArray[np.int64]
    plan: FloatArray
    background: FloatArray
    base: float
    cap: float
    year: int
    within: bool
    met: bool
    judged: float
    how: str | None
    scale: Scale
    quantity: str
    share: ShareReached | None

    @property
    def axis(self) -> str:
        """What an axis of amounts shows."""
        unit = self.scale.unit if self.target.form is TargetForm.CUMULATIVE else self.scale.per_year
        return unit if self.target.quantity == FOOTPRINT else f"{self.quantity} ({unit})"

    @property
    def residual(self) -> float:
        """The plan in the target year."""
        return float(self.plan[np.searchsorted(self.years, self.year)])

    @property
    def residual_background(self) -> float:
        """The background in the target year."""
        return float(self.background[np.searchsorted(self.years, self.year)])

    def change(self, amount: float) -> float:
        """Change from the base [1]; negative is less."""
        return amount / self.base - 1.0


def gap_data(result: Result, target: Target, lang: Lang) -> GapData:
    """Curves of one target of an assessment."""
    chosen = result.assessment.sel(target=target.target)
    years = chosen["year"].to_numpy().astype(np.int64)
    plan = chosen["residual"].to_numpy().astype(np.float64)
    background = chosen["background_residual"].to_numpy().astype(np.float64)
    base, cap, year = float(chosen["base"]), float(chosen["cap"]), int(chosen["target_year"])
    scale = scale_of(measure_of(result.region, target), max(base, float(background.max())), lang)
    residual = float(plan[np.searchsorted(years, year)])
    judged, certified = result.plan.judged(target.target, residual), result.plan.certified(target.target)
    return GapData(
        target=target,
        years=years,
        plan=plan * scale.factor,
        background=background * scale.factor,
        base=base * scale.factor,
        cap=cap * scale.factor,
        year=year,
        within=is_met(residual, cap, base),
        met=is_met(judged, cap, base),
        judged=judged * scale.factor,
        how=None if certified is None else how_judged(certified.confidence, certified.level, lang),
        scale=scale,
        quantity=quantity_name(result.region, target, lang),
        share=share_reached(result.region, target, result.assessment, year),
    )


def _reached(gap: GapData, lang: Lang) -> str:
    """The plan's change from the base, with one more decimal where a miss would read as the goal."""
    change = gap.change(gap.residual)
    return percent(change, lang) if gap.within else percent_beside(change, gap.change(gap.cap), lang)


def finding(gap: GapData, lang: Lang, chance: str | None = None) -> str:
    """What a target's curve says, in one sentence.

    Parameters
    ----------
    chance : str, optional
        Probability of meeting the target in the stress test: what is met at the planned figures may be far from sure.
    """
    said = "" if chance is None else say("curve.chance", lang, probability=chance)
    if gap.how is not None:
        return say(
            f"curve.finding.risk.{'met' if gap.met else 'missed'}",
            lang,
            how=gap.how,
            judged=measured(gap.judged, gap.scale.unit, lang),
            cap=measured(gap.cap, gap.scale.unit, lang),
            residual=measured(gap.residual, gap.scale.unit, lang),
            year=gap.year,
            chance=said,
        )
    miss = gap.residual - gap.cap
    values = {
        "year": gap.year,
        "residual": measured(gap.residual, gap.scale.unit, lang),
        "miss": measured(abs(miss), gap.scale.unit, lang),
        "change": _reached(gap, lang) if gap.base > 0 else "",
        "aim": percent(gap.change(gap.cap), lang) if gap.base > 0 else "",
    }
    if gap.share is not None and gap.share.plan is not None:
        form = "share"
        values["share"] = percent_beside(gap.share.plan, gap.share.wanted, lang)
        values["wanted"] = percent(gap.share.wanted, lang)
    else:
        form = "change" if gap.target.level is None and gap.base > 0 else "level"
    if form != "change":
        values["quantity"] = gap.quantity
    below = "curve.margin.share" if form == "share" else "curve.margin"
    exact = "curve.margin.share.exact" if form == "share" else "curve.margin.exact"
    values["margin"] = say(exact if shows_nothing(miss) else below, lang, miss=values["miss"])
    values["chance"] = said
    return say(f"curve.finding.{form}.{'met' if gap.met else 'missed'}", lang, **values)


def last_year_shown(region: Region, gap: GapData) -> int:
    """Years are shown some way past the target, not to the far end of the period."""
    first = region.settings.first_year
    return min(int(gap.years[-1]), max(gap.year + YEARS_AFTER, first + YEARS_OF_PLAN))


def difference_note(region: Region, gap: GapData, lang: Lang) -> str:
    """Says where the latest account and the background differ: the background starts from the base year alone."""
    if gap.target.quantity != FOOTPRINT or gap.target.form is TargetForm.CUMULATIVE:
        return ""
    after = [
        (year, value * gap.scale.factor)
        for year, value in published(region, gap.target.account, gap.target.boundary)
        if year > region.settings.base_year and year in gap.years
    ]
    if not after:
        return ""
    year, shown_then = after[-1]
    computed = float(gap.background[np.searchsorted(gap.years, year)])
    if abs(computed - shown_then) <= LEAP * shown_then:
        return ""
    shown = {"published": measured(shown_then, gap.scale.unit, lang), "computed": brief(computed, lang)}
    return say("curve.differs", lang, year=year, base_year=region.settings.base_year, **shown)
