"""What a report is made of: a region, a plan, what the plan does, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmscenario.plan import Plan
from rmscenario.region import Region, boundary_sources
from rmscenario.region.footprint import Target
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import RoundStatus
from rmscenario.reporting.language import Lang, name, probability

if TYPE_CHECKING:
    import xarray as xr

FOOTPRINT = "co2e"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A plan and what is known about it.

    Attributes
    ----------
    title : str
        The scenario's title in the language of the report.
    assessment : Dataset
        What the plan does and costs, by source, option and year.
    stress : Dataset, optional
        The plan on draws, by target and year.
    """

    title: str
    region: Region
    plan: Plan
    assessment: xr.Dataset
    stress: xr.Dataset | None = None


def footprint_stream(region: Region) -> str:
    """Name of the stream tonnes are reported in: the footprint in the region's account."""
    return stream_of(FOOTPRINT, region.settings.account)


def stream_of(quantity: str, account: str) -> str:
    """Name of the stream of a quantity: the footprint has one for each account."""
    return f"{quantity}@{account}" if quantity == FOOTPRINT else quantity


def next_round(region: Region) -> AgreementRound | None:
    """The round that is signed next: the first one that is open."""
    return next((row for row in region.rounds if row.status is RoundStatus.OPEN), None)


def measure_of(region: Region, target: Target) -> str:
    """Unit of a target's quantity; of a sum over years without the year."""
    measure = next(row.measure for row in region.quantities if row.quantity == target.quantity)
    return measure.removesuffix("/a") if target.form.value == "cumulative" else measure


def quantity_name(region: Region, target: Target, lang: Lang) -> str:
    """What a target's amounts are amounts of."""
    return next(name(row, lang) for row in region.quantities if row.quantity == target.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareReached:
    """How much of a whole is not a target's quantity, such as what is recycled of all waste [1].

    `wanted` is what the goal asks for; `background` what is reached without new initiatives. None where there is nothing
    of the whole.
    """

    plan: float | None
    background: float | None
    wanted: float


def share_reached(
    region: Region, target: Target, dataset: xr.Dataset, year: int, unit: str | None = None
) -> ShareReached | None:
    """The share that a target's goal names, in one year, in one unit or in all; None of a target whose goal is no share.

    Parameters
    ----------
    dataset : Dataset
        The plan's assessment.
    """
    if target.share_of is None or target.share is None:
        return None
    inside = {f"{at}:{category}" for at, category in boundary_sources(region, target.boundary) if unit in (None, at)}
    sources = [str(label) for label in dataset["source"].values if str(label) in inside]
    in_year = dataset.sel(year=year, source=sources)

    def share(variable: str) -> float | None:
        part, whole = (
            float(in_year[variable].sel(stream=stream_of(quantity, target.account)).sum())
            for quantity in (target.quantity, str(target.share_of))
        )
        return 1.0 - part / whole if whole > 0 else None

    return ShareReached(plan=share("quantity"), background=share("background"), wanted=target.share)


def chance_of(result: Result, target: Target, year: int, lang: Lang) -> str | None:
    """Probability of meeting a target in its year, in words; None where that was not stress tested."""
    stress = result.stress
    if stress is None or target.target not in stress["target"].to_numpy() or year not in stress["year"].to_numpy():
        return None
    met = float(stress["probability_due"].sel(target=target.target))
    return probability(met, lang, int(stress.attrs["draws"]))


def in_words(region: Region, word: str, lang: Lang) -> str:
    """A word of the tables in a language; as it stands where `words` has no row for it."""
    return next((name(row, lang) for row in region.words if row.word == word), word)


def unit_names(region: Region, lang: Lang) -> dict[str, str]:
    """Names of the units by id."""
    return {row.unit: name(row, lang) for row in region.units}


def split_option(label: str) -> tuple[str, str]:
    """(initiative, carrier unit) of an option's label."""
    initiative, _, unit = label.partition(":")
    return initiative, unit
