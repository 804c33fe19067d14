"""Signposts as sentences: when the plan misses, what shows it early, and what to call then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang, brief, measured, money, number, percent, say
from rmscenario.reporting.limits import LimitWords
from rmscenario.reporting.pages import Part
from rmscenario.reporting.targets import TargetWords, target_name, target_scale
from rmscenario.reporting.under_risk import wished_text
from rmscenario.signposts import Alert, Miss, Reserve, Restriction, Sign, Signpost, Signposts
from rmscenario.signposts.find import CERTAINTY, TELLING
from rmscenario.verify import LimitRow

#: [1] Hits less false alarms below which a warning is but a hint.
WEAK = 0.5
#: Kinds of limits whose sides are amounts of money.
_MONEY = ("capex", "opex", "outlay_share")


class Posted:
    """Texts of the signposts of one target."""

    def __init__(self, found: Signposts, region: Region, target: Mapping[str, Any], lang: Lang) -> None:
        self._found, self._region, self._target, self._lang = found, region, target, lang
        self._subjects = Subjects(region, lang)
        self._scale = target_scale(target, lang)
        self._told: list[Reserve] = []

    def parts(self) -> tuple[Part, ...]:
        """How often the plan misses, and each signpost."""
        kind = "own" if self._found.expected_background else "world"
        heading = say(f"signposts.{kind}", self._lang, name=target_name(self._target, self._lang))
        sentences = [self._miss()]
        if not self._found.expected_background:
            sentences += wished_text(TargetWords(self._target, self._lang), self._lang)
        if not self._found.posts:
            sentences.append(say("signposts.none", self._lang))
        posts = (self._post(number_, post) for number_, post in enumerate(self._found.posts, start=1))
        return Part(heading=heading, depth=1, sentences=tuple(sentences)), *posts

    def key_sentences(self) -> list[str]:
        """What a director is told: how often the plan misses, what warns of it, and what is called then."""
        whole, *posts = self.parts()
        said = [f"{whole.heading}. {' '.join(whole.sentences)}"]
        for part, post in zip(posts, self._found.posts, strict=True):
            if post.alert is not None:
                said.append(f"{part.heading}: {part.sentences[0]}")
            if post.reserves is not None and post.reserves.best is not None:
                said += [text for text in part.sentences if text == self._called(post.reserves.best)]
        return said

    def _amount(self, value: float) -> str:
        return measured(value * self._scale.factor, self._scale.unit, self._lang)

    def _miss(self) -> str:
        found = self._found
        amounts = {
            "planned": self._amount(found.planned),
            "mean": self._amount(found.mean),
            "cap": self._amount(self._target["cap"]),
            "draws": number(found.draws, self._lang),
            "year": found.year,
        }
        if found.miss is Miss.CAP:
            return say("signposts.miss.cap", self._lang, missed=percent(found.missed, self._lang), **amounts)
        few, most = TELLING
        many = found.level > self._target["cap"]  # the level that so many draws keep lies above the cap
        return say(
            f"signposts.miss.{'most' if many else 'few'}",
            self._lang,
            bound=percent(most if many else few, self._lang),
            level=self._amount(found.level),
            kept=percent(CERTAINTY, self._lang),
            **amounts,
        )

    def _post(self, place: int, post: Signpost) -> Part:
        sentences = [] if post.alert is None else self._warning(place, post.alert)
        if post.alert is None:
            sentences.append(say("signposts.no_alert", self._lang))
        *some, last = (self._end(restriction) for restriction in post.restrictions)
        ends = say("signposts.and", self._lang).join((", ".join(some), last) if some else (last,))
        shares = {key: percent(getattr(post, key), self._lang) for key in ("coverage", "density", "mass")}
        sentences.append(say("signposts.box" if place == 1 else "signposts.box.left", self._lang, ends=ends, **shares))
        return Part(
            heading=say("signposts.post", self._lang, number=number(place, self._lang)),
            sentences=(*sentences, *self._call(post)),
        )

    def _warning(self, place: int, alert: Alert) -> list[str]:
        lang = self._lang
        first, one = place == 1, alert.observable
        when = planned = ""
        if one.sign is not Sign.DELIVERY:  # how much has begun by the end of a year is known then
            when = say("signposts.when", lang, known=alert.known)
        if one.sign is Sign.BACKGROUND:  # effects and starts are expected as planned
            planned = say("signposts.planned", lang, value=self._subjects.value(one, alert.planned))
        warns = [
            say(
                "signposts.if" if first else "signposts.if.left",
                lang,
                observable=self._subjects.observable(one, alert.year),
                side=self._side(above=alert.above),
                trigger=self._subjects.value(one, alert.trigger),
                when=when,
                planned=planned,
                miss_if=percent(alert.miss_if, lang),
                miss_if_not=percent(alert.miss_if_not, lang),
            )
        ]
        rates = {"hits": percent(alert.hits, lang), "false_alarms": percent(alert.false_alarms, lang)}
        said = say("signposts.skill" if first else "signposts.skill.left", lang, **rates)
        warns.append(said if alert.skill >= WEAK else f"{said} {say('signposts.weak', lang)}")
        if (alert.planned > alert.trigger) if alert.above else (alert.planned < alert.trigger):
            warns.append(say("signposts.already", lang))
        return warns

    def _end(self, restriction: Restriction) -> str:
        return say(
            "signposts.end",
            self._lang,
            observable=self._subjects.observable(restriction.observable, self._found.year, "outcome"),
            side=self._side(above=restriction.above),
            value=self._subjects.value(restriction.observable, restriction.value),
        )

    def _side(self, *, above: bool) -> str:
        return say("signposts.above" if above else "signposts.below", self._lang)

    def _call(self, post: Signpost) -> list[str]:
        lang, found = self._lang, self._found
        limit = self._target["cap"] if found.miss is Miss.CAP else found.level
        over = post.mean - limit
        said = [say("signposts.holds", lang)]
        if over > 0:
            said = [say("signposts.missing", lang, over=self._amount(over), limit=self._amount(limit))]
        if post.reserves is None:
            return said
        if post.reserves.best is None:
            return [*said, say("signposts.call.nothing", lang, call=post.reserves.call, year=found.year)]
        together = post.reserves.removed_together
        key = "together" if over <= 0 else "enough" if together >= over else "short"
        words = {"together": self._amount(together), "limit": self._amount(limit)}
        return [*said, *self._reserve(post.reserves.best), say(f"signposts.call.{key}", lang, **words)]

    def _reserve(self, best: Reserve) -> list[str]:
        lang = self._lang
        if best in self._told:
            return [say("signposts.call.again", lang, initiative=self._subjects.initiative(best.initiative))]
        self._told.append(best)
        call = self._called(best)
        if not best.breaks:
            return [call, say("signposts.call.free", lang)]
        words = LimitWords(self._region, lang)
        broken = "; ".join(self._limit(words, label, rows) for label, rows in words.together(best.breaks))
        return [call, say("signposts.call.breaks", lang, limits=broken)]

    def _called(self, best: Reserve) -> str:
        return say(
            "signposts.call",
            self._lang,
            initiative=self._subjects.initiative(best.initiative),
            units=self._subjects.units(best.units),
            start=best.start,
            removed=self._amount(best.removed),
            year=self._found.year,
            in_service=percent(best.in_service, self._lang),
            full=best.full,
            capex=money(best.capex, self._lang),
        )

    def _limit(self, words: LimitWords, label: str, rows: Sequence[LimitRow]) -> str:
        """A limit with what it would have to carry, where it is one and is counted in something."""
        unit = words.unit(rows[0])
        if len(rows) > 1 or not unit:
            return say("signposts.call.rule", self._lang, limit=label)
        if rows[0].kind in _MONEY:
            sides = {"left": money(rows[0].left, self._lang), "right": money(rows[0].right, self._lang)}
            return say("signposts.call.money", self._lang, limit=label, **sides)
        sides = {"left": brief(rows[0].left, self._lang), "right": brief(rows[0].right, self._lang)}
        return say("signposts.call.limit", self._lang, limit=label, unit=unit, **sides)
