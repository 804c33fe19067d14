"""The sections of the report: where we are, where the plan leads, how sure, what is missing, what it costs, who does what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rmscenario.constants import NOT_CONFIRMED
from rmscenario.region.footprint import Target
from rmscenario.reporting.beyond import beyond
from rmscenario.reporting.dossiers import Dossier
from rmscenario.reporting.language import Lang, money, name, number, percent, probability, say
from rmscenario.reporting.page import amounts, curves, sure
from rmscenario.reporting.page.analysed import analysed
from rmscenario.reporting.page.followed import Followed, followed
from rmscenario.reporting.page.goals import goals
from rmscenario.reporting.page.parts import Figure, Fold, Page, Section
from rmscenario.reporting.page.sources import grades, running, sources
from rmscenario.reporting.page.units import units
from rmscenario.reporting.results import Result, chance_of
from rmscenario.reporting.risk_words import how_judged
from rmscenario.reporting.series.gap import difference_note, finding, gap_data
from rmscenario.reporting.summary import how_sure, in_the_way, what_it_costs, where_we_end
from rmscenario.reporting.targets import TargetWords

#: Texts of the page itself, which the template and the script take by their last word.
_WORDS = (
    "skip", "contents", "language", "table", "all_units", "all_tracks", "unit", "track", "count", "choose", "chart",
    "scroll", "none", "noscript",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the report is made of, in one language.

    `followed` is what has been observed. `run`, `made` and `version` are the run's name, time and version; `dossiers` are of the round that is signed next,
    empty where none is; `analyses` are the key sentences of those that stand beside the run, by name.
    """

    result: Result
    summary: Mapping[str, Any]
    dossiers: tuple[Dossier, ...]
    analyses: Mapping[str, Sequence[str]]
    followed: Followed
    run: str
    made: str
    version: str


def page(reported: Reported, lang: Lang) -> Page:
    """The report in one language."""
    region, summary = reported.result.region, reported.summary
    targets = region.targets_by_priority
    first = targets[0] if targets else None
    sections = (
        _now(reported, first, lang),
        _ahead(reported, lang),
        _sure(reported, first, lang),
        analysed(reported.analyses, reported.run, lang),
        _missing(reported, first, lang),
        _cost(reported, lang),
        units(reported.result, reported.dossiers, reported.run, lang),
        _rests(reported, lang),
    )
    mark = "" if region.settings.confirmed else NOT_CONFIRMED[lang.value]
    scenario = reported.result.title
    return Page(
        title=say("page.title", lang, region=name(region.settings, lang)),
        subtitle=say(
            "page.subtitle", lang, scenario=scenario, first=region.settings.first_year, last=region.settings.last_start
        ),
        mark=mark,
        lead=_lead(reported, first, lang),
        facts=_facts(reported, first, lang),
        sections=sections,
        foot=(
            say("page.foot", lang, version=reported.version, made=reported.made[:10]),
            *(
                (
                    say(
                        "page.foot.draws",
                        lang,
                        draws=number(summary["stress"]["draws"], lang),
                        seed=summary["stress"]["seed"],
                    ),
                )
                if summary.get("stress")
                else ()
            ),
        ),
        words={key: say(f"page.word.{key}", lang) for key in _WORDS},
    )


def _lead(reported: Reported, first: Target | None, lang: Lang) -> tuple[str, ...]:
    """The answer in one or two sentences."""
    said = []
    if reported.summary.get("interrupted"):
        said.append(say("page.interrupted", lang))
    if first is not None:
        gap = gap_data(reported.result, first, lang)
        said.append(finding(gap, lang, chance_of(reported.result, first, gap.year, lang)) + ".")
    met = sum(bool(row["met"]) for row in reported.summary["targets"])
    if count := len(reported.summary["targets"]):
        said.append(say("page.lead.targets", lang, met=number(met, lang), count=number(count, lang)))
    return tuple(said)


