"""How a target's quantity comes from its base to the target's year: an exact split of the change, in the mean and in the spread.

Per source the amount is a product, base × background × running × new × account, plus linear additions, so that what each
part does depends on the others: 30 % of a source that the grid has made small is little. Two splits close exactly:

* *order-free*, the Shapley value: what background, running and new initiatives do, averaged over all orders in which
  they can come. Different drivers of the background act on different sources, so that eight coalitions are enough.
* *in order*: background first, then running initiatives, then new ones, as all other figures of a plan are told. What
  is order-free minus this is the overlap.

In both the account comes last: what the same plan shows in this account alone, by effects that are bound to it.

On draws, a part's share of the spread is its covariance with the whole change over the variance of that, which is the
Shapley value of the variance of sums, and closes exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from rmscenario.drivers.groups import driver_of_category
from rmscenario.drivers.indices import Shares, shares
from rmscenario.drivers.response import FixedPlan, Part, restricted, year_weights
from rmscenario.drivers.shapley import shapley, subsets
from rmscenario.drivers.spread import never
from rmscenario.emissions import TargetLine
from rmscenario.options.deployment import FloatArray
from rmscenario.uncertainty import Draws, DrawSource


class Piece(StrEnum):
    """What moves a target's quantity, in the order in which a plan is told."""

    BASE = "base"  # from the target's base to the account's amount in the base year: method and years before
    BACKGROUND = "background"
    RUNNING = "running"
    NEW = "new"
    ACCOUNT = "account"  # effects that only the target's account shows


