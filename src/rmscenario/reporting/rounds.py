"""How agreement rounds stand, as lines of the terminal and as figures for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from operator import attrgetter
from typing import Any

from rmscenario.region import Region
from rmscenario.region.commitments import Commitment
from rmscenario.reporting.language import Lang, brief, name, number, percent, say
from rmscenario.reporting.pages import Listed, Part, listed, terminal
from rmscenario.reporting.sheets import Cell, Column, Form, Sheet
from rmscenario.rounds.against import Against
from rmscenario.rounds.progress import Progressed, Silence, Span
from rmscenario.rounds.rows import IN_SERVICE, START, FollowUp
from rmscenario.rounds.status import Standing

#: Most commitments that are named in a sentence.
NAMED = 12
#: What other programs are told of the effects that tonnes count with.
_EFFECTS = {"promised": "as promised", "measured": "as measured", "some": "as measured, else as promised"}


def rounds_text(region: Region, rounds: Sequence[Standing], lang: Lang) -> str:
    """All rounds in one table."""
    columns = ("round", "status", "commitments", "running", "follow_up")
    table = Listed(
        headings=tuple(say(f"round.column.{column}", lang) for column in columns),
        rows=tuple(
            (
                each.agreed.round,
                _state(each, lang),
                _counts(each.statuses, "round.status", lang),
                _counts(each.running_as, "status", lang),
                _counts(each.progress, "round.progress", lang),
            )
            for each in rounds
        ),
    )
    title = say("round.title", lang, region=name(region.settings, lang))
    assumed = [say("round.assumed", lang)] if any("assumed" in each.running_as for each in rounds) else []
    return terminal(region, title, assumed, [Part(heading=say("round.column.status", lang), table=table)], lang)


def round_text(region: Region, standing: Standing, lang: Lang) -> str:
    """One round with its commitments, and what runs since it."""
    initiatives = _initiatives(region, lang)
    progress = {each.seen.commitment.commitment: each.seen.progress.value for each in standing.progressed}
    parts: list[Part] = []
    rows: tuple[tuple[str, ...], ...]
    columns = ("commitment", "unit", "status", "start", "level", "progress")
    if standing.commitments:
        rows = tuple(
            (
                initiatives[row.initiative],
                row.unit,
                say(f"round.status.{row.status.value}", lang),
                "" if row.start is None else str(row.start),
                "" if row.level is None else percent(row.level, lang),
                say(f"round.progress.{progress[row.commitment]}", lang) if row.commitment in progress else "",
            )
            for row in standing.commitments
        )
        headings = tuple(say(f"round.column.{column}", lang) for column in columns)
        parts.append(Part(heading=say("round.commitments", lang), table=Listed(headings=headings, rows=rows)))
    if standing.progressed:
        parts.append(_progress(standing, initiatives, lang))
    if standing.against is not None and standing.against.targets:
        parts.append(_against(region, standing, standing.against, lang))
    if standing.running:
        rows = tuple(
            (
                initiatives[row.initiative],
                row.unit,
                say(f"status.{row.status.value}", lang),
                str(row.start),
                percent(row.level, lang),
            )
            for row in standing.running
        )
        headings = tuple(say(f"round.column.{column}", lang) for column in columns[:-1])
        parts.append(Part(heading=say("round.running", lang), table=Listed(headings=headings, rows=rows)))
    lead = [_state(standing, lang)]
    if standing.proposed_from:
        lead.append(say("round.from", lang, run=standing.proposed_from))
    if not parts:
        lead.append(say("round.nothing", lang))
    if "assumed" in standing.running_as:
        lead.append(say("round.assumed", lang))
    title = say("round.title.one", lang, region=name(region.settings, lang), round=standing.agreed.round)
    return terminal(region, title, lead, parts, lang)


def _progress(standing: Standing, initiatives: Mapping[str, str], lang: Lang) -> Part:
    """How far the commitments have come: a table, and why of each."""

    def share(value: float | None) -> str:
        return "" if value is None else percent(value, lang)

    def tonnes(span: Span | None) -> tuple[str, str]:
        """Physically, and in the account."""
        if span is None:
            return "", ""
        return number(span.mode, lang), "" if span.in_account is None else number(span.in_account, lang)

    rows = tuple(
        (
            _name_of(each, initiatives),
            say(f"round.progress.{each.seen.progress.value}", lang),
            share(each.seen.share),
            share(each.expected),
            *tonnes(each.promised),
            *tonnes(each.realised),
        )
        for each in standing.progressed
    )
    columns = ("commitment", "progress", "share", "expected", "promised", "in_account", "realised", "in_account")
    return Part(
        heading=say("round.progress", lang),
        sentences=tonnes_told(standing, lang),
        items=tuple(f"{_name_of(each, initiatives)}: {reason(each, lang)}" for each in standing.progressed),
        table=Listed(headings=tuple(say(f"round.column.{column}", lang) for column in columns), rows=rows),
    )


def tonnes_told(standing: Standing, lang: Lang) -> tuple[str, ...]:
    """What commitments take off as seen, against what they promised; physically and in the account."""
    if not standing.days:
        return ()
    spans = {key: _span(getattr(standing, key), lang) for key in ("realised", "promised", "unknown")}
    sentences = [say("round.tonnes", lang, days=_days(standing.days, lang), effects=_effects(standing, lang), **spans)]
    shown = [span.in_account for span in (standing.realised, standing.promised)]
    if None not in shown:
        realised, promised = (number(value or 0.0, lang) for value in shown)
        sentences.append(say("round.tonnes.in_account", lang, realised=realised, promised=promised))
    return tuple(sentences)


def _known_effects(standing: Standing) -> str:
    """Whether the effects of commitments with data are as promised, measured, or some of either."""
    measured = [each.effect is not None for each in standing.with_tonnes]
    return "promised" if not any(measured) else "measured" if all(measured) else "some"


def _effects(standing: Standing, lang: Lang) -> str:
    """The same in words."""
    known = standing.with_tonnes
    counts = {"measured": sum(each.effect is not None for each in known), "count": len(known)}
    words = {key: number(count, lang) for key, count in counts.items()}
    return say(f"round.effects.{_known_effects(standing)}", lang, **words)


def _against(region: Region, standing: Standing, against: Against, lang: Lang) -> Part:
    """What the commitments do for the targets, physically and in the account."""
    table = against_table(region, against, lang)
    sentences = (*against_told(region, standing, lang), table.note)
    return Part(heading=table.title, sentences=sentences, table=listed(table, lang))


def against_table(region: Region, against: Against, lang: Lang) -> Sheet:
    """What is left of the targets' tonnes without, as agreed and as observed, physically and in the account."""
    names = {row.target: name(row, lang) for row in region.active_targets}
    rows: list[tuple[Cell, ...]] = []
    for each in against.targets:
        for way, of in (("physical", attrgetter("physical")), ("account", attrgetter("in_account"))):
            figures = [each.cap, *(of(amount) for amount in (each.without, each.agreed, each.observed))]
            missing = max(0.0, of(each.observed) - each.cap)
            rows.append((names[each.target], float(each.year), say(f"round.against.{way}", lang), *figures, missing))
    decimals = {"target": None, "counted": None}
    columns = ("target", "year", "counted", "cap", "without", "as_agreed", "as_observed", "missing")
    return Sheet(
        title=say("round.against", lang),
        short="",
        note=say("round.against.how", lang),
        columns=tuple(
            Column(
                heading=say(f"round.column.{column}", lang),
                decimals=decimals.get(column, 0),
                form=Form.YEAR if column == "year" else Form.AMOUNT,
            )
            for column in columns
        ),
        rows=tuple(rows),
    )


