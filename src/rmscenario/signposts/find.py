"""Signposts of a plan: in which worlds it misses a target, what shows them early, and what can be called then.

A box is found on one half of the draws and judged on the other, so that its coverage and density are not those it was
chosen for. The next box is sought, and judged, among the draws that no earlier one holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rmscenario.constants import is_met
from rmscenario.drivers.response import FixedPlan
from rmscenario.drivers.spread import never
from rmscenario.emissions import TargetLine
from rmscenario.options.deployment import FloatArray
from rmscenario.signposts.drawn import Drawn, draw
from rmscenario.signposts.observables import Observable
from rmscenario.signposts.prim import BoolArray, Found, best_of, measured, paste, peel, quasi_p, reproduced, simplified
from rmscenario.signposts.reserve import Caller, Reserve, Reserves
from rmscenario.signposts.warnings import Alert, earliest_alert
from rmscenario.uncertainty import DrawSource

#: [1] Between these shares of missed draws the cap itself tells misses from others.
TELLING = (0.05, 0.8)
#: [1] Certainty whose level stands in for a cap that (nearly) every or no draw misses.
CERTAINTY = 0.8
#: [1] Share of the misses that a box must hold to be told.
LEAST_COVERAGE = 0.1
#: Most restrictions of a box: more cannot be said in a sentence.
MOST_RESTRICTIONS = 3


class Miss(StrEnum):
    """What counts as a miss."""

    CAP = "cap"  # the residual is above the target's cap
    WORST = "worst"  # it is above the level that the plan keeps with 80 % certainty: the cap tells no draws apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """One end of a box: what an observable has come to in the target's year lies above or below a value.

    Attributes
    ----------
    planned : float [1]
        What it comes to with every input at its mode and every start on time.
    quasi_p : float [1]
        On draws that the box was not found on.
    reproduced : float [1]
        Share of random halves in which the same is restricted.
    alert : Alert or None
        The earliest observation of the same that warns nearly as well as any.
    """

    observable: Observable
    above: bool
    value: float
    planned: float
    quasi_p: float
    reproduced: float
    alert: Alert | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """A box of draws in which the plan misses, and what to do about it.

    Attributes
    ----------
    coverage : float [1]
        Share of all misses that are in this box and in no earlier one.
    density, mass : float [1]
        Share of misses inside, and of draws, among those in no earlier box.
    restrictions : tuple of Restriction
        What all draws inside have in common, the one with the best warning first.
    mean : float [the target's unit]
        Mean residual of the draws inside.
    alert : Alert or None
        The best warning of its restrictions.
    reserves : Reserves or None
        What can be called once the warning is known; None without a warning.
    """

    coverage: float
    density: float
    mass: float
    restrictions: tuple[Restriction, ...]
    mean: float
    alert: Alert | None
    reserves: Reserves | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signposts:
    """Signposts of a plan for one target. Coverage, density and rates are of draws that found neither box nor trigger.

    Attributes
    ----------
    expected_background : bool
        Whether the background is held at its most likely path.
    level : float [the target's unit]
        Residual above which a draw counts as a miss.
    missed : float [1]
        Share of the draws that are misses.
    planned, mean : float [the target's unit]
        Residual with every input at its mode and every start on time, and over draws.
    """

    target: str
    year: int
    draws: int
    miss: Miss
    expected_background: bool
    level: float
    missed: float
    planned: float
    mean: float
    posts: tuple[Signpost, ...]


def signposts(
    plan: FixedPlan,
    line: TargetLine,
    source: DrawSource,
    *,
    replicates: int = 32,
    most: int = 2,
    expected_background: bool = False,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda _, __: None,
    stop: Callable[[], bool] = never,
) -> Signposts:
    """Find the signposts of a plan for one of its targets.

    Parameters
    ----------
    replicates : int
        Replicates of draws, at least 2; the first half finds boxes and triggers, the second judges them.
    most : int
        Most boxes.
    expected_background : bool
        Whether the background is held at its most likely path, so that the boxes speak of the plan's own initiatives.
    seed : int
        Of the random halves that boxes are reproduced on.
    progress : callable, optional
        Called with the number of draws made and of all that shall be.
    """
    drawn = draw(plan, line, source, replicates, expected_background=expected_background, progress=progress, stop=stop)
    miss, level = _miss(drawn.residual, line)
    missed = drawn.residual > level
    first = np.arange(len(missed)) < len(missed) // 2
    return Signposts(
        target=line.target.target,
        year=int(plan.table.years[line.position]),
        draws=len(missed),
        miss=miss,
        expected_background=expected_background,
        level=level,
        missed=float(missed.mean()),
        planned=float(plan.planned[plan.lines.index(line)]),
        mean=float(drawn.residual.mean()),
        posts=_posts(Caller(plan, line), drawn, missed, first, most=most, generator=np.random.default_rng(seed)),
    )


def _miss(residual: FloatArray, line: TargetLine) -> tuple[Miss, float]:
    """What counts as a miss, and the residual above which it is one."""
    met = is_met(residual, line.cap, line.base)
    if TELLING[0] <= 1.0 - met.mean() <= TELLING[1]:
        return Miss.CAP, float(residual[met].max())
    return Miss.WORST, float(np.quantile(residual, CERTAINTY))


def _posts(
    caller: Caller, drawn: Drawn, missed: BoolArray, first: BoolArray, *, most: int, generator: np.random.Generator
) -> tuple[Signpost, ...]:
    """Boxes one after the other, each among the draws that are left."""
    left = np.ones(len(missed), dtype=np.bool_)
    posts: list[Signpost] = []
    for _ in range(most):
        finding, judging = left & first, left & ~first
        found = _box(drawn.outcome[finding], missed[finding])
        if found is None or found.coverage * missed[finding].sum() < LEAST_COVERAGE * missed[first].sum():
            break
        again = reproduced(found, drawn.outcome[finding], missed[finding], generator=generator)
        judged = measured(found.box, drawn.outcome[judging], missed[judging])
        halves = tuple((drawn.among(half), missed[half]) for half in (finding, judging))
        restrictions = _restrictions(judged, again, halves)
        inside = found.box.inside(drawn.outcome)
        alert = restrictions[0].alert
        posts.append(
            Signpost(
                coverage=_ratio(judging & inside & missed, ~first & missed),
                density=judged.density,
                mass=judged.mass,
                restrictions=restrictions,
                mean=float(drawn.residual[left & inside].mean()),
                alert=alert,
                reserves=None if alert is None else caller.reserves(alert.known + 1),
            )
        )
        left = left & ~inside
    return tuple(posts)


def _box(values: FloatArray, missed: BoolArray) -> Found | None:
    """The box that tells misses best, as simple as it can be said; None if nothing tells them."""
    if not 0 < missed.sum() < len(missed):
        return None
    found = simplified(best_of(peel(values, missed)), values, missed, most=MOST_RESTRICTIONS)
    return paste(found, values, missed) if found.box.restricted else None


def _restrictions(
    judged: Found, again: FloatArray, halves: tuple[tuple[Drawn, BoolArray], ...]
) -> tuple[Restriction, ...]:
    """The ends of a box, that with the best warning first."""
    found_on, judged_on = halves
    probabilities = quasi_p(judged, judged_on[0].outcome, judged_on[1])
    found = [
        Restriction(
            observable=judged_on[0].observables[feature],
            above=above,
            value=float(value),
            planned=float(judged_on[0].planned_outcome[feature]),
            quasi_p=probabilities[feature],
            reproduced=float(again[feature]),
            alert=earliest_alert(feature, above=above, found_on=found_on, judged_on=judged_on),
        )
        for feature in judged.box.restricted
        for value, above in ((judged.box.low[feature], True), (judged.box.high[feature], False))
        if np.isfinite(value)
    ]
    return tuple(sorted(found, key=lambda item: -item.alert.skill if item.alert is not None else 0.0))


def _ratio(some: BoolArray, of: BoolArray) -> float:
    return float(some.sum() / of.sum()) if of.any() else 0.0


__all__ = ["Miss", "Reserve", "Restriction", "Signpost", "Signposts", "signposts"]
