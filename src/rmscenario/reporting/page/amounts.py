"""Figures of amounts: the way from base to target, what is still emitted, money by year, and tonnes by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Sized
from typing import Any

import numpy as np

from rmscenario.constants import is_met
from rmscenario.region import boundary_sources, report_year
from rmscenario.region.footprint import Target
from rmscenario.region.vocabulary import MoneyKind, TargetForm
from rmscenario.reporting.language import MILLION, Lang, brief, measured, name, percent, say, scale_of, shorten
from rmscenario.reporting.page import charts
from rmscenario.reporting.page.curves import by_year, decimals_of
from rmscenario.reporting.page.parts import Figure
from rmscenario.reporting.palette import BLUE, GREEN, ORANGE, PALE, SKY, SOFT, VERMILLION
from rmscenario.reporting.results import Result, measure_of, quantity_name, stream_of
from rmscenario.reporting.series.gap import gap_data
from rmscenario.reporting.series.money import budget_of, money_finding, savings, yearly
from rmscenario.reporting.series.starts import PlacedStart, row_names
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet
from rmscenario.reporting.targets import TargetWords

#: Categories shown one by one; the others are one bar.
MOST_CATEGORIES = 10
#: [px] A bar with its room, and what a figure of bars has above and below.
_BAR, _AROUND = 34, 110
#: What a summary's row of a target under risk holds of the background and the plan, and its row of reach of everything.
_JUDGED = ("judged_background", "judged", "judged")
#: Steps that are of the draws then.
_ON_DRAWS = ("background", "plan", "everything")
#: [1] Characters of a unit's name beside its bar.
_AXIS_NAME = 34
#: [px] Height of the figure of money.
_MONEY = 590


def way(result: Result, target: Target, summary: Mapping[str, Any], lang: Lang) -> Figure:
    """From the base over the background and the plan to the target, and what everything known would give.

    Of a target under risk all three are what it is judged by, and the plan stands there as planned too.
    """
    gap = gap_data(result, target, lang)
    row = next(item for item in summary["targets"] if item["id"] == target.target)
    words, factor = TargetWords(row, lang), gap.scale.factor
    reach = next((item for item in summary.get("reach") or () if item["target"] == target.target), None)
    planned = gap.how is None
    background, plan, most = ("residual_background", "residual", "earliest") if planned else _JUDGED
    steps = [
        ("base", row["base"], {"color": "#9aa3ad"}) if row["base"] > 0 else None,
        ("background", row[background], {"color": SOFT}),
        None if planned else ("planned", row["residual"], {"color": PALE}),
        ("plan", row[plan], {"color": BLUE}),
        ("everything", reach[most], {"color": SKY}) if reach else None,
        ("target", row["cap"], {"color": VERMILLION}),
    ]
    shown = [step for step in steps if step is not None]
    base_year = target.base_year or result.region.settings.base_year
    labels = [say(f"page.way.{key}", lang, year=base_year if key == "base" else gap.year) for key, _, _ in shown]
    told = [
        say("page.way.judged", lang, step=label, how=gap.how) if gap.how and key in _ON_DRAWS else label
        for label, (key, _, _) in zip(labels, shown, strict=True)
    ]
    data = [
        charts.labelled(
            round(value * factor, 6),
            _beside_bar(key, value, words),
            itemStyle=style,
        )
        for key, value, style in shown
    ]
    beyond = reach is not None and not is_met(reach[most], row["cap"], row["base"])
    key = "met" if row["met"] else "beyond" if beyond else "missed"
    return Figure(
        name="way",
        finding=say(
            f"page.way.finding.{key}",
            lang,
            missing=words.missing(),
            still=words.amount(max(0.0, reach[most] - row["cap"])) if reach else "",
        ),
        about=name(target, lang) if planned else say("page.way.about", lang, target=name(target, lang), how=gap.how),
        option=charts.frame(
            x=charts.amounts("", min=0),
            y=charts.names(labels),
            legend=False,
            beside=72,
            height=_height(shown),
            series=[charts.bars(gap.quantity, data, BLUE, barWidth=20)],
        ),
        said=tuple((label, words.left(value)) for label, (_, value, _) in zip(told, shown, strict=True)),
        table=Sheet(
            title=say("page.way.table", lang),
            short="",
            note="",
            columns=(
                Column(heading=say("page.way.step", lang)),
                Column(heading=gap.axis, decimals=decimals_of(row["base"] * factor)),
                Column(heading=say("page.change", lang), decimals=0, form=Form.SHARE),
            ),
            rows=tuple(
                (label, value * factor, value / row["base"] - 1.0 if row["base"] > 0 else None)
                for label, (_, value, _) in zip(told, shown, strict=True)
            ),
        ),
        notes=(say("page.way.note", lang),) if reach else (),
        height=_height(shown),
    )


def _beside_bar(key: str, value: float, words: TargetWords) -> str:
    return words.amount(value) if key == "base" else words.reached() if key == "plan" else words.outcome(value)


def left(result: Result, target: Target, lang: Lang) -> Figure | None:
    """What is still emitted of a target's quantity in its year, by category; None for a sum over years."""
    if target.form is TargetForm.CUMULATIVE:
        return None
    region, gap = result.region, gap_data(result, target, lang)
    inside = {f"{unit}:{category}" for unit, category in boundary_sources(region, target.boundary)}
    chosen = result.assessment.sel(stream=stream_of(target.quantity, target.account), year=gap.year)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for label, before, after in zip(
        map(str, chosen["source"].to_numpy()), chosen["background"].to_numpy().tolist(), chosen["quantity"].to_numpy().tolist(), strict=True,
    ):  # fmt: skip
        if label in inside:
            both = sums[label.partition(":")[2]]
            both[0] += before
            both[1] += after
    names = {row.category: name(row, lang) for row in region.categories}
    ordered = sorted(sums.items(), key=lambda item: -item[1][1])
    rows = [(names[category], before, after) for category, (before, after) in ordered[:MOST_CATEGORIES]]
    if rest := [both for _, both in ordered[MOST_CATEGORIES:]]:
        others = say("page.left.others", lang, count=len(rest))
        rows.append((others, sum(before for before, _ in rest), sum(after for _, after in rest)))
    total = sum(row[2] for row in rows)
    if total <= 0:
        return None
    scale = scale_of(measure_of(region, target), max(row[1] for row in rows), lang)
    few = [f"“{row[0]}”" for row in rows[:3]]
    part = sum(row[2] for row in rows[:3]) / total
    series = [
        charts.bars(
            say("page.background", lang), [round(row[1] * scale.factor, 6) for row in rows], "#9aa3ad", barWidth=9
        ),
        charts.bars(
            say("page.plan", lang),
            [charts.labelled(round(row[2] * scale.factor, 6), brief(row[2] * scale.factor, lang)) for row in rows],
            BLUE,
            barWidth=9,
        ),
    ]
    decimals = decimals_of(rows[0][1] * scale.factor)
    return Figure(
        name="left",
        finding=say("page.left.finding", lang, names=", ".join(few), share=percent(part, lang), year=gap.year),
        about=say("page.left.about", lang, target=name(target, lang), quantity=quantity_name(region, target, lang)),
        option=charts.frame(
            x=charts.across(scale.per_year, min=0),
            y=charts.names([row[0] for row in rows]),
            series=series,
            beside=50,
            height=_height(rows),
        ),
        said=tuple(
            (
                text,
                f"{say('page.background', lang)}: {measured(before * scale.factor, scale.unit, lang)}",
                f"{say('page.plan', lang)}: {measured(after * scale.factor, scale.unit, lang)}",
            )
            for text, before, after in rows
        ),
        table=Sheet(
            title=say("page.left.table", lang, year=gap.year, unit=scale.per_year),
            short="",
            note="",
            columns=(
                Column(heading=say("page.category", lang)),
                Column(heading=say("page.background", lang), decimals=decimals),
                Column(heading=say("page.plan", lang), decimals=decimals),
                Column(heading=say("page.share", lang), decimals=0, form=Form.SHARE),
            ),
            rows=tuple(
                (text, before * scale.factor, after * scale.factor, after / total) for text, before, after in rows
            ),
        ),
        height=_height(rows),
    )


