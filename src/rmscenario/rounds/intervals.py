"""What a start gives alone: when its effect is as low, or as high, as the tables think likely, and what the account shows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rmscenario.emissions import Structure, build_structure, on_paper
from rmscenario.emissions.evaluate import remaining_shares
from rmscenario.emissions.structure import FOOTPRINT
from rmscenario.options import build_options
from rmscenario.options.options import NONE
from rmscenario.plan import Plan
from rmscenario.region import Region

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """Reduction by a start alone in a year, lifts and background as likely [tCO2e/a].

    Attributes
    ----------
    low, high : float
        With its effect at the tables' low and high values.
    in_account : float
        What the region's account shows of it, with its effect as likely, Eq. (32).
    """

    low: float
    high: float
    in_account: float


def with_effects(region: Region, *, end: str) -> Region:
    """The region with every effect at its low or high value."""
    effects = tuple(row.model_copy(update={"mode": getattr(row, end)}) for row in region.effects)
    return replace(region, effects=effects)


def _alone(structure: Structure, extreme: Structure, choice: npt.NDArray[np.int64], stream: int) -> FloatArray:
    """Reduction of each new start by itself, Eqs. (1) and (2), running initiatives as likely: array (option, year) [tCO2e/a]."""
    table = structure.table
    running = table.deployed(table.nothing_new())
    before = remaining_shares(structure, running)
    shares = remaining_shares(extreme, table.deployed(choice), lifting=running)
    new = np.asarray([option.running is None for option in table.options], dtype=bool) & (choice != NONE)
    pools = max(1, structure.pool_count)
    amount = np.zeros((pools, before.shape[1]))
    inside = (structure.leaf_stream == stream) & (structure.leaf_pool >= 0)
    np.add.at(amount, structure.leaf_pool[inside], structure.leaf_amount[inside])
    alone = np.zeros((len(table.options), before.shape[1]))
    for pool in range(structure.pool_count):
        terms = np.arange(structure.pool_first[pool], structure.pool_first[pool + 1])
        options = structure.term_option[terms]
        left = amount[pool] * np.prod(before[terms[~new[options]]], axis=0)
        if not left.any():
            continue
        for option in np.unique(options[new[options]]):
            alone[option] += left * (1.0 - np.prod(shares[terms[options == option]], axis=0))
    added = structure.leaf_stream[structure.addition_leaf] == stream
    reach = table.deployed(choice)[extreme.addition_option[added]]
    starts = new[extreme.addition_option[added]][:, None]
    np.subtract.at(alone, extreme.addition_option[added], extreme.addition_amount[added][:, None] * reach * starts)
    return alone


def alone_by_start(region: Region, plan: Plan, years: tuple[int, ...]) -> dict[str, dict[int, Alone]]:
    """Reduction by each start alone, by option label and year."""
    table = build_options(region, range(min(years), max(years) + 1))
    choice = table.choice(plan)
    structure = build_structure(region, table)
    stream = structure.stream_index(FOOTPRINT, region.settings.account)
    ends = [
        _alone(structure, build_structure(with_effects(region, end=end), table), choice, stream)
        for end in ("low", "high")
    ]
    low, high = np.minimum(*ends), np.maximum(*ends)
    seen = on_paper(structure)
    shown = _alone(seen, seen, choice, stream)
    return {
        f"{start.initiative}:{start.unit}": {
            year: Alone(
                low=float(low[number, year - min(years)]),
                high=float(high[number, year - min(years)]),
                in_account=float(shown[number, year - min(years)]),
            )
            for year in years
        }
        for start in plan.starts
        if (number := table.index(start.initiative, start.unit)) is not None
    }
