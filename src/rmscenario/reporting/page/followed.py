"""What follow-up has shown: how the account came to where it is, and how far the commitments of the rounds have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rmscenario.region import Region
from rmscenario.reporting.analyses.account import AccountWords
from rmscenario.reporting.language import Lang, counted, percent, say
from rmscenario.reporting.page.parts import Section
from rmscenario.reporting.rounds import against_table, against_told, tonnes_told
from rmscenario.reporting.sheets import Column, Sheet
from rmscenario.rounds.account import AccountSplit
from rmscenario.rounds.causes import Cause
from rmscenario.rounds.closing import Progress
from rmscenario.rounds.progress import Span
from rmscenario.rounds.status import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What was observed: the rounds that have follow-up, and the split of the account; None where it has no two figures."""

    rounds: tuple[Standing, ...]
    account: AccountSplit | None


def followed(seen: Followed, region: Region, lang: Lang) -> tuple[Section, ...]:
    """The account's way so far, and the rounds with follow-up; nothing of what nobody has observed."""
    account = () if seen.account is None else (_account(seen.account, region, lang),)
    return (*account, *((_rounds(seen.rounds, region, lang),) if seen.rounds else ()))


def _account(split: AccountSplit, region: Region, lang: Lang) -> Section:
    """Own effort first and apart, then the rest of the change."""
    words = AccountWords(split, region, lang)
    own, first, last = split.of(Cause.OWN), split.figures[0].year, split.figures[-1].year
    lead, *rest = words.lead()
    return Section(
        name="account",
        heading=say("page.section.account", lang, first=first, last=last),
        told=(
            say(
                "page.account.own",
                lang,
                own=words.amount(own.change),
                change=words.amount(split.change),
                share=percent(own.change / split.change if split.change else 0.0, lang, 1),
            ),
            lead,
            tuple(rest),
        ),
        tables=(words.table(),),
    )


def _rounds(rounds: Sequence[Standing], region: Region, lang: Lang) -> Section:
    told: list[str | tuple[str, ...]] = []
    for each in rounds:
        said = (*tonnes_told(each, lang), *against_told(region, each, lang))
        counts = ", ".join(
            f"{count} {say(f'round.progress.{word.value}', lang)}"
            for word in Progress
            if (count := each.progress.get(word.value, 0))
        )
        told += [
            counted("page.followed.round", len(each.progressed), lang, round=each.agreed.round, counts=counts),
            said,
        ]
    against = [
        (each.agreed.round, against_table(region, each.against, lang)) for each in rounds if each.against is not None
    ]
    return Section(
        name="followed",
        heading=say("page.section.followed", lang),
        told=tuple(told),
        tables=(_table(rounds, lang), *(_titled(sheet, name_, lang) for name_, sheet in against if sheet.rows)),
    )


def _titled(sheet: Sheet, agreed: str, lang: Lang) -> Sheet:
    """A table of one of several rounds."""
    title = say("page.followed.against", lang, round=agreed)
    return Sheet(title=title, short="", note=sheet.note, columns=sheet.columns, rows=sheet.rows)


def _table(rounds: Sequence[Standing], lang: Lang) -> Sheet:
    """Commitments of each round by how far they have come, and tonnes promised and realised."""

    def tonnes(span: Span) -> tuple[float, float | None]:
        return span.mode, span.in_account

    amounts = ("promised", "promised.in_account", "realised", "realised.in_account", "unknown")
    return Sheet(
        title=say("round.progress", lang),
        short="",
        note=say("page.followed.note", lang),
        columns=(
            Column(heading=say("round.column.round", lang)),
            *(Column(heading=say(f"round.progress.{word.value}", lang), decimals=0) for word in Progress),
            *(Column(heading=say(f"round.column.{key}", lang), decimals=0) for key in amounts),
        ),
        rows=tuple(
            (
                each.agreed.round,
                *(float(each.progress.get(word.value, 0)) for word in Progress),
                *tonnes(each.promised),
                *tonnes(each.realised),
                each.unknown.mode,
            )
            for each in rounds
        ),
    )
