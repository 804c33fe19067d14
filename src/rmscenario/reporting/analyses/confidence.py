"""The curve of confidences as sentences and a table, as JSON and as CSV. Money in DKK."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rmscenario.errors import ExitCode
from rmscenario.plan import Verdict
from rmscenario.reporting.language import (
    HARD_SPACE,
    MILLION,
    MINUS,
    Lang,
    brief,
    money,
    number,
    percent,
    percent_asked,
    percent_reached,
    say,
)
from rmscenario.reporting.pages import Listed, Part
from rmscenario.reporting.risk_words import PRICED, UNPRICED, shares_of_draws, why_short
from rmscenario.reporting.targets import target_name
from rmscenario.risk.bound import CERTAIN
from rmscenario.risk.curve import Curve, Kept, Point

#: Columns of `confidence.csv`; a wish of several targets names them all, `asked` marks what the scenario itself asks for.
COLUMNS = (
    "confidence", "asked", "targets", "value_dkk", "bound_dkk", "npv_dkk", "premium_npv_dkk", "starts", "added", "dropped",
    "probability_met", "probability_met_low", "probability_met_high", "verdict",
)  # fmt: skip
#: Why a wish is not met, in the order in which it is told.
_REASONS = (Verdict.CLOSE.value, Verdict.UNCONFIRMED.value, Verdict.PRICED.value, UNPRICED, Verdict.UNFOUND.value)


class Confidence:
    """Texts of one curve.

    Parameters
    ----------
    targets : mapping of str to mapping
        The targets' rows of the run's summary, by id.
    """

    def __init__(self, found: Curve, targets: Mapping[str, Mapping[str, Any]], lang: Lang) -> None:
        self._found, self._targets, self._lang = found, targets, lang

    def lead(self) -> list[str]:
        """What was done, and what the amounts are."""
        found, lang = self._found, self._lang
        draws = {"planning": number(found.planning_draws, lang), "fresh": number(found.fresh_draws, lang)}
        said = [say("confidence.lead", lang, **draws)]
        if len(found.expected_kept) > 1:
            key = "confidence.several.differing" if found.differing else "confidence.several"
            said.append(say(key, lang))
        said.append(say("confidence.amounts", lang))
        if found.bound_draws:
            certain = percent(CERTAIN, lang)
            said.append(say("confidence.bound", lang, certain=certain, draws=number(found.bound_draws, lang)))
        if found.interrupted:
            said.insert(0, say("confidence.interrupted", lang))
        return said

    def parts(self, figure: tuple[str, str] | None = None) -> tuple[Part, ...]:
        """The curve of each wish."""
        return tuple(
            self._part(number, figure if number == 0 else None) for number in range(len(self._found.expected_kept))
        )

    def missed(self) -> str | None:
        """What the scenario asks for and the best plan found misses, and with which code the command ends; None if nothing."""
        found, lang = self._found, self._lang
        if found.asked is None:
            reasons = [say("confidence.missed.unreached", lang, wishes=self._wishes(found.expected_kept))]
        else:
            short = {reason: [kept for kept in found.asked.kept if self._reason(kept) == reason] for reason in _REASONS}
            reasons = [
                say(f"confidence.missed.{reason}", lang, wishes=self._wishes(wishes))
                for reason, wishes in short.items()
                if wishes
            ]
        if not reasons:
            return None
        return say("confidence.missed", lang, code=int(ExitCode.TARGET_MISSED), reasons="; ".join(reasons))

    def key_sentences(self) -> list[str]:
        """What a director is told: what each wish is met in, and what it costs to be surer."""
        return [sentence for part in self.parts() for sentence in part.sentences]

    def names(self, targets: Sequence[str]) -> str:
        """Names of targets."""
        return ", ".join(f"“{target_name(self._targets[target], self._lang)}”" for target in targets)

    def _wishes(self, wishes: Sequence[Kept], how: str = "missed") -> str:
        """Wishes by the names of their targets and the shares wished for."""
        lang = self._lang
        return say("terminal.and", lang).join(
            say(
                f"confidence.wish_{how}{'' if len(kept.targets) == 1 else '.joint'}",
                lang,
                names=self.names(kept.targets),
                confidence=percent_asked(kept.confidence, lang),
            )
            for kept in wishes
        )

    def _part(self, wish: int, figure: tuple[str, str] | None) -> Part:
        found, lang = self._found, self._lang
        expected = found.expected_kept[wish]
        one = len(expected.targets) == 1
        said = [
            say("confidence.wish" if one else "confidence.wish.joint", lang, names=self.names(expected.targets)),
            say("confidence.expected", lang, probability=percent_reached(expected.probability, lang)),
        ]
        if found.asked is not None:
            said += [self._asked(found.asked, wish), *self._beaten(found.asked, wish)]
        said += self._short(wish)
        return Part(
            heading=say("confidence.curve", lang), sentences=tuple(said), table=self._table(wish), figure=figure
        )

    def _asked(self, point: Point, wish: int) -> str:
        """What the best plan found for the scenario's own wishes reaches of one of them, and what it costs."""
        lang, kept = self._lang, point.kept[wish]
        alike = not self._found.differing
        wished = percent_asked(kept.confidence, lang) if alike else self._wishes(point.kept, "asked")
        shares = shares_of_draws(lang, kept.confidence, probability=kept.probability, low=kept.low, high=kept.high)
        if point.added == point.dropped == 0:
            return say("confidence.asked.same", lang, confidence=wished, **shares)
        return say(
            "confidence.asked",
            lang,
            confidence=wished,
            cost=self._cost(point),
            added=say(
                "confidence.start" if point.added == 1 else "confidence.starts", lang, count=number(point.added, lang)
            ),
            dropped=number(point.dropped, lang),
            **shares,
        )

    def _cost(self, point: Point) -> str:
        """The net beyond that of the plan for expected values."""
        key = "confidence.less" if point.premium < 0 else "confidence.more"
        return say(key, self._lang, amount=money(abs(point.premium), self._lang))

    def _beaten(self, point: Point, wish: int) -> list[str]:
        """That a better plan was found than that of the run, where the difference can be read."""
        run, lang = self._found.run, self._lang
        if run is None or round((run.value - point.value) / MILLION, 2) <= 0:
            return []
        reached = percent_reached(run.kept[wish].probability, lang, run.kept[wish].confidence)
        saved = money(run.value - point.value, lang)
        return [say("confidence.beaten", lang, saved=saved, probability=reached, cost=self._cost(run))]

    def _reason(self, kept: Kept) -> str:
        """Why a wish is not met."""
        priced = any(self._targets[target].get("shortfall_price") for target in kept.targets)
        return why_short(kept.verdict, PRICED, priced)

    def _short(self, wish: int) -> list[str]:
        """Where and why the best plan found reaches less than is wished for."""
        found, lang = self._found, self._lang
        rows = [(percent_asked(point.confidence, lang), point.kept[wish]) for point in found.points]
        unreached = [percent_asked(confidence, lang) for confidence in found.unreached]
        if found.differing:
            own = say("confidence.own", lang)
            if found.asked is None:
                unreached.append(own)
            else:
                rows.append((own, found.asked.kept[wish]))
        said = []
        for reason in _REASONS:
            short = [(label, kept) for label, kept in rows if self._reason(kept) == reason]
            if short:
                furthest = percent_reached(max(kept.furthest for _, kept in short), lang)
                labels = ", ".join(label for label, _ in short)
                said.append(say(f"confidence.short.{reason}", lang, confidences=labels, furthest=furthest))
        if unreached:
            said.append(say("confidence.unreached", lang, confidences=", ".join(unreached)))
        return said

    def _table(self, wish: int) -> Listed:
        found, lang = self._found, self._lang
        columns = ("wished", "reached", "interval", "net", "value", "bound", "starts", "changed")
        expected = (
            say("confidence.row.expected", lang),
            *self._reached(found.expected_kept[wish]),
            self._millions(found.expected_npv),
            "",
            "",
            number(found.expected_starts, lang),
            "",
        )
        rows = [self._row(percent_asked(point.confidence, lang), point, wish) for point in found.points]
        if found.differing and found.asked is not None:
            own = percent_asked(found.asked.kept[wish].confidence, lang)
            rows.append(self._row(say("confidence.row.asked", lang, confidence=own), found.asked, wish))
        headings = tuple(say(f"confidence.column.{key}", lang) for key in columns)
        return Listed(headings=headings, rows=(expected, *rows))

    def _row(self, label: str, point: Point, wish: int) -> tuple[str, ...]:
        lang = self._lang
        return (
            label,
            *self._reached(point.kept[wish]),
            self._millions(point.npv),
            self._millions(point.value),
            self._millions(point.bound),
            number(len(point.starts), lang),
            f"+{number(point.added, lang)}/{MINUS}{number(point.dropped, lang)}",
        )

    def _reached(self, kept: Kept) -> tuple[str, str]:
        shown = shares_of_draws(self._lang, kept.confidence, met=kept.probability, low=kept.low, high=kept.high)
        low, high = (shown[key].rstrip(f"%{HARD_SPACE}") for key in ("low", "high"))
        return shown["met"], f"{low}–{high}"

    def _millions(self, amount: float) -> str:
        return brief(amount / MILLION, self._lang) if math.isfinite(amount) else ""


