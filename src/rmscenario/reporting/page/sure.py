"""Figures of how sure the answer is: outcomes of the stress test, and the evidence it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from rmscenario.region.footprint import Target
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import Lang, brief, measured, name, number, percent, probability, say
from rmscenario.reporting.page import charts
from rmscenario.reporting.page.curves import decimals_of
from rmscenario.reporting.page.parts import Figure
from rmscenario.reporting.palette import BLUE, INK, SKY, SOFT, VERMILLION, VERMILLION_TEXT
from rmscenario.reporting.results import Result
from rmscenario.reporting.series.outcomes import Outcomes, outcomes, outcomes_finding, outcomes_note
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet, grade_word

#: Bins of a histogram on the page: its table lists them all.
BINS = 30
#: [px] Height of the figure of outcomes, of a row of labels over its lines, and width of a letter in them.
_HEIGHT, _ROW, _LETTER = 420, 15, 7.4
PARTS = ("base", "background", "effect", "cost", "limits")


def distribution(result: Result, target: Target, lang: Lang) -> Figure | None:
    """What is left of a target's quantity in its year, over the draws; None where there are none."""
    found = outcomes(result, target, lang, BINS)
    if found is None:
        return None
    gap, edges = found.gap, [round(float(edge), 6) for edge in found.edges]

    def steps(shares: Any) -> list[list[float]]:
        values = [round(float(share), 4) for share in shares]
        return [[edge, share] for edge, share in zip(edges, [*values, values[-1]], strict=True)]

    with_plan, before = say("distribution.with", lang), say("distribution.before", lang)
    width = edges[-1] - edges[0]
    low, high = min(edges[0], gap.cap) - 0.04 * width, max(edges[-1], gap.cap) + 0.04 * width
    series = [
        charts.line(before, steps(found.shares_before), SOFT, dash=[6, 4], width=1.5, step="end"),
        charts.line(
            with_plan, steps(found.shares), BLUE, width=1.4, step="end", areaStyle={"color": SKY, "opacity": 0.6}
        ),
    ]
    lines, rows = _marks(found, low, high, charts.WIDE, lang)
    series[1]["markLine"] = charts.marks(lines)
    ends = {"showMinLabel": False, "showMaxLabel": False, "hideOverlap": True, "color": SOFT}
    thin, more = _marks(found, low, high, charts.THIN, lang)
    option = charts.frame(
        x=charts.across(gap.axis, min=low, max=high, axisLabel=ends, splitLine={"show": False}),
        y=charts.amounts(say("distribution.axis", lang), min=0, nameGap=10 + _ROW * max(rows, more)),
        series=series,
        height=_HEIGHT,
        above=_ROW * max(rows, more),
        narrow=({}, {"markLine": charts.marks(thin)}),
    )
    shares = [(f"{with_plan}: {number(share, lang, 1)} %", f"{before}: {number(other, lang, 1)} %") for share, other in
              zip(found.shares.tolist(), found.shares_before.tolist(), strict=True)]  # fmt: skip
    spans = [_span(a, b, lang) for a, b in pairwise(edges)]
    return Figure(
        name=f"outcomes-{target.target}",
        finding=outcomes_finding(found, lang),
        about=say("distribution.subtitle", lang, target=name(target, lang), scenario=result.title),
        option=option,
        said=tuple(
            (f"{span} {gap.scale.unit}", *lines)
            for span, lines in zip([*spans, spans[-1]], [*shares, shares[-1]], strict=True)
        ),
        table=_table(found, spans, lang),
        notes=(outcomes_note(found, lang),),
        height=_HEIGHT,
    )


def _span(low: float, high: float, lang: Lang) -> str:
    decimals = decimals_of(max(abs(low), abs(high)))
    return f"{number(low, lang, decimals)}–{number(high, lang, decimals)}"


