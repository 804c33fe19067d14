"""How an account came from its base year to its latest figure: a split that closes exactly, Eq. (39).

A series goes over into another one where its method or factors change. Figures of different methods share no curve: the
older ones are *re-expressed* by the factors of the accounts, and both series are kept. What changes by that is method. From
figure to figure the rest is split into own initiatives, background, activity, construction and one-off events; what no
known cause explains is said to be unexplained, but in the step in which the method changes, where nobody can tell it from
method, it is method too.

Own initiatives and background act on each other (30 % of what the grid has made small is little), so that each is averaged
over both orders, by the same Shapley value as in `drivers.split`; all other parts are amounts and add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.errors import Fault, InputError, shown
from rmscenario.region import Region, boundary_sources
from rmscenario.region.footprint import AccountEvent
from rmscenario.region.grades import weakest
from rmscenario.region.vocabulary import EventKind, Grade
from rmscenario.rounds.causes import Cause, Causes, Key, Moves, Sources
from rmscenario.rounds.rows import FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published or observed figure, and what it is in the method of the newest account [tCO2e/a]."""

    account: str
    year: int
    value: float
    again: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What one cause changes, negative where it lowers the figure [tCO2e/a].

    Attributes
    ----------
    what : str
        The event, or `causes.TABLES`, `FACTOR` or `STEP`; of a sum over a cause blank.
    change, low, high : float
        From the first figure as published to the last; `low` and `high` with every input at its end that moves it most.
    steps : tuple of float
        First what the re-expression of the first figure changes, then each step, in the newest method. They sum to `change`.
    grade : Grade or None
        The weakest of what it rests on; None where it rests on nothing but what is left over.
    """

    cause: Cause
    what: str
    change: float
    low: float
    high: float
    steps: tuple[float, ...]
    grade: Grade | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSplit:
    """The change of an account over a boundary from its base year to its latest figure.

    Attributes
    ----------
    figures : tuple of Figure
        The series that is split, in the order of years; where the account changes the method does.
    kept : tuple of Figure
        Every figure of every account over the boundary, as published and re-expressed.
    factor : tuple of float [1]
        From the first figure's method to the newest: as likely, least and most.
    moved : tuple of Moved
        Parts; their changes sum to that of the figures.
    left_out : tuple of str
        Events that lie only partly within the boundary.
    """

    boundary: str
    figures: tuple[Figure, ...]
    kept: tuple[Figure, ...]
    factor: tuple[float, float, float]
    moved: tuple[Moved, ...]
    causes: tuple[Moved, ...]
    left_out: tuple[str, ...]

    @property
    def change(self) -> float:
        """Change from the first figure to the last, as published [tCO2e/a]."""
        return self.figures[-1].value - self.figures[0].value

    @property
    def breaks(self) -> tuple[int, ...]:
        """Numbers of the figures that begin another method."""
        return tuple(n for n in range(1, len(self.figures)) if self.figures[n].account != self.figures[n - 1].account)

    def of(self, cause: Cause) -> Moved:
        """All of a cause."""
        return next(row for row in self.causes if row.cause is cause)

    def share(self, grade: Grade | None) -> float:
        """Share of all movements, up and down, that rests on a grade (None: on nothing) [1]."""
        total = sum(abs(row.change) for row in self.moved)
        return sum(abs(row.change) for row in self.moved if row.grade is grade) / total if total > 0 else 0.0


def split_account(region: Region, boundary: str, observed: Iterable[FollowUp] = ()) -> AccountSplit:
    """Split what an account changed over a boundary, from the region's base year to the latest figure.

    Parameters
    ----------
    observed : iterable of FollowUp
        Account figures that follow-up has brought; of two for a year the one reported last counts.

    Raises
    ------
    InputError
        When there is no figure after a first one, or construction is told twice.
    """
    published = _published(region, boundary, observed)
    chain = _chain(region, published)
    if len(chain) < 2:
        raise InputError(
            [
                Fault(
                    file="account_history.csv",
                    found=f"{len(chain) or 'no'} figure over {shown(boundary)} from {region.settings.base_year} on in "
                    f"{shown(region.settings.account)} or an account after it",
                    expected="at least two",
                    remedy="add published figures, or choose another boundary",
                )
            ]
        )
    inside = boundary_sources(region, boundary)
    events, left_out = _events(region, inside)
    _once(region, events)
    split = Causes(inside=inside, chain=chain, events=events)
    ends = _Ends(split, region)
    likely = ends.likely
    grades = split.grades(region)

    def moved(cause: Cause, what: str, keys: Sequence[Key]) -> Moved:
        change, low, high = ends.between(keys)
        steps = np.sum([likely[key] for key in keys], axis=0) if keys else np.zeros(len(chain))
        grade = weakest(found for key in keys if (found := grades[key]) is not None)
        return Moved(
            cause=cause, what=what, change=change, low=low, high=high, steps=tuple(map(float, steps)), grade=grade
        )

    newest, first = chain[-1][0], chain[0][0]
    factors = {row.account: (row.factor, row.factor_low, row.factor_high) for row in region.accounts}
    again = factors[newest][0]
    return AccountSplit(
        boundary=boundary,
        figures=tuple(
            Figure(account=account, year=year, value=value, again=value * again / factors[account][0])
            for account, year, value in chain
        ),
        kept=tuple(
            Figure(account=account, year=year, value=value, again=value * again / factors[account][0])
            for (account, year), value in sorted(published.items())
        ),
        factor=_ratio(factors[newest], factors[first]) if newest != first else (1.0, 1.0, 1.0),
        moved=tuple(moved(cause, what, [(cause, what)]) for cause, what in likely),
        causes=tuple(moved(cause, "", [key for key in likely if key[0] is cause]) for cause in Cause),
        left_out=left_out,
    )


def _ratio(
    newest: tuple[float, float | None, float | None], first: tuple[float, float | None, float | None]
) -> tuple[float, float, float]:
    def end(row: tuple[float, float | None, float | None], place: int) -> float:
        value = row[place]
        return row[0] if value is None else value

    return newest[0] / first[0], end(newest, 1) / end(first, 2), end(newest, 2) / end(first, 1)


def _published(region: Region, boundary: str, observed: Iterable[FollowUp]) -> dict[tuple[str, int], float]:
    """Figures over a boundary by account and year."""
    found = {(row.account, row.year): row.value for row in region.account_history if row.boundary == boundary}
    for row in sorted(observed, key=lambda row: (row.observed, row.reported)):
        if row.account is not None and row.boundary == boundary:
            found[row.account, row.observed.year] = row.value
    return found


def _chain(region: Region, published: Mapping[tuple[str, int], float]) -> list[tuple[str, int, float]]:
    """Figures from the base year on: the region's own account, and after its last year those that go on where it ends."""
    years: dict[str, list[int]] = {}
    for account, year in published:
        years.setdefault(account, []).append(year)
    own = region.settings.account
    later = sorted((account for account in years if account != own), key=lambda account: max(years[account]))
    chain: list[tuple[str, int, float]] = []
    last = region.settings.base_year - 1
    for account in (own, *later):
        if account != own and not chain:
            break
        new = [year for year in sorted(years.get(account, [])) if year > last]
        chain += [(account, year, published[account, year]) for year in new]
        last = max([last, *new])
    return chain


