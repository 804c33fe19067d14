"""A dossier in words: what a reader is told before the tables, short enough for two pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind
from rmscenario.reporting.added import LEAST_ADDED, added
from rmscenario.reporting.agreements.contents import METERED
from rmscenario.reporting.dossiers.contents import Dossier, Since
from rmscenario.reporting.dossiers.sheets import sheets
from rmscenario.reporting.language import Lang, counted, money, name, number, percent, say, shorten
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
        "since": _since(dossier, lang),
        "answer": _answer(dossier, lang),
    }
    told = {key: tuple(lines) for key, lines in parts.items()}
    return Page(
        unit=unit,
        title=say("dossier.title", lang, unit=unit, **period),
        mark="" if region.settings.confirmed else NOT_CONFIRMED[lang.value],
        parts=tuple((say(f"dossier.lead.{key}", lang), lines) for key, lines in told.items() if lines),
        tables=sheets(dossier, region, lang),
    )


def _signs(dossier: Dossier, region: Region, lang: Lang) -> Iterator[str]:
    entries = {"own": dossier.own, "carried": dossier.carried, "acting": dossier.acting}
    counts = {key: sum(entry.stands for entry in group) for key, group in entries.items()}
    period = {"first": dossier.round.first_year, "last": dossier.round.last_year}
    yield " ".join(
        counted(f"dossier.starts.{key}", count, lang, **period)
        for key, count in counts.items()
        if count or key == "own"
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
    if dossier.shared:
        yield say("dossier.shared", lang, table=say("dossier.sheet.signs", lang))


def _why(dossier: Dossier, region: Region, lang: Lang, *, scenario: str, run: str) -> Iterator[str]:
    share = dossier.own_tonnes / dossier.plan_tonnes if dossier.plan_tonnes > 0 else 0.0
    part = say(
        "dossier.part",
        lang,
        tonnes=number(dossier.own_tonnes, lang),
        year=dossier.report_year,
        share=percent(share, lang, 1),
        first=dossier.round.first_year,
        last=dossier.round.last_year,
    )
    if dossier.between is not None:
        low, high = (number(value, lang) for value in dossier.between)
        part += " " + say("dossier.between", lang, low=low, high=high)
    elif dossier.own:
        part += " " + say("dossier.no_stress", lang)
    part += _in_account(dossier, lang)
    if dossier.later_tonnes:
        every = number(dossier.own_tonnes + dossier.later_tonnes, lang)
        part += " " + say("dossier.part.later", lang, tonnes=every, year=dossier.report_year)
    yield part
    yield _cost(dossier, lang)
    yield from _adding(dossier, region, lang)
    names = {row.initiative: name(row, lang) for row in region.initiatives}
    others = [names[other] for other in dict.fromkeys(o for entry in dossier.borne for o in entry.supersedes)]
    yield say("dossier.replaces", lang, others=", ".join(others)) if others else say("dossier.replaces.none", lang)
    if dossier.signposts is None:
        yield say("dossier.warnings.none", lang, run=run)
    yield say("dossier.scenario", lang, scenario=scenario, price_year=region.settings.price_year)


def _in_account(dossier: Dossier, lang: Lang) -> str:
    """What the official account will show of the unit's own starts; blank where it has none with tonnes, or nobody knows."""
    of_own = dossier.own_alone
    if of_own.in_account is None or not any(entry.tonnes for entry in dossier.own):
        return ""
    alone, shown = number(of_own.mode, lang), number(of_own.in_account, lang)
    if alone == shown:
        return " " + say("dossier.in_account.all", lang)
    return " " + say("dossier.in_account", lang, alone=alone, shown=shown)


def _cost(dossier: Dossier, lang: Lang) -> str:
    """What the unit pays in the round, and what it saves: by its own starts, and by the whole plan on its consumption."""

    def own(*kinds: MoneyKind) -> float:
        return sum(e.money.get((kind, at), 0.0) for e in dossier.borne for kind in kinds for at in dossier.round.years)

    saved = {
        "own": own(*METERED),
        "metered": sum(dossier.metered[kind, at] for kind in METERED for at in dossier.round.years),
    }
    parts = [say(f"dossier.saves.{key}", lang, amount=money(amount, lang)) for key, amount in saved.items() if amount]
    cost = say(
        "dossier.cost",
        lang,
        capex=money(own(MoneyKind.CAPEX), lang),
        opex=money(own(MoneyKind.OPEX), lang),
        first=dossier.round.first_year,
        last=dossier.round.last_year,
    )
    return cost + say(
        "dossier.saves", lang, parts=say("dossier.saves.and", lang).join(parts) or say("dossier.saves.none", lang)
    )


def _adding(dossier: Dossier, region: Region, lang: Lang) -> Iterator[str]:
    """What adds emissions, and why it is there all the same; what is decided and starts later."""
    year = dossier.report_year
    for entry in dossier.borne:
        if (tonnes := entry.tonnes.get(year)) is None:
            continue
        if text := added(entry.initiative, tonnes.in_plan, year, lang, decided=entry.decided):
            yield text
    initiatives = {row.initiative: row for row in region.initiatives}
    for later in dossier.ahead:
        text = say(
            "dossier.ahead" if later.start else "dossier.ahead.not",
            lang,
            initiative=f"{later.initiative} {name(initiatives[later.initiative], lang)}",
            latest=later.latest,
            start=later.start,
        )
        if later.tonnes <= -LEAST_ADDED:
            text += say("dossier.ahead.adds", lang, tonnes=number(-later.tonnes, lang), year=year)
        yield text + "."


def _since(dossier: Dossier, lang: Lang) -> Iterator[str]:
    """How the round stands against the rounds before."""
    counts = Counter(how for how, _, _ in dossier.since)
    parts = [counted(f"dossier.since.{how.value}.count", counts[how], lang) for how in Since if counts[how]]
    if parts:
        text = ", ".join(parts)
        yield f"{text[0].upper()}{text[1:]}."


def _answer(dossier: Dossier, lang: Lang) -> Iterator[str]:
    if dossier.state is RoundState.OPEN:
        return
    if dossier.state is not RoundState.PROPOSED:
        yield say("dossier.signed", lang)
    elif not dossier.answers:
        yield say("dossier.answer.none", lang)
    else:
        yield say("dossier.answer", lang, file=f"{dossier.unit}.xlsx", sheet=say("dossier.short.answers", lang))
