"""Groups of uncertain inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from rmscenario.drivers.groups import Sort, driver_of_category, independent_groups, spoken_groups
from rmscenario.options import build_options
from rmscenario.region import Region
from rmscenario.uncertainty import UncertainInputs, uncertain_inputs
from tests.regions import region


def model(**tables: Any) -> Region:
    given: dict[str, Any] = {
        "categories": [{"category": "el", "group": "energy"}, {"category": "bus", "group": "transport"}],
        "sources": [("A", "el", 100.0), ("A", "bus", 50.0)],
        "background": [
            {"category": name, "quantity": "co2e", "year": 2030, "strong": 0.3, "mode": 0.5, "weak": 0.9}
            for name in ("el", "bus")
        ],
        "initiatives": [
            {"initiative": "E1", "track": "energi"},
            {"initiative": "T1", "track": "transport"},
            {"initiative": "T2", "track": "transport"},
        ],
        "effects": [
            {"initiative": "E1", "category": "el", "low": 0.1, "mode": 0.3, "high": 0.4},
            {"initiative": "T1", "category": "bus", "low": 0.1, "mode": 0.3, "high": 0.4},
            {"initiative": "T2", "category": "bus", "low": 0.1, "mode": 0.3, "high": 0.4},
        ],
        "money": [("E1", "capex", 1e6)],
        "uncertainty": [
            {"kind": "effect", "subject": "E1", "distribution": "pert", "correlation_group": "G", "correlation": 0.5},
            {"kind": "effect", "subject": "T1", "distribution": "pert", "correlation_group": "G", "correlation": 0.5},
            {
                "kind": "background",
                "subject": "el",
                "distribution": "pert",
                "correlation_group": "grids",
                "correlation": 0.5,
            },
            {"kind": "capex", "distribution": "pert", "low": 0.9, "mode": 1.0, "high": 1.6},
        ],
        "delivery_risk": [
            {"initiative": None, "slip_one": 0.2, "slip_two": 0.1, "cancelled": 0.1, "unit_correlation": 0.5}
        ],
    }
    return region(**(given | tables))


def inputs_of(one: Region) -> UncertainInputs:
    return uncertain_inputs(one, build_options(one))


def test_no_common_factor_crosses_independent_groups() -> None:
    one = model()
    inputs = inputs_of(one)
    groups = independent_groups(one, inputs)
    assert [group.label for group in groups] == [
        "background:grids",
        "background:bus",
        "effect:G",
        "effect:transport",
        "delivery",
        "cost",
    ]
    assert np.sum([group.members for group in groups], axis=0).tolist() == [1] * len(inputs.inputs)
    names = {group.label: {inputs.names[n] for n in np.flatnonzero(group.members)} for group in groups}
    assert names["effect:G"] == {"effect:E1", "effect:T1"}
    assert names["effect:transport"] == {"effect:T2"}
    assert {name.split(":")[0] for name in names["delivery"]} == {"delivery"}


def test_a_correlation_group_across_effects_money_and_background_joins_them() -> None:
    rows = [
        {"kind": kind, "distribution": "pert", "correlation_group": "all", "correlation": 0.5} | columns
        for kind, columns in (
            ("effect", {}),
            ("background", {}),
            ("capex", {"low": 0.9, "mode": 1.0, "high": 1.6}),
        )
    ]
    one = model(uncertainty=rows)
    groups = independent_groups(one, inputs_of(one))
    assert [group.sort for group in groups] == [Sort.DELIVERY, Sort.MIXED]


def test_spoken_groups_are_tracks_groups_of_categories_delivery_and_cost() -> None:
    one = model()
    inputs = inputs_of(one)
    groups = spoken_groups(one, inputs)
    assert [group.label for group in groups] == [
        "background:energy",
        "background:transport",
        "effect:energi",
        "effect:transport",
        "delivery",
        "cost",
    ]
    assert np.sum([group.members for group in groups], axis=0).tolist() == [1] * len(inputs.inputs)


def test_a_background_is_moved_by_its_correlation_group_or_else_by_its_group_of_categories() -> None:
    assert driver_of_category(model()) == {"el": "grids", "bus": "transport"}
    common = {"kind": "background", "distribution": "pert", "correlation_group": "all", "correlation": 0.5}
    assert driver_of_category(model(uncertainty=[common])) == {"el": "all", "bus": "all"}
