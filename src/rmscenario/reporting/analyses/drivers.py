"""What drives a plan's outcome, in the words of a planner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from rmscenario.drivers import Drivers, GroupShare
from rmscenario.drivers.chance import Chance
from rmscenario.drivers.margin import STRONGEST, Margin
from rmscenario.drivers.single import Failure
from rmscenario.drivers.split import Change, Piece, Split
from rmscenario.region import Region
from rmscenario.reporting.analyses.subjects import Subjects
from rmscenario.reporting.language import Lang, Scale, measured, number, percent, probability, say
from rmscenario.reporting.pages import Listed, Part
from rmscenario.reporting.targets import Summary, TargetWords, target_name, target_scale
from rmscenario.reporting.under_risk import wished_text

#: [1] Groups below this share of the variance, in total, are counted instead of listed.
LEAST_SHARE = 0.001
#: [1] A margin below this is none.
LEAST_MARGIN = 0.001
#: [1] A probability closer to 0 or 1 has no two decimals to be told in.
LEAST_CHANCE = 1e-4
#: Bars and failures that are told.
MOST_BARS, MOST_FAILURES = 10, 5
#: [1] From this many times the expected decline on it is said as a multiple.
_MANY = 2.0


class Driven:
    """Texts of one result, target by target.

    Parameters
    ----------
    targets : mapping of str to mapping
        The targets' rows of the run's summary, by id.
    """

    def __init__(
        self, found: Drivers, region: Region, targets: Mapping[str, Summary], lang: Lang, draws: int | None
    ) -> None:
        self._found, self._targets, self._lang, self._draws = found, targets, lang, draws
        self._subjects = Subjects(region, lang)

    def parts(self, split: Split, figure: tuple[str, str] | None = None) -> tuple[Part, ...]:
        """All that is told of a target."""
        scale = target_scale(self._targets[split.target], self._lang)
        heading = Part(heading=target_name(self._targets[split.target], self._lang), depth=1, figure=figure)
        parts = (
            heading,
            self._change(split, scale),
            self._margin(split, scale),
            *self._spread(split, scale),
            self._tornado(split, scale),
            self._failures(split, scale),
        )
        return tuple(part for part in parts if part is not None)

    def key_sentences(self, split: Split) -> list[str]:
        """What a director is told: own effort and background, how weak it may be, what the spread comes from, the dearest loss."""
        scale = target_scale(self._targets[split.target], self._lang)
        parts = (self._change(split, scale), self._margin(split, scale), self._spread(split, scale)[0])
        failures = self._failures(split, scale)
        change, *others = (part.sentences[0] for part in parts)
        name = target_name(self._targets[split.target], self._lang)
        return [f"{name}: {change}", *others, *(f"{failures.heading}: {item}" for item in failures.items[:1])]

    def _change(self, split: Split, scale: Scale) -> Part:
        lang = self._lang

        def amount(value: float) -> str:
            return measured(value * scale.factor, scale.unit, lang)

        planned, mean = ({piece: self._sum(split, piece, column) for piece in Piece} for column in ("planned", "mean"))
        moved: dict[str, float] = {}
        for change in split.changes:
            if change.piece is Piece.BACKGROUND:
                moved[change.driver] = moved.get(change.driver, 0.0) + change.planned
        listed = sorted((item for item in moved.items() if item[1] != 0), key=lambda item: -abs(item[1]))
        parts = ", ".join(
            say("drivers.change.part", lang, name=self._subjects.group(driver), amount=amount(value))
            for driver, value in listed
        )
        account = planned[Piece.BASE] + planned[Piece.ACCOUNT]
        sentences = (
            say(
                "drivers.change.planned",
                lang,
                base=amount(split.base),
                planned=amount(split.planned),
                year=split.year,
                change=amount(split.planned - split.base),
                own=amount(planned[Piece.NEW] + planned[Piece.RUNNING]),
                new=amount(planned[Piece.NEW]),
                running=amount(planned[Piece.RUNNING]),
                background=amount(planned[Piece.BACKGROUND]),
                parts=parts or say("drivers.change.no_parts", lang),
                account=say("drivers.change.account", lang, amount=amount(account))
                if account != 0
                else say("drivers.change.no_account", lang),
            ),
            say(
                "drivers.change.mean",
                lang,
                mean=amount(split.mean),
                own=amount(mean[Piece.NEW] + mean[Piece.RUNNING]),
                background=amount(mean[Piece.BACKGROUND]),
            ),
            say("drivers.change.order", lang, new=amount(self._sum(split, Piece.NEW, "planned_in_order"))),
            *([say("drivers.change.spread", lang)] if any(change.spread < 0 for change in split.changes) else []),
        )
        return Part(heading=say("drivers.change", lang), sentences=sentences, table=self._split_table(split, scale))

    def _sum(self, split: Split, piece: Piece, column: str) -> float:
        return float(sum(getattr(change, column) for change in split.changes if change.piece is piece))

    def _split_table(self, split: Split, scale: Scale) -> Listed:
        lang = self._lang
        shown = [change for change in split.changes if any((change.planned, change.mean, change.spread))]
        decimals = _decimals(split.base * scale.factor)

        def figure(value: float) -> str:
            return number(value * scale.factor, lang, decimals)

        rows = [
            (
                self._piece(change),
                figure(change.planned),
                figure(change.mean),
                self._interval((change.spread, change.spread_low, change.spread_high)),
            )
            for change in shown
        ]
        year = say("drivers.row.total", lang, year=split.year)
        whole = percent(1.0, lang) if split.deviation > 0 else ""
        return Listed(
            headings=(
                say("drivers.column.part", lang, unit=scale.unit),
                say("drivers.column.planned", lang),
                say("drivers.column.mean", lang),
                say("drivers.column.spread", lang),
            ),
            rows=(
                (say("drivers.row.start", lang), figure(split.base), figure(split.base), ""),
                *rows,
                (year, figure(split.planned), figure(split.mean), whole),
            ),
        )

    def _piece(self, change: Change) -> str:
        name = self._subjects.moved(change.driver, change.group) if change.piece is Piece.BACKGROUND else ""
        return say(f"drivers.piece.{change.piece.value}", self._lang, name=name)

    def _interval(self, share: tuple[float, float, float]) -> str:
        value, low, high = share
        if not isfinite(low):
            return percent(value, self._lang, 1)
        ends = {"low": number(100.0 * low, self._lang, 1), "high": number(100.0 * high, self._lang, 1)}
        return say("drivers.interval", self._lang, value=percent(value, self._lang, 1), **ends)

    def _margin(self, split: Split, scale: Scale) -> Part:
        lang = self._lang
        own = [margin for margin in self._found.margins if margin.target == split.target]
        together, *alone = own
        decline = measured(together.decline * scale.factor, scale.unit, lang)
        wished = wished_text(TargetWords(self._targets[split.target], lang), lang)
        planned = [say("drivers.margin.planned", lang), *wished] if wished else []
        sentences = [" ".join([self._one_margin(together, say("drivers.margin.all", lang)), *planned])]
        if together.decline > 0:
            sentences.append(say("drivers.margin.decline", lang, decline=decline, year=split.year))
        note = say("drivers.margin.note", lang)
        target = self._targets[split.target]
        if target["probability_met"] is not None:
            met = probability(target["probability_met"], lang, self._draws)
            note += " " + say("drivers.margin.probability", lang, probability=met)
        note += "".join(f" {self._chance(chance)}" for chance in self._found.chances if self._told(chance, split))
        items = tuple(
            self._one_margin(margin, say("drivers.margin.alone", lang, name=self._subjects.group(margin.driver)))
            for margin in (alone if len(alone) > 1 and together.weaker is not None else ())
            if margin.decline > 0
        )
        return Part(heading=say("drivers.margin", lang), sentences=(*sentences, note), items=items)

    @staticmethod
    def _told(chance: Chance, split: Split) -> bool:
        """Whether a target's probability has digits beyond those of the draws."""
        return chance.target == split.target and LEAST_CHANCE <= chance.probability <= 1.0 - LEAST_CHANCE

    def _chance(self, found: Chance) -> str:
        lang = self._lang
        return say(
            f"drivers.chance.{found.way.value}",
            lang,
            probability=percent(found.probability, lang, 2),
            low=number(100.0 * found.low, lang, 2),
            high=number(100.0 * found.high, lang, 2),
            points=number(found.points, lang),
        )

    def _one_margin(self, margin: Margin, what: str) -> str:
        lang, weaker = self._lang, margin.weaker
        if margin.decline <= 0:
            return say("drivers.margin.flat", lang, what=what)
        if weaker is None:
            return say("drivers.margin.never", lang, what=what, times=number(STRONGEST, lang))
        if not margin.met:
            times = 1.0 - weaker
            if times < _MANY:
                return say("drivers.margin.more", lang, what=what, more=percent(-weaker, lang, 1))
            return say("drivers.margin.times", lang, what=what, times=number(times, lang, 1))
        if weaker >= 1.0:
            return say("drivers.margin.without", lang, what=what)
        if weaker < LEAST_MARGIN:
            return say("drivers.margin.nothing_left", lang, what=what, least=percent(LEAST_MARGIN, lang, 1))
        return say("drivers.margin.holds", lang, what=what, weaker=percent(weaker, lang, 1))

    def _spread(self, split: Split, scale: Scale) -> tuple[Part, ...]:
        lang = self._lang
        heading = say("drivers.spread", lang)
        independent = [share for share in self._found.independent if share.target == split.target]
        if split.deviation == 0 or not independent:
            return (Part(heading=heading, sentences=(say("drivers.spread.none", lang),)),)
        top = independent[0]
        lead = say(
            "drivers.spread.deviation",
            lang,
            deviation=measured(split.deviation * scale.factor, scale.unit, lang),
            name=self._subjects.share(top),
            share=percent((top.total or (0.0,))[0], lang, 1),
            draws=number(self._found.draws, lang),
        )
        sobol = Part(
            heading=heading,
            sentences=(lead, say("drivers.spread.sobol", lang), *self._unlisted(independent)),
            table=Listed(
                headings=tuple(say(f"drivers.column.{key}", lang) for key in ("group", "inputs", "first", "all")),
                rows=tuple(
                    (
                        self._subjects.share(share),
                        number(share.inputs, lang),
                        self._interval(share.first or (0.0, 0.0, 0.0)),
                        self._interval(share.total or (0.0, 0.0, 0.0)),
                    )
                    for share in listed(independent)
                ),
            ),
        )
        spoken = [share for share in self._found.spoken if share.target == split.target]
        shapley = Part(
            heading=say("drivers.spoken", lang),
            sentences=(say("drivers.spread.shapley", lang), *self._unlisted(spoken)),
            table=Listed(
                headings=tuple(say(f"drivers.column.{key}", lang) for key in ("group", "inputs", "effect")),
                rows=tuple(
                    (
                        self._subjects.share(share),
                        number(share.inputs, lang),
                        self._interval(share.shapley or (0.0, 0.0, 0.0)),
                    )
                    for share in listed(spoken)
                ),
            ),
        )
        return sobol, shapley

    def _unlisted(self, shares: Sequence[GroupShare]) -> tuple[str, ...]:
        left = len(shares) - len(listed(shares))
        if not left:
            return ()
        words = {"count": number(left, self._lang), "least": percent(LEAST_SHARE, self._lang, 1)}
        return (say("drivers.more_groups.one" if left == 1 else "drivers.more_groups", self._lang, **words),)

    def _tornado(self, split: Split, scale: Scale) -> Part | None:
        lang = self._lang
        bars = [bar for bar in self._found.bars if bar.target == split.target][:MOST_BARS]
        if not bars:
            return None
        decimals = _decimals(bars[0].width * scale.factor)
        rows = tuple(
            (
                self._subjects.bar(bar),
                *(number(end * scale.factor, lang, decimals) for end in (bar.at_low, bar.at_high)),
            )
            for bar in bars
        )
        return Part(
            heading=say("drivers.tornado", lang),
            sentences=(
                say("drivers.tornado.note", lang, year=split.year, low=percent(0.05, lang), high=percent(0.95, lang)),
            ),
            table=Listed(
                headings=(
                    say("drivers.column.input", lang, unit=scale.unit),
                    say("drivers.column.low", lang),
                    say("drivers.column.high", lang),
                ),
                rows=rows,
            ),
        )

    def _failures(self, split: Split, scale: Scale) -> Part:
        lang = self._lang
        lost = [item for item in self._found.failures if item.target == split.target][:MOST_FAILURES]
        return Part(
            heading=say("drivers.failures", lang),
            sentences=() if lost else (say("drivers.failures.none", lang),),
            items=tuple(self._failure(item, split.year, scale) for item in lost),
        )

    def _failure(self, item: Failure, year: int, scale: Scale) -> str:
        lang = self._lang
        starts = "drivers.failures.start" if item.starts == 1 else "drivers.failures.starts"
        names = ", ".join(self._subjects.initiative(other) for other in item.with_it)
        return say(
            "drivers.failures.one",
            lang,
            initiative=self._subjects.initiative(item.initiative),
            starts=say(starts, lang, count=number(item.starts, lang)),
            with_it=say("drivers.failures.with_it", lang, names=names) if names else "",
            lost=measured(item.lost * scale.factor, scale.unit, lang),
            year=year,
            mean=measured(item.lost_mean * scale.factor, scale.unit, lang),
            met=self._met(item),
        )

    def _met(self, item: Failure) -> str:
        """What the probability of the target changes by: the difference, which does not hang on the draws of either."""
        lang, (value, *ends) = self._lang, item.met_change
        falls = value < 0
        change = number(100.0 * abs(value), lang, 1)
        if change == number(0.0, lang, 1):
            return ""
        low, high = sorted(-end if falls else end for end in ends)
        between = {"low": number(100.0 * low, lang, 1), "high": number(100.0 * high, lang, 1)}
        interval = say("drivers.failures.interval", lang, **between) if isfinite(low) else ""
        key = "drivers.failures.falls" if falls else "drivers.failures.rises"
        return say(key, lang, change=change, interval=interval)


def in_order(region: Region, targets: Iterable[str]) -> list[str]:
    """Targets by their priority, the first that is aimed at first."""
    priority = {row.target: (row.priority, number) for number, row in enumerate(region.targets)}
    return sorted(targets, key=lambda target: priority[target])


def listed(shares: Sequence[GroupShare]) -> list[GroupShare]:
    """Groups with a share that is worth a line."""
    return [share for share in shares if (share.total or share.shapley or (0.0,))[0] >= LEAST_SHARE]


def _decimals(largest: float) -> int:
    """Decimals at which parts still close on their sum."""
    return next((decimals for least, decimals in ((10_000, 0), (100, 1), (1, 2)) if abs(largest) >= least), 3)
