"""What each policy costs more than clairvoyance: tonnes of one target, and DKK among worlds equal in what comes before money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rmscenario.blocks import Arrays
from rmscenario.constants import is_met
from rmscenario.emissions import TargetLine, judged_target
from rmscenario.emissions.structure import FloatArray
from rmscenario.planning.limits import MILLION
from rmscenario.regret.policies import CLAIRVOYANT, POLICIES
from rmscenario.worlds.bracket import standard_error
from rmscenario.worlds.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRegret:
    """A policy against clairvoyance in the same worlds.

    Attributes
    ----------
    expected_dkk, max_dkk : float or None [DKK]
        Of the priced objective, or of cost; over the worlds that are equal in all stages before. None: there are none.
    expected_dkk_bound, max_dkk_bound : float or None [DKK]
        The same against the worlds' proven bounds: the true regret lies between.
    expected_dkk_error : float or None [DKK]
        Standard error that comes of the worlds being a sample.
    compared : int
        Worlds that DKK are compared in.
    expected_t, max_t : float or None [tCO2e/a]
        More of the judged target's shortfall, in its year; negative where clairvoyance rather saves money.
    """

    name: str
    expected_dkk: float | None
    expected_dkk_error: float | None
    expected_dkk_bound: float | None
    max_dkk: float | None
    max_dkk_bound: float | None
    compared: int
    expected_t: float | None
    expected_t_error: float | None
    max_t: float | None


def policy_regrets(worlds: Arrays, stages: Sequence[Stage], lines: Sequence[TargetLine]) -> tuple[PolicyRegret, ...]:
    """Regret of every policy.

    Parameters
    ----------
    worlds : arrays (world, …) of `Policies.in_world`
    stages : the stages at the planned figures, for their widths
    """
    widths = np.asarray([stage.width for stage in stages])
    target = counted_target(worlds, lines)
    best = worlds[f"{CLAIRVOYANT}_value"]
    found = []
    for name in POLICIES:
        values = worlds[f"{name}_value"]
        equal = (np.abs(values - best)[:, :-1] <= widths[:-1]).all(axis=1)
        dkk = (values - best)[equal, -1] * MILLION
        above = (values[:, -1] - worlds["bound"][:, -1])[equal] * MILLION
        tonnes = (
            None
            if target is None
            else _shortfall(worlds, name, lines, target) - _shortfall(worlds, CLAIRVOYANT, lines, target)
        )
        some, even = bool(len(dkk)), np.full(len(dkk), 1.0 / max(1, len(dkk)))
        found.append(
            PolicyRegret(
                name=name,
                expected_dkk=float(dkk.mean()) if some else None,
                expected_dkk_error=standard_error(even, dkk) if some else None,
                expected_dkk_bound=float(above.mean()) if some else None,
                max_dkk=float(dkk.max()) if some else None,
                max_dkk_bound=float(above.max()) if some else None,
                compared=len(dkk),
                expected_t=None if tonnes is None else float(tonnes.mean()),
                expected_t_error=None
                if tonnes is None
                else standard_error(np.full(len(tonnes), 1.0 / len(tonnes)), tonnes),
                max_t=None if tonnes is None else float(tonnes.max()),
            )
        )
    return tuple(found)


def counted_target(worlds: Arrays, lines: Sequence[TargetLine]) -> int | None:
    """Number of the target whose tonnes are counted: the first in priority that some policy misses in some world."""
    names = {CLAIRVOYANT, *POLICIES}
    missed = [
        not all(is_met(worlds[f"{name}_residual"][:, n], line.cap, line.base).all() for name in names)
        for n, line in enumerate(lines)
    ]
    return judged_target(lines, missed)


def _shortfall(worlds: Arrays, name: str, lines: Sequence[TargetLine], target: int) -> FloatArray:
    """Shortfall of a target in its year under a policy: array (world) [the target's unit]."""
    short: FloatArray = np.maximum(0.0, worlds[f"{name}_residual"][:, target] - lines[target].cap)
    return short
