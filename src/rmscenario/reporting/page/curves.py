"""Figures over years: target-gap curves, published accounts, and the wedge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.constants import PERCENTILES
from rmscenario.region import report_year
from rmscenario.region.footprint import Target
from rmscenario.region.vocabulary import RoundStatus, TargetForm
from rmscenario.reporting.language import Lang, brief, measured, name, percent, say, scale_of, shows_nothing
from rmscenario.reporting.page import charts
from rmscenario.reporting.page.parts import HEIGHT, Figure
from rmscenario.reporting.palette import BLUE, FAINT, GREEN, INK, ORANGE, PURPLE, SOFT, VERMILLION, VERMILLION_TEXT
from rmscenario.reporting.results import FOOTPRINT, Result, chance_of
from rmscenario.reporting.series.gap import (
    YEARS_AFTER,
    YEARS_OF_PLAN,
    GapData,
    difference_note,
    finding,
    gap_data,
    last_year_shown,
)
from rmscenario.reporting.series.history import break_note, leaps, others_of, published, rise
from rmscenario.reporting.series.wedge import FloatArray, wedge_data, wedge_finding
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet
from rmscenario.reporting.sources import reference_titles

_DASHED, _DOTTED, _TARGET = [7, 4], [2, 3], [12, 3, 2, 3]
#: Colour, dash and symbol of published series of other methods.
_OTHERS = (
    (VERMILLION, _DASHED, "rect"),
    (GREEN, _TARGET, "triangle"),
    (PURPLE, _DOTTED, "diamond"),
    (ORANGE, [1, 1], "rect"),
)
Values = dict[int, float]
#: [px] Height of a figure over years.
_HEIGHT = 430
#: [1] Height of the axes of a curve over its highest amount: the names of rounds stand there.
_HEADROOM = 1.1
#: [1] Share of the axis below which the gap is too short to stand beside its amount.
_SHORT = 0.09
#: [a] An axis longer than this has no room for the names of rounds.
_LONG = 24


def decimals_of(largest: float) -> int:
    """Decimals of a table's amounts: three digits that matter at the largest."""
    return 0 if largest >= 1000 else 1 if largest >= 10 else 2


def by_year(heading: str, years: Sequence[int], columns: Sequence[tuple[str, Values]], lang: Lang) -> Sheet:
    """A table of amounts by year; years without any amount are left out."""
    kept = [year for year in years if any(year in values for _, values in columns)]
    decimals = decimals_of(max((abs(value) for _, values in columns for value in values.values()), default=0.0))
    rows: list[tuple[Cell, ...]] = [(float(year), *(values.get(year) for _, values in columns)) for year in kept]
    return Sheet(
        title=heading,
        short="",
        note="",
        columns=(
            Column(heading=say("page.year", lang), decimals=0, form=Form.YEAR),
            *(Column(heading=text, decimals=decimals) for text, _ in columns),
        ),
        rows=tuple(rows),
    )


def _along(years: Sequence[int], values: Values) -> list[float | None]:
    return [None if year not in values else round(values[year], 6) for year in years]


