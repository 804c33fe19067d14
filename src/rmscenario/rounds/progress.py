"""How far the commitments of a round have come by what was observed, in shares and in tonnes, physically and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rmscenario.options import share_on
from rmscenario.region.commitments import Commitment
from rmscenario.region.initiatives import Initiative
from rmscenario.rounds.agreed import agreed_on, agreed_share
from rmscenario.rounds.closing import Observed, last_values, observed
from rmscenario.rounds.contradictions import Contradiction, contradiction
from rmscenario.rounds.rows import IN_SERVICE, START, CommitmentIndicator, CommitmentTonnes, FollowUp
from rmscenario.rounds.store import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Tonnes taken off in a year, with their ends [tCO2e/a].

    `in_account` is what the region's account shows of `mode`; None where a proposal did not say.
    """

    low: float
    mode: float
    high: float
    in_account: float | None

    @classmethod
    def of(cls, row: CommitmentTonnes) -> Span:
        """What a commitment takes off in a year by itself."""
        return cls(low=row.low, mode=row.mode, high=row.high, in_account=row.in_account)

    def with_effect(self, effect: Effect) -> Span:
        """The same with the effect that was measured: its interval is that of the measurement alone."""
        ends = sorted((self.mode * effect.low, self.mode * effect.high))
        shown = None if self.in_account is None else self.in_account * effect.value
        return Span(low=ends[0], mode=self.mode * effect.value, high=ends[1], in_account=shown)

    def times(self, share: float) -> Span:
        """The same for another share in service."""
        shown = None if self.in_account is None else self.in_account * share
        return Span(low=self.low * share, mode=self.mode * share, high=self.high * share, in_account=shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What was measured of a commitment's effect, of what was promised, with its 90 % interval [1]."""

    low: float
    value: float
    high: float


#: What was measured of the effects of a round's commitments, by id.
Effects = Callable[[Round], Mapping[str, Effect]]


def as_promised(found: Round) -> Mapping[str, Effect]:  # noqa: ARG001  one of `Effects`
    """Nothing was measured: every effect is as promised."""
    return {}


class Silence(StrEnum):
    """Why follow-up says nothing of how far a commitment has come."""

    NOTHING = "nothing"  # nothing was reported
    EARLY = "early"  # all that was reported is of before the start
    EFFECT = "effect"  # of the time after the start only the effect was reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """How far a commitment has come.

    Attributes
    ----------
    day : date or None
        Day that the value is of; None without data.
    expected : float or None [1]
        Share in service that was agreed for the end of that day, Eq. (3) between the ends of the years.
    expected_value : float or None
        What the indicator that was seen last should have been then, in its unit; None where nobody has said.
    promised : Span or None
        Tonnes a year promised for the share agreed for that day, without data for the end of `seen_in`; None where the
        initiative has no effect on CO2e.
    realised : Span or None
        The same promise for the share that was observed, with the effect that was measured, else as promised; None also
        without data.
    effect : Effect or None
        The effect that was measured; None where none was, or `realised` is None.
    silence : Silence or None
        Why nothing is known, where that is so.
    contradiction : Contradiction or None
        Two of its values that cannot both hold.
    """

    seen: Observed
    day: date | None
    expected: float | None
    expected_value: float | None
    promised: Span | None
    realised: Span | None
    effect: Effect | None
    silence: Silence | None
    contradiction: Contradiction | None


def seen_in(found: Round) -> int | None:
    """Year of the latest value of a commitment; None where there is none."""
    years = [row.observed.year for row in found.of(FollowUp) if row.commitment is not None]
    return max(years, default=None)


def progressed(found: Round, effects: Mapping[str, Effect] | None = None) -> tuple[Progressed, ...]:
    """How far each commitment of a round that asks for a start has come, in their order.

    Tonnes follow the share in service: what a commitment promises for the last year of its round, for each share in
    service then, times the share agreed for the day that was seen last, and times the share observed on it and the effect
    that was measured.

    Parameters
    ----------
    effects : mapping of commitment to Effect, optional
        Effects that were measured; the others are as promised.
    """
    effects = effects or {}
    initiatives = {row.initiative: row for row in found.region.initiatives}
    reported: dict[str, list[int]] = {}
    for row in found.of(FollowUp):
        if row.commitment is not None:
            reported.setdefault(row.commitment, []).append(row.observed.year)
    year = seen_in(found)
    last = last_values(found)
    return tuple(
        _progressed(
            each,
            initiatives[each.commitment.initiative],
            [row for row in found.of(CommitmentIndicator) if row.commitment == each.commitment.commitment],
            [row for row in found.of(CommitmentTonnes) if row.commitment == each.commitment.commitment],
            year if year is not None else found.agreed.last_year,
            effect=effects.get(each.commitment.commitment),
            silence=_silence(each, reported.get(each.commitment.commitment, [])),
            contradiction=contradiction(
                last.get(each.commitment.commitment, {}),
                [row for row in found.of(CommitmentIndicator) if row.commitment == each.commitment.commitment],
                found.region.indicators,
            ),
        )
        for each in observed(found)
    )


def _silence(seen: Observed, years: list[int]) -> Silence | None:
    """Why nothing is known of a commitment; None where something is."""
    start, _ = seen.commitment.agreed
    if seen.last is not None:
        return None
    if not years:
        return Silence.NOTHING
    return Silence.EARLY if max(years) < start else Silence.EFFECT


def total(spans: Iterable[Span | None]) -> Span:
    """Tonnes of several commitments together; their ends add up, as if all came out the same way."""
    known = [span for span in spans if span is not None]
    shown = [span.in_account for span in known if span.in_account is not None]
    return Span(
        low=sum(span.low for span in known),
        mode=sum(span.mode for span in known),
        high=sum(span.high for span in known),
        in_account=sum(shown) if len(shown) == len(known) else None,
    )


def _progressed(
    seen: Observed,
    initiative: Initiative,
    indicators: list[CommitmentIndicator],
    tonnes: list[CommitmentTonnes],
    year: int,
    *,
    effect: Effect | None,
    silence: Silence | None,
    contradiction: Contradiction | None,
) -> Progressed:
    row = seen.commitment
    day = None if seen.last is None else seen.last.observed
    agreed = agreed_on(row, initiative, day or date(year, 12, 31))
    expected = None if day is None else agreed
    whole = _for_each_share(row, initiative, tonnes)
    there = _there(seen, initiative)
    realised = None if whole is None or there is None else whole.times(there)
    if realised is None:
        effect = None
    return Progressed(
        seen=seen,
        day=day,
        expected=expected,
        expected_value=_expected_value(seen, expected, indicators),
        promised=None if whole is None else whole.times(agreed),
        realised=realised if realised is None or effect is None else realised.with_effect(effect),
        effect=effect,
        silence=silence,
        contradiction=contradiction,
    )


def _there(seen: Observed, initiative: Initiative) -> float | None:
    """Share that is in service as far as it is known: as seen, else what the start seen and the level agreed give."""
    if seen.share is not None:
        return seen.share
    if seen.last is None or seen.start is None or seen.level is None:
        return None
    return share_on(initiative, seen.level, seen.start, seen.last.observed)


def _for_each_share(row: Commitment, initiative: Initiative, tonnes: list[CommitmentTonnes]) -> Span | None:
    """Tonnes for a share in service of 1, from the first year that the commitment promises tonnes for."""
    if not tonnes:
        return None
    first = min(tonnes, key=lambda each: each.year)
    share = agreed_share(row, initiative, first.year)
    if share <= 0:
        return None
    return Span.of(first).times(1.0 / share)


def _expected_value(seen: Observed, expected: float | None, indicators: list[CommitmentIndicator]) -> float | None:
    """What an indicator that moves with the share in service should have been."""
    if seen.last is None or expected is None:
        return None
    if seen.last.indicator == START:
        return float(seen.commitment.agreed[0])
    if seen.last.indicator == IN_SERVICE:
        return expected
    agreed = next((row.target for row in indicators if row.indicator == IN_SERVICE), None)
    row = next(row for row in indicators if row.indicator == seen.last.indicator)
    if row.base is None or row.target is None or not agreed:
        return None
    return row.base + (row.target - row.base) * expected / agreed
