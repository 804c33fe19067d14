"""Rules on what initiatives do, cost, and how they depend on each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rmscenario.errors import Fault, shown
from rmscenario.region.initiatives import Effect
from rmscenario.region.vocabulary import Basis, PrerequisiteScope
from rmscenario.tables.checks.rule import Rule, amounts, carriers, entries, group_wide, rule
from rmscenario.tables.loaded import Loaded, LoadedRow
from rmscenario.tables.rows import FOOTPRINT
from rmscenario.tables.rules import ACTIVITY, SHARE_ROUNDING

_VALUES = ("low", "mode", "high")


def _delivered(loaded: Loaded) -> Iterator[Fault]:
    known = carriers(loaded)
    for entry in entries(loaded, "initiatives"):
        if entry.row.initiative not in known:
            yield entry.fault(
                column="initiative",
                found=f"{shown(entry.row.initiative)}, which nobody carries out",
                expected="at least one row in delivery for it",
                remedy="add one per unit that can carry it out, or remove the initiative",
            )


def _one_carrier(loaded: Loaded) -> Iterator[Fault]:
    group = group_wide(loaded)
    first: dict[str, LoadedRow] = {}
    for entry in entries(loaded, "delivery"):
        name = entry.row.initiative
        if name in group and first.setdefault(name, entry).row.unit != entry.row.unit:
            yield entry.fault(
                column="unit",
                found=f"{shown(entry.row.unit)} as a second carrier of {shown(name)}",
                expected=f"{shown(first[name].row.unit)} in all its rows, since one unit carries a group-wide initiative",
                remedy="name one carrier and the other units under acts_on, or write unit under delivery in initiatives",
            )


def full_shares(loaded: Loaded) -> Iterator[tuple[LoadedRow, dict[str, float]]]:
    """Each relative effect with the share it removes of its source at most, low, mode and high, before clipping.

    Eq. (2): a share of the region's total is scaled to the units that are acted on, and split over the carriers.
    """
    sources, delivered, group = amounts(loaded), carriers(loaded), group_wide(loaded)
    total: dict[tuple[str, str], float] = defaultdict(float)
    for (_, category, quantity), value in sources.items():
        total[category, quantity] += value
    for entry in entries(loaded, "effects"):
        effect: Effect = entry.row
        scale = 1.0
        if effect.basis is Basis.ABSOLUTE:
            continue
        if effect.basis is Basis.REGION:
            quantity = FOOTPRINT if effect.on == ACTIVITY else effect.on
            here = delivered.get(effect.initiative, {})
            acted_on = frozenset().union(*here.values()) if here else frozenset()
            reached = sum(sources.get((unit, effect.category, quantity), 0.0) for unit in acted_on)
            if reached <= 0:
                continue
            # An option per carrier, save for a group-wide initiative, which is one option whatever its rows.
            reaching = Counter(unit for units in here.values() for unit in units)
            fewest = 1 if effect.initiative in group else min(reaching.values())
            scale = total[effect.category, quantity] / reached / fewest
        yield entry, {name: getattr(effect, name) * scale for name in _VALUES}


def _segment_shares(loaded: Loaded) -> Iterator[Fault]:
    weights = {(entry.row.category, entry.row.segment): entry.row.weight for entry in entries(loaded, "segments")}
    for entry, shares in full_shares(loaded):
        weight = weights.get((entry.row.category, entry.row.segment))
        if weight is None:
            continue
        for name, share in shares.items():
            if share > weight * (1 + SHARE_ROUNDING):
                yield entry.fault(
                    column=name,
                    found=f"{share:g} of the whole source",
                    expected=f"at most {weight:g}, the weight of segment {shown(entry.row.segment)}",
                    remedy="an effect on a segment is a share of the whole source: lower it, or raise the weight",
                )


def _lifts(loaded: Loaded) -> Iterator[Fault]:
    lifts: dict[str, list[LoadedRow]] = defaultdict(list)
    for entry in entries(loaded, "enablers"):
        lifts[entry.row.initiative].append(entry)
    weights = {(entry.row.category, entry.row.segment): entry.row.weight for entry in entries(loaded, "segments")}
    for effect, shares in full_shares(loaded):
        rows = lifts.get(effect.row.initiative, [])
        weight = weights.get((effect.row.category, effect.row.segment), 1.0)
        for name, share in shares.items():
            # A region's share that one unit cannot remove in full is clipped at 1 as it is: an oddity, no fault.
            lifted = share * (1 + sum(getattr(entry.row, name) for entry in rows))
            if rows and share <= weight * (1 + SHARE_ROUNDING) and lifted > weight * (1 + SHARE_ROUNDING):
                yield rows[-1].fault(
                    column=name,
                    found=f"a lift that makes {shown(effect.row.initiative)} remove {lifted / weight:g} of {shown(effect.row.category)}",
                    expected="effect × (1 + lifts) of at most 1",
                    remedy=f"lower the lift, or the effect in row {effect.line} of {effect.file}",
                )
                break


def _staff_known(loaded: Loaded) -> Iterator[Fault]:
    """A unit's enabler lifts a group-wide initiative by the unit's share of all full-time equivalents, Eq. (2)."""
    group, units = group_wide(loaded), entries(loaded, "units")
    lift = next(
        (row for row in entries(loaded, "enablers") if row.row.initiative in group and row.row.enabler not in group),
        None,
    )
    if lift is not None and units and sum(entry.row.fte for entry in units) <= 0:
        yield units[0].fault(
            column="fte",
            found="'0', and 0 in all other units",
            expected=f"the staff of the units, by which {shown(lift.row.enabler)} lifts {shown(lift.row.initiative)}",
            remedy=f"fill in fte, or remove row {lift.line} of {lift.file}",
        )


def _cycles(loaded: Loaded) -> Iterator[Fault]:
    needs: dict[str, list[LoadedRow]] = defaultdict(list)
    for entry in entries(loaded, "prerequisites"):
        needs[entry.row.initiative].append(entry)
    done: set[str] = set()
    for start in tuple(needs):
        # Depth first without recursion; a row that leads back into its own path closes a cycle.
        path = [start]
        stack = [] if start in done else [iter(needs[start])]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                done.add(path.pop())
            elif step.row.requires in path:
                cycle = [*path[path.index(step.row.requires) :], step.row.requires]
                yield step.fault(
                    column="requires",
                    found=f"a cycle {' → '.join(cycle)}",
                    expected="prerequisites that end",
                    remedy="remove one row of the cycle",
                )
            elif step.row.requires not in done:
                path.append(step.row.requires)
                stack.append(iter(needs.get(step.row.requires, ())))


def _contradictions(loaded: Loaded) -> Iterator[Fault]:
    seen: dict[frozenset[str], LoadedRow] = {}
    needed = {
        frozenset((entry.row.initiative, entry.row.requires)): entry
        for entry in entries(loaded, "prerequisites")
        if entry.row.scope is PrerequisiteScope.SAME_UNIT
    }
    for entry in entries(loaded, "exclusions"):
        pair = frozenset((entry.row.initiative, entry.row.excludes))
        earlier = seen.setdefault(pair, entry)
        # The same row twice is a duplicate key, and reported as such.
        if earlier is not entry and earlier.row.initiative != entry.row.initiative:
            yield entry.fault(
                column="excludes",
                found=f"the pair of row {earlier.line} the other way round",
                expected="each pair once",
                remedy="remove one of the two rows",
            )
        if pair in needed:
            yield entry.fault(
                column="excludes",
                found=f"{shown(entry.row.initiative)} and {shown(entry.row.excludes)}, of which one requires the other",
                expected="a pair of which neither requires the other in the same unit",
                remedy=f"remove this row, or row {needed[pair].line} of {needed[pair].file}",
            )


def _profiles(loaded: Loaded) -> Iterator[Fault]:
    plain: dict[tuple[str, str], LoadedRow] = {}
    for entry in entries(loaded, "money"):
        if entry.row.year_since_start is None:
            plain[entry.row.initiative, entry.row.kind] = entry
    for entry in entries(loaded, "money"):
        other = plain.get((entry.row.initiative, entry.row.kind))
        if other is not None and entry.row.year_since_start is not None:
            yield entry.fault(
                column="year_since_start",
                found=f"{shown(entry.row.year_since_start)} beside the blank cell of row {other.line}",
                expected=f"all {entry.row.kind.value} of {shown(entry.row.initiative)} by year, or all in one row",
                remedy="remove the one row, or those by year",
            )


def _price_years(loaded: Loaded) -> Iterator[Fault]:
    wanted = loaded.settings.price_year
    for entry in entries(loaded, "money"):
        if entry.row.price_year != wanted:
            yield entry.fault(
                column="price_year",
                found=shown(entry.row.price_year),
                expected=f"{wanted}, the price year of the region",
                remedy=f"bring the amount to {wanted} prices and write {wanted}",
            )


RULES: tuple[Rule, ...] = (
    rule(_staff_known, "units", "enablers", "initiatives"),
    rule(_delivered, "initiatives", "delivery"),
    rule(_one_carrier, "initiatives", "delivery"),
    rule(_segment_shares, "effects", "segments", "sources", "delivery", "initiatives"),
    rule(_lifts, "effects", "enablers", "segments", "sources", "delivery", "initiatives"),
    rule(_cycles, "prerequisites"),
    rule(_contradictions, "exclusions", "prerequisites"),
    rule(_profiles, "money"),
    rule(_price_years, "money"),
)
