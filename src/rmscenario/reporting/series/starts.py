"""What starts where and when, with the tonnes of each start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rmscenario.plan import Start
from rmscenario.region import Region, report_year
from rmscenario.region.vocabulary import Delivery
from rmscenario.reporting.language import Lang, name, number, say
from rmscenario.reporting.results import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedStart:
    """A start with what the schedule shows of it; `row` is the unit's number, the last one for group-wide starts."""

    start: Start
    row: int
    track: int
    name: str
    tonnes: float


def placed_starts(result: Result, lang: Lang) -> list[PlacedStart]:
    """The plan's starts with unit, track and tonnes in the plan in the report year [tCO2e/a]."""
    region = result.region
    rows = {unit.unit: number for number, unit in enumerate(region.units)}
    tracks = {track.track: number for number, track in enumerate(region.tracks)}
    initiatives = {row.initiative: row for row in region.initiatives}
    year = report_year(region)
    tonnes = result.assessment["tonnes_in_plan"].sel(year=year)
    by_option = dict(zip(map(str, tonnes["option"].to_numpy()), tonnes.to_numpy().tolist(), strict=True))
    placed = []
    for start in result.plan.starts:
        initiative = initiatives[start.initiative]
        group = initiative.delivery is Delivery.GROUP
        placed.append(
            PlacedStart(
                start=start,
                row=len(region.units) if group else rows[start.unit],
                track=tracks[initiative.track],
                name=name(initiative, lang),
                tonnes=by_option[f"{start.initiative}:{start.unit}"],
            )
        )
    return placed


def row_names(region: Region, lang: Lang) -> list[str]:
    """Names of the rows of a schedule: the units, then what is group-wide."""
    return [*(name(unit, lang) for unit in region.units), say("word.group_wide.title", lang)]


def schedule_finding(region: Region, placed: Sequence[PlacedStart], lang: Lang) -> str:
    """How many starts there are, and how many of them in the first round, in one sentence."""
    if not placed:
        return say("schedule.finding.none", lang)
    first = region.settings.first_year
    last = next((row.last_year for row in region.rounds if row.first_year <= first <= row.last_year), first)
    soon = sum(item.start.start <= last for item in placed)
    return say(
        "schedule.finding", lang, starts=number(len(placed), lang), soon=number(soon, lang), first=first, last=last
    )
