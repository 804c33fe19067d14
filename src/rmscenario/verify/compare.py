"""Whether a plan's reported figures agree with the recomputed ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, inf, isnan
from typing import Any, Protocol

from rmscenario.constants import VERIFY_COST, VERIFY_QUANTITY
from rmscenario.errors import VerificationError
from rmscenario.verify.amounts import Values
from rmscenario.verify.limit_row import LimitRow
from rmscenario.verify.money import CARBON_VALUE, METERED, OUTLAY
from rmscenario.verify.recompute import COST_SIGNS, Recomputed, broken

_SHOWN = 20  # limits in one message


class LabelledDataset(Protocol):
    """What is read of an assessment: labelled arrays and coordinates by name, and attributes."""

    def __getitem__(self, key: str, /) -> Any:
        """One array or coordinate, with `dims` and `values`."""

    @property
    def attrs(self) -> Mapping[Any, Any]:
        """Scalars by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The two figures at one place, and how far apart they are [1]."""

    place: str
    reported: float
    recomputed: float
    relative: float

    def __str__(self) -> str:
        return f"{self.place}: reported {self.reported!r}, recomputed {self.recomputed!r} ({self.relative:.3g} apart)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The outcome of a comparison.

    Attributes
    ----------
    max_relative_difference : float [1]
        The larger of the two below.
    quantity_difference : float [1]
        Largest difference of a quantity or target, of the sum of the absolute terms of its stream and year.
    cost_difference : float [1]
        Largest difference of money or staff, of the sum of the absolute terms in the dearest year (the NPV: of the
        period).
    worst : Difference or None
        Where the difference is largest as a share of what is allowed; None where nothing was compared.
    """

    ok: bool
    max_relative_difference: float
    worst: Difference | None
    quantity_difference: float
    cost_difference: float
    broken_limits: tuple[LimitRow, ...]


def compare(recomputed: Recomputed, dataset: LabelledDataset) -> Verification:
    """Compare the figures of an assessment with the recomputed ones.

    Every figure that either side has is compared; one that the other lacks counts as 0 there.

    Raises
    ------
    VerificationError
        When an array has other dimensions than it should, or the years are not the recomputed ones.
    """
    years = tuple(int(year) for year in _labels(dataset, "year"))
    if years != recomputed.years:
        raise VerificationError(
            f"assessment: found years {_span(years)}, expected {_span(recomputed.years)}; "
            "assess the plan on the region it was made for"
        )
    quantity, cost = _Worst(), _Worst()
    _compare_quantities(recomputed, dataset, quantity)
    _compare_targets(recomputed, dataset, quantity)
    _compare_money(recomputed, dataset, cost)
    _compare_staff(recomputed, dataset, cost)
    not_kept = broken(recomputed)
    return Verification(
        ok=quantity.relative <= VERIFY_QUANTITY and cost.relative <= VERIFY_COST and not not_kept,
        max_relative_difference=max(quantity.relative, cost.relative),
        worst=(quantity.found if quantity.relative / VERIFY_QUANTITY >= cost.relative / VERIFY_COST else cost.found),
        quantity_difference=quantity.relative,
        cost_difference=cost.relative,
        broken_limits=not_kept,
    )


def require(verification: Verification) -> None:
    """Let a verification pass only if it is ok.

    Raises
    ------
    VerificationError
        With the worst place and both figures, and the limits that are not kept.
    """
    if verification.ok:
        return
    lines = []
    if verification.quantity_difference > VERIFY_QUANTITY or verification.cost_difference > VERIFY_COST:
        lines.append(
            f"{verification.worst}; quantities may differ by {VERIFY_QUANTITY:g} and costs by {VERIFY_COST:g} "
            "of the sum of absolute terms"
        )
    lines += [f"not kept: {row}" for row in verification.broken_limits[:_SHOWN]]
    if len(verification.broken_limits) > _SHOWN:
        lines.append(f"… and {len(verification.broken_limits) - _SHOWN} more")
    raise VerificationError("\n".join(lines))


class _Worst:
    """The largest relative difference seen so far."""

    def __init__(self) -> None:
        self.relative = 0.0
        self.found: Difference | None = None

    def see(self, place: Sequence[object], reported: float, recomputed: float, size: float) -> None:
        """Take a pair of figures into account; `size` is the sum of absolute terms that they are measured by."""
        if reported == recomputed:
            return
        apart = abs(reported - recomputed)
        relative = apart / size if size > 0.0 else inf
        if isnan(relative):
            relative = inf
        if relative > self.relative:
            self.relative = relative
            self.found = Difference(
                place=" ".join(str(part) for part in place),
                reported=float(reported),
                recomputed=float(recomputed),
                relative=relative,
            )

    def see_years(
        self,
        place: Sequence[object],
        years: Sequence[int],
        reported: Sequence[float],
        recomputed: Sequence[float],
        sizes: Sequence[float],
    ) -> None:
        """Take a series over the years into account."""
        for year, one, other, size in zip(years, reported, recomputed, sizes, strict=True):
            if one != other:
                self.see((*place, year), one, other, size)


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}…{years[-1]}" if years else "none"


