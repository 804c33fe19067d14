"""Rules on settings, sources, backgrounds and targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from rmscenario.errors import Fault, shown
from rmscenario.region.footprint import Boundary, Target
from rmscenario.region.vocabulary import PriceKind
from rmscenario.tables.checks.rule import Rule, amounts, entries, rule, table_fault
from rmscenario.tables.loaded import Loaded, LoadedRow
from rmscenario.tables.rows import FOOTPRINT
from rmscenario.tables.rules import SHARE_ROUNDING

#: [inside units] Amounts above are slips: sums of them lose the tonnes and kroner of every other row.
_ABSURD = 1e15


def _amounts_possible(loaded: Loaded) -> Iterator[Fault]:
    for table in loaded.rows:
        for entry in entries(loaded, table):
            for column, value in entry.row:
                if isinstance(value, float) and abs(value) > _ABSURD:
                    yield entry.fault(
                        column=column,
                        found=f"{value:g}",
                        expected=f"at most {_ABSURD:g} in the units used inside (t, MWh, DKK, FTE, …)",
                        remedy="correct the number or its measure",
                    )


def _periods(loaded: Loaded) -> Iterator[Fault]:
    settings = loaded.settings

    def refuse(column: str, found: str, expected: str) -> Fault:
        return loaded.settings_fault(column, found=found, expected=expected, remedy="correct one of the years")

    if settings.last_start < settings.first_year:
        yield refuse("last_start", shown(settings.last_start), f"{settings.first_year} (first_year) or later")
    if settings.end_year < settings.last_start:
        yield refuse("end_year", shown(settings.end_year), f"{settings.last_start} (last_start) or later")
    if settings.base_year >= settings.first_year:
        yield refuse("base_year", shown(settings.base_year), f"a year before {settings.first_year} (first_year)")
    steps = [step.from_year for step in settings.discount]
    if steps[0] != 1:
        yield refuse("discount.1.from_year", shown(steps[0]), "1, the first year of the period")
    for number, (earlier, later) in enumerate(pairwise(steps), start=2):
        if later <= earlier:
            yield refuse(
                f"discount.{number}.from_year", shown(later), f"a year after {earlier}, that of the step before"
            )


def _footprint_counted(loaded: Loaded) -> Iterator[Fault]:
    if all(entry.row.quantity != FOOTPRINT for entry in entries(loaded, "quantities")):
        yield table_fault(
            loaded,
            "quantities",
            found=f"no quantity {FOOTPRINT}",
            expected=f"{FOOTPRINT}, the footprint itself, in tCO2e/a",
            remedy="add its row",
        )


def _weights(loaded: Loaded) -> Iterator[Fault]:
    total: dict[str, float] = defaultdict(float)
    for entry in entries(loaded, "segments"):
        before = total[entry.row.category]
        total[entry.row.category] = before + entry.row.weight
        if before <= 1 + SHARE_ROUNDING < total[entry.row.category]:
            yield entry.fault(
                column="weight",
                found=f"weights of {shown(entry.row.category)} that sum to {total[entry.row.category]:g}",
                expected="at most 1, since segments are disjoint parts of a source",
                remedy="lower one of the weights",
            )


def _background_known(loaded: Loaded) -> Iterator[Fault]:
    known = {(entry.row.category, entry.row.quantity) for entry in entries(loaded, "background")}
    reported = set()
    for entry in entries(loaded, "sources"):
        pair = (entry.row.category, entry.row.quantity)
        if pair not in known and pair not in reported:
            reported.add(pair)
            yield entry.fault(
                column="category",
                found=f"{shown(pair[1])} of {shown(pair[0])}, which has no background",
                expected="at least one row in background for it",
                remedy="add one; weak, mode and strong 1 if nothing moves by itself",
            )


def _background_years(loaded: Loaded) -> Iterator[Fault]:
    base_year = loaded.settings.base_year
    for entry in entries(loaded, "background"):
        row = entry.row
        if row.year < base_year:
            yield entry.fault(
                column="year",
                found=shown(row.year),
                expected=f"{base_year} (the base year) or later",
                remedy="remove the row: history stands in account_history",
            )
        elif row.year == base_year and {row.weak, row.mode, row.strong} != {1.0}:
            yield entry.fault(
                column="mode",
                found=f"weak {row.weak:g}, mode {row.mode:g}, strong {row.strong:g} in the base year",
                expected="1, since factors are measured from the base year",
                remedy="write 1, or remove the row",
            )


def _event_kinds(loaded: Loaded) -> Iterator[Fault]:
    """An event is of one kind in one place, in all its years."""
    first: dict[str, LoadedRow] = {}
    for entry in entries(loaded, "account_events"):
        before = first.setdefault(entry.row.event, entry)
        for column in ("kind", "boundary"):
            now, then = getattr(entry.row, column), getattr(before.row, column)
            if now != then:
                yield entry.fault(
                    column=column,
                    found=shown(now),
                    expected=f"{shown(then)}, as in the other rows of {shown(entry.row.event)}",
                    remedy="correct it, or give the row another event",
                )


def _target_years(loaded: Loaded) -> Iterator[Fault]:
    first, end = loaded.settings.first_year, loaded.settings.end_year
    for entry in entries(loaded, "targets"):
        for column in ("year", "until"):
            year = getattr(entry.row, column)
            if entry.row.active and year is not None and not first <= year <= end:
                yield entry.fault(
                    column=column,
                    found=shown(year),
                    expected=f"a year of the period, {first} to {end}",
                    remedy="correct it, or write no under active",
                )


def _target_bases(loaded: Loaded) -> Iterator[Fault]:
    sources = amounts(loaded)
    counted = {entry.row.quantity for entry in entries(loaded, "quantities")}
    groups = {entry.row.category: (entry.row.group, entry.row.scope) for entry in entries(loaded, "categories")}
    factors = {entry.row.account: entry.row.factor for entry in entries(loaded, "accounts")}
    boundaries: dict[str, list[Boundary]] = defaultdict(list)
    for entry in entries(loaded, "boundaries"):
        boundaries[entry.row.boundary].append(entry.row)
    for entry in entries(loaded, "targets"):
        target: Target = entry.row
        if target.base is not None or target.reduction is None or target.boundary not in boundaries:
            continue
        if target.quantity not in counted:
            continue
        base_year = loaded.settings.base_year
        if target.base_year is not None and target.base_year != base_year:
            yield _no_base(entry, f"sources are of {base_year}, not of {target.base_year}")
            continue
        total = sum(
            value
            for (unit, category, quantity), value in sources.items()
            if quantity == target.quantity
            and category in groups
            and any(_covers(row, unit, category, *groups[category]) for row in boundaries[target.boundary])
        )
        if target.quantity == FOOTPRINT:
            total *= factors.get(target.account, 1.0)
        if total <= 0:
            yield _no_base(entry, f"no {target.quantity} stands in sources within {shown(target.boundary)}")


def _covers(row: Boundary, unit: str, category: str, group: str, scope: int) -> bool:
    return (
        row.unit in (None, unit)
        and row.category in (None, category)
        and row.group in (None, group)
        and row.scope in (None, scope)
    )


def _no_base(entry: LoadedRow, why: str) -> Fault:
    return entry.fault(
        column="base",
        found="a blank cell",
        expected=f"the amount that the reduction is measured from: {why}",
        remedy="fill in base and its measure",
    )


def _price_kinds(loaded: Loaded) -> Iterator[Fault]:
    for entry in entries(loaded, "prices"):
        if (entry.row.kind is PriceKind.CARBON_VALUE) and entry.row.quantity != FOOTPRINT:
            yield entry.fault(
                column="kind",
                found=f"a carbon_value of {shown(entry.row.quantity)}",
                expected=f"carbon_value for {FOOTPRINT} alone",
                remedy="use saving_cashable or saving_avoided",
            )


RULES: tuple[Rule, ...] = (
    rule(_periods),
    rule(_amounts_possible),
    rule(_footprint_counted, "quantities"),
    rule(_weights, "segments"),
    rule(_background_known, "sources", "background"),
    rule(_background_years, "background"),
    rule(_event_kinds, "account_events"),
    rule(_target_years, "targets"),
    rule(_target_bases, "targets", "quantities", "boundaries", "categories", "accounts", "sources"),
    rule(_price_kinds, "prices"),
)
