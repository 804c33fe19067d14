"""What a search minimises, and how hard it tries."""

from __future__ import annotations

from dataclasses import dataclass

from rmscenario.emissions.structure import FloatArray
from rmscenario.planning.aims import RiskyAim
from rmscenario.planning.functional import Functional, Hinge


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """How far and how hard to search.

    `gap` is relative to the sum of absolute cost terms; work is limited by nodes and rounds, never by time. Exchanges
    find better plans and take about as long as all the rest.
    """

    gap: float = 1e-3
    max_nodes: int = 200_000
    max_rounds: int = 60
    threads: int = 1
    seed: int = 0
    exchanges: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a stage minimises: functionals with factor 1, plus factors on hinges; `scale` turns a difference to a gap."""

    name: str
    measure: str
    functionals: tuple[Functional, ...] = ()
    hinges: tuple[tuple[Hinge | RiskyAim, float], ...] = ()
    linear: FloatArray | None = None
