"""What each unit does: tonnes by unit, the schedule, and a dossier for each unit in the next round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.reporting.agreements.tables import THOUSAND
from rmscenario.reporting.dossiers import Dossier
from rmscenario.reporting.dossiers import page as dossier_page
from rmscenario.reporting.dossiers.contents import Since
from rmscenario.reporting.language import Lang, number, say
from rmscenario.reporting.page import amounts
from rmscenario.reporting.page.parts import Fold, Section
from rmscenario.reporting.page.schedule import schedule
from rmscenario.reporting.results import Result, unit_names
from rmscenario.reporting.series.starts import placed_starts
from rmscenario.reporting.sheets import Cell, Column, Sheet
from rmscenario.tables.parts import RoundState


def units(result: Result, dossiers: Sequence[Dossier], run: str, lang: Lang) -> Section:
    """What starts where and when, and what each unit is asked to sign in the next round.

    Parameters
    ----------
    dossiers : sequence of Dossier
        Those of the round that is signed next; empty where none is.
    run : str
        Name of the run.
    """
    placed = placed_starts(result, lang)
    return Section(
        name="units",
        heading=say("page.section.units", lang),
        told=() if placed else (say("schedule.finding.none", lang) + ".",),
        figures=(amounts.by_unit(result, placed, lang), schedule(result, placed, lang)) if placed else (),
        sections=(_dossiers(result, dossiers, run, lang),) if dossiers else (),
    )


def _dossiers(result: Result, dossiers: Sequence[Dossier], run: str, lang: Lang) -> Section:
    agreed, region = dossiers[0].round, result.region
    told = [say("page.dossiers", lang)]
    if dossiers[0].state is RoundState.OPEN:
        told.append(say("page.dossiers.open", lang, round=agreed.round, run=run))
    return Section(
        name="dossiers",
        heading=say("page.section.dossiers", lang, first=agreed.first_year, last=agreed.last_year),
        told=tuple(told),
        tables=(_overview(dossiers, region, lang),),
        folds=tuple(_fold(dossier, result, run, lang) for dossier in dossiers),
    )


def _fold(dossier: Dossier, result: Result, run: str, lang: Lang) -> Fold:
    """A unit's dossier under its title."""
    shown = dossier_page(dossier, result.region, lang, scenario=result.title, run=run)
    return Fold(
        name=f"unit-{dossier.unit}",
        line=shown.title,
        own_page=True,
        sections=tuple(
            Section(name=f"unit-{dossier.unit}-{number_}", heading=heading, told=texts)
            for number_, (heading, texts) in enumerate(shown.parts, start=1)
        ),
        tables=tuple(table for _, table in shown.tables),
    )


def _overview(dossiers: Sequence[Dossier], region: Region, lang: Lang) -> Sheet:
    """All units in one table: what they start, what came from the rounds before, tonnes, and capex in the round."""
    names = unit_names(region, lang)
    rows: list[tuple[Cell, ...]] = []
    for dossier in dossiers:
        since = Counter(how for how, _, _ in dossier.since)
        low_high = "–".join(number(value, lang) for value in dossier.between or ())
        capex = sum(e.money.get((MoneyKind.CAPEX, at), 0.0) for e in dossier.borne for at in dossier.round.years)
        rows.append(
            (
                names[dossier.unit],
                *(float(since[how]) for how in Since),
                dossier.own_tonnes,
                low_high,
                capex / THOUSAND,
            )
        )
    sums = [sum(float(row[column] or 0.0) for row in rows) for column in (*range(1, len(Since) + 2), len(Since) + 3)]
    total = (say("agreement.total", lang), *sums[:-1], "", sums[-1])
    year = dossiers[0].report_year
    columns = [Column(heading=say("agreement.unit", lang))]
    columns += [Column(heading=say(f"dossier.since.{how.value}", lang), decimals=0) for how in Since]
    columns += [
        Column(heading=say("agreement.tonnes.in_plan", lang, year=year), decimals=0),
        Column(heading=say("page.goals.range", lang)),
        Column(heading=say("agreement.capex.round", lang), decimals=0),
    ]
    return Sheet(
        title=say("page.dossiers.table", lang),
        short="",
        note=say("page.dossiers.note", lang),
        columns=tuple(columns),
        rows=(*rows, total),
        totals=1,
    )
