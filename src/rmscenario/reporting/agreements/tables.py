"""An agreement as tables of cells, so that the Markdown and the workbook say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind, PrerequisiteScope
from rmscenario.reporting.agreements.contents import METERED, Agreement
from rmscenario.reporting.language import Lang, name, number, say
from rmscenario.reporting.results import unit_names
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet, grade_word
from rmscenario.reporting.sources import reference_titles
from rmscenario.rounds.lines import Line

THOUSAND = 1e3
Rows = list[tuple[Cell, ...]]


class Words:
    """Names of a region's rows in one language."""

    def __init__(self, region: Region, lang: Lang) -> None:
        self.lang = lang
        self.units = unit_names(region, lang)
        self.tracks = {row.track: name(row, lang) for row in region.tracks}
        self.initiatives = {row.initiative: name(row, lang) for row in region.initiatives}
        self.written = {row.word: name(row, lang) for row in region.words}
        self.references = reference_titles(region, lang)
        self.skills = {row.skill: name(row, lang) for row in region.skills}

    def initiative(self, identifier: str) -> str:
        """Id and name of an initiative."""
        return f"{identifier} {self.initiatives[identifier]}"

    def of_tables(self, word: str) -> str:
        """A word of the tables; as it stands where `words` has no row for it."""
        return self.written.get(word, word)


def money_rows(
    borne: Sequence[tuple[str, Mapping[tuple[MoneyKind, int], float]]],
    metered: Mapping[tuple[MoneyKind, int], float],
    years: Sequence[int],
    words: Words,
) -> tuple[Rows, Rows]:
    """Rows of money in DKK 1,000, a column for each year; and their sums, below them what meters show.

    Parameters
    ----------
    borne : sequence of (str, mapping)
        Initiatives that the unit pays, each with its money by (kind, year) [DKK].
    metered : mapping
        Savings on the unit's sources by (kind, year) [DKK/a].
    """

    def row(head: str, kind: MoneyKind, values: Sequence[float]) -> tuple[Cell, ...]:
        return head, say(f"money.kind.{kind.value}", words.lang), *(value / THOUSAND for value in values)

    rows = [
        row(words.initiative(initiative), kind, values)
        for initiative, money in borne
        for kind in MoneyKind
        if any(values := [money.get((kind, year), 0.0) for year in years])
    ]
    sums = [
        row(say("agreement.total", words.lang), kind, values)
        for kind in MoneyKind
        if any(values := [sum(money.get((kind, year), 0.0) for _, money in borne) for year in years])
    ]
    sums += [
        row(say("agreement.metered", words.lang), kind, values)
        for kind in METERED
        if any(values := [metered[kind, year] for year in years])
    ]
    return rows, sums


def staff_rows(
    borne: Sequence[tuple[str, Mapping[tuple[str, int], float]]], years: Sequence[int], words: Words
) -> tuple[Rows, Rows]:
    """Rows of staff, a column for each year [FTE]; and their sums by skill.

    Parameters
    ----------
    borne : sequence of (str, mapping)
        Initiatives that the unit staffs, each with its staff by (skill, year) [FTE].
    """
    rows: Rows = []
    totals: dict[str, list[float]] = {}
    for initiative, staff in borne:
        for skill in dict.fromkeys(skill for skill, _ in staff):
            values = [staff.get((skill, year), 0.0) for year in years]
            if any(values):
                rows.append((words.initiative(initiative), words.skills[skill], *values))
                totals[skill] = [a + b for a, b in zip(totals.get(skill, [0.0] * len(values)), values, strict=True)]
    return rows, [
        (say("agreement.total", words.lang), words.skills[skill], *values) for skill, values in totals.items()
    ]