def _facts(reported: Reported, first: Target | None, lang: Lang) -> tuple[tuple[str, str, str], ...]:
    """The figures a reader takes along: (what, value, remark)."""
    summary, settings = reported.summary, reported.result.region.settings
    facts = []
    if first is not None:
        row = next(item for item in summary["targets"] if item["id"] == first.target)
        words = TargetWords(row, lang)
        facts.append(_reached(row, words, lang))
        if not row["met"]:
            without = say("page.fact.without", lang, amount=words.amount(row["shortfall_background"]))
            facts.append((say("page.fact.missing", lang, year=row["year"]), words.missing(), without))
        if row.get("probability_met") is not None:
            draws = (summary.get("stress") or {}).get("draws")
            remark = say("page.fact.draws", lang, draws=number(draws, lang)) if draws else ""
            facts.append((say("page.fact.chance", lang), probability(row["probability_met"], lang, draws), remark))
    cost = summary["cost"]
    net = float(cost["npv"])
    key = "cost" if net > 0 else "gain"
    years = f"{min(cost['years'])}–{max(cost['years'])}"
    cashable = float(cost["gross"]) - float(cost["savings_cashable"])
    remark = say(f"page.fact.cashable.{'cost' if cashable > 0 else 'gain'}", lang, amount=money(abs(cashable), lang))
    facts.append((say(f"page.fact.net.{key}", lang, years=years), money(abs(net), lang), remark))
    span = {"first": settings.first_year, "last": settings.last_start}
    capex = money(float(cost["capex_until_last_start"]), lang)
    starts = say("page.fact.starts", lang, count=number(summary["starts"], lang))
    facts.append((say("page.fact.capex", lang, **span), capex, starts))
    effect = (summary.get("evidence") or {}).get("effect")
    if effect:
        share = percent(float(effect.get("assumption", 0.0)), lang)
        facts.append((say("page.fact.assumed", lang), share, say("page.fact.assumed.remark", lang)))
    return tuple(facts)


def _reached(row: Mapping[str, Any], words: TargetWords, lang: Lang) -> tuple[str, str, str]:
    """Where the plan ends, by what the target is judged by, beside its goal."""
    certified = row.get("certified")
    if not certified:
        goal = say("page.fact.goal", lang, goal=words.outcome(row["cap"]), name=words.name)
        return say("page.fact.reached", lang, year=row["year"]), words.reached(), goal
    how = how_judged(row["confidence"], certified["level"], lang)
    goal = say(
        "page.fact.judged.goal",
        lang,
        goal=words.amount(row["cap"]),
        name=words.name,
        planned=words.amount(row["residual"]),
    )
    return say("page.fact.judged", lang, year=row["year"], how=how), words.amount(row["judged"]), goal


def _now(reported: Reported, first: Target | None, lang: Lang) -> Section:
    """What was published, and where it goes if nothing more is done."""
    result, region = reported.result, reported.result.region
    told: list[str] = []
    figures: list[Figure] = []
    if first is not None:
        row = next(item for item in reported.summary["targets"] if item["id"] == first.target)
        words, gap = TargetWords(row, lang), gap_data(result, first, lang)
        said = {"year": row["year"], "name": words.name, "amount": words.left(row["residual_background"])}
        if gap.how is None:
            told.append(say("page.now.background", lang, **said))
        else:
            judged = words.left(row["judged_background"])
            told.append(say("page.now.background.judged", lang, how=gap.how, judged=judged, **said))
        figures += [figure for figure in (curves.accounts(result, first, lang),) if figure]
        told += [note for note in (difference_note(region, gap, lang),) if note]
    statuses = Counter(row.status for row in region.running)
    if statuses:
        parts = ", ".join(
            f"{number(count, lang)} {say(f'status.{status.value}', lang)}" for status, count in statuses.items()
        )
        told.append(say("page.now.running", lang, parts=parts))
    return Section(
        name="now",
        heading=say("page.section.now", lang),
        told=tuple(told),
        sections=followed(reported.followed, region, lang),
        figures=tuple(figures),
        folds=(
            (Fold(name="running", line=say("page.running.line", lang, count=number(len(region.running), lang)),
                  tables=(running(region, lang),)),)
            if region.running
            else ()
        ),
    )  # fmt: skip