def confidence_content(found: Curve) -> dict[str, Any]:
    """Content of `rmscenario confidence --json`; a bound that is not known is null."""
    return {
        "planning_draws": found.planning_draws,
        "fresh_draws": found.fresh_draws,
        "bound_draws": found.bound_draws,
        "bound_certainty": CERTAIN if found.bound_draws else None,
        "expected": {
            "npv_dkk": found.expected_npv,
            "starts": found.expected_starts,
            "wishes": [asdict(kept) for kept in found.expected_kept],
        },
        "confidences": [{"confidence": point.confidence} | _plan_of(point) for point in found.points],
        "asked": None if found.asked is None else _plan_of(found.asked),
        "run": None if found.run is None else _plan_of(found.run),
        "unreached": list(found.unreached),
    }


def _plan_of(point: Point) -> dict[str, Any]:
    return {
        **_amounts(point, None),
        "wishes": [asdict(kept) | {"verdict": kept.verdict.value} for kept in point.kept],
        "plan": [asdict(start) for start in point.starts],
    }


def _amounts(point: Point, unknown: str | None) -> dict[str, Any]:
    return {
        "value_dkk": point.value,
        "bound_dkk": point.bound if math.isfinite(point.bound) else unknown,
        "npv_dkk": point.npv,
        "premium_npv_dkk": point.premium,
        "starts": len(point.starts),
        "added": point.added,
        "dropped": point.dropped,
    }


def confidence_table(found: Curve) -> tuple[Sequence[str], list[dict[str, object]]]:
    """Columns and rows of `confidence.csv`: a row for each confidence and wish; last, where wishes differ, the scenario's own."""
    points = [*found.points, *([found.asked] if found.differing and found.asked is not None else [])]
    rows: list[dict[str, object]] = [
        {
            "confidence": kept.confidence,
            "asked": "yes" if point == found.asked else "no",
            "targets": " ".join(kept.targets),
            **_amounts(point, ""),
            "probability_met": kept.probability,
            "probability_met_low": kept.low,
            "probability_met_high": kept.high,
            "verdict": kept.verdict.value,
        }
        for point in points
        for kept in point.kept
    ]
    return COLUMNS, rows
