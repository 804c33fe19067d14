"""What decides: how near to what was planned starts come, and the input that tells best."""

from __future__ import annotations

import numpy as np

from rmscenario.options import build_options
from rmscenario.tables import load
from rmscenario.uncertainty import Delivered
from rmscenario.worlds.decided import as_planned, decided_by, ranked
from tests.project.files import ROOT

BY_LOSS = (Delivered.ON_TIME, Delivered.ONE_LATE, Delivered.TWO_LATE, Delivered.PARTIAL, Delivered.NEVER)


def test_a_start_that_comes_in_part_lies_between_two_years_late_and_never() -> None:
    options = build_options(load(ROOT / "models" / "tiny")).options[:1]
    names, comes = as_planned(options, np.asarray(BY_LOSS, dtype=np.int8)[:, None])
    assert names == (f"delivery:{options[0].key[0]}:{options[0].key[1]}",)
    assert comes.shape == (1, len(BY_LOSS))
    assert (np.diff(comes[0]) < 0).all()


def test_what_depends_on_partial_uptake_is_told_by_how_the_start_comes() -> None:
    options = build_options(load(ROOT / "models" / "tiny")).options[:1]
    delivered = np.tile(np.asarray(BY_LOSS, dtype=np.int8), 8)[:, None]
    names, comes = as_planned(options, delivered)
    needed = delivered[:, 0] >= Delivered.PARTIAL  # something else starts where most of it is missing
    decided = decided_by(names, ranked(comes), needed)
    assert decided is not None
    assert decided.input == names[0]
    assert decided.correlation < 0
    assert decided.right == 1.0
