"""Rules on commitments: what a row may say, what it may replace, and which commitments contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, product

from rmscenario.errors import Fault, shown
from rmscenario.region.commitments import Commitment, OptionKey, effective
from rmscenario.region.limits import AgreementRound
from rmscenario.region.vocabulary import CommitmentStatus, PrerequisiteScope
from rmscenario.tables.checks.rule import (
    Rule,
    carriers,
    entries,
    group_wide,
    locked,
    not_delivered,
    option_starts,
    possible_starts,
    refused,
    rule,
    running,
    years_text,
)
from rmscenario.tables.loaded import Loaded, LoadedRow

#: Years before and after all others: of what runs already, and of what cannot start.
_ALWAYS, _NEVER = -10_000, 10_000


def _effective(loaded: Loaded) -> tuple[LoadedRow, ...]:
    rows = {id(row) for row in effective(loaded.of(Commitment))}
    return tuple(entry for entry in entries(loaded, "commitments") if id(entry.row) in rows)


def _said(entry: LoadedRow) -> str:
    """A commitment as messages name it."""
    row: Commitment = entry.row
    how = "refused" if row.status is CommitmentStatus.REFUSED else f"from {row.start}"
    return f"{shown(row.commitment)} ({row.initiative} in {row.unit}, {how})"


def _possible(loaded: Loaded) -> Iterator[Fault]:
    """Each row by itself: its unit can, its level is one of the initiative's, its start lies in the round, if it binds in the window."""
    delivered, starts = carriers(loaded), possible_starts(loaded)
    rounds: dict[str, AgreementRound] = {entry.row.round: entry.row for entry in entries(loaded, "rounds")}
    levels: dict[str, set[float]] = defaultdict(set)
    for entry in entries(loaded, "levels"):
        levels[entry.row.initiative].add(entry.row.level)
    for entry in entries(loaded, "commitments"):
        row: Commitment = entry.row
        agreed, units = rounds.get(row.round), delivered.get(row.initiative, {})
        if agreed is None or row.initiative not in starts:
            continue  # unknown ids have faults of their own
        if units and row.unit not in units:
            yield not_delivered(entry, units)
        if row.level is not None and row.level not in (known := levels.get(row.initiative) or {1.0}):
            yield entry.fault(
                column="level",
                found=f"'{row.level:g}'",
                expected=f"a level of {shown(row.initiative)}: {', '.join(f'{level:g}' for level in sorted(known))}",
                remedy="correct the level, or add it to levels",
            )
        allowed = frozenset(agreed.years)
        if row.binds and agreed.ahead:
            allowed &= starts[row.initiative]
        if row.start is not None and row.start not in allowed:
            yield entry.fault(
                column="start",
                found=shown(row.start),
                expected=f"a year of round {shown(row.round)} in which {shown(row.initiative)} may start: "
                f"{years_text(allowed)}",
                remedy="correct the year or the round, or the initiative's earliest and latest",
            )


def _replacements(loaded: Loaded) -> Iterator[Fault]:
    by_id = {entry.row.commitment: entry for entry in entries(loaded, "commitments")}
    replaced: dict[str, LoadedRow] = {}
    for entry in entries(loaded, "commitments"):
        row: Commitment = entry.row
        earlier = by_id.get(row.replaces) if row.replaces is not None else None
        if earlier is None:
            continue
        if earlier.row.option != row.option:
            yield entry.fault(
                column="replaces",
                found=f"{_said(earlier)}, another option",
                expected=f"a commitment of {row.initiative} in {row.unit}",
                remedy="refuse the one by a row of its own, and commit to the other in another row",
            )
        elif earlier.row.dated > row.dated:
            yield entry.fault(
                column="dated",
                found=shown(row.dated),
                expected=f"{earlier.row.dated} or later, the date of what it replaces",
                remedy="correct one of the dates",
            )
        first = replaced.setdefault(earlier.row.commitment, entry)
        if first is not entry:
            yield entry.fault(
                column="replaces",
                found=f"{shown(row.replaces)}, which {shown(first.row.commitment)} replaces already",
                expected="each commitment replaced once",
                remedy=f"replace {shown(first.row.commitment)} instead",
            )
        if _comes_back(row, by_id):
            yield entry.fault(
                column="replaces",
                found="commitments that replace each other in a circle",
                expected="a row that replaces an earlier one",
                remedy="clear replaces in the original",
            )


def _comes_back(row: Commitment, by_id: dict[str, LoadedRow]) -> bool:
    """Whether what a row replaces, and what that replaces, leads back to it."""
    seen: set[str] = set()
    name = row.replaces
    while name is not None and name in by_id and name not in seen:
        if name == row.commitment:
            return True
        seen.add(name)
        name = by_id[name].row.replaces
    return False