def _ahead(reported: Reported, lang: Lang) -> Section:
    """Every target in a table; the first one's curve in full, the others folded under their findings."""
    result, summary = reported.result, reported.summary
    targets = result.region.targets_by_priority
    told = where_we_end(summary, lang).sentences
    each, notes = told[: len(targets)], told[len(targets) :]
    curve = {target: curves.target_gap(result, target, lang) for target in targets}
    return Section(
        name="ahead",
        heading=say("page.section.ahead", lang),
        told=(*each[:1], *notes),
        tables=(goals(summary, lang),) if targets else (),
        figures=(*(curve[target] for target in targets[:1]), curves.wedge(result, lang)),
        folds=tuple(
            Fold(
                name=f"target-{target.target}",
                line=f"{name(target, lang)}: {curve[target].finding}",
                sentences=(str(said),),
                figures=(curve[target],),
            )
            for target, said in zip(targets[1:], each[1:], strict=True)
        ),
    )


def _sure(reported: Reported, first: Target | None, lang: Lang) -> Section:
    """The stress test, and what the answer rests on."""
    result = reported.result
    drawn = [
        (target, figure)
        for target in result.region.targets_by_priority
        if (figure := sure.distribution(result, target, lang)) is not None
    ]
    lead = [figure for target, figure in drawn if target == first]
    evidence = sure.evidence(reported.summary, lang)
    told = list(how_sure(reported.summary, lang).sentences)
    if result.stress is None:
        told.insert(0, say("page.sure.untested", lang))
    return Section(
        name="sure",
        heading=say("page.section.sure", lang),
        told=tuple(told),
        figures=(*lead, *((evidence,) if evidence else ())),
        folds=tuple(
            Fold(name=f"sure-{target.target}", line=f"{name(target, lang)}: {figure.finding}", figures=(figure,))
            for target, figure in drawn
            if target != first
        ),
    )


def _missing(reported: Reported, first: Target | None, lang: Lang) -> Section:
    """What is missing and why; what cannot wait."""
    summary = reported.summary
    figures: list[Figure] = []
    if first is not None:
        figures.append(amounts.way(reported.result, first, summary, lang))
        figures += [figure for figure in (amounts.left(reported.result, first, lang),) if figure]
    way = in_the_way(summary, lang)
    parts = [Section(name="way", heading=way.heading, told=way.sentences)] if way else []
    parts += [
        Section(name=f"beyond-{number_}", heading=told.heading, told=told.sentences)
        for number_, told in enumerate(beyond(summary, lang, hints=False), start=1)
    ]
    return Section(
        name="missing",
        heading=say("page.section.missing" if way else "page.section.further", lang),
        figures=tuple(figures),
        sections=tuple(parts),
    )


def _cost(reported: Reported, lang: Lang) -> Section:
    return Section(
        name="cost",
        heading=say("page.section.cost", lang),
        told=what_it_costs(reported.summary, lang).sentences,
        figures=(amounts.money_years(reported.result, lang),),
    )


def _rests(reported: Reported, lang: Lang) -> Section:
    """How to read the figures, what is assumed, and the sources."""
    region = reported.result.region
    assumed, public = sources(region, lang, public=False), sources(region, lang, public=True)
    return Section(
        name="sources",
        heading=say("page.section.sources", lang),
        told=(say("page.sources.grades", lang), say("page.sources.overlap", lang), say("page.sources.draws", lang)),
        tables=(grades(region, lang),),
        folds=tuple(
            Fold(name=key, line=f"{sheet.title} ({number(len(sheet.rows), lang)})", tables=(sheet,))
            for key, sheet in (("assumed", assumed), ("public", public))
            if sheet.rows
        ),
    )
