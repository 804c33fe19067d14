"""What starts remove in the plan, overlap shared, on the first draws of the stress test."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from rmscenario.assessment.attribution import shared
from rmscenario.constants import PERCENTILES
from rmscenario.drivers.response import FixedPlan
from rmscenario.emissions import BASE_YEAR, background_path
from rmscenario.emissions.evaluate import remaining_shares
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE
from rmscenario.plan import Start
from rmscenario.reporting.results import FOOTPRINT, Result
from rmscenario.scenario.run_options import Sampler
from rmscenario.uncertainty import Draws, DrawSource

#: Replicates that are evaluated: 2,048 draws, enough for two digits of a quantile.
REPLICATES = 2


class DrawnReductions:
    """Reductions of a plan's new starts in one year on draws: in a draw they sum to background − plan."""

    def __init__(self, result: Result, year: int) -> None:
        assert result.stress is not None
        self._plan = FixedPlan(result.region, result.plan)
        self._position = int(np.searchsorted(self._plan.table.years, year))
        source = DrawSource(
            self._plan.inputs, int(result.stress.attrs["seed"]), Sampler(str(result.stress.attrs["sampler"]))
        )
        self._by_option = np.concatenate([self.of(source.replicate(number)) for number in range(REPLICATES)], axis=1)

    def of(self, draws: Draws) -> FloatArray:
        """Reductions on some draws: array (option, draw) [tCO2e/a]."""
        plan, structure = self._plan, self._plan.structure
        ways = draws.delivered.astype(np.int64)
        deployed = np.take_along_axis(plan.delivery.effect[:, :, self._position], ways, axis=1)
        new = np.asarray([option.running is None for option in plan.table.options], dtype=np.bool_)
        started = new & (plan.choice != NONE)
        running = np.where(started[:, None], 0.0, deployed)
        effect = np.minimum(1.0, draws.effect[structure.term_row] * structure.term_scale[:, None])
        lift = draws.lift[structure.lift_row] * structure.lift_weight[:, None]
        stream = structure.stream_index(FOOTPRINT, plan.region.settings.account)
        leaves = structure.leaves_of(stream)
        found = shared(
            structure,
            leaves,
            started=started,
            shares=remaining_shares(structure, deployed, effect=effect, lift=lift),
            before=remaining_shares(structure, running, effect=effect, lift=lift),
            amount=self._amounts(leaves, draws),
            lifting=lift * deployed[structure.lift_enabler],
        )
        inside = np.isin(structure.addition_leaf, leaves) & started[structure.addition_option]
        for number in np.flatnonzero(inside).tolist():
            option, row = int(structure.addition_option[number]), int(structure.addition_row[number])
            found[option] += structure.addition_share[number] * draws.effect[row] * deployed[option]
        return found

    def _amounts(self, leaves: IntArray, draws: Draws) -> FloatArray:
        """Amounts before effects: array (leaf, draw) [tCO2e/a]."""
        structure, region = self._plan.structure, self._plan.region
        year = [int(self._plan.table.years[self._position])]
        factors: dict[str, FloatArray] = {}
        for category in dict.fromkeys(structure.leaves[leaf].category for leaf in leaves.tolist()):
            rows, weights = background_path(region, category, FOOTPRINT, year)
            drawn = rows != BASE_YEAR
            factors[category] = weights[~drawn].sum() + weights[drawn, 0] @ draws.background[rows[drawn]]
        amounts = [structure.leaves[leaf].base * factors[structure.leaves[leaf].category] for leaf in leaves.tolist()]
        return np.stack([np.broadcast_to(amount, draws.metered.shape) for amount in amounts])

    def between(self, starts: Collection[Start]) -> tuple[float, float]:
        """Lowest and highest of the percentiles reported, of the sum over some starts [tCO2e/a]."""
        numbers = [self._plan.table.index(start.initiative, start.unit) for start in starts]
        total = self._by_option[[number for number in numbers if number is not None]].sum(axis=0)
        low, *_, high = np.quantile(total, list(PERCENTILES.values()))
        return float(low), float(high)