def _height(bars: Sized) -> int:
    """Height of a figure of bars [px]."""
    return _AROUND + _BAR * len(bars)


def money_years(result: Result, lang: Lang) -> Figure:
    """Capex, opex and savings of each year, apart, with the budgets."""
    years = list(result.region.years)

    def values(amounts: Sequence[float]) -> dict[int, float]:
        return {year: float(amount) / MILLION for year, amount in zip(years, amounts, strict=True)}

    def budgets(kind: MoneyKind) -> dict[int, float]:
        return {year: amount / MILLION for year, amount in budget_of(result, kind).items() if year in years}

    capex, opex = (values(yearly(result, key).tolist()) for key in ("capex_outlay", "opex"))
    cashable, avoided = (
        values(savings(result, kind).tolist()) for kind in (MoneyKind.SAVING_CASHABLE, MoneyKind.SAVING_AVOIDED)
    )
    limits = {kind: budgets(kind) for kind in (MoneyKind.CAPEX, MoneyKind.OPEX)}
    rows: tuple[tuple[str, int, dict[int, float], str, int], ...] = (
        ("money.capex", 0, capex, BLUE, 1),
        ("money.opex", 1, opex, ORANGE, 1),
        ("page.money.cashable", 2, cashable, GREEN, 2),
        ("page.money.avoided", 2, avoided, SKY, 2),
    )
    series = []
    for number, (key, panel, amount, colour, _) in enumerate(rows):
        pattern = charts.LAYERS[number][1] if number else None
        item = charts.bars(say(key, lang), [round(amount[year], 4) for year in years], colour, pattern=pattern)
        series.append(item | {"xAxisIndex": panel, "yAxisIndex": panel, "stack": f"panel-{panel}"})
    for panel, kind in enumerate((MoneyKind.CAPEX, MoneyKind.OPEX)):
        if limits[kind]:
            series.append(
                {
                    "type": "scatter", "name": say("money.budget", lang), "xAxisIndex": panel, "yAxisIndex": panel,
                    "data": [limits[kind].get(year) for year in years], "symbol": "rect", "symbolSize": [22, 4],
                    "itemStyle": {"color": VERMILLION}, "z": 6, "emphasis": {"disabled": True},
                }
            )  # fmt: skip
    option = charts.frame(x={}, y={}, series=series, height=_MONEY)
    base = option["baseOption"]
    axis = [str(year) for year in years]
    tops = (70, 250, 430)
    base["grid"] = [{"left": 12, "right": 24, "top": top, "height": 118, "containLabel": True} for top in tops]
    base["xAxis"] = [charts.places(axis, gridIndex=panel) for panel in range(3)]
    titles = ("money.capex", "money.opex", "money.savings")
    base["yAxis"] = [
        charts.amounts(f"{say(key, lang)}, {say('money.axis', lang)}", gridIndex=panel, splitNumber=3)
        for panel, key in enumerate(titles)
    ]
    base["axisPointer"] = {"link": [{"xAxisIndex": "all"}]}
    narrow = option["media"][0]["option"]
    narrow["grid"] = [{"left": 2, "right": 8, "top": top + 34} for top in tops]
    narrow["series"] = [{"symbolSize": [10, 4]} if item["type"] == "scatter" else {} for item in series]
    columns = [(say(key, lang), amount) for key, _, amount, _, _ in rows]
    limit_columns = [
        (say(f"page.money.budget.{kind.value}", lang), limits[kind])
        for kind in (MoneyKind.CAPEX, MoneyKind.OPEX)
        if limits[kind]
    ]
    unit = say("money.axis", lang)
    every = columns + limit_columns
    return Figure(
        name="money",
        finding=money_finding(result, lang),
        about=say("money.subtitle", lang, price_year=result.region.settings.price_year, scenario=result.title),
        option=option,
        said=tuple(
            (str(year), *(f"{text}: {brief(amount[year], lang)}" for text, amount in every if year in amount))
            for year in years
        ),
        table=by_year(say("page.money.table", lang, unit=unit), years, every, lang),
        notes=(say("money.note", lang),),
        height=_MONEY,
    )