def _once(loaded: Loaded) -> Iterator[Fault]:
    """An option has one effective row in a round, and one that binds in the rounds ahead."""
    bound, runs = locked(loaded), running(loaded)
    ahead = {entry.row.round for entry in entries(loaded, "rounds") if entry.row.ahead}
    counted: dict[tuple[OptionKey, str | None], LoadedRow] = {}
    for entry in _effective(loaded):
        row: Commitment = entry.row
        keys = [(row.option, row.round), *([(row.option, None)] if row.binds and row.round in ahead else [])]
        earlier = next((counted[key] for key in keys if key in counted), None)
        if earlier is not None:
            yield entry.fault(
                column="commitment",
                found=f"{_said(entry)} beside {_said(earlier)}",
                expected="one commitment that counts for an option",
                remedy="remove one, or say in replaces which of them it replaces",
            )
        elif row.option in runs and row.option in bound and bound[row.option].row is row:
            yield entry.fault(
                column="initiative",
                found=f"{_said(entry)}, which runs already",
                expected="an initiative that does not run in the unit",
                remedy="remove the commitment, or the row of running",
            )
        counted |= {key: entry for key in keys if key not in counted}


def _together(one: OptionKey, other: OptionKey, group: frozenset[str]) -> bool:
    """Whether two options meet: in the same unit, or one of them acts in all."""
    return one[1] == other[1] or one[0] in group or other[0] in group


def _exclude_each_other(loaded: Loaded) -> Iterator[Fault]:
    bound, runs, group = locked(loaded), running(loaded), group_wide(loaded)
    pairs = {frozenset((entry.row.initiative, entry.row.excludes)): entry for entry in entries(loaded, "exclusions")}
    for first, second in combinations(bound.values(), 2):
        row = pairs.get(frozenset((first.row.initiative, second.row.initiative)))
        if row is not None and _together(first.row.option, second.row.option, group):
            yield second.fault(
                column="initiative",
                found=f"{_said(second)} beside {_said(first)}",
                expected=f"one of the two, which row {row.line} of {row.file} lets exclude each other",
                remedy="amend one of the commitments",
            )
    for entry, other in product(bound.values(), sorted(runs)):
        row = pairs.get(frozenset((entry.row.initiative, other[0])))
        if row is not None and _together(entry.row.option, other, group):
            yield entry.fault(
                column="initiative",
                found=f"{_said(entry)}, where {other[0]} runs in {other[1]}",
                expected=f"one of the two, which row {row.line} of {row.file} lets exclude each other",
                remedy="amend the commitment",
            )


def _prerequisites_hold(loaded: Loaded) -> Iterator[Fault]:
    bound, group, delivered = locked(loaded), group_wide(loaded), carriers(loaded)
    first = _first_starts(loaded)
    for need in entries(loaded, "prerequisites"):
        row = need.row
        units = delivered.get(row.requires, {})
        for entry in (each for each in bound.values() if each.row.initiative == row.initiative):
            beside = [unit for unit in units if row.requires in group or unit == entry.row.unit]
            alternatives = {
                PrerequisiteScope.SAME_UNIT: [beside],
                PrerequisiteScope.ANY_UNIT: [list(units)],
                PrerequisiteScope.ALL_UNITS: [[unit] for unit in units],
            }[row.scope]
            by = entry.row.start - row.lag
            for able in alternatives:
                if min((first((row.requires, unit)) for unit in able), default=_NEVER) > by:
                    yield _too_late(loaded, entry, need, [(row.requires, unit) for unit in able], by)
                    break


def _first_starts(loaded: Loaded) -> Callable[[OptionKey], int]:
    """First year in which an option can have started, as running initiatives, commitments and windows say."""
    runs, starts = running(loaded), option_starts(loaded)
    return lambda option: _ALWAYS if option in runs else min(starts(option), default=_NEVER)


def _too_late(loaded: Loaded, entry: LoadedRow, need: LoadedRow, able: list[OptionKey], by: int) -> Fault:
    bound, withheld = locked(loaded), refused(loaded)
    held_by = [_said(row) for option in able for row in (*filter(None, [bound.get(option)]), *withheld.get(option, ()))]
    against = f" beside {', '.join(held_by)}" if held_by else ""
    return entry.fault(
        column="start",
        found=f"{_said(entry)}{against}",
        expected=f"{shown(need.row.requires)} started by {by}, as row {need.line} of {need.file} asks",
        remedy="amend one of the commitments" if held_by else "start it later, or commit to what it needs",
    )


_NEEDED = ("commitments", "initiatives", "delivery", "rounds")

RULES: tuple[Rule, ...] = (
    rule(_possible, *_NEEDED, "levels"),
    rule(_replacements, "commitments"),
    rule(_once, "commitments", "rounds", "running"),
    rule(_exclude_each_other, *_NEEDED, "exclusions", "running"),
    rule(_prerequisites_hold, *_NEEDED, "prerequisites", "running"),
)
