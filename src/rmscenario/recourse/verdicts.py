"""What a policy says of every option: sign now, can wait, never, or depends on what is seen; and what it costs to wait."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rmscenario.emissions.structure import FloatArray, IntArray
from rmscenario.options.options import NONE, OptionTable
from rmscenario.recourse.search import Bounds, Tried
from rmscenario.recourse.tree import Tree
from rmscenario.worlds.bracket import standard_error
from rmscenario.worlds.decided import Decided, decided_by, ranked

#: [million DKK] Price of waiting from which an option is to be signed now; below it the policies are as good.
WORTH_SIGNING = 0.1
#: Standard errors on either side of a 95 % interval.
TWO_SIDED = 1.96


class Verdict(StrEnum):
    """What is to be done with an option in the round that is signed now."""

    SIGN = "sign"  # waiting costs more than `WORTH_SIGNING`, and more than the sample leaves open
    WAIT = "wait"  # it starts later in all worlds, or may as well
    DEPENDS = "depends"  # it starts later in some of them
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What the best policy known that decides an option the other way costs more than the best known, Eq. (34).

    Attributes
    ----------
    value : float [million DKK]
        On average over the worlds; not negative.
    error : float [million DKK]
        Standard error that comes of the worlds being a sample.
    least : float [million DKK]
        What it costs at least, as far as it is proven; negative where that is less than the searches leave open.
    tonnes, summed : float [tCO2e/a], [tCO2e]
        More emitted in the last year in which starts are allowed, and summed up to it; negative: less.
    """

    value: float
    error: float
    least: float
    tonnes: float
    summed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionVerdict:
    """An option in the round that is signed now.

    Attributes
    ----------
    signed : int or None
        Start year in the best policy known, where it signs it now.
    later : tuple of (int, float)
        Share of worlds by start year in a later round, in the best policy known that does not sign it now.
    waiting, signing : Price or None
        What it costs to put it off, and to sign it now: one of them is 0. None: no policy found keeps the rules.
    decided : Decided or None
        What is seen that tells best whether it starts later, where that depends.
    """

    initiative: str
    unit: str
    verdict: Verdict
    signed: int | None
    later: tuple[tuple[int, float], ...]
    waiting: Price | None
    signing: Price | None
    decided: Decided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found.

    Attributes
    ----------
    signing, waiting : list (option)
        The best policies known that sign an option now, and that do not.
    """

    best: Tried
    signing: list[Tried | None]
    waiting: list[Tried | None]
    bounds: Bounds


def verdicts(
    table: OptionTable, tree: Tree, found: Found, seen: tuple[tuple[str, ...], FloatArray]
) -> tuple[OptionVerdict, ...]:
    """Every option that may start in the round that is signed now, in the order of the tables.

    Parameters
    ----------
    seen : tuple of names and array (name, world)
        What worlds are seen to differ by.
    """
    names, shown = seen
    best, bounds = found.best, found.bounds
    ranks, signed_now = ranked(shown), tree.signed(best.policy)
    said = []
    for number, option in enumerate(table.options):
        own = slice(int(table.first_state[number]), int(table.first_state[number + 1]))
        if option.running is not None or not tree.first[own].any():
            continue
        signing, waiting = found.signing[number], found.waiting[number]
        price = None if waiting is None else _price(waiting, best, float(bounds.waiting[number]))
        starts = np.zeros(len(tree.cluster), dtype=bool)
        later: dict[int, float] = defaultdict(float)
        if waiting is not None:
            chosen: IntArray = waiting.policy[tree.cluster, number]
            starts = chosen != NONE
            for state in chosen[starts].tolist():
                later[table.states[state].start] += 1.0 / len(chosen)
        verdict = _verdict(bool(signed_now[number]), price, starts)
        said.append(
            OptionVerdict(
                initiative=option.key[0],
                unit=option.key[1],
                verdict=verdict,
                signed=table.states[int(best.policy[0, number])].start if signed_now[number] else None,
                later=tuple(sorted(later.items())),
                waiting=price,
                signing=None if signing is None else _price(signing, best, float(bounds.signing[number])),
                decided=decided_by(names, ranks, starts) if verdict is Verdict.DEPENDS else None,
            )
        )
    return tuple(said)


def _price(other: Tried, best: Tried, least: float) -> Price:
    even = np.full(len(best.values), 1.0 / len(best.values))
    more = (other.tonnes - best.tonnes).mean(axis=0)
    return Price(
        value=other.value - best.value,
        error=standard_error(even, other.values - best.values),
        least=least - best.value,
        tonnes=float(more[0]),
        summed=float(more[1]),
    )


def _verdict(signed: bool, waiting: Price | None, starts: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Verdict:
    """What a price of waiting, and later starts in the worlds, say of an option."""
    if signed and (waiting is None or waiting.value > max(WORTH_SIGNING, TWO_SIDED * waiting.error)):
        return Verdict.SIGN
    if starts.all() or (signed and not starts.any()):
        return Verdict.WAIT
    return Verdict.DEPENDS if starts.any() else Verdict.NEVER
