"""What an observed value can be, so that a slip of unit or date is refused and never told as fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rmscenario.errors import Fault, shown
from rmscenario.region import Region
from rmscenario.region.initiatives import Indicator
from rmscenario.region.limits import AgreementRound
from rmscenario.rounds.rows import IN_SERVICE, START, CommitmentIndicator, FollowUp
from rmscenario.tables.loaded import LoadedRow
from rmscenario.uncertainty.marginals import SCORE_95

#: [1] From this many times the larger of base and target on a value is a slip, such as kWh for MWh, a factor of 1000. The
#: yardstick is their size and not the change between them: a small change is soon exceeded by what is no slip. Assumed.
FARTHEST = 100.0
#: [1] Of the way from base to target, the least and the most that a value can show unless somebody has checked it: twice as bad
#: as the promise is good, and four times as good. Assumed; few estimates of an effect are off by so much.
WORST, BEST = -2.0, 4.0
#: [1] Percent of a whole.
_PERCENT = 100.0
#: Columns of a row that are in the unit of its value.
_FIGURES = ("value", "standard_error", "low", "high")


def untimely(entry: LoadedRow, agreed: AgreementRound, region: Region) -> Iterator[Fault]:
    """What is wrong with the day that a row is of.

    Of a commitment that is a day from the round on, of an account any before too; none is of after the region's period.
    """
    row: FollowUp = entry.row
    last = date(region.settings.end_year, 12, 31)
    first = date(agreed.first_year, 1, 1)
    begins = "" if row.commitment is None else f"from {first}, the first day of the round, "
    if row.observed > last or (row.commitment is not None and row.observed < first):
        yield entry.fault(
            column="observed",
            found=shown(row.observed),
            expected=f"a day {begins}to {last}, the last of the region's period",
            remedy="correct the date",
        )


def implausible(
    entry: LoadedRow, indicator: Indicator | CommitmentIndicator, agreed: AgreementRound, region: Region
) -> Iterator[Fault]:
    """What is wrong with the figures of a row of a commitment; `indicator` has the base and target known of it."""
    row: FollowUp = entry.row
    if row.indicator == START:
        yield from _no_start(entry, agreed.first_year, region.settings.end_year)
        return
    for column in _FIGURES:
        figure = getattr(row, column)
        if figure is None:
            continue
        if row.indicator == IN_SERVICE:
            yield from _no_share(entry, column, figure)
        elif too_far := [*_too_far(entry, column, figure, indicator)]:
            yield from too_far
        elif column == "value":
            yield from _past_belief(entry, indicator)


def _no_start(entry: LoadedRow, first: int, last: int) -> Iterator[Fault]:
    value = entry.row.value
    if not first <= value <= last or not value.is_integer():
        yield entry.fault(
            column="value",
            found=f"{value:g}",
            expected=f"a whole year from {first}, the first of the round, to {last}, the last of the region's period",
            remedy="write the year in which it started, or will start",
        )


def _no_share(entry: LoadedRow, column: str, figure: float) -> Iterator[Fault]:
    if not 0.0 <= figure <= 1.0:
        percent = 1.0 < figure <= _PERCENT
        yield entry.fault(
            column=column,
            found=f"{figure:g}",
            expected="a share from 0 to 1",
            remedy=f"write {figure / _PERCENT:g} where percent are meant"
            if percent
            else "write the part that is in service; all of it is 1",
        )


def _too_far(
    entry: LoadedRow, column: str, figure: float, indicator: Indicator | CommitmentIndicator
) -> Iterator[Fault]:
    if indicator.base is None or indicator.target is None:
        return
    size = max(abs(indicator.base), abs(indicator.target))
    if size and abs(figure) > FARTHEST * size:
        yield entry.fault(
            column=column,
            found=f"{figure:g}",
            expected=f"at most {FARTHEST:g} times the base of {indicator.base:g} or the target of {indicator.target:g}",
            remedy=f"give the value in {indicator.measure}",
        )


def _past_belief(entry: LoadedRow, indicator: Indicator | CommitmentIndicator) -> Iterator[Fault]:
    """A value that shows far more, or far less, than was promised, beyond its own error, and that nobody has checked."""
    row: FollowUp = entry.row
    if indicator.base is None or indicator.target is None or indicator.base == indicator.target or row.confirmed:
        return
    way = indicator.target - indicator.base
    least, most = sorted((indicator.base + WORST * way, indicator.base + BEST * way))
    if min(indicator.base, indicator.target) >= 0.0:
        least = max(least, 0.0)
    error = SCORE_95 * (row.standard_error or 0.0)
    low, high = row.value - error if row.low is None else row.low, row.value + error if row.high is None else row.high
    if high < least or low > most:
        yield entry.fault(
            column="value",
            found=f"{row.value:g}",
            expected=f"{least:g} to {most:g}, on the way from the base of {indicator.base:g} to the target of "
            f"{indicator.target:g} from {WORST:.0%} to {BEST:.0%}",
            remedy="correct it, or write in the column confirmed who has checked it",
        )


__all__ = ["BEST", "FARTHEST", "WORST", "implausible", "untimely"]