def _labels(dataset: LabelledDataset, dim: str) -> list[Any]:
    labels: list[Any] = dataset[dim].values.tolist()
    return labels


def _series(dataset: LabelledDataset, name: str, *dims: str) -> dict[tuple[str, ...], list[float]]:
    """An array over `dims` and the years, as series by labels."""
    try:
        array = dataset[name]
    except KeyError:
        raise VerificationError(
            f"assessment: found no {name}, which earlier versions did not write; expected {', '.join((*dims, 'year'))}; "
            "assess the plan again"
        ) from None
    if tuple(array.dims) != (*dims, "year"):
        raise VerificationError(
            f"assessment: {name}: found dimensions {', '.join(map(str, array.dims))}, "
            f"expected {', '.join((*dims, 'year'))}; assess the plan again"
        )
    series: dict[tuple[str, ...], list[float]] = {}

    def unfold(labels: tuple[str, ...], rest: tuple[str, ...], values: Any) -> None:
        if not rest:
            series[labels] = values
            return
        for label, inner in zip(_labels(dataset, rest[0]), values, strict=True):
            unfold((*labels, str(label)), rest[1:], inner)

    unfold((), dims, array.values.tolist())
    return series


def _paired(
    reported: Mapping[Any, Sequence[float]], own: Mapping[Any, Sequence[float]], nothing: Sequence[float]
) -> Iterator[tuple[tuple[str, ...], Sequence[float], Sequence[float]]]:
    """(labels, reported, recomputed) of every series that either side has."""
    for at in dict.fromkeys([*own, *reported]):
        yield at, reported.get(at, nothing), own.get(at, nothing)


def _compare_quantities(recomputed: Recomputed, dataset: LabelledDataset, worst: _Worst) -> None:
    """Every quantity, against the largest source of its stream in the year; and sums over all sources and options."""
    years, nothing = recomputed.years, (0.0,) * len(recomputed.years)
    streams = dict.fromkeys([*(stream for stream, _ in recomputed.quantities), *_labels(dataset, "stream")])
    largest: dict[str, Sequence[float]] = dict.fromkeys(streams, nothing)
    total: dict[str, Sequence[float]] = dict.fromkeys(streams, nothing)
    for stream in streams:
        sizes = [values for (name, _), values in recomputed.sizes.items() if name == stream]
        if sizes:
            largest[stream] = [max(column) for column in zip(*sizes, strict=True)]
            total[stream] = [fsum(column) for column in zip(*sizes, strict=True)]
    for name, own in (
        ("quantity", recomputed.quantities),
        ("background", recomputed.background),
        ("bare", recomputed.bare),
    ):
        reported = _series(dataset, name, "stream", "source")
        sums: dict[str, tuple[list[Sequence[float]], list[Sequence[float]]]] = {stream: ([], []) for stream in streams}
        for at, one, other in _paired(reported, own, nothing):
            worst.see_years((name, *at), years, one, other, largest[at[0]])
            sums[at[0]][0].append(one)
            sums[at[0]][1].append(other)
        for stream, (ones, others) in sums.items():
            if ones:
                worst.see_years(
                    (name, stream, "all sources"),
                    years,
                    [fsum(column) for column in zip(*ones, strict=True)],
                    [fsum(column) for column in zip(*others, strict=True)],
                    total[stream],
                )
    footprint = recomputed.footprint
    shown = {at[1:]: values for at, values in recomputed.on_paper.items() if at[0] == footprint}
    for source, one, other in _paired(_series(dataset, "footprint_on_paper", "source"), shown, nothing):
        worst.see_years(("footprint_on_paper", *source), years, one, other, largest[footprint])
    avoided = [
        tuple(before - after for before, after in zip(recomputed.background[at], values, strict=True))
        for at, values in recomputed.quantities.items()
        if at[0] == footprint
    ]
    shares = [nothing, *_series(dataset, "tonnes_in_plan", "option").values()]
    worst.see_years(
        ("tonnes_in_plan", "all options"),
        years,
        [fsum(column) for column in zip(*shares, strict=True)],
        [fsum(column) for column in zip(nothing, *avoided, strict=True)],
        total[footprint],
    )


