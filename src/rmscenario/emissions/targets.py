"""Targets as lines over the quantities: what they cover, what they allow, and in which years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.emissions.structure import FOOTPRINT, FloatArray, IntArray, Structure
from rmscenario.region import Region, boundary_sources
from rmscenario.region.footprint import Target
from rmscenario.region.vocabulary import TargetForm

#: Attributes of a variable over targets of different quantities: CF knows one unit for a variable, and this has several.
UNIT_OF_TARGET = {"ancillary_variables": "target_units", "comment": "each target in the unit that target_units names"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A target on a structure's leaves, Eq. (10).

    Attributes
    ----------
    leaves : array of leaf numbers inside the boundary
    base, cap : float [the quantity's unit]
    held : array (year) bool
        Years in which the cap holds, among the structure's years.
    position : int
        Position of the target year (cumulative: of the last year).
    """

    target: Target
    leaves: IntArray
    base: float
    cap: float
    held: np.ndarray[tuple[int], np.dtype[np.bool_]]
    position: int

    @property
    def cumulative(self) -> bool:
        """Whether one cap holds on the sum of the years."""
        return self.target.form is TargetForm.CUMULATIVE

    def residual(self, leaf: FloatArray) -> FloatArray:
        """Residual in each year; cumulative targets: the running sum of the years held so far.

        Parameters
        ----------
        leaf : array (leaf, year) [the quantity's unit]

        Returns
        -------
        array (year) [the quantity's unit]
        """
        total: FloatArray = leaf[self.leaves].sum(axis=0)
        return np.cumsum(np.where(self.held, total, 0.0)) if self.cumulative else total

    def year_weights(self, weights: FloatArray) -> FloatArray:
        """Weights on the residuals of the years, as weights on the amounts of the years.

        Parameters
        ----------
        weights : array (year)

        Returns
        -------
        array (year)
            Σ weights · residual = Σ returned · amount; they differ for cumulative targets.
        """
        return np.where(self.held, np.cumsum(weights[::-1])[::-1], 0.0) if self.cumulative else weights

    def shortfall(self, residual: FloatArray) -> FloatArray:
        """Shortfall in each year held (cumulative: in the last): array (year) [the quantity's unit]."""
        held = np.zeros_like(self.held)
        if self.cumulative:
            held[self.position] = True
        else:
            held = self.held
        return np.where(held, np.maximum(0.0, residual - self.cap), 0.0)


def base_amount(region: Region, target: Target) -> float:
    """Amount a target's reduction is measured from [the quantity's unit]."""
    if target.base is not None:
        return target.base
    inside = boundary_sources(region, target.boundary)
    amount = sum(
        row.value for row in region.sources if row.quantity == target.quantity and (row.unit, row.category) in inside
    )
    if target.quantity != FOOTPRINT:
        return amount
    return amount * next(row.factor for row in region.accounts if row.account == target.account)


def last_year_held(region: Region, target: Target) -> int:
    """Last year a target's cap holds: `until`, else the year before the next of its kind, else the period's end."""
    if target.until is not None:
        return min(target.until, region.settings.end_year)
    later = [
        other.year
        for other in region.active_targets
        if (other.quantity, other.boundary, other.account) == (target.quantity, target.boundary, target.account)
        and other.form is target.form
        and other.year > target.year
    ]
    return min(later) - 1 if later else region.settings.end_year


def target_lines(structure: Structure) -> tuple[TargetLine, ...]:
    """The active targets of a structure's region, in table order."""
    region, years = structure.region, structure.table.years
    lines = []
    for target in region.active_targets:
        base = base_amount(region, target)
        cap = target.level if target.level is not None else base * (1.0 - (target.reduction or 0.0))
        last = last_year_held(region, target)
        stream = structure.stream_index(target.quantity, target.account)
        lines.append(
            TargetLine(
                target=target,
                leaves=structure.leaves_of(stream, boundary_sources(region, target.boundary)),
                base=base,
                cap=cap,
                held=(years >= target.year) & (years <= last),
                position=int(np.searchsorted(years, last if target.form is TargetForm.CUMULATIVE else target.year)),
            )
        )
    return tuple(lines)


def judged_target(lines: Sequence[TargetLine], missed: Sequence[bool] | None = None) -> int | None:
    """Number of the target that tonnes are counted of: the first in priority among footprint targets, hard ones first.

    Parameters
    ----------
    missed : sequence (target) of bool, optional
        Whether anything that is compared misses a target; those that nothing misses come last, as there is nothing to count.
    """
    found = [
        (missed is not None and not missed[n], not line.target.hard, line.target.priority, n)
        for n, line in enumerate(lines)
        if line.target.quantity == FOOTPRINT
    ]
    return min(found)[-1] if found else None
