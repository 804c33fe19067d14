"""The curve of confidences as sentences and a table, as JSON and as CSV. Money in DKK."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rmscenario.errors import ExitCode
from rmscenario.reporting.language import MILLION, MINUS, Lang, brief, money, number, percent, say
from rmscenario.reporting.pages import Listed, Part
from rmscenario.reporting.targets import target_name
from rmscenario.risk.bound import CERTAIN
from rmscenario.risk.curve import Curve, Kept, Point
from rmscenario.risk.measures import most_missed

#: Columns of `confidence.csv`; a wish of several targets names them all.
COLUMNS = (
    "confidence", "targets", "value_dkk", "bound_dkk", "npv_dkk", "premium_npv_dkk", "starts", "added", "dropped",
    "probability_met", "probability_met_low", "probability_met_high",
)  # fmt: skip


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
        if found.bound_draws:
            certain = percent(CERTAIN, lang)
            said.append(say("confidence.bound", lang, certain=certain, draws=number(found.bound_draws, lang)))
        if found.interrupted:
            said.insert(0, say("confidence.interrupted", lang))
        return said

    def parts(self, asked: Mapping[tuple[str, ...], float], figure: tuple[str, str] | None = None) -> tuple[Part, ...]:
        """The curve of each wish; `asked` is the confidence that the scenario asks of each."""
        return tuple(
            self._part(number, kept, asked, figure if number == 0 else None)
            for number, kept in enumerate(self._found.expected_kept)
        )

    def missed(self, asked: Mapping[tuple[str, ...], float]) -> str | None:
        """What the scenario asks for and no plan found reaches, and with which code the command ends; None if all is."""
        found, lang = self._found, self._lang
        reached = {
            (kept.targets, point.confidence)
            for point in found.points
            for kept in point.kept
            if round((1 - kept.probability) * found.fresh_draws) <= most_missed(found.fresh_draws, point.confidence)
        }
        short = [
            say("confidence.missed.wish", lang, names=self.names(targets), confidence=percent(confidence, lang))
            for targets, confidence in asked.items()
            if (targets, confidence) not in reached
        ]
        if not short:
            return None
        wishes = say("terminal.and", lang).join(short)
        return say("confidence.missed", lang, code=int(ExitCode.TARGET_MISSED), wishes=wishes)

    def key_sentences(self, asked: Mapping[tuple[str, ...], float]) -> list[str]:
        """What a director is told: what each wish is met in, and what it costs to be surer."""
        return [sentence for part in self.parts(asked) for sentence in part.sentences]

    def names(self, targets: Sequence[str]) -> str:
        """Names of targets."""
        return ", ".join(f"“{target_name(self._targets[target], self._lang)}”" for target in targets)

    def _part(
        self, number_: int, expected: Kept, asked: Mapping[tuple[str, ...], float], figure: tuple[str, str] | None
    ) -> Part:
        found, lang = self._found, self._lang
        one = len(expected.targets) == 1
        said = [
            say("confidence.wish" if one else "confidence.wish.joint", lang, names=self.names(expected.targets)),
            say("confidence.expected", lang, probability=percent(expected.probability, lang, 1)),
        ]
        said += [
            self._asked(point, point.kept[number_])
            for point in found.points
            if point.confidence == asked.get(expected.targets)
        ]
        short = [point for point in found.points if point.kept[number_].high < point.confidence]
        surest = max((found.furthest[number_], *(point.kept[number_].probability for point in found.points)))
        paid = tuple(point.confidence for point in short if point.confidence <= surest)
        unfound = tuple(point.confidence for point in short if point.confidence > surest)
        for key, confidences in (("short.priced", paid), ("short.unfound", unfound), ("unreached", found.unreached)):
            if confidences:
                shown = ", ".join(percent(confidence, lang) for confidence in confidences)
                said.append(say(f"confidence.{key}", lang, confidences=shown, furthest=percent(surest, lang, 1)))
        return Part(
            heading=say("confidence.curve", lang), sentences=tuple(said), table=self._table(number_), figure=figure
        )

    def _asked(self, point: Point, kept: Kept) -> str:
        lang = self._lang
        shares = {key: percent(getattr(kept, key), lang, 1) for key in ("probability", "low", "high")}
        if point.added == point.dropped == 0:
            return say("confidence.asked.same", lang, confidence=percent(point.confidence, lang), **shares)
        return say(
            "confidence.asked",
            lang,
            confidence=percent(point.confidence, lang),
            premium=money(point.premium, lang),
            added=number(point.added, lang),
            dropped=number(point.dropped, lang),
            **shares,
        )

    def _table(self, wish: int) -> Listed:
        found, lang = self._found, self._lang
        columns = ("wished", "reached", "interval", "net", "value", "bound", "starts", "changed")
        expected = found.expected_kept[wish]
        rows = [
            (
                say("confidence.row.expected", lang),
                *self._reached(expected),
                self._millions(found.expected_npv),
                "",
                "",
                number(found.expected_starts, lang),
                "",
            )
        ]
        rows += [
            (
                percent(point.confidence, lang),
                *self._reached(point.kept[wish]),
                self._millions(point.npv),
                self._millions(point.value),
                self._millions(point.bound),
                number(len(point.starts), lang),
                f"+{number(point.added, lang)}/{MINUS}{number(point.dropped, lang)}",
            )
            for point in found.points
        ]
        return Listed(headings=tuple(say(f"confidence.column.{key}", lang) for key in columns), rows=tuple(rows))

    def _reached(self, kept: Kept) -> tuple[str, str]:
        low, high = (number(100.0 * share, self._lang, 1) for share in (kept.low, kept.high))
        return percent(kept.probability, self._lang, 1), f"{low}–{high}"

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
        "confidences": [
            {
                "confidence": point.confidence,
                "value_dkk": point.value,
                "bound_dkk": point.bound if math.isfinite(point.bound) else None,
                "npv_dkk": point.npv,
                "premium_npv_dkk": point.premium,
                "starts": len(point.starts),
                "added": point.added,
                "dropped": point.dropped,
                "wishes": [asdict(kept) for kept in point.kept],
                "plan": [asdict(start) for start in point.starts],
            }
            for point in found.points
        ],
        "unreached": list(found.unreached),
    }


def confidence_table(found: Curve) -> tuple[Sequence[str], list[dict[str, object]]]:
    """Columns and rows of `confidence.csv`: a row for each confidence and wish."""
    rows: list[dict[str, object]] = [
        {
            "confidence": point.confidence,
            "targets": " ".join(kept.targets),
            "value_dkk": point.value,
            "bound_dkk": point.bound if math.isfinite(point.bound) else "",
            "npv_dkk": point.npv,
            "premium_npv_dkk": point.premium,
            "starts": len(point.starts),
            "added": point.added,
            "dropped": point.dropped,
            "probability_met": kept.probability,
            "probability_met_low": kept.low,
            "probability_met_high": kept.high,
        }
        for point in found.points
        for kept in point.kept
    ]
    return COLUMNS, rows