def _events(region: Region, inside: Sources) -> tuple[dict[str, list[AccountEvent]], tuple[str, ...]]:
    """Rows of the events within a boundary, by event, and the events that only partly lie there."""
    found: dict[str, list[AccountEvent]] = {}
    partly: dict[str, None] = {}
    for row in sorted(region.account_events, key=lambda row: row.year):
        covered = boundary_sources(region, row.boundary)
        if covered <= inside:
            found.setdefault(row.event, []).append(row)
        elif covered & inside:
            partly[row.event] = None
    return found, tuple(partly)


def _once(region: Region, events: Mapping[str, Sequence[AccountEvent]]) -> None:
    """Refuse construction that two events tell."""
    told: dict[tuple[str, str], str] = {}
    for event, rows in events.items():
        if rows[0].kind is not EventKind.CONSTRUCTION:
            continue
        covered = boundary_sources(region, rows[0].boundary)
        other = next((told[source] for source in sorted(covered) if source in told), None)
        if other is not None:
            raise InputError(
                [
                    Fault(
                        file="account_events.csv",
                        found=f"{shown(event)} and {shown(other)} both in the place of the background of a source",
                        expected="one event of construction for each source",
                        remedy="give them boundaries apart, or make them one event",
                    )
                ]
            )
        told |= dict.fromkeys(covered, event)


class _Ends:
    """What parts of a split are as likely, and at their ends."""

    def __init__(self, split: Causes, region: Region) -> None:
        self._split, self._region = split, region
        self._inputs = tuple(split.uncertain())
        self.likely = split.moves(region)
        self._single = [tuple(split.moves(put(region)) for put in ends) for ends in self._inputs]
        self._joint: dict[tuple[int | None, ...], Moves] = {}

    def between(self, keys: Sequence[Key]) -> tuple[float, float, float]:
        """The change of some parts together; its least and its most with every input at the end that moves it most."""
        value = _sum(self.likely, keys)
        away = [(_sum(low, keys) - value, _sum(high, keys) - value) for low, high in self._single]
        least = tuple(None if min(pair) >= 0 else pair.index(min(pair)) for pair in away)
        most = tuple(None if max(pair) <= 0 else pair.index(max(pair)) for pair in away)
        return value, min(value, _sum(self._at(least), keys)), max(value, _sum(self._at(most), keys))

    def _at(self, ends: tuple[int | None, ...]) -> Moves:
        """The parts with some inputs at an end."""
        if ends not in self._joint:
            region = self._region
            for which, pair in zip(ends, self._inputs, strict=True):
                region = region if which is None else pair[which](region)
            self._joint[ends] = self._split.moves(region)
        return self._joint[ends]


def _sum(moves: Moves, keys: Sequence[Key]) -> float:
    return float(sum(moves[key].sum() for key in keys))
