"""Invented regions whose effects are known: promises are noisy and too good, and the best-looking are chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rmscenario.learning.observations import REPORTING_LAG, UNIFORM
from rmscenario.learning.pooling import FloatArray
from rmscenario.learning.realisation import Promise, Realised
from rmscenario.region.commitments import OptionKey

#: Of each region: types, initiatives of a type, units.
KINDS, EACH, UNITS = 4, 6, 5
#: [1] Spread of the true effects of a type, in logarithms; noise and optimism of their promises.
TRUE_SPREAD, NOISE, OPTIMISM = 0.5, 0.3, 1.2
#: [1] How much realisations differ between types, between units, and from unit to unit.
BETWEEN_TYPES, BETWEEN_UNITS, REST = 0.1, 0.06, 0.06
#: [1] What the tables say of an initiative's spread: they do not know their own noise better than so.
STATED = 0.25
#: [1] Share of the starts that are never reported.
MISSING = 0.2
#: [1] Standard errors of observations, between these, of the way to full roll-out.
ERRORS = 0.08, 0.2
#: [a] Years of ramp-up; each value is of the end of one of its years, or of some day of the reporting lag before.
RAMP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """A region: promises and observations as `learn` takes them, and the truth behind them.

    Attributes
    ----------
    promised, true : array (option)
        Effects.
    chosen, seen : array (option) bool
    """

    promises: tuple[Promise, ...]
    options: tuple[OptionKey, ...]
    observations: tuple[Realised, ...]
    promised: FloatArray
    true: FloatArray
    chosen: np.ndarray
    seen: np.ndarray


def simulated(rng: np.random.Generator, *, optimism: float = OPTIMISM) -> Simulated:
    """A region; each initiative of the better-looking half starts in some of its units."""
    kind = np.repeat(np.arange(KINDS), EACH)
    middle = np.exp(rng.normal(-2.0, 0.5, KINDS))[kind]
    effect = middle * np.exp(rng.normal(0.0, TRUE_SPREAD, len(kind)))
    promise = (
        optimism * effect * np.exp(rng.normal(0.0, NOISE, len(kind)) - rng.normal(0.0, BETWEEN_TYPES, KINDS)[kind])
    )
    shift = rng.normal(0.0, BETWEEN_UNITS, UNITS) + rng.normal(0.0, REST, (len(kind), UNITS))
    true = effect[:, None] * (1.0 + shift)
    chosen = np.zeros(true.shape, dtype=bool)
    for number in range(KINDS):
        own = np.flatnonzero(kind == number)
        chosen[own[np.argsort(-promise[own])[: EACH // 2]]] = True
    chosen &= rng.random(true.shape) < 0.6
    seen = chosen & (rng.random(true.shape) > MISSING)
    names = [f"i{number}" for number in range(len(kind))]
    options = tuple((name, f"u{unit}") for name in names for unit in range(UNITS))
    promised = np.repeat(promise, UNITS)
    share = rng.integers(1, RAMP + 1, len(options)) / RAMP
    slope = np.where(share < 1.0, REPORTING_LAG / RAMP, 0.0)
    middle_share = share - slope / 2
    shown = (share - slope * rng.random(len(options))) / middle_share
    measured = rng.uniform(*ERRORS, len(options)) / middle_share
    realised = true.ravel() / promised * shown + measured * rng.normal(size=len(options))
    error = np.hypot(measured, slope * UNIFORM / middle_share)
    return Simulated(
        promises=tuple(
            Promise(initiative=name, kind=f"k{number}", size=float(size), spread=STATED)
            for name, number, size in zip(names, kind.tolist(), promise, strict=True)
        ),
        options=options,
        observations=tuple(
            Realised(option=options[n], value=float(realised[n]), error=float(error[n]))
            for n in np.flatnonzero(seen.ravel()).tolist()
        ),
        promised=promised,
        true=true.ravel(),
        chosen=chosen.ravel(),
        seen=seen.ravel(),
    )
