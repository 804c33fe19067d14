"""How an account came from its base year to its latest figure, as sentences and tables."""

from __future__ import annotations

from dataclasses import asdict
from itertools import pairwise
from typing import Any

from rmscenario.region import Region
from rmscenario.region.vocabulary import Grade
from rmscenario.reporting.language import Lang, measured, name, number, percent, say, scale_of
from rmscenario.reporting.pages import Listed, Part, listed
from rmscenario.reporting.results import in_words
from rmscenario.reporting.sheets import Column, Sheet
from rmscenario.reporting.sources import reference_titles
from rmscenario.rounds.account import AccountSplit, Figure, Moved
from rmscenario.rounds.causes import FACTOR, STEP, TABLES, Cause

_MEASURE = "tCO2e/a"
#: Causes in the order in which they are told: what is no effort first, own effort last.
TOLD = (
    Cause.METHOD,
    Cause.BACKGROUND,
    Cause.ACTIVITY,
    Cause.CONSTRUCTION,
    Cause.ONE_OFF,
    Cause.UNEXPLAINED,
    Cause.OWN,
)


class AccountWords:
    """Texts of one split."""

    def __init__(self, split: AccountSplit, region: Region, lang: Lang) -> None:
        self._split, self._region, self._lang = split, region, lang
        self._names = {row.account: name(row, lang) for row in region.accounts}
        self.scale = scale_of(_MEASURE, max(figure.value for figure in split.figures), lang)

    @property
    def title(self) -> str:
        """Heading of the page."""
        figures = self._split.figures
        return say(
            "account.title",
            self._lang,
            region=name(self._region.settings, self._lang),
            first=figures[0].year,
            last=figures[-1].year,
        )

    def amount(self, value: float) -> str:
        """An amount with its unit."""
        return measured(value * self.scale.factor, self.scale.unit, self._lang)

    def cause(self, cause: Cause) -> str:
        """Name of a cause."""
        return say(f"account.cause.{cause.value}", self._lang)

    def account(self, account: str) -> str:
        """Name of an account."""
        return self._names[account]

    def lead(self) -> tuple[str, ...]:
        """What the change is, and what it is not."""
        split, lang = self._split, self._lang
        first, last = split.figures[0], split.figures[-1]
        own, left = split.of(Cause.OWN), split.of(Cause.UNEXPLAINED)
        said = [
            say(
                "account.lead",
                lang,
                before=self.amount(first.value),
                first=first.year,
                after=self.amount(last.value),
                last=last.year,
                change=self.amount(split.change),
                percent=percent(split.change / first.value, lang),
                own=self.amount(own.change),
                **self._ends(own),
            )
        ]
        if split.breaks:
            method = split.of(Cause.METHOD)
            factor, least, most = (number(value, lang, 3) for value in split.factor)
            said.append(
                say(
                    "account.again",
                    lang,
                    change=self.amount(method.change),
                    first=first.year,
                    again=self.amount(first.again),
                    factor=factor,
                    least=least,
                    most=most,
                    left=self.amount(last.value - first.again),
                    percent=percent(last.value / first.again - 1.0, lang),
                    **self._ends(method),
                )
            )
        said += [self._break(at) for at in split.breaks]
        if left.change == 0:
            said.append(say("account.explained", lang))
        else:
            said.append(say("account.unexplained", lang, amount=self.amount(left.change), **self._ends(left)))
        said.append(
            say(
                "account.rests",
                lang,
                assumed=percent(split.share(Grade.ASSUMPTION), lang),
                nothing=percent(split.share(None), lang),
            )
        )
        if split.left_out:
            events = ", ".join(in_words(self._region, event, lang) for event in split.left_out)
            said.append(say("account.left_out", lang, events=events))
        return tuple(said)

    def _ends(self, moved: Moved) -> dict[str, str]:
        return {"low": self.amount(moved.low), "high": self.amount(moved.high)}

    def _break(self, at: int) -> str:
        before, after = self._split.figures[at - 1 : at + 1]
        rest = next(row.steps[at] for row in self._split.moved if row.what == STEP)
        factor = before.again - before.value
        return say(
            "account.break",
            self._lang,
            before=before.year,
            after=after.year,
            value=self.amount(before.value),
            new=self.amount(after.value),
            change=self.amount(after.value - before.value),
            again=self.amount(before.again),
            factor=self.amount(factor),
            rest=self.amount(rest),
            method=self.amount(factor + rest),
        )

    def parts(self, figure: tuple[str, str] | None = None) -> tuple[Part, ...]:
        """The tables of the page."""
        table = self.table()
        return (
            Part(heading=table.title, sentences=(table.note,), table=listed(table, self._lang), figure=figure),
            Part(
                heading=say("account.steps", self._lang),
                sentences=(say("account.steps.note", self._lang),),
                table=self._steps(),
            ),
            Part(
                heading=say("account.kept", self._lang),
                sentences=(say("account.kept.note", self._lang), *self._assumed()),
                table=self._kept(),
            ),
        )

    def _told(self) -> list[Moved]:
        """Parts in the order in which they are told, without what moves nothing."""
        rows = [row for cause in TOLD for row in self._split.moved if row.cause is cause]
        return [row for row in rows if any((*row.steps, row.low, row.high)) or row.cause is Cause.OWN]

    def _name(self, row: Moved) -> str:
        if row.what in (FACTOR, STEP):
            return say(f"account.method.{row.what}", self._lang)
        if row.what in (TABLES, row.cause.value):
            return self.cause(row.cause)
        return in_words(self._region, row.what, self._lang)

    def _headings(self, *columns: str) -> tuple[str, ...]:
        return tuple(say(f"account.column.{column}", self._lang) for column in columns)

    def table(self) -> Sheet:
        """What the change consists of, in tonnes."""
        lang = self._lang

        def grade(row: Moved) -> str:
            return say("account.rest", lang) if row.grade is None else say(f"grade.{row.grade.value}", lang)

        cause, *amounts, rests = self._headings("cause", "change", "low", "high", "grade")
        return Sheet(
            title=say("account.parts", lang),
            short="",
            note=say("account.parts.note", lang),
            columns=(
                Column(heading=cause),
                *(Column(heading=heading, decimals=0) for heading in amounts),
                Column(heading=rests),
            ),
            rows=(
                *((self._name(row), row.change, row.low, row.high, grade(row)) for row in self._told()),
                (say("account.sum", lang), self._split.change, "", "", ""),
            ),
            totals=1,
        )

    def _steps(self) -> Listed:
        lang, figures = self._lang, self._split.figures
        spans = [f"{one.year}–{other.year}" for one, other in pairwise(figures)]
        again = [figures[0].again - figures[0].value]
        again += [other.again - one.again for one, other in pairwise(figures)]
        rows = [(self._name(row), *(number(value, lang) for value in row.steps)) for row in self._told()]
        rows.append((say("account.sum", lang), *(number(value, lang) for value in again)))
        return Listed(headings=(*self._headings("cause", "again.first"), *spans), rows=tuple(rows))

    def _assumed(self) -> list[str]:
        """Which of the series is told in the newest method by a factor that somebody assumes."""
        titles = reference_titles(self._region, self._lang)
        kept = {figure.account for figure in self._split.kept}
        return [
            say("account.kept.assumed", self._lang, account=name(row, self._lang), title=titles[row.reference])
            for row in self._region.accounts
            if row.account in kept and row.grade is Grade.ASSUMPTION
        ]

    def _kept(self) -> Listed:
        def row(figure: Figure) -> tuple[str, ...]:
            values = (number(value, self._lang) for value in (figure.value, figure.again))
            return self.account(figure.account), str(figure.year), *values

        rows = tuple(row(figure) for figure in self._split.kept)
        return Listed(headings=self._headings("account", "year", "value", "again"), rows=rows)


def split_row(split: AccountSplit) -> dict[str, Any]:
    """A split for other programs; amounts in tCO2e/a."""
    return {
        **asdict(split),
        "change": split.change,
        "left_over": split.change - sum(row.change for row in split.moved),
        "on_assumptions": split.share(Grade.ASSUMPTION),
        "on_nothing": split.share(None),
    }
