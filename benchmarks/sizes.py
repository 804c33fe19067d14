"""The sizes that are measured, and what each is asked to reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A synthetic region's size and the work it is given.

    Attributes
    ----------
    gap : float [1]
        Relative gap asked of the planner.
    seconds : float [s]
        Time within which that gap is asked for; the search is stopped there and its gap reported.
    """

    name: str
    units: int
    initiatives: int
    gap: float
    seconds: float
    seed: int = 20261122


#: Start years of every initiative, 2027 … 2032.
START_YEARS = 6

SIZES = {
    size.name: size
    for size in (
        Size(name="S", units=11, initiatives=60, gap=1e-3, seconds=15.0),
        Size(name="M", units=75, initiatives=150, gap=5e-3, seconds=120.0),
        Size(name="L", units=1000, initiatives=60, gap=5e-3, seconds=600.0),
    )
}