def against_told(region: Region, standing: Standing, lang: Lang) -> tuple[str, ...]:
    """What the commitments as observed give of what the judged target asks for; nothing where it asks for nothing."""
    against = standing.against
    if against is None:
        return ()
    names = {row.target: name(row, lang) for row in region.active_targets}
    if against.judged is not None and (need := against.judged.without.physical - against.judged.cap) > 0:
        given = against.judged.without.less(against.judged.observed)
        said = {
            "target": names[against.judged.target],
            "year": against.judged.year,
            "need": number(need, lang),
            "physical": number(given.physical, lang),
            "share": percent(given.physical / need, lang),
            "in_account": number(given.in_account, lang),
            "effects": _effects(standing, lang),
        }
        return (say("round.against.lead", lang, **said),)
    return ()


def _span(span: Span, lang: Lang) -> str:
    ends = {key: number(getattr(span, key), lang) for key in ("low", "mode", "high")}
    return say("round.span", lang, **ends)


def reason(each: Progressed, lang: Lang) -> str:
    """Why a commitment counts as having come so far, and what contradicts itself."""
    return " ".join([_why(each, lang), *_measured(each, lang), *_contradicts(each, lang)])


def _measured(each: Progressed, lang: Lang) -> tuple[str, ...]:
    """What was measured of a commitment's effect."""
    if each.effect is None:
        return ()
    low, value, high = (percent(share, lang) for share in (each.effect.low, each.effect.value, each.effect.high))
    return (say("round.effects.own", lang, value=value, low=low, high=high),)