def _compare_targets(recomputed: Recomputed, dataset: LabelledDataset, worst: _Worst) -> None:
    years, checks = recomputed.years, recomputed.targets
    targets = _labels(dataset, "target")
    if set(targets) != set(checks):
        raise VerificationError(
            f"assessment: found targets {', '.join(map(str, targets)) or 'none'}, "
            f"expected {', '.join(checks) or 'none'}; assess the plan on the region it was made for"
        )
    residual = _series(dataset, "residual", "target")
    shown = _series(dataset, "residual_on_paper", "target")
    before = _series(dataset, "background_residual", "target")
    shortfall = _series(dataset, "shortfall", "target")
    holds = _series(dataset, "holds", "target")
    scalars = {name: dict(zip(targets, dataset[name].values.tolist(), strict=True)) for name in _TARGET_SCALARS}
    for name, check in checks.items():
        at, sizes = (name,), [size + abs(check.cap) for size in check.size]
        worst.see_years(("residual", name), years, residual[at], check.residual, check.size)
        worst.see_years(("residual_on_paper", name), years, shown[at], check.residual_on_paper, check.size)
        worst.see_years(("background_residual", name), years, before[at], check.background_residual, check.size)
        worst.see_years(("shortfall", name), years, shortfall[at], check.shortfall, sizes)
        worst.see_years(("holds", name), years, holds[at], check.holds, [1.0] * len(years))
        scale = max(abs(check.base), abs(check.cap))
        worst.see(("cap", name), scalars["cap"][name], check.cap, scale)
        worst.see(("base", name), scalars["base"][name], check.base, scale)
        judged = check.last if check.cumulative else check.first
        worst.see(("target_year", name), scalars["target_year"][name], judged, 1.0)


_TARGET_SCALARS = ("cap", "base", "target_year")


def _compare_money(recomputed: Recomputed, dataset: LabelledDataset, worst: _Worst) -> None:
    """Every part of the money, the yearly cost, and the NPV.

    A part is measured by the sum of its absolute terms in its dearest year (a year in which next to nothing is saved
    would measure rounding), the cost by that of all parts, the NPV by the discounted sum.
    """
    years, nothing = recomputed.years, (0.0,) * len(recomputed.years)
    first = min(recomputed.discount) + 1  # the period's first year: its start has a factor too

    def dearest(parts: Iterable[str]) -> list[float]:
        present = [recomputed.money_sizes[part] for part in parts if part in recomputed.money_sizes]
        return [max((fsum(column) for column in zip(*present, strict=True)), default=0.0)] * len(years)

    cost = [0.0] * len(years)
    for part in (*COST_SIGNS, OUTLAY, CARBON_VALUE):
        size = dearest([part])
        reported = _series(dataset, part, "source" if part in METERED.values() else "option")
        own = {(label,): values for (name, label), values in recomputed.money.items() if name == part}
        for at, one, other in _paired(reported, own, nothing):
            worst.see_years((part, *at), years, one, other, size)
            if part in COST_SIGNS:
                cost = [so_far + COST_SIGNS[part] * value for so_far, value in zip(cost, one, strict=True)]
    worst.see_years(("cost",), years, cost, recomputed.cost, dearest(COST_SIGNS))
    discount = _series(dataset, "discount")[()]
    own_discount = [recomputed.discount[year] if year >= first else 0.0 for year in years]
    worst.see_years(("discount",), years, discount, own_discount, [1.0] * len(years))
    npv = fsum(a * b for a, b in zip(cost, discount, strict=True))
    worst.see(("npv",), npv, recomputed.npv, recomputed.npv_size)
    if "npv" in dataset.attrs:
        worst.see(("attribute npv",), dataset.attrs["npv"], recomputed.npv, recomputed.npv_size)


def _compare_staff(recomputed: Recomputed, dataset: LabelledDataset, worst: _Worst) -> None:
    """Share in service against 1, and staff against the skill's largest yearly sum."""
    years, nothing = recomputed.years, (0.0,) * len(recomputed.years)
    in_service = {(label,): values for label, values in recomputed.in_service.items()}
    for at, one, other in _paired(_series(dataset, "in_service", "option"), in_service, nothing):
        worst.see_years(("in_service", *at), years, one, other, [1.0] * len(years))
    needs: dict[str, list[Values]] = defaultdict(list)
    for (_, skill), values in recomputed.staff.items():
        needs[skill].append(values)
    largest = {skill: max(fsum(column) for column in zip(*several, strict=True)) for skill, several in needs.items()}
    for at, one, other in _paired(_series(dataset, "staff", "option", "skill"), recomputed.staff, nothing):
        worst.see_years(("staff", *at), years, one, other, [largest.get(at[1], 0.0)] * len(years))
