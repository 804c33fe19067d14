"""What analyses speak of, as people call it: groups of inputs, single inputs, initiatives, units."""

from __future__ import annotations

from collections.abc import Collection

from rmscenario.drivers import GroupShare
from rmscenario.drivers.groups import Sort, sort_of
from rmscenario.drivers.single import Bar
from rmscenario.region import Region
from rmscenario.reporting.language import Lang, name, number, percent, say
from rmscenario.reporting.results import in_words, unit_names
from rmscenario.signposts import Observable, Sign

#: How an input's name begins that is a common factor.
_COMMON = "group"
#: How the names of inputs begin that are about money.
_COSTS = {"capex": "capex", "opex": "opex", "saving": "saving", "metered-saving": "metered"}
#: Units named one by one; more are counted.
MOST_UNITS = 2


class Subjects:
    """Names of a region's things in one language."""

    def __init__(self, region: Region, lang: Lang) -> None:
        self._region, self._lang = region, lang
        self._groups = {row.correlation_group for row in region.uncertainty if row.correlation_group is not None}
        self._tracks = {row.track: name(row, lang) for row in region.tracks}
        self._categories = {row.category: name(row, lang) for row in region.categories}
        self._initiatives = {row.initiative: f"{row.initiative} {name(row, lang)}" for row in region.initiatives}
        self._units = unit_names(region, lang)

    def initiative(self, initiative: str) -> str:
        """Id and name."""
        return self._initiatives.get(initiative, initiative)

    def units(self, units: Collection[str]) -> str:
        """Units by name, or how many there are."""
        if len(units) > MOST_UNITS:
            return say("signposts.units", self._lang, count=number(len(units), self._lang))
        return say("signposts.and", self._lang).join(self._units.get(unit, unit) for unit in units)

    def group(self, group: str) -> str:
        """A group of inputs: correlation group, track, category or group of categories."""
        if group in self._groups:
            return in_words(self._region, group, self._lang)
        return self._tracks.get(group) or self._categories.get(group) or in_words(self._region, group, self._lang)

    def moved(self, driver: str, group: str) -> str:
        """A group of categories and what moves its background."""
        if driver in ("", group):
            return self.group(group)
        return say("drivers.moved", self._lang, group=self.group(group), driver=self.group(driver))

    def observable(self, one: Observable, year: int, form: str = "observable") -> str:
        """What is observed in a year, before the outcome is known or, as an `outcome`, with it."""
        name = self.moved(one.driver, one.group)
        if one.sign is not Sign.BACKGROUND:
            name = say("signposts.whole_plan", self._lang)
            if one.unit:
                name = say("signposts.of_unit", self._lang, unit=self.units([one.unit]))
            if one.initiative:
                name = self.initiative(one.initiative)
        return say(f"signposts.{form}.{one.sign.value}", self._lang, name=name, year=year)

    def value(self, one: Observable, value: float) -> str:
        """A value of what is observed."""
        words = {"share": percent(value, self._lang, 1), "base_year": self._region.settings.base_year}
        return say(f"signposts.value.{one.sign.value}", self._lang, **words)

    def share(self, share: GroupShare) -> str:
        """A group whose share of the spread is told."""
        alone = share.shapley is None and share.name in self._tracks and bool(self._groups)
        key = "rest" if share.sort is Sort.EFFECT and alone else share.sort.value
        return say(f"drivers.sort.{key}", self._lang, name=self.group(share.name))

    def bar(self, bar: Bar) -> str:
        """A single input, or a common factor of several."""
        kind, _, subject = bar.name.partition(":")
        if kind == _COMMON:
            said = say(f"drivers.sort.{bar.sort.value}", self._lang, name=self.group(subject))
            return say("drivers.bar.common", self._lang, name=said, count=number(len(bar.members), self._lang))
        return self.input(bar.name)

    def input(self, name: str) -> str:
        """A single input, or the common factor of a correlation group."""
        kind, _, subject = name.partition(":")
        if kind == _COMMON:
            return say("regret.input.group", self._lang, name=self.group(subject))
        if kind == "lift":
            parts = (self._initiatives.get(part, part) for part in subject.split(">"))
            return say("drivers.bar.lift", self._lang, name=" → ".join(parts))
        known = self._initiatives | self._categories
        if kind in _COSTS:
            return say(f"regret.input.{_COSTS[kind]}", self._lang, name=known.get(subject, subject))
        return say(f"drivers.sort.{sort_of(name).value}", self._lang, name=known.get(subject, subject))