def _initiatives(agreement: Agreement, lines: Sequence[Line], words: Words, key: str) -> Sheet:
    """What starts, with tonnes, evidence, and the nearest plan beside it."""
    lang = words.lang
    columns = [
        Column(heading=say("agreement.initiative", lang), width=46),
        Column(heading=say("agreement.track", lang), width=26),
        Column(heading=say("agreement.start", lang), decimals=0, form=Form.YEAR, width=7),
        Column(heading=say("agreement.level", lang), decimals=0, form=Form.SHARE, width=8),
    ]
    for year in agreement.tonnes_years:
        columns += [
            Column(heading=say("agreement.tonnes.in_plan", lang, year=year), decimals=0, width=11),
            Column(heading=say("agreement.tonnes.alone", lang, year=year), decimals=0, width=11),
        ]
    columns += [
        Column(heading=say("agreement.tonnes.low", lang, year=agreement.report_year), decimals=0, width=11),
        Column(heading=say("agreement.tonnes.high", lang, year=agreement.report_year), decimals=0, width=11),
    ]
    columns += [
        Column(heading=say("agreement.grade.effect", lang), width=13),
        Column(heading=say("agreement.grade.cost", lang), width=13),
    ]
    if agreement.compared:
        columns.append(Column(heading=say("agreement.nearest", lang), width=14))

    def nearest(line: Line) -> str:
        if line.nearest is None:
            return say("word.no", lang)
        if line.nearest == line.start.start:
            return say("word.yes", lang)
        return say("agreement.nearest.other", lang, year=line.nearest)

    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        row: list[Cell] = [
            words.initiative(line.initiative.initiative),
            words.tracks[line.initiative.track],
            float(line.start.start),
            line.start.level,
        ]
        for year in agreement.tonnes_years:
            tonnes = line.tonnes[year]
            row += [tonnes.in_plan, tonnes.alone]
        between = line.tonnes[agreement.report_year]
        row += [between.low, between.high]
        row += [grade_word(line.effect_grade, lang), grade_word(line.cost_grade, lang)]
        rows.append((*row, nearest(line)) if agreement.compared else tuple(row))
    adds_up = key == "own" and bool(rows)  # figures of group-wide initiatives are the whole region's, not the unit's
    if adds_up:
        sums: list[Cell] = [say("agreement.total", lang), "", "", ""]
        for year in agreement.tonnes_years:
            sums += [sum(line.tonnes[year].in_plan for line in lines), None]
        sums += [None, None]
        rows.append((*sums, *([""] * (len(columns) - len(sums)))))
        if agreement.between is not None:
            low, high = (number(value, lang) for value in agreement.between)
            place = 4 + 2 * agreement.tonnes_years.index(agreement.report_year)
            drawn: list[Cell] = [""] * len(columns)
            drawn[0], drawn[place] = say("agreement.total.between", lang), f"{low}–{high}"
            rows.append(tuple(drawn))
    return Sheet(
        title=say(f"agreement.sheet.{key}", lang),
        short=say(f"agreement.short.{key}", lang),
        note=say("agreement.note.tonnes", lang, moves=say("agreement.note.moves", lang)),
        columns=tuple(columns),
        rows=tuple(rows),
        totals=len(rows) - len(lines),
    )


def _money(agreement: Agreement, words: Words) -> Sheet:
    """Money by year and kind of the starts the unit bears, and what meters show on its sources."""
    lang = words.lang
    columns = [
        Column(heading=say("agreement.initiative", lang), width=46),
        Column(heading=say("agreement.kind", lang), width=26),
    ]
    columns += [Column(heading=str(year), decimals=0, width=11) for year in agreement.years]
    paid = [(line.initiative.initiative, line.money) for line in agreement.borne]
    rows, sums = money_rows(paid, agreement.metered, agreement.years, words)
    return Sheet(
        title=say("agreement.sheet.money", lang),
        short=say("agreement.short.money", lang),
        note=say("agreement.note.money", lang),
        columns=tuple(columns),
        rows=(*rows, *sums),
        totals=len(sums),
    )


def _staff(agreement: Agreement, words: Words) -> Sheet:
    """Staff by skill and year of the starts the unit bears."""
    lang = words.lang
    columns = [
        Column(heading=say("agreement.initiative", lang), width=46),
        Column(heading=say("agreement.skill", lang), width=26),
    ]
    columns += [Column(heading=str(year), decimals=2, width=9) for year in agreement.years]
    staffed = [(line.initiative.initiative, line.staff) for line in agreement.borne]
    rows, sums = staff_rows(staffed, agreement.years, words)
    return Sheet(
        title=say("agreement.sheet.staff", lang),
        short=say("agreement.short.staff", lang),
        note=say("agreement.note.staff", lang),
        columns=tuple(columns),
        rows=(*rows, *sums),
        totals=len(sums),
        brief=True,
    )


