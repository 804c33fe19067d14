"""What comes of starts in each way that they can come."""

from __future__ import annotations

import numpy as np
import pytest

from rmscenario.options import build_options
from rmscenario.options.deployment import deployed_effect
from rmscenario.tables import load
from rmscenario.uncertainty import SLIP, option_ways
from rmscenario.uncertainty.delivery import Delivered
from tests.project.files import ROOT
from tests.regions import region


@pytest.mark.parametrize("place", [0, 1, 2, -1])
@pytest.mark.parametrize("model", ["tiny", "midtjylland"])
def test_effects_of_all_states_in_a_year_are_those_of_each(model: str, place: int) -> None:
    loaded = load(ROOT / "models" / model)
    table = build_options(loaded)
    ways, year = option_ways(loaded, table), int(table.years[place])
    each = [ways.effect(table, state, np.asarray([year]))[:, 0] for state in table.states]
    assert np.array_equal(ways.effects(table, year), np.stack(each, axis=1))


def test_a_late_start_has_what_a_later_start_has_also_of_starts_before_the_first_year() -> None:
    model = region(initiatives=[{"initiative": "N", "ramp_years": 4, "lifetime": 20, "half_life": 5.0}])
    table = build_options(model, range(2028, 2031))
    effects = option_ways(model, table).effects(table, 2028)
    assert min(state.start for state in table.states) < 2028
    for number, state in enumerate(table.states):
        initiative = table.options[state.option].initiative
        for way in (Delivered.ON_TIME, Delivered.ONE_LATE, Delivered.TWO_LATE):
            late = deployed_effect(initiative, state.level, state.start + int(SLIP[way]), [2028])
            assert effects[way, number] == late[0]
        assert effects[Delivered.NEVER, number] == 0.0
