"""Targets of a plan: what is left, what is allowed, what is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum

from rmscenario.constants import is_met
from rmscenario.region import Region, boundary_sources
from rmscenario.region.footprint import Target
from rmscenario.region.vocabulary import TargetForm
from rmscenario.verify.amounts import Amounts, Values, source_name, stream_name
from rmscenario.verify.choices import FOOTPRINT


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCheck:
    """A target recomputed, Eq. (10).

    `residual_on_paper` is what its account will show, Eq. (32). `residual` is each year's; for a cumulative target the running sum of the years `first` … `last`. `shortfall` is 0
    outside the years in which the cap holds (cumulative: outside the last).
    """

    target: Target
    stream: str
    base: float
    cap: float
    first: int
    last: int
    holds: tuple[bool, ...]
    residual: Values
    residual_on_paper: Values
    background_residual: Values
    shortfall: Values
    size: Values

    @property
    def cumulative(self) -> bool:
        """Whether one cap holds on the sum of the years."""
        return self.target.form is TargetForm.CUMULATIVE

    def met(self, years: Sequence[int]) -> bool:
        """Whether the target is met in every year its cap holds (cumulative: on the sum)."""
        held = [
            left
            for year, left, holds in zip(years, self.residual, self.holds, strict=True)
            if holds and (not self.cumulative or year == self.last)
        ]
        return all(is_met(left, self.cap, self.base) for left in held)


def last_year(region: Region, target: Target) -> int:
    """Last year in which a target's cap holds."""
    if target.until is not None:
        return min(target.until, region.settings.end_year)
    next_years = [
        other.year
        for other in region.active_targets
        if other.quantity == target.quantity
        and other.boundary == target.boundary
        and other.account == target.account
        and other.form is target.form
        and other.year > target.year
    ]
    return min([region.settings.end_year, *(year - 1 for year in next_years)])


def check_targets(
    region: Region,
    years: Sequence[int],
    *,
    planned: Amounts,
    shown: Amounts,
    background: Amounts,
    sizes: Amounts,
) -> dict[str, TargetCheck]:
    """All active targets recomputed, by id.

    Parameters
    ----------
    shown : dict of (stream, source) [the stream's unit]
        The plan as the accounts show it.
    """
    factors: Mapping[str, float] = {row.account: row.factor for row in region.accounts}
    checks = {}
    for target in region.active_targets:
        stream = stream_name(target.quantity, target.account)
        inside = boundary_sources(region, target.boundary)
        covered = [(stream, source_name(*pair)) for pair in inside]
        base = target.base
        if base is None:
            factor = factors[target.account] if target.quantity == FOOTPRINT else 1.0
            base = fsum(
                row.value * factor
                for row in region.sources
                if row.quantity == target.quantity and (row.unit, row.category) in inside
            )
        cap = target.level if target.level is not None else base * (1.0 - (target.reduction or 0.0))
        last = last_year(region, target)
        holds = tuple(target.year <= year <= last for year in years)
        cumulative = target.form is TargetForm.CUMULATIVE

        def left(
            of: Amounts,
            covered: list[tuple[str, str]] = covered,
            holds: tuple[bool, ...] = holds,
            cumulative: bool = cumulative,
        ) -> Values:
            sums = [fsum(of[at][number] for at in covered if at in of) for number in range(len(holds))]
            if cumulative:
                return tuple(accumulate(value if held else 0.0 for value, held in zip(sums, holds, strict=True)))
            return tuple(sums)

        residual = left(planned)
        counted = [held and (year == last or not cumulative) for year, held in zip(years, holds, strict=True)]
        checks[target.target] = TargetCheck(
            target=target,
            stream=stream,
            base=base,
            cap=cap,
            first=target.year,
            last=last,
            holds=holds,
            residual=residual,
            residual_on_paper=left(shown) if target.quantity == FOOTPRINT else residual,
            background_residual=left(background),
            shortfall=tuple(
                max(0.0, value - cap) if count else 0.0 for value, count in zip(residual, counted, strict=True)
            ),
            size=left(sizes),
        )
    return checks
