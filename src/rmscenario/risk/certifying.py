"""What a plan reaches on draws that no decision has seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.plan import Certified, CertifiedJoint
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.drawn import DrawnYear, planning_draws
from rmscenario.risk.measures import cvar, most_missed, quantile
from rmscenario.risk.wishes import Wish, met_draws
from rmscenario.uncertainty import REPLICATE
from rmscenario.uncertainty.intervals import replicate_interval, share_interval

#: Replicate with which these draws begin, so that none is used twice.
CERTIFYING = 20_000_000


class Certifying:
    """Draws made once, on which any choice is judged once.

    Parameters
    ----------
    choices : sequence of array (option), optional
        Choices that are to be judged, none with other options; None: any. Their draws are the same, whatever stands here.
    """

    def __init__(self, arranged: Arranged, wishes: Sequence[Wish], choices: Sequence[IntArray] | None = None) -> None:
        self._wishes, self._lines, self._draws = wishes, arranged.lines, arranged.risk.certifying
        self._nothing_new = arranged.problem.frame.structure.table.nothing_new()
        used = None if choices is None else np.max(choices, axis=0)
        draws = planning_draws(
            arranged.source_of(arranged.risk.sampler, used), arranged.risk.certifying, first=CERTIFYING
        )
        lines = {line.target.target: line for wish in wishes for line in wish.lines} | {
            line.target.target: line for line in arranged.lines
        }
        self._years = {
            name: DrawnYear(frame=arranged.problem.frame, line=line, draws=draws, position=line.position)
            for name, line in lines.items()
        }

    def targets(
        self, choice: IntArray, before: IntArray | None, furthest: Mapping[tuple[str, ...], float]
    ) -> tuple[Certified, ...]:
        """Each target under risk, also of the plan for expected values.

        Parameters
        ----------
        furthest : largest share that any plan found reaches, by the targets of a wish
        """
        found = []
        for line in self._lines:
            year = self._years[line.target.target]
            level = line.target.confidence or line.target.cvar or 0.0
            was = None if before is None else year.residual(before)
            residual = year.residual(choice)
            probability, low, high = share_met(met_draws(residual, line))
            measure = cvar if line.target.confidence is None else quantile
            judged_by = partial(measure, alpha=level)
            judged, judged_low, judged_high = _measured(residual, judged_by)
            found.append(
                Certified(
                    target=line.target.target,
                    confidence=line.target.confidence,
                    level=level,
                    probability=probability,
                    low=low,
                    high=high,
                    cvar=cvar(residual, level),
                    judged=judged,
                    judged_low=judged_low,
                    judged_high=judged_high,
                    judged_background=judged_by(year.residual(self._nothing_new)),
                    furthest=furthest.get((line.target.target,)),
                    probability_before=None if was is None else float(met_draws(was, line).mean()),
                    cvar_before=None if was is None else cvar(was, level),
                )
            )
        return tuple(found)

    def joint(
        self, choice: IntArray, before: IntArray | None, furthest: Mapping[tuple[str, ...], float]
    ) -> CertifiedJoint | None:
        """All targets of the joint wish together; None where there is no such wish."""
        wish = next((wish for wish in self._wishes if wish.joint), None)
        if wish is None:
            return None
        met = self._met(wish, choice)
        probability, low, high = share_met(met)
        return CertifiedJoint(
            targets=wish.names,
            confidence=wish.confidence,
            probability=probability,
            low=low,
            high=high,
            met=int(np.count_nonzero(~met)) <= most_missed(len(met), wish.confidence),
            furthest=furthest.get(wish.names),
            probability_before=None if before is None else float(self._met(wish, before).mean()),
        )

    def probability(self, wish: Wish, choice: IntArray) -> tuple[float, float, float]:
        """Share of the draws that keep a wish, and its 95 % interval."""
        return share_met(self._met(wish, choice))

    def _met(self, wish: Wish, choice: IntArray) -> npt.NDArray[np.bool_]:
        met = np.ones(self._draws, dtype=np.bool_)
        for line in wish.lines:
            met &= met_draws(self._years[line.target.target].residual(choice), line)
        return met


def _measured(residual: FloatArray, measure: Callable[[FloatArray], float]) -> tuple[float, float, float]:
    """What counts of a target's residuals, and its 95 % interval between replicates."""
    each = np.array([measure(replicate) for replicate in residual.reshape(-1, REPLICATE)])
    return measure(residual), *replicate_interval(each)


def share_met(met: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """Share of draws, and its 95 % interval between replicates."""
    return float(met.mean()), *share_interval(met.reshape(-1, REPLICATE).mean(axis=1), len(met))
