"""What is to be signed now and what can wait, in the words of a planner."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rmscenario.planning.limits import MILLION
from rmscenario.recourse import WORTH_SIGNING, Estimate, OptionVerdict, Played, Price, Recourse, Verdict, counts
from rmscenario.recourse.verdicts import TWO_SIDED
from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import MINUS, Lang, alike, brief, money, number, percent, say
from rmscenario.reporting.pages import Listed, Part
from rmscenario.reporting.targets import TargetWords
from rmscenario.worlds.decided import DELIVERY, Decided

#: Initiatives that a director is told by name.
MOST_NAMED = 8


class Awaited:
    """Texts of one result.

    Parameters
    ----------
    targets : mapping of str to mapping
        The targets' rows of the run's summary, by id.
    """

    def __init__(self, found: Recourse, region: Region, targets: Mapping[str, Mapping[str, Any]], lang: Lang) -> None:
        self._found, self._region, self._targets, self._lang = found, region, targets, lang
        self._subjects = Subjects(region, lang)
        self._year = str(region.settings.last_start)
        self._of: dict[Verdict, list[OptionVerdict]] = defaultdict(list)
        for option in found.options:
            self._of[option.verdict].append(option)

    def _say(self, key: str, **values: object) -> str:
        return say(f"wait.{key}", self._lang, **values)

    def lead(self) -> list[str]:
        """What was done, and how sure it is."""
        found, lang = self._found, self._lang
        gap = found.policy.high - found.policy.low
        counted = {"worlds": number(found.worlds, lang), "clusters": number(len(found.branches), lang)}
        return [
            self._say("lead", end=str(found.end), **counted),
            self._say("gap", amount=self._money(gap), gap=percent(gap / found.scale, lang, 2)),
        ]

    def parts(self, figure: tuple[str, str] | None = None) -> tuple[Part, ...]:
        """All that is told."""
        played = () if self._found.played is None else (self._played(self._found.played),)
        return (
            self._options(figure),
            self._sign(),
            self._wait(),
            self._depends(),
            self._never(),
            self._flexibility(),
            self._myopic(),
            *played,
        )

    def key_sentences(self) -> list[str]:
        """What a director is told: how many starts can wait, the dearest to put off, which can wait, what adapting is worth."""
        found = self._found
        said = [self.lead()[0], self._options(None).sentences[0]]
        for verdict, key in ((Verdict.SIGN, "key.sign"), (Verdict.WAIT, "key.wait")):
            if names := self._dearest(self._of[verdict]):
                said.append(self._say(key, names=names))
        flexibility = self._flexibility()
        said.append(f"{flexibility.heading}: {flexibility.sentences[-1]}")
        if found.played is not None:
            played = self._played(found.played)
            said.append(f"{played.heading}: {played.sentences[1]}")
        return said

    def _dearest(self, options: Sequence[OptionVerdict]) -> str:
        """Initiatives that it costs most to put off, by name."""
        prices: dict[str, float] = {}
        for option in options:
            price = 0.0 if option.waiting is None else option.waiting.value
            prices[option.initiative] = max(price, prices.get(option.initiative, 0.0))
        order = sorted(prices, key=lambda initiative: -prices[initiative])
        names = ", ".join(self._subjects.initiative(initiative) for initiative in order[:MOST_NAMED])
        more = len(order) - MOST_NAMED
        return names + (say("regret.key.more", self._lang, count=number(more, self._lang)) if more > 0 else "")

    def _options(self, figure: tuple[str, str] | None) -> Part:
        found, lang = self._found, self._lang
        numbers = {verdict.value: number(count, lang) for verdict, count in counts(found.options).items()}
        both, more, less = (number(count, lang) for count in found.signed)
        sentences = (
            self._say("counts", all=number(len(found.options), lang), **numbers),
            self._say("threshold", threshold=self._money(WORTH_SIGNING)),
            self._say("signed", both=both, more=more, less=less),
        )
        return Part(heading=self._say("options"), depth=1, sentences=sentences, figure=figure)

    def _sign(self) -> Part:
        priced = [option for option in self._of[Verdict.SIGN] if option.waiting is not None]
        ruled = [option.initiative for option in self._of[Verdict.SIGN] if option.waiting is None]
        sentences = []
        if ruled:
            names = ", ".join(self._subjects.initiative(one) for one in dict.fromkeys(ruled))
            sentences.append(self._say("sign.ruled", names=names))
        if not self._of[Verdict.SIGN]:
            sentences.append(self._say("none"))
        table = self._listed(
            priced,
            lambda options: str(Counter(one.signed for one in options).most_common(1)[0][0]),
            [("waiting", lambda one: one.waiting)],
        )
        return Part(heading=self._say("sign"), sentences=tuple(sentences), table=table)

    def _wait(self) -> Part:
        options = self._of[Verdict.WAIT]
        if not options:
            return Part(heading=self._say("can"), sentences=(self._say("none"),))
        table = self._listed(
            options, _mostly, [("waiting", lambda one: one.waiting), ("signing", lambda one: one.signing)], tonnes=False
        )
        return Part(heading=self._say("can"), sentences=(self._say("can.note"),), table=table)

    def _listed(
        self,
        options: Sequence[OptionVerdict],
        start: Callable[[Sequence[OptionVerdict]], str],
        prices: Sequence[tuple[str, Callable[[OptionVerdict], Price | None]]],
        *,
        tonnes: bool = True,
    ) -> Listed | None:
        """Initiatives with their units and prices, those first that are dearest to decide otherwise."""
        groups: dict[str, list[OptionVerdict]] = defaultdict(list)
        for option in options:
            groups[option.initiative].append(option)
        if not groups:
            return None

        def known(of: Sequence[OptionVerdict], price: Callable[[OptionVerdict], Price | None]) -> list[Price]:
            return [found for one in of if (found := price(one)) is not None]

        first = prices[0][1]
        order = sorted(groups, key=lambda name: -max((one.value for one in known(groups[name], first)), default=0.0))
        headings = ["initiative", "units", "from", *(name for name, _ in prices)]
        rows = []
        for initiative in order:
            of = groups[initiative]
            row = [self._subjects.initiative(initiative), number(len(of), self._lang), start(of)]
            row += [self._range([one.value for one in known(of, price)]) for _, price in prices]
            if tonnes:
                row += [self._change([one.tonnes for one in known(of, first)])]
                row += [self._change([one.summed for one in known(of, first)])]
            rows.append(tuple(row))
        columns = [self._say(f"column.{name}") for name in headings]
        if tonnes:
            columns += [self._say(f"column.{name}", year=self._year) for name in ("tonnes", "summed")]
        return Listed(headings=tuple(columns), rows=tuple(rows))

    def _depends(self) -> Part:
        groups: dict[tuple[str, str], list[OptionVerdict]] = defaultdict(list)
        for option in self._of[Verdict.DEPENDS]:
            groups[option.initiative, self._told(option.decided)[0]].append(option)
        if not groups:
            return Part(heading=self._say("depends"), sentences=(self._say("none"),))
        items = tuple(self._dependent(options) for options in groups.values())
        return Part(heading=self._say("depends"), sentences=(self._say("depends.note"),), items=items)

    def _dependent(self, options: Sequence[OptionVerdict]) -> str:
        """An initiative, in the units in which the same observation decides."""
        shares = [sum(share for _, share in option.later) for option in options]
        low, high = percent(min(shares), self._lang), percent(max(shares), self._lang)
        return self._say(
            "depends.one",
            initiative=self._subjects.initiative(options[0].initiative),
            unit=self._subjects.units([option.unit for option in options]),
            share=low if low == high else self._say("range", low=low, high=high),
            decided=self._told(options[0].decided)[1],
        )

    def _told(self, decided: Decided | None) -> tuple[str, str]:
        """What an observation is called, and what it tells."""
        if decided is None:
            return "", ""
        right = percent(decided.right, self._lang)
        if decided.input.startswith(DELIVERY):
            _, initiative, unit = decided.input.split(":", 2)
            start = f"{self._subjects.initiative(initiative)}, {self._subjects.units([unit])}"
            key = "on_time" if decided.correlation > 0 else "late"
            return decided.input, self._say(f"decided.{key}", start=start, right=right)
        key = "high" if decided.correlation > 0 else "low"
        name = self._subjects.input(decided.input)
        return f"{key} {decided.input}", say(f"regret.decided.{key}", self._lang, input=name, right=right)

    def _never(self) -> Part:
        some = {option.initiative for option in self._found.options if option.verdict is not Verdict.NEVER}
        never = self._of[Verdict.NEVER]
        wholly = list(dict.fromkeys(option.initiative for option in never if option.initiative not in some))
        left = sum(option.initiative in some for option in never)
        sentences = []
        if wholly:
            names = ", ".join(self._subjects.initiative(initiative) for initiative in wholly)
            sentences.append(self._say("never.note", names=names))
        if left:
            sentences.append(self._say("never.some", count=number(left, self._lang)))
        return Part(heading=self._say("never"), sentences=tuple(sentences) or (self._say("none"),))

    def _flexibility(self) -> Part:
        found = self._found
        sentences = [
            self._say(
                "flexibility.bracket",
                low=self._money(found.flexibility.low),
                high=self._money(found.flexibility.high),
                worlds=number(found.worlds, self._lang),
                error=self._money(TWO_SIDED * found.gain.error),
            )
        ]
        if found.fresh is not None:
            sentences.append(self._say("flexibility.fresh", **self._mean(found.fresh)))
        items = tuple(
            self._say(
                "branch",
                share=percent(branch.share, self._lang),
                starts=number(branch.starts, self._lang),
                decided=self._told(branch.decided)[1],
            )
            for branch in found.branches
        )
        return Part(heading=self._say("flexibility"), depth=1, sentences=tuple(sentences), items=items)

    def _myopic(self) -> Part:
        myopic = self._found.myopic
        if myopic is None:
            return Part(heading=self._say("myopic"), sentences=(self._say("myopic.none"),))
        sentences = (
            self._say(
                "myopic.planned",
                low=self._money(myopic.regret.low),
                high=self._money(myopic.regret.high),
                tonnes=self._emits(myopic.tonnes),
                summed=self._emits(myopic.summed),
                year=self._year,
            ),
            self._say("myopic.worlds", **self._mean(myopic.in_worlds)),
        )
        return Part(heading=self._say("myopic"), sentences=sentences)

    def _played(self, played: Played) -> Part:
        lang = self._lang
        sentences = [
            self._say("played.note", worlds=number(played.worlds, lang)),
            self._say(
                "played.saved",
                better=percent(played.better, lang),
                changed=brief(played.changed, lang),
                **self._mean(played.saved),
            ),
        ]
        if played.target is not None and played.shortfall is not None:
            words = TargetWords(self._targets[played.target], lang)
            lacks = -played.shortfall.value
            amount = self._say(
                "plus_minus",
                value=words.bare(abs(lacks)),
                error=words.amount(TWO_SIDED * played.shortfall.error),
            )
            year = self._targets[played.target]["year"]
            sentences.append(
                self._say(f"played.short.{_more_or_less(lacks)}", target=words.name, amount=amount, year=year)
            )
        rows = [
            (self._say(f"row.{name}"), self._figure(getattr(played, name))) for name in ("fixed", "played", "saved")
        ]
        rows += [
            (self._say(f"row.{name}", year=self._year), self._figure(-getattr(played, name)))
            for name in ("tonnes", "summed")
        ]
        table = Listed(headings=(self._say("column.what"), self._say("column.interval")), rows=tuple(rows))
        return Part(heading=self._say("played"), depth=1, sentences=tuple(sentences), table=table)

    def _emits(self, tonnes: float) -> str:
        """Tonnes that are emitted more, or less, than with the plan beside it."""
        return self._say(f"emits.{_more_or_less(tonnes)}", tonnes=brief(abs(tonnes), self._lang))

    def _figure(self, estimate: Estimate) -> str:
        value, error = brief(estimate.value, self._lang), brief(TWO_SIDED * estimate.error, self._lang)
        return self._say("plus_minus", value=value, error=error)

    def _mean(self, estimate: Estimate) -> dict[str, str]:
        return {"value": self._money(estimate.value), "error": self._money(TWO_SIDED * estimate.error)}

    def _money(self, millions: float) -> str:
        return money(millions * MILLION, self._lang)

    def _range(self, values: Sequence[float]) -> str:
        if not values:
            return "–"
        low, high = alike((min(values), max(values)), self._lang)
        return low if low == high else self._say("range", low=low, high=high)

    def _change(self, values: Sequence[float]) -> str:
        """From how much to how much something becomes less, or more: in words, for a range reads badly with a minus."""
        if not values:
            return "–"
        low, high = alike((min(values), max(values)), self._lang)
        less = low.startswith(MINUS)
        more = not high.startswith(MINUS) and high.strip("0,.") != ""
        low, high = low.removeprefix(MINUS), high.removeprefix(MINUS)
        if less and more:
            return self._say("change.both", less=low, more=high)
        if not (less or more):
            return high
        nearest, furthest = (high, low) if less else (low, high)
        amount = furthest if nearest == furthest else self._say("range", low=nearest, high=furthest)
        return self._say("change.less" if less else "change.more", amount=amount)


def _more_or_less(amount: float) -> str:
    """The word for an amount, which is then told without its sign."""
    return "less" if amount < 0 else "more"


def _mostly(options: Sequence[OptionVerdict]) -> str:
    """The year in which options mostly start later, the earlier of two."""
    years: Counter[int] = Counter()
    for option in options:
        for year, share in option.later:
            years[year] += share  # type: ignore[assignment]  # shares of worlds, not counts
    return str(min(years, key=lambda year: (-years[year], year))) if years else "–"
