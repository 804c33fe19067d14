"""The worlds of a plan, made ready once in a process."""

from __future__ import annotations

from rmscenario.planning.problem import build_problem
from rmscenario.worlds.of import WorldsOf
from rmscenario.worlds.worlds import Worlds

_ready: dict[str, Worlds] = {}


def worlds_of(of: WorldsOf) -> Worlds:
    """The worlds of a plan; those asked for last are kept, since many pieces of work are about the same."""
    key = of.key
    if key not in _ready:
        _ready.clear()
        _ready[key] = Worlds(build_problem(of.region), seed=of.seed, sampler=of.sampler)
    return _ready[key]
