"""Agreements: what each unit starts in the next round, as Markdown and as a workbook, and an index for the region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rmscenario.errors import Fault, InputError
from rmscenario.region.vocabulary import Delivery, MoneyKind
from rmscenario.reporting.added import added, is_decided
from rmscenario.reporting.agreements.contents import Agreement, agreements
from rmscenario.reporting.agreements.markdown import document
from rmscenario.reporting.agreements.tables import THOUSAND, sheets
from rmscenario.reporting.language import Lang, counted, money, name, number, percent, say
from rmscenario.reporting.results import Result, in_words, next_round, share_reached, unit_names
from rmscenario.reporting.sheets import Cell, Column, Sheet
from rmscenario.reporting.workbook import write_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A unit's agreement as it is written: what it holds, in words and in tables."""

    agreement: Agreement
    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Sheet, ...]


def _when(result: Result, agreement: Agreement, lang: Lang, initiative: str) -> str:
    """When a required initiative starts for a unit: in the plan, already running, or not at all."""
    region = result.region
    group = any(row.initiative == initiative and row.delivery is Delivery.GROUP for row in region.initiatives)
    running = [row for row in region.running if row.initiative == initiative and (group or row.unit == agreement.unit)]
    if running:
        return say("agreement.required.running", lang, year=running[0].start)
    starts = [
        start.start
        for start in result.plan.starts
        if start.initiative == initiative and (group or start.unit == agreement.unit)
    ]
    if starts:
        return say("agreement.required.starts.in", lang, year=min(starts))
    return say("agreement.required.not", lang)


def _first_targets(result: Result, lang: Lang) -> str:
    """Names of the soft targets of first priority, which alone the nearest plan goes for; empty if all are hard."""
    targets = [target for target in result.region.active_targets if not target.hard]
    first = min((target.priority for target in targets), default=0)
    return ", ".join(name(target, lang) for target in targets if target.priority == first)


def _owners(result: Result, lang: Lang) -> str:
    """The roles that own the tracks."""
    owners = [
        say("agreement.owner.of", lang, role=in_words(result.region, row.owner_role, lang), track=name(row, lang))
        for row in result.region.tracks
    ]
    return say("agreement.owners", lang, owners=", ".join(owners))


def _shares(result: Result, unit: str, lang: Lang) -> list[str]:
    """What a unit reaches of targets whose goal is a share, such as recycling."""
    lines = []
    for target in result.region.targets_by_priority:
        year = int(result.assessment["target_year"].sel(target=target.target))
        found = share_reached(result.region, target, result.assessment, year, unit)
        if found is not None and found.plan is not None and found.background is not None:
            shown = {key: percent(getattr(found, key), lang) for key in ("plan", "background", "wanted")}
            lines.append(say("agreement.share", lang, name=name(target, lang), year=year, **shown))
    return lines


def _adding(result: Result, agreement: Agreement, lang: Lang) -> list[str]:
    """What its own lines add, and why they are there all the same."""
    year = agreement.report_year
    said = (
        added(
            line.initiative,
            line.tonnes[year].in_plan,
            year,
            lang,
            decided=is_decided(result.region, line.initiative.initiative, agreement.unit),
        )
        for line in agreement.own
    )
    return [text for text in said if text]


def _paragraphs(result: Result, agreement: Agreement, title: str, nearest: Result | None, lang: Lang) -> list[str]:
    """What the agreement says in short, and what it rests on."""
    year = agreement.report_year
    inside = [at for at in agreement.years if at <= agreement.round.last_year]
    outlay = sum(line.money[MoneyKind.CAPEX, at] for line in agreement.borne for at in inside)
    period = {"first": agreement.round.first_year, "last": agreement.round.last_year}
    group = len(agreement.group_wide)
    lines = [
        say(
            "agreement.short" if agreement.own or outlay else "agreement.short.none",
            lang,
            own=counted("agreement.starts.own", len(agreement.own), lang, **period),
            group=counted("agreement.starts.group", group, lang) if group else "",
            tonnes=number(sum(line.tonnes[year].in_plan for line in agreement.own), lang),
            year=year,
            capex=money(outlay, lang),
        ),
        *_adding(result, agreement, lang),
        say("agreement.scenario", lang, scenario=title, price_year=result.region.settings.price_year),
    ]
    lines += _shares(result, agreement.unit, lang)
    lines.append(_owners(result, lang))
    if nearest is not None:
        targets = _first_targets(nearest, lang)
        key = "agreement.compared" if targets else "agreement.compared.hard"
        lines.append(say(key, lang, scenario=nearest.title, targets=targets))
    return lines