#: What moves a part of the background, and which group of categories moves.
Moved = tuple[str, str]
_NOTHING: Moved = ("", "")
#: [1] Standard deviation, as a share of the amounts that are added up, that is but rounding.
_ROUNDING = 1e-12
#: Parts that come in any order.
_PLAYERS = (Piece.BACKGROUND, Piece.RUNNING, Piece.NEW)
_ALL = frozenset(_PLAYERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one part changes: negative is a reduction [the target's unit].

    Attributes
    ----------
    driver, group : str
        Of the background: what moves it (the correlation group of the tables, or else the group of categories), and
        the group of categories that moves; blank for other parts.
    planned, planned_in_order : float
        With every input at its mode and every start on time, order-free and in order.
    mean, mean_error, mean_in_order : float
        Over draws; the error is a Monte Carlo standard error.
    spread, spread_low, spread_high : float [1]
        Share of the variance over draws, order-free, with its confidence interval.
    """

    piece: Piece
    driver: str
    group: str
    planned: float
    planned_in_order: float
    mean: float
    mean_error: float
    mean_in_order: float
    spread: float
    spread_low: float
    spread_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The change of a target's quantity from its base to its year [the target's unit].

    `base` plus the sum of `changes` is the residual, in every column. `deviation` is the standard deviation of the
    residual over draws; where it is 0 nothing is spread.
    """

    target: str
    year: int
    base: float
    planned: float
    mean: float
    deviation: float
    changes: tuple[Change, ...]


def splits(plan: FixedPlan, source: DrawSource, replicates: int, stop: Callable[[], bool] = never) -> tuple[Split, ...]:
    """Split the change of each target of a plan, in the order of its lines."""
    drivers = driver_of_category(plan.region)
    groups = {row.category: row.group for row in plan.region.categories}
    asked: list[tuple[int, Moved, TargetLine]] = []
    for number, line in enumerate(plan.lines):
        moved: dict[Moved, list[int]] = {}
        for leaf in line.leaves.tolist():
            category = plan.structure.leaves[leaf].category
            moved.setdefault((drivers[category], groups[category]), []).append(leaf)
        asked += [
            (number, key, replace(line, leaves=np.asarray(leaves, dtype=np.int64)))
            for key, leaves in sorted(moved.items())
        ]
    coalitions = _Coalitions(plan, [line for _, _, line in asked])
    rows = [(number, key) for number, key, _ in asked]
    pieces = _Pieces(plan, rows)
    planned = [part[..., 0] for part in pieces.of(coalitions.amounts(plan.modes()))]
    totals = _Totals(len(plan.lines))
    for number in range(replicates):
        totals.add(*pieces.of(coalitions.amounts(source.replicate(number))))
        if stop():
            break
    return tuple(
        _split(
            plan,
            line,
            labels=pieces.labels(number),
            lines=pieces.lines_of(number),
            planned=planned,
            totals=totals,
        )
        for number, line in enumerate(plan.lines)
    )


class _Coalitions:
    """Amounts of lines with only some parts in force."""

    def __init__(self, plan: FixedPlan, lines: list[TargetLine]) -> None:
        options = plan.table.options
        running = np.asarray([option.running is not None for option in options], dtype=np.bool_)
        self._account = np.asarray([row.account is not None for row in plan.region.effects], dtype=np.bool_)
        self._parts: dict[frozenset[Piece], Part] = {}
        for names in subsets((Piece.RUNNING, Piece.NEW)):
            inside = (running & (Piece.RUNNING in names)) | (~running & (Piece.NEW in names))
            self._parts[names] = plan.part(lines, restricted(plan.delivery, inside))

    def amounts(self, draws: Draws) -> dict[frozenset[Piece], FloatArray]:
        """Amounts of the lines for each set of parts in force, and with what the account shows besides."""
        level = np.ones_like(draws.background)
        bare = replace(draws, effect=np.where(self._account[:, None], 0.0, draws.effect))
        found: dict[frozenset[Piece], FloatArray] = {}
        for names in subsets(_PLAYERS):
            given = bare if Piece.BACKGROUND in names else replace(bare, background=level)
            found[names] = self._parts[names - {Piece.BACKGROUND}].residual(given)
        whole = self._parts[_ALL - {Piece.BACKGROUND}]
        found[_ALL | {Piece.ACCOUNT}] = whole.residual(draws) if self._account.any() else found[_ALL]
        return found


class _Pieces:
    """From amounts by coalition to what each part of each target changes: rows (target, part)."""

    def __init__(self, plan: FixedPlan, rows: list[tuple[int, Moved]]) -> None:
        self._rows = rows
        self._of = np.asarray([number for number, _ in rows], dtype=np.int64)
        self._start = np.asarray([line.base * float(year_weights(line).sum()) for line in plan.lines])
        self.keys: list[tuple[int, Piece, Moved]] = []
        for number in range(len(plan.lines)):
            self.keys.append((number, Piece.BASE, _NOTHING))
            self.keys += [(number, Piece.BACKGROUND, moved) for n, moved in rows if n == number]
            self.keys += [(number, piece, _NOTHING) for piece in (Piece.RUNNING, Piece.NEW, Piece.ACCOUNT)]

    def labels(self, target: int) -> list[tuple[Piece, Moved]]:
        """Parts of a target."""
        return [(piece, moved) for number, piece, moved in self.keys if number == target]

    def lines_of(self, target: int) -> slice:
        """Where the parts of a target stand."""
        numbers = [n for n, key in enumerate(self.keys) if key[0] == target]
        return slice(numbers[0], numbers[-1] + 1)

    def of(self, amounts: dict[frozenset[Piece], FloatArray]) -> tuple[FloatArray, FloatArray]:
        """What each part changes, order-free and in order: two arrays (part, draw)."""
        free = {player: shapley(amounts, _PLAYERS, player) for player in _PLAYERS}
        before: frozenset[Piece] = frozenset()
        order = {}
        for player in _PLAYERS:
            order[player] = amounts[before | {player}] - amounts[before]
            before |= {player}
        free[Piece.ACCOUNT] = order[Piece.ACCOUNT] = amounts[_ALL | {Piece.ACCOUNT}] - amounts[_ALL]
        return self._listed(free, amounts[frozenset()]), self._listed(order, amounts[frozenset()])

    def _listed(self, parts: dict[Piece, FloatArray], bare: FloatArray) -> FloatArray:
        listed = np.empty((len(self.keys), bare.shape[1]))
        for place, (number, piece, moved) in enumerate(self.keys):
            own = self._of == number
            if piece is Piece.BASE:
                listed[place] = bare[own].sum(axis=0) - self._start[number]
            elif piece is Piece.BACKGROUND:
                listed[place] = parts[piece][self._rows.index((number, moved))]
            else:
                listed[place] = parts[piece][own].sum(axis=0)
        return listed


class _Totals:
    """Means and covariances of parts with the whole change of their target, over replicates."""

    def __init__(self, targets: int) -> None:
        self._targets = targets
        self.free: list[FloatArray] = []
        self.order: list[FloatArray] = []
        self.products: list[FloatArray] = []  # a replicate's part × part covariances, only within a target

    def add(self, free: FloatArray, order: FloatArray) -> None:
        """Add a replicate: arrays (part, draw)."""
        self.free.append(free.mean(axis=1))
        self.order.append(order.mean(axis=1))
        self.products.append(np.cov(free))

    def spread(self, lines: slice, scale: float) -> tuple[Shares, float]:
        """Shares of the variance of the sum of some parts, and its standard deviation; what is but rounding is none."""
        parts = [product[lines, lines].sum(axis=1) for product in self.products]
        deviation = float(np.sqrt(max(0.0, float(np.mean([part.sum() for part in parts])))))
        if deviation <= _ROUNDING * scale:
            parts, deviation = [np.zeros_like(part) for part in parts], 0.0
        return shares([part[:, None] for part in parts], [np.asarray([part.sum()]) for part in parts]), deviation


def _split(
    plan: FixedPlan,
    line: TargetLine,
    *,
    labels: list[tuple[Piece, Moved]],
    lines: slice,
    planned: list[FloatArray],
    totals: _Totals,
) -> Split:
    free, order = (np.stack(means)[:, lines] for means in (totals.free, totals.order))
    mean = free.mean(axis=0)
    error = free.std(axis=0, ddof=1) / np.sqrt(len(free)) if len(free) > 1 else np.full(len(mean), np.nan)
    base = line.base * float(year_weights(line).sum())
    spread, deviation = totals.spread(lines, max(abs(base), float(np.abs(mean).max())))
    changes = tuple(
        Change(
            piece=piece,
            driver=moved[0],
            group=moved[1],
            planned=float(planned[0][lines][number]),
            planned_in_order=float(planned[1][lines][number]),
            mean=float(mean[number]),
            mean_error=float(error[number]),
            mean_in_order=float(order.mean(axis=0)[number]),
            spread=float(spread.value[number, 0]),
            spread_low=float(spread.low[number, 0]),
            spread_high=float(spread.high[number, 0]),
        )
        for number, (piece, moved) in enumerate(labels)
    )
    return Split(
        target=line.target.target,
        year=int(plan.table.years[line.position]),
        base=base,
        planned=base + float(planned[0][lines].sum()),
        mean=base + float(mean.sum()),
        deviation=deviation,
        changes=changes,
    )
