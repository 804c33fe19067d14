"""Quantities of a plan, of its background, and of a region without any initiative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, prod

from rmscenario.region import Region
from rmscenario.region.footprint import Background
from rmscenario.region.initiatives import Effect
from rmscenario.region.vocabulary import Basis
from rmscenario.verify.choices import FOOTPRINT, Choice

ACTIVITY = "activity"

Values = tuple[float, ...]  # over the years
Amounts = dict[tuple[str, str], Values]  # by (stream, source)
OptionKey = tuple[str, str]  # (initiative, unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A segment of a source: its amount over the years, and the (option, share removed at full roll-out) on it."""

    amount: Values
    factors: tuple[tuple[OptionKey, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What a region's quantities consist of.

    `parts` and `additions` are keyed by (stream, source); an addition is (option, amount a year at full roll-out).
    """

    streams: dict[str, tuple[str, str | None]]  # name: (quantity, account)
    sources: dict[str, tuple[str, str]]  # name: (unit, category)
    parts: dict[tuple[str, str], tuple[Part, ...]]
    additions: dict[tuple[str, str], tuple[tuple[OptionKey, float], ...]]


def stream_name(quantity: str, account: str | None) -> str:
    """Name of a stream: the quantity, for the footprint with its account."""
    return f"{quantity}@{account}" if quantity == FOOTPRINT else quantity


def source_name(unit: str, category: str) -> str:
    """Name of a source."""
    return f"{unit}:{category}"


def background_factor(rows: Iterable[Background], base_year: int, year: int) -> float:
    """Background factor β of one category and quantity in a year (mode) [1]."""
    points = {base_year: 1.0}
    points.update((row.year, row.mode) for row in rows)
    if year in points:
        return points[year]
    before = max((known for known in points if known < year), default=None)
    after = min((known for known in points if known > year), default=None)
    if before is None or after is None:
        return points[max(points)] if after is None else points[min(points)]
    return points[before] + (points[after] - points[before]) * (year - before) / (after - before)


def inventory(region: Region, chosen: Sequence[Choice], years: Sequence[int], *, on_paper: bool = False) -> Inventory:
    """Amounts, factors and additions of every source in every stream that is reported.

    Parameters
    ----------
    on_paper : bool
        Whether effects are as the accounts show them, Eq. (32), and not as they are.
    """
    accounts = dict.fromkeys(
        [region.settings.account, *(row.account for row in region.active_targets if row.quantity == FOOTPRINT)]
    )
    streams: dict[str, tuple[str, str | None]] = {stream_name(FOOTPRINT, name): (FOOTPRINT, name) for name in accounts}
    streams |= {row.quantity: (row.quantity, None) for row in region.quantities if row.quantity != FOOTPRINT}
    account_factor = {row.account: row.factor for row in region.accounts}
    weights: dict[str, dict[str | None, float]] = defaultdict(dict)
    for part in region.segments:
        weights[part.category][part.segment] = part.weight
    background: dict[tuple[str, str], list[Background]] = defaultdict(list)
    for row in region.background:
        background[row.category, row.quantity].append(row)
    reach = _Reach(region, chosen, on_paper=on_paper)
    curves: dict[tuple[str, str], Values] = {}
    parts: dict[tuple[str, str], tuple[Part, ...]] = {}
    additions: dict[tuple[str, str], tuple[tuple[OptionKey, float], ...]] = {}
    for stream, (quantity, account) in streams.items():
        for source in region.sources:
            if source.quantity != quantity:
                continue
            at = stream, source_name(source.unit, source.category)
            kind = source.category, quantity
            if kind not in curves:
                curves[kind] = tuple(background_factor(background[kind], region.settings.base_year, t) for t in years)
            base = source.value * (1.0 if account is None else account_factor[account])
            named = weights[source.category]
            rest = max(0.0, 1.0 - fsum(named.values()))
            parts[at] = tuple(
                Part(
                    amount=tuple(weight * base * curve for curve in curves[kind]),
                    factors=tuple(reach.factors(source.unit, source.category, segment, quantity, account)),
                )
                for segment, weight in [*named.items(), (None, rest)]
                if weight * base > 0.0
            )
            additions[at] = tuple(reach.additions(source.unit, source.category, quantity, account))
    sources = {source_name(row.unit, row.category): (row.unit, row.category) for row in region.sources}
    return Inventory(streams=streams, sources=sources, parts=parts, additions=additions)


class _Reach:
    """Which effect rows of which started options reach a part of a source, and with what share, Eq. (2)."""

    def __init__(self, region: Region, chosen: Sequence[Choice], *, on_paper: bool) -> None:
        self.on_paper = on_paper
        self.rows: dict[str, list[Effect]] = defaultdict(list)
        for row in region.effects:
            self.rows[row.category].append(row)
        self.weight = {(row.category, row.segment): row.weight for row in region.segments}
        self.amount: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for source in region.sources:
            self.amount[source.category, source.quantity][source.unit] = source.value
        self.carriers: dict[tuple[str, str], list[Choice]] = defaultdict(list)
        self.acted_on: dict[str, set[str]] = defaultdict(set)
        for choice in chosen:
            for unit in choice.acts_on:
                self.carriers[choice.initiative.initiative, unit].append(choice)
                self.acted_on[choice.initiative.initiative].add(unit)

    @staticmethod
    def _reaches(row: Effect, quantity: str, account: str | None) -> bool:
        return row.on in (ACTIVITY, quantity) and (
            row.account is None or (quantity == FOOTPRINT and row.account == account)
        )

    def _seen(self, row: Effect) -> float:
        """Share of an effect that is counted."""
        return row.visible_in_account if self.on_paper else 1.0

    def factors(
        self, unit: str, category: str, segment: str | None, quantity: str, account: str | None
    ) -> Iterable[tuple[OptionKey, float]]:
        """(option, share removed at full roll-out) of every factor on a part."""
        for row in self.rows[category]:
            if row.basis is Basis.ABSOLUTE or not self._reaches(row, quantity, account):
                continue
            if row.segment is not None and row.segment != segment:
                continue
            carriers = self.carriers[row.initiative, unit]
            share = row.mode
            if row.basis is Basis.REGION:
                amount = self.amount[category, FOOTPRINT if row.on == ACTIVITY else row.on]
                reached = fsum(value for other, value in amount.items() if other in self.acted_on[row.initiative])
                if reached <= 0.0 or not carriers:
                    continue
                share *= fsum(amount.values()) / reached / len(carriers)
            if row.segment is not None:
                share /= self.weight[category, row.segment]
            for choice in carriers:
                if choice.state is not None:
                    yield choice.key, self._seen(row) * min(1.0, share)

    def additions(
        self, unit: str, category: str, quantity: str, account: str | None
    ) -> Iterable[tuple[OptionKey, float]]:
        """(option, amount added a year at full roll-out) of every absolute effect on a source."""
        receiving = self.amount[category, quantity]
        for row in self.rows[category]:
            if row.basis is not Basis.ABSOLUTE or not self._reaches(row, quantity, account):
                continue
            for choice in self.carriers[row.initiative, unit]:
                if choice.state is not None:
                    among = sum(1 for other in choice.acts_on if other in receiving)
                    yield choice.key, -self._seen(row) * row.mode * choice.share / among


def lifted(region: Region, chosen: Sequence[Choice], deployed: Mapping[OptionKey, Values]) -> dict[OptionKey, Values]:
    """1 + the lift of an option's effect by its enablers in each year, Eq. (2) [1].

    Parameters
    ----------
    deployed : mapping of the options that count, each with its deployed effect (year) [1]
    """
    fte = {row.unit: row.fte for row in region.units}
    everyone = fsum(fte.values())
    enabling: dict[str, list[Choice]] = defaultdict(list)
    for choice in chosen:
        if choice.key in deployed:
            enabling[choice.initiative.initiative].append(choice)
    lifts: dict[OptionKey, Values] = {}
    for choice in chosen:
        if choice.key not in deployed:
            continue
        terms: list[tuple[float, Values]] = []
        for row in region.enablers:
            if row.initiative != choice.initiative.initiative:
                continue
            for other in enabling[row.enabler]:
                if other.group_wide:
                    weight = 1.0
                elif choice.group_wide:
                    weight = fte[other.unit] / everyone
                else:
                    weight = 1.0 if other.unit == choice.unit else 0.0
                if weight > 0.0:
                    terms.append((weight * row.mode, deployed[other.key]))
        if terms:
            columns = zip(*(tuple(lift * x for x in values) for lift, values in terms), strict=True)
            lifts[choice.key] = tuple(1.0 + fsum(column) for column in columns)
    return lifts


def amounts(
    stock: Inventory, deployed: Mapping[OptionKey, Values], lifts: Mapping[OptionKey, Values], count: int
) -> tuple[Amounts, Amounts]:
    """Quantities of the options in `deployed`, Eq. (1), and the sums of the absolute values of their terms.

    A remaining share is a difference from 1, so the terms of a product are as large as the amount it starts from: where
    everything is removed, what rounding leaves is measured against what was there.

    Parameters
    ----------
    count : int
        Number of years.
    """
    ones = (1.0,) * count
    remaining: dict[tuple[OptionKey, float], Values] = {}

    def share(option: OptionKey, removed: float) -> Values:
        """Remaining share in each year, Eq. (2)."""
        if (option, removed) not in remaining:
            remaining[option, removed] = tuple(
                max(0.0, 1.0 - removed * x * lift)
                for x, lift in zip(deployed[option], lifts.get(option, ones), strict=True)
            )
        return remaining[option, removed]

    found: Amounts = {}
    sizes: Amounts = {}
    for at, parts in stock.parts.items():
        terms: list[Values] = []
        for part in parts:
            shares = [share(option, removed) for option, removed in part.factors if option in deployed]
            if shares:
                kept = (prod(column) for column in zip(*shares, strict=True))
                terms.append(tuple(a * b for a, b in zip(part.amount, kept, strict=True)))
            else:
                terms.append(part.amount)
        added = [
            tuple(amount * x for x in deployed[option]) for option, amount in stock.additions[at] if option in deployed
        ]
        found[at] = _total([*terms, *added], count)
        sizes[at] = _total([*(part.amount for part in parts), *(tuple(map(abs, values)) for values in added)], count)
    return found, sizes


def _total(terms: Sequence[Values], count: int) -> Values:
    return tuple(fsum(column) for column in zip(*terms, strict=True)) if terms else (0.0,) * count
