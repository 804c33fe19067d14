"""What was measured of each commitment's effect, as its tonnes count with it: its own values, and nothing learnt of others."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from rmscenario.learning.observations import Observation, heard
from rmscenario.learning.promised import promised
from rmscenario.rounds.progress import Effect
from rmscenario.rounds.rows import CommitmentIndicator, FollowUp
from rmscenario.rounds.store import Round
from rmscenario.uncertainty.marginals import SCORE_95


def measured(found: Round) -> dict[str, Effect]:
    """Realisations of a round by commitment, Eq. (36); of those nothing was measured of there is none.

    The latest value of each indicator counts; of several indicators their mean, weighted by 1/error².
    """
    told = heard(
        found.region, promised(found.region), found.commitments, found.of(CommitmentIndicator), found.of(FollowUp)
    )
    latest: dict[str, dict[str | None, Observation]] = defaultdict(dict)
    for seen in sorted(told.observations, key=lambda seen: seen.row.observed):
        latest[seen.commitment.commitment][seen.row.indicator] = seen
    return {commitment: _together(list(each.values())) for commitment, each in latest.items()}


def _together(seen: list[Observation]) -> Effect:
    weights = np.asarray([each.error for each in seen]) ** -2.0
    value = float(np.average([each.value for each in seen], weights=weights))
    reach = SCORE_95 * float(weights.sum() ** -0.5)
    return Effect(low=value - reach, value=value, high=value + reach)
