"""What the follow-up of a round teaches of a region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rmscenario.learning.effects import NewEffect, new_effects
from rmscenario.learning.observations import Heard, heard
from rmscenario.learning.promised import Promised, promised, weighed_options
from rmscenario.learning.realisation import Learnt, Realised, learn
from rmscenario.region import Region
from rmscenario.region.commitments import Commitment
from rmscenario.rounds.rows import CommitmentIndicator, FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntRound:
    """Promises, what was heard of them, and what was learnt.

    Realisations in `learnt` are of the mean of the tables' distributions; observations in `heard` are of what was agreed,
    the most likely effect.
    """

    promised: Mapping[str, Promised]
    heard: Heard
    learnt: Learnt
    effects: tuple[NewEffect, ...]


def learn_round(
    region: Region,
    commitments: Iterable[Commitment],
    indicators: Iterable[CommitmentIndicator],
    rows: Iterable[FollowUp],
) -> LearntRound:
    """Learn from follow-up; without a value that says anything of an effect there is nothing to learn, and no row changes.

    Parameters
    ----------
    commitments, indicators, rows
        Those of a round.
    """
    of = promised(region)
    found = heard(region, of, commitments, indicators, rows)
    options = weighed_options(region, of)
    learnt = learn(
        [each.promise for each in of.values()],
        [
            Realised(
                option=seen.commitment.option,
                value=seen.value * of[seen.commitment.initiative].planned,
                error=seen.error * of[seen.commitment.initiative].planned,
            )
            for seen in found.observations
        ],
        options,
        options,
    )
    effects = new_effects(region, of, learnt) if found.observations else ()
    return LearntRound(promised=of, heard=found, learnt=learnt, effects=effects)
