"""What follow-up is worth, for readers and other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rmscenario.learning.worth import Indicated, Sign, Worth
from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang, brief, money, name, number, percent, say
from rmscenario.reporting.pages import Listed, Part
from rmscenario.rounds.rows import IN_SERVICE

#: Columns of `worth.csv`; money in DKK.
COLUMNS = ("indicator", "initiative", "unit", "shows", "seen", "flips", "worth", "error", "sure")
#: Indicators that are listed for readers at least and at most, and changes that are named of each.
FEWEST, MOST, NAMED = 3, 20, 1
THOUSAND = 1e3

Row = dict[str, Any]


def worth_content(found: Worth) -> Row:
    """Content of `rmscenario worth --json`; money in DKK."""
    return {
        "end_of_round": found.end,
        "worlds": found.worlds,
        "plans": found.plans,
        "everything": found.everything,
        "everything_error": found.everything_error,
        "indicators": [
            {**row, "changes": [asdict(change) for change in each.changes]}
            for row, each in zip(worth_rows(found), found.indicators, strict=True)
        ],
    }


def worth_rows(found: Worth) -> list[Row]:
    """Indicators as rows of a table."""
    return [
        {column: getattr(each, column) for column in COLUMNS} | {"shows": each.shows.value} for each in found.indicators
    ]


class WorthWords:
    """Texts of what follow-up is worth."""

    def __init__(self, found: Worth, region: Region, lang: Lang) -> None:
        self._found, self._lang = found, lang
        self._subjects = Subjects(region, lang)
        self._indicators = {row.indicator: f"{row.indicator} {name(row, lang)}" for row in region.indicators}

    def lead(self) -> list[str]:
        """What was done, and what to measure first."""
        found, lang = self._found, self._lang
        counts = {"plans": number(found.plans, lang), "worlds": number(found.worlds, lang)}
        said = [say("worth.lead", lang, end=found.end, **counts)]
        if found.plans == 1:
            return [*said, say("worth.alone", lang)]
        bound = {"worth": money(found.everything, lang), "error": money(found.everything_error, lang)}
        said.append(say("worth.everything", lang, **bound))
        first = next((each for each in found.indicators if each.shows is not Sign.BACKGROUND), None)
        if first is not None and first.sure:
            return [say("worth.first", lang, indicator=self._indicator(first), unit=first.unit), *said]
        return [*said, say("worth.unsure", lang)]

    def parts(self) -> tuple[Part, ...]:
        """The indicators."""
        found, lang = self._found, self._lang
        if found.plans == 1 or not found.indicators:
            return ()
        sure = sum(each.sure for each in found.indicators)
        shown = found.indicators[: min(MOST, max(FEWEST, sure))]
        columns = ("indicator", "unit", "chance", "worth", "changes")
        table = Listed(
            headings=tuple(say(f"worth.column.{column}", lang) for column in columns),
            rows=tuple(
                (
                    self._indicator(each),
                    each.unit or "",
                    percent(each.flips, lang),
                    self._thousands(each),
                    self._changes(each),
                )
                for each in shown
            ),
        )
        sentences = [say("worth.note", lang)]
        if len(found.indicators) > len(shown):
            sentences.append(say("worth.rest", lang, count=number(len(found.indicators) - len(shown), lang)))
        return (Part(heading=say("worth.list", lang), sentences=tuple(sentences), table=table),)

    def _indicator(self, each: Indicated) -> str:
        if each.initiative is None:
            return say("worth.background", self._lang, name=self._subjects.group(each.indicator))
        if each.indicator == IN_SERVICE:
            served = say("worth.service", self._lang)
            return f"{self._subjects.initiative(each.initiative)}: {served}"
        return self._indicators[each.indicator]

    def _thousands(self, each: Indicated) -> str:
        worth, error = (brief(value / THOUSAND, self._lang) for value in (each.worth, each.error))
        return say("worth.error", self._lang, worth=worth, error=error)

    def _changes(self, each: Indicated) -> str:
        none = say("replan.none", self._lang)
        said = [
            say(
                "worth.change",
                self._lang,
                initiative=change.initiative,
                unit=change.unit,
                planned=change.planned or none,
                start=change.start or none,
            )
            for change in each.changes[:NAMED]
        ]
        text = ", ".join(said)
        rest = len(each.changes) - NAMED
        return say("worth.more", self._lang, text=text, count=number(rest, self._lang)) if rest > 0 else text
