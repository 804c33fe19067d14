"""A plan and its worlds as data, ready to be sent to another process."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from rmscenario import __version__
from rmscenario.plan import Plan
from rmscenario.planning.planner import Mode
from rmscenario.region import Region
from rmscenario.scenario.run_options import Sampler
from rmscenario.worlds.resolve import GAP, NODES

#: Goes up whenever the same world may get other results.
FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldsOf:
    """A plan and its worlds.

    Attributes
    ----------
    gap : float [1]
        Within which each world's plan is proven, if `nodes` nodes do.
    """

    region: Region
    plan: Plan
    mode: Mode
    seed: int
    sampler: Sampler
    gap: float = GAP
    nodes: int = NODES

    @property
    def key(self) -> str:
        """Hash of everything that the results depend on, but for the numbers."""
        content = {
            "version": __version__,
            "format": FORMAT,
            "settings": self.region.settings.model_dump(mode="json"),
            "tables": {
                name: [row.model_dump(mode="json") for row in getattr(self.region, name)]
                for name in type(self.region).__slots__
                if name != "settings"
            },
            "starts": [(start.initiative, start.unit, start.level, start.start) for start in self.plan.starts],
            "options": [self.mode, self.seed, self.sampler, self.gap, self.nodes],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
