"""Which limits can bind at all: what all candidates at their dearest would need against what there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rmscenario.constants import LIMIT_TOLERANCE
from rmscenario.explain.earliest import logic_of
from rmscenario.money import build_money
from rmscenario.options import OptionTable, build_options
from rmscenario.planning.limits import MILLION, limit_rows
from rmscenario.planning.rows import Rows
from rmscenario.region import Region
from rmscenario.scenario.run_options import Family

#: Family and unit of each kind of row, by the number of its equation; money rows are kept in millions.
_FAMILIES = {
    15: (Family.MONEY, "DKK", MILLION),
    16: (Family.STAFF, "FTE", 1.0),
    17: (Family.STARTS, "starts", 1.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitReach:
    """A limit and the most that could press on it.

    Attributes
    ----------
    label : str
        The row's name in the planner.
    limit : float [measure]
        What is allowed (minimum starts: what is asked for).
    extreme : float [measure]
        The most that candidates can need, each in its dearest start; for minimum starts the fewest starts there are
        without the rule, those that duties force.
    can_bind : bool
        Whether any choice of starts would break the limit.
    """

    family: Family
    label: str
    measure: str
    limit: float
    extreme: float
    can_bind: bool


def limits_can_bind(region: Region) -> tuple[LimitReach, ...]:
    """For every row of a limit whether it can bind: budgets, staff, numbers of starts, shares of outlay, minimum starts.

    A row that cannot bind changes no plan. One that can may still bind in none: the limits of a plan say so.
    """
    table = build_options(region)
    rows = limit_rows(region, table, build_money(region, table), len(table.states))
    found = [
        reached
        for group in rows
        for reached in (_shares(group, region) if group.equation == 21 else _most(group, table))
    ]
    return (*found, *_minimum(region, table))


def _by_option(group: Rows, table: OptionTable) -> Iterator[tuple[int, float]]:
    """(row, most that its options together can need)."""
    matrix = group.matrix.tocsr()
    for row in range(len(group.labels)):
        entries = slice(matrix.indptr[row], matrix.indptr[row + 1])
        most = np.zeros(len(table.options))
        np.maximum.at(most, table.state_option[matrix.indices[entries]], matrix.data[entries])
        yield row, float(most.sum())


def _most(group: Rows, table: OptionTable) -> Iterator[LimitReach]:
    family, measure, factor = _FAMILIES[group.equation]
    for row, most in _by_option(group, table):
        limit = float(group.upper[row])
        yield LimitReach(
            family=family,
            label=group.labels[row],
            measure=measure,
            limit=limit * factor,
            extreme=most * factor,
            can_bind=most > limit + LIMIT_TOLERANCE * max(1.0, limit),
        )


def _shares(group: Rows, region: Region) -> Iterator[LimitReach]:
    """A unit alone has all of the outlay, so its cap can bind as soon as anything it can start costs money."""
    matrix = group.matrix.tocsr()
    for number, row in enumerate(region.outlay_shares):
        spends = bool((matrix.data[matrix.indptr[number] : matrix.indptr[number + 1]] > 0).any())
        yield LimitReach(
            family=Family.OUTLAY_SHARE,
            label=group.labels[number],
            measure="1",
            limit=row.max_share,
            extreme=1.0 if spends else 0.0,
            can_bind=spends,
        )


def _minimum(region: Region, table: OptionTable) -> Iterator[LimitReach]:
    """Minimum starts, against the starts that duties force in the same unit and track."""
    duties = logic_of(region, table).duties
    for row in region.minimum_starts:
        for unit in [unit.unit for unit in region.units] if row.unit is None else [row.unit]:
            forced = sum(
                bool(duties[number]) and option.unit == unit and not option.group_wide
                for number, option in enumerate(table.options)
                if option.initiative.track == row.track
            )
            yield LimitReach(
                family=Family.MINIMUM,
                label=f"{row.track} in {unit}",
                measure="starts",
                limit=float(row.at_least),
                extreme=float(forced),
                can_bind=forced < row.at_least,
            )
