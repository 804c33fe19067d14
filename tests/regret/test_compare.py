"""Which target's tonnes are counted when worlds are compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rmscenario.planning.problem import build_problem
from rmscenario.regret.compare import counted_target
from rmscenario.regret.policies import CLAIRVOYANT, POLICIES
from rmscenario.tables import load
from tests.project.files import ROOT


def test_tonnes_are_those_of_a_target_that_something_misses_even_where_a_hard_one_is_met_everywhere() -> None:
    region = load(ROOT / "models" / "tiny")
    hard = tuple(row.model_copy(update={"hard": row.target == "scopes-1-2-25"}) for row in region.targets)
    lines = build_problem(replace(region, targets=hard)).lines
    names = [line.target.target for line in lines]
    caps = np.array([line.cap for line in lines])
    worlds = {f"{name}_residual": np.tile(caps, (3, 1)) for name in {CLAIRVOYANT, *POLICIES}}
    nothing = counted_target(worlds, lines)
    assert nothing is not None
    assert names[nothing] == "scopes-1-2-25"
    worlds[f"{POLICIES[0]}_residual"][1, names.index("total-30")] *= 1.1
    counted = counted_target(worlds, lines)
    assert counted is not None
    assert names[counted] == "total-30"
