"""The one rule of what counts as met."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.constants import MET_TOLERANCE, is_met


@pytest.mark.parametrize("base", [1.0, 500_000.0, -500_000.0])
def test_a_target_is_met_within_the_tolerance_of_its_base_and_no_further(base: float) -> None:
    width = MET_TOLERANCE * abs(base)
    assert is_met(100.0 + 0.9 * width, 100.0, base)
    assert not is_met(100.0 + 1.1 * width, 100.0, base)


def test_arrays_are_judged_draw_by_draw_and_against_several_caps() -> None:
    residual = np.asarray([99.0, 100.0, 100.00005, 101.0])
    assert is_met(residual, 100.0, 100.0).tolist() == [True, True, True, False]
    caps = np.asarray([[98.0], [101.0]])
    assert is_met(residual, caps, 100.0).tolist() == [[False] * 4, [True] * 4]