def _indicators(agreement: Agreement, words: Words) -> Sheet:
    """How each start is followed up."""
    lang = words.lang
    headings = (
        ("indicator", 30),
        ("initiative", 46),
        ("definition", 60),
        ("measure", 12),
        ("owner", 24),
        ("frequency", 14),
    )
    return Sheet(
        title=say("agreement.sheet.indicators", lang),
        short=say("agreement.short.indicators", lang),
        note="",
        columns=tuple(Column(heading=say(f"agreement.{key}", lang), width=width) for key, width in headings),
        rows=tuple(
            (
                name(row, lang),
                words.initiative(row.initiative),
                row.definition_da if lang is Lang.DA else row.definition_en,
                words.of_tables(row.measure),
                words.of_tables(row.data_owner_role),
                words.of_tables(row.frequency),
            )
            for line in agreement.lines
            for row in line.indicators
        ),
    )


def _prerequisites(agreement: Agreement, words: Words, starts: Callable[[str], str]) -> Sheet:
    """What must have started before, and when it does."""
    lang = words.lang
    return Sheet(
        title=say("agreement.sheet.prerequisites", lang),
        short=say("agreement.short.prerequisites", lang),
        note="",
        columns=(
            Column(heading=say("agreement.initiative", lang), width=46),
            Column(heading=say("agreement.requires", lang), width=46),
            Column(heading=say("agreement.where", lang), width=20),
            Column(heading=say("agreement.lag", lang), width=20),
            Column(heading=say("agreement.required.starts", lang), width=24),
        ),
        rows=tuple(
            (
                words.initiative(line.initiative.initiative),
                words.initiative(row.requires),
                say(f"agreement.scope.{PrerequisiteScope(row.scope).value}", lang),
                say("agreement.lag.years", lang, years=row.lag) if row.lag else say("agreement.lag.none", lang),
                starts(row.requires),
            )
            for line in agreement.lines
            for row in line.prerequisites
        ),
    )


def _running(agreement: Agreement, words: Words) -> Sheet:
    """What is taken to run already: part of the background, no part of the agreement's effect."""
    lang = words.lang
    return Sheet(
        title=say("agreement.sheet.running", lang),
        short=say("agreement.short.running", lang),
        note=say("agreement.note.running", lang),
        columns=(
            Column(heading=say("agreement.initiative", lang), width=46),
            Column(heading=say("agreement.round", lang), width=14),
            Column(heading=say("agreement.start", lang), decimals=0, form=Form.YEAR, width=8),
            Column(heading=say("agreement.level", lang), decimals=0, form=Form.SHARE, width=8),
            Column(heading=say("agreement.status", lang), width=16),
        ),
        rows=tuple(
            (
                words.initiative(row.initiative),
                row.round,
                float(row.start),
                row.level,
                say(f"status.{row.status.value}", lang),
            )
            for row in agreement.running
        ),
    )


def _only_nearest(agreement: Agreement, words: Words) -> Sheet:
    """What the nearest plan starts in the round and this plan never."""
    lang = words.lang
    return Sheet(
        title=say("agreement.sheet.only_nearest", lang),
        short=say("agreement.short.only_nearest", lang),
        note=say("agreement.note.only_nearest", lang),
        columns=(
            Column(heading=say("agreement.initiative", lang), width=46),
            Column(heading=say("agreement.start", lang), decimals=0, form=Form.YEAR, width=8),
            Column(heading=say("agreement.level", lang), decimals=0, form=Form.SHARE, width=8),
        ),
        rows=tuple(
            (words.initiative(start.initiative), float(start.start), start.level) for start in agreement.only_nearest
        ),
    )


def sheets(agreement: Agreement, region: Region, starts: Callable[[str], str], lang: Lang) -> tuple[Sheet, ...]:
    """All tables of an agreement, in reading order.

    Parameters
    ----------
    starts : callable
        From the id of a required initiative to words on when it starts for this unit.
    """
    words = Words(region, lang)
    tables = [
        _initiatives(agreement, agreement.own, words, "own"),
        _initiatives(agreement, agreement.group_wide, words, "group_wide"),
        _money(agreement, words),
        _staff(agreement, words),
        _indicators(agreement, words),
        _prerequisites(agreement, words, starts),
        _running(agreement, words),
    ]
    if agreement.compared:
        tables.append(_only_nearest(agreement, words))
    return tuple(tables)