def _lines(
    years: Sequence[int], columns: Sequence[tuple[str, Values]], unit: str, lang: Lang
) -> tuple[tuple[str, ...], ...]:
    """What stands beside the pointer in each year."""
    return tuple(
        (str(year), *(f"{text}: {measured(values[year], unit, lang)}" for text, values in columns if year in values))
        for year in years
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ways:
    """What a target-gap curve shows, by year in the unit shown; `fan` by name of the percentile.

    `judged` is what a target under risk is judged by, in its year; empty of other targets.
    """

    history: Values
    background: Values
    plan: Values
    judged: Values
    cap: Values
    fan: dict[str, Values]


def target_gap(result: Result, target: Target, lang: Lang) -> Figure:
    """The way of a target's quantity with the plan and without, against the target."""
    region, gap = result.region, gap_data(result, target, lang)
    last = last_year_shown(region, gap)
    is_sum = target.form is TargetForm.CUMULATIVE
    history = dict(published(region, target.account, target.boundary)) if target.quantity == FOOTPRINT else {}
    history = {} if is_sum else {year: value * gap.scale.factor for year, value in history.items()}
    first = region.settings.first_year if is_sum else min([region.settings.base_year, *history])
    years = list(range(first, last + 1))
    known = {int(year): position for position, year in enumerate(gap.years) if first <= year <= last}
    ways = _Ways(
        history=history,
        background={year: float(gap.background[position]) for year, position in known.items()},
        plan={
            year: float(gap.plan[position])
            for year, position in known.items()
            if year >= region.settings.first_year - 1
        },
        judged={} if gap.how is None else {gap.year: gap.judged},
        cap={year: gap.cap for year in years if year >= gap.year},
        fan=_fan(result, gap, last),
    )
    columns = [
        (say("curve.history", lang), ways.history),
        (say("page.background", lang), ways.background),
        (say("page.plan", lang), ways.plan),
        (say("curve.judged", lang, how=gap.how or ""), ways.judged),
        (say("page.target", lang), ways.cap),
        *((say(f"page.fan.{key}", lang), values) for key, values in ways.fan.items()),
    ]
    columns = [(text, values) for text, values in columns if values]
    series = _gap_series(result, gap, years, ways, lang)
    highest = max(*(max(values.values()) for _, values in columns), gap.base if gap.base > 0 else 0.0)
    axis = charts.scaled(_HEADROOM * highest, gap.axis)
    return Figure(
        name=f"gap-{target.target}",
        finding=finding(gap, lang, chance_of(result, target, gap.year, lang)),
        about=_about(result, target, lang),
        option=charts.frame(
            x=charts.places([str(year) for year in years], boundaryGap=False),
            y=axis,
            series=series,
            beside=charts.BESIDE,
            height=_HEIGHT,
        ),
        said=_lines(years, columns, gap.scale.unit, lang),
        table=by_year(f"{name(target, lang)}, {gap.axis}", years, columns, lang),
        notes=_notes(result, gap, lang),
        height=_HEIGHT,
    )


def _about(result: Result, target: Target, lang: Lang) -> str:
    account = next(row for row in result.region.accounts if row.account == target.account)
    return say(
        "curve.subtitle.account" if target.quantity == FOOTPRINT else "curve.subtitle",
        lang,
        target=name(target, lang),
        account=name(account, lang),
        scenario=result.title,
    )


def _notes(result: Result, gap: GapData, lang: Lang) -> tuple[str, ...]:
    region, target = result.region, gap.target
    notes = [
        say("curve.note.fan" if result.stress is not None else "curve.note", lang, base_year=region.settings.base_year),
        difference_note(region, gap, lang),
        break_note(region, target, lang),
        *(_leap_notes(result, target, lang) if target.quantity == FOOTPRINT else ()),
    ]
    return tuple(note for note in notes if note)


def _leap_notes(result: Result, target: Target, lang: Lang) -> list[str]:
    titles = reference_titles(result.region, lang)
    found = leaps(result.region, target.account, target.boundary)
    said = [
        (say("curve.leap", lang, year=row.year, change=percent(rise(before, row), lang), before=before.year), row)
        for before, row in found
    ]
    return [f"{text}. {say('curve.leap.source', lang, title=titles[row.reference])}." for text, row in said]


def _fan(result: Result, gap: GapData, last: int) -> dict[str, Values]:
    """The percentiles that the stress test reports, by name and year; empty without draws."""
    stress = result.stress
    if stress is None or gap.target.target not in stress["target"].to_numpy():
        return {}
    chosen = stress.sel(target=gap.target.target)
    tested = [int(year) for year in chosen["year"].to_numpy()]
    shown = [year for year in tested if year <= last] + [year for year in tested if year > last][:1]
    return {key: {year: float(chosen[key].sel(year=year)) * gap.scale.factor for year in shown} for key in PERCENTILES}


def _gap_series(result: Result, gap: GapData, years: Sequence[int], ways: _Ways, lang: Lang) -> list[charts.Option]:
    fan = ways.fan
    end = years[-1]
    series: list[charts.Option] = []
    if fan:
        tested = sorted(fan["p05"])
        between = [year for year in years if tested[0] <= year <= tested[-1]]
        low, middle, high = (np.interp(between, tested, [fan[key][at] for at in tested]) for key in PERCENTILES)
        lower, wide, median = (dict(zip(between, values.tolist(), strict=True)) for values in (low, high - low, middle))
        series += [
            charts.area("", _along(years, lower), BLUE, stack="fan", opacity=0.0, edge=0.8, silent=True, legend=False),
            charts.area(
                say("curve.fan", lang), _along(years, wide), BLUE, stack="fan", opacity=0.2, edge=0.8, silent=True
            ),
            charts.line(say("curve.median", lang), _along(years, median), BLUE, dash=_DOTTED, width=1.4),
        ]
    series.append(
        charts.line(
            say("page.background", lang), _along(years, ways.background), SOFT, dash=_DASHED,
            end=say("page.end.background", lang, amount=brief(ways.background[end], lang), year=end),
            markArea=_rounds(result, years, lang),
            markLine=charts.marks([*_base(gap, years, lang), *_missing(gap, max(ways.background.values()), lang)]),
        )
    )  # fmt: skip
    if ways.history:
        series.append(
            charts.line(say("curve.history", lang), _along(years, ways.history), INK, width=1.4, symbol="circle", z=5)
        )
    series.append(
        charts.line(
            say("page.plan", lang), _along(years, ways.plan), BLUE, width=3.2,
            end=say("page.end.plan", lang, amount=brief(ways.plan[end], lang), year=end),
        )
    )  # fmt: skip
    if ways.judged:
        series.append(
            charts.line(
                say("curve.judged", lang, how=gap.how),
                _along(years, ways.judged),
                BLUE,
                symbol="circle",
                symbolSize=9,
                z=6,
            )
        )
    begin = {"value": round(gap.cap, 6), "symbol": "diamond", "symbolSize": 11}
    series.append(
        charts.line(
            say("page.target", lang), [begin if year == gap.year else ways.cap.get(year) for year in years], VERMILLION,
            dash=_TARGET, width=2.4, end=say("page.end.target", lang, amount=brief(gap.cap, lang), year=gap.year),
            end_colour=VERMILLION_TEXT,
        )
    )  # fmt: skip
    return series


def _rounds(result: Result, years: Sequence[int], lang: Lang) -> charts.Option:
    """Shades of the rounds in which starts are possible."""
    rounds = [row for row in result.region.rounds if row.status in (RoundStatus.OPEN, RoundStatus.LATER)]
    data = []
    for number, row in enumerate(rounds):
        if row.first_year not in years or row.last_year not in years:
            continue
        style = {"color": "#000000", "opacity": 0.07 if number % 2 == 0 else 0.03}
        text = say("curve.round", lang, first=row.first_year, last=f"{row.last_year % 100:02d}")
        label = {
            "show": len(years) <= 24,
            "formatter": text,
            "color": SOFT,
            "fontSize": 10,
            "lineHeight": 12,
            "position": "insideTop",
        }
        data.append([{"xAxis": str(row.first_year), "itemStyle": style, "label": label}, {"xAxis": str(row.last_year)}])
    return {"silent": True, "label": {"show": len(years) <= _LONG}, "data": data, "emphasis": {"disabled": True}}


def _base(gap: GapData, years: Sequence[int], lang: Lang) -> list[charts.Option]:
    """The level of a base year that lies before the years shown."""
    at = gap.target.base_year
    if gap.base <= 0 or at is None or at >= years[0]:
        return []
    text = say("curve.base", lang, year=at, amount=measured(gap.base, gap.scale.unit, lang))
    return [charts.mark({"yAxis": gap.base}, text, FAINT, _DOTTED, position="insideStartTop", color=SOFT)]


def _missing(gap: GapData, highest: float, lang: Lang) -> list[list[charts.Option]]:
    """The distance between a target and what it is judged by, its amount beside it, or below where it is short."""
    miss = gap.judged - gap.cap
    if gap.met or shows_nothing(miss):
        return []
    text = say("curve.gap.missed", lang, amount=measured(miss, gap.scale.unit, lang))
    beside = {"position": "middle", "align": "right", "padding": [0, 10, 0, 0]}
    below = {"position": "start", "align": "center" if gap.how is None else "right", "distance": 10}
    label = {
        "show": True, "formatter": text, "color": INK, "fontWeight": "bold", "fontSize": 12.5, "rotate": 0,
    }  # fmt: skip
    short = miss < _SHORT * highest and gap.cap > 2 * _SHORT * highest
    label |= below if short else beside
    style = {"color": INK, "type": "solid", "width": 1.6}
    ends = [{"coord": [str(gap.year), amount], "symbol": "arrow", "symbolSize": 8} for amount in (gap.cap, gap.judged)]
    if not short or gap.residual >= gap.cap:
        return [[ends[0] | {"label": label, "lineStyle": style}, ends[1]]]
    # The plan's line lies below the target's, and the amount below both: at the foot of a line that is not seen.
    foot, top = ({"coord": [str(gap.year), amount], "symbol": "none"} for amount in (gap.residual, gap.cap))
    unseen = foot | {"label": label, "lineStyle": {"color": "transparent"}}
    return [[ends[0] | {"label": {"show": False}, "lineStyle": style}, ends[1]], [unseen, top]]


def accounts(result: Result, target: Target, lang: Lang) -> Figure | None:
    """Published accounts over a target's boundary, each method a series of its own; None where there are none."""
    region = result.region
    own = published(region, target.account, target.boundary) if target.quantity == FOOTPRINT else []
    account = next(row for row in region.accounts if row.account == target.account)
    found = [(account, own)] if own else []
    found += others_of(region, target)
    if not found:
        return None
    scale = scale_of("tCO2e/a", max(value for _, figures in found for _, value in figures), lang)
    spans = [year for _, figures in found for year, _ in figures]
    years = list(range(min(spans), max(spans) + 1))
    columns = [(name(row, lang), {year: value * scale.factor for year, value in figures}) for row, figures in found]
    looks = ((INK, "solid", "circle"), *_OTHERS) if own else _OTHERS
    series = [
        charts.line(
            text, _along(years, values), looks[number % len(looks)][0], dash=looks[number % len(looks)][1],
            symbol=looks[number % len(looks)][2],
            label={"show": True, "position": "top", "color": INK, "fontSize": 11.5},
        )
        for number, (text, values) in enumerate(columns)
    ]  # fmt: skip
    for item, (_, values) in zip(series, columns, strict=True):
        item["symbolSize"] = 10
        item["data"] = [
            None if year not in values else {"value": values[year], "label": {"formatter": brief(values[year], lang)}}
            for year in years
        ]
    axis = charts.scaled(max(value for _, values in columns for value in values.values()), scale.per_year)
    note = break_note(region, target, lang)
    return Figure(
        name="accounts",
        finding=say("page.accounts.finding" if note else "page.accounts.finding.one", lang, count=len(found)),
        about=say("page.accounts.about", lang, boundary=name(target, lang)),
        option=charts.frame(x=charts.places([str(year) for year in years]), y=axis, series=series, height=HEIGHT),
        said=_lines(years, columns, scale.unit, lang),
        table=by_year(say("page.accounts.table", lang, unit=scale.per_year), years, columns, lang),
        notes=tuple(text for text in (note, *_leap_notes(result, target, lang)) if text),
    )


def wedge(result: Result, lang: Lang) -> Figure:
    """Which track carries how much of the way from background to plan."""
    region, data, year = result.region, wedge_data(result), report_year(result.region)
    scale = scale_of("tCO2e/a", float(data.background.max()), lang)
    last = min(int(data.years[-1]), max(year + YEARS_AFTER, region.settings.first_year + YEARS_OF_PLAN))
    years = [int(at) for at in data.years if at <= last]

    def values(row: FloatArray) -> Values:
        return {at: float(row[number]) * scale.factor for number, at in enumerate(years)}

    background, plan = values(data.background), values(data.plan)
    at = int(np.searchsorted(data.years, year))
    order = np.argsort(data.layers[:, at], kind="stable").tolist()  # the largest lies on top
    layers = [(name(data.tracks[number], lang), values(data.layers[number]), number) for number in order]
    shown = [layer for layer in layers if max(layer[1].values()) > 0]
    series = [charts.area(say("page.wedge.left", lang), _along(years, plan), "#c9ced6", stack="way", opacity=0.55)]
    for text, layer, number in shown:
        colour = charts.LAYERS[number % len(charts.LAYERS)][0]
        amount = say("figure.at", lang, amount=brief(-layer[year], lang), year=year)
        item = charts.area(f"{text}: {amount}", _along(years, layer), colour, stack="way")
        item["lineStyle"] = {"color": SOFT, "width": 0.8}
        series.append(item)
    for key, way, colour, dash in (("background", background, SOFT, _DASHED), ("plan", plan, BLUE, "solid")):
        end = say(f"page.end.{key}", lang, amount=brief(way[last], lang), year=last)
        series.append(charts.line(say(f"page.{key}", lang), _along(years, way), colour, dash=dash, width=2.6, end=end))
    axis = charts.scaled(max(*background.values(), *plan.values()), scale.per_year)
    columns = [(say("page.background", lang), background)]
    if float(data.added.max()) > 0:
        columns.append((say("page.wedge.added", lang), values(data.added)))
    columns += [(text, layer) for text, layer, _ in reversed(shown)] + [(say("page.plan", lang), plan)]
    account = next(row for row in region.accounts if row.account == region.settings.account)
    return Figure(
        name="wedge",
        finding=wedge_finding(data, year, lang),
        about=say("wedge.subtitle", lang, account=name(account, lang), scenario=result.title),
        option=charts.frame(
            x=charts.places([str(at) for at in years], boundaryGap=False),
            y=axis,
            series=series,
            beside=charts.BESIDE,
            height=_HEIGHT,
        ),
        said=_lines(years, columns, scale.unit, lang),
        table=by_year(say("page.wedge.table", lang, unit=scale.per_year), years, columns, lang),
        notes=(say("page.wedge.note", lang),),
        height=_HEIGHT,
    )