def _marks(found: Outcomes, low: float, high: float, width: int, lang: Lang) -> tuple[list[charts.Option], int]:
    """The target, the plan's own figure and the percentiles, their texts in rows so that none covers another.

    Returns
    -------
    list of dict, int
        The lines, and the number of rows.
    """
    gap = found.gap
    lines: list[tuple[float, str, str, charts.Dash, float]] = [
        (gap.cap, "target", VERMILLION_TEXT, [12, 3, 2, 3], 2.4),
        (gap.residual, "plan", INK, "solid", 1.8),
        (found.low, "p05", SOFT, [4, 4], 1.2),
        (found.middle, "p50", BLUE, [2, 3], 1.8),
        (found.high, "p95", SOFT, [4, 4], 1.2),
    ]
    ends: list[float] = []
    drawn = []
    for value, key, colour, dash, stroke in sorted(lines):
        text = say(f"distribution.{key}", lang, amount=brief(value, lang))
        at, half = width * (value - low) / (high - low), _LETTER * len(text) / 2.0
        begin = 0.0 if at < half else width - 2.0 * half if at > width - half else at - half
        row = next((row for row, end in enumerate(ends) if begin >= end), len(ends))
        ends[row : row + 1] = [begin + 2.0 * half]
        align = "left" if at < half else "right" if at > width - half else "center"
        drawn.append(
            charts.mark(
                {"xAxis": value}, text, VERMILLION if key == "target" else colour, dash, width=stroke, position="end",
                distance=[0, 4 + _ROW * row], align=align, color=colour, fontWeight="bold",
            )
        )  # fmt: skip
    return drawn, len(ends)


def _table(found: Outcomes, spans: list[str], lang: Lang) -> Sheet:
    gap = found.gap
    known: list[tuple[Cell, ...]] = [
        (say("page.outcomes.probability", lang), probability(found.met, lang, found.draws), ""),
        (say("page.target", lang), measured(gap.cap, gap.scale.unit, lang), ""),
        (say("page.outcomes.plan", lang), measured(gap.residual, gap.scale.unit, lang), ""),
        *(
            (say(f"page.fan.{key}", lang), measured(value, gap.scale.unit, lang), "")
            for key, value in (("p05", found.low), ("p50", found.middle), ("p95", found.high))
        ),
    ]
    shares: list[tuple[Cell, ...]] = [
        (f"{span} {gap.scale.unit}", f"{number(share, lang, 1)} %", f"{number(before, lang, 1)} %")
        for span, share, before in zip(spans, found.shares.tolist(), found.shares_before.tolist(), strict=True)
    ]
    headings = (say("page.outcomes.what", lang), say("distribution.with", lang), say("distribution.before", lang))
    return Sheet(
        title=f"{name(gap.target, lang)}, {gap.year}",
        short="",
        note="",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=(*known, *shares),
    )


def evidence(summary: Mapping[str, Any], lang: Lang) -> Figure | None:
    """How much of each part of the answer rests on each grade; None where nothing is known of it."""
    found = {part: shares for part in PARTS if (shares := (summary.get("evidence") or {}).get(part))}
    if not found:
        return None
    grades = [grade for grade in Grade if any(shares.get(grade.value) for shares in found.values())]
    words = [say(f"page.evidence.{part}", lang) for part in found]
    series = []
    for number_, grade in enumerate(grades):
        colour, pattern = charts.LAYERS[number_ % len(charts.LAYERS)]
        data = [round(100.0 * float(shares.get(grade.value, 0.0)), 3) for shares in found.values()]
        series.append(charts.bars(grade_word(grade, lang), data, colour, pattern=pattern, stack="all", barWidth=22))
    assumed = {part: float(shares.get(Grade.ASSUMPTION.value, 0.0)) for part, shares in found.items()}
    part, share = max(assumed.items(), key=lambda item: item[1])
    if "effect" in assumed:
        part, share = "effect", assumed["effect"]
    return Figure(
        name="evidence",
        finding=say(
            "page.evidence.finding", lang, share=percent(share, lang), part=say(f"page.evidence.of.{part}", lang)
        ),
        about=say("page.evidence.about", lang),
        option=charts.frame(x=charts.amounts("", min=0, max=100), y=charts.names(words), series=series, height=270),
        said=tuple(
            (
                word,
                *(
                    f"{grade_word(grade, lang)}: {percent(shares[grade.value], lang)}"
                    for grade in grades
                    if shares.get(grade.value)
                ),
            )
            for word, shares in zip(words, found.values(), strict=True)
        ),
        table=Sheet(
            title=say("page.evidence.table", lang),
            short="",
            note="",
            columns=(
                Column(heading=say("page.evidence.part", lang)),
                *(Column(heading=grade_word(grade, lang), decimals=0, form=Form.SHARE) for grade in grades),
            ),
            rows=tuple(
                (word, *(float(shares.get(grade.value, 0.0)) for grade in grades))
                for word, shares in zip(words, found.values(), strict=True)
            ),
        ),
        notes=(say("page.evidence.note", lang),),
        height=270,
    )
