"""The schedule: every start with its unit, track and year, to be narrowed by the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rmscenario.region import report_year
from rmscenario.region.grades import weakest
from rmscenario.reporting.added import added, is_decided
from rmscenario.reporting.language import Lang, name, say
from rmscenario.reporting.page import charts
from rmscenario.reporting.page.parts import HEIGHT, Figure, Filtered
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.starts import PlacedStart, row_names, schedule_finding
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet, grade_word

#: Id of the group-wide starts among the units.
GROUP_WIDE = "group"


def schedule(result: Result, placed: Sequence[PlacedStart], lang: Lang) -> Figure:
    """Starts by year and track, and the list of them."""
    region, year = result.region, report_year(result.region)
    settings = region.settings
    years = tuple(range(settings.first_year, settings.last_start + 1))
    names, tracks = row_names(region, lang), region.tracks
    ids = [*(unit.unit for unit in region.units), GROUP_WIDE]
    ordered = sorted(placed, key=lambda item: (item.start.start, item.row, item.track, item.start.initiative))
    counts = {track.track: dict.fromkeys(years, 0) for track in tracks}
    for item in ordered:
        counts[tracks[item.track].track][item.start.start] += 1
    series = []
    for number, track in enumerate(tracks):
        colour, pattern = charts.LAYERS[number % len(charts.LAYERS)]
        data = list(counts[track.track].values())
        series.append(charts.bars(name(track, lang), data, colour, pattern=pattern, stack="starts", barMaxWidth=70))
    return Figure(
        name="schedule",
        finding=schedule_finding(region, placed, lang),
        about=say("schedule.subtitle", lang, scenario=result.title),
        option=charts.frame(
            x=charts.places([str(at) for at in years]),
            y=charts.amounts(say("page.starts", lang), min=0, minInterval=1),
            series=series,
            height=HEIGHT,
        ),
        said=(),
        table=_table(result, ordered, names, year, lang),
        notes=(say("page.schedule.note", lang, year=year), *_adding(result, placed, year, lang)),
        filtered=Filtered(
            units=tuple(zip(ids, names, strict=True)),
            tracks=tuple((track.track, name(track, lang)) for track in tracks),
            keys=tuple((ids[item.row], tracks[item.track].track, item.start.start) for item in ordered),
            years=years,
            series=tuple(track.track for track in tracks),
        ),
    )


def _adding(result: Result, placed: Sequence[PlacedStart], year: int, lang: Lang) -> Iterator[str]:
    """What adds emissions, all its starts together, and why it is there all the same."""
    tonnes: dict[str, float] = defaultdict(float)
    for item in placed:
        tonnes[item.start.initiative] += item.tonnes
    for row in result.region.initiatives:
        starts = [item.start for item in placed if item.start.initiative == row.initiative]
        decided = all(is_decided(result.region, start.initiative, start.unit) for start in starts)
        if text := added(row, tonnes[row.initiative], year, lang, decided=decided):
            yield text


def _table(result: Result, ordered: Sequence[PlacedStart], names: Sequence[str], year: int, lang: Lang) -> Sheet:
    region = result.region
    grades = {
        row.initiative: weakest(effect.grade for effect in region.effects if effect.initiative == row.initiative)
        for row in region.initiatives
    }
    rows: list[tuple[Cell, ...]] = [
        (
            f"{item.start.initiative} {item.name}",
            names[item.row],
            name(region.tracks[item.track], lang),
            float(item.start.start),
            item.start.level,
            item.tonnes,
            grade_word(grades[item.start.initiative], lang),
        )
        for item in ordered
    ]
    return Sheet(
        title=say("page.schedule.table", lang),
        short="",
        note="",
        columns=(
            Column(heading=say("agreement.initiative", lang)),
            Column(heading=say("agreement.unit", lang)),
            Column(heading=say("agreement.track", lang)),
            Column(heading=say("agreement.start", lang), decimals=0, form=Form.YEAR),
            Column(heading=say("agreement.level", lang), decimals=0, form=Form.SHARE),
            Column(heading=say("page.tonnes", lang, year=year), decimals=0),
            Column(heading=say("agreement.grade.effect", lang)),
        ),
        rows=tuple(rows),
    )