def by_unit(result: Result, placed: Sequence[PlacedStart], lang: Lang) -> Figure:
    """Tonnes of each unit's starts in the report year, by track."""
    region, year = result.region, report_year(result.region)
    names, tracks = row_names(region, lang), region.tracks
    tonnes = np.zeros((len(tracks), len(names)))
    counts = np.zeros(len(names), dtype=np.int64)
    for item in placed:
        tonnes[item.track, item.row] += item.tonnes
        counts[item.row] += 1
    scale = scale_of("tCO2e/a", float(np.abs(tonnes.sum(axis=0)).max(initial=0.0)), lang)
    tonnes *= scale.factor
    totals = tonnes.sum(axis=0).tolist()
    series = []
    for number, track in enumerate(tracks):
        colour, pattern = charts.LAYERS[number % len(charts.LAYERS)]
        data: list[Any] = [round(value, 6) for value in tonnes[number].tolist()]
        series.append(charts.bars(name(track, lang), data, colour, pattern=pattern, stack="tonnes", barWidth=18))
    decimals = decimals_of(max(map(abs, totals), default=0.0))
    rows: list[tuple[Cell, ...]] = [
        (text, float(counts[row]), *tonnes[:, row].tolist(), totals[row]) for row, text in enumerate(names)
    ]
    most = int(np.argmax(totals[:-1]))
    return Figure(
        name="units",
        finding=say(
            "page.units.finding" if totals[most] > 0 else "page.units.finding.none",
            lang,
            unit=names[most],
            amount=measured(totals[most], scale.unit, lang),
            group=measured(totals[-1], scale.unit, lang),
            year=year,
        ),
        about=say("page.units.about", lang, year=year),
        option=charts.frame(
            x=charts.across(scale.per_year),
            y=charts.names([shorten(text, _AXIS_NAME) for text in names]),
            series=series,
            height=_height(rows),
        ),
        said=tuple(
            (
                text,
                *(
                    f"{name(track, lang)}: {measured(float(tonnes[at, row]), scale.unit, lang)}"
                    for at, track in enumerate(tracks)
                    if tonnes[at, row]
                ),
                f"{say('agreement.total', lang)}: {measured(totals[row], scale.unit, lang)}",
            )
            for row, text in enumerate(names)
        ),
        table=Sheet(
            title=say("page.units.table", lang, year=year, unit=scale.per_year),
            short="",
            note="",
            columns=(
                Column(heading=say("agreement.unit", lang)),
                Column(heading=say("page.starts", lang), decimals=0),
                *(Column(heading=name(track, lang), decimals=decimals) for track in tracks),
                Column(heading=say("agreement.total", lang), decimals=decimals),
            ),
            rows=tuple(rows),
        ),
        height=_height(names),
    )
