"""What a region's tables promise: effects that may turn out larger or smaller, by initiative."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from rmscenario.emissions.structure import FOOTPRINT
from rmscenario.learning.realisation import Promise
from rmscenario.region import Region
from rmscenario.region.commitments import OptionKey
from rmscenario.region.vocabulary import Basis
from rmscenario.uncertainty import Marginal, Scores, effect_marginals

#: Evenly likely points that moments of a distribution are taken over: exact to 1e-4 of its range.
_POINTS = 4096
#: [1] Probabilities whose quantiles are shown.
_ENDS = 0.05, 0.95
_SCORES = Scores.of(ndtri((np.arange(_POINTS) + 0.5) / _POINTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An initiative's effects that may turn out larger or smaller.

    What it adds elsewhere (effects below 0) and what is certain is not observed by its indicator, and stays.

    Attributes
    ----------
    rows : tuple of int
        Their numbers among the region's effects.
    marginals : tuple of Marginal
    means : tuple of float
        Mean of each.
    planned : float
        What is planned with and agreed, the most likely effect, of the mean; averaged over the rows [1].
    low, high : float
        Quantiles of 5 and 95 %, likewise [1].
    """

    promise: Promise
    rows: tuple[int, ...]
    marginals: tuple[Marginal, ...]
    means: tuple[float, ...]
    planned: float
    low: float
    high: float


def promised(region: Region) -> dict[str, Promised]:
    """What is promised, by initiative, in table order."""
    marginals = effect_marginals(region)
    rows: dict[str, list[int]] = defaultdict(list)
    for number, (row, marginal) in enumerate(zip(region.effects, marginals, strict=True)):
        if row.mode > 0 and not marginal.fixed and marginal.valid:
            rows[row.initiative].append(number)
    found = {}
    for initiative in region.initiatives:
        own = rows.get(initiative.initiative)
        if not own:
            continue
        values = np.stack([marginals[n].quantiles(_SCORES) for n in own])
        means = values.mean(axis=1)
        low, high = (np.quantile(values, _ENDS, axis=1) / means).mean(axis=1).tolist()
        shares = [
            mean
            for n, mean in zip(own, means.tolist(), strict=True)
            if region.effects[n].basis is not Basis.ABSOLUTE  # amounts cannot be set beside shares
        ]
        found[initiative.initiative] = Promised(
            promise=Promise(
                initiative=initiative.initiative,
                kind=initiative.track,
                size=max(shares, default=0.0),
                spread=float((values.std(axis=1) / means).mean()),
            ),
            rows=tuple(own),
            marginals=tuple(marginals[n] for n in own),
            means=tuple(means.tolist()),
            planned=float(np.mean([marginals[n].mode for n in own] / means)),
            low=low,
            high=high,
        )
    return found


def weighed_options(region: Region, of: dict[str, Promised]) -> dict[OptionKey, float]:
    """Options of the initiatives, each with the footprint of the base year that it acts on [tCO2e/a].

    Those of an initiative that acts on no footprint weigh the same.
    """
    amounts = {(row.unit, row.category): row.value for row in region.sources if row.quantity == FOOTPRINT}
    found: dict[OptionKey, float] = {}
    for row in region.delivery:
        if row.initiative in of:
            categories = {region.effects[n].category for n in of[row.initiative].rows}
            acted_on = sum(amounts.get((row.acts_on, category), 0.0) for category in categories)
            option = row.initiative, row.unit
            found[option] = found.get(option, 0.0) + acted_on
    some = {initiative for (initiative, _), weight in found.items() if weight > 0}
    return {option: weight if option[0] in some else 1.0 for option, weight in found.items()}