def overview(result: Result, made: Sequence[Agreement], lang: Lang, *, files: bool = False) -> Sheet:
    """All units in one table, with the files that hold each agreement or without."""
    names = unit_names(result.region, lang)
    year = made[0].report_year
    rows: list[tuple[Cell, ...]] = []
    for agreement in made:
        inside = [at for at in agreement.years if at <= agreement.round.last_year]
        rows.append(
            (
                names[agreement.unit],
                float(len(agreement.own)),
                float(len(agreement.group_wide)),
                sum(line.tonnes[year].in_plan for line in agreement.own),
                sum(line.money[MoneyKind.CAPEX, at] for line in agreement.borne for at in inside) / THOUSAND,
                float(len(agreement.running)),
                f"{agreement.unit}.md, {agreement.unit}.xlsx",
            )
        )
    group = {line.start for agreement in made for line in agreement.group_wide}
    running = {row for agreement in made for row in agreement.running}
    own, tonnes, capex = (sum(float(row[column] or 0.0) for row in rows) for column in (1, 3, 4))
    total = (say("agreement.total", lang), own, float(len(group)), tonnes, capex, float(len(running)), "")
    headings = (
        ("agreement.unit", None),
        ("agreement.count.own", 0),
        ("agreement.count.group_wide", 0),
        ("agreement.tonnes.in_plan", 0),
        ("agreement.capex.round", 0),
        ("agreement.count.running", 0),
        ("agreement.files", None),
    )
    shown = len(headings) if files else len(headings) - 1
    return Sheet(
        title=say("agreement.sheet.index", lang),
        short=say("agreement.short.index", lang),
        note=say("agreement.note.index", lang),
        columns=tuple(Column(heading=say(key, lang, year=year), decimals=at) for key, at in headings[:shown]),
        rows=tuple(row[:shown] for row in (*rows, total)),
        totals=1,
    )


def documents(result: Result, lang: Lang, nearest: Result | None = None) -> tuple[Document, ...]:
    """The agreements of all units for the next open round; none where no round is open.

    Parameters
    ----------
    nearest : Result, optional
        A second plan, as near to the targets as limits allow, shown beside this one.
    """
    region = result.region
    agreement_round = next_round(region)
    if agreement_round is None:
        return ()
    names = unit_names(region, lang)
    period = {"first": agreement_round.first_year, "last": agreement_round.last_year}
    return tuple(
        Document(
            agreement=agreement,
            title=say("agreement.title", lang, unit=names[agreement.unit], **period),
            paragraphs=tuple(_paragraphs(result, agreement, result.title, nearest, lang)),
            tables=sheets(agreement, region, partial(_when, result, agreement, lang), lang),
        )
        for agreement in agreements(result, agreement_round, nearest)
    )


def write_agreements(folder: Path, result: Result, lang: Lang, nearest: Result | None = None) -> tuple[Path, ...]:
    """Write every unit's agreement for the next open round, and `index.md`.

    Parameters
    ----------
    nearest : Result, optional
        A second plan, as near to the targets as limits allow, shown beside this one.

    Raises
    ------
    InputError
        When no round is open.
    """
    region = result.region
    agreement_round = next_round(region)
    if agreement_round is None:
        raise InputError(
            [
                Fault(
                    file="rounds.csv",
                    column="status",
                    found="no round with status open",
                    expected="one round that is signed next",
                    remedy="set the next round's status to open",
                )
            ]
        )
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    made = documents(result, lang, nearest)
    for each in made:
        stem = each.agreement.unit
        text, book = folder / f"{stem}.md", folder / f"{stem}.xlsx"
        page = document(region, each.title, each.paragraphs, each.tables, lang)
        text.write_text(page, encoding="utf-8", newline="\n")
        write_workbook(book, region, title=each.title, paragraphs=each.paragraphs, tables=each.tables, lang=lang)
        paths += [text, book]
    index = folder / "index.md"
    title = say("agreement.index.title", lang, first=agreement_round.first_year, last=agreement_round.last_year)
    scenario = say("agreement.scenario", lang, scenario=result.title, price_year=region.settings.price_year)
    table = overview(result, [each.agreement for each in made], lang, files=True)
    index.write_text(document(region, title, [scenario], [table], lang), encoding="utf-8", newline="\n")
    return (*paths, index)


__all__ = ["Document", "documents", "overview", "write_agreements"]
