"""What a report is made of: a region, a plan, what the plan does, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmscenario.plan import Plan
from rmscenario.region import Region
from rmscenario.region.footprint import Target
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import RoundStatus
from rmscenario.reporting.language import Lang, name

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


def report_year(region: Region) -> int:
    """The year a plan is read in: that of the first target in priority, else the last start year."""
    targets = sorted(region.active_targets, key=lambda target: target.priority)
    year = targets[0].year if targets else region.settings.last_start
    return min(max(year, region.settings.first_year), region.settings.end_year)


def footprint_stream(region: Region) -> str:
    """Name of the stream tonnes are reported in: the footprint in the region's account."""
    return f"{FOOTPRINT}@{region.settings.account}"


def next_round(region: Region) -> AgreementRound | None:
    """The round that is signed next: the first one that is open."""
    return next((row for row in region.rounds if row.status is RoundStatus.OPEN), None)


def measure_of(region: Region, target: Target) -> str:
    """Unit of a target's quantity; of a sum over years without the year."""
    measure = next(row.measure for row in region.quantities if row.quantity == target.quantity)
    return measure.removesuffix("/a") if target.form.value == "cumulative" else measure


def unit_names(region: Region, lang: Lang) -> dict[str, str]:
    """Names of the units by id."""
    return {row.unit: name(row, lang) for row in region.units}


def split_option(label: str) -> tuple[str, str]:
    """(initiative, carrier unit) of an option's label."""
    initiative, _, unit = label.partition(":")
    return initiative, unit
