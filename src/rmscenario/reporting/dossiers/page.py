"""A dossier in words: what a reader is told before the tables, short enough for two pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.reporting.dossiers.contents import Dossier
from rmscenario.reporting.dossiers.sheets import sheets
from rmscenario.reporting.language import Lang, money, name, number, percent, say, shorten
from rmscenario.reporting.results import unit_names
from rmscenario.reporting.sheets import Sheet
from rmscenario.tables.parts import RoundState

#: Initiatives of a track that the text names; the table has them all.
NAMED = 5
#: [characters] Longest name of an initiative in the text.
_SHORT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A dossier as a reader sees it: title, mark of unconfirmed figures, parts of text, and tables by key."""

    unit: str
    title: str
    mark: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    tables: tuple[tuple[str, Sheet], ...]


def page(dossier: Dossier, region: Region, lang: Lang, *, scenario: str, run: str) -> Page:
    """Text and tables of a dossier.

    Parameters
    ----------
    scenario, run : str
        Title of the scenario and name of the run that the round was proposed from.
    """
    unit = unit_names(region, lang)[dossier.unit]
    period = {"first": dossier.round.first_year, "last": dossier.round.last_year}
    parts = {
        "signs": _signs(dossier, region, lang),
        "why": _why(dossier, region, lang, scenario=scenario, run=run),
        "answer": _answer(dossier, lang),
    }
    return Page(
        unit=unit,
        title=say("dossier.title", lang, unit=unit, **period),
        mark="" if region.settings.confirmed else NOT_CONFIRMED[lang.value],
        parts=tuple((say(f"dossier.lead.{key}", lang), tuple(lines)) for key, lines in parts.items()),
        tables=sheets(dossier, region, lang),
    )


def _signs(dossier: Dossier, region: Region, lang: Lang) -> Iterator[str]:
    yield say(
        "dossier.short",
        lang,
        own=number(sum(entry.stands for entry in dossier.own), lang),
        carried=number(sum(entry.stands for entry in dossier.carried), lang),
        acting=number(sum(entry.stands for entry in dossier.acting), lang),
        first=dossier.round.first_year,
        last=dossier.round.last_year,
    )
    for track in region.tracks:
        inside = [entry for entry in dossier.borne if entry.initiative.track == track.track]
        named = [
            say(
                "dossier.track.one",
                lang,
                initiative=shorten(name(entry.initiative, lang), _SHORT),
                start=entry.question.now.start,
            )
            for entry in inside[:NAMED]
        ]
        if len(inside) > NAMED:
            named.append(say("dossier.track.more", lang, count=number(len(inside) - NAMED, lang)))
        if named:
            yield say("dossier.track", lang, track=name(track, lang), initiatives=", ".join(named))


def _why(dossier: Dossier, region: Region, lang: Lang, *, scenario: str, run: str) -> Iterator[str]:
    share = dossier.own_tonnes / dossier.plan_tonnes if dossier.plan_tonnes > 0 else 0.0
    part = say(
        "dossier.part",
        lang,
        tonnes=number(dossier.own_tonnes, lang),
        year=dossier.report_year,
        share=percent(share, lang, 1),
    )
    if dossier.between is not None:
        low, high = (number(value, lang) for value in dossier.between)
        part += " " + say("dossier.between", lang, low=low, high=high)
    elif dossier.own:
        part += " " + say("dossier.no_stress", lang)
    yield part
    sums = {
        key: money(
            sum(
                entry.money.get((kind, year), 0.0)
                for entry in dossier.borne
                for kind in kinds
                for year in dossier.round.years
            ),
            lang,
        )
        for key, kinds in (
            ("capex", (MoneyKind.CAPEX,)),
            ("opex", (MoneyKind.OPEX,)),
            ("saving", (MoneyKind.SAVING_CASHABLE, MoneyKind.SAVING_AVOIDED)),
        )
    }
    yield say("dossier.cost", lang, first=dossier.round.first_year, last=dossier.round.last_year, **sums)
    names = {row.initiative: name(row, lang) for row in region.initiatives}
    others = [names[other] for other in dict.fromkeys(o for entry in dossier.borne for o in entry.supersedes)]
    yield say("dossier.replaces", lang, others=", ".join(others)) if others else say("dossier.replaces.none", lang)
    if dossier.signposts is None:
        yield say("dossier.warnings.none", lang, run=run)
    yield say("dossier.scenario", lang, scenario=scenario, price_year=region.settings.price_year)


def _answer(dossier: Dossier, lang: Lang) -> Iterator[str]:
    if dossier.state is not RoundState.PROPOSED:
        yield say("dossier.signed", lang)
    elif not dossier.answers:
        yield say("dossier.answer.none", lang)
    else:
        yield say("dossier.answer", lang, file=f"{dossier.unit}.xlsx", sheet=say("dossier.short.answers", lang))
