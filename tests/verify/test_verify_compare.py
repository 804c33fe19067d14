"""Planner's side and verification agree on everything, and whatever is changed in one of them is caught."""

from __future__ import annotations

import re

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from rmscenario.assessment import assess
from rmscenario.errors import VerificationError
from rmscenario.region.vocabulary import Basis
from rmscenario.verify import compare, recompute, require
from tests.random_regions import random_plan, random_region
from tests.regions import plan, region

MODEL = region(
    sources=[("A", "el", 100.0), ("B", "el", 50.0), ("A", "el", 900.0, "energy")],
    effects=[("X", "el", 0.3), ("Y", "el", 0.2)],
    initiatives=[{"initiative": "X", "ramp_years": 2}, "Y"],
    running=[("Y", "B", 2024)],
    money=[("X", kind, 1e6) for kind in ("capex", "opex", "saving_cashable", "saving_avoided")],
    prices=[
        ("energy", "saving_cashable", 900.0),
        ("co2e", "saving_avoided", 10.0),
        ("co2e", "carbon_value", 750.0),
    ],
    staff=[("X", "eng", "run", 2.0)],
    targets=[("goal", 40.0, 2029)],
)
PLAN = plan(("X", "A", 2027), ("X", "B", 2028), ("Y", "A", 2029))
ARRAYS = (
    "quantity",
    "background",
    "bare",
    "residual",
    "residual_on_paper",
    "footprint_on_paper",
    "background_residual",
    "shortfall",
    "cap",
    "base",
    "target_year",
    "in_service",
    "annuity",
    "opex",
    "capex_outlay",
    "saving_own_cashable",
    "saving_own_avoided",
    "saving_metered_cashable",
    "saving_metered_avoided",
    "carbon_value",
    "staff",
    "discount",
    "tonnes_in_plan",
)


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_random_plans_of_random_regions_agree(seed: int) -> None:
    model = random_region(seed)
    chosen = random_plan(model, seed + 1)
    found = compare(recompute(model, chosen), assess(model, chosen))
    assert found.ok, str(found.worst)
    assert found.quantity_difference <= 1e-12
    assert found.cost_difference <= 1e-9


def test_the_random_regions_have_every_feature() -> None:
    models = [random_region(seed) for seed in range(60)]
    effects = [row for model in models for row in model.effects]
    assert {row.basis for row in effects} == set(Basis)
    assert {row.on for row in effects} == {"activity", "co2e", "energy"}
    assert any(row.mode < 0 for row in effects if row.basis is Basis.SOURCE)
    assert any(row.mode == 1.0 for row in effects)
    assert any(row.account for row in effects)
    assert any(row.segment for row in effects)
    assert all(any(getattr(model, name) for model in models) for name in ("enablers", "running", "levels", "prices"))


def test_a_plan_and_its_assessment_agree() -> None:
    found = compare(recompute(MODEL, PLAN), assess(MODEL, PLAN))
    assert found.ok
    assert found.max_relative_difference <= 1e-14
    require(found)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_figure_changed_by_a_hundred_thousandth_is_caught_with_its_place(name: str) -> None:
    assessment = assess(MODEL, PLAN).copy(deep=True)
    values = assessment[name].values
    largest = np.unravel_index(np.argmax(np.abs(values)), values.shape)
    values = values.astype(float)
    values[largest] *= 1.00001
    assessment[name] = (assessment[name].dims, values)
    found = compare(recompute(MODEL, PLAN), assessment)
    assert not found.ok
    assert found.worst is not None
    with pytest.raises(VerificationError, match=re.escape(str(found.worst))):
        require(found)
    # the yearly cost and the present value move with their parts, never further than these
    assert found.worst.place.split()[0] in (name, "npv", "cost")


def test_a_cap_that_holds_in_another_year_is_caught() -> None:
    assessment = assess(MODEL, PLAN).copy(deep=True)
    assessment["holds"].values[0, -1] = False
    found = compare(recompute(MODEL, PLAN), assessment)
    assert found.worst is not None
    assert found.worst.place == "holds goal 2036"


def test_a_start_moved_by_a_year_is_caught() -> None:
    moved = plan(("X", "A", 2027), ("X", "B", 2029), ("Y", "A", 2029))
    found = compare(recompute(MODEL, PLAN), assess(MODEL, moved))
    assert found.quantity_difference > 0.01
    assert found.cost_difference > 0.01


def test_a_missing_start_is_caught() -> None:
    assert not compare(recompute(MODEL, PLAN), assess(MODEL, plan(("X", "A", 2027), ("Y", "A", 2029)))).ok


def test_what_is_no_number_is_caught() -> None:
    assessment = assess(MODEL, PLAN).copy(deep=True)
    assessment["opex"].values[0, 0] = np.nan
    assert not compare(recompute(MODEL, PLAN), assessment).ok


def test_a_source_that_is_left_out_is_caught() -> None:
    assessment = assess(MODEL, PLAN).isel(source=slice(1, None))
    found = compare(recompute(MODEL, PLAN), assessment)
    assert found.worst is not None
    assert "A:el" in found.worst.place or "all sources" in found.worst.place


def test_the_message_names_the_place_and_both_figures() -> None:
    assessment = assess(MODEL, PLAN).copy(deep=True)
    at = {"stream": "co2e@main", "source": "B:el", "year": 2030}
    assessment["bare"].loc[at] = 51.0
    with pytest.raises(VerificationError) as caught:
        require(compare(recompute(MODEL, PLAN), assessment))
    assert str(caught.value) == (
        "bare co2e@main B:el 2030: reported 51.0, recomputed 50.0 (0.01 apart); "
        "quantities may differ by 1e-09 and costs by 1e-06 of the sum of absolute terms"
    )


def test_a_limit_that_is_not_kept_fails_the_verification_by_name() -> None:
    model = region(initiatives=["D"], duties=[("D", "A", 2028)])
    found = compare(recompute(model, plan()), assess(model, plan()))
    assert not found.ok
    assert found.max_relative_difference == 0.0
    with pytest.raises(VerificationError, match=r"^not kept: Eq\. \(20\) duty D:A by 2028: 0 = 1$"):
        require(found)


def test_an_assessment_of_other_years_or_targets_is_refused() -> None:
    shorter = assess(MODEL, PLAN).isel(year=slice(0, 5))
    with pytest.raises(VerificationError, match=r"^assessment: found years 2026…2030, expected 2026…2036; assess"):
        compare(recompute(MODEL, PLAN), shorter)
    other: xr.Dataset = assess(MODEL, PLAN).assign_coords(target=["aim"])
    with pytest.raises(VerificationError, match=r"^assessment: found targets aim, expected goal; assess the plan"):
        compare(recompute(MODEL, PLAN), other)


def test_an_array_with_other_dimensions_is_refused() -> None:
    turned = assess(MODEL, PLAN)
    turned["opex"] = turned["opex"].transpose()
    with pytest.raises(VerificationError, match=r"^assessment: opex: found dimensions year, option, expected option, "):
        compare(recompute(MODEL, PLAN), turned)


def test_an_assessment_of_an_earlier_version_is_refused_with_what_to_do() -> None:
    older = assess(MODEL, PLAN).drop_vars("residual_on_paper")
    with pytest.raises(
        VerificationError, match=r"found no residual_on_paper, which earlier versions did not write; .* again"
    ):
        compare(recompute(MODEL, PLAN), older)
