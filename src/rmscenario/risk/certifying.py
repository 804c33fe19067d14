"""What a plan reaches on draws that no decision has seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine
from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.plan import Certified, CertifiedJoint, Verdict, judged_open, left_open
from rmscenario.risk.arranged import Arranged
from rmscenario.risk.drawn import DrawnYear, planning_draws
from rmscenario.risk.measures import cvar, quantile, reaches
from rmscenario.risk.wishes import Wish, kept_draws, met_draws
from rmscenario.uncertainty import REPLICATE
from rmscenario.uncertainty.intervals import replicate_interval, share_interval

#: Replicate with which these draws begin, so that none is used twice.
CERTIFYING = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is known of a plan that was chosen under risk.

    Attributes
    ----------
    before : array (option) or None
        Choice of the plan for expected values.
    furthest : largest share of the choosing draws that any plan found reaches, by the targets of a wish
    """

    before: IntArray | None
    furthest: Mapping[tuple[str, ...], float]


class Certifying:
    """Draws made once, on which any choice is judged once.

    Parameters
    ----------
    choices : sequence of array (option), optional
        Choices that are to be judged, none with other options; None: any. Their draws are the same, whatever stands here.
    """

    def __init__(self, arranged: Arranged, wishes: Sequence[Wish], choices: Sequence[IntArray] | None = None) -> None:
        self._arranged, self._wishes, self._lines = arranged, wishes, arranged.lines
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

    def targets(self, choice: IntArray, chosen: Chosen | None) -> tuple[Certified, ...]:
        """Each target under risk; None of a plan that was given."""
        return tuple(self._target(line, choice, chosen) for line in self._lines)

    def _target(self, line: TargetLine, choice: IntArray, chosen: Chosen | None) -> Certified:
        year = self._years[line.target.target]
        wanted, level = line.target.confidence, line.target.confidence or line.target.cvar or 0.0
        residual = year.residual(choice)
        probability, low, high = share_met(met_draws(residual, line))
        judged_by = partial(cvar if wanted is None else quantile, alpha=level)
        judged, judged_low, judged_high = _measured(residual, judged_by)
        found = Certified(
            target=line.target.target,
            confidence=wanted,
            level=level,
            probability=probability,
            low=low,
            high=high,
            cvar=cvar(residual, level),
            judged=judged,
            judged_low=judged_low,
            judged_high=judged_high,
            judged_background=judged_by(year.residual(self._nothing_new)),
        )
        if chosen is None:
            return found
        was = None if chosen.before is None else year.residual(chosen.before)
        seen = self._arranged.planning_year(line) if wanted is None else self._arranged.choosing_year(line)
        on_choosing = seen.residual(choice)
        kept = judged_by(on_choosing)
        furthest = chosen.furthest.get((line.target.target,))
        verdict = Verdict.of(
            met=is_met(judged, line.cap, line.base),
            close=judged_open(wanted, line.cap, share=(low, high), judged=(judged_low, judged_high)),
            chosen=is_met(kept, line.cap, line.base),
            found=wanted is not None and furthest is not None and reaches(furthest, wanted),
        )
        return replace(
            found,
            furthest=furthest,
            probability_before=None if was is None else float(met_draws(was, line).mean()),
            cvar_before=None if was is None else cvar(was, level),
            probability_chosen=float(met_draws(on_choosing, line).mean()),
            judged_chosen=kept,
            verdict=None if wanted is None and verdict is Verdict.UNFOUND else verdict,
        )

    def joint(self, choice: IntArray, chosen: Chosen | None) -> CertifiedJoint | None:
        """All targets of the joint wish together; None where there is no such wish."""
        wish = next((wish for wish in self._wishes if wish.joint), None)
        if wish is None:
            return None
        met = self._met(wish, choice)
        probability, low, high = share_met(met)
        found = CertifiedJoint(
            targets=wish.names,
            confidence=wish.confidence,
            probability=probability,
            low=low,
            high=high,
            met=reaches(probability, wish.confidence),
        )
        if chosen is None:
            return found
        furthest = chosen.furthest[wish.names]
        seen = [self._arranged.choosing_year(line).residual(choice) for line in wish.lines]
        share = float(kept_draws(wish, seen).mean())
        return replace(
            found,
            furthest=furthest,
            probability_before=None if chosen.before is None else float(self._met(wish, chosen.before).mean()),
            probability_chosen=share,
            verdict=Verdict.of(
                met=found.met,
                close=left_open((low, high), wish.confidence),
                chosen=reaches(share, wish.confidence),
                found=reaches(furthest, wish.confidence),
            ),
        )

    def probability(self, wish: Wish, choice: IntArray) -> tuple[float, float, float]:
        """Share of the draws that keep a wish, and its 95 % interval."""
        return share_met(self._met(wish, choice))

    def _met(self, wish: Wish, choice: IntArray) -> npt.NDArray[np.bool_]:
        return kept_draws(wish, [self._years[line.target.target].residual(choice) for line in wish.lines])


def _measured(residual: FloatArray, measure: Callable[[FloatArray], float]) -> tuple[float, float, float]:
    """What counts of a target's residuals, and its 95 % interval between replicates."""
    each = np.array([measure(replicate) for replicate in residual.reshape(-1, REPLICATE)])
    return measure(residual), *replicate_interval(each)


def share_met(met: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """Share of draws, and its 95 % interval between replicates."""
    return float(met.mean()), *share_interval(met.reshape(-1, REPLICATE).mean(axis=1), len(met))
