"""Every limit of a region as a row with its left side, right side and slack under a plan."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import fsum

from rmscenario.constants import is_met
from rmscenario.region import Region
from rmscenario.region.vocabulary import MoneyKind, PrerequisiteScope, RoundStatus
from rmscenario.verify.amounts import Values
from rmscenario.verify.choices import Choice
from rmscenario.verify.commitments import commitments
from rmscenario.verify.limit_row import Books, LimitRow, Sense, about_option, limit_row
from rmscenario.verify.money import OPEX, OUTLAY


def all_limits(books: Books) -> tuple[LimitRow, ...]:
    """All limits, in the order of the formulation."""
    return (
        *_hard_targets(books),
        *_states(books),
        *_money(books),
        *_staff(books),
        *_starts(books),
        *_prerequisites(books),
        *_exclusions(books),
        *_duties(books),
        *_minimum_starts(books),
        *_outlay_shares(books),
        *commitments(books),
    )


def open_years(region: Region) -> tuple[int, ...]:
    """Years in which starts are allowed: of the period, in a round that is open or later."""
    settings = region.settings
    return tuple(
        year
        for year in range(settings.first_year, settings.last_start + 1)
        if any(
            agreement.first_year <= year <= agreement.last_year
            and agreement.status in (RoundStatus.OPEN, RoundStatus.LATER)
            for agreement in region.rounds
        )
    )


def _hard_targets(books: Books) -> Iterable[LimitRow]:
    for check in books.targets.values():
        if check.target.target not in books.kept_at_modes:
            continue
        for year, left, holds in zip(books.years, check.residual, check.holds, strict=True):
            if holds and (not check.cumulative or year == check.last):
                yield LimitRow(
                    equation=10,
                    name=f"target {check.target.target} {year}",
                    kind="target",
                    about={"target": check.target.target, "year": year},
                    left=left,
                    right=check.cap,
                    sense=Sense.AT_MOST,
                    slack=check.cap - left,
                    kept=is_met(left, check.cap, check.base),
                )


def _states(books: Books) -> Iterable[LimitRow]:
    allowed = open_years(books.region)
    levels: dict[str, set[float]] = {}
    for row in books.region.levels:
        levels.setdefault(row.initiative, set()).add(row.level)
    for start in books.unknown:
        yield limit_row(
            13,
            f"state of {start.initiative}:{start.unit} (no such option)",
            1.0,
            0.0,
            kind="no_option",
            initiative=start.initiative,
            unit=start.unit,
        )
    for choice in books.choices:
        count = float(len(choice.starts) + (choice.running is not None))
        yield limit_row(13, f"state of {choice.label}", count, 1.0, kind="state", **about_option(choice))
        initiative = choice.initiative
        for start in choice.starts:
            possible = (
                start.start in allowed
                and start.start >= initiative.earliest
                and (initiative.latest is None or start.start <= initiative.latest)
                and start.level in levels.get(initiative.initiative, {1.0})
            )
            yield limit_row(
                13,
                f"start of {choice.label} in {start.start} at {start.level:g}",
                1.0,
                float(possible),
                kind="start",
                **about_option(choice),
                year=start.start,
                level=start.level,
            )


def _sums(books: Books, values: Iterable[Values]) -> dict[int, float]:
    """Sums over options, by year."""
    columns = list(values)
    return {year: fsum(column[number] for column in columns) for number, year in enumerate(books.years)}


def _money(books: Books) -> Iterable[LimitRow]:
    part = {MoneyKind.CAPEX: OUTLAY, MoneyKind.OPEX: OPEX}
    totals: dict[tuple[MoneyKind, str | None], dict[int, float]] = {}
    for row in books.region.budgets:
        if row.year not in books.region.years:
            continue
        key = row.kind, row.unit
        if key not in totals:
            totals[key] = _sums(
                books,
                (
                    v
                    for (name, (_, unit)), v in books.money.items()
                    if name == part[row.kind] and row.unit in (None, unit)
                ),
            )
        place = row.unit or "region"
        name = f"{row.kind.value} {place} {row.year}"
        yield limit_row(15, name, totals[key][row.year], row.amount, kind=row.kind.value, unit=row.unit, year=row.year)


def _staff(books: Books) -> Iterable[LimitRow]:
    totals: dict[tuple[str, str | None], dict[int, float]] = {}
    for row in books.region.staff_capacity:
        if row.year not in books.region.years:
            continue
        key = row.skill, row.unit
        if key not in totals:
            totals[key] = _sums(
                books,
                (v for ((_, unit), skill), v in books.staff.items() if skill == row.skill and row.unit in (None, unit)),
            )
        place = row.unit or "region"
        name = f"staff {row.skill} {place} {row.year}"
        yield limit_row(
            16, name, totals[key][row.year], row.fte, kind="staff", skill=row.skill, unit=row.unit, year=row.year
        )


def _starts(books: Books) -> Iterable[LimitRow]:
    rounds = {row.round: row for row in books.region.rounds}
    own = {(row.round, row.unit) for row in books.region.start_limits}
    for row in books.region.start_limits:
        agreement = rounds[row.round]
        if row.unit is not None:
            units = [row.unit]
        else:
            units = [unit.unit for unit in books.region.units if (row.round, unit.unit) not in own]
        for unit in units:
            count = sum(
                agreement.first_year <= start.start <= agreement.last_year
                for choice in books.choices
                if choice.unit == unit and choice.new and not choice.group_wide
                for start in choice.starts
            )
            name = f"starts {unit} {row.round}"
            yield limit_row(17, name, float(count), float(row.at_most), kind="starts", unit=unit, round=row.round)


def _started_by(choice: Choice, year: int) -> float:
    """1 where an option has started by a year or runs already, else 0."""
    return float(choice.running is not None or (choice.state is not None and choice.state[1] <= year))


def _prerequisites(books: Books) -> Iterable[LimitRow]:
    by_initiative: dict[str, list[Choice]] = {}
    for choice in books.choices:
        by_initiative.setdefault(choice.initiative.initiative, []).append(choice)
    for row in books.region.prerequisites:
        required = by_initiative.get(row.requires, [])
        for choice in by_initiative.get(row.initiative, []):
            if not choice.new or choice.state is None:
                continue
            year = choice.state[1] - row.lag
            name = f"{choice.label} needs {row.requires}"
            if row.scope is PrerequisiteScope.ALL_UNITS:
                for other in required:
                    yield limit_row(
                        18,
                        f"{name} in {other.unit} by {year}",
                        1.0,
                        _started_by(other, year),
                        kind="needs_in",
                        **about_option(choice),
                        requires=row.requires,
                        other_unit=other.unit,
                        year=year,
                    )
                continue
            if row.scope is PrerequisiteScope.SAME_UNIT:
                able = [other for other in required if other.group_wide or other.unit == choice.unit]
            else:
                able = required
            yield limit_row(
                18,
                f"{name} by {year}",
                1.0,
                fsum(_started_by(other, year) for other in able),
                kind="needs",
                **about_option(choice),
                requires=row.requires,
                year=year,
            )


def _exclusions(books: Books) -> Iterable[LimitRow]:
    for row in books.region.exclusions:
        firsts = [choice for choice in books.choices if choice.initiative.initiative == row.initiative]
        seconds = [choice for choice in books.choices if choice.initiative.initiative == row.excludes]
        for one, other in product(firsts, seconds):
            if one.unit != other.unit and not one.group_wide and not other.group_wide:
                continue
            if one.running is not None and other.running is not None:
                continue  # no plan chooses them
            count = float(one.state is not None) + float(other.state is not None)
            name = f"{one.label} excludes {other.label}"
            yield limit_row(
                19,
                name,
                count,
                1.0,
                kind="excludes",
                **about_option(one),
                excludes=other.initiative.initiative,
                other_unit=other.unit,
            )


def _duties(books: Books) -> Iterable[LimitRow]:
    for row in books.region.duties:
        able = [
            choice
            for choice in books.choices
            if choice.initiative.initiative == row.initiative and row.unit in (None, choice.unit)
        ]
        for choice in able:
            name = f"duty {choice.label} by {row.latest}"
            started = _started_by(choice, row.latest)
            yield limit_row(20, name, started, 1.0, Sense.EQUAL, kind="duty", **about_option(choice), year=row.latest)
        if not able:
            name = f"duty {row.initiative}:{row.unit or 'any'} by {row.latest} (no such option)"
            yield limit_row(
                20,
                name,
                0.0,
                1.0,
                Sense.EQUAL,
                kind="duty_no_option",
                initiative=row.initiative,
                unit=row.unit,
                year=row.latest,
            )


def _minimum_starts(books: Books) -> Iterable[LimitRow]:
    for row in books.region.minimum_starts:
        for unit in [unit.unit for unit in books.region.units] if row.unit is None else [row.unit]:
            count = sum(
                choice.unit == unit and choice.initiative.track == row.track and choice.new and not choice.group_wide
                for choice in books.choices
            )
            yield limit_row(
                20,
                f"minimum starts {row.track} {unit}",
                float(count),
                float(row.at_least),
                Sense.AT_LEAST,
                kind="minimum_starts",
                track=row.track,
                unit=unit,
            )


def _outlay_shares(books: Books) -> Iterable[LimitRow]:
    counted = [
        books.years.index(year)
        for year in open_years(books.region)
        if any(
            initiative.earliest <= year <= (year if initiative.latest is None else initiative.latest)
            for initiative in books.region.initiatives
        )
    ]

    def gross(unit: str | None) -> float:
        return fsum(
            values[number]
            for (name, (_, carrier)), values in books.money.items()
            if name in (OUTLAY, OPEX) and unit in (None, carrier)
            for number in counted
        )

    total = gross(None)
    for row in books.region.outlay_shares:
        name = f"outlay share {row.unit}"
        yield limit_row(21, name, gross(row.unit), row.max_share * total, kind="outlay_share", unit=row.unit)