def contradictions_text(region: Region, seen: Sequence[Progressed], lang: Lang) -> str:
    """What contradicts itself in the follow-up of commitments, a line each; nothing where nothing does."""
    initiatives = _initiatives(region, lang)
    return "\n".join(f"{_name_of(each, initiatives)}: {text}" for each in seen for text in _contradicts(each, lang))


def _initiatives(region: Region, lang: Lang) -> dict[str, str]:
    return {row.initiative: f"{row.initiative} {name(row, lang)}" for row in region.initiatives}


def _name_of(each: Progressed, initiatives: Mapping[str, str]) -> str:
    return f"{initiatives[each.seen.commitment.initiative]}, {each.seen.commitment.unit}"


def _contradicts(each: Progressed, lang: Lang) -> tuple[str, ...]:
    if each.contradiction is None:
        return ()
    one, other = (_named(row, lang) for row in (each.contradiction.one, each.contradiction.other))
    return (say("round.contradiction", lang, one=one, other=other),)


def _named(row: FollowUp, lang: Lang) -> str:
    """A value of a follow-up by indicator, day and source."""
    value = f"{row.value:g}" if row.indicator == START else brief(row.value, lang)
    given = {"indicator": row.indicator, "value": value, "day": row.observed.isoformat(), "source": row.source}
    return say("round.contradiction.value", lang, **given)


def _why(each: Progressed, lang: Lang) -> str:
    seen = each.seen
    word = say(f"round.progress.{seen.progress.value}", lang)
    said = {"progress": word, "agreed": seen.commitment.start, "start": seen.start}
    if seen.last is None or each.day is None:
        return say(f"round.reason.{Silence.NOTHING if each.silence is None else each.silence}", lang, **said)
    if seen.share is None:
        if seen.start is not None and seen.start > each.day.year:
            return say("round.reason.later", lang, **said)
        return say("round.reason.start", lang, **said)
    day = _days([each.day], lang)
    if seen.start is None:
        return say("round.reason.none", lang, **said, day=day)
    shares = {"share": percent(seen.share, lang), "expected": percent(each.expected or 0.0, lang)}
    text = say("round.reason.share", lang, **said, day=day, **shares)
    if seen.last.indicator in (START, IN_SERVICE) or each.expected_value is None:
        return text
    value, wanted = (brief(figure, lang) for figure in (seen.last.value, each.expected_value))
    words = {"indicator": seen.last.indicator, "value": value, "wanted": wanted, "measure": seen.last.measure}
    return " ".join([text, say("round.reason.value", lang, **words)])


