"""What many worlds say of a plan, in the words of a planner."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rmscenario.planning.limits import MILLION
from rmscenario.planning.planner import Mode
from rmscenario.region import Region
from rmscenario.regret import Kind, OptionShare, PolicyRegret, Regret, ValueOfInformation
from rmscenario.regret.shares import NEVER, NO_REGRET, TELLS_NEVER, TELLS_NO_REGRET
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang, brief, counted, money, name, number, percent, say
from rmscenario.reporting.pages import Listed, Part
from rmscenario.reporting.targets import target_name, target_scale
from rmscenario.uncertainty.intervals import binomial_interval
from rmscenario.worlds.decided import DELIVERY

#: Deciding inputs and doubtful starts of the plan that are named.
MOST_INPUTS, MOST_DOUBTFUL = 5, 6
#: Initiatives without regret that a director is told by name.
MOST_SURE = 8
#: [1] A start of the plan that fewer worlds share is a doubtful one.
HALF = 0.5
#: Standard errors on either side of a 95 % interval.
_TWO = 1.96


class Regretted:
    """Texts of one result.

    Parameters
    ----------
    targets : mapping of str to mapping
        The targets' rows of the run's summary, by id.
    """

    def __init__(self, found: Regret, region: Region, targets: Mapping[str, Mapping[str, Any]], lang: Lang) -> None:
        self._found, self._region, self._targets, self._lang = found, region, targets, lang
        self._subjects = Subjects(region, lang)
        self._of: dict[Kind, list[OptionShare]] = defaultdict(list)
        for option in found.options:
            self._of[option.kind].append(option)

    def lead(self) -> list[str]:
        """What was done, and how sure it is."""
        found, lang = self._found, self._lang
        *tonnes, money_gap = found.gaps
        said = [
            counted("regret.lead", found.worlds, lang),
            say("regret.gap", lang, max=percent(money_gap.max, lang, 2), mean=percent(money_gap.mean, lang, 2)),
        ]
        if tonnes:
            said.append(self._first("gap", max=percent(max(gap.max for gap in tonnes), lang, 3)))
        if found.interrupted:
            counts = {"done": number(found.worlds, lang), "asked": number(found.asked, lang)}
            said.insert(0, say("regret.interrupted", lang, **counts))
        return said

    def _first(self, where: str, **figures: str) -> str:
        """What comes before money: hard targets, by name, where a plan is priced; all targets where it is the nearest."""
        hard = [name(row, self._lang) for row in self._region.active_targets if row.hard]
        first = "all" if self._found.mode is not Mode.PRICED else "hard" if len(hard) == 1 else "hards"
        names = ", ".join(f"“{one}”" for one in hard)
        return say(f"regret.first.{where}.{first}", self._lang, names=names, **figures)

    def parts(self, figure: tuple[str, str] | None = None) -> tuple[Part, ...]:
        """All that is told."""
        return (
            self._shares(figure),
            self._sure(Kind.PAYS),
            self._sure(Kind.NEEDED),
            self._depends(),
            self._never(),
            self._policies(),
            self._no_value() if self._found.value is None else self._value(self._found.value),
        )

    def key_sentences(self) -> list[str]:
        """What a director is told: what to do anyway, what is doubtful in the plan, and what it is worth to adapt and to know."""
        shares, policies = self._shares(None), self._policies()
        sure = [self._named_sure(kind) for kind in (Kind.PAYS, Kind.NEEDED) if self._of[kind]]
        explained = counted("regret.lead", self._found.worlds, self._lang)
        said = [explained, shares.sentences[0], *sure, *shares.sentences[1:]]
        said.append(f"{policies.heading}: {policies.sentences[-1]}")
        if self._found.value is not None:
            said.append(self._value(self._found.value).sentences[0])
        return said

    def _named_sure(self, kind: Kind) -> str:
        """Initiatives without regret, those first that are so in most units."""
        units = Counter(option.initiative for option in self._of[kind])
        names = ", ".join(self._subjects.initiative(initiative) for initiative, _ in units.most_common(MOST_SURE))
        more = len(units) - MOST_SURE
        rest = say("regret.key.more", self._lang, count=number(more, self._lang)) if more > 0 else ""
        return say(
            "regret.key.sure", self._lang, heading=say(f"regret.{kind.value}", self._lang), names=names, rest=rest
        )

    def _shares(self, figure: tuple[str, str] | None) -> Part:
        lang, of = self._lang, self._of
        counts = {kind.value: number(len(of[kind]), lang) for kind in Kind}
        sure = [*of[Kind.PAYS], *of[Kind.NEEDED]]
        sentences = [
            " ".join(
                [
                    say("regret.counts", lang, all=number(len(self._found.options), lang), **counts, **_often(lang)),
                    *few_text(self._found.worlds, lang),
                ]
            ),
            say(
                "regret.plan.agrees",
                lang,
                started=number(_planned(sure), lang),
                sure=number(len(sure), lang),
                dependent=number(_planned(of[Kind.DEPENDS]), lang),
            ),
        ]
        planned = [option for option in self._found.options if option.planned is not None and option.share < HALF]
        if planned:
            named = ", ".join(
                self._named(option) for option in sorted(planned, key=lambda one: one.share)[:MOST_DOUBTFUL]
            )
            sentences.append(say("regret.plan.doubtful", lang, names=named))
        return Part(heading=say("regret.shares", lang), depth=1, sentences=tuple(sentences), figure=figure)

    def _named(self, option: OptionShare) -> str:
        share = percent(option.share, self._lang)
        return f"{self._subjects.initiative(option.initiative)}, {self._subjects.units([option.unit])} ({share})"

    def _sure(self, kind: Kind) -> Part:
        lang = self._lang
        groups: dict[str, list[OptionShare]] = defaultdict(list)
        for option in self._of[kind]:
            groups[option.initiative].append(option)
        note = say(f"regret.{kind.value}.note", lang, often=percent(NO_REGRET, lang))
        table = None
        if groups:
            headings = ("initiative", "units", "planned", "share", "year")
            table = Listed(
                headings=tuple(say(f"regret.column.{key}", lang) for key in headings),
                rows=tuple(
                    (
                        self._subjects.initiative(initiative),
                        number(len(options), lang),
                        number(_planned(options), lang),
                        percent(min(option.share for option in options), lang),
                        str(_mostly(options)),
                    )
                    for initiative, options in groups.items()
                ),
            )
        sentences = (note,) if groups else (note, say("regret.none", lang))
        return Part(heading=say(f"regret.{kind.value}", lang), sentences=sentences, table=table)

    def _depends(self) -> Part:
        lang = self._lang
        undecided = undecided_first(self._of[Kind.DEPENDS])
        if not undecided:
            return Part(heading=say("regret.depends", lang), sentences=(say("regret.none", lang),))
        sentences = [say("regret.depends.note", lang)]
        deciding = Counter(
            self._input(option.decided.input)
            for option in undecided
            if option.decided is not None and not option.decided.input.startswith(DELIVERY)
        )
        if deciding:
            inputs = ", ".join(
                say("regret.depends.input", lang, input=name, count=number(count, lang))
                for name, count in sorted(deciding.items(), key=lambda item: (-item[1], item[0]))[:MOST_INPUTS]
            )
            none = number(sum(option.decided is None for option in undecided), lang)
            sentences.append(say("regret.depends.inputs", lang, inputs=inputs, none=none))
        groups: dict[str, list[OptionShare]] = defaultdict(list)
        for option in undecided:
            groups[option.initiative].append(option)
        items = tuple(self._undecided(options) for options in groups.values())
        return Part(heading=say("regret.depends", lang), sentences=tuple(sentences), items=items)

    def _undecided(self, options: Sequence[OptionShare]) -> str:
        """An initiative, in the units where it depends: how often, and on what it depends in most of them."""
        lang = self._lang
        inputs: dict[tuple[str, bool], list[float]] = defaultdict(list)
        for option in options:
            if (by := option.decided) is not None:
                name = DELIVERY if by.input.startswith(DELIVERY) else by.input
                inputs[name, by.correlation > 0].append(by.right)
        decided = ""
        if inputs:
            (name, high), right = max(inputs.items(), key=lambda item: len(item[1]))
            key = f"regret.decided.{('on_time' if high else 'late') if name == DELIVERY else 'high' if high else 'low'}"
            decided = say(key, lang, input=name if name == DELIVERY else self._input(name), right=self._range(right))
            if len(right) < len(options):
                counts = {"count": number(len(right), lang), "all": number(len(options), lang)}
                decided += say("regret.decided.some", lang, **counts)
        return say(
            "regret.depends.one",
            lang,
            initiative=self._subjects.initiative(options[0].initiative),
            unit=self._subjects.units([option.unit for option in options]),
            share=self._range([option.share for option in options]),
            year=_mostly(options),
            decided=decided,
        )

    def _range(self, shares: Sequence[float]) -> str:
        """From the least to the largest share."""
        low, high = percent(min(shares), self._lang), percent(max(shares), self._lang)
        return low if low == high else say("regret.range", self._lang, low=low, high=high)

    def _input(self, name: str) -> str:
        return self._subjects.input(name)

    def _never(self) -> Part:
        lang = self._lang
        some = {option.initiative for option in self._found.options if option.kind is not Kind.NEVER}
        never = self._of[Kind.NEVER]
        wholly = list(dict.fromkeys(option.initiative for option in never if option.initiative not in some))
        left = sum(option.initiative in some for option in never)
        sentences = []
        if wholly:
            names = ", ".join(self._subjects.initiative(initiative) for initiative in wholly)
            sentences.append(say("regret.never.note", lang, seldom=percent(NEVER, lang), names=names))
        if left:
            sentences.append(say("regret.never.some", lang, count=number(left, lang)))
        return Part(heading=say("regret.never", lang), sentences=tuple(sentences) or (say("regret.none", lang),))

    def _policies(self) -> Part:
        found, lang = self._found, self._lang
        target = None if found.target is None else self._targets[found.target]
        scale = None if target is None else target_scale(target, lang)
        policies = {policy.name: policy for policy in found.policies}
        sentences = [say("regret.policies.note", lang)]
        if not found.adaptive:
            sentences.append(say("regret.policies.nothing_open", lang))
        columns: list[tuple[str, list[str]]] = [
            (say("regret.column.policy", lang), [say(f"regret.{name}", lang) for name in policies])
        ]
        if target is not None and scale is not None:
            sentences.append(say("regret.policies.tonnes", lang, target=target_name(target, lang), year=target["year"]))
            columns += [
                (
                    say("regret.column.expected_t", lang, unit=scale.unit),
                    [self._mean(one.expected_t, one.expected_t_error, scale.factor) for one in found.policies],
                ),
                (say("regret.column.max_t", lang), [self._figure(one.max_t, scale.factor) for one in found.policies]),
            ]
        columns += [
            (
                say("regret.column.expected_dkk", lang),
                [self._mean(one.expected_dkk, one.expected_dkk_error, 1 / MILLION) for one in found.policies],
            ),
            (say("regret.column.max_dkk", lang), [self._figure(one.max_dkk, 1 / MILLION) for one in found.policies]),
        ]
        sentences.append(self._money(policies["fixed"], policies["adaptive"]))
        return Part(
            heading=say("regret.policies", lang),
            depth=1,
            sentences=tuple(sentences),
            table=Listed(
                headings=tuple(heading for heading, _ in columns),
                rows=tuple(zip(*(cells for _, cells in columns), strict=True)),
            ),
        )

    def _money(self, fixed: PolicyRegret, adaptive: PolicyRegret) -> str:
        lang, found = self._lang, self._found
        if found.value is not None and fixed.expected_dkk_bound is not None and adaptive.expected_dkk_bound is not None:
            return say(
                "regret.policies.priced",
                lang,
                fixed=money(fixed.expected_dkk_bound, lang),
                adaptive=money(adaptive.expected_dkk_bound, lang),
            )
        counts = {"fixed": number(fixed.compared, lang), "adaptive": number(adaptive.compared, lang)}
        said = self._first("money", **counts, worlds=number(found.worlds, lang))
        shown = next((row for row in self._region.targets if row.target == found.target), None)
        if found.mode is Mode.PRICED and shown is not None and not shown.hard and shown.shortfall_price:
            said += " " + say("regret.policies.shown_priced", lang)
        return said

    def _mean(self, value: float | None, error: float | None, factor: float) -> str:
        text = self._figure(value, factor)
        if value is None or error is None or error == 0:
            return text
        return say("regret.plus_minus", self._lang, value=text, error=brief(_TWO * error * factor, self._lang))

    def _figure(self, value: float | None, factor: float) -> str:
        return "–" if value is None else brief(value * factor, self._lang)

    def _value(self, value: ValueOfInformation) -> Part:
        lang = self._lang

        def amount(millions: float) -> str:
            return money(millions * MILLION, lang)

        error = amount(_TWO * value.evpi_error)
        sentences = [
            say("regret.value.evpi", lang, low=amount(value.evpi.low), high=amount(value.evpi.high), error=error),
            say(
                "regret.value.vss.none" if value.vss is None else "regret.value.vss",
                lang,
                low=amount(value.cheaper.low),
                high=amount(value.cheaper.high),
            ),
            self._changes(),
        ]
        if min(value.evpi.low, value.cheaper.low) < 0:
            sentences.append(say("regret.value.gap", lang))
        if value.ev is not None and value.ev.known:
            figures = {"planned": value.ev.high, "mean": value.fixed, "best": value.ws.high}
            sentences.append(say("regret.value.expected", lang, **{key: amount(one) for key, one in figures.items()}))
        return Part(heading=say("regret.value", lang), sentences=tuple(sentences))

    def _no_value(self) -> Part:
        """Why there is no value of knowing: it is money, which is compared only where nothing comes before it."""
        lang, hard = self._lang, self._found.mode is Mode.PRICED
        said = say("regret.value.none.hard" if hard else "regret.value.none.nearest", lang)
        return Part(heading=say("regret.value", lang), sentences=(said,))

    def _changes(self) -> str:
        """What a plan that is better on average starts otherwise."""
        lang, changes = self._lang, self._found.average
        if changes is None:
            return say("regret.value.not_searched", lang)
        if not changes:
            return say("regret.value.same", lang)
        more = [change for change in changes if change.planned is None]
        less = [change for change in changes if change.start is None]
        names = ""
        for key, some in (("more", more), ("less", less)):
            initiatives = list(dict.fromkeys(self._subjects.initiative(change.initiative) for change in some))
            if initiatives:
                names += say(f"regret.value.{key}", lang, names=", ".join(initiatives))
        return say(
            "regret.value.changes",
            lang,
            starts=number(len(more), lang),
            stops=number(len(less), lang),
            moved=number(len(changes) - len(more) - len(less), lang),
            names=names,
        )


def _often(lang: Lang) -> dict[str, str]:
    return {"often": percent(NO_REGRET, lang), "seldom": percent(NEVER, lang)}


def few_text(worlds: int, lang: Lang) -> list[str]:
    """That so few worlds cannot tell what is without regret, or what never starts, and how many could; nothing of enough."""
    if worlds >= TELLS_NEVER:
        return []
    return [
        say(
            "regret.few" if worlds < TELLS_NO_REGRET else "regret.few.never",
            lang,
            worlds=number(worlds, lang),
            low=percent(binomial_interval(worlds, worlds)[0], lang),
            high=percent(binomial_interval(0, worlds)[1], lang),
            sure=number(TELLS_NO_REGRET, lang),
            never=number(TELLS_NEVER, lang),
            **_often(lang),
        )
    ]


def undecided_first(options: Sequence[OptionShare]) -> list[OptionShare]:
    """Options that depend, those first that start in every other world."""
    return sorted(options, key=lambda option: (abs(option.share - HALF), option.initiative, option.unit))


def _planned(options: Sequence[OptionShare]) -> int:
    """How many of some options the plan starts."""
    return sum(option.planned is not None for option in options)


def _mostly(options: Sequence[OptionShare]) -> int:
    """The year in which options start most often, the earlier of two."""
    years: Counter[int] = Counter()
    for option in options:
        for year, share in option.starts:
            years[year] += share  # type: ignore[assignment]  # shares of worlds, not counts
    return min(years, key=lambda year: (-years[year], year))
