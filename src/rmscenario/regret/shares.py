"""In how many worlds an option starts, when, and what decides it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE, OptionTable
from rmscenario.uncertainty import Delivered
from rmscenario.uncertainty.intervals import binomial_interval, fewest_to_tell
from rmscenario.worlds.decided import Decided, as_planned, decided_by, ranked

#: [1] Share of worlds from which a start is called one without regret.
NO_REGRET = 0.9
#: [1] Share of worlds up to which an option is said never to start: what gaps and ties leave.
NEVER = 0.01
#: Fewest worlds in which a start in all of them is one in `NO_REGRET` of all there are, and one in none of them in `NEVER` at most.
TELLS_NO_REGRET, TELLS_NEVER = fewest_to_tell(NO_REGRET), fewest_to_tell(1.0 - NEVER)


class Kind(StrEnum):
    """What many worlds say of an option."""

    PAYS = "pays"  # starts in at least `NO_REGRET` of the worlds, also when targets have no price
    NEEDED = "needed"  # starts in as many, but only for the targets
    DEPENDS = "depends"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionShare:
    """An option in many worlds.

    Attributes
    ----------
    worlds : int
        Worlds in which it comes if it is agreed; the shares are of these. Where it never comes, agreeing on it changes nothing.
    share : float [1]
        Worlds whose own plan starts it.
    low, high : float [1]
        Exact binomial interval of the share.
    untargeted : float [1]
        Worlds whose plan starts it when no target counts.
    starts : tuple of (int, float)
        Share of worlds by start year agreed.
    planned : int or None
        Start year in the fixed plan.
    """

    initiative: str
    unit: str
    kind: Kind
    worlds: int
    share: float
    low: float
    high: float
    untargeted: float
    starts: tuple[tuple[int, float], ...]
    planned: int | None
    decided: Decided | None


def option_shares(
    table: OptionTable,
    *,
    plan: IntArray,
    chosen: IntArray,
    untargeted: IntArray,
    delivered: npt.NDArray[np.int8],
    names: tuple[str, ...],
    scores: FloatArray,
) -> tuple[OptionShare, ...]:
    """Every option that may start anew, in the order of the tables.

    Parameters
    ----------
    chosen, untargeted : array (world, option) of states
    delivered : array (world, option) of `Delivered`
    names, scores : tuple and array (input, world) [1]
        What may decide, beside how the option's own start comes; only ranks count.
    """
    ranks = ranked(scores)
    found = []
    for number, option in enumerate(table.options):
        if option.running is not None or not table.state_range(number):
            continue
        here = np.flatnonzero(delivered[:, number] != Delivered.NEVER)
        starts = chosen[here, number] != NONE
        share = float(starts.mean()) if len(here) else 0.0
        without = float((untargeted[here, number] != NONE).mean()) if len(here) else 0.0
        years = Counter(table.states[state].start for state in chosen[here, number][starts].tolist())
        kind = kind_of(share, without)
        own, comes = as_planned([option], delivered[:, [number]])
        low, high = binomial_interval(int(starts.sum()), len(here))
        found.append(
            OptionShare(
                initiative=option.key[0],
                unit=option.key[1],
                kind=kind,
                worlds=len(here),
                share=share,
                low=low,
                high=high,
                untargeted=without,
                starts=tuple((year, count / len(here)) for year, count in sorted(years.items())),
                planned=None if plan[number] == NONE else table.states[int(plan[number])].start,
                decided=decided_by((*names, *own), np.vstack([ranks, ranked(comes)])[:, here], starts)
                if kind is Kind.DEPENDS
                else None,
            )
        )
    return tuple(found)


def kind_of(share: float, untargeted: float) -> Kind:
    """What the shares with and without targets say."""
    if share >= NO_REGRET:
        return Kind.PAYS if untargeted >= NO_REGRET else Kind.NEEDED
    return Kind.NEVER if share <= NEVER else Kind.DEPENDS