def _days(days: Sequence[date], lang: Lang) -> str:
    """When something was seen: on a day, at the end of a year, or between days in their order."""
    first, last = days[0], days[-1]
    if first != last:
        return say("round.day.between", lang, first=first.isoformat(), last=last.isoformat())
    if (last.month, last.day) == (12, 31):
        return say("round.day.end", lang, year=last.year)
    return say("round.day", lang, day=last.isoformat())


def _state(standing: Standing, lang: Lang) -> str:
    """The state of a round's folder; without one that of the region's tables."""
    state = standing.agreed.status if standing.state is None else standing.state
    return say(f"round.state.{state.value}", lang)


def unanswered_text(silent: Sequence[Commitment], lang: Lang) -> str:
    """Which commitments nobody answered, the first of them by name."""
    ids = ", ".join(row.commitment for row in silent[:NAMED])
    if len(silent) <= NAMED:
        return say("round.unanswered", lang, ids=ids)
    return say("round.unanswered.more", lang, ids=ids, more=number(len(silent) - NAMED, lang))


def _counts(counts: Mapping[str, int], theme: str, lang: Lang) -> str:
    return ", ".join(f"{count} {say(f'{theme}.{word}', lang)}" for word, count in counts.items())


def standing_row(standing: Standing) -> dict[str, Any]:
    """A round for other programs; `towards_target` is what a commitment alone takes off `judged_target` in its year."""
    against = standing.against
    parts = {} if against is None else {commitment: asdict(part) for commitment, part in against.parts.items()}
    return {
        "round": standing.agreed.round,
        "first_year": standing.agreed.first_year,
        "last_year": standing.agreed.last_year,
        "status": standing.agreed.status.value,
        "state": None if standing.state is None else standing.state.value,
        "proposed_from": standing.proposed_from,
        "statuses": standing.statuses,
        "progress": standing.progress,
        "running": standing.running_as,
        "follow_up": standing.follow_up,
        "commitments": [
            {
                "commitment": row.commitment,
                "initiative": row.initiative,
                "unit": row.unit,
                "status": row.status.value,
                "level": row.level,
                "start": row.start,
                "dated": row.dated.isoformat(),
                "replaces": row.replaces,
            }
            for row in standing.commitments
        ],
        "observed": [
            {
                "commitment": each.seen.commitment.commitment,
                "progress": each.seen.progress.value,
                "reason": {lang.value: reason(each, lang) for lang in Lang},
                "start": each.seen.start,
                "level": each.seen.level,
                "share": each.seen.share,
                "expected": each.expected,
                "indicator": None if each.seen.last is None else each.seen.last.indicator,
                "value": None if each.seen.last is None else each.seen.last.value,
                "expected_value": each.expected_value,
                "observed": None if each.seen.last is None else each.seen.last.observed.isoformat(),
                "promised": None if each.promised is None else asdict(each.promised),
                "realised": None if each.realised is None else asdict(each.realised),
                "effect": None if each.effect is None else asdict(each.effect),
                "contradiction": None
                if each.contradiction is None
                else [row.model_dump(mode="json") for row in (each.contradiction.one, each.contradiction.other)],
                "towards_target": parts.get(each.seen.commitment.commitment),
            }
            for each in standing.progressed
        ],
        "judged_target": None if against is None or against.judged is None else against.judged.target,
        "targets": [] if against is None else [asdict(target) for target in against.targets],
        "tonnes": None
        if standing.seen_in is None
        else {
            "year": standing.seen_in,
            "effects": _EFFECTS[_known_effects(standing)],
            "days": [day.isoformat() for day in standing.days],
            "promised": asdict(standing.promised),
            "realised": asdict(standing.realised),
            "promised_without_data": asdict(standing.unknown),
        },
    }
