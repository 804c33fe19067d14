"""What a run says about its plan, as other programs and the texts read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rmscenario.explain.backcast import strength_needed
from rmscenario.explain.timing import last_responsible_starts
from rmscenario.region import Region
from rmscenario.scenario.run_options import BackcastOptions
from rmscenario.verify import recompute
from rmscenario.workflow.explained import LOSS_SAID, backcast_row, in_the_way, timing_row
from tests.regions import plan, region

MODEL: Region = region(
    units=[{"unit": "A", "name_da": "Sygehus Å", "name_en": "Hospital A"}],
    sources=[("A", "el", 1000.0)],
    background=[{"category": "el", "year": 2030, "mode": 0.9, "weak": 0.95, "strong": 0.5}],
    categories=[{"category": "el", "group": "energy"}],
    targets=[{"target": "T", "level": 100.0, "year": 2030}],
    initiatives=[{"initiative": "BIG"}, {"initiative": "SMALL"}, {"initiative": "LATE", "ramp_years": 2}],
    effects=[("BIG", "el", 0.2), ("SMALL", "el", 0.001), ("LATE", "el", 0.1)],
    money=[("BIG", "capex", 1000.0)],
    budgets=[("capex", 2027, 1000.0), ("capex", 2028, 5000.0)],
    rounds=[("R1", 2027, 2028, "open"), ("R2", 2029, 2030, "later")],
    start_limits=[("R1", None, 1), ("R2", None, 2)],
    words=[{"word": "energy", "name_da": "Energi", "name_en": "Power"}],
)
PLAN = plan(("BIG", "A", 2027), ("SMALL", "A", 2030), ("LATE", "A", 2029))


def test_what_stands_in_the_way_names_the_limits_and_how_far_they_are_used() -> None:
    money, starts = in_the_way(MODEL, recompute(MODEL, PLAN).limits)
    assert (money["family"], money["rows_binding"]) == ("money", 1)
    assert money["binding"] == [
        {
            "label_da": "Anlæg, hele regionen, 2027",
            "label_en": "Capex, the whole region, 2027",
            "names": ["capex region 2027"],
            "used": [pytest.approx(1.0)],
        }
    ]
    assert (starts["family"], starts["rows_binding"]) == ("starts", 2)
    assert [row["label_da"] for row in starts["binding"]] == [
        "Starter i 2027–2028: Sygehus Å",
        "Starter i 2029–2030: Sygehus Å",
    ]


def test_a_start_that_loses_a_tonne_or_less_by_a_year_can_wait() -> None:
    """SMALL removes 0.65 t in 2030 and is lost whole by a year, LATE half of its 72 t, BIG nothing: it starts in 2027."""
    found = last_responsible_starts(MODEL, PLAN)
    assert found is not None
    lost = {row.initiative: dict(row.lost)[row.start + 1] for row in found.starts}
    assert 0 < lost["SMALL"] <= LOSS_SAID < lost["LATE"]
    assert lost["BIG"] == pytest.approx(0.0)
    row = timing_row(found)
    assert (row["starts_that_cannot_wait"], row["loss_said"]) == (1, LOSS_SAID)


def test_a_start_that_others_need_cannot_wait() -> None:
    needed = replace(MODEL, prerequisites=region(prerequisites=[("LATE", "BIG", 2)]).prerequisites)
    found = last_responsible_starts(needed, PLAN)
    assert found is not None
    assert timing_row(found)["starts_that_cannot_wait"] == 2


def test_a_backcast_names_its_groups_in_both_languages() -> None:
    row = backcast_row(MODEL, strength_needed(MODEL, BackcastOptions(target="T", groups=("energy",)), plan=False))
    (decline,) = row["everything_declines"]
    assert (decline["group"], decline["group_da"], decline["group_en"]) == ("energy", "Energi", "Power")
