"""What is legal but odd: it can be meant, and often is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rmscenario.errors import shown
from rmscenario.region.vocabulary import Basis, Row
from rmscenario.tables.checks.initiatives import full_shares
from rmscenario.tables.checks.rule import (
    amounts,
    carriers,
    entries,
    possible_starts,
    running,
    start_years,
    years_text,
)
from rmscenario.tables.loaded import Loaded, LoadedRow
from rmscenario.tables.rows import FOOTPRINT
from rmscenario.tables.rules import ACTIVITY

#: Æ, Ø, Å and é as they look when UTF-8 was read as Windows-1252 and saved again.
_GARBLED = ("Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "Ã©")


def oddities(loaded: Loaded) -> Iterator[str]:
    """Sentences on what a planner should look at, each with its place."""
    yield from _no_starts(loaded)
    yield from _no_effects(loaded)
    yield from _moves_nothing(loaded)
    yield from _reaches_nothing(loaded)
    yield from _clipped(loaded)
    yield from _outside_rounds(loaded)
    yield from _binds_nothing(loaded)
    yield from _no_amounts(loaded)
    yield from _garbled(loaded)


def _place(entry: LoadedRow) -> str:
    return f"{entry.file}:{entry.line}" if entry.line is not None else entry.file


def _no_starts(loaded: Loaded) -> Iterator[str]:
    runs = {initiative for initiative, _ in running(loaded)}
    starts = possible_starts(loaded)
    if starts and not start_years(loaded):
        settings = loaded.settings
        yield (
            f"{loaded.settings_file}: no round is open or later between {settings.first_year} and "
            f"{settings.last_start}: a plan starts nothing"
        )
        return
    never = {name for name, years in starts.items() if not years and name not in runs}
    for entry in entries(loaded, "initiatives"):
        if entry.row.initiative in never:
            yield (
                f"{_place(entry)}: {entry.row.initiative} can never start: it may from {entry.row.earliest}"
                f"{f' to {entry.row.latest}' if entry.row.latest else ''}, "
                f"plans start in {years_text(start_years(loaded))}"
            )
    for entry in entries(loaded, "prerequisites"):
        if entry.row.requires in never and entry.row.initiative not in never:
            yield (
                f"{_place(entry)}: {entry.row.initiative} can never start, since {entry.row.requires}, "
                "which it requires, never can"
            )


def _no_effects(loaded: Loaded) -> Iterator[str]:
    if entries(loaded, "initiatives") and not entries(loaded, "effects"):
        yield "effects.csv: it has no row, or is not there: no initiative moves anything, whatever a plan starts"


def _moves_nothing(loaded: Loaded) -> Iterator[str]:
    roles = {entry.row.initiative for name in ("effects", "indicators", "duties") for entry in entries(loaded, name)}
    roles |= {entry.row.enabler for entry in entries(loaded, "enablers")}
    roles |= {entry.row.requires for entry in entries(loaded, "prerequisites")}
    paid = {entry.row.initiative for entry in entries(loaded, "money")}
    for entry in entries(loaded, "initiatives"):
        if entry.row.initiative in paid - roles:
            yield (
                f"{_place(entry)}: {entry.row.initiative} has money and moves nothing: no effect, no indicator, "
                "no duty; it lifts no other initiative and none requires it"
            )


def _reaches_nothing(loaded: Loaded) -> Iterator[str]:
    delivered = carriers(loaded)
    emitters: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (unit, category, quantity), value in amounts(loaded).items():
        if value > 0:
            emitters[category, quantity].add(unit)
            emitters[category, ACTIVITY].add(unit)
    for entry in entries(loaded, "effects"):
        effect = entry.row
        if effect.basis is Basis.ABSOLUTE:
            continue
        units = {unit for acted_on in delivered.get(effect.initiative, {}).values() for unit in acted_on}
        if not units & emitters[effect.category, effect.on]:
            yield (
                f"{_place(entry)}: the effect of {effect.initiative} reaches nothing: no unit it acts on has "
                f"{effect.category}{'' if effect.on == ACTIVITY else f' in {effect.on}'}"
            )


def _clipped(loaded: Loaded) -> Iterator[str]:
    for entry, shares in full_shares(loaded):
        if entry.row.segment is None and shares["mode"] > 1 + 1e-9:
            yield (
                f"{_place(entry)}: {entry.row.initiative} would remove {shares['mode']:.3g} of {entry.row.category} in "
                "the units it acts on, since they have less of it than its share of the region; it counts as 1"
            )


def _outside_rounds(loaded: Loaded) -> Iterator[str]:
    rounds = {entry.row.round: entry.row for entry in entries(loaded, "rounds")}
    for entry in entries(loaded, "running"):
        agreed = rounds.get(entry.row.round)
        if agreed is not None and not agreed.first_year <= entry.row.start <= agreed.last_year:
            yield (
                f"{_place(entry)}: {entry.row.initiative} in {entry.row.unit} starts in {entry.row.start}, outside "
                f"round {agreed.round} ({agreed.first_year}–{agreed.last_year}) in which it was agreed"
            )


def _binds_nothing(loaded: Loaded) -> Iterator[str]:
    first, end = loaded.settings.first_year, loaded.settings.end_year
    for table in ("budgets", "staff_capacity"):
        outside = [entry for entry in entries(loaded, table) if not first <= entry.row.year <= end]
        if outside:
            years = years_text({entry.row.year for entry in outside})
            yield f"{_place(outside[0])}: rows for {years} bind nothing: the period is {first}–{end}"
    needed = {entry.row.skill for entry in entries(loaded, "staff")}
    limited = {entry.row.skill for entry in entries(loaded, "staff_capacity")}
    for entry in entries(loaded, "skills"):
        if entry.row.skill in limited - needed:
            yield f"{_place(entry)}: the capacity of {entry.row.skill} binds nothing: no initiative needs it"
        elif entry.row.skill in needed - limited:
            yield f"{_place(entry)}: {entry.row.skill} is needed and has no capacity row: it counts as unlimited"
    allowed = start_years(loaded)
    rounds = {entry.row.round: entry.row for entry in entries(loaded, "rounds")}
    for entry in entries(loaded, "start_limits"):
        agreed = rounds.get(entry.row.round)
        if agreed is not None and not allowed & set(range(agreed.first_year, agreed.last_year + 1)):
            yield f"{_place(entry)}: the limit binds nothing: nothing can start in round {agreed.round}"
    shares = {entry.row.unit: entry.row.max_share for entry in entries(loaded, "outlay_shares")}
    if shares and len(shares) == len(entries(loaded, "units")) and sum(shares.values()) < 1:
        yield (
            f"{_place(entries(loaded, 'outlay_shares')[0])}: the largest shares of all units sum to "
            f"{sum(shares.values()):.3g}: no plan with any outlay keeps them"
        )


def _no_amounts(loaded: Loaded) -> Iterator[str]:
    used = {entry.row.unit for entry in entries(loaded, "sources")}
    for entry in entries(loaded, "units"):
        if entry.row.unit not in used:
            yield f"{_place(entry)}: unit {entry.row.unit} has no row in sources"
    emitting = {entry.row.category for entry in entries(loaded, "sources") if entry.row.quantity == FOOTPRINT}
    for entry in entries(loaded, "categories"):
        if entry.row.category not in emitting:
            yield f"{_place(entry)}: category {entry.row.category} has no {FOOTPRINT} in sources"


def _garbled(loaded: Loaded) -> Iterator[str]:
    for table in loaded.rows:
        for entry in entries(loaded, table):
            row: Row = entry.row
            texts = [value for value in row.model_dump().values() if isinstance(value, str)]
            bad = next((text for text in texts if any(mark in text for mark in _GARBLED)), None)
            if bad is not None:
                yield f"{_place(entry)}: {shown(bad)} looks garbled: save the file as UTF-8 once, from the original"
                break
